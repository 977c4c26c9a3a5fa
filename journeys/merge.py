"""Two versions of a file's meaning brought together: field by field and by id, never by line.

Both versions began as one. What only one of them changed is taken; what both changed alike is
taken once; what they changed differently is a conflict, handed back with both values. Nothing
is decided for anybody; once somebody has decided, the same merge is made with what they say.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, TypeAlias, TypeVar

from journeys.plain import IDENTITY_KEYS, Plain, is_same


@dataclass(frozen=True)
class Conflict:
    """What both versions changed, each in its own way; None where nothing is written.

    Attributes:
        address: Where, by keys and by the ids of items. The second of two items with the same id
            is ``pay#2``.
        is_of_order: The items or keys are the same, in another order; the values list their ids.
    """

    address: tuple[str, ...]
    base: Plain
    mine: Plain
    theirs: Plain
    is_of_order: bool = False

    @property
    def is_of_text(self) -> bool:
        """Whether a text stands there, or none: one that is neither of both may be put there."""
        is_text = all(value is None or isinstance(value, str) for value in (self.mine, self.theirs))
        return is_text and not self.is_of_order


class Side(Enum):
    """Whose version is taken where both conflict."""

    MINE = "mine"
    THEIRS = "theirs"


Answer: TypeAlias = Side | str
"""What settles a conflict: a side, or for a conflict of text a text that is neither side's."""
Settle: TypeAlias = Callable[[Conflict], Answer | None]
"""Says what settles a conflict; None leaves it."""


@dataclass(frozen=True)
class Merged:
    """What two versions mean together.

    Attributes:
        value: Where they conflict and nobody has settled it, it is theirs.
        conflicts: Those that are not settled, in the order of the merged value.
    """

    value: Plain
    conflicts: tuple[Conflict, ...]


def _leave(_: Conflict) -> None:
    """Settle nothing."""


def merge(base: Plain, mine: Plain, theirs: Plain, *, settle: Settle = _leave) -> Merged:
    """Return what ``mine`` and ``theirs`` mean together, both having begun as ``base``.

    Items of lists are the same by their identity: the value of the first of `IDENTITY_KEYS`, or the
    text of a scalar, so that ``welcome`` is ``{to: welcome, share: 40}`` written shortly. Items
    that share it are told apart by what else they say, else by their order. An item that
    was taken off by one and changed by the other is a conflict; so is one that each replaced by
    something else, or added with other words.

    Items and keys come in the order of theirs, or of mine if mine alone moved some; what the other
    added goes behind the neighbour that it was put behind.

    ``settle`` is asked about each conflict. What each side put in the place of the same items is
    there from both unless one side is taken.
    """
    merging = _Merging(settle)
    value = merging.value((), base, mine, theirs)
    return Merged(_told(value), tuple(merging.conflicts))


class _Absence(Enum):
    """There is no such key or item; a key with nothing behind it is there."""

    ABSENT = "absent"


_ABSENT: Final = _Absence.ABSENT
_Value: TypeAlias = "Plain | _Absence"
_NOTHING = (None, _ABSENT)


def _told(value: _Value) -> Plain:
    return None if value is _ABSENT else value


class _Identity(NamedTuple):
    """Which item of a list one is, in every version of it."""

    name: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.name}#{self.occurrence + 1}" if self.occurrence else self.name


_Items: TypeAlias = dict[_Identity, Plain]
_Thing = TypeVar("_Thing", bound=Hashable)


class _Merging:
    """A merge under way, and the conflicts met so far."""

    def __init__(self, settle: Settle) -> None:
        self.conflicts: list[Conflict] = []
        self._settle = settle

    def answer(self, conflict: Conflict) -> Answer | None:
        """Return what settles a conflict, which is noted if nothing does."""
        answer = self._settle(conflict)
        if answer is None:
            self.conflicts.append(conflict)
        return answer

    def value(self, address: tuple[str, ...], base: _Value, mine: _Value, theirs: _Value) -> _Value:
        if is_same(mine, base):
            return theirs
        if is_same(theirs, base) or is_same(mine, theirs):
            return mine
        if mine in _NOTHING and theirs in _NOTHING:
            return theirs
        if isinstance(mine, dict) and isinstance(theirs, dict):
            if isinstance(base, dict):
                return self.mapping(address, base, mine, theirs)
            if base in _NOTHING:
                return self.mapping(address, {}, mine, theirs)
        if isinstance(mine, list) and isinstance(theirs, list):
            if isinstance(base, list):
                return self.items(address, base, mine, theirs)
            if base in _NOTHING:
                return self.items(address, [], mine, theirs)
        return self.conflict(address, base, mine, theirs)

    def conflict(
        self, address: tuple[str, ...], base: _Value, mine: _Value, theirs: _Value
    ) -> _Value:
        answer = self.answer(Conflict(address, _told(base), _told(mine), _told(theirs)))
        if isinstance(answer, str):
            return answer
        return mine if answer is Side.MINE else theirs

    def mapping(
        self,
        address: tuple[str, ...],
        base: Mapping[str, Plain],
        mine: Mapping[str, Plain],
        theirs: Mapping[str, Plain],
    ) -> Plain:
        merged: dict[str, Plain] = {}
        for key in _woven(list(theirs), list(mine)):
            versions = (version.get(key, _ABSENT) for version in (base, mine, theirs))
            value = self.value((*address, key), *versions)
            if value is not _ABSENT:
                merged[key] = value
        return {key: merged[key] for key in self.order(address, base, mine, theirs, merged)}

    def items(
        self,
        address: tuple[str, ...],
        base: Sequence[Plain],
        mine: Sequence[Plain],
        theirs: Sequence[Plain],
    ) -> Plain:
        before = _identified(base, {})
        ours, others = _identified(mine, before), _identified(theirs, before)
        merged: _Items = {}
        for identity in _woven(list(others), list(ours)):
            versions = (version.get(identity, _ABSENT) for version in (before, ours, others))
            value = self.item((*address, str(identity)), *versions)
            if value is not _ABSENT:
                merged[identity] = value
        for identity in self.replaced(address, before, ours, others):
            merged.pop(identity, None)
        return [merged[identity] for identity in self.order(address, before, ours, others, merged)]

    def item(self, address: tuple[str, ...], base: _Value, mine: _Value, theirs: _Value) -> _Value:
        if is_same(mine, base):
            return theirs
        if is_same(theirs, base):
            return mine
        base, mine, theirs = _written_alike(base, mine, theirs)
        if base is _ABSENT and mine != theirs:
            # Two who add the same id each have something of their own in mind.
            return self.conflict(address, base, mine, theirs)
        return self.value(address, base, mine, theirs)

    def replaced(
        self, address: tuple[str, ...], base: _Items, mine: _Items, theirs: _Items
    ) -> Iterator[_Identity]:
        """Yield what goes where each side put something of its own in the place of the same."""
        by_mine, by_theirs = _replacements(base, mine), _replacements(base, theirs)
        gone: dict[tuple[tuple[_Identity, ...], ...], list[_Identity]] = {}
        for identity in base:
            if identity not in mine and identity not in theirs:
                runs = by_mine[identity], by_theirs[identity]
                own = tuple(i for i in runs[0] if i not in theirs)
                other = tuple(i for i in runs[1] if i not in mine)
                if own and other:
                    gone.setdefault((own, other), []).append(identity)
        for (own, other), replaced in gone.items():
            conflict = Conflict(
                (*address, str(replaced[0])),
                [base[identity] for identity in replaced],
                [mine[identity] for identity in own],
                [theirs[identity] for identity in other],
            )
            match self.answer(conflict):
                case Side.MINE:
                    yield from other
                case Side.THEIRS:
                    yield from own

    def order(
        self,
        address: tuple[str, ...],
        base: Iterable[_Thing],
        mine: Mapping[_Thing, Plain],
        theirs: Mapping[_Thing, Plain],
        merged: Mapping[_Thing, Plain],
    ) -> list[_Thing]:
        """Return the order of items or keys that both sides have left or put there."""
        shared = [thing for thing in base if thing in mine and thing in theirs]
        lasting = set(shared)
        by_mine = [thing for thing in mine if thing in lasting]
        by_theirs = [thing for thing in theirs if thing in lasting]
        is_by_mine = by_mine != shared and by_theirs == shared
        if by_mine != shared and by_theirs not in (shared, by_mine):
            orders = _names(shared), _names(by_mine), _names(by_theirs)
            is_by_mine = self.answer(Conflict(address, *orders, is_of_order=True)) is Side.MINE
        first, second = (mine, theirs) if is_by_mine else (theirs, mine)
        return _woven([i for i in first if i in merged], [i for i in second if i in merged])


def _names(things: Iterable[Hashable]) -> Plain:
    return [str(thing) for thing in things]


def _name(item: Plain) -> str:
    """Return what an item of a list is known by; all it says, if there is no better."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        key = _identity_key(item)
        if key is not None:
            return _name(item[key])
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def _identity_key(item: Mapping[str, Plain]) -> str | None:
    known = next((key for key in IDENTITY_KEYS if isinstance(item.get(key), str)), None)
    # A name may be written by language.
    return known or ("name" if isinstance(item.get("name"), dict) else None)


def _identified(items: Sequence[Plain], base: _Items) -> _Items:
    """Return the items by identity, that of the items of ``base`` which they are a version of.

    Among items of one name, those that say the same are the same; the others go by their order.
    """
    known: dict[str, list[_Identity]] = {}
    for identity in base:
        known.setdefault(identity.name, []).append(identity)
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(_name(item), []).append(place)
    found: dict[int, _Identity] = {}
    for name, taken in places.items():
        free = known.get(name, [])
        fresh = (_Identity(name, number) for number in itertools.count(len(free)))
        others = []
        for place in taken:
            same = next((identity for identity in free if base[identity] == items[place]), None)
            if same is None:
                others.append(place)
            else:
                free.remove(same)
                found[place] = same
        found.update(zip(others, itertools.chain(free, fresh), strict=False))
    return {found[place]: item for place, item in enumerate(items)}


def _written_alike(*versions: _Value) -> tuple[_Value, ...]:
    """Return the versions of an item, a short one written at length if another is."""
    keys = {_identity_key(version) for version in versions if isinstance(version, dict)} - {None}
    if len(keys) != 1:
        return versions
    key = str(keys.pop())
    return tuple(
        {key: each} if isinstance(each, str | dict) and not _is_at_length(each) else each
        for each in versions
    )


def _is_at_length(item: Plain) -> bool:
    """Return whether an item isn't a text, or one by language, that stands for its identity."""
    return isinstance(item, dict) and _identity_key(item) is not None


def _replacements(base: _Items, side: _Items) -> dict[_Identity, list[_Identity]]:
    """Return, by each item of ``base`` that is gone, what was put where it stood."""
    added: dict[_Identity | None, list[_Identity]] = {}
    neighbour: _Identity | None = None
    for identity in side:
        if identity in base:
            neighbour = identity
        else:
            added.setdefault(neighbour, []).append(identity)
    found = {}
    neighbour = None
    for identity in base:
        if identity in side:
            neighbour = identity
        else:
            found[identity] = added.get(neighbour, [])
    return found


def _woven(first: Sequence[_Thing], second: Sequence[_Thing]) -> list[_Thing]:
    """Return ``first`` with what only ``second`` has, each behind its neighbour there.

    What each has behind the same neighbour comes in this order too.
    """
    shared = set(first) & set(second)
    behind: dict[_Thing | None, list[_Thing]] = {}
    neighbour: _Thing | None = None
    for thing in second:
        if thing in shared:
            neighbour = thing
        else:
            behind.setdefault(neighbour, []).append(thing)
    woven: list[_Thing] = []
    waiting = behind.get(None, [])
    for thing in first:
        if thing in shared:
            woven += [*waiting, thing]
            waiting = behind.get(thing, [])
        else:
            woven.append(thing)
    return woven + waiting
