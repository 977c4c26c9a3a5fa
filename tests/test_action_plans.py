"""Action plans as plans/*.yaml lists them: what is read, and what is wrong with one."""

import datetime

import pytest

from charter.action_plans import ActionStatus
from charter.compare import compare
from charter.messages import Language, speaker
from charter.messages.problems import sentence
from charter.renaming import Renaming, renamed
from charter.usecases.check import check_workspace
from charter.workspace import InvalidWorkspace, Workspace, read_files

DAY = datetime.date(2026, 11, 1)
CHARTER = """\
charter: 1
brand: {en: The Lamp Shop, fr: La boutique de lampes}
channels: [{id: store}, {id: web}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: buy}]
markers: [{id: host, name: A host}, {id: queue, name: A queue, role: irritant}]
"""
BUYING = """\
journey: buying
touchpoints:
  - {id: window, stage: buy, channel: store, entry: true, next: [till]}
  - {id: till, stage: buy, channel: store, exit: bought}
"""
REFUND = """\
journey: refund
touchpoints:
  - {id: till, stage: buy, channel: store, entry: true, exit: paid}
"""
PLAN = """\
plan: q4
name: {en: Fourth quarter, fr: Quatrième trimestre}
brand: The Lamp Shop
period: {from: 2026-10-01, until: 2026-12-31}
actions:
  - id: train-hosts
    what: Train the hosts.
    marker: host
    journey: buying
    touchpoints: [window, till]
    segments: loyal
    channels: [store]
    how: The host gives their name.
    owner: retail
    due: 2026-11-30
    status: decided
    cost: 2.5
    effect: Every loyal guest is received by name.
  - {id: end-the-queue, removes: queue, touchpoints: window}
"""


def workspace(plan: str = PLAN, **more: str) -> Workspace:
    return read_files(
        {
            "charter.yaml": CHARTER,
            "journeys/buying.yaml": BUYING,
            "journeys/refund.yaml": REFUND,
            "plans/q4.yaml": plan,
            **{f"plans/{name}.yaml": text for name, text in more.items()},
        }
    )


def problems(plan: str, **more: str) -> list[str]:
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace(plan, **more)
    speak = speaker(Language.ENGLISH)
    return [
        f"{p.position.line}:{p.position.column} {p.code} {sentence(p, speak)}"
        for p in invalid.value.problems
    ]


def test_a_plan_is_read_with_all_it_says():
    (plan,) = workspace().plans
    first, second = plan.actions
    assert (plan.id, plan.named("fr"), plan.file) == ("q4", "Quatrième trimestre", "plans/q4.yaml")
    assert plan.period is not None
    assert plan.period.until == datetime.date(2026, 12, 31)
    assert first.named("en") == "Train the hosts."
    assert (first.marker, first.journey, first.touchpoints) == (
        "host",
        "buying",
        ("window", "till"),
    )
    assert (first.segments, first.channels, first.status) == (("loyal",), ("store",), "decided")
    assert (first.owner, first.cost, first.due) == ("retail", 2.5, datetime.date(2026, 11, 30))
    assert (second.named("en"), second.removes, second.status) == (
        "end-the-queue",
        "queue",
        ActionStatus.IDEA,
    )
    assert second.position.line == 19


@pytest.mark.parametrize(
    ("status", "is_open", "is_committed"),
    [
        ("idea", True, False),
        ("decided", True, True),
        ("doing", True, True),
        ("done", False, True),
        ("dropped", False, False),
    ],
)
def test_what_a_status_says(status: str, is_open: bool, is_committed: bool):
    read = ActionStatus(status)
    assert (read.is_open, read.is_committed) == (is_open, is_committed)


@pytest.mark.parametrize(
    ("day", "is_late"),
    [(datetime.date(2026, 11, 30), False), (datetime.date(2026, 12, 1), True)],
)
def test_an_action_is_late_from_the_day_after_its_due_day(day: datetime.date, is_late: bool):
    (plan,) = workspace().plans
    assert [action.is_late(day) for action in plan.actions] == [is_late, False]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(
            "- {id: a, marker: hots}",
            "3:21 CH002 Unknown marker “hots”. Did you mean “host”?",
            id="unknown marker",
        ),
        pytest.param(
            "- {id: a, journey: refund, touchpoints: [window]}",
            "3:44 CH002 Unknown touchpoint “window”. Known: till.",
            id="a touchpoint of another journey",
        ),
        pytest.param(
            "- {id: a, touchpoints: [till]}",
            "3:26 CH002 Several journeys have a touchpoint “till”: buying, refund. Say which is "
            "meant with “journey”.",
            id="a touchpoint that several journeys have",
        ),
        pytest.param(
            "- {id: a, status: finished}",
            "3:21 CH001 “finished” is not a choice for “status”. Known: idea, decided, doing, "
            "done, dropped.",
            id="unknown status",
        ),
        pytest.param(
            "- {id: a, due: soon}",
            "3:18 CH001 “soon” is not a date. Write it as 2026-10-31.",
            id="no date",
        ),
        pytest.param(
            "- {id: a, touchpoint: window}",
            "3:13 CH001 Unknown key “touchpoint”. Did you mean “touchpoints”?",
            id="unknown key",
        ),
        pytest.param(
            "- {id: a, cost: -1}",
            "3:19 CH001 “cost” must be greater than 0; it is -1. Write a greater one.",
            id="a cost that is none",
        ),
    ],
)
def test_what_is_wrong_with_an_action_is_told_with_its_place(line: str, told: str):
    assert problems(f"plan: q4\nactions:\n  {line}\n") == [told]


def test_a_plan_for_another_charter_is_refused():
    assert problems("plan: q4\nbrand: The Sofa Shop\n") == [
        "2:8 CH001 This plan is for The Sofa Shop, and this charter is that of The Lamp Shop. Put "
        "it into the workspace of its brand, or correct “brand”."
    ]


def test_the_brand_may_be_named_in_any_of_its_languages():
    assert workspace("plan: q4\nbrand: La boutique de lampes\n").plans[0].id == "q4"


def test_a_period_that_ends_before_it_begins_is_refused():
    plan = "plan: q4\nperiod: {from: 2026-12-31, until: 2026-10-01}\n"
    assert problems(plan) == [
        "2:35 CH001 The period ends before it begins. Correct “from” or “until”."
    ]


def test_ids_that_stand_twice_are_told():
    twice = "plan: q4\nactions: [{id: a}, {id: a}]\n"
    assert [told.partition(" ")[0] for told in problems(twice)] == ["2:25"]
    assert [told.partition(" ")[0] for told in problems("plan: q4\n", other="plan: q4\n")] == [
        "1:7"
    ]


def test_a_plan_changes_nothing_of_what_is_so_today():
    """All that is asked of the charter and its journeys is answered as it would be without."""
    with_one, without = (
        [v for v in check_workspace(workspace(plan), DAY).report.verdicts if v.code < "CH600"]
        for plan in (PLAN, "plan: q4\n")
    )
    assert with_one == without != []


def test_changes_of_plans_are_told_by_their_meaning():
    later = PLAN.replace("status: decided", "status: doing").replace(
        "queue, touch", "queue, owner: retail, touch"
    )
    before, after = (check_workspace(workspace(plan), DAY) for plan in (PLAN, later))
    found = compare(before, after).changes
    assert [(c.what, c.id, c.kind, [f.key for f in c.fields]) for c in found] == [
        ("action", "q4/train-hosts", "changed", ["status"]),
        ("action", "q4/end-the-queue", "changed", ["owner"]),
    ]


def test_what_an_action_names_is_renamed_with_it():
    files = {
        "charter.yaml": CHARTER.encode(),
        "journeys/buying.yaml": BUYING.encode(),
        "journeys/refund.yaml": REFUND.encode(),
        "plans/q4.yaml": PLAN.encode(),
    }
    changed = renamed(files, Renaming("touchpoint", "till", "counter", "buying"))
    assert b"touchpoints: [window, counter]" in changed["plans/q4.yaml"]
    changed = renamed(files, Renaming("marker", "host", "named-host"))
    assert b"marker: named-host" in changed["plans/q4.yaml"]
