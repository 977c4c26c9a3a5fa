"""The files of a workspace as values to be changed, each item with the list that holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from charter.brand import FORMAT
from charter.items import Item, as_list, found, put
from charter.workspace import CHARTER_FILE, PLANS_FOLDER, RULES_FILE, WAIVERS_FILE
from journeys.edit import Address, rewritten
from journeys.model import Touchpoint
from journeys.plain import Plain, is_same, plain
from journeys.source import read

JOURNEYS, MARKERS = "journeys/", "markers/"
PLANS = f"{PLANS_FOLDER}/"

Key = tuple[str, ...]


@dataclass(eq=False)
class Slot:
    """An item of a list.

    Attributes:
        listing: The list that holds it.
        shorthand: The key that the item stands for where it is written as one text.
        value: What it says, as it is written.
    """

    listing: Listing
    value: Plain
    shorthand: str = ""

    @property
    def item(self) -> Item:
        """What it says as a mapping; a change of it must be `kept`."""
        if isinstance(self.value, dict):
            return self.value
        return {} if self.value is None else {self.shorthand: self.value}

    def keep(self, item: Item) -> None:
        """Let it say what ``item`` does."""
        self.value = item
        self.listing.is_changed = True

    @property
    def address(self) -> Address:
        """Where it stands in its file, as it is now."""
        return self.listing.address_of(self)


@dataclass(eq=False)
class Listing:
    """A list of a file, which may not be there yet.

    Attributes:
        file: The file.
        holder: The mapping that holds it; None where the file itself is the list.
        slots: Its items.
        is_single: Whether it is written as one item, without a list.
        is_changed: Whether it must be written anew.
    """

    file: str
    holder: Slot | Root
    key: str
    slots: list[Slot] = field(default_factory=list)
    is_single: bool = False
    is_changed: bool = False

    def insert(self, value: Plain, shorthand: str = "", after: Slot | None = None) -> Slot:
        """Insert an item behind another one of the list, else last."""
        slot = Slot(self, value, shorthand)
        place = self.slots.index(after) + 1 if after in self.slots else len(self.slots)
        self.slots.insert(place, slot)
        self.is_changed = True
        return slot

    def remove(self, slot: Slot) -> None:
        """Take an item off."""
        self.slots.remove(slot)
        self.is_changed = True

    def address_of(self, slot: Slot) -> Address:
        """Return where an item stands."""
        lead = (*self.holder.address, self.key) if self.key else self.holder.address
        return lead if self._is_alone else (*lead, self.slots.index(slot))

    @property
    def _is_alone(self) -> bool:
        """Whether its one item stands without a list, as a text may, and a file's one marker."""
        is_one = self.is_single and len(self.slots) == 1
        return is_one and (not self.key or isinstance(self.slots[0].value, str))

    def settle(self) -> None:
        """Write it into what holds it, if it changed."""
        if not self.is_changed:
            return
        values: list[Plain] = [slot.value for slot in self.slots]
        value = values[0] if self._is_alone else values
        if not self.key:
            self.holder.value = value
            return
        item = self.holder.item
        if values:
            put(item, (self.key,), value, Touchpoint.keys() if self.key == "next" else ())
        else:
            item.pop(self.key, None)
        self.holder.keep(item)


@dataclass(eq=False)
class Root:
    """What a file says as a whole.

    Attributes:
        value: What it says; None for a file that isn't there yet.
        was: What it said.
    """

    file: str
    value: Plain
    was: Plain

    @property
    def address(self) -> Address:
        """Where it stands."""
        return ()

    @property
    def item(self) -> Item:
        """What it says as a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def keep(self, item: Item) -> None:
        """Let it say what ``item`` does."""
        self.value = item


class Manuscript:
    """A workspace's files, with every item that they declare.

    Attributes:
        roots: What each file says, by name.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.roots: dict[str, Root] = {}
        self._listings: dict[tuple[str, str], list[Listing]] = {}
        for file in sorted(files):
            node = read(files[file], file).root
            if node is not None:
                self.roots[file] = Root(file, plain(node), plain(node))
        self._charter = self.roots.setdefault(CHARTER_FILE, Root(CHARTER_FILE, None, None))
        for what in ("values", "channels", "stages", "segments"):
            self._add_list(what, "", self._charter, what)
        for what, lead in (("markers", MARKERS), ("rules", RULES_FILE)):
            self._add_list(what, "", self._charter, what)
            for file, root in self.roots.items():
                if file.startswith(lead):
                    self._add_list(what, "", root, "")
        for root in list(self.roots.values()):
            if root.file == WAIVERS_FILE:
                self._add_list("waivers", "", root, "")
            if root.file.startswith(JOURNEYS):
                self._add_journey(root)
            elif root.file.startswith(PLANS):
                self._add_list("actions", str(root.item.get("plan", "")), root, "actions")

        self._declared = {what: self._ids(what) for what in ("channels", "segments")}

    def ids(self, what: str) -> tuple[str, ...]:
        """Return the ids of channels or segments, also of those that have been taken off."""
        return tuple(dict.fromkeys([*self._declared[what], *self._ids(what)]))

    def _ids(self, what: str) -> list[str]:
        return [id_of(slot) for slot in self.slots(what)]

    def _add_journey(self, root: Root) -> None:
        journey = str(root.item.get("journey", ""))
        self._add_list("outcomes", journey, root, "outcomes")
        touchpoints = self._add_list("touchpoints", journey, root, "touchpoints")
        for slot in touchpoints.slots:
            self.lead_on(journey, slot)

    def lead_on(self, journey: str, touchpoint: Slot) -> None:
        """Know the ways that leave a touchpoint."""
        self._add_list("next", f"{journey}/{id_of(touchpoint)}", touchpoint, "next")

    def _add_list(self, what: str, group: str, holder: Slot | Root, key: str) -> Listing:
        file = holder.file if isinstance(holder, Root) else holder.listing.file
        value = found(holder.item, (key,)) if key else holder.value
        listing = Listing(
            file, holder, key, is_single=value is not None and not isinstance(value, list)
        )
        shorthand = "to" if what == "next" else ""
        listing.slots = [Slot(listing, each, shorthand) for each in as_list(value)]
        self._listings.setdefault((what, group), []).append(listing)
        return listing

    def listings(self, what: str, group: str = "") -> list[Listing]:
        """Return the lists of something, in the order that the workspace reads them."""
        return self._listings.get((what, group), [])

    def charter(self) -> Root:
        """Return what charter.yaml says."""
        return self._charter

    def journeys(self) -> dict[str, Root]:
        """Return the files of journeys by the journeys' ids."""
        roots = self.roots.values()
        return {str(r.item.get("journey")): r for r in roots if r.file.startswith(JOURNEYS)}

    def plans(self) -> dict[str, Root]:
        """Return the files of plans by the plans' ids."""
        roots = self.roots.values()
        return {str(r.item.get("plan")): r for r in roots if r.file.startswith(PLANS)}

    def begin(self, folder: str, key: str, identifier: str) -> Root:
        """Return the file of a journey or plan that isn't there yet."""
        file = f"{folder}{identifier}.yaml"
        number = 2
        while file in self.roots:
            file = f"{folder}{identifier}-{number}.yaml"
            number += 1
        root = Root(file, {key: identifier}, None)
        self.roots[file] = root
        if folder == JOURNEYS:
            self._add_journey(root)
        else:
            self._add_list("actions", identifier, root, "actions")
        return root

    def slots(self, what: str, group: str = "") -> Iterator[Slot]:
        """Yield the items of something."""
        for listing in self.listings(what, group):
            yield from listing.slots

    def ways(self, journey: str, touchpoint: str) -> Iterator[tuple[Key, Slot]]:
        """Yield the ways that leave a touchpoint, those to the same one told apart by number."""
        met: Counter[str] = Counter()
        for slot in self.slots("next", f"{journey}/{touchpoint}"):
            to = str(slot.item.get("to", ""))
            met[to] += 1
            yield (journey, touchpoint, to, str(met[to])), slot

    def settle(self) -> None:
        """Write each list that changed into what holds it, the innermost first."""
        inner: list[Listing] = []
        outer: list[Listing] = []
        for (what, _), listings in self._listings.items():
            (inner if what == "next" else outer).extend(listings)
        for listing in (*inner, *outer):
            listing.settle()

    def changed(self) -> Iterator[Root]:
        """Yield the files that say something else than they did, once all is settled."""
        for root in self.roots.values():
            if root.file == CHARTER_FILE and root.was is None and root.value is not None:
                root.value = {"charter": FORMAT, **root.item}
            if root.value is not None and not is_same(root.value, root.was):
                yield root


def written_anew(root: Root, files: Mapping[str, bytes]) -> bytes:
    """Return a file's content with what ``root`` says now, the rest of it as it was.

    Raises:
        CannotEdit: It can't be changed safely.
    """
    return rewritten(files.get(root.file, b""), root.value, root.file)


def id_of(slot: Slot) -> str:
    """Return the id of an item; empty where it has none."""
    return str(slot.item.get("id", ""))
