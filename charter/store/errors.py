"""Why a save was refused. Nothing was written then."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from charter.merging import FileConflict
from journeys.source import Position, Problem


class CannotSave(Exception):
    """The files can't be saved.

    Attributes:
        reason: Which sentence explains it, such as ``disk-full``.
        file: The file it happened to, relative to the workspace; empty for the folder itself.
        detail: What the system says.
    """

    def __init__(self, reason: str, file: str, detail: str = "") -> None:
        super().__init__(f"{file}: {reason}")
        self.reason, self.file, self.detail = reason, file, detail

    @property
    def problem(self) -> Problem:
        """It as a problem of the file, as people are told problems."""
        position = Position(self.file, 1, 1)
        return Problem("CH001", self.reason, position, {"detail": self.detail})

    @classmethod
    def because_of(cls, error: OSError, file: str) -> CannotSave:
        """Return what is told where the system refuses."""
        reason = {
            errno.ENOSPC: "disk-full",
            errno.EDQUOT: "disk-full",
            errno.EACCES: "not-permitted",
            errno.EPERM: "not-permitted",
            errno.EROFS: "not-permitted",
        }.get(error.errno or 0, "not-written")
        return cls(reason, file, error.strerror or type(error).__name__)


class Conflicted(Exception):
    """Somebody else changed the same things meanwhile, in another way.

    Attributes:
        conflicts: All of them, with both values.
    """

    def __init__(self, conflicts: Sequence[FileConflict]) -> None:
        super().__init__(f"{len(conflicts)} conflicts")
        self.conflicts = tuple(conflicts)


@contextmanager
def refusals_of(file: str) -> Iterator[None]:
    """Tell what the system refuses in here as what ``file`` can't be saved for."""
    try:
        yield
    except OSError as error:
        raise CannotSave.because_of(error, file) from error
