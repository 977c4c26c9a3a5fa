"""What is asked of action plans, transcribed once more, agrees on random plans and journeys.

Where a path comes by is found by walking to and fro over the oracle's own open graph.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from charter.checker import check
from charter.findings import Answer, Verdict
from charter.workspace import read_files

from .definitions import (
    OpenGraph,
    Record,
    Stop,
    channels_of,
    ids,
    is_blank,
    is_live,
    is_open,
    live_markers,
    open_graph,
    role_of,
    segments_of,
)
from .generate import Generator, files
from .verdicts import TODAY

pytestmark = pytest.mark.oracle

SEEDS = range(400)
STATUSES = ("idea", "decided", "doing", "done", "dropped")
HOWS = ("By name.", "With a badge.", {"en": "By name.", "fr": "Par son nom."}, {"fr": "Un badge."})
OWNERS = ("retail", "care", "web")

Said = tuple[str | None, ...]
"""A kind, the ids that a verdict of it is about, and its answer."""


class Planner(Generator):
    """A workspace with plans in the making."""

    def plans(self, journeys: list[Record]) -> list[Record]:
        return [
            {
                "plan": name,
                "actions": [
                    self.action(f"a{n}", journeys) for n in range(self.random.choice([1, 1, 3, 6]))
                ],
            }
            for name in self.some(["p1", "p2"])
        ]

    def action(self, name: str, journeys: list[Record]) -> Record:
        journey = self.random.choice(journeys)
        optional: Record = {
            "marker": self.random.choice(self.markers) if self.chance(0.8) else None,
            "removes": self.random.choice(self.markers) if self.chance(0.3) else None,
            "journey": journey["journey"],
            "touchpoints": self.some(ids(journey["touchpoints"])) if self.chance(0.8) else None,
            "segments": self.some_segments(0.4),
            "channels": self.some(self.channels) if self.chance(0.4) else None,
            "how": self.random.choice(HOWS) if self.chance(0.6) else None,
            "owner": self.random.choice(OWNERS) if self.chance(0.6) else None,
            "due": self.day() if self.chance(0.6) else None,
            "status": self.random.choice(STATUSES),
        }
        return {"id": name} | {k: v for k, v in optional.items() if v is not None}


def drawn(seed: int) -> tuple[Record, list[Record]]:
    """Return a workspace, and plans that suit it; now and then a touchpoint is retired."""
    planner = Planner(Random(f"plans/{seed}"), "carries")
    workspace = planner.workspace()
    for journey in workspace["journeys"]:
        for touchpoint in journey["touchpoints"]:
            if planner.chance(0.1):
                touchpoint["status"] = "retired"
    return workspace, planner.plans(workspace["journeys"])


# ── The definitions, as the documentation of the kinds words them ────────────────────────────


def on_paths(graph: OpenGraph) -> set[Stop]:
    """Return the stops that a path from an entry to an exit visits."""

    def spread(found: set[Stop], ends: list[tuple[Stop, Stop]]) -> set[Stop]:
        while more := {end for start, end in ends if start in found and end not in found}:
            found |= more
        return found

    onward = [(passage.start, passage.end) for passage in graph.passages]
    backward = [(end, start) for start, end in onward]
    exits = {stop for stop in graph.stops if stop.is_exit}
    return spread(set(graph.entries), onward) & spread(exits, backward)


def is_met(journey: Record, touchpoint: Record, segments: list[str]) -> bool:
    return any(
        stop.touchpoint == touchpoint["id"]
        for segment in segments
        for stop in on_paths(open_graph(journey, segment))
    )


def can_be_done(charter: Record, journey: Record, touchpoint: Record, action: Record) -> bool:
    """Return whether an open action brings its marker to a touchpoint."""
    channels = channels_of(touchpoint)
    return (
        can_be_taken_off(touchpoint, action)
        and touchpoint.get("control") != "customer"
        and (not is_live(touchpoint) or is_met(journey, touchpoint, whom(charter, journey, action)))
        and not any(is_blank(charter, action["marker"], channel) for channel in channels)
    )


def can_be_taken_off(touchpoint: Record, action: Record) -> bool:
    is_there = touchpoint.get("status") != "retired"
    return is_there and set(channels_of(touchpoint)) <= set(
        action.get("channels", channels_of(touchpoint))
    )


def whom(charter: Record, journey: Record, action: Record) -> list[str]:
    return [s for s in segments_of(charter, journey) if is_open(action, s)]


def shows(charter: Record, journey: Record, touchpoint: Record, action: Record, key: str) -> bool:
    """Return whether the map shows that an action is done at a touchpoint."""
    who = [s for s in whom(charter, journey, action) if is_open(touchpoint, s)]
    bearing = [action[key] in live_markers(touchpoint, segment) for segment in who]
    return not is_live(touchpoint) or (all(bearing) if key == "marker" else not any(bearing))


def serves(workspace: Record, plans: list[Record]) -> Iterator[Said]:
    charter = workspace["charter"]
    markers = {marker["id"]: marker for marker in charter["markers"]}
    journeys = {journey["journey"]: journey for journey in workspace["journeys"]}
    for name, action in actions_of(plans):
        status = action["status"]
        if status == "dropped":
            continue
        marker = action.get("marker")
        if status != "done":
            is_good = "removes" in action if marker is None else True
            if marker is not None:
                is_irritant = role_of(markers[marker]) == "irritant"
                own = [] if "touchpoints" in action else action.get("channels", [])
                is_good = not is_irritant and not any(is_blank(charter, marker, c) for c in own)
            yield "plan-serves", name, None, marker, answer(is_good)
        journey = journeys[action["journey"]]
        for identifier in action.get("touchpoints", []):
            (touchpoint,) = (t for t in journey["touchpoints"] if t["id"] == identifier)
            for key in ("marker", "removes"):
                if key not in action:
                    continue
                if status == "done":
                    is_good = shows(charter, journey, touchpoint, action, key)
                elif key == "marker":
                    is_good = can_be_done(charter, journey, touchpoint, action)
                else:
                    is_good = can_be_taken_off(touchpoint, action)
                yield "plan-serves", name, identifier, action[key], answer(is_good)


def channels_meant(workspace: Record, action: Record) -> list[str]:
    everywhere = ids(workspace["charter"]["channels"])
    if "channels" in action:
        return [c for c in everywhere if c in action["channels"]]
    if "touchpoints" not in action:
        return everywhere
    found = {
        channel
        for journey in workspace["journeys"]
        for touchpoint in journey["touchpoints"]
        if (journey["journey"] == action["journey"]) and touchpoint["id"] in action["touchpoints"]
        for channel in channels_of(touchpoint)
    }
    return [c for c in everywhere if c in found]


def agrees(workspace: Record, plans: list[Record]) -> Iterator[Said]:
    everyone = ids(workspace["charter"].get("segments", [{"id": "everyone"}]))
    told = [
        (name, action)
        for name, action in actions_of(plans)
        if "marker" in action and "how" in action and action["status"] != "dropped"
    ]
    for place, (name, action) in enumerate(told):
        for channel in channels_meant(workspace, action):
            if is_blank(workspace["charter"], action["marker"], channel):
                continue
            is_good = not any(
                other["marker"] == action["marker"]
                and channel in channels_meant(workspace, other)
                and any(is_open(action, s) and is_open(other, s) for s in everyone)
                and is_otherwise(action["how"], other["how"])
                for _, other in told[:place]
            )
            yield "plan-agrees", name, channel, action["marker"], answer(is_good)


def is_otherwise(one: Record | str, other: Record | str) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return any(one[language] != other[language] for language in one if language in other)
    texts = [set(how.values()) if isinstance(how, dict) else {how} for how in (one, other)]
    return not texts[0] & texts[1]


def load(plans: list[Record]) -> Iterator[Said]:
    owners = [a["owner"] for _, a in actions_of(plans) if is_undone(a) and "owner" in a]
    for owner, number in Counter(owners).items():
        yield "plan-load", owner, None, None, answer(number <= 2)


def on_time(plans: list[Record]) -> Iterator[Said]:
    for name, action in actions_of(plans):
        if is_undone(action):
            is_late = action.get("due", TODAY.isoformat()) < TODAY.isoformat()
            is_asked = action["status"] in ("decided", "doing")
            is_said = "due" in action and "owner" in action
            is_good = not is_late and (is_said or not is_asked)
            yield "plan-on-time", name, None, None, answer(is_good)


def covers(workspace: Record, plans: list[Record], others: list[Verdict]) -> Iterator[Said]:
    """Yield what is asked of segments, given what the other rules answered."""
    for segment in ids(workspace["charter"].get("segments", [{"id": "everyone"}])):
        is_let_down = any(v.segment == segment and v.verdict is Answer.BROKEN for v in others)
        is_thought_of = any(is_undone(a) and is_open(a, segment) for _, a in actions_of(plans))
        said = answer(is_thought_of) if is_let_down else "vacuous"
        yield "plan-covers", segment, None, None, said


def actions_of(plans: list[Record]) -> Iterator[tuple[str, Record]]:
    for plan in sorted(plans, key=lambda each: str(each["plan"])):
        for action in plan["actions"]:
            yield f"{plan['plan']}/{action['id']}", action


def is_undone(action: Record) -> bool:
    return action["status"] not in ("done", "dropped")


def answer(is_good: bool) -> str:
    return "holds" if is_good else "broken"


# ── The comparison ───────────────────────────────────────────────────────────────────────────


def said(verdict: Verdict) -> Said:
    who = verdict.action or verdict.owner or verdict.segment
    where = verdict.touchpoint or verdict.channel
    return verdict.rule, who, where, verdict.marker, verdict.verdict.value


def test_what_is_asked_of_plans_agrees_with_its_definitions() -> None:
    """Each kind and answer comes up, so that none agrees for want of a case."""
    met: Counter[tuple[str | None, ...]] = Counter()
    for seed in SEEDS:
        workspace, plans = drawn(seed)
        rule = {"id": "plan-load", "kind": "plan-load", "at-most": 2}
        workspace["charter"]["rules"].append(rule)
        texts = files(workspace) | {f"plans/{p['plan']}.yaml": json.dumps(p) for p in plans}
        verdicts = check(read_files(texts), TODAY, measure=False).verdicts
        others = [verdict for verdict in verdicts if not verdict.code.startswith("CH6")]
        expected = [
            *serves(workspace, plans),
            *covers(workspace, plans, others),
            *agrees(workspace, plans),
            *load(plans),
            *on_time(plans),
        ]
        # Channels on which nothing is planned rest on where a path could be mended; and a kind
        # that nothing concerns has a verdict that names nothing.
        found = [
            said(verdict)
            for verdict in verdicts
            if verdict.code.startswith("CH6")
            and not (verdict.code == "CH602" and verdict.channel)
            and (verdict.action or verdict.owner or verdict.segment)
        ]
        assert sorted(map(str, found)) == sorted(map(str, expected)), f"seed {seed}"
        met.update((each[0], each[-1]) for each in found)
    kinds = ("plan-serves", "plan-covers", "plan-agrees", "plan-load", "plan-on-time")
    assert {(kind, told) for kind in kinds for told in ("holds", "broken")} <= met.keys()
    assert min(met.values()) > 20
