"""Importing the files of other tools into a workspace."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePath

from charter.checker import Checked
from charter.compare import Comparison
from charter.messages import Speaker
from charter.usecases.check import check_folder
from charter.usecases.exporting import UnknownEnding
from charter.usecases.save import save_changes
from charter.workspace import (
    InvalidWorkspace,
    Workspace,
    folder_files,
    read_files,
    read_in_part,
    told_name,
)
from journeys.formats.notes import Note
from journeys.source import SIZE_LIMIT, Position, Problem

FORMATS: Mapping[str, str] = {
    ".bpmn": "bpmn",
    ".xlsx": "sheets",
    ".csv": "sheets",
    ".zip": "sheets",
    "": "sheets",
    ".mermaid": "mermaid",
    ".mmd": "mermaid",
}
"""What is read, by the ending of the file's name; nothing for a folder.

A new one is a file in `charter.usecases.imports`, with a `propose`, and a line in this table.
"""


_PARTS = (".csv",)
"""Which files of a folder are read."""


class NotImported(Exception):
    """Something is wrong with what was to be imported, or with where to; nothing was written.

    Attributes:
        problems: All of it, in the order of files and lines.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: (each.position, each.reason)))
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True)
class File:
    """A file that was read, or a folder of them.

    Attributes:
        name: As people are told it.
        parts: The files of a folder that can be read, by name; None for a file.
    """

    name: str
    content: bytes
    parts: tuple[File, ...] | None = None

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return PurePath(self.name).stem

    @property
    def ending(self) -> str:
        """How its name ends, in small letters, with its dot; empty for a folder."""
        return "" if self.parts is not None else PurePath(self.name).suffix.lower()

    @property
    def start(self) -> Position:
        """Where it begins."""
        return Position(self.name, 1, 1)


@dataclass(frozen=True)
class Delivery:
    """What is to be imported, and into what.

    Attributes:
        file: The file of the other tool.
        files: The workspace's own files as they are, by name; none where there is none yet.
        workspace: What they say; None where there is none yet.
        journey: The id of the journey, where one was asked for.
        mapping: What people said about what the other tool doesn't know.
        speak: Says what is written for people, in their language.
        today: The day of the import.
    """

    file: File
    files: Mapping[str, bytes]
    workspace: Workspace | None
    journey: str | None
    mapping: File | None
    speak: Speaker
    today: datetime.date


@dataclass(frozen=True)
class Offer:
    """What importing a file would write.

    Attributes:
        changes: The new contents of files of the workspace, by name.
        beside: Files that aren't of the workspace, by their names relative to its folder; they
            are written only where there is none yet.
        notes: What couldn't be carried over, or not as it was, in the order told; see
            `charter.messages.exchange`.
        counts: Rows of numbers that say what became of everything; see there too.
        next_step: What people are to do now, by its name there; empty where it's done.
        comparison: What the changes mean, and what becomes of verdicts by them; None where that
            says less than the files themselves.
    """

    changes: Mapping[str, bytes]
    beside: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_step: str = ""
    comparison: Comparison | None = None


def propose_import(
    root: Path,
    path: Path,
    speak: Speaker,
    today: datetime.date,
    *,
    journey: str | None = None,
    mapping: Path | None = None,
) -> tuple[Delivery, Offer]:
    """Return what importing ``path`` into the workspace in ``root`` would write; nothing is.

    What it says of the workspace was checked: with the changes made, it is a valid one.

    Raises:
        UnknownEnding: No format is known by the ending of ``path``.
        NotImported: A file can't be read, isn't valid, or would be written over.
    """
    ending = "" if path.is_dir() else path.suffix.lower()
    # What isn't there is told as such: nobody can say whether a file or a folder was meant.
    is_known = ending in FORMATS and (ending or path.is_dir())
    if not is_known and os.path.lexists(path):
        raise UnknownEnding(ending, filter(None, FORMATS))
    problems: list[Problem] = []
    read = [_read(each, problems) for each in (path, mapping) if each is not None]
    files, workspace = _workspace_in(root, problems)
    if problems:
        raise NotImported(problems)
    said = read[1] if mapping else None
    delivery = Delivery(read[0], files, workspace, journey, said, speak, today)
    offer: Offer = import_module(f"charter.usecases.imports.{FORMATS[ending]}").propose(delivery)
    for name in offer.beside:
        if os.path.lexists(root / name):
            raise NotImported([Problem("CH001", "is-there", Position(name, 1, 1))])
    try:
        read_files({**files, **offer.changes})
    except InvalidWorkspace as invalid:
        raise NotImported(invalid.problems) from None
    return delivery, offer


def write_offer(root: Path, delivery: Delivery, offer: Offer) -> Checked | None:
    """Write what was offered, all of it or nothing, and return what a check says of the result.

    None where there is no workspace, but only what is to be completed first.

    Raises:
        store.Conflicted: Somebody else changed the same files meanwhile. Nothing was written.
        store.CannotSave: The files can't be written. Nothing was.
        OSError: A file beside the workspace, or its folder, can't be written, or is there by now.
            Nothing was written.
    """
    root.mkdir(parents=True, exist_ok=True)
    started_from = {name: delivery.files.get(name) for name in offer.changes}
    with contextlib.ExitStack() as undoing:
        for name, content in offer.beside.items():
            _write_new(root / name, content)
            undoing.callback((root / name).unlink)
        if offer.changes:
            save_changes(root, offer.changes, started_from)
        undoing.pop_all()
    return check_folder(root, delivery.today) if delivery.files or offer.changes else None


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that isn't there, wholly or not at all.

    Raises:
        OSError: It is there, or can't be written.
    """
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _read(path: Path, problems: list[Problem]) -> File:
    """Return a file; why it can't be read goes to ``problems``."""
    name = told_name(os.fsencode(path))
    start = Position(name, 1, 1)
    try:
        size = path.stat().st_size
        if path.is_dir():
            found = [each for each in sorted(path.iterdir()) if each.suffix.lower() in _PARTS]
            return File(name, b"", tuple(_read(each, problems) for each in found))
        if not path.is_file():
            problems.append(Problem("CH001", "not-a-file", start))
        elif size > SIZE_LIMIT:
            limit = {"limit": SIZE_LIMIT // (1024 * 1024)}
            problems.append(Problem("CH001", "too-large", start, limit))
        else:
            return File(name, path.read_bytes())
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        problems.append(Problem("CH001", "unreadable", start, detail))
    return File(name, b"")


def _workspace_in(
    root: Path, problems: list[Problem]
) -> tuple[Mapping[str, bytes], Workspace | None]:
    """Return the files of the workspace in ``root``, and what they say; nothing where none is.

    What is wrong with them goes to ``problems``: nothing is imported into what can't be checked.
    """
    if not os.path.lexists(root):
        return {}, None
    try:
        files, unread = folder_files(root)
        if unread:
            raise read_in_part(files, unread)
        return files, read_files(files) if files else None
    except InvalidWorkspace as invalid:
        problems += invalid.problems
        return {}, None
