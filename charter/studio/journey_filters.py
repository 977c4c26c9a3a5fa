"""How a journey is looked at: which one, for whom, on which channels, along which broken path."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding
from charter.messages import N_
from charter.reports.telling import tell
from charter.studio import address
from charter.studio.drop_down import drop_down
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.session import Session
from charter.studio.walk import go_to_first_step
from charter.studio.words import SEVERITIES

JOURNEY = "journey"
WITNESS = "witness"


def show_filters(session: Session) -> tuple[JourneyView, Looking, Finding | None]:
    """Show what narrows the page, and return what it says."""
    speak, names = session.speak, session.names
    settings = {setting.journey.id: setting for setting in session.workspace.settings}
    grid = st.grid(4, min_column_width=270)
    first, second, third, fourth = (grid.cell() for _ in range(4))
    default = _gravest(session)
    if default not in settings:
        default = next(iter(settings))
    with first:
        address.read(JOURNEY, settings, default=default)
        journey = drop_down(
            speak(N_("Journey")),
            list(settings),
            key=JOURNEY,
            told=lambda j: names.of("journey", j),
        )
        address.write(JOURNEY, journey, default)
    view = JourneyView(settings[journey], names, speak)
    with second:
        address.read("segment", ["", *view.segments()])
        segment = drop_down(
            speak(N_("For whom")),
            ["", *view.segments()],
            key="segment",
            told=lambda s: names.of("segment", s) if s else speak(N_("Everyone")),
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
    chosen = drop_down(
        speak(N_("A path that breaks a rule")),
        ["", *findings],
        key=WITNESS,
        told=told,
        on_change=go_to_first_step,
        disabled=not findings,
    )
    address.write(WITNESS, chosen)
    return findings.get(chosen)
