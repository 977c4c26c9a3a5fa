"""Consistency: every finding with what to do about it, and every verdict."""

from __future__ import annotations

import streamlit as st

from charter.findings import Answer, Finding, Severity
from charter.messages import N_
from charter.reports.telling import tell
from charter.reports.words import waived_label
from charter.studio import address
from charter.studio.literal import literal
from charter.studio.session import Session, current
from charter.studio.tables import Asked, verdict_rows
from charter.studio.words import (
    ANSWERS,
    SEVERITIES,
    badge,
    explanation,
    is_about_irritants,
)

FINDING = "finding"


def show(session: Session) -> None:
    """Show the page."""
    speak = session.speak
    st.header(
        speak.many("{number} finding", "{number} findings", len(session.report.findings)),
        anchor=False,
    )
    if session.report.findings:
        _findings(session)
    else:
        st.success(speak(N_("There is nothing to mend.")), icon=":material/check_circle:")
    _verdicts(session)


def _findings(session: Session) -> None:
    speak, names = session.speak, session.names
    findings = list(session.report.findings)
    severities = [s for s in Severity if any(f.severity is s for f in findings)]
    wanted = st.query_params.get(FINDING)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        gravity = st.selectbox(
            speak(N_("Gravity")),
            ["", *severities],
            format_func=lambda s: (
                f"{speak(SEVERITIES[Severity(s)])} ({session.report.count_findings(Severity(s))})"
                if s
                else speak(N_("All findings"))
            ),
            key="gravity",
            width=200,
        )
        journeys = [j.id for j in session.workspace.journeys]
        journey = st.selectbox(
            speak(N_("Journey")),
            ["", *journeys],
            format_func=lambda j: names.of("journey", j) if j else speak(N_("All journeys")),
            key="findings-journey",
            width=280,
        )
    shown = {
        f.fingerprint: f
        for f in findings
        if (not gravity or f.severity == gravity) and (not journey or f.journey == journey)
    }
    if wanted and session.finding(wanted) is None:
        st.info(
            speak(N_("The finding of this link is there no more: it was mended, or it changed."))
        )
    if not shown:
        st.info(speak(N_("No finding is of that kind.")))
        return
    listed, detailed = st.columns([2, 3], gap="large")
    with listed:
        chosen = _list(session, shown)
    with detailed:
        _detail(session, chosen)


def _list(session: Session, shown: dict[str, Finding]) -> Finding:
    speak = session.speak

    def label(fingerprint: str) -> str:
        finding = shown[fingerprint]
        told = tell(finding, session.names)
        return f"{badge(finding, session.names)} {literal(told.headline)}"

    def caption(finding: Finding) -> str:
        where = session.names.of("journey", finding.journey) if finding.journey else ""
        return " · ".join(literal(text) for text in (where, finding.rule or finding.code) if text)

    address.read(FINDING, shown)
    chosen = st.radio(
        speak(N_("Findings")),
        list(shown),
        format_func=label,
        captions=[caption(finding) for finding in shown.values()],
        label_visibility="collapsed",
        key=FINDING,
        persist_state="session",
    )
    address.write(FINDING, chosen)
    return shown[chosen or next(iter(shown))]


def _detail(session: Session, finding: Finding) -> None:
    speak = session.speak
    told = tell(finding, session.names)
    with st.container(border=True, key="detail"):
        st.subheader(literal(told.headline), anchor=False)
        if is_about_irritants(finding, session.names):
            st.markdown(
                ":orange-badge[:material/warning: "
                + speak(N_("Irritant: a practice that the brand wants gone"))
                + "]"
            )
        if told.path:
            st.markdown(speak(N_("Yes: {text}"), text=f"**{literal(told.path)}**"))
        if told.figures:
            st.markdown(literal(told.figures))
        if told.bar:
            st.markdown(speak(N_("Asked for: {text}"), text=literal(told.bar)))
        if told.among:
            st.markdown(speak(N_("Among: {text}"), text=literal(told.among)))
        for label, text in (
            (N_("Who"), told.who),
            (N_("Why it matters"), told.why),
            (N_("To do"), told.advice),
            *((waived_label(finding), text) for text in told.waived),
        ):
            if text:
                st.markdown(f":gray[{speak(label)}]  \n{literal(text)}")
        st.markdown(":gray[" + speak(N_("Where to change it")) + "]")
        st.code(str(finding.position), language=None)
        st.caption(
            " · ".join(
                literal(text)
                for text in (finding.code, finding.rule or "", finding.fingerprint)
                if text
            )
        )
        with st.expander(speak(N_("What is checked here")), icon=":material/help:"):
            st.markdown(explanation(finding.code, speak))
        if finding.verdicts and finding.verdicts[0].witness:
            st.page_link(
                "page/journeys.py",
                label=speak(N_("Walk this path on the map")),
                icon=":material/route:",
                query_params={
                    "journey": str(finding.journey),
                    "witness": finding.fingerprint,
                },
            )


def _start_with_what_is_broken(session: Session) -> None:
    offered = ["", *(answer for answer in Answer if session.report.count(answer))]
    if st.session_state.setdefault("answer", Answer.BROKEN) not in offered:
        st.session_state["answer"] = ""


def _verdicts(session: Session) -> None:
    speak, names = session.speak, session.names
    report = session.report
    st.header(speak(N_("All verdicts")), anchor=False)
    _start_with_what_is_broken(session)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        answer = st.selectbox(
            speak(N_("Answer")),
            ["", *(a for a in Answer if report.count(a))],
            format_func=lambda a: (
                f"{speak(ANSWERS[Answer(a)])} ({speak.count(report.count(Answer(a)))})"
                if a
                else speak(N_("All answers"))
            ),
            key="answer",
            width=240,
        )
        journey = st.selectbox(
            speak(N_("Journey")),
            ["", *(j.id for j in session.workspace.journeys)],
            format_func=lambda j: names.of("journey", j) if j else speak(N_("All journeys")),
            key="verdicts-journey",
            width=280,
        )
        segment = st.selectbox(
            speak(N_("For whom")),
            ["", *(s.id for s in session.workspace.charter.all_segments)],
            format_func=lambda s: names.of("segment", s) if s else speak(N_("Everyone")),
            key="verdicts-segment",
            width=240,
        )
    asked = Asked(Answer(answer) if answer else None, journey or None, segment or None)
    verdicts = [verdict for verdict in report.verdicts if asked.selects(verdict)]
    if verdicts:
        st.dataframe(
            list(verdict_rows(verdicts, names, speak)),
            hide_index=True,
            width="stretch",
            key="verdicts",
            # Else they are as wide as the first rows need, which may say nothing there.
            column_config={
                speak(title): st.column_config.Column(width="medium")
                for title in (N_("Asked for"), N_("Looked at"))
            },
        )
    else:
        st.info(speak(N_("No verdict is of that kind.")))


show(current())
