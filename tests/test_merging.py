"""Files of two people are brought together; what can't be is handed back with words for it."""

import pytest

from charter.merging import FileConflict, MergedFiles, merge_files
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
