"""Starting a workspace."""

from __future__ import annotations

from pathlib import Path

from charter import starter
from charter.messages import Language
from charter.usecases.schema import schema_files

SCHEMAS_FOLDER = ".charter"
"""Where a workspace keeps its schemas; the files of the small start name it."""


def start_workspace(root: Path, language: Language, sample: str | None = None) -> tuple[str, ...]:
    """Write a new workspace into ``root``: a small start, or a sample; return its files' names.

    The files of a small start name their schemas, which lie beside them, so that editors complete
    what is typed without a network.

    Raises:
        starter.NotEmpty: The folder holds something. Nothing is written.
        starter.UnknownSample: There is no such sample. Nothing is written.
        OSError: It can't be written there.
    """
    schemas = schema_files() if sample is None else {}
    more = {f"{SCHEMAS_FOLDER}/{name}": text for name, text in schemas.items()}
    return starter.write(root, language, sample, more)
