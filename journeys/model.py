"""A journey as written in its file: touchpoints, transitions, tags and shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from journeys import shortcut
from journeys.document import (
    Id,
    Positive,
    Reading,
    Reworded,
    Shape,
    Truth,
    Whole,
    Words,
    closest,
    is_written,
    one_or_many,
    reading_of,
    refers_to,
    says_no,
    validate,
)
from journeys.indicators import Indicators
from journeys.shortcut import KnownIds, ReadAs, Shortcut, Unusual
from journeys.source import Block, Items, Node, Source, Text

SegmentId = Annotated[Id, refers_to("segment")]
ChannelId = Annotated[Id, refers_to("channel")]
StageId = Annotated[Id, refers_to("stage")]
TagId = Annotated[Id, refers_to("marker")]
JourneyId = Annotated[Id, refers_to("journey")]
TouchpointId = Annotated[Id, refers_to("touchpoint")]
OutcomeId = Annotated[Id, refers_to("outcome")]

EMOTIONS = range(-2, 3)
"""How a touchpoint may feel, from very bad to very good; 0 where nothing is said."""


class Control(StrEnum):
    """Who runs a touchpoint."""

    OWNED = "owned"
    PARTNER = "partner"
    CUSTOMER = "customer"


class Status(StrEnum):
    """Whether a touchpoint exists yet, or still."""

    LIVE = "live"
    PLANNED = "planned"
    RETIRED = "retired"


class TagStatus(StrEnum):
    """Whether a tag is true today."""

    LIVE = "live"
    PLANNED = "planned"


class Evidence(StrEnum):
    """How a tag is known to be true."""

    ASSUMED = "assumed"
    OBSERVED = "observed"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Shares:
    """How much a choice weighs: one number, or one by segment.

    Attributes:
        everyone: The weight for every segment, where one number was written.
        by_segment: The weight of each segment named.
    """

    everyone: float | None
    by_segment: Mapping[str, float]

    @classmethod
    def weighing(cls, weight: Weight) -> Shares:
        """Return the shares that a number, or a mapping of segments to numbers, stands for."""
        if isinstance(weight, Shares):
            return weight
        if isinstance(weight, Mapping):
            return cls(None, weight)
        return cls(float(weight), _NOBODY)

    def of(self, segment: str) -> float:
        """Return the weight for ``segment``; 1 where none was written."""
        if self.everyone is not None:
            return self.everyone
        return self.by_segment.get(segment, 1.0)

    def is_stated_for(self, segment: str) -> bool:
        """Return whether a weight was written for ``segment``."""
        return self.everyone is not None or segment in self.by_segment


Weight: TypeAlias = float | Mapping[str, float] | Shares
"""How shares may be given in code: as in a file, or ready made."""

_NOBODY: Mapping[str, float] = {}

_POSITIVE: TypeAdapter[float] = TypeAdapter(Positive)


def _read_shares(value: object, info: ValidationInfo) -> Shares:
    reading = reading_of(info)

    def weight(written: Node) -> float:
        # One wrong number must not hide the others of the same mapping.
        try:
            return _POSITIVE.validate_python(written)
        except ValidationError as invalid:
            reading.report_invalid(invalid, written, key=str(info.field_name))
            return 1.0

    if isinstance(value, Text):
        return Shares(weight(value), {})
    if not isinstance(value, Block):
        raise PydanticCustomError("expected-shares", "a number, or one by segment")
    for segment in value:
        if isinstance(segment, Text):
            reading.refer("segment", segment)
    return Shares(None, {str(segment): weight(written) for segment, written in value.items()})


_weight, _segment, _channel = map(shortcut.shortcut, (Positive, SegmentId, ChannelId))


def _weights(read_id: Shortcut, written: Block, known: KnownIds) -> dict[str, float]:
    return {
        read_id(identifier, known): _weight(weight, known)
        for identifier, weight in written.items()
        if isinstance(identifier, Text)
    }


def _read_shares_shortly(written: Node, known: KnownIds) -> Shares:
    if isinstance(written, Block):
        return Shares(None, _weights(_segment, written, known))
    return Shares(_weight(written, known), {})


WrittenShares = Annotated[Shares, PlainValidator(_read_shares), ReadAs(_read_shares_shortly)]


def _words(text: str | Words) -> Words:
    return Words.of(text) if isinstance(text, str) else text


class Tag(Shape):
    """A label on a touchpoint, or on a passage: what shows there, and for whom.

    Attributes:
        marker: The marker's id.
        segments: Whom it shows to; everybody where it isn't written.
        how: How it shows here, instead of the charter's expression.
        status: ``planned`` doesn't carry yet.
        evidence: How it is known to be true.
    """

    shorthand: ClassVar[str | None] = "marker"
    has_shortcut: ClassVar[bool] = True

    marker: TagId
    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None
    how: Reworded | None = None
    status: TagStatus = TagStatus.LIVE
    evidence: Evidence = Evidence.ASSUMED

    @classmethod
    def of(
        cls,
        marker: str,
        *,
        segments: Iterable[str] | None = None,
        how: str | Words | None = None,
        status: TagStatus = TagStatus.LIVE,
        evidence: Evidence = Evidence.ASSUMED,
    ) -> Self:
        """Return a tag of valid values that is written in no file."""
        values: dict[str, object] = {"marker": marker, "status": status, "evidence": evidence}
        if segments is not None:
            values["segments"] = tuple(segments)
        if how is not None:
            values["how"] = _words(how)
        return cls.made(values)


def _tags(markers: Iterable[str | Tag]) -> tuple[Tag, ...]:
    return tuple([Tag.of(marker) if isinstance(marker, str) else marker for marker in markers])


class Transition(Shape):
    """A step from one touchpoint to the next.

    Attributes:
        to: The next touchpoint.
        share: How many customers go this way, beside the other steps: a number, or one by segment.
        segments: To whom it is open; to everybody where it isn't written.
        markers: What the passage itself shows; only ``hand-off`` asks for it.
        because: Why customers go this way.
        cross: Whether customers may change channel on the way to a touchpoint on several.
    """

    shorthand: ClassVar[str | None] = "to"
    has_shortcut: ClassVar[bool] = True

    to: TouchpointId
    share: WrittenShares | None = None
    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None
    markers: Annotated[tuple[Tag, ...], one_or_many] = ()
    because: Reworded | None = None
    cross: Truth = False

    @classmethod
    def of(
        cls,
        to: str,
        *,
        share: Weight | None = None,
        segments: Iterable[str] | None = None,
        markers: Iterable[str | Tag] = (),
        because: str | Words | None = None,
        cross: bool = False,
    ) -> Self:
        """Return a transition of valid values that is written in no file.

        A marker alone stands for its tag, as it does in a file.
        """
        values: dict[str, object] = {"to": to, "cross": cross}
        if share is not None:
            values["share"] = Shares.weighing(share)
        if segments is not None:
            values["segments"] = tuple(segments)
        if markers:
            values["markers"] = _tags(markers)
        if because is not None:
            values["because"] = _words(because)
        return cls.made(values)


_Grade = Annotated[Whole, Field(ge=1, le=3)]


class Effort(Shape):
    """The four-criteria effort grid, each from 1 (low) to 3 (high).

    Attributes:
        duration: How long it takes each time.
        frequency: How often it is done.
        complexity: How much skill and judgement it takes.
        value: How much is added because a person does it.
    """

    has_shortcut: ClassVar[bool] = True

    duration: _Grade | None = None
    frequency: _Grade | None = None
    complexity: _Grade | None = None
    value: _Grade | None = None


class Outcome(Shape):
    """How a path can end.

    Attributes:
        id: Its name for files: small letters, digits and hyphens.
        name: Its name for people.
        wanted: Whether the brand wants customers to end so.
    """

    id: Id
    name: Reworded | None = None
    wanted: Truth = False


class ObservedShares(Shape):
    """Where the shares of a journey were observed.

    Attributes:
        source: What they were counted from.
        observed: When; a day, a month, or in words.
    """

    source: Reworded
    observed: str | None = None


def _equal_weights(value: object, info: ValidationInfo) -> object:
    """Read a list of channels as a mapping of equal shares."""
    if isinstance(value, Block):
        return value
    if not isinstance(value, Items):
        raise PydanticCustomError("expected-channels", "channels")
    weights: dict[str, Node] = {}
    for item in value:
        if not isinstance(item, Text):
            raise PydanticCustomError("expected-channels", "channels")
        if item in weights:
            reading_of(info).report(
                "CH001", "repeated", item.position, id=str(item), key="channels"
            )
        weights[item] = Text.at("1", item.position)
    return Block.at(weights, value.position)


def _read_channels_shortly(written: Node, known: KnownIds) -> dict[str, float]:
    if isinstance(written, Block):
        return _weights(_channel, written, known)
    if not isinstance(written, Items):
        raise Unusual
    channels = dict.fromkeys([_channel(item, known) for item in written], 1.0)
    if len(channels) < len(written):
        raise Unusual
    return channels


_LISTED_CHANNELS = Source.nowhere("channels")
"""The source of a touchpoint made in code whose channels have no shares of their own."""

_WALKED = (
    "id",
    "channel_shares",
    "are_channel_shares_written",
    "channels",
    "entry",
    "arrives",
    "exit",
    "ends",
    "segments",
    "status",
    "next",
)
"""What decides how customers walk: all fields of a touchpoint but those that are only shown."""


class Touchpoint(Shape):
    """A place where a customer meets the brand.

    Attributes:
        id: Its name for rules and steps.
        name: Its name for people.
        stage: The stage it belongs to.
        channel: The channel it is on.
        channels: Several channels: a list, or their shares.
        entry: Whether paths begin here.
        arrives: How many customers begin here, beside the other entries.
        exit: The outcome of a path that ends here.
        ends: How many customers end here, beside the steps that lead on.
        markers: The markers that show here.
        moment_of_truth: Whether it weighs more than other touchpoints.
        emotion: How it feels, from -2 to 2.
        control: Who runs it; what customers run themselves is no step of the brand's.
        segments: Who may come here; everybody where it isn't written.
        owner: The team that answers for it.
        status: Whether it exists yet, or still.
        content: The files that customers read or hear here.
        indicators: What is watched here.
        effort: What it costs, on four criteria.
        locked: Whether plans leave it as it is.
        next: The touchpoints that follow.
    """

    has_shortcut: ClassVar[bool] = True

    id: Id
    name: Reworded | None = None
    stage: StageId
    channel: ChannelId | None = None
    channels: Annotated[
        dict[ChannelId, Positive],
        BeforeValidator(_equal_weights),
        ReadAs(_read_channels_shortly),
        Field(min_length=1),
    ] = {}
    entry: Truth = False
    arrives: WrittenShares | None = None
    exit: OutcomeId | None = None
    ends: WrittenShares | None = None
    markers: Annotated[tuple[Tag, ...], one_or_many] = ()
    moment_of_truth: Truth = False
    emotion: Annotated[Whole, Field(ge=EMOTIONS[0], le=EMOTIONS[-1])] | None = None
    control: Control = Control.OWNED
    segments: Annotated[tuple[SegmentId, ...], one_or_many] | None = None
    owner: str | None = None
    status: Status = Status.LIVE
    content: Annotated[tuple[str, ...], one_or_many] = ()
    indicators: Indicators | None = None
    effort: Effort | None = None
    locked: Truth = False
    next: Annotated[tuple[Transition, ...], one_or_many] = ()

    @model_validator(mode="before")
    @classmethod
    def _check_keys_together(cls, data: object, info: ValidationInfo) -> object:
        """Look at what stands together before the values, so that one problem hides no other."""
        if isinstance(data, Block):
            reading = reading_of(info)
            one, several = is_written(data, "channel"), is_written(data, "channels")
            if one and several:
                reading.report("CH001", "two-channels", data.position)
            elif not one and not several and closest("channels", data) is None:
                reading.report("CH001", "missing-channel", data.position)
            for key, needed, is_there in (
                ("arrives", "entry", is_written(data, "entry") and not says_no(data["entry"])),
                ("ends", "exit", is_written(data, "exit")),
            ):
                if is_written(data, key) and not is_there:
                    position = data[key].position
                    reading.report("CH001", "needs-key", position, key=key, needed=needed)
        return data

    @classmethod
    def _is_at_odds(cls, values: Mapping[str, object]) -> bool:
        """Return whether `_check_keys_together` has something to tell."""
        return (
            ("channel" in values) is ("channels" in values)
            or ("arrives" in values and not values.get("entry"))
            or ("ends" in values and "exit" not in values)
        )

    @classmethod
    def of(
        cls,
        id: str,
        *,
        stage: str,
        channel: str | None = None,
        channels: Collection[str] | Mapping[str, float] = (),
        name: str | Words | None = None,
        entry: bool = False,
        arrives: Weight | None = None,
        exit: str | None = None,
        ends: Weight | None = None,
        markers: Iterable[str | Tag] = (),
        moment_of_truth: bool = False,
        emotion: int | None = None,
        control: Control = Control.OWNED,
        segments: Iterable[str] | None = None,
        owner: str | None = None,
        status: Status = Status.LIVE,
        content: Iterable[str] = (),
        indicators: Indicators | None = None,
        effort: Effort | None = None,
        locked: bool = False,
        next: Iterable[str | Transition] = (),
    ) -> Self:
        """Return a touchpoint of valid values that is written in no file.

        A marker alone stands for its tag, a touchpoint's id for the transition to it, and
        channels without shares for equal ones, as they do in a file.
        """
        values: dict[str, object] = {
            "id": id,
            "stage": stage,
            "channel": channel,
            "entry": entry,
            "exit": exit,
            "moment_of_truth": moment_of_truth,
            "emotion": emotion,
            "control": control,
            "owner": owner,
            "status": status,
            "indicators": indicators,
            "effort": effort,
            "locked": locked,
            "next": tuple([Transition.of(to) if isinstance(to, str) else to for to in next]),
        }
        if name is not None:
            values["name"] = _words(name)
        if arrives is not None:
            values["arrives"] = Shares.weighing(arrives)
        if ends is not None:
            values["ends"] = Shares.weighing(ends)
        if markers:
            values["markers"] = _tags(markers)
        if segments is not None:
            values["segments"] = tuple(segments)
        if content:
            values["content"] = tuple(content)
        if isinstance(channels, Mapping):
            values["channels"] = channels
        elif channels:
            values["channels"] = dict.fromkeys(channels, 1.0)
            values["_source"] = _LISTED_CHANNELS
        return cls.made(values)

    def is_walked_like(self, other: Touchpoint) -> bool:
        """Return whether customers come and go here as in ``other``, whatever they are shown."""
        is_in_order = list(self.channel_shares) == list(other.channel_shares)
        return is_in_order and all(getattr(self, n) == getattr(other, n) for n in _WALKED)

    @property
    def is_counted(self) -> bool:
        """Whether visits here count: a place that customers run themselves is no step of ours."""
        return self.control is not Control.CUSTOMER

    def is_planned(self, label: str) -> bool:
        """Return whether a tag with ``label`` is planned here."""
        return any(t.marker == label and t.status is TagStatus.PLANNED for t in self.markers)

    @property
    def are_channel_shares_written(self) -> bool:
        """Return whether its channels were given with their shares, rather than listed."""
        return "channels" not in self._source.lists

    @property
    def channel_shares(self) -> Mapping[str, float]:
        """The weight of each of its channels, in the order declared."""
        return self.channels or {str(self.channel): 1.0}

    def named(self, language: str) -> str:
        """Return its name in ``language``; its id where it has none."""
        return self.name.in_language(language) if self.name else self.id


class Journey(Shape):
    """A directed graph of touchpoints for some segments, loops allowed.

    Attributes:
        journey: Its id.
        name: Its name for people.
        segments: Who it is for; everybody where it isn't written.
        weight: How many customers take it, beside the other journeys.
        outcomes: How its paths can end.
        shares: Where its shares were observed.
        touchpoints: Its touchpoints, in any order.
    """

    journey: Id
    name: Reworded | None = None
    segments: Annotated[tuple[SegmentId, ...], one_or_many, Field(min_length=1)] | None = None
    weight: Positive = 1.0
    outcomes: tuple[Outcome, ...] | None = None
    shares: ObservedShares | None = None
    touchpoints: Annotated[tuple[Touchpoint, ...], Field(min_length=1)]

    @classmethod
    def of(
        cls,
        id: str,
        touchpoints: Iterable[Touchpoint],
        *,
        name: str | Words | None = None,
        segments: Iterable[str] | None = None,
        weight: float = 1.0,
        outcomes: Iterable[Outcome] | None = None,
        shares: ObservedShares | None = None,
    ) -> Self:
        """Return a journey of valid values that is written in no file; its file is empty."""
        return cls.made(
            {
                "journey": id,
                "name": None if name is None else _words(name),
                "segments": None if segments is None else tuple(segments),
                "weight": float(weight),
                "outcomes": None if outcomes is None else tuple(outcomes),
                "shares": shares,
                "touchpoints": tuple(touchpoints),
            }
        )

    @property
    def id(self) -> str:
        """Its id."""
        return self.journey

    @property
    def file(self) -> str:
        """The file it is written in."""
        return self.position.file

    def named(self, language: str) -> str:
        """Return its name in ``language``; its id where it has none."""
        return self.name.in_language(language) if self.name else self.id

    def tags(self) -> Iterator[Tag]:
        """Every tag of its touchpoints and of their transitions."""
        for touchpoint in self.touchpoints:
            yield from touchpoint.markers
            for transition in touchpoint.next:
                yield from transition.markers


@dataclass(frozen=True)
class Frame:
    """What journeys are written against: the ids that the whole workspace shares.

    Attributes:
        channels: Ids of channels, in order.
        stages: Ids of stages, in order.
        segments: Ids of segments, in order.
        labels: Ids that a tag may name.
    """

    channels: tuple[str, ...]
    stages: tuple[str, ...]
    segments: tuple[str, ...]
    labels: tuple[str, ...]


def declared_ids(root: Node | None, key: str) -> list[Text]:
    """Return the ids in the list ``key`` of a file, also of one that isn't valid elsewhere."""
    items = root.get(key) if isinstance(root, Block) else None
    found = []
    for item in items if isinstance(items, Items) else ():
        identifier = item.get("id") if isinstance(item, Block) else None
        if isinstance(identifier, Text) and not identifier.is_blank:
            found.append(identifier)
    return found


def report_repeated(identifiers: Collection[Text], what: str, reading: Reading) -> None:
    """Note each id that was declared before."""
    first: dict[str, Text] = {}
    for identifier in identifiers:
        if identifier in first:
            earlier = first[identifier].position
            reading.report(
                "CH001",
                "repeated-id",
                identifier.position,
                what=what,
                id=str(identifier),
                line=earlier.line,
                file=earlier.file,
            )
        else:
            first[identifier] = identifier


def read_journey(root: Node, frame: Frame | None, reading: Reading) -> Journey | None:
    """Return the journey that a file holds, or None; problems go to ``reading``.

    Without a frame, only what the file says by itself is checked.
    """
    touchpoints = declared_ids(root, "touchpoints")
    report_repeated(touchpoints, "touchpoint", reading)
    known: dict[str, Collection[str]] = {"touchpoint": dict.fromkeys(map(str, touchpoints))}
    if frame is not None:
        known |= {
            "channel": frame.channels,
            "stage": frame.stages,
            "segment": frame.segments,
            "marker": frame.labels,
        }
    if isinstance(root, Block) and isinstance(root.get("outcomes"), Items):
        outcomes = declared_ids(root, "outcomes")
        report_repeated(outcomes, "outcome", reading)
        known["outcome"] = dict.fromkeys(map(str, outcomes))
    return validate(Journey, root, Reading(known, reading.problems))
