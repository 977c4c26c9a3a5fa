"""The words for what two people changed in different ways."""

from __future__ import annotations

from charter.messages import N_, Speaker, visible
from journeys.merge import Conflict
from journeys.plain import Plain

_LONGEST = 60


def sentence(conflict: Conflict, speak: Speaker) -> str:
    """Return what a conflict is about, with both values, as one line in the speaker's language."""
    if not conflict.address and not conflict.is_of_order:
        return speak(_of_whole_file(conflict))
    address = visible(" → ".join(conflict.address))
    if conflict.is_of_order:
        return speak(
            N_("{address}: put in one order by you ({mine}), in another meanwhile ({theirs})."),
            address=address,
            mine=_short(conflict.mine, speak),
            theirs=_short(conflict.theirs, speak),
        )
    return speak(
        N_("{address}: it was {base}; you say {mine}, meanwhile it became {theirs}."),
        address=address,
        base=_short(conflict.base, speak),
        mine=_short(conflict.mine, speak),
        theirs=_short(conflict.theirs, speak),
    )


def _of_whole_file(conflict: Conflict) -> str:
    if conflict.mine is None:
        return N_("You remove this file, which was changed meanwhile.")
    if conflict.theirs is None:
        return N_("You change this file, which was removed meanwhile.")
    if conflict.base is None:
        return N_("You begin this file, and so did somebody else meanwhile.")
    return N_("This file was changed meanwhile, and the two changes can't be told apart.")


def _short(value: Plain, speak: Speaker) -> str:
    """Return a value on one line, no longer than one can take in."""
    if value is None:
        return speak(N_("nothing"))
    text = visible(_written(value))
    return speak.quote(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _written(value: Plain) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(inner)}' for key, inner in value.items())}}}"
    return value or ""
