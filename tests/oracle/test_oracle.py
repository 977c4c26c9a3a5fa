"""The engine and the oracle agree on every verdict and witness of random small workspaces.

`ORACLE_CASES` says how many cases a kind (200), `ORACLE_SEED` where they start (0). A failure
names its seed and prints the smallest part of the workspace on which the two still differ; with
`ORACLE_SHRINK=0`, where only the failure matters, the whole workspace.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from charter.checker import check
from charter.workspace import InvalidWorkspace, read_files

from . import generate, replay
from .definitions import PATH_KINDS, Record
from .shrink import shrunk
from .verdicts import TODAY, Verdict, verdicts

pytestmark = pytest.mark.oracle

CASES = int(os.environ.get("ORACLE_CASES", "200"))
FIRST_SEED = int(os.environ.get("ORACLE_SEED", "0"))
SEEDS = range(FIRST_SEED, FIRST_SEED + CASES)
IS_SHRUNK = os.environ.get("ORACLE_SHRINK", "1") != "0"

SAMPLES = sorted(
    file.parent for file in (Path(__file__).parents[2] / "samples").glob("*/charter.yaml")
)

System = Callable[[Record], list[Verdict]]


def engine(workspace: Record) -> list[Verdict]:
    """Return the verdicts of the system under test."""
    report = check(read_files(generate.files(workspace)), today=TODAY)
    return [Verdict.of(verdict) for verdict in report.verdicts]


def difference(system: System, workspace: Record) -> str | None:
    """Return the first thing on which the system and the oracle differ, if any."""
    return first_difference(verdicts(workspace), system(workspace))


def first_difference(right: list[Verdict], given: list[Verdict]) -> str | None:
    pairs = zip_longest(right, given)
    for number, (expected, said) in enumerate(pairs):
        if expected is None or not expected.agrees_with(said):
            return f"verdict {number}\n  oracle: {expected}\n  engine: {said}"
    return None


def differs(system: System, workspace: Record) -> bool:
    """Return whether the two differ on a workspace that both can read."""
    try:
        return difference(system, workspace) is not None
    except (InvalidWorkspace, LookupError, TypeError, AttributeError, NotImplementedError):
        return False


@cache
def right_verdicts(kind: str, seed: int) -> list[Verdict]:
    """Return what the oracle says, worked out once for all systems that are held against it."""
    return verdicts(generate.workspace(kind, seed))


def assert_agreement(system: System, kind: str, seeds: range) -> None:
    for seed in seeds:
        workspace = generate.workspace(kind, seed)
        if first_difference(right_verdicts(kind, seed), system(workspace)) is not None:
            fail_on_the_smallest_part(system, kind, seed, workspace)


def fail_on_the_smallest_part(system: System, kind: str, seed: int, workspace: Record) -> None:
    smallest = workspace
    if IS_SHRUNK:
        smallest = shrunk(workspace, lambda smaller: differs(system, smaller))
    shown = "\n".join(f"# {name}\n{text}" for name, text in generate.files(smallest).items())
    pytest.fail(
        f"{kind}, ORACLE_SEED={seed}, on the smallest part: {difference(system, smallest)}\n{shown}"
    )


@pytest.mark.parametrize("kind", generate.KINDS)
def test_verdicts_and_witnesses_agree(kind: str) -> None:
    assert_agreement(engine, kind, SEEDS)


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_each_witness_is_confirmed_by_replay(kind: str) -> None:
    for seed in SEEDS[:50]:
        workspace = generate.workspace(kind, seed)
        for verdict in engine(workspace):
            if verdict.witness is not None:
                assert replay.objections(workspace, verdict) == [], f"seed {seed}: {verdict}"


def test_the_house_rules_agree_where_a_charter_declares_none() -> None:
    for seed in SEEDS[:50]:
        workspace = generate.workspace("carries", seed)
        del workspace["charter"]["rules"]
        assert difference(engine, workspace) is None, f"seed {seed}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda folder: folder.name)
def test_the_samples_agree(sample: Path) -> None:
    """They are many times larger than what is drawn at random, and written by people."""
    files = {
        file.relative_to(sample).as_posix(): file.read_text(encoding="utf-8")
        for file in sample.rglob("*.yaml")
    }
    workspace = replay.read(sample)
    report = check(read_files(files), today=TODAY)
    said = [Verdict.of(verdict) for verdict in report.verdicts]
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

    with pytest.raises(pytest.fail.Exception, match="on the smallest part: verdict"):
        assert_agreement(sabotaged, "carries", range(50))


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


# ── What must not matter ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", generate.KINDS)
def test_the_order_of_keys_does_not_matter(kind: str) -> None:
    """Only the order of channels in a touchpoint's mapping does: it is the order declared."""
    for seed in SEEDS[:30]:
        workspace = generate.workspace(kind, seed)
        assert engine(backward(workspace)) == engine(workspace), f"seed {seed}"


def backward(record: Record) -> Record:
    """Return the same mappings, written from the last key to the first."""
    return {
        key: (
            backward(value)
            if isinstance(value, dict) and key != "channels"
            else [backward(item) if isinstance(item, dict) else item for item in value]
            if isinstance(value, list)
            else value
        )
        for key, value in reversed(record.items())
    }


@pytest.mark.parametrize("kind", [*PATH_KINDS, "everywhere"])
def test_a_rule_narrowed_to_a_segment_says_of_it_what_it_said_before(kind: str) -> None:
    for seed in SEEDS[:30]:
        workspace = generate.workspace(kind, seed)
        said = engine(workspace)
        for segment in [segment["id"] for segment in workspace["charter"].get("segments", [])]:
            rules = workspace["charter"]["rules"]
            narrowed = [
                rule | {"segments": [segment]}
                for rule in rules
                if segment in rule.get("segments", [segment])
            ]
            if narrowed:
                asked = workspace | {"charter": workspace["charter"] | {"rules": narrowed}}
                kept = [verdict for verdict in said if verdict.segment == segment]
                assert engine(asked) == kept, f"seed {seed}"
