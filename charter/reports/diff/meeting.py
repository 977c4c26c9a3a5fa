"""How many customers of whom meet a marker now, and how many did."""

from __future__ import annotations

from collections.abc import Iterable

from charter.compare import VerdictChange
from charter.findings import Verdict
from charter.messages import N_
from charter.reports.names import Names
from charter.rules.carries import Carries
from journeys.customers import ShareBasis, weakest_basis


def meeting(changes: Iterable[VerdictChange], names: Names) -> str:
    """Return in a sentence how many customers meet what `carries` asks for, before and after.

    Empty where the rule asks for something else, or leaves some customers out, or where it wasn't
    measured on both sides. Customers of several segments who fare alike are told together.
    """
    alike: dict[tuple[bool, str, str, str], dict[str, None]] = {}
    for change in changes:
        was, now = change.before, change.after
        if was is None or now is None or not (_tells(was, names) and _tells(now, names)):
            return ""
        bases = [ShareBasis(v.share_basis) for v in (was, now) if v.share_basis]
        shares = [names.speak.percent(v.share or 0.0) for v in (was, now)]
        is_assumed = weakest_basis(bases) is ShareBasis.ASSUMED
        told = (is_assumed, names.asked([change.latest]), shares[0], shares[1])
        alike.setdefault(told, {})[str(now.segment)] = None
    return " · ".join(
        names.speak(
            _IN_CASES if is_assumed else _IN_CUSTOMERS,
            who=names.speak.all_of(names.of("segment", segment) for segment in segments),
            what=what,
            before=before,
            now=now,
        )
        for (is_assumed, what, before, now), segments in alike.items()
    )


_IN_CUSTOMERS = N_("{who}: {before} of these customers met {what} before, {now} do now")
_IN_CASES = N_(
    "{who}: {what} was met in {before} of cases before, and is in {now} now, if every choice were "
    "equally likely"
)


def _tells(verdict: Verdict, names: Names) -> bool:
    """Return whether the share of a verdict is of all customers of its segment."""
    rule = names.rules.get(verdict.rule)
    is_plain = isinstance(rule, Carries) and rule.at_least == 1 and not (rule.where or rule.per)
    # Where all customers concerned meet it, nobody measured how many those are.
    is_of_all = verdict.share == 1.0 or (verdict.concerned or 0.0) > 1 - 1e-9
    return is_plain and verdict.share is not None and is_of_all
