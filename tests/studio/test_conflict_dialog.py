"""Conflicts are told in people's words, and settled one by one or all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.merging import FileConflict
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.studio.conflict_words import about, both, is_of_one_line, said
from charter.workspace import read_folder
from journeys.merge import Side
from journeys.plain import Plain

ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)
VISIT = "journeys/visit.yaml"


def conflict(file: str, *address: str, is_of_order: bool = False) -> FileConflict:
    return FileConflict(address, "was", "mine", "theirs", is_of_order, file=file)


ABOUT = [
    (conflict("charter.yaml", "promise", "fr"), "The charter · promise · in French"),
    (
        conflict("charter.yaml", "markers", "named-host", "expressions", "store", "text"),
        "The charter · Marker “A named host” · Expression on “Boutique” · wording",
    ),
    (
        conflict(VISIT, "touchpoints", "till", "owner"),
        "Journey “A visit” · Touchpoint “Till” · owner",
    ),
    (
        conflict(VISIT, "touchpoints", "window", "next", "till#2", "share"),
        "Journey “A visit” · Touchpoint “Shop window” · Way to “Till (2)” · share of customers",
    ),
    (
        conflict(VISIT, "touchpoints", is_of_order=True),
        "Journey “A visit” · touchpoints · order",
    ),
    (conflict(VISIT, "touchpoints", "gone"), "Journey “A visit” · Touchpoint “gone”"),
    (conflict("rules.yaml", "host", "severity"), "The rules · Rule “host” · gravity"),
    (
        conflict("markers/x.yaml", "named-host", "name"),
        "markers/x.yaml · Marker “A named host” · name",
    ),
    (conflict("content/\x1b.md"), "content/\\u001b.md"),
    (conflict("charter.yaml", "look", "deep"), "The charter · “look” · “deep”"),
]


@pytest.mark.parametrize(("found", "told"), ABOUT)
def test_what_a_conflict_is_about_is_told_by_names(found: FileConflict, told: str, root: Path):
    assert about(found, ENGLISH, Names(read_folder(root), ENGLISH)) == told


def test_it_is_told_in_french_too(root: Path):
    found = conflict(VISIT, "touchpoints", "till", "owner")
    told = about(found, FRENCH, Names(read_folder(root), FRENCH))
    assert told.startswith("Parcours «\u00a0Une visite\u00a0» · Point de contact «")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        ("one\ntwo", "one\ntwo"),
        (["a", {"to": "b"}, {"to": "c", "share": "4"}], "• a\n• b\n• to: c\n  share: 4"),
        ({"en": "Hello", "fr": None, "more": ["x"]}, "en: Hello\nfr: –\nmore:\n  • x"),
    ],
)
def test_a_value_is_told_in_lines(value: Plain, told: str):
    assert said(value) == told


def test_who_keeps_both_texts_begins_with_both():
    short = FileConflict(("name",), "", "Mine.", "Theirs.", file="a.yaml")
    assert (both(short), is_of_one_line(short)) == ("Mine. Theirs.", True)
    long = FileConflict(("name",), "", "Mine.\n", "Theirs.", file="a.yaml")
    assert (both(long), is_of_one_line(long)) == ("Mine.\n\nTheirs.", False)


def script(root: str) -> None:
    from pathlib import Path

    import streamlit as st

    from charter.merging import FileConflict
    from charter.messages import Language, speaker
    from charter.reports.names import Names
    from charter.studio.conflict_dialog import show_conflicts
    from charter.workspace import read_folder

    speak = speaker(Language.ENGLISH)
    names = Names(read_folder(Path(root)), speak)
    conflicts = [
        FileConflict(
            ("name", "en"), "A visit", "My visit", "*Their* visit", file="journeys/visit.yaml"
        ),
        FileConflict(
            ("touchpoints", "till"),
            {"id": "till"},
            None,
            {"id": "till"},
            file="journeys/visit.yaml",
        ),
    ]

    def settle(choices: object) -> None:
        st.session_state["settled"] = choices

    if "settled" not in st.session_state and not st.session_state.get("closed"):
        show_conflicts(conflicts, speak, names, settle, lambda: None)


@pytest.fixture
def dialog(root: Path) -> AppTest:
    return AppTest.from_function(script, args=(str(root),), default_timeout=20).run()


def answers(dialog: AppTest) -> list[object]:
    return [choice.answer for choice in dialog.session_state["settled"]]


def test_each_difference_is_decided_on_its_own(dialog: AppTest):
    assert not dialog.exception
    assert dialog.button(key="settle-all").disabled
    first, second = dialog.radio
    assert list(first.options) == ["Keep mine", "Take theirs", "Write it myself"]
    assert list(second.options) == ["Keep mine", "Take theirs"]
    first.set_value("theirs").run()
    assert "1 difference is still to be decided." in [each.value for each in dialog.caption]
    dialog.radio[1].set_value("mine").run()
    dialog.button(key="settle-all").click().run()
    assert answers(dialog) == [Side.THEIRS, Side.MINE]


@pytest.mark.parametrize("side", list(Side))
def test_all_is_decided_at_once(side: Side, dialog: AppTest):
    dialog.button(key=f"all-{side.value}").click().run()
    dialog.button(key="settle-all").click().run()
    assert answers(dialog) == [side, side]


def test_a_text_of_one_s_own_begins_with_both_and_outlives_the_dialog(dialog: AppTest):
    dialog.radio[0].set_value("own").run()
    assert dialog.text_input[0].value == "My visit *Their* visit"
    dialog.text_input[0].set_value("Our visit: together").run()
    dialog.session_state["closed"] = True
    dialog.run()
    assert not dialog.radio
    dialog.session_state["closed"] = False
    dialog.run()
    assert dialog.text_input[0].value == "Our visit: together"
    dialog.radio[1].set_value("theirs").run()
    dialog.button(key="settle-all").click().run()
    assert answers(dialog) == ["Our visit: together", Side.THEIRS]


def test_nothing_written_decides_nothing(dialog: AppTest):
    dialog.button(key="all-mine").click().run()
    dialog.radio[0].set_value("own").run()
    dialog.text_input[0].set_value("  ").run()
    assert dialog.button(key="settle-all").disabled
