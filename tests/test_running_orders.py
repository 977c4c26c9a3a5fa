"""Templates become rounds, with what the charter names on their cards."""

from dataclasses import replace
from pathlib import Path

import pytest

from charter.brand import Priorities
from charter.usecases.running_orders import (
    LONGEST_NOTE,
    PRIORITIES,
    TEMPLATES,
    Template,
    about,
    asking,
    dealt,
    expression_cards,
    rounds_of,
    touchpoint_cards,
    with_words,
)
from charter.workshop import Answer, Idea, Kind, Round, Stage, Subject
from charter.workshop.results import results_of
from charter.workspace import Workspace, read_folder

RETIRED = """\
  - {id: fax, stage: discover, channel: store, status: retired, entry: true, next: [till]}
"""


@pytest.fixture
def workspace(root: Path) -> Workspace:
    visit = root / "journeys" / "visit.yaml"
    # Written down behind its stage's others, and there no more.
    visit.write_text(visit.read_text("utf-8") + RETIRED, "utf-8")
    return read_folder(root)


def keys(round: Round) -> list[str]:
    return [each.key for each in round.cards]


def kinds(rounds: tuple[Round, ...]) -> list[tuple[str, str]]:
    return [
        (each.id, each.kind + (f" of {each.subject}" if each.subject else "")) for each in rounds
    ]


@pytest.mark.parametrize(
    ("template", "rounds"),
    [
        (Template.MARKERS, ["propose", "dots of ideas"]),
        (Template.TAGS, ["tag", "emotion"]),
        (Template.EXPRESSIONS, ["express"]),
        (Template.IRRITANTS, ["irritants", "dots of ideas"]),
        (Template.TRUTHS, ["dots of touchpoints"]),
        (Template.PRIORITIES, ["dots of segments", "dots of priorities", "effort"]),
    ],
)
def test_each_template_is_a_few_rounds(template: Template, rounds: list[str], workspace: Workspace):
    made = rounds_of([template], workspace, "visit")
    assert kinds(made) == [(f"r{n}", kind) for n, kind in enumerate(rounds, start=1)]


def test_every_template_has_its_words():
    assert list(TEMPLATES) == list(Template)


def test_rounds_that_are_added_take_no_id_that_there_is(workspace: Workspace):
    earlier = rounds_of([Template.TAGS], workspace, "visit")
    ideas, dots = rounds_of([Template.MARKERS], workspace, "visit", earlier)
    assert (ideas.id, dots.id, dots.of) == ("r3", "r4", "r3")


def test_touchpoints_come_by_stages_and_the_retired_are_left_out(workspace: Workspace):
    cards = touchpoint_cards(workspace, "visit")
    assert [each.key for each in cards] == ["window", "welcome", "catalogue", "reviews", "till"]
    till = cards[-1]
    assert [till.name.in_language(each) for each in ("en", "fr")] == ["Till", "Caisse"]
    assert till.detail is not None
    assert [till.detail.in_language(each) for each in ("en", "fr")] == [
        "Buy · Boutique",
        "Acheter · Boutique",
    ]


def test_markers_may_be_felt_but_irritants_only_if_they_are_chosen(workspace: Workspace):
    tags, feelings = rounds_of([Template.TAGS], workspace, "visit")
    assert [each.key for each in tags.choices] == ["named-host", "farewell"]
    assert keys(tags) == keys(feelings)
    offered = about(tags, workspace, (tags,)).choices
    assert [each.key for each in offered] == ["named-host", "farewell", "nagging"]


def test_what_the_charter_says_already_isnt_asked_again(workspace: Workspace):
    # The host shows in the boutique, and is left out on the web on purpose.
    (round,) = rounds_of([Template.EXPRESSIONS], workspace, "visit")
    assert keys(round) == ["farewell/store", "farewell/web"]
    again = expression_cards(workspace, ["named-host"], ["web"], with_said=True)
    assert [each.key for each in again] == ["named-host/web"]


def test_priorities_are_those_of_the_charter_in_both_languages(workspace: Workspace):
    assert tuple(PRIORITIES) == Priorities.keys()
    _, round, _ = rounds_of([Template.PRIORITIES], workspace, "visit")
    assert keys(round) == list(PRIORITIES)
    assert all({"en", "fr"} == {language for language, _ in c.name.texts} for c in round.cards)


def test_what_there_is_nothing_to_ask_about_is_left_out(workspace: Workspace):
    bare = replace(
        workspace,
        charter=workspace.charter.model_copy(update={"segments": (), "markers": ()}),
        journeys=(),
    )
    assert kinds(rounds_of(list(Template), bare, "")) == [
        ("r1", "propose"),
        ("r2", "dots of ideas"),
        ("r3", "irritants"),
        ("r4", "dots of ideas"),
        ("r5", "dots of priorities"),
    ]


def test_every_idea_is_dealt_for_dots_however_few_had_it(workspace: Workspace):
    ideas, dots = rounds_of([Template.MARKERS], workspace, "visit")
    said = [
        Answer(number, ideas.id, who, f"k{number}", Idea(name, example=example))
        for number, who, name, example in (
            (1, 101, "A card by hand", "Thank you, Zoé."),
            (2, 102, "A card by hand!", ""),
            (3, 103, "Coffee", ""),
        )
    ]
    merged = replace(ideas, merged=((1, 2),))
    round = dealt(dots, results_of(merged, said))
    assert [(each.key, each.name.in_language("fr")) for each in round.cards] == [
        ("1", "A card by hand"),
        ("3", "Coffee"),
    ]
    assert dealt(dots, None).cards == ()
    assert dealt(ideas, None) is ideas


# Changing a round.


def test_a_round_asks_about_what_is_chosen(workspace: Workspace):
    tags, _ = rounds = rounds_of([Template.TAGS], workspace, "visit")
    changed = asking(
        tags,
        workspace,
        rounds,
        journey="visit",
        cards=["till", "welcome", "gone"],
        choices=["nagging"],
    )
    assert keys(changed) == ["welcome", "till"]
    assert [each.key for each in changed.choices] == ["nagging"]


def test_a_round_expresses_the_markers_and_channels_that_are_chosen(workspace: Workspace):
    rounds = rounds_of([Template.EXPRESSIONS], workspace, "visit")
    chosen = {"markers": ["named-host", "farewell"], "channels": ["store"]}
    assert keys(asking(rounds[0], workspace, rounds, **chosen)) == ["farewell/store"]
    assert keys(asking(rounds[0], workspace, rounds, **chosen, with_said=True)) == [
        "named-host/store",
        "farewell/store",
    ]


def test_dots_may_go_to_the_ideas_of_another_round(workspace: Workspace):
    rounds = rounds_of([Template.MARKERS, Template.IRRITANTS], workspace, "visit")
    dots = rounds[1]
    assert [each.id for each in about(dots, workspace, rounds).of] == ["r1", "r3"]
    assert asking(dots, workspace, rounds, of="r3").of == "r3"
    assert asking(dots, workspace, rounds, of="r4").of == "r1"


def test_a_round_that_was_begun_goes_on_asking_what_it_asked(workspace: Workspace):
    tags, feelings = rounds_of([Template.TAGS], workspace, "visit")
    begun = replace(tags, stage=Stage.CLOSED)
    assert asking(begun, workspace, (begun, feelings), journey="visit", cards=["till"]) is begun


def test_words_and_numbers_stay_within_bounds():
    round = with_words(
        Round("r1", Kind.DOTS, subject=Subject.SEGMENTS), " a \n b ", "x" * 999, 0, 99
    )
    assert (round.title, len(round.note), round.minutes, round.dots) == ("a b", LONGEST_NOTE, 1, 20)
    begun = with_words(replace(round, stage=Stage.OPEN), "", "", 999, 3)
    assert (begun.minutes, begun.dots) == (180, 20)
