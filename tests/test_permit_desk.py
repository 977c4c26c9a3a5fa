"""The permit desk's journey is what its log counts, and `recount.py` counts it right."""

import csv
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "permit-desk"

# The log isn't part of the project: RECEIPT_LOG says where it is (then it has to be there), or
# it lies beside the project. Without it, the tests of the last class have nothing to run on, and
# pytest's summary says so.
BESIDE = ROOT.parent / "shared" / "realdata" / "receipt" / "receipt.csv"
NAMED = os.environ.get("RECEIPT_LOG")
LOGS = [Path(NAMED)] if NAMED else [BESIDE] if BESIDE.is_file() else []

CHECK = "T02 Check confirmation of receipt"
APPROVE = "T04 Determine confirmation of receipt"
SEND = "T05 Print and send confirmation of receipt"
ADVICE = "T06 Determine necessity of stop advice"
STOP = "T10 Determine necessity to stop indication"
RECEIPT = "Confirmation of receipt"


def load_recount() -> ModuleType:
    """Import the script, which is part of a sample and so of no package."""
    spec = importlib.util.spec_from_file_location("permit_desk_recount", SAMPLE / "recount.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


recount = load_recount()


def log_lines(*cases: tuple[str, str, Sequence[str]]) -> list[str]:
    """Write a log of (case, channel, activities), one event a minute."""
    lines = ["case:channel,case:concept:name,concept:name,time:timestamp"]
    for case, channel, activities in cases:
        lines += [
            f"{channel},{case},{activity},2011-10-11 13:{minute:02}:00.000000+02:00"
            for minute, activity in enumerate(activities)
        ]
    return lines


TINY = log_lines(
    ("case-1", "Internet", [RECEIPT, CHECK, APPROVE, SEND, ADVICE, STOP]),
    ("case-2", "Internet", [RECEIPT, CHECK, CHECK, APPROVE, SEND]),
    ("case-3", "Desk", [RECEIPT, ADVICE, CHECK, APPROVE, SEND]),
    ("case-4", "Intern", [RECEIPT, STOP]),
    ("case-5", "e-mail", [RECEIPT]),
)

TINY_JOURNEY = """
journey: receipt
segments: [internet, desk, email]
touchpoints:
  - {id: receipt-online, segments: [internet], entry: true, arrives: 2,
     next: [{to: t02-check-confirmation, share: 2}]}
  - {id: receipt-counter, segments: [desk], entry: true,
     next: [t06-advice-needed-early]}
  - {id: receipt-by-email, segments: [email], entry: true, arrives: 1, exit: left-open, ends: 1}
  - {id: t02-check-confirmation, segments: [internet, desk], next: [
      {to: t04-approve-confirmation, share: {internet: 2}},
      {to: t02-check-confirmation, segments: [internet], share: 1}]}
  - {id: t04-approve-confirmation, segments: [internet, desk], next: [
      {to: t05-send-confirmation, share: {internet: 2, desk: 1}}]}
  - {id: t05-send-confirmation, segments: [internet, desk], exit: confirmed, next: [
      {to: t06-advice-needed, segments: [internet], share: 1}]}
  - {id: t06-advice-needed, segments: [internet], next: [t10-stop-needed]}
  - {id: t06-advice-needed-early, segments: [desk], next: [t02-check-confirmation]}
  - {id: t10-stop-needed, segments: [internet], exit: confirmed, ends: {internet: 1}}
"""


@pytest.fixture
def tiny_log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join(TINY), encoding="utf-8")
    return path


@pytest.fixture
def tiny_journey(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.yaml"
    path.write_text(TINY_JOURNEY, encoding="utf-8")
    return path


def test_a_case_is_a_walk_through_touchpoints_of_its_segment():
    """The receipt is where the citizen came; what is done before the letter is `early`."""
    assert [(walk.segment, *walk.touchpoints) for walk in recount.read_walks(TINY)] == [
        (
            "internet",
            "receipt-online",
            "t02-check-confirmation",
            "t04-approve-confirmation",
            "t05-send-confirmation",
            "t06-advice-needed",
            "t10-stop-needed",
        ),
        (
            "internet",
            "receipt-online",
            "t02-check-confirmation",
            "t02-check-confirmation",
            "t04-approve-confirmation",
            "t05-send-confirmation",
        ),
        (
            "desk",
            "receipt-counter",
            "t06-advice-needed-early",
            "t02-check-confirmation",
            "t04-approve-confirmation",
            "t05-send-confirmation",
        ),
        ("email", "receipt-by-email"),
    ]


def test_events_are_ordered_by_time_not_by_line_or_by_text():
    """02:30 at +02:00, in summer time, comes before 02:10 at +01:00."""
    lines = [
        "case:channel,case:concept:name,concept:name,time:timestamp",
        f"Post,case-1,{CHECK},2011-10-30 02:10:00.000000+01:00",
        f"Post,case-1,{RECEIPT},2011-10-30 02:30:00.000000+02:00",
    ]
    [walk] = recount.read_walks(lines)
    assert walk.touchpoints == ("receipt-by-post", "t02-check-confirmation")


def test_counts_starts_steps_and_ends_by_segment():
    tally = recount.count(recount.read_walks(TINY))
    assert tally.arrives == {
        "receipt-online": {"internet": 2},
        "receipt-counter": {"desk": 1},
        "receipt-by-email": {"email": 1},
    }
    assert tally.steps["t02-check-confirmation", "t02-check-confirmation"] == {"internet": 1}
    assert tally.steps["t04-approve-confirmation", "t05-send-confirmation"] == {
        "internet": 2,
        "desk": 1,
    }
    assert tally.ends == {
        "t10-stop-needed": {"internet": 1},
        "t05-send-confirmation": {"internet": 1, "desk": 1},
        "receipt-by-email": {"email": 1},
    }


def test_leaves_out_what_is_rare_and_what_then_leads_nowhere():
    """The letter's end is kept (2 cases), so the way on to the only rarer end goes."""
    tally = recount.count(recount.read_walks(TINY))
    kept = recount.without_noise(tally, steps_at_least=1, ends_at_least=2)
    assert kept.ends == {"t05-send-confirmation": {"internet": 1, "desk": 1}}
    assert "receipt-by-email" not in kept.arrives
    touchpoints = {touchpoint for step in kept.steps for touchpoint in step}
    assert not touchpoints & {"t06-advice-needed", "t10-stop-needed"}
    assert "t06-advice-needed-early" in touchpoints


def test_the_four_receipts_are_rare_or_not_as_one_activity():
    walks = recount.read_walks(
        log_lines(("case-1", "Post", [RECEIPT]), ("case-2", "e-mail", [RECEIPT]))
    )
    kept = recount.without_noise(recount.count(walks), ends_at_least=2)
    assert kept.ends == {"receipt-by-post": {"post": 1}, "receipt-by-email": {"email": 1}}


def test_a_journey_that_says_what_the_log_counts_passes(tiny_log, tiny_journey, capsys):
    """What isn't said counts as 1, as for the checker."""
    status = recount.main(
        [str(tiny_log), "--check", str(tiny_journey), "--steps-at-least=1", "--ends-at-least=1"]
    )
    assert capsys.readouterr().out.startswith("0 differences")
    assert status == 0


@pytest.mark.parametrize(
    ("was", "instead", "told"),
    [
        pytest.param(
            "{internet: 2, desk: 1}",
            "{internet: 3, desk: 1}",
            "share t04-approve-confirmation → t05-send-confirmation, internet: "
            "2 in the log, 3 in the journey",
            id="a share",
        ),
        pytest.param(
            "arrives: 2",
            "arrives: 4",
            "arrives receipt-online, internet: 2 in the log, 4 in the journey",
            id="a start",
        ),
        pytest.param(
            "ends: {internet: 1}",
            "ends: {internet: 5}",
            "ends t10-stop-needed, internet: 1 in the log, 5 in the journey",
            id="an end",
        ),
        pytest.param(
            "segments: [internet], share: 1}]}\n  - {id: t04",
            "share: {internet: 1}}]}\n  - {id: t04",
            "share t02-check-confirmation → t02-check-confirmation, desk: "
            "none in the log, 1 in the journey",
            id="a step open to a segment that never took it",
        ),
        pytest.param(
            ", exit: left-open, ends: 1",
            "",
            "ends receipt-by-email, email: 1 in the log, none in the journey",
            id="an end left out",
        ),
    ],
)
def test_tells_each_difference(tiny_log, tiny_journey, capsys, was, instead, told):
    assert TINY_JOURNEY.count(was) == 1
    tiny_journey.write_text(TINY_JOURNEY.replace(was, instead), encoding="utf-8")
    status = recount.main(
        [str(tiny_log), "--check", str(tiny_journey), "--steps-at-least=1", "--ends-at-least=1"]
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[:-1] == [told]
    assert lines[-1].startswith("1 differences")
    assert status == 1


def test_prints_the_counts_and_what_they_cover(tiny_log, capsys):
    assert recount.main([str(tiny_log), "--steps-at-least=1", "--ends-at-least=2"]) == 0
    out = capsys.readouterr().out
    assert "t04-approve-confirmation → t05-send-confirmation" in out
    assert "2 of 4 cases (50.0%)" in out


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(["case,when", "1,now"], "no column case:channel", id="another log"),
        pytest.param(log_lines(("1", "Fax", [RECEIPT])), "'Fax'", id="another channel"),
        pytest.param(log_lines(("1", "Post", ["T99"])), '"T99"', id="another activity"),
        pytest.param([*TINY, f"Post,case-9,{RECEIPT},soon"], "line 21", id="no time"),
    ],
)
def test_a_log_that_it_cannot_count_is_refused(tmp_path, capsys, lines, told):
    path = tmp_path / "log.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        recount.main([str(path)])
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[", "[]", "touchpoints: [{}]", "journey: receipt"])
def test_a_journey_that_it_cannot_read_is_refused(tiny_log, tmp_path, capsys, text):
    path = tmp_path / "journey.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        recount.main([str(tiny_log), "--check", str(path)])
    assert stopped.value.code == 2
    assert "not a journey" in capsys.readouterr().err


def test_the_charters_weights_are_the_cases_that_arrive():
    """Segments weigh what the journey counts."""
    charter = yaml.safe_load((SAMPLE / "charter.yaml").read_text(encoding="utf-8"))
    journey = recount.read_journey((SAMPLE / "journeys/receipt.yaml").read_text(encoding="utf-8"))
    arrived = {s: n for by in journey.arrives.values() for s, n in by.items()}
    assert {segment["id"]: segment["weight"] for segment in charter["segments"]} == arrived


def test_nobody_is_lost_on_the_map_but_the_rare():
    """What comes to a touchpoint goes on or ends there, but for the few rare steps left out."""
    journey = recount.read_journey((SAMPLE / "journeys/receipt.yaml").read_text(encoding="utf-8"))
    came = sum(sum(by.values()) for by in journey.arrives.values())
    ended = sum(sum(by.values()) for by in journey.ends.values())
    assert (came, ended) == (1433, 1396)


def test_the_checker_finds_what_the_readme_tells():
    """A handful breaks, and the proofs over loops hold."""
    run = subprocess.run(
        [sys.executable, "-m", "charter", "check", str(SAMPLE), "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 1, run.stderr
    verdicts = json.loads(run.stdout)["verdicts"]

    def concerned(verdict: str) -> set[tuple[str, str, str]]:
        return {
            (
                each["rule"],
                each["segment"] or "",
                (each["witness"] or [each["touchpoint"] or ""])[0],
            )
            for each in verdicts
            if each["verdict"] == verdict
        }

    assert concerned("broken") == {
        ("a-date-at-once", "post", "receipt-by-post"),
        ("a-name-for-everyone", "internet", "receipt-online"),
        ("a-name-for-everyone", "post", "receipt-by-post"),
        ("a-name-for-everyone", "email", "receipt-by-email"),
        ("big-letters-are-plain", "internet", "t20-send-hold-report-early"),
        ("big-letters-are-plain", "internet", "t20-send-hold-report"),
        ("big-letters-are-plain", "desk", "t20-send-hold-report"),
        ("the-whole-file-changes-hands", "internet", "receipt-online"),
        ("the-whole-file-changes-hands", "desk", "receipt-counter"),
        ("one-silence-at-most", "internet", "receipt-online"),
        ("said-on-every-channel", "", "receipt-by-email"),
        ("a-plain-letter-for-nine-in-ten", "desk", "receipt-counter"),
        ("the-same-by-every-way", "", ""),
        ("not-left-with-bad-news", "internet", "receipt-online"),
        ("not-left-with-bad-news", "desk", "receipt-counter"),
        ("each-step-brings-nearer", "internet", ""),
        ("somebody-owns-it", "", "receipt-online"),
        ("somebody-owns-it", "", "receipt-counter"),
        ("somebody-owns-it", "", "receipt-by-post"),
        ("somebody-owns-it", "", "receipt-by-email"),
        ("somebody-owns-it", "", ""),
        ("watched-at-each-stage", "", ""),
        # Next year's plan has nothing for the back office.
        ("plan-covers", "", ""),
    }
    holding = {(rule, segment) for rule, segment, _ in concerned("holds")}
    for segment in ("internet", "desk", "post", "email"):
        assert ("the-date-stays-in-view", segment) in holding
        assert ("the-answered-met-us", segment) in holding
    assert ("a-word-after-silence", "internet") in holding
    for segment in ("internet", "post", "email"):
        assert ("a-plain-letter-for-nine-in-ten", segment) in holding
    assert {rule for rule, _, _ in concerned("vacuous")} == {
        "bad-news-can-be-answered",
        "a-word-after-silence",
        # Nothing that is planned says how a marker is to show there.
        "plan-agrees",
    }


@pytest.mark.parametrize("log", LOGS, ids=lambda path: path.name)
class TestTheLogItself:
    """Only where the log can be had; the tests above need none."""

    def test_every_share_start_and_end_is_the_logs(self, log, capsys):
        status = recount.main([str(log), "--check", str(SAMPLE / "journeys" / "receipt.yaml")])
        assert capsys.readouterr().out.startswith("0 differences")
        assert status == 0

    def test_the_readme_states_what_the_map_covers(self, log, capsys):
        """The figures of README.md, as the script prints them."""
        assert recount.main([str(log)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == (
            "36 touchpoints, 67 kinds of step, 8 ends: 1362 of 1433 cases (95.0%) lie wholly on "
            "the map, with 7040 of 7138 steps (98.6%) and 8542 of 8571 events (99.7%)."
        )

    def test_every_owner_is_the_group_that_did_most(self, log):
        """Each touchpoint with an owner; a receipt has none, as most name no group."""
        groups: dict[str, dict[str, int]] = {}
        activity_of = {**recount.LETTER_MAKING, **recount.BEFORE_OR_AFTER}
        with log.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                done_by = groups.setdefault(activity_of.get(row["concept:name"], "receipt"), {})
                done_by[row["org:group"]] = done_by.get(row["org:group"], 0) + 1
        journey = yaml.safe_load((SAMPLE / "journeys/receipt.yaml").read_text(encoding="utf-8"))
        for touchpoint in journey["touchpoints"]:
            named = groups[
                "receipt" if "entry" in touchpoint else touchpoint["id"].removesuffix("-early")
            ]
            most = max(named, key=lambda group: named[group])
            owner = touchpoint.get("owner", "empty").replace("-", " ").upper()
            assert owner == most.upper(), touchpoint["id"]
