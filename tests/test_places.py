"""Where on a breaking path a change would mend it, and which of these places is told first."""

import datetime

import pytest

from charter.checker import check
from charter.findings import Verdict
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: app}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: discover}, {id: buy}]
markers:
  - {id: host, name: A named host}
  - {id: light, name: A lit lamp}
  - {id: note, name: A handwritten note, expressions: {store: A card., web: {not-for: No pen.}}}
  - {id: stamp, name: A stamp, expressions: {web: {not-for: No ink.}, app: {not-for: No ink.}}}
"""
TODAY = datetime.date(2026, 11, 2)


def broken(rule: str, written: list[str], segment: str) -> list[Verdict]:
    """Return the verdicts of a rule that are broken for a segment."""
    asked = workspace(touchpoints(*written), charter=CHARTER, rules=f"- {{id: r, {rule}}}\n")
    report = check(asked, TODAY)
    return [v for v in report.verdicts if v.segment == segment and v.verdict == "broken"]


def places(rule: str, written: list[str], segment: str = "newcomer") -> str:
    """Return the places of the one broken verdict of a segment, as ``a b c``."""
    (verdict,) = broken(rule, written, segment)
    return " ".join(verdict.places)


def along(*written: str) -> list[str]:
    """Return touchpoints a, b, c … that are walked one after the other, with more said of each."""
    names = "abcdefgh"[: len(written)]
    found = [
        f"{name}{more and ', ' + more}, next: [{following}]"
        for name, following, more in zip(names, names[1:], written, strict=False)
    ]
    found.append(f"{names[-1]}{written[-1] and ', ' + written[-1]}, exit: x")
    found[0] = found[0].replace("a", "a, entry: true", 1)
    return found


HOST, LIGHT = "markers: [host]", "markers: [light]"
BOTH = "markers: [host, light]"
ELSEWHERE = "control: customer"
MOMENT = "moment-of-truth: true"
HIGH, LOW = "emotion: 2", "emotion: -1"
CARRIES = "kind: carries, markers: host"
AFTER_A = "after: {touchpoint: a}"
ONE_OTHER = "kind: excludes, one: host, other: light"


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        pytest.param(CARRIES, ["", ""], "a b", id="carries: anywhere"),
        pytest.param(
            f"{CARRIES}, at-least: 3", ["", HOST, ""], "a c", id="carries: where it isn't yet"
        ),
        pytest.param(
            CARRIES, ["", ELSEWHERE, ""], "a c", id="carries: not where customers are by themselves"
        ),
        pytest.param(
            f"{CARRIES}, at-least: 2",
            ["", f"{ELSEWHERE}, {HOST}", ""],
            "a c",
            id="carries: what customers show counts, and stays as it is",
        ),
        pytest.param(
            "kind: at-most, markers: host, times: 1",
            [HOST, "", HOST],
            "a c",
            id="at-most: where it is",
        ),
        pytest.param(
            "kind: opens-with, markers: host, within: 2",
            ["", ELSEWHERE, "", "", HOST],
            "a c",
            id="opens-with: the first counted visits",
        ),
        pytest.param(
            "kind: opens-with, markers: host, within: 3",
            ["", ""],
            "a b",
            id="opens-with: all visits of a short path",
        ),
        pytest.param(
            "kind: closes-with, markers: host, within: 2",
            [HOST, "", "", ELSEWHERE, ""],
            "e c",
            id="closes-with: the last counted visits, the very last first",
        ),
        pytest.param(
            "kind: closes-with, markers: host, within: 2",
            ["", "", f"{ELSEWHERE}, {HOST}"],
            "b a",
            id="closes-with: what customers show is no close",
        ),
        pytest.param(
            "kind: closes-with, markers: host, within: 3",
            ["", ""],
            "b a",
            id="closes-with: all visits of a short path",
        ),
        pytest.param(
            "kind: no-gap, markers: host, longest: 1",
            ["", HOST, "", "", "", HOST, "", ""],
            "c d",
            id="no-gap: the first row that is too long, as far as it may go",
        ),
        pytest.param(
            "kind: no-gap, markers: host, longest: 1",
            ["", ELSEWHERE, "", HOST],
            "a c",
            id="no-gap: what customers do by themselves is no step of a row",
        ),
        pytest.param(
            f"kind: follows, markers: host, {AFTER_A}",
            [HOST.replace("host", "light"), "", ""],
            "a b c",
            id="follows: from the visit that asks to the end",
        ),
        pytest.param(
            f"kind: follows, markers: host, {AFTER_A}, within: 1",
            ["", ELSEWHERE, "", ""],
            "a c",
            id="follows: while there is time",
        ),
        pytest.param(
            f"kind: follows, markers: host, after: {{{MOMENT}}}, within: 2",
            [MOMENT, "", MOMENT, "", ""],
            "c",
            id="follows: what answers all that wait",
        ),
        pytest.param(
            f"kind: follows, markers: host, after: {{{MOMENT}}}, within: 1",
            [MOMENT, "", "", MOMENT, ""],
            "a b",
            id="follows: the first that waits, where nothing answers all",
        ),
        pytest.param(
            f"kind: follows, markers: host, after: {{{MOMENT}}}, within: 1",
            [MOMENT, HOST, "", MOMENT, ""],
            "d e",
            id="follows: nothing for what is answered",
        ),
        pytest.param(
            f"kind: follows, markers: host, after: {{{MOMENT}}}, within: 1",
            [HOST, MOMENT, "", "", ""],
            "b c",
            id="follows: what came before is no answer",
        ),
        pytest.param(
            f"kind: follows, markers: host, after: {{{MOMENT}}}, within: 1",
            ["", f"{MOMENT}, {ELSEWHERE}", "", MOMENT, ""],
            "d e",
            id="follows: what customers do by themselves asks for nothing",
        ),
        pytest.param(
            f"kind: precedes, markers: host, before: {{{MOMENT}}}",
            ["", "", MOMENT, MOMENT, ""],
            "c b a",
            id="precedes: up to the visit that asks, the nearest first",
        ),
        pytest.param(
            f"kind: precedes, markers: host, before: {{{MOMENT}}}",
            ["", f"{MOMENT}, {ELSEWHERE}, {HOST.replace('host', 'light')}", MOMENT, HOST],
            "c a",
            id="precedes: what customers do by themselves asks for nothing",
        ),
        pytest.param(
            ONE_OTHER, ["", HOST, "", LIGHT, HOST], "d b", id="excludes: where they first meet"
        ),
        pytest.param(
            ONE_OTHER, [LIGHT, "", LIGHT, HOST], "d c", id="excludes: the nearest of the earlier"
        ),
        pytest.param(ONE_OTHER, ["", BOTH, HOST], "b", id="excludes: both at once"),
        pytest.param(
            f"{ONE_OTHER}, on: step",
            [HOST, "", LIGHT, HOST, LIGHT],
            "d c",
            id="excludes: in a row",
        ),
        pytest.param(
            f"{ONE_OTHER}, on: step", [HOST, LIGHT], "b a", id="excludes: in the first row"
        ),
        pytest.param(
            f"{ONE_OTHER}, on: step", [LIGHT, HOST], "b a", id="excludes: in either order"
        ),
        pytest.param(
            f"{ONE_OTHER}, on: touchpoint",
            [HOST, LIGHT, BOTH],
            "c",
            id="excludes: at the same touchpoint",
        ),
        pytest.param(
            "kind: variety, any-of: [host, light]",
            [HOST, "", HOST],
            "a b c",
            id="variety: wherever another may come",
        ),
        pytest.param(
            "kind: variety, any-of: [host, light], at-least: 3",
            [HOST, BOTH],
            "",
            id="variety: nowhere, once all are met",
        ),
        pytest.param(
            "kind: peak, markers: host",
            [HOST, HIGH, LOW, HIGH, "emotion: 1"],
            "b d",
            id="peak: the highest visits",
        ),
        pytest.param(
            "kind: peak, markers: host",
            ["emotion: -2", LOW],
            "b",
            id="peak: the less low of low visits",
        ),
        pytest.param("kind: no-low-end", [LOW, HIGH, LOW], "c", id="no-low-end: the end"),
    ],
)
def test_a_change_is_proposed_where_it_mends_the_path(rule: str, path: list[str], expected: str):
    assert places(rule, along(*path)) == expected


STORE, WEB, APP = "channel: store", "channel: web", "channel: app"


@pytest.mark.parametrize(
    ("side", "path", "expected"),
    [
        pytest.param("both", [STORE, WEB, APP, APP], "a b c", id="both ends of each change"),
        pytest.param("before", [STORE, WEB, APP, APP], "a b", id="what comes before"),
        pytest.param("after", [STORE, WEB, APP, APP], "b c", id="what comes after"),
        pytest.param("passage", [STORE, WEB], "a b", id="both ends of a passage"),
        pytest.param("both", [f"{STORE}, {HOST}", WEB, APP], "b c", id="an end without it"),
        pytest.param(
            "both",
            [f"{STORE}, {HOST}", f"{WEB}, {HOST}", f"{WEB}, {HOST}", APP],
            "d",
            id="nothing at a change that carries it",
        ),
        pytest.param(
            "both", [STORE, f"{WEB}, {ELSEWHERE}", APP], "a c", id="not where customers are alone"
        ),
    ],
)
def test_a_change_is_proposed_at_the_ends_of_a_hand_off(side: str, path: list[str], expected: str):
    assert places(f"kind: hand-off, markers: host, side: {side}", along(*path)) == expected


def test_a_change_is_proposed_on_the_passage_walked_whatever_else_leaves_from_there():
    written = [
        "a, entry: true, next: [b, c]",
        "b, exit: x",
        "c, channel: web, exit: x",
    ]
    assert places("kind: hand-off, markers: host", written) == "a c"


def test_the_ends_of_a_hand_off_carry_it_for_their_segments():
    only_newcomer = "markers: [{marker: host, segments: [newcomer]}]"
    only_loyal = "markers: [{marker: host, segments: [loyal]}]"
    path = along(f"{STORE}, {only_newcomer}", f"{WEB}, {only_loyal}", f"{APP}, {HOST}", STORE)
    rule = "kind: hand-off, markers: host"
    assert places(rule, path, "newcomer") == "b d"
    assert places(rule, path, "loyal") == "a d"


def test_a_passage_carries_it_for_its_segments():
    """The way from a to b carries it for the loyal alone, that from b to c for newcomers."""
    written = [
        "a, entry: true, next: [{to: b, markers: [{marker: host, segments: [loyal]}]}]",
        "b, channel: web, next: [{to: c, markers: [{marker: host, segments: [newcomer]}]}]",
        "c, channel: app, exit: x",
    ]
    rule = "kind: hand-off, markers: host, side: passage"
    assert places(rule, written, "newcomer") == "a b"
    assert places(rule, written, "loyal") == "b c"


def test_a_passage_that_only_others_walk_asks_for_nothing():
    """The loyal may also take a second transition to the same touchpoint, without it."""
    written = [
        "a, entry: true, next: [{to: b, markers: [host]}, {to: b, segments: loyal}]",
        "b, channel: web, next: [c]",
        "c, channel: app, exit: x",
    ]
    rule = "kind: hand-off, markers: host, side: passage"
    assert places(rule, written, "newcomer") == "b c"
    assert places(rule, written, "loyal") == "a b c"


@pytest.mark.parametrize(
    ("marker", "path", "expected"),
    [
        pytest.param(
            "host",
            ["", "", "markers: [{marker: host, status: planned}]"],
            "c a b",
            id="where it is planned already",
        ),
        pytest.param(
            "note",
            ["channel: app", "channel: app", "channel: store"],
            "c a b",
            id="where the charter says how it shows",
        ),
        pytest.param(
            "note",
            ["channel: store", "channel: app, markers: [{marker: note, status: planned}]"],
            "b a",
            id="planned before expressed",
        ),
        pytest.param(
            "note",
            ["channel: web", "channel: store", "channel: app"],
            "b c",
            id="never where the charter says it doesn't belong",
        ),
        pytest.param(
            "stamp",
            ["channel: web", "channel: app"],
            "a b",
            id="but where it belongs nowhere on the path",
        ),
        pytest.param(
            "any-of",
            ["channel: web", "channel: app", "channel: store"],
            "c a b",
            id="of several markers, one that belongs is enough",
        ),
    ],
)
def test_the_likeliest_place_is_told_first(marker: str, path: list[str], expected: str):
    what = "any-of: [note, host]" if marker == "any-of" else f"markers: {marker}"
    assert places(f"kind: carries, {what}", along(*path)) == expected


def test_a_place_passed_twice_is_told_once():
    written = ["a, entry: true, next: [b]", f"b, {HOST}, next: [a, c]", f"c, {HOST}, exit: x"]
    rule = "kind: at-most, markers: host, times: 2"
    (verdict,) = broken(rule, written, "newcomer")
    assert verdict.witness == ("a", "b", "a", "b", "c")
    assert verdict.places == ("b", "c")


@pytest.mark.parametrize(
    ("per", "expected"),
    [
        pytest.param("stage", {"discover": "a b", "buy": "c"}, id="stage by stage"),
        pytest.param("channel", {"store": "a c", "web": "b"}, id="channel by channel"),
    ],
)
def test_a_change_is_proposed_among_the_visits_looked_at(per: str, expected: dict[str, str]):
    verdicts = broken(
        f"kind: carries, markers: host, per: {per}",
        along("", WEB, "stage: buy"),
        "newcomer",
    )
    assert {getattr(v, per): " ".join(v.places) for v in verdicts} == expected


def test_a_tag_for_other_segments_is_no_reason_to_leave_a_place_out():
    path = along("markers: [{marker: host, segments: [loyal]}]", "", "")
    rule = f"{CARRIES}, at-least: 2"
    assert (places(rule, path, "newcomer"), places(rule, path, "loyal")) == ("a b c", "b c")
