"""What would mend a finding: the cheapest markers, previewed, then done or planned."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial

import streamlit as st

from charter.amendments import Place, Put, amended, free_id
from charter.findings import Finding, Status, Verdict
from charter.messages import N_, Speaker
from charter.reports.names import Names
from charter.reports.plan.telling import PlanTeller
from charter.reports.telling import tell
from charter.studio import work
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.studio.tables import effect
from charter.usecases.desks import fingerprint
from charter.usecases.proposals import propose
from charter.usecases.repair import Repair, can_be_planned, find_repair
from charter.workspace import PLANS_FOLDER

SECONDS = 8.0
"""How long the search may take, and as long again what comes before and behind it."""
_MOST_LISTED = 12
_WHOLE, _PLAN, _NEW_PLAN = "repair-whole-rule", "repair-plan", "repair-new-plan"


def show_repair(session: Session, finding: Finding) -> None:
    """Show what would mend a finding, once it is worked out."""
    speak = session.speak
    written = _as_written(session, finding)
    if written is None:
        st.info(
            speak(
                N_(
                    "Nothing that is written today breaks this: it is broken only once the plans "
                    "are done. Change the plans to mend it."
                )
            )
        )
        return
    if not can_be_planned(written, session.written):
        _tell_otherwise(session, written)
        return
    is_whole_rule = _asks_for_whole_rule(session, written)
    name = (
        "repair",
        str(session.root),
        fingerprint(session.files),
        written.fingerprint,
        is_whole_rule,
        datetime.date.today(),
    )
    InTurn(speak).show(
        name,
        partial(_search, session, written, is_whole_rule),
        partial(_show, session),
        key="repair",
        waiting=speak(N_("Looking for the cheapest change…")),
        seconds=2 * SECONDS,
        patience=0.3,
    )


def _search(session: Session, finding: Finding, is_whole_rule: bool, progress: Progress) -> Repair:
    return find_repair(
        session.files,
        session.written,
        finding,
        datetime.date.today(),
        is_whole_rule=is_whole_rule,
        seconds=SECONDS,
        clock=progress.clock,
    )


def _as_written(session: Session, finding: Finding) -> Finding | None:
    found = (
        each for each in session.written_report.findings if each.fingerprint == finding.fingerprint
    )
    return next(found, None)


def _asks_for_whole_rule(session: Session, finding: Finding) -> bool:
    """Return whether all that the rule finds is to be mended, which is asked where it is more."""
    others = [f for f in session.written_report.findings if f.rule == finding.rule]
    if len(others) < 2:
        return False
    return st.toggle(
        session.speak(N_("Mend all that this rule finds ({number})"), number=len(others)),
        key=_WHOLE,
    )


def _tell_otherwise(session: Session, finding: Finding) -> None:
    """Say why no marker is looked for, and what helps instead."""
    speak = session.speak
    told = tell(finding, Names(session.written, speak))
    if finding.status is Status.WAIVED:
        st.info(speak(N_("This was accepted for a while. Take the waiver back to mend it.")))
        return
    st.info(speak(N_("No marker mends this: it is changed where it is written.")))
    if told.advice:
        st.markdown(f":gray[{speak(N_('To do'))}]  \n{literal(told.advice)}")
    st.code(str(finding.position), language=None)


def _show(session: Session, repair: Repair) -> None:
    """Show the preview, and what can be done with it."""
    speak = session.speak
    teller = PlanTeller(repair.planned, Names(session.written, speak))
    actions = repair.planned.plan.actions
    if repair.is_mended:
        told = speak.many(
            "{number} change mends it.", "{number} changes together mend it.", len(actions)
        )
        st.success(told, icon=":material/build:")
    elif actions:
        told = speak.many(
            "{number} change mends a part of it.",
            "{number} changes together mend a part of it.",
            len(actions),
        )
        st.warning(told, icon=":material/build:")
    else:
        st.info(literal(teller.headline()))
    for chapter in teller.chapters():
        for action in chapter.actions:
            facts = "  \n".join(f":small[:gray[{literal(fact)}]]" for fact in action.facts)
            st.markdown(f":material/add: **{literal(action.what)}**  \n{facts}")
    if actions:
        st.caption(literal(" ".join(filter(None, [teller.price(), teller.opening()]))))
        _show_effect(session, repair)
        _offer(session, repair)
    _show_obstacles(teller, speak)


def _show_effect(session: Session, repair: Repair) -> None:
    speak = session.speak
    names = Names(session.written, speak)
    found = effect(repair.before, repair.after)
    mended = speak.many("{number} verdict mended", "{number} verdicts mended", len(found.mended))
    broken = speak.many(
        "{number} verdict newly broken", "{number} verdicts newly broken", len(found.broken)
    )
    colour = "red" if found.broken else "gray"
    with st.expander(
        f":green[:material/check_circle: {mended}] · :{colour}[:material/cancel: {broken}]",
        key="repair-effect",
    ):
        for sign, verdicts in ((":green[✓]", found.mended), (":red[✕]", found.broken)):
            for line in _lines(verdicts, names):
                st.markdown(f"{sign} {line}")


def _lines(verdicts: Iterable[Verdict], names: Names) -> list[str]:
    """Return a line of Markdown for each verdict, as far as they are listed."""
    lines = []
    for verdict in verdicts:
        about = [
            verdict.rule,
            names.of("journey", verdict.journey) if verdict.journey else "",
            names.of("segment", verdict.segment) if verdict.segment else "",
            names.asked([verdict]),
        ]
        lines.append(" · ".join(literal(each) for each in about if each))
    more = len(lines) - _MOST_LISTED
    return lines if more <= 0 else [*lines[:_MOST_LISTED], names.speak(N_("… and more."))]


def _offer(session: Session, repair: Repair) -> None:
    speak = session.speak
    is_off = not session.can_edit
    with st.container(horizontal=True, vertical_alignment="bottom", key="repair-offer"):
        st.button(
            speak(N_("Do it")),
            type="primary",
            icon=":material/check:",
            key="repair-do",
            disabled=is_off,
            help=speak(N_("The markers are carried from now on. You can undo it.")),
            on_click=_do,
            args=(session, repair),
        )
        with st.popover(speak(N_("Plan it")), icon=":material/event:", disabled=is_off):
            _offer_plans(session, repair)


def _do(session: Session, repair: Repair) -> None:
    actions = repair.planned.plan.actions
    names = Names(session.written, session.speak)
    if len(actions) == 1:
        (action,) = actions
        work.amend(
            repair.amendments,
            N_("“{marker}” put on “{touchpoint}”"),
            marker=names.of("marker", action.marker),
            touchpoint=names.stop(action.journey, action.touchpoint),
        )
        return
    work.amend(
        repair.amendments,
        N_("{number} markers brought to touchpoints for the rule “{rule}”"),
        number=session.speak.count(len(actions)),
        rule=repair.planned.plan.asked[0],
    )


def _offer_plans(session: Session, repair: Repair) -> None:
    speak = session.speak
    plans = {plan.file: plan.named(speak.language) for plan in session.written.plans}
    chosen = st.selectbox(
        speak(N_("In which plan?")),
        [*plans, ""],
        format_func=lambda file: plans.get(file) or speak(N_("A new plan")),
        key=_PLAN,
    )
    if not chosen:
        st.text_input(
            speak(N_("Name of the plan")),
            placeholder=speak(N_("Spring")),
            key=_NEW_PLAN,
        )
    st.button(
        speak(N_("Add it to the plan")),
        type="primary",
        key="repair-add-to-plan",
        on_click=_plan,
        args=(session, repair),
    )


def _plan(session: Session, repair: Repair) -> None:
    file, name = st.session_state.get(_PLAN) or "", ""
    taken = {plan.id for plan in session.written.plans}
    if not file:
        name = str(st.session_state.get(_NEW_PLAN) or "").strip()
        identifier = free_id(name, taken, "plan")
        file = f"{PLANS_FOLDER}/{identifier}.yaml"
    files, proposed = propose(session.files, repair.planned, file, session.speak)
    if name:
        files = {**files, **amended(files, [Put(Place("plan", identifier), ("name",), name)])}
    plans = {plan.file: plan.named(session.speak.language) for plan in session.written.plans}
    work.replace(
        files,
        N_("{number} actions added to the plan “{plan}”"),
        number=session.speak.count(proposed.added),
        plan=plans.get(file) or name or file,
    )


def _show_obstacles(teller: PlanTeller, speak: Speaker) -> None:
    """Say what markers can't repair, why, and what can."""
    for obstacle in teller.obstacles():
        st.markdown("**" + speak(N_("What markers can't mend")) + "**")
        for reason in obstacle.reasons:
            st.markdown(f":orange[:material/warning:] {literal(reason)}")
        if obstacle.levers:
            st.markdown(
                speak(N_("What would: {steps}."), steps=literal(speak.all_of(obstacle.levers)))
            )
        elif obstacle.advice:
            st.markdown(f":gray[{speak(N_('To do'))}]  \n{literal(obstacle.advice)}")
