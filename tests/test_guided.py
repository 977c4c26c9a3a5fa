"""A first charter from six questions, whatever is answered."""

import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from charter.brand import Role
from charter.findings import Answer, Report
from charter.messages import Language, speaker
from charter.starter import NotEmpty
from charter.usecases.check import check_workspace
from charter.usecases.guided import (
    CHANNELS,
    CUSTOMERS,
    Answers,
    Moment,
    Sign,
    Unanswered,
    guided_files,
    start_guided,
)
from charter.workspace import Workspace, read_files, read_folder

TODAY = datetime.date(2026, 11, 1)
ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)
FEW = Answers(brand="Maison", channels=("web",), signs=(Sign("A named host"),))
NASTY = (
    "<img src=x onerror=alert(1)>",
    "a: b # c",
    "- 'x' \"y\" {z} [t] & * ! | > % @ `",
    "null",
    "~",
    "…" * 500,
    "\N{RIGHT-TO-LEFT OVERRIDE}שלום",
    "👩‍🚀 é",
    "one\ntwo\r\n\tthree",
    "\x00\x07\ud800",
    "日本",
    "---",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
some = st.lists(texts, max_size=5).map(tuple)


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    values = draw(some)
    channels = draw(st.lists(st.one_of(st.sampled_from(list(CHANNELS)), texts), max_size=8))
    customers = draw(st.lists(st.one_of(st.sampled_from(list(CUSTOMERS)), texts), max_size=5))
    signs = st.builds(
        Sign,
        name=texts,
        value=st.sampled_from(["", "another", *values]),
        channels=st.lists(st.sampled_from(["another", *channels]), max_size=3).map(tuple),
        how=texts,
    )
    return Answers(
        brand=draw(texts),
        promise=draw(texts),
        values=values,
        channels=tuple(channels),
        customers=tuple(customers),
        first=tuple(customers[:2]),
        signs=tuple(draw(st.lists(signs, max_size=5))),
        decides=draw(st.sampled_from(Moment)),
        basic=draw(texts),
        irritant=draw(texts),
        irritant_at=draw(st.sampled_from([None, *Moment])),
    )


def read(given: Answers, language: Language = Language.ENGLISH) -> Workspace:
    return read_files(guided_files(given, speaker(language)))


def checked(given: Answers) -> Report:
    return check_workspace(read(given), TODAY).report


def names(items) -> list[str]:
    return [each.named("en") for each in items]


@settings(max_examples=40, deadline=None)
@given(answers(), st.sampled_from(Language))
@example(Answers(*NASTY[:2], NASTY[:5], NASTY[:8], NASTY, (), (Sign(NASTY[0]),)), Language.FRENCH)
def test_whatever_is_answered_is_said_by_a_valid_workspace(answered: Answers, language: Language):
    """The files are read without any problem, and say what was answered, on one line each."""
    if answered.missing:
        with pytest.raises(Unanswered):
            guided_files(answered, speaker(language))
        return
    workspace, said = read(answered, language), answered.cleaned()
    charter, speak = workspace.charter, speaker(language)
    assert charter.brand.in_language("") == said.brand
    assert (charter.promise.in_language("") if charter.promise else "") == said.promise
    assert names(charter.values) == list(said.values)
    usual = {key: speak(name) for key, name in {**CHANNELS, **CUSTOMERS}.items()}
    assert names(charter.channels) == [usual[c] if c in CHANNELS else c for c in said.channels]
    assert names(charter.segments) == [usual[c] if c in CUSTOMERS else c for c in said.customers]
    signs = [marker for marker in charter.markers if marker.role is Role.SIGNATURE]
    assert names(signs) == [sign.name for sign in said.signs]
    value_ids = {value.named("en"): value.id for value in charter.values}
    for marker, sign in zip(signs, said.signs, strict=True):
        assert list(marker.values) == ([value_ids[sign.value]] if sign.value in value_ids else [])
        shown = {e.text.in_language("") for e in marker.expressions.values() if e.text}
        assert shown == ({sign.how} if sign.how else set())
    others = [marker.named("en") for marker in charter.markers if marker not in signs]
    assert others == [text for text in (said.basic, said.irritant) if text]


@settings(max_examples=20, deadline=None)
@given(answers())
def test_something_holds_and_something_is_broken_on_the_first_journey(answered: Answers):
    """The check has something to say at once: the moment chosen is signed, the last one isn't."""
    if answered.missing:
        return
    report = checked(answered)
    truths = [v for v in report.verdicts if v.rule == "truth-is-signed"]
    assert {v.verdict for v in truths} >= {Answer.HOLDS, Answer.BROKEN}
    shape = {f.code for f in report.findings}
    # Everything is reached, leads somewhere, and is used; each segment has its way through.
    assert not shape & {"CH010", "CH011", "CH012", "CH013", "CH016"}


def test_what_has_to_go_is_broken_where_it_happens_today():
    told = Answers(**{**vars(FEW), "irritant": "Asking twice", "irritant_at": Moment.BUY})
    broken = [v for v in checked(told).verdicts if v.rule == "no-irritant"]
    assert [v.verdict for v in broken] == [Answer.BROKEN]


def test_those_who_matter_most_come_first():
    told = Answers(**{**vars(FEW), "customers": ("loyal", "Friends"), "first": ("Friends",)})
    segments = read(told).charter.segments
    assert {s.named("en"): s.priority.value for s in segments} == {
        "Loyal for years": "standard",
        "Friends": "high",
    }


@pytest.mark.parametrize(
    ("left", "missing"),
    [
        ({"brand": " \n"}, ("brand",)),
        ({"channels": ("\x00",)}, ("channels",)),
        ({"signs": (Sign(" "),)}, ("signs",)),
        ({"brand": "", "channels": (), "signs": ()}, ("brand", "channels", "signs")),
    ],
)
def test_what_is_needed_is_said(left: dict, missing: tuple[str, ...]):
    assert Answers(**{**vars(FEW), **left}).missing == missing


def test_the_words_are_those_of_the_visitor():
    charter = guided_files(FEW, FRENCH)["charter.yaml"].decode()
    assert "# Là où les clients nous rencontrent." in charter
    assert "name: Site web" in charter


def test_the_folder_is_made_with_schemas_for_editors(tmp_path: Path):
    files = start_guided(tmp_path / "new", FEW, ENGLISH)
    assert read_folder(tmp_path / "new").charter.channels[0].named("en") == "Website"
    assert ".charter/charter.schema.json" in files
    first = (tmp_path / "new" / "charter.yaml").read_text().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=.charter/")


def test_nothing_is_written_over(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotEmpty):
        start_guided(tmp_path, FEW, ENGLISH)
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]
