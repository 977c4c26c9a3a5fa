"""What people take home from a workshop: a workbook and a report, which name nobody."""

import io
import re

import openpyxl
import pytest

from charter.messages import Language, speaker
from charter.reports.workshop import render
from charter.sheets.workshop import workshop_workbook
from charter.workshop import (
    Answer,
    Card,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Kind,
    Round,
    Showing,
    Subject,
    Workshop,
)
from charter.workshop.outcome import Outcome, outcome_of
from charter.workshop.telling import agreement_told
from charter.workspace import read_files
from journeys.document import Words
from tests.workshop.test_outcome import FILES

EVIL = "=HYPERLINK(1)<script>alert(1)</script>"
ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)


def cards(*keys: str) -> tuple[Card, ...]:
    return tuple(Card(key, Words((("en", key.title()), ("fr", f"le {key}")))) for key in keys)


STOPS = cards("window", "till")
ROUNDS = (
    Round("r1", Kind.PROPOSE, title=EVIL, choices=cards("hospitality"), merged=((1, 2),)),
    Round("r2", Kind.TAG, journey="purchase", cards=STOPS, choices=cards("host", "calm")),
    Round("r3", Kind.EXPRESS, cards=cards("host/store")),
    Round("r4", Kind.EMOTION, note="Silently", journey="purchase", cards=STOPS),
    Round("r5", Kind.IRRITANTS, journey="purchase", choices=STOPS),
    Round("r6", Kind.EFFORT, journey="purchase", cards=STOPS),
    Round("r7", Kind.DOTS, journey="purchase", cards=STOPS, subject=Subject.TOUCHPOINTS),
    Round("r8", Kind.DOTS, cards=cards("1", "3"), subject=Subject.IDEAS, of="r1"),
    Round("r9", Kind.EMOTION, "Nobody came", cards=STOPS),
)
SAID = (
    (101, "r1", "a", Idea("A card", "hospitality", EVIL)),
    (102, "r1", "b", Idea("One card")),
    (103, "r1", "c", Idea(EVIL)),
    (101, "r2", "window", Felt(("host",))),
    (102, "r2", "window", Felt()),
    (101, "r3", "host/store", Showing("@cmd", EVIL, "Good day")),
    (101, "r4", "window", Feeling(2)),
    (102, "r4", "window", Feeling(-1)),
    (101, "r5", "d", Irritant("Queues", "till")),
    (101, "r6", "till", Grades(1, None, 3)),
    (101, "r7", "dots", Dots((("till", 5),))),
    (102, "r8", "dots", Dots((("1", 4), ("3", 1)))),
)
ANSWERS = {
    round.id: [
        Answer(n, each, who, key, says)
        for n, (who, each, key, says) in enumerate(SAID, start=1)
        if each == round.id
    ]
    for round in ROUNDS
}


@pytest.fixture(scope="module")
def found() -> Outcome:
    workshop = Workshop("w", "CODE", f"Spring {EVIL}", "Anne", 1_790_000_000.0, ROUNDS)
    return outcome_of(workshop, ANSWERS, read_files(FILES), "en")


def sheets(content: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_workbook_tells_rounds_answers_results_and_proposals(found):
    told = sheets(workshop_workbook(found, ANSWERS, ENGLISH))
    assert [*told] == ["Rounds", "Answers", "Results", "Proposals"]
    assert len(told["Rounds"]) == 1 + len(ROUNDS)
    assert told["Rounds"][2][1:] == (
        "Markers on the journey", "Which markers does a customer feel here?", None, 2, 0,
    )  # fmt: skip
    answers = told["Answers"]
    assert "P101" in {row[1] for row in answers}
    assert (4, "P102", "Window", None, -1) in answers
    assert (2, "P102", "Window", None, "none") in answers
    assert (6, "P101", "Till", "Skill it asks for", 3) in answers
    assert (7, "P101", "Till", "Dots", 5) in answers
    results = told["Results"]
    assert (1, "A card", None, 3, 2, None, None, "One card") in results
    assert (2, "Window", "Host", 2, 1, 0.5, 0, "felt: 1; not felt: 1") in results
    felt = next(row for row in told["Proposals"] if "is felt" in str(row[1]))
    assert felt[3:] == (1, 2, "felt by 1 of 2", "Advised")


def test_no_text_of_the_workbook_is_a_formula(found):
    book = openpyxl.load_workbook(io.BytesIO(workshop_workbook(found, ANSWERS, ENGLISH)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    texts = [str(cell.value) for cell in cells]
    assert f"'{EVIL}" in texts
    assert "'@cmd" in texts
    assert not [text for text in texts if text[:1] in "=+-@" and not re.match(r"-\d", text)]


@pytest.mark.parametrize("speak", [ENGLISH, FRENCH])
def test_the_report_escapes_all_and_runs_nothing(found, speak):
    page = render(found, Words.of("Maison <b>"), speak)
    assert "<script" not in page
    assert "Maison &lt;b&gt;" in page
    assert page.count("&lt;script&gt;alert(1)") >= 4
    assert f'<html lang="{speak.language}">' in page
    assert not re.findall(r"(?:src|href)=", page)
    assert "101" not in page
    assert "102" not in page
    assert "Anne" not in page


def test_the_report_says_what_was_asked_what_it_came_to_and_what_becomes_of_it(found):
    page = render(found, Words.of("Maison"), ENGLISH)
    for told in (
        "3 people, 8 rounds,",
        "2 people answered · agreement 0: no more than by chance",
        "<dt><bdi>A card</bdi></dt>",
        "said by 2 of 3 · also said: “One card” · Hospitality · for example:",
        "Host 1 of 2 · felt by nobody: Calm",
        "Delighted 1, Upset 1 (median 0.5)",
        "Time it takes: Low 1 (median 1) · Skill it asks for: High 1 (median 3)",
        "said by 2 of 3 · dots: 4",
        "“Window”: Neutral, instead of “Upset”",
        "1 more was said by fewer people.",
    ):
        assert told in page
    assert "Nobody came" not in page


def test_the_same_workshop_is_the_same_bytes(found):
    assert workshop_workbook(found, ANSWERS, FRENCH) == workshop_workbook(found, ANSWERS, FRENCH)
    assert render(found, Words.of("M"), FRENCH) == render(found, Words.of("M"), FRENCH)


def test_a_workshop_without_answers_is_told_as_one():
    workshop = Workshop("w", "CODE", "", "", 0.0, ROUNDS)
    empty = outcome_of(workshop, {}, read_files(FILES), "en")
    assert "Nobody has answered anything yet." in render(empty, Words.of("M"), ENGLISH)
    assert len(sheets(workshop_workbook(empty, {}, ENGLISH))["Answers"]) == 1


@pytest.mark.parametrize(
    ("alpha", "told"),
    [
        (None, ""),
        (1.0, "agreement 1: people agree"),
        (0.8, "agreement 0.80: people agree"),
        (0.7, "agreement 0.70: people agree on the whole"),
        (0.5, "agreement 0.5: people see it differently"),
        (0.0, "agreement 0: no more than by chance"),
        (-0.25, "agreement −0.25: no more than by chance"),
    ],
)
def test_agreement_is_told_with_its_meaning(alpha, told):
    assert agreement_told(alpha, ENGLISH) == told
