"""The running order of a workshop: its rounds, which can be added, changed, moved and taken off."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.messages.workshop import KINDS
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.workshop_round import show_round_dialog
from charter.studio.workshop_steering import stage_badge
from charter.usecases.running_orders import TEMPLATES
from charter.workshop import Kind, Round, Stage, Subject, Workshop
from charter.workshop.telling import round_name

_TEMPLATE, _JOURNEY = "workshop-add-template", "workshop-add-journey"


def show_running_order(session: Session, workshop: Workshop) -> None:
    """Show the rounds in order."""
    speak = session.speak
    minutes = sum(each.minutes for each in workshop.rounds)
    if workshop.rounds:
        rounds = speak.many("{number} round", "{number} rounds", len(workshop.rounds))
        told = speak.many("{number} minute", "{number} minutes", minutes)
        st.caption(f"{rounds} · {told}")
    else:
        st.markdown(speak(N_("Nothing yet. Add what the workshop is for.")))
    for place, round in enumerate(workshop.rounds):
        _show(session, workshop, place, round)
    if session.may(Role.EDITOR) and not workshop.is_ended:
        _add(session, workshop)
    wanted = deeds.edited()
    if wanted and (round_ := workshop.round_of(wanted)):
        show_round_dialog(session, workshop, round_)


def _show(session: Session, workshop: Workshop, place: int, round: Round) -> None:
    speak = session.speak
    may = session.may(Role.EDITOR) and not workshop.is_ended
    is_here = place == workshop.current and not workshop.is_ended
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"round-{round.id}",
    ):
        with st.container(gap=None):
            mark = ":material/play_circle: " if is_here else ""
            name = literal(round_name(round, speak))
            st.markdown(f"{mark}**{place + 1}. {name}** {stage_badge(round, speak)}")
            st.caption(" · ".join(_told(session, workshop, round)))
        if not is_here:
            st.button(
                speak(N_("Go here")),
                key=f"round-go-{round.id}",
                type="tertiary",
                disabled=not may,
                on_click=deeds.go_to,
                args=(workshop, place),
            )
        for key, icon, told, is_off, act in (
            ("up", ":material/arrow_upward:", N_("Earlier"), place == 0, -1),
            (
                "down",
                ":material/arrow_downward:",
                N_("Later"),
                place == len(workshop.rounds) - 1,
                1,
            ),
        ):
            st.button(
                "",
                key=f"round-{key}-{round.id}",
                icon=icon,
                type="tertiary",
                help=speak(told),
                disabled=not may or is_off,
                on_click=deeds.shift,
                args=(workshop, round, act),
            )
        st.button(
            "",
            key=f"round-edit-{round.id}",
            icon=":material/edit:",
            type="tertiary",
            help=speak(N_("Change this round")),
            disabled=not may,
            on_click=deeds.edit,
            args=(round.id,),
        )
        st.button(
            "",
            key=f"round-remove-{round.id}",
            icon=":material/close:",
            type="tertiary",
            help=speak(N_("Take it off the running order"))
            if round.stage is Stage.WAITING
            else speak(N_("A round that was begun stays in the running order, with its answers.")),
            disabled=not may or round.stage is not Stage.WAITING,
            on_click=deeds.remove,
            args=(workshop, round),
        )


def _told(session: Session, workshop: Workshop, round: Round) -> list[str]:
    """Return what a round is about, in a few words."""
    speak = session.speak
    told = [speak.many("{number} minute", "{number} minutes", round.minutes)]
    if round.title:
        told.append(speak(KINDS[round.kind]))
    if round.journey:
        told.append(literal(session.names.of("journey", round.journey)))
    if round.subject is Subject.IDEAS:
        of = workshop.round_of(round.of)
        name = round_name(of, speak) if of else speak(N_("a round that is gone"))
        told.append(literal(speak.naming(N_("on the ideas of “{round}”"), round=name)))
    elif round.cards:
        told.append(speak.many("{number} card", "{number} cards", len(round.cards)))
    elif round.kind not in (Kind.PROPOSE, Kind.IRRITANTS):
        told.append(":orange[{}]".format(speak(N_("nothing to ask about yet"))))
    if round.kind is Kind.DOTS:
        told.append(speak.many("{number} dot each", "{number} dots each", round.dots))
    return told


def _add(session: Session, workshop: Workshop) -> None:
    speak = session.speak
    with st.container(horizontal=True, vertical_alignment="bottom", key="workshop-adding"):
        st.selectbox(
            speak(N_("Add to the running order")),
            list(TEMPLATES),
            index=None,
            format_func=lambda each: speak(TEMPLATES[each][0]),
            key=_TEMPLATE,
            placeholder=speak(N_("Choose what it is for")),
            width=340,
        )
        journeys = [each.id for each in session.written.journeys]
        if len(journeys) > 1:
            st.selectbox(
                speak(N_("Journey that it is about")),
                journeys,
                format_func=lambda id: session.names.of("journey", id),
                key=_JOURNEY,
                width=300,
            )
        st.button(
            speak(N_("Add")),
            key="workshop-add",
            icon=":material/add:",
            on_click=deeds.add_rounds,
            args=(workshop, _TEMPLATE, _JOURNEY),
        )
