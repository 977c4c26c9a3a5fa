"""A comparison in words: what every format of it lays out in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from charter.checker import Checked, findings_of, in_order
from charter.compare import Comparison, Turn, VerdictChange
from charter.findings import Answer, Finding, Severity, Verdict
from charter.messages import N_, Speaker, visible
from charter.reports.diff.changes import ChangesTold, ChangeTeller
from charter.reports.diff.meeting import meeting
from charter.reports.names import Names
from charter.reports.telling import Telling, sentences, tell, waived


@dataclass(frozen=True)
class Story:
    """What became of verdicts that break alike.

    Attributes:
        severity: How bad it is, or was.
        headline: The question asked.
        facts: Sentences: the path, whom it concerns, what to do.
        reference: The place to change, the code and the rule.
    """

    severity: Severity
    headline: str
    facts: tuple[str, ...]
    reference: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """What became of verdicts in one way.

    Attributes:
        turn: The way.
        title: As a heading.
        stories: None is missing, and the gravest come first.
        lines: What is only counted, a sentence each.
    """

    turn: Turn
    title: str
    stories: tuple[Story, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A comparison in words.

    Attributes:
        brand: The brand's name.
        versions: Which versions are compared.
        counts: How many changes there are, and how many verdicts turned in each way.
        changes: None where what is written means the same.
        chapters: What matters most first; none is empty.
    """

    brand: str
    versions: str
    counts: tuple[str, ...]
    changes: tuple[ChangesTold, ...]
    chapters: tuple[Chapter, ...]


def tell_comparison(comparison: Comparison, speak: Speaker) -> Told:
    """Return a comparison in words."""
    before = Names(comparison.before.valid, speak)
    after = Names(comparison.after.valid, speak)
    changes = ChangeTeller(comparison, before, after).told()
    return Told(
        brand=speak.words(comparison.after.report.brand),
        versions=speak(
            N_("{old} → {new}"),
            old=visible(comparison.old),
            new=visible(comparison.new) or speak(N_("the files as they are")),
        ),
        counts=tuple(_counts(comparison, speak)),
        changes=changes,
        chapters=tuple(_chapters(comparison, before, after)),
    )


def _counts(comparison: Comparison, speak: Speaker) -> Iterator[str]:
    changes = len(comparison.changes)
    yield speak.many("{number} change", "{number} changes", changes)
    numbers = {turn: len(comparison.of(turn)) for turn in Turn}
    told = {
        Turn.NEWLY_BROKEN: speak.many(
            "{number} verdict newly broken",
            "{number} verdicts newly broken",
            numbers[Turn.NEWLY_BROKEN],
        ),
        Turn.REPAIRED: speak.many(
            "{number} verdict repaired", "{number} verdicts repaired", numbers[Turn.REPAIRED]
        ),
        Turn.STILL_BROKEN: speak.many(
            "{number} verdict still broken",
            "{number} verdicts still broken",
            numbers[Turn.STILL_BROKEN],
        ),
        Turn.NEWLY_ASKED: speak.many(
            "{number} verdict newly asked",
            "{number} verdicts newly asked",
            numbers[Turn.NEWLY_ASKED],
        ),
        Turn.NO_LONGER_ASKED: speak.many(
            "{number} verdict no longer asked",
            "{number} verdicts no longer asked",
            numbers[Turn.NO_LONGER_ASKED],
        ),
        Turn.HOLDS: speak.many(
            "{number} verdict holds as before",
            "{number} verdicts hold as before",
            numbers[Turn.HOLDS],
        ),
    }
    yield from (text for turn, text in told.items() if numbers[turn])


def _chapters(comparison: Comparison, before: Names, after: Names) -> Iterator[Chapter]:
    speak = after.speak
    teller = _Teller(comparison, before, after)
    newly_asked = [v for v in comparison.of(Turn.NEWLY_ASKED) if _breaks(v.after)]
    newly_held = [v for v in comparison.of(Turn.NEWLY_ASKED) if not _breaks(v.after)]
    undecided = [v for v in comparison.of(Turn.NO_LONGER_ASKED) if _is_undecided(v.after)]
    silent = [v for v in comparison.of(Turn.NO_LONGER_ASKED) if not _is_undecided(v.after)]
    for chapter in (
        Chapter(
            Turn.NEWLY_BROKEN,
            speak(N_("What broke")),
            teller.broken(comparison.of(Turn.NEWLY_BROKEN)),
        ),
        Chapter(
            Turn.NEWLY_ASKED,
            speak(N_("What is asked for the first time")),
            teller.broken(newly_asked),
            tuple(teller.answers(newly_held)),
        ),
        Chapter(
            Turn.NO_LONGER_ASKED,
            speak(N_("What can't be decided any more")),
            teller.broken(undecided),
        ),
        Chapter(
            Turn.REPAIRED,
            speak(N_("What was repaired")),
            teller.repaired(comparison.of(Turn.REPAIRED)),
        ),
        Chapter(
            Turn.STILL_BROKEN,
            speak(N_("What is still broken")),
            teller.still_broken(comparison.of(Turn.STILL_BROKEN)),
        ),
        Chapter(
            Turn.NO_LONGER_ASKED,
            speak(N_("What is no longer asked")),
            lines=tuple(teller.answers(silent)),
        ),
    ):
        if chapter.stories or chapter.lines:
            yield chapter


def _breaks(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.verdict is Answer.BROKEN


def _is_undecided(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.verdict is Answer.INCONCLUSIVE


class _Teller:
    def __init__(self, comparison: Comparison, before: Names, after: Names) -> None:
        self.comparison = comparison
        self.before, self.after = before, after
        self.speak = after.speak

    def broken(self, changes: Iterable[VerdictChange]) -> tuple[Story, ...]:
        """Tell what is broken now, in full."""
        known = {change.latest.fingerprint: change for change in changes}

        def facts(finding: Finding, told: Telling) -> Iterator[str]:
            meets = meeting((known[v.fingerprint] for v in finding.verdicts), self.after)
            former = "" if meets else self._formerly(finding, known)
            yield from sentences(
                (
                    (N_("Yes: {text}"), told.path),
                    ("{text}", told.figures),
                    ("{text}", meets),
                    (N_("Among: {text}"), told.among),
                    (N_("Asked for: {text}"), told.bar),
                    (N_("Who: {text}"), told.who),
                    (N_("Before: {text}"), former),
                    (N_("Why it matters: {text}"), told.why),
                    (N_("To do: {text}"), told.advice),
                    *waived(finding, told),
                ),
                self.speak,
            )

        verdicts = (change.after for change in known.values())
        return self._stories(self.comparison.after, self.after, verdicts, facts)

    def still_broken(self, changes: Iterable[VerdictChange]) -> tuple[Story, ...]:
        """Tell what is still broken: by which path, whom it concerns and concerned."""
        known = {change.latest.fingerprint: change for change in changes}

        def facts(finding: Finding, told: Telling) -> Iterator[str]:
            yield from sentences(
                (
                    (N_("Yes: {text}"), told.path),
                    ("{text}", told.figures),
                    (N_("Who: {text}"), told.who),
                    (N_("Before: {text}"), self._formerly(finding, known)),
                    *waived(finding, told),
                ),
                self.speak,
            )

        verdicts = (change.after for change in known.values())
        return self._stories(self.comparison.after, self.after, verdicts, facts)

    def repaired(self, changes: Iterable[VerdictChange]) -> tuple[Story, ...]:
        """Tell what was broken and holds now, as it was broken."""
        known = {change.before.fingerprint: change for change in changes if change.before}

        def facts(finding: Finding, told: Telling) -> Iterator[str]:
            meets = meeting((known[v.fingerprint] for v in finding.verdicts), self.after)
            yield from sentences(
                (
                    (N_("No longer: {text}"), told.path or told.figures),
                    ("{text}", meets),
                    (N_("Whom it concerned: {text}"), told.who),
                ),
                self.speak,
            )

        verdicts = (change.before for change in known.values())
        return self._stories(self.comparison.before, self.before, verdicts, facts)

    def answers(self, changes: Iterable[VerdictChange]) -> Iterator[str]:
        """Yield by rule and journey how many verdicts there are, or were."""
        speak = self.speak

        def scope(change: VerdictChange) -> tuple[str, str]:
            return change.latest.rule, change.latest.journey or ""

        for (rule, journey), group in groupby(sorted(changes, key=scope), scope):
            verdicts = [change.latest for change in group]
            broken = sum(v.verdict is Answer.BROKEN for v in verdicts)
            names = self.after if journey in self.after.settings else self.before
            place = names.of("journey", journey) if journey else speak(N_("The charter"))
            told = speak.many("{number} verdict", "{number} verdicts", len(verdicts))
            if broken:
                number = speak.count(broken)
                told = speak(N_("{told}, {number} of them broken"), told=told, number=number)
            yield speak(N_("{place}, {rule}: {told}"), place=place, rule=rule, told=told)

    def _stories(
        self,
        checked: Checked,
        names: Names,
        verdicts: Iterable[Verdict | None],
        facts: Callable[[Finding, Telling], Iterator[str]],
    ) -> tuple[Story, ...]:
        told = (verdict for verdict in verdicts if verdict is not None)
        return tuple(
            self._story(finding, names, facts)
            for finding in in_order(findings_of(checked.valid, told))
        )

    def _story(
        self,
        finding: Finding,
        names: Names,
        facts: Callable[[Finding, Telling], Iterator[str]],
    ) -> Story:
        told = tell(finding, names)
        # What was is looked up where it was.
        version = f"{self.comparison.old}:" if names is self.before else ""
        place = visible(f"{version}{finding.position}")
        reference = (place, finding.code, finding.rule or "")
        return Story(finding.severity, told.headline, tuple(facts(finding, told)), reference)

    def _formerly(self, told: Finding, known: dict[str, VerdictChange]) -> str:
        """Return whom a finding of now concerned before, where it did, and otherwise than now."""
        former = []
        for verdict in told.verdicts:
            was = known[verdict.fingerprint].before
            if was is None or was.share is None or verdict.share is None:
                return ""
            former.append(
                replace(
                    verdict, share=was.share, concerned=was.concerned, share_basis=was.share_basis
                )
            )
        if all(verdict.share == 1.0 for verdict in former):
            return ""
        who = tell(replace(told, verdicts=tuple(former)), self.after).who
        return "" if who == tell(told, self.after).who else who
