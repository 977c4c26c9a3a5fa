"""What comes of the proposals that are ticked: what they repair, what they break."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter.amendments import NoSuchPlace
from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.messages import N_
from charter.studio import folding, work
from charter.studio import session as sessions
from charter.studio.in_turn import InTurn
from charter.studio.literal import literal
from charter.studio.meaning_diff import show_comparison
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.usecases.desks import fingerprint
from charter.usecases.workshops import prove
from charter.workshop.proposals import Proposal
from journeys.edit import CannotEdit

_PATIENCE = 0.25
_SECONDS = 30.0

_Proof = Comparison | Checked | NoSuchPlace | CannotEdit


def show_proof(session: Session, in_turn: InTurn, chosen: Sequence[Proposal]) -> bool:
    """Show what comes of some proposals; return whether a draft may be written with them.

    It may be written before that is known: it is proved again as it is written.
    """
    speak, base = session.speak, session.base
    st.subheader(speak(N_("Before and after")), anchor=False)
    if not chosen:
        st.caption(speak(N_("Tick something to see what comes of it.")))
        return False
    before = sessions.checked(session.root, base.files, base)
    today = datetime.date.today()
    contents = fingerprint(base.files, base.unread)
    what = tuple((each.id, each.told) for each in chosen)
    job = in_turn.show(
        ("workshop-proof", str(session.root), contents, what, today),
        partial(_prove, session, tuple(chosen), today, before),
        partial(_show, session),
        key="outcome-proof",
        waiting=speak(N_("Proving what comes of it…")),
        seconds=_SECONDS,
        patience=_PATIENCE,
    )
    return job.result is None or isinstance(job.result, Comparison)


def _prove(
    session: Session,
    chosen: Sequence[Proposal],
    today: datetime.date,
    before: Checked,
    progress: Progress,
) -> _Proof:
    del progress
    try:
        return prove(session.base.files, chosen, today, before=before)
    except (NoSuchPlace, CannotEdit) as error:
        return error


def _show(session: Session, proof: _Proof) -> None:
    speak = session.speak
    if isinstance(proof, Checked):
        told = speak(N_("The charter couldn't be read with these changes."))
        st.error(f"{told} {literal(work.told_problems(proof, speak))}", icon=":material/error:")
        return
    if not isinstance(proof, Comparison):
        st.error(literal(work.why(proof, speak) or ""), icon=":material/error:")
        return
    repaired, broken = (len(proof.of(turn)) for turn in (Turn.REPAIRED, Turn.NEWLY_BROKEN))
    mends = speak.many("{number} verdict mended", "{number} verdicts mended", repaired)
    breaks = speak.many("{number} verdict newly broken", "{number} verdicts newly broken", broken)
    green, red = ("green" if repaired else "gray"), ("red" if broken else "gray")
    label = f":{green}[:material/check_circle: {mends}] · :{red}[:material/cancel: {breaks}]"
    with folding.expander(label, key="outcome-proof-told") as is_open:
        if is_open:
            show_comparison(proof, speak, "outcome-proof")
