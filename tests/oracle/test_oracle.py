"""The engine and the oracle agree on every verdict and witness of random small workspaces.

A failure names its seed and prints the smallest part of the workspace on which the two still
differ. `long_run` compares many more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from . import generate, replay
from .comparison import SEEDS, compared, difference, engine, engine_on, first_difference
from .definitions import PATH_KINDS, Record
from .verdicts import Verdict, verdicts

pytestmark = pytest.mark.oracle

SAMPLES = sorted(
    file.parent for file in (Path(__file__).parents[2] / "samples").glob("*/charter.yaml")
)


@pytest.mark.parametrize("kind", generate.KINDS)
def test_verdicts_and_shares_agree_and_each_witness_is_confirmed_by_replay(kind: str) -> None:
    """A witness is the shortest and first that enumeration finds, and the separate checker's too.

    It is looked for anew wherever a kind has one: were none replayed, none would be confirmed.
    """
    tally = compared(engine, kind, SEEDS)
    assert not tally.differences, "\n".join(tally.differences)
    assert tally.workspaces == len(SEEDS)
    if kind in PATH_KINDS:
        assert tally.replayed > len(SEEDS) / 10
    else:
        assert tally.replayed == 0


def test_the_house_rules_agree_where_a_charter_declares_none() -> None:
    for seed in SEEDS[:50]:
        workspace = generate.workspace("carries", seed)
        del workspace["charter"]["rules"]
        assert difference(engine, workspace) is None, f"seed {seed}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)
def test_the_samples_agree(sample: Path) -> None:
    """They are many times larger than what is drawn at random, and written by people.

    Their plans are left out; what is asked of plans is compared by itself.
    """
    files = {
        file.relative_to(sample).as_posix(): file.read_text(encoding="utf-8")
        for file in sample.rglob("*.yaml")
        if file.parent.name != "plans"
    }
    workspace = replay.read(sample)
    said = engine_on(files)
    assert first_difference(verdicts(workspace), said) is None
    for verdict in said:
        if verdict.witness is not None:
            assert replay.objections(workspace, verdict) == [], str(verdict)


# ── A wrong engine is noticed ────────────────────────────────────────────────────────────────


def with_breaks_overlooked(said: list[Verdict]) -> list[Verdict]:
    return [v._replace(verdict="holds", witness=None) for v in said]


def with_everything_vacuous(said: list[Verdict]) -> list[Verdict]:
    return [v._replace(verdict="vacuous", witness=None) for v in said]


def without_the_last_verdict(said: list[Verdict]) -> list[Verdict]:
    return said[:-1]


def with_one_verdict_too_many(said: list[Verdict]) -> list[Verdict]:
    return said + said[-1:]


def in_another_order(said: list[Verdict]) -> list[Verdict]:
    return said[::-1]


def with_witnesses_one_round_longer(said: list[Verdict]) -> list[Verdict]:
    return [v._replace(witness=v.witness and v.witness + v.witness[-1:]) for v in said]


def without_witnesses(said: list[Verdict]) -> list[Verdict]:
    return [v._replace(witness=None) for v in said]


@pytest.mark.parametrize(
    "wrong",
    [
        with_breaks_overlooked,
        with_everything_vacuous,
        without_the_last_verdict,
        with_one_verdict_too_many,
        in_another_order,
        with_witnesses_one_round_longer,
        without_witnesses,
    ],
)
def test_a_wrong_engine_is_noticed(wrong: Callable[[list[Verdict]], list[Verdict]]) -> None:
    def sabotaged(workspace: Record) -> list[Verdict]:
        return wrong(engine(workspace))

    assert any(difference(sabotaged, generate.workspace("carries", seed)) for seed in range(10))


def test_a_difference_is_told_with_its_seed_and_the_smallest_part_of_the_workspace() -> None:
    def sabotaged(workspace: Record) -> list[Verdict]:
        return with_breaks_overlooked(engine(workspace))

    seed = next(s for s in range(10) if difference(sabotaged, generate.workspace("carries", s)))
    (told,) = compared(sabotaged, "carries", [seed]).differences
    assert told.startswith(f"carries, ORACLE_SEED={seed}, on the smallest part: verdict 0")
    assert told.count("journey: ") == told.count("kind: carries") == told.count("- id: rule-") == 1


def test_a_witness_that_the_separate_checker_refuses_is_told() -> None:
    def sabotaged(workspace: Record) -> list[Verdict]:
        return with_witnesses_one_round_longer(verdicts(workspace))

    tally = compared(sabotaged, "carries", range(10))
    assert any("witness refused" in told for told in tally.differences)


@pytest.mark.parametrize("kind", generate.KINDS)
def test_one_wrong_verdict_among_right_ones_is_noticed(kind: str) -> None:
    """Each verdict of a workspace, taken alone, would be missed if it were another."""
    for seed in range(5):
        workspace = generate.workspace(kind, seed)
        right = verdicts(workspace)
        for place, verdict in enumerate(right):
            for word in {"holds", "broken", "vacuous", "inconclusive"} - {verdict.verdict}:
                wrong = [*right[:place], verdict._replace(verdict=word), *right[place + 1 :]]
                found = first_difference(right, wrong)
                assert found is not None
                assert found.startswith(f"verdict {place}\n")
