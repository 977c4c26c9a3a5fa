"""Customers of a segment who walk the map of a journey, step by step."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from charter.messages import N_
from charter.replay import Moment, Replay, replay
from charter.studio.journey_map import MapFlow, MapReplay, MapReplayStep
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.words import BASES
from journeys.customers import NoPath, ShareBasis


def offer_replay(session: Session, view: JourneyView, looking: Looking) -> MapReplay | None:
    """Offer to follow a segment's customers; return them for `JourneyView.map` while followed."""
    speak = session.speak
    segments = view.segments()
    segment = looking.segment if looking.segment in segments else None
    segment = segments[0] if len(segments) == 1 else segment
    wanted = st.toggle(
        speak(N_("Follow customers step by step")),
        key="replay",
        help=speak(N_("Watch 200 customers of one segment walk the map as its shares say.")),
    )
    if not wanted:
        return None
    if segment is None:
        st.info(speak(N_("Choose for whom above: one segment's customers are followed at a time.")))
        return None
    try:
        return map_replay(replay(view.setting, segment), view)
    except NoPath:
        st.info(
            speak(
                N_("No path leads {segment} from an entry to an exit: there is nobody to follow."),
                segment=literal(session.names.of("segment", segment)),
            )
        )
        return None


def map_replay(found: Replay, view: JourneyView) -> MapReplay:
    """Return the customers as the map shows them, in the reader's words."""
    speak = view.speak
    number = len(found.walks)
    note = [speak(BASES[found.basis])]
    if found.on_the_way:
        note.append(
            speak.many(
                "{number} customer is still on the way in the end.",
                "{number} customers are still on the way in the end.",
                found.on_the_way,
            )
        )
    return MapReplay(
        title=speak(
            # Who walks at random is no customer that anybody counted.
            N_("{number} walks: {segment}")
            if found.basis is ShareBasis.ASSUMED
            else N_("{number} customers: {segment}"),
            number=speak.count(number),
            segment=view.names.of("segment", found.segment),
        ),
        note=" ".join(note),
        number=number,
        outcomes=tuple(view.outcome_name(outcome) for outcome in found.outcomes),
        shares=tuple(speak.percent(found.shares[outcome]) for outcome in found.outcomes),
        steps=tuple(_steps(found, view)),
    )


def _steps(found: Replay, view: JourneyView) -> Iterator[MapReplayStep]:
    last = len(found.moments) - 1
    for index, moment in enumerate(found.moments):
        yield MapReplayStep(
            flows=tuple(
                MapFlow(source, target, number) for (source, target), number in moment.flows.items()
            ),
            at=dict(moment.at),
            ended=tuple(moment.ended.get(outcome, 0) for outcome in found.outcomes),
            told=_told(index, last, moment, view),
        )


def _told(index: int, last: int, moment: Moment, view: JourneyView) -> str:
    speak = view.speak
    on_the_way = sum(moment.at.values())
    if index == last:
        return speak(N_("How it ended"))
    if index == 0:
        return speak(N_("How it begins"))
    return speak(
        N_("Step {step} of {steps}, {number} on the way"),
        step=index,
        steps=last,
        number=speak.count(on_the_way),
    )


def replay_rows(found: Replay, view: JourneyView) -> Iterator[dict[str, object]]:
    """Yield one row for each stop that the customers come by, and how many do."""
    speak = view.speak
    for stop in view.setting.graph.stops:
        number = found.visitors.get(stop.name, 0)
        if number:
            yield {
                speak(N_("Stage")): view.names.of("stage", stop.touchpoint.stage),
                speak(N_("Touchpoint")): view.names.stop(view.id, stop.name),
                speak(N_("Customers who come by")): number,
                speak(N_("Share")): speak.percent(number / len(found.walks)),
            }


def show_replay_table(session: Session, view: JourneyView, looking: Looking) -> None:
    """Show how many of the customers followed come by each touchpoint, and how it ends."""
    speak = session.speak
    segments = view.segments()
    segment = segments[0] if len(segments) == 1 else looking.segment
    if segment not in segments:
        return
    try:
        found = replay(view.setting, segment)
    except NoPath:
        return
    with st.expander(speak(N_("The customers followed, as a table"))):
        st.dataframe(
            list(replay_rows(found, view)), hide_index=True, width="stretch", key="replay-table"
        )
        st.dataframe(
            [
                {
                    speak(N_("How it ends")): view.outcome_name(outcome),
                    speak(N_("Share")): speak.percent(share),
                }
                for outcome, share in found.shares.items()
            ],
            hide_index=True,
            width="stretch",
            key="replay-endings",
        )
