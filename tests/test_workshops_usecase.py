"""From what a room answered to a draft of the charter, in a real repository."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from charter.amendments import Place, Put
from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.history import Author, HistoryError
from charter.messages import Language, speaker
from charter.private_folder import PrivateFolder
from charter.reports.diff.telling import tell_comparison
from charter.usecases import workshops
from charter.usecases.desks import base_of, check_files
from charter.usecases.diff import compare_versions
from charter.usecases.drafts import open_draft
from charter.usecases.workshops import (
    ChangedMeanwhile,
    commit_message,
    outcome,
    prove,
    write_draft,
)
from charter.workshop import Card, Given, Kind, Round, Subject, Workshops
from charter.workshop.outcome import Outcome
from charter.workshop.proposals import Proposal
from charter.workspace import InvalidWorkspace, read_files
from journeys.document import Words
from tests.histories import git

TODAY = datetime.date(2026, 11, 26)
NOW = datetime.datetime(2026, 11, 26, 14, tzinfo=datetime.UTC)
ANNE = Author("Anne", "anne@example.org")
ENGLISH = speaker(Language.ENGLISH)
NICKNAMES = ("Chloé", "Bastien", "Zoé")

CHARTER_TEXT = """\
charter: 1
brand: Maison Lumière  # as on the door
values: [{id: hospitality, name: Hospitality}]
channels: [{id: store, name: Shop}]
segments: [{id: new, name: First visit}]
stages: [{id: buy}]
markers:
  # What people remember.
  - id: host
    name: A named host
    expressions:
      store: The host gives their name.  # and a chair
rules:
  - {id: host-everywhere, kind: everywhere, markers: [host], severity: error}
"""
JOURNEY_TEXT = """\
journey: purchase
name: A purchase
outcomes: [{id: bought, wanted: true}]
touchpoints:
  - id: window
    name: Window
    stage: buy
    channel: store
    entry: true
    next: till  # straight on
  # The heart of it.
  - id: till
    name: Till
    stage: buy
    channel: store
    markers: [host]
    exit: bought
"""


def cards(**names: str) -> tuple[Card, ...]:
    return tuple(Card(key.replace("_", "-"), Words.of(name)) for key, name in names.items())


STOPS = cards(window="Window", till="Till")
ROUNDS = (
    Round("r1", Kind.PROPOSE, choices=cards(hospitality="Hospitality")),
    Round("r2", Kind.TAG, journey="purchase", cards=STOPS, choices=cards(host="A named host")),
    Round("r3", Kind.EXPRESS, cards=(Card("host/store", Words.of("A named host")),)),
    Round("r4", Kind.EMOTION, "The mood", journey="purchase", cards=STOPS),
    Round("r5", Kind.IRRITANTS, journey="purchase", choices=STOPS),
    Round("r6", Kind.EFFORT, journey="purchase", cards=STOPS),
    Round("r7", Kind.DOTS, journey="purchase", cards=STOPS, subject=Subject.TOUCHPOINTS),
    Round("r8", Kind.DOTS, cards=cards(reach="Reach", ease="Ease"), subject=Subject.PRIORITIES),
)
SAID = (
    ("i", ({"name": "A card", "value": "hospitality", "example": "By hand"}, {"name": "Slow"})),
    ("window", ({"markers": ["host"]}, {"markers": ["host"]}, {"markers": []})),
    ("host/store", ({"do": "Smile"}, {"do": "Smile"}, {"dont": "Point"})),
    ("till", ({"emotion": -1}, {"emotion": -2}, {"emotion": -1})),
    ("n", ({"name": "Queues", "touchpoint": "till"},)),
    ("till", ({"duration": 3}, {"duration": 2}, {"duration": 3})),
    ("dots", ({"dots": {"till": 5}}, {"dots": {"till": 4, "window": 1}})),
    ("dots", ({"dots": {"reach": 4, "ease": 1}}, {"dots": {"reach": 5}})),
)


class Room:
    """A workspace, and a workshop that three people took part in."""

    def __init__(self, root: Path, *, has_history: bool = True) -> None:
        self.root = root
        (root / "journeys").mkdir(parents=True)
        (root / "charter.yaml").write_text(CHARTER_TEXT, encoding="utf-8")
        (root / "journeys/purchase.yaml").write_text(JOURNEY_TEXT, encoding="utf-8")
        if has_history:
            git(root, "init", "-q", "-b", "main")
            git(root, "add", "charter.yaml", "journeys")
            git(root, "commit", "-qm", "The first version")
        self.workshops = Workshops(PrivateFolder(root))
        workshop = self.workshops.open("Our markers", "Anne", 0.0, ROUNDS)
        tokens = [self.workshops.join(workshop.code, each).token for each in NICKNAMES]
        for place, (key, said) in enumerate(SAID):
            at = place

            workshop = self.workshops.move(
                workshop, lambda now, at=at: now.at(at, 0.0).started(0.0)
            )
            given = [
                Given(f"{place}-{n}", token, ROUNDS[place].id, key, says)
                for n, (token, says) in enumerate(zip(tokens, said, strict=False))
            ]
            assert [each.refused for each in self.workshops.keep(given)] == [None] * len(given)
        self.workshop = self.workshops.move(workshop, lambda now: now.ended(0.0))

    def outcome(self) -> Outcome:
        files = base_of(self.root, "").files
        return outcome(self.root, self.workshop, read_files(files), "en")

    def write(self, chosen, name: str = "our-markers", message: str = "Workshop") -> None:
        write_draft(
            self.root,
            self.workshop,
            chosen,
            name,
            language="en",
            author=ANNE,
            message=message,
            now=NOW,
        )

    def write_file(self, file: str, was: str, now: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert was in text
        path.write_text(text.replace(was, now), encoding="utf-8")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "maison")


def everything(found: Outcome) -> tuple[Proposal, ...]:
    return found.chosen(each.id for each in found.proposals)


def test_a_workshop_becomes_a_draft_whose_meaning_is_what_was_chosen(room):
    found = room.outcome()
    room.write(everything(found), message=commit_message(found, everything(found), ENGLISH))
    comparison = compare_versions(room.root, "HEAD", "draft/our-markers", TODAY)
    assert isinstance(comparison, Comparison)
    told = tell_comparison(comparison, ENGLISH)
    changes = [
        f"{change.kind} {change.what} {change.name}: {'; '.join(change.details)}"
        for part in told.changes
        for change in part.changes
    ]
    assert changes == [
        "changed charter “Maison Lumière”: priorities: – → reach: 9; ease: 1",
        "changed expression “A named host” on Shop: do: + “Smile”; dont: + “Point”",
        "added marker “A card”: ",
        "added marker “Slow”: ",
        "added marker “Queues”: ",
        "changed touchpoint “Window”: markers: + host",
        "changed touchpoint “Till”: effort: – → duration: 3; emotion: – → -1; "
        "markers: + queues; moment-of-truth: – → true",
    ]
    assert [chapter.title for chapter in told.chapters] == ["What was repaired"]


def test_comments_and_order_of_the_files_are_kept(room):
    room.write(everything(room.outcome()))
    files = open_draft(room.root, "our-markers").files
    charter, journey = (files[n].decode() for n in ("charter.yaml", "journeys/purchase.yaml"))
    for comment in ("# as on the door", "# What people remember.", "# and a chair"):
        assert comment in charter
    assert "next: till  # straight on" in journey
    assert "# The heart of it." in journey


def test_the_commit_tells_each_change_with_its_round_and_support_and_names_nobody(room):
    found = room.outcome()
    chosen = everything(found)
    room.write(chosen, message=commit_message(found, chosen, ENGLISH))
    message = git(room.root, "log", "-1", "--format=%B", "draft/our-markers")
    assert message.splitlines() == [
        "Workshop “Our markers”",
        "",
        "Round 1: Our markers",
        "- New marker “A card”, for Hospitality (said by 1 of 2)",
        "  For example: By hand",
        "- New marker “Slow” (said by 1 of 2)",
        "",
        "Round 2: Markers on the journey",
        "- “A named host” is felt at “Window” (felt by 2 of 3)",
        "",
        "Round 3: How would we show it here?",
        "- How “A named host” shows on “Shop”, to do: Smile (written by 2 of 3)",
        "- How “A named host” shows on “Shop”, not to do: Point (written by 1 of 3)",
        "",
        "Round 4: The mood",
        "- “Till”: Upset (the middle of what 3 said; 2 said just this)",
        "",
        "Round 5: What annoys our customers?",
        "- New irritant “Queues”, met at “Till” (said by 1 of 1)",
        "",
        "Round 6: What does it take?",
        "- “Till”, Time it takes: High (the middle of what 3 said; 2 said just this)",
        "",
        "Round 7: The moments of truth",
        "- “Till” is a moment of truth (9 of 10 dots, more than a card has on average)",
        "",
        "Round 8: What makes an action come first",
        "- What makes an action come first: Reach 9 and Ease 1 (dots: 10 · people: 2)",
    ]
    assert not [name for name in NICKNAMES if name in message]
    assert git(room.root, "log", "-1", "--format=%an", "draft/our-markers") == "Anne"


def test_the_proof_says_what_is_repaired_and_what_breaks(room):
    files = base_of(room.root, "").files
    found = room.outcome()
    tags = found.chosen(["r2-tag-window-host"])
    proof = prove(files, tags, TODAY)
    assert isinstance(proof, Comparison)
    assert [change.latest.rule for change in proof.of(Turn.REPAIRED)] == ["host-everywhere"]
    assert proof.of(Turn.NEWLY_BROKEN) == ()
    before = check_files(files, TODAY)
    assert prove(files, tags, TODAY, before=before) == proof
    assert proof.after.workspace is not None
    assert {**files} == dict(base_of(room.root, "").files)


def test_nothing_lies_in_the_folder_but_in_the_draft(room):
    before = dict(base_of(room.root, "").files)
    room.write(everything(room.outcome()))
    assert dict(base_of(room.root, "").files) == before
    assert git(room.root, "status", "--porcelain", "--", "charter.yaml", "journeys") == ""


def test_what_others_change_meanwhile_stays(room):
    chosen = everything(room.outcome())
    room.write_file("journeys/purchase.yaml", "name: Window", "name: The window\n    owner: shop")
    tags = [each for each in chosen if each.round == "r5"]
    room.write(tags)
    text = open_draft(room.root, "our-markers").files["journeys/purchase.yaml"].decode()
    assert "name: The window\n    owner: shop" in text
    assert "marker: queues" in text


@pytest.mark.parametrize(
    ("file", "was", "now", "changed"),
    [
        pytest.param(
            "journeys/purchase.yaml",
            "markers: [host]",
            "markers: [host]\n    emotion: 2",
            {"r4-emotion-till"},
            id="another emotion",
        ),
        pytest.param(
            "journeys/purchase.yaml",
            "entry: true",
            "entry: true\n    markers: [host]",
            {"r2-tag-window-host"},
            id="done already",
        ),
        pytest.param(
            "charter.yaml",
            "id: host\n    name: A named host",
            "id: person\n    name: A named host",
            {"r2-tag-window-host"},
            id="a marker is gone",
        ),
    ],
)
def test_what_means_something_else_meanwhile_is_shown_and_nothing_is_written(
    room, file, was, now, changed
):
    chosen = everything(room.outcome())
    if "person" in now:
        room.write_file("charter.yaml", "markers: [host]", "markers: [person]")
        room.write_file("journeys/purchase.yaml", "[host]", "[person]")
    room.write_file(file, was, now)
    with pytest.raises(ChangedMeanwhile) as refused:
        room.write(chosen)
    assert changed <= {each.id for each in refused.value.proposals}
    with pytest.raises(HistoryError):
        open_draft(room.root, "our-markers")


def test_a_charter_that_cannot_be_read_is_told_and_nothing_is_written(room):
    chosen = everything(room.outcome())
    room.write_file("charter.yaml", "charter: 1", "charter: 1\nsurprise: yes")
    with pytest.raises(InvalidWorkspace):
        room.write(chosen)
    assert isinstance(prove(base_of(room.root, "").files, chosen, TODAY), Checked)
    with pytest.raises(HistoryError):
        open_draft(room.root, "our-markers")


def test_an_outcome_that_would_be_invalid_is_not_written(room, monkeypatch):
    """Whatever a proposal does, a draft is a workspace that can be read."""
    found = room.outcome()
    (chosen,) = found.chosen(["r4-emotion-till"])
    put = Put(Place("touchpoint", "till", "purchase"), ("emotion",), "-7")
    bad = replace(chosen, amendments=(put,))
    rounds = (replace(found.rounds[0], proposals=(bad,)),)
    monkeypatch.setattr(workshops, "outcome", lambda *_: replace(found, rounds=rounds))
    with pytest.raises(InvalidWorkspace):
        room.write([bad])
    with pytest.raises(HistoryError):
        open_draft(room.root, "our-markers")
    assert isinstance(prove(base_of(room.root, "").files, [bad], TODAY), Checked)


def test_a_second_draft_of_the_name_is_refused_and_the_first_one_stays(room):
    found = room.outcome()
    room.write(found.chosen(["r2-tag-window-host"]))
    first = open_draft(room.root, "our-markers").commit
    with pytest.raises(HistoryError) as refused:
        room.write(everything(found))
    assert refused.value.reason == "draft-exists"
    assert open_draft(room.root, "our-markers").commit == first


def test_without_a_history_there_is_no_draft_and_that_is_said(tmp_path):
    room = Room(tmp_path / "maison", has_history=False)
    chosen = everything(room.outcome())
    with pytest.raises(HistoryError) as refused:
        room.write(chosen)
    assert refused.value.reason == "no-repository"
    assert isinstance(prove(base_of(room.root, "").files, chosen, TODAY), Comparison)
