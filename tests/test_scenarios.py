"""Each scenario of `tests/scenarios` goes exactly as written there."""

import os
import re
from pathlib import Path

import pytest

from tests.scenarios import transcript
from tests.scenarios.transcript import Scenario

SCENARIOS = transcript.scenarios()
IS_UPDATE = os.environ.get("UPDATE_SCENARIOS") == "1"

# What moves the cursor, recolours the terminal or turns the reading direction of what follows.
ACTS_ON_A_TERMINAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@pytest.mark.parametrize("scenario", [pytest.param(each, id=each.name) for each in SCENARIOS])
def test_a_scenario_goes_as_written(scenario: Scenario, tmp_path: Path):
    """Status and output are those expected, and nothing is written that isn't told."""
    told = transcript.play(scenario, tmp_path)
    if IS_UPDATE:
        (scenario.folder / transcript.EXPECTED).write_text(told, encoding="utf-8")
    assert told.split("\n") == scenario.expected.split("\n")


@pytest.mark.parametrize("scenario", [pytest.param(each, id=each.name) for each in SCENARIOS])
def test_a_scenario_is_fit_to_be_shown(scenario: Scenario):
    """Whatever is read, the terminal isn't acted on, no traceback is shown, and no fault is ours.

    Checking writes nothing, but where it is told to.
    """
    for told in scenario.expected.split(transcript.PROMPT)[1:]:
        command, _, shown = told.partition("\n")
        assert not ACTS_ON_A_TERMINAL.search(shown)
        assert "Traceback" not in shown
        assert not shown.startswith("exit 3")
        writes = ("--output", "--write-baseline", "--prune-baseline")
        if command.startswith("check") and not any(option in command for option in writes):
            assert "--- written" not in shown


def test_every_preparation_is_asked_for_by_some_scenario():
    assert {given for scenario in SCENARIOS for given in scenario.given} == set(transcript.GIVEN)
