"""What the map of a journey shows, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from charter.arrangement import Spot

Change = Literal["", "added", "removed", "changed"]
"""How something differs from another version of the map; nothing where it doesn't."""


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
        change: how it differs from another version; drawn with a sign, and a word in the legend.
        spot: where people put it; None where it is laid out by itself.
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
    change: Change = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class MapPassage:
    """A transition; its label is shown while one of its ends is selected."""

    id: str
    source: str
    target: str
    label: str = ""
    change: Change = ""


@dataclass(frozen=True, slots=True)
class MapFlow:
    """How many customers go from one stop to another in a step of a replay."""

    source: str
    target: str
    number: int


@dataclass(frozen=True, slots=True)
class MapReplayStep:
    """Where customers are after a step.

    Attributes:
        flows: which ways they took to get there.
        at: how many are at a stop, by stop; only those who go on or end there now.
        ended: how many have ended, by the ways to end of the replay.
        told: the step in the reader's words.
    """

    flows: tuple[MapFlow, ...]
    at: dict[str, int]
    ended: tuple[int, ...]
    told: str


@dataclass(frozen=True, slots=True)
class MapReplay:
    """Customers who walk the map step by step.

    Attributes:
        title: who they are, in the reader's words.
        note: what their shares rest on.
        number: how many there are.
        outcomes: how their journey can end, in words.
        shares: which part of them ends so, in words, in the same order.
        steps: where they are, from the beginning on.
    """

    title: str
    note: str
    number: int
    outcomes: tuple[str, ...]
    shares: tuple[str, ...]
    steps: tuple[MapReplayStep, ...]


@dataclass(frozen=True, slots=True)
class MapMove:
    """A card that somebody put elsewhere on the map."""

    stop: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class MapWords:
    """The map's own words, in the reader's language.

    `stop`, `irritants` and `moved` are patterns: `{label}`, `{channel}`, `{stage}`, `{tags}` and
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
    arrange_help: str = (
        "Drag a card to put it elsewhere, or hold Shift and use the arrow keys to move the "
        "chosen one."
    )
    put_in_order: str = "Put it back in order"
    moved: str = "{label} was moved."
    added: str = "Added"
    removed: str = "Removed"
    changed: str = "Changed"
    play: str = "Play"
    pause: str = "Pause"
    step_back: str = "One step back"
    step_on: str = "One step on"
    from_start: str = "From the beginning"


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything that one picture shows.

    Attributes:
        title: names the map for people who can't see it.
        channels: all channels of the charter, so that colours stay the same on every map.
        witness: the stops of a path, in order; a stop may come several times.
        step: which step of the witness is pointed out, counted from 0.
        selected: the id of the chosen stop.
        is_arrangeable: whether people may put cards elsewhere.
        replay: customers who walk the map, with buttons to follow them.
    """

    title: str
    stages: tuple[MapStage, ...]
    channels: tuple[MapChannel, ...]
    stops: tuple[MapStop, ...]
    passages: tuple[MapPassage, ...]
    witness: tuple[str, ...] | None = None
    step: int | None = None
    selected: str | None = None
    is_arrangeable: bool = False
    replay: MapReplay | None = None
    words: MapWords = field(default_factory=MapWords)

    def pointing_out(
        self,
        *,
        witness: tuple[str, ...] | None = None,
        step: int | None = None,
        selected: str | None = None,
        replay: MapReplay | None = None,
    ) -> MapView:
        """Return the view with something pointed out, where all of that is on the map."""
        shown = {stop.id for stop in self.stops}
        is_walked = bool(witness) and shown.issuperset(witness or ())
        return replace(
            self,
            witness=witness if is_walked else None,
            step=step if is_walked else None,
            selected=selected if selected in shown else None,
            replay=replay,
        )
