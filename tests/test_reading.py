"""Files become a workspace: what is written, what is filled in, and what is refused."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.brand import Bearer, Priority, Role
from charter.messages import Language, Speaker
from charter.messages.problems import reasons, sentence
from charter.workspace import (
    InvalidWorkspace,
    Workspace,
    contents_fingerprint,
    read_files,
    read_folder,
)
from journeys.document import Words, closest
from journeys.model import Control, Evidence, Shares, Status, TagStatus
from journeys.source import Position, Problem, lines_of
from tests.scenarios.writing import CHARTER, JOURNEY, told, touchpoints, workspace

SAMPLES = Path(__file__).parent.parent / "samples"


def everything(of: Workspace, name: str = "buying"):
    (journey,) = (journey for journey in of.journeys if journey.id == name)
    return {touchpoint.id: touchpoint for touchpoint in journey.touchpoints}


# What is written ------------------------------------------------------------------------------

CHARTER_OF_DESIGN = """\
charter: 1
brand: Maison Lumière
promise: {en: Every customer is received as a guest., fr: Chaque client est reçu comme un invité.}
reviewed: 2026-10-01
values:
  - {id: hospitality, name: Hospitality, meaning: We receive; we do not process.}
posture:
  is: [attentive, plain-spoken]
  is-not: [familiar, pushy]
channels:
  - {id: store, name: Boutique}
  - {id: web, name: Website}
  - {id: email, name: Email}
  - {id: app}
segments:
  - {id: newcomer, name: First visit, weight: 60}
  - {id: loyal, name: Loyal guest, weight: 15, priority: high}
stages:
  - {id: discover, name: Discover}
  - {id: buy, name: Buy}
markers:
  - id: named-host
    name: A named host
    values: [hospitality]
    role: signature
    borne-by: person
    expressions:
      store:
        {text: The host gives their name., do: [stand up], dont: [point], example: "I'm Anne."}
      email: Signed with a first name and a direct line.
      web: {not-for: Nobody hosts a page; the chat does.}
      app: {en: A name, fr: Un nom}
    adaptations: {loyal: The same host as last time.}
    cues: {}
    owner: client-relations
  - {id: remembered, name: Remembered}
  - {id: no-repeat, name: Not asked twice}
rules:
  - id: host-everywhere
    kind: carries
    markers: [named-host]
    severity: error
    why: The host is what people remember of us.
"""
JOURNEY_OF_DESIGN = """\
journey: purchase
name: Buying a lamp
segments: [newcomer, loyal]
weight: 40
outcomes:
  - {id: bought, name: They bought, wanted: true}
  - {id: left, name: They left}
shares: {source: tills and web analytics, observed: 2026-10}
touchpoints:
  - id: window
    name: Shop window
    stage: discover
    channel: store
    entry: true
    next: [welcome, {to: leave, share: 40}]
  - id: welcome
    stage: discover
    channel: store
    markers:
      - named-host
      - {marker: remembered, segments: [loyal], how: The host greets them., status: planned}
    moment-of-truth: true
    emotion: 2
    next:
      - {to: basket, share: {newcomer: 10, loyal: 30}, markers: [no-repeat]}
      - {to: checkout, because: They decide in the shop.}
  - id: basket
    stage: buy
    channels: {web: 70, app: 30}
    next: [{to: pay, cross: true}]
  - {id: pay, stage: buy, channels: [web, app], next: checkout}
  - id: checkout
    stage: buy
    channel: store
    control: partner
    segments: [newcomer, loyal]
    owner: retail
    status: live
    content: [content/receipt.md]
    indicators: {quantitative: [waiting time], qualitative: [how the farewell felt]}
    effort: {duration: 1, frequency: 3, complexity: 1, value: 2}
    exit: bought
    ends: 20
  - {id: leave, stage: buy, channel: store, exit: left}
"""


@pytest.fixture(scope="module")
def of_design() -> Workspace:
    """The example of DESIGN section 4."""
    return read_files({"charter.yaml": CHARTER_OF_DESIGN, "journeys/a.yaml": JOURNEY_OF_DESIGN})


def test_a_charter_says_what_it_says(of_design: Workspace):
    charter = of_design.charter
    assert charter.brand == Words.of("Maison Lumière")
    assert charter.promise is not None
    assert charter.promise.in_language("fr") == "Chaque client est reçu comme un invité."
    assert charter.reviewed == datetime.date(2026, 10, 1)
    assert [value.id for value in charter.values] == ["hospitality"]
    assert charter.posture is not None
    assert [words.in_language("en") for words in charter.posture.is_not] == ["familiar", "pushy"]
    assert [(s.id, s.weight, s.priority) for s in charter.segments] == [
        ("newcomer", 60, Priority.STANDARD),
        ("loyal", 15, Priority.HIGH),
    ]


def test_a_marker_says_how_it_shows(of_design: Workspace):
    """An expression is a text, one by language, or more; a blank on purpose is none."""
    marker = of_design.charter.markers_by_id["named-host"]
    assert (marker.role, marker.borne_by) == (Role.SIGNATURE, Bearer.PERSON)
    assert list(marker.expressions) == ["store", "email", "web", "app"]
    assert [channel for channel in marker.expressions if marker.is_not_for(channel)] == ["web"]
    assert [c for c in marker.expressions if marker.is_expressed_on(c)] == ["store", "email", "app"]
    store, app = marker.expressions["store"], marker.expressions["app"]
    assert [words.in_language("en") for words in store.do] == ["stand up"]
    assert app.text is not None
    assert app.text.in_language("fr") == "Un nom"


def test_a_journey_says_what_it_says(of_design: Workspace):
    (journey,) = of_design.journeys
    assert (journey.id, journey.file, journey.weight) == ("purchase", "journeys/a.yaml", 40)
    assert journey.segments == ("newcomer", "loyal")
    assert journey.outcomes is not None
    assert [(outcome.id, outcome.wanted) for outcome in journey.outcomes] == [
        ("bought", True),
        ("left", False),
    ]
    assert journey.shares is not None
    assert journey.shares.observed == "2026-10"


def test_touchpoints_transitions_and_tags_say_what_they_say(of_design: Workspace):
    found = everything(of_design, "purchase")
    assert (found["window"].entry, found["welcome"].entry) == (True, False)
    assert (found["welcome"].moment_of_truth, found["welcome"].emotion) == (True, 2)
    plain, special = found["welcome"].markers
    assert (plain.marker, plain.segments, plain.status) == ("named-host", None, TagStatus.LIVE)
    assert (special.segments, special.status) == (("loyal",), TagStatus.PLANNED)
    assert special.evidence is Evidence.ASSUMED
    to_basket, to_checkout = found["welcome"].next
    assert to_basket.share == Shares(None, {"newcomer": 10, "loyal": 30})
    assert [tag.marker for tag in to_basket.markers] == ["no-repeat"]
    assert to_checkout.because == Words.of("They decide in the shop.")
    assert found["basket"].channel_shares == {"web": 70, "app": 30}
    assert found["pay"].channel_shares == {"web": 1, "app": 1}
    assert (found["basket"].next[0].cross, found["pay"].next[0].cross) == (True, False)
    checkout = found["checkout"]
    assert (checkout.control, checkout.status) == (Control.PARTNER, Status.LIVE)
    assert checkout.ends == Shares(20, {})
    assert checkout.effort is not None
    assert checkout.effort.frequency == 3


def test_everything_knows_where_it_is_written(of_design: Workspace):
    window = everything(of_design, "purchase")["window"]
    assert window.position == Position("journeys/a.yaml", 10, 5)
    assert window.position_of("channel") == Position("journeys/a.yaml", 13, 14)
    assert window.position_of("emotion") == window.position
    assert window.next[1].position == Position("journeys/a.yaml", 15, 21)
    assert of_design.rules[0].position == Position("charter.yaml", 39, 5)


@pytest.mark.parametrize(
    ("share", "newcomer", "loyal", "is_stated"),
    [
        pytest.param("7", 7.0, 7.0, (True, True), id="one number"),
        pytest.param("{newcomer: .5}", 0.5, 1.0, (True, False), id="by segment, one missing"),
        pytest.param("{loyal: 1e2}", 1.0, 100.0, (False, True), id="by segment, the other"),
        pytest.param("{}", 1.0, 1.0, (False, False), id="by segment, none"),
    ],
)
def test_a_share_is_one_number_or_one_by_segment(
    share: str, newcomer: float, loyal: float, is_stated: tuple[bool, bool]
):
    """What is missing counts as 1, and isn't stated."""
    of = workspace(touchpoints("a, entry: true, exit: bought, ends: " + share))
    shares = everything(of)["a"].ends
    assert shares is not None
    assert (shares.of("newcomer"), shares.of("loyal")) == (newcomer, loyal)
    assert tuple(shares.is_stated_for(s) for s in ("newcomer", "loyal")) == is_stated


@pytest.mark.parametrize("word", ["true", "yes", "on", "True", "ON"])
def test_true_may_be_said_in_several_ways(word: str):
    assert everything(workspace(touchpoints(f"a, entry: {word}, exit: b")))["a"].entry is True


@pytest.mark.parametrize("word", ["false", "no", "off", "False", ""])
def test_false_may_be_said_in_several_ways(word: str):
    journey = touchpoints(f"a, moment-of-truth: {word}, entry: true, exit: b")
    assert everything(workspace(journey))["a"].moment_of_truth is False


# What is filled in ----------------------------------------------------------------------------


def test_names_default_to_ids_and_segments_to_everyone():
    of = workspace(charter=CHARTER.replace("segments: [{id: newcomer}, {id: loyal}]\n", ""))
    assert of.charter.channels[0].named("en") == "store"
    assert of.journeys[0].named("en") == "buying"
    assert [(s.id, s.named("en"), s.named("fr")) for s in of.charter.all_segments] == [
        ("everyone", "Everyone", "Tout le monde")
    ]
    assert of.settings[0].graph.segments == ("everyone",)


@pytest.mark.parametrize("rules", ["", "rules:", "rules: []"])
def test_a_charter_without_rules_is_held_to_the_house_rules(rules: str):
    of = workspace(charter=CHARTER + rules)
    assert [rule.id for rule in of.rules] == [
        "signature-everywhere",
        "each-value",
        "truth-is-signed",
        "no-irritant",
    ]


def test_one_thing_may_stand_for_a_list_of_one():
    journey = "segments: loyal\n" + touchpoints(
        "a, entry: true, markers: host, next: b", "b, exit: bought, content: a.md, segments: loyal"
    )
    found = everything(workspace(journey))
    assert [tag.marker for tag in found["a"].markers] == ["host"]
    assert [step.to for step in found["a"].next] == ["b"]
    assert found["b"].content == ("a.md",)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Window"), ("fr", "Vitrine"), ("de", "Window")]
)
def test_a_text_falls_back_to_english(language: str, expected: str):
    assert Words((("fr", "Vitrine"), ("en", "Window"))).in_language(language) == expected


def test_a_text_falls_back_to_what_there_is():
    """A language with nothing behind it counts as not written."""
    of = workspace(touchpoints("a, name: {en: , de: Fenster}, entry: true, exit: b"))
    assert everything(of)["a"].named("en") == "Fenster"


def test_parts_of_a_charter_come_behind_its_own_by_file_name():
    of = workspace(
        charter=CHARTER + "rules: [{id: first, kind: carries, markers: [host]}]\n",
        rules="- {id: third, kind: carries, markers: [b]}\n- {id: fourth, kind: has-expression}\n",
        **{
            "markers/z": "{id: c, name: C}",
            "markers/a": "[{id: b, name: B}, {id: a, name: A}]",
        },
    )
    assert [marker.id for marker in of.charter.markers] == ["host", "light", "b", "a", "c"]
    assert [rule.id for rule in of.rules] == ["first", "third", "fourth"]
    assert of.charter.markers[-1].position.file == "markers/z.yaml"


def test_a_charter_may_lie_in_its_parts_altogether():
    of = workspace(
        charter=CHARTER.replace("markers: [", "markers:\n#"),
        **{"markers/host": "{id: host, name: A named host}"},
    )
    assert [marker.id for marker in of.charter.markers] == ["host"]


def test_journeys_come_in_the_order_of_their_file_names():
    more = {
        f"journeys/{name}": JOURNEY.replace("buying", name) for name in ("z", "a", "B", "10", "9")
    }
    assert [
        j.id for j in workspace(**{k: v.replace(": B", ": b") for k, v in more.items()}).journeys
    ] == [
        "10",
        "9",
        "b",
        "a",
        "buying",
        "z",
    ]


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("touchpoint", "problems"),
    [
        pytest.param("{id: a}", ["missing-channel", "missing-key"], id="nothing but an id"),
        pytest.param(
            "{id: A, stage: by, channels: [], arrives: 0, emotion: x, exti: b}",
            [
                "bad-id",
                "unknown-id",
                "empty-list",
                "needs-key",
                "not-above",
                "expected-whole",
                "unknown-key",
            ],
            id="one of each",
        ),
        pytest.param(
            "{id: a, stage: buy, channel: web, arrives: 1, entry: no}",
            ["needs-key"],
            id="arrives where nobody enters",
        ),
        pytest.param(
            "{id: a, stage: buy, channel: web, exit: no, ends: 1}", [], id="an outcome called no"
        ),
        pytest.param(
            "{id: a, stage: buy, channel: web, emotion: " + "9" * 5000 + "}",
            ["expected-whole"],
            id="a number too long to be one",
        ),
        pytest.param(
            "{id: a, stage: buy, chanel: web, stge: buy}",
            ["unknown-key", "unknown-key"],
            id="slips are told once each",
        ),
        pytest.param(
            "{id: a, stage: buy, channel: web, markers: [{marker: hots, segmnets: [loial]}]}",
            ["unknown-id", "unknown-key", "unknown-id"],
            id="what a slip stands for is read",
        ),
        pytest.param(
            "{id: a, stage: The Beginning, channel: web}",
            ["unknown-id"],
            id="what names nothing need not look like an id",
        ),
        pytest.param(
            "{id: a, stage: buy, channels: {Web Site: 1}}",
            ["unknown-id"],
            id="nor need a key that names nothing",
        ),
    ],
)
def test_every_problem_of_a_touchpoint_is_told_at_once(touchpoint: str, problems: list[str]):
    """No problem hides another, and none is told twice."""
    journey = f"{JOURNEY}  - {touchpoint}\n"
    assert [line.split()[-1] for line in told(journey=journey)] == problems


def test_problems_are_told_by_file_line_and_column():
    problems = told(
        charter=CHARTER + "rule: []\n",
        journey=JOURNEY.replace("buy,", "by,"),
        **{"journeys/another": "journey: a\ntouchpoints: [", "markers/a": "", "rules": "a"},
    )
    assert problems == [
        "charter.yaml:7:1 unknown-key",
        "journeys/another.yaml:2:15 bracket-open",
        "journeys/buying.yaml:4:23 unknown-id",
        "markers/a.yaml:1:1 empty-file",
        "rules.yaml:1:1 expected-mapping",
    ]


@pytest.mark.parametrize("missing", ["channels", "stages", "markers"])
def test_what_a_charter_declares_nowhere_isnt_told_at_each_place_that_names_it(missing: str):
    charter = "".join(line for line in CHARTER.splitlines(True) if not line.startswith(missing))
    assert told(charter=charter) == ["charter.yaml:1:1 missing-key"]


def test_of_a_charter_for_another_program_nothing_else_is_said():
    charter = CHARTER.replace("charter: 1", "charter: 2") + "unheard: of\nrules: nonsense\n"
    assert told(charter=charter) == ["charter.yaml:1:10 unknown-version"]


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("chanel", ["channel", "channels"], "channel"),
        ("Window", ["window", "welcome"], "window"),
        ("signatur", ["signature", "basic"], "signature"),
        ("exti", ["entry", "exit", "next"], "exit"),
        ("xyz", ["window", "welcome"], None),
        ("a", [], None),
    ],
)
def test_what_was_probably_meant_is_close_enough(
    word: str, candidates: list[str], expected: str | None
):
    assert closest(word, candidates) == expected


def test_every_sentence_about_a_problem_is_said_somewhere():
    """A reason that nothing gives any more would be translated for nobody."""
    source = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("journeys", "charter")
        for file in (SAMPLES.parent / folder).rglob("*.py")
        if file.name != "problems.py"
    )
    unused = [reason for reason in reasons() if f'"{reason}"' not in source]
    assert unused == ["no-entry", "no-exit"], "CH013 puts its reasons together"


# Folders --------------------------------------------------------------------------------------


def write(root: Path, **files: str) -> None:
    for name, text in {"charter": CHARTER, "journeys/buying": JOURNEY, **files}.items():
        path = root / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_is_read_like_its_files(tmp_path: Path):
    write(tmp_path)
    assert read_folder(tmp_path).journeys == workspace().journeys


def test_a_folder_may_be_reached_by_a_link(tmp_path: Path):
    write(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    assert read_folder(tmp_path / "link").sources.keys() == {"charter.yaml", "journeys/buying.yaml"}


def test_a_relative_folder_is_read_like_an_absolute_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(tmp_path / "shop")
    monkeypatch.chdir(tmp_path / "shop" / "journeys")
    assert read_folder(Path("..")).journeys == read_folder(tmp_path / "shop").journeys


@pytest.mark.parametrize("folder", ["journeys", "markers"])
def test_a_folder_that_is_a_link_out_of_the_workspace_isnt_followed(tmp_path: Path, folder: str):
    write(tmp_path / "shop")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.yaml").write_text("secret: a\n", encoding="utf-8")
    if folder == "journeys":
        (tmp_path / "shop/journeys").rename(tmp_path / "shop/before")
    (tmp_path / "shop" / folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InvalidWorkspace) as invalid:
        read_folder(tmp_path / "shop")
    assert [(p.reason, p.position.file) for p in invalid.value.problems] == [
        ("outside", f"{folder}/a.yaml")
    ]
    assert "secret" not in "".join(invalid.value.sources.values())


# Properties -----------------------------------------------------------------------------------

SAMPLE_FILES = {
    sample.name: {
        file.relative_to(sample).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(sample.rglob("*.yaml"))
        if "content" not in file.relative_to(sample).parts
    }
    for sample in sorted(SAMPLES.iterdir())
}
LETTERS = "az09-_ :,.[]{}\"'#&*!|>%@\\\t\n\ré漢\u202e\x07"


@settings(max_examples=200)
@given(st.data())
def test_a_file_that_was_damaged_is_read_or_its_problems_are_told(data: st.DataObject):
    """Lines lost, characters changed: never a fault of ours, and every problem can be said."""
    files = SAMPLE_FILES[data.draw(st.sampled_from(sorted(SAMPLE_FILES)))]
    name = data.draw(st.sampled_from(sorted(files)))
    damaged = damage(files[name], data)
    for problem in problems_of(files | {name: damaged}):
        assert sentence(problem, Speaker(Language.ENGLISH))
        assert problem.position.file != name or (
            problem.position.line <= len(lines_of(damaged)) + 1
        )


def problems_of(files: dict[str, str]) -> tuple[Problem, ...]:
    try:
        read_files(files)
    except InvalidWorkspace as invalid:
        return invalid.problems
    return ()


def damage(text: str, data: st.DataObject) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        column = data.draw(st.integers(0, len(line)))
        lines[index] = data.draw(
            st.sampled_from(
                [
                    "",
                    line + line,
                    line[:column],
                    line[column:],
                    line[:column] + data.draw(st.sampled_from(LETTERS)) + line[column + 1 :],
                    line.replace(": ", ":", 1),
                    line.replace("  ", " ", 1),
                ]
            )
        )
    return "".join(lines)


def test_a_named_pipe_among_the_journeys_keeps_nobody_waiting(tmp_path):
    """What the app looks at every two seconds is what the reader would read, and no more."""
    (tmp_path / "journeys").mkdir()
    before = contents_fingerprint(tmp_path)
    os.mkfifo(tmp_path / "journeys" / "pipe.yaml")
    (tmp_path / "journeys" / "notes.txt").write_text("no journey", encoding="utf-8")
    assert contents_fingerprint(tmp_path) != before
