"""Every verdict, as a table."""

from __future__ import annotations

import streamlit as st

from charter.consistency import Asked, concerns
from charter.findings import Answer
from charter.messages import N_
from charter.studio.drop_down import drop_down
from charter.studio.session import Session
from charter.studio.tables import verdict_rows
from charter.studio.words import ANSWERS

_ANSWER = "answer"


def show_verdicts(session: Session, asked: Asked) -> None:
    """Show the verdicts of a journey and channel, narrowed by answer, rule and segment."""
    speak, names, report = session.speak, session.names, session.report
    _start_with_what_is_broken(session)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        answer = drop_down(
            speak(N_("Answer")),
            ["", *(a for a in Answer if report.count(a))],
            key=_ANSWER,
            told=lambda a: (
                f"{speak(ANSWERS[Answer(a)])} ({speak.count(report.count(Answer(a)))})"
                if a
                else speak(N_("All answers"))
            ),
            width=240,
        )
        rule = drop_down(
            speak(N_("Rule")),
            ["", *(rule.id for rule in session.workspace.rules)],
            key="verdicts-rule",
            told=lambda r: r or speak(N_("All rules")),
            width=260,
        )
        segment = drop_down(
            speak(N_("For whom")),
            ["", *(s.id for s in session.workspace.charter.all_segments)],
            key="verdicts-segment",
            told=lambda s: names.of("segment", s) if s else speak(N_("All segments")),
            width=240,
        )
    verdicts = [
        verdict
        for verdict in report.verdicts
        if concerns(verdict, names.settings.get(verdict.journey or ""), asked)
        and answer in ("", verdict.verdict)
        and rule in ("", verdict.rule)
        and segment in ("", verdict.segment)
    ]
    if not verdicts:
        st.info(speak(N_("No verdict is of that kind.")))
        return
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


def _start_with_what_is_broken(session: Session) -> None:
    offered = ["", *(answer for answer in Answer if session.report.count(answer))]
    if st.session_state.setdefault(_ANSWER, Answer.BROKEN) not in offered:
        st.session_state[_ANSWER] = ""
