"""What edited grids of a journey change: a row for each touchpoint, or for each way on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from charter.amendments import (
    Add,
    Amendment,
    Connect,
    Disconnect,
    Lead,
    Place,
    Put,
    Tag,
    Take,
    free_id,
)
from charter.touchpoint_changes import numbered_ways, on_channels
from journeys.model import Journey, Touchpoint
from journeys.plain import Plain

Cells = Mapping[str, object]
"""What is typed in a row, by the columns' names: ids and texts, never the words shown."""


@dataclass(frozen=True)
class Edits:
    """What was done to a grid.

    Attributes:
        changed: The cells changed, by the row's place.
        added: The rows typed below the last one.
        removed: The places of rows taken off.
    """

    changed: Mapping[int, Cells] = field(default_factory=dict)
    added: Sequence[Cells] = ()
    removed: Sequence[int] = ()


class Unfinished(Exception):
    """A row that was added lacks what it can't do without.

    Attributes:
        columns: What is missing.
    """

    def __init__(self, *columns: str) -> None:
        super().__init__(*columns)
        self.columns = columns


def touchpoint_amendments(
    journey: Journey, edits: Edits, language: str, *, is_by_language: bool
) -> list[Amendment]:
    """Return what an edited grid of touchpoints changes.

    Raises:
        Unfinished: A new row has no name, stage or channel.
    """
    made: list[Amendment] = []
    for number, cells in edits.changed.items():
        if number not in edits.removed:
            made += _touchpoint_cells(journey, journey.touchpoints[number], cells, language)
    taken = [each.id for each in journey.touchpoints]
    for cells in edits.added:
        added, new = _new_touchpoint(journey, cells, taken, language, is_by_language)
        made += added
        taken.append(new)
    places = (journey.touchpoints[number].id for number in edits.removed)
    return [*made, *(Take(Place("touchpoint", each, journey.id)) for each in places)]


def _touchpoint_cells(
    journey: Journey, touchpoint: Touchpoint, cells: Cells, language: str
) -> Iterator[Amendment]:
    place = Place("touchpoint", touchpoint.id, journey.id)
    for column, value in cells.items():
        if column == "name":
            yield _renamed(place, touchpoint, str(value or "").strip(), language)
        elif column == "channels":
            yield from on_channels(place, touchpoint, _ids(value))
        elif column == "markers":
            yield from _retagged(place, touchpoint, _ids(value))
        elif column == "stage" and not value:
            raise Unfinished("stage")
        else:
            yield Put(place, (column,), _plain(value))


def _renamed(place: Place, touchpoint: Touchpoint, name: str, language: str) -> Amendment:
    texts = dict(touchpoint.name.texts) if touchpoint.name else {}
    if "" in texts or not texts:
        return Put(place, ("name",), name or None)
    said: dict[str, Plain] = {**texts, language: name}
    if not name:
        del said[language]
    return Put(place, ("name",), said or None)


def _retagged(place: Place, touchpoint: Touchpoint, chosen: Sequence[str]) -> Iterator[Amendment]:
    """Yield what puts markers on and takes others off; what the tags kept say stays."""
    carried = [tag.marker for tag in touchpoint.markers]
    yield from (Tag(place, marker, None) for marker in carried if marker not in chosen)
    yield from (Tag(place, marker) for marker in chosen if marker not in carried)


def _new_touchpoint(
    journey: Journey, cells: Cells, taken: Sequence[str], language: str, is_by_language: bool
) -> tuple[list[Amendment], str]:
    name, channels = str(cells.get("name") or "").strip(), _ids(cells.get("channels"))
    missing = [
        column
        for column, said in (("name", name), ("stage", cells.get("stage")), ("channels", channels))
        if not said
    ]
    if missing:
        raise Unfinished(*missing)
    new = free_id(name, taken, "touchpoint")
    item: dict[str, Plain] = {"name": {language: name} if is_by_language else name}
    item["stage"] = str(cells["stage"])
    if len(channels) == 1:
        item["channel"] = channels[0]
    else:
        item["channels"] = [*channels]
    for column in ("markers", "moment-of-truth", "emotion", "segments", "owner"):
        if (value := _plain(cells.get(column))) is not None:
            item[column] = value
    return [Add(Place("touchpoint", new, journey.id), item)], new


def transition_amendments(journey: Journey, edits: Edits) -> list[Amendment]:
    """Return what an edited grid of ways on changes, in the order of `way_rows`.

    Raises:
        Unfinished: A new row doesn't say from where to where.
    """
    rows = list(way_rows(journey))
    made: list[Amendment] = []
    for number, cells in edits.changed.items():
        source, to, same = rows[number]
        place = Place("touchpoint", source, journey.id)
        if number not in edits.removed:
            made += [Lead(place, to, (each,), _plain(cells[each]), same) for each in cells]
    for cells in edits.added:
        source, to = (str(cells.get(each) or "") for each in ("from", "to"))
        missing = [each for each, said in (("from", source), ("to", to)) if not said]
        if missing:
            raise Unfinished(*missing)
        says = {
            each: value
            for each in ("share", "segments")
            if (value := _plain(cells.get(each))) is not None
        }
        made.append(Connect(Place("touchpoint", source, journey.id), to, says))
    # From the last to the first, so that the numbers of those before stay.
    for number in sorted(edits.removed, reverse=True):
        source, to, same = rows[number]
        made.append(Disconnect(Place("touchpoint", source, journey.id), to, same))
    return made


def way_rows(journey: Journey) -> Iterator[tuple[str, str, int]]:
    """Yield each way on of a journey: from where, to where, and which of those alike."""
    for touchpoint in journey.touchpoints:
        for place, same in numbered_ways(touchpoint):
            yield touchpoint.id, touchpoint.next[place].to, same


def _ids(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _plain(value: object) -> Plain:
    """Return a cell as a file says it; None for nothing."""
    if isinstance(value, bool):
        return "true" if value else None
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return [str(each) for each in value] or None
    return str(value).strip() or None if value is not None else None
