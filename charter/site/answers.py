"""How a rule is answered, for whom: what several pages tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charter.book.making import Making
from charter.findings import Answer, Finding, Status, Verdict
from charter.messages import N_
from charter.reports import words
from charter.reports.telling import tell
from charter.site import addresses
from charter.site.blocks import Badge, Drawing, Fact, Link, LinkedRound, Share, Story
from journeys.customers import ShareBasis
from journeys.path import fold

_GRAVEST_FIRST = (
    Answer.BROKEN,
    Answer.INCONCLUSIVE,
    Status.WAIVED,
    Status.ACCEPTED,
    Answer.HOLDS,
    Answer.VACUOUS,
)


_WHO = N_("Who")


def by_rule(making: Making) -> dict[str, list[Verdict]]:
    """Return the verdicts by the rule that they answer."""
    found: dict[str, list[Verdict]] = {}
    for verdict in making.report.verdicts:
        found.setdefault(verdict.rule, []).append(verdict)
    return found


def kind_of(verdict: Verdict) -> Answer | Status:
    """Return a verdict's answer; its status where it is set aside."""
    return verdict.verdict if verdict.status is Status.OPEN else verdict.status


def badge(kind: Answer | Status, making: Making) -> Badge:
    """Return an answer or a status with its word."""
    word = words.ANSWERS[kind] if isinstance(kind, Answer) else words.STATUSES[kind]
    return Badge(str(kind), making.speak(word))


def gravest(verdicts: Iterable[Verdict]) -> Answer | Status:
    """Return what is gravest among verdicts, of which there is one at least."""
    return min(map(kind_of, verdicts), key=_GRAVEST_FIRST.index)


def least_share(verdicts: Iterable[Verdict], making: Making) -> Share | None:
    """Return for how many customers it holds where it holds for fewest; None if not measured."""
    speak = making.speak
    measured = [v for v in verdicts if v.share is not None and v.verdict is not Answer.VACUOUS]
    if not measured:
        return None
    least = min(verdict.share or 0.0 for verdict in measured)
    is_assumed = any(verdict.share_basis == ShareBasis.ASSUMED for verdict in measured)
    told = N_("{share} of cases") if is_assumed else N_("{share} of customers")
    return Share(least, speak(told, share=speak.percent(least)))


def says_assumed(verdicts: Iterable[Verdict]) -> bool:
    """Return whether some share rests on what nobody stated."""
    return any(v.share is not None and v.share_basis == ShareBasis.ASSUMED for v in verdicts)


def rounds(making: Making, journey: str, path: Sequence[str]) -> tuple[LinkedRound, ...]:
    """Return a path with a link to each of its touchpoints."""
    return tuple(
        LinkedRound(
            tuple(
                Link(
                    making.names.stop(journey, stop),
                    addresses.touchpoint(journey, stop.partition("@")[0]),
                )
                for stop in stops
            ),
            times,
        )
        for stops, times in fold(path)
    )


def story(
    finding: Finding,
    making: Making,
    *,
    drawing: Drawing | None = None,
    is_open: bool = False,
    links: tuple[Link, ...] = (),
    is_short: bool = False,
) -> Story:
    """Return a finding with the path that shows it, each step a link.

    Args:
        finding: What is told.
        making: What it is of.
        drawing: The journey, with the path pointed out.
        is_open: Whether the drawing shows at once.
        links: Where to read on.
        is_short: Whether only whom it concerns and what is to be done is told of it.
    """
    speak = making.speak
    told = tell(finding, making.names)
    witness = finding.verdicts[0].witness if finding.verdicts else None
    facts = [
        Fact(speak(label), text, told.share if label == _WHO else None)
        for label, text, is_told in (
            (N_("Among"), told.among, not is_short),
            (N_("Asked for"), told.bar, not is_short),
            (_WHO, told.who, True),
            (N_("Why it matters"), told.why, not is_short),
            (N_("To do"), told.advice, True),
        )
        if text and is_told
    ]
    facts += [Fact(speak(words.waived_label(finding)), text) for text in told.waived]
    is_open_finding = finding.status is Status.OPEN
    word = words.SEVERITIES[finding.severity] if is_open_finding else words.STATUSES[finding.status]
    return Story(
        kind=str(finding.severity if is_open_finding else finding.status),
        word=speak(word),
        headline=told.headline,
        answer=speak(N_("Yes:")) if witness else told.figures,
        rounds=rounds(making, str(finding.journey), witness) if witness else (),
        facts=tuple(facts),
        drawing=drawing,
        is_open=is_open,
        links=links,
        anchor="" if is_short else addresses.finding_anchor(finding.fingerprint),
    )
