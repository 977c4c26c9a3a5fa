"""Ours, asked what the peers are asked: a journey built in memory, its verdicts and witnesses."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from unittest.mock import patch

from benchmarks.generate import (
    ALL_CARRIED,
    TRANSITIONS,
    RandomJourney,
    charter,
    segment_ids,
    stage_and_channel,
)
from benchmarks.peers import Answering, Answers
from charter.checker import check
from charter.findings import Answer
from charter.rules.setting import Setting
from charter.workspace import Workspace, read_files
from journeys import prove as prover
from journeys.model import Journey, Shares, Tag, Touchpoint, Transition
from journeys.question import Answer as Proved
from journeys.question import Question
from journeys.source import paused_garbage_collection

TODAY = datetime.date(2026, 1, 1)


class Stopwatch:
    """Seconds by part of the work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timing(self, part: str) -> Iterator[None]:
        """Add the seconds spent inside to ``part``."""
        started = time.perf_counter()
        yield
        passed = time.perf_counter() - started
        self.seconds[part] = self.seconds.get(part, 0.0) + passed


def in_memory(journey: RandomJourney) -> Journey:
    """Return the journey that its files would be read as."""
    everyone = (1 << int(journey.segments)) - 1
    # The same few sets of segments, tags and shares come again and again.
    sets = [tuple(segment_ids(bits)) for bits in range(everyone)] + [None]
    tags = [
        [Tag.of(f"marker-{marker}", segments=segments) for segments in sets]
        for marker in range(len(journey.bears))
    ]
    share, ends = Shares(30.0, {}), Shares(300.0, {})
    ids = [f"t{index}" for index in range(journey.touchpoints)]
    carried: list[list[Tag]] = [[] for _ in ids]
    for bearing, tagged in zip(journey.bears, tags, strict=True):
        for index in bearing.nonzero()[0].tolist():
            carried[index].append(tagged[bearing[index]])

    steps = iter(zip(journey.targets.tolist(), journey.open_to.tolist(), strict=True))
    is_entry, is_exit = journey.is_entry.tolist(), journey.is_exit.tolist()
    emotions = journey.emotions.tolist()

    def transitions() -> list[Transition]:
        (one, _), (other, _), (few, segments) = islice(steps, TRANSITIONS)
        return [
            Transition.of(ids[one]),
            Transition.of(ids[other], share=share),
            Transition.of(ids[few], segments=sets[segments]),
        ]

    def touchpoint(index: int) -> Touchpoint:
        stage, channel = stage_and_channel(journey, index)
        return Touchpoint.of(
            ids[index],
            name=f"Touchpoint {index}",
            stage=stage,
            channel=channel,
            emotion=emotions[index],
            markers=carried[index],
            entry=is_entry[index],
            exit="done" if is_exit[index] else None,
            ends=ends if is_exit[index] else None,
            next=transitions(),
        )

    return Journey.of("generated", map(touchpoint, range(len(ids))))


def workspace(journey: RandomJourney, rules: tuple[str, ...]) -> Workspace:
    """Return the workspace of a journey, built in memory, and some rules."""
    text = charter(segments=int(journey.segments), markers=len(journey.bears), rules=rules)
    empty = read_files({"charter.yaml": text})
    with paused_garbage_collection():
        return replace(empty, journeys=(in_memory(journey),))


def carries(journey: RandomJourney) -> Answering:
    """Ask one rule for every marker: the verdict of each segment, and where it breaks the path."""
    watch = Stopwatch()
    with watch.timing("journey"):
        asked = workspace(journey, ALL_CARRIED)
    setting = Setting.of(asked.charter, asked.journeys[0], measure=False)
    with watch.timing("open graph"), paused_garbage_collection():
        graph = setting.graph
    (rule,) = asked.rules

    def answer() -> Answers:
        def prove(question: Question) -> tuple[Proved, ...]:
            with watch.timing("proof and witnesses"):
                return prover.prove(question)

        with paused_garbage_collection(), patch("charter.rules.setting.prove", prove):
            with watch.timing("paths"):
                graph.of_paths()
            with watch.timing("verdicts"):
                verdicts = tuple(rule.judge(setting))
        watch.seconds["verdicts"] -= watch.seconds["proof and witnesses"]
        avoided = {
            (int(v.segment.split("-")[1]), int(v.marker.split("-")[1])): v.verdict is Answer.BROKEN
            for v in verdicts
        }
        witnesses = [len(verdict.witness) for verdict in verdicts if verdict.witness]
        note = f"{len(witnesses)} witnesses of {min(witnesses)} to {max(witnesses)} touchpoints"
        return Answers(avoided, note, watch.seconds)

    return answer


def whole_check(journey: RandomJourney) -> Answering:
    """Check the workspace as people do, findings included, without measuring shares."""
    asked = workspace(journey, ALL_CARRIED)

    def answer() -> Answers:
        report = check(asked, TODAY, measure=False)
        return Answers({}, f"{len(report.findings):,} findings")

    return answer
