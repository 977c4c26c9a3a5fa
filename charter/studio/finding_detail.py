"""What a finding says: what is asked, by which path it breaks, who is concerned, what to do."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding
from charter.messages import N_
from charter.reports.telling import tell
from charter.reports.words import waived_label
from charter.studio import folding
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.words import explanation, is_about_irritants


def show_headline(session: Session, finding: Finding, *, has_path: bool = True) -> None:
    """Show what a finding asks, and how it is answered; without the path where that follows."""
    speak = session.speak
    told = tell(finding, session.names)
    st.subheader(literal(told.headline), anchor=False)
    lines = []
    if is_about_irritants(finding, session.names):
        lines.append(
            ":orange-badge[:material/warning: "
            + speak(N_("Irritant: a practice that the brand wants gone"))
            + "]"
        )
    if told.path and has_path:
        lines.append(speak(N_("Yes: {text}"), text=f"**{literal(told.path)}**"))
    if told.figures:
        lines.append(literal(told.figures))
    _show_lines(lines)


def show_detail(session: Session, finding: Finding) -> None:
    """Show all else that a finding says."""
    speak = session.speak
    told = tell(finding, session.names)
    lines = []
    if told.bar:
        lines.append(speak(N_("Asked for: {text}"), text=literal(told.bar)))
    if told.among:
        lines.append(speak(N_("Among: {text}"), text=literal(told.among)))
    for label, text in (
        (N_("Who"), told.who),
        (N_("Why it matters"), told.why),
        (N_("To do"), told.advice),
        *((waived_label(finding), text) for text in told.waived),
    ):
        if text:
            lines.append(f":gray[{speak(label)}]  \n{literal(text)}")
    lines.append(":gray[" + speak(N_("Where to change it")) + "]")
    _show_lines(lines)
    st.code(str(finding.position), language=None)
    st.caption(
        " · ".join(
            literal(text)
            for text in (finding.code, finding.rule or "", finding.fingerprint)
            if text
        )
    )
    title = speak(N_("What is checked here"))
    with folding.expander(title, key="unfold-explanation", icon=":material/help:") as is_open:
        if is_open:
            st.markdown(explanation(finding.code, speak))


def _show_lines(lines: list[str]) -> None:
    """Show paragraphs as one element: the browser takes its time for each."""
    if lines:
        st.markdown("\n\n".join(lines))
