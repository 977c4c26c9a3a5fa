"""What a change of a touchpoint means for its file, where it is more than one field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from charter.amendments import Amendment, Place, Put, Tag
from charter.items import Item, as_list
from journeys.model import Journey, Shares, Touchpoint
from journeys.plain import Plain


def on_channels(place: Place, touchpoint: Touchpoint, chosen: Sequence[str]) -> list[Amendment]:
    """Return what puts a touchpoint on channels; those that it is on already keep their shares."""
    if not chosen or set(chosen) == set(touchpoint.channel_shares):
        return []
    if len(chosen) == 1:
        return [Put(place, ("channels",), None), Put(place, ("channel",), chosen[0])]
    value: Plain = [*chosen]
    if touchpoint.channels and touchpoint.are_channel_shares_written:
        weights = touchpoint.channel_shares
        value = {channel: f"{weights.get(channel, 1):g}" for channel in chosen}
    return [Put(place, ("channel",), None), Put(place, ("channels",), value)]


def weighed(place: Place, touchpoint: Touchpoint, channel: str, weight: float) -> list[Amendment]:
    """Return what gives one of a touchpoint's channels its share."""
    weights = {**touchpoint.channel_shares, channel: weight}
    return [Put(place, ("channels",), {each: f"{weights[each]:g}" for each in weights})]


def entered(place: Place, is_entry: bool) -> list[Amendment]:
    """Return what lets paths begin at a touchpoint, or not any more."""
    if is_entry:
        return [Put(place, ("entry",), "true")]
    return [Put(place, ("arrives",), None), Put(place, ("entry",), None)]


def ended(place: Place, outcome: str) -> list[Amendment]:
    """Return what lets paths end at a touchpoint so; not any more, for nothing."""
    if outcome:
        return [Put(place, ("exit",), outcome)]
    return [Put(place, ("ends",), None), Put(place, ("exit",), None)]


def retagged(item: Item, place: Place, marker: str, key: str, value: Plain) -> list[Amendment]:
    """Return what lets a tag say something else in one field; None takes the field off.

    Args:
        item: What the touchpoint says as it is written.
        place: Where it does.
        marker: Whose tag it is.
        key: The field.
        value: What it is to say.
    """
    for tag in as_list(item.get("markers")):
        says: Item = dict(tag) if isinstance(tag, dict) else {"marker": tag}
        if says.pop("marker") == marker:
            if value is None:
                says.pop(key, None)
            else:
                says[key] = value
            return [Tag(place, marker, says)]
    return []


def shares_by_segment(shares: Shares | None, segments: Sequence[str]) -> Plain:
    """Return one share for each segment, to be written, beginning with what it is now."""
    return {each: f"{shares.of(each) if shares else 1:g}" for each in segments}


def share_of_all(shares: Shares | None, segments: Sequence[str]) -> Plain:
    """Return one share for everyone, to be written: the mean of what segments had."""
    weights = [shares.of(each) for each in segments] if shares and segments else [1.0]
    return f"{sum(weights) / len(weights):.6g}"


def passage_markers(item: Item, to: str, number: int, chosen: Sequence[str]) -> Plain:
    """Return the tags of a way on, to be written; those kept keep all they say. None for no tag.

    Args:
        item: What the touchpoint says as it is written.
        to: Where the way leads.
        number: Which of those that lead there is meant, from 1.
        chosen: The markers wanted.
    """
    ways: list[Item] = [
        way if isinstance(way, dict) else {"to": way} for way in as_list(item.get("next"))
    ]
    leading = [way for way in ways if way["to"] == to]
    tags = as_list(leading[number - 1].get("markers")) if number <= len(leading) else ()
    kept = {tag["marker"] if isinstance(tag, dict) else tag: tag for tag in tags}
    return [kept.get(marker, marker) for marker in chosen] or None


def leading_to(journey: Journey, touchpoint: str) -> Iterator[str]:
    """Yield the touchpoints with a way to one, each once, in the order of the journey."""
    for each in journey.touchpoints:
        if each.id != touchpoint and any(way.to == touchpoint for way in each.next):
            yield each.id


def numbered_ways(touchpoint: Touchpoint) -> Iterator[tuple[int, int]]:
    """Yield for each way on its place and its number among those to the same touchpoint."""
    met: dict[str, int] = {}
    for place, way in enumerate(touchpoint.next):
        met[way.to] = met.get(way.to, 0) + 1
        yield place, met[way.to]


def watched(
    place: Place, kind: str, was: Sequence[Plain], named: Sequence[str], chosen: Sequence[str]
) -> list[Amendment]:
    """Return what lets a touchpoint watch the chosen indicators; those kept keep all they say.

    Args:
        place: Where it is written.
        kind: ``quantitative`` or ``qualitative``.
        was: The indicators as they are written.
        named: Their names, as shown.
        chosen: The names of those wanted; others are new.
    """
    items = dict(zip(named, was, strict=False))
    value: list[Plain] = [items.get(name, name.strip()) for name in chosen if name.strip()]
    return [Put(place, ("indicators", kind), value or None)]
