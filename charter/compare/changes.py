"""What changed in what a workspace says, part by part and key by key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from charter.compare.parts import (
    Part,
    Parts,
    What,
    actions,
    expressions,
    outcomes,
    plans,
    shared,
    the_charter,
    touchpoints,
    transitions,
    waivers,
)
from charter.compare.renames import Renames
from charter.workspace import Workspace
from journeys.content import Naming
from journeys.model import Journey, Touchpoint


class Kind(StrEnum):
    """How a part changed."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A key behind which something else stands now.

    Attributes:
        key: As in the files; dotted where mappings lie within one another: ``share.loyal``.
        was: None where it said no more than it would have unwritten; ids as they are now.
        now: Likewise. See `journeys.content`.
    """

    key: str
    was: object
    now: object


@dataclass(frozen=True)
class Change:
    """What became of one part.

    Attributes:
        journey: The journey that the part belongs to, by the id it has now; its last one where
            it is gone.
        id: Its id now; its last one where it is removed.
        was: The id that it had, where it was renamed.
        fields: What else changed about it.
    """

    what: What
    journey: str | None
    id: str
    kind: Kind
    was: str | None = None
    fields: tuple[Difference, ...] = ()


def find_changes(before: Workspace, after: Workspace, renames: Renames) -> Iterator[Change]:
    """Yield each change: the charter's parts, journey by journey, waivers, then plan by plan.

    What was added or removed as a whole is one change, whatever it consists of.
    """
    scope = _Scope(renames, None, _segments(before, renames), _segments(after))
    yield from scope.changes(the_charter(before.charter), the_charter(after.charter))
    for what in (What.VALUE, What.CHANNEL, What.SEGMENT, What.STAGE):
        was_parts, now_parts = shared(before, what), shared(after, what)
        moved = _moved(was_parts, now_parts, scope.naming) if what is What.STAGE else frozenset()
        yield from scope.changes(was_parts, now_parts, moved)
    yield from _marker_changes(before, after, scope)
    yield from scope.changes(shared(before, What.RULE), shared(after, What.RULE))
    yield from _journey_changes(before, after, scope)
    former = waivers(before.waivers, renames.naming)
    for was, now in _same_ids(former, waivers(after.waivers, Renames().naming)):
        yield from filter(None, [scope.change(was, now)])
    yield from _plan_changes(before, after, scope)


def _plan_changes(before: Workspace, after: Workspace, scope: _Scope) -> Iterator[Change]:
    """Yield the changes of action plans, each followed by those of its actions."""
    former = {plan.id: plan for plan in before.plans}
    current = {plan.id: plan for plan in after.plans}
    for was, now in _same_ids(plans(before.plans), plans(after.plans)):
        yield from filter(None, [scope.change(was, now)])
        if was is not None and now is not None:
            one, other = actions(former[was.id]), actions(current[now.id])
            for did, does in _same_ids(one, other):
                within = replace(scope, journey=did.journey if did else None)
                yield from filter(None, [within.change(did, does)])


def _segments(workspace: Workspace, renames: Renames | None = None) -> frozenset[str]:
    segments = (segment.id for segment in workspace.charter.all_segments)
    return frozenset(renames.of(What.SEGMENT, s) if renames else s for s in segments)


@dataclass(frozen=True)
class _Scope:
    """Where parts are compared.

    Attributes:
        journey: The journey they are of, by its former id.
        everyone_before: The segments that are all of them there, by their ids now.
        everyone_after: Likewise.
    """

    renames: Renames
    journey: str | None
    everyone_before: frozenset[str]
    everyone_after: frozenset[str]

    @property
    def naming(self) -> Naming:
        return self.renames.naming(self.journey)

    def pairs(self, was: Parts, now: Parts) -> Iterator[tuple[Part | None, Part | None]]:
        """Yield each part as it was and as it is, in the order of now; then what is gone."""
        left = {self.naming(part.what, part.id): part for part in was.values()}
        for identifier, part in now.items():
            yield left.pop(identifier, None), part
        for part in left.values():
            yield part, None

    def changes(
        self, was: Parts, now: Parts, moved: frozenset[str] = frozenset()
    ) -> Iterator[Change]:
        """Yield how each part changed; those ``moved`` stand elsewhere in an order that counts."""
        for one, other in self.pairs(was, now):
            is_moved = other is not None and other.id in moved
            change = self.change(one, other, reordered=["order"] if is_moved else [])
            if change is not None:
                yield change

    def change(
        self, was: Part | None, now: Part | None, *, reordered: Collection[str] = ()
    ) -> Change | None:
        """Return how a part changed; None if it didn't.

        ``reordered`` are keys behind which the same stands in another order, that counts.
        """
        if now is None:
            if was is None:
                return None
            journey = was.journey and self.renames.of(What.JOURNEY, was.journey)
            return Change(was.what, journey, was.id, Kind.REMOVED)
        if was is None:
            return Change(now.what, now.journey, now.id, Kind.ADDED)
        fields = self._fields(was, now)
        told = {field.key for field in fields}
        fields += tuple(Difference(key, None, None) for key in reordered if key not in told)
        is_renamed = self.renames and was.id != now.id
        if not is_renamed and not fields:
            return None
        kind = Kind.RENAMED if is_renamed else Kind.CHANGED
        return Change(now.what, now.journey, now.id, kind, was.id if is_renamed else None, fields)

    def _fields(self, was: Part, now: Part) -> tuple[Difference, ...]:
        if not self.renames and was.shape == now.shape:
            return ()
        said, says = was.said(self.naming), now.said()
        if said == says:
            return ()
        # To name every segment is to name none.
        meant = _unrestricted(said, self.everyone_before)
        means = _unrestricted(says, self.everyone_after)
        meant_otherwise = {difference.key for difference in _differences(meant, means)}
        return tuple(d for d in _differences(said, says) if d.key in meant_otherwise)


def _differences(was: object, now: object, key: str = "") -> Iterator[Difference]:
    """Yield where two contents differ, as deep as both are mappings."""
    if was == now:
        return
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        yield Difference(key, was, now)
        return
    for step in sorted({*was, *now}):
        yield from _differences(was.get(step), now.get(step), f"{key}.{step}" if key else step)


def _unrestricted(said: object, everyone: frozenset[str]) -> object:
    """Return a content in which no list of segments names all of them."""
    if isinstance(said, Mapping):
        return {
            key: _unrestricted(value, everyone)
            for key, value in said.items()
            if not (key == "segments" and isinstance(value, tuple) and everyone <= {*value})
        }
    if isinstance(said, tuple):
        return tuple(sorted((_unrestricted(item, everyone) for item in said), key=repr))
    return said


def _moved(was: Parts, now: Parts, naming: Naming) -> frozenset[str]:
    """Return the ids, as they are now, of what stands elsewhere among the others than before."""
    former = [naming(part.what, part.id) for part in was.values()]
    return _displaced([i for i in former if i in now], [i for i in now if i in {*former}])


def _is_in_order(was: list[str], now: list[str]) -> bool:
    """Return whether what is in both comes in the same order."""
    in_both = {*was} & {*now}
    return [each for each in was if each in in_both] == [each for each in now if each in in_both]


def _displaced(was: list[str], now: list[str]) -> frozenset[str]:
    """Return what must be moved to make one order of the same things into another."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    kept = {identifier for block in blocks for identifier in now[block.b : block.b + block.size]}
    return frozenset(now) - kept


def _marker_changes(before: Workspace, after: Workspace, scope: _Scope) -> Iterator[Change]:
    """Yield the changes of markers, each followed by those of its expressions."""
    was, now = shared(before, What.MARKER), shared(after, What.MARKER)
    former, current = before.charter.markers_by_id, after.charter.markers_by_id
    for one, other in scope.pairs(was, now):
        change = scope.change(one, other)
        if change is not None:
            yield change
        if one is not None and other is not None:
            # Their ids are told as they are now, so that they follow what was renamed.
            written = expressions([former[one.id]], scope.naming)
            for said, says in _same_ids(written, expressions([current[other.id]])):
                change = scope.change(said, says)
                if change is not None:
                    yield change


def _same_ids(was: Parts, now: Parts) -> Iterator[tuple[Part | None, Part | None]]:
    """Yield parts as they were and as they are, whose ids are those of now on both sides."""
    for identifier in dict.fromkeys((*now, *was)):
        yield was.get(identifier), now.get(identifier)


def _journey_changes(before: Workspace, after: Workspace, scope: _Scope) -> Iterator[Change]:
    """Yield the changes of journeys, each followed by those of its outcomes and touchpoints."""
    was, now = shared(before, What.JOURNEY), shared(after, What.JOURNEY)
    former = {journey.id: journey for journey in before.journeys}
    current = {journey.id: journey for journey in after.journeys}
    for one, other in scope.pairs(was, now):
        if one is not None and other is not None and one.shape is other.shape and not scope.renames:
            continue
        change = scope.change(one, other)
        if change is not None:
            yield change
        if one is not None and other is not None:
            yield from _changes_within(former[one.id], current[other.id], scope)


def _changes_within(was: Journey, now: Journey, around: _Scope) -> Iterator[Change]:
    naming = around.renames.naming(was.id)
    former = {naming("segment", segment) for segment in was.segments or ()}
    scope = _Scope(
        around.renames,
        was.id,
        frozenset(former) or around.everyone_before,
        frozenset(now.segments or ()) or around.everyone_after,
    )
    yield from scope.changes(outcomes(was), outcomes(now))
    for one, other in scope.pairs(touchpoints(was), touchpoints(now)):
        yield from _touchpoint_changes(one, other, scope)


def _touchpoint_changes(was: Part | None, now: Part | None, scope: _Scope) -> Iterator[Change]:
    """Yield the change of a touchpoint, and those of the transitions that leave it."""
    if was is None or now is None:
        whole = scope.change(was, now)
        if whole is not None:
            yield whole
        return
    one, other = was.shape, now.shape
    if not isinstance(one, Touchpoint) or not isinstance(other, Touchpoint):
        raise AssertionError("a touchpoint became something else")
    is_order_kept = _is_in_order(
        [scope.naming("channel", channel) for channel in one.channel_shares],
        list(other.channel_shares),
    )
    if not scope.renames and is_order_kept and (one is other or one == other):
        return
    former = transitions(now.journey or "", one, scope.naming)
    current = transitions(now.journey or "", other)
    reordered = [] if is_order_kept else ["channels"]
    if not _is_in_order(list(former), list(current)):
        reordered.append("next")
    change = scope.change(was, now, reordered=reordered)
    if change is not None:
        yield change
    for said, says in _same_ids(former, current):
        step = scope.change(said, says)
        if step is not None:
            yield step
