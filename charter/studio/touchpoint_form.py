"""What a touchpoint is: the fields of the one that is chosen."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Put
from charter.expressing import is_bilingual
from charter.messages import N_
from charter.studio import work
from charter.studio.chosen_touchpoint import Chosen
from charter.studio.fields import (
    choice_field,
    field_key,
    follow,
    several_field,
    text_field,
    truth_field,
)
from charter.studio.said_field import said_field
from charter.studio.session import Session
from charter.studio.share_fields import share_fields
from charter.studio.words import CONTROLS, EMOTION_WORDS, TOUCHPOINT_STATUSES
from charter.touchpoint_changes import ended, entered, on_channels, weighed
from journeys.model import Shares
from journeys.plain import Plain

FACES = {
    -2: ":material/sentiment_very_dissatisfied:",
    -1: ":material/sentiment_dissatisfied:",
    0: ":material/sentiment_neutral:",
    1: ":material/sentiment_satisfied:",
    2: ":material/sentiment_very_satisfied:",
}
_CHANGED = N_("“{name}”: {field} changed")
_ENDS_HERE = "end"


def show_touchpoint_form(session: Session, chosen: Chosen) -> None:
    """Show the fields."""
    speak, charter, touchpoint = session.speak, session.written.charter, chosen.touchpoint
    place, name = chosen.place, chosen.name
    said_field(
        session,
        speak(N_("Name")),
        place,
        ("name",),
        touchpoint.name,
        N_("“{name}” renamed"),
        is_bilingual=is_bilingual(charter),
        placeholder=touchpoint.id,
        name=name,
    )
    with st.grid(2, min_column_width=180):
        choice_field(
            speak(N_("Stage")),
            place,
            ("stage",),
            {each.id: each.named(speak.language) for each in charter.stages},
            touchpoint.stage,
            _CHANGED,
            name=name,
            field=speak(N_("stage")),
        )
        _channels(session, chosen)
        choice_field(
            speak(N_("Run by")),
            place,
            ("control",),
            {control: speak(told) for control, told in CONTROLS.items()},
            touchpoint.control,
            _CHANGED,
            default="owned",
            help=speak(N_("What customers and the public run is on the path, but isn't counted.")),
            name=name,
            field=speak(N_("who runs it")),
        )
        text_field(
            speak(N_("Owner")),
            place,
            ("owner",),
            touchpoint.owner,
            _CHANGED,
            placeholder=speak(N_("The team that answers for it")),
            name=name,
            field=speak(N_("owner")),
        )
    _channel_shares(session, chosen)
    several_field(
        speak(N_("For whom")),
        place,
        ("segments",),
        {each.id: each.named(speak.language) for each in charter.all_segments},
        touchpoint.segments or (),
        _CHANGED,
        placeholder=speak(N_("Everyone")),
        name=name,
        field=speak(N_("for whom")),
    )
    _emotion(session, chosen)
    truth_field(
        speak(N_("Moment of truth")),
        place,
        ("moment-of-truth",),
        touchpoint.moment_of_truth,
        _CHANGED,
        help=speak(N_("It weighs more than other touchpoints in what customers remember.")),
        name=name,
        field=speak(N_("moment of truth")),
    )
    _ends(session, chosen)
    choice_field(
        speak(N_("Status")),
        place,
        ("status",),
        {status: speak(told) for status, told in TOUCHPOINT_STATUSES.items()},
        touchpoint.status,
        _CHANGED,
        default="live",
        name=name,
        field=speak(N_("status")),
    )


def _channels(session: Session, chosen: Chosen) -> None:
    speak, touchpoint = session.speak, chosen.touchpoint
    key = field_key(chosen.place, ("channels",))
    written = list(touchpoint.channel_shares)
    follow(key, written)

    def change() -> None:
        channels: list[str] = st.session_state[key]
        if not channels:
            work.refuse(speak(N_("A touchpoint is on one channel at least.")))
            st.session_state[key] = written
            return
        made = on_channels(chosen.place, touchpoint, channels)
        if made:
            work.amend(made, _CHANGED, name=chosen.name, field=speak(N_("channels")))

    st.multiselect(
        speak(N_("Channels")),
        [channel.id for channel in session.written.charter.channels],
        format_func=lambda channel: session.names.of("channel", channel),
        key=key,
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )


def _channel_shares(session: Session, chosen: Chosen) -> None:
    """Show how customers spread over the channels, where there are several."""
    shares = chosen.touchpoint.channels
    if len(shares) < 2:
        return
    st.caption(session.speak(N_("How customers spread over the channels, in any unit:")))
    with st.grid(min_column_width=110):
        for channel, weight in shares.items():
            key = field_key(chosen.place, ("channels", channel))
            follow(key, float(weight))
            st.number_input(
                session.names.of("channel", channel),
                key=key,
                min_value=0.0,
                step=1.0,
                format="%g",
                disabled=not session.can_edit,
                on_change=_weigh,
                args=(session, chosen, channel, key),
                persist_state="page",
            )


def _weigh(session: Session, chosen: Chosen, channel: str, key: str) -> None:
    weight: float = st.session_state[key]
    if weight <= 0:
        work.refuse(session.speak(N_("A share is a number greater than 0.")))
        return
    work.amend(
        weighed(chosen.place, chosen.touchpoint, channel, weight),
        _CHANGED,
        name=chosen.name,
        field=session.speak(N_("shares of the channels")),
    )


def _emotion(session: Session, chosen: Chosen) -> None:
    speak = session.speak
    key = field_key(chosen.place, ("emotion",))
    follow(key, chosen.touchpoint.emotion)

    def change() -> None:
        emotion: int | None = st.session_state[key]
        work.amend(
            [Put(chosen.place, ("emotion",), None if emotion is None else str(emotion))],
            _CHANGED,
            name=chosen.name,
            field=speak(N_("emotion")),
        )

    st.segmented_control(
        speak(N_("How people feel here")),
        sorted(FACES),
        format_func=lambda emotion: f"{FACES[emotion]} {speak(EMOTION_WORDS[emotion])}",
        key=key,
        width="stretch",
        disabled=not session.can_edit,
        on_change=change,
        persist_state="page",
    )


def _ends(session: Session, chosen: Chosen) -> None:
    """Show whether paths begin here, and how they end here."""
    speak, touchpoint = session.speak, chosen.touchpoint
    begins, ends = (field_key(chosen.place, (each,)) for each in ("entry", "exit"))
    follow(begins, touchpoint.entry)
    follow(ends, touchpoint.exit or "")

    def enter() -> None:
        told = N_("Paths begin at “{name}”")
        if not st.session_state[begins]:
            told = N_("No path begins at “{name}” any more")
        work.amend(entered(chosen.place, st.session_state[begins]), told, name=chosen.name)

    def end() -> None:
        told = N_("Paths end at “{name}”")
        if not st.session_state[ends]:
            told = N_("No path ends at “{name}” any more")
        work.amend(ended(chosen.place, st.session_state[ends]), told, name=chosen.name)

    outcomes = outcome_names(session, chosen)
    st.toggle(
        speak(N_("Paths begin here")),
        key=begins,
        disabled=not session.can_edit,
        on_change=enter,
        persist_state="page",
    )
    others = sum(each.entry for each in chosen.journey.touchpoints) - touchpoint.entry
    if touchpoint.entry and (others or touchpoint.arrives):
        label = speak(N_("How many begin here, beside the other beginnings"))
        _share(session, chosen, "arrives", label, touchpoint.arrives, N_("how many begin here"))
    st.selectbox(
        speak(N_("Paths end here")),
        ["", *outcomes],
        format_func=lambda id: outcomes[id] if id else speak(N_("No, they go on")),
        key=ends,
        disabled=not session.can_edit,
        on_change=end,
        persist_state="page",
    )
    if touchpoint.exit and (touchpoint.next or touchpoint.ends):
        label = speak(N_("How many end here, beside the ways on"))
        _share(session, chosen, "ends", label, touchpoint.ends, N_("how many end here"))


def _share(
    session: Session, chosen: Chosen, field: str, label: str, shares: Shares | None, told: str
) -> None:
    def amend(value: Plain, *segment: str) -> None:
        made = [Put(chosen.place, (field, *segment), value)]
        work.amend(made, _CHANGED, name=chosen.name, field=session.speak(told))

    share_fields(
        session,
        label,
        shares,
        chosen.segments(session),
        key=lambda part: field_key(chosen.place, (field, part)),
        amend=amend,
    )


def outcome_names(session: Session, chosen: Chosen) -> dict[str, str]:
    """Return how the journey can end, by id: as declared, else as its exits name it."""
    speak, journey = session.speak, chosen.journey
    if journey.outcomes is not None:
        return {
            each.id: each.name.in_language(speak.language) if each.name else each.id
            for each in journey.outcomes
        }
    named = dict.fromkeys(each.exit for each in journey.touchpoints if each.exit)
    return {id: id for id in named} or {_ENDS_HERE: speak(N_("The journey ends here"))}
