"""The action that is being worked on: what it says, field by field."""

from __future__ import annotations

import streamlit as st

from charter.action_plans import ActionPlan, ActionStatus, PlannedAction
from charter.amendments import Place, Take
from charter.messages import N_
from charter.reports.words import ACTION_STATUSES
from charter.studio import address, work
from charter.studio.fields import (
    choice_field,
    date_field,
    several_field,
    text_field,
    words_field,
)
from charter.studio.literal import literal
from charter.studio.session import Session

ACTION = "action"
"""The key of the action that is open; the address says it too."""


def place_of(entry: str) -> Place:
    """Return where an action is written, by the name that it has on the board."""
    plan, _, action = entry.partition("/")
    return Place("action", action, plan)


def _close() -> None:
    st.session_state[ACTION] = ""


def show_action(session: Session) -> None:
    """Show the action that was opened, to be changed; a link may name one."""
    speak = session.speak
    known = {
        f"{plan.id}/{action.id}": (plan, action)
        for plan in session.written.plans
        for action in plan.actions
    }
    wanted = st.query_params.get(ACTION)
    if wanted and wanted not in known and not st.session_state.get(ACTION):
        st.info(speak(N_("The action of this link is there no more.")), icon=":material/info:")
        return
    address.read(ACTION, ["", *known])
    chosen: str = st.session_state.get(ACTION) or ""
    address.write(ACTION, chosen)
    if not chosen:
        return
    plan, action = known[chosen]
    with st.container(border=True, key="action"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(literal(action.named(speak.language)), anchor=False, width="stretch")
            st.button(
                speak(N_("Close")), icon=":material/close:", key="action-close", on_click=_close
            )
        _fields(session, plan, action)


def _fields(session: Session, plan: ActionPlan, action: PlannedAction) -> None:
    speak, names, charter = session.speak, session.names, session.written.charter
    place = Place("action", action.id, plan.id)
    name = action.named(speak.language)
    told = N_("“{action}” was changed")
    markers = {"": speak(N_("No marker"))} | {
        marker.id: names.of("marker", marker.id) for marker in charter.markers
    }
    words_field(
        speak(N_("What is to be done")),
        place,
        ("what",),
        action.what,
        told,
        is_long=True,
        action=name,
    )
    with st.grid(3, min_column_width=230):
        choice_field(
            speak(N_("How far it is")),
            place,
            ("status",),
            {each.value: speak(words) for each, words in ACTION_STATUSES.items() if each},
            action.status.value,
            told,
            default=ActionStatus.IDEA.value,
            action=name,
        )
        text_field(speak(N_("Who does it")), place, ("owner",), action.owner, told, action=name)
        date_field(speak(N_("Due")), place, ("due",), action.due, told, action=name)
        choice_field(
            speak(N_("Brings the marker")),
            place,
            ("marker",),
            markers,
            action.marker or "",
            told,
            action=name,
        )
        choice_field(
            speak(N_("Takes off the marker")),
            place,
            ("removes",),
            markers,
            action.removes or "",
            told,
            action=name,
        )
        text_field(
            speak(N_("Cost")),
            place,
            ("cost",),
            None if action.cost is None else f"{action.cost:g}",
            told,
            action=name,
        )
        choice_field(
            speak(N_("Journey")),
            place,
            ("journey",),
            {"": speak(N_("Any"))}
            | {each.id: names.of("journey", each.id) for each in session.written.journeys},
            action.journey or "",
            told,
            action=name,
        )
        several_field(
            speak(N_("Where")),
            place,
            ("touchpoints",),
            _touchpoints(session, action),
            action.touchpoints,
            told,
            action=name,
        )
        several_field(
            speak(N_("For whom")),
            place,
            ("segments",),
            {each.id: names.of("segment", each.id) for each in charter.all_segments},
            action.segments or (),
            told,
            placeholder=speak(N_("Everyone")),
            action=name,
        )
    words_field(
        speak(N_("How it is to show there")), place, ("how",), action.how, told, action=name
    )
    words_field(
        speak(N_("What it is expected to bring")),
        place,
        ("effect",),
        action.effect,
        told,
        action=name,
    )
    st.button(
        speak(N_("Take this action off")),
        key="action-remove",
        icon=":material/delete:",
        type="tertiary",
        disabled=not session.can_edit,
        on_click=_remove,
        args=(place, name),
    )


def _touchpoints(session: Session, action: PlannedAction) -> dict[str, str]:
    """Return the touchpoints that an action may name, with their names."""
    return {
        touchpoint.id: touchpoint.named(session.speak.language)
        for journey in session.written.journeys
        if action.journey in (None, journey.id)
        for touchpoint in journey.touchpoints
    }


def _remove(place: Place, name: str) -> None:
    if work.amend([Take(place)], N_("“{action}” was taken off its plan"), action=name):
        _close()
