"""The details of the chosen touchpoint, and its tags."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Place, Tag
from charter.brand import Marker
from charter.messages import N_
from charter.studio import work
from charter.studio.journey_view import JourneyView
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.words import CONTROLS, ROLES
from charter.what_if import carried_markers
from journeys.graph import Stop
from journeys.model import Tag as WrittenTag
from journeys.model import TagStatus


def show_touchpoint(session: Session, view: JourneyView, name: str) -> None:
    """Show a stop's details beside its tags."""
    stop = view.setting.stop(name)
    with st.container(border=True, key="touchpoint"):
        details, trial = st.columns([2, 3], gap="large")
        with details:
            _details(session, view, stop)
        with trial:
            _tags(session, view, stop)


def _details(session: Session, view: JourneyView, stop: Stop) -> None:
    speak, names, touchpoint = session.speak, session.names, stop.touchpoint
    st.header(literal(names.stop(view.id, stop.name)), anchor=False)
    facts = [
        (N_("Channel"), names.of("channel", stop.channel)),
        (N_("Stage"), names.of("stage", touchpoint.stage)),
        (N_("Run by"), speak(CONTROLS[touchpoint.control])),
        (N_("Owner"), touchpoint.owner or ""),
        (N_("Particulars"), ", ".join(view.particulars(stop))),
        (
            N_("For whom"),
            speak.all_of(names.of("segment", s) for s in touchpoint.segments or ()),
        ),
    ]
    st.markdown(
        "  \n".join(f":gray[{speak(label)}] {literal(text)}" for label, text in facts if text)
    )
    for tag in touchpoint.markers:
        st.markdown(_told_tag(session, stop, tag))
    if not touchpoint.markers:
        st.caption(speak(N_("Carries no marker.")))
    st.caption(f"`{touchpoint.position}`")


def _told_tag(session: Session, stop: Stop, tag: WrittenTag) -> str:
    """Return what a tag says, in Markdown: the marker, for whom, and how it shows here."""
    speak, names = session.speak, session.names
    told = f"**{literal(names.of('marker', tag.marker))}**"
    if tag.status is TagStatus.PLANNED:
        told += " :gray-badge[" + speak(N_("planned")) + "]"
    if names.is_irritant(tag.marker):
        told += " :orange-badge[:material/warning: " + speak(N_("irritant")) + "]"
    if tag.segments:
        who = speak.all_of(names.of("segment", segment) for segment in tag.segments)
        told += f" :gray-badge[{literal(who)}]"
    expression = session.workspace.charter.markers_by_id[tag.marker].expressions.get(stop.channel)
    how = tag.how or (expression.text if expression else None)
    return f"{told}  \n{literal(speak.words(how))}" if how else told


def _tags(session: Session, view: JourneyView, stop: Stop) -> None:
    speak = session.speak
    st.header(speak(N_("Markers here")), anchor=False)
    st.caption(
        speak(
            N_(
                "Press a marker to put it on this touchpoint or to take it off: every verdict "
                "answers at once. Nothing is shared before you save."
            )
        )
    )
    carried = carried_markers(stop.touchpoint)
    for role, title in ROLES.items():
        markers = [marker for marker in session.written.charter.markers if marker.role is role]
        if not markers:
            continue
        st.markdown(f":small[:gray[{speak(title)}]]")
        with st.container(horizontal=True, gap="small", key=f"tags-{role}"):
            for marker in markers:
                _toggle(session, view, stop, marker, is_carried=marker.id in carried)


def _toggle(
    session: Session, view: JourneyView, stop: Stop, marker: Marker, *, is_carried: bool
) -> None:
    speak = session.speak
    name = literal(session.names.of("marker", marker.id))
    left_out = marker.is_not_for(stop.channel) and not is_carried
    if left_out:
        hint = speak(N_("The charter leaves it out on this channel."))
    elif is_carried:
        hint = speak(N_("Take it off"))
    else:
        hint = speak(N_("Put it on"))
    st.button(
        name,
        key=f"tag-{marker.id}",
        icon=":material/check:" if is_carried else ":material/add:",
        type="primary" if is_carried else "secondary",
        help=hint,
        disabled=left_out or not session.can_edit,
        on_click=_tag,
        args=(session, view, stop, marker.id, not is_carried),
    )


def _tag(session: Session, view: JourneyView, stop: Stop, marker: str, is_carried: bool) -> None:
    told = N_("“{marker}” put on “{touchpoint}”")
    if not is_carried:
        told = N_("“{marker}” taken off “{touchpoint}”")
    place = Place("touchpoint", stop.touchpoint.id, view.id)
    work.amend(
        [Tag(place, marker, {} if is_carried else None)],
        told,
        marker=session.names.of("marker", marker),
        touchpoint=view.name(stop),
    )
