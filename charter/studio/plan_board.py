"""Actions as cards on a board, from idea to done, and the one that is being worked on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import streamlit as st

from charter.action_plans import ActionPlan, ActionStatus, PlannedAction
from charter.amendments import Place, Put, Take
from charter.messages import N_
from charter.plan_views import By, Entry, written_entries
from charter.reports.plan_views.telling import EntryTold
from charter.reports.words import ACTION_STATUSES, date
from charter.studio import address, work
from charter.studio.fields import (
    choice_field,
    date_field,
    several_field,
    text_field,
    words_field,
)
from charter.studio.literal import literal
from charter.studio.plan_viewing import teller_of
from charter.studio.session import Session

ACTION = "action"
COLUMNS = (ActionStatus.IDEA, ActionStatus.DECIDED, ActionStatus.DOING, ActionStatus.DONE)
_ICONS = {
    ActionStatus.IDEA: ":material/lightbulb:",
    ActionStatus.DECIDED: ":material/task_alt:",
    ActionStatus.DOING: ":material/autorenew:",
    ActionStatus.DONE: ":material/check_circle:",
    ActionStatus.DROPPED: ":material/block:",
}


def show_board(session: Session, plans: Sequence[ActionPlan], today: datetime.date) -> None:
    """Show a column for each status; what was dropped stands below."""
    speak = session.speak
    entries = written_entries(session.written, plans)
    teller = teller_of(session, plans, By.OWNER, today)
    columns = st.columns(len(COLUMNS), gap="small")
    for column, status in zip(columns, COLUMNS, strict=True):
        own = [entry for entry in entries if entry.status is status]
        with column, st.container(key=f"column-{status}", gap="small"):
            st.markdown(
                f"**{_ICONS[status]} {literal(_capital(speak(ACTION_STATUSES[status])))}** "
                f":gray-badge[{speak.count(len(own))}]"
            )
            for entry in own:
                _card(session, entry, teller.entry(entry))
            if not own:
                st.caption(speak(N_("Nothing here.")))
    dropped = [entry for entry in entries if entry.status is ActionStatus.DROPPED]
    if dropped:
        told = speak.many("{number} dropped action", "{number} dropped actions", len(dropped))
        with st.expander(told, icon=_ICONS[ActionStatus.DROPPED]):
            for entry in dropped:
                _card(session, entry, teller.entry(entry))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _card(session: Session, entry: Entry, told: EntryTold) -> None:
    speak = session.speak
    with st.container(border=True, gap="xsmall", key=f"card-{entry.id.replace('/', '-')}"):
        st.markdown(f"**{literal(told.what)}**")
        facts = [literal(entry.owner)] if entry.owner else []
        if entry.due is not None:
            late, due = N_("late, was due {day}"), N_("due {day}")
            shown = literal(speak(late if told.is_late else due, day=date(entry.due, speak)))
            facts.append(f":red[:material/schedule: {shown}]" if told.is_late else shown)
        if entry.marker:
            facts.append(literal(session.names.of("marker", entry.marker)))
        st.markdown(f":small[{' · '.join(facts)}]" if facts else "")
        with st.container(horizontal=True, gap="small"):
            _move(session, entry, -1)
            st.button(
                speak(N_("Open")),
                key=f"open-{entry.id}",
                type="tertiary",
                on_click=_open,
                args=(entry.id,),
            )
            _move(session, entry, +1)


def _move(session: Session, entry: Entry, by: int) -> None:
    """Offer to move an action to the column beside its own."""
    speak = session.speak
    place = COLUMNS.index(entry.status) + by if entry.status in COLUMNS else 0
    is_there = 0 <= place < len(COLUMNS) and (entry.status in COLUMNS or by < 0)
    if not is_there:
        return
    status = COLUMNS[place]
    st.button(
        _capital(speak(ACTION_STATUSES[status])),
        key=f"move-{by}-{entry.id}",
        icon=":material/chevron_left:" if by < 0 else ":material/chevron_right:",
        icon_position="left" if by < 0 else "right",
        type="tertiary",
        help=speak(N_("Move to “{status}”"), status=speak(ACTION_STATUSES[status])),
        disabled=not session.can_edit,
        on_click=_set_status,
        args=(session, entry.id, status),
    )


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


def _open(entry: str) -> None:
    st.session_state[ACTION] = entry


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
