"""The git program, run so that a repository can't make it run anything else.

A repository's own configuration and attributes may name programs: hooks, filters, monitors,
pagers, textconv, remote helpers. Somebody who only looks at a charter's history hasn't agreed to
run them. So git is called for plumbing alone, with these switched off, no network, and limits on
time and output.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from charter.history.errors import GitFailed, HistoryError

TIME_LIMIT = 60.0
"""Seconds that one call of git may take."""
OUTPUT_LIMIT = 256 * 1024 * 1024
"""Bytes that one call of git may answer, where it isn't known better."""
_GRACE = 0.2
_COMPLAINT_LIMIT = 64 * 1024

# Nothing that is asked of git here needs more. The configuration of the user and of the machine
# is read: it is theirs, and says which repositories of other owners they trust.
_KEPT_VARIABLES = (
    "PATH",
    "HOME",
    "XDG_CONFIG_HOME",
    "TMPDIR",
    "SUDO_UID",
    # Windows.
    "APPDATA",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "USERPROFILE",
)
_VARIABLES = {
    # Stronger than any `protocol.….allow` that a repository may configure: no such protocol.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.pager=cat"),
    *("-c", "diff.external="),
    *("-c", "gc.auto=0"),
    *("-c", "i18n.commitEncoding=UTF-8"),
)


def _program() -> str:
    """Return the absolute path of the git program.

    Raises:
        HistoryError: There is none (``no-git``).
    """
    found = _program_in(tuple(os.get_exec_path()))
    if found is None:
        raise HistoryError("no-git")
    return found


@functools.lru_cache(maxsize=4)
def _program_in(folders: tuple[str, ...]) -> str | None:
    for folder in folders:
        # A relative folder would be looked up where the user happens to stand, which may be in a
        # repository that brings a git of its own.
        if os.path.isabs(folder):  # noqa: PTH117 - a Path would resolve "" to the current folder
            found = shutil.which("git", path=folder)
            if found and Path(found).parent == Path(folder):
                return found
    return None


@dataclass(frozen=True)
class Git:
    """The git program, called in a folder."""

    folder: Path

    def run(
        self,
        *words: str | bytes,
        given: bytes = b"",
        variables: Mapping[str, str] | None = None,
        output_limit: int | None = None,
    ) -> bytes:
        """Return what git answers to ``words``, having read ``given``.

        Raises:
            GitFailed: It refused.
            HistoryError: It can't be run, took too long or answered too much.
        """
        with self.started(*words, variables=variables) as call:
            call.tell_all(given)
            answer = call.answer(OUTPUT_LIMIT if output_limit is None else output_limit)
            call.finish()
        return answer

    def line(self, *words: str | bytes) -> str:
        """Return the one line that git answers to ``words``; raises as `run` does."""
        return self.run(*words).decode("utf-8", errors="surrogateescape").removesuffix("\n")

    def started(self, *words: str | bytes, variables: Mapping[str, str] | None = None) -> Call:
        """Return a call of git that is told and answers bit by bit; use it in a ``with``."""
        kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        environment = {**kept, **_VARIABLES, **(variables or {})}
        return Call([_program(), *_OPTIONS, *words], self.folder, environment)


class Call:
    """One run of git. At the end of its ``with`` nothing of it is left running."""

    def __init__(
        self, command: list[str | bytes], folder: Path, environment: Mapping[str, str]
    ) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # A group of its own, so that whatever git started ends with it.
                start_new_session=True,
            )
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise HistoryError("cannot-run", detail=detail) from None
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._told, self._answers, self._complaints = map(_piped, streams)
        self._complaint = b""
        self._is_late = False
        # What git reads and writes goes through pipes that fill up: each end has its own thread.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._teller: threading.Thread | None = None
        self._clock = threading.Timer(TIME_LIMIT, self._expire)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        self._clock.start()
        self._listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()
        self._kill()
        self._process.wait()
        self._listener.join()
        if self._teller:
            self._teller.join()
        for stream in (self._told, self._answers, self._complaints):
            with contextlib.suppress(OSError):
                stream.close()

    def tell(self, words: bytes) -> None:
        """Write a few words to git now."""
        # If it has ended, its answer says why.
        with contextlib.suppress(OSError):
            self._told.write(words)
            self._told.flush()

    def tell_all(self, given: bytes) -> None:
        """Write everything to git while its answer is read."""
        if not given:
            self._told.close()
            return
        self._teller = threading.Thread(target=self._tell_and_close, args=(given,), daemon=True)
        self._teller.start()

    def answer(self, limit: int) -> bytes:
        """Return all that git answers, which must be no more than ``limit`` bytes."""
        answer = self._answers.read(limit + 1)
        if len(answer) > limit:
            raise HistoryError("too-much", limit=limit // (1024 * 1024))
        return answer

    def answered_line(self) -> bytes:
        """Return the next line that git answers; empty if it has ended."""
        return self._answers.readline(_COMPLAINT_LIMIT)

    def finish(self) -> None:
        """Wait for git to end; raise if it failed."""
        with contextlib.suppress(OSError):
            if self._teller is None:
                self._told.close()
        status = self._process.wait()
        self._listener.join()
        if self._is_late:
            raise HistoryError("too-slow", seconds=round(TIME_LIMIT))
        if status != 0:
            raise GitFailed(self._complaint.decode("utf-8", errors="backslashreplace"))

    def _tell_and_close(self, given: bytes) -> None:
        with contextlib.suppress(OSError):
            self._told.write(given)
            self._told.close()

    def _listen(self) -> None:
        self._complaint = self._complaints.read(_COMPLAINT_LIMIT)
        while self._complaints.read(_COMPLAINT_LIMIT):
            pass

    def _expire(self) -> None:
        self._is_late = True
        self._kill()

    def _kill(self) -> None:
        # Not `poll`: git may have ended and left something behind that keeps its pipes open. As
        # long as nobody has waited for it, its number is no other's.
        if self._process.returncode is not None:
            return
        if not hasattr(os, "killpg"):
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError):
            # Asked first: git takes its locks off.
            os.killpg(self._process.pid, signal.SIGTERM)
            time.sleep(_GRACE)
            os.killpg(self._process.pid, signal.SIGKILL)


def _piped(stream: IO[bytes] | None) -> IO[bytes]:
    """Return a stream of a program whose streams are all pipes."""
    if stream is None:
        raise AssertionError(stream)
    return stream
