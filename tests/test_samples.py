"""The samples and scenarios show every kind of rule, where it holds and where it is broken."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from charter.checker import check
from charter.findings import Answer
from charter.rules import KINDS, Rule
from charter.workspace import InvalidWorkspace, Workspace, read_folder
from tests.scenarios.transcript import SCENARIOS

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = datetime.date(2026, 11, 24)

EACH_KIND = pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name()) for kind in KINDS])


def workspaces(folder: Path) -> Iterator[Workspace]:
    """Yield what is in the folders inside ``folder``, as far as it can be read."""
    for file in sorted(folder.glob("*/charter.yaml")):
        try:
            yield read_folder(file.parent)
        except InvalidWorkspace:
            continue


def rules_and_answers(workspace: Workspace) -> Iterator[tuple[Rule, Answer]]:
    """Yield each verdict's answer with its rule."""
    rules = {rule.id: rule for rule in workspace.rules}
    for verdict in check(workspace, TODAY).verdicts:
        yield rules[verdict.rule], verdict.verdict


def answers_by_kind(folder: Path) -> dict[str, set[Answer]]:
    found: dict[str, set[Answer]] = defaultdict(set)
    for workspace in workspaces(folder):
        for rule, answer in rules_and_answers(workspace):
            found[rule.name()].add(answer)
    return found


@pytest.fixture(scope="module")
def in_samples() -> dict[str, set[Answer]]:
    return answers_by_kind(SAMPLES)


@pytest.fixture(scope="module")
def in_scenarios() -> dict[str, set[Answer]]:
    return answers_by_kind(SCENARIOS)


@EACH_KIND
def test_a_sample_asks_for_each_kind(kind: type[Rule], in_samples: dict[str, set[Answer]]):
    """As a brand would write it, and of something that is there."""
    assert in_samples[kind.name()] - {Answer.VACUOUS}


@EACH_KIND
@pytest.mark.parametrize("answer", [Answer.BROKEN, Answer.HOLDS])
def test_each_kind_is_shown_holding_and_broken(
    kind: type[Rule],
    answer: Answer,
    in_samples: dict[str, set[Answer]],
    in_scenarios: dict[str, set[Answer]],
):
    assert answer in in_samples[kind.name()] | in_scenarios[kind.name()]


@pytest.mark.parametrize(
    "sample", sorted(file.parent.name for file in SAMPLES.glob("*/charter.yaml"))
)
def test_every_rule_of_a_sample_says_why(sample: str):
    """In both languages; whoever reads the finding reads it too."""
    for rule in read_folder(SAMPLES / sample).rules:
        assert rule.why is not None
        assert rule.why.in_language("en") != rule.why.in_language("fr"), rule.id


def test_some_rule_of_the_samples_asks_for_a_share_of_customers():
    shares = {
        answer
        for workspace in workspaces(SAMPLES)
        for rule, answer in rules_and_answers(workspace)
        if getattr(rule, "for_share", None) is not None
    }
    assert {Answer.BROKEN, Answer.HOLDS} <= shares
