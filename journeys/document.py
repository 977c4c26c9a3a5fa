"""From YAML values to typed models: shapes, ids and references, with every problem at once.

A `Shape` is a pydantic model of one mapping of a workspace file. Validation never stops at the
first problem: unknown keys and unknown ids are noted on the `Reading` while pydantic collects
the rest, and `validate` returns them together, each at its place in the file.
"""

from __future__ import annotations

import datetime
import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from journeys import shortcut
from journeys.shortcut import KnownIds, ReadAs, Shortcut, Shortened, Unusual
from journeys.source import Block, Items, Node, Position, Problem, Source, Text

SURE = 0.75
"""How like a known key another must be, to be read as if it were that one."""


def closest(word: str, candidates: Collection[str], cutoff: float = 0.6) -> str | None:
    """Return what ``word`` was probably meant to be, or None.

    Only what is at least ``cutoff`` like it, in [0, 1], comes into question.
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(candidates, reverse=True)}
    written = word.casefold()
    found = difflib.get_close_matches(written, sorted(folded), n=3, cutoff=cutoff)
    if not found:
        return None

    def distance(candidate: str) -> tuple[float, bool, bool]:
        # Among the equally close, letters that changed places say more than other letters.
        ratio = difflib.SequenceMatcher(None, candidate, written).ratio()
        return -ratio, sorted(candidate) != sorted(written), candidate[:1] != written[:1]

    return folded[min(found, key=distance)]


@dataclass
class Reading:
    """What a validation knows, and what it has found wrong so far.

    Attributes:
        known: The declared ids by what they name (``channel``, ``marker``…). A reference to
            something that isn't listed here is not checked.
        problems: Problems found, in no particular order.
    """

    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _ids: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def report(self, code: str, reason: str, position: Position, **parameters: object) -> None:
        """Note a problem at ``position``."""
        self.problems.append(Problem(code, reason, position, parameters))

    def report_invalid(self, invalid: ValidationError, root: Node, *, key: str = "") -> None:
        """Note everything that pydantic found wrong with ``root``, the value of ``key``."""
        # A list isn't empty because none of its items is valid.
        found = [
            _problem(error, root, key)
            for error in invalid.errors(include_url=False)
            if error["type"] != "too_short" or not error["input"]
        ]
        if any(problem.reason == "bad-id" for problem in found):
            # What names nothing need not look like an id as well.
            told = {problem.position for problem in self.problems if problem.code == "CH002"}
            found = [p for p in found if p.reason != "bad-id" or p.position not in told]
        self.problems.extend(found)

    def refer(self, what: str, identifier: Text, *, also: Collection[str] = ()) -> None:
        """Note a problem if no ``what`` has the id, and it is none of the words ``also``."""
        known = self.known.get(what)
        if known is None or identifier in known or identifier in also:
            return
        self.report(
            "CH002",
            "unknown-id",
            identifier.position,
            what=what,
            id=str(identifier),
            suggestion=closest(identifier, [*known, *also]),
            known=tuple(known),
        )

    def ids(self, what: str) -> Mapping[str, str] | None:
        """Return each valid declared id of a ``what`` by itself; None where none is looked up."""
        if what not in self._ids:
            known = self.known.get(what)
            self._ids[what] = None if known is None else {i: i for i in known if shortcut.is_id(i)}
        return self._ids[what]


def is_written(data: Block, key: str) -> bool:
    """Return whether something stands behind ``key``."""
    value = data.get(key)
    return value is not None and not (isinstance(value, Text) and value.is_blank)


def reading_of(info: ValidationInfo) -> Reading:
    """Return the reading that a validation runs in; a fresh one where there is none."""
    return info.context if isinstance(info.context, Reading) else Reading()


# The four slots of a pydantic model. Its own way to build one without validation, and setting
# attributes by name, take several times as long, which a million of them would feel.
_set_dict, _set_names, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in (
        "__dict__",
        "__pydantic_fields_set__",
        "__pydantic_extra__",
        "__pydantic_private__",
    )
)


class Shape(BaseModel):
    """One mapping of a workspace file: known keys only, kebab-case, frozen.

    A shape with a ``shorthand`` may also be written as one text, which stands for that key.
    A key with nothing behind it counts as not written.
    """

    model_config = ConfigDict(
        extra="ignore",
        defer_build=True,
        frozen=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
        arbitrary_types_allowed=True,
    )
    shorthand: ClassVar[str | None] = None
    has_shortcut: ClassVar[bool] = False
    """Whether there are so many of them that those written as usual are read the short way."""

    # Where it was written, kept beside its fields. A private attribute of pydantic's would cost
    # each shape a dictionary of its own, and half of the time to validate it.
    _source: ClassVar[Source] = Source.nowhere()

    @classmethod
    def made(cls, values: Mapping[str, object]) -> Self:
        """Return a shape of ``values`` by name of field, the rest as where nothing is written.

        Nothing is checked: they must be what reading would have given. Its position is empty.
        """
        blank, names = _BLANKS[cls]
        held = blank.copy()
        held.update(values)
        shape = object.__new__(cls)
        _set_dict(shape, held)
        _set_names(shape, names)
        _set_extra(shape, None)
        _set_private(shape, None)
        return shape

    @classmethod
    @functools.cache
    def keys(cls) -> tuple[str, ...]:
        """Return the keys that may be written, in the order of the documentation."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def read_shortly(cls, written: Node, known: KnownIds) -> Self:
        """Return the shape that is written, without any problem to tell.

        Raises:
            Unusual: It is read the long way, by pydantic.
        """
        shortcuts, required = _SHORTCUTS[cls]
        values: dict[str, object] = {}
        if type(written) is Block:
            for key, value in written.items():
                if key not in shortcuts:
                    raise Unusual
                name, read = shortcuts[key]
                values[name] = read(value, known)
            values["_source"] = Source.of(written)
        elif type(written) is Text and written and cls.shorthand:
            name, read = shortcuts[cls.shorthand]
            values[name] = read(written, known)
            values["_source"] = Source.of_shorthand(cls.shorthand, written)
        else:
            raise Unusual
        if not required <= values.keys() or cls._is_at_odds(values):
            raise Unusual
        return cls.made(values)

    @classmethod
    def _is_at_odds(cls, values: Mapping[str, object]) -> bool:  # noqa: ARG003 - for others to ask
        """Return whether values, each valid by itself, don't go together."""
        return False

    @property
    def position(self) -> Position:
        """Where it begins."""
        return self._source.position

    def position_of(self, key: str) -> Position:
        """Where the value of ``key`` begins; the shape's own position if it isn't written."""
        return self._source.position_of(key) or self.position

    @model_validator(mode="wrap")
    @classmethod
    def _keep_source(
        cls, data: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Self:
        if isinstance(data, cls):
            return data
        if cls.has_shortcut and isinstance(data, Text | Block):
            try:
                return cls.read_shortly(data, reading_of(info))
            except Unusual:
                pass
        if isinstance(data, Text) and cls.shorthand is not None and not data.is_blank:
            data = Block.at({cls.shorthand: data}, data.position)
        if not isinstance(data, Block):
            raise PydanticCustomError("expected-mapping", "a mapping", {"keys": cls.keys()})
        keys = cls.keys()
        for key in [key for key in data if key not in keys]:
            cls._report_unknown_key(key, data, reading_of(info))
        written = data
        if any(type(value) is Text and value.is_blank for value in data.values()):
            filled = {k: v for k, v in data.items() if not (type(v) is Text and v.is_blank)}
            written = Block.at(filled, data.position)
        shape: Self = handler(written)
        vars(shape)["_source"] = Source.of(data)
        _set_names(shape, _BLANKS[cls][1])
        return shape

    @classmethod
    def _report_unknown_key(cls, key: str, data: Block, reading: Reading) -> None:
        """Note that ``key`` is unknown.

        Reading goes on as if what was probably meant were written, so that one slip isn't told
        as two problems.
        """
        keys, value, position = cls.keys(), data[key], data.position_of_key(key)
        name, _, text = key.partition(":")
        if text and name in keys and isinstance(value, Text) and value.is_blank:
            reading.report("CH001", "space-missing", position, key=name, value=text)
            data.setdefault(name, Text.at(text, position))
            return
        suggestion = closest(key, keys)
        reading.report(
            "CH001", "unknown-key", position, key=str(key), suggestion=suggestion, known=keys
        )
        if likely := closest(key, keys, SURE):
            data.setdefault(likely, value)

    def __eq__(self, other: object) -> bool:
        """Compare by what is said, not by where it is written."""
        if type(self) is not type(other):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        return all(mine[name] == theirs[name] for name in type(self).model_fields)

    # Some hold dictionaries; nothing needs them as keys.
    __hash__ = None  # type: ignore[assignment]


class _Blanks(dict[type[Shape], tuple[dict[str, Any], set[str]]]):
    """By shape: what it holds before anything is said, and the names of its fields.

    Made by setting attributes, copies of it share one table of names: a third of the memory that
    dictionaries of their own would take.
    """

    def __missing__(self, shape: type[Shape]) -> tuple[dict[str, Any], set[str]]:
        blank = shape.__new__(shape)
        for name, declared in shape.model_fields.items():
            object.__setattr__(blank, name, declared.get_default(call_default_factory=True))
        object.__setattr__(blank, "_source", shape._source)
        self[shape] = vars(blank), set(shape.model_fields)
        return self[shape]


class _Shortcuts(dict[type[Shape], tuple[dict[str, tuple[str, Shortcut]], set[str]]]):
    """By shape: the name and the short way of the field behind each key; the required fields."""

    def __missing__(self, shape: type[Shape]) -> tuple[dict[str, tuple[str, Shortcut]], set[str]]:
        annotations = get_type_hints(shape, include_extras=True)
        fields = shape.model_fields.items()
        shortcuts = {
            f.alias or name: (name, shortcut.shortcut(annotations[name])) for name, f in fields
        }
        self[shape] = shortcuts, {name for name, f in fields if f.is_required()}
        return self[shape]


_BLANKS, _SHORTCUTS = _Blanks(), _Shortcuts()


@dataclass(frozen=True)
class Reference(Shortened):
    """A validator for an id that names something declared elsewhere: a ``what``."""

    what: str = field(kw_only=True)


def refers_to(what: str, *, also: Collection[str] = ()) -> Reference:
    """Return a validator for an id that must name a declared ``what``, or be one of ``also``."""

    def check(value: object, info: ValidationInfo) -> object:
        if isinstance(value, Text):
            reading_of(info).refer(what, value, also=also)
        return value

    # Words beside the declared ids are read the long way.
    return Reference(check, shorten=lambda _: shortcut.reference(what), what=what)


def _as_items(value: object) -> object:
    if isinstance(value, Text) and not value.is_blank:
        return Items.at([value], value.position)
    return value


one_or_many = Shortened(_as_items, shorten=shortcut.one_or_many)
"""Lets a single text stand for a list of one."""


def _as_date(value: object) -> datetime.date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("expected-date", "a date")


def _read_date_shortly(written: Node, _: KnownIds) -> datetime.date:
    try:
        return _as_date(written)
    except PydanticCustomError:
        raise Unusual from None


# "1_000", "nan" and "infinity" are numbers to Python, not to people.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def is_number(text: str) -> bool:
    """Return whether a text is a number as people write it."""
    return _NUMBER.fullmatch(text) is not None


NUMBER_LIMIT = 1e15
"""Every number of a workspace is smaller."""


def _as_number(value: object) -> object:
    if isinstance(value, str) and not is_number(value):
        raise PydanticCustomError("expected-number", "a number")
    return value


def _as_whole(value: object) -> object:
    if isinstance(value, str) and not is_number(value):
        raise PydanticCustomError("expected-whole", "a whole number")
    return value


def says_no(value: object) -> bool:
    """Return whether ``value`` is a word for false."""
    return isinstance(value, str) and value.lower() in ("false", "no", "off")


def _as_truth(value: object) -> object:
    if isinstance(value, str) and value.lower() in ("true", "yes", "on"):
        return True
    if says_no(value):
        return False
    raise PydanticCustomError("expected-truth", "true or false")


def _as_percentage(value: object) -> object:
    # "95" may be meant as 95 % or as 95 times, and "0.95" as 0.95 %.
    pattern = r"(-?\d{1,9}(?:\.\d{1,15})?)\s?%"
    found = re.fullmatch(pattern, value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("expected-percentage", "a percentage")
    if not 0 <= float(found[1]) <= 100:
        raise PydanticCustomError("not-a-part", "a percentage of what there is")
    return float(found[1]) / 100


Id = Annotated[
    str,
    StringConstraints(pattern=f"^{shortcut.ID_PATTERN}$", max_length=shortcut.LONGEST_ID),
    ReadAs(shortcut.identifier),
]
Date = Annotated[datetime.date, PlainValidator(_as_date), ReadAs(_read_date_shortly)]
Truth = Annotated[
    bool, BeforeValidator(_as_truth), ReadAs(shortcut.one_of({"true": True, "false": False}))
]
Positive = Annotated[
    float, BeforeValidator(_as_number), ReadAs(shortcut.number), Field(gt=0, lt=NUMBER_LIMIT)
]
NotNegative = Annotated[float, BeforeValidator(_as_number), Field(ge=0, lt=NUMBER_LIMIT)]
Percentage = Annotated[float, BeforeValidator(_as_percentage)]
"""A part in [0, 1] of what there is, written as a percentage: ``95%``."""
Whole = Annotated[int, BeforeValidator(_as_whole), ReadAs(shortcut.whole)]


@dataclass(frozen=True, slots=True)
class Words:
    """A text that people read, in one or more languages.

    Attributes:
        texts: Text by language code; the empty code where no language was named.
    """

    texts: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        """Return the text in ``language``, else in English, else in what there is first."""
        texts = dict(self.texts)
        return texts.get(language) or texts.get("en") or self.texts[0][1]

    @classmethod
    def of(cls, text: str) -> Words:
        """Return ``text`` in no particular language."""
        return cls((("", text),))


def read_words(value: object) -> Words:
    """Return the words that a text or a mapping of languages holds.

    Raises:
        PydanticCustomError: It is neither.
    """
    if isinstance(value, Words):
        return value
    if isinstance(value, Text):
        return Words.of(str(value))
    if isinstance(value, Block) and value:
        is_written = all(isinstance(v, Text) for v in value.values())
        if is_written and all(re.fullmatch(r"[a-z]{2,3}", language) for language in value):
            # A language with nothing behind it counts as not written.
            languages = tuple((str(k), str(v)) for k, v in value.items() if v)
            if languages:
                return Words(languages)
    raise PydanticCustomError("expected-words", "a text")


def _read_words_shortly(written: Node, _: KnownIds) -> Words:
    if not written:
        raise Unusual
    try:
        return read_words(written)
    except PydanticCustomError:
        raise Unusual from None


Reworded = Annotated[Words, PlainValidator(read_words), ReadAs(_read_words_shortly)]
"""A field of words."""

_Shape = TypeVar("_Shape", bound=Shape)


def validate(shape: type[_Shape], root: Node, reading: Reading) -> _Shape | None:
    """Return ``root`` as a ``shape``, or None where it isn't one; problems go to ``reading``."""
    try:
        return shape.model_validate(root, context=reading)
    except ValidationError as invalid:
        reading.report_invalid(invalid, root)
        return None


def _locate(root: Node, location: tuple[int | str, ...]) -> Node:
    """Return the deepest value on the way to ``location``."""
    node = root
    for step in location:
        if isinstance(node, Block) and isinstance(step, str) and step in node:
            node = node[step]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
    return node


def _choices(error: ErrorDetails) -> dict[str, object]:
    choices = tuple(re.findall(r"'([^']*)'", str(error["ctx"]["expected"])))
    return {"known": choices, "suggestion": closest(str(error["input"]), choices)}


def _limits(error: ErrorDetails) -> dict[str, object]:
    context = error["ctx"]
    limit = next(context[name] for name in ("gt", "ge", "lt", "le") if name in context)
    whole = isinstance(limit, float) and limit.is_integer()
    return {"limit": int(limit) if whole else limit}


def slug(text: str) -> str | None:
    """Return the id that is most like a text; None where nothing of it could stand in one."""
    # Letters are told without their accents: “Été” is meant to be “ete”.
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or None


def _id_parameters(error: ErrorDetails) -> dict[str, object]:
    return {"suggestion": slug(str(error["input"]))}


def _context(error: ErrorDetails) -> dict[str, object]:
    return dict(error.get("ctx", {}))


_Parameters = Callable[[ErrorDetails], dict[str, object]]
_REASONS: dict[str, tuple[str, _Parameters]] = {
    "missing": ("missing-key", lambda _: {}),
    "dict_type": ("expected-mapping", lambda _: {"keys": ()}),
    "list_type": ("expected-list", lambda _: {}),
    "tuple_type": ("expected-list", lambda _: {}),
    "string_type": ("expected-text", lambda _: {}),
    "string_pattern_mismatch": ("bad-id", _id_parameters),
    "string_too_long": ("too-long", lambda error: {"limit": error["ctx"]["max_length"]}),
    "float_type": ("expected-number", lambda _: {}),
    "float_parsing": ("expected-number", lambda _: {}),
    "int_type": ("expected-whole", lambda _: {}),
    "int_parsing": ("expected-whole", lambda _: {}),
    "int_parsing_size": ("expected-whole", lambda _: {}),
    "int_from_float": ("expected-whole", lambda _: {}),
    "greater_than": ("not-above", _limits),
    "greater_than_equal": ("too-small", _limits),
    "less_than": ("too-great", _limits),
    "less_than_equal": ("too-great", _limits),
    "too_short": ("empty-list", lambda _: {}),
    "enum": ("unknown-choice", _choices),
    "literal_error": ("unknown-choice", _choices),
}


# These quote the value, so there must be one to quote.
_OF_ONE_VALUE = (
    "expected-number",
    "expected-whole",
    "expected-truth",
    "expected-date",
    "expected-emotion",
    "expected-percentage",
    "not-a-part",
    "unknown-choice",
    "unknown-version",
    "expected-colour",
    "expected-font",
    "expected-logo",
)


def _problem(error: ErrorDetails, root: Node, key: str) -> Problem:
    """Return the problem that a validation error means, where the value is written."""
    location: tuple[int | str, ...] = error["loc"]
    kind = error["type"]
    position = _locate(root, location).position
    if location and location[-1] == "[key]":
        # It is the key of a mapping that isn't valid.
        location = location[:-1]
        mapping = _locate(root, location[:-1])
        if isinstance(mapping, Block):
            position = mapping.position_of_key(str(location[-1]))
    value: Any = error["input"]
    parameters: dict[str, object] = {
        "key": next((step for step in reversed(location) if isinstance(step, str)), key),
        "value": str(value) if isinstance(value, str) else "",
    }
    # Errors that a validator of ours raises carry their own reason.
    reason, more = _REASONS.get(kind, (kind, _context))
    parameters.update(more(error))
    if reason in _OF_ONE_VALUE and not isinstance(value, str):
        reason = "expected-one"
    return Problem("CH001", reason, position, parameters)
