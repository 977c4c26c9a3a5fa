"""The charter: a brand's promise, values, posture, and the markers that make them concrete."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from charter.colours import read_colour
from journeys.document import (
    Date,
    Id,
    NotNegative,
    Positive,
    Reworded,
    Shape,
    Whole,
    Words,
    is_written,
    one_or_many,
    reading_of,
    refers_to,
)
from journeys.indicators import Indicators
from journeys.model import ChannelId, Frame, SegmentId
from journeys.source import Block, Text

FORMAT = "1"
"""The version of the workspace format that this program reads."""

EVERYONE = "everyone"
"""The id of the one segment of a charter that declares none."""

ValueId = Annotated[Id, refers_to("value")]


class Role(StrEnum):
    """What a marker is to the brand."""

    SIGNATURE = "signature"
    BASIC = "basic"
    IRRITANT = "irritant"


ROLE_WORDS = (*Role, "every")
"""Words that stand for all markers of a role, wherever a rule lists markers."""


class Bearer(StrEnum):
    """Who or what bears a marker."""

    PERSON = "person"
    PLACE = "place"
    TEXT = "text"
    PRODUCT = "product"


class Priority(StrEnum):
    """How much a segment matters to the brand's choices."""

    STANDARD = "standard"
    HIGH = "high"


class _Named(Shape):
    """Something with an id and, if it likes, a name.

    Attributes:
        id: Its name for files: small letters, digits and hyphens.
        name: Its name for people.
    """

    id: Id
    name: Reworded | None = None

    def named(self, language: str) -> str:
        """Return its name in ``language``; its id where it has none."""
        return self.name.in_language(language) if self.name else self.id


class Value(_Named):
    """An identity pillar, made concrete by markers.

    Attributes:
        meaning: What the brand understands by it.
    """

    meaning: Reworded | None = None


class Posture(Shape):
    """How the brand relates to people.

    Attributes:
        is_: What it is to them.
        is_not: What it never is.
    """

    is_: Annotated[tuple[Reworded, ...], one_or_many] = ()
    is_not: Annotated[tuple[Reworded, ...], one_or_many] = ()


class Channel(_Named):
    """A channel that journeys use."""


class Segment(_Named):
    """A kind of customer.

    Attributes:
        weight: The share of customers who are of it, in any unit.
        priority: ``high`` where they come first for the brand.
    """

    weight: Positive = 1.0
    priority: Priority = Priority.STANDARD


class Stage(_Named):
    """A stage of the customer's way with the brand.

    Attributes:
        indicators: What is watched of the stage as a whole.
    """

    indicators: Indicators | None = None


class Expression(Shape):
    """How a marker shows on one channel, or why it deliberately doesn't.

    Attributes:
        text: How it shows.
        do: What to do.
        dont: What not to do.
        example: In so many words.
        not_for: Why it deliberately doesn't show here.
    """

    text: Reworded | None = None
    do: Annotated[tuple[Reworded, ...], one_or_many] = ()
    dont: Annotated[tuple[Reworded, ...], one_or_many] = ()
    example: Reworded | None = None
    not_for: Reworded | None = None


def _as_expression(value: object) -> object:
    """Read a text, or a mapping of languages, as the expression's text."""
    if isinstance(value, Text):
        return Block.at({"text": value}, value.position)
    # Two letters that aren't "do" are a language; anything else is a key, perhaps misspelt.
    is_words = (
        isinstance(value, Block)
        and bool(value)
        and all(len(key) == 2 and key not in Expression.model_fields for key in value)
    )
    if isinstance(value, Block) and is_words:
        return Block.at({"text": value}, value.position)
    return value


class Cue(Shape):
    """What in a text shows a marker, or denies it.

    Attributes:
        requires: Patterns that must occur.
        forbids: Patterns that mustn't.
        swap: Words to avoid, each with the one to write instead.
        at_most_words_a_sentence: The longest that a sentence may be.
        reads_easily: The least reading ease, from 0 (hard) to 100 (easy).
        say: What to write instead of what is forbidden.
    """

    requires: Annotated[tuple[str, ...], one_or_many] = ()
    forbids: Annotated[tuple[str, ...], one_or_many] = ()
    swap: dict[str, str] = {}
    at_most_words_a_sentence: Annotated[Whole, Field(ge=1)] | None = None
    reads_easily: Annotated[Whole, Field(ge=0, le=100)] | None = None
    say: Reworded | None = None


CueChannelId = Annotated[Id, refers_to("channel", also=("any",))]


class Marker(_Named):
    """A recognisable sign of how the brand relates to people.

    Attributes:
        values: The values that it makes concrete.
        role: The brand's own (``signature``), expected of all (``basic``) or to be gone.
        borne_by: Who or what bears it.
        expressions: How it shows, by channel.
        adaptations: How it is modulated, by segment.
        cues: What in a text shows it or denies it, by channel or ``any``.
        owner: The team that answers for it.
        reviewed: When people last read it through.
        opening_cost: What its first use on a channel costs, in plans, where the charter doesn't
            say how it shows there.
    """

    name: Reworded
    values: Annotated[tuple[ValueId, ...], one_or_many] = ()
    role: Role = Role.SIGNATURE
    borne_by: Bearer | None = None
    expressions: dict[ChannelId, Annotated[Expression, BeforeValidator(_as_expression)]] = {}
    adaptations: dict[SegmentId, Reworded] = {}
    cues: dict[CueChannelId, Annotated[tuple[Cue, ...], one_or_many]] = {}
    owner: str | None = None
    reviewed: Date | None = None
    opening_cost: Positive | None = None

    def is_not_for(self, channel: str) -> bool:
        """Return whether the charter deliberately leaves it out on ``channel``."""
        expression = self.expressions.get(channel)
        return expression is not None and expression.not_for is not None

    def is_expressed_on(self, channel: str) -> bool:
        """Return whether the charter says how it shows on ``channel``."""
        expression = self.expressions.get(channel)
        return expression is not None and expression.not_for is None


_Sum = Annotated[Whole, Field(ge=2, le=6)]
"""What two grades of the effort grid, each from 1 to 3, come to together."""


class Levers(Shape):
    """From which sums of grades on the effort grid which lever is proposed.

    What they mean, and in which order they are asked, is said in `charter.effort`.

    Attributes:
        keep_human_from: The value, 1 to 3, from which a touchpoint stays with people.
        worth_from: The gain (duration and frequency, 2 to 6) from which handing over is worth it.
        automate_up_to: The difficulty (complexity and value, 2 to 6) up to which a machine can.
        outsource_up_to: The difficulty up to which somebody else can.
    """

    keep_human_from: Annotated[Whole, Field(ge=1, le=3)] = 3
    worth_from: _Sum = 4
    automate_up_to: _Sum = 2
    outsource_up_to: _Sum = 4


class Priorities(Shape):
    """How much each reason to do something first weighs, against the others.

    How each is measured is said in `charter.priorities`. As they stand they favour neither basic
    needs nor signatures: that is the brand's to decide.

    Attributes:
        reach: How many customers it concerns.
        severity: How grave what it helps is.
        repairs: Whether it puts something right by itself, or with other actions.
        segments: How many of them are of segments with a high priority.
        ease: How little effort it takes.
        signature: That its marker is a signature of the brand.
        basic: That its marker is a basic need.
    """

    reach: NotNegative = 4.0
    severity: NotNegative = 3.0
    repairs: NotNegative = 3.0
    segments: NotNegative = 2.0
    ease: NotNegative = 2.0
    signature: NotNegative = 1.0
    basic: NotNegative = 1.0

    @model_validator(mode="before")
    @classmethod
    def _weigh_something(cls, data: object, info: ValidationInfo) -> object:
        keys = cls.keys()
        if isinstance(data, Block) and all(
            is_written(data, key) and _is_nothing(data[key]) for key in keys
        ):
            reading_of(info).report("CH001", "weighs-nothing", data.position)
        return data


def _is_nothing(written: object) -> bool:
    try:
        return isinstance(written, Text) and float(written) == 0
    except ValueError:
        return False


def _as_colour(value: object) -> str:
    try:
        return read_colour(str(value))
    except ValueError:
        raise PydanticCustomError("expected-colour", "a colour") from None


Colour = Annotated[str, PlainValidator(_as_colour)]
"""A colour, written ``"#rrggbb"`` or ``"#rgb"``."""

_LONGEST_NAME = 80
# Quotation marks, brackets and signs that style sheets read are no part of a font's name.
_FONT = re.compile(r"[^\W_][\w .+-]*")


def _as_font(value: object) -> str:
    name = " ".join(str(value).split()) if isinstance(value, str) else ""
    if not _FONT.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise PydanticCustomError("expected-font", "the name of a font")
    return name


def _as_picture_file(value: object) -> str:
    name = str(value) if isinstance(value, str) else ""
    parts = name.split("/")
    if (
        not name.lower().endswith(LOGO_SUFFIXES)
        or any(part in ("", ".", "..") or part.startswith(".") for part in parts)
        or not _FILE.fullmatch(name)
    ):
        raise PydanticCustomError("expected-logo", "a file of the workspace")
    return name


LOGO_SUFFIXES = (".svg", ".png")
_FILE = re.compile(r"[^\\:\x00-\x1f\x7f]{1,200}")


class Look(Shape):
    """How the brand looks, for the charter book and pictures.

    Attributes:
        accent: Its own colour: bands, rules, titles.
        ink: What text is set in.
        paper: What it is set on.
        logo: The file of its logo in the workspace: an SVG or a PNG.
        heading_font: The name of the font of titles.
        text_font: The name of the font of all else.
    """

    accent: Colour | None = None
    ink: Colour | None = None
    paper: Colour | None = None
    logo: Annotated[str, PlainValidator(_as_picture_file)] | None = None
    heading_font: Annotated[str, PlainValidator(_as_font)] | None = None
    text_font: Annotated[str, PlainValidator(_as_font)] | None = None


def _tell_unquoted_colours(value: object, info: ValidationInfo) -> object:
    """Note a colour that isn't there: without quotation marks ``#`` begins a comment."""
    if isinstance(value, Block):
        for key in ("accent", "ink", "paper"):
            written = value.get(key)
            if isinstance(written, Text) and written.is_blank:
                reading_of(info).report(
                    "CH001", "colour-unquoted", value.position_of_key(key), key=key
                )
    return value


def _read_version(value: object) -> str:
    if value != FORMAT:
        raise PydanticCustomError("unknown-version", "version 1")
    return FORMAT


class Charter(Shape):
    """A brand's identity, as charter.yaml holds it (its rules apart).

    Attributes:
        charter: The version of the format.
        brand: The brand's name.
        promise: What customers can count on.
        values: What the brand stands for.
        posture: How it relates to people.
        channels: Where customers meet it.
        segments: Who they are.
        stages: The stages of their way, in order.
        markers: The signs by which it is recognised.
        reviewed: When people last read the charter through.
        levers: When a touchpoint is to be automated, outsourced or kept with people.
        priorities: What makes an action come first.
        look: How the brand looks, for the charter book and pictures.
    """

    charter: Annotated[str, PlainValidator(_read_version)]
    brand: Reworded
    promise: Reworded | None = None
    reviewed: Date | None = None
    values: tuple[Value, ...] = ()
    posture: Posture | None = None
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    segments: tuple[Segment, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    markers: Annotated[tuple[Marker, ...], Field(min_length=1)]
    levers: Levers = Levers.made({})
    priorities: Priorities = Priorities.made({})
    look: Annotated[Look, BeforeValidator(_tell_unquoted_colours)] = Look.made({})

    @cached_property
    def all_segments(self) -> tuple[Segment, ...]:
        """The segments declared; else one that stands for everyone."""
        return self.segments or (everyone(),)

    @cached_property
    def frame(self) -> Frame:
        """What journeys are written against."""
        return Frame(
            channels=tuple(channel.id for channel in self.channels),
            stages=tuple(stage.id for stage in self.stages),
            segments=tuple(segment.id for segment in self.all_segments),
            labels=tuple(marker.id for marker in self.markers),
        )

    @cached_property
    def markers_by_id(self) -> dict[str, Marker]:
        """Markers by id, in the charter's order."""
        return {marker.id: marker for marker in self.markers}

    def markers_of_value(self, value: str) -> tuple[str, ...]:
        """Return the signature and basic markers that make ``value`` concrete."""
        return tuple(
            marker.id
            for marker in self.markers
            if value in marker.values and marker.role is not Role.IRRITANT
        )

    def markers_named(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the markers that ids and role words stand for, in the charter's order."""
        found: set[str] = set()
        for word in words:
            if word in ROLE_WORDS:
                roles = [Role.SIGNATURE, Role.BASIC] if word == "every" else [Role(word)]
                found |= {marker.id for marker in self.markers if marker.role in roles}
            else:
                found.add(word)
        return tuple(marker.id for marker in self.markers if marker.id in found)


def everyone() -> Segment:
    """Return the one segment of a charter that declares none."""
    return Segment.model_construct(
        id=EVERYONE, name=Words((("en", "Everyone"), ("fr", "Tout le monde")))
    )
