"""What is proved of the charter, and what isn't so yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from charter.book.blocks import (
    Block,
    Chapter,
    Figure,
    Figures,
    Heading,
    Page,
    Paragraph,
    Table,
    Term,
    Told,
)
from charter.book.making import Making
from charter.findings import Answer, Finding, Severity, Status, Verdict
from charter.messages import N_, Speaker
from charter.reports import outline, words
from charter.reports.telling import question, tell
from charter.rules import Rule
from charter.rules.documentation import title
from charter.rules.path import PathRule
from journeys.path import Round


def chapter(making: Making) -> Chapter:
    """Return the chapter."""
    speak = making.speak
    return Chapter(
        "proof",
        speak(N_("What is proved, and what isn't yet")),
        speak(N_("Every path of every customer on this map was followed. What was found:")),
        (_holds(making), *_isnt_yet(making)),
    )


def _holds(making: Making) -> Page:
    checked, report, speak = making.checked, making.report, making.speak
    blocks: list[Block] = [
        Paragraph(outline.headline(checked, speak)),
        Paragraph(outline.proved(report, making.workspace, making.names), is_note=True),
    ]
    if making.audience.is_everybody:
        figures = tuple(
            Figure(str(each.kind), each.number, each.word)
            for each in outline.figures(report, speak)
        )
        blocks += [Figures(figures), *_rules(making)]
    return Page("holds", speak(N_("What is proved")), tuple(blocks))


def _rules(making: Making) -> Iterator[Block]:
    """Yield what each rule asks, why, and how it is answered."""
    by_rule: dict[str, list[Verdict]] = {}
    for verdict in making.report.verdicts:
        by_rule.setdefault(verdict.rule, []).append(verdict)
    speak = making.speak
    rows = tuple(
        (
            asked_in_words(making, rule, by_rule[rule.id]),
            making.words(rule.why),
            answer_in_words(by_rule[rule.id], speak),
        )
        for rule in making.workspace.rules
        if rule.id in by_rule
    )
    if rows:
        yield Table(
            caption=speak(N_("What we ask of ourselves")),
            columns=(speak(N_("Asked")), speak(N_("Why")), speak(N_("Answer"))),
            rows=rows,
            widths=(40, 42, 24),
        )


def asked_in_words(making: Making, rule: Rule, verdicts: Sequence[Verdict]) -> str:
    """Return a rule's question; what its kind asks, where each thing concerned has its own."""
    names, speak = making.names, making.speak
    if isinstance(rule, PathRule):
        told = [each for each in verdicts if each.verdict is not Answer.VACUOUS]
        return question(told or verdicts, names)
    asked = title(type(rule), speak.language)
    if any(getattr(rule, key, None) for key in ("markers", "any_of", "values")):
        return speak(N_("{asked} Here: {what}."), asked=asked, what=names.asked(verdicts))
    return asked


def answer_in_words(verdicts: Iterable[Verdict], speak: Speaker) -> str:
    """Return how many of a rule's verdicts hold, and how many don't."""
    counts: Counter[Answer | Status] = Counter(
        verdict.verdict if verdict.status is Status.OPEN else verdict.status for verdict in verdicts
    )
    concerned = counts.total() - counts[Answer.VACUOUS]
    if not concerned:
        return speak(N_("Concerns nothing on this map"))
    if counts[Answer.HOLDS] == concerned:
        return speak.many("Holds ({number} verdict)", "Holds ({number} verdicts)", concerned)
    parts = [
        speak(told, number=speak.count(counts[kind]), all=speak.count(concerned))
        for kind, told in (
            (Answer.BROKEN, N_("broken in {number} of {all}")),
            (Answer.INCONCLUSIVE, N_("undecided in {number} of {all}")),
            (Status.WAIVED, N_("allowed for a time in {number} of {all}")),
            (Status.ACCEPTED, N_("accepted in {number} of {all}")),
        )
        if counts[kind]
    ]
    told = ", ".join(parts)
    return told[:1].upper() + told[1:]


def _isnt_yet(making: Making) -> Iterator[Page]:
    """Yield what is broken, undecided or allowed for a time, journey by journey."""
    speak = making.speak
    told = [
        finding
        for finding in making.report.findings
        if finding.verdicts
        and finding.severity is not Severity.INFO
        and making.audience.may_help(finding, making.names)
    ]
    blocks: list[Block] = []
    for section in outline.sections(told, making.workspace, making.names):
        blocks.append(Heading(section.title))
        blocks += [_broken(finding, making) for finding in section.findings]
    if blocks:
        note = speak(N_("Each with the shortest path that shows it, and what would mend it."))
        yield Page("not-yet", speak(N_("What isn't so yet")), (Paragraph(note), *blocks))


def _broken(finding: Finding, making: Making) -> Told:
    names, speak = making.names, making.speak
    told = tell(finding, names)
    witness = finding.verdicts[0].witness
    rounds: list[Round] = names.rounds(str(finding.journey), witness) if witness else []
    facts = [
        Term(speak(label), text)
        for label, text in (
            (N_("Among"), told.among),
            (N_("Asked for"), told.bar),
            (N_("Who"), told.who),
            (N_("Why it matters"), told.why),
            (N_("To do"), told.advice),
        )
        if text
    ]
    facts += [Term(speak(words.waived_label(finding)), text) for text in told.waived]
    is_open = finding.status is Status.OPEN
    return Told(
        kind=str(finding.severity if is_open else finding.status),
        word=speak(
            words.SEVERITIES[finding.severity] if is_open else words.STATUSES[finding.status]
        ),
        headline=told.headline,
        answer=speak(N_("Yes:")) if rounds else told.figures,
        rounds=tuple(rounds),
        facts=tuple(facts),
    )
