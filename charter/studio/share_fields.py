"""Fields for how much a choice weighs beside others: one share, or one for each segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import streamlit as st

from charter.messages import N_
from charter.studio import work
from charter.studio.fields import follow
from charter.studio.session import Session, current
from charter.touchpoint_changes import share_of_all, shares_by_segment
from journeys.model import Shares
from journeys.plain import Plain


class Amend(Protocol):
    """Writes a share."""

    def __call__(self, value: Plain, *segment: str) -> None:
        """Write it for everyone, or for a segment; None takes off what is written."""


def share_fields(
    session: Session,
    label: str,
    shares: Shares | None,
    segments: Sequence[str],
    *,
    key: Callable[[str], str],
    amend: Amend,
) -> None:
    """Show what is written for the segments that have the choice, and ``amend`` what is changed.

    The ``label`` says what is counted and beside what; ``key`` returns the key of each field.
    """
    speak = session.speak
    is_by_segment = shares is not None and shares.everyone is None
    if shares is not None and is_by_segment:
        st.caption(speak(N_("{what}, in any unit:"), what=label))
        with st.grid(min_column_width=110):
            for segment in segments:
                written = shares.of(segment) if shares.is_stated_for(segment) else None
                name = session.names.of("segment", segment)
                _share(session, name, written, key(f"share-{segment}"), amend, segment)
    else:
        _share(session, label, shares.everyone if shares else None, key("share"), amend)
    if len(segments) < 2:
        return
    turned = share_of_all if is_by_segment else shares_by_segment
    by_segment = key("by-segment")
    follow(by_segment, is_by_segment)
    st.toggle(
        speak(N_("A share for each segment")),
        key=by_segment,
        disabled=not session.can_edit,
        on_change=amend,
        args=(turned(shares, segments),),
        persist_state="page",
    )


def _share(
    session: Session, label: str, written: float | None, key: str, amend: Amend, *segment: str
) -> None:
    follow(key, written)

    def change() -> None:
        weight: float | None = st.session_state[key]
        if weight is not None and weight <= 0:
            work.refuse(current().speak(N_("A share is a number greater than 0.")))
            return
        amend(None if weight is None else f"{weight:g}", *segment)

    st.number_input(
        label,
        value=None,
        key=key,
        min_value=0.0,
        step=1.0,
        format="%g",
        placeholder=session.speak(N_("Not said: 1")),
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )
