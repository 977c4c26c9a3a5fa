"""The files of a workspace as they stand in a commit's tree, links followed as in a folder."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from charter.history.errors import HistoryError
from charter.history.program import OUTPUT_LIMIT, Git
from charter.workspace import FOLDERS, is_workspace_file, read_in_part, told_name
from journeys.source import SIZE_LIMIT, Position, Problem

FILE, EXECUTABLE, LINK, FOLDER = "100644", "100755", "120000", "040000"
"""Modes of what stands in a tree."""
_LINKS_FOLLOWED = 40
_LINK_LIMIT = 4096
_HEADER_LIMIT = 100


@dataclass(frozen=True)
class Entry:
    """What stands under a name in a tree.

    Attributes:
        size: In bytes; 0 where it isn't known or has none.
    """

    mode: str
    id: str
    size: int = 0

    @property
    def is_file(self) -> bool:
        """Whether its content can be read."""
        return self.mode in (FILE, EXECUTABLE)


Path = tuple[bytes, ...]
"""The names that lead to something, from the tree on."""


class Lost(Exception):
    """A path leads to nothing that can be read.

    Attributes:
        reason: Which sentence of `charter.messages.problems` tells it.
        parameters: What that sentence names.
    """

    def __init__(self, reason: str, error: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.error = error
        self.parameters = {"detail": os.strerror(error)} if error else {}


@dataclass
class Tree:
    """A tree in a repository: the folder of a workspace at some commit.

    Each folder is listed when it is first looked into, so that what else a large repository holds
    costs nothing.
    """

    git: Git
    id: str
    _listed: dict[str, dict[bytes, Entry]] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """Return what reading the folder would read, by name.

        Raises:
            InvalidWorkspace: Some file can't be read; what is wrong in the others is told too.
        """
        problems: list[Problem] = []
        found: dict[str, Entry] = {}

        def report(path: Path, reason: str, **parameters: object) -> None:
            position = Position(told_name(b"/".join(path)), 1, 1)
            problems.append(Problem("CH001", reason, position, parameters))

        def take(path: Path) -> None:
            try:
                _, entry = self.resolve(path)
            except Lost as lost:
                report(path, lost.reason, **lost.parameters)
                return
            if not entry.is_file:
                report(path, "not-a-file")
            elif entry.size > SIZE_LIMIT:
                report(path, "too-large", limit=SIZE_LIMIT // (1024 * 1024))
            else:
                found[told_name(b"/".join(path))] = entry

        for name in self.entries(self.id):
            if is_workspace_file(told_name(name)):
                take((name,))
        for folder in map(os.fsencode, FOLDERS):
            try:
                names = self._names_in((folder,))
            except Lost as lost:
                if lost.error != errno.ENOENT:
                    report((folder,), lost.reason, **lost.parameters)
                continue
            for name in names:
                if is_workspace_file(told_name(folder + b"/" + name)):
                    take((folder, name))
        contents = read_blobs(self.git, found.values())
        files = {name: contents[entry.id] for name, entry in found.items()}
        if problems:
            raise read_in_part(files, problems)
        return files

    def entries(self, tree_id: str) -> dict[bytes, Entry]:
        """Return what stands in one folder, by name."""
        if tree_id not in self._listed:
            self._listed[tree_id] = _listing(self.git, "-l", tree_id)
        return self._listed[tree_id]

    def resolve(self, path: Path) -> tuple[Path, Entry]:
        """Return where ``path`` leads when links are followed, and what stands there.

        Raises:
            Lost: It leads to nothing, out of the tree, or round in circles.
        """
        ahead = list(reversed(path))
        behind: list[tuple[bytes, Entry]] = []
        here = Entry(FOLDER, self.id)
        links = 0
        while ahead:
            name = ahead.pop()
            if name in (b"", b"."):
                continue
            if name == b"..":
                if not behind:
                    raise Lost("outside")
                behind.pop()
                here = behind[-1][1] if behind else Entry(FOLDER, self.id)
                continue
            if here.mode != FOLDER:
                raise Lost("unreadable", errno.ENOTDIR)
            entry = self.entries(here.id).get(name)
            if entry is None:
                raise Lost("unreadable", errno.ENOENT)
            if entry.mode != LINK:
                behind.append((name, entry))
                here = entry
                continue
            links += 1
            if links > _LINKS_FOLLOWED or entry.size > _LINK_LIMIT:
                raise Lost("unreadable", errno.ELOOP)
            target = read_blobs(self.git, [entry])[entry.id]
            if target.startswith(b"/"):
                raise Lost("outside")
            ahead.extend(reversed(target.split(b"/")))
        return tuple(name for name, _ in behind), here

    def place(self, path: Path) -> tuple[Path, Entry | None]:
        """Return where a file written at ``path`` comes to stand, and what stands there now.

        Raises:
            Lost: It leads out of the tree, through a file, or round in circles.
        """
        for known in range(len(path), -1, -1):
            try:
                home, entry = self.resolve(path[:known])
            except Lost as lost:
                if lost.error != errno.ENOENT:
                    raise
                continue
            if known == len(path):
                return home, entry
            if entry.mode != FOLDER:
                raise Lost("unreadable", errno.ENOTDIR)
            return (*home, *path[known:]), None
        raise AssertionError(path)

    def _names_in(self, folder: Path) -> list[bytes]:
        _, entry = self.resolve(folder)
        if entry.mode != FOLDER:
            raise Lost("unreadable", errno.ENOTDIR)
        return sorted(self.entries(entry.id))


def listed(git: Git, commit_id: str, prefix: bytes) -> dict[bytes, Entry]:
    """Return everything below a folder of the repository, by its path in the repository."""
    return _listing(git, "-r", "-l", commit_id, "--", prefix or b".")


def _listing(git: Git, *words: str | bytes) -> dict[bytes, Entry]:
    lines = git.run("ls-tree", "-z", "--full-tree", *words).split(b"\0")
    return dict(map(_entry, lines[:-1]))


def _entry(line: bytes) -> tuple[bytes, Entry]:
    """Return the name and entry that a line of ``ls-tree -l`` tells."""
    told, _, name = line.partition(b"\t")
    mode, _, entry_id, size = told.decode("ascii").split()
    return name, Entry(mode, entry_id, int(size) if size.isdigit() else 0)


def read_blobs(git: Git, entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return the content of each file or link among ``entries``, by its id.

    Raises:
        HistoryError: The repository lacks one (``incomplete``).
    """
    sizes = {entry.id: entry.size for entry in entries}
    if not sizes:
        return {}
    wanted = "".join(f"{entry_id}\n" for entry_id in sizes).encode("ascii")
    limit = max(OUTPUT_LIMIT, sum(sizes.values()) + _HEADER_LIMIT * len(sizes))
    answer = git.run("cat-file", "--batch", given=wanted, output_limit=limit)
    contents = {}
    start = 0
    for entry_id in sizes:
        end = answer.index(b"\n", start)
        header = answer[start:end].split()
        if len(header) != 3:
            raise HistoryError("incomplete")
        begin, size = end + 1, int(header[2])
        contents[entry_id] = answer[begin : begin + size]
        start = begin + size + 1
    return contents
