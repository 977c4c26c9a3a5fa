"""Who is at work in the Studio right now: a small sign of life of each visitor, beside the charter.

Each visitor's sign is a file of their own, so that nobody waits for anybody.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charter.private_folder import PrivateFolder

PAUSE = datetime.timedelta(seconds=5)
"""How long nothing is written, if there is nothing new to say."""
PATIENCE = datetime.timedelta(seconds=15)
"""How long after their last sign of life somebody counts as being here."""
_FOLDER = "presence"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOST = 200
_LONGEST = 4096
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class Visitor:
    """Somebody at work.

    Attributes:
        token: What tells their session from others, theirs included.
        version: The version that they have open: a draft's name; empty for the folder itself.
        page: The page that they look at.
        when: When they gave the latest sign of life.
    """

    token: str
    name: str
    version: str
    page: str
    when: datetime.datetime


def announce(folder: PrivateFolder, visitor: Visitor) -> None:
    """Note that somebody is at work, unless the same was noted a moment ago.

    Where it can't be noted, nothing happens: others don't see them, that is all.

    Raises:
        ValueError: The token is none.
    """
    if not _TOKEN.fullmatch(visitor.token):
        raise ValueError(visitor.token)
    noted = _read(folder, _file(visitor.token), visitor.when)
    if noted is not None and _place(noted) == _place(visitor) and visitor.when - noted.when < PAUSE:
        return
    said = {
        "name": visitor.name[:_LONGEST_TEXT],
        "version": visitor.version[:_LONGEST_TEXT],
        "page": visitor.page[:_LONGEST_TEXT],
        "when": visitor.when.timestamp(),
    }
    with contextlib.suppress(OSError):
        folder.write(_file(visitor.token), json.dumps(said).encode())


def leave(folder: PrivateFolder, token: str) -> None:
    """Note that somebody has gone."""
    if _TOKEN.fullmatch(token):
        with contextlib.suppress(OSError):
            folder.remove(_file(token))


def visitors(folder: PrivateFolder, now: datetime.datetime) -> list[Visitor]:
    """Return who is at work, by name; the signs of those who have gone are swept away."""
    return sorted(_visitors(folder, now), key=lambda visitor: (visitor.name, visitor.token))


def _visitors(folder: PrivateFolder, now: datetime.datetime) -> Iterator[Visitor]:
    for file in folder.names(_FOLDER)[:_MOST]:
        visitor = _read(folder, file, now)
        if visitor is not None and abs(now - visitor.when) <= PATIENCE:
            yield visitor
            continue
        # Who is back at once just gives another sign.
        with contextlib.suppress(OSError):
            folder.remove(file)


def _place(visitor: Visitor) -> tuple[str, str, str]:
    said = visitor.name, visitor.version, visitor.page
    name, version, page = (text[:_LONGEST_TEXT] for text in said)
    return name, version, page


def _file(token: str) -> str:
    return f"{_FOLDER}/{token}.json"


def _read(folder: PrivateFolder, file: str, now: datetime.datetime) -> Visitor | None:
    """Return what a file says; None if that is no sign of life."""
    content = folder.read(file)
    token = file.removeprefix(f"{_FOLDER}/").removesuffix(".json")
    if content is None or len(content) > _LONGEST or not _TOKEN.fullmatch(token):
        return None
    try:
        said = json.loads(content)
        name, version, page = (said[key] for key in ("name", "version", "page"))
        when = datetime.datetime.fromtimestamp(float(said["when"]), now.tzinfo)
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in (name, version, page)):
        return None
    return Visitor(token, name, version, page, when)
