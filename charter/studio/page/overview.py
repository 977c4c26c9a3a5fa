"""Overview: is the identity carried, where not, for how many, what changed, what to do next."""

from __future__ import annotations

from functools import partial

import streamlit as st

from charter.coverage import Coverages, coverage
from charter.findings import Answer
from charter.messages import N_
from charter.studio.coverage_cards import show_answer, show_cards, show_where_not
from charter.studio.figures import Figure, show_figures
from charter.studio.gravest import show_gravest
from charter.studio.in_turn import InTurn, go_on
from charter.studio.literal import literal
from charter.studio.next_actions import show_next_actions
from charter.studio.progress import Progress
from charter.studio.session import Session, current
from charter.studio.since_published import show_since_published
from charter.studio.standing_map import show_standings
from charter.studio.trend import show_trend
from charter.workspace import Workspace

PATIENCE = 0.6
"""Seconds that the page waits for the coverage, which mostly takes less."""


def show(session: Session) -> None:
    """Show the page."""
    _promise(session)
    if not session.workspace.journeys:
        _teach(session)
        return
    in_turn = InTurn(session.speak)
    grid = st.grid(2, min_column_width=380)
    left, right = grid.cell(), grid.cell()
    with left:
        covered = in_turn.show(
            ("coverage", id(session.workspace)),
            partial(_coverage, session.workspace),
            partial(_show_answer, session),
            key="coverage",
            waiting=session.speak(N_("What customers meet is being worked out.")),
            patience=PATIENCE,
        )
        show_since_published(session, in_turn)
    with right:
        show_next_actions(session, in_turn)
    if covered.result is not None:
        show_cards(session, covered.result)
    show_trend(session, in_turn)
    _counts(session)
    show_gravest(session)
    show_standings(session)


def _promise(session: Session) -> None:
    charter, speak = session.workspace.charter, session.speak
    if charter.promise:
        st.header(f"*{literal(speak.quote(speak.words(charter.promise)))}*", anchor=False)
    values = [literal(session.names.of("value", value.id)) for value in charter.values]
    if values:
        st.markdown(" ".join(f":gray-badge[{value}]" for value in values))


def _teach(session: Session) -> None:
    """Say what to do where nothing can be proved yet."""
    speak = session.speak
    st.info(
        speak(
            N_(
                "There is no journey yet, so nobody can say what customers meet. Draw the first "
                "one: where customers come in, what they go through, where they leave; then put "
                "the brand's markers where they meet them."
            )
        ),
        icon=":material/route:",
    )
    st.page_link(
        "page/journeys.py",
        label=speak(N_("Go to the journeys")),
        icon=":material/arrow_forward:",
        icon_position="right",
    )


def _coverage(workspace: Workspace, progress: Progress) -> Coverages:
    return coverage(workspace, between=partial(go_on, progress))


def _show_answer(session: Session, coverages: Coverages) -> None:
    show_answer(session, coverages)
    show_where_not(session, coverages)


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
    show_figures(
        [
            Figure(speak(label), speak.count(report.count(answer)), speak(meaning))
            for label, answer, meaning in counts
        ],
        key="counts",
    )


show(current())
