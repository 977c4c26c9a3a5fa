"""The kind `precedes`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, NamedTuple

from charter.findings import Severity, Verdict
from charter.messages import N_
from charter.rules.aspect import Aspect
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.letters import Visit
from charter.rules.path import CarriedOnPaths
from charter.rules.remark import Remark, lacking, saying
from charter.rules.selector import Selector
from charter.rules.setting import Setting
from charter.rules.visit import VisitRule
from journeys.automata import Ending


class _State(NamedTuple):
    """What is remembered of `precedes`: whether it was met, asked for, and asked for too early."""

    is_met: bool
    is_concerned: bool
    is_broken: bool


class Precedes(CarriedOnPaths, VisitRule):
    """Before such a moment, the marker has come.

    Holds when, on every concerned path, each counted visit that matches `before` carries the
    marker itself, or comes after a visit that carries it. Paths without a visit that matches
    aren't concerned.

    # Why it matters

    Some moments are only bearable prepared: a price by its reasons, a form by a person who
    explains it. What comes too late doesn't prepare anything, however often it comes.

    # Breaks

        rules:
          - {id: first-a-name, kind: precedes, markers: [named-host], before: {stage: buy}}
        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true, next: [welcome, till]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    On the way Window → Till a customer is asked to pay by nobody in particular.

    # Repaired

        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true, next: [welcome]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Options

    - `before`: a selector: which visits must be prepared.
    """

    code: ClassVar[str] = "CH107"
    default_severity: ClassVar[Severity] = Severity.ERROR
    sees_uncounted: ClassVar[bool] = True
    hurting_aspects: ClassVar[frozenset[int]] = frozenset({0})

    kind: Literal["precedes"]
    before: Selector

    @property
    def start(self) -> _State:
        """Nothing was met, nothing asked."""
        return _State(is_met=False, is_concerned=False, is_broken=False)

    def aspects(self, setting: Setting, target: Target) -> tuple[Aspect, ...]:
        """Return that a visit asks for it, and that it carries it."""
        return self.before.aspect(setting), self.carried(setting, target)

    def step(self, state: _State, is_counted: bool, *shows: bool) -> _State:
        """Note that it is met, or asked for before it was."""
        asks, carries = shows
        is_asked = asks and is_counted
        is_met = state.is_met or carries
        return _State(
            is_met,
            state.is_concerned or is_asked,
            state.is_broken or (is_asked and not is_met),
        )

    def ending(self, state: _State) -> Ending:
        """It came in time for all that asked, or not."""
        if not state.is_concerned:
            return Ending.UNCONCERNED
        return Ending.BREAKS if state.is_broken else Ending.HOLDS

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say that the moment comes unprepared."""
        return Sentences(
            N_("Can a customer come to {before} without having met {what}?"),
            N_("{path} comes to {before} without having met {what}."),
            N_("Add it to {places}."),
            N_("come to {before} without having met {what}"),
        )

    def mending(self, visits: Sequence[Visit]) -> Sequence[int]:
        """Any visit up to the first that asks for it; the nearest first."""
        asking = next(i for i, v in enumerate(visits) if v.is_counted and v.shows[0])
        return range(asking, -1, -1)

    def telling(self, visits: Sequence[Visit], target: Target) -> Iterator[Remark | None]:
        """Say up to where it isn't met, and where it should have been."""
        del target
        state = self.start
        for visit in visits:
            was = state
            state = self.step(state, visit.is_counted, *visit.shows)
            asks, carries = visit.shows
            is_asked = asks and visit.is_counted
            if is_asked and not state.is_met:
                yield lacking(N_("This is {before}, and {what} wasn't met yet."))
            elif carries and not was.is_met:
                late, early = N_("Carries {what}, but too late."), N_("Carries {what}.")
                yield saying(late if was.is_broken else early)
            elif not state.is_met and not state.is_broken:
                yield lacking(N_("Doesn't carry {what} yet."))
            else:
                yield None
