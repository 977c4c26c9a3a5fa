"""Walks enumerated: every one of them, or one for all that can't be told apart.

`every_walk` is pure enumeration, in the order of witnesses: by length, then by entry, then step
by step. The number of walks explodes with their length, so it serves the smallest graphs only.

`first_breaking_path` enumerates in the same order, level by level, and drops a walk if an earlier
one ends at the same stop with the same summary. Why nothing is lost:

- A summary is a function of the whole walk, written beside the definition it serves. Two walks to
  one stop with equal summaries stay equal whatever is added to both, and a rule concerns, and
  breaks on, both or neither. (`test_definitions` checks the two claims on the first walks of
  random graphs, and the outcome against `every_walk`.)
- So whatever continues the dropped walk to a breaking path continues the kept one to a breaking
  path as well, of no greater length and earlier in the order. The first breaking path never goes
  through a dropped walk.
- No two kept walks share stop and summary, so levels come to an end: none is longer than
  stops × summaries, the bound beyond which a holding rule can't be broken. A carrying count has
  `n` + 1 values, times concerned or not; an opening or closing of at most `n` visits 2^(n+1) - 1;
  a row `n` + 1 and "too long"; a hand-off 3; the others are few, but for the subsets of markers
  that `variety` meets. `LONGEST` is above all of them at the sizes generated, and reaching it is
  an error, never a verdict.

The engine's automata aren't known here: a walk is kept whole, and asked as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from .definitions import OpenGraph, PathRule, Stop, Walk

LONGEST = 1_000


def extended(graph: OpenGraph, level: list[Walk]) -> list[Walk]:
    """Return all walks one stop longer, in order if the given ones are."""
    return [walk.along(passage) for walk in level for passage in graph.leaving(walk.stops[-1])]


def every_walk(graph: OpenGraph, longest: int) -> Iterator[Walk]:
    """Give every walk from an entry of at most ``longest`` stops, in the order of witnesses."""
    level = [Walk((entry,)) for entry in graph.entries]
    for _ in range(longest):
        if not level:
            return
        yield from level
        level = extended(graph, level)


def walks_that_differ(graph: OpenGraph, rule: PathRule) -> Iterator[Walk]:
    """Give the first walk of each stop and summary, in the order of witnesses."""
    met = set()
    level = [Walk((entry,)) for entry in graph.entries]
    for _ in range(LONGEST):
        kept = []
        for walk in level:
            place = walk.stops[-1], rule.summary(walk)
            if place not in met:
                met.add(place)
                kept.append(walk)
        if not kept:
            return
        yield from kept
        level = extended(graph, kept)
    raise AssertionError(f"walks still differ at {LONGEST} stops")


def first_breaking_path(graph: OpenGraph, rule: PathRule) -> Walk | None:
    """Return the witness: the shortest path that breaks the rule, the first among equals."""
    return next((w for w in walks_that_differ(graph, rule) if rule.is_broken_by(w)), None)


def stops_from(graph: OpenGraph, start: Stop) -> list[Stop]:
    """Return the stops to which some walk leads from the start, itself included."""
    found = [start]
    for stop in found:
        found += {p.end: None for p in graph.leaving(stop) if p.end not in found}
    return found


def lies_on_some_path(graph: OpenGraph, stop: Stop, outcomes: list[str] | None) -> bool:
    """Return whether some walk leads from an entry to the stop and another on to an exit.

    The two make one path, since walks may repeat what they like.
    """
    is_reached = any(stop in stops_from(graph, entry) for entry in graph.entries)
    ends = [end for end in stops_from(graph, stop) if end.is_exit]
    return is_reached and any(outcomes is None or end.outcome in outcomes for end in ends)
