"""The kinds of rules, one file each."""

from __future__ import annotations

from charter.rules.adapted import Adapted
from charter.rules.at_most import AtMost
from charter.rules.carries import Carries
from charter.rules.closes_with import ClosesWith
from charter.rules.concentration import Concentration
from charter.rules.conversion_rises import ConversionRises
from charter.rules.everywhere import Everywhere
from charter.rules.excludes import Excludes
from charter.rules.follows import Follows
from charter.rules.hand_off import HandOff
from charter.rules.has_expression import HasExpression
from charter.rules.indicators import Indicators
from charter.rules.kind import Rule
from charter.rules.no_gap import NoGap
from charter.rules.no_low_end import NoLowEnd
from charter.rules.opens_with import OpensWith
from charter.rules.ownership import Ownership
from charter.rules.parity import Parity
from charter.rules.peak import Peak
from charter.rules.plan_agrees import PlanAgrees
from charter.rules.plan_covers import PlanCovers
from charter.rules.plan_load import PlanLoad
from charter.rules.plan_on_time import PlanOnTime
from charter.rules.plan_serves import PlanServes
from charter.rules.precedes import Precedes
from charter.rules.reviewed import Reviewed
from charter.rules.targets import Targets
from charter.rules.variety import Variety

KINDS: tuple[type[Rule], ...] = (
    Carries,
    AtMost,
    OpensWith,
    ClosesWith,
    NoGap,
    Follows,
    Precedes,
    Excludes,
    HandOff,
    Variety,
    Peak,
    NoLowEnd,
    Everywhere,
    HasExpression,
    Parity,
    Concentration,
    Adapted,
    Indicators,
    Ownership,
    ConversionRises,
    Reviewed,
    Targets,
    PlanServes,
    PlanCovers,
    PlanAgrees,
    PlanLoad,
    PlanOnTime,
)
"""Every kind, in the order of their codes. A new kind is one file and one line here."""

KINDS_BY_NAME = {kind.name(): kind for kind in KINDS}

__all__ = ["KINDS", "KINDS_BY_NAME", "Rule"]
