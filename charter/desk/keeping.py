"""Desks kept on the disk, so that unsaved work outlives reloads, restarts and crashes."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charter.desk import Contents, Desk, Step
from charter.private_folder import PrivateFolder

FORMAT = "charter-desk/1"
FOLDER = "unsaved"
_LONGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A desk that is kept.

    Attributes:
        token: The name that it is kept under.
        who: Whose work it is.
        when: When it was changed last.
    """

    token: str
    who: str
    when: datetime.datetime
    desk: Desk


def keep(private: PrivateFolder, kept: Kept) -> None:
    """Keep a desk under its token; one on which nothing was done is forgotten.

    Raises:
        OSError: It can't be kept.
    """
    if kept.desk.steps:
        private.write(_name(kept.token), _encoded(kept))
    else:
        private.remove(_name(kept.token))


def forget(private: PrivateFolder, token: str) -> None:
    """Forget a desk.

    Raises:
        OSError: It can't be removed.
    """
    private.remove(_name(token))


def kept_as(private: PrivateFolder, token: str) -> Kept | None:
    """Return the desk that is kept under a token; None where none is that can be read."""
    if not is_token(token):
        return None
    content = private.read(_name(token))
    return None if content is None else _decoded(token, content)


def all_kept(private: PrivateFolder) -> list[Kept]:
    """Return every desk with something unsaved, the latest first."""
    tokens = (name.removeprefix(f"{FOLDER}/") for name in private.names(FOLDER))
    found = [kept for token in tokens if (kept := kept_as(private, token)) and kept.desk.changes]
    return sorted(found, key=lambda kept: kept.when, reverse=True)


def is_token(text: str) -> bool:
    """Return whether a text may be a desk's token."""
    return 8 <= len(text) <= 64 and text.isascii() and text.isalnum()


def _name(token: str) -> str:
    if not is_token(token):
        raise ValueError(token)
    return f"{FOLDER}/{token}"


def _encoded(kept: Kept) -> bytes:
    texts: dict[str, str] = {}

    def shortly(contents: Contents) -> dict[str, str | None]:
        """Return contents by the names of texts: most steps share most of them."""
        short: dict[str, str | None] = {}
        for file, content in contents.items():
            if content is None:
                short[file] = None
                continue
            name = hashlib.blake2b(content, digest_size=12).hexdigest()
            texts.setdefault(name, base64.b64encode(content).decode())
            short[file] = name
        return short

    desk = kept.desk
    said = {
        "format": FORMAT,
        "who": kept.who,
        "when": kept.when.isoformat(),
        "version": desk.version,
        "commit": desk.commit,
        "started-from": shortly(desk.started_from),
        "before": shortly(desk.before),
        "steps": [
            {"told": step.told, "names": dict(step.names), "contents": shortly(step.contents)}
            for step in desk.steps
        ],
        "done": desk.done,
        "texts": texts,
    }
    return zlib.compress(json.dumps(said).encode(), level=1)


def _decoded(token: str, content: bytes) -> Kept | None:
    """Return what was kept; None where it is damaged: then there is nothing to go on with."""
    unpacking = zlib.decompressobj()
    try:
        said: dict[str, Any] = json.loads(unpacking.decompress(content, _LONGEST))
        if not unpacking.eof or said["format"] != FORMAT:
            return None
        texts = {name: base64.b64decode(text) for name, text in said["texts"].items()}
        steps = tuple(
            Step(str(each["told"]), dict(each["names"]), _contents(each["contents"], texts))
            for each in said["steps"]
        )
        desk = Desk(
            version=str(said["version"]),
            commit=str(said["commit"]),
            started_from=_contents(said["started-from"], texts),
            before=_contents(said["before"], texts),
            steps=steps,
            done=int(said["done"]),
        )
        when = datetime.datetime.fromisoformat(said["when"])
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        return None
    known = desk.started_from.keys()
    is_whole = 0 <= desk.done <= len(steps) and all(
        each.keys() == known for each in (desk.before, *(step.contents for step in steps))
    )
    return Kept(token, str(said["who"]), when, desk) if is_whole else None


def _contents(said: Mapping[str, str | None], texts: Mapping[str, bytes]) -> Contents:
    return {str(file): None if name is None else texts[name] for file, name in said.items()}
