"""Action plans by target, by channel and by owner: who stands where, and what is broken there."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.action_plans import ActionStatus
from charter.messages import Language, Speaker
from charter.plan import cheapest_plan
from charter.plan_views import By, Entry, Place, Total, Viewed, totals, written_entries
from charter.reports.page import Page
from charter.reports.plan_views import FORMATS, render
from charter.rules.path import PathRule
from charter.usecases.plan_views import view_found, view_plans
from charter.workspace import Workspace
from tests.scenarios.writing import touchpoints, workspace

TODAY = datetime.date(2026, 11, 25)
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)
BOTH = pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
JOURNEY = touchpoints(
    "window, entry: true, owner: retail, next: [{to: shop, cross: true}, site]",
    "shop, channels: [store, app], owner: retail, next: [till]",
    "site, channel: web, owner: online, markers: [host], next: [till]",
    "till, owner: tills, exit: bought",
    "old, channel: phone, owner: gone, status: retired, exit: bought",
).replace("channel: phone", "channel: app")
HOST_EVERYWHERE = "- {id: host-everywhere, kind: carries, markers: [host]}\n"


def planned(*actions: str, rules: str = HOST_EVERYWHERE, **more: str) -> Workspace:
    """Return a workspace whose plan “q4” has actions, each what stands between its braces."""
    lines = "".join(f"  - {{{action}}}\n" for action in actions)
    files = {"plans/q4": f"plan: q4\nactions:\n{lines}"}
    files |= {f"plans/{name}": text for name, text in more.items()}
    return workspace(JOURNEY, rules=rules, **files)


def viewed(by: By, *actions: str, rules: str = HOST_EVERYWHERE) -> Viewed:
    found = planned(*actions, rules=rules)
    return view_plans(found, TODAY, by, plans=found.plans)


def standing(view: Viewed) -> dict[str | None, list[str]]:
    return {
        group.id: [each.id.partition("/")[2] for each in group.entries]
        for group in view.view.groups
    }


# Who stands where.


@pytest.mark.parametrize(
    ("by", "action", "where"),
    [
        pytest.param(By.TARGET, "id: a", {"newcomer": ["a"], "loyal": ["a"]}, id="for everyone"),
        pytest.param(
            By.TARGET,
            "id: a, segments: loyal",
            {"newcomer": [], "loyal": ["a"]},
            id="for one segment",
        ),
        pytest.param(
            By.CHANNEL,
            "id: a, touchpoints: [window, site]",
            {"store": ["a"], "web": ["a"], "app": []},
            id="on the channels of its touchpoints",
        ),
        pytest.param(
            By.CHANNEL,
            "id: a, touchpoints: shop",
            {"store": ["a"], "web": [], "app": ["a"]},
            id="of a touchpoint on several channels",
        ),
        pytest.param(
            By.CHANNEL,
            "id: a, touchpoints: shop, channels: app",
            {"store": [], "web": [], "app": ["a"]},
            id="on the channels it says",
        ),
        pytest.param(
            By.CHANNEL,
            "id: a, segments: loyal",
            {"store": [], "web": [], "app": [], None: ["a"]},
            id="on no channel that is said",
        ),
        pytest.param(
            By.OWNER,
            "id: a, owner: retail",
            {"retail": ["a"], "online": [], "tills": []},
            id="by a known owner",
        ),
        pytest.param(
            By.OWNER,
            "id: a, owner: an agency",
            {"retail": [], "online": [], "tills": [], "an agency": ["a"]},
            id="by an owner that no touchpoint has",
        ),
        pytest.param(
            By.OWNER,
            "id: a",
            {"retail": [], "online": [], "tills": [], None: ["a"]},
            id="by nobody yet",
        ),
    ],
)
def test_where_an_action_stands(by: By, action: str, where: dict[str | None, list[str]]):
    """Groups come as declared, those without any action too; a retired touchpoint makes none."""
    found = standing(viewed(by, action))
    assert found == where
    assert list(found) == list(where)


def test_actions_come_by_due_date_and_then_by_how_far_they_are():
    found = viewed(
        By.TARGET,
        "id: never",
        "id: dropped, due: 2026-12-01, status: dropped",
        "id: done, due: 2026-12-01, status: done",
        "id: idea, due: 2026-12-01",
        "id: second-idea, due: 2026-12-01",
        "id: decided, due: 2026-12-01, status: decided",
        "id: doing, due: 2026-12-01, status: doing",
        "id: sooner, due: 2026-11-30",
    )
    order = ["sooner", "doing", "decided", "idea", "second-idea", "done", "dropped", "never"]
    assert standing(found)["loyal"] == order


@pytest.mark.parametrize(
    ("due", "status", "is_late"),
    [
        (TODAY, "doing", False),
        (TODAY - datetime.timedelta(days=1), "doing", True),
        (TODAY - datetime.timedelta(days=1), "done", False),
        (TODAY - datetime.timedelta(days=1), "dropped", False),
        (None, "doing", False),
    ],
)
def test_what_is_late(due: datetime.date | None, status: str, is_late: bool):
    assert Entry("q4/a", due=due, status=ActionStatus(status)).is_late(TODAY) is is_late


def test_what_no_plan_says_is_never_late():
    assert not Entry("a", due=datetime.date(2000, 1, 1)).is_late(TODAY)


def test_costs_are_summed_by_status():
    found = viewed(
        By.OWNER,
        "id: a, owner: retail, status: doing, cost: 2.5",
        "id: b, owner: retail, status: doing, cost: 1",
        "id: c, owner: retail, status: doing",
        "id: d, owner: retail",
        "id: e, owner: tills, status: doing, cost: 100",
    )
    retail = found.view.groups[0]
    assert retail.totals == (
        Total(ActionStatus.DOING, 3, 3.5, 1),
        Total(ActionStatus.IDEA, 1, 0.0, 1),
    )


@given(
    st.lists(
        st.builds(
            Entry,
            id=st.uuids().map(str),
            status=st.sampled_from([*ActionStatus, None]),
            cost=st.none() | st.integers(1, 50),
        )
    )
)
def test_no_action_and_no_cost_is_lost_in_the_sums(entries: list[Entry]):
    found = totals(entries)
    assert sum(total.number for total in found) == len(entries)
    assert sum(total.cost for total in found) == sum(each.cost or 0 for each in entries)
    assert sum(total.unpriced for total in found) == sum(each.cost is None for each in entries)
    assert len({total.status for total in found}) == len(found)


# What an action is about.


def test_a_touchpoint_without_a_journey_is_of_the_one_that_has_it():
    second = "journey: refund\ntouchpoints: [{id: desk, stage: buy, channel: web, exit: paid}]\n"
    found = workspace(
        JOURNEY,
        **{
            "journeys/refund": second.replace("exit", "entry: true, exit"),
            "plans/q4": "plan: q4\nactions: [{id: a, touchpoints: [desk, window]}, {id: b, "
            "journey: refund}, {id: c, touchpoints: [desk]}]\n",
        },
    )
    both, journey, one = written_entries(found, found.plans)
    assert both.places == (Place("refund", "desk"), Place("buying", "window"))
    assert both.journey is None
    assert (both.channels, journey.channels) == (("store", "web"), ())
    assert (journey.journey, journey.places, one.journey) == ("refund", (), "refund")


def test_what_was_found_to_help_is_shown_like_what_is_planned():
    """It has no status; who answers for its touchpoint is its owner, who comes there its target."""
    found = workspace(
        touchpoints("desk, owner: retail, entry: true, exit: end"), rules=HOST_EVERYWHERE
    )
    plan = cheapest_plan(found, TODAY, seconds_left=lambda: 60.0)
    view = view_found(found, plan, TODAY, By.OWNER)
    (entry,) = view.view.entries
    assert (entry.owner, entry.status, entry.plan) == ("retail", None, None)
    assert (entry.segments, entry.channels) == (("newcomer", "loyal"), ("store",))
    assert entry.repairs == ("host-everywhere",)
    assert standing(view) == {"retail": ["desk/host"]}
    told = render("text", view, ENGLISH, Page())
    assert "Bring “A named host” to “desk”\n      proposed\n" in told
    assert "Repairs: host-everywhere" in told


# What is broken where.


def broken(by: By, rules: str) -> dict[str | None, tuple[str, ...]]:
    return {group.id: group.broken for group in viewed(by, rules=rules).view.groups}


@pytest.mark.parametrize(
    ("by", "rules", "where"),
    [
        pytest.param(
            By.CHANNEL,
            HOST_EVERYWHERE,
            {"store": ("host-everywhere",), "web": (), "app": ("host-everywhere",)},
            id="where a breaking path comes by",
        ),
        pytest.param(
            By.OWNER,
            HOST_EVERYWHERE,
            {"retail": ("host-everywhere",), "online": (), "tills": ("host-everywhere",)},
            id="by whose touchpoints it comes",
        ),
        pytest.param(
            By.TARGET,
            "- {id: loyal-host, kind: carries, markers: [host], segments: [loyal]}\n",
            {"newcomer": (), "loyal": ("loyal-host",)},
            id="for whom it is broken",
        ),
        pytest.param(
            By.CHANNEL,
            "- {id: host-on-site, kind: everywhere, any-of: [light], where: {channel: web}}\n",
            {"store": (), "web": ("host-on-site",), "app": ()},
            id="on the channel of the touchpoint",
        ),
        pytest.param(
            By.OWNER,
            "- {id: few-stages, kind: ownership, stages-at-most: 1}\n"
            "- {id: not-asked, kind: carries, markers: [host], severity: off}\n",
            {"retail": (), "online": (), "tills": ()},
            id="nowhere",
        ),
    ],
)
def test_what_is_broken_is_told_where_it_is(
    by: By, rules: str, where: dict[str | None, tuple[str, ...]]
):
    assert broken(by, rules) == where


def test_what_is_waived_is_not_broken():
    waiver = (
        "- {rule: host-everywhere, journey: buying, reason: r, owner: o, expires: 2999-01-01}\n"
    )
    found = workspace(JOURNEY, rules=HOST_EVERYWHERE, waivers=waiver)
    view = view_plans(found, TODAY, By.TARGET, plans=())
    assert [group.broken for group in view.view.groups] == [(), ()]


def paths(ways: dict[int, list[int]], start: int) -> Iterator[tuple[int, ...]]:
    """Every walk from a stop to one that leads nowhere, of a graph without loops."""
    if not ways[start]:
        yield (start,)
    for following in ways[start]:
        for rest in paths(ways, following):
            yield (start, *rest)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_rule_is_broken_through_stops_where_some_path_by_them_breaks_it(data: st.DataObject):
    """As every path by itself says."""
    count = data.draw(st.integers(2, 6))
    ways = {
        stop: sorted(data.draw(st.sets(st.integers(stop + 1, count - 1), min_size=1)))
        for stop in range(count - 1)
    } | {count - 1: []}
    carrying = data.draw(st.sets(st.integers(0, count - 1)))
    asked = data.draw(st.sets(st.integers(0, count - 1)))
    lines = []
    for stop, following in ways.items():
        words = [f"t{stop}", f"next: [{', '.join(f't{each}' for each in following)}]"]
        words += ["entry: true"] * (stop == 0) + ["exit: end"] * (not following)
        words += ["markers: [host]"] * (stop in carrying)
        lines.append(", ".join(words))
    found = workspace(touchpoints(*lines), rules=HOST_EVERYWHERE)
    (rule,), (setting,) = found.rules, found.settings
    assert isinstance(rule, PathRule)
    breaking = [path for path in paths(ways, 0) if not {*path} & carrying]
    is_broken = any({*path} & asked for path in breaking)
    numbers = [n for n, s in enumerate(setting.graph.stops) if int(s.touchpoint.id[1:]) in asked]
    told = {scope.segment for scope in rule.broken_through(setting, numbers)}
    assert told == ({"newcomer", "loyal"} if is_broken else set())


# How it is told.


def test_json_never_changes_with_the_language():
    found = viewed(By.TARGET, "id: a, touchpoints: till, marker: host, status: doing, cost: 2.5")
    english, french = (render("json", found, speak, Page()) for speak in (ENGLISH, FRENCH))
    assert english == french
    told = json.loads(english)
    assert (told["schema"], told["by"]) == ("charter-plan-views/1", "target")
    assert told["groups"][0] == {
        "id": "newcomer",
        "actions": ["q4/a"],
        "totals": [{"status": "doing", "actions": 1, "cost": 2.5, "without-cost": 0}],
        "broken": ["host-everywhere"],
    }
    assert {each for group in told["groups"] for each in group["actions"]} == {
        action["id"] for action in told["actions"]
    }


HOSTILE = "<script>alert(1)</script> [a](javascript:b) \\e[31m @all"


@pytest.mark.parametrize("view_format", FORMATS)
@BOTH
def test_what_people_wrote_is_never_markup(view_format: str, speak: Speaker):
    words = json.dumps(HOSTILE)
    found = viewed(
        By.OWNER, f'id: a, what: {words}, owner: {words}, effect: "a\\e[31mb", how: {words}'
    )
    told = render(view_format, found, speak, Page())
    assert "\x1b" not in told
    if view_format == "html":
        assert "<script" not in told
        assert "&lt;script&gt;" in told
    if view_format == "markdown":
        assert not re.search(r"(?<!\\)<script", told)
        assert not re.search(r"(?<!\\)\]\(javascript", told)


def test_what_is_late_stands_out():
    late = viewed(By.TARGET, "id: a, due: 2026-11-01, status: doing")
    assert "\x1b[31m      under way, due 1" in render("text", late, ENGLISH, Page(80, True))
    assert "<strong>under way, due 1\u00a0November 2026, late</strong>" in render(
        "html", late, ENGLISH, Page()
    )


@pytest.mark.parametrize(
    ("period", "english", "french"),
    [
        (
            "{from: 2026-01-01, until: 2026-02-03}",
            "from 1\u00a0January 2026 until 3\u00a0February 2026",
            "du 1er\u00a0janvier 2026 au 3\u00a0février 2026",
        ),
        ("{from: 2026-01-02}", "from 2\u00a0January 2026", "à partir du 2\u00a0janvier 2026"),
        ("{until: 2026-01-02}", "until 2\u00a0January 2026", "jusqu’au 2\u00a0janvier 2026"),
    ],
)
def test_the_period_of_a_plan_is_told(period: str, english: str, french: str):
    found = workspace(JOURNEY, **{"plans/q4": f"plan: q4\nperiod: {period}\n"})
    view = view_plans(found, TODAY, By.TARGET, plans=found.plans)
    for speak, words in ((ENGLISH, english), (FRENCH, french)):
        assert f"q4 (plans/q4.yaml), {words}\n" in render("text", view, speak, Page())


# Effort.

GRADED = JOURNEY.replace(
    "owner: tills", "owner: tills, effort: {duration: 3, frequency: 3, complexity: 1, value: 1}"
).replace(
    "owner: online", "owner: online, effort: {duration: 1, frequency: 1, complexity: 2, value: 3}"
)


@pytest.mark.parametrize(
    ("action", "cost", "levers"),
    [
        pytest.param("id: a, touchpoints: window", None, (), id="no grid"),
        pytest.param("id: a, touchpoints: till", None, ("automate",), id="its touchpoint's"),
        pytest.param(
            "id: a, touchpoints: [site, till]",
            None,
            ("automate", "keep-human"),
            id="those of its touchpoints",
        ),
        pytest.param(
            "id: a, touchpoints: till, effort: {duration: 3, frequency: 2, complexity: 2, value: 2}",  # noqa: E501
            3.0,
            ("outsource",),
            id="its own, which is what it costs",
        ),
        pytest.param(
            "id: a, cost: 7, effort: {duration: 1, frequency: 1, complexity: 2, value: 3}",
            7.0,
            ("keep-human",),
            id="its own, and what it costs was said",
        ),
    ],
)
def test_what_the_effort_grid_says_of_an_action(
    action: str, cost: float | None, levers: tuple[str, ...]
):
    found = workspace(GRADED, **{"plans/q4": f"plan: q4\nactions:\n  - {{{action}}}\n"})
    (entry,) = written_entries(found, found.plans)
    assert (entry.cost, entry.levers) == (cost, levers)


@pytest.mark.parametrize("view_format", FORMATS)
def test_what_to_watch_is_told_in_every_format(view_format: str):
    journey = touchpoints(
        "desk, entry: true, exit: end, indicators: {quantitative: [{name: wait, unit: min, better: "
        "lower, target: 3, observed: 5}]}"
    )
    found = workspace(
        journey, **{"plans/q4": "plan: q4\nactions: [{id: a, marker: host, touchpoints: desk}]\n"}
    )
    told = render(
        view_format,
        view_plans(found, TODAY, By.TARGET, plans=found.plans),
        ENGLISH,
        Page(),
    )
    assert "wait" in told
    if view_format != "json":
        assert "What to watch" in told
        assert "5\u00a0min" in told or "5 min" in told
