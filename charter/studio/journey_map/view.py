"""What the map of a journey shows, as values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MapStage:
    """A stage, drawn as a band; only those with stops are drawn."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class MapChannel:
    """A channel; its place among the channels of the charter decides its colour and icon."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class MapStop:
    """A touchpoint on one channel.

    Attributes:
        id: what a click answers, and what passages and a witness name.
        stage: the id of its stage.
        channel: the id of its channel.
        tags: the names of the markers it carries, in the order to show; without irritants.
        irritants: the names of those that the brand wants gone, drawn with a sign before the rest.
        exit_label: how the journey ends here, where it is an exit.
        is_counted: false where customers or the public run it; drawn with a dashed border.
        note: a few words beside the channel, such as "planned".
        is_dimmed: drawn faintly, as when a filter leaves it out.
    """

    id: str
    label: str
    stage: str
    channel: str
    tags: tuple[str, ...] = ()
    irritants: tuple[str, ...] = ()
    is_entry: bool = False
    is_exit: bool = False
    exit_label: str = ""
    is_moment_of_truth: bool = False
    is_counted: bool = True
    note: str = ""
    is_dimmed: bool = False


@dataclass(frozen=True, slots=True)
class MapPassage:
    """A transition; its label is shown while one of its ends is selected."""

    id: str
    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class MapWords:
    """The map's own words, in the reader's language.

    `stop` and `irritants` are patterns: `{label}`, `{channel}`, `{stage}`, `{tags}` and
    `{irritants}` stand for what they name.
    """

    help: str = (
        "Use the arrow keys to move between touchpoints, Enter to choose one, "
        "plus and minus to zoom, 0 to see the whole map."
    )
    zoom_in: str = "Zoom in"
    zoom_out: str = "Zoom out"
    fit: str = "Show the whole map"
    entry: str = "Entry"
    exit: str = "Exit"
    moment_of_truth: str = "Moment of truth"
    irritant: str = "Irritant: a practice that the brand wants gone"
    irritants: str = "Irritant: {irritants}"
    uncounted: str = "Run by customers, not counted"
    witness: str = "The path that breaks the rule"
    legend: str = "Legend"
    stop: str = "{label}, {channel}, {stage}. {tags}"
    no_tags: str = "Carries no marker"


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything that one picture shows.

    Attributes:
        title: names the map for people who can't see it.
        channels: all channels of the charter, so that colours stay the same on every map.
        witness: the stops of a path, in order; a stop may come several times.
        step: which step of the witness is pointed out, counted from 0.
        selected: the id of the chosen stop.
    """

    title: str
    stages: tuple[MapStage, ...]
    channels: tuple[MapChannel, ...]
    stops: tuple[MapStop, ...]
    passages: tuple[MapPassage, ...]
    witness: tuple[str, ...] | None = None
    step: int | None = None
    selected: str | None = None
    words: MapWords = field(default_factory=MapWords)
