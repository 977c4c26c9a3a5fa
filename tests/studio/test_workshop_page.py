"""The Workshop page: opening a workshop, its running order, and steering its rounds."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from charter.messages import Language, speaker
from charter.private_folder import PrivateFolder
from charter.studio import board as screen
from charter.studio import workshop_joining
from charter.studio.board_rows import rows_of
from charter.studio.phones import Door
from charter.studio.workshop_looking import seen_now
from charter.usecases.running_orders import Template, dealt, rounds_of
from charter.workshop import CannotKeep, Given, Kind, Round, Stage, Workshop, Workshops
from charter.workshop.results import results_of
from charter.workspace import read_folder
from tests.studio.test_app import APP, chosen, page, texts

DOOR = Door("http://192.168.1.20:8502", is_for_this_machine_only=False)


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    for shows in (workshop_joining, screen):
        monkeypatch.setattr(shows, "door", lambda root: DOOR)
    return AppTest.from_file(str(APP), default_timeout=60)


@pytest.fixture
def workshops(root: Path) -> Workshops:
    return Workshops(PrivateFolder(root))


ENGLISH = speaker(Language.ENGLISH)
ROUNDS = (Round("r1", Kind.PROPOSE), Round("r2", Kind.IRRITANTS), Round("r3", Kind.PROPOSE))


@pytest.fixture
def running(workshops: Workshops) -> Workshop:
    return workshops.open("Our markers", "Anne", 1_800_000_000.0, ROUNDS)


def opened(app: AppTest, workshop: Workshop) -> AppTest:
    app.query_params["workshop"] = workshop.id
    app.run()
    # Going to a page takes the address along in a browser.
    app.session_state["workshop"] = workshop.id
    return app.switch_page("page/workshop.py").run()


def click(app: AppTest, key: str) -> AppTest:
    return button(app, key).click().run()


def button(app: AppTest, key: str) -> Button:
    """Return the button of a key, or the one of this round, whose key goes on with its id."""
    keys = [each.key or "" for each in app.button]
    whole = key if key in keys else next(each for each in keys if each.startswith(f"{key}-"))
    return app.button(key=whole)


def said(workshops: Workshops, workshop: Workshop, *ideas: str) -> None:
    round = workshops.workshop(workshop.id).round
    given = [
        Given("a1", workshops.join(workshop.code, f"P{n}").token, round.id, "k1", {"name": idea})
        for n, idea in enumerate(ideas)
    ]
    assert [each.refused for each in workshops.keep(given)] == [None] * len(given)


def test_the_empty_page_teaches_what_a_workshop_is(app: AppTest):
    page(app, "workshop")
    assert not app.exception
    assert "No workshop yet" in texts(app)
    assert "Nobody sees who said what" in texts(app)


def test_a_workshop_is_opened_for_what_is_chosen_in_that_order(app: AppTest, workshops: Workshops):
    page(app, "workshop")
    app.text_input(key="workshop-title").set_value("Spring *days*").run()
    app.multiselect(key="workshop-templates").set_value(["irritants", "markers"]).run()
    assert "Everybody proposes signs" in texts(app)
    click(app, "workshop-open")
    assert not app.exception
    (workshop,) = workshops.all()
    assert workshop.title == "Spring *days*"
    assert [each.kind for each in workshop.rounds] == ["irritants", "dots", "propose", "dots"]
    assert chosen(app, "workshop") == workshop.id
    assert "The workshop “Spring *days*” is open" in texts(app)
    assert f"{workshop.code[:4]}-{workshop.code[4:]}" in texts(app)
    assert f"http://192.168.1.20:8502/#{workshop.code}" in texts(app)


def test_workshops_are_listed_with_who_takes_part(
    app: AppTest, workshops: Workshops, running: Workshop
):
    for name in ("Yuki", "Émile", "Chloé"):
        workshops.join(running.code, name)
    page(app, "workshop")
    assert "Our markers" in texts(app)
    assert "by Anne · 3 rounds · 3 participants" in texts(app)
    click(app, f"workshop-look-{running.id}")
    assert "3 people are here" in texts(app)
    assert ":gray-badge[Chloé] :gray-badge[Émile] :gray-badge[Yuki]" in texts(app)


def test_a_round_is_started_stopped_revealed_and_left(
    app: AppTest, workshops: Workshops, running: Workshop
):
    opened(app, running)
    assert "Round 1 of 3" in texts(app)
    assert button(app, "workshop-reveal").disabled
    click(app, "workshop-start")
    assert workshops.workshop(running.id).round.is_open
    said(workshops, running, "A card", "Coffee")
    app.run()
    measures = {each.label: each.value for each in app.metric}
    assert (measures["Have answered"], measures["Time left"]) == ("2 of 2", "5:00")
    click(app, "workshop-stop")
    assert workshops.workshop(running.id).round.stage is Stage.CLOSED
    click(app, "workshop-reveal")
    assert workshops.workshop(running.id).round.is_revealed
    click(app, "workshop-hide")
    assert not workshops.workshop(running.id).round.is_revealed
    click(app, "workshop-next")
    assert workshops.workshop(running.id).current == 1
    assert "Now at the round “What annoys our customers?”." in texts(app)
    click(app, "workshop-previous")
    assert workshops.workshop(running.id).current == 0


def test_ideas_are_dealt_for_dots_when_the_round_starts(app: AppTest, workshops: Workshops):
    page(app, "workshop")
    app.multiselect(key="workshop-templates").set_value(["markers"]).run()
    click(app, "workshop-open")
    (workshop,) = workshops.all()
    click(app, "workshop-start")
    said(workshops, workshop, "A card", "Coffee")
    app.run()
    click(app, "workshop-next")
    click(app, "workshop-start")
    round = workshops.workshop(workshop.id).round
    assert [each.name.in_language("en") for each in round.cards] == ["A card", "Coffee"]


def test_a_round_without_cards_cant_start(app: AppTest, workshops: Workshops):
    workshop = workshops.open("Votes", "Anne", 0.0, [Round("r1", Kind.TAG)])
    opened(app, workshop)
    click(app, "workshop-start")
    assert "There is nothing to ask about in this round yet" in texts(app)
    assert workshops.workshop(workshop.id).round.stage is Stage.WAITING


def test_ideas_that_are_likely_the_same_are_merged_and_parted_by_hand(
    app: AppTest, workshops: Workshops, running: Workshop
):
    workshops.move(running, lambda now: now.started(0.0))
    said(workshops, running, "A handwritten card", "A hand-written card", "Coffee")
    opened(app, running)
    assert "Likely the same: “A handwritten card” · “A hand-written card”" in texts(app)
    assert workshops.workshop(running.id).round.merged == ()
    click(app, "workshop-merge-1")
    assert workshops.workshop(running.id).round.merged == ((1, 2),)
    assert "Count as one: “A handwritten card” · “A hand-written card”" in texts(app)
    click(app, "workshop-part-1")
    assert workshops.workshop(running.id).round.merged == ()
    click(app, "workshop-stop")
    app.multiselect(key="workshop-merge-chosen").set_value([2, 3]).run()
    click(app, "workshop-merge-these")
    assert workshops.workshop(running.id).round.merged == ((2, 3),)


def test_all_that_are_likely_the_same_are_merged_at_once(
    app: AppTest, workshops: Workshops, running: Workshop
):
    """Offered only where there are several; each group stays its own, and others stay alone."""
    workshops.move(running, lambda now: now.started(0.0))
    said(workshops, running, "A handwritten card", "We wave at the door", "Coffee")
    said(workshops, running, "A hand-written card")
    opened(app, running)
    assert "workshop-merge-1" in [each.key for each in app.button]
    assert "workshop-merge-all" not in [each.key for each in app.button]
    said(workshops, running, "We wave at the doors", "A hand written card")
    app.run()
    assert workshops.workshop(running.id).round.merged == ()
    click(app, "workshop-merge-all")
    assert not app.exception
    assert workshops.workshop(running.id).round.merged == ((1, 4, 6), (2, 5))
    shown = texts(app)
    assert "Count as one: “A handwritten card” · “A hand-written card”" in shown
    assert "Count as one: “We wave at the door” · “We wave at the doors”" in shown
    assert "Likely the same" not in shown


# The running order.


def test_rounds_are_added_moved_and_taken_off(
    app: AppTest, workshops: Workshops, running: Workshop
):
    def order() -> list[str]:
        return [each.id for each in workshops.workshop(running.id).rounds]

    opened(app, running)
    click(app, "round-down-r1")
    assert order() == ["r2", "r1", "r3"]
    click(app, "round-up-r3")
    assert order() == ["r2", "r3", "r1"]
    click(app, "round-remove-r2")
    assert order() == ["r3", "r1"]
    app.selectbox(key="workshop-add-template").set_value("truths").run()
    click(app, "workshop-add")
    assert order() == ["r3", "r1", "r2"]
    click(app, "workshop-start")
    assert workshops.workshop(running.id).current == 1
    assert app.button(key="round-remove-r1").disabled


def test_a_round_is_said_otherwise(app: AppTest, workshops: Workshops):
    page(app, "workshop")
    app.multiselect(key="workshop-templates").set_value(["tags"]).run()
    click(app, "workshop-open")
    (workshop,) = workshops.all()
    click(app, "round-edit-r1")
    app.text_input(key="round-title-of-r1").set_value("What do they feel?")
    app.text_area(key="round-note-of-r1").set_value("Be **honest**.")
    app.number_input(key="round-minutes-of-r1").set_value(7)
    app.multiselect(key="round-cards-of-r1-visit").set_value(["welcome", "till"])
    click(app, "round-save")
    round = workshops.workshop(workshop.id).rounds[0]
    assert (round.title, round.minutes) == ("What do they feel?", 7)
    assert [each.key for each in round.cards] == ["welcome", "till"]
    assert [each.key for each in round.choices] == ["named-host", "farewell"]
    assert not app.exception
    assert "The round “What do they feel?” was changed." in texts(app)


# Presses that come faster than the page.


def test_next_pressed_twice_skips_no_round(app: AppTest, workshops: Workshops, running: Workshop):
    """The second press is on what the page showed before it showed what the first one did."""
    opened(app, running)
    pressed = button(app, "workshop-next").click()
    pressed.run()
    pressed.run()
    assert workshops.workshop(running.id).current == 1
    click(app, "workshop-next")
    assert workshops.workshop(running.id).current == 2


def test_start_pressed_twice_begins_one_round(
    app: AppTest, workshops: Workshops, running: Workshop
):
    opened(app, running)
    pressed = button(app, "workshop-start").click()
    pressed.run()
    click(app, "workshop-next")
    pressed.run()
    stages = [each.stage for each in workshops.workshop(running.id).rounds]
    assert stages == [Stage.CLOSED, Stage.WAITING, Stage.WAITING]


@pytest.mark.parametrize(
    ("then", "current", "minutes"), [("workshop-next", 1, 5), ("workshop-more-time", 0, 7)]
)
def test_a_press_right_after_another_isnt_taken_for_another_facilitators(
    app: AppTest,
    workshops: Workshops,
    running: Workshop,
    then: str,
    current: int,
    minutes: int,
):
    """Both come in before the page was made anew, with what it showed before either."""
    opened(app, running)
    button(app, "workshop-start").click()
    button(app, then).click().run()
    now = workshops.workshop(running.id)
    assert "Another facilitator was quicker" not in texts(app)
    assert (now.current, now.rounds[0].minutes) == (current, minutes)
    assert now.rounds[0].opened is not None
    assert now.rounds[0].is_open == (current == 0)


# What doesn't go.


def test_two_facilitators_dont_undo_each_others_moves(
    app: AppTest, workshops: Workshops, running: Workshop
):
    opened(app, running)
    workshops.move(running, lambda now: now.at(1, 0.0))
    click(app, "workshop-start")
    now = workshops.workshop(running.id)
    assert (now.current, [each.stage for each in now.rounds]) == (1, [Stage.WAITING] * 3)
    assert "Another facilitator was quicker" in texts(app)
    assert "Round 2 of 3" in texts(app)
    click(app, "workshop-start")
    assert workshops.workshop(running.id).round.is_open
    assert "Another facilitator was quicker" not in texts(app)


def test_a_workshop_ends_goes_on_and_is_deleted_for_good(
    app: AppTest, workshops: Workshops, running: Workshop
):
    workshops.move(running, lambda now: now.started(0.0))
    opened(app, running)
    click(app, "workshop-end")
    assert workshops.workshop(running.id).is_ended
    assert not any((each.key or "").startswith("workshop-start") for each in app.button)
    # What it was for stands first.
    assert [each.value for each in app.header] == ["What comes of it", "Running order"]
    click(app, "workshop-again")
    assert not workshops.workshop(running.id).is_ended
    assert [each.value for each in app.header] == ["Running order", "What comes of it"]
    click(app, "workshop-delete-now")
    assert workshops.all() == []
    assert "and all that was answered in it are deleted" in texts(app)


def test_a_workshop_that_another_deleted_is_told(
    app: AppTest, workshops: Workshops, running: Workshop
):
    opened(app, running)
    workshops.delete(running.id)
    click(app, "workshop-start")
    assert "This workshop was deleted" in texts(app)
    assert not app.exception


def test_a_viewer_may_look_but_do_nothing(
    app: AppTest, workshops: Workshops, running: Workshop, monkeypatch: pytest.MonkeyPatch
):
    from charter.studio import access
    from charter.studio.roles import Role

    opened(app, running)
    monkeypatch.setattr(access, "visitor", lambda: access.Visitor("V", "v@x.example", Role.VIEWER))
    # What the page shows is no guard: the callback asks again.
    click(app, "workshop-start")
    assert workshops.workshop(running.id).round.stage is Stage.WAITING
    assert "Your role here is viewer; this needs editor" in texts(app)


def test_a_disk_that_refuses_is_told(
    app: AppTest, workshops: Workshops, running: Workshop, monkeypatch: pytest.MonkeyPatch
):
    opened(app, running)

    def refuse(*_: object, **__: object) -> None:
        raise CannotKeep("database or disk is full")

    monkeypatch.setattr(Workshops, "move", refuse)
    click(app, "workshop-start")
    assert "The disk refuses: database or disk is full. Nothing was changed." in texts(app)
    assert not app.exception


def test_where_phones_cant_come_in_it_is_said_what_to_do(
    app: AppTest, running: Workshop, monkeypatch: pytest.MonkeyPatch
):
    here = Door("http://127.0.0.1:8502", is_for_this_machine_only=True)
    monkeypatch.setattr(workshop_joining, "door", lambda root: here)
    opened(app, running)
    assert "charter studio --phones 0.0.0.0" in texts(app)
    shut = Door(problem="phones-not-started")
    monkeypatch.setattr(workshop_joining, "door", lambda root: shut)
    app.run()
    assert [each.value.replace("\\", "") for each in app.warning] == [
        shut.tell(speaker(Language.ENGLISH))
    ]


# The screen of the room.


def board(app: AppTest, workshop: Workshop) -> AppTest:
    app.query_params["workshop"] = workshop.id
    app.run()
    app.session_state["workshop"] = workshop.id
    return app.switch_page("page/board.py").run()


def test_the_screen_shows_how_people_join_until_a_round_begins(
    app: AppTest, workshops: Workshops, running: Workshop
):
    workshops.join(running.code, "Chloé")
    board(app, running)
    assert not app.exception
    assert [each.value for each in app.title] == ["Our markers"]
    assert f"{running.code[:4]}-{running.code[4:]}" in texts(app)
    assert "1 person is here" in texts(app)
    assert "Chloé" not in texts(app)
    assert list(app.button) == []


def test_before_it_is_revealed_the_screen_shows_counts_alone(
    app: AppTest, workshops: Workshops, running: Workshop
):
    workshops.move(running, lambda now: now.started(0.0))
    said(workshops, running, "A card", "Coffee")
    board(app, running)
    measures = {each.label: each.value for each in app.metric}
    assert measures["Have answered"] == "2 of 2"
    assert "A card" not in texts(app)
    workshops.move(workshops.workshop(running.id), lambda now: now.revealed())
    app.run()
    assert "**A card** :blue-badge[1 person]" in texts(app)


def test_how_far_the_room_is_shows_by_stages(app: AppTest, root: Path, workshops: Workshops):
    workspace = read_folder(root)
    rounds = rounds_of([Template.TAGS], workspace, "visit")[1:]
    workshop = workshops.open("Feelings", "Anne", 0.0, rounds)
    workshops.move(workshop, lambda now: now.started(0.0))
    tokens = [workshops.join(workshop.code, name).token for name in "ab"]
    answers = {"window": 1, "welcome": 2, "till": -1}
    workshops.keep(
        [Given(key, tokens[0], "r2", key, {"emotion": felt}) for key, felt in answers.items()]
    )
    board(app, workshop)
    progress = [each.proto.text for each in app.get("progress")]
    assert progress == ["1 of 2 have answered", "Discover · 25%", "Buy · 50%"]


def test_a_screen_without_its_workshop_says_so(
    app: AppTest, workshops: Workshops, running: Workshop
):
    board(app, running)
    workshops.delete(running.id)
    app.run()
    assert [each.value for each in app.title] == ["This workshop was deleted."]
    assert not app.exception


@pytest.mark.parametrize("template", list(Template))
def test_what_each_kind_of_round_came_to_is_shown(
    template: Template, app: AppTest, root: Path, workshops: Workshops
):
    """Each has its picture or its cards, without names, and the same as a table."""
    workspace = read_folder(root)
    rounds = rounds_of([template], workspace, "visit")
    workshop = workshops.open("All", "Anne", 0.0, rounds)
    tokens = [workshops.join(workshop.code, name).token for name in ("Chloé", "Marc")]
    for place in range(len(rounds)):
        workshop = workshops.move(workshop, lambda now, place=place: now.at(place, 0.0))
        round = workshop.round
        if of := workshop.round_of(round.of):
            round = dealt(round, results_of(of, workshops.answers(workshop.id, of)))
        workshop = workshops.move(workshop, lambda now, round=round: now.started(0.0, round))
        key = round.cards[0].key if round.cards and round.kind is not Kind.DOTS else "dots"
        says = {
            Kind.PROPOSE: {"name": "A card", "value": "hospitality", "example": "Thank you."},
            Kind.TAG: {"markers": ["farewell"]},
            Kind.EMOTION: {"emotion": 2},
            Kind.EXPRESS: {"do": "Stand up", "dont": "", "example": ""},
            Kind.IRRITANTS: {"name": "Waiting", "touchpoint": "till"},
            Kind.DOTS: {"dots": {round.cards[0].key: 1} if round.cards else {}},
            Kind.EFFORT: {"duration": 2},
        }[round.kind]
        given = [Given(f"{round.id}-{n}", t, round.id, key, says) for n, t in enumerate(tokens)]
        assert [each.refused for each in workshops.keep(given)] == [None, None]
        workshop = workshops.move(workshop, lambda now: now.revealed())
        board(app, workshop)
        assert not app.exception
        assert "Chloé" not in texts(app)
        is_picture = round.kind not in (Kind.PROPOSE, Kind.IRRITANTS, Kind.EXPRESS)
        drawn = [each.key for each in app.get("bidi_component") if each.key == "board-emotion"]
        assert len(app.get("vega_lite_chart")) + len(drawn) == is_picture
        agreement = [each.value for each in app.metric if each.label.startswith("Agreement")]
        assert agreement == (["1"] if is_picture else [])
        rows = list(rows_of(workshop.round, seen_now(root, workshop.id).results, ENGLISH))
        # What two people wrote stays two ideas until somebody takes them for one.
        people = 1 if round.kind in (Kind.PROPOSE, Kind.IRRITANTS) else 2
        assert people in rows[0].values() or f"{people}: {people}" in rows[0].values()
