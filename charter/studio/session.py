"""What a visitor looks at: the workspace as it is on disk, and the tags being tried."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import streamlit as st

from charter.checker import Checked
from charter.findings import Finding, Report
from charter.messages import Language, Speaker, language_of_environment
from charter.reports.names import Names
from charter.usecases.check import check_folder, check_workspace
from charter.what_if import Try, tried
from charter.workspace import Workspace

_KEY = "session"
_TRIES = "tries"
_MOST_KEPT = 32
"""Reports kept in memory, of all visitors together."""


@dataclass(frozen=True)
class Session:
    """One answer to a visitor.

    Attributes:
        workspace: with the tags being tried, as are `report` and `names`.
        saved: the report of the workspace as it is on disk.
        saved_workspace: the workspace as it is on disk.
    """

    root: Path
    speak: Speaker
    workspace: Workspace
    report: Report
    saved: Report
    saved_workspace: Workspace
    tries: tuple[Try, ...]
    names: Names

    def finding(self, fingerprint: str | None) -> Finding | None:
        """Return the finding of that name; None where there is none any more."""
        found = (f for f in self.report.findings if f.fingerprint == fingerprint)
        return next(found, None)


def asked_for(arguments: list[str]) -> tuple[Path, Language]:
    """Return the folder and the language that the program was started with."""
    words = arguments[1:]
    root = Path(words[0]) if words else Path.cwd()
    language = Language(words[1]) if len(words) > 1 else language_of_environment()
    return root, language


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def checked(root: str, contents: str, today: datetime.date) -> Checked:
    """Read and check a folder once for each content that it has."""
    del contents  # part of the key only
    return check_folder(Path(root), today)


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _checked_with(
    root: str, contents: str, today: datetime.date, tries: tuple[tuple[str, str, str, bool], ...]
) -> Checked:
    workspace = checked(root, contents, today).workspace
    assert workspace is not None
    return check_workspace(tried(workspace, (Try(*each) for each in tries)), today)


def begin(root: Path, contents: str, saved: Checked, speak: Speaker) -> Session:
    """Note what the pages of this answer show."""
    assert saved.workspace is not None
    tries = tuple(st.session_state.get(_TRIES, {}).values())
    now = saved
    if tries:
        keys = tuple((t.journey, t.touchpoint, t.marker, t.is_carried) for t in tries)
        now = _checked_with(str(root), contents, datetime.date.today(), keys)
    workspace = now.workspace or saved.workspace
    session = Session(
        root=root,
        speak=speak,
        workspace=workspace,
        report=now.report,
        saved=saved.report,
        saved_workspace=saved.workspace,
        tries=tries,
        names=Names(workspace, speak),
    )
    st.session_state[_KEY] = session
    return session


def current() -> Session:
    """Return what the pages of this answer show."""
    return cast(Session, st.session_state[_KEY])


def try_tag(change: Try, *, is_as_saved: bool) -> None:
    """Remember a tag being tried, or forget it where it is as it was."""
    tries = dict(st.session_state.get(_TRIES, {}))
    key = (change.journey, change.touchpoint, change.marker)
    tries.pop(key, None)
    if not is_as_saved:
        tries[key] = change
    st.session_state[_TRIES] = tries


def forget_tries() -> None:
    """Put every tag back as it is on disk."""
    st.session_state[_TRIES] = {}


def main_arguments() -> list[str]:
    """Return what the program was started with."""
    return sys.argv
