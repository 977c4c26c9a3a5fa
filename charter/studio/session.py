"""What a visitor looks at: a version of the workspace, unsaved work on it, and what would be."""

from __future__ import annotations

import datetime
import hashlib
import secrets
import sys
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import streamlit as st

from charter.checker import Checked
from charter.desk import Desk
from charter.desk.keeping import Kept, all_kept, is_token, keep, kept_as
from charter.findings import Finding, Report
from charter.merging import FileConflict
from charter.merging.settling import Unsettled
from charter.messages import Language, Speaker, language_of_environment
from charter.presence import PATIENCE, visitors
from charter.private_folder import PrivateFolder
from charter.reports.names import Names
from charter.studio import address
from charter.studio.access import Visitor, require, visitor
from charter.studio.part import made_anew
from charter.studio.roles import Role
from charter.studio.signing_in import is_sign_in_configured
from charter.usecases.check import check_workspace
from charter.usecases.desks import FOLDER, Base, base_of, check_files, fingerprint, mark_of
from charter.what_if import with_plans_done
from charter.workspace import Workspace

_KEY = "session"
_DESKS = "desks"
_VERSION = "version"
_WORK = "work"
_FOLDER = "folder"
PLANS = "what-if"
"""The key of the widget that says which plans are taken for done."""
COMMITTED = "what-if-committed"
"""The key of the one that says whether mere ideas are left out."""
_UNKEPT = "unkept"
_MOST_KEPT = 32
"""Reports kept in memory, of all visitors together."""


@dataclass(frozen=True)
class Session:
    """One answer to a visitor.

    Attributes:
        version: The draft that is looked at; empty for the folder.
        base: That version as it is saved, and `saved` its report.
        desk: What is unsaved.
        written: The workspace as written, with what is unsaved; `written_report` is its report.
        workspace: What is shown: as written, or once the plans of the what-if are done; as are
            `report` and `names`.
        planned: The plans that are taken for done.
        conflicts: What others saved otherwise than it is on the desk, to be settled first.
    """

    root: Path
    speak: Speaker
    base: Base
    desk: Desk
    files: Mapping[str, bytes]
    saved: Report
    written: Workspace
    written_report: Report
    workspace: Workspace
    report: Report
    names: Names
    planned: tuple[str, ...] = ()
    conflicts: tuple[FileConflict, ...] = ()

    @property
    def version(self) -> str:
        """The draft that is looked at; empty for the folder."""
        return self.base.version

    @cached_property
    def shown(self) -> Hashable:
        """A name for what is shown; another once something else is."""
        return self.content, self.planned, _is_committed_only()

    @cached_property
    def content(self) -> str:
        """A name for what is written; another once something else is."""
        return fingerprint(self.files)

    @cached_property
    def visitor(self) -> Visitor:
        """Who looks; what they do asks anew (`require`)."""
        return visitor()

    @property
    def can_edit(self) -> bool:
        """Whether the visitor may change what is shown, and nothing stands in the way."""
        return self.may(Role.EDITOR) and not self.conflicts

    def may(self, role: Role) -> bool:
        """Return whether the visitor has a role, or a greater one."""
        return self.visitor.may(role)

    def require(self, role: Role) -> None:
        """Refuse what follows to whoever may not.

        Raises:
            access.NotAllowed: The visitor doesn't have the role.
        """
        require(role)

    def finding(self, fingerprint: str | None) -> Finding | None:
        """Return the finding of that name; None where there is none any more."""
        found = (f for f in self.report.findings if f.fingerprint == fingerprint)
        return next(found, None)

    def open_version(self, name: str) -> None:
        """Show another version from the next answer on: a draft, or the folder for none."""
        choose_version(name)


@dataclass(frozen=True)
class Trouble:
    """Why there is nothing to show yet.

    Attributes:
        checked: What is wrong with the files.
        desk: What is unsaved; it is kept.
    """

    checked: Checked
    base: Base
    desk: Desk


def asked_for(arguments: list[str]) -> tuple[Path, Language]:
    """Return the folder and the language that the program was started with."""
    words = arguments[1:]
    root = opened_folder() or (Path(words[0]) if words else Path.cwd())
    language = Language(words[1]) if len(words) > 1 else language_of_environment()
    return root, language


def begin(root: Path, speak: Speaker) -> Session | Trouble:
    """Note what the pages of this answer show.

    Raises:
        HistoryError: The draft that is asked for isn't there, or there is no history.
        InvalidWorkspace: A draft holds what can't be read anywhere.
    """
    made_anew()
    version = _version()
    desk = _desk(root, version)
    base = _base(root, version, desk.commit)
    desk, conflicts = _rebased(root, base, desk)
    files = desk.over(base.files)
    written = checked(root, files, base)
    if written.workspace is None:
        return Trouble(written, base, desk)
    saved = checked(root, base.files, base)
    plans = _plans(written.workspace)
    shown = _once_done(root, fingerprint(files), plans, _is_committed_only(), written)
    session = Session(
        root=root,
        speak=speak,
        base=base,
        desk=desk,
        files=files,
        saved=saved.report,
        written=written.workspace,
        written_report=written.report,
        workspace=shown.valid,
        report=shown.report,
        names=Names(shown.valid, speak),
        planned=plans,
        conflicts=conflicts,
    )
    st.session_state[_KEY] = session
    return session


def _base(root: Path, version: str, commit_id: str) -> Base:
    """Return a version as it is saved; a draft is read once for each time it is saved."""
    mark = mark_of(root, version) if version != FOLDER else ""
    return _draft_at(root, version, mark) if mark else base_of(root, version, commit_id)


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _draft_at(root: Path, version: str, mark: str) -> Base:
    del mark  # part of the key only
    return base_of(root, version)


def current() -> Session:
    """Return what the pages of this answer show."""
    return cast(Session, st.session_state[_KEY])


def checked(root: Path, files: Mapping[str, bytes], base: Base) -> Checked:
    """Return what a check says of files, worked out once for each content that they have."""
    name = fingerprint(files, base.unread)
    return _checked(str(root), name, datetime.date.today(), files, base)


def check_ahead(root: Path) -> None:
    """Check a folder before anybody asks, so that whoever does finds it done."""
    base = base_of(root, FOLDER)
    checked(root, base.files, base)


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _checked(
    root: str, name: str, today: datetime.date, _files: Mapping[str, bytes], _base: Base
) -> Checked:
    del name  # part of the key only
    latest = _latest()
    found = check_files(_files, today, unread=_base.unread, earlier=latest.get(root))
    if found.workspace is not None:
        latest[root] = found.workspace
    return found


@st.cache_resource(show_spinner=False)
def _latest() -> dict[str, Workspace]:
    """Return the workspace that was read last, by folder: the next one is mostly the same."""
    return {}


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _done_by(
    root: str,
    name: str,
    today: datetime.date,
    plans: tuple[str, ...],
    is_committed_only: bool,
    _written: Checked,
) -> Checked:
    del root, name  # part of the key only
    workspace = _written.valid
    done = with_plans_done(
        workspace,
        [plan for plan in workspace.plans if plan.id in plans],
        is_committed_only=is_committed_only,
    )
    return check_workspace(done, today)


def _once_done(
    root: Path, name: str, plans: tuple[str, ...], is_committed_only: bool, written: Checked
) -> Checked:
    if not plans:
        return written
    today = datetime.date.today()
    return _done_by(str(root), name, today, plans, is_committed_only, written)


def report_once_done(
    session: Session, plans: tuple[str, ...], *, is_committed_only: bool
) -> Report:
    """Return what a check says of what is written, once plans are done."""
    written = Checked(session.written_report, session.written, session.written.sources)
    return _once_done(session.root, session.content, plans, is_committed_only, written).report


def suppose_done(plans: tuple[str, ...]) -> None:
    """Show everything as it will be once plans are done, from the next answer on."""
    st.session_state[PLANS] = [*plans]
    st.session_state[COMMITTED] = False


# What a visitor chose.


def may_open_folders() -> bool:
    """Return whether visitors may look at other folders: whoever is at this machine anyway."""
    return not is_sign_in_configured()


def opened_folder() -> Path | None:
    """Return the folder that the visitor opened; None for that of the server.

    The address remembers it.
    """
    if not may_open_folders():
        return None
    said = st.query_params.get(_FOLDER, "")
    # A link may not make this machine ask another one for a folder.
    is_elsewhere = said.startswith(("\\\\", "//")) or "\0" in said
    chosen: str = st.session_state.setdefault(_FOLDER, "" if is_elsewhere else said)
    address.write(_FOLDER, chosen)
    return Path(chosen) if chosen else None


def open_folder(folder: Path | None) -> None:
    """Look at the workspace in another folder from the next answer on; None for the server's."""
    if may_open_folders():
        for key in (_DESKS, _VERSION, _WORK):
            # What is unsaved elsewhere is kept there.
            st.session_state.pop(key, None)
            address.write(key, None)
        st.session_state[_FOLDER] = str(folder) if folder else ""


def _version() -> str:
    """Return the version that is looked at; the address remembers it."""
    said = st.query_params.get(_VERSION)
    if _VERSION not in st.session_state:
        st.session_state[_VERSION] = said or FOLDER
    chosen: str = st.session_state[_VERSION]
    address.write(_VERSION, chosen)
    return chosen


def choose_version(name: str) -> None:
    """Look at another version from the next answer on."""
    st.session_state[_VERSION] = name


def _plans(workspace: Workspace) -> tuple[str, ...]:
    """Return the plans that are taken for done; the address remembers them."""
    known = [plan.id for plan in workspace.plans]
    address.read(PLANS, known, default=None, is_list=True)
    chosen = tuple(st.session_state.get(PLANS, ()))
    address.write(PLANS, chosen)
    return chosen


def _is_committed_only() -> bool:
    return bool(st.session_state.get(COMMITTED, False))


# Desks.


def token() -> str:
    """Return the name under which this visitor's unsaved work is kept."""
    if _WORK not in st.session_state:
        said = st.query_params.get(_WORK, "")
        st.session_state[_WORK] = said if is_token(said) else secrets.token_hex(8)
    name: str = st.session_state[_WORK]
    return name


def _kept_name(version: str) -> str:
    """Return under which name the desk of a version is kept: each version has its own."""
    return token() + (version.encode().hex()[:40] if version else "")


def _desk(root: Path, version: str) -> Desk:
    desks: dict[str, Desk] = st.session_state.setdefault(_DESKS, {})
    if version not in desks:
        kept = kept_as(PrivateFolder(root), _kept_name(version))
        is_of_version = kept is not None and kept.desk.version == version
        desks[version] = kept.desk if kept and is_of_version else Desk(version=version)
    return desks[version]


def put_desk(root: Path, desk: Desk) -> None:
    """Go on with a desk, and keep it on the disk; the address remembers where."""
    st.session_state.setdefault(_DESKS, {})[desk.version] = desk
    kept = Kept(
        _kept_name(desk.version),
        visitor().name or visitor().email,
        datetime.datetime.now(datetime.UTC),
        desk,
    )
    try:
        keep(PrivateFolder(root), kept)
        st.session_state.pop(_UNKEPT, None)
    except OSError as error:
        # Work goes on in memory; people are told that a reload would lose it.
        st.session_state[_UNKEPT] = error.strerror or type(error).__name__
    look_again_for_what_was_left()
    address.write(_WORK, token() if desk.steps else None)


def why_unkept() -> str | None:
    """Return why unsaved work isn't kept on the disk; None where it is."""
    reason: str | None = st.session_state.get(_UNKEPT)
    return reason


def _rebased(root: Path, base: Base, desk: Desk) -> tuple[Desk, tuple[FileConflict, ...]]:
    """Return the desk with what others saved brought in, or what stands in the way."""
    if base.unread:
        return desk, ()
    try:
        now = desk.rebased(base.files, base.commit_id)
    except Unsettled as unsettled:
        return desk, unsettled.conflicts
    if now != desk:
        put_desk(root, now)
    return now, ()


def sign() -> str:
    """Return by what others tell this visitor from the rest.

    It isn't the name that unsaved work is kept under, which opens it.
    """
    return _sign_of(token())


def _sign_of(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest()


def left_behind(root: Path) -> list[Kept]:
    """Return the unsaved work in a folder that nobody who is here now has before them."""
    private = PrivateFolder(root)
    present = {each.token for each in visitors(private, datetime.datetime.now(datetime.UTC))}
    present.add(sign())
    return [
        kept for kept in _all_kept(str(root)) if _sign_of(kept.token[: len(token())]) not in present
    ]


def look_again_for_what_was_left() -> None:
    """Don't go by what was found a moment ago: some of it was taken up or thrown away."""
    _all_kept.clear()


@st.cache_data(ttl=PATIENCE, show_spinner=False)
def _all_kept(root: str) -> list[Kept]:
    return all_kept(PrivateFolder(Path(root)))


def main_arguments() -> list[str]:
    """Return what the program was started with."""
    return sys.argv
