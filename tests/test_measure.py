"""Shares of customers, against enumeration in fractions and a long independent iteration.

`MEASURE_CASES` says how many journeys of a sort are drawn at random (100).
"""

from __future__ import annotations

import datetime
import os
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from charter.checker import check
from charter.findings import Verdict
from charter.rules.path import PathRule
from charter.workspace import Workspace, read_files
from journeys.customers import Customers, Measure, NoPath, ShareBasis, weakest_basis
from journeys.equations import solve
from journeys.measure import shares_that_hold
from tests.scenarios.writing import touchpoints

CASES = int(os.environ.get("MEASURE_CASES", "100"))

CHARTER = """
charter: 1
brand: A brand
channels: [{id: store}, {id: web}, {id: app}]
stages: [{id: buy}]
segments: [{id: new}, {id: old}]
markers: [{id: host, name: A host}]
rules:
  - {id: met, kind: carries, markers: [host]}
"""


def workspace(journey: str, charter: str = CHARTER) -> Workspace:
    files = {"charter.yaml": charter, "journeys/purchase.yaml": journey}
    return read_files(files)


def verdicts(journey: str, charter: str = CHARTER) -> dict[str, Verdict]:
    """Return the verdict of each segment."""
    report = check(workspace(journey, charter), datetime.date(2026, 1, 1))
    return {str(verdict.segment): verdict for verdict in report.verdicts}


# ── By hand ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "share"),
    [
        pytest.param(
            "- {id: a, entry: true, next: [b, {to: c, share: 3}]}\n"
            "- {id: b, markers: [host], exit: done}\n"
            "- {id: c, exit: done}",
            1 / 4,
            id="what isn't written counts as 1",
        ),
        pytest.param(
            "- {id: a, entry: true, exit: left, ends: 1, next: [{to: b, share: 99}]}\n"
            "- {id: b, markers: [host], exit: done}",
            99 / 100,
            id="ending there is one of the choices",
        ),
        pytest.param(
            "- {id: a, entry: true, arrives: 3, markers: [host], exit: done}\n"
            "- {id: b, entry: true, exit: done}",
            3 / 4,
            id="customers start in proportion to arrives",
        ),
        pytest.param(
            "- {id: a, entry: true, next: [b, {to: c, share: 2}]}\n"
            "- {id: b, exit: done}\n"
            "- {id: c, next: [{to: b, share: 3}, {to: c, share: 1}, {to: d, share: 6}]}\n"
            "- {id: d, markers: [host], exit: done}",
            4 / 9,
            id="a loop is left at last",
        ),
        pytest.param(
            "- {id: a, entry: true, next: [b, {to: c, share: 2}, {to: d, share: 7}]}\n"
            "- {id: b, markers: [host], exit: done}\n"
            "- {id: c, exit: done}\n"
            "- {id: d, next: [d]}",
            1 / 3,
            id="those who never reach an exit are left out",
        ),
        pytest.param(
            "- {id: a, entry: true, next: [b]}\n"
            "- {id: b, exit: done, next: [c, d]}\n"
            "- {id: c, markers: [host], exit: done}\n"
            "- {id: d, next: [d]}",
            1 / 2,
            id="so that those who end earlier weigh more",
        ),
        pytest.param(
            "- {id: a, entry: true, next: [b, d]}\n"
            "- {id: b, markers: [host], exit: done}\n"
            "- {id: c, entry: true, exit: done}\n"
            "- {id: d, next: [d]}",
            1 / 3,
            id="so that those who begin elsewhere weigh more",
        ),
        pytest.param(
            "- {id: a, entry: true, arrives: {new: 3, old: 1}, markers: [host], exit: done}\n"
            "- {id: b, entry: true, arrives: {new: 1, old: 3}, exit: done}",
            3 / 4,
            id="where customers start may differ by segment",
        ),
        pytest.param(
            "- {id: a, entry: true, next: [b, b, c]}\n"
            "- {id: b, markers: [host], exit: done}\n"
            "- {id: c, exit: done}",
            2 / 3,
            id="two transitions to one touchpoint are one choice each",
        ),
        pytest.param(
            "- {id: a, entry: true, control: customer, next: [b, c]}\n"
            "- {id: b, control: customer, exit: done}\n"
            "- {id: c, exit: done}",
            0.0,
            id="paths that aren't concerned are left out",
        ),
    ],
)
def test_shares_by_hand(written: str, share: float) -> None:
    lines = written.replace("{id", "{stage: buy, channel: store, id").split("\n")
    journey = "journey: purchase\ntouchpoints:\n" + "\n".join(f"  {line}" for line in lines)
    assert verdicts(journey)["new"].share == pytest.approx(share, abs=1e-12)


def test_a_touchpoint_on_several_channels_is_reached_in_proportion_to_their_shares() -> None:
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, next: [b]}
  - {id: b, stage: buy, channels: {web: 70, app: 30}, next: [w, p]}
  - {id: w, stage: buy, channel: web, segments: [new, old], exit: done}
  - {id: p, stage: buy, channel: app, exit: done}
"""
    charter = CHARTER.replace(
        "markers: [host]}", "markers: [host], where: {touchpoint: b, channel: web}}"
    )
    tagged = journey.replace("30}, next", "30}, markers: [host], next")
    assert verdicts(tagged, charter)["new"].share == pytest.approx(0.7, abs=1e-12)


def test_customers_arrive_on_channels_in_proportion_to_their_shares() -> None:
    journey = """
journey: purchase
touchpoints:
  - {id: b, stage: buy, channels: {web: 70, app: 30}, entry: true, markers: [host], exit: done}
"""
    charter = CHARTER.replace("markers: [host]}", "markers: [host], where: {channel: web}}")
    assert verdicts(journey, charter)["new"].share == pytest.approx(0.7, abs=1e-12)


def test_steps_are_passages_of_the_journey() -> None:
    read = workspace(ONE_CHOICE.replace("CHOICES", "a, b, c"))
    graph = read.settings[0].graph
    steps = [
        (source, step)
        for source, ways in enumerate(Customers.of(graph, 0, None).steps)
        for step in ways
    ]
    assert steps
    for source, step in steps:
        passage = graph.passage(step.passage)
        assert (passage.source, passage.target) == (source, step.target)


def test_shares_may_differ_by_segment() -> None:
    journey = """
journey: purchase
touchpoints:
  - id: a
    stage: buy
    channel: store
    entry: true
    next: [{to: b, share: {new: 1, old: 9}}, c]
  - {id: b, stage: buy, channel: store, markers: [host], exit: done}
  - {id: c, stage: buy, channel: store, exit: done}
"""
    found = verdicts(journey)
    assert (found["new"].share, found["old"].share) == (pytest.approx(0.5), pytest.approx(0.9))


@pytest.mark.parametrize(
    "b",
    [
        pytest.param(
            "exit: done, ends: {new: 5, old: 1}, next: [{to: d, share: 2}]", id="an end of its own"
        ),
        pytest.param(
            "next: [{to: c, share: {new: 5, old: 1}}, {to: d, share: {new: 2, old: 3}}]",
            id="shares of its own",
        ),
        pytest.param("next: [c, {to: d, segments: [old], share: 7}]", id="ways of others"),
        pytest.param("next: [several]", id="several channels"),
        pytest.param(
            "exit: done, segments: [new, old], ends: 3, next: [{to: d, share: 9}]", id="some end"
        ),
    ],
)
def test_what_can_be_chosen_later_doesnt_change_a_choice(b: str) -> None:
    """One customer in four comes by b, whatever b leads to."""
    journey = f"""
journey: purchase
touchpoints:
  - {{id: a, stage: buy, channel: store, entry: true, next: [b, {{to: c, share: 3}}]}}
  - {{id: b, stage: buy, channel: store, markers: [host], {b}}}
  - {{id: c, stage: buy, channel: store, exit: done}}
  - {{id: d, stage: buy, channel: store, exit: done}}
  - {{id: several, stage: buy, channels: {{web: 70, app: 30}}, exit: done}}
"""
    assert verdicts(journey)["new"].share == pytest.approx(1 / 4, abs=1e-12)


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        pytest.param("kind: closes-with, markers: [host]", 3 / 4, id="met last"),
        pytest.param("kind: at-most, markers: [host], times: 1", 1 / 4, id="met no more than once"),
    ],
)
def test_what_may_change_to_the_last_counts_as_it_ends(rule: str, share: float) -> None:
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, markers: [host],
     next: [b, {to: c, share: 3}]}
  - {id: b, stage: buy, channel: store, exit: done}
  - {id: c, stage: buy, channel: store, markers: [host], exit: done}
"""
    charter = CHARTER.replace("kind: carries, markers: [host]", rule)
    assert verdicts(journey, charter)["new"].share == pytest.approx(share, abs=1e-12)


def test_where_no_path_is_concerned_there_is_no_share() -> None:
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, control: customer, entry: true, exit: done}
"""
    read = workspace(journey)
    (rule,) = read.rules
    assert isinstance(rule, PathRule)
    (setting,) = read.settings
    question = rule.question_to_ask(setting, rule.targets(read.charter), rule.lenses(read.charter))
    found = shares_that_hold(question, [0], lambda segment: setting.customers(segment, None))
    assert found == {0: Measure(None, 0.0)}


def test_with_outcomes_a_share_is_of_those_who_end_so() -> None:
    """Of those who buy, one in four meets the host; those who leave don't count."""
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, next: [{to: b, share: 1}, {to: c, share: 9}]}
  - {id: b, stage: buy, channel: store, markers: [host], exit: bought}
  - {id: c, stage: buy, channel: store, next: [{to: d, share: 3}, {to: e, share: 6}]}
  - {id: d, stage: buy, channel: store, exit: bought}
  - {id: e, stage: buy, channel: store, markers: [host], exit: left}
"""
    charter = CHARTER.replace("markers: [host]}", "markers: [host], outcomes: [bought]}")
    assert verdicts(journey, charter)["new"].share == pytest.approx(1 / 4, abs=1e-12)


@pytest.mark.parametrize(
    ("rule", "share", "concerned"),
    [
        pytest.param("per: channel", 1 / 3, 3 / 4, id="on a channel that some come by"),
        pytest.param("outcomes: [bought]", 1 / 2, 1.0, id="of those who end so, all"),
    ],
)
def test_it_is_told_how_many_walk_a_concerned_path(
    rule: str, share: float, concerned: float
) -> None:
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: app, entry: true,
     next: [{to: b, share: 1}, {to: c, share: 2}, {to: d, share: 1}]}
  - {id: b, stage: buy, channel: web, markers: [host], exit: bought}
  - {id: c, stage: buy, channel: web, exit: left}
  - {id: d, stage: buy, channel: app, exit: bought}
"""
    charter = CHARTER.replace("markers: [host]}", f"markers: [host], {rule}}}")
    report = check(workspace(journey, charter), datetime.date(2026, 1, 1))
    (found,) = (v for v in report.verdicts if v.segment == "new" and v.channel in (None, "web"))
    assert found.share == pytest.approx(share, abs=1e-12)
    assert found.concerned == pytest.approx(concerned, abs=1e-12)


# ── What the shares rest on ──────────────────────────────────────────────────────────────────

ONE_CHOICE = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, next: [CHOICES]}
  - {id: b, stage: buy, channel: store, exit: done}
  - {id: c, stage: buy, channel: store, exit: done}
"""


@pytest.mark.parametrize(
    ("choices", "basis"),
    [
        pytest.param("b", "stated", id="no choice needs no share"),
        pytest.param("b, c", "assumed", id="nothing written"),
        pytest.param("{to: b, share: 1}, c", "assumed", id="half written"),
        pytest.param("{to: b, share: 1}, {to: c, share: 2}", "stated", id="all written"),
        pytest.param(
            "{to: b, share: {old: 1}}, {to: c, share: {old: 2}}",
            "assumed",
            id="written for another segment",
        ),
        pytest.param("b, {to: c, segments: [old]}", "stated", id="no choice for this segment"),
    ],
)
def test_the_basis_of_a_share_is_told(choices: str, basis: str) -> None:
    assert verdicts(ONE_CHOICE.replace("CHOICES", choices))["new"].share_basis == basis


@pytest.mark.parametrize(
    ("written", "new", "old"),
    [
        pytest.param(["a, entry: true, exit: x"], "stated", "stated", id="no choice"),
        pytest.param(
            ["a, entry: true, exit: x", "b, entry: true, exit: x"],
            "assumed",
            "assumed",
            id="two entries, nothing written",
        ),
        pytest.param(
            ["a, entry: true, arrives: 1, exit: x", "b, entry: true, arrives: {old: 2}, exit: x"],
            "assumed",
            "stated",
            id="two entries, written for some",
        ),
        pytest.param(
            ["a, entry: true, exit: x", "b, entry: true, segments: [old], exit: x"],
            "stated",
            "assumed",
            id="two entries for some",
        ),
        pytest.param(
            ["a, channels: [web, app], entry: true, exit: x"],
            "assumed",
            "assumed",
            id="an entry on listed channels",
        ),
        pytest.param(
            ["a, channels: {web: 1, app: 2}, entry: true, exit: x"],
            "stated",
            "stated",
            id="an entry on channels with shares",
        ),
        pytest.param(
            ["a, channels: [web], entry: true, exit: x"],
            "stated",
            "stated",
            id="an entry on one listed channel",
        ),
        pytest.param(
            ["a, entry: true, exit: x, next: [b]", "b, exit: x"],
            "assumed",
            "assumed",
            id="to end or to go on",
        ),
        pytest.param(
            ["a, entry: true, exit: x, ends: {new: 1}, next: [{to: b, share: 1}]", "b, exit: x"],
            "stated",
            "assumed",
            id="to end or to go on, written for some",
        ),
        pytest.param(
            ["a, entry: true, exit: x", "b, next: [a, c]", "c, exit: x"],
            "stated",
            "stated",
            id="a choice that nobody comes by",
        ),
        pytest.param(
            ["c, exit: x", "b, next: [c]", "a, entry: true, next: [c, d]", "d, exit: x"],
            "assumed",
            "assumed",
            id="a choice declared after what nobody comes by",
        ),
        pytest.param(
            ["a, entry: true, next: [b]", "b, channels: [web], exit: x"],
            "stated",
            "stated",
            id="a step to one listed channel",
        ),
        pytest.param(
            ["a, entry: true, next: [b]", "b, channels: {web: 1, app: 2}, exit: x"],
            "stated",
            "stated",
            id="a step to channels with shares",
        ),
    ],
)
def test_the_basis_is_that_of_the_choices_open_to_the_segment(
    written: list[str], new: str, old: str
) -> None:
    found = verdicts(touchpoints(*(f"{words}, stage: buy" for words in written)))
    assert (found["new"].share_basis, found["old"].share_basis) == (new, old)


def test_shares_are_observed_where_the_journey_says_so() -> None:
    journey = ONE_CHOICE.replace("CHOICES", "b, c") + "shares: {source: the tills}\n"
    assert verdicts(journey)["new"].share_basis == "observed"


def test_listed_channels_are_a_choice_without_shares() -> None:
    journey = ONE_CHOICE.replace("CHOICES", "b").replace(
        "{id: b, stage: buy, channel: store", "{id: b, stage: buy, channels: [web, app]"
    )
    assert verdicts(journey)["new"].share_basis == "assumed"


def test_nothing_is_measured_where_it_was_not_asked_for() -> None:
    read = workspace(ONE_CHOICE.replace("CHOICES", "b, c"))
    report = check(read, datetime.date(2026, 1, 1), measure=False)
    assert {(v.share, v.share_basis) for v in report.verdicts} == {(None, None)}


@pytest.mark.parametrize(
    ("choices", "option", "is_told"),
    [
        pytest.param("b, c", "for-share: 50%", True, id="asked for, and assumed"),
        pytest.param(
            "{to: b, share: 1}, {to: c, share: 1}", "for-share: 50%", False, id="stated shares"
        ),
        pytest.param("b, c", "at-least: 1", False, id="no share asked for"),
    ],
)
def test_a_share_asked_for_on_assumed_shares_is_told(
    choices: str, option: str, is_told: bool
) -> None:
    charter = CHARTER.replace("markers: [host]}", f"markers: [host], {option}}}")
    read = workspace(ONE_CHOICE.replace("CHOICES", choices), charter)
    report = check(read, datetime.date(2026, 1, 1))
    assert ("CH015" in {finding.code for finding in report.findings}) == is_told


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        pytest.param("25%", "holds", id="as many as are asked for"),
        pytest.param("25.1%", "broken", id="fewer"),
    ],
)
def test_a_share_of_customers_is_enough_where_it_is_asked_for(asked: str, answer: str) -> None:
    journey = ONE_CHOICE.replace("CHOICES", "b, {to: c, share: 3}").replace(
        "{id: b, stage: buy, channel: store", "{id: b, stage: buy, channel: store, markers: [host]"
    )
    charter = CHARTER.replace("markers: [host]}", f"markers: [host], for-share: {asked}}}")
    assert verdicts(journey, charter)["new"].verdict == answer


@pytest.mark.parametrize(
    ("bases", "weakest"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param(["observed"], "observed", id="one"),
        pytest.param(["observed", "stated", "observed"], "stated", id="stated among observed"),
        pytest.param(["assumed", "stated", "observed"], "assumed", id="assumed among all"),
    ],
)
def test_figures_on_several_bases_rest_on_the_weakest(
    bases: list[str], weakest: str | None
) -> None:
    assert weakest_basis(map(ShareBasis, bases)) == weakest


# ── Against independent computations ─────────────────────────────────────────────────────────


def a_journey(dice: random.Random, size: int, *, loops: bool) -> tuple[str, list[dict]]:
    """Return a journey as YAML, and as plain data for the computations below."""
    touchpoints = []
    for index in range(size):
        others = range(size) if loops else range(index + 1, size)
        leaving = [(dice.choice(others), dice.randint(1, 9)) for _ in range(3) if others]
        touchpoints.append(
            {
                "leaving": leaving,
                "arrives": dice.randint(1, 5) if index < 2 else 0,
                "ends": dice.randint(1, 5) if dice.random() < 0.4 or index == size - 1 else 0,
                "carries": dice.random() < 0.3,
            }
        )
    lines = ["journey: purchase", "touchpoints:"]
    for index, each in enumerate(touchpoints):
        lines.append(f"  - {{id: t{index}, stage: buy, channel: store")
        if each["arrives"]:
            lines.append(f"     , entry: true, arrives: {each['arrives']}")
        if each["ends"]:
            lines.append(f"     , exit: done, ends: {each['ends']}")
        if each["carries"]:
            lines.append("     , markers: [host]")
        steps = ", ".join(f"{{to: t{to}, share: {share}}}" for to, share in each["leaving"])
        lines.append(f"     , next: [{steps}]}}")
    return "\n".join(lines), touchpoints


def by_enumeration(touchpoints: list[dict]) -> Fraction | None:
    """Walk every path of a loop-free journey, in fractions."""
    met = ended = Fraction(0)

    def walk(index: int, probability: Fraction, was_met: bool) -> None:
        nonlocal met, ended
        here = touchpoints[index]
        was_met = was_met or here["carries"]
        total = here["ends"] + sum(share for _, share in here["leaving"])
        if not total:
            return
        end = probability * here["ends"] / total
        ended += end
        met += end if was_met else 0
        for to, share in here["leaving"]:
            walk(to, probability * share / total, was_met)

    arriving = sum(each["arrives"] for each in touchpoints)
    for index, each in enumerate(touchpoints):
        if each["arrives"]:
            walk(index, Fraction(each["arrives"], arriving), False)
    return met / ended if ended else None


def by_iteration(touchpoints: list[dict]) -> float | None:
    """Move customers on, round by round, until next to nobody is under way."""
    leading_out = {index for index, each in enumerate(touchpoints) if each["ends"]}
    for _ in touchpoints:
        leading_out |= {
            index
            for index, each in enumerate(touchpoints)
            if any(to in leading_out for to, _ in each["leaving"])
        }
    arriving = sum(each["arrives"] for each in touchpoints)
    mass = {
        (i, t["carries"]): t["arrives"] / arriving
        for i, t in enumerate(touchpoints)
        if t["arrives"]
    }
    met = ended = 0.0
    while mass:
        following: dict[tuple[int, bool], float] = {}
        for (index, was_met), part in mass.items():
            here = touchpoints[index]
            total = here["ends"] + sum(share for _, share in here["leaving"])
            end = part * here["ends"] / total
            ended += end
            met += end if was_met else 0.0
            for to, share in here["leaving"]:
                if to not in leading_out:
                    continue  # they go round for ever, and are left out of every share
                key = (to, was_met or touchpoints[to]["carries"])
                following[key] = following.get(key, 0.0) + part * share / total
        mass = {key: part for key, part in following.items() if part > 1e-18}
    return met / ended if ended else None


@pytest.mark.parametrize("seed", range(CASES))
def test_shares_are_exact_without_loops(seed: int) -> None:
    journey, touchpoints = a_journey(random.Random(seed), 6, loops=False)
    assert verdicts(journey)["new"].share == pytest.approx(
        float(by_enumeration(touchpoints)), abs=1e-12
    )


@pytest.mark.parametrize("seed", range(CASES))
def test_shares_are_exact_with_loops(seed: int) -> None:
    journey, touchpoints = a_journey(random.Random(seed), 6, loops=True)
    assert verdicts(journey)["new"].share == pytest.approx(by_iteration(touchpoints), abs=1e-9)


@pytest.mark.parametrize("seed", range(min(CASES, 20)))
def test_large_journeys_are_measured_as_small_ones_are(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey, _ = a_journey(random.Random(seed), 40, loops=True)
    by_hand = verdicts(journey)["new"].share
    monkeypatch.setattr("journeys.customers.PLAIN_LIMIT", 0)
    monkeypatch.setattr("journeys.measure.PLAIN_LIMIT", 0)
    assert verdicts(journey)["new"].share == pytest.approx(by_hand, abs=1e-9)


def test_a_loop_that_is_hardly_ever_left_is_as_exact_as_any() -> None:
    """999,999 of a million turn back each time; a third of those who leave meet the host."""
    journey = """
journey: purchase
touchpoints:
  - {id: a, stage: buy, channel: store, entry: true, next: [{to: b, share: 1}]}
  - {id: b, stage: buy, channel: store,
     next: [{to: a, share: 2999997}, {to: c, share: 1}, {to: d, share: 2}]}
  - {id: c, stage: buy, channel: store, markers: [host], exit: done}
  - {id: d, stage: buy, channel: store, exit: done}
"""
    assert verdicts(journey)["new"].share == pytest.approx(1 / 3, abs=1e-9)


def test_equations_of_one_large_loop_are_solved() -> None:
    """Around a ring of 400, a hundredth leaves at each step; one in four of them wins."""
    size = 400
    rows = [[((index + 1) % size, 0.99)] for index in range(size)]
    found = solve(rows, [(0.0025,) for _ in range(size)])
    assert [value[0] for value in found] == pytest.approx([0.25] * size, abs=1e-9)


def test_who_never_arrives_has_no_share() -> None:
    read = workspace(ONE_CHOICE.replace("CHOICES", "a").replace("exit: done", "next: [a]"))
    with pytest.raises(NoPath, match="new"):
        Customers.of(read.settings[0].graph, 0, None)


def test_next_to_nobody_is_still_a_measured_share() -> None:
    """A share that rounds to all isn't told as one that nobody measured."""
    journey = ONE_CHOICE.replace("CHOICES", "b, c")
    setting = workspace(journey).settings[0]
    verdict = replace(verdicts(journey)["new"], share=1.0)
    assert setting.broken_by_segment([verdict]) == {"new": 0.0}
