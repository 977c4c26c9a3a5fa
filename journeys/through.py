"""A question narrowed by where paths pass: to those through some stops, or to all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from journeys.automata import Automaton, Ending
from journeys.question import Letters, Question, repeat


def avoiding(question: Question, marked: Mapping[int, int]) -> Question:
    """Return the question asked only of paths that visit no marked stop.

    The others are concerned no more. ``marked`` has by stop the segments for which it is marked.
    """
    automaton = question.automaton
    gone, letters = len(automaton.steps), len(automaton.steps[0])
    steps = (*((*row, gone) for row in automaton.steps), (gone,) * (letters + 1))
    endings = (*automaton.endings, Ending.UNCONCERNED)

    def shown(kind: Letters, views: int) -> Letters:
        kept = tuple((letter, seeing & ~views) for letter, seeing in kind if seeing & ~views)
        return (*kept, (letters, views))

    return _shown_anew(replace(question, automaton=Automaton(steps, endings)), marked, shown)


def passing(question: Question, marked: Mapping[int, int]) -> Question:
    """Return the question asked only of paths that visit some marked stop.

    The others are concerned no more. ``marked`` has by stop the segments for which it is marked.
    """
    automaton = question.automaton
    count, letters = len(automaton.steps), len(automaton.steps[0])
    # Each state twice: before a marked stop, and since.
    since = tuple(tuple(count + state for state in row) for row in automaton.steps)
    steps = (
        *(row + later for row, later in zip(automaton.steps, since, strict=True)),
        *(row + row for row in since),
    )
    endings = ((Ending.UNCONCERNED,) * count) + automaton.endings

    def shown(kind: Letters, views: int) -> Letters:
        kept = [(letter, seeing & ~views) for letter, seeing in kind]
        seen = [(letters + letter, seeing & views) for letter, seeing in kind]
        return tuple((letter, seeing) for letter, seeing in (*kept, *seen) if seeing)

    return _shown_anew(replace(question, automaton=Automaton(steps, endings)), marked, shown)


def _shown_anew(
    question: Question, marked: Mapping[int, int], shown: Callable[[Letters, int], Letters]
) -> Question:
    """Return the question where ``shown`` says what marked stops show to the views marked."""
    kinds = list(question.kinds)
    numbers: dict[tuple[int, int], int] = {}

    def anew(kind: int, segments: int) -> int:
        if (kind, segments) not in numbers:
            numbers[kind, segments] = len(kinds)
            views = repeat(segments, question.width, question.copies)
            kinds.append(shown(kinds[kind], views))
        return numbers[kind, segments]

    def column(shows: Sequence[int], visited: Sequence[int]) -> list[int]:
        return [
            anew(kind, segments) if (segments := marked.get(stop, 0)) else kind
            for kind, stop in zip(shows, visited, strict=True)
        ]

    at_stop = column(question.at_stop, range(len(question.at_stop)))
    on_passage = question.on_passage
    if on_passage is not None:
        on_passage = column(on_passage, question.graph.ways.targets)
    return replace(question, kinds=kinds, at_stop=at_stop, on_passage=on_passage)
