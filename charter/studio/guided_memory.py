"""The answers to the six questions, as a tab keeps them until the charter is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from charter.studio.guided_form import LONGEST, LONGEST_NAME, SIGNS_ASKED, entered_in, key_of
from charter.studio.tab_memory import remember
from charter.usecases.guided import CHANNELS, CUSTOMERS, MOST_SIGNS, MOST_VALUES, Moment
from journeys.plain import Plain


def remember_answers() -> None:
    """Let the tab keep the answers, and answer again what it kept before a reload."""
    remember("answers", _entered(), _take)


def _entered() -> dict[str, Plain]:
    told: dict[str, Plain] = {}
    for name in _FIELDS:
        value = entered_in(name)
        if value not in _NOTHING:
            told[name] = [*map(str, value)] if isinstance(value, list) else str(value)
    # What is proposed wasn't entered.
    if told.get("decides") == Moment.CHOOSE:
        del told["decides"]
    return told


def _take(kept: Mapping[object, object]) -> None:
    for name, read in _FIELDS.items():
        value = read(kept.get(name))
        if value not in _NOTHING:
            st.session_state[key_of(name)] = value
    signs = [number for number in range(MOST_SIGNS) if entered_in(f"sign-{number}")]
    st.session_state[SIGNS_ASKED] = max(signs, default=0) + 1


_NOTHING: tuple[object, ...] = (None, "", [])


# Each reads what can be entered from anything.


def _text(kept: object) -> str:
    return kept[:LONGEST] if isinstance(kept, str) else ""


def _name(kept: object) -> str:
    return _text(kept)[:LONGEST_NAME]


def _names(kept: object) -> list[str]:
    return [_name(each) for each in kept] if isinstance(kept, list) else []


def _channels(kept: object) -> list[str]:
    return [each for each in _names(kept) if each in CHANNELS]


def _customers(kept: object) -> list[str]:
    return [each for each in _names(kept) if each in CUSTOMERS]


def _moment(kept: object) -> Moment | None:
    return next((moment for moment in Moment if moment == kept), None)


def _value(kept: object) -> int | None:
    return next((number for number in range(MOST_VALUES) if str(number) == kept), None)


_FIELDS: dict[str, Callable[[object], Any]] = {
    "brand": _name,
    "promise": _text,
    **{f"value-{number}": _name for number in range(MOST_VALUES)},
    "channels": _channels,
    "channels-others": _text,
    "customers": _customers,
    "customers-others": _text,
    "first": _names,
    **{f"sign-{number}": _name for number in range(MOST_SIGNS)},
    **{f"sign-{number}-how": _text for number in range(MOST_SIGNS)},
    **{f"sign-{number}-value": _value for number in range(MOST_SIGNS)},
    **{f"sign-{number}-channels": _names for number in range(MOST_SIGNS)},
    "decides": _moment,
    "basic": _name,
    "irritant": _name,
    "irritant-at": _moment,
}
"""The fields by name."""
