"""How much of the identity is met: in all, by segment and by channel, each as a card."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from charter.coverage import Coverage, Coverages, Poorest, Unknown
from charter.messages import N_
from charter.reports.coverage import CoverageTeller
from charter.studio import folding
from charter.studio.cards import Card, CardGroup, CardsView, Layout, cards
from charter.studio.coverage_bar import coverage_bar
from charter.studio.deeds import Deed
from charter.studio.literal import literal
from charter.studio.pieces import Said, Tone
from charter.studio.session import Session

_WHERE_NOT = N_("Where not")
_ANSWER = N_("Is our identity carried?")
_LEGEND = N_("The stronger colour: on the poorest path. The softer one: on average.")
_TITLES = {"segment": N_("By segment"), "channel": N_("By channel")}


def show_answer(session: Session, coverages: Coverages) -> None:
    """Answer whether the identity is carried, and for how many customers."""
    speak, overall = session.speak, coverages.overall
    teller = CoverageTeller(coverages, session.names)
    with st.container(border=True, key="answer"):
        st.subheader(speak(_ANSWER), anchor=False)
        st.markdown(f"{_icon(overall)} **{literal(teller.answer())}**")
        if overall.average is not None:
            bar = Card(
                "all",
                "",
                picture=_bar(overall, teller),
                lines=((Said(speak(_LEGEND), tone=Tone.SOFT),),),
            )
            cards(CardsView(speak(_ANSWER), Layout.BARE, (CardGroup((bar,)),)), key="answer-bar")
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
    st.header(speak(_TITLES["segment"]), anchor=False)
    _cards(session, teller, "segment", coverages.by_segment)
    st.header(speak(_TITLES["channel"]), anchor=False)
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
    told = tuple(
        _card(session, teller, what, name, each)
        for name, each in coverages.items()
        if each.reason in _TOLD
    )
    if told:
        view = CardsView(speak(_TITLES[what]), Layout.GRID, (CardGroup(told),))
        cards(view, key=f"coverage-{what}")
    for reason, sentence in (
        (Unknown.NO_PATH, N_("No path: {names}.")),
        (Unknown.NOTHING_COUNTED, N_("Nothing is meant for: {names}.")),
    ):
        left = [names.of(what, name) for name, each in coverages.items() if each.reason is reason]
        if left:
            st.caption(literal(speak(sentence, names=speak.all_of(left))))


_TOLD = (None, Unknown.TOO_MANY)


def _card(
    session: Session, teller: CoverageTeller, what: str, name: str, coverage: Coverage
) -> Card:
    speak = session.speak
    lines = [(Said(teller.poorest(coverage), speak(N_("Poorest path:"))),)]
    if coverage.average is not None:
        lines.append((Said(teller.average(coverage), speak(N_("On average:"))),))
    poorest = coverage.poorest
    return Card(
        name,
        session.names.of(what, name),
        note=_part(session, what, name),
        picture=_bar(coverage, teller),
        lines=tuple(lines),
        deeds=(_way_to(session, poorest),) if poorest is not None and poorest.missed else (),
    )


def _part(session: Session, what: str, name: str) -> str:
    """Return how many of all customers a segment is."""
    weights = {each.id: each.weight for each in session.workspace.charter.all_segments}
    if what != "segment" or len(weights) == 1:
        return ""
    share = session.speak.percent(weights[name] / sum(weights.values()))
    return session.speak(N_("{share} of customers"), share=share)


def _bar(coverage: Coverage, teller: CoverageTeller) -> str:
    told = teller.speak(
        N_("Poorest path {poorest}, average {average}"),
        poorest=teller.poorest(coverage),
        average=teller.average(coverage) or "–",
    )
    return coverage_bar(coverage, told)


def show_where_not(session: Session, coverages: Coverages) -> None:
    """Show the poorest path of all."""
    speak = session.speak
    teller = CoverageTeller(coverages, session.names)
    poorest = coverages.overall.poorest
    with st.container(border=True, key="where-not"):
        st.subheader(speak(_WHERE_NOT), anchor=False)
        if poorest is None:
            st.markdown(literal(speak(N_("The poorest path isn't known."))))
            return
        if not poorest.missed:
            st.markdown(
                literal(speak(N_("Nowhere: every path of every segment carries all of it.")))
            )
            return
        path = session.names.path(poorest.journey, poorest.path)
        card = Card(
            "poorest",
            teller.whose(poorest),
            lines=((Said(path),), (Said(teller.missed(poorest)),)),
            deeds=(_way_to(session, poorest),),
        )
        view = CardsView(speak(_WHERE_NOT), Layout.BARE, (CardGroup((card,)),))
        cards(view, key="poorest-path")
        title, icon = speak(N_("Step by step")), ":material/directions_walk:"
        with folding.expander(title, key="unfold-poorest", icon=icon) as is_open:
            if is_open:
                st.dataframe(teller.steps(poorest), hide_index=True, width="stretch", key="poorest")


def _way_to(session: Session, path: Poorest) -> Deed:
    """Return a link to where a path is walked; to its journey, where no finding tells of it."""
    asked = {"journey": path.journey, "segment": path.segment}
    for finding in session.report.findings:
        if finding.journey == path.journey and any(
            verdict.witness == path.path and verdict.segment == path.segment
            for verdict in finding.verdicts
        ):
            asked["witness"] = finding.fingerprint
            break
    told = N_("Walk this path") if "witness" in asked else N_("See the journey")
    return Deed.leading("journeys", session.speak(told), **asked)
