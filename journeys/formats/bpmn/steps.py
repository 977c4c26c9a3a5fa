"""Where one gets from each node of a process, subprocesses opened and jumps made to steps.

A subprocess with something inside is two places: where it is entered, by its key, and where it is
left, by its key and `LEFT`. Beside the file's own sequence flows there are steps that it only
means: into a subprocess and out of it, from an activity to the events on its edge, from one link
to the other, and from all that an event subprocess interrupts to its start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from journeys.formats.bpmn.model import (
    BOUNDARY,
    END,
    PARALLEL,
    START,
    SUBPROCESSES,
    TASKS,
    Flow,
    FlowNode,
    Process,
)
from journeys.formats.markup import Unreadable
from journeys.formats.notes import Note

STEP_LIMIT = 100_000
"""Most transitions in a journey that is read."""
LEFT = " left"
"""Behind a subprocess's key: the place where it is left. No id holds a space."""
FORK = " fork"
"""Behind a node's key: the place from which several flows are gone at once."""

_CAUGHT = ("error", "escalation", "cancel")
"""What an end event throws and an event on the edge of the subprocess catches."""


@dataclass(frozen=True)
class Step:
    """A step from one place to another.

    Attributes:
        flows: The sequence flows that are gone by it, none where the file only means it.
        is_otherwise: Whether it is gone when no other one is.
    """

    target: str
    flows: tuple[Flow, ...] = ()
    is_otherwise: bool = False


@dataclass
class Steps:
    """The steps of a process.

    Attributes:
        nodes: The flow nodes by key.
        touchpoints: The keys of those that customers meet, in the order of the file.
        left_out: The keys of those that no customer comes to, with all in them.
        starts: Where paths begin.
        ends: Where paths end.
        leading: The steps from each place, in the order of the file.
    """

    nodes: Mapping[str, FlowNode]
    touchpoints: dict[str, None] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    starts: dict[str, None] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    leading: defaultdict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)

    def forks(self) -> list[str]:
        """Return the places from which several ways are gone at once."""
        return [
            place
            for place, steps in self.leading.items()
            if len(steps) > 1 and (place.endswith(FORK) or self._kind(place) == PARALLEL)
        ]

    def _kind(self, place: str) -> str:
        return self.nodes[place].kind if place in self.nodes else ""


class Layout:
    """The steps of a process, at first those of what goes as drawn.

    What may come in between, `lead_to_events` adds: it doesn't count where branches that are gone
    at once part and meet.

    Attributes:
        steps: The steps so far.
    """

    def __init__(self, process: Process) -> None:
        self.process = process
        self.nodes = process.nodes
        self.steps = Steps(process.nodes)
        self.number = 0
        self.inside: defaultdict[str, list[FlowNode]] = defaultdict(list)
        for node in self.nodes.values():
            self.inside[node.scope[-1] if node.scope else ""].append(node)
        self.entered = {flow.target for flow in process.flows}
        self.links = {
            node.link: node.key
            for node in self.nodes.values()
            if node.link and node.kind in ("intermediateCatchEvent", START)
        }
        self._sort_nodes()
        self._follow_flows()
        self._open(None)

    def _sort_nodes(self) -> None:
        steps = self.steps
        for node in self.nodes.values():
            if self._takes_back(node):
                steps.left_out.add(node.key)
                self._note("taken-back", node)
            elif steps.left_out.intersection(node.scope):
                steps.left_out.add(node.key)
            elif self._is_met(node):
                steps.touchpoints[node.key] = None

    def _takes_back(self, node: FlowNode) -> bool:
        """Return whether this only takes back what was done: no path leads there."""
        begins = self.inside[node.key] if node.is_event_subprocess else ()
        edges = [node, *(each for each in begins if each.kind == START)]
        return node.is_compensation or any(
            each.kind in (BOUNDARY, START) and "compensate" in each.triggers for each in edges
        )

    def _is_met(self, node: FlowNode) -> bool:
        """Return whether customers meet this: what is done, or a message between them and us."""
        if node.kind in SUBPROCESSES:
            return not self.inside[node.key]
        return node.kind in TASKS or "message" in node.triggers

    def _note(self, reason: str, node: FlowNode, **parameters: object) -> None:
        named = {"kind": node.kind, "name": node.name, **parameters}
        self.steps.notes.append(Note(reason, node.position, named))

    def _is_opened(self, node: FlowNode) -> bool:
        return node.kind in SUBPROCESSES and bool(self.inside[node.key])

    def _leaving(self, key: str) -> str:
        """Return the place from which one leaves a node."""
        return f"{key}{LEFT}" if self._is_opened(self.nodes[key]) else key

    def _follow_flows(self) -> None:
        by_source: defaultdict[str, list[Flow]] = defaultdict(list)
        for flow in self.process.flows:
            if not {flow.source, flow.target} & self.steps.left_out:
                by_source[flow.source].append(flow)
        for key, flows in by_source.items():
            node, place = self.nodes[key], self._leaving(key)
            at_once = [
                flow for flow in flows if not flow.is_conditional and flow.key != node.default
            ]
            is_gateway = node.kind.endswith("Gateway")
            made = [self._step(flow, node) for flow in flows]
            if not is_gateway and len(at_once) > 1:
                # Without a gateway, all flows that have no condition are gone at once.
                self.steps.leading[place].append(Step(f"{key}{FORK}"))
                place = f"{key}{FORK}"
            self.steps.leading[place] += made
            if len(flows) > 1 and (
                node.kind in ("inclusiveGateway", "complexGateway")
                or (not is_gateway and any(flow.is_conditional for flow in flows))
            ):
                self._note("one-of-several", node)
        for node in self.nodes.values():
            if node.link and node.kind in ("intermediateThrowEvent", END):
                target = self.links.get(node.link)
                if target is not None and target != node.key:
                    self.steps.leading[node.key].append(Step(target))
            if node.loops and node.key not in self.steps.left_out:
                entry = node.key
                self.steps.leading[self._leaving(node.key)].append(Step(entry))

    def _step(self, flow: Flow, source: FlowNode) -> Step:
        is_otherwise = bool(flow.key) and flow.key == source.default
        return Step(flow.target, (flow,), is_otherwise)

    def _open(self, holder: FlowNode | None) -> None:
        """Lead into what a subprocess, or the process itself, holds, and out of it."""
        waiting = [holder]
        while waiting:
            each = waiting.pop()
            self._open_one(each)
            inside = self.inside[each.key if each else ""]
            waiting += [node for node in inside if self._is_opened(node)]

    def _open_one(self, holder: FlowNode | None) -> None:
        steps = self.steps
        inside = self.inside[holder.key if holder else ""]
        inside = [node for node in inside if node.key not in steps.left_out]
        begins = [node.key for node in inside if self._is_begin(node)]
        begins = begins or [node.key for node in inside if self._can_begin(node)][:1]
        own = [] if holder is None else self._caught_by(holder)
        if holder is None:
            steps.starts |= dict.fromkeys(begins)
        else:
            steps.leading[holder.key] += [Step(begin) for begin in begins]
            if holder.kind == "adHocSubProcess" and len(begins) > 1:
                self._note("any-order", holder)
        for node in inside:
            place = self._leaving(node.key)
            if steps.leading[place]:
                continue
            caught = [edge for edge in own if set(node.triggers) & set(edge.triggers)]
            if node.kind == END and caught:
                steps.leading[place] += [Step(edge.key) for edge in caught]
            elif holder is None:
                steps.ends.add(place)
            else:
                steps.leading[place].append(Step(f"{holder.key}{LEFT}"))

    def _can_begin(self, node: FlowNode) -> bool:
        return node.kind != BOUNDARY and not node.is_event_subprocess

    def _is_begin(self, node: FlowNode) -> bool:
        is_link_target = self.links.get(node.link) == node.key and node.kind != START
        return self._can_begin(node) and node.key not in self.entered and not is_link_target

    def _caught_by(self, holder: FlowNode) -> list[FlowNode]:
        """Return the events on the edge of a subprocess that catch what its ends throw."""
        return [
            node
            for node in self.nodes.values()
            if node.attached_to == holder.key and set(node.triggers) & set(_CAUGHT)
        ]

    def _touchpoints_in(self, holder: FlowNode | None) -> list[str]:
        return [
            key
            for key in self.steps.touchpoints
            if holder is None or holder.key in self.nodes[key].scope
        ]

    def lead_to_events(self) -> None:
        """Add the steps to what may come in between: from activities, and from all around."""
        self._lead_to_edges()
        for node in self.nodes.values():
            if node.is_event_subprocess and node.key not in self.steps.left_out:
                self._interrupt(node)

    def _interrupt(self, subprocess: FlowNode) -> None:
        """Lead to an event subprocess from all that it may interrupt."""
        holder = self.nodes[subprocess.scope[-1]] if subprocess.scope else None
        depth = len(subprocess.scope)
        sources = [
            key
            for key in self._touchpoints_in(holder)
            if self.nodes[key].kind != END
            # Nor is it begun while it, or another one beside it, is going on.
            and not any(self.nodes[each].is_event_subprocess for each in self._above(key, depth))
        ]
        self._lead_from_each(sources, subprocess, "may-begin-anywhere")
        if not sources and holder is None:
            self.steps.starts[subprocess.key] = None

    def _above(self, key: str, depth: int) -> tuple[str, ...]:
        """Return the subprocess that a node is in at a depth, none where it is in none."""
        return self.nodes[key].scope[depth : depth + 1]

    def _lead_to_edges(self) -> None:
        """Lead from activities to the events on their edges."""
        for node in self.nodes.values():
            if node.kind != BOUNDARY or node.key in self.steps.left_out:
                continue
            host = self.nodes.get(node.attached_to or "")
            if host is None or host.key in self.steps.left_out:
                self._note("edge-of-nothing", node)
                continue
            if not node.is_interrupting:
                self._note("beside", node)
            if host.key in self.steps.touchpoints:
                self.steps.leading[host.key].append(Step(node.key))
            elif not self._is_thrown_inside(host, node):
                self._lead_from_each(self._touchpoints_in(host), node, "edge-of-several")

    def _is_thrown_inside(self, host: FlowNode, edge: FlowNode) -> bool:
        return any(
            step.target == edge.key
            for node in self.inside[host.key]
            for step in self.steps.leading[node.key]
        )

    def _lead_from_each(self, sources: Iterable[str], target: FlowNode, reason: str) -> None:
        sources = list(sources)
        self.number += len(sources)
        if self.number > STEP_LIMIT:
            raise Unreadable.because("too-many-ways", target.position, limit=STEP_LIMIT)
        for each in sources:
            self.steps.leading[each].append(Step(target.key))
        if sources:
            self._note(reason, target, number=len(sources))
