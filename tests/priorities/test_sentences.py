"""What a marketing director reads: kept for a sample, so that a change of a word is seen."""

from __future__ import annotations

import datetime
import json
import math
import os
from pathlib import Path

import pytest

from charter.checker import check
from charter.findings import Answer
from charter.messages import Language, speaker
from charter.plan import cheapest_plan
from charter.priorities import Ranking, ranking
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.priorities import json as for_machines
from charter.reports.priorities.text import lines
from charter.reports.telling import shortfall
from charter.workspace import Workspace, read_folder

SAMPLES = Path(__file__).parent.parent.parent / "samples"
KEPT = Path(__file__).parent
TODAY = datetime.date(2026, 11, 24)
IS_UPDATE = os.environ.get("UPDATE_PRIORITIES") == "1"
MENDED_BY_MARKERS = frozenset(
    [
        "carries",
        "opens-with",
        "closes-with",
        "no-gap",
        "follows",
        "precedes",
        "hand-off",
        "variety",
        "peak",
        "everywhere",
    ]
)
JARGON = (
    ("graph", "node", "edge", "solver", "automaton", "constraint", "optim", "score"),
    ("graphe", "nœud", "arête", "solveur", "automate ", "contrainte", "optim", "score"),
)


@pytest.fixture(scope="module")
def sample() -> tuple[Workspace, Ranking]:
    workspace = read_folder(SAMPLES / "maison-lumiere")
    plan = cheapest_plan(workspace, TODAY, seconds_left=lambda: math.inf)
    verdicts = check(workspace, TODAY).verdicts
    found = ranking(workspace, verdicts, TODAY, planned=plan.actions, seconds_left=lambda: math.inf)
    return workspace, found


def told(sample: tuple[Workspace, Ranking], language: Language) -> str:
    workspace, found = sample
    return "\n".join(lines(found, Names(workspace, speaker(language)), Page(100))) + "\n"


@pytest.mark.parametrize("language", Language)
def test_what_to_do_first_is_told_as_kept(sample: tuple[Workspace, Ranking], language: Language):
    """After a change that is meant: UPDATE_PRIORITIES=1."""
    text = told(sample, language)
    kept = KEPT / f"maison-lumiere.{language}.txt"
    if IS_UPDATE:
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "jargon"), [*zip(Language, JARGON, strict=True)])
def test_no_word_of_the_trade_is_heard(
    sample: tuple[Workspace, Ranking], language: Language, jargon: tuple[str, ...]
):
    text = told(sample, language).lower()
    assert [word for word in jargon if word in text] == []


def test_what_nobody_stated_is_told_of_cases_not_of_customers(sample: tuple[Workspace, Ranking]):
    workspace, found = sample
    names = Names(workspace, speaker(Language.ENGLISH))
    content = for_machines.content(found, names)
    assumed = {"choosing", "complaint"}
    for action in content["actions"]:
        is_of_cases = "if every choice were equally likely" in action["sentence"]
        assert is_of_cases is (action["journey"] in assumed)


def test_machines_are_told_the_same_in_both_languages(sample: tuple[Workspace, Ranking]):
    workspace, found = sample
    english, french = (
        for_machines.content(found, Names(workspace, speaker(language))) for language in Language
    )
    for action in (*english["actions"], *french["actions"]):
        assert action.pop("sentence")
    assert json.dumps(english) == json.dumps(french)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["maison-lumiere", "b2b-sales", "permit-desk"])
def test_every_rule_over_customers_says_what_happens_to_them(name: str, language: Language):
    """Of whatever kind, where markers can mend it: in words of its own, not by its id."""
    workspace = read_folder(SAMPLES / name)
    names = Names(workspace, speaker(language))
    rules = {rule.id: rule for rule in workspace.rules}
    asked = set()
    for verdict in check(workspace, TODAY).verdicts:
        if verdict.verdict is Answer.BROKEN and rules[verdict.rule].name() in MENDED_BY_MARKERS:
            asked.add(verdict.rule)
            what = shortfall([verdict], names).what
            assert "{" not in what
            assert f"“{verdict.rule}”" not in what
            assert verdict.rule not in what.split()
    assert asked
