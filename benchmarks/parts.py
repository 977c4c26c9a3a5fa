"""A document of several parts, each written by the measurement that it tells of."""

from __future__ import annotations

import re
from pathlib import Path


def put_part(file: Path, part: str) -> None:
    """Write a part of a document, in the place of the one with its heading; the others stay."""
    document = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_text(with_part(document, part), encoding="utf-8")


def with_part(document: str, part: str) -> str:
    """Return a document with a part, which begins with its heading.

    A part ends where the next heading of the first or second level begins.
    """
    parts = [each.strip() for each in re.split(r"^(?=##? )", document, flags=re.M) if each.strip()]
    headings = [each.splitlines()[0] for each in parts]
    heading = part.strip().splitlines()[0]
    if heading in headings:
        parts[headings.index(heading)] = part.strip()
    elif heading.startswith("# "):
        parts.insert(0, part.strip())
    else:
        parts.append(part.strip())
    return "\n\n".join(parts) + "\n"
