"""What will hold once action plans are done, and what each action does for it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from charter.checker import check, of_the_map
from charter.findings import Answer, Severity, Status, Verdict
from charter.messages import Language, Speaker
from charter.outlook import Effect, Outlook, outlook
from charter.reports.outlook import FORMATS, render
from charter.reports.page import Page
from charter.suggestions import Planned
from charter.usecases.plan import plan_folder
from charter.usecases.proposals import NotAPlanFile, plan_file, write_proposals
from charter.usecases.what_if import UnknownPlan, exit_status, foresee
from charter.what_if import carried_out
from charter.workspace import Workspace, read_files, read_folder

DAY = datetime.date(2026, 11, 25)
SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(folder.name for folder in SAMPLES.iterdir())
ENGLISH, FRENCH = Speaker(Language.ENGLISH), Speaker(Language.FRENCH)
CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}]
segments: [{id: newcomer, weight: 3}, {id: loyal}]
stages: [{id: buy}]
markers:
  - {id: host, name: A host}
  - {id: card, name: A card}
  - {id: queue, name: A queue, role: irritant}
rules:
  - {id: met, kind: carries, markers: [host]}
  - {id: no-queue, kind: at-most, markers: [queue], times: 0, severity: error}
  - {id: one-card, kind: at-most, markers: [card], times: 1}
"""
JOURNEY = """\
journey: buying
touchpoints:
  - {id: window, stage: buy, channel: store, entry: true, next: [counter, basket, parcel]}
  - {id: counter, stage: buy, channel: store, markers: [queue], next: [till]}
  - {id: basket, stage: buy, channels: [store, web], next: [till]}
  - {id: parcel, stage: buy, channel: web, status: planned, next: [till]}
  - {id: old-till, stage: buy, channel: store, status: retired, exit: bought}
  - {id: till, stage: buy, channel: store, markers: [{marker: host, status: planned}], exit: bought}
"""


def workspace(*actions: str) -> Workspace:
    listed = "".join(f"  - {{{action}}}\n" for action in actions)
    return read_files(
        {
            "charter.yaml": CHARTER,
            "journeys/buying.yaml": JOURNEY,
            "plans/q4.yaml": f"plan: q4\nname: The fourth quarter\nactions:\n{listed}",
        }
    )


def foreseen(*actions: str, is_committed_only: bool = False, seconds: float = 1.0) -> Outlook:
    read = workspace(*actions)
    return outlook(
        read,
        read.plans,
        DAY,
        is_committed_only=is_committed_only,
        seconds_left=lambda: seconds,
    )


def tags(done: Workspace, touchpoint: str) -> set[str]:
    """The tags of a touchpoint: ``host``, ``host for loyal``, ``host planned``."""
    (found,) = (t for t in done.journeys[0].touchpoints if t.id == touchpoint)
    return {
        tag.marker
        + (f" for {'+'.join(tag.segments)}" if tag.segments else "")
        + (" planned" if tag.status == "planned" else "")
        for tag in found.markers
    }


@pytest.mark.parametrize(
    ("action", "touchpoint", "carried"),
    [
        pytest.param("marker: host, touchpoints: window", "window", {"host"}, id="brought"),
        pytest.param(
            "marker: host, touchpoints: window, segments: loyal",
            "window",
            {"host for loyal"},
            id="for some segments",
        ),
        pytest.param("marker: host, touchpoints: till", "till", {"host"}, id="what was planned"),
        pytest.param(
            "marker: host, touchpoints: till, segments: loyal",
            "till",
            {"host for loyal", "host planned"},
            id="part of what was planned",
        ),
        pytest.param("removes: queue, touchpoints: counter", "counter", set(), id="removed"),
        pytest.param(
            "removes: queue, touchpoints: counter, segments: loyal",
            "counter",
            {"queue for newcomer"},
            id="removed for some segments",
        ),
        pytest.param(
            "marker: host, removes: queue, touchpoints: counter",
            "counter",
            {"host"},
            id="one for the other",
        ),
        pytest.param(
            "marker: host, touchpoints: basket, channels: [web]",
            "basket",
            set(),
            id="a touchpoint can't be changed on one of its channels alone",
        ),
        pytest.param(
            "marker: host, touchpoints: basket, channels: [web, store]",
            "basket",
            {"host"},
            id="on all of its channels",
        ),
        pytest.param("marker: host, touchpoints: old-till", "old-till", set(), id="retired"),
        pytest.param("what: Talk., touchpoints: window", "window", set(), id="serves no marker"),
    ],
)
def test_what_an_action_changes_on_the_map(action: str, touchpoint: str, carried: set[str]):
    read = workspace(f"id: a, {action}")
    assert tags(carried_out(read, read.plans[0].actions), touchpoint) == carried


def test_a_planned_touchpoint_that_an_action_names_is_there_once_it_is_done():
    def stops(done: Workspace) -> set[str]:
        (setting,) = done.settings
        return {stop.touchpoint.id for stop in setting.graph.stops}

    read = workspace("id: a, marker: host, touchpoints: parcel")
    assert "parcel" not in stops(read)
    assert "parcel" in stops(carried_out(read, read.plans[0].actions))


def test_what_is_brought_is_shown_as_the_action_says():
    read = workspace("id: a, marker: host, touchpoints: window, how: The host waves.")
    (touchpoint, *_) = carried_out(read, read.plans[0].actions).journeys[0].touchpoints
    assert touchpoint.markers[0].how == read.plans[0].actions[0].how


def effect(action: str, *others: str, **more: bool) -> Effect:
    return foreseen(f"id: a, {action}", *others, **more).effects[0]


MEET = "marker: host, touchpoints: window"
MEET_TOO = "id: b, marker: host, touchpoints: till"


def test_an_action_is_needed_for_what_breaks_without_it():
    found = effect(MEET)
    assert (found.needed_for, found.mends, found.breaks) == (("met",), ("met",), ())
    assert found.changes


def test_an_action_that_others_make_up_for_is_needed_for_nothing():
    found = effect(MEET, MEET_TOO)
    assert (found.needed_for, found.mends, found.changes) == ((), ("met",), True)


def test_actions_that_mend_only_together_are_both_needed():
    found = foreseen(
        "id: a, marker: host, touchpoints: counter",
        "id: b, marker: host, touchpoints: basket",
    )
    assert [(e.needed_for, e.mends) for e in found.effects] == [(("met",), ()), (("met",), ())]


def test_an_action_may_break_a_rule():
    found = effect("marker: card, touchpoints: window", "id: b, marker: card, touchpoints: till")
    assert found.breaks == ("one-card",)


def test_an_action_may_change_shares_without_turning_a_verdict():
    found = effect("marker: host, touchpoints: counter")
    assert (found.needed_for, found.mends, found.breaks, found.changes) == ((), (), (), True)


@pytest.mark.parametrize(
    "action",
    ["what: Talk.", "marker: card, touchpoints: window", "marker: host, touchpoints: old-till"],
)
def test_an_action_may_change_nothing(action: str):
    assert effect(action).changes is False


def test_actions_that_there_is_no_time_to_try_count_all_the_same():
    found = foreseen(f"id: a, {MEET}", seconds=0.0)
    assert found.effects[0].changes is None
    assert [v.rule for v in found.still_broken] == ["no-queue", "no-queue"]


@pytest.mark.parametrize(
    ("status", "counts", "counts_as_committed"),
    [
        ("idea", True, False),
        ("decided", True, True),
        ("doing", True, True),
        ("done", True, True),
        ("dropped", False, False),
    ],
)
def test_which_actions_count(status: str, counts: bool, counts_as_committed: bool):
    action = f"{MEET}, status: {status}"
    assert effect(action).is_counted is counts
    assert effect(action, is_committed_only=True).is_counted is counts_as_committed


def test_a_check_of_the_workspace_once_done_proves_it():
    found = foreseen(f"id: a, {MEET}", "id: b, removes: queue, touchpoints: counter")
    assert found.still_broken == ()
    assert exit_status(found) == 0
    proved = of_the_map(check(found.done, DAY), found.done)
    assert proved.verdicts == found.after.verdicts


def test_the_json_says_the_same_in_each_language():
    found = foreseen(f"id: a, {MEET}", "id: b, what: Talk., status: dropped")
    told = [render("json", found, speak, Page()) for speak in (ENGLISH, FRENCH)]
    assert told[0] == told[1]
    content = json.loads(told[0])
    assert content["schema"] == "charter-what-if/1"
    assert [a["counted"] for a in content["actions"]] == [True, False]
    turned = {(v["rule"], v["segment"]): v["change"] for v in content["verdicts"]}
    assert turned["met", "loyal"] == "repaired"
    assert turned["no-queue", "loyal"] == "still-broken"
    assert content["proved"] is False


def test_an_outlook_in_words():
    found = foreseen(
        f"id: a, what: The host waves., owner: shop, due: 2026-12-01, {MEET}",
        "id: b, what: Talk.",
        "id: c, marker: card, touchpoints: [window, till]",
        "id: d, what: Sing., status: dropped",
    )
    assert (
        render("text", found, ENGLISH, Page(width=78))
        == """\
The Lamp Shop · Once “The fourth quarter” is done, 1 rule of severity “error”
  is still broken.
3 actions count. 1 was dropped.

Before and after

  met: 2 verdicts broken (100% of cases, if every choice were equally likely)
    → holds
  one-card: holds → 2 verdicts broken (100% of cases, if every choice were
    equally likely)

1 rule is as broken then as today: no-queue.
Broken verdicts of all rules: 4 today, 4 then, as the check of the workspace
  with these actions proves.

What each action does

  1.  The host waves.
      q4/a · idea, shop, due 1 December 2026
      Without it, the rule met would be broken.

  2.  Talk.
      q4/b · idea
      It changes nothing that a rule asks for.

  3.  c
      q4/c · idea
      It breaks one-card.

What stays broken

  no-queue
    Can a customer meet “A queue” (irritant)?
    Still: window → counter → till
    To do: Put an end to it at “counter”.
"""
    )


# The samples.


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_of_a_sample_turns_every_error_green(name: str):
    workspace = read_folder(SAMPLES / name)
    found = outlook(workspace, workspace.plans, DAY, seconds_left=lambda: 0.0)
    assert any(v.severity is Severity.ERROR for v in found.before.verdicts if is_open(v))
    assert found.still_broken == ()
    assert len([v for v in found.after.verdicts if is_open(v)]) < len(
        [v for v in found.before.verdicts if is_open(v)]
    )


def is_open(verdict: Verdict) -> bool:
    return verdict.verdict is Answer.BROKEN and verdict.status is Status.OPEN


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A sample, its cheapest plan written into it."""
    root = tmp_path / str(request.param)
    for file in (SAMPLES / str(request.param)).rglob("*"):
        if file.is_file():
            target = root / file.relative_to(SAMPLES / str(request.param))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return root


def proposed(root: Path) -> Planned:
    planned = plan_folder(root, DAY, seconds=30.0, clock=lambda: 0.0)
    assert isinstance(planned, Planned)
    return planned


def test_what_a_plan_proposes_for_a_sample_turns_every_error_green(sample: Path):
    planned = proposed(sample)
    done = write_proposals(sample, planned, "plans/proposed.yaml", ENGLISH)
    assert (done.added, done.known) == (len(planned.plan.actions), 0)
    found = foresee(sample, DAY, ["proposed"], seconds=60.0, clock=lambda: 0.0)
    assert isinstance(found, Outlook)
    assert any(v.severity is Severity.ERROR for v in found.before.verdicts if is_open(v))
    assert (found.still_broken, exit_status(found)) == ((), 0)
    # None of a cheapest plan can be spared.
    assert all(effect.needed_for for effect in found.effects)
    for speak in (ENGLISH, FRENCH):
        for form in FORMATS:
            assert render(form, found, speak, Page())


def test_proposals_are_written_in_the_languages_of_the_charter(sample: Path):
    write_proposals(sample, proposed(sample), "plans/proposed.yaml", ENGLISH)
    (action, *_) = next(p for p in read_folder(sample).plans if p.id == "proposed").actions
    assert action.what is not None
    names = read_folder(sample).charter.markers[0].name.texts
    assert [language for language, _ in action.what.texts] == [language for language, _ in names]


def test_proposals_leave_what_people_wrote_as_it_is(sample: Path):
    planned = proposed(sample)
    first = planned.plan.actions[0]
    start = (
        "# Ours; don't touch.\nplan: winter   # the name\nactions:\n"
        f"  - {{id: mine, marker: {first.marker}, journey: {first.journey},\n"
        f"     touchpoints: [{first.touchpoint}], status: dropped}}   # no money\n"
    )
    file = sample / "plans" / "winter.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(start, encoding="utf-8")
    planned = proposed(sample)
    done = write_proposals(sample, planned, "plans/winter.yaml", ENGLISH)
    assert (done.added, done.known) == (len(planned.plan.actions) - 1, 1)
    assert file.read_text(encoding="utf-8").startswith(start)
    written = file.read_bytes()
    again = write_proposals(sample, proposed(sample), "plans/winter.yaml", ENGLISH)
    assert again.added == 0
    assert file.read_bytes() == written


@pytest.mark.parametrize(
    "start", ["plan: winter\n", "plan: winter\nactions:\n", "plan: w\nactions: []\n"]
)
def test_proposals_begin_the_list_of_a_plan_without_any(start: str, tmp_path: Path):
    for name, text in {
        "charter.yaml": CHARTER,
        "journeys/buying.yaml": JOURNEY,
        "plans/winter.yaml": start,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    planned = plan_folder(tmp_path, DAY, rules=["met"], seconds=30.0, clock=lambda: 0.0)
    assert isinstance(planned, Planned)
    write_proposals(tmp_path, planned, "plans/winter.yaml", FRENCH)
    (action,) = read_folder(tmp_path).plans[0].actions
    assert (action.id, action.status, action.cost) == ("host-at-till", "idea", 1.0)
    assert action.named("fr").startswith("Porter")


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("plans/q4.yaml", "plans/q4.yaml"),
        ("./plans/q4.yml", "plans/q4.yml"),
        ("{root}/plans/q4.yaml", "plans/q4.yaml"),
        ("q4.yaml", None),
        ("plans/q4.json", None),
        ("plans/deep/q4.yaml", None),
        ("../plans/q4.yaml", None),
        ("plans/…​.yaml", None),
        ("journeys/buying.yaml", None),
    ],
)
def test_where_a_plan_may_be_written(written: str, file: str | None, tmp_path: Path):
    asked = Path(written.format(root=tmp_path))
    if file is None:
        with pytest.raises(NotAPlanFile):
            plan_file(tmp_path, asked)
    else:
        assert plan_file(tmp_path, asked) == file


@pytest.mark.parametrize(
    ("written", "suggestion"), [("q5", None), ("plans/q5.yaml", "plans/q4.yaml"), ("x\0y", None)]
)
def test_a_plan_that_is_not_there_is_told(written: str, suggestion: str | None, tmp_path: Path):
    for name, text in {
        "charter.yaml": CHARTER,
        "journeys/buying.yaml": JOURNEY,
        "plans/q4.yaml": "plan: q4\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(UnknownPlan) as unknown:
        foresee(tmp_path, DAY, [written], seconds=1.0, clock=lambda: 0.0)
    assert (unknown.value.suggestion, unknown.value.known) == (suggestion, ("plans/q4.yaml",))


def test_where_nothing_is_proved_nothing_is_said_to_hold():
    charter = CHARTER.partition("rules:")[0]
    files = {
        "charter.yaml": charter,
        "plans/q4.yaml": "plan: q4\nactions: [{id: a, marker: host}]\n",
    }
    read = read_files(files)
    found = outlook(read, read.plans, DAY, seconds_left=lambda: 1.0)
    assert (found.still_broken, found.is_proved, exit_status(found)) == ((), False, 4)
    told = render("text", found, ENGLISH, Page())
    assert told.startswith(
        "The Lamp Shop · What holds once “q4” is done can't be told: nothing was"
    )
    assert json.loads(render("json", found, ENGLISH, Page()))["proved"] is False
