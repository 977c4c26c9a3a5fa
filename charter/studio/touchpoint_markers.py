"""The markers of a touchpoint: put on and taken off by pressing, and what each tag says."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from charter.amendments import NoSuchPlace, Tag, in_language, written_item
from charter.brand import Marker
from charter.messages import N_
from charter.studio import folding, work
from charter.studio.chosen_touchpoint import Chosen
from charter.studio.fields import field_key, follow
from charter.studio.literal import literal
from charter.studio.said_field import as_written
from charter.studio.session import Session, current
from charter.studio.toggles import Toggle, ToggleGroup, toggles
from charter.studio.words import EVIDENCE, ROLES, TAG_STATUSES
from charter.touchpoint_changes import retagged
from charter.what_if import carried_markers
from journeys.model import Evidence, TagStatus
from journeys.model import Tag as WrittenTag
from journeys.plain import Plain


def show_markers(session: Session, chosen: Chosen) -> None:
    """Show the tags, and every marker to press."""
    speak = session.speak
    carried = carried_markers(chosen.touchpoint)
    if session.can_edit:
        st.caption(
            speak(
                N_(
                    "Press a marker to put it on this touchpoint or to take it off: every verdict "
                    "answers at once. Nothing is shared before you save."
                )
            )
        )
    groups = [
        ToggleGroup(
            speak(title),
            tuple(
                _toggle(session, chosen, marker, is_carried=marker.id in carried)
                for marker in session.written.charter.markers
                if marker.role is role
            ),
        )
        for role, title in ROLES.items()
    ]
    toggles(
        [group for group in groups if group.toggles],
        key="tags",
        on_toggle=lambda marker, is_on: _tag(chosen, marker, is_carried=is_on),
    )
    if chosen.touchpoint.markers:
        st.markdown("**" + speak(N_("What each says here")) + "**")
        for tag in chosen.touchpoint.markers:
            _tag_fields(session, chosen, tag)


def _toggle(session: Session, chosen: Chosen, marker: Marker, *, is_carried: bool) -> Toggle:
    speak = session.speak
    channels = chosen.touchpoint.channel_shares
    left_out = not is_carried and all(marker.is_not_for(channel) for channel in channels)
    if left_out:
        hint = speak(N_("The charter leaves it out on this channel."))
    elif is_carried:
        hint = speak(N_("Take it off"))
    else:
        hint = speak(N_("Put it on"))
    return Toggle(
        marker.id,
        session.names.of("marker", marker.id),
        hint,
        is_pressed=is_carried,
        is_disabled=left_out or not session.can_edit,
    )


def _tag(chosen: Chosen, marker: str, *, is_carried: bool) -> None:
    told = N_("“{marker}” put on “{touchpoint}”")
    if not is_carried:
        told = N_("“{marker}” taken off “{touchpoint}”")
    work.amend(
        [Tag(chosen.place, marker, {} if is_carried else None)],
        told,
        marker=current().names.of("marker", marker),
        touchpoint=chosen.name,
    )


def _told(session: Session, tag: WrittenTag) -> str:
    """Return in Markdown what a tag says, in short."""
    speak, names = session.speak, session.names
    told = f"**{literal(names.of('marker', tag.marker))}**"
    if tag.status is TagStatus.PLANNED:
        told += " :gray-badge[" + speak(N_("planned")) + "]"
    if names.is_irritant(tag.marker):
        told += " :orange-badge[:material/warning: " + speak(N_("irritant")) + "]"
    if tag.segments:
        who = speak.all_of(names.of("segment", segment) for segment in tag.segments)
        told += f" :gray-badge[{literal(who)}]"
    return told


def _tag_fields(session: Session, chosen: Chosen, tag: WrittenTag) -> None:
    key = f"says-{chosen.touchpoint.id}-{tag.marker}"
    with folding.expander(_told(session, tag), key=key) as is_open:
        if is_open:
            _show_fields(session, chosen, tag)


def _show_fields(session: Session, chosen: Chosen, tag: WrittenTag) -> None:
    speak, names = session.speak, session.names
    how = tag.how.in_language(speak.language) if tag.how else ""
    segments = list(tag.segments or ())
    key = _key(chosen, tag, "how", how)
    st.text_area(
        speak(N_("How it shows here")),
        key=key,
        placeholder=_usually(session, chosen, tag),
        disabled=not session.can_edit,
        on_change=_change,
        args=(chosen, tag, "how", key),
        persist_state="page",
    )
    key = _key(chosen, tag, "segments", segments)
    st.multiselect(
        speak(N_("For whom")),
        [segment.id for segment in session.written.charter.all_segments],
        format_func=lambda each: names.of("segment", each),
        placeholder=speak(N_("Everyone")),
        key=key,
        disabled=not session.can_edit,
        on_change=_change,
        args=(chosen, tag, "segments", key),
        persist_state="page",
    )
    with st.grid(2, min_column_width=150):
        _choice(session, chosen, tag, "status", N_("Status"), TAG_STATUSES)
        _choice(session, chosen, tag, "evidence", N_("How we know"), EVIDENCE)


def _usually(session: Session, chosen: Chosen, tag: WrittenTag) -> str:
    """Return how the charter says that it shows on the touchpoint's channels."""
    marker = session.written.charter.markers_by_id[tag.marker]
    said = (marker.expressions.get(channel) for channel in chosen.touchpoint.channel_shares)
    text = next((each.text for each in said if each and each.text), None)
    return text.in_language(session.speak.language) if text else ""


def _choice(
    session: Session,
    chosen: Chosen,
    tag: WrittenTag,
    field: str,
    label: str,
    options: Mapping[TagStatus, str] | Mapping[Evidence, str],
) -> None:
    speak = session.speak
    words = {str(option): told for option, told in options.items()}
    key = _key(chosen, tag, field, str(getattr(tag, field)))
    st.selectbox(
        speak(label),
        list(words),
        format_func=lambda each: speak(words[each]),
        key=key,
        disabled=not session.can_edit,
        on_change=_change,
        args=(chosen, tag, field, key),
        persist_state="page",
    )


def _key(chosen: Chosen, tag: WrittenTag, field: str, written: object) -> str:
    key = field_key(chosen.place, ("tag", tag.marker, field))
    follow(key, written)
    return key


def _change(chosen: Chosen, tag: WrittenTag, field: str, key: str) -> None:
    session = current()
    value: Plain = st.session_state[key]
    if field == "how":
        was = as_written(tag.how)
        value = in_language(was, str(session.speak.language), str(value))
    if not value or value in (TagStatus.LIVE, Evidence.ASSUMED):
        value = None
    try:
        item = written_item(session.files, chosen.place)
    except NoSuchPlace:
        item = {}
    marker = session.names.of("marker", tag.marker)
    told = N_("What “{marker}” says on “{touchpoint}” changed")
    made = retagged(item, chosen.place, tag.marker, field, value)
    work.amend(made, told, marker=marker, touchpoint=chosen.name)
