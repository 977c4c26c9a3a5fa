"""Workshops on the disk: codes, participants, votes that stay, and what is deleted for good."""

import sqlite3
import threading

import pytest

from charter.messages.workshop import refusals
from charter.private_folder import PrivateFolder
from charter.workshop import (
    CannotKeep,
    Card,
    Feeling,
    Given,
    Idea,
    Kind,
    MovedMeanwhile,
    NoSuchWorkshop,
    Refused,
    Round,
    Workshops,
    workshops,
)
from journeys.document import Words

EMOTION = Round(
    "r1", Kind.EMOTION, cards=tuple(Card(key, Words.of(key)) for key in ("window", "till"))
)
PROPOSE = Round("r2", Kind.PROPOSE)


@pytest.fixture
def kept(tmp_path):
    return Workshops(PrivateFolder(tmp_path))


@pytest.fixture
def opened(kept):
    return kept.move(kept.open("Our journey", "Anne", 1.0, [EMOTION, PROPOSE]), starting)


def starting(workshop):
    return workshop.started(2.0)


def vote(token: str, emotion: object, name: str = "v1", key: str = "window", round: str = "r1"):
    return Given(name, token, round, key, {"emotion": emotion})


def said(kept, opened):
    return [(each.key, each.says) for each in kept.answers(opened.id, opened.round)]


def test_a_code_is_typed_as_people_read_it(kept, opened):
    shown = workshops.shown_code(opened.code)
    assert shown == f"{opened.code[:4]}-{opened.code[4:]}"
    assert kept.join(shown.lower(), "Chloé").participant.workshop == opened.id


def test_codes_cannot_be_guessed():
    assert len(workshops.ALPHABET) ** workshops.CODE_LENGTH > 6e11


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "' OR 1=1 --", "x" * 100_000])
def test_another_code_opens_nothing(kept, opened, code):
    with pytest.raises(NoSuchWorkshop):
        kept.join(code, "Chloé")


def test_the_same_nickname_twice_is_two_people(kept, opened):
    first, second = kept.join(opened.code, "Chloé"), kept.join(opened.code, "CHLOÉ")
    assert [first.participant.nickname, second.participant.nickname] == ["Chloé", "CHLOÉ 2"]
    kept.keep([vote(first.token, 1), vote(second.token, -1)])
    assert said(kept, opened) == [("window", Feeling(1)), ("window", Feeling(-1))]


def test_a_room_takes_so_many(kept, opened, monkeypatch):
    monkeypatch.setattr(workshops, "MOST_PARTICIPANTS", 1)
    kept.join(opened.code, "Chloé")
    with pytest.raises(Refused, match="room-full"):
        kept.join(opened.code, "Ali")


def test_a_nickname_is_needed(kept, opened):
    with pytest.raises(Refused, match="no-nickname"):
        kept.join(opened.code, " \u200b")


def test_nobody_joins_what_is_over(kept, opened):
    kept.move(opened, lambda each: each.ended(3.0))
    with pytest.raises(NoSuchWorkshop):
        kept.join(opened.code, "Chloé")


def test_a_phone_that_returns_is_the_same_participant(kept, opened):
    joined = kept.join(opened.code, "Chloé")
    assert kept.returning(joined.token) == joined.participant
    with pytest.raises(NoSuchWorkshop):
        kept.returning("somebody-else")


def test_the_last_word_counts(kept, opened):
    token = kept.join(opened.code, "Chloé").token
    kept.keep([vote(token, 1), vote(token, -2, "v2"), vote(token, 0, "v3", "till")])
    assert said(kept, opened) == [("window", Feeling(-2)), ("till", Feeling(0))]


def test_what_is_sent_again_counts_once(kept, opened):
    token = kept.join(opened.code, "Chloé").token
    first = vote(token, 1)
    kept.keep([first, vote(token, 2, "v2"), first])
    assert said(kept, opened) == [("window", Feeling(2))]


def test_an_answer_taken_back_leaves_the_one_before_it(kept, opened):
    token = kept.join(opened.code, "Chloé").token
    undo = Given("u1", token, "r1", "", None)
    kept.keep([vote(token, 1), vote(token, 2, "v2"), undo, undo])
    assert said(kept, opened) == [("window", Feeling(1))]
    kept.keep([Given("u2", token, "r1", "", None)])
    assert said(kept, opened) == []


def test_one_takes_back_only_what_is_ones_own(kept, opened):
    chloe, ali = kept.join(opened.code, "Chloé").token, kept.join(opened.code, "Ali").token
    kept.keep([vote(chloe, 1), Given("u1", ali, "r1", "", None)])
    assert said(kept, opened) == [("window", Feeling(1))]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (lambda token: vote("another", 1), "not-in-the-room"),
        (lambda token: vote(token, 1, key="door"), "no-such-card"),
        (lambda token: vote(token, 1, round="r2"), "round-closed"),
        (lambda token: vote(token, 7), "not-in-range"),
        (lambda token: vote(token, 1, name=""), "not-an-answer"),
        (lambda token: vote(token, 1, name="x" * 65), "not-an-answer"),
        (lambda token: Given("v", token, "r1", "window", "x" * 1_000_000), "not-an-answer"),
    ],
)
def test_what_is_no_vote_is_refused_and_the_others_beside_it_are_kept(kept, opened, given, reason):
    token = kept.join(opened.code, "Chloé").token
    refused, taken = kept.keep([given(token), vote(token, 0, "good")])
    assert refused.refused.reason == reason
    assert reason in refusals()
    assert taken.refused is None
    assert said(kept, opened) == [("window", Feeling(0))]


def test_a_vote_after_the_round_was_closed_is_refused(kept, opened):
    token = kept.join(opened.code, "Chloé").token
    kept.keep([vote(token, 1)])
    kept.move(opened, lambda each: each.stopped(3.0))
    (late,) = kept.keep([vote(token, -2, "late")])
    assert late.refused.reason == "round-closed"
    # What was kept before, sent again by a phone that never heard so, was kept.
    (again,) = kept.keep([vote(token, 1)])
    assert again.refused is None
    assert said(kept, opened) == [("window", Feeling(1))]


def test_nobody_fills_the_disk_with_votes(kept, opened, monkeypatch):
    monkeypatch.setattr(workshops, "MOST_ANSWERS", 3)
    token = kept.join(opened.code, "Chloé").token
    results = kept.keep([vote(token, 1, f"v{number}") for number in range(1000)])
    assert sum(each.refused is None for each in results) == 3
    assert results[-1].refused.reason == "too-many-answers"


def test_ideas_keep_their_number_when_they_are_said_otherwise(kept, opened):
    moved = kept.move(opened, lambda each: each.at(1, 3.0).started(3.0))
    token = kept.join(moved.code, "Chloé").token
    kept.keep([Given(f"v{n}", token, "r2", f"i{n % 2}", {"name": f"Idea {n}"}) for n in range(3)])
    answers = kept.answers(moved.id, moved.round)
    assert [each.says for each in answers] == [Idea("Idea 2"), Idea("Idea 1")]
    assert answers[0].number < answers[1].number


def test_two_facilitators_do_not_move_it_twice(kept, opened):
    kept.move(opened, lambda each: each.at(1, 3.0))
    with pytest.raises(MovedMeanwhile) as meanwhile:
        kept.move(opened, lambda each: each.at(1, 3.0))
    assert meanwhile.value.workshop == kept.workshop(opened.id)
    assert kept.workshop(opened.id).current == 1


def test_how_a_round_stands_may_be_said_by_whoever_sees_the_round(kept, opened):
    """Also by one facilitator, who presses one button before the other was answered."""
    kept.move(opened, lambda each: each.stopped(3.0))
    moved = kept.move(opened, lambda each: each.revealed(), is_of_round=True)
    assert (moved.round.is_open, moved.round.is_revealed) == (False, True)
    gone = kept.move(moved, lambda each: each.at(1, 4.0))
    with pytest.raises(MovedMeanwhile):
        kept.move(opened, lambda each: each.revealed(), is_of_round=True)
    assert kept.workshop(opened.id) == gone


def test_the_mark_changes_with_whatever_is_written(kept):
    marks = [kept.mark()]
    opened = kept.open("Our journey", "Anne", 1.0, [EMOTION])
    marks.append(kept.mark())
    kept.move(opened, starting)
    marks.append(kept.mark())
    token = kept.join(opened.code, "Chloé").token
    marks.append(kept.mark())
    kept.keep([vote(token, 1)])
    marks.append(kept.mark())
    kept.keep([Given("u", token, "r1", "", None)])
    marks.append(kept.mark())
    assert len(set(marks)) == len(marks)
    assert kept.mark() == marks[-1]


def test_what_is_deleted_is_nowhere_on_the_disk(kept, opened, tmp_path):
    other = kept.open("Another", "Anne", 1.0)
    moved = kept.move(opened, lambda each: each.at(1, 3.0).started(3.0))
    token = kept.join(opened.code, "Chloé Dupont").token
    kept.keep([Given("v", token, "r2", "i", {"name": "A very telling idea"})])
    kept.delete(moved.id)
    assert [each.id for each in kept.all()] == [other.id]
    with pytest.raises(NoSuchWorkshop):
        kept.returning(token)
    left = b"".join(path.read_bytes() for path in (tmp_path / ".charter-studio").iterdir())
    assert b"telling" not in left
    assert b"Dupont" not in left


def test_tokens_are_not_on_the_disk(kept, opened, tmp_path):
    token = kept.join(opened.code, "Chloé").token
    left = b"".join(path.read_bytes() for path in (tmp_path / ".charter-studio").iterdir())
    assert token.encode() not in left


def test_nothing_is_made_before_a_workshop_is_opened(kept, tmp_path):
    assert kept.all() == []
    assert kept.mark() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_nothing_and_loses_nothing(kept, opened, monkeypatch):
    token = kept.join(opened.code, "Chloé").token
    kept.keep([vote(token, 1)])
    monkeypatch.setattr(workshops, "_SETTINGS", (*workshops._SETTINGS, "PRAGMA max_page_count = 1"))
    with pytest.raises(CannotKeep, match="full"):
        kept.keep([vote(token, 2, f"v{number}") for number in range(400)])
    monkeypatch.undo()
    assert said(kept, opened) == [("window", Feeling(1))]


def test_a_file_that_is_no_database_is_told(kept, tmp_path):
    kept.open("Our journey", "Anne", 1.0)
    (tmp_path / ".charter-studio" / workshops.FILE).write_bytes(b"not a database" * 400)
    with pytest.raises(CannotKeep):
        kept.all()


def test_many_write_at_once_and_nothing_is_lost(kept, opened):
    tokens = [kept.join(opened.code, "Guest").token for _ in range(8)]

    def send(token: str) -> None:
        for number in range(20):
            (result,) = kept.keep([vote(token, number % 5 - 2, f"v{number}")])
            assert result.refused is None

    threads = [threading.Thread(target=send, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said(kept, opened) == [("window", Feeling(2))] * 8
    file = kept._folder.path / workshops.FILE
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT count(*) FROM answer").fetchone() == (160,)
    database.close()


def test_while_it_stays_open_its_log_does(kept, opened, tmp_path):
    """Each call would fold it back otherwise, which takes longer than to keep a vote."""
    joined = kept.join(opened.code, "Chloé")
    log = tmp_path / ".charter-studio" / f"{workshops.FILE}-wal"
    with kept.staying_open():
        kept.keep([vote(joined.token, 2)])
        assert log.stat().st_size > 0
    assert not log.exists()
    assert said(kept, opened) == [("window", Feeling(2))]


def test_where_there_is_no_workshop_nothing_is_made(kept, tmp_path):
    with kept.staying_open():
        assert list(tmp_path.iterdir()) == []
