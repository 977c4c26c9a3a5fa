"""What in a text shows a marker or denies it, as the charter lists it; kept as it is here."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from charter.brand import Cue, Marker
from charter.messages import N_, Speaker
from charter.studio.literal import literal
from charter.studio.session import Session


def show_cues(session: Session, marker: Marker) -> None:
    """Show the cues, channel by channel; nothing where there are none."""
    if not marker.cues:
        return
    speak = session.speak
    st.subheader(speak(N_("What gives it away in texts")), anchor=False)
    for channel, cues in marker.cues.items():
        where = (
            speak(N_("Everywhere")) if channel == "any" else session.names.of("channel", channel)
        )
        lines = [f"- {literal(line)}" for cue in cues for line in told_cue(cue, speak)]
        st.markdown(f"**{literal(where)}**\n" + "\n".join(lines))


def told_cue(cue: Cue, speak: Speaker) -> Iterator[str]:
    """Yield what a cue asks of a text, a sentence each."""
    for pattern in cue.requires:
        yield speak(N_("must contain: {pattern}"), pattern=pattern)
    if cue.forbids:
        told = speak(
            N_("must not contain: {patterns}"),
            patterns=speak.any_of(speak.quote(each) for each in cue.forbids),
        )
        if cue.say:
            told += " " + speak(N_("(say: {words})"), words=speak.words(cue.say))
        yield told
    for avoided, better in cue.swap.items():
        yield speak(N_("“{better}” rather than “{avoided}”"), better=better, avoided=avoided)
    if cue.at_most_words_a_sentence is not None:
        yield speak.many(
            "at most {number} word a sentence",
            "at most {number} words a sentence",
            cue.at_most_words_a_sentence,
        )
    if cue.reads_easily is not None:
        yield speak(N_("reads easily: at least {number} of 100"), number=cue.reads_easily)
