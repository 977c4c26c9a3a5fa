"""Writing a site: a folder that takes the place of a former site as a whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from charter.workspace import FOLDERS

SIGN = ".charter-site"
"""The file that tells a site of ours from any other folder: it lists the files of the site."""

_CONTENT = "content"


class HoldsOthers(Exception):
    """A folder holds what is no site of ours, so nothing is written there.

    Attributes:
        folder: The folder.
        others: Names of files that were found there, a few of them.
    """

    def __init__(self, folder: Path, others: Iterable[str]) -> None:
        super().__init__(str(folder))
        self.folder, self.others = folder, tuple(others)


def is_within_workspace(target: Path, root: Path) -> bool:
    """Return whether a folder is the workspace's, holds it, or is one that it is read from."""
    folder, own = (Path(os.path.realpath(each)) for each in (target, root))
    if own.is_relative_to(folder):
        return True
    if not folder.is_relative_to(own):
        return False
    first = folder.relative_to(own).parts[0]
    return first in (*FOLDERS, _CONTENT) or first.startswith(".")


def replace_site(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a site to a folder, wholly or not at all; a former site there is gone then.

    It is made beside the folder, and takes its place by being renamed.

    Raises:
        HoldsOthers: The folder holds something else.
        OSError: It can't be written there; what stood there still does.
    """
    place = Path(os.path.realpath(target))
    if place.exists():
        _check_that_it_is_ours(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".charter-site-") as beside:
        # Folders of their own, so that they get the modes of any other.
        made, former = Path(beside) / "made", Path(beside) / "former"
        made.mkdir()
        for name, content in files.items():
            (made / name).write_bytes(content)
        sign = {"files": sorted(files), "version": 1}
        (made / SIGN).write_text(json.dumps(sign, indent=1) + "\n", encoding="utf-8")
        if not place.exists():
            made.rename(place)
            return
        shutil.copymode(place, made)
        # Somebody may have put something there meanwhile.
        _check_that_it_is_ours(place)
        place.rename(former)
        try:
            made.rename(place)
        except OSError:
            former.rename(place)
            raise


_TOLD = 3
"""More names of other files than that don't help."""


def _check_that_it_is_ours(folder: Path) -> None:
    """Make sure that a folder is empty, or a site with nothing besides.

    Raises:
        HoldsOthers: It isn't.
        OSError: It can't be looked into.
    """
    found = {entry.name: entry.is_file(follow_symlinks=False) for entry in os.scandir(folder)}
    ours = _signed(folder / SIGN) if SIGN in found else set()
    others = [name for name, is_file in found.items() if name not in ours or not is_file]
    if others:
        raise HoldsOthers(folder, sorted(others)[:_TOLD])


def _signed(sign: Path) -> set[str]:
    """Return the names of the files that a sign lists, its own with them; none if it's no sign."""
    try:
        files = json.loads(sign.read_bytes())["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()
    return {SIGN, *(name for name in files if isinstance(name, str))} if files else set()
