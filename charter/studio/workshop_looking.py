"""A workshop as it is now, with what was answered: read once for each state of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit as st

from charter.private_folder import PrivateFolder
from charter.workshop import Answer, Participant, Workshop, Workshops
from charter.workshop.results import Results, results_of

_MOST_KEPT = 16


@dataclass(frozen=True)
class Seen:
    """A workshop, who takes part, and what was answered in the round where it is.

    Attributes:
        mark: What is another once anybody has written anything.
    """

    mark: tuple[object, ...]
    workshop: Workshop
    participants: Sequence[Participant]
    answers: Sequence[Answer]

    @property
    def answered(self) -> int:
        """How many people have answered in the round."""
        return len({each.participant for each in self.answers})

    @cached_property
    def results(self) -> Results:
        """What the round has come to so far."""
        assert self.workshop.round is not None
        return results_of(self.workshop.round, self.answers)


def seen_now(root: Path, id: str) -> Seen:
    """Return a workshop as it is now.

    Raises:
        NoSuchWorkshop: There is none of that id, or none any more.
        CannotKeep: It can't be read.
    """
    return _seen(str(root), id, Workshops(PrivateFolder(root)).mark())


def forget_what_was_seen() -> None:
    """Keep nothing in memory of what was deleted."""
    _seen.clear()


@st.cache_resource(max_entries=_MOST_KEPT, show_spinner=False)
def _seen(root: str, id: str, mark: tuple[object, ...]) -> Seen:
    workshops = Workshops(PrivateFolder(Path(root)))
    workshop = workshops.workshop(id)
    answers = workshops.answers(id, workshop.round) if workshop.round else []
    return Seen(mark, workshop, workshops.participants(id), answers)
