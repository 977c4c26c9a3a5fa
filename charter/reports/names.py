"""What people called the things that findings name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charter.brand import Role
from charter.findings import Verdict
from charter.messages import N_, Speaker, visible
from charter.rules.selector import Selector
from charter.workspace import Workspace
from journeys.model import Control
from journeys.path import Round, fold

ROLE_PHRASES = {
    "signature": N_("a signature marker"),
    "basic": N_("a basic marker"),
    "irritant": N_("an irritant"),
    "every": N_("a marker"),
}
_ROLES_IN_FULL = {
    "signature": N_("the signature markers"),
    "basic": N_("the basic markers"),
    "irritant": N_("the irritants"),
    "every": N_("the markers"),
}
_RUN_BY = {
    Control.OWNED: N_("the brand"),
    Control.PARTNER: N_("a partner"),
    Control.CUSTOMER: N_("customers and the public"),
}


class Names:
    """The names that people gave to what ids stand for.

    Attributes:
        rules: The rules by id.
        settings: The journeys by id, with the charter.
        plans: The action plans by id.
    """

    def __init__(self, workspace: Workspace, speak: Speaker) -> None:
        self.speak = speak
        self.rules = {rule.id: rule for rule in workspace.rules}
        self.settings = {setting.journey.id: setting for setting in workspace.settings}
        self.plans = {plan.id: plan for plan in workspace.plans}
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
        for plan in workspace.plans:
            for action in plan.actions:
                # Told within sentences, which have an end of their own.
                told = visible(action.named(language)).removesuffix(".")
                self._names["action", f"{plan.id}/{action.id}"] = told
        self._irritants = {m.id for m in charter.markers if m.role is Role.IRRITANT}
        self._touchpoints = {
            touchpoint.id: visible(touchpoint.named(language))
            for journey in workspace.journeys
            for touchpoint in journey.touchpoints
        }

    def of(self, what: str, identifier: str) -> str:
        """Return the name of the ``what`` with an id; the id itself where there is none."""
        return self.known(what, identifier) or visible(identifier)

    def known(self, what: str, identifier: str) -> str | None:
        """Return the name of the ``what`` with an id; None where there is none."""
        return self._names.get((what, identifier))

    def quoted(self, what: str, identifiers: Iterable[str]) -> list[str]:
        """Return names between quotation marks."""
        return [self.speak.quote(self.of(what, identifier)) for identifier in identifiers]

    def is_irritant(self, marker: str) -> bool:
        """Return whether a marker is a practice that the brand wants gone."""
        return marker in self._irritants

    def marker(self, identifier: str) -> str:
        """Return a marker's name between quotation marks; an irritant is said to be one."""
        (name,) = self.quoted("marker", [identifier])
        return self.with_role(identifier, name)

    def with_role(self, marker: str, name: str) -> str:
        """Return what a marker is called, with the word that tells an irritant."""
        if self.is_irritant(marker):
            return self.speak(N_("{marker} (irritant)"), marker=name)
        return name

    def asked(self, verdicts: Sequence[Verdict]) -> str:
        """Return what verdicts of one rule ask for; nothing where it speaks of no marker.

        “A” or “B”, a marker of “C”, a signature marker.
        """
        speak = self.speak
        markers = dict.fromkeys(v.marker for v in verdicts if v.marker)
        if markers:
            return speak.any_of(map(self.marker, markers))
        values = dict.fromkeys(v.value for v in verdicts if v.value)
        if values:
            told = speak.any_of(self.quoted("value", values))
            return speak(N_("a marker of {value}"), value=told)
        return self.one_marker(getattr(self.rules[verdicts[0].rule], "any_of", None) or ())

    def one_marker(self, words: Iterable[str]) -> str:
        """Return which one of some markers is meant: “A” or a signature marker."""
        speak = self.speak
        return speak.any_of(
            speak(ROLE_PHRASES[word]) if word in ROLE_PHRASES else self.marker(word)
            for word in dict.fromkeys(words)
        )

    def all_markers(self, words: Iterable[str]) -> str:
        """Return all of some markers: “A” and the signature markers."""
        speak = self.speak
        return speak.all_of(
            speak(_ROLES_IN_FULL[word]) if word in _ROLES_IN_FULL else self.marker(word)
            for word in dict.fromkeys(words)
        )

    def moment(self, selector: Selector) -> str:
        """Return what a selector matches: a moment of truth on Website or Phone."""
        speak = self.speak
        if selector.conditions == ["marker"]:
            return self.one_marker(selector.marker or ())
        parts = [self._whose_moment(selector)]
        for told, identifiers in (
            (N_("with {names}"), self.one_marker(selector.marker or ())),
            (
                N_("with a marker of {names}"),
                speak.any_of(self.quoted("value", selector.value or ())),
            ),
            (N_("on {names}"), speak.any_of(self.of("channel", c) for c in selector.channel or ())),
            (
                N_("at the stage {names}"),
                speak.any_of(self.of("stage", s) for s in selector.stage or ()),
            ),
            (N_("owned by {names}"), speak.any_of(map(visible, selector.owner or ()))),
            (
                N_("run by {names}"),
                speak.any_of(speak(_RUN_BY[control]) for control in selector.control or ()),
            ),
        ):
            if identifiers:
                parts.append(speak(told, names=identifiers))
        if selector.emotion is not None:
            sign = {"<=": "≤", ">=": "≥", "==": "="}[selector.emotion.comparison]
            bound = str(selector.emotion.bound).replace("-", "−")
            parts.append(speak(N_("with an emotion {comparison}"), comparison=f"{sign} {bound}"))
        return " ".join(parts)

    def _whose_moment(self, selector: Selector) -> str:
        """Return a selector's noun."""
        speak = self.speak
        if selector.touchpoint is not None:
            return speak.any_of(
                speak.quote(self._touchpoints.get(identifier, visible(identifier)))
                for identifier in selector.touchpoint
            )
        if selector.moment_of_truth is None:
            return speak(N_("a moment"))
        if selector.moment_of_truth:
            return speak(N_("a moment of truth"))
        return speak(N_("a moment that isn't one of truth"))

    def stop(self, journey: str, name: str) -> str:
        """Return the name of a stop, with its channel where the touchpoint has several."""
        identifier, _, channel = name.partition("@")
        touchpoint = self.settings[journey].touchpoint(identifier)
        if touchpoint is None:
            return visible(name)
        told = visible(touchpoint.named(self.speak.language))
        return f"{told} ({self.of('channel', channel)})" if channel else told

    def rounds(self, journey: str, stops: Sequence[str]) -> list[Round]:
        """Return a path with what is walked repeatedly folded."""
        return [
            Round(tuple(self.stop(journey, stop) for stop in stops_of_round), times)
            for stops_of_round, times in fold(stops)
        ]

    def path(self, journey: str, stops: Sequence[str]) -> str:
        """Return a path as ``Window → (Catalogue → Product) × 3 → Till``."""
        told = []
        for names, times in self.rounds(journey, stops):
            text = " → ".join(names)
            if times > 1:
                text = f"({text}) × {times}" if len(names) > 1 else f"{text} × {times}"
            told.append(text)
        return " → ".join(told)
