"""What happens at once, put one after the other.

A path is one walk, so it can't be in two places. Where branches that are gone at once part and
come together again, or all end, each of them by itself, a path goes through all of them, in the
order of the file. Where they touch one another otherwise, a path goes through one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from journeys.formats.bpmn.model import PARALLEL
from journeys.formats.bpmn.steps import FORK, LEFT, Step, Steps
from journeys.formats.notes import Note

_OUT = " out"
"""Where every path ends up. No id holds a space."""


def serialise(steps: Steps) -> None:
    """Put the branches of each fork one after the other, where they can be."""
    before = _before(steps)
    after = _meeting_places(steps, before)
    regions = {place: _regions(steps, place, after.get(place), before) for place in steps.forks()}
    # The smallest first: one inside another is one way when the outer one is looked at.
    for place, found in sorted(regions.items(), key=lambda entry: sum(map(len, entry[1] or []))):
        node = steps.nodes[place.removesuffix(FORK)]
        named = {"name": node.name, "kind": node.kind, "number": len(steps.leading[place])}
        if found is None:
            steps.notes.append(Note("at-once-as-choices", node.position, named))
            continue
        steps.notes.append(Note("one-after-the-other", node.position, named))
        _chain(steps, place, after[place], found)


def _chain(steps: Steps, place: str, meeting: str, regions: list[set[str]]) -> None:
    """Lead from the end of each branch to the beginning of the next."""
    pairs = list(zip(steps.leading[place], regions, strict=True))
    branches = [(step, region) for step, region in pairs if region]
    # What leads straight to where they meet has nothing on it.
    flows = tuple(flow for step, region in pairs if not region for flow in step.flows)
    for (_, region), (following, _) in pairwise(branches):
        for inside in region:
            leading = [
                replace(each, target=following.target, flows=(*each.flows, *following.flows))
                if each.target == meeting
                else each
                for each in steps.leading[inside]
            ]
            if inside in steps.ends:
                steps.ends.discard(inside)
                leading.append(following)
            steps.leading[inside] = leading
    first = branches[0][0] if branches else Step(meeting)
    steps.leading[place] = [replace(first, flows=(*first.flows, *flows))]


def _before(steps: Steps) -> Mapping[str, list[str]]:
    """Return the places from which each place is come to."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    for source, leading in steps.leading.items():
        for step in leading:
            before[step.target].append(source)
    before[_OUT] = list(steps.ends)
    return before


def _regions(
    steps: Steps, place: str, meeting: str | None, before: Mapping[str, list[str]]
) -> list[set[str]] | None:
    """Return what is on each branch of a fork; None where they aren't apart from all else."""
    if meeting is None or not (meeting == _OUT or _is_join(steps, meeting)):
        return None
    found: list[set[str]] = []
    union: set[str] = set()
    for step in steps.leading[place]:
        region: set[str] = set()
        waiting = [step.target]
        while waiting:
            each = waiting.pop()
            if each == place or each in union:
                return None
            if each != meeting and each not in region:
                region.add(each)
                waiting += [following.target for following in steps.leading[each]]
        found.append(region)
        union |= region
    for inside in union:
        if any(source != place and source not in union for source in before.get(inside, ())):
            return None
    return None if union & steps.starts.keys() else found


def _is_join(steps: Steps, place: str) -> bool:
    """Return whether branches that were gone at once come together here for good."""
    if place.endswith(LEFT):
        return True
    return place in steps.nodes and steps.nodes[place].kind in (PARALLEL, "inclusiveGateway")


def _meeting_places(steps: Steps, before: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Return the first place that each way from a place comes to, by that place.

    Immediate post-dominators. Cooper, Harvey & Kennedy, A Simple, Fast Dominance Algorithm.
    """
    order = _postorder(before)
    number = {place: index for index, place in enumerate(order)}
    nearest: dict[str, str] = {_OUT: _OUT}
    is_changed = True
    while is_changed:
        is_changed = False
        for place in reversed(order[:-1]):
            found: str | None = None
            following = [step.target for step in steps.leading[place]]
            if place in steps.ends:
                following.append(_OUT)
            for each in following:
                if each in nearest:
                    found = each if found is None else _common(each, found, nearest, number)
            if found is not None and nearest.get(place) != found:
                nearest[place] = found
                is_changed = True
    return nearest


def _common(one: str, other: str, nearest: Mapping[str, str], number: Mapping[str, int]) -> str:
    while one != other:
        while number[one] < number[other]:
            one = nearest[one]
        while number[other] < number[one]:
            other = nearest[other]
    return one


def _postorder(before: Mapping[str, list[str]]) -> list[str]:
    """Return the places from which one gets out, each behind all that lead to it; `_OUT` last."""
    order: list[str] = []
    met = {_OUT}
    waiting = [(_OUT, iter(before.get(_OUT, ())))]
    while waiting:
        place, sources = waiting[-1]
        following = next((each for each in sources if each not in met), None)
        if following is None:
            order.append(place)
            waiting.pop()
        else:
            met.add(following)
            waiting.append((following, iter(before.get(following, ()))))
    return order
