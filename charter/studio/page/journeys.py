"""Journeys: the map of one journey, the path that breaks a rule, and tags to try."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding
from charter.messages import N_
from charter.pictures import as_png, journey_picture
from charter.reports.telling import tell
from charter.studio import address
from charter.studio.arranging import arrangeable_map, spots_of
from charter.studio.emotion_curve import show_emotions
from charter.studio.journey_view import MOST_STOPS, JourneyView, Looking
from charter.studio.replaying import offer_replay, show_replay_table
from charter.studio.session import Session, current
from charter.studio.stage_channel_map import show_stage_channel_map
from charter.studio.touchpoint import show_touchpoint
from charter.studio.walk import go_to_first_step, walk
from charter.studio.words import SEVERITIES

MAP = "map"
SELECTED = "touchpoint"
WITNESS = "witness"


def show(session: Session) -> None:
    """Show the page."""
    speak = session.speak
    if not session.workspace.journeys:
        st.info(speak(N_("There is no journey yet. Write one in journeys/, one file a journey.")))
        return
    view, looking, finding = _filters(session)
    address.read(SELECTED, [stop.name for stop in view.setting.graph.stops])
    selected = st.session_state.get(SELECTED)
    address.write(SELECTED, selected)
    step = walk(session, view, finding) if finding else None
    opened: Looking | None = looking
    if len(view.setting.graph.stops) > MOST_STOPS:
        opened = show_stage_channel_map(session, view, looking)
    if opened is not None:
        drawn = view.map(
            opened,
            verdict=finding.verdicts[0] if finding else None,
            step=step,
            selected=selected,
            spots=spots_of(session, view),
            replay=offer_replay(session, view, opened),
        )
        arrangeable_map(session, view, drawn, key=MAP, on_click=_clicked)
        if drawn.replay:
            show_replay_table(session, view, looking)
    show_emotions(session, view, looking)
    _offer_pictures(session, view, looking, finding)
    if selected:
        show_touchpoint(session, view, selected)
    else:
        st.caption(speak(N_("Click on a touchpoint to see its details and to tag it.")))
    st.header(speak(N_("The same as a table")), anchor=False)
    rows = list(view.rows(opened or looking))
    st.dataframe(
        [{key: value for key, value in row.items() if key != "id"} for row in rows],
        hide_index=True,
        width="stretch",
        key="stops",
    )


def _offer_pictures(
    session: Session, view: JourneyView, looking: Looking, finding: Finding | None
) -> None:
    """Offer the map as a picture, drawn only where it is asked for."""
    speak = session.speak
    with st.container(horizontal=True):
        if not st.button(speak(N_("Make a picture")), key="picture", icon=":material/image:"):
            return
        svg = journey_picture(
            session.workspace,
            view.id,
            speak,
            witness=finding.verdicts[0].witness if finding else None,
            segment=looking.segment,
            caption=tell(finding, session.names).headline if finding else "",
        )
        for label, ending, kind, data in (
            (N_("Picture to print (SVG)"), "svg", "image/svg+xml", svg.encode()),
            (N_("Picture for a presentation (PNG)"), "png", "image/png", as_png(svg)),
        ):
            st.download_button(
                speak(label),
                data,
                f"{view.id}.{ending}",
                kind,
                key=f"picture-{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def _filters(session: Session) -> tuple[JourneyView, Looking, Finding | None]:
    speak, names = session.speak, session.names
    settings = {setting.journey.id: setting for setting in session.workspace.settings}
    grid = st.grid(4, min_column_width=270)
    first, second, third, fourth = (grid.cell() for _ in range(4))
    default = _gravest(session) or next(iter(settings))
    with first:
        address.read("journey", settings, default=default)
        journey = st.selectbox(
            speak(N_("Journey")),
            list(settings),
            format_func=lambda j: names.of("journey", j),
            key="journey",
            persist_state="session",
        )
        address.write("journey", journey, default)
    view = JourneyView(settings[journey or default], names, speak)
    with second:
        address.read("segment", ["", *view.segments()])
        segment = st.selectbox(
            speak(N_("For whom")),
            ["", *view.segments()],
            format_func=lambda s: names.of("segment", s) if s else speak(N_("Everyone")),
            key="segment",
            persist_state="session",
        )
        address.write("segment", segment)
    with third:
        address.read("channels", view.channels(), is_list=True)
        channels = st.multiselect(
            speak(N_("Channels")),
            view.channels(),
            format_func=lambda c: names.of("channel", c),
            placeholder=speak(N_("All channels")),
            key="channels",
            persist_state="session",
        )
        address.write("channels", channels)
    with fourth:
        finding = _choose_witness(session, view)
    return view, Looking(segment or None, channels), finding


def _gravest(session: Session) -> str | None:
    """Return the journey of the gravest finding on disk: where most visits begin."""
    return next((f.journey for f in session.saved.findings if f.journey), None)


def _choose_witness(session: Session, view: JourneyView) -> Finding | None:
    speak = session.speak
    findings = {
        finding.fingerprint: finding
        for finding in session.report.findings
        if finding.journey == view.id and finding.verdicts and finding.verdicts[0].witness
    }

    def told(fingerprint: str) -> str:
        if not fingerprint:
            if not findings:
                return speak(N_("No path breaks a rule"))
            return speak(N_("None: the whole journey"))
        finding = findings[fingerprint]
        return speak(
            N_("{severity}: {text}"),
            severity=speak(SEVERITIES[finding.severity]),
            text=tell(finding, session.names).headline,
        )

    address.read(WITNESS, ["", *findings])
    chosen = st.selectbox(
        speak(N_("A path that breaks a rule")),
        ["", *findings],
        format_func=told,
        key=WITNESS,
        persist_state="session",
        on_change=go_to_first_step,
        disabled=not findings,
    )
    address.write(WITNESS, chosen)
    return findings.get(chosen or "")


def _clicked() -> None:
    st.session_state[SELECTED] = st.session_state[MAP].get("clicked")


show(current())
