"""Unsaved work: steps done and undone, what others saved meanwhile, and keeping it."""

import datetime
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.desk import MOST_STEPS, Desk
from charter.desk.keeping import Kept, all_kept, forget, keep, kept_as
from charter.merging.settling import Unsettled
from charter.private_folder import PrivateFolder

FILE = "journeys/buying.yaml"
NOW = datetime.datetime(2026, 11, 26, 9, 0, tzinfo=datetime.UTC)


def journey(**emotions: int) -> bytes:
    points = "".join(f"  - id: {name}\n    emotion: {value}\n" for name, value in emotions.items())
    return f"journey: buying\ntouchpoints:\n{points}".encode()


FILES = {FILE: journey(window=0, till=0), "charter.yaml": b"charter: 1\n"}


def worked_on(*contents: bytes) -> Desk:
    desk = Desk()
    for content in contents:
        desk = desk.amended(FILES, {FILE: content}, "Feels otherwise")
    return desk


def test_steps_are_undone_and_done_again():
    desk = worked_on(journey(window=1, till=0), journey(window=2, till=0))
    assert desk.over(FILES)[FILE] == journey(window=2, till=0)
    assert desk.undone().over(FILES)[FILE] == journey(window=1, till=0)
    assert desk.undone().undone().changes == {}
    assert desk.undone().undone().undone() == desk.undone().undone()
    assert desk.undone().undone().done_again().done_again() == desk


def test_a_step_after_undoing_leaves_nothing_to_do_again():
    desk = worked_on(journey(window=1, till=0)).undone()
    desk = desk.amended(FILES, {FILE: journey(window=-1, till=0)}, "Feels otherwise")
    assert desk.next is None
    assert desk.undone().changes == {}


def test_a_file_may_be_new_and_may_go():
    desk = Desk().amended(FILES, {"plans/q4.yaml": b"plan: q4\n"}, "A plan")
    desk = desk.amended(FILES, {FILE: None}, "No journey")
    assert desk.over(FILES).keys() == {"charter.yaml", "plans/q4.yaml"}
    assert desk.undone().over(FILES) == {**FILES, "plans/q4.yaml": b"plan: q4\n"}


def test_what_was_saved_can_still_be_undone():
    desk = worked_on(journey(window=1, till=0), journey(window=2, till=0))
    saved = desk.saved({FILE: journey(window=2, till=0)})
    assert saved.changes == {}
    assert saved.undone().changes == {FILE: journey(window=1, till=0)}


def test_what_others_saved_elsewhere_is_brought_into_each_step():
    desk = worked_on(journey(window=1, till=0), journey(window=2, till=0))
    rebased = desk.rebased({**FILES, FILE: journey(window=0, till=-2)})
    assert rebased.contents == {FILE: journey(window=2, till=-2)}
    assert rebased.undone().contents == {FILE: journey(window=1, till=-2)}
    assert rebased.undone().undone().changes == {}


def test_what_others_saved_of_the_same_field_is_for_people_to_settle():
    desk = worked_on(journey(window=1, till=0))
    theirs = {**FILES, FILE: journey(window=-2, till=0)}
    with pytest.raises(Unsettled) as unsettled:
        desk.rebased(theirs)
    (conflict,) = unsettled.value.conflicts
    assert (conflict.mine, conflict.theirs) == ("1", "-2")
    settled = desk.settled(theirs, {FILE: journey(window=1, till=0)})
    assert settled.changes == {FILE: journey(window=1, till=0)}
    assert settled.undone().changes == {}


def test_a_step_at_odds_with_what_others_saved_cant_be_gone_back_to():
    """The last step is of another field, and stays; the one before it is passed over."""
    first = journey(window=1, till=0)
    desk = worked_on(first, journey(window=-2, till=0))
    rebased = desk.rebased({**FILES, FILE: journey(window=-2, till=2)})
    assert rebased.changes == {}
    assert rebased.undone().changes == {}


def test_nothing_is_remembered_without_end():
    desk = worked_on(*(journey(window=n, till=0) for n in range(MOST_STEPS + 5)))
    assert len(desk.steps) == MOST_STEPS
    for _ in range(MOST_STEPS):
        desk = desk.undone()
    assert desk.changes == {FILE: journey(window=4, till=0)}


def test_a_desk_is_kept_and_taken_up_again(tmp_path: Path):
    private = PrivateFolder(tmp_path)
    desk = worked_on(journey(window=1, till=0), journey(window=2, till=0)).undone()
    keep(private, Kept("abcdefgh1", "Anne", NOW, desk))
    assert kept_as(private, "abcdefgh1") == Kept("abcdefgh1", "Anne", NOW, desk)
    assert [each.who for each in all_kept(private)] == ["Anne"]
    forget(private, "abcdefgh1")
    assert all_kept(private) == []


@pytest.mark.parametrize("token", ["../../x", "short", "", "a" * 65, "ABC/def123"])
def test_a_token_is_no_path(tmp_path: Path, token: str):
    assert kept_as(PrivateFolder(tmp_path), token) is None


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_what_is_damaged_is_nothing(damaged: bytes):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        private = PrivateFolder(Path(folder))
        private.write("unsaved/abcdefgh1", damaged)
        assert kept_as(private, "abcdefgh1") is None


_EMOTIONS = st.dictionaries(st.sampled_from(string.ascii_lowercase[:4]), st.integers(-2, 2))


@given(_EMOTIONS, st.lists(st.tuples(_EMOTIONS, st.booleans()), max_size=8), _EMOTIONS)
@settings(max_examples=100)
def test_after_any_work_undoing_all_leads_back_to_what_others_say(
    begin: dict[str, int], work: list[tuple[dict[str, int], bool]], others: dict[str, int]
):
    files = {FILE: journey(**begin)}
    desk = Desk()
    for emotions, is_undone in work:
        desk = desk.amended(files, {FILE: journey(**emotions)}, "")
        desk = desk.undone() if is_undone else desk
    theirs = {FILE: journey(**others)}
    try:
        rebased = desk.rebased(theirs)
    except Unsettled:
        return
    assert rebased.is_based_on(theirs)
    assert rebased.done_again().undone() == rebased or rebased.next is None
    if len(rebased.steps) == len(desk.steps):
        for _ in range(rebased.done):
            rebased = rebased.undone()
        assert rebased.changes == {}
