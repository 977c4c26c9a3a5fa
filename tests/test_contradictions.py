"""Rules of which one asks for more visits than another allows: CH020."""

import datetime

import pytest

from charter.checker import check
from tests.scenarios.writing import workspace

TODAY = datetime.date(2026, 11, 2)
MET = "kind: carries, markers: host"
NEVER = "kind: at-most, markers: host, times: 0"


def contradicted(*rules: str) -> bool:
    """Return whether rules over the small journey are told to contradict each other."""
    written = "".join(f"- {{id: r{place}, {rule}}}\n" for place, rule in enumerate(rules))
    report = check(workspace(rules=written), TODAY)
    return any(finding.code == "CH020" for finding in report.findings)


@pytest.mark.parametrize(
    ("asks", "allows"),
    [
        pytest.param(MET, NEVER, id="some against none"),
        pytest.param(
            f"{MET}, at-least: 3", "kind: at-most, markers: host, times: 2", id="3 against 2"
        ),
        pytest.param("kind: opens-with, markers: host", NEVER, id="opening against none"),
        pytest.param("kind: closes-with, markers: host", NEVER, id="closing against none"),
        pytest.param("kind: no-gap, markers: host, longest: 0", NEVER, id="no step without it"),
        pytest.param(f"{MET}, where: {{stage: buy}}", NEVER, id="some at a place against none"),
        pytest.param(
            MET, "kind: at-most, any-of: [host, light], times: 0", id="one against none of several"
        ),
    ],
)
def test_rules_that_cannot_both_hold_are_told(asks: str, allows: str):
    """In whichever order they are declared."""
    assert contradicted(asks, allows)
    assert contradicted(allows, asks)


@pytest.mark.parametrize(
    ("asks", "allows"),
    [
        pytest.param(f"{MET}, at-least: 2", "kind: at-most, markers: host, times: 2", id="as many"),
        pytest.param(
            "kind: opens-with, markers: host",
            "kind: at-most, markers: host, times: 1",
            id="opening and no more",
        ),
        pytest.param("kind: carries, markers: light", NEVER, id="another marker"),
        pytest.param("kind: carries, any-of: [host, light]", NEVER, id="one that is left of two"),
        pytest.param("kind: no-gap, markers: host, longest: 1", NEVER, id="a path may be short"),
        pytest.param(
            "kind: no-gap, markers: host, longest: 0",
            "kind: at-most, markers: host, times: 1",
            id="a path may be a single step",
        ),
        pytest.param(MET, f"{NEVER}, where: {{stage: buy}}", id="none at a place alone"),
        pytest.param(f"{MET}, per: stage", NEVER, id="some by stage"),
        pytest.param(MET, f"{NEVER}, per: channel", id="none by channel"),
        pytest.param(f"{MET}, outcomes: bought", NEVER, id="some on some paths"),
        pytest.param(MET, f"{NEVER}, for-share: 50%", id="none for half of the customers"),
        pytest.param(NEVER, NEVER, id="none twice"),
        pytest.param(MET, f"{MET}, at-least: 2", id="more and more"),
    ],
)
def test_rules_that_can_both_hold_are_not_told(asks: str, allows: str):
    assert not contradicted(asks, allows)
    assert not contradicted(allows, asks)
