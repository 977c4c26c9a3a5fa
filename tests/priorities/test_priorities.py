"""What to do first, and why."""

from __future__ import annotations

import datetime
import math

import pytest

from charter.brand import Priorities
from charter.plan import cheapest_plan
from charter.priorities import Quarter, RankedAction, Ranking
from charter.usecases.priorities import rank_actions
from charter.workspace import Workspace, read_files
from tests.scenarios.writing import touchpoints

TODAY = datetime.date(2026, 11, 24)

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}]
segments: [{id: newcomer, weight: 75}, {id: loyal, weight: 25, priority: high}]
stages: [{id: discover}]
markers:
  - {id: host, name: A named host}
  - {id: price, name: A clear price, role: basic}
  - {id: nudge, name: A nudge, role: irritant}
"""
MET = "{id: met, kind: carries, markers: host}"
PRICED = "{id: priced, kind: carries, markers: price}"

# One way to go: whatever is missing may be brought to either touchpoint.
STRAIGHT = ("window, entry: true, next: [till]", "till, exit: done")
# Two ways apart from each other, of which loyal guests know one only.
APART = (
    "shop, entry: true, exit: done, segments: [newcomer]",
    "site, entry: true, exit: done",
)


def written(*stops: str, rules: str = MET, more: str = "", waivers: str = "") -> Workspace:
    files = {
        "charter.yaml": f"{CHARTER}{more}rules: [{rules}]\n",
        "journeys/buying.yaml": touchpoints(*stops),
    }
    return read_files(files | ({"waivers.yaml": waivers} if waivers else {}))


def ranking(
    workspace: Workspace, *, seconds: float = math.inf, rules: tuple[str, ...] | None = None
) -> Ranking:
    plan = cheapest_plan(workspace, TODAY, rules=rules, seconds_left=lambda: 60)
    return rank_actions(workspace, plan, TODAY, seconds=seconds, clock=lambda: 0)


def ranked(*stops: str, **files: str) -> list[RankedAction]:
    return list(ranking(written(*stops, **files)).actions)


def told(actions: list[RankedAction]) -> list[str]:
    return [f"{action.marker} at {action.touchpoint}" for action in actions]


def only(*stops: str, **files: str) -> RankedAction:
    """The one action there is."""
    (action,) = ranked(*stops, **files)
    return action


def test_nothing_is_ranked_where_nothing_is_broken():
    assert ranked("shop, entry: true, exit: done, markers: [host]") == []


def test_what_no_marker_could_mend_is_not_ranked():
    """Who runs a touchpoint is nothing that a marker changes."""
    assert ranked(*STRAIGHT, rules="{id: owned, kind: ownership}") == []


def test_each_place_where_the_path_could_be_mended_is_ranked():
    assert told(ranked(*STRAIGHT)) == ["host at window", "host at till"]


def test_an_action_that_mends_the_same_is_told_to_be_an_alternative():
    first, second = ranked(*STRAIGHT)
    assert (first.instead_of, first.covered_by) == (None, None)
    assert (second.instead_of, second.covered_by) == (1, None)


def test_an_action_that_helps_only_a_part_of_what_another_mends_is_told_to_be_covered():
    """A host at the window is enough for both rules; one at the till comes too late for one."""
    first, second = ranked(
        *STRAIGHT, rules=f"{MET}, {{id: welcomed, kind: opens-with, markers: host}}"
    )
    assert told([first, second]) == ["host at window", "host at till"]
    assert first.repairs_alone == ("met", "welcomed")
    assert (second.instead_of, second.covered_by) == (None, 1)


def test_what_is_planned_already_comes_first_among_equals():
    first, _ = ranked(
        "window, entry: true, next: [till]",
        "till, exit: done, markers: [{marker: host, status: planned}]",
    )
    assert first.touchpoint == "till"
    assert first.is_planned_there


@pytest.mark.parametrize(
    ("stops", "alone", "with_others"),
    [
        pytest.param(STRAIGHT, ("met",), (), id="one is enough"),
        pytest.param(APART, (), ("met",), id="each way needs its own"),
    ],
)
def test_what_an_action_repairs_alone_is_told_from_what_takes_several(
    stops: tuple[str, ...], alone: tuple[str, ...], with_others: tuple[str, ...]
):
    for action in ranking(written(*stops)).actions:
        assert action.repairs_alone == alone
        if action.instead_of is None:
            assert action.repairs_with_others == with_others


def test_what_can_be_seen_only_with_others_is_ranked_for_the_plan():
    """Either of two hosts leaves the rule as broken as it was: no customer meets two."""
    rules = "{id: met, kind: carries, markers: host, at-least: 2}"
    actions = ranked(*STRAIGHT, rules=rules)
    assert told(actions) == ["host at window", "host at till"]
    assert {action.repairs_with_others for action in actions} == {("met",)}
    assert {action.concerns[0].remaining for action in actions} == {1.0}


def test_how_far_an_action_goes_alone_is_told():
    """Newcomers split evenly between shop and site; loyal guests all go to the site."""
    shop, site = sorted(ranked(*APART), key=lambda action: action.touchpoint)
    assert shop.reach_by_segment == {"newcomer": 1.0}
    assert shop.concerns[0].remaining == 0.5
    assert site.reach_by_segment == {"newcomer": 1.0, "loyal": 1.0}
    # All loyal guests are won, 25 of 100, and half of 75 newcomers are left.
    assert site.concerns[0].remaining == 0.375


def test_reach_is_the_share_of_all_customers_concerned():
    """The way by the window is one of two, and one journey of two that weigh the same."""
    stops = ("door, entry: true, exit: done, next: [till]", "till, exit: done, markers: [host]")
    other = "journey: other\ntouchpoints: [{id: t, stage: discover, channel: web, entry: true, "
    workspace = read_files(
        {
            "charter.yaml": f"{CHARTER}rules: [{MET}]\n",
            "journeys/buying.yaml": touchpoints(*stops),
            "journeys/other.yaml": f"{other}exit: done, markers: [host]}}]\n",
        }
    )
    (action,) = ranking(workspace).actions
    assert action.reach == 0.25
    assert action.reach_by_segment == {"newcomer": 0.5, "loyal": 0.5}
    assert action.parts["reach"] == 1.0


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        pytest.param("severity: error", 1, id="error"),
        pytest.param("severity: warning", 2 / 3, id="warning"),
        pytest.param("severity: info", 1 / 3, id="note"),
    ],
)
def test_the_graver_the_rule_the_more(rule: str, part: float):
    action, _ = ranked(*STRAIGHT, rules=f"{{id: met, kind: carries, markers: host, {rule}}}")
    assert action.parts["severity"] == part


def test_a_rule_that_is_off_ranks_nothing():
    off = "{id: met, kind: carries, markers: host, severity: off}"
    assert ranked(*STRAIGHT, rules=off) == []


@pytest.mark.parametrize(
    ("segments", "part"),
    [
        pytest.param("[loyal]", 1, id="priority customers alone"),
        pytest.param("[newcomer]", 0, id="none of them"),
        pytest.param("[newcomer, loyal]", 0.25, id="a quarter"),
    ],
)
def test_customers_of_priority_segments_count_by_their_share(segments: str, part: float):
    rule = f"{{id: met, kind: carries, markers: host, segments: {segments}}}"
    action, _ = ranked(*STRAIGHT, rules=rule)
    assert action.parts["segments"] == part


def test_the_role_of_the_marker_is_told_apart():
    by_marker = {
        action.marker: action.parts for action in ranked(*STRAIGHT, rules=PRICED + "," + MET)
    }
    assert (by_marker["host"]["signature"], by_marker["host"]["basic"]) == (1, 0)
    assert (by_marker["price"]["signature"], by_marker["price"]["basic"]) == (0, 1)


HARD = "effort: {complexity: 3, value: 3}"
MIDDLING = "effort: {complexity: 2, value: 1}"


@pytest.mark.parametrize(
    ("more", "rule", "cost", "quarter"),
    [
        pytest.param("", MET, 1, Quarter.QUICK_WIN, id="great and easy"),
        pytest.param(f", {MIDDLING}", MET, 2, Quarter.QUICK_WIN, id="great and still easy"),
        pytest.param(f", {HARD}", MET, 5, Quarter.FOUNDATION, id="great and hard"),
    ],
)
def test_great_effects_are_quick_wins_or_foundations(
    more: str, rule: str, cost: float, quarter: Quarter
):
    action = only(f"shop, entry: true, exit: done{more}", rules=rule)
    assert action.cost == cost
    assert action.parts["ease"] == 1 / cost
    assert action.quarter is quarter


@pytest.mark.parametrize(
    ("more", "quarter"),
    [
        pytest.param("", Quarter.LATER, id="easy"),
        pytest.param(f", {HARD}", Quarter.NOT_NOW, id="hard"),
    ],
)
def test_small_effects_wait(more: str, quarter: Quarter):
    """Only basic needs weigh here, and a host is none; ease is no part of the effect."""
    weights = "priorities: {reach: 0, severity: 0, repairs: 0, segments: 0, signature: 0}\n"
    assert only(f"shop, entry: true, exit: done{more}", more=weights).quarter is quarter


def test_opening_a_marker_on_a_channel_is_part_of_the_effort():
    opened = CHARTER.replace("name: A named host", "name: A named host, opening-cost: 3")
    files = {
        "charter.yaml": f"{opened}rules: [{MET}]\n",
        "journeys/buying.yaml": touchpoints("shop, entry: true, exit: done"),
    }
    (action,) = ranking(read_files(files)).actions
    assert action.cost == 4


def test_what_breaks_something_as_grave_is_not_ranked():
    never = "{id: never, kind: at-most, markers: host, times: 0, severity: error}"
    assert ranked(*STRAIGHT, rules=f"{never}, {MET}") == []


def test_what_the_plan_asks_for_is_ranked_whatever_it_breaks():
    """The words for a marker can be written; where the plan doesn't ask for it, it isn't ranked."""
    in_words = "{id: in-words, kind: has-expression, severity: error}"
    action = only(*STRAIGHT, rules=f"{MET}, {in_words}")
    assert action.repairs_alone == ("met",)
    assert action.breaks == ("in-words",)


def test_what_breaks_something_less_grave_is_ranked_and_told():
    never = "{id: never, kind: at-most, markers: host, times: 0, severity: info}"
    actions = ranked(*STRAIGHT, rules=f"{MET}, {never}")
    assert told(actions) == ["host at window", "host at till"]
    assert {action.breaks for action in actions} == {("never",)}


def test_what_is_waived_is_left_alone():
    waiver = (
        "[{rule: met, journey: buying, reason: Being rebuilt, owner: retail, expires: 2027-01-31}]"
    )
    assert ranked(*STRAIGHT, waivers=waiver) == []


def test_actions_there_is_no_time_for_are_counted():
    found = ranking(written(*STRAIGHT), seconds=0)
    assert found.actions == ()
    assert found.untried == 2


def test_locked_touchpoints_are_left_as_they_are():
    workspace = written(*STRAIGHT)
    plan = cheapest_plan(workspace, TODAY, seconds_left=lambda: 60, locked=["window"])
    found = rank_actions(workspace, plan, TODAY, locked=["window"], seconds=60, clock=lambda: 0)
    assert told(list(found.actions)) == ["host at till"]


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        pytest.param("{signature: 2, basic: 1}", "host", id="signatures first"),
        pytest.param("{signature: 1, basic: 2}", "price", id="basic needs first"),
    ],
)
def test_the_brand_decides_whether_basic_needs_or_signatures_come_first(weights: str, first: str):
    rules = f"{MET}, {PRICED}"
    actions = ranked(*STRAIGHT, rules=rules, more=f"priorities: {weights}\n")
    assert actions[0].marker == first


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        pytest.param("{reach: 9}", "host", id="everyone first"),
        pytest.param("{segments: 9}", "price", id="priority segments first"),
    ],
)
def test_the_brand_decides_whether_everyone_or_priority_segments_come_first(
    weights: str, first: str
):
    """All newcomers want a host, which are three of four customers; loyal guests want a price."""
    rules = (
        "{id: met, kind: carries, markers: host, segments: [newcomer]}, "
        "{id: priced, kind: carries, markers: price, segments: [loyal]}"
    )
    actions = ranked(*STRAIGHT, rules=rules, more=f"priorities: {weights}\n")
    assert actions[0].marker == first


def test_the_score_is_the_weighted_mean_of_its_parts():
    default = Priorities.made({})
    for action in ranked(*APART):
        weighed = sum(getattr(default, name) * part for name, part in action.parts.items())
        assert action.score == pytest.approx(weighed / 16)
