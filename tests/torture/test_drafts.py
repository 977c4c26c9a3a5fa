"""Eight processes save one draft at once: no commit is lost, nor anything that was accepted."""

import json
import subprocess
import sys

import pytest

from tests.torture.measure import PROCESSES, SAVES_EACH


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("drafts")
    words = map(str, (folder, PROCESSES, SAVES_EACH))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture.draft_writers", *words],
        capture_output=True,
        check=False,
        text=True,
        timeout=3600,
    )
    assert ran.returncode == 0, ran.stderr
    done = json.loads(ran.stdout)
    told = {n: sum(each[n] for each in done["accounts"]) for n in ("merged", "refused", "late")}
    print(
        f"{PROCESSES} processes × {SAVES_EACH} saves of one draft:", told,
        f"{done['seconds']} s, {done['processor seconds']} s of processors",
    )  # fmt: skip
    return done


def test_every_commit_is_among_those_that_lead_to_the_draft(done):
    """And each save made one, so that there are no others."""
    made = [commit for account in done["accounts"] for commit in account["made"]]
    *history, first = done["history"]
    assert first not in made
    assert sorted(made) == sorted(history)
    assert len(set(made)) == PROCESSES * SAVES_EACH


def test_every_touchpoint_that_was_added_is_there_once(done):
    touchpoints = [touchpoint["id"] for touchpoint in done["final"]["touchpoints"]]
    added = [name for account in done["accounts"] for name in account["added"]]
    assert len(added) == PROCESSES * SAVES_EACH // 5
    assert sorted(touchpoints) == sorted(["door", *added])


def test_each_field_is_as_who_alone_changes_it_left_it(done):
    owners = {each["id"]: each.get("owner") for each in done["final"]["touchpoints"]}
    for account in done["accounts"]:
        assert owners[account["added"][0]] == account["owner"]


def test_no_change_of_what_all_change_was_made_over_another_that_it_had_not_seen(done):
    """The accepted changes of the name follow one another, each from what the last made of it."""
    follows = {was: now for account in done["accounts"] for was, now in account["names"]}
    assert len(follows) == sum(len(account["names"]) for account in done["accounts"])
    name, steps = "nobody", 0
    while name in follows:
        name, steps = follows[name], steps + 1
    assert steps == len(follows)
    assert name == done["final"]["name"]


def test_the_work_tree_and_its_branch_are_as_they_were(done):
    assert done["status"] == "## main"


def test_there_was_something_to_merge_and_something_to_refuse(done):
    """Else nothing was tried."""
    for what in ("merged", "refused"):
        assert sum(account[what] for account in done["accounts"])
