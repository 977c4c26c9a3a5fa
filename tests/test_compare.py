"""Two versions compared: what changed in meaning, and what became of each verdict."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.brand import ROLE_WORDS
from charter.checker import Checked
from charter.compare import Comparison, Turn, compare
from charter.compare.changes import Change, Kind
from charter.compare.since import only_since
from charter.usecases.check import check_workspace
from charter.workspace import read_files
from tests.test_reading import SAMPLE_FILES

TODAY = datetime.date(2026, 11, 24)

FILES = {
    "charter.yaml": """\
charter: 1
brand: The Lamp Shop
promise: A guest, always.
values:
  - {id: hospitality, name: Hospitality}
posture: {is: [attentive], is-not: [pushy]}
channels: [{id: store}, {id: web}, {id: phone, name: Phone}]
segments:
  - {id: newcomer, name: First visit, weight: 60}
  - {id: loyal, name: Loyal guest, weight: 40}
stages: [{id: discover}, {id: buy}, {id: keep, name: Keep}]
markers:
  - id: named-host
    name: A named host
    values: [hospitality]
    expressions: {store: The host says their name., web: {not-for: Nobody hosts a page.}}
    adaptations: {loyal: The same host.}
  - {id: light, name: A lit lamp}
rules:
  - {id: host-everywhere, kind: carries, markers: [named-host]}
  - {id: lit, kind: carries, markers: [light], severity: warning, segments: [loyal]}
""",
    "journeys/buying.yaml": """\
journey: buying
name: Buying a lamp
outcomes: [{id: bought, wanted: true}, {id: left}]
touchpoints:
  - {id: window, name: Window, stage: discover, channel: store, entry: true,
     next: [welcome, {to: page, share: 40}]}
  - {id: welcome, name: Welcome, stage: discover, channel: store,
     markers: [named-host, light], next: [till]}
  - {id: page, stage: discover, channels: {web: 70, phone: 30}, next: [till]}
  - {id: till, name: Till, stage: buy, channel: store, exit: bought}
""",
    "journeys/mending.yaml": """\
journey: mending
touchpoints:
  - {id: bench, stage: keep, channel: store, markers: [named-host, light], entry: true,
     exit: mended}
""",
}

Edit = tuple[str, str]
"""What is written, and what is written instead."""


def checked(files: dict[str, str]) -> Checked:
    return check_workspace(read_files(files), TODAY)


def edited(*edits: Edit, files: dict[str, str] | None = None) -> dict[str, str]:
    """The files with each edit made wherever it applies, which must be somewhere."""
    changed = dict(files or FILES)
    for was, now in edits:
        assert any(was in text for text in changed.values()), was
        changed = {name: text.replace(was, now) for name, text in changed.items()}
    return changed


def compared(before: dict[str, str], after: dict[str, str]) -> Comparison:
    return compare(checked(before), checked(after))


def told(change: Change) -> str:
    """``changed touchpoint buying/window: share (was …)``."""
    place = f"{change.journey}/" if change.journey else ""
    was = f" was {change.was}" if change.was else ""
    keys = f": {', '.join(field.key for field in change.fields)}" if change.fields else ""
    return f"{change.kind} {change.what} {place}{change.id}{was}{keys}"


WELCOME_GONE = re.sub(r"  - \{id: welcome.*?\}\n", "", FILES["journeys/buying.yaml"], flags=re.S)


# What changed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "changes"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("weight: 60", "weight: 50")], ["changed segment newcomer: weight"]),
        pytest.param([("A guest, always.", "A guest.")], ["changed charter charter: promise"]),
        pytest.param(
            [("is-not: [pushy]", "is-not: [familiar]")], ["changed charter charter: posture.is-not"]
        ),
        pytest.param(
            [("name: A lit lamp", "name: A lamp that is lit, owner: retail")],
            ["changed marker light: name, owner"],
        ),
        pytest.param(
            [("The same host.", "The same host again.")],
            ["changed marker named-host: adaptations.loyal"],
        ),
        pytest.param(
            [("store: The host says their name., ", "phone: A name first., ")],
            ["added expression named-host@phone", "removed expression named-host@store"],
        ),
        pytest.param(
            [("web: {not-for: Nobody hosts a page.}", "web: {text: Signed., example: Anne}")],
            ["changed expression named-host@web: example, not-for, text"],
        ),
        pytest.param(
            [
                (
                    "  - {id: lit, kind: carries, markers: [light], severity: warning, "
                    "segments: [loyal]}\n",
                    "",
                )
            ],
            ["removed rule lit"],
        ),
        pytest.param(
            [("severity: warning, segments: [loyal]", "at-least: 2, severity: warning")],
            ["changed rule lit: at-least, segments"],
        ),
        pytest.param(
            [("markers: [named-host]}", "any-of: [named-host], why: They remember.}")],
            ["changed rule host-everywhere: any-of, markers, why"],
        ),
        pytest.param(
            [("{id: lit, ", "{id: lamps-lit, ")],
            ["renamed rule lamps-lit was lit"],
        ),
        pytest.param(
            [("name: Buying a lamp", "name: Buying\nweight: 3")],
            ["changed journey buying: name, weight"],
        ),
        pytest.param(
            [("{id: left}", "{id: left, name: They left}, {id: stolen}")],
            ["changed outcome buying/left: name", "added outcome buying/stolen"],
        ),
        pytest.param(
            [("id: till, name: Till", "id: till, name: Tills, owner: retail, emotion: 1")],
            ["changed touchpoint buying/till: emotion, name, owner"],
        ),
        pytest.param(
            [("markers: [named-host, light], next", "markers: [named-host], next")],
            ["changed touchpoint buying/welcome: markers"],
        ),
        pytest.param(
            [("[welcome, {to: page, share: 40}]", "[welcome, {to: page, share: 60}]")],
            ["changed transition buying/window → page: share"],
        ),
        pytest.param(
            [("share: 40}", "share: {newcomer: 40, loyal: 20}}")],
            ["changed transition buying/window → page: share"],
        ),
        pytest.param(
            [("channels: {web: 70, phone: 30}", "channels: {phone: 30, web: 70}")],
            ["changed touchpoint buying/page: channels"],
            id="channels count in order",
        ),
        pytest.param(
            [("channels: {web: 70, phone: 30}", "channels: {phone: 30, web: 60}")],
            ["changed touchpoint buying/page: channels.web, channels"],
            id="channels in another order with other shares",
        ),
        pytest.param(
            [("channels: {web: 70, phone: 30}", "channels: {web: 60, phone: 30}")],
            ["changed touchpoint buying/page: channels.web"],
        ),
        pytest.param(
            [("channels: {web: 70, phone: 30}", "channel: web")],
            ["changed touchpoint buying/page: channel, channels"],
        ),
        pytest.param(
            [("[welcome, {to: page, share: 40}]", "[{to: page, share: 40}, welcome]")],
            ["changed touchpoint buying/window: next"],
            id="the order of next decides which path is told",
        ),
        pytest.param(
            [("{id: welcome, name: Welcome", "{id: hall, name: Hall, stage: keep, "
              "channel: store, next: [till]}\n  - {id: welcome, name: Welcome"),
             ("[welcome, ", "[hall, welcome, ")],
            ["added transition buying/window → hall", "added touchpoint buying/hall"],
            id="what leaves a new touchpoint comes with it",
        ),
        pytest.param(
            [("{to: page, share: 40}]", "{to: page, share: 40}, {to: page, share: 5}]")],
            ["added transition buying/window → page (2)"],
        ),
        pytest.param(
            [("{id: discover}, {id: buy}", "{id: buy}, {id: discover}")],
            ["changed stage buy: order"],
        ),
        pytest.param(
            [("exit: bought", "exit: bought, indicators: {quantitative: [sales]}"),
             ("{id: buy}", "{id: buy, indicators: {qualitative: [how it felt]}}")],
            ["changed stage buy: indicators", "changed touchpoint buying/till: indicators"],
            id="what is watched",
        ),
        pytest.param(
            [("{id: store}, {id: web}", "{id: web}, {id: store}"), ("[named-host, light]",
              "[light, named-host]")],
            [],
            id="other orders mean nothing",
        ),
        pytest.param(
            [
                ("stage: buy, channel: store", "stage: buy, channel: store, segments: [loyal, "
                 "newcomer], control: owned, status: live, entry: false, markers: []"),
                ("kind: carries, markers: [named-host]", "kind: carries, markers: named-host, "
                 "at-least: 1, severity: error"),
                ("exit: bought", "exit: bought, name: Till"),
                ("id: till, name: Till", "id: till"),
                ("{id: phone, name: Phone}", "{id: phone, name: {en: Phone}}"),
                ("{id: phone, name: {en: Phone}}", "{id: phone, name: Phone}"),
                ("{id: store}", "{id: store, name: store}"),
            ],
            [],
            id="a default written out is no change",
        ),
        pytest.param(
            [("{id: loyal, name", "{id: passer-by}\n  - {id: loyal, name")],
            ["added segment passer-by"],
            id="everyone are more than before, and nothing else is",
        ),
    ],
)  # fmt: skip
def test_changes_are_told_part_by_part_and_key_by_key(edits: list[Edit], changes: list[str]):
    assert [told(change) for change in compared(FILES, edited(*edits)).changes] == changes


@pytest.mark.parametrize(
    ("edits", "changes"),
    [
        pytest.param(
            [("named-host", "host-by-name")], ["renamed marker host-by-name was named-host"]
        ),
        pytest.param(
            [("named-host", "host-by-name"), ("The host says", "The host gives")],
            [
                "renamed marker host-by-name was named-host",
                "changed expression host-by-name@store: text",
            ],
            id="an expression is a part of its own",
        ),
        pytest.param([("loyal", "faithful")], ["renamed segment faithful was loyal"]),
        pytest.param([("hospitality", "welcome-values")], ["renamed value welcome-values was "
                                                          "hospitality"]),
        pytest.param(
            [("store", "shop")],
            ["renamed channel shop was store"],
            id="without a name, by where it is used",
        ),
        pytest.param([("discover", "look")], ["renamed stage look was discover"]),
        pytest.param(
            [("id: page", "id: catalogue"), ("to: page", "to: catalogue")],
            ["renamed touchpoint buying/catalogue was page"],
        ),
        pytest.param(
            [("bought", "sold")], ["renamed outcome buying/sold was bought"],
        ),
        pytest.param(
            [("journey: buying", "journey: purchase")], ["renamed journey purchase was buying"]
        ),
        pytest.param(
            [
                ("named-host", "host-by-name"),
                ("id: welcome", "id: hall"),
                ("[welcome,", "[hall,"),
                ("store", "shop"),
                ("journey: buying", "journey: purchase"),
            ],
            [
                "renamed channel shop was store",
                "renamed marker host-by-name was named-host",
                "renamed journey purchase was buying",
                "renamed touchpoint purchase/hall was welcome",
            ],
            id="several at once",
        ),
        pytest.param(
            [
                ("{id: web}", "{id: fax}"),
                ("web: {not-for: Nobody hosts a page.}", "phone: By name."),
                ("{web: 70, phone: 30}", "{fax: 70, phone: 30}"),
            ],
            [
                "renamed channel fax was web",
                "added expression named-host@phone",
                "removed expression named-host@fax",
            ],
            id="half of its company is enough",
        ),
        pytest.param(
            [("id: light, name: A lit lamp", "id: dusk, name: Dusk"), ("light", "dusk")],
            [
                "added marker dusk",
                "removed marker light",
                "changed rule lit: markers",
                "changed touchpoint buying/welcome: markers",
                "changed touchpoint mending/bench: markers",
            ],
            id="another id and another name is another marker",
        ),
    ],
)  # fmt: skip
def test_what_goes_by_another_id_is_renamed(edits: list[Edit], changes: list[str]):
    """Its company follows it: only the rename is told, not each place that names it."""
    after = edited(*edits)
    after = {name: text.replace("role: dusk", "role: light") for name, text in after.items()}
    assert [told(change) for change in compared(FILES, after).changes] == changes


def test_of_what_says_nothing_the_company_tells_whether_it_was_renamed():
    """Two bare ids say the same: a channel that nothing uses isn't the one that much did."""
    after = edited(
        ("{id: web}", "{id: fax}"), (", web: {not-for: Nobody hosts a page.}", ""),
        ("channels: {web: 70, phone: 30}", "channel: phone"),
    )  # fmt: skip
    changes = list(map(told, compared(FILES, after).changes))
    assert changes[:2] == ["added channel fax", "removed channel web"]


def test_a_journey_that_comes_or_goes_is_one_change():
    without = {name: text for name, text in FILES.items() if name != "journeys/mending.yaml"}
    assert list(map(told, compared(FILES, without).changes)) == ["removed journey mending"]
    assert list(map(told, compared(without, FILES).changes)) == ["added journey mending"]


def test_a_touchpoint_removed_takes_what_leaves_it_along():
    """What led to it is gone from where it left."""
    after = FILES | {"journeys/buying.yaml": WELCOME_GONE.replace("[welcome, ", "[")}
    assert list(map(told, compared(FILES, after).changes)) == [
        "removed transition buying/window → welcome",
        "removed touchpoint buying/welcome",
    ]


def test_a_difference_says_what_stood_there_and_what_does():
    (change,) = compared(FILES, edited(("weight: 60", "weight: 50"))).changes
    (field,) = change.fields
    assert (field.was, field.now) == (60.0, 50.0)


# What became of verdicts ----------------------------------------------------------------------


def turns(comparison: Comparison) -> dict[str, Turn]:
    """``rule journey segment`` to what became of it."""
    return {
        " ".join(filter(None, (v.latest.rule, v.latest.journey, v.latest.segment))): v.turn
        for v in comparison.verdicts
    }


BUYING_HOST, BUYING_LIT = "host-everywhere buying newcomer", "lit buying loyal"
ALL_WELCOMED = ("[welcome, {to: page, share: 40}]", "[welcome]")


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        pytest.param([ALL_WELCOMED], [], Turn.NEWLY_BROKEN),
        pytest.param([], [ALL_WELCOMED], Turn.REPAIRED),
        pytest.param([], [], Turn.STILL_BROKEN),
        pytest.param([ALL_WELCOMED], [ALL_WELCOMED], Turn.HOLDS),
        pytest.param(
            [("id: host-everywhere,", "id: host-everywhere, severity: off,")],
            [],
            Turn.NEWLY_ASKED,
        ),
        pytest.param(
            [],
            [("id: host-everywhere,", "id: host-everywhere, severity: off,")],
            Turn.NO_LONGER_ASKED,
        ),
        pytest.param(
            [],
            [("kind: carries, markers: [named-host]", "kind: carries, markers: [named-host], "
              "outcomes: left")],
            Turn.NO_LONGER_ASKED,
            id="nothing is concerned any more",
        ),
    ],
)  # fmt: skip
def test_each_verdict_turns_one_way(before: list[Edit], after: list[Edit], turn: Turn):
    assert turns(compared(edited(*before), edited(*after)))[BUYING_HOST] is turn


def test_a_verdict_without_an_answer_on_either_side_is_left_out():
    narrowed = edited(("markers: [named-host]}", "markers: [named-host], outcomes: left}"))
    assert BUYING_HOST not in turns(compared(narrowed, narrowed))


def test_shares_and_witnesses_of_both_sides_are_kept():
    repaired = compared(FILES, edited(ALL_WELCOMED))
    (one,) = (v for v in repaired.of(Turn.REPAIRED) if v.latest.segment == "newcomer"
              and v.latest.rule == "host-everywhere")  # fmt: skip
    assert one.witness == ("window", "page@web", "till")
    assert one.before is not None
    assert one.after is not None
    assert (one.before.share, one.after.share) == (pytest.approx(1 / 41), 1.0)
    broke = compared(edited(ALL_WELCOMED), FILES).of(Turn.NEWLY_BROKEN)
    assert {v.witness for v in broke} == {("window", "page@web", "till")}


def test_a_rename_is_followed_to_the_verdicts():
    """What was asked under former ids is what is asked under those of now."""
    renamed = edited(
        ("named-host", "host-by-name"), ("host-everywhere", "named"), ("store", "shop"),
        ("newcomer", "guest"), ("journey: buying", "journey: purchase"),
    )  # fmt: skip
    comparison = compared(FILES, renamed)
    assert {change.kind for change in comparison.changes} == {Kind.RENAMED}
    assert {v.turn for v in comparison.verdicts} <= {Turn.HOLDS, Turn.STILL_BROKEN}


# What must hold of any comparison ---------------------------------------------------------------

EDITS: list[Edit] = [
    ("weight: 60", "weight: 30"),
    ("{to: page, share: 40}", "{to: page, share: 90}"),
    ("[welcome, ", "["),
    ("markers: [named-host, light], next", "markers: [light], next"),
    ("id: page, ", "id: page, markers: [named-host], "),
    ("exit: bought", "exit: left"),
    ("id: lit, ", "id: lit, at-least: 2, "),
    ("id: discover", "id: discover, name: Look"),
    ("The host says their name.", "The host says who they are."),
    ("markers: [named-host, light], entry", "markers: [light], entry"),
    ("named-host", "host-by-name"),
]
MIRRORED = {
    Kind.ADDED: Kind.REMOVED,
    Kind.REMOVED: Kind.ADDED,
    Kind.RENAMED: Kind.RENAMED,
    Kind.CHANGED: Kind.CHANGED,
}
MIRRORED_TURNS = {
    Turn.NEWLY_BROKEN: Turn.REPAIRED,
    Turn.REPAIRED: Turn.NEWLY_BROKEN,
    Turn.STILL_BROKEN: Turn.STILL_BROKEN,
    Turn.HOLDS: Turn.HOLDS,
    Turn.NEWLY_ASKED: Turn.NO_LONGER_ASKED,
    Turn.NO_LONGER_ASKED: Turn.NEWLY_ASKED,
}
some_edits = st.lists(st.sampled_from(EDITS), unique=True)


def apply(edits: list[Edit]) -> dict[str, str]:
    files = FILES
    for was, now in sorted(edits, key=EDITS.index):
        files = {name: text.replace(was, now) for name, text in files.items()}
    return files


@settings(max_examples=60)
@given(some_edits)
def test_a_version_doesnt_differ_from_itself(edits: list[Edit]):
    version = apply(edits)
    comparison = compared(version, dict(version))
    assert comparison.changes == ()
    assert {v.turn for v in comparison.verdicts} <= {Turn.HOLDS, Turn.STILL_BROKEN}


@settings(max_examples=60)
@given(some_edits, some_edits)
def test_the_way_back_mirrors_the_way_there(one: list[Edit], other: list[Edit]):
    there = compared(apply(one), apply(other))
    back = compared(apply(other), apply(one))

    def seen(changes: tuple[Change, ...], side: Callable[[Change], Kind]) -> Counter[object]:
        return Counter((c.what, side(c), tuple(sorted(f.key for f in c.fields))) for c in changes)

    assert seen(there.changes, lambda c: MIRRORED[c.kind]) == seen(back.changes, lambda c: c.kind)
    assert Counter(MIRRORED_TURNS[v.turn] for v in there.verdicts) == Counter(
        v.turn for v in back.verdicts
    )


@settings(max_examples=60)
@given(some_edits, some_edits)
def test_turns_follow_from_the_answers_of_both_sides(one: list[Edit], other: list[Edit]):
    """By another way to say it: from the pair of answers, where ids are the same."""
    unrenamed = [edit for edit in EDITS if edit[0] != "named-host"]
    before = checked(apply([edit for edit in one if edit in unrenamed]))
    after = checked(apply([edit for edit in other if edit in unrenamed]))
    was = {v.fingerprint: v.verdict.value for v in before.report.verdicts}
    now = {v.fingerprint: v.verdict.value for v in after.report.verdicts}
    table = {
        ("holds", "broken"): "newly-broken", ("broken", "holds"): "repaired",
        ("broken", "broken"): "still-broken", ("holds", "holds"): "holds",
    }  # fmt: skip
    expected = {}
    for fingerprint in was.keys() | now.keys():
        pair = (was.get(fingerprint, "vacuous"), now.get(fingerprint, "vacuous"))
        answered = [answer in ("holds", "broken") for answer in pair]
        if any(answered):
            only_one = "newly-asked" if answered[1] else "no-longer-asked"
            expected[fingerprint] = table[pair] if all(answered) else only_one
    found = {v.latest.fingerprint: v.turn.value for v in compare(before, after).verdicts}
    assert found == expected


@pytest.mark.parametrize("sample", sorted(SAMPLE_FILES))
def test_to_rename_everything_changes_nothing_else(sample: str):
    """Every id of a sample gets another name: each is told as renamed, and no verdict turns."""
    before = read_files(SAMPLE_FILES[sample])
    ids = {
        thing.id
        for things in (
            before.charter.values, before.charter.channels, before.charter.segments,
            before.charter.stages, before.charter.markers, before.rules, before.journeys,
            *(journey.touchpoints for journey in before.journeys),
            *(journey.outcomes or () for journey in before.journeys),
        )
        for thing in things
        if thing.id not in ROLE_WORDS
    }  # fmt: skip
    texts = {name: renamed(text, ids) for name, text in SAMPLE_FILES[sample].items()}
    comparison = compare(check_workspace(before, TODAY), checked(texts))
    assert {change.kind for change in comparison.changes} == {Kind.RENAMED}
    assert not any(change.fields for change in comparison.changes)
    assert {v.turn for v in comparison.verdicts} <= {Turn.HOLDS, Turn.STILL_BROKEN}


NAMING_KEYS = {
    "id", "journey", "journeys", "to", "next", "stage", "channel", "channels", "segments", "marker",
    "markers", "any-of", "values", "value", "touchpoint", "touchpoints", "exit", "outcomes", "one",
    "other", "removes",
}  # fmt: skip
"""Keys behind which ids stand."""
KEYED_BY_IDS = {"expressions", "adaptations", "cues", "share", "arrives", "ends", "channels"}
"""Keys behind which ids are keys."""


def renamed(text: str, ids: set[str]) -> str:
    """A file in which each of these ids is another one."""
    return yaml.safe_dump(_renamed(yaml.load(text, yaml.BaseLoader), "", ids), sort_keys=False)


def _renamed(node: Any, key: str, ids: set[str]) -> Any:
    if isinstance(node, dict):
        return {
            f"{k}-x" if key in KEYED_BY_IDS and k in ids else k: _renamed(v, k, ids)
            for k, v in node.items()
        }
    if isinstance(node, list):
        return [_renamed(item, key, ids) for item in node]
    return f"{node}-x" if key in NAMING_KEYS and node in ids else node


# Nothing is proved twice ------------------------------------------------------------------------


@settings(max_examples=60)
@given(some_edits, some_edits)
def test_a_later_version_is_answered_as_if_it_were_the_only_one(one: list[Edit], other: list[Edit]):
    earlier = checked(apply(one))
    version = read_files(apply(other))
    following = check_workspace(version.following(earlier.valid), TODAY)
    assert following.report == check_workspace(read_files(apply(other)), TODAY).report
    assert following.sources == version.sources


def test_what_is_written_alike_is_the_same_object():
    earlier = checked(FILES).valid
    later = read_files(edited(("name: Buying a lamp", "name: Buying"))).following(earlier)
    assert later.charter is earlier.charter
    assert [now is was for now, was in zip(later.journeys, earlier.journeys, strict=True)] == [
        False,
        True,
    ]
    assert later.settings[1] is earlier.settings[1]


# What a change brought --------------------------------------------------------------------------


def since(before: dict[str, str], after: dict[str, str]) -> Checked:
    return only_since(checked(before), checked(after), "main")


def test_only_what_the_change_brought_is_told():
    """What was broken before is left out, and counted."""
    broken_by_page = edited(ALL_WELCOMED)
    after = since(broken_by_page, FILES).report
    assert [finding.rule for finding in after.findings if finding.rule] == [
        "host-everywhere",
        "lit",
    ]
    nothing_new = since(FILES, edited(("name: Buying a lamp", "name: Buying"))).report
    assert nothing_new.findings == ()
    whole = checked(FILES).report
    assert nothing_new.verdicts == whole.verdicts
    assert nothing_new.since is not None
    assert nothing_new.since.left_out == len(whole.findings) > 0


def test_a_finding_of_several_verdicts_is_told_by_the_new_ones_alone():
    """One segment was shut out before; now the other is as well."""
    before = edited(("share: 40}", "share: 40, segments: [loyal]}"))
    (finding,) = (f for f in since(before, FILES).report.findings if f.rule == "host-everywhere")
    assert [verdict.segment for verdict in finding.verdicts] == ["newcomer"]
    (whole,) = (f for f in checked(FILES).report.findings if f.rule == "host-everywhere")
    assert [verdict.segment for verdict in whole.verdicts] == ["newcomer", "loyal"]


def test_a_defect_is_told_where_it_is_new():
    after = edited(("{id: phone, name: Phone}", "{id: phone, name: Phone}, {id: fax}"))
    assert [f.code for f in since(FILES, after).report.findings] == ["CH016"]
    assert since(after, after).report.findings == ()


def test_a_rename_brings_nothing():
    assert since(FILES, edited(("named-host", "host-by-name"))).report.findings == ()


WAIVED = {
    "waivers.yaml": "- {rule: host-everywhere, journey: buying, through: page, reason: Soon., "
    "owner: web, expires: 2027-01-01}\n"
}


def test_a_waiver_is_a_change_by_its_scope():
    """It turns no verdict: what it accepts is broken all the same."""
    comparison = compared(FILES, FILES | WAIVED)
    assert list(map(told, comparison.changes)) == ["added waiver host-everywhere/buying/*/page"]
    assert {v.turn for v in comparison.verdicts} <= {Turn.HOLDS, Turn.STILL_BROKEN}
    later = {"waivers.yaml": WAIVED["waivers.yaml"].replace("2027-01-01", "2027-02-01")}
    assert list(map(told, compared(FILES | WAIVED, FILES | later).changes)) == [
        "changed waiver host-everywhere/buying/*/page: expires"
    ]


def test_a_waiver_follows_what_is_renamed():
    after = edited(("id: page", "id: shelf"), ("to: page", "to: shelf"), ("through: page",
                   "through: shelf"), files=FILES | WAIVED)  # fmt: skip
    assert list(map(told, compared(FILES | WAIVED, after).changes)) == [
        "renamed touchpoint buying/shelf was page"
    ]


def test_what_is_no_longer_waived_is_told_as_brought():
    told_again = since(FILES | WAIVED, FILES).report.findings
    assert [finding.rule for finding in told_again] == ["host-everywhere"]
    assert since(FILES, FILES | WAIVED).report.findings == ()
