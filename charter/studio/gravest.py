"""The gravest findings, in short."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding, Severity, Status
from charter.messages import N_
from charter.reports.telling import tell
from charter.studio.cards import Card, CardGroup, CardsView, Layout, cards
from charter.studio.deeds import Deed
from charter.studio.pieces import Said, Tone
from charter.studio.session import Session
from charter.studio.words import badges

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
    shown = tuple(_card(session, finding) for finding in findings[:FINDINGS_SHOWN])
    title = speak(N_("The gravest findings"))
    cards(CardsView(title, Layout.ROWS, (CardGroup(shown),)), key="gravest")
    if len(findings) > FINDINGS_SHOWN:
        st.page_link(
            "page/consistency.py",
            label=speak.many(
                "See the {number} error or warning",
                "See all {number} errors and warnings",
                len(findings),
            ),
        )


def _card(session: Session, finding: Finding) -> Card:
    told = tell(finding, session.names)
    where = session.names.of("journey", finding.journey) if finding.journey else ""
    about = tuple(Said(text, tone=Tone.SOFT) for text in (where, told.who) if text)
    return Card(
        finding.fingerprint,
        told.headline,
        badges=badges(finding, session.names),
        lines=tuple(
            line for line in ((Said(told.path or told.figures),), about) if line and line[0].text
        ),
        deeds=(
            Deed.leading("consistency", session.speak(N_("Details")), finding=finding.fingerprint),
        ),
    )
