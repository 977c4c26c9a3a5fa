"""A new touchpoint: its name, stage and channel, and which one it comes after."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Add, Amendment, Connect, Place, free_id
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.chosen_touchpoint import choose, touchpoint_names, written_journey
from charter.studio.session import Session, current
from charter.studio.where_it_stands import choose_stage_and_channel
from journeys.model import Journey
from journeys.plain import Plain

_ASKED = "new-touchpoint-asked"
_NAME, _STAGE, _CHANNEL, _AFTER = (
    f"new-touchpoint-{each}" for each in ("name", "stage", "channel", "after")
)
NOWHERE = ""


def ask_for_touchpoint(after: str = NOWHERE) -> None:
    """Open the form of a new touchpoint, behind another where one is given."""
    session = current()
    st.session_state[_ASKED] = True
    st.session_state[_NAME] = ""
    st.session_state[_AFTER] = after
    for journey in session.written.journeys:
        for touchpoint in journey.touchpoints:
            if touchpoint.id == after:
                st.session_state[_STAGE] = touchpoint.stage
                st.session_state[_CHANNEL] = next(iter(touchpoint.channel_shares))


def show_new_touchpoint(session: Session, journey: str) -> bool:
    """Show the form where it is asked for; return whether it was."""
    written = written_journey(session, journey)
    if not st.session_state.get(_ASKED) or written is None or not session.can_edit:
        return False
    speak = session.speak
    names = touchpoint_names(session, written)
    if st.session_state.get(_AFTER) not in names:
        st.session_state[_AFTER] = NOWHERE
    with st.container(border=True, key="new-touchpoint"):
        st.subheader(speak(N_("A new touchpoint")), anchor=False)
        st.text_input(
            speak(N_("Name")),
            key=_NAME,
            placeholder=speak(N_("What customers would call it")),
            persist_state="page",
        )
        choose_stage_and_channel(session, _STAGE, _CHANNEL)
        st.selectbox(
            speak(N_("Comes after")),
            [NOWHERE, *names],
            format_func=lambda each: names[each] if each else speak(N_("None: paths begin here")),
            key=_AFTER,
            persist_state="page",
        )
        with st.container(horizontal=True):
            st.button(
                speak(N_("Add it")),
                key="new-touchpoint-do",
                type="primary",
                icon=":material/add:",
                on_click=_add,
                args=(journey,),
            )
            st.button(speak(N_("Leave it")), key="new-touchpoint-leave", on_click=_leave)
    return True


def _leave() -> None:
    st.session_state.pop(_ASKED, None)


def _add(identifier: str) -> None:
    session = current()
    speak, state = session.speak, st.session_state
    journey = written_journey(session, identifier)
    name = str(state.get(_NAME, "")).strip()
    if journey is None or not name:
        work.refuse(speak(N_("A touchpoint has a name.")))
        return
    words: Plain = {str(speak.language): name} if is_bilingual(session.written.charter) else name
    made, new = adding(journey, words, name, state[_STAGE], state[_CHANNEL], state[_AFTER])
    if work.amend(made, N_("“{name}” added"), name=name):
        _leave()
        choose(identifier, new)


def adding(
    journey: Journey, words: Plain, name: str, stage: str, channel: str, after: str
) -> tuple[list[Amendment], str]:
    """Return what adds a touchpoint behind another, led to from there, and its id.

    Where it comes after none, paths begin at it.
    """
    new = free_id(name, [each.id for each in journey.touchpoints], "touchpoint")
    item: dict[str, Plain] = {"name": words, "stage": stage, "channel": channel}
    if after == NOWHERE:
        item["entry"] = "true"
    made: list[Amendment] = [Add(Place("touchpoint", new, journey.id), item, after)]
    if after != NOWHERE:
        made.append(Connect(Place("touchpoint", after, journey.id), new))
    return made, new
