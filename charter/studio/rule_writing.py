"""A form that asks for something more: a rule of a kind, of some markers."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Add, Place, free_id
from charter.messages import N_
from charter.studio import work
from charter.studio.session import Session, current
from journeys.plain import Plain

_KINDS: dict[str, tuple[str, str, int]] = {
    "carries": (N_("Every path meets it"), "at-least", 1),
    "opens-with": (N_("Every path opens with it"), "within", 1),
    "closes-with": (N_("Every path closes with it"), "within", 1),
    "no-gap": (N_("It never stays away for more steps than"), "longest", 2),
    "at-most": (N_("No path meets it more often than"), "times", 0),
    "hand-off": (N_("It holds the customer's hand from channel to channel"), "", 0),
    "peak": (N_("The best moment of every path carries it"), "", 0),
    "everywhere": (N_("Each touchpoint carries it"), "", 0),
}
"""The kinds that ask of markers, each with what it asks, its number and where that begins."""
_KIND, _MARKERS, _NUMBER, _WHY = "rule-kind", "rule-markers", "rule-number", "rule-why"


def show_rule_writing(session: Session) -> None:
    """Show the form; what is asked for is checked at once."""
    speak, names = session.speak, session.names
    with st.popover(
        speak(N_("Ask for more")), icon=":material/add:", disabled=not session.can_edit
    ):
        if not any(rule.position.file in session.files for rule in session.written.rules):
            st.caption(
                speak(
                    N_(
                        "Until now this charter is asked what every charter is. A rule of its own "
                        "takes the place of those."
                    )
                )
            )
        kind: str = st.selectbox(
            speak(N_("What is to hold")),
            list(_KINDS),
            format_func=lambda each: speak(_KINDS[each][0]),
            key=_KIND,
        )
        st.multiselect(
            speak(N_("Markers")),
            [marker.id for marker in session.written.charter.markers],
            format_func=lambda marker: names.of("marker", marker),
            key=_MARKERS,
            placeholder=speak(N_("Choose one or more")),
        )
        _, number, least = _KINDS[kind]
        if number:
            st.number_input(
                speak(N_("How many")), 0 if least == 0 else 1, 1000, least, key=f"{_NUMBER}-{kind}"
            )
        st.text_input(speak(N_("Why it matters")), key=_WHY)
        st.button(
            speak(N_("Add the rule")), key="rule-add", type="primary", on_click=_add, args=(kind,)
        )


def _add(kind: str) -> None:
    session, state = current(), st.session_state
    markers: list[Plain] = [*state.get(_MARKERS, [])]
    if not markers:
        work.refuse(session.speak(N_("Choose the markers that it asks for.")))
        return
    why = str(state.get(_WHY) or "").strip()
    _, number, _ = _KINDS[kind]
    taken = {rule.id for rule in session.written.rules}
    identifier = free_id(f"{kind} {markers[0]}", taken, "rule")
    item: dict[str, Plain] = {"kind": kind, "markers": markers}
    if number:
        item[number] = str(int(state[f"{_NUMBER}-{kind}"]))
    if why:
        item["why"] = why
    if work.amend(
        [Add(Place("rule", identifier), item)], N_("The rule “{rule}” added"), rule=identifier
    ):
        state[_MARKERS], state[_WHY] = [], ""
