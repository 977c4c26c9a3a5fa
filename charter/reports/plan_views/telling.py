"""Actions by target, channel or owner, told as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from charter.action_plans import Period
from charter.brand import Marker
from charter.messages import N_, visible
from charter.plan_views import By, Entry, Group, Total, Viewed
from charter.reports.names import Names
from charter.reports.words import ACTION_STATUSES, LEVERS, amount, date

_NOTHING = N_("Nothing is planned here.")


@dataclass(frozen=True)
class Fact:
    """Something that is said of an action."""

    caption: str
    text: str


@dataclass(frozen=True)
class EntryTold:
    """An action in words.

    Attributes:
        what: What is to be done.
        state: How far it is, by when, and whether it is late.
        is_late: Whether it is.
        facts: What it brings where, how, for whom, by whom, at what cost.
        reference: Its id.
    """

    what: str
    state: str
    is_late: bool
    facts: tuple[Fact, ...]
    reference: str


@dataclass(frozen=True)
class Chapter:
    """What is to be done for one segment, on one channel, or by one owner.

    Attributes:
        sums: What it comes to, or that there is nothing.
        broken: Which rules are broken here today; empty where none is.
        is_bare: Whether nothing is planned though something is broken.
    """

    title: str
    sums: str
    broken: str
    is_bare: bool
    entries: tuple[EntryTold, ...]


class ViewTeller:
    """Tells a view by the names that people gave."""

    def __init__(self, viewed: Viewed, names: Names) -> None:
        self.viewed, self.view, self.names = viewed, viewed.view, names
        self.speak = names.speak

    def headline(self) -> str:
        """Return how many actions there are, and by what they are told."""
        number = len(self.view.entries)
        if self.view.by is By.TARGET:
            return self.speak.many(
                "{number} action by target", "{number} actions by target", number
            )
        if self.view.by is By.CHANNEL:
            return self.speak.many(
                "{number} action by channel", "{number} actions by channel", number
            )
        return self.speak.many("{number} action by owner", "{number} actions by owner", number)

    def plans(self) -> Iterator[str]:
        """Yield the name, the file and the period of each plan."""
        for plan in self.viewed.plans:
            name = visible(plan.named(self.speak.language))
            period = self._period(plan.period) if plan.period else ""
            yield ", ".join(filter(None, [f"{name} ({visible(plan.file)})", period]))

    def _period(self, period: Period) -> str:
        speak, first, last = self.speak, period.from_, period.until
        if first is not None and last is not None:
            told = N_("from {first} until {last}")
            return speak(told, first=date(first, speak), last=date(last, speak))
        if first is not None:
            return speak(N_("from {first}"), first=date(first, speak))
        return speak(N_("until {last}"), last=date(last, speak)) if last is not None else ""

    # Groups.

    def chapters(self) -> Iterator[Chapter]:
        """Yield each group, those without any action too."""
        for group in self.view.groups:
            yield Chapter(
                self._title(group),
                self._sums(group.totals) if group.entries else self.speak(_NOTHING),
                self._broken(group.broken),
                bool(group.broken) and not group.entries,
                tuple(self.entry(entry, group) for entry in group.entries),
            )

    def _title(self, group: Group) -> str:
        if group.id is None:
            return self.speak(
                {
                    By.TARGET: N_("For nobody in particular"),
                    By.CHANNEL: N_("On no channel in particular"),
                    By.OWNER: N_("Without an owner"),
                }[self.view.by]
            )
        if self.view.by is By.OWNER:
            return visible(group.id)
        what = "segment" if self.view.by is By.TARGET else "channel"
        return self.names.of(what, group.id)

    def _sums(self, totals: Iterable[Total]) -> str:
        return " · ".join(map(self._total, totals))

    def _total(self, total: Total) -> str:
        speak = self.speak
        told = f"{speak(ACTION_STATUSES[total.status])} × {speak.count(total.number)}"
        if total.unpriced == total.number:
            return told
        told = speak(N_("{actions}, cost {cost}"), actions=told, cost=amount(total.cost, speak))
        if not total.unpriced:
            return told
        unpriced = speak.many("{number} without a cost", "{number} without a cost", total.unpriced)
        return f"{told} ({unpriced})"

    def _broken(self, rules: Sequence[str]) -> str:
        if not rules:
            return ""
        return self.speak.many(
            "Rule broken here today: {rules}.",
            "Rules broken here today: {rules}.",
            len(rules),
            rules=", ".join(rules),
        )

    # Actions.

    def entry(self, entry: Entry, group: Group | None = None) -> EntryTold:
        """Return an action in words; as it stands in a group, without what that says already."""
        is_late = entry.is_late(self.viewed.today)
        captions = self._facts(entry, group)
        return EntryTold(
            self.what(entry),
            self._state(entry, is_late),
            is_late,
            tuple(Fact(self.speak(caption), text) for caption, text in captions if text),
            entry.id if entry.plan is not None else "",
        )

    def facts(self, entry: Entry, group: Group | None = None) -> Iterator[str]:
        """Yield what `entry` says of an action besides, a line each."""
        for fact in self.entry(entry, group).facts:
            yield self.speak(N_("{caption}: {text}"), caption=fact.caption, text=fact.text)

    def what(self, entry: Entry) -> str:
        """Return what is to be done; from its marker and places where no words say it."""
        speak = self.speak
        if entry.what is not None:
            return speak.words(entry.what)
        places = speak.all_of(self._touchpoints(entry))
        for marker, there, anywhere in (
            (entry.marker, N_("Bring {marker} to {touchpoints}"), N_("Bring {marker}")),
            (entry.removes, N_("Take {marker} off {touchpoints}"), N_("Take {marker} off")),
        ):
            if marker is not None:
                told = there if places else anywhere
                return speak(told, marker=self.names.marker(marker), touchpoints=places)
        return entry.id.partition("/")[2]

    def _touchpoints(self, entry: Entry) -> list[str]:
        return [
            self.speak.quote(self.names.stop(place.journey, place.touchpoint))
            for place in entry.places
        ]

    def _state(self, entry: Entry, is_late: bool) -> str:
        speak = self.speak
        told = [speak(ACTION_STATUSES[entry.status])]
        if entry.due is not None:
            caption = N_("due {day}, late") if is_late else N_("due {day}")
            told.append(speak(caption, day=date(entry.due, speak)))
        return ", ".join(told)

    def _facts(self, entry: Entry, group: Group | None) -> Iterator[tuple[str, str]]:
        speak, names = self.speak, self.names
        by = self.view.by if group is not None else None
        if entry.what is not None:
            yield N_("Brings"), names.marker(entry.marker) if entry.marker else ""
            yield N_("Takes off"), names.marker(entry.removes) if entry.removes else ""
        yield N_("Where"), self._where(entry)
        yield from self._how(entry, group)
        if by is not By.TARGET and not entry.is_for_everyone:
            yield N_("For"), speak.all_of(names.of("segment", each) for each in entry.segments)
        if by is not By.CHANNEL:
            yield N_("On"), speak.all_of(names.of("channel", each) for each in entry.channels)
        if by is not By.OWNER:
            yield N_("Owner"), visible(entry.owner) if entry.owner else ""
        yield N_("Cost"), amount(entry.cost, speak) if entry.cost is not None else ""
        yield N_("Effort"), "; ".join(speak(LEVERS[each]) for each in entry.levers)
        yield N_("Expected"), speak.words(entry.effect) if entry.effect else ""
        yield N_("Repairs"), ", ".join(entry.repairs or ())
        if len(self.viewed.plans) > 1 and entry.plan is not None:
            plan = names.plans[entry.plan]
            yield N_("Plan"), visible(plan.named(speak.language))

    def _where(self, entry: Entry) -> str:
        """Return the touchpoints by name, journey by journey."""
        found: dict[str, list[str]] = {}
        if entry.journey is not None:
            found[entry.journey] = []
        for place in entry.places:
            found.setdefault(place.journey, []).append(
                self.names.stop(place.journey, place.touchpoint)
            )
        told = []
        for journey, touchpoints in found.items():
            name = self.names.of("journey", journey)
            if touchpoints:
                name = self.speak(
                    N_("{touchpoints} ({journey})"),
                    touchpoints=self.speak.all_of(touchpoints),
                    journey=name,
                )
            told.append(name)
        return "; ".join(told)

    def _how(self, entry: Entry, group: Group | None) -> Iterator[tuple[str, str]]:
        """Yield how its marker is to show: as the action says, else as the charter does."""
        speak = self.speak
        marker = self._marker(entry.marker)
        if entry.how is not None:
            yield N_("How"), speak.words(entry.how)
        elif marker is not None:
            yield N_("How"), self._expressions(marker, self._channels(entry, group))
        if marker is not None and group is not None and self.view.by is By.TARGET:
            adapted = marker.adaptations.get(group.id or "")
            yield N_("For them"), speak.words(adapted) if adapted else ""

    def _marker(self, identifier: str | None) -> Marker | None:
        return self.viewed.workspace.charter.markers_by_id.get(identifier or "")

    def _channels(self, entry: Entry, group: Group | None) -> tuple[str, ...]:
        if group is not None and self.view.by is By.CHANNEL and group.id is not None:
            return (group.id,)
        return entry.channels

    def _expressions(self, marker: Marker, channels: Sequence[str]) -> str:
        told = []
        for channel in channels:
            expression = marker.expressions.get(channel)
            if expression is not None and expression.text is not None:
                text = self.speak.words(expression.text)
                name = self.names.of("channel", channel)
                caption = N_("{channel}: {text}")
                is_only = len(channels) == 1
                told.append(text if is_only else self.speak(caption, channel=name, text=text))
        return " ".join(told)
