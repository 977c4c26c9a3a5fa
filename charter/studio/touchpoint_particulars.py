"""What else is written about a touchpoint: contents, what is watched, effort, whether plans may."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charter.amendments import NoSuchPlace, Put, written_item
from charter.items import Item, as_list, found
from charter.messages import N_
from charter.studio import work
from charter.studio.chosen_touchpoint import Chosen
from charter.studio.fields import field_key, follow, truth_field
from charter.studio.session import Session, current
from charter.touchpoint_changes import watched
from journeys.indicators import Indicator
from journeys.model import Effort

_CONTENT = "content/"
_CRITERIA = {
    "duration": (N_("Time it takes"), N_("How long it takes each time.")),
    "frequency": (N_("How often"), N_("How often it is done.")),
    "complexity": (N_("Skill it asks for"), N_("How much skill and judgement it takes.")),
    "value": (N_("What a person adds"), N_("How much is added because a person does it.")),
}
_GRADES = {1: N_("Low"), 2: N_("Middle"), 3: N_("High")}
_WATCHED = {
    "quantitative": N_("Figures that are watched here"),
    "qualitative": N_("Impressions that are watched here"),
}


def show_particulars(session: Session, chosen: Chosen) -> None:
    """Show the fields."""
    speak = session.speak
    _contents(session, chosen)
    for kind, label in _WATCHED.items():
        _indicators(session, chosen, kind, speak(label))
    st.markdown(f"**{speak(N_('Effort'))}**")
    with st.grid(2, min_column_width=180):
        for criterion, (label, hint) in _CRITERIA.items():
            _grade(session, chosen, criterion, speak(label), speak(hint))
    truth_field(
        speak(N_("Plans leave it as it is")),
        chosen.place,
        ("locked",),
        chosen.touchpoint.locked,
        N_("“{name}”: {field} changed"),
        name=chosen.name,
        field=speak(N_("whether plans may change it")),
    )


def _contents(session: Session, chosen: Chosen) -> None:
    speak = session.speak
    written = list(chosen.touchpoint.content)
    known = sorted({*written, *(file for file in session.files if file.startswith(_CONTENT))})
    key = field_key(chosen.place, ("content",))
    follow(key, written)

    def change() -> None:
        files: list[str] = st.session_state[key]
        work.amend(
            [Put(chosen.place, ("content",), [*files] or None)],
            N_("“{name}”: {field} changed"),
            name=chosen.name,
            field=speak(N_("what customers read here")),
        )

    st.multiselect(
        speak(N_("What customers read or hear here")),
        known,
        key=key,
        accept_new_options=True,
        placeholder=speak(N_("Files in content/")),
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )


def _indicators(session: Session, chosen: Chosen, kind: str, label: str) -> None:
    speak, language = session.speak, session.speak.language
    indicators = chosen.touchpoint.indicators
    listed: Sequence[Indicator] = getattr(indicators, kind) if indicators else ()
    written = [each.name.in_language(language) for each in listed]
    key = field_key(chosen.place, ("indicators", kind, language))
    follow(key, written)

    def change() -> None:
        session = current()
        try:
            item: Item = written_item(session.files, chosen.place)
        except NoSuchPlace:
            item = {}
        was = as_list(found(item, ("indicators", kind)))
        work.amend(
            watched(chosen.place, kind, was, written, st.session_state[key]),
            N_("“{name}”: {field} changed"),
            name=chosen.name,
            field=speak(N_("what is watched")),
        )

    st.multiselect(
        label,
        list(dict.fromkeys(written)),
        key=key,
        accept_new_options=True,
        placeholder=speak(N_("Write one and press Enter")),
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )


def _grade(session: Session, chosen: Chosen, criterion: str, label: str, hint: str) -> None:
    speak = session.speak
    effort: Effort | None = chosen.touchpoint.effort
    written: int | None = getattr(effort, criterion) if effort else None
    key = field_key(chosen.place, ("effort", criterion))
    follow(key, written)

    def change() -> None:
        grade: int | None = st.session_state[key]
        work.amend(
            [Put(chosen.place, ("effort", criterion), None if grade is None else str(grade))],
            N_("“{name}”: {field} changed"),
            name=chosen.name,
            field=speak(N_("effort")),
        )

    st.segmented_control(
        label,
        list(_GRADES),
        format_func=lambda each: speak(_GRADES[each]),
        key=key,
        help=hint,
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )
