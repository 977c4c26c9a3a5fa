"""What is watched at a place: figures and impressions, what they shall be and what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import BeforeValidator, PlainValidator, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from journeys import shortcut
from journeys.document import (
    NUMBER_LIMIT,
    Date,
    Reworded,
    Shape,
    Words,
    is_number,
    is_written,
    one_or_many,
    read_words,
    reading_of,
)
from journeys.shortcut import KnownIds, ReadAs, Shortcut, Unusual
from journeys.source import Block, Items, Node, Text

_TOLERANCE = 1e-9
"""Values that differ by a smaller part are told to be equal."""


class Better(StrEnum):
    """Which way an indicator is to go."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Level:
    """What an indicator is, shall be or was expected to be: a number, or in words.

    Attributes:
        number: None where it is told in words.
        words: None where it is a number.
    """

    number: float | None
    words: Words | None = None

    @property
    def content(self) -> float | Words | None:
        """The number, or the words."""
        return self.words if self.number is None else self.number

    @classmethod
    def of(cls, value: float | str | Words) -> Level:
        """Return the level that a number, or a text, stands for."""
        if isinstance(value, str):
            value = Words.of(value)
        return cls(None, value) if isinstance(value, Words) else cls(float(value))


class Scale(NamedTuple):
    """Between which numbers impressions are scored."""

    least: float
    most: float

    @property
    def length(self) -> float:
        """How far apart they are."""
        return self.most - self.least

    def holds(self, score: float) -> bool:
        """Return whether a score is on it."""
        return self.least <= score <= self.most


USUAL_SCALE = Scale(1, 5)
"""Where impressions are scored if nobody says otherwise."""


class Numbers(NamedTuple):
    """The numbers of an indicator; None where there is none, or something is told in words."""

    target: float | None
    observed: float | None
    forecast: float | None


class Deviation(NamedTuple):
    """How far what was observed is from what was forecast.

    Attributes:
        difference: In the indicator's unit; above 0 where more was observed.
        share: The same as a part of the forecast, by its size; of a score, as a part of its scale.
            None where the forecast is 0, of which nothing is a part, or next to it, and something
            else was seen.
    """

    difference: float
    share: float | None

    def is_beyond(self, share: float) -> bool:
        """Return whether it is more than a share, whichever way it goes."""
        return self.share is None or abs(self.share) > share + _TOLERANCE


def _read_number(value: object) -> Level:
    if not isinstance(value, Text) or not is_number(value):
        raise PydanticCustomError("expected-number", "a number")
    number = float(value)
    if number >= NUMBER_LIMIT:
        raise PydanticCustomError("too-great", "less", {"limit": int(NUMBER_LIMIT)})
    if number <= -NUMBER_LIMIT:
        raise PydanticCustomError("too-small", "more", {"limit": -int(NUMBER_LIMIT)})
    return Level(number)


def _read_score_or_words(value: object) -> Level:
    if isinstance(value, Text) and is_number(value):
        return _read_number(value)
    return Level(None, read_words(value))


def _shortly(read: Shortcut) -> ReadAs:
    def read_level(written: Node, known: KnownIds) -> Level:
        return Level(read(written, known))

    return ReadAs(read_level)


def _read_level_shortly(written: Node, _: KnownIds) -> Level:
    if not written:
        raise Unusual
    try:
        return _read_score_or_words(written)
    except PydanticCustomError:
        raise Unusual from None


_Number = Annotated[Level, PlainValidator(_read_number), _shortly(shortcut.amount)]
_ScoreOrWords = Annotated[Level, PlainValidator(_read_score_or_words), ReadAs(_read_level_shortly)]


class Indicator(Shape):
    """Something that is watched.

    Attributes:
        name: What it is.
        target: What it shall reach.
        observed: What it is.
        forecast: What it was expected to be.
        unit: What its numbers count.
        better: Whether ``higher`` numbers are better, or ``lower`` ones.
        owner: Who looks at it; the owner of its touchpoint where it isn't written.
        observed_on: The day on which it was observed.
    """

    shorthand: ClassVar[str | None] = "name"
    has_shortcut: ClassVar[bool] = True

    name: Reworded
    target: _Number | None = None
    observed: _Number | None = None
    forecast: _Number | None = None
    unit: Reworded | None = None
    better: Better = Better.HIGHER
    owner: str | None = None
    observed_on: Date | None = None

    @classmethod
    def of(
        cls,
        name: str | Words,
        *,
        target: float | str | Words | None = None,
        observed: float | str | Words | None = None,
        forecast: float | str | Words | None = None,
        **more: object,
    ) -> Self:
        """Return an indicator of valid values that is written in no file."""
        levels = {"target": target, "observed": observed, "forecast": forecast}
        said = {key: Level.of(value) for key, value in levels.items() if value is not None}
        return cls.made({"name": Words.of(name) if isinstance(name, str) else name, **said, **more})

    @model_validator(mode="before")
    @classmethod
    def _check_keys_together(cls, data: object, info: ValidationInfo) -> object:
        if not isinstance(data, Block) or not is_written(data, "observed-on"):
            return data
        if not is_written(data, "observed"):
            parameters = {"key": "observed-on", "needed": "observed"}
            position = data["observed-on"].position
            reading_of(info).report("CH001", "needs-key", position, **parameters)
        return data

    @classmethod
    def _is_at_odds(cls, values: Mapping[str, object]) -> bool:
        """Return whether `_check_keys_together` has something to tell."""
        return "observed_on" in values and "observed" not in values

    @property
    def limits(self) -> Scale | None:
        """The numbers between which it must be, where there are such."""
        return None

    @property
    def is_lower_better(self) -> bool:
        """Whether less of it is better."""
        return self.better is Better.LOWER

    @property
    def progress(self) -> float | None:
        """How far towards its target it is, in [0, 1]; None without two numbers to compare.

        1 where the target is reached or surpassed. Otherwise, where higher is better and the
        target is above 0, the part of the target that was observed (nothing where less than 0
        was); where it isn't, the target as a part of what was observed, both being below 0. Where
        lower is better all of it is mirrored: of a target of 3 and 5 observed, 3/5; of a target
        of 0, nothing until it is reached. A score is told from the worse end of its scale, so
        that the least of 1 to 5 is no way gone: of a target of 5 and 4 observed, 3/4.
        """
        aimed, observed, _ = self.numbers
        if aimed is None or observed is None:
            return None
        # As if higher were better.
        sign = -1 if self.is_lower_better else 1
        aimed, observed = sign * aimed, sign * observed
        if self.limits is not None:
            worst = min(sign * self.limits.least, sign * self.limits.most)
            aimed, observed = aimed - worst, observed - worst
        if observed >= aimed:
            return 1.0
        if aimed > 0:
            return max(0.0, observed) / aimed
        return aimed / observed

    def reaches_target(self, within: float = 0.0) -> bool | None:
        """Return whether it is no worse than its target, or by a share of it at most.

        Of a score, by a share of its scale. None without two numbers to compare.
        """
        aimed, observed, _ = self.numbers
        if aimed is None or observed is None:
            return None
        shortfall = observed - aimed if self.is_lower_better else aimed - observed
        return shortfall <= (within + _TOLERANCE) * self._size(aimed)

    @property
    def deviation(self) -> Deviation | None:
        """How far it is from its forecast; None without two numbers to compare."""
        _, observed, forecast = self.numbers
        if forecast is None or observed is None:
            return None
        difference, size = observed - forecast, self._size(forecast)
        if not difference:
            return Deviation(0.0, 0.0)
        share = difference / size if size else math.inf
        return Deviation(difference, share if math.isfinite(share) else None)

    @property
    def numbers(self) -> Numbers:
        """What it shall be, is and was expected to be, as far as these are numbers."""
        levels = (self.target, self.observed, self.forecast)
        return Numbers(*(None if level is None else level.number for level in levels))

    def _size(self, number: float) -> float:
        """Return what a difference from ``number`` is a part of."""
        return abs(number) if self.limits is None else self.limits.length


class Figure(Indicator):
    """What is counted or timed, told as a text or with its values."""


def _read_scale(value: object) -> Scale:
    if isinstance(value, Items) and len(value) == 2:
        least, most = (
            float(end) if isinstance(end, Text) and is_number(end) else math.nan for end in value
        )
        if -NUMBER_LIMIT < least < most < NUMBER_LIMIT:
            return Scale(least, most)
    raise PydanticCustomError("expected-scale", "two numbers")


def _read_scale_shortly(written: Node, _: KnownIds) -> Scale:
    try:
        return _read_scale(written)
    except PydanticCustomError:
        raise Unusual from None


class Impression(Indicator):
    """What is told, felt or seen: a text, or with its values, in words or as scores.

    Attributes:
        target: What it shall reach, in words or as a score.
        observed: What it is, likewise.
        forecast: What it was expected to be, likewise.
        scale: The least and the greatest score; 1 and 5 where it isn't written.
    """

    target: _ScoreOrWords | None = None
    observed: _ScoreOrWords | None = None
    forecast: _ScoreOrWords | None = None
    scale: Annotated[Scale, PlainValidator(_read_scale), ReadAs(_read_scale_shortly)] = USUAL_SCALE

    @model_validator(mode="before")
    @classmethod
    def _check_scores(cls, data: object, info: ValidationInfo) -> object:
        if not isinstance(data, Block):
            return data
        scale = USUAL_SCALE
        if is_written(data, "scale"):
            try:
                scale = _read_scale(data["scale"])
            except PydanticCustomError:
                return data
        for key in _LEVELS:
            score = data.get(key)
            if isinstance(score, Text) and is_number(score) and not scale.holds(float(score)):
                parameters = {"least": f"{scale.least:g}", "most": f"{scale.most:g}"}
                told = {"key": key, "value": str(score), **parameters}
                reading_of(info).report("CH001", "off-scale", score.position, **told)
        return data

    @classmethod
    def _is_at_odds(cls, values: Mapping[str, object]) -> bool:
        scale = values.get("scale", USUAL_SCALE)
        levels = [level for key in _LEVELS if isinstance(level := values.get(key), Level)]
        return super()._is_at_odds(values) or any(
            level.number is not None
            and not (isinstance(scale, Scale) and scale.holds(level.number))
            for level in levels
        )

    @property
    def limits(self) -> Scale | None:
        """The numbers between which it must be."""
        return self.scale


_LEVELS = ("target", "observed", "forecast")


def _are_words(value: object) -> bool:
    """Return whether a mapping is one of languages; no key of an indicator is so short."""
    return isinstance(value, Block) and bool(value) and all(map(_LANGUAGE.fullmatch, value))


_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _as_indicator(value: object) -> object:
    """Read a mapping of languages as an indicator's name."""
    if isinstance(value, Block):
        return Block.at({"name": value}, value.position) if _are_words(value) else value
    if not isinstance(value, Text) or value.is_blank:
        raise PydanticCustomError("expected-indicator", "an indicator")
    return value


def _read_as(shape: type[Indicator]) -> ReadAs:
    def read(written: Node, known: KnownIds) -> Indicator:
        if isinstance(written, Block) and _are_words(written):
            written = Block.at({"name": written}, written.position)
        return shape.read_shortly(written, known)

    return ReadAs(read)


class Indicators(Shape):
    """What is watched at a touchpoint or a stage.

    Attributes:
        quantitative: What is counted or timed.
        qualitative: What is told, felt or seen.
    """

    has_shortcut: ClassVar[bool] = True

    quantitative: Annotated[
        tuple[Annotated[Figure, BeforeValidator(_as_indicator), _read_as(Figure)], ...], one_or_many
    ] = ()
    qualitative: Annotated[
        tuple[Annotated[Impression, BeforeValidator(_as_indicator), _read_as(Impression)], ...],
        one_or_many,
    ] = ()
