"""What is done with a touchpoint as a whole: one more behind it, a copy, retired, taken off."""

from __future__ import annotations

from functools import partial

import streamlit as st

from charter.amendments import Duplicate, Put, Take, free_id
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.chosen_touchpoint import Chosen, choose, touchpoint_names
from charter.studio.deeds import Deed
from charter.studio.new_touchpoint import ask_for_touchpoint
from charter.studio.session import Session, current
from charter.studio.taking_off_question import ask_to_take_off
from charter.touchpoint_changes import leading_to
from journeys.model import Status
from journeys.plain import Plain

_BEHIND, _DUPLICATE, _RETIRE, _TAKE = "add-behind", "duplicate", "retire", "take-off"
_TAKING = "taking-touchpoint"


def deeds_of(session: Session, chosen: Chosen) -> tuple[Deed, ...]:
    """Return what the visitor can do with a touchpoint."""
    if not session.can_edit:
        return ()
    speak = session.speak
    is_retired = chosen.touchpoint.status is Status.RETIRED
    offered = (
        (_BEHIND, N_("Add one behind it"), "add_circle", ""),
        (_DUPLICATE, N_("Duplicate"), "content_copy", ""),
        (
            _RETIRE,
            N_("Bring it back") if is_retired else N_("Retire"),
            "unarchive" if is_retired else "archive",
            N_("What is retired is on no path any more, and what is written of it is kept."),
        ),
        (_TAKE, N_("Take it off"), "delete", ""),
    )
    return tuple(
        Deed(name, speak(label), told=speak(told) if told else "", icon=icon, icon_is_first=True)
        for name, label, icon, told in offered
    )


def do(chosen: Chosen, name: str) -> None:
    """Do one of these; before anything is taken off, `show_question` asks."""
    if name == _BEHIND:
        ask_for_touchpoint(chosen.touchpoint.id)
    elif name == _DUPLICATE:
        _duplicate(chosen)
    elif name == _RETIRE:
        _retire(chosen, chosen.touchpoint.status is not Status.RETIRED)
    else:
        st.session_state[_TAKING] = chosen.place


def show_question(session: Session, chosen: Chosen) -> None:
    """Ask whether the touchpoint is to be taken off, where somebody wants that."""
    if session.can_edit and st.session_state.get(_TAKING) == chosen.place:
        _confirm(session, chosen)


def _duplicate(chosen: Chosen) -> None:
    session = current()
    speak = session.speak
    name = speak(N_("{name} (copy)"), name=chosen.name)
    identifier = free_id(chosen.touchpoint.id, [each.id for each in chosen.journey.touchpoints])
    words: Plain = {str(speak.language): name} if is_bilingual(session.written.charter) else name
    if work.amend(
        [Duplicate(chosen.place, identifier, words)],
        N_("“{name}” duplicated; nothing leads to the copy yet"),
        name=chosen.name,
    ):
        choose(chosen.journey.id, identifier)


def _retire(chosen: Chosen, is_retired: bool) -> None:
    told = N_("“{name}” retired") if is_retired else N_("“{name}” brought back")
    status = "retired" if is_retired else None
    work.amend([Put(chosen.place, ("status",), status)], told, name=chosen.name)


def _keep() -> None:
    st.session_state.pop(_TAKING, None)


def _confirm(session: Session, chosen: Chosen) -> None:
    speak = session.speak
    names = touchpoint_names(session, chosen.journey)
    told = speak.naming(N_("Take “{name}” off?"), name=chosen.name)
    before = [names[each] for each in leading_to(chosen.journey, chosen.touchpoint.id)]
    if before:
        told += " " + speak(
            N_("The ways that lead here go, too: from {names}."), names=speak.all_of(before)
        )
    if chosen.touchpoint.next:
        after = dict.fromkeys(names.get(way.to, way.to) for way in chosen.touchpoint.next)
        told += " " + speak(N_("So do its own ways: to {names}."), names=speak.all_of(after))
    with st.container(border=True, key="taking-off"):
        ask_to_take_off(told, speak, partial(_take, chosen), _keep)


def _take(chosen: Chosen) -> None:
    if work.amend([Take(chosen.place)], N_("“{name}” taken off"), name=chosen.name):
        _keep()
        choose(chosen.journey.id, None)
