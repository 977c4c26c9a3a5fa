"""Actions as cards on a board, from idea to done, and the one that is being worked on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.action_plans import ActionPlan, ActionStatus, PlannedAction
from charter.amendments import Place, Put, Take
from charter.messages import N_
from charter.plan_views import By, Entry, written_entries
from charter.reports.plan_views.telling import EntryTold
from charter.reports.words import ACTION_STATUSES, date
from charter.studio import address, folding, work
from charter.studio.cards import MOVE, Card, CardGroup, CardsView, Deed, Layout, cards
from charter.studio.fields import (
    choice_field,
    date_field,
    several_field,
    text_field,
    words_field,
)
from charter.studio.literal import literal
from charter.studio.pieces import Said, Tone
from charter.studio.plan_viewing import teller_of
from charter.studio.session import Session

ACTION = "action"
COLUMNS = (ActionStatus.IDEA, ActionStatus.DECIDED, ActionStatus.DOING, ActionStatus.DONE)
_ICONS = {
    ActionStatus.IDEA: "lightbulb",
    ActionStatus.DECIDED: "task_alt",
    ActionStatus.DOING: "autorenew",
    ActionStatus.DONE: "check_circle",
}
_OPEN = "open"


def show_board(session: Session, plans: Sequence[ActionPlan], today: datetime.date) -> None:
    """Show a column for each status; what was dropped stands below."""
    speak = session.speak
    entries = written_entries(session.written, plans)
    teller = teller_of(session, plans, By.OWNER, today)
    of_status = {
        status: tuple(
            _card(session, entry, teller.entry(entry))
            for entry in entries
            if entry.status is status
        )
        for status in (*COLUMNS, ActionStatus.DROPPED)
    }
    columns = tuple(
        CardGroup(
            of_status[status],
            id=status.value,
            title=_capital(speak(ACTION_STATUSES[status])),
            icon=_ICONS[status],
            count=speak.count(len(of_status[status])),
            empty=speak(N_("Nothing here.")),
        )
        for status in COLUMNS
    )
    do = partial(_do, session)
    cards(CardsView(speak(N_("As a board")), Layout.COLUMNS, columns), key="plan-board", on_deed=do)
    if dropped := of_status[ActionStatus.DROPPED]:
        told = speak.many("{number} dropped action", "{number} dropped actions", len(dropped))
        with folding.expander(told, key="unfold-dropped", icon=":material/block:") as is_open:
            if is_open:
                view = CardsView(told, Layout.GRID, (CardGroup(dropped),))
                cards(view, key="dropped", on_deed=do)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _card(session: Session, entry: Entry, told: EntryTold) -> Card:
    speak = session.speak
    facts = [Said(entry.owner)] if entry.owner else []
    if entry.due is not None:
        late, due = N_("late, was due {day}"), N_("due {day}")
        text = speak(late if told.is_late else due, day=date(entry.due, speak))
        facts.append(Said(text, tone=Tone.RED, icon="schedule") if told.is_late else Said(text))
    if entry.marker:
        facts.append(Said(session.names.of("marker", entry.marker)))
    deeds = (_move(session, entry, -1), Deed(_OPEN, speak(N_("Open"))), _move(session, entry, +1))
    return Card(
        entry.id,
        told.what,
        lines=(tuple(facts),) if facts else (),
        deeds=tuple(deed for deed in deeds if deed is not None),
        can_move=session.can_edit and entry.status in COLUMNS,
    )


def _move(session: Session, entry: Entry, by: int) -> Deed | None:
    """Offer to move an action to the column beside its own."""
    speak = session.speak
    place = COLUMNS.index(entry.status) + by if entry.status in COLUMNS else 0
    is_there = 0 <= place < len(COLUMNS) and (entry.status in COLUMNS or by < 0)
    if not is_there:
        return None
    status = COLUMNS[place]
    return Deed(
        MOVE + status.value,
        _capital(speak(ACTION_STATUSES[status])),
        told=speak(N_("Move to “{status}”"), status=speak(ACTION_STATUSES[status])),
        icon="chevron_left" if by < 0 else "chevron_right",
        icon_is_first=by < 0,
        is_disabled=not session.can_edit,
    )


def _do(session: Session, entry: str, deed: str) -> None:
    if deed == _OPEN:
        st.session_state[ACTION] = entry
    else:
        _set_status(session, entry, ActionStatus(deed.removeprefix(MOVE)))


def _set_status(session: Session, entry: str, status: ActionStatus) -> None:
    work.amend(
        [Put(_place(entry), ("status",), status.value)],
        N_("“{action}” is now: {status}"),
        action=session.names.of("action", entry),
        status=session.speak(ACTION_STATUSES[status]),
    )


def _place(entry: str) -> Place:
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
