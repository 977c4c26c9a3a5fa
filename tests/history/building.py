"""Repositories made by git itself, for tests to look at."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import CHARTER, VISIT

WORKSPACE = {"charter.yaml": CHARTER.encode(), "journeys/visit.yaml": VISIT.encode()}

# Nothing of the machine's or the user's, and the same ids each time.
ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Anne Bérard",
    "GIT_AUTHOR_EMAIL": "anne@example.org",
    "GIT_AUTHOR_DATE": "1764000000 +0100",
    "GIT_COMMITTER_NAME": "Anne Bérard",
    "GIT_COMMITTER_EMAIL": "anne@example.org",
    "GIT_COMMITTER_DATE": "1764000000 +0100",
}


@dataclass(frozen=True)
class Made:
    """A repository and its work tree.

    Attributes:
        top: The folder of the work tree.
    """

    top: Path

    @classmethod
    def at(cls, top: Path, *words: str) -> Made:
        """Make an empty repository whose branch is ``main``."""
        top.mkdir(parents=True, exist_ok=True)
        made = cls(top)
        made.git("init", "--quiet", "--initial-branch=main", *words)
        return made

    def git(self, *words: str, given: bytes | None = None, **variables: str) -> str:
        """Return what git answers here, without the last line end."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.top,
            env={**os.environ, **ENVIRONMENT, **variables},
            input=given,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", errors="surrogateescape").removesuffix("\n")

    def commit(self, files: Mapping[str, bytes | None], message: str = "A change") -> str:
        """Write files, or remove them, commit everything, and return the commit's id."""
        for name, content in files.items():
            file = self.top / name
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")
