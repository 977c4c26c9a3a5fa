"""How people join a workshop: its code, a picture for their phones, a link; and who is there."""

from __future__ import annotations

from urllib.parse import urlencode

import segno
import streamlit as st

from charter.messages import N_, Speaker
from charter.messages.workshop import refusal
from charter.studio import workshop_deeds as deeds
from charter.studio.literal import literal
from charter.studio.phones import Door, door
from charter.studio.session import Session
from charter.studio.workshop_looking import seen_now
from charter.workshop import CannotKeep, NoSuchWorkshop, Workshop
from charter.workshop.workshops import shown_code
from journeys.formats.ids import plain_letters

LOOKS_EVERY = 2.0
_KEPT = ("folder", "lang", "version")
"""What the board's address says as this page's does."""


def show_joining(session: Session, workshop: Workshop) -> None:
    """Show how people join, and who did."""
    speak = session.speak
    entrance = door(session.root)
    with st.container(border=True, key="workshop-joining"):
        st.subheader(speak(N_("How people join")), anchor=False)
        _show_entrance(entrance, workshop, speak)
    with st.container(border=True, key="workshop-who"):
        _show_who(session, workshop)


def _show_entrance(entrance: Door, workshop: Workshop, speak: Speaker) -> None:
    if entrance.problem:
        st.warning(literal(entrance.tell(speak)), icon=":material/phonelink_off:")
        return
    link = entrance.link(workshop.code)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        show_picture(link, 168, speak)
        with st.container(gap="small"):
            st.caption(speak(N_("Scan the picture, or open the link and type the code:")))
            st.markdown(f"## {shown_code(workshop.code)}", width="content")
    st.code(link, language=None, wrap_lines=True)
    if entrance.is_for_this_machine_only:
        st.info(speak(HERE_ONLY), icon=":material/phonelink_lock:")


HERE_ONLY = N_(
    "Only this machine can open this link so far. To let phones in, connect it to the room's "
    "network, stop the Studio and start it again with: `charter studio --phones 0.0.0.0`"
)


def show_picture(link: str, width: int, speak: Speaker) -> None:
    """Show a link as a picture that phones read; it is drawn here."""
    picture = segno.make(link, error="m", micro=False).svg_inline(
        scale=8, border=3, dark="#000000", light="#ffffff"
    )
    st.image(picture, width=width, alt=speak(N_("A picture that phones scan to open the link.")))


def board_address(workshop: Workshop) -> str:
    """Return where the screen of the room is, from this page on."""
    said = {key: st.query_params[key] for key in _KEPT if key in st.query_params}
    return "board?" + urlencode({**said, deeds.CHOSEN: workshop.id})


def _show_who(session: Session, workshop: Workshop) -> None:
    speak = session.speak

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        try:
            people = seen_now(session.root, workshop.id).participants
        except NoSuchWorkshop:
            st.caption(refusal("no-workshop", {}, speak))
            return
        except CannotKeep as error:
            st.caption(literal(deeds.why(error, speak) or ""))
            return
        st.markdown(
            "**"
            + speak.many("{number} person is here", "{number} people are here", len(people))
            + "**"
            if people
            else speak(N_("Nobody is here yet."))
        )
        # By name, so that nothing tells who came when.
        names = sorted((each.nickname for each in people), key=plain_letters)
        st.markdown(" ".join(f":gray-badge[{literal(each)}]" for each in names))

    look()
