"""What sheets say of a workspace, taken into its files.

Each cell is held against what it would say if the workspace were written out now. What says the
same is left alone, byte for byte; what says something else is read, and the files are changed
there and nowhere else. Everything that is wrong is told at once, each at its cell.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from charter.manuscript import Key, Root, Slot, written_anew
from charter.messages import Language, speaker
from charter.sheets.cells import REMOVE
from charter.sheets.drafts import Drafts, NoSuchHolder, Row
from charter.sheets.headings import COMMENT, Headings, Meant, folded, identity
from charter.sheets.layout import CHARTER, READ, SHEETS, TRANSITIONS, VERDICTS, Sheet
from charter.sheets.raw import Kind, RawCell, RawRow, RawSheet
from charter.sheets.syntax import Field, Unreadable, is_dash, says, text_of
from charter.sheets.table import LISTS
from charter.sheets.tables import fields_of, said_of
from charter.workspace import InvalidWorkspace, read_files
from journeys.document import closest
from journeys.edit import Address, CannotEdit, address_at
from journeys.source import Position, Problem, read

_MARKS = frozenset({"x", "✓", "✔", "yes", "oui", "true", "vrai", "1", *REMOVE})
_KEPT = frozenset({"no", "non", "false", "faux", "0"})


class CannotTake(Exception):
    """Sheets that can't be taken into a workspace.

    Attributes:
        problems: Everything that is wrong with them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True)
class Taken:
    """What sheets make of a workspace.

    Attributes:
        changes: The new contents of the files that change, by name.
        unread: The sheets that say something, and aren't read.
    """

    changes: Mapping[str, bytes]
    unread: tuple[RawSheet, ...]


@dataclass(frozen=True)
class _Trace:
    """Where a change came from.

    Attributes:
        of: What the cell's row tells of.
        path: The keys under which what the cell says stands; none where it is the row as a whole.
        position: The cell.
    """

    of: Slot | Root
    path: tuple[str, ...]
    position: Position

    @property
    def file(self) -> str:
        """The file that it came into."""
        return self.of.file if isinstance(self.of, Root) else self.of.listing.file

    @property
    def address(self) -> Address:
        """Where it stands in the file, as it is now."""
        return (*self.of.address, *self.path)


@dataclass
class _Work:
    """Sheets on their way into files.

    Attributes:
        problems: What is wrong so far.
        traces: Where each change came from.
        removed: The cells that take something off, by what it is, what it is part of, and its id.
    """

    drafts: Drafts
    problems: list[Problem] = field(default_factory=list)
    traces: list[_Trace] = field(default_factory=list)
    removed: dict[tuple[str, str, str], Position] = field(default_factory=dict)

    def report(self, position: Position, reason: str, **parameters: object) -> None:
        code = "CH002" if reason == "unknown-id" else "CH001"
        self.problems.append(Problem(code, reason, position, parameters))


def take(sheets: Sequence[RawSheet], files: Mapping[str, bytes]) -> Taken:
    """Return what ``sheets`` make of the files of a workspace, of which there may be none yet.

    Raises:
        CannotTake: Something is wrong with them, or with the workspace that they would make.
    """
    work = _Work(Drafts(files))
    meant, unread = _meant_sheets(sheets, work)
    for sheet in READ:
        if sheet.id in meant:
            _take_sheet(sheet, meant[sheet.id], work)
    work.drafts.settle()
    changes = _changes(work, files)
    work.problems += _wrong_with({**files, **changes}, work)
    if work.problems:
        raise CannotTake(work.problems)
    return Taken(changes, tuple(unread))


# Sheets.


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet that is called so, in either language or as its CSV file is."""
    by_name = {folded(title): sheet for sheet in SHEETS for title in _titles(sheet)}
    return by_name.get(folded(name))


def known_sheets() -> tuple[str, ...]:
    """Return what sheets that are read may be called."""
    return tuple(dict.fromkeys(title for sheet in READ for title in _titles(sheet)))


def _titles(sheet: Sheet) -> tuple[str, ...]:
    return (*(speaker(each)(sheet.title) for each in Language), sheet.id)


def _meant_sheets(
    sheets: Sequence[RawSheet], work: _Work
) -> tuple[dict[str, RawSheet], list[RawSheet]]:
    """Return the sheets that are read by what they are, and those that aren't."""
    meant: dict[str, RawSheet] = {}
    unread: list[RawSheet] = []
    lists = {folded(speaker(each)(LISTS)) for each in Language}
    for raw in sheets:
        sheet = sheet_named(raw.name)
        if raw.name.startswith(COMMENT) or folded(raw.name) in lists or not raw.rows:
            continue
        if sheet is None:
            known = known_sheets()
            told = {"value": raw.name, "suggestion": closest(raw.name, known), "known": known}
            work.report(raw.position(), "unknown-sheet", **told)
        elif not sheet.is_read:
            unread += [raw] if sheet is VERDICTS else []
        elif sheet.id in meant:
            work.report(raw.position(), "sheet-twice", value=raw.name, other=meant[sheet.id].name)
        else:
            meant[sheet.id] = raw
    if not meant and not work.problems and sheets:
        work.report(sheets[0].position(), "no-sheet", known=known_sheets())
    return meant, unread


# Columns.


@dataclass(frozen=True)
class _Columns:
    """What the columns of a sheet tell, by their numbers.

    Attributes:
        untitled: Those without a heading that were reported.
    """

    sheet: Sheet
    meant: Mapping[int, Meant]
    untitled: set[int] = field(default_factory=set)

    def of_key(self, number: int) -> int | None:
        """Return the column of a key, if there is one."""
        return next((c for c, meant in self.meant.items() if meant.key == number), None)


def _columns(
    sheet: Sheet, raw: RawSheet, fields: Mapping[str, Sequence[Field]], work: _Work
) -> _Columns | None:
    """Return what the columns tell; None where it can't be told which row is which."""
    first = raw.rows[0]
    headings = Headings(sheet, [each for kind in fields.values() for each in kind])
    meant: dict[int, Meant] = {}
    for column, cell in first.cells.items():
        text = cell.written().strip()
        if not text or text.startswith(COMMENT):
            meant[column] = Meant()
            continue
        found = headings.meant(text)
        if found is None:
            told = {"suggestion": closest(text, headings.known), "known": tuple(headings.known)}
            work.report(cell.position, "unknown-column", value=text, **told)
            found = Meant()
        elif found in meant.values():
            work.report(cell.position, "column-twice", value=text)
            found = Meant()
        meant[column] = found
    columns = _Columns(sheet, meant)
    missing = [
        key
        for number, key in enumerate(sheet.keys)
        if not key.is_optional and columns.of_key(number) is None
    ]
    for key in missing:
        work.report(raw.position(first.number), "missing-column", key=key.title)
    return None if missing else columns


# Rows.


def _take_sheet(sheet: Sheet, raw: RawSheet, work: _Work) -> None:
    for merged in raw.merged:
        work.report(merged, "merged-cells")
    fields = fields_of(sheet, work.drafts)
    columns = _columns(sheet, raw, fields, work)
    if columns is None:
        return
    rows = {row.key: row for row in work.drafts.rows(sheet.id)}
    met: dict[Key, int] = {}
    ways: Counter[Key] = Counter()
    removed: list[tuple[Row, Position]] = []
    last: Row | None = None
    for raw_row in raw.rows[1:]:
        cells = _Cells(raw_row, columns, raw, work)
        key = cells.key()
        if key is None:
            continue
        if sheet is TRANSITIONS:
            ways[key] += 1
            key = (*key, str(ways[key]))
        if key in met:
            work.report(cells.position, "row-twice", line=met[key])
            continue
        met[key] = raw_row.number
        row = rows.get(key)
        removing = cells.removing()
        if removing is not None:
            if row is None:
                _report_unknown_row(cells.position, key, rows, work)
            elif isinstance(row.of, Root):
                work.report(removing, "not-removed-here")
            else:
                removed.append((row, removing))
        else:
            last = _take_row(sheet, row, key, cells, last, fields, work) or last
    for row, position in removed:
        _remove(sheet, row, position, work)


def _report_unknown_row(position: Position, key: Key, rows: Mapping[Key, Row], work: _Work) -> None:
    known = [" ".join(filter(None, each)) for each in rows]
    written = " ".join(filter(None, key))
    work.report(position, "nothing-to-remove", value=written, suggestion=closest(written, known))


def _remove(sheet: Sheet, row: Row, position: Position, work: _Work) -> None:
    if not isinstance(row.of, Slot):
        raise AssertionError("only items of lists are removed")
    row.of.listing.remove(row.of)
    what = row.kind or sheet.id.removesuffix("s")
    group = row.key[0] if len(sheet.keys) > 1 and not row.kind else ""
    work.removed[what, group, str(row.of.item.get("id", ""))] = position


def _take_row(
    sheet: Sheet,
    row: Row | None,
    key: Key,
    cells: _Cells,
    last: Row | None,
    fields: Mapping[str, Sequence[Field]],
    work: _Work,
) -> Row | None:
    """Make a workspace say what a row does; return what it tells of, None where it can't be."""
    is_new = row is None
    if row is None:
        if sheet is CHARTER and key[0] not in sheet.fields:
            known = tuple(sheet.fields)
            told = {"value": key[0], "suggestion": closest(key[0], known), "known": known}
            work.report(cells.position, "unknown-choice", key=sheet.keys[0].title, **told)
            return None
        try:
            row = work.drafts.add(sheet.id, key, last)
        except NoSuchHolder as missing:
            group = key[0] if missing.what == "touchpoint" else ""
            if (missing.what, group, missing.id) in work.removed:
                # It goes with what it is a part of.
                return None
            known = missing.known
            told = {"id": missing.id, "suggestion": closest(missing.id, known), "known": known}
            work.report(cells.position, "unknown-id", what=missing.what, **told)
            return None
        for path, position in cells.key_paths():
            work.traces.append(_Trace(row.of, path, position))
        work.traces.append(_Trace(row.of, (), cells.position))
    own = fields.get(row.kind, ())
    said = {} if is_new else said_of(row, {row.kind: own}, cells.speak)
    for each in own:
        changed = {
            language: cell
            for language, cell in cells.of(each).items()
            if not says(cell, said.get((identity(each), language)))
            and not (is_dash(cell) and is_new)
        }
        if changed:
            _take_field(row, each, changed, work)
    cells.report_strange(own)
    return row


def _take_field(row: Row, of: Field, changed: Mapping[str, RawCell], work: _Work) -> None:
    first = next(iter(changed.values())).position
    item = copy.deepcopy(row.of.item)
    try:
        of.take(item, changed)
    except Unreadable as wrong:
        cell = changed.get(wrong.language or "")
        position = cell.position if cell is not None else first
        work.report(position, wrong.reason, **wrong.parameters)
        return
    row.of.keep(item)
    work.traces.append(_Trace(row.of, (), first))
    for language, cell in changed.items():
        work.traces.append(_Trace(row.of, of.path, cell.position))
        if language:
            work.traces.append(_Trace(row.of, (*of.path, language), cell.position))


class _Cells:
    """The cells of a row, by what their columns tell; what can't be read is reported."""

    speak = speaker(Language.ENGLISH)

    def __init__(self, row: RawRow, columns: _Columns, raw: RawSheet, work: _Work) -> None:
        self.columns, self.work = columns, work
        self.position: Position = raw.position(row.number)
        self._cells: dict[int, RawCell] = {}
        for column, cell in row.cells.items():
            meant = columns.meant.get(column)
            if not cell.written().strip():
                continue
            if meant is None:
                if column not in columns.untitled:
                    columns.untitled.add(column)
                    work.report(cell.position, "untitled-column")
            elif meant == Meant():
                continue
            elif cell.kind is Kind.FORMULA:
                work.report(cell.position, "formula", value=cell.written())
            elif cell.kind is Kind.ERROR:
                work.report(cell.position, "error-cell", value=cell.written())
            else:
                self._cells[column] = cell
        self._row = row

    def key(self) -> Key | None:
        """Return which item the row tells of; None where it doesn't say."""
        key: list[str] = []
        for number, of in enumerate(self.columns.sheet.keys):
            column = self.columns.of_key(number)
            cell = self._cells.get(column) if column is not None else None
            if cell is None and not of.is_optional and column is not None:
                if self._cells and column not in self._row.cells:
                    position = replace_column(self.position, column)
                    self.work.report(position, "row-without-key", key=of.title)
                return None
            key.append("" if cell is None else text_of(cell).strip())
        return tuple(key)

    def key_paths(self) -> Iterator[tuple[tuple[str, ...], Position]]:
        """Yield where the cells of the key came to stand."""
        for number, of in enumerate(self.columns.sheet.keys):
            column = self.columns.of_key(number)
            if column is not None and column in self._cells:
                path = of.path or ("id" if of.title == "id" else "")
                if path:
                    yield (path,), self._cells[column].position

    def removing(self) -> Position | None:
        """Return the cell that says to remove what the row tells of, if one does."""
        for column, meant in self.columns.meant.items():
            cell = self._cells.get(column)
            if not meant.is_remove or cell is None:
                continue
            word = cell.written().strip().casefold()
            if word in _MARKS:
                return cell.position
            if word not in _KEPT:
                self.work.report(cell.position, "expected-yes", value=word)
        return None

    def of(self, of: Field) -> dict[str, RawCell]:
        """Return the cells of a field by language."""
        return {
            meant.language: self._cells[column]
            for column, meant in self.columns.meant.items()
            if meant.title == identity(of) and column in self._cells
        }

    def report_strange(self, own: Sequence[Field]) -> None:
        """Report cells of columns that say nothing of a row of this kind."""
        known = {identity(each) for each in own}
        for column, meant in self.columns.meant.items():
            if column in self._cells and meant.title is not None and meant.title not in known:
                self.work.report(self._cells[column].position, "column-of-others")


def replace_column(position: Position, column: int) -> Position:
    """Return another cell of the same row."""
    return position._replace(column=column)


# Files.


def _changes(work: _Work, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that say something else than before; what can't be changed is reported."""
    changes = {}
    for root in work.drafts.changed():
        try:
            changes[root.file] = written_anew(root, files)
        except CannotEdit as refused:
            work.problems.append(_at_its_cell(refused.problem, work, files))
    return {file: content for file, content in changes.items() if content != files.get(file)}


def _wrong_with(files: Mapping[str, bytes], work: _Work) -> Iterator[Problem]:
    """Yield what is wrong with files, each problem at the cell that it came from."""
    try:
        read_files(files)
    except InvalidWorkspace as invalid:
        for problem in invalid.problems:
            yield _at_its_cell(problem, work, files)


def _at_its_cell(problem: Problem, work: _Work, files: Mapping[str, bytes]) -> Problem:
    """Return a problem of a file as one of the cell that it came from, if it came from one."""
    told = problem.parameters
    named = str(told.get("what")), str(told.get("id"))
    removing = next((p for (what, _, id_), p in work.removed.items() if (what, id_) == named), None)
    if problem.reason == "unknown-id" and removing is not None:
        place = f"{problem.position.file}:{problem.position.line}"
        parameters = {"what": told["what"], "id": told["id"], "place": place}
        return Problem(problem.code, "removed-but-named", removing, parameters)
    address = _address(problem.position, files)
    if address is None:
        return problem
    here = [trace for trace in work.traces if trace.file == problem.position.file]
    best: _Trace | None = None
    for trace in here:
        is_around = trace.address == address[: len(trace.address)]
        if is_around and (best is None or len(trace.address) > len(best.address)):
            best = trace
    return problem if best is None else replace(problem, position=best.position)


def _address(position: Position, files: Mapping[str, bytes]) -> Address | None:
    root = read(files.get(position.file, b""), position.file).root
    if root is None:
        return None
    found = address_at(root, position)
    return None if found is None else found[0]
