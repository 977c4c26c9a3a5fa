"""The map of a journey as a picture to take along."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding
from charter.messages import N_
from charter.pictures import as_png, journey_picture
from charter.reports.telling import tell
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.session import Session


def offer_pictures(
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
