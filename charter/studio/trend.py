"""The trend over published versions: what customers met, and how much was broken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from charter.coverage import Unknown
from charter.findings import Severity
from charter.history import HistoryError
from charter.messages import N_, Speaker
from charter.messages.history import sentence
from charter.reports.words import date
from charter.studio import folding
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.studio.since_published import published
from charter.studio.trend_chart import counts_chart, shares_chart
from charter.usecases.trend import COUNTED, PublishedVersion, Trend, trend
from journeys.customers import ShareBasis

FEWEST_FOR_A_CHART = 2


def show_trend(session: Session, in_turn: InTurn) -> None:
    """Show the trend, once it is worked out."""
    speak = session.speak
    st.header(speak(N_("From version to version")), anchor=False)
    in_turn.show(
        ("trend", session.root, published(session.root)),
        partial(_trend, session.root),
        partial(_show, speak),
        key="trend",
        waiting=speak(N_("Published versions are being checked, each once.")),
    )


def _trend(root: Path, progress: Progress) -> Trend | HistoryError:
    told = Trend((), 0)
    try:
        for told in trend(root):
            progress.tell(len(told.versions), told.number)
    except HistoryError as error:
        return error
    return told


def _show(speak: Speaker, told: Trend | HistoryError) -> None:
    if isinstance(told, HistoryError):
        st.info(
            literal(
                speak(
                    N_(
                        "A trend appears once versions are published: each version that is "
                        "published in the folder's git repository becomes a point of it."
                    )
                )
            ),
            icon=":material/timeline:",
        )
        st.caption(literal(sentence(told.reason, told.parameters, speak)))
        return
    rows = trend_rows(told.versions, speak)
    readable = [version for version in told.versions if version.carried is not None]
    if len(readable) < FEWEST_FOR_A_CHART:
        st.info(
            literal(speak(N_("A trend appears with the second published version."))),
            icon=":material/timeline:",
        )
    else:
        _show_charts(told.versions, speak)
    if any(v.carried.basis is ShareBasis.ASSUMED for v in readable if v.carried):
        st.caption(literal(speak(N_("Averages are told as if every choice were equally likely."))))
    for version in told.versions:
        if why := why_unreadable(version, speak):
            st.caption(f":material/report: {literal(why)}")
    if rows:
        title = speak(N_("The same as a table"))
        with folding.expander(title, key="unfold-trend", icon=":material/table:") as is_open:
            if is_open:
                st.dataframe(rows, hide_index=True, width="stretch", key="trend-table")


def _show_charts(versions: Sequence[PublishedVersion], speak: Speaker) -> None:
    is_dark = st.context.theme.type == "dark"
    for draw, key, alt in (
        (
            shares_chart,
            "trend-shares",
            N_("What customers met in each version; the table below says the same."),
        ),
        (
            counts_chart,
            "trend-counts",
            N_("What was broken in each version; the table below says the same."),
        ),
    ):
        spec = draw(versions, speak, is_dark=is_dark)
        st.vega_lite_chart(spec=spec, width="stretch", key=key, alt=speak(alt))


def why_unreadable(version: PublishedVersion, speak: Speaker) -> str:
    """Return why a version isn't told of; nothing where it is."""
    if version.carried is not None:
        return ""
    if version.error is not None:
        why = sentence(version.error.reason, version.error.parameters, speak)
    else:
        why = speak.many(
            "{number} thing was wrong with its files.",
            "{number} things were wrong with its files.",
            version.problems,
        )
    return speak(
        N_("The version {subject} of {day} isn't in the chart: {why}"),
        subject=speak.quote(version.commit.subject),
        day=date(version.commit.when.date(), speak),
        why=why,
    )


def trend_rows(versions: Sequence[PublishedVersion], speak: Speaker) -> list[dict[str, str]]:
    """Return the trend as a table, oldest first."""
    rows = []
    for version in versions:
        row = {
            speak(N_("Published")): date(version.commit.when.date(), speak),
            speak(N_("Version")): version.commit.subject,
            speak(N_("By")): version.commit.author,
        }
        carried = version.carried
        row[speak(N_("Poorest path"))] = _share(carried.least if carried else None, speak)
        if carried is not None and carried.reason is Unknown.TOO_MANY:
            row[speak(N_("Poorest path"))] = speak(N_("not known"))
        row[speak(N_("On average"))] = _share(carried.average if carried else None, speak)
        for severity in COUNTED:
            count = speak.count(carried.broken[severity]) if carried else "–"
            row[speak(_BROKEN[severity])] = count
        rows.append(row)
    return rows


_BROKEN = {
    Severity.ERROR: N_("Broken: errors"),
    Severity.WARNING: N_("Broken: warnings"),
    Severity.INFO: N_("Broken: notes"),
}


def _share(share: float | None, speak: Speaker) -> str:
    return "–" if share is None else speak.percent(share)
