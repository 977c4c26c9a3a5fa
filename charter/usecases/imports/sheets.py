"""Sheets taken into a workspace: what they change is shown by what it means, and then written."""

from __future__ import annotations

from charter.messages import N_
from charter.sheets.raw import CannotRead, RawSheet
from charter.sheets.separated import read_archive, read_separated
from charter.sheets.taking import CannotTake, take
from charter.usecases.diff import compare_files
from charter.usecases.importing import Delivery, File, NotImported, Offer
from journeys.formats.notes import Note
from journeys.source import Problem


def propose(delivery: Delivery) -> Offer:
    """Return what the sheets of a file, or of a folder's files, change.

    Raises:
        NotImported: Something is wrong with them; everything is told, each at its cell.
    """
    try:
        taken = take(_sheets(delivery.file), delivery.files)
    except (CannotRead, CannotTake) as refused:
        raise NotImported(refused.problems) from None
    notes = tuple(Note("verdicts-unread", raw.position()) for raw in taken.unread)
    comparison = None
    if delivery.files and taken.changes:
        after = {**delivery.files, **taken.changes}
        comparison = compare_files(
            delivery.files,
            after,
            delivery.today,
            old=delivery.speak(N_("the files as they are")),
            new=delivery.file.name,
        )
    return Offer(taken.changes, notes=notes, comparison=comparison)


def _sheets(file: File) -> list[RawSheet]:
    if file.ending == ".xlsx":
        from charter.sheets.opening import read_workbook

        return read_workbook(file.name, file.content)
    if file.ending == ".zip":
        return read_archive(file.name, file.content)
    problems: list[Problem] = []
    sheets = []
    if file.parts == ():
        problems.append(Problem("CH001", "no-csv", file.start))
    for each in (file,) if file.parts is None else file.parts:
        try:
            sheets.append(read_separated(each.name, each.stem, each.content))
        except CannotRead as refused:
            problems += refused.problems
    if problems:
        raise CannotRead(problems)
    return sheets
