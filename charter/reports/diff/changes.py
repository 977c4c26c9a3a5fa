"""Changes told as a person would: what was added, removed, renamed or changed, and from what."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from charter.compare import Comparison
from charter.compare.changes import Change, Difference, Kind
from charter.compare.parts import ANY, What
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from journeys.document import Words

KINDS = {
    Kind.ADDED: N_("added"),
    Kind.REMOVED: N_("removed"),
    Kind.RENAMED: N_("renamed"),
    Kind.CHANGED: N_("changed"),
}
_WHATS = {
    What.CHARTER: N_("charter"),
    What.VALUE: N_("value"),
    What.CHANNEL: N_("channel"),
    What.SEGMENT: N_("segment"),
    What.STAGE: N_("stage"),
    What.MARKER: N_("marker"),
    What.EXPRESSION: N_("expression"),
    What.RULE: N_("rule"),
    What.JOURNEY: N_("journey"),
    What.OUTCOME: N_("outcome"),
    What.TOUCHPOINT: N_("touchpoint"),
    What.TRANSITION: N_("transition"),
    What.WAIVER: N_("waiver"),
    What.PLAN: N_("plan"),
    What.ACTION: N_("action"),
}


@dataclass(frozen=True)
class ChangeTold:
    """A change in words.

    Attributes:
        kind: How the part changed.
        label: The word for it.
        what: The word for what the part is.
        name: What people call it.
        details: What was there and what is, a line a key.
    """

    kind: Kind
    label: str
    what: str
    name: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class ChangesTold:
    """The changes of one journey, or of the charter."""

    title: str
    changes: tuple[ChangeTold, ...]


class ChangeTeller:
    """Tells changes by the names of now; what is gone, by those that it had."""

    def __init__(self, comparison: Comparison, before: Names, after: Names) -> None:
        self.comparison = comparison
        self.before, self.after = before, after
        self.speak: Speaker = after.speak
        self._former_journeys = {
            change.id: change.was
            for change in comparison.changes
            if change.what is What.JOURNEY and change.was
        }

    def told(self) -> tuple[ChangesTold, ...]:
        """Return the changes of the charter, then those of each journey, then those of plans."""
        found: dict[tuple[bool, str | None], list[ChangeTold]] = {}
        for change in self.comparison.changes:
            is_of_plan = change.what in (What.PLAN, What.ACTION)
            journey = change.id if change.what is What.JOURNEY else change.journey
            place = (is_of_plan, None if is_of_plan else journey)
            found.setdefault(place, []).append(self._tell(change))
        return tuple(
            ChangesTold(self._title(*place), tuple(changes)) for place, changes in found.items()
        )

    def _title(self, is_of_plan: bool, journey: str | None) -> str:
        if is_of_plan:
            return self.speak(N_("Action plans"))
        return self.speak(N_("The charter")) if journey is None else self._named("journey", journey)

    def _tell(self, change: Change) -> ChangeTold:
        speak = self.speak
        details = [self._difference(field) for field in change.fields]
        if change.was is not None:
            details.insert(0, speak(N_("so far “{id}”"), id=visible(change.was)))
        return ChangeTold(
            change.kind,
            speak(KINDS[change.kind]),
            speak(_WHATS[change.what]),
            self._name(change),
            tuple(details),
        )

    def _name(self, change: Change) -> str:
        speak, journey = self.speak, change.journey or ""
        match change.what:
            case What.CHARTER:
                return speak.quote(speak.words(self.comparison.after.report.brand))
            case What.RULE:
                return speak.quote(visible(change.id))
            case What.WAIVER:
                return self._waiver(change.id)
            case What.PLAN:
                return self._plan(change.id)
            case What.ACTION:
                return self._action(change.id)
            case What.EXPRESSION:
                marker, _, channel = change.id.partition("@")
                what, where = self._quoted("marker", marker), self._named("channel", channel)
                return speak(N_("{what} on {where}"), what=what, where=where)
            case What.OUTCOME:
                return speak.quote(self._outcome(journey, change.id))
            case What.TOUCHPOINT:
                return speak.quote(self._stop(journey, change.id))
            case What.TRANSITION:
                way, _, times = change.id.partition(" (")
                ends = " → ".join(self._stop(journey, end) for end in way.split(" → "))
                return f"{ends} ({times}" if times else ends
        return self._quoted(change.what, change.id)

    def _waiver(self, scope: str) -> str:
        """Return what a waiver is of: the rule, and as far as it says so where and for whom."""
        rule, journey, segment, rest = scope.split("/", 3)
        rest, _, times = rest.partition(" (")
        through, _, action = rest.partition("/")
        told = [self.speak.quote(visible(rule))]
        if journey != ANY:
            told.append(self._quoted("journey", journey))
        if segment != ANY:
            told.append(self._quoted("segment", segment))
        if through != ANY:
            stop = self.speak.quote(self._stop(journey, through))
            told.append(self.speak(N_("through {touchpoint}"), touchpoint=stop))
        if action:
            told.append(self._action(action))
        return f"{', '.join(told)} ({times}" if times else ", ".join(told)

    def _plan(self, identifier: str) -> str:
        def name(names: Names) -> str | None:
            plan = names.plans.get(identifier)
            return visible(plan.named(self.speak.language)) if plan else None

        return self.speak.quote(self._first(name) or visible(identifier))

    def _action(self, identifier: str) -> str:
        """Return what an action does, and the plan that it is of."""
        plan, _, action = identifier.partition("/")

        def name(names: Names) -> str | None:
            listed = names.plans[plan].actions if plan in names.plans else ()
            named = (each.named(self.speak.language) for each in listed if each.id == action)
            return next(map(visible, named), None)

        what = self.speak.quote(self._first(name) or visible(action))
        return f"{what} ({visible(plan)})"

    def _quoted(self, what: str, identifier: str) -> str:
        return self.speak.quote(self._named(what, identifier))

    def _named(self, what: str, identifier: str) -> str:
        return self._first(lambda names: names.known(what, identifier)) or visible(identifier)

    def _outcome(self, journey: str, identifier: str) -> str:
        def name(names: Names) -> str | None:
            setting = names.settings.get(self._journey_in(names, journey))
            outcomes = setting.journey.outcomes if setting else None
            named = {outcome.id: outcome.name for outcome in outcomes or () if outcome.name}
            return self.speak.words(named[identifier]) if identifier in named else None

        return self._first(name) or visible(identifier)

    def _stop(self, journey: str, identifier: str) -> str:
        def name(names: Names) -> str | None:
            setting = names.settings.get(self._journey_in(names, journey))
            touchpoint = setting.touchpoint(identifier) if setting else None
            return visible(touchpoint.named(self.speak.language)) if touchpoint else None

        return self._first(name) or visible(identifier)

    def _journey_in(self, names: Names, journey: str) -> str:
        """Return the id that a journey has, or had, in the version that ``names`` are of."""
        return self._former_journeys.get(journey, journey) if names is self.before else journey

    def _first(self, find: Callable[[Names], str | None]) -> str | None:
        """Return what is found in the version of now, else in that of before."""
        return find(self.after) or find(self.before)

    def _difference(self, field: Difference) -> str:
        """Return ``weight: 60 → 50``, ``markers: + named-host − light``."""
        return " ".join([f"{visible(field.key)}:", *self._values(field)]).removesuffix(":")

    def _values(self, field: Difference) -> Iterator[str]:
        was, now = field.was, field.now
        if was is None and now is None:
            yield self.speak(N_("in another order"))
        elif isinstance(was, Words) and isinstance(now, Words):
            yield from self._rewording(was, now)
        elif isinstance(was, tuple | None) and isinstance(now, tuple | None):
            added = [item for item in now or () if item not in (was or ())]
            gone = [item for item in was or () if item not in (now or ())]
            for one, other in _same_names(gone, added):
                gone.remove(one)
                added.remove(other)
                yield self._changed(one, other)
            yield from (f"+ {self._value(item)}" for item in added)
            yield from (f"− {self._value(item)}" for item in gone)
        else:
            yield f"{self._value(was)} → {self._value(now)}"

    def _changed(self, was: _Item, now: _Item) -> str:
        """Return what is otherwise about an item: “Waiting time” (observed: 5 → 4)."""
        told = [
            f"{visible(key)}: {self._value(was.get(key))} → {self._value(now.get(key))}"
            for key in sorted({*was, *now})
            if was.get(key) != now.get(key)
        ]
        return f"{self._value(now['name'])} ({'; '.join(told)})"

    def _rewording(self, was: Words, now: Words) -> Iterator[str]:
        """Yield the text of before and of now; of another language, where only that differs."""
        if was.in_language(self.speak.language) != now.in_language(self.speak.language):
            yield f"{self._value(was)} → {self._value(now)}"
            return
        said, says = dict(was.texts), dict(now.texts)
        for language in sorted({*said, *says}):
            if said.get(language) != says.get(language):
                texts = (visible(texts.get(language, "")) for texts in (said, says))
                one, other = (self.speak.quote(text) if text else "–" for text in texts)
                yield f"{language or '–'}: {one} → {other}"

    def _value(self, value: object) -> str:
        speak = self.speak
        match value:
            case None:
                return "–"
            case bool():
                return "true" if value else "false"
            case int() | float():
                return f"{value:g}"
            case Words():
                return speak.quote(speak.words(value))
            case datetime.date():
                return value.isoformat()
            case tuple():
                return ", ".join(map(self._value, value))
            case Mapping() if len(value) == 1 and value.keys() <= {"marker", "name"}:
                return self._value(next(iter(value.values())))
            case Mapping():
                return "; ".join(f"{visible(str(k))}: {self._value(v)}" for k, v in value.items())
        return visible(str(value))


_Item: TypeAlias = Mapping[str, object]


def _same_names(was: Iterable[object], now: Iterable[object]) -> list[tuple[_Item, _Item]]:
    """Return the items of both sides that go by one name, each by what was and what is said."""
    former = [item for item in was if isinstance(item, Mapping) and "name" in item]
    current = [item for item in now if isinstance(item, Mapping) and "name" in item]
    found = []
    for item in current:
        same = next((each for each in former if each["name"] == item["name"]), None)
        if same is not None:
            former.remove(same)
            found.append((same, item))
    return found
