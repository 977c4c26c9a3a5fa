"""A workspace told as tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from charter.brand import EVERYONE
from charter.checker import check
from charter.messages import N_, Speaker
from charter.sheets.cells import carried
from charter.sheets.drafts import Drafts, Row
from charter.sheets.headings import capital, heading, identity
from charter.sheets.layout import (
    CHARTER,
    EXPRESSIONS,
    HELP,
    REMOVE_HELP,
    REMOVE_TITLE,
    SHEETS,
    VERDICTS,
    Key,
    Sheet,
    expression_fields,
)
from charter.sheets.syntax import Field, Said, TruthField
from charter.sheets.table import Column, Table, Value
from charter.workspace import Workspace
from journeys.content import content

_HOW_TO = (
    N_("Change what a cell says to change what the charter says. A blank cell changes nothing."),
    N_("A dash (-) takes off what stood there. A row that is missing changes nothing either."),
    N_("A new row, with an id of its own, adds something; “remove” takes off what a row tells of."),
    N_("Ids are never renamed here: another id is another thing. Headings may be in any order."),
    N_("A column, or a sheet, whose name begins with # is yours, and isn't read."),
    N_("Formulas aren't computed and are refused: put in the value instead."),
    N_(
        "An apostrophe before a text that begins with =, +, - or @ keeps programs from running it; "
        "it isn't part of the text."
    ),
    N_("A cell holds 32,767 characters: what is longer is blank here and stays in the files."),
    N_("“charter import” shows what would change, and writes it only with “--write”."),
)

_LANGUAGE_FREE = ""


def tables_of(workspace: Workspace, speak: Speaker, today: datetime.date) -> list[Table]:
    """Return the tables of a workspace, each a sheet, in the language spoken.

    Cost: a check, and each value of its files.
    """
    drafts = Drafts({file: text.encode() for file, text in workspace.sources.items()})
    fields = {sheet.id: fields_of(sheet, drafts) for sheet in SHEETS if sheet.is_read}
    rows = {sheet.id: drafts.rows(sheet.id) for sheet in SHEETS if sheet.is_read}
    said = {
        sheet: [said_of(row, fields[sheet], speak) for row in found]
        for sheet, found in rows.items()
    }
    languages = sorted(
        {language for told in said.values() for cells in told for _, language in cells if language}
    )
    choices = choices_of(workspace)
    tables = []
    for sheet in SHEETS:
        if sheet is VERDICTS:
            tables.append(_verdicts(workspace, speak, today))
        elif sheet is HELP:
            tables.append(_help(speak))
        else:
            own = _Columns(sheet, fields[sheet.id], said[sheet.id], languages, choices, speak)
            tables.append(own.table(rows[sheet.id]))
    return tables


def left_out(workspace: Workspace) -> dict[str, int]:
    """Return what no sheet tells, and how many there are of it."""
    charter = workspace.charter
    places = [t.indicators for journey in workspace.journeys for t in journey.touchpoints]
    watched = [each for each in (*places, *(s.indicators for s in charter.stages)) if each]
    indicators = [each for of in watched for each in (*of.quantitative, *of.qualitative)]
    return {
        "cues": sum(bool(marker.cues) for marker in charter.markers),
        "indicators": sum(len(content(each)) > 1 for each in indicators),
    }


def fields_of(sheet: Sheet, drafts: Drafts) -> Mapping[str, Sequence[Field]]:
    """Return the fields of a sheet by kind of row; some hold ids that the charter declares."""
    if sheet is not EXPRESSIONS:
        return sheet.fields
    segments = drafts.ids("segments") or (EVERYONE,)
    return {"": tuple(expression_fields(drafts.ids("channels"), segments))}


def said_of(
    row: Row, fields: Mapping[str, Sequence[Field]], speak: Speaker
) -> dict[tuple[str, str], Said]:
    """Return what the cells of a row say, by field and language."""
    item = row.of.item
    return {
        (identity(field), language): told
        for field in fields.get(row.kind, ())
        for language, told in field.said(item, speak).items()
    }


def choices_of(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Return the ids that may be chosen, by what they name."""
    charter = workspace.charter
    named = {
        "channel": charter.channels,
        "stage": charter.stages,
        "segment": charter.all_segments,
        "marker": charter.markers,
        "value": charter.values,
    }
    touchpoints = (each.id for journey in workspace.journeys for each in journey.touchpoints)
    outcomes = (each.id for journey in workspace.journeys for each in journey.outcomes or ())
    exits = (t.exit for journey in workspace.journeys for t in journey.touchpoints if t.exit)
    return {
        **{what: tuple(each.id for each in things) for what, things in named.items()},
        "journey": tuple(journey.id for journey in workspace.journeys),
        "touchpoint": tuple(dict.fromkeys(touchpoints)),
        "outcome": tuple(dict.fromkeys([*outcomes, *exits])),
        "plan": tuple(plan.id for plan in workspace.plans),
    }


class _Columns:
    """The columns of a sheet, with what their cells say."""

    def __init__(
        self,
        sheet: Sheet,
        fields: Mapping[str, Sequence[Field]],
        said: Sequence[Mapping[tuple[str, str], Said]],
        languages: Sequence[str],
        choices: Mapping[str, tuple[str, ...]],
        speak: Speaker,
    ) -> None:
        self.sheet, self.said, self.choices, self.speak = sheet, said, choices, speak
        used = {cell for cells in said for cell in cells}
        self.columns: list[tuple[Field, str]] = []
        for field in _by_identity(fields).values():
            own: list[str] = [_LANGUAGE_FREE]
            if field.has_languages and languages:
                is_used = (identity(field), _LANGUAGE_FREE) in used
                own = [*([_LANGUAGE_FREE] if is_used else []), *languages]
            self.columns += [(field, language) for language in own]

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table."""
        speak, sheet = self.speak, self.sheet
        removing = Column(capital(speak(REMOVE_TITLE)), speak(REMOVE_HELP), ("x",), is_open=True)
        columns = [
            *map(self._key, sheet.keys),
            *(self._field(field, language) for field, language in self.columns),
            *([removing] if sheet.can_remove else []),
        ]
        cells = [
            (
                *(carried(each) or None for each in row.key[: len(sheet.keys)]),
                *(told.get((identity(field), language)) for field, language in self.columns),
                *([None] if sheet.can_remove else []),
            )
            for row, told in zip(rows, self.said, strict=True)
        ]
        frozen = 2 if sheet is CHARTER else len(sheet.keys)
        return Table(
            speak(sheet.title), sheet.id, tuple(columns), tuple(map(_plain_values, cells)), frozen
        )

    def _key(self, key: Key) -> Column:
        choices = key.choices or self.choices.get(key.what, ())
        return Column(
            capital(self.speak(key.title)), self.speak(key.help), choices, is_open=not key.choices
        )

    def _field(self, field: Field, language: str) -> Column:
        choices = field.choices() or self.choices.get(field.what, ())
        if isinstance(field, TruthField):
            choices = tuple(map(self.speak, choices))
        told = self.speak(field.help) if field.help else ""
        title = heading(field, language, self.speak)
        return Column(title, told, choices, is_open=field.is_open)


def _by_identity(fields: Mapping[str, Sequence[Field]]) -> dict[str, Field]:
    by_identity: dict[str, Field] = {}
    for each in fields.values():
        for field in each:
            by_identity.setdefault(identity(field), field)
    return by_identity


def _plain_values(cells: Iterable[Said | None]) -> tuple[Value, ...]:
    """Return values as cells hold them: a whole number is one."""
    return tuple(
        int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells
    )


_TITLES_BEFORE = (N_("Rule"), N_("code"), N_("severity"))
_TITLES_OF_SCOPE = {
    "journey": N_("Journey"),
    "segment": N_("Segment"),
    "marker": N_("Marker"),
    "value": N_("Value"),
    "channel": N_("Channel"),
    "stage": N_("Stage"),
    "touchpoint": N_("Touchpoint"),
    "owner": N_("owner"),
    "action": N_("Action"),
}
_TITLES_BEHIND = (
    N_("verdict"),
    N_("share"),
    N_("share basis"),
    N_("witness"),
    N_("state"),
)


def _verdicts(workspace: Workspace, speak: Speaker, today: datetime.date) -> Table:
    """Return what a check answers, a row for each verdict."""
    rows = []
    for verdict in check(workspace, today).verdicts:
        witness = " → ".join(verdict.witness) if verdict.witness else None
        told = (verdict.verdict, verdict.share, verdict.share_basis, witness, verdict.status)
        whole = (verdict.rule, verdict.code, verdict.severity)
        values = (*whole, *(verdict.ids.get(name) for name in _TITLES_OF_SCOPE), *told)
        rows.append(
            tuple(
                each if isinstance(each, float) else None if each is None else carried(str(each))
                for each in values
            )
        )
    titles = (*_TITLES_BEFORE, *_TITLES_OF_SCOPE.values(), *_TITLES_BEHIND)
    columns = tuple(Column(capital(speak(title))) for title in titles)
    return Table(speak(VERDICTS.title), VERDICTS.id, columns, tuple(rows), 1, spare_rows=0)


def _help(speak: Speaker) -> Table:
    """Return how the sheets are used, and what each tells."""
    rows: list[tuple[Value, ...]] = [("", speak(line)) for line in _HOW_TO]
    rows += [(speak(sheet.title), speak(sheet.help)) for sheet in SHEETS if sheet.help]
    columns = (
        Column(capital(speak(N_("sheet")))),
        Column(capital(speak(N_("what to know"))), width=100),
    )
    return Table(speak(HELP.title), HELP.id, columns, tuple(rows), spare_rows=0)
