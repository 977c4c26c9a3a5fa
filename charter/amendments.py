"""Changes of a workspace by what they mean: a field said otherwise, a touchpoint added, a tag.

Amendments are values. `amended` makes them in the files of a workspace and returns the files that
change; comments, order and formatting outside of what changes stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from charter.brand import Charter, Expression, Marker
from charter.items import Item, Path, as_list, drop, found, put
from charter.manuscript import JOURNEYS, PLANS, Listing, Manuscript, Root, Slot, id_of, written_anew
from charter.workspace import WAIVERS_FILE
from journeys.document import slug
from journeys.model import Journey, Touchpoint
from journeys.plain import Plain
from journeys.shortcut import LONGEST_ID

_ORDERS: Mapping[str, tuple[str, ...]] = {
    "charter": Charter.keys(),
    "marker": Marker.keys(),
    "journey": Journey.keys(),
    "touchpoint": Touchpoint.keys(),
}
"""The order that keys are usually written in."""


@dataclass(frozen=True)
class Place:
    """Something that a workspace declares.

    Attributes:
        what: ``charter``, ``value``, ``channel``, ``stage``, ``segment``, ``marker``, ``rule``,
            ``journey``, ``outcome``, ``touchpoint``, ``plan`` or ``action``.
        id: Its id; empty for the charter.
        within: The journey of a touchpoint or outcome; the plan of an action.
    """

    what: str
    id: str = ""
    within: str = ""


CHARTER = Place("charter")


class NoSuchPlace(Exception):
    """What is to be amended isn't there, or not any more.

    Attributes:
        place: It.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(f"{place.what} {place.id}")
        self.place = place


class Amendment(Protocol):
    """A change of what a workspace says."""

    def make(self, manuscript: Manuscript) -> None:
        """Make it.

        Raises:
            NoSuchPlace: What it changes isn't there.
        """


def amended(files: Mapping[str, bytes], amendments: Iterable[Amendment]) -> dict[str, bytes]:
    """Return the files of a workspace that amendments change, by name, made one after another.

    Whether the workspace is a valid one then isn't looked at.

    Raises:
        NoSuchPlace: What one of them changes isn't there.
        CannotEdit: A file can't be changed safely.
    """
    manuscript = Manuscript(files)
    for amendment in amendments:
        amendment.make(manuscript)
        manuscript.settle()
    changes = {root.file: written_anew(root, files) for root in manuscript.changed()}
    return {file: content for file, content in changes.items() if content != files.get(file)}


@dataclass(frozen=True)
class Put:
    """Say something in a field; None takes the field off.

    Attributes:
        path: The keys that lead to it: ``("expressions", "store")``.
    """

    place: Place
    path: Path
    value: Plain

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        holder = _holder(manuscript, self.place)
        item = holder.item
        if self.value is None:
            drop(item, self.path)
        else:
            put(item, self.path, self.value, _ORDERS.get(self.place.what, ()))
        holder.keep(item)


@dataclass(frozen=True)
class Say:
    """Say a text, in one language where it is said by language. Nothing takes it off.

    Attributes:
        spoken: The language that a text is in that isn't said by language, so that it is from now
            on; it stays one text for all languages where this is empty.
    """

    place: Place
    path: Path
    language: str
    text: str
    spoken: str = ""

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        was = found(_holder(manuscript, self.place).item, self.path)
        value = in_language(was, self.language, self.text, self.spoken)
        Put(self.place, self.path, value).make(manuscript)


def in_language(was: Plain, language: str, text: str, spoken: str = "") -> Plain:
    """Return what words say once they say ``text`` in a language; None for nothing. See `Say`."""
    text = text.strip()
    if not isinstance(was, dict):
        if not spoken or not text or language == spoken or not isinstance(was, str):
            return text or None
        return {spoken: was, language: text}
    said = {**was, language: text}
    if not text:
        del said[language]
    return said or None


@dataclass(frozen=True)
class Add:
    """Declare something, behind what ``after`` names where it is there, else last.

    Attributes:
        item: What it says; its ``id`` must be free.
    """

    place: Place
    item: Mapping[str, Plain] = field(default_factory=dict)
    after: str = ""

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        place, item = self.place, {"id": self.place.id, **self.item}
        if place.what in ("journey", "plan"):
            root = manuscript.begin(_folder_of(place), place.what, place.id)
            root.keep({**root.item, **self.item})
            return
        listings = _listings(manuscript, place)
        if not listings:
            raise NoSuchPlace(Place(_holder_of(place), place.within))
        last = next((s for each in listings for s in each.slots if id_of(s) == self.after), None)
        listing = next((each for each in listings if last in each.slots), None)
        slot = (listing or _longest(listings)).insert(item, after=last)
        if place.what == "touchpoint":
            manuscript.lead_on(place.within, slot)


@dataclass(frozen=True)
class Introduce:
    """Declare something unless it is there; if it is, its lists get what they don't hold yet."""

    place: Place
    item: Mapping[str, Plain] = field(default_factory=dict)

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        try:
            there = _holder(manuscript, self.place).item
        except NoSuchPlace:
            Add(self.place, self.item).make(manuscript)
            return
        for key, value in self.item.items():
            held = as_list(there.get(key))
            if isinstance(value, list) and (new := [each for each in value if each not in held]):
                Put(self.place, (key,), [*held, *new]).make(manuscript)


@dataclass(frozen=True)
class Take:
    """Take something off; transitions to a touchpoint, too. What else names it is left."""

    place: Place

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        slot = _slot(manuscript, self.place)
        slot.listing.remove(slot)
        if self.place.what == "touchpoint":
            for way in _ways_to(manuscript, self.place.within, self.place.id):
                way.listing.remove(way)


@dataclass(frozen=True)
class Move:
    """Put something behind another of its kind in the same list; first, where that is empty."""

    place: Place
    after: str

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        slot = _slot(manuscript, self.place)
        listing = slot.listing
        others = [each for each in listing.slots if each is not slot]
        names = [id_of(each) for each in others]
        place = names.index(self.after) + 1 if self.after in names else 0
        others.insert(place, slot)
        listing.slots[:] = others
        listing.is_changed = True


@dataclass(frozen=True)
class Duplicate:
    """Add a touchpoint that says what another does, right behind it, as ``id``.

    Nothing leads to it yet, and no path begins there.
    """

    place: Place
    id: str
    name: Plain = None

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        item = dict(_slot(manuscript, self.place).item)
        for key in ("id", "name", "entry", "arrives"):
            item.pop(key, None)
        named: Item = {"name": self.name} if self.name else {}
        copy = Place("touchpoint", self.id, self.place.within)
        Add(copy, {**named, **item}, self.place.id).make(manuscript)


@dataclass(frozen=True)
class Tag:
    """Tag a touchpoint with a marker, or take the tag off where ``says`` is None.

    Attributes:
        says: What the tag says beside the marker: ``segments``, ``how``, ``status``, ``evidence``;
            what it said of others of these is forgotten.
    """

    place: Place
    marker: str
    says: Mapping[str, Plain] | None = field(default_factory=dict)

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        holder = _holder(manuscript, self.place)
        tags = as_list(found(holder.item, ("markers",)))
        places = [i for i, tag in enumerate(tags) if _marker_of(tag) == self.marker]
        kept = [tag for i, tag in enumerate(tags) if i not in places]
        if self.says is not None:
            new: Plain = {"marker": self.marker, **self.says} if self.says else self.marker
            kept.insert(places[0] if places else len(kept), new)
        Put(self.place, ("markers",), kept or None).make(manuscript)


@dataclass(frozen=True)
class Express:
    """Add a text to how a marker shows on a channel; what is said of that stays.

    Of examples, which are one text, it stands behind those that are there. An expression of one
    text alone becomes one with parts.

    Attributes:
        part: ``do``, ``dont`` or ``example``.
        text: As a file says it, by language or not.
    """

    place: Place
    channel: str
    part: str
    text: Plain

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        path = ("expressions", self.channel)
        was = found(_holder(manuscript, self.place).item, path)
        now: Item = {}
        if isinstance(was, dict) and not set(Expression.keys()).isdisjoint(was):
            now.update(was)
        elif was is not None:
            now["text"] = was
        there = now.get(self.part)
        if self.part == "example":
            put(now, (self.part,), _beside(there, self.text), Expression.keys())
        elif self.text not in as_list(there):
            put(now, (self.part,), [*as_list(there), self.text], Expression.keys())
        Put(self.place, path, now).make(manuscript)


@dataclass(frozen=True)
class Connect:
    """Lead from a touchpoint to another.

    Attributes:
        says: What the transition says beside it: ``share``, ``segments``, ``because``, ``cross``.
    """

    place: Place
    to: str
    says: Mapping[str, Plain] = field(default_factory=dict)

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        _slot(manuscript, Place("touchpoint", self.to, self.place.within))
        _slot(manuscript, self.place)
        listing = manuscript.listings("next", f"{self.place.within}/{self.place.id}")[0]
        listing.insert({"to": self.to, **self.says} if self.says else self.to, "to")


@dataclass(frozen=True)
class Lead:
    """Say in a field of a transition something else; None takes the field off.

    Attributes:
        number: Which of those between the same touchpoints is meant, from 1.
    """

    place: Place
    to: str
    path: Path
    value: Plain
    number: int = 1

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        way = _way(manuscript, self.place, self.to, self.number)
        item = dict(way.item)
        if self.value is None:
            drop(item, self.path)
        else:
            put(item, self.path, self.value)
        way.keep(item)
        if [*item] == ["to"]:
            way.value = item["to"]


@dataclass(frozen=True)
class Disconnect:
    """Take a transition off; see `Lead`."""

    place: Place
    to: str
    number: int = 1

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        way = _way(manuscript, self.place, self.to, self.number)
        way.listing.remove(way)


@dataclass(frozen=True)
class Waive:
    """List a waiver; ``item`` holds what it says."""

    item: Mapping[str, Plain]

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        root = manuscript.roots.setdefault(WAIVERS_FILE, Root(WAIVERS_FILE, None, None))
        said = root.value if isinstance(root.value, list) else []
        listings = manuscript.listings("waivers")
        if listings:
            listings[0].insert(dict(self.item))
        else:
            root.value = [*said, dict(self.item)]


@dataclass(frozen=True)
class Unwaive:
    """Take off the waiver that stands at a place of the list, from 0, and says ``item``."""

    number: int
    item: Mapping[str, Plain]

    def make(self, manuscript: Manuscript) -> None:
        """Make it."""
        slots = list(manuscript.slots("waivers"))
        if self.number >= len(slots) or slots[self.number].item != dict(self.item):
            raise NoSuchPlace(Place("waiver", str(self.number)))
        slot = slots[self.number]
        slot.listing.remove(slot)


def written_item(files: Mapping[str, bytes], place: Place) -> Item:
    """Return what something says as it is written.

    Raises:
        NoSuchPlace: It isn't there.
    """
    return _holder(Manuscript(files), place).item


def free_id(wanted: str, taken: Iterable[str], otherwise: str = "new") -> str:
    """Return an id made of a name, that isn't taken."""
    known = set(taken)
    base = (slug(wanted) or otherwise)[:LONGEST_ID]
    identifier, number = base, 2
    while identifier in known:
        ending = f"-{number}"
        identifier = base[: LONGEST_ID - len(ending)] + ending
        number += 1
    return identifier


def _holder(manuscript: Manuscript, place: Place) -> Slot | Root:
    if place.what == "charter":
        return manuscript.charter()
    if place.what in ("journey", "plan"):
        roots = manuscript.journeys() if place.what == "journey" else manuscript.plans()
        if place.id not in roots:
            raise NoSuchPlace(place)
        return roots[place.id]
    return _slot(manuscript, place)


def _slot(manuscript: Manuscript, place: Place) -> Slot:
    for listing in _listings(manuscript, place):
        for slot in listing.slots:
            if id_of(slot) == place.id:
                return slot
    raise NoSuchPlace(place)


def _listings(manuscript: Manuscript, place: Place) -> list[Listing]:
    return manuscript.listings(f"{place.what}s", place.within)


def _longest(listings: Sequence[Listing]) -> Listing:
    """Return the list that most are declared in: where one looks for another."""
    return max(listings, key=lambda each: (not each.is_single, len(each.slots)))


def _ways_to(manuscript: Manuscript, journey: str, touchpoint: str) -> list[Slot]:
    return [
        way
        for source in manuscript.slots("touchpoints", journey)
        for way in manuscript.slots("next", f"{journey}/{id_of(source)}")
        if way.item.get("to") == touchpoint
    ]


def _way(manuscript: Manuscript, place: Place, to: str, number: int) -> Slot:
    for key, slot in manuscript.ways(place.within, place.id):
        if key[2:] == (to, str(number)):
            return slot
    raise NoSuchPlace(Place("transition", to, f"{place.within}/{place.id}"))


def _marker_of(tag: Plain) -> str:
    return str(tag.get("marker")) if isinstance(tag, dict) else str(tag)


def _beside(there: Plain, text: Plain) -> Plain:
    """Return an example with another one behind it, in each language that either is in."""
    if there is None or there == text:
        return text
    if not isinstance(there, dict):
        added = [*text.values()] if isinstance(text, dict) else [text]
        return " / ".join(map(str, (there, *added)))
    by_language = text if isinstance(text, dict) else dict.fromkeys(there, text)
    return {
        language: " / ".join(
            str(each[language]) for each in (there, by_language) if each.get(language)
        )
        for language in {**there, **by_language}
    }


def _folder_of(place: Place) -> str:
    return JOURNEYS if place.what == "journey" else PLANS


def _holder_of(place: Place) -> str:
    return {"touchpoint": "journey", "outcome": "journey", "action": "plan"}.get(place.what, "")
