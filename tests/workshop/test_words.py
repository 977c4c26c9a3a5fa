"""Each refusal of a workshop has its sentence, and the other way round."""

import ast
from pathlib import Path

import charter
from charter.messages import Language, speaker
from charter.messages.workshop import GRADES as GRADES_TOLD
from charter.messages.workshop import KINDS as KINDS_TOLD
from charter.messages.workshop import QUESTIONS, refusal, refusals
from charter.workshop import GRADES, KINDS

CHARTER = Path(str(charter.__file__)).parent
ROOMS = ("workshop", "studio")
BY_WORKSHOPS = {"Refused", "NotNow", "refusal"}


def reasons_given() -> set[str]:
    """Return each text that is given as a reason by workshops, phones and the app."""
    given = set()
    for file in (file for room in ROOMS for file in (CHARTER / room).rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if "workshop" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in BY_WORKSHOPS:
                given |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    return given


def test_every_reason_has_a_sentence():
    assert reasons_given() - set(refusals()) == set()


def test_a_sentence_names_what_it_is_given():
    speak = speaker(Language.ENGLISH)
    assert refusal("too-many-dots", {"dots": 3}, speak) == "You have 3 dots to spend in all."


def test_rounds_and_grades_have_words():
    assert set(KINDS_TOLD) == set(QUESTIONS) == {str(kind) for kind in KINDS}
    assert tuple(GRADES_TOLD) == GRADES
