"""Findings told as a person would: what was asked, by which path it breaks, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charter.findings import Finding, Verdict
from charter.messages import N_, Speaker, visible
from charter.messages.problems import sentence
from charter.rules.carrying import CarryingRule
from charter.rules.kind import Rule, SegmentRule
from charter.workspace import Workspace
from journeys.customers import ShareBasis
from journeys.path import fold
from journeys.source import Problem

_ROLE_PHRASES = {
    "signature": N_("a signature marker"),
    "basic": N_("a basic marker"),
    "irritant": N_("an irritant"),
    "every": N_("a marker"),
}


@dataclass(frozen=True)
class Telling:
    """A finding in words.

    Attributes:
        headline: The question asked; for a defect of a shape, what is wrong and what to do.
        path: The path that breaks it; empty where no path does.
        among: Which paths the rule asks about, where it leaves some out.
        who: The segments concerned, and how many of their customers take such a path.
        why: Why the rule is there, as the charter says.
        advice: What to do.
        message: All of it in one line.
    """

    headline: str
    path: str = ""
    among: str = ""
    who: str = ""
    why: str = ""
    advice: str = ""
    message: str = ""


def tell(finding: Finding, workspace: Workspace | None, speak: Speaker) -> Telling:
    """Return ``finding`` in words."""
    if workspace is None or not finding.verdicts:
        text = _tell_defect(finding, workspace, speak)
        return Telling(headline=text, message=text)
    return _Teller(finding, workspace, speak).telling()


def _tell_defect(finding: Finding, workspace: Workspace | None, speak: Speaker) -> str:
    parameters = dict(finding.parameters)
    if workspace is not None:
        names = Names(workspace, speak)
        for what in ("segment", "marker", "value"):
            if what in parameters:
                parameters[what] = speak.quote(names.of(what, str(parameters[what])))
        segments = parameters.get("segments")
        if isinstance(segments, tuple):
            parameters["segments"] = speak.all_of(
                speak.quote(names.of("segment", segment)) for segment in segments
            )
        if "touchpoint" in parameters and finding.journey:
            stop = names.stop(finding.journey, str(parameters["touchpoint"]))
            parameters["touchpoint"] = speak.quote(stop)
    problem = Problem(finding.code, finding.reason, finding.position, parameters)
    return sentence(problem, speak)


class Names:
    """The names that people gave to what ids stand for."""

    def __init__(self, workspace: Workspace, speak: Speaker) -> None:
        self._workspace = workspace
        self._speak = speak
        charter = workspace.charter
        language = speak.language
        self._names: dict[tuple[str, str], str] = {
            (what, thing.id): visible(thing.named(language))
            for what, things in (
                ("channel", charter.channels),
                ("stage", charter.stages),
                ("segment", charter.all_segments),
                ("marker", charter.markers),
                ("value", charter.values),
                ("journey", workspace.journeys),
            )
            for thing in things
        }
        self._settings = {setting.journey.id: setting for setting in workspace.settings}

    def of(self, what: str, identifier: str) -> str:
        """Return the name of the ``what`` with an id; the id itself where there is none."""
        return self._names.get((what, identifier), visible(identifier))

    def stop(self, journey: str, name: str) -> str:
        """Return the name of a stop, with its channel where the touchpoint has several."""
        identifier, _, channel = name.partition("@")
        touchpoint = self._settings[journey].touchpoint(identifier)
        if touchpoint is None:
            return visible(name)
        told = visible(touchpoint.named(self._speak.language))
        return f"{told} ({self.of('channel', channel)})" if channel else told

    def path(self, journey: str, stops: Sequence[str]) -> str:
        """Return a path as ``Window → (Catalogue → Product) × 3 → Till``."""
        rounds = []
        for stops_of_round, times in fold(stops):
            text = " → ".join(self.stop(journey, stop) for stop in stops_of_round)
            if times > 1:
                text = f"({text}) × {times}" if len(stops_of_round) > 1 else f"{text} × {times}"
            rounds.append(text)
        return " → ".join(rounds)


class _Teller:
    def __init__(self, finding: Finding, workspace: Workspace, speak: Speaker) -> None:
        self.finding = finding
        self.first = finding.verdicts[0]
        self.workspace = workspace
        self.speak = speak
        self.names = Names(workspace, speak)
        self.rule = next(rule for rule in workspace.rules if rule.id == finding.rule)
        self.journey = str(finding.journey)
        self.setting = next(s for s in workspace.settings if s.journey.id == self.journey)

    def telling(self) -> Telling:
        speak = self.speak
        sentences = self.rule.sentences(self.first)
        path = self.names.path(self.journey, self.first.witness or ())
        parameters = {
            **{
                field: getattr(self.rule, field)
                for field in type(self.rule).model_fields
                if isinstance(getattr(self.rule, field), int)
            },
            "what": self.what(),
            "path": path,
            "places": speak.any_of(self.places()[:_PLACES_TOLD]),
            "all_places": speak.all_of(self.places()),
            "touchpoint": self.touchpoint(),
        }
        # Where no touchpoint of the path can mend it, none is named.
        has_places = bool(self.first.places) or "places}" not in sentences.advice
        advice = speak(sentences.advice, **parameters) if has_places else ""
        broken = speak(sentences.broken, **parameters)
        segments = self.segments()
        who = speak.all_of(segments)
        told = N_("{who}: {broken} {advice}") if segments else N_("{broken} {advice}")
        return Telling(
            headline=speak(sentences.question, **parameters),
            path=path,
            among=self.among(),
            who=self.who(),
            why=speak.words(self.rule.why) if self.rule.why else "",
            advice=advice,
            message=speak(told, who=who, broken=broken, advice=advice).strip(),
        )

    def quoted(self, names: Iterable[str]) -> list[str]:
        return [self.speak.quote(name) for name in names]

    def what(self) -> str:
        """Return what the verdicts ask for, with the channels or stages they look at."""
        speak = self.speak
        verdicts = self.finding.verdicts
        text = self._asked(self.rule, verdicts)
        for one, scope in (
            ("channel", N_("{what} on {where}")),
            ("stage", N_("{what} at the stage {where}")),
        ):
            seen = dict.fromkeys(v for verdict in verdicts if (v := getattr(verdict, one)))
            if seen and not self.first.touchpoint:
                where = speak.any_of(self.names.of(one, identifier) for identifier in seen)
                text = speak(scope, what=text, where=where)
        return text

    def _asked(self, rule: Rule, verdicts: Sequence[Verdict]) -> str:
        speak, names = self.speak, self.names
        markers = dict.fromkeys(v.marker for v in verdicts if v.marker)
        if markers:
            return speak.any_of(self.quoted(names.of("marker", marker) for marker in markers))
        values = dict.fromkeys(v.value for v in verdicts if v.value)
        if values:
            told = speak.any_of(self.quoted(names.of("value", value) for value in values))
            return speak(N_("a marker of {value}"), value=told)
        words = (rule.any_of or ()) if isinstance(rule, CarryingRule) else ()
        return speak.any_of(
            speak(_ROLE_PHRASES[word])
            if word in _ROLE_PHRASES
            else self.quoted([names.of("marker", word)])[0]
            for word in dict.fromkeys(words)
        )

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
        touchpoint = self.setting.stop(place).touchpoint
        return touchpoint.is_planned(marker)

    def touchpoint(self) -> str:
        """Return the touchpoint that the finding is about, with its channel."""
        name = self.first.touchpoint
        if not name:
            return ""
        told = self.quoted([self.names.stop(self.journey, name)])[0]
        if "@" in name:
            return told
        channel = self.names.of("channel", self.setting.stop(name).channel)
        return self.speak(N_("{touchpoint} ({channel})"), touchpoint=told, channel=channel)

    def segments(self) -> list[str]:
        """Return the names of the segments concerned."""
        found = dict.fromkeys(v.segment for v in self.finding.verdicts if v.segment)
        return [self.names.of("segment", segment) for segment in found]

    def among(self) -> str:
        """Return which paths the rule asks about, where it names outcomes."""
        outcomes = self.rule.outcomes if isinstance(self.rule, SegmentRule) else None
        journey = self.setting.journey
        names = [
            self.speak.words(outcome.name) if outcome.name else outcome.id
            for outcome in journey.outcomes or ()
            if outcomes and outcome.id in outcomes
        ]
        if not names:
            return ""
        return self.speak(
            N_("paths that end with {outcomes}"),
            outcomes=self.speak.any_of(map(self.speak.quote, names)),
        )

    def who(self) -> str:
        """Return whom it concerns, and how many of them, as far as that is known."""
        setting, speak = self.setting, self.speak
        broken = setting.broken_by_segment(self.finding.verdicts)
        if not broken:
            return ""
        weights = setting.segment_weights
        who = speak.all_of(self.segments())
        if len(broken) == len(weights) > 1:
            who = speak(N_("every customer segment"))
        shares = [
            share * weights[segment] for segment, share in broken.items() if share is not None
        ]
        if len(shares) < len(broken):
            return who
        share = sum(shares) / sum(weights[segment] for segment in broken)
        if ShareBasis.ASSUMED in {v.share_basis for v in self.finding.verdicts}:
            told = N_("{who} ({share} of cases, if every choice were equally likely)")
        else:
            told = N_("{who} ({share} of these customers)")
        return speak(told, who=who, share=speak.percent(share))


_PLACES_TOLD = 3
"""More places than that don't help to choose one."""
