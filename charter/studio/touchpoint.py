"""The details of the chosen touchpoint, and the tags that can be tried on it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from charter.brand import Marker
from charter.findings import Verdict
from charter.messages import N_
from charter.studio import session as sessions
from charter.studio.journey_view import JourneyView
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.tables import effect
from charter.studio.words import CONTROLS, ROLES
from charter.what_if import Try, carried_markers
from journeys.graph import Stop
from journeys.model import Tag, TagStatus

VERDICTS_TOLD = 8


def show_touchpoint(session: Session, view: JourneyView, name: str) -> None:
    """Show a stop's details beside the tags to try on its touchpoint."""
    stop = view.setting.stop(name)
    with st.container(border=True, key="touchpoint"):
        details, trial = st.columns([2, 3], gap="large")
        with details:
            _details(session, view, stop)
        with trial:
            _try_a_tag(session, view, stop)


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
        st.markdown(_tag(session, stop, tag))
    if not touchpoint.markers:
        st.caption(speak(N_("Carries no marker.")))
    st.caption(f"`{touchpoint.position}`")


def _tag(session: Session, stop: Stop, tag: Tag) -> str:
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


def _try_a_tag(session: Session, view: JourneyView, stop: Stop) -> None:
    speak = session.speak
    st.header(speak(N_("Try a tag")), anchor=False)
    st.caption(
        speak(
            N_(
                "Press a marker to put it on this touchpoint or to take it off: every verdict "
                "answers at once. Nothing is written; saving comes with a later version."
            )
        )
    )
    carried = carried_markers(stop.touchpoint)
    for role, title in ROLES.items():
        markers = [marker for marker in session.workspace.charter.markers if marker.role is role]
        if not markers:
            continue
        st.markdown(f":small[:gray[{speak(title)}]]")
        with st.container(horizontal=True, gap="small", key=f"try-{role}"):
            for marker in markers:
                _toggle(session, view, stop, marker, is_carried=marker.id in carried)
    _say_effect(session)


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
        key=f"try-{marker.id}",
        icon=":material/check:" if is_carried else ":material/add:",
        type="primary" if is_carried else "secondary",
        help=hint,
        disabled=left_out,
        on_click=_try,
        args=(view.id, stop.touchpoint.id, marker.id, not is_carried),
    )


def _try(journey: str, touchpoint: str, marker: str, is_carried: bool) -> None:
    saved = sessions.current().saved_workspace
    was = any(
        marker in carried_markers(point)
        for each in saved.journeys
        if each.id == journey
        for point in each.touchpoints
        if point.id == touchpoint
    )
    sessions.try_tag(Try(journey, touchpoint, marker, is_carried), is_as_saved=was == is_carried)


def _say_effect(session: Session) -> None:
    if not session.tries:
        return
    speak = session.speak
    changed = effect(session.saved, session.report)
    if not changed.mended and not changed.broken:
        st.info(
            speak(
                N_("No verdict changes; a rule that was broken may now be broken by another path.")
            ),
            icon=":material/balance:",
        )
    if changed.mended:
        told = speak.many(
            "{number} verdict mended", "{number} verdicts mended", len(changed.mended)
        )
        st.success(f"**{told}**" + _listed(session, changed.mended), icon=":material/check:")
    if changed.broken:
        told = speak.many(
            "{number} verdict newly broken",
            "{number} verdicts newly broken",
            len(changed.broken),
        )
        st.error(f"**{told}**" + _listed(session, changed.broken), icon=":material/close:")


def _listed(session: Session, verdicts: Iterable[Verdict]) -> str:
    """Return one line for each rule and journey, with the segments that it is about."""
    together: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        named = session.names.of("segment", verdict.segment) if verdict.segment else ""
        segments = together.setdefault((verdict.rule, str(verdict.journey)), [])
        if named and named not in segments:
            segments.append(named)
    lines = [
        f"\n- `{rule}` · {literal(session.names.of('journey', journey))}"
        + (f" · {literal(', '.join(segments))}" if segments else "")
        for (rule, journey), segments in together.items()
    ]
    more = ["\n- …"] if len(lines) > VERDICTS_TOLD else []
    return "\n" + "".join([*lines[:VERDICTS_TOLD], *more])
