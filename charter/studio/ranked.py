"""What to do first in what is shown: worked out once for all pages that tell of it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from charter.messages import N_
from charter.priorities import Ranking
from charter.studio.elsewhere import elsewhere
from charter.studio.in_turn import InTurn
from charter.studio.progress import Progress
from charter.studio.session import Session
from charter.usecases.priorities import what_first

SECONDS = 10.0
"""How long the search may take, and as long again the ranking."""


def show_ranked(session: Session, in_turn: InTurn, show: Callable[[Ranking], None]) -> None:
    """Show what comes of ranking what could be done, once it is worked out."""
    workspace, today = session.workspace, datetime.date.today()

    def rank(progress: Progress) -> Ranking:
        return elsewhere(
            progress, what_first, workspace, today, seconds=SECONDS, clock=time.monotonic
        )

    in_turn.show(
        ("ranked", session.shown, today),
        rank,
        show,
        key="ranked",
        waiting=session.speak(N_("Trying what could be done, one by one…")),
        seconds=2 * SECONDS,
    )
