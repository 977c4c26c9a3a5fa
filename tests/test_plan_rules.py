"""Action plans held against the charter, the map and each other: CH601 to CH605."""

import datetime

import pytest

from charter.baseline import Baseline
from charter.checker import check
from charter.compare import compare
from charter.findings import Answer, Finding, Report, Severity, Status, Verdict
from charter.messages import Language, speaker
from charter.reports import json as json_report
from charter.reports.diff import text as diff_report
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.telling import tell
from charter.usecases.check import check_workspace, exit_status
from charter.workspace import InvalidWorkspace, Workspace, read_files

DAY = datetime.date(2026, 11, 1)
CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store, name: Shop}, {id: web, name: Website}, {id: phone, name: Phone}]
segments: [{id: newcomer, name: Newcomers}, {id: loyal, name: Regulars}]
stages: [{id: buy}]
markers:
  - {id: host, name: A host, expressions: {web: {not-for: Nobody hosts a page.}}}
  - {id: thanks, name: Thanks}
  - {id: queue, name: A queue, role: irritant}
"""
BUYING = """\
journey: buying
touchpoints:
  - {id: window, name: Window, stage: buy, channel: store, entry: true, next: [basket, till]}
  - {id: basket, name: Basket, stage: buy, channels: [web, phone], next: [till, club]}
  - {id: till, name: Till, stage: buy, channel: store, markers: [{marker: thanks, segments: loyal},
     queue], exit: bought, next: [forum]}
  - {id: club, name: Club, stage: buy, channel: store, segments: loyal, markers: thanks,
     exit: bought}
  - {id: forum, name: Forum, stage: buy, channel: web, control: customer, exit: told}
  - {id: stall, name: Stall, stage: buy, channel: store, status: retired}
  - {id: lounge, name: Lounge, stage: buy, channel: store, status: planned}
"""


def only(kind: str, *options: str, id: str = "asked") -> str:
    """Return rules that ask plans for one thing only."""
    kinds = ("plan-serves", "plan-covers", "plan-agrees", "plan-load", "plan-on-time")
    asked = ", ".join([f"id: {id}", f"kind: {kind}", *options])
    others = (f"  - {{id: no-{k}, kind: {k}, severity: off}}\n" for k in kinds if k != kind)
    return f"rules:\n  - {{{asked}}}\n{''.join(others)}"


def workspace(
    rules: str, *plans: str, charter: str = CHARTER, waivers: str = "", baseline: str = ""
) -> Workspace:
    files = {"charter.yaml": charter + rules, "journeys/buying.yaml": BUYING}
    for number, plan in enumerate(plans, 1):
        files[f"plans/p{number}.yaml"] = f"plan: p{number}\nactions:\n{plan}"
    files |= {"waivers.yaml": waivers} if waivers else {}
    files |= {"baseline.json": baseline} if baseline else {}
    return read_files(files)


def verdicts(report: Report, code: str) -> list[Verdict]:
    return [verdict for verdict in report.verdicts if verdict.code == code]


def findings(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code.startswith("CH60")]


def told(asked: Workspace, language: Language = Language.ENGLISH) -> list[str]:
    """Return each finding on plans with its place, in one line."""
    names = Names(asked, speaker(language))
    return [
        f"{finding.position} {tell(finding, names).message}"
        for finding in findings(check(asked, DAY))
    ]


# plan-serves.


@pytest.mark.parametrize(
    ("action", "key", "message"),
    [
        pytest.param(
            "{id: a, what: Lay a carpet., touchpoints: window}",
            "id",
            "The action “Lay a carpet” brings no marker and takes none off. Write under “marker” "
            "what it brings, or under “removes” what it takes off.",
            id="no marker",
        ),
        pytest.param(
            "{id: a, marker: queue}",
            "marker",
            "The action “a” brings “A queue” (irritant). Write it under “removes” if it is to be "
            "taken off; else name another marker.",
            id="an irritant",
        ),
        pytest.param(
            "{id: a, marker: host, channels: [store, web]}",
            "channels",
            "The action “a” brings “A host” on “Website”, a channel it is not for. Leave the "
            "channel out, or say in the charter how the marker shows there.",
            id="a channel that the charter leaves out, without touchpoints",
        ),
        pytest.param(
            "{id: a, marker: host, touchpoints: stall}",
            "touchpoints",
            "The action “a” is for “Stall” (Shop), which is retired. Name a touchpoint to which "
            "customers still come, or drop the action.",
            id="a retired touchpoint",
        ),
        pytest.param(
            "{id: a, removes: queue, touchpoints: stall}",
            "touchpoints",
            "The action “a” is for “Stall” (Shop), which is retired. Name a touchpoint to which "
            "customers still come, or drop the action.",
            id="taken off a retired touchpoint",
        ),
        pytest.param(
            "{id: a, marker: host, touchpoints: till, channels: [web, phone]}",
            "touchpoints",
            "“Till” (Shop) is on none of the channels that the action “a” is for. Correct its "
            "“channels” or its “touchpoints”.",
            id="other channels",
        ),
        pytest.param(
            "{id: a, marker: thanks, touchpoints: basket, channels: web}",
            "touchpoints",
            "The action “a” is for some of the channels of “Basket” only, and "
            "a tag counts on all of them; so it can't be proved. Name all of its channels, or "
            "write a touchpoint for each channel.",
            id="some channels of a touchpoint",
        ),
        pytest.param(
            "{id: a, marker: thanks, touchpoints: forum}",
            "touchpoints",
            "The action “a” brings “Thanks” to “Forum” (Website), which customers run themselves. "
            "Name a touchpoint of the brand's own, or drop the action.",
            id="run by customers",
        ),
        pytest.param(
            "{id: a, marker: thanks, touchpoints: club, segments: newcomer}",
            "touchpoints",
            "The action “a” is for “Club” (Shop), by which no path of its segments comes. Correct "
            "its “touchpoints” or its “segments”.",
            id="its segments don't come by",
        ),
        pytest.param(
            "{id: a, marker: host, touchpoints: basket}",
            "touchpoints",
            "The action “a” brings “A host” to “Basket”, on “Website”, a channel "
            "it is not for. "
            "Leave the touchpoint out, or say in the charter how the marker shows on its channel.",
            id="a channel that the charter leaves out",
        ),
        pytest.param(
            "{id: a, marker: thanks, touchpoints: till, status: done}",
            "touchpoints",
            "The action “a” is done, but “Till” (Shop) isn't tagged with “Thanks” for all those it "
            "is for. Tag the touchpoint, without “planned”, or correct the action's status.",
            id="done for some segments only",
        ),
        pytest.param(
            "{id: a, removes: queue, touchpoints: till, status: done}",
            "touchpoints",
            "The action “a” is done, but “Till” (Shop) is still tagged with “A queue” (irritant). "
            "Take the tag off, or correct the action's status.",
            id="done, and still there",
        ),
    ],
)
def test_an_action_that_serves_no_marker_is_told_where_it_is_written(
    action: str, key: str, message: str
):
    """At the value of a key; at the action where one is missing."""
    line = f"  - {action}"
    column = line.index("{" if key == "id" else f"{key}: ") + 1
    column += 0 if key == "id" else len(f"{key}: ")
    asked = workspace(only("plan-serves"), f"{line}\n")
    assert told(asked) == [f"plans/p1.yaml:3:{column} {message}"]


@pytest.mark.parametrize(
    "action",
    [
        "{id: a, marker: host, touchpoints: [window, club]}",
        "{id: a, marker: thanks, touchpoints: basket, channels: [phone, web, store]}",
        "{id: a, marker: thanks, touchpoints: club, segments: [newcomer, loyal]}",
        "{id: a, marker: thanks, touchpoints: lounge}",
        "{id: a, marker: host, channels: store}",
        "{id: a, removes: queue, touchpoints: [till, forum]}",
        "{id: a, marker: thanks, touchpoints: till, segments: loyal, status: done}",
        "{id: a, removes: queue, touchpoints: window, status: done}",
    ],
)
def test_an_action_that_can_be_done_and_shows_holds(action: str):
    report = check(workspace(only("plan-serves"), f"  - {action}\n"), DAY)
    assert {verdict.verdict for verdict in verdicts(report, "CH601")} == {Answer.HOLDS}


@pytest.mark.parametrize(
    "action",
    [
        "{id: a, marker: queue, touchpoints: stall, status: dropped}",
        "{id: a, touchpoints: stall, status: done}",
        "{id: a, marker: host, touchpoints: stall, status: done}",
    ],
)
def test_nothing_is_asked_any_more_of_what_is_dropped_or_done_where_nothing_is_left(action: str):
    report = check(workspace(only("plan-serves"), f"  - {action}\n"), DAY)
    assert Answer.BROKEN not in {verdict.verdict for verdict in report.verdicts}


def test_each_touchpoint_and_marker_of_an_action_has_its_verdict():
    plan = "  - {id: a, marker: thanks, removes: queue, touchpoints: [window, stall]}\n"
    report = check(workspace(only("plan-serves"), plan), DAY)
    assert [
        (v.action, v.journey, v.touchpoint, v.marker, v.verdict) for v in verdicts(report, "CH601")
    ] == [
        ("p1/a", None, None, "thanks", "holds"),
        ("p1/a", "buying", "window", "thanks", "holds"),
        ("p1/a", "buying", "window", "queue", "holds"),
        ("p1/a", "buying", "stall", "thanks", "broken"),
        ("p1/a", "buying", "stall", "queue", "broken"),
    ]


# plan-covers.


MISSED = "  - {id: thanked, kind: carries, markers: thanks}\n"
"""Newcomers are never thanked; a thank-you anywhere in the shop would do, or in the basket."""


def covers(plan: str, waivers: str = "") -> dict[str, str]:
    rules = only("plan-covers") + MISSED
    report = check(workspace(rules, plan, waivers=waivers), DAY)
    return {str(v.segment or v.channel): v.verdict.value for v in verdicts(report, "CH602")}


@pytest.mark.parametrize(
    ("plan", "answers"),
    [
        pytest.param(
            "  - {id: a, marker: thanks, touchpoints: window, segments: loyal}\n",
            {"newcomer": "broken", "store": "holds"},
            id="for others",
        ),
        pytest.param(
            "  - {id: a, marker: thanks, touchpoints: window, segments: newcomer}\n",
            {"newcomer": "holds", "store": "holds"},
            id="for them, in the shop",
        ),
        pytest.param(
            "  - {id: a, marker: thanks, touchpoints: window, status: done}\n",
            {"newcomer": "broken", "store": "broken"},
            id="done already",
        ),
        pytest.param(
            "  - {id: a, marker: thanks, channels: phone}\n",
            {"newcomer": "holds", "store": "broken"},
            id="elsewhere",
        ),
        pytest.param(
            "  - {id: a, marker: thanks}\n",
            {"newcomer": "holds", "store": "holds"},
            id="nowhere in particular",
        ),
    ],
)
def test_a_segment_and_a_channel_without_an_open_action_are_told(
    plan: str, answers: dict[str, str]
):
    nothing_broken = {"loyal": "vacuous", "web": "vacuous", "phone": "vacuous"}
    assert covers(plan) == nothing_broken | answers


def test_what_is_waived_needs_no_action():
    waivers = (
        "- {rule: thanked, journey: buying, reason: Not this year., owner: retail, "
        "expires: 2026-12-31}\n"
    )
    assert set(covers("  - {id: a, marker: host}\n", waivers).values()) == {"vacuous"}


def test_who_is_left_out_is_told_with_the_gravest_rules():
    rules = only("plan-covers") + MISSED + "  - {id: met, kind: carries, markers: host}\n"
    plan = "  - {id: a, marker: host, channels: [store, web, phone], segments: loyal}\n"
    assert told(workspace(rules, plan)) == [
        "plans/p1.yaml:1:1 Newcomers: No open action is for these customers, though rules are "
        "broken for them, above all “thanked” and “met”. Plan an action for them, or accept with "
        "a waiver what is broken."
    ]


# plan-agrees.


def agrees(*actions: str, plans: int = 1) -> list[str]:
    lines = [f"  - {{id: a{n}, marker: host, {action}}}\n" for n, action in enumerate(actions)]
    split = lines if plans > 1 else ["".join(lines)]
    report = check(workspace(only("plan-agrees"), *split), DAY)
    return [f"{v.action} {v.channel} {v.verdict}" for v in verdicts(report, "CH603")]


@pytest.mark.parametrize(
    ("one", "other", "is_at_odds"),
    [
        pytest.param("how: By name.", "how: With a badge.", True, id="otherwise"),
        pytest.param("how: By name.", "how: By   name.", False, id="alike"),
        pytest.param("how: By name.", "status: doing", False, id="one doesn't say"),
        pytest.param(
            "how: {en: By name., fr: Par son nom.}", "how: {fr: Par le nom.}", True, id="in French"
        ),
        pytest.param("how: {en: By name.}", "how: {fr: Par son nom.}", False, id="can't be told"),
        pytest.param(
            "how: By name.", "how: {en: By name., fr: Par son nom.}", False, id="one text"
        ),
        pytest.param(
            "how: By name., segments: loyal",
            "how: With a badge., segments: newcomer",
            False,
            id="other customers",
        ),
        pytest.param(
            "how: By name., segments: loyal", "how: With a badge.", True, id="some customers"
        ),
        pytest.param("how: By name.", "how: With a badge., status: dropped", False, id="dropped"),
        pytest.param("how: By name., status: done", "how: With a badge.", True, id="done"),
    ],
)
def test_two_actions_that_show_a_marker_otherwise_are_told(one: str, other: str, is_at_odds: bool):
    for plans in (1, 2):
        answers = agrees(f"channels: store, {one}", f"channels: store, {other}", plans=plans)
        assert ("a1 store broken" in " ".join(answers)) is is_at_odds


def test_only_the_channels_of_both_actions_are_told():
    answers = agrees(
        "touchpoints: [window, basket], how: By name.", "touchpoints: till, how: With a badge."
    )
    assert answers == [
        # The charter says that it is not for the website.
        *(f"p1/a0 {channel} holds" for channel in ("store", "phone")),
        "p1/a1 store broken",
    ]


def test_both_actions_are_named():
    plan = (
        "  - {id: a, what: Greet., marker: host, channels: store, how: By name.}\n"
        "  - {id: b, what: Badges., marker: host, channels: store, how: With a badge.}\n"
    )
    assert told(workspace(only("plan-agrees"), plan)) == [
        "plans/p1.yaml:4:64 The actions “Greet” and “Badges” show “A host” in different ways on "
        "Shop, to the same customers. Agree on one “how”, or write it into the charter and leave "
        "it out of both."
    ]


# plan-load.


@pytest.mark.parametrize(("option", "is_too_much"), [("at-most: 2", True), ("at-most: 3", False)])
def test_an_owner_with_too_many_open_actions_is_told(option: str, is_too_much: bool):
    """Of all plans together, where it gets too much."""
    plan = "  - {id: a, marker: host, owner: retail}\n  - {id: b, owner: retail, status: done}\n"
    more = "  - {id: a, owner: retail}\n  - {id: b, owner: retail}\n  - {id: c, owner: web}\n"
    found = told(workspace(only("plan-load", option), plan, more))
    assert found == is_too_much * [
        "plans/p2.yaml:4:20 “retail” has 3 open actions; at most 2 are allowed. Give some of them "
        "to others, put them off or drop them."
    ]


def test_five_open_actions_are_not_too_many_where_nothing_is_said():
    actions = [f"  - {{id: a{n}, owner: retail}}\n" for n in range(6)]
    assert told(workspace(only("plan-load"), "".join(actions[:5]))) == []
    assert len(told(workspace(only("plan-load"), "".join(actions)))) == 1


def test_a_rule_may_be_asked_of_some_plans_only():
    plan = "  - {id: a, owner: retail}\n  - {id: b, owner: retail}\n"
    rules = only("plan-load", "at-most: 2", "plans: [p2]")
    assert told(workspace(rules, plan, plan)) == []


def test_a_plan_that_isn_t_there_is_an_unknown_id():
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace(only("plan-load", "plans: [p3]"), "  - {id: a}\n")
    assert [(p.code, p.reason, p.position.file) for p in invalid.value.problems] == [
        ("CH002", "unknown-id", "charter.yaml")
    ]


# plan-on-time.


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("due: 2026-11-01", ""),
        ("due: 2026-10-31", "was due by 31\u00a0October 2026 and isn't done."),
        ("due: 2026-10-31, status: done", ""),
        ("due: 2026-10-31, status: dropped", ""),
        ("status: idea", ""),
        ("status: decided, owner: retail, due: 2026-12-01", ""),
        ("status: decided, owner: retail", "is decided, but not until when."),
        ("status: doing, due: 2026-12-01", "is decided, but nobody is said to do it."),
        ("status: decided", "is decided, but neither who does it nor until when."),
        (
            "status: decided, due: 2026-10-31",
            "was due by 31\u00a0October 2026, isn't done, and is nobody's.",
        ),
    ],
)
def test_what_is_late_or_nobody_s_or_for_no_day_is_told(action: str, message: str):
    found = told(workspace(only("plan-on-time"), f"  - {{id: a, {action}}}\n"))
    assert [f"The action “a” {message}" in each for each in found] == [True] * bool(message)


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [("[]", False), ("owner", False), ("due", True), ("[due, owner]", True)],
)
def test_what_a_decided_action_must_say_may_be_chosen(asked: str, is_told: bool):
    rules = only("plan-on-time", f"once-decided: {asked}")
    plan = "  - {id: a, status: decided, owner: retail}\n"
    assert bool(told(workspace(rules, plan))) is is_told


# All of them.


PLANS = ("plan-serves", "plan-covers", "plan-agrees", "plan-load", "plan-on-time")


def asked_rules(rules: str, *plans: str) -> list[str]:
    return [rule.id for rule in workspace(rules, *plans).rules]


def test_plans_are_asked_without_a_rule_that_says_so():
    assert asked_rules("", "  - {id: a}\n")[-5:] == list(PLANS)
    assert asked_rules("rules:\n" + MISSED, "  - {id: a}\n") == ["thanked", *PLANS]


def test_without_plans_nothing_is_asked_of_them():
    assert asked_rules("rules:\n" + MISSED) == ["thanked"]


def test_a_rule_of_the_charter_takes_the_place_of_the_one_that_comes_by_itself():
    rules = "rules:\n  - {id: busy, kind: plan-load, at-most: 1}\n" + MISSED
    assert asked_rules(rules, "  - {id: a}\n") == [
        "busy",
        "thanked",
        *(name for name in PLANS if name != "plan-load"),
    ]


def test_a_rule_that_comes_by_itself_never_takes_an_id_that_is_taken():
    rules = "rules:\n  - {id: plan-load, kind: carries, markers: thanks}\n"
    assert "plan-load-2" in asked_rules(rules, "  - {id: a}\n")


def test_verdicts_come_as_rules_are_declared_though_plans_are_asked_last():
    rules = "rules:\n  - {id: covered, kind: plan-covers}\n" + MISSED
    plan = "  - {id: a, marker: thanks, segments: loyal}\n"
    report = check(workspace(rules, plan), DAY)
    assert list(dict.fromkeys(verdict.rule for verdict in report.verdicts))[:2] == [
        "covered",
        "thanked",
    ]
    left_out = [v.segment for v in verdicts(report, "CH602") if v.verdict is Answer.BROKEN]
    assert left_out == ["newcomer"]


def test_a_rule_that_comes_by_itself_may_be_waived_and_accepted():
    plan = "  - {id: a}\n"
    waiver = "- {rule: plan-serves, reason: It is a draft., owner: retail, expires: 2026-12-31}\n"
    report = check(workspace("", plan, waivers=waiver), DAY)
    assert [v.status for v in verdicts(report, "CH601")] == [Status.WAIVED]
    found = check(workspace("", plan), DAY)
    accepted = Baseline.of(found)
    again = check(workspace("", plan, baseline=accepted.text()), DAY)
    assert [v.status for v in verdicts(again, "CH601")] == [Status.ACCEPTED]
    assert not [f for f in again.findings if f.code == "CH903"]


WAIVED = "reason: It is a draft., owner: retail, expires: 2026-12-31"


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("rule: plan-serves", []),
        ("rule: plan-serves, action: p1/b", ["p1/a", "p2/a"]),
        ("rule: plan-serves, action: p2/a", ["p1/a", "p1/b"]),
    ],
)
def test_a_waiver_may_be_of_one_action(scope: str, left: list[str]):
    rules, plan = only("plan-serves", id="plan-serves"), "  - {id: a}\n  - {id: b}\n"
    waivers = f"- {{{scope}, {WAIVED}}}\n"
    report = check(workspace(rules, plan, "  - {id: a}\n", waivers=waivers), DAY)
    open_ = [f for f in findings(report) if f.status is Status.OPEN]
    assert [finding.verdicts[0].action for finding in open_] == left


def test_a_waiver_may_be_of_one_segment_that_plans_leave_out():
    plan = "  - {id: a, marker: thanks, segments: loyal}\n"
    waivers = f"- {{rule: asked, segment: newcomer, {WAIVED}}}\n"
    report = check(workspace(only("plan-covers") + MISSED, plan, waivers=waivers), DAY)
    assert [f.status for f in findings(report)] == [Status.WAIVED]


@pytest.mark.parametrize(
    ("scope", "problems"),
    [
        ("rule: asked, action: p1/b", ["CH002 unknown-id"]),
        ("rule: asked, journey: buying", ["CH001 of-plans"]),
        ("rule: asked, through: till", ["CH001 of-plans"]),
        ("rule: thanked, journey: buying, action: p1/a", ["CH001 not-of-plans"]),
        ("rule: read, action: p1/a", ["CH001 whole-charter"]),
    ],
)
def test_a_waiver_says_nothing_that_its_rule_has_no_use_for(scope: str, problems: list[str]):
    rules = only("plan-serves") + MISSED + "  - {id: read, kind: reviewed, days: 9}\n"
    with pytest.raises(InvalidWorkspace) as invalid:
        workspace(rules, "  - {id: a}\n", waivers=f"- {{{scope}, {WAIVED}}}\n")
    assert [f"{p.code} {p.reason}" for p in invalid.value.problems] == problems


def test_a_change_of_a_waiver_is_told_with_its_action():
    rules, plan = only("plan-serves"), "  - {id: a, what: Lay a carpet.}\n"
    before, after = (
        check_workspace(workspace(rules, plan, waivers=waivers), DAY)
        for waivers in ("", f"- {{rule: asked, action: p1/a, {WAIVED}}}\n")
    )
    (change,) = compare(before, after).changes
    assert (change.what, change.id) == ("waiver", "asked/*/*/*/p1/a")
    told = diff_report.render(compare(before, after), speaker(Language.ENGLISH), Page())
    assert "waiver “asked”" in told
    assert "Lay a carpet" in told


def test_two_actions_at_one_touchpoint_are_two_findings():
    plan = "".join(f"  - {{id: {a}, marker: host, touchpoints: stall}}\n" for a in "ab")
    report = check(workspace(only("plan-serves"), plan), DAY)
    assert [f.verdicts[0].action for f in findings(report)] == ["p1/a", "p1/b"]
    assert len({finding.fingerprint for finding in findings(report)}) == 2


def test_json_tells_the_action_where_there_is_one():
    checked = check_workspace(workspace("rules:\n" + MISSED, "  - {id: a}\n"), DAY)
    page = Page()
    told = json_report.json.loads(json_report.render(checked, speaker(Language.ENGLISH), page))
    for verdict in told["verdicts"]:
        assert ("action" in verdict) is (verdict["rule"] in ("plan-serves", "plan-on-time"))


def test_a_fingerprint_is_as_it_was_where_there_is_no_action():
    """So that what was accepted before there were plans stays accepted."""
    verdict = Verdict(
        rule="host-everywhere",
        code="CH101",
        severity=Severity.ERROR,
        verdict=Answer.BROKEN,
        journey="purchase",
        segment="newcomer",
    )
    assert verdict.fingerprint == "c78f8da39d907277"


def test_a_plan_proves_nothing_of_the_charter():
    """What concerns nothing is never passed, whatever is well with plans."""
    rules = (
        "rules:\n  - {id: never, kind: carries, markers: host, outcomes: told, segments: loyal}\n"
    )
    del rules
    files = {
        "charter.yaml": CHARTER + "rules:\n" + MISSED,
        "plans/q4.yaml": "plan: q4\nactions: [{id: a, marker: host}]\n",
    }
    checked = check_workspace(read_files(files), DAY)
    assert Answer.HOLDS in {verdict.verdict for verdict in checked.report.verdicts}
    assert exit_status(checked, Severity.ERROR) == 4


def test_rules_that_come_with_plans_are_no_change_that_somebody_made():
    before, after = (
        check_workspace(workspace("rules:\n" + MISSED, *plans), DAY)
        for plans in ((), ("  - {id: a}\n",))
    )
    assert {change.what for change in compare(before, after).changes} == {"plan"}


def test_what_follows_an_earlier_version_is_asked_of_its_own_plans():
    """Whether plans came or went, the charter being what it was."""
    one, other = (workspace("rules:\n" + MISSED, *plans) for plans in ((), ("  - {id: a}\n",)))
    for was, now in ((one, other), (other, one)):
        check(was, DAY)
        assert check(now.following(was), DAY).verdicts == check(now, DAY).verdicts


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_is_told_in_both_languages(language: Language):
    """With nothing left to be filled in."""
    plan = (
        "  - {id: a, touchpoints: stall, status: decided}\n"
        "  - {id: b, marker: host, how: One., touchpoints: [basket, stall, forum], owner: us}\n"
        "  - {id: c, marker: host, how: Two., channels: web, owner: us, due: 2026-01-01}\n"
    )
    rules = "rules:\n  - {id: busy, kind: plan-load, at-most: 1}\n" + MISSED
    found = told(workspace(rules, plan), language)
    assert len(found) >= 8
    assert not [each for each in found if "{" in each]
