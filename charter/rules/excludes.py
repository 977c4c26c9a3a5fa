"""The kind `excludes`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import ClassVar, Literal, NamedTuple

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.remark import Remark, lacking, saying
from charter.rules.selector import Selector
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import Ending


class On(StrEnum):
    """Where two things may not meet."""

    PATH = "path"
    TOUCHPOINT = "touchpoint"
    STEP = "step"


class Excluded(Selector):
    """One of the two: a marker's id alone, or a selector."""

    shorthand: ClassVar[str | None] = "marker"


class _State(NamedTuple):
    """What is remembered of `excludes`.

    Attributes:
        one: Whether ``one`` was seen where ``other`` may still meet it.
        other: Whether ``other`` was seen where ``one`` may still meet it.
    """

    is_concerned: bool
    one: bool
    other: bool
    have_met: bool


class Excludes(VisitRule):
    """Two things that contradict each other don't meet.

    Holds when, on every concerned path, what matches `one` and what matches `other` don't meet
    among the counted visits: anywhere on it (`on: path`, the default), at the same visit
    (`on: touchpoint`), or at the same visit or two counted visits in a row, in either order
    (`on: step`).

    # Why it matters

    A brand that greets by name and then asks “Who are you?” is worse than one that did neither.
    Each sign may be right where it stands; it is the path that makes them contradict each other.

    # Breaks

        rules:
          - {id: no-please-wait-after-a-name, kind: excludes, one: named-host,
             other: please-wait, on: step}
        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [call]}
          - {id: call, stage: buy, channel: phone, markers: [please-wait], exit: bought}

    # Repaired

        touchpoints:
          - {id: welcome, stage: discover, channel: store, entry: true,
             markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, next: [call]}
          - {id: call, stage: buy, channel: phone, markers: [please-wait], exit: bought}

    # Options

    - `one`: a marker's id, or a selector.
    - `other`: a marker's id, or a selector.
    - `on`: where they may not meet: the same `path`, `touchpoint` or `step`.
    """

    code: ClassVar[str] = "CH108"
    default_severity: ClassVar[Severity] = Severity.ERROR
    hurting_aspects: ClassVar[frozenset[int]] = frozenset({0, 1})

    kind: Literal["excludes"]
    one: Excluded
    other: Excluded
    on: On = On.PATH

    @property
    def start(self) -> _State:
        """Nothing was seen."""
        return _State(is_concerned=False, one=False, other=False, have_met=False)

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return that a visit matches the one, and that it matches the other."""
        return self.one.aspect(setting), self.other.aspect(setting)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Note a meeting; remember as much as a later visit can meet."""
        one, other = shows
        near_one, near_other = one or state.one, other or state.other
        have_met = state.have_met or (near_one and other) or (near_other and one)
        if have_met:
            # Whatever comes, they have.
            return _State(is_concerned=True, one=False, other=False, have_met=True)
        if self.on is On.PATH:
            return _State(is_counted, near_one, near_other, have_met)
        if self.on is On.STEP:
            return _State(is_counted, one, other, have_met)
        return _State(is_counted, one=False, other=False, have_met=have_met)

    def ending(self, state: _State) -> Ending:
        """They have met, or not."""
        if not state.is_concerned:
            return Ending.UNCONCERNED
        return Ending.BREAKS if state.have_met else Ending.HOLDS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say where they meet."""
        question, broken = {
            On.PATH: (
                N_("Can a customer meet both {one} and {other}?"),
                N_("{path} meets both {one} and {other}."),
            ),
            On.TOUCHPOINT: (
                N_("Can a customer meet {one} and {other} at the same moment?"),
                N_("{path} meets {one} and {other} at the same moment."),
            ),
            On.STEP: (
                N_("Can a customer meet {one} and {other} within one step?"),
                N_("{path} meets {one} and {other} within one step."),
            ),
        }[self.on]
        return Sentences(question, broken, N_("Keep them apart: change {places}."))

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """The two visits at which they first meet, the later first."""
        for index, visit in enumerate(visits):
            if all(visit.shows):
                return [index]
            near = visits[:index] if self.on is On.PATH else visits[max(0, index - 1) : index]
            if self.on is On.TOUCHPOINT:
                continue
            for before in range(index - 1, index - 1 - len(near), -1):
                earlier = visits[before].shows
                if (visit.shows[0] and earlier[1]) or (visit.shows[1] and earlier[0]):
                    return [index, before]
        return []

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say where the one comes, where the other, and where they meet."""
        del target
        meeting, *before = self.mending(visits)
        for index, visit in enumerate(visits):
            one, other = visit.shows
            if one and other:
                yield lacking(N_("Here {one} and {other} meet."))
            elif index == meeting:
                first, second = (
                    N_("Here comes {one}, and {other} came before."),
                    N_("Here comes {other}, and {one} came before."),
                )
                yield lacking(first if one else second)
            elif one or other:
                told = N_("Here comes {one}.") if one else N_("Here comes {other}.")
                yield lacking(told) if index in before else saying(told)
            else:
                yield None
