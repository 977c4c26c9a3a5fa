"""The schemas of the files of a workspace, printed or written for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from charter.schema import schemas
from charter.usecases.check import write_report


def file_name(kind: str) -> str:
    """Return the name of the file of a schema."""
    return f"{kind}.schema.json"


@cache
def schema_files() -> Mapping[str, str]:
    """Return the text of each schema, by the name of its file, ``charter.schema.json``."""
    # Made once: they are those of the program, and every workspace that is begun gets them.
    return MappingProxyType(
        {
            file_name(name): json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
            for name, schema in schemas().items()
        }
    )


def schema_text(name: str) -> str:
    """Return the schema of one kind of file.

    Raises:
        KeyError: There is no such kind.
    """
    return schema_files()[file_name(name)]


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder, made where there is none, and return their files.

    Raises:
        OSError: One can't be written there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_files().items():
        write_report(folder / name, text)
        written.append(folder / name)
    return written
