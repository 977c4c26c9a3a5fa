"""Actions as cards on a board, from idea to done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.action_plans import ActionPlan, ActionStatus
from charter.amendments import Put
from charter.messages import N_
from charter.plan_views import By, Entry, written_entries
from charter.reports.plan_views.telling import EntryTold
from charter.reports.words import ACTION_STATUSES, date
from charter.studio import folding, work
from charter.studio.cards import MOVE, Card, CardGroup, CardsView, Layout, cards
from charter.studio.deeds import Deed
from charter.studio.pieces import Said, Tone
from charter.studio.plan_action import ACTION, place_of
from charter.studio.plan_viewing import teller_of
from charter.studio.session import Session

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
        [Put(place_of(entry), ("status",), status.value)],
        N_("“{action}” is now: {status}"),
        action=session.names.of("action", entry),
        status=session.speak(ACTION_STATUSES[status]),
    )
