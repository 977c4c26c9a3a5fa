"""Renaming what has an id, with every reference to it.

Where an id is declared under another name, reading the files again tells each place that still
names the old one. So whatever may refer to ids is found, in keys as well as in values, and
nothing that only looks like the id is touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from charter.brand import ROLE_WORDS
from charter.workspace import (
    BASELINE_FILE,
    CHARTER_FILE,
    RULES_FILE,
    InvalidWorkspace,
    read_files,
)
from journeys.content import Naming
from journeys.document import closest
from journeys.edit import (
    Address,
    CannotEdit,
    Edit,
    InsertItem,
    RenameKey,
    SetValue,
    address_at,
    edited,
    nodes_to,
)
from journeys.shortcut import is_id
from journeys.source import Block, Items, Node, Position, Problem, Text, read

IN_CHARTER = ("channel", "stage", "segment", "value", "marker", "rule")
"""What the charter declares, each under its plural."""
IN_JOURNEYS = ("touchpoint", "outcome")
"""What each journey declares for itself, under its plural; rules know them all together."""
THINGS = (*IN_CHARTER, "journey", *IN_JOURNEYS)
"""What has an id that may be renamed."""

_WORDS_OF_RULES = {"marker": ROLE_WORDS, "value": ("every",), "channel": ("any",)}
"""Words that stand for more than one of them wherever ids are listed."""


@dataclass(frozen=True)
class Renaming:
    """What is to be called otherwise.

    Attributes:
        what: One of `THINGS`.
        journey: The id of the journey that a touchpoint or outcome is of; None for all else.
    """

    what: str
    old: str
    new: str
    journey: str | None = None

    def naming_in(self, journey: str | None) -> Naming:
        """Return what things are called then in a journey; in none of them for None."""
        is_there = self.journey in (None, journey)

        def named(what: str, identifier: str) -> str:
            is_meant = is_there and (what, identifier) == (self.what, self.old)
            return self.new if is_meant else identifier

        return named


def renamed(files: Mapping[str, bytes], renaming: Renaming) -> dict[str, bytes]:
    """Return the files of a workspace that a renaming changes, by name.

    A touchpoint or outcome is renamed in its journey alone. Where a rule that names it speaks of
    other journeys too, in which the old id stays, the new one is written beside it. What the
    baseline accepts stays accepted.

    Raises:
        InvalidWorkspace: The files aren't a valid workspace as they are.
        CannotEdit: There is nothing of that id, the new one can't be used, or what refers to it
            can't be told apart or changed.
    """
    baseline = read_files(files).baseline
    work = _Work(files, renaming)
    work.refuse_unfit()
    changed = work.changed()
    if baseline is not None:
        carried_on = baseline.renamed(renaming.naming_in)
        if carried_on.fingerprints != baseline.fingerprints:
            changed[BASELINE_FILE] = carried_on.text().encode()
    try:
        read_files({**files, **changed})
    except InvalidWorkspace as invalid:
        raise CannotEdit(invalid.problems[0]) from None
    return changed


@dataclass(frozen=True)
class _Place:
    file: str
    address: Address


@dataclass
class _Work:
    """A renaming on its way.

    Attributes:
        roots: What each file says.
    """

    files: Mapping[str, bytes]
    renaming: Renaming
    roots: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for file, content in self.files.items():
            root = read(content, file).root
            if root is not None:
                self.roots[file] = root

    def refuse_unfit(self) -> None:
        """Raise `CannotEdit` if there is no such id, or the new one can't be used."""
        what, old, new = self.renaming.what, self.renaming.old, self.renaming.new
        found = self._declared(old, self.renaming.journey)
        position = Position(CHARTER_FILE, 1, 1)
        if not found:
            known = sorted(set(self._declared_ids(self.renaming.journey)))
            told = {"what": what, "id": old, "suggestion": closest(old, known), "known": known}
            raise CannotEdit(Problem("CH002", "unknown-id", position, told))
        position = self._position(found[0])
        if not is_id(new):
            raise CannotEdit(Problem("CH001", "bad-id", position, {"value": new}))
        for word in (old, new):
            if word in _WORDS_OF_RULES.get(what, ()):
                raise CannotEdit(Problem("CH001", "word-of-rules", position, {"id": word}))
        if taken := self._declared(new, self.renaming.journey):
            at = self._position(taken[0])
            where = {"what": what, "id": new, "file": at.file, "line": at.line}
            raise CannotEdit(Problem("CH001", "repeated-id", position, where))

    def changed(self) -> dict[str, bytes]:
        """Return each file that changes, with the old id replaced wherever it is meant."""
        edits: defaultdict[str, list[Edit]] = defaultdict(list)
        for place in self._declared(self.renaming.old, self.renaming.journey):
            edits[place.file].append(SetValue(place.address, self.renaming.new))
        for place, is_key in self._references():
            edit = self._edit(place, is_key=is_key)
            if edit is not None:
                edits[place.file].append(edit)
        return {file: self._edited(file, made) for file, made in edits.items()}

    def _edited(self, file: str, edits: list[Edit]) -> bytes:
        # What leads to another place is changed after it, and lists grow from their ends.
        order = sorted(edits, key=lambda e: (isinstance(e, InsertItem), len(e.address)))
        keys = [edit for edit in order if isinstance(edit, RenameKey)]
        others = [edit for edit in order if not isinstance(edit, RenameKey)]
        return edited(self.files[file], [*others, *reversed(keys)], file)

    def _references(self) -> Iterator[tuple[_Place, bool]]:
        """Yield each place that names the old id, and whether it is a key there."""
        everywhere = dict(self.files)
        for file in self.files:
            edits = [
                SetValue(place.address, self.renaming.new)
                for place in self._declared(self.renaming.old, None)
                if place.file == file
            ]
            if edits:
                everywhere[file] = edited(self.files[file], edits, file)
        try:
            read_files(everywhere)
        except InvalidWorkspace as invalid:
            for problem in invalid.problems:
                if self._is_of_old_id(problem):
                    yield self._found(problem.position, everywhere)

    def _is_of_old_id(self, problem: Problem) -> bool:
        told = problem.parameters
        return (problem.reason, told.get("what"), told.get("id")) == (
            "unknown-id",
            self.renaming.what,
            self.renaming.old,
        )

    def _found(self, position: Position, files: Mapping[str, bytes]) -> tuple[_Place, bool]:
        root = read(files[position.file], position.file).root
        found = address_at(root, position) if root is not None else None
        if found is None:
            raise CannotEdit(Problem("CH001", "no-safe-span", position))
        return _Place(position.file, found[0]), found[1]

    def _edit(self, place: _Place, *, is_key: bool) -> Edit | None:
        """Return what becomes of a reference; None where it means something else."""
        new = self.renaming.new
        if is_key:
            return RenameKey(place.address, new)
        others = self._other_journeys(place)
        if others is None:
            return None
        if any(self._declared(new, journey) for journey in others):
            told = {"what": self.renaming.what, "id": new}
            raise CannotEdit(Problem("CH001", "meant-elsewhere", self._position(place), told))
        if not any(self._declared(self.renaming.old, journey) for journey in others):
            return SetValue(place.address, new)
        last = place.address[-1]
        if isinstance(last, int):
            return InsertItem((*place.address[:-1], last + 1), new)
        return SetValue(place.address, [self.renaming.old, new])

    def _other_journeys(self, place: _Place) -> set[str] | None:
        """Return the other journeys that a place speaks of; None if not of the one meant."""
        if self.renaming.journey is None:
            return set()
        spoken_of = {str(name) for _, name in self._journeys()}
        root = self.roots[place.file]
        for holder in nodes_to(root, place.address):
            for key in ("journey", "journeys"):
                named = holder.get(key) if isinstance(holder, Block) else None
                if isinstance(named, Items):
                    spoken_of &= {str(name) for name in named}
                elif isinstance(named, Text) and not named.is_blank:
                    spoken_of &= {str(named)}
        return spoken_of - {self.renaming.journey} if self.renaming.journey in spoken_of else None

    def _position(self, place: _Place) -> Position:
        return nodes_to(self.roots[place.file], place.address)[-1].position

    # Where things are declared.

    def _declared(self, name: str, journey: str | None) -> list[_Place]:
        """Return where an id is declared, in one journey or in all."""
        return [place for place, written in self._declarations(journey) if written == name]

    def _declared_ids(self, journey: str | None) -> list[str]:
        return [written for _, written in self._declarations(journey)]

    def _declarations(self, journey: str | None) -> Iterator[tuple[_Place, str]]:
        what = self.renaming.what
        if what == "journey":
            for file, name in self._journeys():
                yield _Place(file, ("journey",)), str(name)
        elif what in IN_JOURNEYS:
            for file, name in self._journeys():
                if journey in (None, name):
                    yield from _of_journey(file, self.roots[file], what)
        else:
            yield from _of_list(CHARTER_FILE, self.roots[CHARTER_FILE], f"{what}s")
            for file, root in self.roots.items():
                if _holds_more(file, what):
                    yield from _of_items(file, root, ())

    def _journeys(self) -> Iterator[tuple[str, Text]]:
        for file, root in self.roots.items():
            name = root.get("journey") if isinstance(root, Block) else None
            if file.startswith("journeys/") and isinstance(name, Text):
                yield file, name


def _holds_more(file: str, what: str) -> bool:
    """Return whether a file holds a part of what the charter declares."""
    return (
        file == RULES_FILE if what == "rule" else what == "marker" and file.startswith("markers/")
    )


def _of_journey(file: str, root: Node, what: str) -> Iterator[tuple[_Place, str]]:
    declared = list(_of_list(file, root, f"{what}s"))
    yield from declared
    touchpoints = root.get("touchpoints") if isinstance(root, Block) else None
    if what == "outcome" and not declared and isinstance(touchpoints, Items):
        # Those that nobody declares are those that exits name.
        for index, touchpoint in enumerate(touchpoints):
            if isinstance(touchpoint, Block) and isinstance(touchpoint.get("exit"), Text):
                yield _Place(file, ("touchpoints", index, "exit")), str(touchpoint["exit"])


def _of_list(file: str, root: Node, key: str) -> Iterator[tuple[_Place, str]]:
    if isinstance(root, Block) and key in root:
        yield from _of_items(file, root[key], (key,))


def _of_items(file: str, node: Node, address: Address) -> Iterator[tuple[_Place, str]]:
    if isinstance(node, Block) and isinstance(node.get("id"), Text):
        yield _Place(file, (*address, "id")), str(node["id"])
    elif isinstance(node, Items):
        for index, item in enumerate(node):
            if isinstance(item, Block):
                yield from _of_items(file, item, (*address, index))
