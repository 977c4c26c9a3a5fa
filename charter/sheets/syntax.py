"""How what a file says is written in cells, and read from them.

A field tells what stands in a file under some keys: a cell, or a cell for each language. What a
cell can't tell it leaves alone. Reading is the way back: only cells that say something else than
the field would say now are read, so that what nobody changed stays as it is written.
"""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from charter.items import Item, Path, as_list, drop, found, put
from charter.messages import N_, Speaker
from charter.sheets.cells import REMOVE, carried, escaped, fits, restored, uncarried
from charter.sheets.raw import Kind, RawCell, number_text
from journeys.edit import written as yaml_of
from journeys.plain import Plain, plain
from journeys.source import Block, read

Said: TypeAlias = str | float | datetime.date
"""What a cell says: a text as `carried` gives it, or a value."""

YES, NO = N_("yes"), N_("no")

_ANY_LANGUAGE = ""
"""What stands for the language of a text of which nobody said it."""
_YES_WORDS = frozenset({"yes", "oui", "true", "vrai", "on", "x", "✓", "✔", "1"})
_NO_WORDS = frozenset({"no", "non", "false", "faux", "off", "0"})
_PARTS = re.compile(r"[;\n]")
_IDS = re.compile(r"[,;\n]")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_LANGUAGE_KEY = re.compile(r"(.+?)\s*\(([a-z]{2,3})\)")
_WORDLESS = re.compile(r"\S")
# Workbooks count days from here (and take 1900 for a leap year).
_DAY_ZERO = datetime.date(1899, 12, 30)
_LIKELY_DAYS = range(20_000, 80_000)


class Unreadable(Exception):
    """A cell that can't be read.

    Attributes:
        reason: Which sentence explains it.
        language: The language of the column, where the field has one for each; else None.
        parameters: What the sentence names.
    """

    def __init__(self, reason: str, *, language: str | None = None, **parameters: object) -> None:
        super().__init__(reason)
        self.reason, self.language, self.parameters = reason, language, parameters


def is_dash(cell: RawCell) -> bool:
    """Return whether a cell says to remove what was there."""
    return cell.kind is Kind.TEXT and str(cell.content).strip() in REMOVE


def text_of(cell: RawCell) -> str:
    """Return the text that a cell says, whatever it looks like to the program it is from."""
    return uncarried(restored(cell.written()))


def says(cell: RawCell, said: Said | None) -> bool:
    """Return whether a cell says what it was given, or the same number or day."""
    if said is None or is_dash(cell):
        return False
    if isinstance(said, datetime.date):
        return cell.written().strip() == said.isoformat()
    if isinstance(said, float):
        number = _number(cell)
        return number is not None and abs(number - said) <= abs(said) * 1e-12
    return restored(cell.written()) == said or (
        cell.kind is Kind.NUMBER and number_text(float(cell.content)) == said  # type: ignore[arg-type]
    )


def _number(cell: RawCell) -> float | None:
    try:
        return float(number_word(cell))
    except ValueError:
        return None


def number_word(cell: RawCell) -> str:
    """Return a number as files write it; anything else as it is, to be told as no number."""
    return _as_number(cell.written())


def _as_number(text: str) -> str:
    word = text.strip().removesuffix("%").strip()
    return word.replace(",", ".") if _DECIMAL_COMMA.fullmatch(word) else word


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """What a column tells of an item, or several columns do, one for each language.

    Attributes:
        title: The heading.
        help: What it is for, and how it is written.
        path: The keys under which it stands in the file.
        what: What its ids name, for lists to choose from.
        order: The keys of the item, in the order that new ones are written in.
    """

    title: str
    help: str
    path: Path
    what: str = ""
    order: Sequence[str] = ()

    @property
    def has_languages(self) -> bool:
        """Whether it has a column for each language."""
        return False

    @property
    def is_open(self) -> bool:
        """Whether it takes more than one of the choices."""
        return False

    def choices(self) -> tuple[str, ...]:
        """Return what may be chosen, where that is the same everywhere."""
        return ()

    @abstractmethod
    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:
        """Return what its cells say, by language; the empty one where it has none."""

    @abstractmethod
    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what cells do that say something new, by language.

        Raises:
            Unreadable: One can't be read. The item may be half changed then.
        """

    def _put(self, item: Item, value: Plain) -> None:
        put(item, self.path, value, self.order)


@dataclass(frozen=True, kw_only=True)
class _OneCell(Field):
    """A field that is one cell."""

    @abstractmethod
    def say(self, value: Plain, speak: Speaker) -> Said | None:
        """Return what the cell says for what stands in the file, which isn't nothing."""

    @abstractmethod
    def read(self, cell: RawCell, former: Plain) -> Plain:
        """Return what is to stand in the file, where ``former`` does now.

        Raises:
            Unreadable: It can't be told.
        """

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:
        """Return what its cell says."""
        value = found(item, self.path)
        told = None if value is None else self.say(value, speak)
        return {} if told is None or (isinstance(told, str) and not fits(told)) else {"": told}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what its cell does."""
        for cell in cells.values():
            if is_dash(cell):
                drop(item, self.path)
            else:
                self._put(item, self.read(cell, found(item, self.path)))


@dataclass(frozen=True, kw_only=True)
class TextField(_OneCell):
    """A text that is no sentence: an id, an owner, one of a few words.

    Attributes:
        among: The words that it is one of, if it is.
    """

    among: tuple[str, ...] = ()

    def choices(self) -> tuple[str, ...]:
        """Return the words that it is one of."""
        return self.among

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return the text."""
        return carried(value) or None if isinstance(value, str) else None

    def read(self, cell: RawCell, former: Plain) -> Plain:  # noqa: ARG002
        """Return the text."""
        text = text_of(cell).strip()
        return text.casefold() if text.casefold() in self.among else text


@dataclass(frozen=True, kw_only=True)
class NumberField(_OneCell):
    """A number."""

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return the number; as a text where it isn't written the usual way."""
        return _number_or_text(value) if isinstance(value, str) else None

    def read(self, cell: RawCell, former: Plain) -> Plain:  # noqa: ARG002
        """Return the number as files write it."""
        return number_word(cell)


def _number_or_text(value: str) -> Said:
    try:
        return float(value) if number_text(float(value)) == value else carried(value)
    except ValueError:
        return carried(value)


@dataclass(frozen=True, kw_only=True)
class TruthField(_OneCell):
    """Yes or no."""

    def choices(self) -> tuple[str, ...]:
        """Return both, to be said in the language of the sheet."""
        return (YES, NO)

    def say(self, value: Plain, speak: Speaker) -> Said | None:
        """Return yes or no."""
        if isinstance(value, str) and value.lower() in _YES_WORDS:
            return speak(YES)
        if isinstance(value, str) and value.lower() in _NO_WORDS:
            return speak(NO)
        return None

    def read(self, cell: RawCell, former: Plain) -> Plain:
        """Return what is written for it in files."""
        word = cell.written().strip().casefold()
        if word in _YES_WORDS:
            return former if _is_in(former, _YES_WORDS) else "true"
        if word in _NO_WORDS:
            return former if former is None or _is_in(former, _NO_WORDS) else "false"
        raise Unreadable("expected-yes", value=word)

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say it; to say no where nothing is said says nothing."""
        for cell in cells.values():
            value = None if is_dash(cell) else self.read(cell, found(item, self.path))
            if value is None:
                drop(item, self.path)
            else:
                self._put(item, value)


def _is_in(value: Plain, words: frozenset[str]) -> bool:
    return isinstance(value, str) and value.lower() in words


@dataclass(frozen=True, kw_only=True)
class DateField(_OneCell):
    """A day."""

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return the day; as a text where it isn't one."""
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            return carried(str(value))

    def read(self, cell: RawCell, former: Plain) -> Plain:  # noqa: ARG002
        """Return the day as files write it."""
        if cell.kind is Kind.NUMBER:
            number = float(cell.content)  # type: ignore[arg-type]
            if number in _LIKELY_DAYS:
                likely = _DAY_ZERO + datetime.timedelta(days=int(number))
                raise Unreadable("date-as-number", value=cell.written(), likely=likely.isoformat())
        return text_of(cell).strip()


@dataclass(frozen=True, kw_only=True)
class IdsField(_OneCell):
    """Several ids, parted by commas."""

    @property
    def is_open(self) -> bool:
        """Whether it takes more than one of the choices."""
        return True

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return them."""
        return ", ".join(carried(str(each)) for each in as_list(value)) or None

    def read(self, cell: RawCell, former: Plain) -> Plain:
        """Return them as a list; one alone as it was written."""
        ids = [word for each in _IDS.split(text_of(cell)) if (word := each.strip())]
        if len(ids) == 1 and isinstance(former, str):
            return ids[0]
        return list(ids)


@dataclass(frozen=True, kw_only=True)
class LinesField(_OneCell):
    """Several texts in no particular language, a line each."""

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return them."""
        return "\n".join(_line(str(each)) for each in as_list(value)) or None

    def read(self, cell: RawCell, former: Plain) -> Plain:
        """Return them as a list; one alone as it was written."""
        lines = [uncarried(line) for line in _lines(restored(cell.written())) if line]
        if len(lines) == 1 and isinstance(former, str):
            return lines[0]
        return list(lines)


@dataclass(frozen=True, kw_only=True)
class SharesField(_OneCell):
    """A number, or one by segment: ``newcomer: 10; loyal: 30``."""

    @property
    def is_open(self) -> bool:
        """Whether it takes more than one of the choices."""
        return True

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return them."""
        return _say_entries(value) if isinstance(value, dict) else _number_or_text(str(value))

    def read(self, cell: RawCell, former: Plain) -> Plain:  # noqa: ARG002
        """Return the number, or a mapping."""
        text = cell.written()
        return _entries(text) if ":" in text else number_word(cell)


def _say_entries(value: Mapping[str, Plain]) -> str:
    return "; ".join(f"{key}: {carried(str(number))}" for key, number in value.items())


def _entries(text: str) -> Plain:
    entries: dict[str, Plain] = {}
    for part in _PARTS.split(text):
        if not part.strip():
            continue
        key, colon, number = part.partition(":")
        if not colon or not number.strip():
            raise Unreadable("not-entries", value=part.strip())
        if key.strip() in entries:
            raise Unreadable("repeated", id=key.strip())
        entries[key.strip()] = _as_number(number)
    return entries


@dataclass(frozen=True, kw_only=True)
class ChannelsField(Field):
    """The channel of a touchpoint, or several: ``web, app``, or with shares ``web: 70; app: 30``.

    They stand under one key of two.
    """

    @property
    def is_open(self) -> bool:
        """Whether it takes more than one of the choices."""
        return True

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:  # noqa: ARG002
        """Return what its cell says."""
        several = item.get("channels")
        if isinstance(several, dict):
            return {"": _say_entries(several)}
        ids = as_list(item.get("channel") if several is None else several)
        told = ", ".join(carried(str(each)) for each in ids)
        return {"": told} if told else {}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what its cell does, under the key that fits."""
        for cell in cells.values():
            text = text_of(cell)
            ids = [word for each in _IDS.split(text) if (word := each.strip())]
            if is_dash(cell):
                drop(item, ("channel",))
                drop(item, ("channels",))
            elif ":" in text:
                self._replace(item, "channel", "channels", _entries(text))
            elif len(ids) == 1:
                self._replace(item, "channels", "channel", ids[0])
            else:
                self._replace(item, "channel", "channels", list(ids))

    def _replace(self, item: Item, former: str, key: str, value: Plain) -> None:
        entries = [(key if each == former else each, held) for each, held in item.items()]
        item.clear()
        item.update(entries)
        put(item, (key,), value, self.order)


# Texts in one or more languages.


def _texts(value: Plain) -> dict[str, str] | None:
    """Return words by language; None where they are something else."""
    if isinstance(value, str):
        return {_ANY_LANGUAGE: value}
    if isinstance(value, dict) and all(
        isinstance(text, str | None) and re.fullmatch("[a-z]{2,3}", key)
        for key, text in value.items()
    ):
        return {key: text for key, text in value.items() if isinstance(text, str)}
    return None


def _words(texts: Mapping[str, str]) -> Plain:
    """Return words as files write them.

    Raises:
        Unreadable: Some of the texts have a language and one has none.
    """
    if _ANY_LANGUAGE in texts:
        if len(texts) > 1:
            raise Unreadable("language-and-none", language=_ANY_LANGUAGE)
        return texts[_ANY_LANGUAGE]
    return dict(texts)


@dataclass(frozen=True, kw_only=True)
class WordsField(Field):
    """A text that people read, in one or more languages: a column each."""

    @property
    def has_languages(self) -> bool:
        """Whether it has a column for each language."""
        return True

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:  # noqa: ARG002
        """Return the text of each language."""
        texts = _texts(found(item, self.path)) or {}
        told = {language: carried(text) for language, text in texts.items() if text}
        return {language: text for language, text in told.items() if fits(text)}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what cells do, each in its language."""
        texts = dict(_texts(found(item, self.path)) or {})
        for language, cell in cells.items():
            if is_dash(cell):
                texts.pop(language, None)
            else:
                texts[language] = text_of(cell)
        if texts:
            self._put(item, _words(texts))
        else:
            drop(item, self.path)


_LINE_BREAKS = re.compile(r"\n")
_ENDS = re.compile(r"\A\s|\s\Z")


def _line(text: str) -> str:
    """Return a text as one line among others; `uncarried` gives it back."""
    told = escaped(carried(text), _LINE_BREAKS)
    if told in REMOVE:
        return escaped(told, _WORDLESS)
    return escaped(told, _ENDS)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]


@dataclass(frozen=True, kw_only=True)
class WordLinesField(Field):
    """Several texts in one or more languages: a line each, alike in each language's column."""

    @property
    def has_languages(self) -> bool:
        """Whether it has a column for each language."""
        return True

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:  # noqa: ARG002
        """Return the lines of each language."""
        texts = [_texts(each) for each in as_list(found(item, self.path))]
        return dict(_say_lines(texts)) if _can_be_lines(texts) else {}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what the lines do, each in its language."""
        former = as_list(found(item, self.path))
        texts = [_texts(each) for each in former]
        if not _can_be_lines(texts):
            raise Unreadable("more-than-lines", language=next(iter(cells)))
        lines = {language: _lines(str(text)) for language, text in _say_lines(texts).items()}
        for language, cell in cells.items():
            if is_dash(cell):
                lines.pop(language, None)
            else:
                lines[language] = _lines(restored(cell.written()).rstrip("\n"))
        items = _from_lines(lines, former)
        if items:
            self._put(item, items)
        else:
            drop(item, self.path)


def _can_be_lines(texts: Sequence[dict[str, str] | None]) -> bool:
    return all(each is not None and all(each.values()) for each in texts)


def _say_lines(texts: Sequence[dict[str, str] | None]) -> dict[str, str]:
    languages = dict.fromkeys(language for each in texts for language in each or ())
    return {
        language: "\n".join(
            _line(each[language]) if each and language in each else REMOVE[0] for each in texts
        )
        for language in languages
    }


def _from_lines(lines: Mapping[str, Sequence[str]], former: Sequence[Plain]) -> list[Plain]:
    """Return items whose texts are the lines of the same number in each language."""
    numbers = {language: len(each) for language, each in lines.items()}
    if len(set(numbers.values())) > 1:
        language, number = min(numbers.items(), key=lambda each: each[1])
        most = max(numbers.values())
        raise Unreadable("lines-differ", language=language, number=number, other=most)
    items: list[Plain] = []
    for index in range(max(numbers.values(), default=0)):
        texts = {
            language: uncarried(each[index])
            for language, each in lines.items()
            if each[index] and each[index] not in REMOVE
        }
        if not texts:
            continue
        same = [each for each in former if _texts(each) == texts]
        items.append(same[0] if same else _words(texts))
    return items


# Tags: a marker on a line, with what else is said of it.

_BAR = re.compile(r"\|")
_TAG_KEYS = ("segments", "how", "status", "evidence")


@dataclass(frozen=True, kw_only=True)
class TagsField(_OneCell):
    """Markers, by commas; or one a line, with what else is said of it behind bars.

    ``remembered | segments: loyal, friend | how (en): By name. | status: planned``
    """

    @property
    def is_open(self) -> bool:
        """Whether it takes more than one of the choices."""
        return True

    def say(self, value: Plain, speak: Speaker) -> Said | None:  # noqa: ARG002
        """Return the tags."""
        told = [_say_tag(each) for each in as_list(value)]
        parted = "\n" if any("|" in each for each in told) else ", "
        return parted.join(told) or None

    def read(self, cell: RawCell, former: Plain) -> Plain:
        """Return the tags; those that are as they were, as they were written."""
        known = {_say_tag(each): each for each in as_list(former)}
        tags: list[Plain] = []
        for line in _lines(restored(cell.written())):
            parts = [line] if "|" in line else [word.strip() for word in _IDS.split(line)]
            tags += [known[part] if part in known else _read_tag(part) for part in parts if part]
        return tags


def _say_tag(tag: Plain) -> str:
    if not isinstance(tag, dict):
        return _word(tag)
    parts = [_word(tag.get("marker"))]
    for key, value in tag.items():
        if key == "marker" or value is None:
            continue
        if key == "segments":
            parts.append(f"{key}: {', '.join(map(_word, as_list(value)))}")
        elif isinstance(value, dict):
            parts += [f"{key} ({lang}): {_part(str(text))}" for lang, text in value.items()]
        else:
            parts.append(f"{key}: {_part(str(value))}")
    return " | ".join(parts)


def _word(value: Plain) -> str:
    return _part(str(value or ""))


def _part(text: str) -> str:
    return escaped(_line(text), _BAR)


def _read_tag(line: str) -> Plain:
    marker, *parts = [part.strip() for part in line.split("|")]
    tag: Item = {"marker": uncarried(marker)}
    for part in parts:
        if not part:
            continue
        key, colon, text = (each.strip() for each in part.partition(":"))
        named = _LANGUAGE_KEY.fullmatch(key)
        name = named[1] if named else key
        if not colon or name not in _TAG_KEYS or (named and name != "how"):
            raise Unreadable("tag-key", value=key, known=_TAG_KEYS)
        if name == "segments":
            tag[name] = [uncarried(each.strip()) for each in text.split(",") if each.strip()]
        elif named:
            texts = tag.get(name)
            within: Item = texts if isinstance(texts, dict) else {}
            tag[name] = {**within, named[2]: uncarried(text)}
        else:
            tag[name] = uncarried(text)
    return tag if len(tag) > 1 else tag["marker"]


# Expressions: how a marker shows on a channel.

_TEXT_KEYS = ("text", "example", "not-for")
_LIST_KEYS = ("do", "dont")
_KEYED = re.compile(r"(do|dont|example|not-for)\s*:\s*(.*)", re.IGNORECASE)
_BEGINNING = re.compile(r"\A\s*\S")
_LAST_BREAKS = re.compile(r"\n+\Z")


@dataclass
class _Expression:
    """An expression in one language: texts by key, and lines by key."""

    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ExpressionField(Field):
    """How a marker shows on a channel; lines of ``do:``, ``dont:``, ``example:``, ``not-for:``."""

    @property
    def has_languages(self) -> bool:
        """Whether it has a column for each language."""
        return True

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:  # noqa: ARG002
        """Return the cell of each language."""
        value = found(item, self.path)
        block = _expression(value)
        if value is None or block is None:
            return {}
        told = {language: _say_expression(each) for language, each in _by_language(block).items()}
        return {language: text for language, text in told.items() if text and fits(text)}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item say what cells do, each in its language."""
        value = found(item, self.path)
        block = _expression(value)
        if block is None:
            raise Unreadable("more-than-lines", language=next(iter(cells)))
        spoken = _by_language(block)
        for language, cell in cells.items():
            if is_dash(cell):
                spoken.pop(language, None)
            else:
                spoken[language] = _read_expression(restored(cell.written()), language)
        block = _joined(spoken, block)
        if not block:
            drop(item, self.path)
        elif list(block) == ["text"] and not (isinstance(value, dict) and "text" in value):
            self._put(item, block["text"])
        else:
            self._put(item, block)


def _expression(value: Plain) -> Item | None:
    """Return an expression with all its keys; None where cells can't tell it."""
    if value is None:
        return {}
    texts = _texts(value)
    if texts is not None and not (isinstance(value, dict) and {"do"} & value.keys()):
        return {"text": value}
    if not isinstance(value, dict):
        return None
    plain_texts = (_texts(value[key]) for key in _TEXT_KEYS if value.get(key) is not None)
    lists = ([_texts(each) for each in as_list(value.get(key))] for key in _LIST_KEYS)
    if any(each is None for each in plain_texts) or not all(map(_can_be_lines, lists)):
        return None
    return value


def _by_language(block: Item) -> dict[str, _Expression]:
    spoken: dict[str, _Expression] = {}
    for key in _TEXT_KEYS:
        for language, text in (_texts(block.get(key)) or {}).items():
            if text:
                spoken.setdefault(language, _Expression()).texts[key] = text
    for key in _LIST_KEYS:
        texts = [_texts(each) for each in as_list(block.get(key))]
        for language, lines in _say_lines(texts).items():
            spoken.setdefault(language, _Expression()).lines[key] = lines.split("\n")
    return spoken


def _say_expression(spoken: _Expression) -> str:
    lines = []
    if "text" in spoken.texts:
        text = carried(spoken.texts["text"])
        if spoken.lines or len(spoken.texts) > 1:
            text = escaped(text, _LAST_BREAKS)
        for line in text.split("\n"):
            # A line of the text that looks like a key is none.
            lines.append(escaped(line, _BEGINNING) if _KEYED.match(line.strip()) else line)
    lines += [f"{key}: {line}" for key in _LIST_KEYS for line in spoken.lines.get(key, ())]
    lines += [
        f"{key}: {_line(spoken.texts[key])}"
        for key in ("example", "not-for")
        if key in spoken.texts
    ]
    return "\n".join(lines)


def _read_expression(text: str, language: str) -> _Expression:
    spoken = _Expression()
    own: list[str] = []
    is_begun = False
    for line in text.split("\n"):
        keyed = _KEYED.fullmatch(line.strip())
        if keyed is None:
            if is_begun and line.strip():
                raise Unreadable("text-behind-keys", language=language, value=line.strip())
            own += [] if is_begun else [line]
            continue
        is_begun = True
        key, told = keyed[1].lower(), keyed[2].strip()
        if key in _LIST_KEYS:
            spoken.lines.setdefault(key, []).append(told)
        elif key in spoken.texts:
            raise Unreadable("repeated", language=language, id=key)
        else:
            spoken.texts[key] = uncarried(told)
    if is_begun:
        while own and not own[-1].strip():
            own.pop()
    if any(own):
        spoken.texts["text"] = uncarried("\n".join(own))
    return spoken


def _joined(spoken: Mapping[str, _Expression], former: Item) -> Item:
    """Return an expression of what each language says; keys stand as they stood."""
    block: Item = {}
    for key in _TEXT_KEYS:
        texts = {lang: each.texts[key] for lang, each in spoken.items() if key in each.texts}
        if texts:
            was = former.get(key)
            block[key] = was if _texts(was) == texts else _words(texts)
    for key in _LIST_KEYS:
        lines = {lang: each.lines[key] for lang, each in spoken.items() if key in each.lines}
        written = as_list(former.get(key))
        items = _from_lines(lines, written)
        if items:
            block[key] = former[key] if items == written else items
    order = [*(key for key in former if key in block), *(k for k in block if k not in former)]
    return {key: block[key] for key in order}


# What a rule asks for.


@dataclass(frozen=True, kw_only=True)
class OptionsField(Field):
    """All other keys of an item, as they are written in files: ``markers: [named-host]``.

    Attributes:
        others: The keys that have columns of their own.
    """

    others: tuple[str, ...]

    def said(self, item: Item, speak: Speaker) -> dict[str, Said]:  # noqa: ARG002
        """Return the keys and their values."""
        options = {key: value for key, value in item.items() if key not in self.others}
        told = carried(yaml_of(options).decode().rstrip("\n")) if options else ""
        return {"": told} if told and fits(told) else {}

    def take(self, item: Item, cells: Mapping[str, RawCell]) -> None:
        """Make an item have the keys that are written, and no others."""
        for cell in cells.values():
            options = {} if is_dash(cell) else self._read(text_of(cell))
            for key in [key for key in item if key not in self.others and key not in options]:
                del item[key]
            for key, value in options.items():
                put(item, (key,), value)

    def _read(self, text: str) -> Item:
        document = read(text.encode(errors="replace"), "")
        for problem in document.problems:
            raise Unreadable("options", detail=problem)
        if not isinstance(document.root, Block):
            raise Unreadable("expected-mapping", keys=())
        options = plain(document.root)
        if not isinstance(options, dict):
            raise AssertionError("a mapping became something else")
        for key in options:
            if key in self.others:
                raise Unreadable("own-column", key=key)
        return options
