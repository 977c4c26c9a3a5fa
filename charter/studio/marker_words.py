"""What is told of markers: where they live, how many customers meet them, who answers for them."""

from __future__ import annotations

from charter.brand import Marker, Role
from charter.messages import N_
from charter.reports.words import date
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.words import BEARERS
from charter.whereabouts import State, Whereabouts
from journeys.customers import ShareBasis, weakest_basis

_COLOURS = {State.LIVE: "green", State.PLANNED: "blue", State.NOWHERE: "orange"}
_ICONS = {
    State.LIVE: ":material/check_circle:",
    State.PLANNED: ":material/schedule:",
    State.NOWHERE: ":material/radio_button_unchecked:",
}


def state_badge(session: Session, marker: Marker, known: Whereabouts) -> str:
    """Return in Markdown where a marker lives; an irritant is as it should be where it's gone."""
    speak, state = session.speak, known.state
    live, planned = len(known.live), len(known.planned)
    if marker.role is Role.IRRITANT:
        if not live:
            gone = speak(N_("Gone: on no touchpoint"))
            return f":green-badge[{_ICONS[State.LIVE]} {gone}]"
        told = speak.many("Still on {number} touchpoint", "Still on {number} touchpoints", live)
        return f":orange-badge[:material/warning: {told}]"
    told = {
        State.LIVE: speak.many(
            "Lives on {number} touchpoint", "Lives on {number} touchpoints", live
        ),
        State.PLANNED: speak.many(
            "Planned on {number} touchpoint", "Planned on {number} touchpoints", planned
        ),
        State.NOWHERE: speak(N_("Nowhere yet")),
    }[state]
    badge = f":{_COLOURS[state]}-badge[{_ICONS[state]} {told}]"
    if state is State.LIVE and planned:
        more = speak.many("planned on {number} more", "planned on {number} more", planned)
        badge += f" :blue-badge[{_ICONS[State.PLANNED]} {more}]"
    return badge


def basis_told(session: Session, basis: ShareBasis | None) -> str:
    """Return what shares rest on; assumed ones aren't told as customers."""
    speak = session.speak
    if basis is ShareBasis.ASSUMED:
        return speak(
            N_(
                "Of the cases, if every choice were equally likely: not all shares of the "
                "journeys are written down, so this says nothing of customers."
            )
        )
    if basis is ShareBasis.OBSERVED:
        return speak(N_("Of the customers of each segment, by the shares observed."))
    return speak(N_("Of the customers of each segment, by the shares stated in the journeys."))


def met_by(session: Session, known: Whereabouts) -> str:
    """Return how many customers meet a marker, from the segment least of all to the most."""
    speak = session.speak
    shares = {s: m.share for s, m in known.met_by.items() if m.share is not None}
    if not shares or len(shares) < len(known.met_by):
        return ""
    basis = weakest_basis(meeting.basis for meeting in known.met_by.values() if meeting.basis)
    least, most = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    low, high = speak.percent(shares[least]), speak.percent(shares[most])
    is_assumed = basis is ShareBasis.ASSUMED
    if low == high:
        if is_assumed:
            told = N_("Met in {share} of cases, if every choice were equally likely.")
            return speak(told, share=low)
        return speak(N_("Met by {share} of customers."), share=low)
    told = N_("Met by {low} ({least}) to {high} ({most}) of customers.")
    if is_assumed:
        told = N_(
            "Met in {low} ({least}) to {high} ({most}) of cases, "
            "if every choice were equally likely."
        )
    names = {"least": session.names.of("segment", least), "most": session.names.of("segment", most)}
    return speak(told, low=low, high=high, **names)


def facts(session: Session, marker: Marker) -> str:
    """Return in Markdown who answers for a marker, what bears it and when it was read through."""
    speak = session.speak
    told = [
        literal(marker.owner) if marker.owner else speak(N_("nobody answers for it yet")),
        speak(N_("borne by {bearer}"), bearer=speak(BEARERS[marker.borne_by]))
        if marker.borne_by
        else "",
        speak(N_("read through on {day}"), day=date(marker.reviewed, speak))
        if marker.reviewed
        else "",
    ]
    return " · ".join(each for each in told if each)


def value_badges(session: Session, marker: Marker) -> str:
    """Return in Markdown the values that a marker makes concrete."""
    return " ".join(
        f":gray-badge[{literal(session.names.of('value', value))}]" for value in marker.values
    )
