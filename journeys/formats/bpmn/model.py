"""A process model as its file says it: flow nodes, flows, lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeys.formats.notes import Note
from journeys.source import Position

TASKS = frozenset(
    {
        "task",
        "businessRuleTask",
        "manualTask",
        "receiveTask",
        "scriptTask",
        "sendTask",
        "serviceTask",
        "userTask",
        "callActivity",
    }
)
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
START, END, BOUNDARY = "startEvent", "endEvent", "boundaryEvent"
EVENTS = frozenset(
    {
        START,
        END,
        BOUNDARY,
        "event",
        "implicitThrowEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
    }
)
PARALLEL = "parallelGateway"
GATEWAYS = frozenset(
    {
        PARALLEL,
        "complexGateway",
        "eventBasedGateway",
        "exclusiveGateway",
        "inclusiveGateway",
    }
)
FLOW_NODES = TASKS | SUBPROCESSES | EVENTS | GATEWAYS
"""The flow nodes of a process."""


# One of them equals no other, however alike they are drawn.
@dataclass(frozen=True, eq=False)
class FlowNode:
    """A node that sequence flows connect.

    Attributes:
        key: Its id in the file; made up where it has none of its own.
        kind: The name of its element.
        scope: The keys of the subprocesses that it is in, outermost first.
        lane: The name of the innermost lane that it, or a subprocess it is in, lies in.
        triggers: What an event is about: ``message``, ``timer``, ….
        link: The name by which a link event goes on elsewhere.
        attached_to: The key of the activity that a boundary event is attached to.
        default: The key of the flow that is gone when no other one is.
        is_interrupting: Whether an event ends what it interrupts.
        is_event_subprocess: Whether a subprocess is begun by an event of its own.
        is_compensation: Whether an activity only takes back what another has done.
        loops: Whether it is repeated.
    """

    key: str
    kind: str
    name: str
    position: Position
    scope: tuple[str, ...] = ()
    lane: str = ""
    triggers: tuple[str, ...] = ()
    link: str = ""
    attached_to: str | None = None
    default: str | None = None
    is_interrupting: bool = True
    is_event_subprocess: bool = False
    is_compensation: bool = False
    loops: bool = False


@dataclass(frozen=True, eq=False)
class Flow:
    """A sequence flow.

    Attributes:
        name: Its name, else its condition, as written.
        is_conditional: Whether it has a condition.
    """

    key: str
    name: str
    source: str
    target: str
    position: Position
    is_conditional: bool = False


@dataclass(frozen=True)
class Process:
    """A process.

    Attributes:
        name: Its name, or its pool's.
        pool: The name of its pool; empty where it is in none.
        nodes: Its flow nodes by key, in the order of the file.
    """

    key: str
    name: str
    position: Position
    pool: str = ""
    nodes: Mapping[str, FlowNode] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()


@dataclass(frozen=True)
class Model:
    """What a BPMN file holds.

    Attributes:
        notes: What of it isn't carried over, whatever becomes of the rest.
        lost_nodes: How many flow nodes aren't in any process.
        lost_flows: How many sequence flows don't connect two flow nodes of one process.
    """

    processes: tuple[Process, ...]
    notes: tuple[Note, ...]
    lost_nodes: int = 0
    lost_flows: int = 0
