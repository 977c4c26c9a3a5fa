"""What the effort grid of a touchpoint says: what to do about it, and what changing it costs.

The grid grades four criteria from 1 (low) to 3 (high). *Duration* and *frequency* say how much is
gained where the touchpoint is handed over: their sum, from 2 to 6, is its **gain**. *Complexity*
and human *value* say how hard that is: their sum, from 2 to 6, is its **difficulty**.

The **lever** is the first of these that applies, by the thresholds of the charter's ``levers``:

1. *keep human*, where the value is at least ``keep-human-from`` (3): a person is what it lives by;
2. *reorganise* (who does it, in the house), where the gain is below ``worth-from`` (4): too little
   would be gained by more;
3. *automate*, where the difficulty is at most ``automate-up-to`` (2);
4. *outsource*, where the difficulty is at most ``outsource-up-to`` (4);
5. *reorganise*: it is too hard to hand over.

A grid in which a criterion isn't graded gives no lever: nothing is guessed.
"""

from __future__ import annotations

from enum import StrEnum

from charter.brand import Levers
from journeys.model import Effort


class Lever(StrEnum):
    """What to do about the effort that a touchpoint takes."""

    AUTOMATE = "automate"
    OUTSOURCE = "outsource"
    REORGANISE = "reorganise"
    KEEP_HUMAN = "keep-human"


def lever(effort: Effort | None, levers: Levers) -> Lever | None:
    """Return the lever that a grid proposes; None without a grid, or where one isn't graded."""
    if effort is None:
        return None
    if None in (effort.duration, effort.frequency, effort.complexity, effort.value):
        return None
    value = _grade(effort.value)
    gain = _grade(effort.duration) + _grade(effort.frequency)
    difficulty = _grade(effort.complexity) + value
    if value >= levers.keep_human_from:
        return Lever.KEEP_HUMAN
    if gain < levers.worth_from:
        return Lever.REORGANISE
    if difficulty <= levers.automate_up_to:
        return Lever.AUTOMATE
    return Lever.OUTSOURCE if difficulty <= levers.outsource_up_to else Lever.REORGANISE


def cost_of_a_marker(effort: Effort | None) -> int:
    """Return what it costs to bring a marker to a touchpoint, a whole number from 1 to 5.

    The touchpoint's difficulty less 1: what is hard to hand over is as hard to teach a new sign,
    for the more complex a moment is and the more of a person it takes, the more there is to show,
    to practise and to keep up. How long and how often it takes is no part of it: a marker changes
    what is done there, not how much. What isn't graded counts as low, so that a touchpoint
    without a grid costs as much as the easiest, 1.
    """
    if effort is None:
        return 1
    return _grade(effort.complexity) + _grade(effort.value) - 1


def _grade(grade: int | None) -> int:
    return 1 if grade is None else grade
