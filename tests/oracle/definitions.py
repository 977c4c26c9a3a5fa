"""What rules mean, transcribed one by one from DESIGN section 5.

A workspace is a plain dictionary in the shape of its YAML: ``{"charter": …, "journeys": […]}``,
journeys in the order of their file names. Every definition is asked of a whole walk and answered
by looking at all of it: clearest first, speed last.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""A mapping as YAML gives it."""

HOUSE_RULES: list[Record] = [
    {"id": "signature-everywhere", "kind": "carries", "any-of": "signature"},
    {"id": "each-value", "kind": "carries", "values": "every"},
    {
        "id": "truth-is-signed",
        "kind": "everywhere",
        "where": {"moment-of-truth": True},
        "any-of": "signature",
    },
    {"id": "no-irritant", "kind": "at-most", "markers": "irritant", "times": 0},
]

ROLES = ("signature", "basic", "irritant")
ROLES_OF_VALUES = ("signature", "basic")
"""Roles that carry a value, and that the word `every` stands for."""
ROLE_WORDS = (*ROLES, "every")


# ── The charter ──────────────────────────────────────────────────────────────────────────────


def listed(one_or_more: Any) -> list[Any]:
    """Return a list where YAML allows either one thing or a list of them."""
    return list(one_or_more) if isinstance(one_or_more, list) else [one_or_more]


def ids(records: list[Record]) -> list[str]:
    return [record["id"] for record in records]


def rules_of(charter: Record) -> list[Record]:
    """Return the rules that give verdicts: the declared ones, or else the house rules."""
    return [rule for rule in charter.get("rules") or HOUSE_RULES if rule.get("severity") != "off"]


def segments_of(charter: Record, journey: Record) -> list[str]:
    """Return whom the journey is for, in the charter's order."""
    everyone = ids(charter["segments"]) if "segments" in charter else ["everyone"]
    return [segment for segment in everyone if segment in journey.get("segments", everyone)]


def role_of(marker: Record) -> str:
    role: str = marker.get("role", "signature")
    return role


def markers_named(charter: Record, words: Any) -> list[str]:
    """Return the markers that ids and role words stand for, in the charter's order."""
    named: list[str] = []
    for word in listed(words):
        if word == "every":
            found = [m["id"] for m in charter["markers"] if role_of(m) in ROLES_OF_VALUES]
        elif word in ROLES:
            found = [m["id"] for m in charter["markers"] if role_of(m) == word]
        else:
            found = [word]
        named += found
    return [marker for marker in ids(charter["markers"]) if marker in named]


def markers_of_value(charter: Record, value: str) -> list[str]:
    """Return the signature and basic markers of a value: they carry it, irritants never do."""
    return [
        marker["id"]
        for marker in charter["markers"]
        if role_of(marker) in ROLES_OF_VALUES and value in marker.get("values", [])
    ]


@dataclass(frozen=True)
class Asked:
    """What one verdict asks for: a marker, one of several markers, or a value."""

    markers: frozenset[str]
    marker: str | None = None
    value: str | None = None


def asked_by(charter: Record, rule: Record) -> list[Asked]:
    """Return what the rule asks for, one for each verdict in a scope."""
    if rule["kind"] in ("excludes", "no-low-end"):
        return [Asked(frozenset())]
    if "any-of" in rule:
        return [Asked(frozenset(markers_named(charter, rule["any-of"])))]
    if "values" in rule:
        values: list[str] = []
        for word in listed(rule["values"]):
            found = ids(charter.get("values", [])) if word == "every" else [word]
            values += found
        asked = [value for value in ids(charter.get("values", [])) if value in values]
        return [Asked(frozenset(markers_of_value(charter, v)), value=v) for v in asked]
    return [
        Asked(frozenset([marker]), marker=marker)
        for marker in markers_named(charter, rule.get("markers", "every"))
    ]


def is_blank(charter: Record, marker: str, channel: str) -> bool:
    """Return whether the charter says ``not-for`` of the marker on the channel."""
    record = next(m for m in charter["markers"] if m["id"] == marker)
    expression = record.get("expressions", {}).get(channel)
    return isinstance(expression, dict) and "not-for" in expression


# ── The open graph of a segment ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Stop:
    """A touchpoint as a segment meets it on one channel: ``basket@web``, or just ``window``.

    There is one object for each in an open graph, and it is equal to no other.
    """

    name: str
    touchpoint: str
    channel: str
    stage: str
    owner: str | None
    control: str
    emotion: int
    is_moment_of_truth: bool
    is_entry: bool
    outcome: str | None
    markers: frozenset[str]
    arriving: Fraction
    """How much of the segment's customers begin here, compared with other entries."""
    ending: Fraction
    """How many of those here end here, compared with the passages that leave."""

    @property
    def is_counted(self) -> bool:
        return self.control != "customer"

    @property
    def is_exit(self) -> bool:
        return self.outcome is not None


@dataclass(frozen=True, eq=False)
class Passage:
    """A transition as it leads from one stop to another, with its own live tags."""

    start: Stop
    end: Stop
    markers: frozenset[str]
    weight: Fraction
    """How many take it, compared with other passages from here and with ending here."""


@dataclass(frozen=True, eq=False)
class OpenGraph:
    """Stops and passages open to one segment, each in the order declared."""

    stops: tuple[Stop, ...]
    passages: tuple[Passage, ...]

    @property
    def entries(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.is_entry]

    def leaving(self, stop: Stop) -> list[Passage]:
        return self.leaving_by_stop.get(stop, [])

    @cached_property
    def leaving_by_stop(self) -> dict[Stop, list[Passage]]:
        found: dict[Stop, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.start, []).append(passage)
        return found


def tag_of(tag: Any) -> Record:
    return tag if isinstance(tag, dict) else {"marker": tag}


def is_open(record: Record, segment: str) -> bool:
    return segment in record.get("segments", [segment])


def is_live(record: Record) -> bool:
    return bool(record.get("status", "live") == "live")


def live_markers(record: Record, segment: str) -> frozenset[str]:
    """Return what a touchpoint or a step of ``next`` carries for the segment."""
    tags = [tag_of(tag) for tag in record.get("markers", [])]
    return frozenset(tag["marker"] for tag in tags if is_live(tag) and is_open(tag, segment))


def channels_of(touchpoint: Record) -> list[str]:
    """Return the touchpoint's channels as declared: one, a list, or a mapping to shares."""
    return list(touchpoint["channels"]) if "channels" in touchpoint else [touchpoint["channel"]]


def stop_name(touchpoint: Record, channel: str) -> str:
    name: str = touchpoint["id"]
    return f"{name}@{channel}" if "channels" in touchpoint else name


def portions_of(touchpoint: Record) -> dict[str, Fraction]:
    """Return by channel the part of those who come to the touchpoint that come on it."""
    channels = touchpoint.get("channels")
    shares = channels if isinstance(channels, dict) else dict.fromkeys(channels_of(touchpoint), 1)
    exact = {channel: as_fraction(share) for channel, share in shares.items()}
    total = sum(exact.values())
    return {channel: share / total for channel, share in exact.items()}


def as_fraction(number: int | float) -> Fraction:
    """Return just what was written: 0.1 is a tenth."""
    return Fraction(number if isinstance(number, int) else str(number))


def weight_for(segment: str, shares: Any) -> Fraction:
    """Return what a ``share``, ``ends`` or ``arrives`` says of the segment; 1 where nothing."""
    said = shares.get(segment) if isinstance(shares, dict) else shares
    return Fraction(1) if said is None else as_fraction(said)


def stop_of(touchpoint: Record, channel: str, segment: str) -> Stop:
    arriving = weight_for(segment, touchpoint.get("arrives")) * portions_of(touchpoint)[channel]
    ending = weight_for(segment, touchpoint.get("ends"))
    return Stop(
        name=stop_name(touchpoint, channel),
        touchpoint=touchpoint["id"],
        channel=channel,
        stage=touchpoint["stage"],
        owner=touchpoint.get("owner"),
        control=touchpoint.get("control", "owned"),
        emotion=touchpoint.get("emotion", 0),
        is_moment_of_truth=touchpoint.get("moment-of-truth", False),
        is_entry=touchpoint.get("entry", False),
        outcome=touchpoint.get("exit"),
        markers=live_markers(touchpoint, segment),
        arriving=arriving if touchpoint.get("entry", False) else Fraction(0),
        ending=ending if "exit" in touchpoint else Fraction(0),
    )


def channels_reached(step: Record, channel: str, target: Record) -> list[str]:
    """Return the channels on which a customer on ``channel`` meets the target.

    Who is already on one of its channels stays there, unless the step says ``cross: true``.
    """
    offered = channels_of(target)
    stays = channel in offered and not step.get("cross", False)
    return [channel] if stays else offered


def open_graph(journey: Record, segment: str) -> OpenGraph:
    """Return the touchpoints and transitions of the journey open to the segment."""
    touchpoints = {
        touchpoint["id"]: touchpoint
        for touchpoint in journey["touchpoints"]
        if is_live(touchpoint) and is_open(touchpoint, segment)
    }
    stops = {
        (touchpoint["id"], channel): stop_of(touchpoint, channel, segment)
        for touchpoint in touchpoints.values()
        for channel in channels_of(touchpoint)
    }
    portions = {name: portions_of(touchpoint) for name, touchpoint in touchpoints.items()}
    passages = []
    for (start, channel), stop in stops.items():
        for step in touchpoints[start].get("next", []):
            step = step if isinstance(step, dict) else {"to": step}
            if step["to"] in touchpoints and is_open(step, segment):
                carried = live_markers(step, segment)
                weight = weight_for(segment, step.get("share"))
                reached = channels_reached(step, channel, touchpoints[step["to"]])
                together = sum(portions[step["to"]][on] for on in reached)
                for on in reached:
                    portion = portions[step["to"]][on] / together
                    end = stops[step["to"], on]
                    passages.append(Passage(stop, end, carried, weight * portion))
    return OpenGraph(tuple(stops.values()), tuple(passages))


# ── Walks and selectors ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Walk:
    """A walk from some stop along passages; a *path* once it goes from an entry to an exit."""

    stops: tuple[Stop, ...]
    passages: tuple[Passage, ...] = ()

    def along(self, passage: Passage) -> Walk:
        return Walk((*self.stops, passage.end), (*self.passages, passage))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(stop.name for stop in self.stops)

    @property
    def is_path(self) -> bool:
        return self.stops[0].is_entry and self.stops[-1].is_exit


def matches(charter: Record, selector: Record, stop: Stop) -> bool:
    """Return whether the stop meets every condition of the selector."""
    return all(meets(charter, stop, condition, wanted) for condition, wanted in selector.items())


def meets(charter: Record, stop: Stop, condition: str, wanted: Any) -> bool:
    match condition:
        case "channel":
            return stop.channel in listed(wanted)
        case "stage":
            return stop.stage in listed(wanted)
        case "owner":
            return stop.owner in listed(wanted)
        case "control":
            return stop.control in listed(wanted)
        case "touchpoint":
            return stop.touchpoint in listed(wanted)
        case "marker":
            return any(marker in stop.markers for marker in markers_named(charter, wanted))
        case "value":
            return any(
                marker in stop.markers
                for value in listed(wanted)
                for marker in markers_of_value(charter, value)
            )
        case "moment-of-truth":
            return stop.is_moment_of_truth == bool(wanted)
        case "emotion":
            number = int(wanted[2:])
            return {
                "<=": stop.emotion <= number,
                ">=": stop.emotion >= number,
                "==": stop.emotion == number,
            }[wanted[:2]]
    raise NotImplementedError(condition)


# ── Path rules ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Visit:
    """What a rule sees of one visit it looks at."""

    is_counted: bool
    carries: bool


@dataclass(frozen=True)
class PathRule:
    """One rule asked of one thing in one scope: which paths it concerns and where it holds.

    ``summary`` is what of a walk so far can still matter later. It must tell apart any two walks
    to the same stop of which some common continuation breaks the rule and another doesn't;
    `walks` says why that is enough, and the tests hold it against pure enumeration.
    """

    charter: Record
    rule: Record
    asked: Asked
    channel: str | None = None
    stage: str | None = None

    def carries(self, stop: Stop) -> bool:
        """Return whether the stop bears a marker asked for and is where the rule wants it."""
        is_tagged = any(marker in stop.markers for marker in self.asked.markers)
        return is_tagged and self.is_meant_by("where", stop)

    def is_meant_by(self, role: str, stop: Stop) -> bool:
        """Return whether the stop matches what the rule says under a word; if nothing, it does."""
        known = self.known_matches
        if (role, stop) not in known:
            known[role, stop] = matches(self.charter, self.rule.get(role, {}), stop)
        return known[role, stop]

    @cached_property
    def known_matches(self) -> dict[tuple[str, Stop], bool]:
        """Which stops match what, as far as it was asked: the same each time."""
        return {}

    def seen(self, walk: Walk) -> list[Stop]:
        """Return the stops looked at: with ``per``, the others might as well not be there."""
        if self.channel is not None:
            return [stop for stop in walk.stops if stop.channel == self.channel]
        if self.stage is not None:
            return [stop for stop in walk.stops if stop.stage == self.stage]
        return list(walk.stops)

    def seen_and_counted(self, walk: Walk) -> list[Stop]:
        return [stop for stop in self.seen(walk) if stop.is_counted]

    def visits(self, walk: Walk) -> list[Visit]:
        known = self.known_visits
        for stop in self.seen(walk):
            if stop not in known:
                known[stop] = Visit(stop.is_counted, self.carries(stop))
        return [known[stop] for stop in self.seen(walk)]

    @cached_property
    def known_visits(self) -> dict[Stop, Visit]:
        """What visits to a stop are, as far as it was asked: the same each time."""
        return {}

    def counted(self, walk: Walk) -> list[Visit]:
        return [visit for visit in self.visits(walk) if visit.is_counted]

    def has_outcome(self, path: Walk) -> bool:
        outcome = path.stops[-1].outcome
        return outcome in self.rule.get("outcomes", [outcome])

    def is_concerned(self, path: Walk) -> bool:
        return self.has_outcome(path) and len(self.counted(path)) > 0

    def is_broken_by(self, path: Walk) -> bool:
        return path.is_path and self.is_concerned(path) and not self.holds(path)

    def holds(self, path: Walk) -> bool:
        raise NotImplementedError

    def summary(self, walk: Walk) -> Hashable:
        raise NotImplementedError


class Carries(PathRule):
    """At least `at-least` (default 1) visits carry it."""

    def how_many(self, walk: Walk) -> int:
        return sum(visit.carries for visit in self.visits(walk))

    def holds(self, path: Walk) -> bool:
        return self.how_many(path) >= self.at_least

    @property
    def at_least(self) -> int:
        return int(self.rule.get("at-least", 1))

    def summary(self, walk: Walk) -> Hashable:
        """Visits are only ever added: beyond enough, more can't matter."""
        return len(self.counted(walk)) > 0, min(self.how_many(walk), self.at_least)


class AtMost(PathRule):
    """At most `times` counted visits carry it."""

    def how_many(self, walk: Walk) -> int:
        return sum(visit.carries for visit in self.counted(walk))

    def holds(self, path: Walk) -> bool:
        return self.how_many(path) <= int(self.rule["times"])

    def summary(self, walk: Walk) -> Hashable:
        """Once there are too many, more can't matter."""
        return len(self.counted(walk)) > 0, min(self.how_many(walk), self.rule["times"] + 1)


class OpensWith(PathRule):
    """One of the first `within` (default 1) counted visits carries it."""

    def opening(self, walk: Walk) -> list[Visit]:
        return self.counted(walk)[: self.rule.get("within", 1)]

    def holds(self, path: Walk) -> bool:
        return any(visit.carries for visit in self.opening(path))

    def summary(self, walk: Walk) -> Hashable:
        return tuple(self.opening(walk))


class ClosesWith(PathRule):
    """One of the last `within` (default 1) counted visits carries it."""

    def closing(self, walk: Walk) -> list[Visit]:
        return self.counted(walk)[-self.rule.get("within", 1) :]

    def holds(self, path: Walk) -> bool:
        return any(visit.carries for visit in self.closing(path))

    def summary(self, walk: Walk) -> Hashable:
        """What was not among the last visits never comes back among them."""
        return tuple(self.closing(walk))


class NoGap(PathRule):
    """No more than `longest` counted visits in a row pass without it.

    A visit that carries it ends the row, counted or not; an uncounted one that doesn't is no
    step: the row goes on as if it weren't there.
    """

    def rows(self, walk: Walk) -> list[int]:
        """Return the lengths of all rows: one before each visit that carries, and the last."""
        rows = [0]
        for visit in self.visits(walk):
            if visit.carries:
                rows.append(0)
            elif visit.is_counted:
                rows[-1] += 1
        return rows

    def holds(self, path: Walk) -> bool:
        return max(self.rows(path)) <= int(self.rule["longest"])

    def summary(self, walk: Walk) -> Hashable:
        """A row too long stays too long; else only the row still open can grow."""
        open_row = self.rows(walk)[-1] if self.holds(walk) else "too long"
        return len(self.counted(walk)) > 0, open_row


class HandOff(PathRule):
    """On each transition that changes channel, owner or stage, the asked side carries it."""

    def changes(self, passage: Passage) -> bool:
        match self.rule.get("across", "channel"):
            case "channel":
                return passage.start.channel != passage.end.channel
            case "stage":
                return passage.start.stage != passage.end.stage
            case "owner":
                owners = passage.start.owner, passage.end.owner
                return None not in owners and owners[0] != owners[1]
        raise NotImplementedError(self.rule["across"])

    def end_satisfies(self, stop: Stop) -> bool:
        return self.carries(stop) or not stop.is_counted

    def passage_carries(self, passage: Passage) -> bool:
        return any(marker in passage.markers for marker in self.asked.markers)

    def satisfies(self, passage: Passage) -> bool:
        before = self.end_satisfies(passage.start)
        after = self.end_satisfies(passage.end)
        match self.rule.get("side", "both"):
            case "both":
                return before and after
            case "before":
                return before
            case "after":
                return after
            case "passage":
                return self.passage_carries(passage) or (before and after)
        raise NotImplementedError(self.rule["side"])

    def hand_offs(self, walk: Walk) -> list[Passage]:
        return [passage for passage in walk.passages if self.changes(passage)]

    def is_concerned(self, path: Walk) -> bool:
        return self.has_outcome(path) and len(self.hand_offs(path)) > 0

    def holds(self, path: Walk) -> bool:
        return all(self.satisfies(passage) for passage in self.hand_offs(path))

    def summary(self, walk: Walk) -> Hashable:
        return len(self.hand_offs(walk)) > 0, self.holds(walk)


class Follows(PathRule):
    """Each counted visit that matches `after` carries it itself, or is followed by one that does.

    With `within`, the one that does comes before the (`within` + 1)-th further counted visit.
    """

    def triggers(self, stop: Stop) -> bool:
        return stop.is_counted and self.is_meant_by("after", stop)

    def waits(self, walk: Walk) -> list[int]:
        """Return of each trigger not answered in time how many counted visits came since."""
        seen = self.seen(walk)
        waits = []
        for place, stop in enumerate(seen):
            if not self.triggers(stop) or self.carries(stop):
                continue
            further = 0
            for later in seen[place + 1 :]:
                further += later.is_counted
                if further > self.rule.get("within", further):
                    waits.append(further)
                    break
                if self.carries(later):
                    break
            else:
                waits.append(further)
        return waits

    def is_concerned(self, path: Walk) -> bool:
        return self.has_outcome(path) and any(self.triggers(stop) for stop in self.seen(path))

    def holds(self, path: Walk) -> bool:
        return not self.waits(path)

    def summary(self, walk: Walk) -> Hashable:
        """What waits may still be answered; without a limit, how long it waits is no matter."""
        waits = self.waits(walk)
        known = frozenset(waits) if "within" in self.rule else len(waits) > 0
        return any(self.triggers(stop) for stop in self.seen(walk)), known


class Precedes(PathRule):
    """Each counted visit that matches `before` carries it, or comes after one that does."""

    def triggers(self, stop: Stop) -> bool:
        return stop.is_counted and self.is_meant_by("before", stop)

    def is_concerned(self, path: Walk) -> bool:
        return self.has_outcome(path) and any(self.triggers(stop) for stop in self.seen(path))

    def holds(self, path: Walk) -> bool:
        seen = self.seen(path)
        return all(
            any(self.carries(earlier) for earlier in seen[: place + 1])
            for place, stop in enumerate(seen)
            if self.triggers(stop)
        )

    def summary(self, walk: Walk) -> Hashable:
        seen = self.seen(walk)
        is_met = any(self.carries(stop) for stop in seen)
        return any(self.triggers(stop) for stop in seen), is_met, self.holds(walk)


class Excludes(PathRule):
    """What matches `one` and what matches `other` don't meet, among counted visits."""

    def matching(self, which: str, stop: Stop) -> bool:
        said = self.rule[which]
        selector = said if isinstance(said, dict) else {"marker": said}
        return matches(self.charter, selector, stop)

    def is_near(self, place: int, other: int) -> bool:
        match self.rule.get("on", "path"):
            case "path":
                return True
            case "touchpoint":
                return place == other
            case "step":
                return abs(place - other) <= 1
        raise NotImplementedError(self.rule["on"])

    def holds(self, path: Walk) -> bool:
        counted = self.seen_and_counted(path)
        ones = [place for place, stop in enumerate(counted) if self.matching("one", stop)]
        others = [place for place, stop in enumerate(counted) if self.matching("other", stop)]
        return not any(self.is_near(one, other) for one in ones for other in others)

    def summary(self, walk: Walk) -> Hashable:
        """On a path, all that was seen matters; on a step, the last of it."""
        counted = self.seen_and_counted(walk)
        matters = counted if self.rule.get("on", "path") == "path" else counted[-1:]
        ones = any(self.matching("one", stop) for stop in matters)
        others = any(self.matching("other", stop) for stop in matters)
        return len(counted) > 0, self.holds(walk), ones, others


class Variety(PathRule):
    """At least `at-least` (default 2) different markers of its `any-of` are met."""

    @property
    def at_least(self) -> int:
        return int(self.rule.get("at-least", 2))

    @property
    def is_too_hard(self) -> bool:
        """Whether more than 4,096 subsets of fewer than `at-least` markers may have to be told."""
        asked = len(self.asked.markers)
        return sum(comb(asked, met) for met in range(min(self.at_least, asked + 1))) > 4096

    def met(self, walk: Walk) -> frozenset[str]:
        return frozenset(
            marker
            for stop in self.seen(walk)
            if matches(self.charter, self.rule.get("where", {}), stop)
            for marker in stop.markers & self.asked.markers
        )

    def holds(self, path: Walk) -> bool:
        return len(self.met(path)) >= self.at_least

    def summary(self, walk: Walk) -> Hashable:
        return len(self.counted(walk)) > 0, self.met(walk)


class Peak(PathRule):
    """Among the counted visits with the path's highest emotion, one carries it."""

    def highest(self, walk: Walk) -> list[Stop]:
        counted = self.seen_and_counted(walk)
        return [s for s in counted if s.emotion == max(stop.emotion for stop in counted)]

    def holds(self, path: Walk) -> bool:
        return any(self.carries(stop) for stop in self.highest(path))

    def summary(self, walk: Walk) -> Hashable:
        return frozenset(stop.emotion for stop in self.highest(walk)), self.holds(walk)


class NoLowEnd(PathRule):
    """The last counted visit's emotion isn't lower than `at-least` (default 0)."""

    def holds(self, path: Walk) -> bool:
        return self.seen_and_counted(path)[-1].emotion >= int(self.rule.get("at-least", 0))

    def summary(self, walk: Walk) -> Hashable:
        return tuple(stop.emotion for stop in self.seen_and_counted(walk)[-1:])


PATH_KINDS: dict[str, type[PathRule]] = {
    "carries": Carries,
    "at-most": AtMost,
    "opens-with": OpensWith,
    "closes-with": ClosesWith,
    "no-gap": NoGap,
    "follows": Follows,
    "precedes": Precedes,
    "excludes": Excludes,
    "hand-off": HandOff,
    "variety": Variety,
    "peak": Peak,
    "no-low-end": NoLowEnd,
}
CARRYING_PATH_KINDS = tuple(k for k in PATH_KINDS if k not in ("excludes", "no-low-end"))


# ── Paths whose customers are counted ────────────────────────────────────────────────────────


class Meets(PathRule):
    """Not a kind: the path has a counted visit that carries it."""

    def is_concerned(self, path: Walk) -> bool:
        return self.has_outcome(path)

    def holds(self, path: Walk) -> bool:
        return any(visit.carries for visit in self.counted(path))

    def summary(self, walk: Walk) -> Hashable:
        return self.holds(walk)


class EntersAndEndsAsWanted(PathRule):
    """Not a kind: of the paths that enter a stage, those that end in a wanted outcome."""

    def is_concerned(self, path: Walk) -> bool:
        return len(self.counted(path)) > 0

    def holds(self, path: Walk) -> bool:
        return path.stops[-1].outcome in self.rule["wanted"]

    def summary(self, walk: Walk) -> Hashable:
        return len(self.counted(walk)) > 0


def as_part(percentage: str) -> Fraction:
    """Return what ``95%`` says."""
    return Fraction(percentage.strip().removesuffix("%").strip()) / 100


# ── Scopes ───────────────────────────────────────────────────────────────────────────────────


def is_for_journey(rule: Record, journey: Record) -> bool:
    return journey["journey"] in rule.get("journeys", [journey["journey"]])


def is_for_segment(rule: Record, segment: str) -> bool:
    return segment in rule.get("segments", [segment])


def scopes(charter: Record, rule: Record, asked: Asked) -> Iterator[tuple[str | None, str | None]]:
    """Give each (channel, stage) with a verdict of its own.

    A channel for which every marker asked for says ``not-for`` has none. Where no marker at all
    can be asked for (a value without markers) nothing says ``not-for``: the verdict is asked.
    """
    match rule.get("per"):
        case None:
            yield None, None
        case "channel":
            for channel in ids(charter["channels"]):
                blanks = [is_blank(charter, marker, channel) for marker in asked.markers]
                if not blanks or not all(blanks):
                    yield channel, None
        case "stage":
            for stage in ids(charter["stages"]):
                yield None, stage


# ── Rules over touchpoints ───────────────────────────────────────────────────────────────────


def everywhere_concerns(charter: Record, rule: Record, stop: Stop) -> bool:
    """Return whether `everywhere` speaks of the stop, if it lies on some path at all."""
    return stop.is_counted and matches(charter, rule.get("where", {}), stop)


def everywhere_holds(asked: Asked, stop: Stop) -> bool:
    return any(marker in stop.markers for marker in asked.markers)


def tags_of_marker(touchpoint: Record, marker: str) -> list[Record]:
    """Return the touchpoint's live tags of the marker, for whichever segments."""
    tags = [tag_of(tag) for tag in touchpoint.get("markers", [])]
    return [tag for tag in tags if tag["marker"] == marker and is_live(tag)]


def needs_expression(touchpoint: Record, marker: str) -> bool:
    """Return whether `has-expression` speaks of the touchpoint: live, counted, tagged."""
    return (
        is_live(touchpoint)
        and touchpoint.get("control", "owned") != "customer"
        and len(tags_of_marker(touchpoint, marker)) > 0
    )


def is_expressed(charter: Record, touchpoint: Record, channel: str, marker: str) -> bool:
    """Return whether each tag of the marker says how, or the charter does for the channel."""
    record = next(m for m in charter["markers"] if m["id"] == marker)
    expression = record.get("expressions", {}).get(channel)
    if isinstance(expression, dict):
        is_text_by_language = set(expression) <= {"en", "fr"} and len(expression) > 0
        said_by_charter = "text" in expression or is_text_by_language
    else:
        said_by_charter = expression is not None
    return said_by_charter or all("how" in tag for tag in tags_of_marker(touchpoint, marker))
