"""Asks what is to become of what two people changed in different ways, one thing at a time.

What is chosen and typed is kept while the visitor goes elsewhere, and as long as the same two
versions stand against each other: closing the dialog loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import streamlit as st

from charter.merging import FileConflict
from charter.merging.settling import Choice
from charter.messages import N_, Speaker
from charter.messages.conflicts import sentence
from charter.reports.names import Names
from charter.studio.conflict_words import about, both, is_of_one_line, said
from charter.studio.literal import literal
from journeys.merge import Side
from journeys.plain import Plain

_MINE, _THEIRS, _OWN = "mine", "theirs", "own"
_ANSWERS = {
    _MINE: N_("Keep mine"),
    _THEIRS: N_("Take theirs"),
    _OWN: N_("Write it myself"),
}
_LONG = 400
_HEIGHT = 180
_LIST_HEIGHT = 520


def show_conflicts(
    conflicts: Sequence[FileConflict],
    speak: Speaker,
    names: Names,
    on_settle: Callable[[Sequence[Choice]], None],
    on_dismiss: Callable[[], None],
) -> None:
    """Show each conflict with what it was, mine and theirs, and hand choices to ``on_settle``.

    ``on_dismiss`` is called where the visitor closes the dialog without deciding.
    """

    def settle() -> None:
        on_settle(choices_of(conflicts))

    @st.dialog(
        speak(N_("Changed by two people")),
        width="large",
        icon=":material/merge:",
        on_dismiss=on_dismiss,
    )
    def dialog() -> None:
        _introduce(conflicts, speak)
        with st.container(height=_LIST_HEIGHT if len(conflicts) > 1 else "content", border=False):
            for number, conflict in enumerate(conflicts):
                with st.container(border=True, key=f"conflict-{number}"):
                    _show(conflict, speak, names)
        undecided = sum(_answer(conflict) is None for conflict in conflicts)
        if undecided:
            st.caption(
                speak.many(
                    "{number} difference is still to be decided.",
                    "{number} differences are still to be decided.",
                    undecided,
                )
            )
        if st.button(
            speak(N_("Settle")),
            key="settle-all",
            icon=":material/check:",
            type="primary",
            disabled=bool(undecided),
            on_click=settle,
        ):
            st.rerun()

    dialog()


def _introduce(conflicts: Sequence[FileConflict], speak: Speaker) -> None:
    st.markdown(
        speak(
            N_(
                "You and somebody else changed the same things in different ways. Say for each "
                "what it is to be. All else that both of you changed is kept anyway."
            )
        )
    )
    if len(conflicts) < 2:
        return
    with st.container(horizontal=True):
        for side, label in ((_MINE, N_("Keep all of mine")), (_THEIRS, N_("Take all of theirs"))):
            st.button(speak(label), key=f"all-{side}", on_click=_choose_all, args=(conflicts, side))


def _choose_all(conflicts: Sequence[FileConflict], side: str) -> None:
    for conflict in conflicts:
        st.session_state[f"{key_of(conflict)}-answer"] = side


def _show(conflict: FileConflict, speak: Speaker, names: Names) -> None:
    key = key_of(conflict)
    title = about(conflict, speak, names)
    st.markdown(f"**{literal(title)}**")
    if conflict.is_of_whole_file:
        st.caption(literal(sentence(conflict, speak)))
    for label, value, column in zip(
        (N_("It was"), N_("Mine"), N_("Theirs")),
        (conflict.base, conflict.mine, conflict.theirs),
        st.columns(3),
        strict=True,
    ):
        with column:
            st.caption(speak(label))
            _show_value(value, speak)
    options = [_MINE, _THEIRS, *([_OWN] if conflict.may_be_text else [])]
    chosen = st.radio(
        title,
        options,
        index=None,
        format_func=lambda option: speak(_ANSWERS[option]),
        horizontal=True,
        label_visibility="collapsed",
        key=f"{key}-answer",
        persist_state="session",
    )
    if chosen == _OWN:
        typed = f"{key}-text"
        st.session_state.setdefault(typed, both(conflict))
        label = speak(N_("What it is to say"))
        if is_of_one_line(conflict):
            st.text_input(label, key=typed, live=True, persist_state="session")
        else:
            st.text_area(label, key=typed, persist_state="session")


def _show_value(value: Plain, speak: Speaker) -> None:
    told = said(value)
    if not told:
        st.markdown(":gray[" + speak(N_("nothing")) + "]")
        return
    is_long = len(told) > _LONG or told.count("\n") > 6
    st.code(told, language=None, wrap_lines=True, height=_HEIGHT if is_long else "content")


def choices_of(conflicts: Sequence[FileConflict]) -> list[Choice]:
    """Return what the visitor decided so far."""
    answers = ((conflict, _answer(conflict)) for conflict in conflicts)
    return [Choice(conflict, answer) for conflict, answer in answers if answer is not None]


def _answer(conflict: FileConflict) -> Side | str | None:
    key = key_of(conflict)
    match st.session_state.get(f"{key}-answer"):
        case "mine":
            return Side.MINE
        case "theirs":
            return Side.THEIRS
        case "own":
            text = str(st.session_state.get(f"{key}-text", "")).replace("\r\n", "\n")
            return text if text.strip() else None
    return None


def key_of(conflict: FileConflict) -> str:
    """Return the key of what is decided about a conflict: another once one side says another."""
    told = repr((conflict.file, conflict.address, conflict.is_of_order))
    sides = repr((conflict.mine, conflict.theirs))
    return f"conflict-{hashlib.blake2b(f'{told}{sides}'.encode(), digest_size=8).hexdigest()}"
