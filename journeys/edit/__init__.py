"""Changes to a YAML file that touch nothing but what they mean to change.

Comments, blank lines, quotation marks, order and line ends outside the changed span stay as they
are, byte for byte. `edited` makes changes named one by one; `rewritten` finds the smallest ones
that make a file mean something. Both read what they made before they return it: a change that
can't be made safely is refused with the reason (`CannotEdit`), and nothing is returned.

What belongs to an item, and goes where it goes, is said in `journeys.edit.parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from journeys.edit.composing import composed
from journeys.edit.draft import Draft
from journeys.edit.matching import become
from journeys.edit.parts import NoSafeSpan, Page
from journeys.edit.spans import LINE_BREAKS, spans
from journeys.edit.typesetting import ROOT, Manner
from journeys.plain import Plain, is_same, plain
from journeys.source import Block, Document, Items, Node, Position, Problem, Text, read

Address: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a file: the keys and the places in lists that lead to it, from 0."""


@dataclass(frozen=True)
class SetValue:
    """Make what is written at ``address`` mean ``value``, with the smallest changes to it."""

    address: Address
    value: Plain


@dataclass(frozen=True)
class AddKey:
    """Write a key that isn't there yet, the last of ``address``: ``before`` another, or last."""

    address: Address
    value: Plain
    before: str | None = None


@dataclass(frozen=True)
class RenameKey:
    """Write ``key`` in place of the last key of ``address``."""

    address: Address
    key: str


@dataclass(frozen=True)
class InsertItem:
    """Insert an item into a list, at the place that ``address`` ends with.

    A place as great as the list is long is behind its last item.
    """

    address: Address
    value: Plain


@dataclass(frozen=True)
class MoveItem:
    """Move the item at ``address`` to another place of its list."""

    address: Address
    to: int


@dataclass(frozen=True)
class Remove:
    """Take off a key with its value, or an item of a list."""

    address: Address


Edit: TypeAlias = SetValue | AddKey | RenameKey | InsertItem | MoveItem | Remove


class CannotEdit(Exception):
    """A change that can't be made safely; nothing was changed.

    Attributes:
        problem: Why, and where in the file as it is.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.position}: {problem.reason}")
        self.problem = problem


def written(value: Plain) -> bytes:
    """Return a new file that means ``value``.

    Raises:
        CannotEdit: No file can mean it.
    """
    return rewritten(b"", value)


def edited(content: bytes, edits: Iterable[Edit], file: str = "") -> bytes:
    """Return ``content``, the bytes of a file, with ``edits`` made one after the other.

    Each edit's address is that in the file as the edits before have left it.

    Raises:
        CannotEdit: One can't be made: there is no such place, the file has problems of its own,
            or what it is written like leaves no safe span.
    """
    sheet = _Sheet(content, file)
    if sheet.draft is None:
        raise CannotEdit(sheet.document.problems[0])
    for edit in edits:
        try:
            _make(sheet.draft, edit)
        except _NoSuchPlace:
            place = "/".join(map(str, edit.address))
            position = sheet.position_of(edit.address)
            problem = Problem("CH001", "no-such-place", position, {"place": place})
            raise CannotEdit(problem) from None
    return sheet.content()


def rewritten(content: bytes, wanted: Plain, file: str = "") -> bytes:
    """Return ``content``, the bytes of a file, with the smallest edits that make it ``wanted``.

    Items of lists are known by what they name (`journeys.edit.matching`), so one that stands
    elsewhere has moved, with its comments. So has a key that stands elsewhere: the channels of a
    touchpoint count in their order.

    Raises:
        CannotEdit: See `edited`.
    """
    sheet = _Sheet(content, file)
    if sheet.draft is None:
        return sheet.begun(wanted)
    become(sheet.draft, wanted)
    return sheet.content()


def nodes_to(root: Node, address: Address) -> list[Node]:
    """Return the values that lead to ``address``, that there included, as far as they go."""
    nodes = [root]
    for step in address:
        node = nodes[-1]
        if isinstance(node, Block) and isinstance(step, str) and step in node:
            nodes.append(node[step])
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            nodes.append(node[step])
        else:
            break
    return nodes


def address_at(root: Node, position: Position) -> tuple[Address, bool] | None:
    """Return the address of the scalar that begins at ``position``, and whether it is a key.

    None if none does.
    """
    if isinstance(root, Text):
        return ((), False) if root.position == position else None
    steps: Iterable[tuple[str | int, Node]] = (
        root.items() if isinstance(root, Block) else enumerate(root)
    )
    for step, value in steps:
        if isinstance(step, Text) and step.position == position:
            return (str(step),), True
        found = address_at(value, position)
        if found is not None:
            return (str(step) if isinstance(step, str) else step, *found[0]), found[1]
    return None


class _Sheet:
    """A file that is being edited."""

    def __init__(self, content: bytes, file: str) -> None:
        self.before = content
        self.start = Position(file, 1, 1)
        self.document = read(content, file)
        problems = self.document.problems
        is_empty = [problem.reason for problem in problems] == ["empty-file"]
        if problems and not is_empty:
            raise CannotEdit(problems[0])
        self.root = None if is_empty else spans(self.document.text)
        self.draft = Draft.of(self.root) if self.root else None

    def content(self) -> bytes:
        """Return the file with what its draft means.

        Raises:
            CannotEdit: It can't mean that, or not safely.
        """
        if self.root is None or self.draft is None:
            raise AssertionError("an empty file has no draft")
        try:
            text = composed(self.document.text, self.root, self.draft)
        except NoSafeSpan as unsafe:
            line, column = Page(self.document.text).line_and_column(unsafe.offset)
            position = Position(self.document.file, line + 1, column + 1)
            raise CannotEdit(Problem("CH001", "no-safe-span", position)) from None
        meant = self.draft.plain()
        if text.endswith(LINE_BREAKS):
            return self._read_again(text, meant)
        try:
            return self._read_again(text, meant)
        except CannotEdit:
            # Lines of text that have come to stand last need the last of them ended.
            return self._read_again(text + Page(self.document.text).line_break, meant)

    def begun(self, value: Plain) -> bytes:
        """Return the file, in which nothing but comments is written, with ``value`` behind them."""
        text = self.document.text
        manner = Manner(Page(text).line_break)
        lead = text if not text or text.endswith("\n") else text + manner.line_break
        typeset = manner.typeset(value, ROOT, ())
        return self._read_again(f"{lead}{typeset.text}{manner.line_break}", value)

    def _read_again(self, text: str, meant: Plain) -> bytes:
        encoded = text.encode("utf-8", errors="surrogatepass")
        # What was there before the text, and isn't text, is its byte order mark.
        mark = self.before[: len(self.before) - len(self.document.text.encode())]
        document = read(mark + encoded, self.document.file)
        if document.problems or document.root is None or not is_same(plain(document.root), meant):
            raise CannotEdit(self._refusal(document, meant))
        return mark + encoded

    def _refusal(self, made: Document, meant: Plain) -> Problem:
        """Return why what was made isn't good: a limit, or that it means something else."""
        for problem in made.problems:
            if problem.reason in ("too-large", "too-deep", "too-many-nodes"):
                return Problem("CH001", problem.reason, self.start, problem.parameters)
        address = _difference(plain(made.root), meant) if made.root is not None else ()
        return Problem("CH001", "no-safe-span", self.position_of(address))

    def position_of(self, address: Address) -> Position:
        """Return where the value at ``address`` begins in the file, or what holds it."""
        root = self.document.root
        return nodes_to(root, address)[-1].position if root is not None else self.start


def _difference(one: Plain, other: Plain) -> Address:
    """Return where two values that aren't equal differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        differences = ((k, v) for k, v in one.items() if v != other[k])
        return next(((k, *_difference(v, other[k])) for k, v in differences), ())
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return next((i, *_difference(a, b)) for i, (a, b) in pairs if a != b)
    return ()


class _NoSuchPlace(Exception):
    """An edit speaks of a place that isn't there, or is there already."""


def _make(root: Draft, edit: Edit) -> None:
    """Make an edit.

    Raises:
        _NoSuchPlace: See there.
    """
    if isinstance(edit, SetValue):
        become(_at(root, edit.address), edit.value)
        return
    if not edit.address:
        raise _NoSuchPlace
    held, last = _at(root, edit.address[:-1]).opened(), edit.address[-1]
    if isinstance(held, dict) and isinstance(last, str):
        _make_in_mapping(held, last, edit)
    elif isinstance(held, list) and isinstance(last, int):
        _make_in_list(held, last, edit)
    else:
        raise _NoSuchPlace


def _at(root: Draft, address: Address) -> Draft:
    draft = root
    for step in address:
        held = draft.opened()
        if isinstance(held, dict) and isinstance(step, str) and step in held:
            draft = held[step]
        elif isinstance(held, list) and isinstance(step, int) and 0 <= step < len(held):
            draft = held[step]
        else:
            raise _NoSuchPlace
    return draft


def _make_in_mapping(held: dict[str, Draft], key: str, edit: Edit) -> None:
    entries = list(held.items())
    match edit:
        case Remove() if key in held:
            entries = [entry for entry in entries if entry[0] != key]
        case RenameKey(key=name) if key in held and (name not in held or name == key):
            entries = [(name if k == key else k, draft) for k, draft in entries]
        case AddKey(value=value, before=before) if key not in held and (
            before is None or before in held
        ):
            place = len(entries) if before is None else list(held).index(before)
            entries.insert(place, (key, Draft.new(value)))
        case _:
            raise _NoSuchPlace
    held.clear()
    held.update(entries)


def _make_in_list(held: list[Draft], place: int, edit: Edit) -> None:
    match edit:
        case Remove() if 0 <= place < len(held):
            del held[place]
        case InsertItem(value=value) if 0 <= place <= len(held):
            held.insert(place, Draft.new(value))
        case MoveItem(to=to) if 0 <= place < len(held) and 0 <= to < len(held):
            held.insert(to, held.pop(place))
        case _:
            raise _NoSuchPlace
