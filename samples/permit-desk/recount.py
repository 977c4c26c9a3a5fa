"""Recount from the event log what `journeys/receipt.yaml` says of shares, starts and ends.

    python recount.py receipt.csv                                  prints the counts
    python recount.py receipt.csv --check journeys/receipt.yaml    lists what differs; exit 1 if any

How the log becomes the map:

- One case is one walk: its events in the order of their times.
- The channel belongs to the case (how the citizen came), so it is the segment. The one case of
  channel Intern is the municipality's own and is left out.
- One activity is one touchpoint, with two exceptions. The receipt happens where the citizen
  came, so each segment has its own. And a map remembers nothing: walked as it stands, it would
  let 31 % of citizens end without the letter, where the log has 9 %. So what may be done before
  the letter of receipt (T05) is sent as well as after it is two touchpoints, and the one before
  it is named `…-early`.
- A step is kept if it was taken at least 3 times, an end if at least 15 cases (1 %) end there;
  then, for each segment, what leads from no start or to no end is left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

CASE, CHANNEL, ACTIVITY, TIME = (
    "case:concept:name",
    "case:channel",
    "concept:name",
    "time:timestamp",
)
STEPS_AT_LEAST = 3
ENDS_AT_LEAST = 15

SEGMENTS = {"Internet": "internet", "Desk": "desk", "Post": "post", "e-mail": "email"}

RECEIPT = "Confirmation of receipt"
RECEIPTS = {
    "internet": "receipt-online",
    "desk": "receipt-counter",
    "post": "receipt-by-post",
    "email": "receipt-by-email",
}

# They make the letter of receipt, so the log has them only before it is sent.
LETTER = "T05 Print and send confirmation of receipt"
LETTER_MAKING = {
    "T02 Check confirmation of receipt": "t02-check-confirmation",
    "T03 Adjust confirmation of receipt": "t03-rework-confirmation",
    "T04 Determine confirmation of receipt": "t04-approve-confirmation",
    LETTER: "t05-send-confirmation",
}

# They are done before the letter (then `…-early`) or after it. The spelling is the log's.
BEFORE_OR_AFTER = {
    "T06 Determine necessity of stop advice": "t06-advice-needed",
    "T07-1 Draft intern advice aspect 1": "t07-1-advice-1",
    "T07-2 Draft intern advice aspect 2": "t07-2-advice-2",
    "T07-3 Draft intern advice hold for aspect 3": "t07-3-advice-3",
    "T07-4 Draft internal advice to hold for type 4": "t07-4-advice-4",
    "T07-5 Draft intern advice aspect 5": "t07-5-advice-5",
    "T08 Draft and send request for advice": "t08-ask-outside-advice",
    "T09-1 Process or receive external advice from party 1": "t09-1-party-1",
    "T09-2 Process or receive external advice from party 2": "t09-2-party-2",
    "T09-3 Process or receive external advice from party 3": "t09-3-party-3",
    "T09-4 Process or receive external advice from party 4": "t09-4-party-4",
    "T10 Determine necessity to stop indication": "t10-stop-needed",
    "T11 Create document X request unlicensed": "t11-draft-permit-free",
    "T12 Check document X request unlicensed": "t12-check-permit-free",
    "T13 Adjust document X request unlicensed": "t13-rework-permit-free",
    "T14 Determine document X request unlicensed": "t14-approve-permit-free",
    "T15 Print document X request unlicensed": "t15-send-permit-free",
    "T16 Report reasons to hold request": "t16-note-hold-reasons",
    "T17 Check report Y to stop indication": "t17-check-hold-report",
    "T18 Adjust report Y to stop indicition": "t18-rework-hold-report",
    "T19 Determine report Y to stop indication": "t19-approve-hold-report",
    "T20 Print report Y to stop indication": "t20-send-hold-report",
}

Step = tuple[str, str]
BySegment = dict[str, int]
Key = TypeVar("Key")


class UnreadableInput(Exception):
    """The log or the journey isn't what this script counts."""


@dataclass(frozen=True)
class Walk:
    """What happened to one application: whose it is, and the touchpoints it passed."""

    segment: str
    touchpoints: tuple[str, ...]

    @property
    def steps(self) -> Iterator[Step]:
        """The passages from each touchpoint to the next."""
        return zip(self.touchpoints, self.touchpoints[1:], strict=False)


@dataclass(frozen=True)
class Tally:
    """How many started at each touchpoint, took each step, ended at each touchpoint, by segment.

    A segment that never did is absent: no entry is 0.
    """

    arrives: Mapping[str, BySegment]
    steps: Mapping[Step, BySegment]
    ends: Mapping[str, BySegment]


def read_walks(lines: Iterable[str]) -> list[Walk]:
    """Return the walks of a log, by first appearance; events of one time keep the log's order.

    Raises:
        UnreadableInput: a column is missing, or an activity, channel or time is unknown.
    """
    reader = csv.DictReader(lines)
    missing = {CASE, CHANNEL, ACTIVITY, TIME} - set(reader.fieldnames or ())
    if missing:
        raise UnreadableInput(f"the log has no column {', '.join(sorted(missing))}")
    events: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    segment_of: dict[str, str] = {}
    for row in reader:
        if row[CHANNEL] == "Intern":
            continue
        try:
            segment_of[row[CASE]] = SEGMENTS[row[CHANNEL]]
            events[row[CASE]].append((datetime.fromisoformat(row[TIME]), row[ACTIVITY]))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableInput(f"line {reader.line_num} of the log: {error}") from error
    return [walk(segment_of[case], ordered(happened)) for case, happened in events.items()]


def ordered(events: Iterable[tuple[datetime, str]]) -> list[str]:
    """Return the activities in the order of their times, not of their text: zones differ."""
    return [activity for _, activity in sorted(events, key=lambda event: event[0])]


def walk(segment: str, activities: Iterable[str]) -> Walk:
    """Return the walk on the map of a citizen of `segment` whose case had `activities`.

    Raises:
        UnreadableInput: an activity isn't one of the 27.
    """
    touchpoints = []
    letter_sent = False
    for activity in activities:
        if activity == RECEIPT:
            touchpoints.append(RECEIPTS[segment])
        elif activity in LETTER_MAKING:
            touchpoints.append(LETTER_MAKING[activity])
        elif activity in BEFORE_OR_AFTER:
            touchpoints.append(BEFORE_OR_AFTER[activity] + ("" if letter_sent else "-early"))
        else:
            raise UnreadableInput(f'an activity that the map doesn\'t know: "{activity}"')
        letter_sent = letter_sent or activity == LETTER
    return Walk(segment, tuple(touchpoints))


def count(walks: Iterable[Walk]) -> Tally:
    """Count starts, steps and ends by segment."""
    arrives: dict[str, Counter[str]] = defaultdict(Counter)
    steps: dict[Step, Counter[str]] = defaultdict(Counter)
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for each in walks:
        arrives[each.touchpoints[0]][each.segment] += 1
        ends[each.touchpoints[-1]][each.segment] += 1
        for step in each.steps:
            steps[step][each.segment] += 1
    return Tally(arrives, steps, ends)


def without_noise(
    tally: Tally, steps_at_least: int = STEPS_AT_LEAST, ends_at_least: int = ENDS_AT_LEAST
) -> Tally:
    """Leave out rare steps and ends, then what is on no way from a start to an end.

    Rare is judged over all segments together, and so over the four receipts; ways by segment.
    """
    times: Counter[Step] = Counter()
    for (here, there), by in tally.steps.items():
        times[activity_of(here), there] += sum(by.values())
    times_ended: Counter[str] = Counter()
    for end, by in tally.ends.items():
        times_ended[activity_of(end)] += sum(by.values())
    steps = {
        (here, there): by
        for (here, there), by in tally.steps.items()
        if times[activity_of(here), there] >= steps_at_least
    }
    ends = {
        end: by for end, by in tally.ends.items() if times_ended[activity_of(end)] >= ends_at_least
    }
    on_a_way = {
        segment: reached(
            (start for start, by in tally.arrives.items() if segment in by),
            [step for step, by in steps.items() if segment in by],
        )
        & reached(
            (end for end, by in ends.items() if segment in by),
            [(there, here) for (here, there), by in steps.items() if segment in by],
        )
        for segment in SEGMENTS.values()
    }

    def open_only(by: BySegment, *touchpoints: str) -> BySegment:
        return {s: n for s, n in by.items() if on_a_way[s].issuperset(touchpoints)}

    return Tally(
        arrives=non_empty((start, open_only(by, start)) for start, by in tally.arrives.items()),
        steps=non_empty((step, open_only(by, *step)) for step, by in steps.items()),
        ends=non_empty((end, open_only(by, end)) for end, by in ends.items()),
    )


def activity_of(touchpoint: str) -> str:
    """Return one name for the four receipts, which the log has as one activity."""
    return RECEIPT if touchpoint in RECEIPTS.values() else touchpoint


def reached(starts: Iterable[str], steps: Sequence[Step]) -> set[str]:
    """Return the touchpoints that `steps` lead to from `starts`, those included."""
    onward: dict[str, list[str]] = defaultdict(list)
    for here, there in steps:
        onward[here].append(there)
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for there in onward[waiting.pop()]:
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


def non_empty(pairs: Iterable[tuple[Key, BySegment]]) -> dict[Key, BySegment]:
    """Keep what at least one segment did."""
    return {key: by for key, by in pairs if by}


def read_journey(text: str) -> Tally:
    """Return what a journey file says, as `charter` reads it: what isn't said counts as 1.

    Raises:
        UnreadableInput: it isn't a journey.
    """
    try:
        journey = yaml.safe_load(text)
        everyone = journey.get("segments", list(SEGMENTS.values()))
        open_to = {t["id"]: t.get("segments", everyone) for t in journey["touchpoints"]}
        arrives: dict[str, BySegment] = {}
        steps: dict[Step, BySegment] = {}
        ends: dict[str, BySegment] = {}
        for touchpoint in journey["touchpoints"]:
            here = touchpoint["id"]
            if touchpoint.get("entry"):
                arrives[here] = by_segment(touchpoint.get("arrives"), open_to[here])
            if "exit" in touchpoint:
                ends[here] = by_segment(touchpoint.get("ends"), open_to[here])
            for step in touchpoint.get("next", ()):
                said = step if isinstance(step, dict) else {"to": step}
                there = said["to"]
                both = [s for s in open_to[here] if s in open_to[there]]
                who = [s for s in both if s in said.get("segments", both)]
                if (here, there) in steps:
                    raise UnreadableInput(f"two steps {here} → {there}: one is enough")
                steps[here, there] = by_segment(said.get("share"), who)
    except (AttributeError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UnreadableInput(f"not a journey: {error!r}") from error
    return Tally(arrives, steps, ends)


def by_segment(said: Any, segments: Sequence[str]) -> BySegment:
    """Spell out a number, or a mapping, for each of `segments`."""
    if isinstance(said, dict):
        return {segment: said.get(segment, 1) for segment in segments}
    return dict.fromkeys(segments, 1 if said is None else said)


def differences(log: Tally, journey: Tally) -> list[str]:
    """Say in one line each where the journey isn't what the log counts."""
    told = []
    for what, counted, written in (
        ("arrives", named(log.arrives), named(journey.arrives)),
        ("share", named(log.steps), named(journey.steps)),
        ("ends", named(log.ends), named(journey.ends)),
    ):
        for where in sorted(counted.keys() | written.keys()):
            for segment in SEGMENTS.values():
                here, there = counted.get(where, {}), written.get(where, {})
                if here.get(segment) != there.get(segment):
                    told.append(
                        f"{what} {where}, {segment}: {here.get(segment, 'none')} in the log, "
                        f"{there.get(segment, 'none')} in the journey"
                    )
    return told


def named(counts: Mapping[str, BySegment] | Mapping[Step, BySegment]) -> dict[str, BySegment]:
    """Name each step as people write it."""
    return {k if isinstance(k, str) else " → ".join(k): by for k, by in counts.items()}


def table(tally: Tally) -> Iterator[str]:
    """Lay the counts out in lines, each touchpoint's starts, ends and steps together."""
    segments = list(SEGMENTS.values())
    yield f"{'':57}" + "".join(f"{name:>9}" for name in (*segments, "all"))

    def line(label: str, by: BySegment) -> str:
        numbers = [by.get(segment, 0) for segment in segments]
        return f"{label:57}" + "".join(f"{n or '·':>9}" for n in (*numbers, sum(numbers)))

    touchpoints = {t for step in tally.steps for t in step} | set(tally.arrives) | set(tally.ends)
    for here in sorted(touchpoints):
        if here in tally.arrives:
            yield line(f"{here} arrives", tally.arrives[here])
        onward = [(there, by) for (start, there), by in tally.steps.items() if start == here]
        for there, by in sorted(onward, key=lambda step: (-sum(step[1].values()), step[0])):
            yield line(f"{here} → {there}", by)
        if here in tally.ends:
            yield line(f"{here} ends", tally.ends[here])


def coverage(walks: Sequence[Walk], kept: Tally) -> str:
    """Say how much of the log the kept steps and ends account for."""

    def is_kept(each: Walk) -> bool:
        on_map = all(each.segment in kept.steps.get(step, {}) for step in each.steps)
        return on_map and each.segment in kept.ends.get(each.touchpoints[-1], {})

    whole = sum(is_kept(each) for each in walks)
    taken = [(each.segment, step) for each in walks for step in each.steps]
    steps = sum(segment in kept.steps.get(step, {}) for segment, step in taken)
    touchpoints = {t for step in kept.steps for t in step} | set(kept.arrives)
    visits = [(each.segment, t) for each in walks for t in each.touchpoints]
    seen = Counter(touchpoint for _, touchpoint in visits)
    events = sum(seen[touchpoint] for touchpoint in touchpoints)
    return (
        f"{len(touchpoints)} touchpoints, {len(kept.steps)} kinds of step, {len(kept.ends)} ends: "
        f"{whole} of {len(walks)} cases ({whole / len(walks):.1%}) lie wholly on the map, "
        f"with {steps} of {len(taken)} steps ({steps / max(1, len(taken)):.1%}) "
        f"and {events} of {len(visits)} events ({events / len(visits):.1%})."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; return its exit status: 1 if the journey differs from the log, else 0."""
    parser = argparse.ArgumentParser(
        prog="recount.py",
        description="Recount the permit desk's shares, starts and ends from the event log.",
    )
    parser.add_argument("log", type=Path, help="receipt.csv of the CoSeLoG project")
    parser.add_argument("--check", metavar="JOURNEY", type=Path, help="compare with this journey")
    parser.add_argument("--steps-at-least", metavar="N", type=int, default=STEPS_AT_LEAST)
    parser.add_argument("--ends-at-least", metavar="N", type=int, default=ENDS_AT_LEAST)
    options = parser.parse_args(arguments)
    try:
        with options.log.open(encoding="utf-8-sig", newline="") as lines:
            walks = read_walks(lines)
        kept = without_noise(count(walks), options.steps_at_least, options.ends_at_least)
        if options.check is None:
            print(*table(kept), "", sep="\n")
            if walks:
                print(coverage(walks, kept))
            return 0
        differing = differences(kept, read_journey(options.check.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, UnreadableInput) as error:
        parser.error(str(error))
    print(*differing, sep="\n", end="\n" if differing else "")
    print(f"{len(differing)} differences between {options.check} and {options.log}.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
