"""Starting a workspace."""

from __future__ import annotations

from pathlib import Path

from charter import starter
from charter.messages import Language


def start_workspace(root: Path, language: Language, sample: str | None = None) -> tuple[str, ...]:
    """Write a new workspace into ``root``: a small start, or a sample; return its files' names.

    Raises:
        starter.NotEmpty: The folder holds something. Nothing is written.
        starter.UnknownSample: There is no such sample. Nothing is written.
        OSError: It can't be written there.
    """
    return starter.write(root, language, sample)
