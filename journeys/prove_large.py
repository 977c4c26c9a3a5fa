"""Proof and refutation in large graphs: the same search, a whole level at a time in NumPy.

Imported only where it is needed: NumPy takes longer to load than a small workspace takes to check.
Views are moved in words of up to 64 bits, one word after the other, so that memory stays that of
one word for each stop and state that is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy

from journeys.automata import Ending
from journeys.columns import (
    WORD_BITS,
    BetterInPlainPython,
    Breadth,
    Collector,
    Column,
    Table,
    words,
)
from journeys.question import Answer, Question, letter_seen

LARGEST_PRODUCT = 1 << 28
"""Most stops times states that are given a place in memory; few of them are reached."""


def prove(question: Question) -> tuple[Answer, ...]:
    """Return what `journeys.prove.prove` does.

    Raises:
        BetterInPlainPython: The levels are narrow, or the product is beyond `LARGEST_PRODUCT`.
    """
    if len(question.graph.stops) * len(question.automaton.steps) > LARGEST_PRODUCT:
        raise BetterInPlainPython
    answers: list[Answer] = [Answer(Ending.UNCONCERNED, None)] * (question.width * question.copies)
    for word in _words(question):
        search = _Search(question, word)
        search.run()
        for view, answer in search.answers():
            answers[view] = answer
    return tuple(answers)


class _Word(NamedTuple):
    """Views that are moved together: of some copies some segments.

    Attributes:
        copy: The first copy.
        copies: How many.
        segment: The first segment.
        width: How many.
    """

    copy: int
    copies: int
    segment: int
    width: int

    @property
    def dtype(self) -> Any:
        """The narrowest unsigned integers that hold a bit for each."""
        return next(
            kind
            for kind in (numpy.uint8, numpy.uint16, numpy.uint32, numpy.uint64)
            if self.copies * self.width <= numpy.iinfo(kind).bits
        )

    def views(self, question: Question) -> Iterator[tuple[int, int]]:
        """Yield each view of the question that is in it, with its bit here."""
        for copy in range(self.copies):
            for segment in range(self.width):
                view = (self.copy + copy) * question.width + self.segment + segment
                yield view, 1 << copy * self.width + segment

    def cut(self, views: int, question: Question) -> int:
        """Return those of all views that are in it, by their bits here."""
        begins = self.copy * question.width + self.segment
        return views >> begins & (1 << self.copies * self.width) - 1


def _words(question: Question) -> Iterator[_Word]:
    """Yield the views of a question in words, as many in each."""
    width, copies = question.width, question.copies
    if width > WORD_BITS:
        for copy, segment in product(range(copies), range(0, width, WORD_BITS)):
            yield _Word(copy, 1, segment, min(WORD_BITS, width - segment))
    elif copies:
        words_needed = -(-copies // (WORD_BITS // width))
        together = -(-copies // words_needed)
        for copy in range(0, copies, together):
            yield _Word(copy, min(together, copies - copy), 0, width)


class _Shown(NamedTuple):
    """What is shown, by kind of letters: which letters, and which views see each."""

    table: Table
    letter: Column
    seeing: Column


class _Level(NamedTuple):
    """The views that are new at a level, by node: state times stops plus stop."""

    node: Column
    bits: Column

    def has(self, node: int, bit: int) -> bool:
        """Return whether a view is at a node; nodes must be in order."""
        place = int(numpy.searchsorted(self.node, node))
        is_there = place < len(self.node) and int(self.node[place]) == node
        return is_there and bool(int(self.bits[place]) & bit)


class _Search:
    """The search for the views of one word."""

    def __init__(self, question: Question, word: _Word) -> None:
        self.question, self.word, self.dtype = question, word, word.dtype
        graph, automaton = question.graph, question.automaton
        states = range(len(automaton.steps))
        self.columns = graph.ways.columns
        self.stops = len(graph.stops)
        self.steps = numpy.array(automaton.steps, dtype=numpy.intp)
        self.can_break = numpy.array([s in automaton.can_break for s in states])
        self.surely_holds = numpy.array([s in automaton.surely_holds for s in states])
        self.ending_breaks = numpy.array([e is Ending.BREAKS for e in automaton.endings])
        self.ending_holds = numpy.array([e is Ending.HOLDS for e in automaton.endings])
        # Each segment once for every copy: a product with 1 + 2^w + 2^2w + …
        self.repeated = self.dtype(sum(1 << copy * word.width for copy in range(word.copies)))
        self.walkable = self._segments(graph.walkable)
        self.exits = self._segments(graph.exits) * self.repeated
        self.at_stop = numpy.asarray(question.at_stop, dtype=numpy.intp)
        self.on_passage = None
        if question.on_passage is not None:
            self.on_passage = numpy.asarray(question.on_passage, dtype=numpy.intp)
        self.shown = self._shown()
        self.collector = Collector(self.stops * len(self.steps), self.dtype)
        self.levels: list[_Level] = []
        self.newly_broken: list[int] = []
        self.broken, self.held = self.dtype(0), self.dtype(0)

    def _segments(self, sets: Sequence[int]) -> Column:
        """Return the asked segments of sets, by their bits in one copy here."""
        asked = self.question.asked >> self.word.segment & (1 << self.word.width) - 1
        found = words(sets, self.word.segment, self.word.width).astype(self.dtype)
        return found & self.dtype(asked)

    def _shown(self) -> _Shown:
        """Return what each kind of letters shows to the views of this word."""
        offsets, letters, seeing = [0], [], []
        for kind in self.question.kinds:
            for letter, views in kind:
                if here := self.word.cut(views, self.question):
                    letters.append(letter)
                    seeing.append(here)
            offsets.append(len(letters))
        return _Shown(
            Table(numpy.array(offsets, dtype=numpy.intp)),
            numpy.array(letters, dtype=numpy.intp),
            numpy.array(seeing, dtype=self.dtype),
        )

    def run(self) -> None:
        """Search breadth first, so that the first break of a view is a shortest one."""
        reached = numpy.zeros(self.stops * len(self.steps), dtype=self.dtype)
        entries = self._segments(self.question.graph.entries)
        begun = numpy.flatnonzero(entries)
        # Before the first visit everybody is in the first state.
        node, bits = self._visit(begun, entries[begun] * self.repeated, self.at_stop[begun])
        breadth = Breadth()
        while len(node):
            breadth.note(len(node))
            new = bits & ~reached[node]
            reached[node] |= new
            node, bits = self._settle(node, new)
            if not len(node):
                break
            self.levels.append(_Level(node, bits))
            node, bits = self._follow(node, bits)

    def _settle(self, node: Column, bits: Column) -> tuple[Column, Column]:
        """Note what is broken and what held, and return what can still be answered otherwise."""
        state, stop = numpy.divmod(node, self.stops)
        ending = bits & self.exits[stop]
        broken = numpy.bitwise_or.reduce(ending[self.ending_breaks[state]], initial=0)
        self.newly_broken.append(int(broken & ~self.broken))
        self.held |= numpy.bitwise_or.reduce(ending[self.ending_holds[state]], initial=0)
        # Every walk here can be carried on to an exit.
        self.held |= numpy.bitwise_or.reduce(bits[self.surely_holds[state]], initial=0)
        # What has just broken is kept, for its witness to be found.
        can_break = self.can_break[state]
        undecided = bits & numpy.where(can_break, ~self.broken, ~(self.broken | self.held))
        self.broken |= broken
        kept = numpy.flatnonzero(undecided)
        return node[kept], undecided[kept]

    def _follow(self, node: Column, bits: Column) -> tuple[Column, Column]:
        """Return where views get to from some nodes by one passage each."""
        bits = bits & ~self.broken
        going = numpy.flatnonzero(bits)
        node, bits = node[going], bits[going]
        state, stop = numpy.divmod(node, self.stops)
        row, passage = self.columns.leaving.entries(stop)
        moving = bits[row] & (self.walkable[passage] * self.repeated)
        moves = numpy.flatnonzero(moving)
        row, passage, moving = row[moves], passage[moves], moving[moves]
        came = state[row] * self.stops + self.columns.targets[passage]
        if self.on_passage is not None:
            return self._visit(came, moving, self.on_passage[passage])
        came, moving = self.collector.collect(came, moving)
        return self._visit(came, moving, self.at_stop[came % self.stops])

    def _visit(self, came: Column, moving: Column, kinds: Column) -> tuple[Column, Column]:
        """Return where views are once they have seen what is shown to them.

        Args:
            came: The nodes of the states before, at the stops that they come to.
            moving: The views that come.
            kinds: The kinds of letters that are shown.
        """
        row, entry = self.shown.table.entries(kinds)
        seeing = moving[row] & self.shown.seeing[entry]
        seen = numpy.flatnonzero(seeing)
        row, entry = row[seen], entry[seen]
        state, stop = numpy.divmod(came[row], self.stops)
        following = self.steps[state, self.shown.letter[entry]]
        return self.collector.collect(following * self.stops + stop, seeing[seen])

    # ── Witnesses ──

    def answers(self) -> list[tuple[int, Answer]]:
        """Return the answer of each view of this word, by view."""
        self._keep_what_leads_to_breaks()
        found = []
        for view, bit in self.word.views(self.question):
            if int(self.broken) & bit:
                answer = Answer(Ending.BREAKS, self._witness(view, bit))
            else:
                answer = Answer(Ending.HOLDS if int(self.held) & bit else Ending.UNCONCERNED, None)
            found.append((view, answer))
        return found

    def _keep_what_leads_to_breaks(self) -> None:
        """Keep of each level the nodes that lie on shortest breaking paths, in order."""
        goal = numpy.zeros(self.stops * len(self.steps), dtype=self.dtype)
        later = _Level(numpy.zeros(0, numpy.intp), numpy.zeros(0, self.dtype))
        for number in range(len(self.levels) - 1, -1, -1):
            node, bits = self.levels[number]
            state, stop = numpy.divmod(node, self.stops)
            leading = numpy.where(
                self.ending_breaks[state],
                bits & self.exits[stop] & self.dtype(self.newly_broken[number]),
                self.dtype(0),
            )
            if len(later.node):
                goal[later.node] = later.bits
                leading |= self._leading_on(state, stop, bits, goal)
                goal[later.node] = 0
            kept = numpy.flatnonzero(leading)
            order = kept[numpy.argsort(node[kept])]
            later = self.levels[number] = _Level(node[order], leading[order])

    def _leading_on(self, state: Column, stop: Column, bits: Column, goal: Column) -> Column:
        """Return those of ``bits`` that some passage leads to where ``goal`` has them."""
        row, passage = self.columns.leaving.entries(stop)
        moving = bits[row] & (self.walkable[passage] * self.repeated)
        target = self.columns.targets[passage]
        kinds = self.at_stop[target] if self.on_passage is None else self.on_passage[passage]
        move, entry = self.shown.table.entries(kinds)
        following = self.steps[state[row[move]], self.shown.letter[entry]] * self.stops
        seeing = moving[move] & self.shown.seeing[entry] & goal[following + target[move]]
        found = numpy.zeros(len(bits), dtype=self.dtype)
        useful = numpy.flatnonzero(seeing)
        numpy.bitwise_or.at(found, row[move[useful]], seeing[useful])
        return found

    def _witness(self, view: int, bit: int) -> tuple[int, ...]:
        """Return the first of the shortest breaking paths of a view, given also by its bit here."""
        question, graph, steps = self.question, self.question.graph, self.question.automaton.steps
        segment, seen_by = view % question.width, 1 << view
        node, bits = self.levels[0]
        stop = int((node[(bits & self.dtype(bit)) != 0] % self.stops).min())
        state = steps[0][letter_seen(question.shown_visiting(stop), seen_by)]
        path = [stop]
        last = next(number for number, broken in enumerate(self.newly_broken) if broken & bit)
        for level in self.levels[1 : last + 1]:
            # Some passage leads on, for its source was kept.
            for passage in graph.ways.leaving(stop):
                if graph.walkable[passage] >> segment & 1:
                    letter = letter_seen(question.shown_walking(passage), seen_by)
                    target, following = graph.ways.targets[passage], steps[state][letter]
                    if level.has(following * self.stops + target, bit):
                        stop, state = target, following
                        break
            path.append(stop)
        return tuple(path)
