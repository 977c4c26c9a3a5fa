"""Starting a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from charter import starter
from charter.messages import Language
from charter.schema import FILES
from charter.usecases.schema import file_name, schema_files
from charter.workspace import is_workspace_file, read_files
from journeys.document import Words

SCHEMAS_FOLDER = ".charter"
"""Where a workspace keeps its schemas; its files name them."""


def start_workspace(root: Path, language: Language, sample: str | None = None) -> tuple[str, ...]:
    """Write a new workspace into ``root``: a small start, or a sample; return its files' names.

    Its files name their schemas, which lie beside them, so that editors complete what is typed
    without a network.

    Raises:
        starter.NotEmpty: The folder holds something. Nothing is written.
        starter.UnknownSample: There is no such sample. Nothing is written.
        OSError: It can't be written there.
    """
    return start_with(root, starter.files_of(language, sample))


def start_with(root: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write a new workspace of these files into ``root``, with the schemas that they name.

    Raises:
        starter.NotEmpty: The folder holds something. Nothing is written.
        OSError: It can't be written there.
    """
    named = {name: _schema_comment(name) + content for name, content in files.items()}
    for name, text in schema_files().items():
        named[f"{SCHEMAS_FOLDER}/{name}"] = text.encode()
    starter.write(root, named)
    return tuple(named)


def _schema_comment(file: str) -> bytes:
    """Return the line by which editors find the schema of a file; nothing where it has none."""
    for kind, pattern in FILES.items():
        if fnmatchcase(file, pattern):
            way = "../" * file.count("/")
            schema = f"{way}{SCHEMAS_FOLDER}/{file_name(kind)}"
            return f"# yaml-language-server: $schema={schema}\n".encode()
    return b""


@dataclass(frozen=True)
class Sample:
    """A sample, as it is told.

    Attributes:
        name: What it is asked for by.
    """

    name: str
    brand: Words
    promise: Words | None
    journeys: int


def all_samples() -> tuple[Sample, ...]:
    """Return the samples there are."""
    return tuple(map(_told, starter.samples()))


def _told(name: str) -> Sample:
    workspace = read_files(
        {
            file: content
            for file, content in starter.files_of(Language.ENGLISH, name).items()
            if is_workspace_file(file)
        }
    )
    charter = workspace.charter
    return Sample(name, charter.brand, charter.promise, len(workspace.journeys))
