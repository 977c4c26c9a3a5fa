"""The cheapest plan that makes the rules hold, or the best one for a budget."""

from __future__ import annotations

import datetime
from collections.abc import Hashable

import streamlit as st

from charter.messages import N_
from charter.reports.plan.telling import PlanTeller
from charter.studio import background, work
from charter.studio.elsewhere import elsewhere
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.suggestions import Planned
from charter.usecases.desks import fingerprint
from charter.usecases.plan import plan_files
from charter.usecases.proposals import propose
from charter.workspace import PLANS_FOLDER

SECONDS = 30.0
_ASKED = "plan-asked"
_BUDGET = "plan-budget"
_TARGET = "plan-target"
_MODE = "plan-mode"
CHEAPEST, WITHIN = "cheapest", "within"
_MODES = {
    CHEAPEST: N_("Whatever makes every error rule hold, at least cost"),
    WITHIN: N_("What brings most customers for a budget"),
}
_NEW = ""


def show_finder(session: Session, today: datetime.date) -> None:
    """Let people ask for a plan, and take it over."""
    speak = session.speak
    st.header(speak(N_("Find a plan")), anchor=False)
    with st.container(border=True, key="finder"):
        mode = st.radio(
            speak(N_("What are you looking for?")),
            list(_MODES),
            format_func=lambda each: speak(_MODES[each]),
            key=_MODE,
            persist_state="session",
        )
        budget: float | None = None
        if mode == WITHIN:
            budget = float(
                st.slider(
                    speak(N_("Budget, in the unit of your costs")),
                    min_value=1,
                    max_value=_most(session),
                    key=_BUDGET,
                    value=min(5, _most(session)),
                )
            )
        asked = (fingerprint(session.files), today, budget)
        st.button(
            speak(N_("Look for it")),
            type="primary",
            icon=":material/search:",
            key="plan-search",
            on_click=_ask,
            args=(asked,),
        )
        if st.session_state.get(_ASKED) == asked:
            _answer(session, asked, budget, today)
        else:
            st.caption(
                speak(N_("What is found is proved: every path is checked again with it done."))
            )


def _most(session: Session) -> int:
    """Return the greatest budget to choose from: what all touchpoints might take."""
    points = sum(len(journey.touchpoints) for journey in session.written.journeys)
    return max(10, min(points, 100))


def _ask(asked: Hashable) -> None:
    st.session_state[_ASKED] = asked


def _answer(session: Session, asked: Hashable, budget: float | None, today: datetime.date) -> None:
    speak, files = session.speak, session.files
    job = background.run(
        ("plan", asked),
        lambda progress: elsewhere(
            progress, plan_files, files, today, budget=budget, seconds=SECONDS
        ),
        seconds=SECONDS,
    )
    if job.is_running:
        told = speak(N_("Looking, for {seconds} seconds at most…"), seconds=int(SECONDS))
        background.show_progress(job, speak, told, key="plan")
    elif job.result is None:
        background.show_failure(job, speak, key="plan")
    else:
        _found(session, job.result)


def _found(session: Session, planned: Planned) -> None:
    speak = session.speak
    teller = PlanTeller(planned, session.names)
    icon = ":material/verified:" if planned.plan.is_proved else ":material/rule:"
    st.markdown(f"**{icon} {literal(teller.headline())}**")
    for text in (teller.price(), teller.reach(), teller.proof()):
        if text:
            st.markdown(literal(text))
    for chapter in teller.chapters():
        st.markdown(f"**{literal(chapter.title)}**")
        for action in chapter.actions:
            facts = f"  \n  :small[:gray[{literal(' '.join(action.facts))}]]"
            st.markdown(f"- {literal(action.what)}{facts if action.facts else ''}")
    for obstacle in teller.obstacles():
        with st.expander(
            speak(N_("Left broken: {rule}"), rule=literal(obstacle.rule)),
            icon=":material/help:",
        ):
            for text in (*obstacle.reasons, obstacle.question, obstacle.path, obstacle.advice):
                if text:
                    st.markdown(literal(text))
            for lever in obstacle.levers:
                st.markdown(f"- {literal(lever)}")
    if planned.plan.actions:
        _take_over(session, planned)


def _take_over(session: Session, planned: Planned) -> None:
    """Offer to add what was found to a plan, as ideas for people to decide about."""
    speak = session.speak
    plans = {plan.file: plan.named(speak.language) for plan in session.written.plans}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            speak(N_("Add these actions to")),
            [*plans, _NEW],
            format_func=lambda file: plans.get(file, speak(N_("A new plan"))),
            key=_TARGET,
            width=320,
        )
        st.button(
            speak(N_("Add them as ideas")),
            key="plan-take-over",
            icon=":material/playlist_add:",
            disabled=not session.can_edit,
            on_click=_add,
            args=(session, planned),
        )


def _add(session: Session, planned: Planned) -> None:
    file: str = st.session_state.get(_TARGET, _NEW) or _free_file(session)
    files, done = propose(session.files, planned, file, session.speak)
    if done.added:
        work.replace(
            files,
            N_("Actions were added to a plan: {number}"),
            number=session.speak.count(done.added),
        )
    else:
        work.refuse(session.speak(N_("The plan lists all of these actions already.")))


def _free_file(session: Session) -> str:
    number = 1
    while (file := f"{PLANS_FOLDER}/proposed-{number}.yaml") in session.files:
        number += 1
    return file
