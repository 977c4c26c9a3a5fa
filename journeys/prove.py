"""Proof and refutation over every path, many questions in one pass.

A view is one bit; one breadth-first pass over the product of graph and automaton moves all views
along a passage at once. Paths are walks, so loops count as often as they are walked; none is ever
enumerated. The cost is passages times automaton states, times the number of levels in which new
bits still arrive.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TypeAlias

from journeys.automata import Ending
from journeys.question import Answer, Question, letter_seen, repeat

_Level: TypeAlias = dict[int, int]
"""The views that are new at a level, by node: stop times states plus state."""


def prove(question: Question) -> tuple[Answer, ...]:
    """Return the answer of each view."""
    if question.graph.ways.is_large:
        from journeys import columns, prove_large

        with suppress(columns.BetterInPlainPython):
            return prove_large.prove(question)
    search = _Search(question)
    search.run()
    search.keep_what_leads_to_breaks()
    return tuple(search.answer(view) for view in range(question.width * question.copies))


class _Views(dict[int, int]):
    """The asked views of a set of segments; the same few sets come again and again."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, segments: int) -> int:
        question = self._question
        self[segments] = repeat(segments & question.asked, question.width, question.copies)
        return self[segments]


class _Search:
    def __init__(self, question: Question) -> None:
        self.question = question
        self.states = len(question.automaton.steps)
        self.levels: list[_Level] = []
        self.broken = 0
        self.broken_by_level: list[int] = []
        self.held = 0
        graph = question.graph
        self.views = _Views(question)
        self.entries = [self.views[bits] for bits in graph.entries]
        self.exits = [self.views[bits] for bits in graph.exits]

    def run(self) -> None:
        """Search breadth first, so that the first break of a view is a shortest one."""
        # Names bound once: the innermost loop is where a proof spends its time.
        states = self.states
        table = self.question.automaton.steps
        shown_at = tuple(map(self.question.kinds.__getitem__, self.question.at_stop))
        shown_walking = self.question.shown_walking
        is_shown_at_stops = self.question.on_passage is None
        steps = self.question.graph.steps
        views = self.views
        reached: _Level = {}
        frontier: _Level = {}
        for stop, entering in enumerate(self.entries):
            if entering:
                for letter, seeing in shown_at[stop]:
                    if bits := entering & seeing:
                        node = stop * states + table[0][letter]
                        frontier[node] = frontier.get(node, 0) | bits
        while frontier:
            self.levels.append(frontier)
            for node, bits in frontier.items():
                reached[node] = reached.get(node, 0) | bits
            self._settle(frontier)
            self.broken_by_level.append(self.broken)
            following: _Level = {}
            for node, bits in frontier.items():
                stop, state = divmod(node, states)
                bits = self._undecided(state, bits)
                if not bits:
                    continue
                row = table[state]
                for index, target, open_to in steps[stop]:
                    moving = bits & views[open_to]
                    if not moving:
                        continue
                    shown = shown_at[target] if is_shown_at_stops else shown_walking(index)
                    for letter, seeing in shown:
                        if moved := moving & seeing:
                            next_node = target * states + row[letter]
                            if new := moved & ~reached.get(next_node, 0):
                                following[next_node] = following.get(next_node, 0) | new
            frontier = following

    def _settle(self, frontier: _Level) -> None:
        """Note which views are broken, and which have a path that holds."""
        automaton = self.question.automaton
        for node, bits in frontier.items():
            stop, state = divmod(node, self.states)
            if state in automaton.surely_holds:
                # Every walk here can be carried on to an exit.
                self.held |= bits
            elif ending := bits & self.exits[stop]:
                if automaton.endings[state] is Ending.BREAKS:
                    self.broken |= ending
                elif automaton.endings[state] is Ending.HOLDS:
                    self.held |= ending

    def _undecided(self, state: int, bits: int) -> int:
        """Return those of ``bits`` whose answer can still change from ``state`` on."""
        bits &= ~self.broken
        if state not in self.question.automaton.can_break:
            bits &= ~self.held
        return bits

    def answer(self, view: int) -> Answer:
        bit = 1 << view
        if self.broken & bit:
            return Answer(Ending.BREAKS, self._witness(bit))
        if self.held & bit:
            return Answer(Ending.HOLDS, None)
        return Answer(Ending.UNCONCERNED, None)

    def keep_what_leads_to_breaks(self) -> None:
        """Keep of each level what lies on shortest breaking paths, backward, for all views."""
        # As many steps as the search itself took, however many views are broken.
        states = self.states
        automaton = self.question.automaton
        steps = self.question.graph.steps
        shown_walking = self.question.shown_walking
        later: _Level = {}
        for number in range(len(self.levels) - 1, -1, -1):
            before = self.broken_by_level[number - 1] if number else 0
            newly_broken = self.broken_by_level[number] & ~before
            still_to_break = self.broken & ~self.broken_by_level[number]
            kept: _Level = {}
            for node, bits in self.levels[number].items():
                stop, state = divmod(node, states)
                leading = 0
                if automaton.endings[state] is Ending.BREAKS:
                    leading = bits & newly_broken & self.exits[stop]
                bits &= still_to_break
                row = automaton.steps[state]
                for passage, target, open_to in steps[stop] if bits else ():
                    if moving := bits & self.views[open_to]:
                        for letter, seeing in shown_walking(passage):
                            goal = later.get(target * states + row[letter], 0)
                            leading |= moving & seeing & goal
                if leading:
                    kept[node] = leading
            later = self.levels[number] = kept

    def _witness(self, bit: int) -> tuple[int, ...]:
        """Return the first of the shortest breaking paths of a view."""
        last = next(i for i, broken in enumerate(self.broken_by_level) if broken & bit)
        # The first entry, then the first passage, that stays on one of them.
        node = self._first_entry(bit)
        path = [node]
        for level in self.levels[1 : last + 1]:
            node = next(n for n in self._after(node, bit) if level.get(n, 0) & bit)
            path.append(node)
        return tuple(node // self.states for node in path)

    def _first_entry(self, bit: int) -> int:
        for stop, entering in enumerate(self.entries):
            if entering & bit:
                letter = letter_seen(self.question.shown_visiting(stop), bit)
                node = stop * self.states + self.question.automaton.steps[0][letter]
                if self.levels[0].get(node, 0) & bit:
                    return node
        raise AssertionError("a broken view begins at an entry")

    def _after(self, node: int, bit: int) -> list[int]:
        stop, state = divmod(node, self.states)
        row = self.question.automaton.steps[state]
        found = []
        for index, target, open_to in self.question.graph.steps[stop]:
            if self.views[open_to] & bit:
                letter = letter_seen(self.question.shown_walking(index), bit)
                found.append(target * self.states + row[letter])
        return found
