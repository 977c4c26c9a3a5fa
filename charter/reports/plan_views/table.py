"""Actions as the rows of a table, for a CRM or a project tool to take in.

Headings, ids and statuses are the same in every language, so that what was mapped to the fields of
another tool once stays so; titles and descriptions are for people.
"""

from __future__ import annotations

from collections.abc import Sequence

from charter.messages import N_, Language, Speaker
from charter.plan_views import Entry, Group, Viewed
from charter.reports.names import Names
from charter.reports.plan_views.telling import ViewTeller
from charter.sheets.table import Column, Table, Value

GROUP = "group"
"""The heading of the segment, channel or owner under which an action stands."""

COLUMNS = (
    "id",
    "title",
    "description",
    "status",
    "owner",
    "start",
    "due",
    "cost",
    "effect",
    "plan",
    "marker",
    "removes",
    "journey",
    "touchpoints",
    "channels",
    "segments",
    "repairs",
)
"""The other headings."""


def csv(viewed: Viewed, speak: Speaker, *, is_grouped: bool) -> bytes:
    """Return actions as a CSV file by RFC 4180, with commas in every language, in UTF-8."""
    from charter.sheets.separated import separated

    return separated(table(viewed, speak, is_grouped=is_grouped), Language.ENGLISH)


def xlsx(viewed: Viewed, speak: Speaker, *, is_grouped: bool) -> bytes:
    """Return actions as a workbook."""
    from charter.sheets.workbook import workbook

    return workbook([table(viewed, speak, is_grouped=is_grouped)], speak)


def table(viewed: Viewed, speak: Speaker, *, is_grouped: bool) -> Table:
    """Return a row for each action, or with groups for each action under each of its groups."""
    teller = ViewTeller(viewed, Names(viewed.workspace, speak))
    if is_grouped:
        headings: Sequence[str] = (GROUP, *COLUMNS)
        rows = [
            (group.id, *_row(entry, teller, group))
            for group in viewed.view.groups
            for entry in group.entries
        ]
    else:
        headings = COLUMNS
        rows = [_row(entry, teller) for entry in viewed.view.entries]
    return Table(
        speak(N_("Actions")),
        "actions",
        tuple(Column(heading) for heading in headings),
        tuple(rows),
        frozen=len(headings) - len(COLUMNS) + 1,
        spare_rows=0,
    )


def _row(entry: Entry, teller: ViewTeller, group: Group | None = None) -> tuple[Value, ...]:
    speak = teller.speak
    is_of_one = len({place.journey for place in entry.places}) < 2
    touchpoints = (
        place.touchpoint if is_of_one else f"{place.journey}/{place.touchpoint}"
        for place in entry.places
    )
    values: dict[str, Value] = {
        "id": entry.id,
        "title": teller.what(entry),
        "description": "\n".join(teller.facts(entry, group)),
        "status": entry.status or "proposed",
        "owner": entry.owner,
        "start": entry.start,
        "due": entry.due,
        "cost": entry.cost,
        "effect": speak.words(entry.effect) if entry.effect else None,
        "plan": entry.plan,
        "marker": entry.marker,
        "removes": entry.removes,
        "journey": entry.journey,
        "touchpoints": ", ".join(touchpoints),
        "channels": ", ".join(entry.channels),
        "segments": ", ".join(entry.segments),
        "repairs": ", ".join(entry.repairs or ()),
    }
    # A cell without a text is an empty one.
    return tuple(values[heading] if values[heading] != "" else None for heading in COLUMNS)
