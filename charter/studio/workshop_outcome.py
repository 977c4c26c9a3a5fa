"""What a workshop came to: proposals to tick, their proof, a draft, what is taken home."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.messages import N_
from charter.studio import folding, work
from charter.studio import session as sessions
from charter.studio.fields import follow
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.studio.workshop_draft import show_downloads, show_draft
from charter.studio.workshop_proof import show_proof
from charter.usecases.desks import fingerprint
from charter.usecases.workshops import outcome, workshops_in
from charter.workshop import CannotKeep, NoSuchWorkshop, Workshop
from charter.workshop.outcome import Outcome, RoundOutcome
from charter.workshop.proposals import Proposal, Standing
from charter.workshop.telling import agreement_told, round_name
from charter.workspace import Workspace

_PATIENCE = 0.3
_SECONDS = 10.0
_ASIDE = (
    (Standing.NOTED, "noted", N_("To know: nothing is changed by it")),
    (Standing.DONE, "done", N_("The charter says so already")),
)


def show_outcome(session: Session, workshop: Workshop) -> None:
    """Show what a workshop came to, and let it become a draft.

    It is held against the version that is looked at, as that is saved.
    """
    speak, base = session.speak, session.base
    saved = sessions.checked(session.root, base.files, base)
    st.header(speak(N_("What comes of it")), anchor=False)
    if workshop.round is not None and workshop.round.is_open:
        # Proposals that change under the hand that ticks them help nobody.
        st.caption(speak(N_("Stop the round, and what the room said is counted here.")))
        return
    if saved.workspace is None:
        st.warning(literal(work.told_problems(saved, speak)), icon=":material/warning:")
        return
    try:
        mark = workshops_in(session.root).mark()
    except CannotKeep as error:
        st.warning(literal(error.detail), icon=":material/warning:")
        return
    contents = fingerprint(base.files, base.unread)
    language = str(speak.language)
    in_turn = InTurn(speak)
    in_turn.show(
        ("workshop-outcome", str(session.root), workshop.id, mark, contents, language),
        partial(_work_out, session, workshop, saved.workspace, language),
        partial(_show, session, in_turn),
        key="outcome",
        waiting=speak(N_("Counting what was answered…")),
        seconds=_SECONDS,
        patience=_PATIENCE,
    )


def _work_out(
    session: Session, workshop: Workshop, saved: Workspace, language: str, progress: Progress
) -> Outcome | None:
    """Return what a workshop came to as it is now; None where it isn't there any more."""
    del progress
    workshops = workshops_in(session.root)
    try:
        return outcome(session.root, workshops.workshop(workshop.id), saved, language)
    except NoSuchWorkshop:
        return None


def _show(session: Session, in_turn: InTurn, found: Outcome | None) -> None:
    speak = session.speak
    if found is None or not any(each.results.answered for each in found.rounds):
        st.caption(speak(N_("Nobody has answered anything yet.")))
        return
    st.caption(
        speak(
            N_(
                "What the room said, as changes of the charter. Tick what is to be done: what "
                "enough people said is ticked already. Nothing is written before you write a draft."
            )
        )
    )
    _follow_advice(found)
    for number, each in enumerate(found.rounds, start=1):
        if any(proposal.is_open for proposal in each.proposals):
            _show_round(session, found.workshop, number, each)
    if not found.of(Standing.OPEN):
        st.info(speak(N_("Nothing is left to be done.")), icon=":material/done_all:")
    _show_gone(session, found.of(Standing.GONE))
    for standing, key, title in _ASIDE:
        _show_aside(session, found.of(standing), key, speak(title))
    chosen = ticked(found)
    proof = show_proof(session, in_turn, chosen)
    show_draft(session, found, chosen, is_proved=proof)
    show_downloads(session, found)


def ticked(found: Outcome) -> tuple[Proposal, ...]:
    """Return the proposals that are ticked; those that are advised are, until somebody unticks."""
    return found.chosen(
        each.id
        for each in found.of(Standing.OPEN)
        if st.session_state.get(_key(found.workshop, each), each.is_advised)
    )


def _follow_advice(found: Outcome) -> None:
    """Tick what is advised, and again once that is otherwise: more of the room has spoken."""
    for each in found.of(Standing.OPEN):
        follow(_key(found.workshop, each), each.is_advised)


def _key(workshop: Workshop, proposal: Proposal) -> str:
    return f"outcome-tick-{workshop.id}-{proposal.id}"


def _show_round(session: Session, workshop: Workshop, number: int, found: RoundOutcome) -> None:
    speak = session.speak
    answered = speak.many(
        "{number} person answered", "{number} people answered", found.results.answered
    )
    facts = [answered, agreement_told(found.results.agreement, speak)]
    title = speak(N_("Round {number}: {name}"), number=number, name=round_name(found.round, speak))
    advised = [each for each in found.proposals if each.is_open and each.is_advised]
    others = [each for each in found.proposals if each.is_open and not each.is_advised]
    with st.container(border=True, gap="small", key=f"outcome-round-{found.round.id}"):
        st.markdown(
            f"**{literal(title)}**  \n:small[:gray[{literal(' · '.join(filter(None, facts)))}]]"
        )
        if alike := len(found.results.likely_same):
            st.caption(
                ":material/merge: "
                + speak.many(
                    "In {number} group, ideas nearly say the same. Merge them in the round, and "
                    "their support counts together.",
                    "In {number} groups, ideas nearly say the same. Merge them in the round, and "
                    "their support counts together.",
                    alike,
                )
            )
        for each in advised:
            _tick(session, workshop, each)
        if not others:
            return
        if not advised:
            for each in others[:_SHOWN]:
                _tick(session, workshop, each)
            others = others[_SHOWN:]
        if others:
            label = speak.many(
                "{number} more, said by fewer", "{number} more, said by fewer", len(others)
            )
            with folding.expander(label, key=f"outcome-more-{found.round.id}") as is_open:
                if is_open:
                    for each in others:
                        _tick(session, workshop, each)


_SHOWN = 5
"""How many proposals that nothing advises are shown at once where a round has no others."""


def _tick(session: Session, workshop: Workshop, proposal: Proposal) -> None:
    speak = session.speak
    facts = [proposal.backing.spoken(speak)]
    if proposal.detail:
        facts.append(speak(N_("for example: {examples}"), examples=proposal.detail))
    st.checkbox(
        f"{literal(proposal.told.spoken(speak))} :small[:gray[· {literal(' · '.join(facts))}]]",
        key=_key(workshop, proposal),
        disabled=not session.can_edit,
        persist_state="session",
    )


def _show_gone(session: Session, gone: Sequence[Proposal]) -> None:
    """Say what can't be done any more, and how many answered about it."""
    if not gone:
        return
    speak = session.speak
    title = speak(N_("This can't be done any more; the rest can"))
    st.warning(
        "\n".join(
            [
                f"**{title}**",
                "",
                *(
                    f"- {literal(each.told.spoken(speak))} "
                    f":small[:gray[· {literal(each.backing.spoken(speak))}]]"
                    for each in gone
                ),
            ]
        ),
        icon=":material/warning:",
    )


def _show_aside(session: Session, found: Sequence[Proposal], key: str, title: str) -> None:
    if not found:
        return
    speak = session.speak
    label = f"{title} ({speak.count(len(found))})"
    with folding.expander(label, key=f"outcome-{key}") as is_open:
        if is_open:
            st.markdown(
                "\n".join(
                    f"- {literal(each.told.spoken(speak))} "
                    f":small[:gray[· {literal(each.backing.spoken(speak))}]]"
                    for each in found
                )
            )
