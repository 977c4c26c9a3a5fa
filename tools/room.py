"""A workshop with a room of people in it who have answered: for pictures, and for tests."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from charter.private_folder import PrivateFolder
from charter.usecases.running_orders import Template, dealt, rounds_of
from charter.workshop import Given, Kind, Round, Workshop, Workshops
from charter.workshop.results import results_of
from charter.workspace import read_folder

PEOPLE = (
    "Chloé",
    "Marc",
    "Inès",
    "Jonas",
    "Aïcha",
    "Paul",
    "Lucie",
    "Théo",
    "Nadia",
    "Sam",
    "Rosa",
    "Émile",
    "Yuki",
    "Omar",
)
IDEAS = (
    "We say our name at the door",
    "A card written by hand",
    "A hand-written card",
    "The light is set for each guest",
    "We call back the same day",
    "We call back on the same day",
    "The price is said before one asks",
    "Whoever begins with you stays with you",
    "A lamp is mended before a new one is sold",
    "We see everybody to the door",
)
ANNOYANCES = (
    "Nobody says when it comes",
    "The call centre asks for the order number again",
    "The parcel is at the wrong locker",
    "Nobody says when it's coming",
    "The receipt comes twice",
    "The return label has to be printed",
)
SHOWINGS = (
    ("Say what it lacks before what it has", "Praise it first", "“It isn't for reading by.”"),
    ("Send a photo of it", "", "“Here is yours, this morning.”"),
    ("Write as one speaks", "Write “dear customer”", ""),
)


@dataclass
class Room:
    """A workshop on a folder, and the people who take part in it.

    Attributes:
        folder: The workspace; what is kept of the workshop stands beside it.
        title: What the workshop is called.
        journey: Whose touchpoints are asked about.
        people: How they call themselves.
        ideas: What they propose, in this order.
        annoyances: What annoys them.
        showings: How they would show a marker: what to do, what not, an example.
    """

    folder: Path
    title: str = "Our markers, spring"
    journey: str = "buying"
    people: tuple[str, ...] = PEOPLE
    ideas: tuple[str, ...] = IDEAS
    annoyances: tuple[str, ...] = ANNOYANCES
    showings: tuple[tuple[str, str, str], ...] = SHOWINGS
    workshop: Workshop = field(init=False)
    tokens: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Open the workshop, with all the rounds that there are templates for."""
        self.kept = Workshops(PrivateFolder(self.folder))
        # The same answers each time.
        self.chance = random.Random(7)
        rounds = rounds_of(list(Template), read_folder(self.folder), self.journey)
        self.workshop = self.kept.open(self.title, "Anne", time.time(), rounds)

    def gather(self) -> None:
        """Let everybody join."""
        self.tokens = [self.kept.join(self.workshop.code, name).token for name in self.people]

    def begin(self, place: int, *, missing: int = 0) -> Round:
        """Open the round at a place, and let all answer but the last few, who are still thinking.

        Raises:
            ValueError: An answer isn't taken.
        """
        self.workshop = self.kept.workshop(self.workshop.id)
        self._move_to(place)
        round = self._round()
        of = self.workshop.round_of(round.of)
        cards = (
            dealt(round, results_of(of, self.kept.answers(self.workshop.id, of))) if of else None
        )
        self.workshop = self.kept.move(self.workshop, lambda now: now.started(time.time(), cards))
        round = self._round()
        given = [
            Given(f"{round.id}-{person}-{number}", token, round.id, key, says)
            for person, token in enumerate(self.tokens[: len(self.tokens) - missing])
            for number, (key, says) in enumerate(self._answers(round, person))
        ]
        refused = {each.refused for each in self.kept.keep(given)} - {None}
        if refused:
            raise ValueError(str(refused))
        return round

    def reveal(self) -> None:
        """Stop the round and show all what came of it."""
        self.workshop = self.kept.move(
            self.workshop, lambda now: now.stopped(time.time()).revealed()
        )

    def end(self) -> None:
        """End the workshop."""
        self.workshop = self.kept.move(self.workshop, lambda now: now.ended(time.time()))

    def _move_to(self, place: int) -> None:
        self.workshop = self.kept.move(self.workshop, lambda now: now.at(place, time.time()))

    def _round(self) -> Round:
        assert self.workshop.round is not None
        return self.workshop.round

    def _answers(self, round: Round, person: int) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield what somebody answers: each card's key, and what they say."""
        chance = self.chance
        match round.kind:
            case Kind.PROPOSE:
                for name in self.ideas[person :: len(self.tokens)]:
                    value = round.choices[person % len(round.choices)].key
                    yield f"idea-{person}", {"name": name, "value": value, "example": ""}
            case Kind.IRRITANTS:
                for name in self.annoyances[person :: len(self.tokens)]:
                    touchpoint = round.choices[3 * person % len(round.choices)].key
                    yield f"irritant-{person}", {"name": name, "touchpoint": touchpoint}
            case Kind.TAG:
                for place, card in enumerate(round.cards):
                    felt = [
                        each.key
                        for number, each in enumerate(round.choices)
                        if chance.random() < (0.85 if (place * 5 + number) % 7 == 0 else 0.12)
                    ]
                    yield card.key, {"markers": felt}
            case Kind.EMOTION:
                for place, card in enumerate(round.cards):
                    middle = (1, 2, 0, -1, 1)[place % 5]
                    felt_so = max(-2, min(2, middle + chance.choice((-1, 0, 0, 0, 1))))
                    yield card.key, {"emotion": felt_so}
            case Kind.EXPRESS:
                for place, card in enumerate(round.cards[:8]):
                    if person % 4 == place % 4 and person < 8:
                        do, dont, example = self.showings[(person + place) % len(self.showings)]
                        yield card.key, {"do": do, "dont": dont, "example": example}
            case Kind.EFFORT:
                for place, card in enumerate(round.cards):
                    yield (
                        card.key,
                        {
                            grade: max(
                                1, min(3, 1 + (place + number) % 3 + chance.choice((-1, 0, 0, 1)))
                            )
                            for number, grade in enumerate(
                                ("duration", "frequency", "complexity", "value")
                            )
                        },
                    )
            case Kind.DOTS:
                spent: dict[str, int] = {}
                few = round.cards[: max(3, len(round.cards) // 2)]
                for _ in range(round.dots):
                    card = few[min(int(chance.expovariate(0.5)), len(few) - 1)]
                    spent[card.key] = spent.get(card.key, 0) + 1
                yield "dots", {"dots": spent}
