"""Printing the charter book of a folder."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from charter.book import Audience, Book, Edition, compose
from charter.book.logo import Logo, read_logo
from charter.checker import Checked
from charter.history import Commit, HistoryError, Repository
from charter.messages import Speaker
from charter.usecases.check import check_workspace, is_of_workspace, write_whole
from charter.workspace import InvalidWorkspace, Workspace, folder_files, read_folder

FORMATS: Mapping[str, str] = {".html": "html", ".pdf": "pdf", ".pptx": "slides"}
"""What prints a book, by the ending of the file's name.

A new one is a file in `charter.book` with a `render`, and a line in this table.
"""


class UnknownEnding(Exception):
    """No format is known by the ending of a file's name.

    Attributes:
        ending: That of the name, in small letters, with its dot.
        known: The endings there are.
    """

    def __init__(self, ending: str, known: Iterable[str]) -> None:
        super().__init__(ending)
        self.ending, self.known = ending, tuple(known)


class IsOfWorkspace(Exception):
    """The file to write is one of the workspace's own."""


@dataclass(frozen=True)
class Source:
    """What a book is made of.

    Attributes:
        logo: None where the brand has none.
    """

    checked: Checked
    edition: Edition
    logo: Logo | None


def print_book(
    root: Path,
    target: Path,
    speak: Speaker,
    today: datetime.date,
    *,
    channels: Collection[str] = (),
) -> Book:
    """Write the book of the workspace in ``root`` to ``target``, wholly or not at all.

    Args:
        root: The folder.
        target: The file; its ending says how the book is printed.
        speak: Says what the book says.
        today: The day of the check.
        channels: For whose people it is; everybody's where none is named.

    Raises:
        InvalidWorkspace: There is none, it isn't valid, or its logo can't be shown.
        UnknownEnding: No format is known by the ending of ``target``.
        UnknownChannels: The charter has no such channel.
        IsOfWorkspace: The workspace is read from ``target``, so nothing is written over it.
        OSError: It can't be written there.
    """
    room = format_of(target)
    source = source_of(root, today)
    charter = source.checked.valid.charter
    if is_of_workspace(target, root) or _is_logo(target, root, charter.look.logo):
        raise IsOfWorkspace(target)
    book = compose(
        source.checked,
        speak,
        source.edition,
        today,
        audience=Audience.of(charter, channels),
        logo=source.logo,
    )
    write_whole(target, printed(book, room))
    return book


def format_of(target: Path) -> str:
    """Return the room that prints into a file of this name.

    Raises:
        UnknownEnding: There is none.
    """
    ending = target.suffix.lower()
    if ending not in FORMATS:
        raise UnknownEnding(ending, FORMATS)
    return FORMATS[ending]


def source_of(root: Path, today: datetime.date) -> Source:
    """Return what the book of a folder is made of.

    Raises:
        InvalidWorkspace: There is none, it isn't valid, or its logo can't be shown.
    """
    workspace = read_folder(root)
    logo = logo_of(root, workspace)
    return Source(check_workspace(workspace, today), edition_of(root, today), logo)


def logo_of(root: Path, workspace: Workspace) -> Logo | None:
    """Return the brand's logo, which lies in ``root``; None where it has none.

    Raises:
        InvalidWorkspace: It can't be shown.
    """
    try:
        return read_logo(root, workspace.charter.look)
    except InvalidWorkspace as invalid:
        sources = {**workspace.sources, **invalid.sources}
        raise InvalidWorkspace(invalid.problems, sources) from None


def printed(book: Book, room: str) -> bytes:
    """Return a book as its file; only what prints this format is loaded."""
    rendered: bytes = import_module(f"charter.book.{room}").render(book)
    return rendered


def edition_of(
    root: Path,
    today: datetime.date,
    files: Mapping[str, bytes] | None = None,
    commit: Commit | None = None,
) -> Edition:
    """Return the version in a folder: the last one recorded, else none, of today.

    Args:
        root: The folder.
        today: The day it is printed.
        files: What is printed, where that isn't what the folder holds.
        commit: The version that it was begun from, where that isn't the last one.
    """
    try:
        repository = Repository.holding(root)
        latest = [commit] if commit else repository.log(1)
        if not latest:
            return Edition(today)
        recorded = repository.files(latest[0])
    except (HistoryError, InvalidWorkspace):
        return Edition(today)
    found = folder_files(root)[0] if files is None else files
    is_changed = found != recorded
    return Edition(
        today if is_changed else latest[0].when.date(), latest[0].id[:7], is_changed=is_changed
    )


def _is_logo(target: Path, root: Path, logo: str | None) -> bool:
    return logo is not None and target.resolve() == (root / logo).resolve()
