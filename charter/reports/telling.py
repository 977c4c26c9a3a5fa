"""Findings told as a person would: what was asked, by which path it breaks, what to do."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from charter.findings import Finding, Gap, Status, Verdict
from charter.messages import N_, Speaker, visible
from charter.messages.problems import sentence
from charter.reports.names import Names
from charter.reports.words import bound_told, date, quantity
from charter.rules.kind import SegmentRule
from charter.rules.path import PathRule
from charter.rules.remark import Remark
from charter.rules.selector import Selector
from charter.waivers import Waiver
from journeys.customers import ShareBasis, weakest_basis
from journeys.document import Words
from journeys.source import Problem


@dataclass(frozen=True)
class Telling:
    """A finding in words.

    Attributes:
        headline: The question asked; for a defect of a shape, what is wrong and what to do.
        path: The path that breaks it; empty where no path does.
        figures: The figures that answer it, or why it can't be decided; empty where a path tells.
        among: Which paths the rule asks about, where it leaves some out.
        bar: For how many customers it must hold, and for how many it does, where the rule asks
            for a share.
        who: The segments concerned, and how many of their customers take such a path.
        share: How many they are, a share in [0, 1]; None where it isn't told.
        why: Why the rule is there, as the charter says.
        advice: What to do.
        waived: By waiver, what it covers, why, who answers for it, and until when.
        message: All of it in one line.
    """

    headline: str
    path: str = ""
    figures: str = ""
    among: str = ""
    bar: str = ""
    who: str = ""
    share: float | None = None
    why: str = ""
    advice: str = ""
    waived: tuple[str, ...] = ()
    message: str = ""


def facts(finding: Finding, told: Telling, speak: Speaker) -> Iterator[str]:
    """Yield what is told of a finding below its headline, a sentence each."""
    yield from sentences(
        (
            (N_("Yes: {text}"), told.path),
            ("{text}", told.figures),
            (N_("Among: {text}"), told.among),
            (N_("Asked for: {text}"), told.bar),
            (N_("Who: {text}"), told.who),
            (N_("Why it matters: {text}"), told.why),
            (N_("To do: {text}"), told.advice),
            *waived(finding, told),
        ),
        speak,
    )


def waived(finding: Finding, told: Telling) -> Iterator[tuple[str, str]]:
    """Yield what waivers cover of a finding, each text with its caption."""
    is_open = finding.status is Status.OPEN
    caption = N_("Waived besides: {text}") if is_open else N_("Waived: {text}")
    return ((caption, text) for text in told.waived)


def sentences(captions: Iterable[tuple[str, str]], speak: Speaker) -> Iterator[str]:
    """Yield the texts that there are, each with its caption."""
    return (speak(caption, text=text) for caption, text in captions if text)


def tell(finding: Finding, names: Names) -> Telling:
    """Return a finding of a workspace in words, by the names that people gave."""
    if finding.verdicts:
        return _Teller(finding, names).telling()
    speak = names.speak
    parameters = dict(finding.parameters)
    for what in ("segment", "marker", "value", "journey"):
        if what in parameters:
            parameters[what] = speak.quote(names.of(what, str(parameters[what])))
    for name, value in parameters.items():
        if isinstance(value, Words):
            parameters[name] = speak.quote(speak.words(value))
    segments = parameters.get("segments")
    if isinstance(segments, tuple):
        parameters["segments"] = speak.all_of(names.quoted("segment", segments))
    if "touchpoint" in parameters and finding.journey:
        stop = names.stop(finding.journey, str(parameters["touchpoint"]))
        parameters["touchpoint"] = speak.quote(stop)
    return _tell_problem(finding, parameters, speak)


@dataclass(frozen=True)
class Shortfall:
    """What is broken, as what happens to customers.

    Attributes:
        share: How many customers they are, a share in [0, 1]; None where it isn't known.
        is_assumed: Whether nobody stated the shares that this rests on, so that it is one of cases.
        segments: Their segments; empty where they are all the journey's, or it tells none apart.
        among: Which paths it is about, where it leaves some out.
        what: What they do: “get through without meeting …”.
    """

    share: float | None
    is_assumed: bool
    segments: tuple[str, ...]
    among: str
    what: str


def shortfall(verdicts: Sequence[Verdict], names: Names) -> Shortfall:
    """Return broken verdicts of one rule and journey as what happens to customers."""
    first = verdicts[0]
    rule = names.rules[first.rule]
    finding = Finding(
        first.code, first.severity, rule.position, first.rule, first.journey, tuple(verdicts)
    )
    return _Teller(finding, names).shortfall()


def question(verdicts: Sequence[Verdict], names: Names) -> str:
    """Return what verdicts of one rule answer, whatever the answer: whether it can be broken."""
    first = verdicts[0]
    rule = names.rules[first.rule]
    asked = (first.code, first.severity, rule.position, first.rule, first.journey)
    parameters = _Teller(Finding(*asked, tuple(verdicts)), names).parameters()
    return names.speak(rule.sentences(first).question, **parameters)


def remark(said: Remark, emotion: int, verdict: Verdict, names: Names) -> str:
    """Return what is to be said of a step of a verdict's witness, where customers feel so."""
    rule = names.rules[verdict.rule]
    asked = (verdict.code, verdict.severity, rule.position, verdict.rule, verdict.journey)
    teller = _Teller(Finding(*asked, (verdict,)), names)
    return names.speak(
        said.sentence,
        **teller.parameters(),
        **teller.told(said.details),
        emotion=names.speak.count(emotion).replace("-", "−"),
    )


def telling(finding: Finding, names: Names | None, speak: Speaker) -> Telling:
    """Return a finding in words, by the names that people gave, where they could be read."""
    return tell_unread(finding, speak) if names is None else tell(finding, names)


def tell_unread(finding: Finding, speak: Speaker) -> Telling:
    """Return what is wrong with files that could not be read, in words."""
    return _tell_problem(finding, finding.parameters, speak)


def _tell_problem(finding: Finding, parameters: Mapping[str, object], speak: Speaker) -> Telling:
    problem = Problem(finding.code, finding.reason, finding.position, parameters)
    text = sentence(problem, speak)
    return Telling(headline=text, message=text)


def tell_gap(gap: Gap, speak: Speaker) -> str:
    """Return what an indicator is and was to be: “Wait” is at 5 min (target: 3 min or less)."""

    def told(number: float) -> str:
        return quantity(number, gap.unit, speak)

    missed = N_("target: {target}; forecast: {forecast}")
    if gap.forecast is None:
        missed = N_("target: {target}")
    elif gap.target is None:
        missed = N_("forecast: {forecast}")
    target = "" if gap.target is None else told(gap.target)
    forecast = "" if gap.forecast is None else told(gap.forecast)
    bound = bound_told(target, speak, is_lower_better=gap.is_lower_better)
    return speak(
        N_("{indicator} is at {observed} ({missed})"),
        indicator=speak.quote(speak.words(gap.name)),
        observed=told(gap.observed),
        missed=speak(missed, target=bound, forecast=forecast),
    )


class _Teller:
    def __init__(self, finding: Finding, names: Names) -> None:
        self.finding = finding
        self.first = finding.verdicts[0]
        self.speak = names.speak
        self.names = names
        self.rule = names.rules[str(finding.rule)]
        self.journey = finding.journey or ""
        self.setting = names.settings.get(self.journey)

    def telling(self) -> Telling:
        speak = self.speak
        sentences = self.rule.sentences(self.first)
        path = self.names.path(self.journey, self.first.witness or ())
        parameters = {
            **self.parameters(),
            "path": path,
            "places": speak.any_of(self.places()[:_PLACES_TOLD]),
            "all_places": speak.all_of(self.places()),
        }
        # Where no touchpoint of the path can mend it, none is named.
        has_places = bool(self.first.places) or "places}" not in sentences.advice
        advice = speak(sentences.advice, **parameters) if has_places else ""
        broken = speak(sentences.broken, **parameters)
        if self.first.details and self.is_assumed():
            # Within a sentence; names come in quotation marks, so that this changes none.
            told = broken[:1].lower() + broken[1:]
            broken = speak(N_("If every choice were equally likely: {told}"), told=told)
        segments = self.segments()
        who = speak.all_of(segments)
        told = N_("{who}: {broken}") if segments else "{broken}"
        bar = self.bar()
        sentences_told = (
            speak(told, who=who, broken=broken),
            speak(N_("Asked for: {text}."), text=bar) if bar else "",
            advice,
        )
        return Telling(
            headline=speak(sentences.question, **parameters),
            path=path,
            figures=broken if self.first.details else "",
            among=self.among(),
            bar=bar,
            who=self.who(),
            share=self.share(),
            why=speak.words(self.rule.why) if self.rule.why else "",
            advice=advice,
            waived=tuple(map(self.waived, self.finding.waivers)),
            message=" ".join(filter(None, sentences_told)),
        )

    def parameters(self) -> dict[str, object]:
        """Return what any sentence may name, whatever path breaks the rule."""
        speak = self.speak
        return {
            **self.options(),
            **self.details(),
            "what": self.what(),
            "among": self.names.all_markers(getattr(self.rule, "any_of", None) or ()),
            "touchpoint": self.touchpoint(),
            "channels": speak.all_of(self.names.of("channel", c) for c in self.channels()),
        }

    def shortfall(self) -> Shortfall:
        """Return what happens to the customers concerned."""
        sentence = self.rule.sentences(self.first).shortfall
        what = self.speak(sentence, **self.parameters()) if sentence else ""
        inside = self.setting.segment_weights if self.setting else {}
        segments = self.segments()
        return Shortfall(
            share=self.share(),
            is_assumed=self.is_assumed(),
            segments=() if len(segments) == len(inside) else tuple(segments),
            among=self.among(),
            what=what
            or self.speak(N_("don't find what the rule “{rule}” asks for"), rule=self.rule.id),
        )

    def waived(self, waiver: Waiver) -> str:
        """Return what a waiver covers, why, who answers for it, and until when."""
        speak = self.speak
        told = speak(
            N_("{reason} ({owner}, until {expires})"),
            reason=speak.words(waiver.reason),
            owner=visible(waiver.owner),
            expires=waiver.expires,
        )
        if waiver.through is None:
            return told
        touchpoint = speak.quote(self.names.stop(self.journey, waiver.through))
        return speak(N_("what goes through {touchpoint}: {told}"), touchpoint=touchpoint, told=told)

    def options(self) -> dict[str, object]:
        """Return the rule's own fields, as sentences name them."""
        found: dict[str, object] = {}
        for name in type(self.rule).model_fields:
            option = getattr(self.rule, name)
            if isinstance(option, Selector):
                found[name] = self.names.moment(option)
            elif isinstance(option, float):
                found[name] = self.speak.percent(option)
            elif isinstance(option, int):
                found[name] = self.speak.count(option).replace("-", "−")
        return found

    def details(self) -> dict[str, object]:
        """Return what the verdict adds, as sentences name it."""
        return self.told(self.first.details)

    def told(self, details: Mapping[str, object]) -> dict[str, object]:
        """Return details in words: each is called by what it is of."""
        found: dict[str, object] = {}
        for name, detail in details.items():
            several = detail if isinstance(detail, tuple) else (detail,)
            what = name.rpartition("_")[2]
            found[name] = self.speak.all_of(self.detail(what, each) for each in several)
        return found

    def detail(self, what: str, detail: object) -> str:
        """Return a number, a share, a day, a gap, or the name of the ``what`` with an id."""
        if isinstance(detail, float):
            return self.speak.percent(detail)
        if isinstance(detail, int):
            return self.speak.count(detail)
        if isinstance(detail, datetime.date):
            return date(detail, self.speak)
        if isinstance(detail, Gap):
            return tell_gap(detail, self.speak)
        return self.speak.quote(self.names.of(what, str(detail)))

    def what(self) -> str:
        """Return what the verdicts ask for, with the channels or stages they look at."""
        speak = self.speak
        verdicts = self.finding.verdicts
        text = self.names.asked(verdicts)
        for one, scope in (
            ("channel", N_("{what} on {where}")),
            ("stage", N_("{what} at the stage {where}")),
        ):
            seen = dict.fromkeys(v for verdict in verdicts if (v := getattr(verdict, one)))
            if seen and isinstance(self.rule, PathRule):
                where = speak.any_of(self.names.of(one, identifier) for identifier in seen)
                text = speak(scope, what=text, where=where)
        return text

    def places(self) -> list[str]:
        """Return the names of the touchpoints where a change would mend it."""
        found: dict[str, str] = {}
        for verdict in self.finding.verdicts:
            for place in verdict.places:
                found.setdefault(place, verdict.marker or "")
        told = {
            self.names.stop(self.journey, place): self._is_planned(place, marker)
            for place, marker in found.items()
        }
        return [
            self.speak(N_("{place} (planned there already)"), place=self.speak.quote(name))
            if is_planned
            else self.speak.quote(name)
            for name, is_planned in told.items()
        ]

    def _is_planned(self, place: str, marker: str) -> bool:
        setting = self.setting
        return setting is not None and setting.stop(place).touchpoint.is_planned(marker)

    def touchpoint(self) -> str:
        """Return the touchpoint that the finding is about, with its channel."""
        name = self.first.touchpoint
        if not name or self.setting is None:
            return ""
        told = self.speak.quote(self.names.stop(self.journey, name))
        touchpoint = self.setting.touchpoint(name)
        if touchpoint is None or touchpoint.channel is None:
            return told
        channel = self.names.of("channel", touchpoint.channel)
        return self.speak(N_("{touchpoint} ({channel})"), touchpoint=told, channel=channel)

    def segments(self) -> list[str]:
        """Return the names of the segments concerned."""
        found = dict.fromkeys(v.segment for v in self.finding.verdicts if v.segment)
        return [self.names.of("segment", segment) for segment in found]

    def channels(self) -> list[str]:
        """Return the channels that the verdicts name."""
        return list(dict.fromkeys(v.channel for v in self.finding.verdicts if v.channel))

    def among(self) -> str:
        """Return which paths the rule asks about, where it names outcomes."""
        outcomes = self.rule.outcomes if isinstance(self.rule, SegmentRule) else None
        declared = self.setting.journey.outcomes if self.setting else ()
        names = [
            self.speak.words(outcome.name) if outcome.name else outcome.id
            for outcome in declared or ()
            if outcomes and outcome.id in outcomes
        ]
        if not names:
            return ""
        return self.speak(
            N_("paths that end with {outcomes}"),
            outcomes=self.speak.any_of(map(self.speak.quote, names)),
        )

    def bar(self) -> str:
        """Return for how many customers it must hold, and for how many it does."""
        speak = self.speak
        measured = [v for v in self.finding.verdicts if v.share is not None]
        for_share = self.rule.for_share if isinstance(self.rule, PathRule) else None
        if for_share is None or not measured:
            return ""
        shares = [verdict.share or 0.0 for verdict in measured]
        least, most = map(speak.percent, (min(shares), max(shares)))
        share = least if least == most else speak(N_("{least} to {most}"), least=least, most=most)
        if self.is_assumed():
            told = N_(
                "{asked} of the cases concerned; it holds for {share}, if every choice were "
                "equally likely"
            )
        else:
            told = N_("{asked} of the customers concerned; it holds for {share}")
        return speak(told, asked=speak.percent(for_share), share=share)

    def is_assumed(self) -> bool:
        """Return whether some share that the finding rests on was stated by nobody."""
        bases = [ShareBasis(v.share_basis) for v in self.finding.verdicts if v.share_basis]
        return weakest_basis(bases) is ShareBasis.ASSUMED

    def who(self) -> str:
        """Return whom it concerns, and how many of them, as far as that is known."""
        setting, speak = self.setting, self.speak
        if setting is None or self.finding.is_undecided:
            return speak.all_of(self.segments())
        broken = setting.broken_by_segment(self.finding.verdicts)
        if not broken:
            return ""
        weights = setting.segment_weights
        who = speak.all_of(self.segments())
        if len(broken) == len(weights) > 1:
            who = speak(N_("every customer segment"))
        share = self.share()
        if share is None:
            return who
        if self.is_assumed():
            told = N_("{who} ({share} of cases, if every choice were equally likely)")
        else:
            told = N_("{who} ({share} of these customers)")
        return speak(told, who=who, share=speak.percent(share))

    def share(self) -> float | None:
        """Return the share of the customers concerned who take such a path, where measured."""
        if self.setting is None or self.finding.is_undecided:
            return None
        broken = self.setting.broken_by_segment(self.finding.verdicts)
        weights = self.setting.segment_weights
        shares = [share * weights[name] for name, share in broken.items() if share is not None]
        if not broken or len(shares) < len(broken):
            return None
        return sum(shares) / sum(weights[name] for name in broken)


_PLACES_TOLD = 3
"""More places than that don't help to choose one."""
