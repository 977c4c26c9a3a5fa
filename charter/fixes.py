"""Repairs of a workspace's files that nobody needs to think about, and some that begin one.

Safe fixes are those after which the files mean what was certainly meant: an id or a key that is
misspelt where only one could be meant, and a transition that leads to a retired touchpoint,
which nobody walks any more. Not safe, for it silences the rule that asks for it, is the beginning
of an expression that is still to be written.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from charter.checker import check
from charter.findings import Answer
from charter.rules.has_expression import HasExpression
from charter.workspace import CHARTER_FILE, RULES_FILE, InvalidWorkspace, Workspace, read_files
from journeys.document import SURE
from journeys.edit import (
    AddKey,
    Address,
    CannotEdit,
    Edit,
    Remove,
    RenameKey,
    SetValue,
    address_at,
    edited,
    nodes_to,
)
from journeys.source import Block, Document, Items, Node, Position, Problem, Text, read

LEAD = 0.1
"""By how much what is meant must be more like what is written than anything else is."""

Todo = Callable[[str, str], str]
"""Returns what to write for the expression of a marker on a channel, both given by id."""


@dataclass(frozen=True)
class Fix:
    """A repair of one place.

    Attributes:
        reason: Which sentence tells it: ``misspelt-id``, ``misspelt-key``, ``retired`` or
            ``no-expression``.
        position: The place, in the files as they are.
        edit: What it does to the file.
        parameters: What the sentence names.
    """

    reason: str
    position: Position
    edit: Edit
    parameters: Mapping[str, object]


@dataclass(frozen=True)
class Fixes:
    """What can be repaired.

    Attributes:
        fixes: In the order of files and lines.
        changes: The files with all of them made, by name; only those that change.
        left: What is wrong with the workspace then; nothing if it can be checked.
    """

    fixes: tuple[Fix, ...]
    changes: Mapping[str, bytes]
    left: tuple[Problem, ...]


def find_fixes(
    files: Mapping[str, bytes],
    today: datetime.date,
    *,
    todo: Todo | None = None,
    lost: Collection[str] = (),
) -> Fixes:
    """Return the fixes of a workspace, valid or not.

    A fix after which more were wrong than before isn't offered. With ``todo``, markers get the
    expressions that a rule misses as texts still to be written, which isn't safe. ``lost`` names
    the files that are there but can't be read.
    """
    work = _Work(dict(files), lost)
    work.make(_misspellings(work))
    work.make(_retired(work))
    if todo is not None and not work.problems:
        work.make(_expressions(read_files(work.files), work, today, todo))
    changes = {file: now for file, now in work.files.items() if now != files[file]}
    fixes = sorted(work.made, key=lambda fix: fix.position)
    return Fixes(tuple(fixes), changes, tuple(work.problems))


class _Work:
    """Files that are being fixed.

    Attributes:
        files: As they are with the fixes made so far.
        problems: What is wrong with them.
        made: The fixes made.
    """

    def __init__(self, files: dict[str, bytes], lost: Collection[str]) -> None:
        self.files, self.lost = files, lost
        self.problems = _problems(files)
        self.made: list[Fix] = []
        self._documents: dict[str, Document] = {}

    def document(self, file: str) -> Document:
        if file not in self._documents:
            self._documents[file] = read(self.files.get(file, b""), file)
        return self._documents[file]

    def is_known(self, *folders: str) -> bool:
        """Return whether all that some files or folders declare is known."""
        files = [*self.files, *self.lost]
        found = [f for f in files if any(f == each or f.startswith(each) for each in folders)]
        return not any(f in self.lost or self.document(f).problems for f in found)

    def make(self, fixes: Iterable[Fix]) -> None:
        """Make those of some fixes that leave nothing worse: all at once, or else one by one."""
        wanted = list(fixes)
        if not self._try(wanted):
            for fix in wanted:
                self._try([fix])

    def _try(self, fixes: list[Fix]) -> bool:
        by_file: dict[str, list[Fix]] = {}
        for fix in fixes:
            by_file.setdefault(fix.position.file, []).append(fix)
        changed = dict(self.files)
        try:
            for file, own in by_file.items():
                changed[file] = edited(self.files[file], _in_order(own), file)
        except CannotEdit:
            return False
        problems = _problems(changed)
        mended = sum(fix.reason.startswith("misspelt") for fix in fixes)
        if len(problems) > len(self.problems) - mended:
            return False
        self.files, self.problems = changed, problems
        self.made += fixes
        self._documents.clear()
        return True


def _problems(files: Mapping[str, bytes]) -> list[Problem]:
    try:
        read_files(files)
    except InvalidWorkspace as invalid:
        return list(invalid.problems)
    return []


def _in_order(fixes: Iterable[Fix]) -> list[Edit]:
    """Return edits so that none changes the address of one that is still to be made."""
    edits = [fix.edit for fix in fixes]
    set_first = [edit for edit in edits if isinstance(edit, SetValue | AddKey)]
    rest = [edit for edit in edits if not isinstance(edit, SetValue | AddKey)]
    # The last first, and what lies inside before what it lies in.
    return [*set_first, *reversed(rest)]


# Misspelt ids and keys.


def _misspellings(work: _Work) -> Iterator[Fix]:
    for problem in work.problems:
        if problem.reason == "unknown-id" and _can_be_told(problem, work):
            yield from _misspelt_id(problem, work)
        elif problem.reason == "unknown-key":
            yield from _misspelt_key(problem, work)


def _can_be_told(problem: Problem, work: _Work) -> bool:
    """Return whether every id that could be meant is known."""
    file, what = problem.position.file, problem.parameters["what"]
    if what in ("touchpoint", "outcome") and file.startswith("journeys/"):
        return work.is_known(file)
    if what in ("touchpoint", "outcome", "journey"):
        return work.is_known("journeys/")
    return work.is_known(CHARTER_FILE, RULES_FILE, "markers/")


def _misspelt_id(problem: Problem, work: _Work) -> Iterator[Fix]:
    written, meant = _written_and_meant(problem, "id")
    found = _found(problem.position, work)
    if meant is None or found is None:
        return
    address, is_key, holder = found
    if (is_key or isinstance(holder, Items)) and meant in holder:
        # It is there already: whether this is it once more isn't for us to say.
        return
    edit = RenameKey(address, meant) if is_key else SetValue(address, meant)
    told = {"what": problem.parameters["what"], "old": written, "new": meant}
    yield Fix("misspelt-id", problem.position, edit, told)


def _misspelt_key(problem: Problem, work: _Work) -> Iterator[Fix]:
    written, meant = _written_and_meant(problem, "key")
    found = _found(problem.position, work)
    if meant is None or found is None:
        return
    address, is_key, holder = found
    if is_key and isinstance(holder, Block) and meant not in holder:
        told = {"old": written, "new": meant}
        yield Fix("misspelt-key", problem.position, RenameKey(address, meant), told)


def _found(position: Position, work: _Work) -> tuple[Address, bool, Node] | None:
    """Return the address of what stands somewhere, whether it is a key, and what holds it."""
    document = work.document(position.file)
    if document.root is None or document.problems:
        return None
    found = address_at(document.root, position)
    if found is None or not found[0]:
        return None
    return *found, nodes_to(document.root, found[0][:-1])[-1]


def _written_and_meant(problem: Problem, name: str) -> tuple[str, str | None]:
    known = problem.parameters.get("known", ())
    written = str(problem.parameters[name])
    return written, sure(written, known if isinstance(known, Collection) else ())


def sure(written: str, known: Collection[str]) -> str | None:
    """Return the one of ``known`` that ``written`` certainly means, or None.

    It is very like it, nothing else is about as like it, and their digits are the same: another
    number is another thing, not a slip.
    """
    likeness = sorted(((_likeness(written.casefold(), each), each) for each in known), reverse=True)
    if not likeness or likeness[0][0] < SURE:
        return None
    (best, meant), *others = likeness
    if others and others[0][0] > best - LEAD:
        return None
    return meant if re.findall(r"\d+", written) == re.findall(r"\d+", meant) else None


def _likeness(written: str, known: str) -> float:
    return difflib.SequenceMatcher(None, known, written).ratio()


# Transitions that nobody walks any more.


def _retired(work: _Work) -> Iterator[Fix]:
    for file in list(work.files):
        document = work.document(file)
        if file.startswith("journeys/") and document.root is not None and not document.problems:
            yield from _retired_in(document.root)


def _retired_in(root: Node) -> Iterator[Fix]:
    touchpoints = root.get("touchpoints") if isinstance(root, Block) else None
    blocks = [
        (index, item)
        for index, item in enumerate(touchpoints if isinstance(touchpoints, Items) else ())
        if isinstance(item, Block)
    ]
    retired = {str(item.get("id")) for _, item in blocks if item.get("status") == "retired"}
    for index, item in blocks:
        following = item.get("next")
        if str(item.get("id")) in retired or following is None:
            continue
        address = ("touchpoints", index, "next")
        steps = following if isinstance(following, Items) else [following]
        closed = [(place, step) for place, step in enumerate(steps) if _target(step) in retired]
        if closed and len(closed) == len(steps):
            # Where no transition is left, neither is the key.
            told = {"touchpoint": ", ".join(map(_target, steps))}
            yield Fix("retired", following.position, Remove(address), told)
            continue
        for place, step in closed:
            told = {"touchpoint": _target(step)}
            yield Fix("retired", step.position, Remove((*address, place)), told)


def _target(step: Node) -> str:
    target = step.get("to") if isinstance(step, Block) else step
    return str(target) if isinstance(target, Text) else ""


# Expressions still to be written.


def _expressions(
    workspace: Workspace, work: _Work, today: datetime.date, todo: Todo
) -> Iterator[Fix]:
    settings = {setting.journey.id: setting for setting in workspace.settings}
    missing: dict[tuple[str, str], None] = {}
    for verdict in check(workspace, today, measure=False).verdicts:
        is_missing = verdict.code == HasExpression.code and verdict.verdict is Answer.BROKEN
        if is_missing and verdict.reason != "not-for" and verdict.marker and verdict.touchpoint:
            stop = settings[str(verdict.journey)].stop(verdict.touchpoint)
            missing[verdict.marker, stop.channel] = None
    begun: set[str] = set()
    for marker, channel in missing:
        text = todo(marker, channel)
        position = workspace.charter.markers_by_id[marker].position
        root = work.document(position.file).root
        address = _address_of_marker(root, marker) if root is not None else None
        if root is None or address is None:
            continue
        block = nodes_to(root, address)[-1]
        written = block.get("expressions") if isinstance(block, Block) else None
        expressions = (*address, "expressions")
        edit: Edit
        if isinstance(written, Block) or marker in begun:
            edit = AddKey((*expressions, channel), text)
        elif written is None:
            edit = AddKey(expressions, {channel: text})
        else:
            edit = SetValue(expressions, {channel: text})
        begun.add(marker)
        told = {"marker": marker, "channel": channel, "text": text}
        yield Fix("no-expression", position, edit, told)


def _address_of_marker(root: Node, marker: str) -> Address | None:
    if isinstance(root, Block) and root.get("id") == marker:
        return ()
    items, lead = root, Address()
    if isinstance(root, Block):
        items, lead = root.get("markers", root), ("markers",)
    for index, item in enumerate(items if isinstance(items, Items) else ()):
        if isinstance(item, Block) and item.get("id") == marker:
            return (*lead, index)
    return None
