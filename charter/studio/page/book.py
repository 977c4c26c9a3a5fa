"""Charter book: what to hand to others, from the book itself to tables, pictures and a site."""

from __future__ import annotations

import streamlit as st

from charter.messages import N_
from charter.studio import address
from charter.studio.downloads import offer
from charter.studio.drop_down import drop_down
from charter.studio.session import Session, current
from charter.usecases.downloads import ENDINGS, Kind, Wanted

_WIDTH = 330


def show(session: Session) -> None:
    """Show the page."""
    speak = session.speak
    if session.desk.changes:
        st.caption(speak(N_("What you haven't saved yet is in these files too.")))
    if session.planned:
        st.caption(speak(N_("These files say what is so today, not what the plans would make.")))
    _book(session)
    st.header(speak(N_("More to take away")), anchor=False)
    with st.grid(3, min_column_width=_WIDTH):
        _card(
            session,
            Kind.REPORT,
            N_("Report of the check"),
            N_("What holds and what is broken, on one page to be sent."),
        )
        _card(
            session,
            Kind.SITE,
            N_("Charter as a site"),
            N_("Linked pages that a browser opens without a network. Unpack it, open index.html."),
        )
        _card(
            session,
            Kind.WORKBOOK,
            N_("Everything as a workbook"),
            N_("A sheet for each kind of thing; once filled in, it can be imported again."),
        )
        _actions(session)
        _picture(session)


def _book(session: Session) -> None:
    speak = session.speak
    channels = [channel.id for channel in session.written.charter.channels]
    with st.container(border=True, key="charter-book"):
        st.markdown(
            speak(
                N_(
                    "The book that a brand hands to its agencies, shops and call centres: the "
                    "promise, a page for each marker, the journeys, what is proved and what isn't "
                    "yet, the plans."
                )
            )
        )
        address.read("book-channels", channels, is_list=True)
        chosen = st.multiselect(
            speak(N_("For the people of these channels")),
            channels,
            format_func=lambda channel: session.names.of("channel", channel),
            placeholder=speak(N_("Everybody: the whole book")),
            help=speak(N_("The book says what concerns them, and no more.")),
            key="book-channels",
            persist_state="session",
        )
        address.write("book-channels", chosen)
        with st.grid(3, min_column_width=240):
            for ending in ENDINGS[Kind.BOOK]:
                wanted = Wanted(Kind.BOOK, ending, tuple(c for c in channels if c in chosen))
                offer(session, wanted, key=f"make-book-{ending.removeprefix('.')}")


def _card(session: Session, kind: Kind, name: str, told: str) -> None:
    speak = session.speak
    with st.container(border=True, height="stretch", key=f"card-{kind}"):
        st.subheader(speak(name), anchor=False)
        st.markdown(speak(told))
        _offers(session, kind)


def _offers(session: Session, kind: Kind, journey: str = "", segment: str = "") -> None:
    for ending in ENDINGS[kind]:
        wanted = Wanted(kind, ending, journey=journey, segment=segment)
        offer(session, wanted, key=f"make-{kind}-{ending.removeprefix('.')}")


def _actions(session: Session) -> None:
    speak = session.speak
    if session.written.plans:
        told = N_("Each action with its target, channel, owner and day, for a project tool.")
        _card(session, Kind.ACTIONS, N_("Actions of the plans"), told)
        return
    with st.container(border=True, height="stretch", key="card-actions"):
        st.subheader(speak(N_("Actions of the plans")), anchor=False)
        st.markdown(speak(N_("There is no action plan yet. The page *Plan* begins one.")))


def _picture(session: Session) -> None:
    speak, names = session.speak, session.names
    settings = {setting.journey.id: setting for setting in session.written.settings}
    with st.container(border=True, height="stretch", key="card-picture"):
        st.subheader(speak(N_("Picture of a journey")), anchor=False)
        if not settings:
            st.markdown(speak(N_("There is no journey yet.")))
            return
        address.read("picture-journey", list(settings), default=next(iter(settings)))
        journey = drop_down(
            speak(N_("Journey")),
            list(settings),
            key="picture-journey",
            told=lambda each: names.of("journey", each),
        )
        graph = settings[journey].graph
        segments = ["", *graph.names(graph.journey_segments)]
        address.read("picture-segment", segments, default="")
        segment = drop_down(
            speak(N_("For whom")),
            segments,
            key="picture-segment",
            told=lambda each: names.of("segment", each) if each else speak(N_("Everyone")),
        )
        _offers(session, Kind.PICTURE, journey, segment)


show(current())
