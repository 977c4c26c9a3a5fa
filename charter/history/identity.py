"""Who git says is at work on this machine."""

from __future__ import annotations

from pathlib import Path

from charter.history.errors import HistoryError
from charter.history.program import Git
from charter.history.writing import Author

_NAME, _EMAIL = "user.name", "user.email"


def configured_author(folder: Path) -> Author | None:
    """Return whom git would name as the author of a commit made in ``folder``.

    None where nobody told git their name, or it can't be asked.
    """
    try:
        told = Git(folder).run("config", "--null", "--get-regexp", r"^user\.(name|email)$")
    except HistoryError:
        return None
    # What is said last counts: that of the repository behind that of the user.
    said = dict(_entry(entry) for entry in told.split(b"\0") if entry)
    try:
        return Author(said.get(_NAME, "").strip(), said.get(_EMAIL, "").strip())
    except HistoryError:
        return None


def _entry(written: bytes) -> tuple[str, str]:
    key, _, value = written.decode("utf-8", errors="replace").partition("\n")
    return key, value
