"""Two reports of one workspace told side by side: each rule as it is, and as it would be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from charter.findings import Answer, Report, Status, Verdict
from charter.messages import N_
from charter.reports.names import Names
from charter.rules.setting import Setting
from journeys.customers import ShareBasis, weakest_basis


@dataclass(frozen=True)
class RuleTold:
    """A rule that is broken before or after.

    Attributes:
        holds: Whether nothing of it is broken after.
        change: Its id, how it is today, and how it is then.
        is_worse: Whether more of it is broken after.
    """

    holds: bool
    change: str
    is_worse: bool = False


class BeforeAndAfter:
    """Tells what became of each rule."""

    def __init__(self, names: Names, before: Report, after: Report) -> None:
        self.names, self.speak = names, names.speak
        self._before, self._after = _broken_by_rule(before), _broken_by_rule(after)

    def rules(self, asked: Collection[str] | None = None) -> Iterator[RuleTold]:
        """Yield the rules that are broken today or then, as declared.

        Of those not ``asked`` for, only the ones of which more or less is broken then.
        """
        speak = self.speak
        for rule in self.names.rules:
            before, after = self._before.get(rule, ()), self._after.get(rule, ())
            is_asked = asked is None or rule in asked
            if not (before or after) or (not is_asked and len(after) == len(before)):
                continue
            state, then = self._state(before), self._state(after)
            told = N_("{rule}: {before} → {after}")
            if then == state:
                told = N_("{rule}: {before}, then as before")
            change = speak(told, rule=rule, before=state, after=then)
            yield RuleTold(not after, change, len(after) > len(before))

    def unchanged(self) -> tuple[str, ...]:
        """Return the rules of which as much is broken then as today."""
        return tuple(
            rule
            for rule in self.names.rules
            if (before := self._before.get(rule)) and len(before) == len(self._after.get(rule, ()))
        )

    def _state(self, broken: Collection[Verdict]) -> str:
        if not broken:
            return self.speak(N_("holds"))
        told = self.speak.many("{number} verdict broken", "{number} verdicts broken", len(broken))
        share = self._concerned(broken)
        return f"{told} ({share})" if share else told

    def _concerned(self, broken: Collection[Verdict]) -> str:
        """Return for how many of all customers at least some of the verdicts are broken."""
        speak = self.speak
        if any(v.share is None or v.segment is None or v.journey is None for v in broken):
            return ""
        settings = self.names.settings
        total = sum(setting.journey.weight for setting in settings.values())
        by_journey: dict[str, list[Verdict]] = {}
        for verdict in broken:
            by_journey.setdefault(str(verdict.journey), []).append(verdict)
        share = sum(
            settings[journey].journey.weight / total * _share(settings[journey], verdicts)
            for journey, verdicts in by_journey.items()
        )
        basis = weakest_basis([ShareBasis(v.share_basis) for v in broken if v.share_basis])
        if basis is ShareBasis.ASSUMED:
            told = N_("{share} of cases, if every choice were equally likely")
        else:
            told = N_("{share} of customers")
        return speak(told, share=speak.percent(share))

    def proof(self) -> str:
        """Return how many verdicts are broken before and after, as was checked."""
        before, after = (
            self.speak.count(sum(map(len, broken.values())))
            for broken in (self._before, self._after)
        )
        return self.speak(
            N_(
                "Broken verdicts of all rules: {before} today, {after} then, as the check of the "
                "workspace with these actions proves."
            ),
            before=before,
            after=after,
        )


def _broken_by_rule(report: Report) -> dict[str, list[Verdict]]:
    """Return by rule what is broken, and not waived."""
    found: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        if verdict.verdict is Answer.BROKEN and verdict.status is not Status.WAIVED:
            found.setdefault(verdict.rule, []).append(verdict)
    return found


def _share(setting: Setting, verdicts: Iterable[Verdict]) -> float:
    """Return the share of a journey's customers whose path breaks the most broken verdict."""
    broken = setting.broken_by_segment(verdicts)
    return sum(setting.segment_weights[name] * (share or 0.0) for name, share in broken.items())
