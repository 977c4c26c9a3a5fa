"""The words for what comes from other tools' files, what doesn't, and what they can't hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from charter.messages import N_, Speaker, visible
from charter.messages.diagrams import NOTES, thing
from journeys.formats.notes import Note

# By reason; what they name is the other tool's own text.
_NOTES: Mapping[str, str] = {
    **NOTES,
    "verdicts-unread": N_("Verdicts are what a check says, so this sheet isn't read."),
}

# What a row of numbers is about, what its columns count, and what people are to do next.
_ROWS: Mapping[str, str] = {
    "flows": N_("Flows of the diagram"),
    "nodes": N_("Nodes of the diagram"),
}
_COLUMNS: Mapping[str, str] = {
    "found": N_("{number} found"),
    "imported": N_("{number} imported"),
    "contracted": N_("{number} drawn into transitions, entries and exits"),
    "listed": N_("{number} listed above"),
}
_NEXT_STEPS: Mapping[str, str] = {
    "complete-mapping": N_(
        "Some stages or channels aren't told. Complete the mapping file, and import again with "
        "--mapping and the file."
    ),
}


Counted: TypeAlias = Callable[[Speaker, int], str]
"""Says a number of things."""

_LEFT_OUT: Mapping[str, Counted] = {
    "tags": lambda speak, n: speak.many("{number} marker tagged", "{number} markers tagged", n),
    "shares": lambda speak, n: speak.many(
        "{number} share of customers", "{number} shares of customers", n
    ),
    "segments": lambda speak, n: speak.many(
        "{number} limit to segments", "{number} limits to segments", n
    ),
    "emotions": lambda speak, n: speak.many("{number} emotion", "{number} emotions", n),
    "truths": lambda speak, n: speak.many(
        "{number} moment of truth", "{number} moments of truth", n
    ),
    "details": lambda speak, n: speak.many(
        "{number} touchpoint's owner, content, indicators or effort",
        "{number} touchpoints' owner, content, indicators or effort",
        n,
    ),
    "reasons": lambda speak, n: speak.many(
        "{number} reason of a transition", "{number} reasons of transitions", n
    ),
    "channels": lambda speak, n: speak.many(
        "{number} channel of a touchpoint", "{number} channels of touchpoints", n
    ),
    "transitions": lambda speak, n: speak.many("{number} transition", "{number} transitions", n),
    "exits": lambda speak, n: speak.many("{number} exit's outcome", "{number} exits' outcomes", n),
    "indicators": lambda speak, n: speak.many(
        "{number} indicator with its values", "{number} indicators with their values", n
    ),
    "cues": lambda speak, n: speak.many("{number} marker's cues", "{number} markers' cues", n),
    "statuses": lambda speak, n: speak.many(
        "{number} touchpoint's status or control", "{number} touchpoints' status or control", n
    ),
}


def left_out(counts: Mapping[str, int], speak: Speaker) -> str:
    """Return "3 markers tagged, 2 emotions and 1 moment of truth"."""
    return speak.all_of(_LEFT_OUT[what](speak, number) for what, number in counts.items() if number)


def note_sentence(note: Note, speak: Speaker) -> str:
    """Return what couldn't be carried over, as one line in the speaker's language."""
    parameters = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in note.parameters.items()
    }
    told = speak(_NOTES[note.reason], thing=thing(parameters, speak), **parameters)
    return told[:1].upper() + told[1:]


def table(counts: Mapping[str, Mapping[str, int]], speak: Speaker) -> list[str]:
    """Return a line for each row of numbers, "12 tasks: 10 imported, 2 listed"."""
    return [
        speak(
            N_("{row}: {numbers}."),
            row=speak(_ROWS[row]),
            numbers=", ".join(
                speak(_COLUMNS[column], number=speak.count(number))
                for column, number in columns.items()
            ),
        )
        for row, columns in counts.items()
    ]


def next_step(step: str, speak: Speaker) -> str:
    """Return what people are to do now."""
    return speak(_NEXT_STEPS[step])


def things() -> tuple[str, ...]:
    """Return everything that can be said to be left out."""
    return tuple(_LEFT_OUT)
