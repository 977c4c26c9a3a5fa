"""Phones of a workshop: what the room takes, what it refuses, and what it tells whom."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from charter.messages import Language
from charter.studio.phones import limits, writer
from charter.studio.phones.health import health
from charter.studio.phones.server import PAGE
from charter.workshop import (
    CannotKeep,
    Card,
    Dots,
    Feeling,
    Given,
    Idea,
    Kept,
    Kind,
    Round,
    Workshops,
)
from journeys.document import Words
from tests.loops import run_apart
from tests.studio.phones import Phone, Room, served

CARDS = (
    Card("window", Words((("en", "Shop window"), ("fr", "Vitrine")))),
    Card("till", Words.of("Till"), Words.of("Where one pays")),
)
EMOTION = Round("r1", Kind.EMOTION, cards=CARDS)
DOTS = Round("r2", Kind.DOTS, cards=CARDS, dots=3)
PROPOSE = Round("r3", Kind.PROPOSE, title="Our signs")


ROUNDS = (EMOTION, DOTS, PROPOSE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A workspace whose phones are served, and the port."""
    root = tmp_path_factory.mktemp("workspace")
    with served(root) as port:
        yield root, port


@pytest.fixture
def room(place: tuple[Path, int]) -> Room:
    """A workshop of its own."""
    root, port = place
    return Room(root, ROUNDS, port)


@pytest.fixture
def phone(room: Room) -> Iterator[Phone]:
    with room.phone() as phone:
        phone.join(room.workshop.code)
        yield phone


# Coming in.


def test_who_joins_is_told_what_is_asked_and_nothing_of_anybody_else(room: Room):
    with room.phone() as chloe, room.phone() as paul:
        chloe.join(room.workshop.code)
        chloe.answer("a1", "window", emotion=-1)
        state = paul.join(room.workshop.code.lower(), "Paul")
    remaining = state["round"].pop("remaining")
    assert 290 < remaining <= 300
    assert state == {
        "type": "state",
        "title": "Our journey",
        "is_over": False,
        "place": 1,
        "places": 3,
        "mine": [],
        "revealed": None,
        "round": {
            "id": "r1",
            "kind": "emotion",
            "title": "How does it feel?",
            "question": "How does a customer feel here?",
            "note": "",
            "stage": "open",
            "is_revealed": False,
            "dots": 5,
            "cards": [
                {"key": "window", "name": "Shop window"},
                {"key": "till", "name": "Till", "detail": "Where one pays"},
            ],
            "choices": [],
        },
    }


def test_each_phone_is_spoken_to_in_its_language(room: Room):
    with room.phone() as phone:
        state = phone.join(room.workshop.code, language="fr")
        assert state["round"]["cards"][0]["name"] == "Vitrine"
        refused = phone.answer("a1", "window", emotion=9)
        assert refused["sentence"] == "Choisissez un nombre de -2 à 2."
        phone.hears_of("state")
        phone.send(type="language", language="en")
        assert phone.hears_of("state")["round"]["cards"][0]["name"] == "Shop window"


def test_twice_the_same_nickname_are_two_people(room: Room):
    with room.phone() as one, room.phone() as other:
        one.join(room.workshop.code)
        other.send(type="join", code=room.workshop.code, nickname="chloé")
        assert other.hears()["nickname"] == "chloé 2"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"type": "join", "code": "22222222", "nickname": "Eve"}, "no-such-workshop"),
        ({"type": "join", "code": 7, "nickname": "Eve"}, "not-an-answer"),
        ({"type": "join", "code": "22222222"}, "not-an-answer"),
        ({"type": "return", "token": "made-up"}, "not-in-the-room"),
        ({"type": "return", "token": ["x"]}, "not-an-answer"),
        ({"type": "answer", "name": "a", "round": "r1", "key": "till"}, "not-in-the-room"),
        ({}, "not-in-the-room"),
    ],
)
def test_who_is_not_in_the_room_is_told_why(room: Room, message: dict[str, Any], reason: str):
    """And may say it better on the same line."""
    with room.phone() as phone:
        phone.send(**message)
        assert phone.hears()["reason"] == reason
        assert phone.join(room.workshop.code)["type"] == "state"


@pytest.mark.parametrize("nickname", ["", "  ", "\u200b"])
def test_a_nickname_is_a_name(room: Room, nickname: str):
    with room.phone() as phone:
        phone.send(type="join", code=room.workshop.code, nickname=nickname)
        assert phone.hears()["reason"] == "no-nickname"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Room]:
    """A workshop whose server has heard no wrong code yet."""
    with served(tmp_path) as port:
        yield Room(tmp_path, ROUNDS, port)


def test_wrong_codes_are_limited_and_right_ones_are_not(guarded: Room):
    """A whole room behind one address joins; who tries codes there is stopped."""
    room = guarded
    for _ in range(2 * limits.WRONG_FROM_ONE):
        with room.phone() as phone:
            phone.join(room.workshop.code)
    with room.phone() as eve:
        reasons = []
        for number in range(limits.WRONG_FROM_ONE + 2):
            eve.send(type="join", code=f"22222{number:03}", nickname="Eve")
            reasons.append(eve.hears()["reason"])
        assert reasons == ["no-such-workshop"] * limits.WRONG_FROM_ONE + ["too-many-tries"] * 2
        # The right one isn't tried any more either, or it could be found.
        eve.send(type="join", code=room.workshop.code, nickname="Eve")
        assert eve.hears()["reason"] == "too-many-tries"
    with room.phone() as phone:
        # Who is in the room comes back nevertheless.
        token = room.workshops.join(room.workshop.code, "Paul").token
        assert phone.come_back(token)["type"] == "state"


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        ("HERE", True),
        ("http://127.0.0.1:1", False),
        ("http://elsewhere.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_own_page_opens_the_room(room: Room, origin: str, is_let_in: bool):
    refusal = contextlib.nullcontext() if is_let_in else pytest.raises(InvalidStatus)
    with refusal, room.phone(origin.replace("HERE", room.address)) as phone:
        phone.join(room.workshop.code)


# Answers.


def test_an_answer_is_there_when_it_is_acknowledged(room: Room, phone: Phone):
    assert phone.answer("a1", "window", emotion=2) == {"type": "kept", "name": "a1"}
    assert room.said(EMOTION) == [("window", Feeling(2))]


def test_an_answer_sent_again_counts_once(room: Room, phone: Phone):
    """A phone that dropped off before it was told sends again what it had sent."""
    phone.send(type="answer", name="a1", round="r1", key="window", says={"emotion": 1})
    phone.line.close()
    with room.phone() as back:
        back.come_back(phone.token)
        assert back.answer("a1", "window", emotion=1)["type"] == "kept"
        assert back.answer("a2", "till", emotion=0)["type"] == "kept"
    assert room.said(EMOTION) == [("window", Feeling(1)), ("till", Feeling(0))]


def test_what_was_answered_is_there_when_one_comes_back(room: Room, phone: Phone):
    phone.answer("a1", "window", emotion=1)
    phone.answer("a2", "window", emotion=-2)
    with room.phone() as back:
        assert back.come_back(phone.token)["mine"] == [{"key": "window", "says": {"emotion": -2}}]


def test_the_last_answer_is_taken_back(room: Room, phone: Phone):
    phone.answer("a1", "window", emotion=1)
    phone.answer("a2", "window", emotion=-2)
    phone.send(type="undo", name="u1", round="r1")
    assert phone.hears() == {"type": "kept", "name": "u1"}
    assert phone.hears()["mine"] == [{"key": "window", "says": {"emotion": 1}}]
    # Sent again, it takes nothing more back.
    phone.send(type="undo", name="u1", round="r1")
    phone.hears_of("kept")
    assert room.said(EMOTION) == [("window", Feeling(1))]


def test_ones_other_phone_sees_what_one_answers(room: Room, phone: Phone):
    with room.phone() as other:
        other.come_back(phone.token)
        phone.answer("a1", "till", emotion=1)
        assert other.hears_of("state")["mine"] == [{"key": "till", "says": {"emotion": 1}}]


def test_every_kind_of_answer_is_kept(room: Room, phone: Phone):
    room.move(lambda workshop: workshop.at(1, time.time()).started(time.time()))
    phone.hears_of("state")
    assert phone.answer("d1", "dots", "r2", dots={"till": 3})["type"] == "kept"
    assert phone.answer("d2", "dots", "r2", dots={"till": 2, "window": 2})["type"] == "refused"
    room.move(lambda workshop: workshop.at(2, time.time()).started(time.time()))
    phone.hears_of("state")
    said = phone.answer("p1", "idea1", "r3", name="<b>A host</b>", value="", example="")
    assert said["type"] == "kept"
    assert room.said(DOTS) == [("dots", Dots((("till", 3),)))]
    assert room.said(PROPOSE) == [("idea1", Idea("<b>A host</b>"))]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"round": "r1", "key": "window", "says": {"emotion": 3}}, "not-in-range"),
        ({"round": "r1", "key": "window", "says": None}, "not-in-range"),
        ({"round": "r1", "key": "cellar", "says": {"emotion": 1}}, "no-such-card"),
        ({"round": "r1", "key": 7, "says": {"emotion": 1}}, "no-such-card"),
        ({"round": "r1", "key": "window", "says": [1]}, "not-an-answer"),
        ({"round": "r2", "key": "dots", "says": {"dots": {}}}, "round-closed"),
        ({"round": None, "key": "window", "says": {"emotion": 1}}, "round-closed"),
        ({"name": "", "round": "r1", "key": "window", "says": {"emotion": 1}}, "not-an-answer"),
        ({"name": "\ud800", "round": "r1", "key": "till", "says": {"emotion": 1}}, "not-an-answer"),
        ({"type": "shout"}, "not-an-answer"),
    ],
)
def test_what_is_no_answer_is_refused(
    room: Room, phone: Phone, message: dict[str, Any], reason: str
):
    phone.send(**({"type": "answer", "name": "a1"} | message))
    assert phone.hears_of("refused")["reason"] == reason
    assert room.said(EMOTION) == []


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[1]", "7", "[" * 8000, "9" * 8000, '{"type": "answer"']
)
def test_what_is_no_message_is_refused(phone: Phone, text: str):
    phone.line.send(text)
    assert phone.hears()["reason"] == "not-an-answer"


def test_nobody_answers_as_somebody_else(room: Room, phone: Phone):
    """Who one is follows from the token alone; what a message says of it isn't heard."""
    paul = room.workshops.join(room.workshop.code, "Paul")
    message = {"token": paul.token, "participant": paul.participant.number, "emotion": 2}
    phone.send(type="answer", name="a1", round="r1", key="window", says=message, **message)
    phone.hears_of("kept")
    (answer,) = room.workshops.answers(room.id, EMOTION)
    assert answer.participant != paul.participant.number


def test_a_vote_after_the_round_closed_is_not_counted(room: Room, phone: Phone):
    phone.answer("a1", "window", emotion=1)
    room.move(lambda workshop: workshop.stopped(time.time()))
    assert phone.hears_of("state")["round"]["stage"] == "closed"
    refused = phone.answer("a2", "window", emotion=-2)
    assert (refused["reason"], refused["name"]) == ("round-closed", "a2")
    assert phone.hears()["mine"] == [{"key": "window", "says": {"emotion": 1}}]
    assert room.said(EMOTION) == [("window", Feeling(1))]


# Bounds.


def test_a_thousand_votes_at_once_are_taken_as_fast_as_people_answer(room: Room, phone: Phone):
    """Each is acknowledged or refused; what was acknowledged is there, and no more."""
    for number in range(1000):
        says = {"emotion": number % 5 - 2}
        phone.send(type="answer", name=f"a{number}", round="r1", key="window", says=says)
    told = [phone.hears() for _ in range(1000)]
    kept = [each["name"] for each in told if each["type"] == "kept"]
    assert {each.get("reason") for each in told if each["type"] != "kept"} == {"too-fast"}
    assert limits.BURST <= len(kept) < 200
    last = int(kept[-1].removeprefix("a"))
    assert room.said(EMOTION) == [("window", Feeling(last % 5 - 2))]
    time.sleep(0.3)
    assert phone.answer("late", "window", emotion=0)["type"] == "kept"


def test_a_participant_is_no_faster_with_more_phones(room: Room, phone: Phone):
    with room.phone() as other:
        other.come_back(phone.token)
        for number in range(limits.BURST):
            for name, each in (("a", phone), ("b", other)):
                says = {"emotion": 0}
                each.send(
                    type="answer", name=f"{name}{number}", round="r1", key="window", says=says
                )
        told = [each.hears()["type"] for _ in range(limits.BURST) for each in (phone, other)]
    assert limits.BURST <= told.count("kept") < 2 * limits.BURST


def test_what_is_too_large_is_refused_and_the_line_closed(room: Room, phone: Phone):
    phone.send(type="answer", name="a1", round="r1", key="window", says={"text": "x" * 9_000})
    assert phone.hears()["reason"] == "too-large"
    with pytest.raises(ConnectionClosed) as closed:
        phone.hears()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    assert room.said(EMOTION) == []


def test_a_megabyte_of_text_is_not_even_read(room: Room, phone: Phone):
    with pytest.raises(ConnectionClosed) as closed:
        phone.answer("a1", "window", text="x" * 1_000_000)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    assert room.said(EMOTION) == []


def test_the_longest_idea_fits_into_a_message(room: Room, phone: Phone):
    room.move(lambda workshop: workshop.at(2, time.time()).started(time.time()))
    phone.hears_of("state")
    says = {"name": "😀" * 80, "value": "", "example": "😀" * 400}
    assert phone.answer("p", "idea", "r3", **says)["type"] == "kept"


def test_connections_are_bounded(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("charter.studio.phones.room.MOST_STRANGERS", 2)
    with room.phone(), room.phone(), room.phone() as third:
        with pytest.raises(ConnectionClosed) as closed:
            third.hears()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1013


def test_who_does_not_say_who_they_are_is_not_waited_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("charter.studio.phones.room.SAYS_WHO_WITHIN", 0.05)
    with room.phone() as phone, pytest.raises(ConnectionClosed):
        phone.hears()


def test_the_oldest_of_too_many_pages_is_closed(room: Room, phone: Phone):
    with contextlib.ExitStack() as open_pages:
        for _ in range(limits.MOST_OF_ONE):
            open_pages.enter_context(room.phone()).come_back(phone.token)
        with pytest.raises(ConnectionClosed):
            phone.hears_of("nothing")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_wrong_codes_are_counted_by_address_and_in_all():
    clock = Clock()
    wrong = limits.WrongCodes(clock)
    for number in range(limits.WRONG_IN_ALL):
        assert not wrong.are_too_many(f"10.0.0.{number // limits.WRONG_FROM_ONE}")
        wrong.add(f"10.0.0.{number // limits.WRONG_FROM_ONE}")
    assert wrong.are_too_many("10.9.9.9")
    clock.now = limits.MINUTE
    assert not wrong.are_too_many("10.0.0.0")


def test_a_bucket_fills_by_itself_and_is_never_fuller_than_full():
    clock = Clock()
    bucket = limits.Bucket(clock=clock)
    assert [bucket.take() for _ in range(21)] == [True] * 20 + [False]
    clock.now += 0.2
    assert [bucket.take() for _ in range(2)] == [True, False]
    clock.now += 3600
    assert [bucket.take() for _ in range(21)] == [True] * 20 + [False]


# What is told, and when.


def test_every_phone_is_told_when_the_facilitator_moves_on(room: Room):
    with room.phone() as one, room.phone() as other:
        one.join(room.workshop.code)
        other.join(room.workshop.code, "Paul")
        began = time.monotonic()
        room.move(lambda workshop: workshop.at(1, time.time()).started(time.time()))
        assert one.hears()["round"]["kind"] == other.hears()["round"]["kind"] == "dots"
        assert time.monotonic() - began < 2


def test_what_nobody_thought_of_does_not_end_the_looking(
    room: Room, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    mark = Workshops.mark
    monkeypatch.setattr(Workshops, "mark", lambda _: 1 / 0)
    time.sleep(0.6)
    monkeypatch.setattr(Workshops, "mark", mark)
    assert "It couldn't be seen whether a workshop moved." in caplog.text
    room.move(lambda workshop: workshop.stopped(time.time()))
    assert phone.hears_of("state")["round"]["stage"] == "closed"


def test_a_vote_of_somebody_else_is_told_to_nobody(room: Room, phone: Phone):
    with room.phone() as other:
        other.join(room.workshop.code, "Paul")
        other.answer("a1", "window", emotion=2)
        time.sleep(0.6)
        phone.send(type="here")
        assert phone.hears() == {"type": "here"}


def test_what_comes_is_not_told_before(room: Room, phone: Phone):
    room.move(lambda workshop: workshop.at(1, time.time()))
    round = phone.hears_of("state")["round"]
    assert (round["stage"], round["title"], round["cards"]) == ("waiting", "What comes first?", [])


def test_what_the_room_answered_is_told_once_it_is_revealed_and_without_names(
    room: Room, phone: Phone
):
    phone.answer("a1", "window", emotion=2)
    with room.phone() as other:
        other.join(room.workshop.code, "Paul")
        other.answer("a1", "window", emotion=-2)
        other.answer("a2", "till", emotion=0)
    room.move(lambda workshop: workshop.stopped(time.time()))
    assert phone.hears_of("state")["revealed"] is None
    room.move(lambda workshop: workshop.revealed())
    told = phone.hears_of("state")
    assert told["revealed"] == {"answered": 2, "answers": 3, "cards": {"window": 2, "till": 1}}
    assert "Paul" not in json.dumps(told)


def test_a_workshop_that_is_over_says_so_and_takes_nobody(room: Room, phone: Phone):
    code = room.workshop.code
    room.move(lambda workshop: workshop.ended(time.time()))
    assert phone.hears_of("state")["is_over"]
    with room.phone() as late:
        late.send(type="join", code=code, nickname="Late")
        assert late.hears()["reason"] == "no-such-workshop"


def test_a_workshop_that_was_deleted_lets_its_phones_go(room: Room, phone: Phone):
    room.workshops.delete(room.id)
    assert phone.hears_of("refused")["reason"] == "no-workshop"
    with pytest.raises(ConnectionClosed):
        phone.hears()


def test_who_leaves_is_let_go(room: Room, phone: Phone):
    phone.send(type="leave")
    with pytest.raises(ConnectionClosed):
        phone.hears()


def test_a_phone_sees_its_own_workshop_only(room: Room, phone: Phone):
    other = room.workshops.open("Another house", "Paul", time.time(), [PROPOSE])
    room.workshops.move(other, lambda workshop: workshop.started(time.time()))
    time.sleep(0.6)
    phone.send(type="here")
    assert phone.hears() == {"type": "here"}
    assert phone.answer("a1", "idea", "r3", name="A host")["reason"] == "round-closed"


# A full disk, and what arrives together.


def test_a_full_disk_is_told_and_the_answer_taken_once_there_is_room(
    room: Room, phone: Phone, monkeypatch: pytest.MonkeyPatch
):
    kept = Workshops._connected

    def full(self: Workshops) -> Any:
        raise CannotKeep("database or disk is full")

    monkeypatch.setattr(Workshops, "_connected", full)
    refused = phone.answer("a1", "window", emotion=2)
    assert (refused["reason"], refused["name"]) == ("cannot-keep", "a1")
    monkeypatch.setattr(Workshops, "_connected", kept)
    assert phone.answer("a1", "window", emotion=2)["type"] == "kept"
    assert room.said(EMOTION) == [("window", Feeling(2))]


def test_what_arrives_together_is_kept_together():
    """While the disk is busy, what comes waits, and then goes at once."""
    batches: list[int] = []

    def keep(given: Sequence[Given]) -> list[Kept]:
        batches.append(len(given))
        time.sleep(0.02)
        return [Kept(each) for each in given]

    async def all_at_once() -> list[Kept]:
        kept = writer.Writer(keep)
        task = asyncio.create_task(kept.run())
        names = [Given(f"a{number}", "t", "r", "k", {}) for number in range(60)]
        done = await asyncio.gather(*(kept.keep(each) for each in names))
        task.cancel()
        assert [each.given for each in done] == names
        return done

    run_apart(all_at_once())
    assert sum(batches) == 60
    assert len(batches) <= 3


def test_one_that_cannot_be_written_does_not_take_the_others_with_it(
    caplog: pytest.LogCaptureFixture,
):
    def keep(given: Sequence[Given]) -> list[Kept]:
        if any(each.name == "odd" for each in given):
            raise ValueError("nobody thought of this one")
        return [Kept(each) for each in given]

    async def together() -> list[Any]:
        kept = writer.Writer(keep)
        task = asyncio.create_task(kept.run())
        names = [Given(name, "t", "r", "k", {}) for name in ("a", "odd", "b")]
        done = await asyncio.gather(*map(kept.keep, names), return_exceptions=True)
        task.cancel()
        return done

    first, odd, last = run_apart(together())
    assert isinstance(first, Kept)
    assert isinstance(odd, CannotKeep)
    assert isinstance(last, Kept)


# The page.


@pytest.mark.parametrize("path", ["/", "/phone.css", "/phone.js", "/words.json", "/health", "/no"])
def test_every_answer_is_guarded(room: Room, path: str):
    headers = room.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_host_that_is_none_gets_into_no_header(room: Room):
    policy = room.get("/", host="x; script-src *").headers["content-security-policy"]
    assert "script-src *" not in policy


def test_the_page_has_all_that_it_is_made_of(room: Room):
    for file in PAGE.iterdir():
        path = "/" if file.name == "index.html" else f"/{file.name}"
        assert room.get(path).content == file.read_bytes()
    assert room.get("/icon.svg").status == 200


def test_nothing_of_the_charter_is_served(room: Room):
    (room.root / "charter.yaml").write_text("charter: 1\n")
    for path in ("/charter.yaml", "/../charter.yaml", "/%2e%2e/charter.yaml", "/room"):
        assert room.get(path).status in (400, 404)


def test_the_door_says_which_workspace_it_is_of_but_not_where(room: Room):
    said = json.loads(room.get("/health").content)
    assert said == health(room.root, "127.0.0.1")
    assert room.root.name not in json.dumps(said)
    assert health(room.root, "127.0.0.1") != health(room.root.parent, "127.0.0.1")


def test_the_words_of_the_page_are_all_there_in_both_languages(room: Room):
    words = json.loads(room.get("/words.json").content)
    assert set(words) == set(Language)
    assert set(words["en"]) == set(words["fr"])
    scripts = "".join(file.read_text("utf-8") for file in PAGE.glob("*.js"))
    named = set(re.findall(r'say\(\s*"([^"]+)"', scripts))
    assert named
    assert named <= set(words["en"])


def test_scripts_make_no_markup_of_texts():
    for file in PAGE.glob("*.js"):
        script = file.read_text("utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in script, file.name
