"""New workspaces: a small commented start, or a sample to look at."""

from __future__ import annotations

import tempfile
import textwrap
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from charter.messages import Language
from charter.workspace import CHARTER_FILE, house_rules_text

_RULES_HEADING = {
    Language.ENGLISH: "# What must hold, on every path of every customer.",
    Language.FRENCH: "# Ce qui doit être vrai, sur tous les chemins de tous les clients.",
}
_LEFT_OUT = ("__pycache__", "recount.py")


class NotEmpty(Exception):
    """The folder already holds something, which is not written over."""


class UnknownSample(Exception):
    """There is no sample of this name.

    Attributes:
        samples: The names there are.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.samples = samples()


def _samples_folder() -> Traversable:
    """Return the folder of samples: inside an installed package, beside it in a checkout."""
    packaged = resources.files("charter") / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "samples"


def samples() -> tuple[str, ...]:
    """Return the names of the samples."""
    folder = _samples_folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(f.name for f in folder.iterdir() if (f / CHARTER_FILE).is_file()))


def files_of(language: Language, sample: str | None = None) -> dict[str, bytes]:
    """Return the files of a new workspace by name.

    Raises:
        UnknownSample: There is no such sample.
    """
    if sample is not None:
        if sample not in samples():
            raise UnknownSample(sample)
        return _tree(_samples_folder() / sample)
    files = _tree(resources.files("charter") / "starter_files" / language)
    files[CHARTER_FILE] += f"\n{rules_section(language)}".encode()
    return files


def rules_section(language: Language) -> str:
    """Return the house rules as a part of a charter's file."""
    rules = textwrap.indent(_without_comment(house_rules_text()), "  ")
    return f"{_RULES_HEADING[language]}\nrules:\n{rules}"


def _without_comment(text: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith("#"))


def _tree(folder: Traversable, under: str = "") -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name in _LEFT_OUT or entry.name.startswith("."):
            continue
        name = f"{under}{entry.name}"
        if entry.is_dir():
            files |= _tree(entry, f"{name}/")
        else:
            files[name] = entry.read_bytes()
    return files


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a new workspace, by name, into ``root``.

    Raises:
        NotEmpty: The folder holds something, or is none. Nothing is written.
        OSError: It can't be written there. Nothing is written.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise NotEmpty(str(root))
    # Through links and dots, to the folder that is meant.
    root = root.resolve()
    root.parent.mkdir(parents=True, exist_ok=True)
    # Written beside it and moved there at once: a full disk leaves nothing half made.
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".charter-new-") as folder:
        made = Path(folder) / "workspace"
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if root.exists():
            # Somebody may be standing in it, so the folder itself stays.
            for entry in made.iterdir():
                entry.rename(root / entry.name)
        else:
            made.rename(root)
