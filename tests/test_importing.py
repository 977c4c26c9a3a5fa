"""Diagrams imported into a workspace: what is written, and what is never written over."""

import ast
import datetime
import re
import shutil
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.messages import Language, Speaker
from charter.messages.diagrams import NOTES, thing
from charter.store import Conflicted
from charter.usecases.exporting import UnknownEnding, export_folder
from charter.usecases.importing import NotImported, Offer, propose_import, write_offer
from charter.workspace import Workspace, read_files, read_folder
from journeys.formats.bpmn.model import FLOW_NODES
from journeys.formats.ids import LONGEST, Numbering, id_of_key, id_of_name
from tests.bpmn_models import model, process

TODAY = datetime.date(2026, 11, 25)
ENGLISH = Speaker(Language.ENGLISH)
LANES = (
    '<laneSet><lane name="Shop"><flowNodeRef>t1</flowNodeRef></lane>'
    '<lane name="Web"><flowNodeRef>t2</flowNodeRef></lane></laneSet>'
)
BUYING = model(process("s1 > t1 > t2 > e1", inside=LANES, name="Buying"))
MAPPING = """
mapping: 1
journeys:
  buying:
    places: {Shop: {channel: Boutique}, Web: {channel: web, owner: The web team}}
    touchpoints: {t1: {stage: See}, t2: {stage: Pay}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "buying.bpmn").write_bytes(BUYING)
    (tmp_path / "told.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def offer(
    folder: Path, file: str = "buying.bpmn", *, journey: str | None = None, mapping: str = ""
) -> Offer:
    told = folder / mapping if mapping else None
    found = propose_import(
        folder / "shop", folder / file, ENGLISH, TODAY, journey=journey, mapping=told
    )
    return found[1]


def write(
    folder: Path, file: str = "buying.bpmn", *, journey: str | None = None, mapping: str = ""
) -> Workspace:
    told = folder / mapping if mapping else None
    delivery, found = propose_import(
        folder / "shop", folder / file, ENGLISH, TODAY, journey=journey, mapping=told
    )
    write_offer(folder / "shop", delivery, found)
    return read_folder(folder / "shop")


def refused(folder: Path, **asked: str) -> list[str]:
    with pytest.raises(NotImported) as error:
        offer(folder, **asked)
    return [f"{each.position.line} {each.reason}" for each in error.value.problems]


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "shop").rglob("*"))
        if path.is_file()
    }


def test_what_isnt_told_is_put_where_it_can_be_sorted(folder: Path):
    """What is written can be checked at once."""
    workspace = write(folder)
    (journey,) = workspace.journeys
    assert [(t.id, t.stage, t.channel, t.owner) for t in journey.touchpoints] == [
        ("t1", "unsorted", "unsorted", "Shop"),
        ("t2", "unsorted", "unsorted", "Web"),
    ]
    assert sorted(written(folder)) == [
        "shop/buying.mapping.yaml",
        "shop/charter.yaml",
        "shop/journeys/buying.yaml",
    ]


def test_a_diagram_without_a_title_is_told_by_the_id_of_its_journey(folder: Path):
    (folder / "visit.mmd").write_text("flowchart LR\n a --> b\n", encoding="utf-8")
    assert {note.parameters["name"] for note in offer(folder, "visit.mmd").notes} == {"visit"}


@pytest.mark.parametrize("name", ["nothing", "nothing.unknown", "nothing.xlsx", "nothing.bpmn"])
def test_what_isnt_there_is_told_as_such_whatever_its_ending(folder: Path, name: str):
    with pytest.raises(NotImported) as refused:
        offer(folder, name)
    assert [problem.reason for problem in refused.value.problems] == ["unreadable"]


@pytest.mark.parametrize("name", ["something", "something.unknown"])
def test_the_ending_of_what_is_there_says_what_it_is(folder: Path, name: str):
    (folder / name).write_text("a", encoding="utf-8")
    with pytest.raises(UnknownEnding):
        offer(folder, name)


def test_the_mapping_file_as_written_asks_and_says_nothing(folder: Path):
    """Given back without an answer it changes nothing."""
    write(folder)
    before = written(folder)
    write(folder, mapping="shop/buying.mapping.yaml")
    assert written(folder) == before


def test_what_was_asked_is_taken_from_the_completed_mapping(folder: Path):
    """What the import put aside before is taken off, as nothing is there any more."""
    write(folder)
    workspace = write(folder, mapping="told.yaml")
    (journey,) = workspace.journeys
    assert [(t.id, t.stage, t.channel, t.owner) for t in journey.touchpoints] == [
        ("t1", "see", "boutique", "Shop"),
        ("t2", "pay", "web", "The web team"),
    ]
    assert [(c.id, c.named("en")) for c in workspace.charter.channels] == [
        ("boutique", "Boutique"),
        ("web", "web"),
    ]
    assert [(s.id, s.named("en")) for s in workspace.charter.stages] == [
        ("see", "See"),
        ("pay", "Pay"),
    ]


def test_a_complete_mapping_may_come_first(folder: Path):
    first = write(folder, mapping="told.yaml")
    assert "unsorted" not in first.sources["charter.yaml"]
    assert "shop/buying.mapping.yaml" not in written(folder)


@pytest.mark.parametrize("mapping", ["", "told.yaml"])
def test_a_journey_that_somebody_has_touched_is_never_written_over(folder: Path, mapping: str):
    write(folder)
    file = folder / "shop/journeys/buying.yaml"
    file.write_bytes(file.read_bytes().replace(b"owner: Shop", b"owner: Boutique"))
    before = written(folder)
    assert refused(folder, mapping=mapping) == ["3 journey-there"]
    assert written(folder) == before


def test_nor_is_one_that_the_import_has_written_unless_it_is_told_more(folder: Path):
    write(folder)
    assert refused(folder) == ["3 journey-there"]


def test_a_mapping_file_that_is_there_is_never_written_over(folder: Path):
    (folder / "shop").mkdir()
    (folder / "shop/buying.mapping.yaml").write_text("mine", encoding="utf-8")
    assert refused(folder) == ["1 is-there"]


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("mapping: 2", ["1 unknown-version"]),
        ("mapping: 1\njourneys: {buyng: {}}", ["2 unknown-id"]),
        (
            "mapping: 1\njourneys:\n  buying:\n    touchpoints:\n      t9: {stage: x}\n"
            "      t1: {stag: x}\n    places: {Shop: {channel: [a]}}",
            ["6 unknown-key", "7 expected-text"],
        ),
        ("mapping: 1\njourneys: {buying: {touchpoints: {t9: {}}, stag: {}}}",
         ["2 unknown-id", "2 unknown-key"]),
        ("mapping: [", ["1 bracket-open"]),
        ("", ["1 empty-file"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_told_with_its_place(
    folder: Path, mapping: str, told: list[str]
):
    (folder / "slips.yaml").write_text(mapping, encoding="utf-8")
    assert sorted(refused(folder, mapping="slips.yaml")) == told
    assert not (folder / "shop").exists()


CHARTER = """\
charter: 1
brand: The Lamp Shop
# Where we meet.
channels:
  - {id: boutique, name: {en: Shop, fr: Boutique}}   # the old one
stages: [{id: see, name: See}]
markers: [{id: host, name: A host}]
"""


def test_an_existing_charter_is_only_added_to(folder: Path):
    """A place that is called like a channel is that channel, and no owner."""
    (folder / "shop").mkdir()
    (folder / "shop/charter.yaml").write_text(CHARTER, encoding="utf-8")
    workspace = write(folder, mapping="told.yaml")
    (journey,) = workspace.journeys
    assert [(t.channel, t.owner) for t in journey.touchpoints] == [
        ("boutique", None),
        ("web", "The web team"),
    ]
    lines = workspace.sources["charter.yaml"].splitlines()
    assert [line for line in lines if line not in CHARTER.splitlines()] == [
        "  - {id: web}",
        "stages: [{id: see, name: See}, {id: pay, name: Pay}]",
    ]


@pytest.mark.parametrize("written", ["", "segments:\n", "segments: []\n"])
def test_actors_become_segments_of_a_charter_without_any(folder: Path, written: str):
    (folder / "shop").mkdir()
    (folder / "shop/charter.yaml").write_text(CHARTER + written, encoding="utf-8")
    (folder / "day.mmd").write_text("journey\n Tea: 5: Me, Cat\n", encoding="utf-8")
    workspace = write(folder, "day.mmd", journey="day")
    assert [each.id for each in workspace.charter.segments] == ["me", "cat"]
    assert workspace.journeys[0].segments == ("me", "cat")


def test_a_mapping_file_that_came_meanwhile_stays_and_nothing_else_is_written(folder: Path):
    delivery, found = propose_import(folder / "shop", folder / "buying.bpmn", ENGLISH, TODAY)
    (folder / "shop").mkdir()
    (folder / "shop/buying.mapping.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_offer(folder / "shop", delivery, found)
    assert written(folder) == {"shop/buying.mapping.yaml": b"mine"}


def test_where_the_journey_cant_be_written_nothing_is(folder: Path):
    delivery, found = propose_import(folder / "shop", folder / "buying.bpmn", ENGLISH, TODAY)
    (folder / "shop").mkdir()
    (folder / "shop/charter.yaml").write_text(CHARTER, encoding="utf-8")
    with pytest.raises(Conflicted):
        write_offer(folder / "shop", delivery, found)
    assert written(folder) == {"shop/charter.yaml": CHARTER.encode()}


def test_nothing_is_imported_into_what_cant_be_checked(folder: Path):
    (folder / "shop").mkdir()
    (folder / "shop/charter.yaml").write_text("charter: 1\nbrnd: x\n", encoding="utf-8")
    assert "2 unknown-key" in refused(folder)


def test_one_journey_of_several_may_be_asked_for(folder: Path):
    several = model(process("t1 > t2", key="a", name="A"), process("t3 > t4", key="b", name="B"))
    (folder / "buying.bpmn").write_bytes(several)
    assert [name for name in offer(folder).changes if name != "charter.yaml"] == [
        "journeys/a.yaml",
        "journeys/b.yaml",
    ]
    assert [name for name in offer(folder, journey="b").changes if name != "charter.yaml"] == [
        "journeys/b.yaml"
    ]
    assert refused(folder, journey="c") == ["1 unknown-id"]
    assert refused(folder, journey="Not an id") == ["1 bad-id"]


def test_a_mapping_serves_a_journey_that_is_given_another_id(folder: Path):
    workspace = write(folder, journey="lamps", mapping="told.yaml")
    (journey,) = workspace.journeys
    assert (journey.id, journey.touchpoints[0].stage) == ("lamps", "see")


# Ids.


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Check the order", "check-the-order"),
        ("Œuvre d’été: n° 5", "oeuvre-d-ete-n-5"),
        ("<b>Pay</b>", "b-pay-b"),
        ("支付", ""),
        ("💡 Lit", "lit"),
        ("A" * 80, "a" * LONGEST),
        ("word " * 30, "word-word-word-word-word-word-word-word-word"),
        ("--", ""),
    ],
)
def test_ids_are_made_from_names(name: str, identifier: str):
    assert id_of_name(name) == identifier


@given(st.text(max_size=30))
def test_whatever_the_name_an_id_is_one(name: str):
    for made in (id_of_name(name), id_of_key(name)):
        assert not made or re.fullmatch("[a-z0-9][a-z0-9-]*", made)


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-3"]), max_size=12))
def test_ids_that_come_twice_are_numbered(names: list[str]):
    numbering = Numbering()
    given_ids = [numbering.unique(name) for name in names]
    assert len(set(given_ids)) == len(names)
    firsts = [given for given, name in zip(given_ids, names, strict=True) if given == name]
    assert set(firsts) <= set(names)


NAMES = st.sampled_from(
    ["Pay", "pay", "<script>alert(1)</script>", "支付", "عربة", "\u202eevil", "💡", "no", "1e3",
     "# x", "- a: [b", "{{x}}", "'", '"', "  ", "a\nb", "null", "~", "x" * 300, "é: è"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(NAMES, min_size=2, max_size=6), NAMES)
def test_whatever_things_are_called_what_is_written_is_a_workspace(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], lane: str
):
    """Names stay as they are, on one line; each touchpoint has an id of its own."""
    folder = tmp_path_factory.mktemp("names")
    tasks = "".join(f"<task id='t{n}' name={quoteattr(name)}/>" for n, name in enumerate(names))
    flows = ", ".join(f"t{n} > t{n + 1}" for n in range(len(names) - 1))
    refs = "".join(f"<flowNodeRef>t{n}</flowNodeRef>" for n in range(len(names)))
    lanes = f"<laneSet><lane name={quoteattr(lane)}>{refs}</lane></laneSet>"
    content = model(process(flows, inside=lanes)).decode()
    content = re.sub(r'<task id="t\d" name="t\d"/>', "", content).replace(
        "<laneSet>", f"{tasks}<laneSet>"
    )
    (folder / "names.bpmn").write_text(content, encoding="utf-8")
    (journey,) = read_files(offer(folder, "names.bpmn").changes).journeys
    assert [each.named("en") for each in journey.touchpoints] == [
        " ".join(name.split()) or each.id
        for name, each in zip(names, journey.touchpoints, strict=True)
    ]


# There and back, through files.


def test_a_sample_comes_back_into_its_own_workspace(folder: Path):
    """As another journey: with the same touchpoints, transitions, channels and stages."""
    shutil.copytree(Path(__file__).parent.parent / "samples/maison-lumiere", folder / "shop")
    before = read_folder(folder / "shop")
    for journey in before.journeys:
        file = folder / f"{journey.id}.mmd"
        export_folder(folder / "shop", file, ENGLISH, TODAY, journeys=[journey.id])
        changes = offer(folder, file.name, journey=f"{journey.id}-again").changes
        assert list(changes) == [f"journeys/{journey.id}-again.yaml"]
        workspace = read_files({**before.sources, **changes})
        again = next(each for each in workspace.journeys if each.id == f"{journey.id}-again")
        facts = [
            {
                touchpoint.id: (
                    touchpoint.named("en"),
                    touchpoint.stage,
                    set(touchpoint.channel_shares),
                    touchpoint.entry,
                    touchpoint.exit,
                    [
                        (step.to, step.because and step.because.in_language("en"))
                        for step in touchpoint.next
                    ],
                )
                for touchpoint in each.touchpoints
            }
            for each in (journey, again)
        ]
        assert facts[0] == facts[1]


def test_every_note_has_a_sentence_and_every_sentence_a_note():
    """And every kind of flow node has a word for people."""
    reason_at = {"Note": 0, "_note": 0, "_lead_from_each": 2}
    root = Path(__file__).parent.parent
    rooms = ("journeys/formats/bpmn", "journeys/formats/mermaid")
    paths = [path for room in rooms for path in sorted((root / room).glob("*.py"))]
    given_reasons = set()
    for path in [*paths, root / "charter/usecases/imports/drafting.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
                place = reason_at.get(name, len(node.args))
                given_reasons |= {
                    each.value
                    for each in node.args[place : place + 1]
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    # Told from a pair of reasons, one for stages and one for channels.
    assert given_reasons | {"stages-untold", "channels-untold"} == set(NOTES)
    assert {kind for kind in FLOW_NODES if thing({"kind": kind}, ENGLISH).startswith(kind)} <= {
        "task",
        "transaction",
        "event",
        "implicitThrowEvent",
    }
