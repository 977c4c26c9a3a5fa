"""What to do, as `charter plan` tells it: proved, within its time, in both languages."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache, reduce
from pathlib import Path

import pytest

from charter import budget
from charter.budget import plan_within
from charter.checker import Checked, check
from charter.cli.plan import amount_of, seconds_of
from charter.findings import Answer, Report
from charter.messages import Language, Speaker
from charter.plan import Beyond, Plan, Reason, cheapest_plan, left_broken
from charter.reports.page import Page
from charter.reports.plan import render
from charter.suggestions import Change, Planned, Step, suggestions, taken
from charter.usecases.plan import UnknownIds, exit_status, plan_folder
from charter.what_if import Try, tried
from charter.workspace import Workspace, read_folder
from tests.scenarios.writing import touchpoints, workspace

TODAY = datetime.date(2026, 11, 23)
SAMPLES = Path(__file__).parent.parent / "samples"
GOLDEN = Path(__file__).parent / "plans"
IS_UPDATE = os.environ.get("UPDATE_PLANS") == "1"
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)
NAMES = sorted(folder.name for folder in SAMPLES.iterdir())


def every_rule(workspace: Workspace) -> list[str]:
    return [rule.id for rule in workspace.without_plans().rules if rule.gravity != "off"]


def standing() -> float:
    """A clock that stands still."""
    return 0.0


@cache
def planned(
    name: str, *, of_every_rule: bool = True, clock: Callable[[], float] = standing
) -> Planned:
    root = SAMPLES / name
    rules = every_rule(read_folder(root)) if of_every_rule else ()
    found = plan_folder(root, TODAY, rules=rules, seconds=30, clock=clock)
    assert isinstance(found, Planned)
    return found


@pytest.fixture(scope="module", params=NAMES)
def sample(request: pytest.FixtureRequest) -> Planned:
    """A plan for every rule of a sample."""
    return planned(str(request.param))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_the_plan_of_a_sample_reads_as_kept(name: str, speak: Speaker):
    """Run with UPDATE_PLANS=1 to keep what it says now."""
    plans = planned(name, of_every_rule=False), planned(name)
    told = "\n".join(render("text", each, speak, Page()) for each in plans)
    file = GOLDEN / f"{name}.{speak.language}.txt"
    if IS_UPDATE:
        file.write_text(told, encoding="utf-8")
    assert told.split("\n") == file.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_a_sample_asks_for_at_error_holds_by_its_plan(name: str):
    """As a check of the workspace says to which the actions were added one by one."""
    found = planned(name, of_every_rule=False)
    assert found.plan.is_proved
    tags = [Try(a.journey, a.touchpoint, a.marker, is_carried=True) for a in found.plan.actions]
    report = check(tried(read_folder(SAMPLES / name).without_plans(), tags), TODAY)
    assert not left_broken(report, found.plan.asked)
    assert report.verdicts == found.plan.after.verdicts


def test_the_plan_for_machines_is_the_contract_in_every_language(sample: Planned):
    plan = sample.plan
    english, french = (json.loads(render("json", sample, s, Page())) for s in (ENGLISH, FRENCH))
    assert english["schema"] == "charter-plan/1"
    assert english["cost"] == sum(action["cost"] for action in english["actions"])
    assert english["bound"] <= english["cost"]
    assert english["proved"] is plan.is_proved
    keys = {"marker", "touchpoint", "journey", "cost", "repairs"}
    assert [set(a) - {"lever"} for a in english["actions"]] == [keys] * len(plan.actions)
    assert [each["rule"] for each in english["beyond"]] == [each.rule for each in plan.beyond]
    whys = [[each.pop("why") for each in told["beyond"]] for told in (english, french)]
    assert all(one and other and one != other for one, other in zip(*whys, strict=True))
    assert english == french


# What else would help.


def test_samples_have_what_only_other_levers_mend():
    assert [len(planned(name).suggestions) for name in NAMES] == [4, 3, 0]


def held(report: Report) -> set[tuple[str, object]]:
    return {(v.rule, v.scope) for v in report.verdicts if v.verdict is Answer.HOLDS}


def test_what_is_suggested_makes_its_rule_hold_and_breaks_nothing(sample: Planned):
    before = check(sample.plan.repaired, TODAY)
    for suggestion in sample.suggestions:
        report = check(reduce(taken, suggestion.steps, sample.plan.repaired), TODAY)
        assert not left_broken(report, [suggestion.rule])
        broken = {(v.rule, v.scope) for v in report.verdicts if v.verdict is not Answer.HOLDS}
        assert not held(before) & broken


NUDGE = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}]
stages: [{id: discover}]
markers: [{id: host, name: A host}, {id: nudge, name: A nudge, role: irritant}]
"""
NO_NUDGE = "- {id: none, kind: at-most, markers: irritant, times: 0, severity: error}\n"
NO_LOW_END = "- {id: good-end, kind: no-low-end, severity: error}\n"


@pytest.mark.parametrize(
    ("journey", "rules", "steps"),
    [
        pytest.param(
            touchpoints("a, entry: true, markers: [nudge], exit: end"),
            NO_NUDGE,
            (Step(Change.TAKE_OFF, "buying", "a", marker="nudge"),),
            id="a marker is taken off",
        ),
        pytest.param(
            touchpoints(
                "a, entry: true, markers: [nudge], next: [b]", "b, markers: [nudge], exit: end"
            ),
            NO_NUDGE,
            tuple(Step(Change.TAKE_OFF, "buying", each, marker="nudge") for each in "ab"),
            id="at several touchpoints of one path",
        ),
        pytest.param(
            touchpoints(
                "a, entry: true, markers: [nudge], exit: end",
                "b, entry: true, markers: [nudge], exit: end",
            ),
            NO_NUDGE,
            tuple(Step(Change.TAKE_OFF, "buying", each, marker="nudge") for each in "ab"),
            id="on path after path",
        ),
        pytest.param(
            touchpoints("a, entry: true, next: [b], exit: end", "b, emotion: -1, exit: end"),
            NO_LOW_END,
            (Step(Change.RETIRE, "buying", "b"),),
            id="a touchpoint is retired that nobody could reach any more",
        ),
        pytest.param(
            touchpoints(
                "a, entry: true, next: [b, c]",
                "b, next: [c], exit: end",
                "c, emotion: -1, next: [d]",
                "d, exit: end",
            ),
            "- {id: not-first, kind: precedes, any-of: [host], before: {touchpoint: c},"
            " severity: error}\n",
            None,
            id="nothing where adding does",
        ),
        pytest.param(
            touchpoints("a, entry: true, emotion: -1, exit: end"),
            NO_LOW_END,
            None,
            id="nothing that would leave customers without a way",
        ),
    ],
)
def test_another_lever_is_suggested_where_trying_it_mends_the_rule(
    journey: str, rules: str, steps: tuple[Step, ...] | None
):
    shop = workspace(journey, charter=NUDGE, rules=rules)
    plan = cheapest_plan(shop, TODAY, seconds_left=lambda: 30.0)
    found = suggestions(plan, TODAY, seconds_left=lambda: 30.0)
    assert [set(each.steps) for each in found] == ([set(steps)] if steps else [])


# Time.


class Clock:
    """A clock that goes on by itself each time that it is looked at."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_the_best_plan_so_far_is_told_with_what_cheaper_could_still_be():
    found = planned("maison-lumiere", clock=Clock(40.0))
    plan = found.plan
    assert plan.is_found
    assert plan.bound < plan.cost
    told = render("text", found, ENGLISH, Page())
    assert "The best found in 30 s; one up to 100% cheaper may exist." in told
    assert "No cheaper" not in told
    assert not found.suggestions


def test_a_search_that_found_nothing_in_its_time_is_undecided():
    found = planned("permit-desk", of_every_rule=False)
    plan = found.plan
    nothing = replace(
        plan,
        actions=(),
        cost=0.0,
        is_found=False,
        is_proved=False,
        beyond=(Beyond(plan.asked[0], Reason.NO_TIME),),
        after=plan.before,
    )
    lost = replace(found, plan=nothing)
    assert exit_status(lost) == 4
    assert "No plan was found in 30 s." in render("text", lost, ENGLISH, Page())


@pytest.mark.parametrize(
    ("bound", "share"), [(2.0, "34%"), (2.4, "20%"), (1.5, "50%"), (2.9999, "1%")]
)
def test_how_much_cheaper_a_plan_could_be_is_rounded_up(bound: float, share: str):
    found = planned("b2b-sales", of_every_rule=False)
    plan = replace(found.plan, cost=3.0, bound=bound)
    told = render("text", replace(found, plan=plan), ENGLISH, Page())
    assert f"one up to {share} cheaper may exist" in " ".join(told.split())


OPENING = NUDGE.replace("name: A host}", "name: A host, opening-cost: 3}")


def test_the_first_action_that_shows_a_marker_on_a_new_channel_pays_for_it():
    """So that the actions' costs make the plan's."""
    ways = touchpoints("a, entry: true, exit: end", "b, entry: true, exit: end")
    shop = workspace(ways, charter=OPENING, rules=HOST)
    plan = cheapest_plan(shop, TODAY, seconds_left=lambda: 30.0)
    assert [(a.touchpoint, a.cost, a.opening) for a in plan.actions] == [("a", 4, 3), ("b", 1, 0)]
    assert plan.cost == 5
    part = plan_within(shop, TODAY, 4.0, seconds_left=lambda: 30.0)
    assert [(a.cost, a.opening) for a in part.actions] == [(4, 3)]
    assert part.cost == 4


THREE_WAYS = touchpoints(
    "shop, entry: true, arrives: 5, exit: bought",
    "site, entry: true, arrives: 3, next: [basket]",
    "basket, exit: bought",
    "call, entry: true, arrives: 2, next: [offer]",
    "offer, exit: bought",
)
FAREWELL = "- {id: farewell, kind: closes-with, markers: [light], severity: error}\n"


def test_whenever_time_runs_out_no_budget_reaches_more_than_is_told():
    """And given time enough, what is found is proved to be the best."""
    shop = workspace(THREE_WAYS, rules=HOST + FAREWELL)
    reached = []
    for moments in range(0, 400, 20):
        left = iter(range(moments, -1, -1))
        plan = plan_within(shop, TODAY, 3.0, seconds_left=lambda left=left: float(next(left, 0)))
        assert plan.cost <= 3.0
        assert plan.reach is not None
        reached.append((plan.reach.value, plan.reach.at_most, plan.is_found))
    values, bounds, found = zip(*reached, strict=True)
    best = values[-1]
    assert bounds[-1] == pytest.approx(best)
    assert all(value <= best + 1e-9 <= bound + 2e-9 for value, bound, _ in reached)
    assert (found[0], found[-1]) == (False, True)
    assert any(value > 0 and bound > value + 0.01 for value, bound, _ in reached)


def test_of_very_many_actions_some_are_picked_without_trying_each(monkeypatch: pytest.MonkeyPatch):
    """They fit the budget, do no harm and are worth something; none where no time is left."""
    monkeypatch.setattr(budget, "_ACTIONS_MISSED_ONE_BY_ONE", 0)
    shop = workspace(THREE_WAYS, rules=HOST + FAREWELL)
    search = budget._Search(shop, ("host", "farewell"), set(), (), 3.0)
    everything = frozenset(range(len(search.tries)))
    picked = search._fitting(everything, lambda: 30.0)
    assert picked
    assert search.fits(picked)
    assert search.is_harmless(picked)
    assert search.value(picked) > search.value(frozenset())
    assert search._fitting(everything, lambda: 0.0) == frozenset()


@pytest.mark.parametrize(
    ("is_proved", "is_found", "status"), [(True, True, 0), (False, True, 1), (False, False, 4)]
)
def test_the_exit_status_says_what_came_of_it(is_proved: bool, is_found: bool, status: int):
    found = planned("b2b-sales", of_every_rule=False)
    plan = replace(found.plan, is_proved=is_proved, is_found=is_found)
    assert exit_status(replace(found, plan=plan)) == status


# What is asked for.

HOST = "- {id: host, kind: carries, markers: [host], severity: error}\n"
SHORT_CUT = touchpoints(
    "window, entry: true, next: [welcome, till]",
    "welcome, markers: [host], next: [till]",
    "till, exit: bought",
)
WAIVER = (
    "- {rule: host, journey: buying, reason: The till is new., owner: Ann, expires: 2027-01-31}\n"
)


def test_what_is_waived_need_not_be_repaired():
    shop = workspace(SHORT_CUT, rules=HOST, waivers=WAIVER)
    plan: Plan = cheapest_plan(shop, TODAY, seconds_left=lambda: 30.0)
    assert (plan.actions, plan.beyond, plan.is_proved) == ((), (), True)


def test_unknown_rules_and_touchpoints_are_told_together():
    with pytest.raises(UnknownIds) as unknown:
        plan_folder(
            SAMPLES / "maison-lumiere",
            TODAY,
            rules=["host-mett"],
            locked=["unboxin", "zzz"],
            seconds=1,
            clock=standing,
        )
    told = [(each.what, each.id, each.suggestion) for each in unknown.value.ids]
    assert told == [
        ("rule", "host-mett", "host-met"),
        ("touchpoint", "unboxin", "unboxing"),
        ("touchpoint", "zzz", None),
    ]


def test_an_invalid_workspace_is_an_answer_too(tmp_path: Path):
    found = plan_folder(tmp_path, TODAY, seconds=1, clock=standing)
    assert isinstance(found, Checked)
    assert found.report.findings


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30s", 30.0),
        ("2m", 120.0),
        ("1h", 3600.0),
        ("24h", 86400.0),
        ("45", 45.0),
        (" 1.5s ", 1.5),
        ("0s", None),
        ("25h", None),
        ("-1s", None),
        ("1e3s", None),
        ("s", None),
        ("", None),
        ("٣s", None),
    ],
)
def test_a_time_is_written_with_its_unit(written: str, seconds: float | None):
    assert seconds_of(written) == seconds


@pytest.mark.parametrize(
    ("written", "amount"),
    [("3", 3.0), ("2.5", 2.5), ("0", None), ("-1", None), ("inf", None), ("nan", None), ("", None)],
)
def test_a_budget_is_a_number_above_0(written: str, amount: float | None):
    assert amount_of(written) == amount
