"""What the rows of sheets tell of, as items of a workspace's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from charter.items import Item
from charter.manuscript import JOURNEYS, PLANS, Key, Manuscript, Root, Slot, id_of


class Drafts(Manuscript):
    """A workspace's files, with every item that a row may tell of."""

    def rows(self, sheet: str) -> list[Row]:
        """Return what the rows of a sheet tell of, in the order that they are written."""
        return list(_ROWS[sheet](self))

    def add(self, sheet: str, key: Key, after: Row | None) -> Row:
        """Return a row for what isn't there yet, behind another one as far as it can be.

        Raises:
            NoSuchHolder: What it is to be a part of isn't there.
        """
        kind = key[0] if sheet == "charter" else ""
        if kind == "journey":
            return Row(key, kind, self.begin(JOURNEYS, "journey", key[1]))
        what, group, item = self._place(sheet, key)
        listings = self.listings(what, group)
        last = after.of if after is not None and isinstance(after.of, Slot) else None
        listing = next((each for each in listings if last in each.slots), None)
        if listing is None:
            # Where there are several, a list rather than a file of one.
            several = [each for each in listings if not each.is_single]
            listing = next((each for each in several if each.slots), [*several, *listings][0])
        slot = listing.insert(item, "to" if what == "next" else "", last)
        if what == "touchpoints":
            self.lead_on(group, slot)
        return Row(key, kind, slot)

    def _place(self, sheet: str, key: Key) -> tuple[str, str, Item]:
        """Return which list a new row is an item of, and what it begins with."""
        if sheet == "charter":
            what, identifier, journey = key
            if what == "outcome" and journey not in self.journeys():
                raise NoSuchHolder("journey", journey, tuple(self.journeys()))
            return f"{what}s", journey if what == "outcome" else "", {"id": identifier}
        if sheet in ("touchpoints", "transitions") and key[0] not in self.journeys():
            raise NoSuchHolder("journey", key[0], tuple(self.journeys()))
        if sheet == "transitions":
            known = [str(each.item.get("id")) for each in self.slots("touchpoints", key[0])]
            if key[1] not in known:
                raise NoSuchHolder("touchpoint", key[1], tuple(known))
            return "next", f"{key[0]}/{key[1]}", {"to": key[2]}
        if sheet == "touchpoints":
            return "touchpoints", key[0], {"id": key[1]}
        if sheet == "plan":
            if key[0] not in self.plans():
                self.begin(PLANS, "plan", key[0])
            return "actions", key[0], {"id": key[1]}
        if sheet == "expressions":
            known = [str(each.item.get("id")) for each in self.slots("markers")]
            raise NoSuchHolder("marker", key[0], tuple(known))
        return sheet, "", {"id": key[0]}


@dataclass(frozen=True)
class Row:
    """What a row of a sheet tells of.

    Attributes:
        key: By what it is known in its sheet.
        kind: What it is, where the sheet holds several kinds; else empty.
        of: What its columns tell of.
    """

    key: Key
    kind: str
    of: Slot | Root


class NoSuchHolder(Exception):
    """What a new row is to be a part of isn't there.

    Attributes:
        what: What it is: ``journey``, ``touchpoint`` or ``marker``.
        id: As the row names it.
        known: Those there are.
    """

    def __init__(self, what: str, identifier: str, known: tuple[str, ...]) -> None:
        super().__init__(identifier)
        self.what, self.id, self.known = what, identifier, known


def _charter_rows(drafts: Drafts) -> Iterator[Row]:
    for kind in ("charter", "is", "is-not"):
        yield Row((kind, "", ""), kind, drafts.charter())
    for kind in ("value", "channel", "stage"):
        for slot in drafts.slots(f"{kind}s"):
            yield Row((kind, id_of(slot), ""), kind, slot)
    for journey, root in drafts.journeys().items():
        yield Row(("journey", journey, ""), "journey", root)
        for slot in drafts.slots("outcomes", journey):
            yield Row(("outcome", id_of(slot), journey), "outcome", slot)


def _rows_of(what: str) -> Callable[[Drafts], Iterator[Row]]:
    def rows(drafts: Drafts) -> Iterator[Row]:
        for slot in drafts.slots(what):
            yield Row((id_of(slot),), "", slot)

    return rows


def _touchpoint_rows(drafts: Drafts) -> Iterator[Row]:
    for journey in drafts.journeys():
        for slot in drafts.slots("touchpoints", journey):
            yield Row((journey, id_of(slot)), "", slot)


def _transition_rows(drafts: Drafts) -> Iterator[Row]:
    for journey in drafts.journeys():
        for touchpoint in drafts.slots("touchpoints", journey):
            for key, slot in drafts.ways(journey, id_of(touchpoint)):
                yield Row(key, "", slot)


def _plan_rows(drafts: Drafts) -> Iterator[Row]:
    for plan in drafts.plans():
        for slot in drafts.slots("actions", plan):
            yield Row((plan, id_of(slot)), "", slot)


_ROWS: Mapping[str, Callable[[Drafts], Iterator[Row]]] = {
    "charter": _charter_rows,
    "markers": _rows_of("markers"),
    "expressions": _rows_of("markers"),
    "segments": _rows_of("segments"),
    "touchpoints": _touchpoint_rows,
    "transitions": _transition_rows,
    "rules": _rows_of("rules"),
    "plan": _plan_rows,
}
