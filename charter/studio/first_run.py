"""What a visitor meets where there is no workspace yet: ways to begin one, or to open another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charter.messages import N_, Speaker
from charter.studio import address
from charter.studio import session as sessions
from charter.studio.beginning import show_beginning
from charter.studio.guided_form import answers, show_questions
from charter.studio.guided_memory import remember_answers
from charter.studio.literal import literal
from charter.studio.opening import show_opening
from charter.studio.refusal import forget_refusal
from charter.usecases.guided import start_guided
from charter.usecases.new import Sample, all_samples, start_workspace
from charter.usecases.opening import holds_workspace
from journeys.document import slug

_WAY, _SAMPLE = "way", "sample"
_GUIDED, _COPIED, _OPENED = "questions", "copy", "open"
_WAYS = {
    _GUIDED: (
        ":material/edit_note:",
        N_("Answer six questions"),
        N_("They give a first charter and a first journey, checked at once."),
    ),
    _COPIED: (
        ":material/storefront:",
        N_("Look at a sample"),
        N_("The complete charter of a made-up organisation: a copy of it, to try everything on."),
    ),
    _OPENED: (
        ":material/folder_open:",
        N_("Open a charter"),
        N_("One that lies on this machine already, in another folder."),
    ),
}
_LOOKS_EVERY = 2.0


def is_first_run(root: Path) -> bool:
    """Return whether there is no workspace to show."""
    if not holds_workspace(root):
        return True
    # What was chosen to begin with means nothing any more.
    for key in (_WAY, _SAMPLE):
        address.write(key, None)
    return False


def show_first_run(root: Path, speak: Speaker, title: DeltaGenerator, bar: DeltaGenerator) -> None:
    """Show the ways to begin."""
    with title:
        st.title(speak(N_("Welcome")), anchor=False)
    # There is nothing to do in the bar yet, but what is beside it keeps its place.
    bar.space("small")
    st.markdown(
        speak(
            N_(
                "A customer-experience charter says how people recognise a brand in the way it "
                "treats them. There is none yet in {folder}. How would you like to begin?"
            ),
            folder=f"**{literal(str(root))}**",
        )
    )
    match _choose_way(speak):
        case "questions":
            remember_answers()
            show_questions(speak)
            name = slug(answers().brand) or "charter"
            show_beginning(root, speak, speak(N_("Make this charter")), name, _start_guided(speak))
        case "copy":
            sample = _choose_sample(speak)
            show_beginning(
                root,
                speak,
                speak(N_("Copy this sample and open it")),
                sample,
                lambda folder: start_workspace(folder, speak.language, sample),
            )
        case "open":
            show_opening(root, speak)
    _watch(root)


def _start_guided(speak: Speaker) -> Callable[[Path], object]:
    return lambda folder: start_guided(folder, answers(), speak)


def _choose_way(speak: Speaker) -> str | None:
    """Show a card for each way to begin; return the one that was chosen."""
    ways = [way for way in _WAYS if way != _OPENED or sessions.may_open_folders()]
    address.read(_WAY, ways)
    chosen: str | None = st.session_state.get(_WAY)
    address.write(_WAY, chosen)
    with st.grid(len(ways), min_column_width=260):
        for way in ways:
            icon, name, told = _WAYS[way]
            with st.container(border=True, height="stretch", key=f"way-{way}"):
                st.subheader(f"{icon} {speak(name)}", anchor=False)
                st.markdown(speak(told))
                is_chosen = way == chosen
                st.button(
                    speak(N_("Chosen")) if is_chosen else speak(N_("Begin here")),
                    key=f"choose-{way}",
                    type="primary" if way == (chosen or _GUIDED) else "secondary",
                    icon=":material/check:" if is_chosen else None,
                    disabled=is_chosen,
                    on_click=_choose,
                    args=(way,),
                )
    if sessions.opened_folder():
        st.button(
            speak(N_("Back to the folder that the app was started on")),
            key="back-to-own",
            icon=":material/undo:",
            on_click=sessions.open_folder,
            args=(None,),
        )
    return chosen


def _choose(way: str) -> None:
    st.session_state[_WAY] = way
    forget_refusal()


@st.cache_resource(show_spinner=False)
def _samples() -> dict[str, Sample]:
    # The one with most to see first.
    samples = sorted(all_samples(), key=lambda sample: -sample.journeys)
    return {sample.name: sample for sample in samples}


def _choose_sample(speak: Speaker) -> str:
    samples = _samples()
    address.read(_SAMPLE, list(samples), default=next(iter(samples)))
    chosen: str = st.radio(
        speak(N_("Which one?")),
        list(samples),
        format_func=lambda name: literal(speak.words(samples[name].brand)),
        captions=[_about(sample, speak) for sample in samples.values()],
        key=_SAMPLE,
        persist_state="session",
    )
    return chosen


def _about(sample: Sample, speak: Speaker) -> str:
    count = speak.many("{number} journey", "{number} journeys", sample.journeys)
    return f"{literal(speak.words(sample.promise))} · {count}" if sample.promise else count


def _watch(root: Path) -> None:
    """Run the app again once somebody writes a workspace there."""

    @st.fragment(run_every=_LOOKS_EVERY)
    def look() -> None:
        if holds_workspace(root):
            st.rerun()

    look()
