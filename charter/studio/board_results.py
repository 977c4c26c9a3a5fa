"""What a round came to, as the screen of the room shows it: pictures, cards, agreement, a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from charter.messages import N_, Speaker
from charter.messages.workshop import agreement_word
from charter.studio import folding
from charter.studio.board_cards import show_expressions, show_ideas
from charter.studio.board_charts import (
    dots_chart,
    effort_chart,
    feelings_picture,
    tags_chart,
    without_dots,
)
from charter.studio.board_rows import rows_of
from charter.studio.drawing import drawing
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.workshop_looking import Seen
from charter.usecases.running_orders import cards_by_stage
from charter.workshop import Card, Kind, Round
from charter.workshop.results import Results
from charter.workshop.telling import figure

Stages = list[tuple[str, tuple[Card, ...]]]
_CHARTS: Mapping[Kind, Callable[..., dict[str, Any]]] = {
    Kind.TAG: tags_chart,
    Kind.DOTS: dots_chart,
    Kind.EFFORT: effort_chart,
}
_SHOWS = {
    Kind.TAG: N_("How many people feel each marker at each touchpoint; the table says the same."),
    Kind.EMOTION: N_(
        "How each touchpoint feels, and how far people differ; the table says it too."
    ),
    Kind.DOTS: N_("How many dots each got; the table says the same."),
    Kind.EFFORT: N_("How each touchpoint is graded, and how far people differ; see the table."),
}
_LEGENDS = {
    Kind.TAG: N_(
        "The number is how many people feel the marker there: the stronger the colour, the more."
    ),
    Kind.EMOTION: N_(
        "Line: the middle answer. Circles: each answer, the larger the more people gave it."
    ),
    Kind.DOTS: N_("Behind the dots: how many people spent some there."),
    Kind.EFFORT: N_(
        "From left to right: low, middle, high, and how many people say so. Frame: the middle "
        "answer."
    ),
}
_AGREEMENT = N_(
    "Agreement (Krippendorff's alpha): 1 is full agreement, 0 is chance. Where it is low, talk "
    "about why before you decide."
)


def show_results(session: Session, seen: Seen) -> None:
    """Show what the round has come to; nobody is named."""
    speak, round = session.speak, seen.workshop.round
    assert round is not None
    results = seen.results
    if not results.answered:
        st.markdown(speak(N_("Nobody has answered in this round.")))
        return
    if round.kind in (Kind.PROPOSE, Kind.IRRITANTS):
        show_ideas(round, results, speak)
    elif round.kind is Kind.EXPRESS:
        show_expressions(round, results, speak)
    else:
        _show_chart(session, round, results)


def show_table(seen: Seen, speak: Speaker) -> None:
    """Offer what the pictures say as a table, for who doesn't see them."""
    round = seen.workshop.round
    assert round is not None
    told = speak(N_("As a table"))
    with folding.popover(
        told, key="board-table", type="tertiary", icon=":material/table_rows:"
    ) as is_open:
        if is_open:
            st.dataframe(list(rows_of(round, seen.results, speak)), hide_index=True, width=1100)


def stages_of(session: Session, round: Round) -> Stages:
    """Return the cards of a round by stages; under an empty name where it has none."""
    speak = session.speak
    found = cards_by_stage(round, session.written)
    gone = speak(N_("Not on the journey any more"))
    named = [(speak.words(name) if name else gone, cards) for name, cards in found]
    return named or [("", round.cards)]


def _show_chart(session: Session, round: Round, results: Results) -> None:
    speak, stages = session.speak, stages_of(session, round)
    told = speak(_SHOWS[round.kind])
    if round.kind is Kind.EMOTION:
        drawing(feelings_picture(results, speak, stages, told), key="board-emotion")
    else:
        is_dark = st.context.theme.type == "dark"
        spec = _CHARTS[round.kind](round, results, speak, stages, is_dark=is_dark)
        st.vega_lite_chart(spec=spec, width="stretch", key=f"board-{round.kind}", alt=told)
    if round.kind is Kind.DOTS and (none := without_dots(round, results)):
        names = ", ".join(literal(speak.words(each.name)) for each in none)
        st.markdown(speak(N_("Without dots: {cards}"), cards=names))
    st.caption(f"{speak(_LEGENDS[round.kind])} {speak(_AGREEMENT)}")


def has_agreement(round: Round) -> bool:
    """Return whether it can be said how far a room agrees: texts and ideas have no measure."""
    return round.kind in _SHOWS


def show_agreement(results: Results, speak: Speaker) -> None:
    """Show how far the room agrees: a number and a word."""
    word = agreement_word(results.agreement, speak)
    told = "—" if results.agreement is None else figure(results.agreement, speak)
    st.metric(
        speak(N_("Agreement: {word}"), word=word),
        told,
        width="content",
    )
