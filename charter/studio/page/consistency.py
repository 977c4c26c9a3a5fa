"""Consistency: how every rule stands for whom, each finding walked, repaired or accepted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from charter.consistency import Asked, consistency
from charter.findings import Finding
from charter.messages import N_
from charter.studio import address, folding
from charter.studio.accept_finding import show_accept
from charter.studio.drop_down import drop_down
from charter.studio.finding_detail import show_detail, show_headline
from charter.studio.finding_list import (
    FINDING,
    choose_finding,
    focus,
    focused,
    follow_link,
    show_filters,
)
from charter.studio.matrix_table import clicked, matrix_table
from charter.studio.panel_bar import panel_bar
from charter.studio.part import part
from charter.studio.repair_finding import show_repair
from charter.studio.rule_list import show_rules
from charter.studio.session import Session, current
from charter.studio.verdict_matrix import legend, matrix_view
from charter.studio.verdict_table import show_verdicts
from charter.studio.waiver_list import show_waivers
from charter.studio.witness_steps import show_witness

_JOURNEY, _CHANNEL, _MATRIX = "where-journey", "where-channel", "matrix"
_PART = "finding-part"


def show(session: Session) -> None:
    """Show the page."""
    speak = session.speak
    if session.planned:
        st.info(
            speak(
                N_(
                    "This is what will hold once the plans are done. Repairing and accepting "
                    "change what is written today."
                )
            ),
            icon=":material/update:",
        )
    follow_link(session, _JOURNEY, _CHANNEL)
    asked = _where(session)
    _matrix(session, asked)
    st.header(
        speak.many("{number} finding", "{number} findings", len(session.report.findings)),
        anchor=False,
    )
    part(partial(_findings, session, asked))
    st.header(speak(N_("What was accepted")), anchor=False)
    show_waivers(session)
    verdicts = partial(show_verdicts, session, asked)
    for title, icon, key, open_up in (
        (N_("The rules"), ":material/gavel:", "rules", partial(show_rules, session)),
        (N_("All verdicts"), ":material/table:", "verdicts", verdicts),
    ):
        with folding.expander(speak(title), key=f"unfold-{key}", icon=icon) as is_open:
            if is_open:
                open_up()


def _where(session: Session) -> Asked:
    """Show which journey and channel are looked at, and return them."""
    speak, names = session.speak, session.names
    journeys = {each.id: names.of("journey", each.id) for each in session.workspace.journeys}
    channels = {
        each.id: names.of("channel", each.id) for each in session.workspace.charter.channels
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return Asked(
            journey=_chosen(
                _JOURNEY, speak(N_("Journey")), {"": speak(N_("All journeys")), **journeys}
            ),
            channel=_chosen(
                _CHANNEL, speak(N_("Channel")), {"": speak(N_("All channels")), **channels}
            ),
        )


def _chosen(key: str, label: str, options: dict[str, str]) -> str:
    address.read(key, options)
    found = drop_down(label, list(options), key=key, told=options.__getitem__, width=280)
    address.write(key, found)
    return found


def _matrix(session: Session, asked: Asked) -> None:
    speak = session.speak
    matrix = consistency(session.workspace, session.report, asked)
    if not matrix.rules:
        st.info(speak(N_("No rule is asked there.")))
        return
    matrix_table(matrix_view(matrix, session.names, speak, focused()), key=_MATRIX, on_click=_focus)
    st.caption(legend(matrix, speak))


def _focus() -> None:
    cell = clicked(_MATRIX)
    if cell is not None:
        focus(*cell)


def _findings(session: Session, asked: Asked) -> None:
    speak = session.speak
    wanted = st.query_params.get(FINDING)
    if wanted and session.finding(wanted) is None:
        st.info(
            speak(N_("The finding of this link is there no more: it was mended, or it changed."))
        )
    if not session.report.findings:
        st.success(speak(N_("There is nothing to mend.")), icon=":material/check_circle:")
        return
    filtered = show_filters(session, asked)
    listed, detailed = st.columns([2, 3], gap="medium")
    with listed:
        chosen = choose_finding(session, filtered)
    if chosen is not None:
        with detailed, st.container(border=True, key="detail"):
            _detail(session, chosen)


def _detail(session: Session, finding: Finding) -> None:
    """Show a finding, and the part of it that is asked for; only that is worked out."""
    has_path = any(verdict.witness for verdict in finding.verdicts)
    show_headline(session, finding, has_path=st.session_state.get(_PART) != _WALK or not has_path)
    parts = {name: shown for name, shown in _PARTS.items() if has_path or name != _WALK}
    chosen = panel_bar(
        session.speak(N_("What to see")),
        list(parts),
        key=_PART,
        told=lambda name: session.speak(parts[name][0]),
    )
    _PARTS[chosen][1](session, finding)


_WALK, _ABOUT, _REPAIR, _ACCEPT = "walk", "about", "repair", "accept"
_PARTS: dict[str, tuple[str, Callable[[Session, Finding], None]]] = {
    _ABOUT: (N_("About it"), show_detail),
    _WALK: (N_("Walk the path"), show_witness),
    _REPAIR: (N_("Repair"), show_repair),
    _ACCEPT: (N_("Accept"), show_accept),
}


show(current())
