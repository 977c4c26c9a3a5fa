"""Ideas of a round, as the facilitator sees them: those likely the same are proposed as one."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from charter.messages import N_, Speaker, visible
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.workshop_looking import Seen
from charter.workshop import Kind, Workshop
from charter.workshop.results import Group, Results

_BY_HAND = "workshop-merge-chosen"


def show_merging(session: Session, seen: Seen) -> None:
    """Show the ideas of the round, and which may be the same; nothing where none are asked for."""
    speak, workshop = session.speak, seen.workshop
    round = workshop.round
    if round is None or round.kind not in (Kind.PROPOSE, Kind.IRRITANTS) or not seen.answers:
        return
    results, may = seen.results, session.may(Role.EDITOR)
    with st.container(border=True, key="workshop-merging"):
        told = speak(N_("Ideas"))
        st.markdown(f"**{told}** :gray-badge[{len(results.ideas)}]")
        if len(results.likely_same) > 1:
            st.button(
                speak(N_("Merge all that are likely the same")),
                key="workshop-merge-all",
                icon=":material/join:",
                disabled=not may,
                on_click=deeds.merge,
                args=(workshop, *(_numbers(each, results) for each in results.likely_same)),
            )
        for numbers in results.likely_same:
            _propose(results, numbers, workshop, speak, may=may)
        for each in results.ideas:
            if len(each.numbers) > 1:
                _show_merged(each, workshop, speak, may=may)
        with st.expander(speak(N_("All ideas, for your eyes only until you reveal them"))):
            st.markdown("\n".join(_lines(results.ideas, speak)))
            if not round.is_open:
                _merge_by_hand(results, workshop, speak, may=may)


def _propose(
    results: Results, numbers: tuple[int, ...], workshop: Workshop, speak: Speaker, *, may: bool
) -> None:
    ideas = [idea for number in numbers if (idea := results.idea(number))]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = " · ".join(literal(speak.quote(visible(each.says.name))) for each in ideas)
        told = speak(N_("Likely the same: {ideas}"), ideas=told)
        st.markdown(f":material/join: {told}", width="stretch")
        st.button(
            speak(N_("Merge")),
            key=f"workshop-merge-{numbers[0]}",
            disabled=not may,
            on_click=deeds.merge,
            args=(workshop, _numbers(numbers, results)),
        )


def _numbers(ideas: Iterable[int], results: Results) -> tuple[int, ...]:
    """Return the numbers of ideas, and of all that count as one with them."""
    found = (results.idea(number) for number in ideas)
    return tuple(dict.fromkeys(n for each in found if each for n in each.numbers))


def _show_merged(group: Group, workshop: Workshop, speak: Speaker, *, may: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        names = dict.fromkeys(visible(each.name) for each in (group.says, *group.others))
        told = " · ".join(literal(speak.quote(name)) for name in names)
        told = speak(N_("Count as one: {ideas}"), ideas=told)
        st.markdown(f":material/done_all: {told}", width="stretch")
        st.button(
            speak(N_("Part again")),
            key=f"workshop-part-{group.numbers[0]}",
            type="tertiary",
            disabled=not may,
            on_click=deeds.part_again,
            args=(workshop, group.numbers),
        )


def _merge_by_hand(results: Results, workshop: Workshop, speak: Speaker, *, may: bool) -> None:
    names = {each.number: visible(each.says.name) for each in results.by_number}
    st.multiselect(
        speak(N_("Others that are the same")),
        list(names),
        format_func=lambda number: names.get(number, ""),
        key=_BY_HAND,
        placeholder=speak(N_("Choose two or more")),
        disabled=not may,
    )
    st.button(
        speak(N_("Merge these")),
        key="workshop-merge-these",
        disabled=not may,
        on_click=_merge_chosen,
        args=(workshop, results),
    )


def _merge_chosen(workshop: Workshop, results: Results) -> None:
    chosen = _numbers(st.session_state.get(_BY_HAND, ()), results)
    if len(chosen) > 1:
        deeds.merge(workshop, chosen)
        st.session_state[_BY_HAND] = []


def _lines(ideas: Iterable[Group], speak: Speaker) -> Iterable[str]:
    for each in ideas:
        people = speak.many("{number} person", "{number} people", each.support)
        yield f"- {literal(visible(each.says.name))} :gray-badge[{people}]"
