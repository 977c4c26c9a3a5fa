"""Eight processes save at once, one file or one draft, and nothing that was accepted is lost."""

import pytest

from tests.torture.measure import PROCESSES, SAVES_EACH
from tests.torture.side_by_side import told


def run(module: str, what: str, folder):
    done = told(module, folder, PROCESSES, SAVES_EACH)
    numbers = {n: sum(each[n] for each in done["accounts"]) for n in ("merged", "refused")}
    print(
        f"{PROCESSES} processes × {SAVES_EACH} saves of one {what}:", numbers,
        f"{done['seconds']} s, {done['processor seconds']} s of processors",
    )  # fmt: skip
    return done


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory):
    return run("writers", "file", tmp_path_factory.mktemp("writers"))


@pytest.fixture(scope="module")
def one_draft(tmp_path_factory: pytest.TempPathFactory):
    return run("draft_writers", "draft", tmp_path_factory.mktemp("drafts"))


@pytest.fixture(params=["one_file", "one_draft"])
def done(request: pytest.FixtureRequest):
    return request.getfixturevalue(request.param)


def test_every_touchpoint_that_was_added_is_there_once(done):
    touchpoints = [touchpoint["id"] for touchpoint in done["final"]["touchpoints"]]
    added = [name for account in done["accounts"] for name in account["added"]]
    assert len(added) == PROCESSES * SAVES_EACH // 5
    assert sorted(touchpoints) == sorted(["door", *added])


def test_touchpoints_stand_in_the_order_in_which_each_process_added_them(one_file):
    touchpoints = [touchpoint["id"] for touchpoint in one_file["final"]["touchpoints"]]
    for account in one_file["accounts"]:
        assert [name for name in touchpoints if name in account["added"]] == account["added"]


def test_each_field_is_as_who_alone_changes_it_left_it(done):
    owners = {each["id"]: each.get("owner") for each in done["final"]["touchpoints"]}
    for account in done["accounts"]:
        first, *others = account["added"]
        assert owners[first] == account["owner"]
        assert {owners[name] for name in others} <= {"nobody"}


def test_no_change_of_what_all_change_was_made_over_another_that_it_had_not_seen(done):
    """The accepted changes of the name follow one another, each from what the last made of it."""
    follows = {was: now for account in done["accounts"] for was, now in account["names"]}
    assert len(follows) == sum(len(account["names"]) for account in done["accounts"])
    name, steps = "nobody", 0
    while name in follows:
        name, steps = follows[name], steps + 1
    assert steps == len(follows)
    assert name == done["final"]["name"]


def test_comments_are_still_where_they_were(one_file):
    text = one_file["text"]
    assert text.startswith("journey: visit\nname: ")
    assert "  # all of them change it\ntouchpoints:\n  # The way in.\n  - id: door\n" in text


def test_there_was_something_to_merge_and_something_to_refuse(done):
    """Else nothing was tried. Not by chance: all wait for one another before two saves."""
    for what in ("merged", "refused"):
        assert sum(account[what] for account in done["accounts"])


def test_every_commit_is_among_those_that_lead_to_the_draft(one_draft):
    """And each save made one, so that there are no others."""
    made = [commit for account in one_draft["accounts"] for commit in account["made"]]
    *history, first = one_draft["history"]
    assert first not in made
    assert sorted(made) == sorted(history)
    assert len(set(made)) == PROCESSES * SAVES_EACH


def test_the_work_tree_and_its_branch_are_as_they_were(one_draft):
    assert one_draft["status"] == "## main"
