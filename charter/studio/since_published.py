"""What changed since the last published version: what was repaired, what broke."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import streamlit as st

from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.coverage import Coverages, coverage
from charter.findings import Report
from charter.history import Commit, HistoryError
from charter.messages import N_, Language, Speaker
from charter.messages.history import sentence
from charter.reports.coverage import CoverageTeller
from charter.reports.diff.telling import Told, tell_comparison
from charter.reports.words import date
from charter.studio.in_turn import InTurn, go_on
from charter.studio.literal import literal
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.usecases.trend import latest_published, what_changed_since_published
from charter.workspace import Workspace

SHOWN = 3
"""How many are told of what broke, and of what was repaired."""


@dataclass(frozen=True, eq=False)
class SincePublished:
    """What changed since a version.

    Attributes:
        before: The coverage of that version.
        after: The coverage of what is shown.
    """

    commit: Commit
    comparison: Comparison
    before: Coverages
    after: Coverages

    def headlines(self, turn: Turn, speak: Speaker) -> list[str]:
        """Return what turned so, the gravest first; put into words once for each language."""
        if speak.language not in self._told:
            self._told[speak.language] = tell_comparison(self.comparison, speak)
        chapters = self._told[speak.language].chapters
        return [each.headline for c in chapters if c.turn is turn for each in c.stories]

    @cached_property
    def _told(self) -> dict[Language, Told]:
        return {}


Answer = SincePublished | Checked | HistoryError
"""What changed; what is wrong with the published version; why there is none."""


@st.cache_data(ttl=3, max_entries=32, show_spinner=False)
def published(root: Path) -> str:
    """Return the id of the latest published version; nothing where there is none."""
    try:
        return latest_published(root).id
    except HistoryError:
        return ""


def show_since_published(session: Session, in_turn: InTurn) -> None:
    """Show what changed since the last published version, once it is known."""
    speak = session.speak
    with st.container(border=True, key="since-published"):
        st.subheader(speak(N_("Since the last published version")), anchor=False)
        today = datetime.date.today()
        in_turn.show(
            ("since-published", id(session.written), published(session.root), today),
            partial(_since, session.root, session.written, session.written_report, today),
            partial(_show, session),
            key="since-published",
            waiting=speak(N_("Both versions are being compared.")),
        )


def _since(
    root: Path, workspace: Workspace, report: Report, today: datetime.date, progress: Progress
) -> Answer:
    try:
        commit = latest_published(root)
        now = Checked(report, workspace, workspace.sources)
        found = what_changed_since_published(root, now, today)
    except HistoryError as error:
        return error
    if isinstance(found, Checked):
        return found
    before, after = (
        coverage(version.valid, with_shares=False, between=partial(go_on, progress))
        for version in (found.before, found.after)
    )
    return SincePublished(commit, found, before, after)


def _show(session: Session, answer: Answer) -> None:
    speak = session.speak
    if isinstance(answer, HistoryError):
        st.markdown(
            literal(
                speak(
                    N_(
                        "Nothing was published yet, so there is nothing to compare with. Once the "
                        "folder lies in a git repository, each version that is published there is "
                        "compared with what you see."
                    )
                )
            )
        )
        st.caption(literal(sentence(answer.reason, answer.parameters, speak)))
    elif isinstance(answer, Checked):
        number = len(answer.report.findings)
        st.markdown(
            literal(
                speak.many(
                    "The last published version can't be compared: {number} thing is wrong with "
                    "its files.",
                    "The last published version can't be compared: {number} things are wrong with "
                    "its files.",
                    number,
                )
            )
        )
    else:
        _show_changes(session, answer)


def _show_changes(session: Session, answer: SincePublished) -> None:
    speak = session.speak
    commit, comparison = answer.commit, answer.comparison
    told = speak(
        N_("Published on {day} by {author}: {subject}"),
        day=date(commit.when.date(), speak),
        author=commit.author,
        subject=speak.quote(commit.subject),
    )
    st.caption(literal(told))
    changes = len(comparison.changes)
    turned = comparison.of(Turn.REPAIRED) or comparison.of(Turn.NEWLY_BROKEN)
    if not changes and not turned:
        st.markdown(
            ":gray[:material/done_all:] "
            + literal(speak(N_("Nothing changed: what you see is what is published.")))
        )
        return
    st.markdown(
        literal(
            speak.many(
                "{number} change isn't published yet.",
                "{number} changes aren't published yet.",
                changes,
            )
        )
    )
    st.markdown(literal(_coverage_told(session, answer)))
    for turn in (Turn.NEWLY_BROKEN, Turn.REPAIRED):
        _show_turn(session, answer, turn)
    st.page_link(
        "page/versions.py",
        label=speak(N_("See every change")),
        icon=":material/arrow_forward:",
        icon_position="right",
    )


def _coverage_told(session: Session, answer: SincePublished) -> str:
    """Return how the coverage changed."""
    speak, names = session.speak, session.names
    before, after = (
        CoverageTeller(coverages, names) for coverages in (answer.before, answer.after)
    )
    was, now = answer.before.overall, answer.after.overall
    lines = []
    for told_before, told_after, changed, same in (
        (
            before.poorest(was),
            after.poorest(now),
            N_("Poorest path: {before} before, {after} now."),
            N_("Poorest path: {after} as before."),
        ),
        (
            before.average(was),
            after.average(now),
            N_("On average: {before} before, {after} now."),
            N_("On average: {after} as before."),
        ),
    ):
        if told_before and told_after:
            told = same if told_before == told_after else changed
            lines.append(speak(told, before=told_before, after=told_after))
    return " ".join(lines)


def _show_turn(session: Session, answer: SincePublished, turn: Turn) -> None:
    """Show how many verdicts turned so, and the gravest of them in words."""
    number = len(answer.comparison.of(turn))
    if not number:
        return
    speak = session.speak
    sign = ":red[:material/close:]" if turn is Turn.NEWLY_BROKEN else ":green[:material/check:]"
    told = (
        speak.many("{number} verdict newly broken", "{number} verdicts newly broken", number)
        if turn is Turn.NEWLY_BROKEN
        else speak.many("{number} verdict repaired", "{number} verdicts repaired", number)
    )
    stories = answer.headlines(turn, speak)
    lines = [f"{sign} **{literal(told)}**", "", *(f"- {literal(s)}" for s in stories[:SHOWN])]
    if len(stories) > SHOWN:
        others = speak(N_("and others"))
        lines.append(f"- {literal(others)}")
    st.markdown("\n".join(lines))
