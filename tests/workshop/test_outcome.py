"""What a workshop proposes to change, held against the charter as it is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.amendments import CHARTER, Express, Introduce, Place, Put, Tag, amended
from charter.messages import Language, speaker
from charter.workshop import (
    Answer,
    Card,
    Dots,
    Feeling,
    Felt,
    Grades,
    Idea,
    Irritant,
    Kind,
    Round,
    Showing,
    Subject,
    Workshop,
)
from charter.workshop.answers import line_of
from charter.workshop.outcome import outcome_of, towards
from charter.workshop.proposals import Proposal, Standing
from charter.workspace import read_files
from journeys.document import Words

CHARTER_TEXT = """\
charter: 1
brand: Maison
values: [{id: hospitality, name: Hospitality}]
channels: [{id: store, name: Shop}, {id: email, name: E-mail}, {id: web}]
segments: [{id: new, name: First visit}, {id: friend, name: Friend, priority: high}]
stages: [{id: buy}]
markers:
  - id: host
    name: A named host
    expressions:
      store: The host gives their name.  # and a chair
      web: {not-for: Nobody hosts a page.}
      email: {do: [Sign by first name], example: Yours, Anne}
  - {id: calm, name: Calm}
  - {id: queues, name: Queues, role: irritant}
"""
JOURNEY_TEXT = """\
journey: purchase
outcomes: [{id: bought}]
touchpoints:
  - id: window
    name: Window
    stage: buy
    channel: store
    entry: true
    emotion: -1
    next: till
  - id: till
    name: Till
    stage: buy
    channel: store
    markers: [host, calm]
    moment-of-truth: true
    effort: {duration: 2}
    exit: bought
"""
FILES = {
    "charter.yaml": CHARTER_TEXT.replace("example: Yours, Anne", 'example: "Yours, Anne"').encode(),
    "journeys/purchase.yaml": JOURNEY_TEXT.encode(),
}
ENGLISH = speaker(Language.ENGLISH)


def cards(*keys: str) -> tuple[Card, ...]:
    return tuple(Card(key, Words.of(key.title())) for key in keys)


STOPS = cards("window", "till", "shop")
PROPOSE = Round("r1", Kind.PROPOSE, choices=cards("hospitality", "pride"))
TAG = Round("r2", Kind.TAG, journey="purchase", cards=STOPS, choices=cards("host", "calm", "smell"))
EXPRESS = Round(
    "r3", Kind.EXPRESS, cards=cards("host/store", "host/email", "host/web", "smell/store")
)
EMOTION = Round("r4", Kind.EMOTION, journey="purchase", cards=STOPS)
IRRITANTS = Round("r5", Kind.IRRITANTS, journey="purchase", choices=STOPS)
EFFORT = Round("r6", Kind.EFFORT, journey="purchase", cards=STOPS)
MOMENTS = Round(
    "r7", Kind.DOTS, journey="purchase", cards=STOPS, subject=Subject.TOUCHPOINTS, dots=5
)
SEGMENTS = Round("r8", Kind.DOTS, cards=cards("new", "friend", "pro"), subject=Subject.SEGMENTS)
WEIGHTS = Round("r9", Kind.DOTS, cards=cards("reach", "ease", "luck"), subject=Subject.PRIORITIES)


def proposals(*rounds: tuple[Round, list[tuple]], files=FILES, language="en") -> list[Proposal]:
    """Return what rounds propose, each given as what it is and (participant, key, says)."""
    number, answers = 0, {}
    for round, said in rounds:
        for who, key, says in said:
            number += 1
            answers.setdefault(round.id, []).append(Answer(number, round.id, who, key, says))
    workshop = Workshop("w", "CODE", "Spring", "", 0, tuple(round for round, _ in rounds))
    return list(outcome_of(workshop, answers, read_files(files), language).proposals)


def told(found: list[Proposal]) -> list[tuple[str, str, str, bool]]:
    return [
        (
            each.standing.value,
            each.told.spoken(ENGLISH),
            each.backing.spoken(ENGLISH),
            each.is_advised,
        )
        for each in found
    ]


def test_ideas_are_new_markers_by_how_many_people_said_them():
    found = proposals(
        (
            replace(PROPOSE, merged=((1, 2),)),
            [
                (101, "a", Idea("Handwritten note", "hospitality", "A card in the parcel")),
                (102, "b", Idea("A note by hand", "pride", "Signed")),
                (103, "c", Idea("Fast tills")),
                (104, "d", Idea("A NAMED host")),
            ],
        )
    )
    assert told(found) == [
        ("gone", "The value “Pride” isn't there any more; the marker comes without it.",
         "4 answered about it", False),
        ("open", "New marker “Handwritten note”, for Hospitality", "said by 2 of 4", True),
        ("open", "New marker “Fast tills”", "said by 1 of 4", False),
        ("done", "New marker “A NAMED host”", "said by 1 of 4", False),
    ]  # fmt: skip
    assert found[1].amendments == (
        Introduce(
            Place("marker", "handwritten-note"),
            {"name": "Handwritten note", "values": ["hospitality"]},
        ),
    )
    assert found[1].detail == "A card in the parcel / Signed"
    assert [each.id for each in found] == [
        "r1-gone-value-pride", "r1-marker-1", "r1-marker-3", "r1-marker-4",
    ]  # fmt: skip


def test_dots_are_told_beside_what_an_idea_was_said_by_and_advise_it():
    about = Round(
        "r", Kind.DOTS, cards=cards("1", "2", "9"), subject=Subject.IDEAS, of="r1", dots=5
    )
    found = proposals(
        (replace(PROPOSE, merged=((1, 2),)), [(101, "a", Idea("A")), (101, "b", Idea("B"))]),
        (about, [(101, "dots", Dots((("1", 2), ("2", 1), ("9", 2))))]),
    )
    assert told(found) == [
        ("open", "New marker “A”", "said by 1 of 1 · dots: 3", True),
        ("gone", "The idea “9” was taken back.", "1 answered about it", False),
    ]


def test_markers_felt_are_tags_that_are_assumed():
    found = proposals(
        (
            TAG,
            [
                (101, "window", Felt(("host", "smell"))),
                (102, "window", Felt(("host", "calm"))),
                (103, "window", Felt(())),
                (101, "till", Felt(("host",))),
                (101, "shop", Felt(("host",))),
            ],
        )
    )
    assert told(found) == [
        ("open", "“A named host” is felt at “Window”", "felt by 2 of 3", True),
        ("open", "“Calm” is felt at “Window”", "felt by 1 of 3", False),
        ("gone", "The marker “Smell” isn't there any more.", "3 answered about it", False),
        ("done", "“A named host” is felt at “Till”", "felt by 1 of 1", False),
        ("noted", "Nobody felt “Calm” at “Till”, where the charter has it.", "felt by 0 of 1",
         False),
        ("gone", "The touchpoint “Shop” isn't there any more.", "1 answered about it", False),
    ]  # fmt: skip
    assert found[0].amendments == (
        Tag(Place("touchpoint", "window", "purchase"), "host", {"evidence": "assumed"}),
    )
    assert all(not each.amendments for each in found if each.standing is not Standing.OPEN)


def test_names_that_hold_quotation_marks_are_quoted_once():
    """A touchpoint is often called by what is said there."""
    renamed = (
        (b"name: Window", "name: “Come in!”".encode()),
        (b"name: Till", "name: The “Anything else?” till".encode()),
    )
    text = FILES["journeys/purchase.yaml"]
    for old, new in renamed:
        text = text.replace(old, new)
    found = proposals(
        (TAG, [(101, "window", Felt(("host",))), (101, "till", Felt(("host",)))]),
        (IRRITANTS, [(101, "a", Irritant("«\u00a0Next!\u00a0»", "window"))]),
        files={**FILES, "journeys/purchase.yaml": text},
    )
    assert [text for _, text, *_ in told(found)] == [
        "“A named host” is felt at “Come in!”",
        "“A named host” is felt at “The ‘Anything else?’ till”",
        "Nobody felt “Calm” at “The ‘Anything else?’ till”, where the charter has it.",
        "New irritant “Next!”, met at “Come in!”",
    ]


def test_a_journey_that_is_gone_takes_its_touchpoints_along():
    found = proposals((replace(TAG, journey="sale"), [(101, "window", Felt(("host",)))]))
    assert told(found) == [
        ("gone", "The touchpoint “Window” isn't there any more.", "1 answered about it", False)
    ]


def test_texts_are_added_to_how_a_marker_shows_each_for_itself():
    found = proposals(
        (
            EXPRESS,
            [
                (101, "host/store", Showing(do="Smile", dont="Point")),
                (102, "host/store", Showing(do="Smile")),
                (101, "host/email", Showing(do="sign by first name", example="Anne")),
                (101, "host/web", Showing(do="A portrait")),
                (101, "smell/store", Showing(do="Wax")),
            ],
        )
    )
    assert [(standing, text, advised) for standing, text, _, advised in told(found)] == [
        ("open", "How “A named host” shows on “Shop”, to do: Smile", True),
        ("open", "How “A named host” shows on “Shop”, not to do: Point", False),
        ("done", "How “A named host” shows on “E-mail”, to do: sign by first name", False),
        ("open", "How “A named host” shows on “E-mail”, for example: Anne", False),
        ("gone", "The charter leaves “A named host” out on “web”, and says why.", False),
        ("gone", "The marker “Smell/Store” isn't there any more.", False),
    ]
    assert found[0].amendments == (Express(Place("marker", "host"), "store", "do", "Smile"),)
    changed = amended(FILES, [each for found in found for each in found.amendments])
    text = changed["charter.yaml"].decode()
    assert 'do: [Sign by first name], example: "Yours, Anne / Anne"' in text
    host = read_files({**FILES, **changed}).charter.markers_by_id["host"].expressions["store"]
    assert host.text == Words.of("The host gives their name.")
    assert (host.do, host.dont) == ((Words.of("Smile"),), (Words.of("Point"),))


def test_emotions_are_medians_where_the_charter_says_otherwise():
    found = proposals(
        (
            EMOTION,
            [
                (101, "window", Feeling(1)),
                (102, "window", Feeling(2)),
                (101, "till", Feeling(0)),
            ],
        )
    )
    assert told(found) == [
        ("open", "“Window”: Content, instead of “Upset”",
         "the middle of what 2 said; 1 said just this", True),
        ("open", "“Till”: Neutral", "the middle of what 1 said; 1 said just this", False),
    ]  # fmt: skip
    assert found[0].amendments == (
        Put(Place("touchpoint", "window", "purchase"), ("emotion",), "1"),
    )


@pytest.mark.parametrize(
    ("middle", "median", "grade"),
    [(0, 1.5, 1), (0, -1.5, -1), (0, 0.5, 0), (0, -0.5, 0), (0, -2, -2), (0, 2, 2),
     (2, 1.5, 2), (2, 2.5, 2), (2, 3, 3), (2, 1, 1)],
)  # fmt: skip
def test_halfway_between_two_grades_the_one_nearer_to_the_middle_is_taken(middle, median, grade):
    assert towards(middle, median) == grade


def test_grades_are_medians_each_for_itself():
    found = proposals(
        (
            EFFORT,
            [
                (101, "till", Grades(duration=2, value=3)),
                (102, "till", Grades(value=3)),
            ],
        )
    )
    assert told(found) == [
        ("done", "“Till”, Time it takes: Middle", "the middle of what 1 said; 1 said just this",
         False),
        ("open", "“Till”, What a person adds: High", "the middle of what 2 said; 2 said just this",
         True),
    ]  # fmt: skip
    assert found[1].amendments == (
        Put(Place("touchpoint", "till", "purchase"), ("effort", "value"), "3"),
    )


def test_an_irritant_is_a_marker_with_its_tags_together():
    found = proposals(
        (
            replace(IRRITANTS, merged=((1, 2),)),
            [
                (101, "a", Irritant("Cold light", "window")),
                (102, "b", Irritant("Neon", "till")),
                (103, "c", Irritant("Queues", "till")),
                (104, "d", Irritant("Noise", "shop")),
                (104, "e", Irritant("queues")),
            ],
        )
    )
    assert [(standing, text) for standing, text, *_ in told(found)] == [
        ("open", "New irritant “Cold light”, met at “Window” and “Till”"),
        ("open", "The irritant “Queues” is met at “Till”"),
        ("gone", "The touchpoint “Shop” isn't there any more."),
        ("open", "New irritant “Noise”"),
        ("done", "New irritant “queues”"),
    ]
    marker = Place("marker", "cold-light")
    assert found[0].amendments == (
        Introduce(marker, {"name": "Cold light", "role": "irritant"}),
        Tag(Place("touchpoint", "window", "purchase"), "cold-light", {"evidence": "assumed"}),
        Tag(Place("touchpoint", "till", "purchase"), "cold-light", {"evidence": "assumed"}),
    )
    assert found[1].amendments == (
        Tag(Place("touchpoint", "till", "purchase"), "queues", {"evidence": "assumed"}),
    )


def test_what_got_more_dots_than_a_card_has_on_average_comes_first():
    found = proposals(
        (
            MOMENTS,
            [
                (101, "dots", Dots((("window", 3), ("till", 2)))),
                (102, "dots", Dots((("till", 4), ("shop", 1)))),
            ],
        ),
        (SEGMENTS, [(101, "dots", Dots((("new", 5), ("friend", 0))))]),
    )
    assert told(found) == [
        ("done", "“Till” is a moment of truth", "6 of 10 dots, more than a card has on average",
         False),
        ("open", "The segment “First visit” comes first",
         "5 of 5 dots, more than a card has on average", False),
    ]  # fmt: skip
    assert found[1].amendments == (Put(Place("segment", "new"), ("priority",), "high"),)
    assert (found[0].support, found[0].asked) == (2, 2)


def test_equal_dots_make_nothing_come_first():
    spent = Dots((("window", 1), ("till", 1), ("shop", 1)))
    assert proposals((MOMENTS, [(101, "dots", spent)])) == []


def test_priorities_are_weighed_all_at_once_by_their_dots():
    (found,) = proposals(
        (
            WEIGHTS,
            [
                (101, "dots", Dots((("ease", 5),))),
                (102, "dots", Dots((("reach", 2), ("ease", 1), ("luck", 2)))),
            ],
        )
    )
    assert told([found]) == [
        ("open", "What makes an action come first: Ease 6 and Reach 2", "dots: 8 · people: 2", True)
    ]
    assert found.amendments == (
        Put(CHARTER, ("priorities", "reach"), "2"),
        Put(CHARTER, ("priorities", "ease"), "6"),
    )
    changed = amended(FILES, found.amendments)
    again = proposals(
        (
            WEIGHTS,
            [
                (101, "dots", Dots((("ease", 3), ("reach", 2)))),
                (102, "dots", Dots((("ease", 3),))),
            ],
        ),
        files={**FILES, **changed},
    )
    assert [each.standing for each in again] == [Standing.DONE]


def test_texts_are_said_by_language_where_the_charter_says_its_texts_so():
    files = {
        **FILES,
        "charter.yaml": FILES["charter.yaml"]
        .replace(b"name: A named host", b"name: {en: A named host, fr: Un nom}")
        .replace(b"The host gives their name.", b"{en: The host gives their name.}"),
    }
    found = proposals(
        (PROPOSE, [(101, "a", Idea("Une carte"))]),
        (EXPRESS, [(101, "host/store", Showing(do="Sourire"))]),
        files=files,
        language="fr",
    )
    assert found[0].amendments == (
        Introduce(Place("marker", "une-carte"), {"name": {"fr": "Une carte"}}),
    )
    assert found[1].amendments == (
        Express(Place("marker", "host"), "store", "do", {"fr": "Sourire"}),
    )
    changed = amended(files, [*found[0].amendments, *found[1].amendments])
    store = read_files({**files, **changed}).charter.markers_by_id["host"].expressions["store"]
    assert store.text == Words((("en", "The host gives their name."),))
    assert store.do == (Words((("fr", "Sourire"),)),)


def test_what_is_done_is_told_as_done_when_it_is_asked_for_again():
    rounds = (
        (PROPOSE, [(101, "a", Idea("A card", "hospitality"))]),
        (TAG, [(101, "window", Felt(("host",)))]),
        (EXPRESS, [(101, "host/store", Showing("Smile", "Point", "Good day"))]),
        (EMOTION, [(101, "window", Feeling(1))]),
        (IRRITANTS, [(101, "a", Irritant("Noise", "till"))]),
        (EFFORT, [(101, "till", Grades(1, 2, 3, 1))]),
        (MOMENTS, [(101, "dots", Dots((("window", 5),)))]),
        (SEGMENTS, [(101, "dots", Dots((("new", 5),)))]),
        (WEIGHTS, [(101, "dots", Dots((("ease", 5),)))]),
    )
    before = proposals(*rounds)
    to_do = [each for each in before if each.standing is Standing.OPEN]
    assert len(to_do) == len({each.id for each in to_do}) == 14
    changes = amended(FILES, [each for found in to_do for each in found.amendments])
    after = proposals(*rounds, files={**FILES, **changes})
    done = {each.id for each in after if each.standing is Standing.DONE}
    assert done == {each.id for each in to_do}
    assert not [each for each in after if each.standing is Standing.OPEN]
    assert b"# and a chair" in changes["charter.yaml"]


def test_ideas_of_one_name_are_one_marker_and_others_have_one_each():
    ideas = [Idea("Card", "hospitality"), Idea("Card!"), Idea("CARD")]
    found = proposals((PROPOSE, [(101, f"i{n}", idea) for n, idea in enumerate(ideas)]))
    assert [each.amendments[0].place.id for each in found] == ["card", "card-2", "card"]
    changes = amended(FILES, [each for one in found for each in one.amendments])
    markers = read_files({**FILES, **changes}).charter.markers[3:]
    assert [(each.id, each.values) for each in markers] == [
        ("card", ("hospitality",)),
        ("card-2", ()),
    ]


TEXTS = st.one_of(
    st.sampled_from(
        ["null", "~", "yes", "1.5", "- a: b", "a: b", "# no", "{a}", "'x", '"', "=1", "a / b", "é"]
    ),
    st.text(max_size=12),
).map(lambda text: line_of(text) or "x")
SAYS = {
    "r1": st.builds(Idea, TEXTS, st.sampled_from(["", "hospitality", "pride"]), TEXTS),
    "r2": st.lists(st.sampled_from(["host", "calm", "smell"]), unique=True).map(
        lambda felt: Felt(tuple(felt))
    ),
    "r3": st.builds(Showing, TEXTS, TEXTS, TEXTS),
    "r4": st.builds(Feeling, st.integers(-2, 2)),
    "r5": st.builds(Irritant, TEXTS, st.sampled_from(["", "window", "till", "shop"])),
    "r6": st.builds(Grades, *[st.none() | st.integers(1, 3)] * 4),
    "r7": st.dictionaries(st.sampled_from(["window", "till", "shop"]), st.just(1)).map(
        lambda dots: Dots(tuple(dots.items()))
    ),
    "r8": st.just(Dots((("new", 2),))),
    "r9": st.dictionaries(st.sampled_from(["reach", "ease"]), st.integers(1, 2)).map(
        lambda dots: Dots(tuple(dots.items()))
    ),
}
ROUNDS = (PROPOSE, TAG, EXPRESS, EMOTION, IRRITANTS, EFFORT, MOMENTS, SEGMENTS, WEIGHTS)


@st.composite
def rooms(draw):
    """What a room says, round by round, whatever comes to people's minds."""
    told = []
    for round in ROUNDS:
        keys = [card.key for card in round.cards] if round.kind is not Kind.DOTS else ["dots"]
        places = st.tuples(st.integers(101, 104), st.sampled_from(keys or ["a", "b"]))
        said = draw(st.dictionaries(places, SAYS[round.id], max_size=4))
        told.append((round, [(who, key, says) for (who, key), says in said.items()]))
    return told


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rooms(), st.data())
def test_whatever_is_ticked_of_whatever_was_said_is_a_charter_in_which_it_is_done(room, data):
    found = [each for each in proposals(*room) if each.is_open]
    chosen = [each for each in found if data.draw(st.booleans())]
    changes = amended(FILES, [each for one in chosen for each in one.amendments])
    after = {each.id: each for each in proposals(*room, files={**FILES, **changes})}
    assert {after[each.id].standing for each in chosen} <= {Standing.DONE}
    for each in found:
        if each not in chosen and each.what in ("tag", "emotion", "effort", "segment"):
            assert after[each.id].is_open
