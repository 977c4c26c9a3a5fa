"""Files of two people are brought together; what can't be is handed back with words for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.merging import FileConflict, MergedFiles, merge_files
from charter.merging.lines import merged_lines
from charter.messages import Language, speaker
from charter.messages.conflicts import sentence
from journeys.merge import Conflict


def test_each_file_is_taken_from_who_changed_it():
    base: dict[str, bytes | None] = {"a": b"1", "b": b"1", "c": b"1", "d": b"1", "e": b"1"}
    mine: dict[str, bytes | None] = {"a": b"2", "b": b"1", "c": None, "d": b"3", "f": b"1"}
    theirs: dict[str, bytes | None] = {"a": b"1", "b": b"2", "c": b"1", "d": b"3", "g": b"1"}
    assert merge_files(base, mine, theirs) == MergedFiles({"a": b"2", "c": None, "f": b"1"}, (), ())


def test_a_yaml_file_that_both_changed_is_merged_by_field_into_theirs():
    base = {"j.yaml": b"# One.\na: 1\nb: 1\n"}
    mine = {"j.yaml": b"# One.\na: 2\nb: 1\n"}
    theirs = {"j.yaml": b"# Two.\na: 1 # yes\nb: 3\n"}
    merged = {"j.yaml": b"# Two.\na: 2 # yes\nb: 3\n"}
    assert merge_files(base, mine, theirs) == MergedFiles(merged, ("j.yaml",), ())


def test_a_file_with_conflicts_is_not_changed_but_the_others_are():
    base = {"j.yaml": b"a: 1\nb: 1\n", "k.yaml": b"a: 1\n"}
    mine = {"j.yaml": b"a: 2\nb: 2\n", "k.yaml": b"a: 2\n"}
    theirs = {"j.yaml": b"a: 3\nb: 1\n", "k.yaml": b"a: 1\n"}
    conflict = FileConflict(("a",), "1", "2", "3", file="j.yaml")
    assert merge_files(base, mine, theirs) == MergedFiles({"k.yaml": b"a: 2\n"}, (), (conflict,))


TEXT = """\
# A visit.
name: visit
touchpoints:
  - id: door
    stage: discover
  - id: till # the last
    stage: buy
"""

WRITTEN = [
    pytest.param(
        ("# A visit.", "# A visit, as it is."), ("stage: buy", "stage: pay"), id="a comment changed"
    ),
    pytest.param(("# A visit.\n", ""), ("stage: buy", "stage: pay"), id="a comment taken off"),
    pytest.param((" # the last", " # the very last"), ("- id: door", "- id: gate"), id="behind"),
    pytest.param(
        ("name: visit", "name:   'visit'"), ("stage: buy", "stage: pay"), id="written otherwise"
    ),
    pytest.param(
        ("stage: discover\n", "stage: discover\n  # New.\n  - id: hall\n"),
        ("name: visit", "name: stroll # why?"),
        id="an item with a comment",
    ),
]


@pytest.mark.parametrize(("mine", "theirs"), WRITTEN)
def test_what_each_wrote_around_the_fields_stays(mine: tuple[str, str], theirs: tuple[str, str]):
    base = {"j.yaml": TEXT.encode()}
    own = {"j.yaml": TEXT.replace(*mine).encode()}
    other = {"j.yaml": TEXT.replace(*theirs).encode()}
    both = {"j.yaml": TEXT.replace(*mine).replace(*theirs).encode()}
    assert merge_files(base, own, other).changes == both
    assert merge_files(base, other, own).changes == both


def test_comments_stay_where_the_lines_are_the_same_but_the_fields_are_not():
    """Each adds an item at the end, with a comment of its own on one side."""
    base = {"j.yaml": b"t:\n  - id: a\n"}
    mine = {"j.yaml": b"t:\n  - id: a\n  - id: b # mine\n"}
    theirs = {"j.yaml": b"t:\n  - id: a\n  - id: c\n"}
    merged = {"j.yaml": b"t:\n  - id: a\n  - id: b # mine\n  - id: c\n"}
    ids = merge_files(base, mine, theirs).changes["j.yaml"]
    assert ids is not None
    assert b"id: b # mine\n" in ids
    assert sorted(ids.split(b"\n")) == sorted(merged["j.yaml"].split(b"\n"))


def test_comments_that_could_not_both_be_kept_are_a_conflict():
    base = {"j.yaml": b"a: 1\nb: 1\n"}
    mine = {"j.yaml": b"a: 2 # mine\nb: 1\n"}
    theirs = {"j.yaml": b"a: 2 # theirs\nb: 1\n"}
    texts = [each["j.yaml"].decode() for each in (base, mine, theirs)]
    conflict = FileConflict((), *texts, file="j.yaml")
    assert merge_files(base, mine, theirs) == MergedFiles({}, (), (conflict,))


LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"d\n"]), max_size=8)


@given(LINES, LINES)
def test_lines_that_one_side_changed_are_taken(base: list[bytes], mine: list[bytes]):
    for own, other in ((mine, base), (base, mine), (mine, mine)):
        assert merged_lines(base, own, other) == mine


@given(LINES, LINES, LINES, LINES)
def test_changes_on_both_sides_of_a_line_that_stays_come_together(
    before: list[bytes], new_before: list[bytes], behind: list[bytes], new_behind: list[bytes]
):
    middle = [b"the middle\n"]
    base, both = before + middle + behind, new_before + middle + new_behind
    mine, theirs = new_before + middle + behind, before + middle + new_behind
    assert merged_lines(base, mine, theirs) in (both, None)
    if not set(before + new_before) & set(behind + new_behind):
        assert merged_lines(base, mine, theirs) == both


def test_lines_that_both_changed_are_left_to_others():
    assert merged_lines([b"a\n"], [b"b\n"], [b"c\n"]) is None


SENTENCES = [
    (
        Conflict(("touchpoints", "till", "share"), "40", "30", "50"),
        "touchpoints → till → share: it was “40”; you say “30”, meanwhile it became “50”.",
        "touchpoints → till → share : c’était « 40 » ; vous dites « 30 », entre-temps c’est devenu "
        "« 50 ».",
    ),
    (
        Conflict(("a",), None, ["x", {"to": "y"}], "z" * 70),
        f"a: it was nothing; you say “[x, {{to: y}}]”, meanwhile it became “{'z' * 59}…”.",
        "a : c’était rien ; vous dites « [x, {to: y}] », entre-temps c’est devenu "
        f"« {'z' * 59}… ».",
    ),
    (
        Conflict(("next",), ["a", "b", "c"], ["b", "a", "c"], ["c", "a", "b"], is_of_order=True),
        "next: put in one order by you (“[b, a, c]”), in another meanwhile (“[c, a, b]”).",
        "next : mis dans un ordre par vous (« [b, a, c] »), dans un autre entre-temps "
        "(« [c, a, b] »).",
    ),
    (
        Conflict(("\x1b[31m",), "a", "b", "c"),
        "\\u001b[31m: it was “a”; you say “b”, meanwhile it became “c”.",
        "\\u001b[31m : c’était « a » ; vous dites « b », entre-temps c’est devenu « c ».",
    ),
    (
        Conflict((), "a", None, "b"),
        "You remove this file, which was changed meanwhile.",
        "Vous supprimez ce fichier, qui a changé entre-temps.",
    ),
    (
        Conflict((), "a", "b", None),
        "You change this file, which was removed meanwhile.",
        "Vous modifiez ce fichier, qui a été supprimé entre-temps.",
    ),
    (
        Conflict((), None, "a", "b"),
        "You begin this file, and so did somebody else meanwhile.",
        "Vous commencez ce fichier, et quelqu’un d’autre aussi entre-temps.",
    ),
    (
        Conflict((), "a", "b", "c"),
        "This file was changed meanwhile, and the two changes can't be told apart.",
        "Ce fichier a changé entre-temps, et les deux modifications ne peuvent être distinguées.",
    ),
]


@pytest.mark.parametrize(("conflict", "english", "french"), SENTENCES)
def test_a_conflict_is_told_on_one_line(conflict: Conflict, english: str, french: str):
    told = sentence(conflict, speaker(Language.FRENCH))
    assert sentence(conflict, speaker(Language.ENGLISH)) == english
    assert told.replace("\u202f", " ").replace("\u00a0", " ") == french
