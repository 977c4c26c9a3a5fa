"""How much of the identity is met: in all, by segment and by channel, each as a card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from charter.coverage import Coverage, Coverages, Poorest, Unknown
from charter.messages import N_
from charter.reports.coverage import CoverageTeller
from charter.studio import folding
from charter.studio.coverage_bar import coverage_bar
from charter.studio.literal import literal
from charter.studio.session import Session

CARD_WIDTH = 250
ANSWER_WIDTH = 440


def show_answer(session: Session, coverages: Coverages) -> None:
    """Answer whether the identity is carried, and for how many customers."""
    speak, overall = session.speak, coverages.overall
    teller = CoverageTeller(coverages, session.names)
    with st.container(border=True, key="answer"):
        st.subheader(speak(N_("Is our identity carried?")), anchor=False)
        st.markdown(f"{_icon(overall)} **{literal(teller.answer())}**")
        if overall.average is not None:
            _bar(overall, teller, width=ANSWER_WIDTH)
            st.caption(
                speak(N_("The stronger colour: on the poorest path. The softer one: on average."))
            )
        more = (teller.customers(overall), teller.rarest(), teller.bare())
        st.markdown(" ".join(literal(sentence) for sentence in more if sentence))
        if basis := teller.basis(overall):
            st.caption(literal(basis))
        if overall.reason is Unknown.NOTHING_COUNTED:
            st.page_link(
                "page/identity.py",
                label=speak(N_("Go to the identity")),
                icon=":material/arrow_forward:",
                icon_position="right",
            )


def _icon(overall: Coverage) -> str:
    if overall.fewest is None:
        return ":gray[:material/help:]"
    if overall.fewest == overall.counted:
        return ":green[:material/verified:]"
    return ":orange[:material/pending:]"


def show_cards(session: Session, coverages: Coverages) -> None:
    """Show the coverage by segment and by channel."""
    speak = session.speak
    teller = CoverageTeller(coverages, session.names)
    st.header(speak(N_("By segment")), anchor=False)
    _cards(session, teller, "segment", coverages.by_segment)
    st.header(speak(N_("By channel")), anchor=False)
    st.caption(
        speak(
            N_(
                "What is met on visits of that channel, by those who come by it at all. A value "
                "whose every marker is deliberately left out on a channel isn't asked of it."
            )
        )
    )
    _cards(session, teller, "channel", coverages.by_channel)


def _cards(
    session: Session, teller: CoverageTeller, what: str, coverages: Mapping[str, Coverage]
) -> None:
    speak, names = session.speak, session.names
    told = {name: each for name, each in coverages.items() if each.reason in _TOLD}
    if told:
        with st.grid(4, min_column_width=CARD_WIDTH):
            for name, each in told.items():
                with st.container(border=True, key=f"coverage-{what}-{name}"):
                    st.markdown(f"**{literal(names.of(what, name))}**{_part(session, what, name)}")
                    _bar(each, teller)
                    st.markdown(_figures(session, teller, each))
                    if each.poorest is not None and each.poorest.missed:
                        link_to_path(session, each.poorest)
    for reason, sentence in (
        (Unknown.NO_PATH, N_("No path: {names}.")),
        (Unknown.NOTHING_COUNTED, N_("Nothing is meant for: {names}.")),
    ):
        left = [names.of(what, name) for name, each in coverages.items() if each.reason is reason]
        if left:
            st.caption(literal(speak(sentence, names=speak.all_of(left))))


_TOLD = (None, Unknown.TOO_MANY)


def _part(session: Session, what: str, name: str) -> str:
    """Return how many of all customers a segment is."""
    weights = {each.id: each.weight for each in session.workspace.charter.all_segments}
    if what != "segment" or len(weights) == 1:
        return ""
    share = session.speak.percent(weights[name] / sum(weights.values()))
    told = session.speak(N_("{share} of customers"), share=share)
    return f" :small[:gray[{literal(told)}]]"


def _figures(session: Session, teller: CoverageTeller, coverage: Coverage) -> str:
    speak = session.speak
    lines = [speak(N_("Poorest path: **{number}**"), number=teller.poorest(coverage))]
    if coverage.average is not None:
        lines.append(speak(N_("On average: **{number}**"), number=teller.average(coverage)))
    return "  \n".join(lines)


def _bar(
    coverage: Coverage, teller: CoverageTeller, width: int | Literal["stretch"] = "stretch"
) -> None:
    st.image(
        coverage_bar(coverage, is_dark=st.context.theme.type == "dark"),
        width=width,
        alt=teller.speak(
            N_("Poorest path {poorest}, average {average}"),
            poorest=teller.poorest(coverage),
            average=teller.average(coverage) or "–",
        ),
    )


def show_where_not(session: Session, coverages: Coverages) -> None:
    """Show the poorest path of all."""
    speak = session.speak
    teller = CoverageTeller(coverages, session.names)
    poorest = coverages.overall.poorest
    with st.container(border=True, key="where-not"):
        st.subheader(speak(N_("Where not")), anchor=False)
        if poorest is None:
            st.markdown(literal(speak(N_("The poorest path isn't known."))))
            return
        if not poorest.missed:
            st.markdown(
                literal(speak(N_("Nowhere: every path of every segment carries all of it.")))
            )
            return
        st.markdown(f"**{literal(teller.whose(poorest))}**")
        st.markdown(literal(session.names.path(poorest.journey, poorest.path)))
        st.markdown(literal(teller.missed(poorest)))
        title, icon = speak(N_("Step by step")), ":material/directions_walk:"
        with folding.expander(title, key="unfold-poorest", icon=icon) as is_open:
            if is_open:
                st.dataframe(teller.steps(poorest), hide_index=True, width="stretch", key="poorest")
        link_to_path(session, poorest)


def link_to_path(session: Session, path: Poorest) -> None:
    """Link to where a path is walked; to its journey, where no finding tells of it."""
    asked = {"journey": path.journey, "segment": path.segment}
    for finding in session.report.findings:
        if finding.journey == path.journey and any(
            verdict.witness == path.path and verdict.segment == path.segment
            for verdict in finding.verdicts
        ):
            asked["witness"] = finding.fingerprint
            break
    told = N_("Walk this path") if "witness" in asked else N_("See the journey")
    st.page_link(
        "page/journeys.py",
        label=session.speak(told),
        icon=":material/arrow_forward:",
        icon_position="right",
        query_params=asked,
    )
