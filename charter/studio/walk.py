"""The path that breaks a rule, walked step by step."""

from __future__ import annotations

import streamlit as st

from charter.findings import Finding
from charter.messages import N_
from charter.reports.telling import tell
from charter.studio.journey_view import JourneyView
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.steps import step_buttons

_STEP = "step"


def walk(session: Session, view: JourneyView, finding: Finding) -> int:
    """Show the path step by step, and return the step that is pointed out."""
    speak = session.speak
    verdict = finding.verdicts[0]
    witness = verdict.witness or ()
    step: int = min(st.session_state.get(_STEP, 0), len(witness) - 1)
    told = tell(finding, session.names)
    here = view.setting.stop(witness[step])
    index = view.setting.graph.stops.index(here)
    with st.container(border=True, key="walk"):
        st.markdown(f"**{literal(told.headline)}**  \n:small[:gray[{literal(told.who)}]]")
        with st.container(horizontal=True, vertical_alignment="center"):
            step_buttons(step, len(witness), speak, _go_to_step, key="step")
            carried = view.markers(index, verdict.segment)
            markers = ", ".join(carried) if carried else speak(N_("carries no marker"))
            mend = ""
            if here.name in verdict.places:
                mend = " :orange-badge[" + speak(N_("a place to mend it")) + "]"
            st.markdown(
                speak(N_("Step {step} of {steps}:"), step=step + 1, steps=len(witness))
                + f" **{literal(session.names.stop(view.id, here.name))}**{mend}"
                + f"  \n:small[:gray[{literal(markers)}]]"
            )
    return step


def _go_to_step(step: int) -> None:
    st.session_state[_STEP] = step


def go_to_first_step() -> None:
    """Begin the walk anew."""
    _go_to_step(0)
