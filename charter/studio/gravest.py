"""The gravest findings, in short."""

from __future__ import annotations

import streamlit as st

from charter.findings import Severity, Status
from charter.messages import N_
from charter.reports.telling import tell
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.words import badge

FINDINGS_SHOWN = 3


def show_gravest(session: Session) -> None:
    """Show the gravest findings, and link to the others."""
    speak = session.speak
    findings = [
        finding
        for finding in session.report.findings
        if finding.status is Status.OPEN and finding.severity is not Severity.INFO
    ]
    st.header(speak(N_("The gravest findings")), anchor=False)
    if not findings:
        st.success(speak(N_("Nothing: no error and no warning.")), icon=":material/check_circle:")
        return
    for finding in findings[:FINDINGS_SHOWN]:
        told = tell(finding, session.names)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            where = session.names.of("journey", finding.journey) if finding.journey else ""
            shown = told.path or told.figures
            about = " · ".join(literal(text) for text in (where, told.who) if text)
            st.markdown(
                f"{badge(finding, session.names)} **{literal(told.headline)}**"
                + (f"  \n{literal(shown)}" if shown else "")
                + (f"  \n:small[:gray[{about}]]" if about else ""),
                width="stretch",
            )
            st.page_link(
                "page/consistency.py",
                label=speak(N_("Details")),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"finding": finding.fingerprint},
            )
    if len(findings) > FINDINGS_SHOWN:
        st.page_link(
            "page/consistency.py",
            label=speak.many(
                "See the {number} error or warning",
                "See all {number} errors and warnings",
                len(findings),
            ),
        )
