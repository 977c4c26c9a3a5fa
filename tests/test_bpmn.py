"""BPMN models become journeys: what is carried over, what is drawn together, what is listed."""

import os
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.formats.bpmn import read_bpmn
from journeys.formats.draft import DraftFile, DraftJourney
from journeys.formats.markup import DEPTH_LIMIT, Unreadable
from tests.bpmn_models import MODEL, counted, model, process


def told(journey: DraftJourney) -> str:
    """Return a journey on one line: ``*`` is an entry, ``!outcome`` an exit."""
    ids = {each.key: each.id for each in journey.touchpoints}
    parts = []
    for each in journey.touchpoints:
        steps = [
            ids[step.to]
            + (f" ({' / '.join(step.because)})" if step.because else "")
            + (" (otherwise)" if step.is_otherwise else "")
            for step in each.next
        ]
        head = f"{'*' if each.is_entry else ''}{each.id}{f'!{each.exit}' if each.exit else ''}"
        parts.append(f"{head} > {', '.join(steps)}" if steps else head)
    return "; ".join(parts)


def reasons(drafted: DraftFile) -> list[str]:
    return [note.reason for note in drafted.notes]


BOUNDARY = '<boundaryEvent id="b1" name="too late" attachedToRef="{0}"><timerEventDefinition/>'
LATE = BOUNDARY + "</boundaryEvent>"
INNER = (
    '<subProcess id="sub" name="Packing"><startEvent id="s2"/><task id="t5" name="t5"/>'
    '<task id="t6" name="t6"/><endEvent id="e2"/>'
    '<sequenceFlow id="g1" sourceRef="s2" targetRef="t5"/>'
    '<sequenceFlow id="g2" sourceRef="t5" targetRef="t6"/>'
    '<sequenceFlow id="g3" sourceRef="t6" targetRef="e2"/></subProcess>'
)
SIDE = (
    '<subProcess id="side" name="Cancelled" triggeredByEvent="true"><startEvent id="s3" '
    'name="they call"><signalEventDefinition/></startEvent><task id="t7" name="t7"/>'
    '<sequenceFlow id="h1" sourceRef="s3" targetRef="t7"/></subProcess>'
)


@pytest.mark.parametrize(
    ("drawn", "inside", "journey"),
    [
        pytest.param("s1 > t1 > u1 > e1", "", "*t1 > u1; u1!e1", id="tasks in a line"),
        pytest.param("t1 > t2", "", "*t1 > t2; t2!done", id="neither start nor end drawn"),
        pytest.param(
            "s1 > t1 > x1, x1 -yes> t2 > e1, x1 -no> t3 > e1",
            "",
            "*t1 > t2 (x1 / yes), t3 (x1 / no); t2!e1; t3!e1",
            id="a choice is branches, with the question and its answers",
        ),
        pytest.param(
            "s1 > x1, x1 -a> t1 > e1, x1 -b> t2 > e1",
            "",
            "*t1!e1; *t2!e1",
            id="a choice at the start is two entries",
        ),
        pytest.param(
            "s1 > t1 > x1, x1 > e1, x1 > t2 > e1",
            "",
            "*t1!e1 > t2 (x1); t2!e1",
            id="where one may end or go on",
        ),
        pytest.param(
            "s1 > t1 > x1, x1 -yes> e1, x1 -no> e2",
            "",
            "*t1 > e1 (x1 / yes), e2 (x1 / no); e1!e1; e2!e2",
            id="one touchpoint that leads to two outcomes leads to touchpoints for them",
        ),
        pytest.param("s1 > e1, s2 > t1", "", "*e1!e1; *t1!done", id="a path that meets nothing"),
        pytest.param(
            "s1 > x1 > t1 > x2, x2 -again> x1, x2 -ok> e1",
            "",
            "*t1!e1 > t1 (x2 / again / x1)",
            id="a loop through gateways",
        ),
        pytest.param(
            "s1 > t1 > p1, p1 > t2 > p2, p1 > t3 > p2, p2 > t4 > e1",
            "",
            "*t1 > t2 (p1); t2 > t3; t3 > t4 (p2); t4!e1",
            id="what happens at once is put one after the other",
        ),
        pytest.param(
            "s1 > t1 > p1, p1 > p3, p3 > t2 > p4, p3 > t3 > p4, p4 > p2, p1 > t4 > p2, p2 > e1",
            "",
            "*t1 > t2 (p1 / p3); t2 > t3; t3 > t4 (p4); t4!e1",
            id="at once inside at once",
        ),
        pytest.param(
            "s1 > t1 > t2 > e1, t1 > t3 > e2",
            "",
            "*t1 > t2; t2 > t3; t3!e2",
            id="several flows without a gateway are gone at once",
        ),
        pytest.param(
            "s1 > t1 > p1, p1 > t2 > x1, p1 > t3 > x1, x1 > e1, t3 > t2",
            "",
            "*t1 > t2 (p1), t3 (p1); t2!e1; t3!e1 > t2",
            id="branches that touch otherwise are choices",
        ),
        pytest.param(
            "s1 > t1 > e1, b1 > t2",
            LATE.format("t1"),
            "*t1!e1 > t2 (too late); t2!done",
            id="an event on an edge is a way out",
        ),
        pytest.param(
            "s1 > t1 > sub, sub > t2 > e1",
            INNER,
            "*t1 > t5; t2!e1; t5 > t6; t6 > t2",
            id="a subprocess is opened",
        ),
        pytest.param(
            "s1 > sub, sub > t2 > e1, b1 > t3 > e1",
            INNER + LATE.format("sub"),
            "t2!e1; t3!e1; *t5 > t6, t3 (too late); t6 > t3 (too late), t2",
            id="an event on the edge of a subprocess may come anywhere inside",
        ),
        pytest.param(
            "s1 > t1 > t2 > e1",
            SIDE,
            "*t1 > t2, t7 (they call); t2!e1 > t7 (they call); t7!done",
            id="an event subprocess may come anywhere around it",
        ),
        pytest.param(
            "s1 > t1 > sub, sub > e1",
            '<subProcess id="sub" name="sub"/>',
            "*t1 > sub; sub!e1",
            id="a subprocess with nothing inside is a touchpoint",
        ),
        pytest.param(
            "s1 > m1 > t1 > m2",
            '<intermediateThrowEvent id="m1" name="m1"><messageEventDefinition/>'
            '</intermediateThrowEvent><endEvent id="m2" name="m2"><messageEventDefinition/>'
            "</endEvent>",
            "t1 > m2; *m1 > t1; m2!m2",
            id="messages are met",
        ),
        pytest.param(
            "s1 > t1 > l1, l2 > t2 > e1",
            '<intermediateThrowEvent id="l1"><linkEventDefinition name="A"/>'
            '</intermediateThrowEvent><intermediateCatchEvent id="l2"><linkEventDefinition '
            'name="A"/></intermediateCatchEvent>',
            "*t1 > t2; t2!e1",
            id="a link goes on where it is caught",
        ),
        pytest.param(
            "s1 > t1 > t2 > e1",
            '<task id="t1" name="t1"><standardLoopCharacteristics/></task>',
            "t2!e1; *t1 > t2, t1",
            id="what is repeated leads to itself",
        ),
        pytest.param(
            "s1 > t1 > x9, x9 > t2 > e1, x9 > t3 > e1",
            '<exclusiveGateway id="x9" default="f4"/>',
            "*t1 > t2, t3 (otherwise); t2!e1; t3!e1",
            id="the default flow is for all others",
        ),
        pytest.param(
            "s1 > t1 > e9",
            '<endEvent id="e9"><errorEventDefinition/></endEvent>',
            "*t1!failed",
            id="an end without a name tells what it is",
        ),
    ],
)
def test_a_process_becomes_a_journey(drawn: str, inside: str, journey: str):
    content = model(process(drawn, inside=inside))
    drafted = read_bpmn(content, "m.bpmn")
    assert [told(each) for each in drafted.journeys] == [journey]
    assert {what: count.found for what, count in drafted.counts.items()} == counted(content)


@pytest.mark.parametrize(
    ("drawn", "inside", "more", "reason", "name"),
    [
        ("s1 > t1 > e1", '<dataObject id="d" name="Form"/>', "", "not-carried", "Form"),
        (
            "s1 > t1 > e1",
            '<textAnnotation id="a"><text>Ask twice</text></textAnnotation>',
            "",
            "not-carried",
            "Ask twice",
        ),
        ("s1 > t1 > e1", "", '<message id="m" name="Letter"/>', "not-carried", "Letter"),
        (
            "s1 > t1 > e1",
            "",
            '<collaboration><participant id="a" name="Us" processRef="p"/><participant id="b" '
            'name="They"/><messageFlow id="m" sourceRef="b" targetRef="t1"/></collaboration>',
            "not-carried",
            "They → t1",
        ),
        (
            "s1 > t1 > e1",
            '<task id="t1" name="t1"><documentation>Smile.</documentation></task>',
            "",
            "not-carried",
            "Smile.",
        ),
        (
            "s1 > t1 > t2 > e1",
            '<task id="t2" name="t2"><multiInstanceLoopCharacteristics/></task>',
            "",
            "several-instances",
            "t2",
        ),
        ("s1 > t1 > e1, x1 > x2 > x1", "", "", "not-reached", "x1"),
        (
            "s1 > t1 > e1, b2 > c1",
            '<boundaryEvent id="b2" name="undo" attachedToRef="t1"><compensateEventDefinition/>'
            '</boundaryEvent><task id="c1" name="Give back" isForCompensation="true"/>',
            "",
            "taken-back",
            "Give back",
        ),
        (
            "s1 > t1 > e1, t1 > gone",
            '<exclusiveGateway id="x"/><!-- id="gone" -->',
            "",
            "flow-to-nothing",
            "",
        ),
        ("s1 > t1 > p1, p1 > t2 > p2, p1 > t3 > p2, p2 > e1", "", "", "one-after-the-other", "p1"),
        ("s1 > t1 > o1, o1 > t2 > e1, o1 > t3 > e1", "", "", "one-of-several", "o1"),
        ("s1 > i1 > t1 > e1", "", "", "name-lost", "i1"),
    ],
)
def test_what_a_path_cant_hold_is_listed_with_its_name_and_place(
    drawn: str, inside: str, more: str, reason: str, name: str
):
    content = model(process(drawn, inside=inside), more=more)
    drafted = read_bpmn(content, "m.bpmn")
    found = [n for n in drafted.notes if n.reason == reason and n.parameters.get("name") == name]
    assert len(found) == 1
    line = content.decode().split("\n")[found[0].position.line - 1]
    assert line[found[0].position.column - 1 :].startswith("<")
    assert {what: count.found for what, count in drafted.counts.items()} == counted(content)


def test_pools_lanes_and_subprocesses_tell_places_and_stages():
    lanes = (
        '<laneSet><lane id="l1" name="Shop"><flowNodeRef>t1</flowNodeRef>'
        "<flowNodeRef>sub</flowNodeRef></lane></laneSet>"
    )
    pool = '<collaboration><participant id="a" name="Us" processRef="p"/></collaboration>'
    content = model(process("s1 > t1 > sub, sub > t2 > e1", inside=lanes + INNER), more=pool)
    (journey,) = read_bpmn(content, "m.bpmn").journeys
    assert journey.name == "Us"
    assert {each.id: (each.place, each.stage) for each in journey.touchpoints} == {
        "t1": ("Shop", ""),
        "t2": ("Us", ""),
        "t5": ("Shop", "Packing"),
        "t6": ("Shop", "Packing"),
    }


def test_each_process_is_a_journey_and_an_empty_one_is_told():
    content = model(
        process("s1 > t1 > e1", key="a", name="Buying"),
        process("t2 > t3", key="b", name="Returning"),
        '<process id="c" name="Carrier"/>',
    )
    drafted = read_bpmn(content, "m.bpmn")
    assert [(each.id, told(each)) for each in drafted.journeys] == [
        ("buying", "*t1!e1"),
        ("returning", "*t2 > t3; t3!done"),
    ]
    assert "nothing-inside" in reasons(drafted)


def test_prefixes_and_other_encodings_are_read():
    text = model(process("s1 > t1 > e1", name="Été")).decode()
    prefixed = text.replace("xmlns=", "xmlns:b=").replace("</", "</b:").replace("<", "<b:")
    prefixed = prefixed.replace("<b:/b:", "</b:")
    content = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + prefixed.encode("latin-1")
    (journey,) = read_bpmn(content, "m.bpmn").journeys
    assert (journey.name, told(journey)) == ("Été", "*t1!e1")


ENTITY = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
NESTED = 100_000


@pytest.mark.parametrize(
    ("content", "reason", "place"),
    [
        pytest.param(b"", "empty-file", "1:1", id="empty"),
        pytest.param(b" \n ", "empty-file", "1:1", id="blank"),
        pytest.param(b"PK\x03\x04\x00", "not-xml", "1:3", id="binary"),
        pytest.param(b"<a>\n <b></a>", "not-xml", "2:7", id="not well-formed"),
        pytest.param(b"<a>&lol;</a>", "not-xml", "1:4", id="an entity that nobody declares"),
        pytest.param(b'<?xml version="1.0" encoding="klingon"?><a/>', "not-xml", "1:31", id="enc"),
        pytest.param(b"\n" + ENTITY + b"<d>&b;</d>", "document-type", "2:13", id="entities"),
        pytest.param(
            b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>', "document-type", "1:40", id="x"
        ),
        pytest.param(
            b"<a>" * NESTED + b"</a>" * NESTED, "too-deep", f"1:{3 * DEPTH_LIMIT + 1}", id="d"
        ),
        pytest.param(b"<a>" + b"<b/>" * 200_000 + b"</a>", "too-many-elements", "1:800000", id="m"),
        pytest.param(b"<svg/>", "not-bpmn", "1:1", id="other XML"),
        pytest.param(b"<definitions/>", "not-bpmn", "1:1", id="of no namespace"),
        pytest.param(model(), "no-process", "1:1", id="no process"),
        pytest.param(model("<process/>"), "no-process", "1:1", id="an empty process"),
        pytest.param(model('<process><task id="a"/></process>'), "no-flow", "3:1", id="no flow"),
        pytest.param(
            model("<process>" + "<task/>" * 2_001 + "</process>"),
            "too-many-flow-nodes",
            "3:14010",
            id="n",
        ),
        pytest.param(b" " * (10 * 1024 * 1024 + 1), "too-large", "1:1", id="too large"),
    ],
)
def test_what_is_no_model_is_told_with_its_place(content: bytes, reason: str, place: str):
    with pytest.raises(Unreadable) as refused:
        read_bpmn(content, "m.bpmn")
    (problem,) = refused.value.problems
    assert (problem.code, problem.reason, str(problem.position)) == (
        "CH001",
        reason,
        f"m.bpmn:{place}",
    )


# An oracle that shares nothing with the reader: the model's own graph, walked by brute force.


@st.composite
def drawings(draw: st.DrawFn, kinds: str = "tttxxivse") -> str:
    nodes = [f"{draw(st.sampled_from(kinds))}{number}" for number in range(draw(st.integers(2, 9)))]
    number = draw(st.integers(1, 14))
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))
    flows = draw(st.lists(pairs, min_size=1, max_size=number, unique=True))
    return ", ".join(f"{source} > {target}" for source, target in flows)


def reached(content: bytes) -> tuple[set[tuple[str, str]], set[str]]:
    """Return which tasks lead to which without a task between, and where paths begin."""
    (holder,) = ET.fromstring(content)
    tasks = {each.get("id") for each in holder if each.tag.endswith("ask")}
    nodes = {each.get("id") for each in holder if not each.tag.endswith("sequenceFlow")}
    following = defaultdict(set)
    entered = set()
    for flow in holder.iter(f"{{{MODEL}}}sequenceFlow"):
        following[flow.get("sourceRef")].add(flow.get("targetRef"))
        entered.add(flow.get("targetRef"))
    pairs = set()
    for task in tasks | {"start"}:
        waiting = list(following[task]) if task != "start" else sorted(nodes - entered)
        met = set()
        while waiting:
            each = waiting.pop()
            if each in tasks:
                pairs.add((task, each))
            elif each not in met:
                met.add(each)
                waiting += following[each]
    return {pair for pair in pairs if pair[0] != "start"}, {b for a, b in pairs if a == "start"}


@settings(max_examples=150, deadline=None)
@given(drawings())
def test_transitions_are_the_ways_between_tasks_with_no_task_between(drawn: str):
    """Each task here has one flow out at most that isn't a choice, so nothing is at once."""
    firsts: dict[str, str] = {}
    kept = []
    for flow in drawn.split(", "):
        source = flow.split(" > ")[0]
        if source[0] in "xv" or firsts.setdefault(source, flow) == flow:
            kept.append(flow)
    content = model(process(", ".join(kept)))
    drafted = read_bpmn(content, "m.bpmn")
    assert {what: count.found for what, count in drafted.counts.items()} == counted(content)
    pairs, entries = reached(content)
    journeys = drafted.journeys
    found = {
        (each.key, step.to)
        for journey in journeys
        for each in journey.touchpoints
        for step in each.next
        if each.key[0] == "t" and step.to[0] == "t"
    }
    assert found == pairs
    begun = {e.key for j in journeys for e in j.touchpoints if e.is_entry and e.key[0] == "t"}
    # Where every node is led to, the first one begins.
    assert begun == entries or not entries


@settings(max_examples=150, deadline=None)
@given(drawings("ttuxpose"))
def test_all_that_is_found_is_imported_contracted_or_listed(drawn: str):
    """Whatever is drawn: each number of the table is a sum, and is what the tags count."""
    content = model(process(drawn))
    drafted = read_bpmn(content, "m.bpmn")
    for what, number in counted(content).items():
        count = drafted.counts[what]
        assert count.found == number == count.imported + count.contracted + count.listed
        assert min(count.imported, count.contracted, count.listed) >= 0
    assert drafted.counts["nodes"].imported == sum(len(j.touchpoints) for j in drafted.journeys)
    for journey in drafted.journeys:
        keys = {each.key for each in journey.touchpoints}
        assert all(step.to in keys for each in journey.touchpoints for step in each.next)
        assert all(e.exit in journey.outcomes for e in journey.touchpoints if e.exit is not None)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(st.just("t"), lambda inner: st.lists(inner, min_size=2, max_size=3), max_leaves=7)
)
def test_a_path_goes_through_every_branch_of_what_happens_at_once(drawn: object):
    """Blocks in blocks: each task is on the one path, in the order drawn."""
    names: list[str] = []
    flows: list[str] = []

    def draw(block: object, before: str) -> str:
        names.append("")
        number = len(names)
        if block == "t":
            names[-1] = f"t{number}"
            flows.append(f"{before} > t{number}")
            return f"t{number}"
        assert isinstance(block, list)
        flows.append(f"{before} > p{number}")
        for inner in block:
            flows.append(f"{draw(inner, f'p{number}')} > p{number}j")
        return f"p{number}j"

    last = draw(drawn, "s0")
    content = model(process(", ".join([*flows, f"{last} > e0"])))
    (journey,) = read_bpmn(content, "m.bpmn").journeys
    path = [next(each for each in journey.touchpoints if each.is_entry)]
    by_key = {each.key: each for each in journey.touchpoints}
    while path[-1].next:
        (step,) = path[-1].next
        path.append(by_key[step.to])
    assert [each.key for each in path] == [name for name in names if name]
    assert path[-1].exit == "e0"


# Where BPMN_MODELS names a folder, the models of others that are in it too.
GIVEN = (
    sorted(Path(os.environ["BPMN_MODELS"]).rglob("*.bpmn")) if "BPMN_MODELS" in os.environ else []
)
MODELS = {
    "ours": model(process("s1 > t1 > x1, x1 -yes> t2, x1 -no> e1, t2 > e2", inside=INNER)),
    **{path.name: path.read_bytes() for path in GIVEN},
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_imported_and_nothing_of_it_is_lost(name: str):
    content = MODELS[name]
    drafted = read_bpmn(content, name)
    assert {what: count.found for what, count in drafted.counts.items()} == counted(content)
    assert drafted.journeys
    assert all(journey.touchpoints for journey in drafted.journeys)
