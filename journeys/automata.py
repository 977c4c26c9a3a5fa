"""Small deterministic automata: what a rule remembers while a path is walked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeVar

STATE_LIMIT = 4096
"""Most states that an automaton may have, where nothing else is said."""


class Ending(Enum):
    """What it means for a path to end in a state."""

    UNCONCERNED = "unconcerned"
    HOLDS = "holds"
    BREAKS = "breaks"


class TooManyStates(Exception):
    """A rule would have to remember more situations than allowed."""


State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True)
class Automaton:
    """A complete deterministic automaton over letters 0 … n-1, starting in state 0.

    Attributes:
        steps: The next state by state and letter.
        endings: By state, what a path that ends there means.
    """

    steps: tuple[tuple[int, ...], ...]
    endings: tuple[Ending, ...]

    @classmethod
    def explore(
        cls,
        start: State,
        step: Callable[[State, int], State],
        ending: Callable[[State], Ending],
        letters: Iterable[int],
        *,
        limit: int = STATE_LIMIT,
    ) -> Automaton:
        """Return the automaton of the states that ``step`` reaches from ``start``.

        Cost: reachable states times letters.

        Raises:
            TooManyStates: More than ``limit`` states are reachable.
        """
        alphabet = tuple(letters)
        numbers: dict[State, int] = {start: 0}
        waiting = deque([start])
        steps = []
        while waiting:
            state = waiting.popleft()
            row = []
            for letter in alphabet:
                following = step(state, letter)
                if following not in numbers:
                    if len(numbers) >= limit:
                        raise TooManyStates
                    numbers[following] = len(numbers)
                    waiting.append(following)
                row.append(numbers[following])
            steps.append(tuple(row))
        return cls(tuple(steps), tuple(ending(state) for state in numbers))

    def _leading_to(self, ending: Ending) -> frozenset[int]:
        """Return the states from which some run ends in ``ending``."""
        found = {state for state, known in enumerate(self.endings) if known is ending}
        grew = True
        while grew:
            before = len(found)
            found |= {s for s, row in enumerate(self.steps) if not found.isdisjoint(row)}
            grew = len(found) > before
        return frozenset(found)

    @cached_property
    def can_break(self) -> frozenset[int]:
        """States from which some run still breaks the rule."""
        return self._leading_to(Ending.BREAKS)

    @cached_property
    def surely_holds(self) -> frozenset[int]:
        """States from which every run, however it goes on, satisfies the rule."""
        return frozenset(range(len(self.steps))) - (
            self.can_break | self._leading_to(Ending.UNCONCERNED)
        )
