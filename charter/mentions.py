"""What names something that a workspace declares, told before it is taken off.

It is taken off in memory, and reading the files again tells each place that misses it: so
whatever may refer to ids is found, and nothing that only looks like the id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from charter.amendments import Amendment, Lead, Place, Put, Tag, Take, amended
from charter.items import as_list
from charter.manuscript import Manuscript
from charter.workspace import InvalidWorkspace, is_workspace_file, read_files
from journeys.edit import Address, address_at
from journeys.plain import Plain
from journeys.source import Block, Items, Node, Problem, read

_HOLDERS = {
    "markers": "marker",
    "rules": "rule",
    "touchpoints": "touchpoint",
    "outcomes": "outcome",
    "actions": "action",
    "segments": "segment",
}
"""What the items of a list are, by the key of the list."""
_FILES = {"markers/": "marker", "rules.yaml": "rule", "waivers.yaml": "waiver"}
"""What the items of a file are that is a list itself, by how its name begins."""
_WITHIN = {"journeys/": "journey", "plans/": "plan"}
"""What a file is of which something is a part."""


@dataclass(frozen=True)
class Mention:
    """Something that names what is to be taken off.

    Attributes:
        what: ``touchpoint``, ``marker``, ``rule``, ``action``, ``journey``, ``plan``, ``waiver``,
            ``outcome`` or ``charter``.
        id: Its id; of a waiver, its rule's.
        within: The journey or plan that it is a part of.
    """

    what: str
    id: str
    within: str = ""


def mentions(files: Mapping[str, bytes], place: Place) -> tuple[Mention, ...]:
    """Return what names the thing at a place, each once, in the order of files and lines.

    Raises:
        NoSuchPlace: There is no such thing.
        CannotEdit: A file can't be changed safely.
    """
    without = {**files, **amended(files, [Take(place)])}
    try:
        read_files(without)
    except InvalidWorkspace as invalid:
        missing = [problem for problem in invalid.problems if _misses(problem, place)]
        found = (_mention(problem, without) for problem in missing)
        return tuple(dict.fromkeys(found))
    return ()


def _misses(problem: Problem, place: Place) -> bool:
    told = problem.parameters
    wanted = ("unknown-id", place.what, place.id)
    return (problem.reason, told.get("what"), told.get("id")) == wanted


def _mention(problem: Problem, files: Mapping[str, bytes]) -> Mention:
    file = problem.position.file
    root = read(files[file], file).root
    found = address_at(root, problem.position) if root is not None else None
    address: Address = found[0] if found else ()
    file_is = next((what for lead, what in _FILES.items() if file.startswith(lead)), "")
    within = next((what for lead, what in _WITHIN.items() if file.startswith(lead)), "")
    group = _said(root, within) if within else ""
    what = _HOLDERS.get(str(address[0]), "") if address else ""
    if file_is:
        item = root
        if isinstance(root, Items) and address and isinstance(address[0], int):
            item = root[address[0]]
        return Mention(file_is, _said(item, "id") or _said(item, "rule"))
    if what and isinstance(root, Block) and len(address) > 1 and isinstance(address[1], int):
        holder = root[str(address[0])]
        item = holder[address[1]] if isinstance(holder, Items) else holder
        if identifier := _said(item, "id"):
            return Mention(what, identifier, group)
    return Mention(within or "charter", group)


def _said(node: Node | None, key: str) -> str:
    return str(node[key]) if isinstance(node, Block) and key in node else ""


def taking_off_marker(files: Mapping[str, bytes], marker: str) -> list[Amendment]:
    """Return what takes a marker off, with its tags on touchpoints and on passages."""
    manuscript = Manuscript({name: text for name, text in files.items() if is_workspace_file(name)})
    made: list[Amendment] = []
    for journey in manuscript.journeys():
        for slot in manuscript.slots("touchpoints", journey):
            place = Place("touchpoint", str(slot.item.get("id")), journey)
            if _is_tagged(slot.item.get("markers"), marker):
                made.append(Tag(place, marker, None))
            for key, way in manuscript.ways(journey, place.id):
                tags = way.item.get("markers")
                if _is_tagged(tags, marker):
                    kept: list[Plain] = [t for t in as_list(tags) if _marker_of(t) != marker]
                    made.append(Lead(place, key[2], ("markers",), kept or None, int(key[3])))
    return [*made, Take(Place("marker", marker))]


def taking_off_value(files: Mapping[str, bytes], value: str) -> list[Amendment]:
    """Return what takes a value off, also from the markers that make it concrete."""
    manuscript = Manuscript({name: text for name, text in files.items() if is_workspace_file(name)})
    made: list[Amendment] = []
    for slot in manuscript.slots("markers"):
        values = as_list(slot.item.get("values"))
        if value in values:
            kept: list[Plain] = [each for each in values if each != value]
            place = Place("marker", str(slot.item.get("id")))
            made.append(Put(place, ("values",), kept or None))
    return [*made, Take(Place("value", value))]


def in_the_way(found: tuple[Mention, ...], *goes_along: str) -> Iterator[Mention]:
    """Yield what must be changed first: all but what goes along, by what it is."""
    return (mention for mention in found if mention.what not in goes_along)


def _is_tagged(tags: Plain, marker: str) -> bool:
    return any(_marker_of(tag) == marker for tag in as_list(tags))


def _marker_of(tag: Plain) -> str:
    return str(tag.get("marker")) if isinstance(tag, dict) else str(tag)
