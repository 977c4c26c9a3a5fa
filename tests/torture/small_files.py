"""A workspace whose state says which save it is the result of."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from charter.store.files import PREFIX
from charter.workspace import UNFINISHED_SAVE

CHARTER, JOURNEY, PLAN = "charter.yaml", "journeys/visit.yaml", "plans/deep.yaml"
# Several pages long, so that a half written one would show.
_PADDING = "".join(f"# Line {number} of a comment.\n" for number in range(500))

Contents = Mapping[str, bytes | None]


def version(number: int) -> dict[str, bytes | None]:
    """Return the files of a version: two change each time, one comes and goes."""
    return {
        CHARTER: f"{_PADDING}version: {number}\n".encode(),
        JOURNEY: f"version: {number}\n{_PADDING}".encode(),
        PLAN: f"version: {number}\n".encode() if number % 2 else None,
    }


def make(root: Path, number: int) -> None:
    for file, content in version(number).items():
        if content is not None:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(content)


def found(root: Path) -> dict[str, bytes | None]:
    return {
        file: (root / file).read_bytes() if (root / file).exists() else None for file in version(0)
    }


def number_of(content: bytes) -> int:
    """Return which version a file is of, which it must be wholly."""
    line = next(line for line in content.splitlines() if line.startswith(b"version"))
    number = int(line.split()[1])
    assert content in version(number).values(), "neither the old nor the new file"
    return number


def strays(root: Path) -> Iterator[str]:
    """Yield what a save leaves behind only if it is killed."""
    for path in root.rglob("*"):
        if path.name.startswith(PREFIX) or path.name == UNFINISHED_SAVE:
            yield path.name
