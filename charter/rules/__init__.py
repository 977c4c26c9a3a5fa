"""The kinds of rules, one file each."""

from __future__ import annotations

from charter.rules.at_most import AtMost
from charter.rules.carries import Carries
from charter.rules.closes_with import ClosesWith
from charter.rules.everywhere import Everywhere
from charter.rules.hand_off import HandOff
from charter.rules.has_expression import HasExpression
from charter.rules.kind import Rule
from charter.rules.no_gap import NoGap
from charter.rules.opens_with import OpensWith

KINDS: tuple[type[Rule], ...] = (
    Carries,
    AtMost,
    OpensWith,
    ClosesWith,
    NoGap,
    HandOff,
    Everywhere,
    HasExpression,
)
"""Every kind, in the order of their codes. A new kind is one file and one line here."""

KINDS_BY_NAME = {kind.name(): kind for kind in KINDS}

__all__ = ["KINDS", "KINDS_BY_NAME", "Rule"]
