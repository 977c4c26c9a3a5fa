"""Overview: the promise, how many verdicts hold, and where each marker stands."""

from __future__ import annotations

import streamlit as st

from charter.findings import Answer, Severity, Status
from charter.messages import N_
from charter.reports.telling import tell
from charter.standings import Standing, standings
from charter.studio import address
from charter.studio.charts import heat_map
from charter.studio.literal import literal
from charter.studio.session import Session, current
from charter.studio.tables import heat_cells, heat_table
from charter.studio.words import (
    IRRITANT_SIGN,
    STANDING_MARKS,
    STANDING_MEANINGS,
    STANDINGS,
    badge,
)

FINDINGS_SHOWN = 3


def show(session: Session) -> None:
    """Show the page."""
    _promise(session)
    _counts(session)
    _gravest(session)
    _heat_map(session)


def _promise(session: Session) -> None:
    charter, speak = session.workspace.charter, session.speak
    if charter.promise:
        st.header(f"*{literal(speak.quote(speak.words(charter.promise)))}*", anchor=False)
    values = [literal(session.names.of("value", value.id)) for value in charter.values]
    if values:
        st.markdown(" ".join(f":gray-badge[{value}]" for value in values))


def _counts(session: Session) -> None:
    speak, report = session.speak, session.report
    scope = speak.all_of(
        (
            speak.many("{number} journey", "{number} journeys", len(session.workspace.journeys)),
            speak.many(
                "{number} segment",
                "{number} segments",
                len(session.workspace.charter.all_segments),
            ),
            speak.many("{number} rule", "{number} rules", len(session.workspace.rules)),
        )
    )
    st.caption(speak(N_("Proved over every path: {scope}."), scope=scope))
    counts = (
        (
            N_("Verdicts broken"),
            Answer.BROKEN,
            N_("A path, a touchpoint, a share of customers or the charter breaks the rule."),
        ),
        (N_("Verdicts that hold"), Answer.HOLDS, N_("Nothing on this map breaks the rule.")),
        (
            N_("Concern nothing"),
            Answer.VACUOUS,
            N_("No path is concerned. That is never counted as a pass."),
        ),
        (N_("Undecided"), Answer.INCONCLUSIVE, N_("Too much to decide; never guessed.")),
    )
    with st.grid(4, min_column_width=150):
        for label, answer, meaning in counts:
            st.metric(
                speak(label),
                speak.count(report.count(answer)),
                border=True,
                help=speak(meaning),
            )


def _gravest(session: Session) -> None:
    speak = session.speak
    findings = [
        finding
        for finding in session.report.findings
        if finding.status is Status.OPEN and finding.severity is not Severity.INFO
    ]
    st.header(speak(N_("What to mend first")), anchor=False)
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


def _heat_map(session: Session) -> None:
    speak, charter = session.speak, session.workspace.charter
    st.header(speak(N_("Where each marker stands")), anchor=False)
    segments = [segment.id for segment in charter.all_segments]
    options = ["", *segments] if len(segments) > 1 else [""]
    address.read("for", options, default="")
    chosen = st.selectbox(
        speak(N_("For whom")),
        options,
        format_func=lambda s: session.names.of("segment", s) if s else speak(N_("Everyone")),
        width=300,
        key="for",
        persist_state="session",
    )
    address.write("for", chosen)
    found = standings(session.workspace, session.report.verdicts, chosen or None)
    cells = list(heat_cells(charter, found, session.names, speak))
    st.altair_chart(
        heat_map(cells, speak, is_dark=st.context.theme.type == "dark"),
        width="stretch",
        key="heat-map",
        alt=speak(N_("How each marker stands on each channel; the table below says the same.")),
    )
    shown = dict.fromkeys(found.values())
    meanings = [
        speak(
            N_("{mark} **{standing}**: {meaning}"),
            mark=STANDING_MARKS[standing],
            standing=speak(STANDINGS[standing]),
            meaning=speak(STANDING_MEANINGS[standing]),
        )
        for standing in Standing
        if standing in shown
    ]
    if any(session.names.is_irritant(marker.id) for marker in charter.markers):
        told = N_(
            "{mark} **Irritant**: a practice that the brand wants gone; its {holds} says that the "
            "rule against it holds there"
        )
        meanings.append(speak(told, mark=IRRITANT_SIGN, holds=STANDING_MARKS[Standing.HOLDS]))
    st.caption("  \n".join(meanings))
    with st.expander(speak(N_("The same as a table")), icon=":material/table:"):
        st.dataframe(
            heat_table(charter, found, session.names, speak), hide_index=True, width="stretch"
        )


show(current())
