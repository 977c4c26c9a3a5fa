"""What becomes of a workshop: proposals, their proof, and a draft of the charter."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from charter.amendments import Amendment, amended, free_id
from charter.checker import Checked
from charter.compare import Comparison, compare
from charter.desk import Desk
from charter.history import Author
from charter.messages import N_, Speaker, visible_line
from charter.private_folder import PrivateFolder
from charter.usecases.desks import FOLDER, amend, base_of, check_files, save_as_draft
from charter.workshop import Answer, Workshop, Workshops
from charter.workshop.outcome import Outcome, outcome_of
from charter.workshop.proposals import Proposal
from charter.workshop.telling import round_name
from charter.workspace import Workspace, read_files, read_in_part
from journeys.document import Words, slug

_LONGEST_SUBJECT, _LONGEST_NAME = 100, 40


class ChangedMeanwhile(Exception):
    """The charter, or what was answered, isn't what proposals were chosen by any more.

    Attributes:
        proposals: Those that can't be done as they were seen.
    """

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        super().__init__(", ".join(each.id for each in proposals))
        self.proposals = tuple(proposals)


def workshops_in(root: Path) -> Workshops:
    """Return the workshops of a workspace."""
    return Workshops(PrivateFolder(root))


def answers_of(workshops: Workshops, workshop: Workshop) -> dict[str, list[Answer]]:
    """Return what was answered in each round that was begun, by its id."""
    return {each.id: workshops.answers(workshop.id, each) for each in workshop.rounds}


def outcome(root: Path, workshop: Workshop, workspace: Workspace, language: str) -> Outcome:
    """Return what a workshop came to, and what it proposes to change.

    Args:
        root: The workspace's folder.
        workshop: The workshop.
        workspace: The charter as it is saved.
        language: What new texts are said in; see `outcome_of`.

    Raises:
        CannotKeep: What was answered can't be read.
    """
    answers = answers_of(workshops_in(root), workshop)
    return outcome_of(workshop, answers, workspace, language)


def prove(
    files: Mapping[str, bytes],
    chosen: Iterable[Proposal],
    today: datetime.date,
    *,
    before: Checked | None = None,
) -> Comparison | Checked:
    """Return a charter compared with what proposals make of it, both checked.

    That one of both is invalid is an answer too.

    Args:
        files: The charter's.
        chosen: The proposals.
        today: The day of the checks.
        before: What a check of the files says, where that is known.

    Raises:
        NoSuchPlace: What a proposal changes isn't there.
        CannotEdit: A file can't be changed safely.
    """
    was = before or check_files(files, today)
    if was.workspace is None:
        return was
    changes = amended(files, _amendments(chosen))
    now = check_files({**files, **changes}, today, earlier=was.workspace)
    return now if now.workspace is None else compare(was, now)


def write_draft(
    root: Path,
    workshop: Workshop,
    chosen: Sequence[Proposal],
    name: str,
    *,
    version: str = FOLDER,
    language: str,
    author: Author,
    message: str,
    now: datetime.datetime,
) -> None:
    """Write a new draft in which proposals are done, upon a version as it is saved now.

    It begins where `save_as_draft` says. What others saved meanwhile stays as it is.

    Raises:
        ChangedMeanwhile: Proposals don't mean any more what they did when they were chosen.
        InvalidWorkspace: The charter would be invalid, or is.
        NoSuchPlace: What a proposal changes isn't there.
        CannotEdit: A file can't be changed safely.
        HistoryError: It can't be saved, or there is a draft of that name (``draft-exists``).
        CannotKeep: What was answered can't be read.
    """
    base = base_of(root, version)
    if base.unread:
        raise read_in_part(base.files, base.unread)
    fresh = {each.id: each for each in _open(root, workshop, base.files, language)}
    changed = [
        each for each in chosen if each.id not in fresh or not fresh[each.id].is_same_change(each)
    ]
    if changed:
        raise ChangedMeanwhile(changed)
    desk = amend(base, Desk(version), _amendments(chosen), N_("Workshop"), {})
    read_files(desk.over(base.files))
    save_as_draft(root, base, desk, name, author=author, message=message, now=now)


def _open(
    root: Path, workshop: Workshop, files: Mapping[str, bytes], language: str
) -> Sequence[Proposal]:
    found = outcome(root, workshop, read_files(files), language)
    return [each for each in found.proposals if each.is_open]


def _amendments(chosen: Iterable[Proposal]) -> list[Amendment]:
    return [amendment for each in chosen for amendment in each.amendments]


def free_draft_name(workshop: Workshop, taken: Iterable[str], speak: Speaker) -> str:
    """Return a name for the draft of a workshop that no draft has."""
    return free_id(workshop.title[:_LONGEST_NAME], taken, slug(speak(N_("Workshop"))) or "workshop")


def commit_message(found: Outcome, chosen: Sequence[Proposal], speak: Speaker) -> str:
    """Return what history says of a draft: the workshop, and each change with its support."""
    title = found.workshop.title
    subject = (
        speak.naming(N_("Workshop “{title}”"), title=title) if title else speak(N_("Workshop"))
    )
    lines = [visible_line(subject)[:_LONGEST_SUBJECT]]
    named = {
        each.id: speak(N_("Round {number}: {name}"), number=n, name=round_name(each, speak))
        for n, each in enumerate(found.workshop.rounds, start=1)
    }
    for id, proposals in groupby(chosen, key=lambda each: each.round):
        lines += ["", named[id]]
        for each in proposals:
            lines.append(f"- {each.told.spoken(speak)} ({each.backing.spoken(speak)})")
            if each.detail:
                lines.append(
                    f"  {speak(N_('For example: {example}'), example=visible_line(each.detail))}"
                )
    return "\n".join(lines)


def workbook_of(root: Path, found: Outcome, speak: Speaker) -> bytes:
    """Return a workshop as a workbook (XLSX): the same one, the same bytes.

    Raises:
        CannotKeep: What was answered can't be read.
    """
    from charter.sheets.workshop import workshop_workbook

    answers = answers_of(workshops_in(root), found.workshop)
    return workshop_workbook(found, answers, speak)


def report_of(found: Outcome, brand: Words, speak: Speaker) -> bytes:
    """Return a workshop as a short report, a web page of its own: the same one, the same bytes."""
    from charter.reports.workshop import render

    return render(found, brand, speak).encode()
