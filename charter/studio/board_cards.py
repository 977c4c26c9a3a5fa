"""Ideas and expressions on the screen of the room, as cards: each is there, a lonely one too."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_, Speaker, visible
from charter.studio.literal import literal
from charter.workshop import Card, Idea, Round
from charter.workshop.results import SHOWINGS, Group, Results

_FEW = 15
"""So many ideas have room for large letters."""
_SHOWING_LOOKS = {
    "do": (":green[:material/check: **{}**]", N_("Do")),
    "dont": (":red[:material/close: **{}**]", N_("Don't")),
    "example": (":blue[:material/format_quote: **{}**]", N_("Example")),
}


def show_ideas(round: Round, results: Results, speak: Speaker) -> None:
    """Show ideas, what most people had first."""
    choices = {each.key: each for each in round.choices}
    is_few = len(results.ideas) <= _FEW
    with (
        st.container(key="board-few" if is_few else "board-many"),
        st.grid(3 if is_few else 4, min_column_width=400, gap="small", key="board-ideas"),
    ):
        for each in results.ideas:
            _idea(each, choices, speak)


def _idea(group: Group, choices: dict[str, Card], speak: Speaker) -> None:
    says = group.says
    with st.container(border=True, height="stretch", gap="small", key=f"idea-{group.number}"):
        people = speak.many("{number} person", "{number} people", group.support)
        st.markdown(f"**{literal(visible(says.name))}** :blue-badge[{people}]")
        chosen = choices.get(says.value if isinstance(says, Idea) else says.touchpoint)
        told = [literal(speak.words(chosen.name))] if chosen else []
        if isinstance(says, Idea) and says.example:
            told.append(literal(speak.quote(visible(says.example))))
        if told:
            st.caption(" · ".join(told))
        others = [visible(each.name) for each in group.others if each.name != says.name]
        if others:
            quoted = (literal(speak.quote(each)) for each in dict.fromkeys(others))
            st.caption(speak(N_("Also said: {ideas}"), ideas=", ".join(quoted)))


def show_expressions(round: Round, results: Results, speak: Speaker) -> None:
    """Show how each marker would show on each channel, as far as somebody said so."""
    said = {each.key for each in results.tallies}
    with st.grid(4, min_column_width=400, gap="small", key="board-expressions"):
        for card in round.cards:
            if card.key in said:
                _expression(card, results, speak)
    silent = [card for card in round.cards if card.key not in said]
    if silent:
        names = ", ".join(literal(_title(each, speak)) for each in silent)
        st.caption(speak(N_("Nobody said anything about: {cards}"), cards=names))


def _expression(card: Card, results: Results, speak: Speaker) -> None:
    with st.container(
        border=True, height="stretch", gap="xsmall", key=f"expression-{card.key.replace('/', '-')}"
    ):
        st.markdown(f"**{literal(_title(card, speak))}**")
        for field in SHOWINGS:
            tally = results.tally(card.key, field)
            if tally is None:
                continue
            look, label = _SHOWING_LOOKS[field]
            called = look.format(speak(label))
            for text, count in tally.spread:
                more = f" :gray-badge[{count}]" if count > 1 else ""
                st.markdown(f"{called} {literal(visible(str(text)))}{more}")


def _title(card: Card, speak: Speaker) -> str:
    name = speak.words(card.name)
    return f"{name} · {speak.words(card.detail)}" if card.detail else name
