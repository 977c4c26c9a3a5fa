"""What goes by another id since: found by what is said under it, and by the company it keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from charter.compare.parts import (
    OF_A_JOURNEY,
    Part,
    Parts,
    What,
    outcomes,
    shared,
    touchpoints,
)
from charter.workspace import Workspace
from journeys.content import Naming, content
from journeys.model import Journey

_Key = tuple[str, str | None, str]
"""What, in which journey if it is of one, by which id."""


def _key(what: str, identifier: str, journey: str | None) -> _Key:
    return what, journey if what in OF_A_JOURNEY else None, identifier


@dataclass(frozen=True)
class Renames:
    """Which ids became which."""

    by_key: dict[_Key, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_key)

    def of(self, what: str, identifier: str, journey: str | None = None) -> str:
        """Return the id by which it goes now; of what is of a journey, given its former id."""
        return self.by_key.get(_key(what, identifier, journey), identifier)

    def naming(self, journey: str | None = None) -> Naming:
        """Return the naming of what a part refers to, which is of ``journey`` or of all."""
        return lambda what, identifier: (
            self._anywhere(what, identifier)
            if journey is None and what in OF_A_JOURNEY
            else self.of(what, identifier, journey)
        )

    def _anywhere(self, what: str, identifier: str) -> str:
        """Return what became of an id that may be of any journey."""
        return self._of_journeys.get((what, identifier), identifier)

    @cached_property
    def _of_journeys(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for (what, journey, identifier), now in self.by_key.items():
            if journey is not None:
                found.setdefault((what, identifier), now)
        return found


def find_renames(before: Workspace, after: Workspace) -> Renames:
    """Return what was renamed: gone under one id, there under another, the same otherwise.

    What refers to others comes after them, so that it is the same also where those were renamed.
    """
    search = _Search(before, after)
    for what in (What.VALUE, What.CHANNEL, What.SEGMENT, What.STAGE, What.MARKER, What.JOURNEY):
        search.match(shared(before, what), shared(after, what))
    for was, now in _both(before, after, search.found):
        search.match(outcomes(was), outcomes(now))
        search.match(touchpoints(was), touchpoints(now))
    search.match(shared(before, What.RULE), shared(after, What.RULE))
    return search.found


def _both(
    before: Workspace, after: Workspace, renames: Renames
) -> Iterator[tuple[Journey, Journey]]:
    """Yield each journey that is there on both sides."""
    now = {journey.id: journey for journey in after.journeys}
    for was in before.journeys:
        same = now.get(renames.of(What.JOURNEY, was.id))
        if same is not None and same is not was:
            yield was, same


class _Search:
    """Pairs what is gone with what is new."""

    def __init__(self, before: Workspace, after: Workspace) -> None:
        self.before, self.after = before, after
        self.found = Renames()

    def match(self, was: Parts, now: Parts) -> None:
        """Pair what says the same and keeps mostly the same company, the closest first."""
        gone = [part for part in was.values() if part.id not in now]
        candidates: dict[str, list[Part]] = {}
        for part in now.values():
            if part.id not in was:
                candidates.setdefault(repr(part.said()), []).append(part)
        if not candidates:
            return
        for part in gone:
            alike = candidates.get(repr(part.said(self.found.naming(part.journey))))
            if not alike:
                continue
            closest = max(alike, key=lambda other: self._closeness(part, other))
            if self._closeness(part, closest) > 0.5:
                alike.remove(closest)
                self.found.by_key[_key(part.what, part.id, part.journey)] = closest.id

    def _closeness(self, part: Part, other: Part) -> float:
        """Return how much of the company of two parts is the same, in [0, 1]."""
        if part.what is What.RULE:
            # A rule is all that it says.
            return 1.0
        was = self._company_before.get(_key(part.what, part.id, part.journey), Counter())
        now = self._company_after.get(_key(other.what, other.id, other.journey), Counter())
        number = was.total() + now.total()
        return 2 * (was & now).total() / number if number else 1.0

    @cached_property
    def _settled(self) -> frozenset[tuple[str, str]]:
        """What goes by the same id on both sides, in whatever journey."""
        return frozenset(_ids(self.before)) & frozenset(_ids(self.after))

    @cached_property
    def _company_before(self) -> Mapping[_Key, Counter[Hashable]]:
        return _company(self.before, self._settled)

    @cached_property
    def _company_after(self) -> Mapping[_Key, Counter[Hashable]]:
        return _company(self.after, self._settled)


def _ids(workspace: Workspace) -> Iterator[tuple[str, str]]:
    for what in (*_SHARED, What.JOURNEY):
        for identifier in shared(workspace, what):
            yield what, identifier
    for journey in workspace.journeys:
        for part in _of_journey(journey):
            yield part.what, part.id


_SHARED = (What.VALUE, What.CHANNEL, What.SEGMENT, What.STAGE, What.MARKER, What.RULE)


def _of_journey(journey: Journey) -> Iterable[Part]:
    return (*outcomes(journey).values(), *touchpoints(journey).values())


def _company(
    workspace: Workspace, settled: frozenset[tuple[str, str]]
) -> Mapping[_Key, Counter[Hashable]]:
    """Return by part what refers to it, and what a touchpoint leads to and a journey consists of.

    What goes by different ids before and after is known by what it is only.
    """
    found: dict[_Key, Counter[Hashable]] = {}

    def known_as(what: str, identifier: str) -> str:
        return identifier if (what, identifier) in settled else ""

    def meet(part: Part) -> None:
        def note(what: str, identifier: str) -> str:
            other = _key(what, identifier, part.journey)
            me = (part.what.value, known_as(part.what, part.id))
            found.setdefault(other, Counter())[me] += 1
            if what == part.what:
                mine = found.setdefault(_key(part.what, part.id, part.journey), Counter())
                mine["to", known_as(what, identifier)] += 1
            return identifier

        content(part.shape, note)

    for what in _SHARED:
        for part in shared(workspace, what).values():
            meet(part)
    for journey in workspace.journeys:
        meet(Part(What.JOURNEY, journey.id, journey.model_copy(update={"touchpoints": ()})))
        members = found.setdefault(_key(What.JOURNEY, journey.id, None), Counter())
        for part in _of_journey(journey):
            meet(part)
            if (What.JOURNEY, journey.id) not in settled:
                members[repr(part.said(known_as))] += 1
    return found
