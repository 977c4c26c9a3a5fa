"""Fields that show what is written, and amend it where people change them.

What a field shows follows what is written, whoever changes it: the visitor, an undo, a colleague.
What was typed and can't be taken stays in the field until it is mended.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from charter.amendments import Amendment, Place, Put, Say
from charter.items import Path
from charter.studio import session as sessions
from charter.studio import work
from journeys.document import Words
from journeys.plain import Plain

_Shown = TypeVar("_Shown")
_WAS = "{key}:was"


def follow(key: str, written: object) -> None:
    """Let the widget ``key`` show what is written, if that is another than it was."""
    was = _WAS.format(key=key)
    if key not in st.session_state or st.session_state.get(was, _NOTHING) != written:
        st.session_state[key] = written
        st.session_state[was] = written


_NOTHING = object()


def field_key(place: Place, path: Path) -> str:
    """Return the key of the field for a part of something: letters, digits and hyphens."""
    parts = [sessions.current().version, place.what, place.within, place.id, *path]
    return "field-" + "-".join(part for part in parts if part).replace("/", "-")


def text_field(
    label: str,
    place: Place,
    path: Path,
    written: str | None,
    told: str,
    /,
    *,
    is_long: bool = False,
    placeholder: str = "",
    help: str | None = None,
    **names: str,
) -> None:
    """Show a text that is the same in all languages; see `amend` of `work` for the last ones."""
    _text(
        label,
        field_key(place, path),
        written or "",
        is_long,
        placeholder,
        help,
        lambda text: Put(place, path, text.strip() or None),
        told,
        names,
    )


def words_field(
    label: str,
    place: Place,
    path: Path,
    written: Words | None,
    told: str,
    /,
    *,
    is_long: bool = False,
    placeholder: str = "",
    help: str | None = None,
    **names: str,
) -> None:
    """Show what words say in the visitor's language; where it changes, other languages stay."""
    language = sessions.current().speak.language
    text = written.in_language(language) if written else ""
    key = f"{field_key(place, path)}-{language}"
    _text(
        label,
        key,
        text,
        is_long,
        placeholder,
        help,
        lambda typed: Say(place, path, language, typed),
        told,
        names,
    )


def _text(
    label: str,
    key: str,
    written: str,
    is_long: bool,
    placeholder: str,
    hint: str | None,
    amendment: Callable[[str], Amendment],
    told: str,
    names: Mapping[str, str],
) -> None:
    follow(key, written)

    def change() -> None:
        typed: str = st.session_state[key]
        if typed.strip() != written.strip():
            work.amend([amendment(typed)], told, **names)

    field = st.text_area if is_long else st.text_input
    field(
        label,
        key=key,
        placeholder=placeholder,
        help=hint,
        disabled=not sessions.current().can_edit,
        on_change=change,
        persist_state="page",
    )


def choice_field(
    label: str,
    place: Place,
    path: Path,
    options: Mapping[str, str],
    written: str,
    told: str,
    /,
    *,
    default: str = "",
    help: str | None = None,
    **names: str,
) -> None:
    """Show one of several options, by what is written for it, each with its words.

    ``default`` is what holds where nothing is written: choosing it takes the field off.
    """

    def amendment(chosen: str) -> Amendment:
        return Put(place, path, chosen if chosen != default else None)

    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options[option],
        help=help,
        **_bound(place, path, written, amendment, told, names),
    )


def several_field(
    label: str,
    place: Place,
    path: Path,
    options: Mapping[str, str],
    written: Sequence[str],
    told: str,
    /,
    *,
    placeholder: str = "",
    help: str | None = None,
    **names: str,
) -> None:
    """Show some of several options; none takes the field off."""

    def amendment(chosen: list[str]) -> Amendment:
        listed: list[Plain] = [*chosen]
        return Put(place, path, listed or None)

    st.multiselect(
        label,
        list(options),
        format_func=lambda option: options[option],
        placeholder=placeholder,
        help=help,
        **_bound(place, path, [*written], amendment, told, names),
    )


def truth_field(
    label: str,
    place: Place,
    path: Path,
    written: bool,
    told: str,
    /,
    *,
    help: str | None = None,
    **names: str,
) -> None:
    """Show whether something is so; that it isn't takes the field off."""

    def amendment(is_so: bool) -> Amendment:
        return Put(place, path, "true" if is_so else None)

    st.toggle(
        label,
        help=help,
        **_bound(place, path, written, amendment, told, names),
    )


def date_field(
    label: str,
    place: Place,
    path: Path,
    written: datetime.date | None,
    told: str,
    /,
    *,
    help: str | None = None,
    **names: str,
) -> None:
    """Show a day; none takes the field off."""

    def amendment(day: datetime.date | None) -> Amendment:
        return Put(place, path, day.isoformat() if day else None)

    is_french = sessions.current().speak.language == "fr"
    st.date_input(
        label,
        help=help,
        format="DD/MM/YYYY" if is_french else "YYYY-MM-DD",
        **_bound(place, path, written, amendment, told, names),
    )


def _bound(
    place: Place,
    path: Path,
    written: _Shown,
    amendment: Callable[[_Shown], Amendment],
    told: str,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """Return what lets a widget show what is written, and amend it where people choose."""
    key = field_key(place, path)
    follow(key, written)
    return {
        "key": key,
        "disabled": not sessions.current().can_edit,
        "on_change": _changed,
        "args": (key, written, amendment, told, names),
        "persist_state": "page",
    }


def _changed(
    key: str,
    written: _Shown,
    amendment: Callable[[_Shown], Amendment],
    told: str,
    names: Mapping[str, str],
) -> None:
    chosen: _Shown = st.session_state[key]
    if chosen != written:
        work.amend([amendment(chosen)], told, **names)
