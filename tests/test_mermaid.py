"""Mermaid diagrams: read as people write them, written so that they come back the same."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.formats.draft import DraftFile, DraftJourney
from journeys.formats.ids import id_of_key
from journeys.formats.markup import Unreadable
from journeys.formats.mermaid import read_mermaid
from journeys.formats.mermaid.flowchart import Names, flowchart, left_out
from journeys.formats.mermaid.labels import RESERVED, escaped, unescaped, written_id
from journeys.formats.mermaid.user_journey import user_journey
from journeys.model import Journey, Touchpoint, Transition


def read(text: str) -> DraftFile:
    return read_mermaid(text.encode(), "m.mmd")


def only(text: str) -> DraftJourney:
    (journey,) = read(text).journeys
    return journey


def links(text: str) -> list[str]:
    return [
        f"{each.key}>{step.to}{''.join(f'({why})' for why in step.because)}"
        f"{f'[{step.share}]' if step.share else ''}"
        for each in only(text).touchpoints
        for step in each.next
    ]


def names(text: str) -> dict[str, str]:
    return {each.key: each.name for each in only(text).touchpoints}


# What people write.


STATEMENTS = [
    ("a --> b", ["a>b"]),
    ("a-->b", ["a>b"]),
    ("a --> b --> c", ["a>b", "b>c"]),
    ("a & b --> c & d", ["a>c", "a>d", "b>c", "b>d"]),
    ("a -->|yes| b", ["a>b(yes)"]),
    ("a -- yes, please --> b", ["a>b(yes, please)"]),
    ('a -- "yes -- and no" --> b', ["a>b(yes -- and no)"]),
    ('a -->|"no | never"| b', ["a>b(no | never)"]),
    ("a ==> b", ["a>b"]),
    ("a == loudly ==> b", ["a>b(loudly)"]),
    ("a -.-> b", ["a>b"]),
    ("a -. maybe .-> b", ["a>b(maybe)"]),
    ("a -..-> b", ["a>b"]),
    ("a ----> b", ["a>b"]),
    ("a --- b", ["a>b"]),
    ("a --o b", ["a>b"]),
    ("a --x b", ["a>b"]),
    ("a <--> b", ["a>b", "b>a"]),
    ("a o--o b", ["a>b"]),
    ("a -->|40%| b", ["a>b[40]"]),
    ("a -->|12,5 %| b", ["a>b[12.5]"]),
    ("a e1@--> b", ["a>b"]),
    ("a --> a", ["a>a"]),
    ("a --> b; b --> c", ["a>b", "b>c"]),
    ("a -->\n b", ["a>b"]),
    ("a --> b %% to be asked", ["a>b"]),
    ("%% a --> x\na --> b", ["a>b"]),
    ("été --> 店", ["été>店"]),
    ("a-1 --> b.c", ["a-1>b.c"]),
    ("a:::store --> b:::web", ["a>b"]),
    ("direction TB\na --> b", ["a>b"]),
    ("a --> b\nstyle a fill:#f9f\nlinkStyle 0 stroke:red", ["a>b"]),
    ("a --> b\naccTitle: A way\naccDescr {\n  two: lines\n}", ["a>b"]),
]


@pytest.mark.parametrize(("statement", "found"), STATEMENTS)
@pytest.mark.parametrize("kind", ["flowchart LR", "graph TD;", "flowchart"])
def test_links_are_transitions(kind: str, statement: str, found: list[str]):
    assert links(f"{kind}\n{statement}\n") == found


SHAPES = [
        "a[{}]", "a({})", "a([{}])", "a[[{}]]", "a[({})]", "a(({}))", "a((({})))", "a>{}]",
        "a{{{}}}", "a{{{{{}}}}}", "a[/{}/]", "a[\\{}\\]", "a[/{}\\]", "a[\\{}/]", "a(-{}-)",
]  # fmt: skip
LABELS = [
    ("Pay now", "Pay now"),
    ('"Pay (now)"', "Pay (now)"),
    ('"`Pay **now**`"', "Pay **now**"),
    ('"1 &lt; 2 #quot;x#quot; #35;1 #233; #eacute;"', '1 < 2 "x" #1 é é'),
    ('"two<br/>lines"', "two lines"),
    ('"two\nlines"', "two lines"),
    ("fa:fa-cart Basket", "Basket"),
    ('"عربة 🛒"', "عربة 🛒"),
    ('"%% no comment; no end"', "%% no comment; no end"),
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("label", "name"), LABELS)
def test_nodes_of_all_shapes_have_their_labels(shape: str, label: str, name: str):
    text = f"flowchart LR\n{shape.format(label)} --> b\n"
    assert names(text) == {"a": name, "b": ""}
    assert links(text) == ["a>b"]


def test_the_newer_way_to_write_shapes_is_read():
    assert names('flowchart LR\na@{ shape: rect, label: "At the till" } --> b') == {
        "a": "At the till",
        "b": "",
    }


def test_subgraphs_are_stages_and_classes_channels():
    text = """
---
title: "Buying: a lamp"
config: {theme: dark}
---
flowchart LR
  subgraph before["Before, and *early*"]
    window --> door:::store
    subgraph inner
      door --> host
    end
  end
  subgraph The day
    host --> till
  end
  till --> home
  classDef store fill:#fff
  class window,host store
  class till store
  class till app
  class nobody web
"""
    journey = only(text.lstrip())
    assert journey.name == "Buying: a lamp"
    assert journey.stages == {"before": "Before, and *early*", "inner": "", "The day": "The day"}
    assert [(each.key, each.stage, each.channels) for each in journey.touchpoints] == [
        ("window", "before", ("store",)),
        ("door", "before", ("store",)),
        ("host", "before", ("store",)),
        ("till", "The day", ("store", "app")),
        ("home", "", ()),
    ]
    assert [each.key for each in journey.touchpoints if each.is_entry] == ["window"]
    assert {each.key: each.exit for each in journey.touchpoints if each.exit} == {"home": "done"}


def test_what_cant_be_carried_over_is_listed_and_counted():
    drafted = read(
        "flowchart LR\nsubgraph s\na --> b\nend\ns --> c\na ~~~ c\n"
        'click a "https://x.test"\nc --> a'
    )
    assert [(note.reason, note.position.line) for note in drafted.notes] == [
        ("to-subgraph", 5),
        ("invisible-link", 6),
        ("not-carried", 7),
    ]
    count = drafted.counts["flows"]
    assert (count.found, count.imported, count.listed) == (4, 2, 2)


def test_a_user_journey_is_a_line_of_touchpoints_for_each_actor():
    drafted = read(
        "journey\n  title My day\n  section Go\n    Tea: 5: Me\n    Go up: 3: Me, Cat\n"
        "  section Home\n    Sit#58; down: 1: Me\n    Nothing: x\n"
    )
    (journey,) = drafted.journeys
    assert journey.segments == ("Me", "Cat")
    assert [(e.name, e.stage, e.emotion, e.segments) for e in journey.touchpoints] == [
        ("Tea", "Go", 2, ("Me",)),
        ("Go up", "Go", None, ()),
        ("Sit: down", "Home", -2, ("Me",)),
        ("Nothing", "Home", None, ()),
    ]
    assert {e.name: [s.to for s in e.next] for e in journey.touchpoints} == {
        "Tea": ["1"],
        "Go up": ["2", "3"],
        "Sit: down": ["3"],
        "Nothing": [],
    }
    assert [e.name for e in journey.touchpoints if e.is_entry] == ["Tea", "Go up"]
    assert [note.reason for note in drafted.notes] == ["score-lost"]


# What can't be read.


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", ["empty-file 1:1"], id="empty"),
        pytest.param("%% nothing\n", ["no-diagram 1:1"], id="only a comment"),
        pytest.param("flowchart LR\n", ["no-node 1:1"], id="no node"),
        pytest.param("sequenceDiagram\nA->>B: Hi", ["other-diagram 1:1"], id="sequence"),
        pytest.param("---\ntitle: x\n---\n\n gantt\n", ["other-diagram 5:2"], id="gantt"),
        pytest.param("stateDiagram-v2\n[*] --> a", ["other-diagram 1:1"], id="state"),
        pytest.param("hello world", ["not-mermaid 1:1"], id="something else"),
        pytest.param("graph LR\na --> ", ["mermaid-syntax 2:7"], id="a link to nothing"),
        pytest.param("graph LR\na -- yes\nb --> c", ["link-open 2:6"], id="a link without an end"),
        pytest.param('graph LR\na["x]\n', ["label-open 2:3"], id="an open quotation mark"),
        pytest.param("graph LR\na[x (y)]\n", ["label-unquoted 2:5"], id="brackets in a label"),
        pytest.param("graph LR\nsubgraph s\na", ["subgraph-open 3:2"], id="an open subgraph"),
        pytest.param("graph LR\na\nend", ["end-unexpected 3:1"], id="an end too many"),
        pytest.param(
            "graph LR\na ->> b\n--> c\nd --> e\nf[",
            ["mermaid-syntax 2:3", "mermaid-syntax 3:1", "label-unquoted 5:3"],
            id="all of it at once",
        ),
        pytest.param("journey\n title x", ["no-task 1:1"], id="no task"),
        pytest.param(
            "journey\n" + "".join(f"T: 5: A{n}\n" for n in range(101)),
            ["too-many-actors 102:1"],
            id="more actors than can be",
        ),
        pytest.param(
            "journey\n" + "T: 5\n" * 5001, ["too-many-flow-nodes 5002:1"], id="more tasks"
        ),
        pytest.param("journey\n Tea: 5\n Nonsense", ["no-score 3:2"], id="no score"),
        pytest.param(
            "graph LR\n"
            + "&".join(f"a{n}" for n in range(400))
            + "-->"
            + "&".join(f"b{n}" for n in range(400)),
            ["too-many-ways 2:1890"],
            id="more links than can be",
        ),
        pytest.param(
            "graph LR\n" + "\n".join(f"n{n}" for n in range(5001)),
            ["too-many-flow-nodes 5002:1"],
            id="more nodes than can be",
        ),
        pytest.param(
            "graph LR\n" + "subgraph x\n" * 101, ["too-deep 102:1"], id="subgraphs without end"
        ),
    ],
)
def test_what_cant_be_read_is_told_with_its_place(text: str, told: list[str]):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert [
        f"{each.reason} {each.position.line}:{each.position.column}"
        for each in refused.value.problems
    ] == told


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"graph LR\n\xff", "not-utf-8"),
        (b"\x00\x01\x02", "not-mermaid"),
        (b" " * (10 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_what_is_no_text_is_told(content: bytes, reason: str):
    with pytest.raises(Unreadable) as refused:
        read_mermaid(content, "m.mmd")
    assert [each.reason for each in refused.value.problems] == [reason]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "b", "-->", "--", "-.", "==", "|", '"', "[", "]", "(", ")", "{", "}", "&", ";",
             "\n", " ", ":::", "subgraph", "end", "class", "%%", "@{", "~~~", "<", ">", "#", "é"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_whatever_stands_in_it_it_is_read_or_its_problems_are_told(parts: list[str]):
    try:
        drafted = read("flowchart LR\n" + "".join(parts))
    except Unreadable as refused:
        problems = refused.problems
    else:
        problems = ()
        assert drafted.journeys[0].touchpoints
    assert all(each.position.line >= 1 for each in problems)


# Labels and ids.

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20
)


@given(TEXTS)
def test_a_label_is_never_markup_and_comes_back(text: str):
    label = escaped(text)
    assert unescaped(label) == text
    assert not re.search(r"[\"<>`*_\[\](){}|\\~]|&|;(?<!\d;)|#(?!\d+;)", label)
    assert not re.match(r"[-+=:]|\d+[.)]", label)


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_an_id_is_never_a_word_of_mermaids_own(word: str):
    assert written_id(word) not in RESERVED
    assert id_of_key(written_id(word)) == word


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True))
def test_an_id_comes_back(identifier: str):
    assert id_of_key(written_id(identifier)) == identifier
    assert not re.search("-", written_id(identifier))


# There and back.

IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,4}", fullmatch=True) | st.sampled_from(
    ["end", "class", "default", "entry", "exit", "exit--x", "subgraph", "a--b", "x", "o"]
)
# What Mermaid, Markdown or HTML take for their own, and what turns the direction of reading.
SIGNS = "ab Z19é店ع🛒\u202e\u200f\"#&<>`*_[](){}|\\~;:,%$.-+='/"
NAMES = st.text(SIGNS, min_size=1, max_size=8).map(lambda text: " ".join(text.split()) or "x")


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Journey, Names]:
    stages = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    channels = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    ids = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    touchpoints = []
    for identifier in ids:
        on = draw(st.lists(st.sampled_from(channels), min_size=1, max_size=2, unique=True))
        whys = st.none() | NAMES
        steps = draw(st.lists(st.tuples(st.sampled_from(ids), whys), max_size=3))
        touchpoints.append(
            Touchpoint.of(
                identifier,
                name=draw(NAMES),
                stage=draw(st.sampled_from(stages)),
                channel=on[0] if len(on) == 1 else None,
                channels=on if len(on) > 1 else (),
                entry=draw(st.booleans()),
                exit=draw(st.none() | IDS),
                next=[Transition.of(to, because=because) for to, because in steps],
                emotion=draw(st.none() | st.integers(-2, 2)),
                segments=draw(st.none() | st.just(["new"]) | st.just(["new", "old"])),
            )
        )
    if not any(each.entry or each.exit for each in touchpoints):
        first = touchpoints[0]
        touchpoints[0] = Touchpoint.of(
            first.id, name=first.name, stage=first.stage, channel=first.channel,
            channels=list(first.channels), entry=True, next=first.next,
        )  # fmt: skip
    known = Names(
        "en",
        {each: draw(NAMES) for each in stages},
        {each: each for each in channels},
        {"new": "New, here: now", "old": "Old"},
    )
    return Journey.of("j", touchpoints, name=draw(NAMES)), known


@settings(max_examples=60, deadline=None)
@given(journeys())
def test_a_journey_comes_back_from_a_flowchart(drawn: tuple[Journey, Names]):
    """Touchpoints with their names, transitions with their reasons, channels, stages, ends."""
    journey, known = drawn
    found = only(flowchart(journey, known))
    ids = {each.key: each.id for each in found.touchpoints}
    assert found.name == " ".join(journey.named("en").split())
    assert {
        each.id: (
            each.name,
            id_of_key(each.stage),
            found.stages[each.stage],
            {id_of_key(channel) for channel in each.channels},
            each.is_entry,
            each.exit,
            sorted((ids[step.to], step.because) for step in each.next),
        )
        for each in found.touchpoints
    } == {
        each.id: (
            each.named("en"),
            each.stage,
            known.stages[each.stage],
            set(each.channel_shares),
            each.entry,
            each.exit,
            sorted(
                (step.to, (step.because.in_language("en"),) if step.because else ())
                for step in each.next
            ),
        )
        for each in journey.touchpoints
    }


@settings(max_examples=40, deadline=None)
@given(journeys())
def test_touchpoints_come_back_from_a_user_journey(drawn: tuple[Journey, Names]):
    """In the order of stages, with how they feel and whom they are for."""
    journey, known = drawn
    found = only(user_journey(journey, known))
    order = [t for stage in known.stages for t in journey.touchpoints if t.stage == stage]
    segments = {t.id: tuple(known.segments[s] for s in t.segments or known.segments) for t in order}
    everyone = {name for found in segments.values() for name in found}
    assert [
        (each.name, found.touchpoints[0] is each or each.stage, each.emotion or 0, each.segments)
        for each in found.touchpoints
    ] == [
        (
            t.named("en"),
            place == 0 or known.stages[t.stage],
            t.emotion or 0,
            () if set(segments[t.id]) == everyone else segments[t.id],
        )
        for place, t in enumerate(order)
    ]


def test_what_a_flowchart_has_no_place_for_is_counted():
    journey = Journey.of(
        "j",
        [
            Touchpoint.of("a", stage="s", channel="c", emotion=1, markers=["m", "n"], owner="Us"),
            Touchpoint.of(
                "b", stage="s", channel="c", next=[Transition.of("a", share=3, segments=["x"])]
            ),
        ],
    )
    counts = {what: number for what, number in left_out(journey).items() if number}
    assert counts == {"tags": 2, "shares": 1, "segments": 1, "emotions": 1, "details": 1}


def test_reading_takes_time_in_proportion_to_what_is_read():
    """Twice as much takes about twice as long, whatever looks like a beginning without an end."""
    import time

    def seconds(text: str) -> float:
        begun = time.perf_counter()
        with pytest.raises(Unreadable):
            read(text)
        return time.perf_counter() - begun

    for part in ("a -- ", 'a["', "a[x ", "-- " * 3, "subgraph ", "a & "):
        times = [seconds("flowchart LR\n" + part * number + "\n") for number in (10_000, 40_000)]
        assert all(later < max(0.5, 12 * earlier) for earlier, later in pairwise(times)), part
