"""A BPMN file read: what it is made of, and what of it has no place in a journey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from journeys.formats.bpmn.model import (
    BOUNDARY,
    EVENTS,
    FLOW_NODES,
    SUBPROCESSES,
    Flow,
    FlowNode,
    Model,
    Process,
)
from journeys.formats.ids import one_line
from journeys.formats.markup import Element, Unreadable, read_markup
from journeys.formats.notes import Note

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NODE_LIMIT = 2_000
"""Most flow nodes in one file."""
CONDITION_SHOWN = 80
"""As long as a condition may be to name a flow that has no name."""

_DEFINITION = "EventDefinition"
# What only says how the rest hangs together, or is looked at where it belongs.
_STRUCTURE = frozenset(
    {
        "flowNodeRef",
        "incoming",
        "outgoing",
        "participantMultiplicity",
        "sourceRef",
        "supportedInterfaceRef",
        "targetRef",
    }
)
# What is known by what it says.
_TOLD = frozenset({"documentation", "script", "textAnnotation"})
_EXTENSIONS = "extensionElements"


def read_model(content: bytes, file: str) -> Model:
    """Return the processes of a BPMN file, and what of it can't be carried over.

    Raises:
        Unreadable: It isn't BPMN, or holds no path.
    """
    root = read_markup(content, file)
    if (root.space, root.name) != (BPMN, "definitions"):
        raise Unreadable.because("not-bpmn", root.position, name=root.name)
    reader = _Reader(root)
    model = reader.model()
    if not model.processes:
        raise Unreadable.because("no-process", root.position)
    if not any(process.flows for process in model.processes):
        raise Unreadable.because("no-flow", model.processes[0].position)
    return model


@dataclass
class _Contents:
    """What was found in a process so far."""

    nodes: dict[str, FlowNode] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    lanes: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.notes: list[Note] = []
        self.taken: set[str] = set()
        self.extensions: list[Element] = []
        self.lost_nodes = self.lost_flows = 0
        self.number = 0

    def model(self) -> Model:
        pools = self._pools()
        processes = [self._process(each, pools) for each in self.root.named("process")]
        kept = tuple(process for process in processes if process.nodes)
        for each in self.root.children:
            if each.space == BPMN and each.name not in ("process", "collaboration"):
                self._list(each)
        for process in processes:
            if not process.nodes:
                named = {"kind": "process", "name": process.name}
                self.notes.append(Note("nothing-inside", process.position, named))
        if self.extensions:
            number = {"number": len(self.extensions)}
            self.notes.append(Note("extensions", self.extensions[0].position, number))
        return Model(kept, tuple(self.notes), self.lost_nodes, self.lost_flows)

    def _pools(self) -> dict[str, str]:
        """Return the names of pools by the process they hold; the rest of them is listed."""
        pools: dict[str, str] = {}
        for collaboration in self.root.named("collaboration"):
            names = self._names()
            for each in collaboration.children:
                process = each.attributes.get("processRef", "").rpartition(":")[2]
                if each.space == BPMN and each.name == "participant" and process:
                    pools.setdefault(process, _name(each))
                    self._list_inside(each)
                elif each.space == BPMN and each.name == "messageFlow" and not _name(each):
                    ends = (each.attributes.get(end, "") for end in ("sourceRef", "targetRef"))
                    told = " → ".join(names.get(end.rpartition(":")[2], end) for end in ends)
                    named = {"kind": each.name, "name": told}
                    self.notes.append(Note("not-carried", each.position, named))
                    self._list_inside(each)
                else:
                    self._list(each)
        return pools

    def _names(self) -> dict[str, str]:
        """Return the names of all that has an id and a name."""
        return {
            each.attributes["id"]: name
            for each in _all_in(self.root)
            if "id" in each.attributes and (name := _name(each))
        }

    def _process(self, element: Element, pools: dict[str, str]) -> Process:
        contents = _Contents()
        key = element.attributes.get("id", "")
        self._read_into(contents, element, ())
        nodes = {
            each.key: replace(each, lane=_lane(each, contents)) for each in contents.nodes.values()
        }
        flows = []
        for flow in contents.flows:
            if flow.source in nodes and flow.target in nodes:
                flows.append(flow)
            else:
                self.lost_flows += 1
                self.notes.append(Note("flow-to-nothing", flow.position, {"name": flow.name}))
        pool = pools.get(key, "")
        name = pool or _name(element)
        return Process(key, name, element.position, pool, nodes, tuple(flows))

    def _read_into(self, contents: _Contents, holder: Element, scope: tuple[str, ...]) -> None:
        # Each level of subprocesses is one of elements too, and those are limited.
        for each in holder.children:
            if each.space != BPMN:
                continue
            if each.name in FLOW_NODES:
                self._read_node(contents, each, scope)
            elif each.name == "sequenceFlow":
                contents.flows.append(self._flow(each))
            elif each.name == "laneSet":
                self._read_lanes(contents, each)
            elif each.name == "multiInstanceLoopCharacteristics":
                self.notes.append(Note("several-instances", each.position, _named(holder)))
            elif each.name != "standardLoopCharacteristics":
                self._list(each)

    def _read_node(self, contents: _Contents, element: Element, scope: tuple[str, ...]) -> None:
        self.number += 1
        if self.number > NODE_LIMIT:
            raise Unreadable.because("too-many-flow-nodes", element.position, limit=NODE_LIMIT)
        attributes = element.attributes
        key = attributes.get("id", "")
        if not key or key in self.taken:
            if key:
                self.notes.append(Note("same-id", element.position, {"id": key}))
            # No id holds a space, so nothing leads here by mistake.
            key = f"{key} {element.position.line}:{element.position.column}"
        self.taken.add(key)
        definitions = [
            each.name.removesuffix(_DEFINITION)
            for each in element.children
            if each.space == BPMN and each.name.endswith(_DEFINITION)
        ]
        definitions += ["" for _ in element.named("eventDefinitionRef")]
        links = [_name(each) for each in element.named(f"link{_DEFINITION}")]
        contents.nodes[key] = FlowNode(
            key,
            element.name,
            _name(element),
            element.position,
            scope,
            triggers=tuple(definitions),
            link=links[0] or key if links else "",
            attached_to=attributes.get("attachedToRef") if element.name == BOUNDARY else None,
            default=attributes.get("default"),
            is_interrupting=_is_true(attributes.get("cancelActivity", "true"))
            and _is_true(attributes.get("isInterrupting", "true")),
            is_event_subprocess=_is_true(attributes.get("triggeredByEvent", "")),
            is_compensation=_is_true(attributes.get("isForCompensation", "")),
            loops=any(element.named("standardLoopCharacteristics")),
        )
        if element.name in SUBPROCESSES:
            self._read_into(contents, element, (*scope, key))
        else:
            self._list_inside(element)

    def _list_inside(self, element: Element) -> None:
        """Note what stands in a node that has no place in a journey."""
        for each in element.children:
            if each.space != BPMN or each.name == "standardLoopCharacteristics":
                continue
            if each.name == "multiInstanceLoopCharacteristics":
                self.notes.append(Note("several-instances", each.position, _named(element)))
            elif each.name == _EXTENSIONS or not (
                element.name in EVENTS
                and (each.name.endswith(_DEFINITION) or each.name == "eventDefinitionRef")
            ):
                self._list(each)
            elif details := _first_text(each):
                said = {**_named(element), "details": details}
                self.notes.append(Note("event-details", each.position, said))

    def _flow(self, element: Element) -> Flow:
        attributes = element.attributes
        conditions = list(element.named("conditionExpression"))
        name = _name(element)
        condition = one_line(conditions[0].text) if conditions else ""
        for each in element.children:
            if each.space == BPMN and each.name != "conditionExpression":
                self._list(each)
        if condition and (name or len(condition) > CONDITION_SHOWN):
            said = {"name": name, "details": condition}
            self.notes.append(Note("condition", conditions[0].position, said))
        elif condition:
            name = condition
        return Flow(
            attributes.get("id", ""),
            name,
            attributes.get("sourceRef", ""),
            attributes.get("targetRef", ""),
            element.position,
            is_conditional=bool(conditions),
        )

    def _read_lanes(self, contents: _Contents, lanes: Element) -> None:
        for lane in lanes.named("lane"):
            for each in lane.named("flowNodeRef"):
                contents.lanes[each.text.rpartition(":")[2]] = _name(lane)
            for inner in lane.named("childLaneSet"):
                self._read_lanes(contents, inner)
            for each in lane.children:
                if each.name not in ("flowNodeRef", "childLaneSet"):
                    self._list(each)

    def _list(self, element: Element) -> None:
        """Note that an element isn't carried over, with all that stands in it."""
        if element.name == _EXTENSIONS:
            self.extensions.append(element)
        elif element.space == BPMN and element.name not in _STRUCTURE:
            self.notes.append(Note("not-carried", element.position, _named(element)))
            for each in _all_in(element):
                self.lost_nodes += each.space == BPMN and each.name in FLOW_NODES
                self.lost_flows += each.space == BPMN and each.name == "sequenceFlow"


def _name(element: Element) -> str:
    return one_line(element.attributes.get("name", ""))


def _named(element: Element) -> dict[str, object]:
    name = _name(element) or (_first_text(element) if element.name in _TOLD else "")
    return {"kind": element.name, "name": name}


def _first_text(element: Element) -> str:
    """Return the first text in an element, on one line and not too long of it."""
    for each in _all_in(element):
        if each.text:
            text = one_line(each.text)
            return text if len(text) <= CONDITION_SHOWN else f"{text[: CONDITION_SHOWN - 1]}…"
    return ""


def _all_in(element: Element) -> Iterator[Element]:
    """Yield an element and all in it, in the order of the file."""
    left = [element]
    while left:
        each = left.pop()
        yield each
        left += reversed(each.children)


def _is_true(written: str) -> bool:
    return written.strip() in ("true", "1")


def _lane(node: FlowNode, contents: _Contents) -> str:
    """Return the name of the lane of a node, else that of the innermost subprocess with one."""
    for key in (node.key, *reversed(node.scope)):
        if key in contents.lanes:
            return contents.lanes[key]
    return ""
