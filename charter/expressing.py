"""How markers show, channel by channel and segment by segment: read, and changed a cell at a time.

A table shows each expression in one line of text. What is typed there becomes an amendment of what
is written, which keeps all that the line doesn't show: other languages, what to do, an example.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charter.amendments import Amendment, Place, Put, in_language, written_item
from charter.brand import Charter, Expression, Marker, Priority, Segment
from charter.items import Item, Path, as_list, found, put
from charter.rules.setting import Setting
from journeys.document import Words
from journeys.model import TagStatus
from journeys.plain import Plain

LEFT_OUT = "—"
"""What begins a cell that says why a marker deliberately doesn't show on a channel."""
_OTHER_DASHES = ("--", "–", "-")
_EXPRESSION_KEYS = frozenset(Expression.keys())


class WantsAReason(Exception):
    """A marker is to be left out on a channel, but nothing says why."""


@dataclass(frozen=True)
class Said:
    """What words say to a reader of a language.

    Attributes:
        text: In the language; in another one where it is only said there; empty for nothing.
        other: The language that it is in, where that isn't the reader's; empty for a text that
            names no language.
    """

    text: str
    other: str = ""


def said(words: Words | None, language: str) -> Said:
    """Return what words say to a reader of a language."""
    if words is None:
        return Said("")
    texts = dict(words.texts)
    if language in texts or "" in texts:
        return Said(words.in_language(language))
    other = "en" if "en" in texts else words.texts[0][0]
    return Said(texts[other], other)


def cell(words: Words | None, language: str) -> str:
    """Return the line of a table for words; those in another language say in which."""
    told = said(words, language)
    return f"{_mark(told.other)}{told.text}" if told.other else told.text


def expression_cell(expression: Expression | None, language: str) -> str:
    """Return the line of a table for an expression; empty where nothing is said."""
    if expression is None:
        return ""
    if expression.not_for is not None:
        return f"{LEFT_OUT} {cell(expression.not_for, language)}"
    return cell(expression.text, language)


def _mark(language: str) -> str:
    return f"[{language}] "


def gaps(settings: Sequence[Setting]) -> dict[str, tuple[str, ...]]:
    """Return by marker the channels on which it is tagged without a word on how it shows.

    In the charter's order; channels where it deliberately doesn't show are none.
    """
    missing: dict[str, set[str]] = {}
    for setting in settings:
        markers = setting.charter.markers_by_id
        for stop in setting.graph.stops:
            for tag in stop.touchpoint.markers:
                is_told = tag.how is not None or stop.channel in markers[tag.marker].expressions
                if tag.status is TagStatus.LIVE and stop.is_counted and not is_told:
                    missing.setdefault(tag.marker, set()).add(stop.channel)
    charter = settings[0].charter if settings else None
    channels = [channel.id for channel in charter.channels] if charter else []
    return {m: tuple(c for c in channels if c in found) for m, found in missing.items()}


def segments_by_priority(charter: Charter) -> tuple[Segment, ...]:
    """Return the segments that are declared, those that come first for the brand first."""
    return tuple(sorted(charter.segments, key=lambda each: each.priority is not Priority.HIGH))


def expressed(
    item: Item, marker: str, channel: str, language: str, typed: str, *, is_by_language: bool
) -> Amendment | None:
    """Return what lets a marker show on a channel as a cell says now; None where it does already.

    Args:
        item: The marker as it is written.
        marker: Its id.
        channel: The channel of the cell.
        language: The language that the cell is read in.
        typed: Its line: a text, or a dash and why it deliberately doesn't show here.
        is_by_language: Whether a new text is said by language.

    Raises:
        WantsAReason: There is a dash with nothing behind it.
    """
    place, path = Place("marker", marker), ("expressions", channel)
    was = found(item, path)
    reason = _reason(typed)
    if reason is not None:
        held = was.get("not-for") if isinstance(was, dict) else None
        text = _unmarked(reason)
        if not text:
            raise WantsAReason(channel)
        said_now = _reworded(held, language, text, is_by_language=is_by_language)
        now: Plain = {"not-for": said_now}
        return Put(place, path, now) if now != was else None
    text = _unmarked(typed)
    if isinstance(was, dict) and not _EXPRESSION_KEYS.isdisjoint(was):
        kept = {key: value for key, value in was.items() if key != "not-for"}
        held = kept.get("text")
        text_now = _reworded(held, language, text, is_by_language=is_by_language)
        if text_now is None:
            kept.pop("text", None)
        elif "text" in kept:
            kept["text"] = text_now
        else:
            kept = {"text": text_now, **kept}
        # Taking the reason off must not leave an expression that says nothing.
        now = text_now if [*kept] == ["text"] and "text" not in was else (kept or None)
    else:
        now = _reworded(was, language, text, is_by_language=is_by_language)
    return Put(place, path, now) if now != was else None


def detailed(item: Item, marker: str, channel: str, key: str, value: Plain) -> Amendment | None:
    """Return what says a part of an expression besides its text; None where it is said already.

    Args:
        item: The marker as it is written.
        marker: Its id.
        channel: The channel that it is said for.
        key: ``do``, ``dont`` or ``example``.
        value: What is said; None takes it off.
    """
    path = ("expressions", channel)
    was = found(item, path)
    now: Item = {}
    if isinstance(was, dict) and not _EXPRESSION_KEYS.isdisjoint(was):
        now.update(was)
    elif was is not None:
        now["text"] = was
    if now.get(key) == value:
        return None
    if value is None:
        del now[key]
    else:
        put(now, (key,), value, Expression.keys())
    said_now: Plain = now["text"] if [*now] == ["text"] else (now or None)
    return Put(Place("marker", marker), path, said_now)


def changing(
    files: Mapping[str, bytes], marker: Marker, channel: str, part: str, language: str, typed: str
) -> Amendment | None:
    """Return what a part of an expression that is typed changes in a workspace's files.

    Args:
        files: The workspace's.
        marker: The marker.
        channel: The channel that it is said for.
        part: ``text``, ``not-for``, ``do``, ``dont`` or ``example``; of ``do`` and ``dont`` each
            line is one.
        language: The language that it is read in.
        typed: What it says now.

    Raises:
        NoSuchPlace: The marker isn't there.
    """
    item = written_item(files, Place("marker", marker.id))
    is_by_language = is_said_by_language(item)
    if part == "text":
        # A dash that somebody begins their text with is a part of it here.
        text = typed.strip().lstrip(LEFT_OUT + "–-").strip()
        return expressed(item, marker.id, channel, language, text, is_by_language=is_by_language)
    if part == "not-for":
        line = f"{LEFT_OUT} {typed}" if typed.strip() else ""
        if not line and not marker.is_not_for(channel):
            return None
        return expressed(item, marker.id, channel, language, line, is_by_language=is_by_language)
    was = found(item, ("expressions", channel, part))
    if part == "example":
        value = _reworded(was, language, typed, is_by_language=is_by_language)
    else:
        lines = as_list(was)
        value = relisted(lines, language, typed.splitlines(), is_by_language=is_by_language) or None
        if value == lines:
            return None
    return detailed(item, marker.id, channel, part, value)


def adapted(
    item: Item, marker: str, segment: str, language: str, typed: str, *, is_by_language: bool
) -> Amendment | None:
    """Return what adapts a marker to a segment as a cell says now; None where it does already."""
    return reworded(
        Place("marker", marker),
        ("adaptations", segment),
        found(item, ("adaptations", segment)),
        language,
        _unmarked(typed),
        is_by_language=is_by_language,
    )


def reworded(
    place: Place, path: Path, was: Plain, language: str, typed: str, *, is_by_language: bool
) -> Amendment | None:
    """Return what says a text as typed in a language; None where it is said so already."""
    now = _reworded(was, language, typed, is_by_language=is_by_language)
    return Put(place, path, now) if now != was else None


def relisted(
    was: Sequence[Plain], language: str, typed: Sequence[str], *, is_by_language: bool
) -> list[Plain]:
    """Return what a list of texts says once its lines in a language are as typed.

    A line that is there still keeps what it says in other languages, wherever it stands now; one
    that took another's place is that one, said otherwise.
    """
    lines = [_line(each, language) for each in was]
    wanted = [line for line in (each.strip() for each in typed) if line]
    taken: set[int] = set()
    kept: dict[int, Plain] = {}
    for place, line in enumerate(wanted):
        free = (i for i, old in enumerate(lines) if old == line and i not in taken)
        if (old := next(free, None)) is not None:
            taken.add(old)
            kept[place] = was[old]
    matcher = difflib.SequenceMatcher(a=lines, b=wanted, autojunk=False)
    for change, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if change != "replace" or to_old - from_old != to_new - from_new:
            continue
        for old, new in zip(range(from_old, to_old), range(from_new, to_new), strict=True):
            if old not in taken and new not in kept:
                kept[new] = in_language(was[old], language, wanted[new])
    fresh = {n: _fresh(line, language, is_by_language) for n, line in enumerate(wanted)}
    return [kept.get(n, fresh[n]) for n in range(len(wanted))]


def is_said_by_language(item: Mapping[str, Plain], key: str = "name") -> bool:
    """Return whether a text of something is said by language, so that new ones are, too."""
    return isinstance(item.get(key), dict)


def is_bilingual(charter: Charter, marker: Marker | None = None) -> bool:
    """Return whether what is newly written is to be said by language: as names are so far."""
    words = marker.name if marker else charter.markers[0].name
    return "" not in dict(words.texts)


def _reworded(was: Plain, language: str, text: str, *, is_by_language: bool) -> Plain:
    if was is None:
        return _fresh(text, language, is_by_language) if text.strip() else None
    return in_language(was, language, text)


def _fresh(text: str, language: str, is_by_language: bool) -> Plain:
    return {language: text.strip()} if is_by_language else text.strip()


def _line(item: Plain, language: str) -> str:
    """Return the line that a written text shows in a language."""
    if not isinstance(item, dict):
        return str(item or "")
    texts = {key: str(text) for key, text in item.items() if text}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _reason(typed: str) -> str | None:
    """Return what stands behind a dash that begins a line; None where none does."""
    line = typed.strip()
    for dash in (LEFT_OUT, *_OTHER_DASHES):
        if line.startswith(dash):
            return line.removeprefix(dash).strip()
    return None


def _unmarked(typed: str) -> str:
    """Return a line without the sign that it was said in another language only."""
    line = typed.strip()
    is_marked = line.startswith("[") and line[3:5] == "] " and line[1:3].isalpha()
    return line[5:].strip() if is_marked else line
