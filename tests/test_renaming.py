"""Renaming an id with everything that refers to it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from charter.baseline import Baseline
from charter.checker import check
from charter.findings import Report, Status
from charter.renaming import Renaming, renamed
from charter.usecases.rename import rename
from charter.workspace import read_files
from journeys.edit import CannotEdit

CHARTER = """\
charter: 1
brand: The Lamp Shop
values: [{id: warmth}]
channels: [{id: store}, {id: web}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: discover}]
markers:
  # store, named as people say it
  - id: host
    name: A host in the store
    values: [warmth]
    expressions: {store: In the store., web: {not-for: No store.}}
    adaptations: {loyal: As last time.}
    cues: {store: [{requires: store}], any: []}
"""
RULES = """\
- {id: first, kind: opens-with, markers: [host]}
- {id: by-value, kind: carries, values: [warmth], segments: loyal, where: {channel: [store, web]}}
- {id: at-door, kind: everywhere, markers: [host], where: {touchpoint: door}}
- {id: in-buying, kind: everywhere, markers: host, journeys: [buying], where: {touchpoint: [door]}}
- {id: ended, kind: carries, any-of: [host], outcomes: [bought]}
"""
BUYING = """\
journey: buying
outcomes: [{id: bought, wanted: true}]
touchpoints:
  - id: door
    stage: discover
    channels: {store: 2, web: 1}
    entry: true
    markers: [host]
    arrives: {loyal: 3}
    next: [till, {to: door, markers: [host], share: {newcomer: 1, loyal: 2}, segments: [loyal]}]
  - {id: till, stage: discover, channel: store, exit: bought} # bought
"""
ASKING = """\
journey: asking
touchpoints:
  - {id: door, stage: discover, channel: web, entry: true, next: [desk]}
  - {id: desk, stage: discover, channel: web, exit: bought}
"""
FILES = {
    "charter.yaml": CHARTER.encode(),
    "rules.yaml": RULES.encode(),
    "journeys/buying.yaml": BUYING.encode(),
    "journeys/asking.yaml": ASKING.encode(),
}


def changed_lines(renaming: Renaming, files: dict[str, bytes] = FILES) -> list[str]:
    """Return the lines that a renaming changes, as they are then."""
    changed = renamed(files, renaming)
    read_files({**files, **changed})
    return [
        after.strip()
        for file, content in sorted(changed.items())
        for before, after in zip(
            files[file].decode().split("\n"), content.decode().split("\n"), strict=True
        )
        if before != after
    ]


def test_a_marker_is_renamed_wherever_it_is_meant():
    assert changed_lines(Renaming("marker", "host", "named-host")) == [
        "- id: named-host",
        "markers: [named-host]",
        "next: [till, {to: door, markers: [named-host], share: {newcomer: 1, loyal: 2}, "
        "segments: [loyal]}]",
        "- {id: first, kind: opens-with, markers: [named-host]}",
        "- {id: at-door, kind: everywhere, markers: [named-host], where: {touchpoint: door}}",
        "- {id: in-buying, kind: everywhere, markers: named-host, journeys: [buying], "
        "where: {touchpoint: [door]}}",
        "- {id: ended, kind: carries, any-of: [named-host], outcomes: [bought]}",
    ]


def test_a_channel_is_renamed_in_keys_too_and_in_no_text():
    assert changed_lines(Renaming("channel", "store", "shop")) == [
        "channels: [{id: shop}, {id: web}]",
        "expressions: {shop: In the store., web: {not-for: No store.}}",
        "cues: {shop: [{requires: store}], any: []}",
        "channels: {shop: 2, web: 1}",
        "- {id: till, stage: discover, channel: shop, exit: bought} # bought",
        "- {id: by-value, kind: carries, values: [warmth], segments: loyal, "
        "where: {channel: [shop, web]}}",
    ]


def test_a_segment_is_renamed_in_shares_adaptations_and_rules():
    assert changed_lines(Renaming("segment", "loyal", "regular")) == [
        "segments: [{id: newcomer}, {id: regular}]",
        "adaptations: {regular: As last time.}",
        "arrives: {regular: 3}",
        "next: [till, {to: door, markers: [host], share: {newcomer: 1, regular: 2}, "
        "segments: [regular]}]",
        "- {id: by-value, kind: carries, values: [warmth], segments: regular, "
        "where: {channel: [store, web]}}",
    ]


@pytest.mark.parametrize(
    ("renaming", "lines"),
    [
        pytest.param(
            Renaming("value", "warmth", "care"),
            [
                "values: [{id: care}]",
                "values: [care]",
                "- {id: by-value, kind: carries, values: [care], segments: loyal, "
                "where: {channel: [store, web]}}",
            ],
            id="value",
        ),
        pytest.param(
            Renaming("journey", "buying", "shopping"),
            [
                "journey: shopping",
                "- {id: in-buying, kind: everywhere, markers: host, journeys: [shopping], "
                "where: {touchpoint: [door]}}",
            ],
            id="journey",
        ),
        pytest.param(
            Renaming("rule", "first", "at-first"),
            ["- {id: at-first, kind: opens-with, markers: [host]}"],
            id="rule",
        ),
    ],
)
def test_other_things_are_renamed(renaming: Renaming, lines: list[str]):
    assert changed_lines(renaming) == lines


def test_a_stage_is_renamed_in_every_journey():
    changed = renamed(FILES, Renaming("stage", "discover", "find"))
    assert changed.keys() == {"charter.yaml", "journeys/asking.yaml", "journeys/buying.yaml"}
    assert all(b"discover" not in content for content in changed.values())


def test_a_touchpoint_that_another_journey_has_too_is_named_beside_it():
    """A rule about both journeys goes on to be; one about this journey alone names it alone."""
    assert changed_lines(Renaming("touchpoint", "door", "window", "buying")) == [
        "- id: window",
        "next: [till, {to: window, markers: [host], share: {newcomer: 1, loyal: 2}, "
        "segments: [loyal]}]",
        "- {id: at-door, kind: everywhere, markers: [host], where: {touchpoint: [door, window]}}",
        "- {id: in-buying, kind: everywhere, markers: host, journeys: [buying], "
        "where: {touchpoint: [window]}}",
    ]


def test_what_speaks_of_another_journey_alone_stays():
    assert changed_lines(Renaming("touchpoint", "door", "window", "asking")) == [
        "- {id: window, stage: discover, channel: web, entry: true, next: [desk]}",
        "- {id: at-door, kind: everywhere, markers: [host], where: {touchpoint: [door, window]}}",
    ]


def test_an_outcome_that_is_only_named_by_exits_is_renamed_there():
    assert changed_lines(Renaming("outcome", "bought", "answered", "asking")) == [
        "- {id: desk, stage: discover, channel: web, exit: answered}",
        "- {id: ended, kind: carries, any-of: [host], outcomes: [bought, answered]}",
    ]


def test_parts_of_a_charter_are_renamed_in_their_files():
    files = FILES | {"markers/light.yaml": b"id: light\nname: A light\n"}
    assert changed_lines(Renaming("marker", "light", "lamp"), files) == ["id: lamp"]


@pytest.mark.parametrize(
    ("renaming", "told"),
    [
        pytest.param(Renaming("marker", "hots", "x"), "charter.yaml:1:1: unknown-id", id="unknown"),
        pytest.param(
            Renaming("marker", "host", "Named Host"), "charter.yaml:9:9: bad-id", id="no id"
        ),
        pytest.param(
            Renaming("marker", "host", "every"), "charter.yaml:9:9: word-of-rules", id="a word"
        ),
        pytest.param(
            Renaming("channel", "store", "web"), "charter.yaml:4:17: repeated-id", id="taken"
        ),
        pytest.param(
            Renaming("touchpoint", "door", "till", "buying"),
            "journeys/buying.yaml:4:9: repeated-id",
            id="taken in the journey",
        ),
        pytest.param(
            Renaming("touchpoint", "door", "desk", "buying"),
            "rules.yaml:3:72: meant-elsewhere",
            id="another journey's",
        ),
    ],
)
def test_a_renaming_that_would_change_what_is_said_is_refused(renaming: Renaming, told: str):
    with pytest.raises(CannotEdit) as refusal:
        renamed(FILES, renaming)
    assert str(refusal.value) == told


@pytest.mark.parametrize("sample", ["maison-lumiere", "b2b-sales", "permit-desk"])
def test_renaming_there_and_back_gives_the_same_bytes(sample: str):
    root = Path(__file__).parents[1] / "samples" / sample
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")}
    workspace = read_files(files)
    charter, journey = workspace.charter, workspace.journeys[0]
    things = [
        ("marker", charter.markers[0].id, None),
        ("channel", charter.channels[0].id, None),
        ("segment", charter.all_segments[-1].id, None),
        ("touchpoint", journey.touchpoints[1].id, journey.id),
    ]
    for what, old, of in things:
        there = files | renamed(files, Renaming(what, old, "another-name", of))
        assert there != files
        back = there | renamed(there, Renaming(what, "another-name", old, of))
        assert back == files


def test_a_renaming_is_saved(tmp_path: Path):
    for file, content in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    renaming = Renaming("rule", "first", "at-first")
    assert rename(tmp_path, renaming) == ("rules.yaml",)
    assert (tmp_path / "rules.yaml").read_bytes() == renamed(FILES, renaming)["rules.yaml"]


TODAY = datetime.date(2026, 11, 1)
BREAKING = {
    "charter.yaml": b"""\
charter: 1
brand: The Lamp Shop
values: [{id: warmth}]
channels: [{id: store}, {id: web}, {id: phone}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: discover}, {id: recover}]
markers: [{id: host, name: A host}, {id: queue, name: A queue, role: irritant}]
rules:
  - {id: met, kind: carries, markers: [host]}
  - {id: by-value, kind: carries, values: [warmth]}
  - {id: by-channel, kind: carries, markers: [host], per: channel}
  - {id: by-stage, kind: carries, markers: [host], per: stage}
  - {id: at-each, kind: everywhere, markers: [host]}
  - {id: none, kind: at-most, markers: [host], times: 0}
  - {id: never, kind: carries, markers: [host], where: {stage: recover}}
""",
    "journeys/buying.yaml": b"""\
journey: buying
outcomes: [{id: bought}]
touchpoints:
  - id: door
    stage: discover
    channels: [store, web]
    entry: true
    markers: [queue]
    next: [till]
  - id: till
    stage: discover
    channel: store
    exit: bought
    next: [stairs, {to: lift, segments: [loyal]}]
  - {id: stairs, stage: discover, channel: store}
  - {id: lift, stage: discover, channels: [store, web], next: [stairs]}
  - {id: attic, stage: discover, channel: store, exit: bought}
""",
    "waivers.yaml": b"""\
- {rule: at-each, journey: buying, segment: loyal, through: till,
   reason: Agreed., owner: me, expires: 2026-12-31}
""",
}
"""A workspace in which much is broken, and one thing waived."""


def renamings_of_each_sort() -> list[Renaming]:
    of_charter = {
        "channel": ("store", "web", "phone"),
        "stage": ("discover", "recover"),
        "segment": ("newcomer", "loyal"),
        "value": ("warmth",),
        "marker": ("host", "queue"),
        "rule": ("met", "by-channel", "at-each", "none", "never"),
        "journey": ("buying",),
    }
    touchpoints = ("door", "till", "stairs", "lift", "attic")
    return [
        *(Renaming(what, old, "another") for what, names in of_charter.items() for old in names),
        *(Renaming("touchpoint", old, "another", "buying") for old in touchpoints),
        Renaming("outcome", "bought", "another", "buying"),
    ]


@pytest.mark.parametrize(
    "renaming", renamings_of_each_sort(), ids=lambda each: f"{each.what} {each.old}"
)
def test_what_is_accepted_or_waived_stays_so_under_another_name(renaming: Renaming):
    found = unaccepted(BREAKING)
    accepting = {"baseline.json": Baseline.of(found).text().encode()}
    before = check(read_files(BREAKING | accepting), TODAY)
    statuses = [finding.status for finding in before.findings]
    assert {Status.ACCEPTED, Status.WAIVED} == {*statuses}
    there = BREAKING | accepting | renamed(BREAKING | accepting, renaming)
    after = check(read_files(there), TODAY)
    assert "CH903" not in {finding.code for finding in after.findings}
    assert [finding.status for finding in after.findings] == statuses
    # And the entries tell of it by the new name: nobody could write them better.
    assert there["baseline.json"] == Baseline.of(unaccepted(there)).text().encode()


def unaccepted(files: dict[str, bytes]) -> Report:
    """Return the report of a workspace as if it had no baseline."""
    return check(read_files({f: c for f, c in files.items() if f != "baseline.json"}), TODAY)


def test_what_is_broken_is_of_every_sort():
    """Else the test above would see less than it says."""
    report = unaccepted(BREAKING)
    codes = {finding.code for finding in report.findings}
    assert codes >= {"CH010", "CH011", "CH014", "CH016", "CH017", "CH018", "CH019", "CH020"}
    for part in ("segment", "marker", "value", "channel", "stage", "touchpoint"):
        assert any(getattr(v, part) for v in report.verdicts if v.verdict == "broken"), part


@pytest.mark.parametrize(
    ("renaming", "line"),
    [
        (Renaming("rule", "at-each", "x"), "rule: x, journey: buying, segment: loyal"),
        (Renaming("journey", "buying", "x"), "rule: at-each, journey: x, segment: loyal"),
        (Renaming("segment", "loyal", "x"), "journey: buying, segment: x, through: till"),
        (Renaming("touchpoint", "till", "x", "buying"), "segment: loyal, through: x,"),
    ],
    ids=["rule", "journey", "segment", "through"],
)
def test_a_waiver_follows_what_it_names(renaming: Renaming, line: str):
    assert line in renamed(BREAKING, renaming)["waivers.yaml"].decode()


def test_an_entry_that_is_not_of_what_it_says_is_left_alone():
    """Its fingerprint counts; what that is of can't be read from its words."""
    entry = '{"code": "CH101", "rule": "met", "fingerprint": "0123456789abcdef"}'
    baseline = f'{{"schema": "charter-baseline/1", "verdicts": [{entry}]}}'.encode()
    changed = renamed({**BREAKING, "baseline.json": baseline}, Renaming("rule", "met", "x"))
    assert "baseline.json" not in changed


def test_an_entry_that_has_the_new_name_already_is_not_there_twice():
    """It was of something that had the name before."""
    renaming = Renaming("marker", "host", "guide")
    former = Baseline.of(unaccepted(BREAKING))
    later = former.renamed(renaming.naming_in)
    met = {entry.fingerprint: entry for entry in (*former.verdicts, *later.verdicts)}
    assert len(met) > len(former.verdicts)
    both = former.made(vars(former) | {"verdicts": tuple(met.values())})
    files = {**BREAKING, "baseline.json": both.text().encode()}
    assert renamed(files, renaming)["baseline.json"] == later.text().encode()
