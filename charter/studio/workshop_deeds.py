"""What a facilitator does with a workshop: open it, arrange it, steer its rounds, end it.

Each is called before the page runs again. A move carries the workshop as it was seen, so that two
facilitators don't undo each other's moves without knowing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from charter.messages import N_, Speaker
from charter.messages.workshop import refusal
from charter.private_folder import PrivateFolder
from charter.studio import session as sessions
from charter.studio import work
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.studio.workshop_looking import forget_what_was_seen
from charter.usecases.running_orders import Template, dealt, rounds_of
from charter.workshop import (
    CannotKeep,
    MovedMeanwhile,
    NoSuchWorkshop,
    NotNow,
    Refused,
    Round,
    Subject,
    Workshop,
    Workshops,
)
from charter.workshop.results import results_of
from charter.workshop.telling import round_name

CHOSEN = "workshop"
"""The key, in the session and the address, of the workshop that is looked at."""
_EDITING = "round-edited"
_OWN = "workshop-as-moved"
"""The workshop as this session moved it last."""


def workshops(session: Session) -> Workshops:
    """Return the workshops of the workspace, whichever version of it is looked at."""
    return Workshops(PrivateFolder(session.root))


def why(error: Exception, speak: Speaker) -> str | None:
    """Return what people are told where something can't be done; None for a fault of ours."""
    match error:
        case MovedMeanwhile():
            return refusal("moved-meanwhile", {}, speak)
        case NoSuchWorkshop():
            return refusal("no-workshop", {}, speak)
        case NotNow():
            return refusal(error.reason, {}, speak)
        case Refused():
            return refusal(error.reason, error.parameters, speak)
        case CannotKeep():
            return speak(
                N_("The disk refuses: {detail}. Nothing was changed."), detail=error.detail
            )
    return work.why(error, speak)


# Which one is looked at.


def look_at(id: str) -> None:
    """Look at a workshop; at the list of all, for none."""
    st.session_state[CHOSEN] = id
    stop_editing()


def edit(round: str) -> None:
    """Open the words of a round."""
    st.session_state[_EDITING] = round


def edited() -> str | None:
    """Return the round whose words are open."""
    id: str | None = st.session_state.get(_EDITING)
    return id


def stop_editing() -> None:
    """Put them away."""
    st.session_state.pop(_EDITING, None)


# Moves.


def open_workshop(title: str, templates: str, journey: str) -> None:
    """Open a workshop by what was chosen in the fields of these keys, and look at it."""
    session = sessions.current()
    chosen: Sequence[Template] = st.session_state.get(templates) or ()
    rounds = rounds_of(chosen, session.written, st.session_state.get(journey) or "")
    named = str(st.session_state.get(title) or "").strip() or session.speak(N_("Workshop"))

    def act() -> None:
        by = session.visitor.named(session.speak)
        look_at(workshops(session).open(named, by, time.time(), rounds).id)

    _done(act, N_("The workshop “{workshop}” is open: people can join."), workshop=named)


def start(seen: Workshop) -> None:
    """Take answers in the round; the ideas that dots are spent on are dealt now."""
    session = sessions.current()

    def act() -> None:
        deal = _dealt(session, seen)
        _make(session, seen, lambda now: now.started(time.time(), deal), is_of_round=True)

    _done(act, N_("The round “{round}” has begun."), round=_current(seen, session.speak))


def _dealt(session: Session, seen: Workshop) -> Round | None:
    round = seen.round
    if round is None or round.subject is not Subject.IDEAS:
        return round
    asked = seen.round_of(round.of)
    if asked is None:
        return dealt(round, None)
    return dealt(round, results_of(asked, workshops(session).answers(seen.id, asked)))


def stop(seen: Workshop) -> None:
    """Take no more answers in the round."""
    told = N_("The round “{round}” is stopped.")
    _move(seen, lambda now: now.stopped(time.time()), told, is_of_round=True)


def reveal(seen: Workshop, is_revealed: bool) -> None:
    """Let everybody see what was answered in the round, or hide it again."""
    told = (
        N_("Everybody sees what was answered in “{round}”.")
        if is_revealed
        else N_("What was answered in “{round}” is hidden.")
    )
    _move(seen, lambda now: now.revealed(is_revealed), told, is_of_round=True)


def go_to(seen: Workshop, place: int) -> None:
    """Go to another round."""
    speak = sessions.current().speak
    there = seen.rounds[place] if 0 <= place < len(seen.rounds) else None
    name = round_name(there, speak) if there else ""
    _moved(
        seen,
        lambda now: now.at(place, time.time()),
        N_("Now at the round “{round}”."),
        round=name,
    )


def give_more_time(seen: Workshop, minutes: int) -> None:
    """Give the round more minutes."""
    round = seen.round
    if round is None:
        return

    def longer(now: Workshop) -> Workshop:
        there = now.round_of(round.id)
        return now.amended(replace(there, minutes=there.minutes + minutes)) if there else now

    told = N_("The round “{round}” has more time.")
    _moved(seen, longer, told, round=_current(seen, sessions.current().speak))


def merge(seen: Workshop, *groups: tuple[int, ...]) -> None:
    """Take ideas of the round for the same: each group, by the numbers of its ideas, for one."""
    round = seen.round
    if round is not None:
        together = {number for each in groups for number in each}
        rest = tuple(each for each in round.merged if together.isdisjoint(each))
        merged = replace(round, merged=(*rest, *groups))
        _move(seen, lambda now: now.amended(merged), N_("The ideas count as one."))


def part_again(seen: Workshop, numbers: tuple[int, ...]) -> None:
    """Take merged ideas of the round for different ones again."""
    round = seen.round
    if round is not None:
        rest = tuple(each for each in round.merged if set(each).isdisjoint(numbers))
        parted = replace(round, merged=rest)
        _move(seen, lambda now: now.amended(parted), N_("The ideas are apart again."))


def end(seen: Workshop) -> None:
    """End the workshop."""
    told = N_("The workshop “{workshop}” is over.")
    _moved(seen, lambda now: now.ended(time.time()), told, workshop=seen.title)


def open_again(seen: Workshop) -> None:
    """Let the workshop go on."""
    told = N_("The workshop “{workshop}” goes on.")
    _moved(seen, lambda now: now.reopened(), told, workshop=seen.title)


def delete(seen: Workshop) -> None:
    """Delete the workshop and all that was answered in it, for good."""
    session = sessions.current()

    def act() -> None:
        workshops(session).delete(seen.id)
        forget_what_was_seen()
        look_at("")

    _done(
        act,
        N_("The workshop “{workshop}” and all that was answered in it are deleted."),
        workshop=seen.title,
    )


# The running order.


def add_rounds(seen: Workshop, template: str, journey: str) -> None:
    """Add the rounds of the template that was chosen in a field, about a journey, at the end."""
    session = sessions.current()
    chosen = st.session_state.get(template)
    if not chosen:
        work.refuse(session.speak(N_("Choose what to add first.")))
        return
    about = st.session_state.get(journey) or ""

    def arranged(now: Workshop) -> Workshop:
        more = rounds_of([Template(chosen)], session.written, about, now.rounds)
        return now.arranged(lambda rounds: (*rounds, *more))

    _moved(seen, arranged, N_("Added to the running order."))


def shift(seen: Workshop, round: Round, by: int) -> None:
    """Let a round come earlier in the running order, or later."""
    speak = sessions.current().speak

    def shifted(rounds: tuple[Round, ...]) -> tuple[Round, ...]:
        place = next((p for p, each in enumerate(rounds) if each.id == round.id), None)
        if place is None or not 0 <= place + by < len(rounds):
            return rounds
        others = [each for each in rounds if each.id != round.id]
        return (*others[: place + by], rounds[place], *others[place + by :])

    told = N_("“{round}” comes earlier.") if by < 0 else N_("“{round}” comes later.")
    _moved(seen, lambda now: now.arranged(shifted), told, round=round_name(round, speak))


def remove(seen: Workshop, round: Round) -> None:
    """Take a round off the running order."""
    speak = sessions.current().speak
    _moved(
        seen,
        lambda now: now.arranged(lambda rounds: tuple(r for r in rounds if r.id != round.id)),
        N_("“{round}” was taken off the running order."),
        round=round_name(round, speak),
    )


def amend(seen: Workshop, round: Round) -> bool:
    """Let a round say something else; return whether it was done."""
    speak = sessions.current().speak
    told = N_("The round “{round}” was changed.")
    return _done(
        lambda: _make(sessions.current(), seen, lambda now: now.amended(round)),
        told,
        round=round_name(round, speak),
    )


def _current(seen: Workshop, speak: Speaker) -> str:
    return round_name(seen.round, speak) if seen.round else ""


def _move(
    seen: Workshop,
    move: Callable[[Workshop], Workshop],
    told: str,
    *,
    is_of_round: bool = False,
) -> bool:
    """Make a move that concerns the round where the workshop is."""
    session = sessions.current()
    return _done(
        lambda: _make(session, seen, move, is_of_round=is_of_round),
        told,
        round=_current(seen, session.speak),
    )


def _moved(seen: Workshop, move: Callable[[Workshop], Workshop], told: str, **names: str) -> bool:
    """Make a move that means the same after others of this session.

    A button may be pressed before the page shows what the press before it did. What it was shown
    with is then one move behind; yet nobody else has moved the workshop.
    """
    session = sessions.current()
    own: Workshop | None = st.session_state.get(_OWN)
    if own is not None and own.id == seen.id and own.revision > seen.revision:
        seen = own
    return _done(lambda: _make(session, seen, move), told, **names)


def _make(
    session: Session,
    seen: Workshop,
    move: Callable[[Workshop], Workshop],
    *,
    is_of_round: bool = False,
) -> None:
    st.session_state[_OWN] = workshops(session).move(seen, move, is_of_round=is_of_round)


def _done(act: Callable[[], object], told: str, **names: str) -> bool:
    """Do something, or tell why not; return whether it was done."""
    speak = sessions.current().speak
    try:
        return work.done(Role.EDITOR, act, told, **names)
    except (CannotKeep, MovedMeanwhile, NoSuchWorkshop, NotNow, Refused) as error:
        work.refuse(why(error, speak) or "")
        return False
