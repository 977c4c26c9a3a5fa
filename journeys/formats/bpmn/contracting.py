"""A process as a journey: what customers meet, and all between it drawn together to transitions."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from journeys.formats.bpmn.model import END, START, SUBPROCESSES, Flow, FlowNode, Process
from journeys.formats.bpmn.serialising import serialise
from journeys.formats.bpmn.steps import STEP_LIMIT, Layout, Step, Steps
from journeys.formats.draft import DraftJourney, DraftTouchpoint, DraftTransition
from journeys.formats.ids import id_of_name
from journeys.formats.markup import Unreadable
from journeys.formats.notes import Note

DONE = "done"
"""The outcome of an end that says nothing more."""

_OUTCOMES = {"error": "failed", "cancel": "cancelled", "escalation": "escalated"}
"""The outcomes of ends without a name, by what they are about."""

_STATES = 400
"""With how many different words one may come to a place before the words are left aside."""

_WORDS = 12
"""How many things may be said on one way before they are left aside."""

Words = tuple[FlowNode | Flow, ...]
"""What is said on a way: the names of what it passes."""


@dataclass(frozen=True)
class Contracted:
    """What became of a process.

    Attributes:
        journey: None where customers meet nothing in it.
        nodes: How many flow nodes are ``imported``, ``contracted`` and ``listed``.
        flows: How many sequence flows are.
    """

    journey: DraftJourney | None
    notes: tuple[Note, ...]
    nodes: Counter[str]
    flows: Counter[str]


@dataclass
class _Way:
    """A way from one touchpoint to the next, or to an end.

    Attributes:
        target: Where it leads.
    """

    target: str
    words: Words
    flows: tuple[Flow, ...]
    is_otherwise: bool


@dataclass
class _Walk:
    """All ways from a place.

    Attributes:
        ways: Those to touchpoints.
        ends: Those to ends.
    """

    ways: list[_Way] = field(default_factory=list)
    ends: list[_Way] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    gone: set[Flow] = field(default_factory=set)


def contracted(process: Process) -> Contracted:
    """Return a process as a journey.

    Raises:
        Unreadable: It has more transitions than a journey may.
    """
    layout = Layout(process)
    serialise(layout.steps)
    layout.lead_to_events()
    return _Contraction(process, layout.steps).result()


class _Contraction:
    def __init__(self, process: Process, steps: Steps) -> None:
        self.process, self.steps = process, steps
        self.nodes = process.nodes
        self.start = _Walk()
        self.walks: dict[str, _Walk] = {}

    def result(self) -> Contracted:
        self._walk_all()
        while promoted := self._needed_ends():
            met = {**self.steps.touchpoints, **promoted}
            self.steps.touchpoints = {key: None for key in self.nodes if key in met}
            self._walk_all()
        walks = [self.start, *self.walks.values()]
        passed = {key for walk in walks for key in walk.passed if key in self.nodes}
        gone = {flow for walk in walks for flow in walk.gone}
        alone = {way.flows[0] for walk in walks for way in walk.ways if len(way.flows) == 1}
        direct = {
            flow
            for flow in alone
            if flow.source in self.steps.touchpoints and flow.target in self.steps.touchpoints
        }
        touchpoints = self.steps.touchpoints
        left = [
            node
            for key, node in self.nodes.items()
            if key not in touchpoints | dict.fromkeys(passed)
        ]
        nodes = Counter(imported=len(touchpoints), contracted=len(passed), listed=len(left))
        flows = Counter(
            imported=len(direct),
            contracted=len(gone - direct),
            listed=len(set(self.process.flows) - gone),
        )
        journey = self._journey() if touchpoints else None
        notes = [*self.steps.notes, *self._lost(passed, gone, left)]
        if journey is None:
            named = {"kind": "process", "name": self.process.name}
            notes.append(Note("nothing-met", self.process.position, named))
        return Contracted(journey, tuple(notes), nodes, flows)

    def _walk_all(self) -> None:
        self.start = self._from_start()
        self.walks = {}
        number = 0
        for key in self.steps.touchpoints:
            self.walks[key] = walk = self._walk(key)
            number += len(walk.ways)
            if number > STEP_LIMIT:
                position = self.nodes[key].position
                raise Unreadable.because("too-many-ways", position, limit=STEP_LIMIT)

    def _from_start(self) -> _Walk:
        walk = _Walk()
        for start in self.steps.starts:
            if start in self.steps.touchpoints:
                walk.ways.append(_Way(start, (), (), False))
            else:
                self._walk_from(start, (), walk)
        return walk

    def _walk(self, place: str) -> _Walk:
        walk = _Walk()
        if place in self.steps.ends:
            walk.ends.append(_Way(place, (), (), False))
        self._follow(place, walk, is_worded=True)
        return walk

    def _walk_from(self, place: str, words: Words, walk: _Walk) -> None:
        """Walk from a place that isn't a touchpoint."""
        walk.passed.add(place)
        if place in self.steps.ends:
            walk.ends.append(_Way(place, words, (), False))
        self._follow(place, walk, is_worded=False)

    def _follow(self, place: str, walk: _Walk, *, is_worded: bool) -> None:
        """Note all ways on from a place to the next touchpoints and to ends.

        Those that say something else on the way are ways of their own, unless they are too many.
        """
        ways, ends = len(walk.ways), len(walk.ends)
        met: set[tuple[str, Words, bool]] = set()
        waiting: deque[tuple[Step, Words, tuple[Flow, ...], bool]] = deque(
            (step, (), (), False) for step in self.steps.leading[place]
        )
        while waiting:
            step, words, flows, is_otherwise = waiting.popleft()
            if is_worded and (len(met) > _STATES or len(words) > _WORDS):
                del walk.ways[ways:], walk.ends[ends:]
                self._follow(place, walk, is_worded=False)
                return
            walk.gone.update(step.flows)
            flows = (*flows, *step.flows) if len(flows) < 2 else flows
            is_otherwise = is_otherwise or step.is_otherwise
            words = _with(words, step.flows) if is_worded else ()
            target = step.target
            if target in self.steps.touchpoints:
                state = (target, words, is_otherwise and is_worded)
                if state not in met:
                    met.add(state)
                    walk.ways.append(_Way(target, words, flows, is_otherwise))
                continue
            walk.passed.add(target)
            node = self.nodes.get(target)
            if is_worded and node is not None and self._says_why(node):
                words = _with(words, (node,))
            state = (target, words, is_otherwise and is_worded)
            if state in met:
                continue
            met.add(state)
            if target in self.steps.ends:
                walk.ends.append(_Way(target, words, flows, is_otherwise))
            waiting.extend(
                (each, words, flows, is_otherwise) for each in self.steps.leading[target]
            )

    def _says_why(self, node: FlowNode) -> bool:
        """Return whether the name of a node says why customers come by it."""
        if node.kind == START:
            return bool(node.scope) and self.nodes[node.scope[-1]].is_event_subprocess
        return node.kind not in (*SUBPROCESSES, END)

    def _needed_ends(self) -> dict[str, None]:
        """Return the end events that are touchpoints of their own.

        A touchpoint has one outcome, so where it leads to several, they can't all be its own; and
        a path that leads from the start to an end must meet something.
        """
        needed: dict[str, None] = {}
        for walk in (self.start, *self.walks.values()):
            outcomes = {self._outcome(way.target)[0] for way in walk.ends}
            if len(outcomes) > 1 or (walk is self.start and outcomes):
                needed |= dict.fromkeys(
                    way.target
                    for way in walk.ends
                    if self._kind(way.target) == END and way.target not in self.steps.touchpoints
                )
        return needed

    def _kind(self, place: str) -> str:
        return self.nodes[place].kind if place in self.nodes else ""

    def _outcome(self, place: str) -> tuple[str, str]:
        """Return what is reached at an end, as a key and a name."""
        node = self.nodes.get(place)
        if node is None or node.kind != END:
            return DONE, ""
        if node.name:
            return node.name, node.name
        triggers = [_OUTCOMES[each] for each in node.triggers if each in _OUTCOMES]
        return (triggers or [DONE])[0], ""

    def _journey(self) -> DraftJourney:
        entries = {way.target for way in self.start.ways}
        outcomes: dict[str, str] = {}
        touchpoints = []
        for key, walk in self.walks.items():
            found = [self._outcome(way.target) for way in walk.ends]
            outcomes |= dict(found[:1])
            if len(dict(found)) > 1:
                named = {"name": self.nodes[key].name, "kind": self.nodes[key].kind}
                self.steps.notes.append(Note("second-ending", self.nodes[key].position, named))
            touchpoints.append(self._touchpoint(key, walk, key in entries, found))
        process = self.process
        return DraftJourney(
            id_of_name(process.name) or id_of_name(process.key),
            process.name,
            process.position,
            tuple(touchpoints),
            outcomes,
        )

    def _touchpoint(
        self, key: str, walk: _Walk, is_entry: bool, ends: list[tuple[str, str]]
    ) -> DraftTouchpoint:
        node = self.nodes[key]
        steps = dict.fromkeys(
            DraftTransition(way.target, tuple(each.name for each in way.words), way.is_otherwise)
            for way in walk.ways
        )
        return DraftTouchpoint(
            key,
            id_of_name(node.name) or id_of_name(in_words(node.kind)),
            node.name,
            node.position,
            stage=next((n for s in node.scope if (n := self.nodes[s].name)), ""),
            place=node.lane or self.process.pool,
            is_entry=is_entry,
            exit=ends[0][0] if ends else None,
            next=tuple(steps),
        )

    def _lost(self, passed: set[str], gone: set[Flow], left: Iterable[FlowNode]) -> Iterable[Note]:
        """Yield what isn't in the journey, or not by its name."""
        said = {each for walk in self.walks.values() for way in walk.ways for each in way.words}
        stages = {self.nodes[s].name for t in self.steps.touchpoints for s in self.nodes[t].scope}
        ended = {way.target for walk in self.walks.values() for way in walk.ends}
        told = {note.position for note in self.steps.notes if note.reason == "taken-back"}
        for node in left:
            if node.position not in told:
                yield Note("not-reached", node.position, {"kind": node.kind, "name": node.name})
        for key in passed:
            node = self.nodes[key]
            is_told = (
                node in said
                or (node.kind == END and key in ended)
                or (node.kind in SUBPROCESSES and node.name in stages)
            )
            if node.name and not is_told:
                yield Note("name-lost", node.position, {"kind": node.kind, "name": node.name})
        for flow in self.process.flows:
            named = {"kind": "sequenceFlow", "name": flow.name}
            if flow not in gone:
                yield Note("not-reached", flow.position, named)
            elif flow.name and flow not in said:
                yield Note("name-lost", flow.position, named)


def _with(words: Words, more: Iterable[FlowNode | Flow]) -> Words:
    """Return words with those of ``more`` that have names and weren't said yet."""
    return (*words, *(each for each in more if each.name and each not in words))


def in_words(kind: str) -> str:
    """Return the words that the name of an element is made of."""
    return re.sub("([A-Z])", r" \1", kind).lower()
