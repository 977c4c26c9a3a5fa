"""Exporting a workspace to the files of other tools."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from charter.messages import Speaker
from charter.usecases.check import is_of_workspace, write_whole
from charter.usecases.sites import is_within_workspace, replace_site
from charter.workspace import CHARTER_FILE, Workspace, read_folder
from journeys.document import closest
from journeys.model import Journey

FORMATS: Mapping[str, str] = {
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".xlsx": "workbook",
    ".csv": "separated",
    ".zip": "separated",
    "": "folder",
    ".png": "picture",
    ".svg": "picture",
}
"""What is written, by the ending of the file's name; nothing for a folder, whatever it is called.

A new one is a file in `charter.usecases.exports`, with an `export`, and a line in this table. A
module that can draw in several manners names them in ``MANNERS``, the usual one first; one that
can look at a segment, or point out a path, says so in ``OPTIONS``.
"""


class UnknownEnding(Exception):
    """No format is known by the ending of a file's name.

    Attributes:
        ending: That of the name, in small letters, with its dot.
        known: The endings there are.
    """

    def __init__(self, ending: str, known: Iterable[str]) -> None:
        super().__init__(ending)
        self.ending, self.known = ending, tuple(known)


class UnknownManner(Exception):
    """The format isn't written in the manner asked for.

    Attributes:
        manner: As it was asked for.
        known: The manners there are; none where there is only one.
    """

    def __init__(self, manner: str, known: Iterable[str]) -> None:
        super().__init__(manner)
        self.manner, self.known = manner, tuple(known)


class NotTaken(Exception):
    """The format has no use for an option.

    Attributes:
        option: Its name.
    """

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


class UnknownId(Exception):
    """There is no such segment of the journey, or no such rule.

    Attributes:
        what: ``segment`` or ``rule``.
        id: As it was asked for.
        suggestion: What was probably meant.
        known: Those there are.
    """

    def __init__(self, what: str, id: str, known: Iterable[str]) -> None:
        super().__init__(id)
        self.what, self.id, self.known = what, id, tuple(known)
        self.suggestion = closest(id, self.known)


class NothingBroken(Exception):
    """No path of the journey breaks a rule, so there is none to point out.

    Attributes:
        rule: Its id.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class UnknownJourney(Exception):
    """There is no such journey.

    Attributes:
        journey: As it was asked for.
        suggestion: What was probably meant.
        known: The journeys there are.
    """

    def __init__(self, journey: str, known: Iterable[str]) -> None:
        super().__init__(journey)
        self.journey, self.known = journey, tuple(known)
        self.suggestion = closest(journey, self.known)


class SeveralJourneys(Exception):
    """The format holds one journey, and there are several, or none.

    Attributes:
        known: The journeys there are to choose from.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.known = tuple(known)
        super().__init__(", ".join(self.known))


class NoTemplate(Exception):
    """The format has no template to be filled in."""


class IsOfWorkspace(Exception):
    """The file to write is one of the workspace's own.

    Attributes:
        file: The file.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


@dataclass(frozen=True)
class Order:
    """What is to be exported, and how.

    Attributes:
        journeys: Those asked for; all of the workspace where none was.
        manner: How it is drawn, where the format has several manners; None for the usual one.
        segment: Whose paths are shown; None for everyone's.
        witness: The rule whose shortest breaking path is pointed out, if one is.
        ending: That of the file's name, in small letters, with its dot.
        root: The folder that the workspace was read from.
        speak: Says what is written for people, in their language.
        today: The day of the export.
        target: The file or folder that is to be written.
    """

    workspace: Workspace
    journeys: tuple[Journey, ...]
    manner: str | None
    segment: str | None
    witness: str | None
    ending: str
    root: Path
    speak: Speaker
    today: datetime.date
    target: Path

    @property
    def journey(self) -> Journey:
        """The one journey asked for, or that there is.

        Raises:
            SeveralJourneys: It isn't one.
        """
        if len(self.journeys) != 1:
            raise SeveralJourneys(journey.id for journey in self.journeys)
        return self.journeys[0]


@dataclass(frozen=True)
class Exported:
    """What a workspace is in other terms.

    Attributes:
        content: That of the file; of a folder's files by name, where a folder was asked for.
        left_out: What the format has no place for, and how many there are of it; see
            `charter.messages.exchange`.
        is_site: Whether the folder is a site, which takes the place of a former one as a whole.
    """

    content: bytes | Mapping[str, bytes]
    left_out: Mapping[str, int]
    is_site: bool = False


def export_folder(
    root: Path,
    target: Path,
    speak: Speaker,
    today: datetime.date,
    *,
    journeys: Iterable[str] = (),
    manner: str | None = None,
    segment: str | None = None,
    witness: str | None = None,
) -> Exported:
    """Write the workspace in ``root`` to ``target``, wholly or not at all; return what was.

    Raises:
        InvalidWorkspace: There is none, or it isn't valid.
        UnknownEnding: No format is known by the ending of ``target``.
        UnknownManner: The format isn't written in this ``manner``.
        NotTaken: The format has no use for a ``segment`` or a ``witness``.
        UnknownId: There is no such segment, no rule of the id ``witness``, or no sheet that is
            called as the file that is to hold it.
        NothingBroken: Nothing breaks the rule ``witness`` there.
        UnknownJourney: One of ``journeys`` isn't there.
        SeveralJourneys: The format holds one journey, and it must be said which.
        IsOfWorkspace: The workspace is read from ``target``, so nothing is written over it.
        HoldsOthers: ``target`` is a folder that holds what is no site of ours.
        OSError: It can't be written there.
    """
    module = import_module(f"charter.usecases.exports.{format_of(target)}")
    manners: tuple[str, ...] = getattr(module, "MANNERS", ())
    if manner is not None and manner not in manners:
        raise UnknownManner(manner, manners)
    taken: tuple[str, ...] = getattr(module, "OPTIONS", ())
    for option, value in (("segment", segment), ("witness", witness)):
        if value is not None and option not in taken:
            raise NotTaken(option)
    workspace = read_folder(root)
    order = Order(
        workspace,
        _chosen(workspace, journeys),
        manner,
        segment,
        witness,
        "" if target.is_dir() else target.suffix.lower(),
        root,
        speak,
        today,
        target,
    )
    exported: Exported = module.export(order)
    if exported.is_site and not isinstance(exported.content, bytes):
        if is_within_workspace(target, root):
            raise IsOfWorkspace(target)
        replace_site(target, exported.content)
        return exported
    if isinstance(exported.content, bytes):
        files = {target: exported.content}
    else:
        files = {target / name: content for name, content in exported.content.items()}
    for file in files:
        if is_of_workspace(file, root):
            raise IsOfWorkspace(file)
    for file, content in files.items():
        if file != target:
            file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
    return exported


def export_template(root: Path, target: Path, speak: Speaker) -> None:
    """Write the blank grid of a workshop, for the workspace in ``root`` or for one to come.

    Raises:
        InvalidWorkspace: There is a workspace, and it isn't valid.
        NoTemplate: ``target`` isn't called as a workbook is.
        IsOfWorkspace: The workspace is read from ``target``.
        OSError: It can't be written there.
    """
    if target.suffix.lower() != ".xlsx":
        raise NoTemplate(str(target))
    workspace = read_folder(root) if (root / CHARTER_FILE).exists() else None
    from charter.sheets.grid import PAPER, grid
    from charter.sheets.workbook import workbook

    if is_of_workspace(target, root):
        raise IsOfWorkspace(target)
    write_whole(target, workbook([grid(workspace, speak)], speak, PAPER))


def format_of(target: Path) -> str:
    """Return the module that writes a file of this name.

    Raises:
        UnknownEnding: There is none.
    """
    ending = "" if target.is_dir() else target.suffix.lower()
    if ending not in FORMATS:
        raise UnknownEnding(ending, (known for known in FORMATS if known))
    return FORMATS[ending]


def _chosen(workspace: Workspace, journeys: Iterable[str]) -> tuple[Journey, ...]:
    by_id = {journey.id: journey for journey in workspace.journeys}
    asked = tuple(dict.fromkeys(journeys))
    for each in asked:
        if each not in by_id:
            raise UnknownJourney(each, by_id)
    return tuple(by_id[each] for each in asked) or workspace.journeys
