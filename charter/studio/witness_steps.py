"""The path that breaks a rule, walked step by step, with what was missing at each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charter.findings import Finding, Verdict
from charter.messages import N_, Speaker
from charter.reports.names import Names
from charter.reports.walking import StepTold, first_lacking, steps_told
from charter.studio import folding
from charter.studio.drop_down import drop_down
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.steps import step_buttons

_STEP = "witness-step"
_WALKED = "witness-walked"
_WHOSE = "witness-whose"


def show_witness(session: Session, finding: Finding) -> None:
    """Show the path of a finding, one step at a time, and all steps as a table."""
    speak, names = session.speak, session.names
    verdict = _whose(session, finding)
    steps = steps_told(verdict, names)
    if not steps:
        st.info(speak(N_("No path breaks this: there is nothing to walk.")))
        return
    if st.session_state.get(_WALKED) != verdict.fingerprint:
        st.session_state[_WALKED] = verdict.fingerprint
        st.session_state[_STEP] = first_lacking(steps)
    at = min(st.session_state.setdefault(_STEP, 0), len(steps) - 1)
    st.markdown(path_told(verdict, at, names))
    _buttons(at, len(steps), speak)
    with st.container(border=True, key="witness-here"):
        _step(steps[at], speak)
    st.page_link(
        "page/journeys.py",
        label=speak(N_("Walk this path on the map")),
        icon=":material/route:",
        query_params={"journey": str(finding.journey), "witness": finding.fingerprint},
    )
    title = speak(N_("All steps as a table"))
    with folding.expander(title, key="unfold-witness", icon=":material/table:") as is_open:
        if is_open:
            st.dataframe(_rows(steps, speak), hide_index=True, width="stretch", key="witness-table")


def path_told(verdict: Verdict, at: int, names: Names) -> str:
    """Return a path in Markdown, rounds folded, with the step that one is at told apart."""
    told, passed = [], 0
    for stops, times in names.rounds(str(verdict.journey), verdict.witness or ()):
        length = len(stops) * times
        here = at - passed if passed <= at < passed + length else None
        shown = [literal(stop) for stop in stops]
        if here is not None:
            place = here % len(stops)
            shown[place] = f":primary-badge[{shown[place]}]"
        text = " → ".join(shown)
        if times > 1:
            text = f"({text}) × {times}" if len(stops) > 1 else f"{text} × {times}"
        if times > 1 and here is not None:
            number = here // len(stops) + 1
            text += " " + literal(names.speak(N_("(round {number})"), number=number))
        told.append(text)
        passed += length
    return " → ".join(told)


def _whose(session: Session, finding: Finding) -> Verdict:
    """Return whose eyes the path is seen with, where a finding tells of several."""
    verdicts = {verdict.fingerprint: verdict for verdict in finding.verdicts}
    if len(verdicts) == 1:
        return finding.verdicts[0]
    names = session.names
    is_asked_alike = len({(verdict.marker, verdict.value) for verdict in finding.verdicts}) == 1

    def label(fingerprint: str) -> str:
        verdict = verdicts[fingerprint]
        segment = names.of("segment", verdict.segment) if verdict.segment else ""
        asked = "" if is_asked_alike and segment else names.asked([verdict])
        return " · ".join(filter(None, [segment, asked]))

    chosen = drop_down(
        session.speak(N_("Seen by")), list(verdicts), key=_WHOSE, told=label, width=420
    )
    return verdicts[chosen]


def _buttons(at: int, count: int, speak: Speaker) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="witness-buttons"):
        step_buttons(at, count, speak, _go_to, key="witness", has_shortcuts=True)
        st.markdown(speak(N_("Step {step} of {steps}"), step=at + 1, steps=count), width="content")


def _step(step: StepTold, speak: Speaker) -> None:
    mend = ""
    if step.is_place:
        mend = " :orange-badge[:material/build: " + speak(N_("a place to mend it")) + "]"
    st.markdown(f"**{literal(step.name)}**{mend}")
    about = [step.channel, step.stage, step.owner]
    st.caption(" · ".join(literal(each) for each in about if each))
    lines = []
    for remark in step.remarks:
        sign = ":red[:material/close:]" if remark.is_lacking else ":gray[:material/info:]"
        lines.append(f"{sign} {literal(remark.text)}")
    if not lines:
        lines.append(":gray[:material/check: " + speak(N_("Nothing is missing here.")) + "]")
    st.markdown("  \n".join(lines))
    carried = ", ".join(map(literal, step.carried)) or speak(N_("carries no marker"))
    st.markdown(":small[:gray[" + speak(N_("Carries:")) + f"] {carried}]")


def _rows(steps: Sequence[StepTold], speak: Speaker) -> list[dict[str, object]]:
    return [
        {
            speak(N_("Step")): number,
            speak(N_("Touchpoint")): step.name,
            speak(N_("Channel")): step.channel,
            speak(N_("What was missing")): " ".join(r.text for r in step.remarks),
            speak(N_("Markers")): ", ".join(step.carried),
        }
        for number, step in enumerate(steps, 1)
    ]


def _go_to(step: int) -> None:
    st.session_state[_STEP] = step
