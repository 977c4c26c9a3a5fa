"""A first charter and a first journey from six questions, which are the method in short.

    answers = Answers(brand="Maison Lumière", channels=("store",), signs=(Sign("A named host"),))
    start_guided(Path("maison-lumiere"), answers, speaker(Language.ENGLISH))

The questions: what does the brand promise; what does it stand for; where do customers meet it;
who are they; by which signs should they recognise it; and which moment decides. What isn't
answered isn't written; only a brand, a channel and a sign are needed.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from charter.amendments import free_id
from charter.messages import N_, Speaker
from charter.starter import rules_section
from charter.usecases.new import start_with
from charter.workspace import CHARTER_FILE
from journeys.document import slug
from journeys.edit import written
from journeys.plain import Plain

JOURNEY_FILE = "journeys/first.yaml"
MOST_VALUES = MOST_SIGNS = 5


class Moment(StrEnum):
    """A stage of the customers' way, in its order."""

    DISCOVER = "discover"
    CHOOSE = "choose"
    BUY = "buy"
    USE = "use"
    FAREWELL = "farewell"


MOMENTS: Mapping[Moment, str] = {
    Moment.DISCOVER: N_("Discover"),
    Moment.CHOOSE: N_("Choose"),
    Moment.BUY: N_("Buy"),
    Moment.USE: N_("Use"),
    Moment.FAREWELL: N_("Farewell"),
}
CHANNELS: Mapping[str, str] = {
    "store": N_("Store"),
    "web": N_("Website"),
    "app": N_("App"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "chat": N_("Chat"),
    "social": N_("Social networks"),
    "post": N_("Post"),
    "home": N_("At the customer's home"),
    "event": N_("Fairs and events"),
}
"""The usual channels, and their names."""
CUSTOMERS: Mapping[str, str] = {
    "newcomer": N_("First visit"),
    "regular": N_("Regular customer"),
    "loyal": N_("Loyal for years"),
    "professional": N_("Professional"),
}
"""The usual kinds of customers, and their names."""


@dataclass(frozen=True)
class Sign:
    """A sign by which people should recognise the brand.

    Attributes:
        value: The one of `Answers.values` that it makes concrete, if it is known.
        channels: Those of `Answers.channels` on which it shows; all where none is named.
        how: How it shows there.
    """

    name: str
    value: str = ""
    channels: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True)
class Answers:
    """What was answered.

    Attributes:
        channels: Each a key of `CHANNELS`, or the name of one that isn't there.
        customers: Each a key of `CUSTOMERS`, or the name of others.
        first: Those of ``customers`` who matter most.
        decides: The moment that decides what customers keep of the brand.
        basic: What customers expect of any such brand.
        irritant: What annoys them and has to go, and ``irritant_at`` where it happens today.
    """

    brand: str = ""
    promise: str = ""
    values: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    decides: Moment = Moment.CHOOSE
    basic: str = ""
    irritant: str = ""
    irritant_at: Moment | None = None

    def cleaned(self) -> Answers:
        """Return the answers, each on one line, without blank ones and what was said twice."""
        signs = (
            replace(
                sign,
                name=_clean(sign.name),
                value=_clean(sign.value),
                channels=_all_clean(sign.channels),
                how=_clean(sign.how),
            )
            for sign in self.signs
        )
        return replace(
            self,
            brand=_clean(self.brand),
            promise=_clean(self.promise),
            values=_all_clean(self.values),
            channels=_all_clean(self.channels),
            customers=_all_clean(self.customers),
            first=_all_clean(self.first),
            signs=tuple(sign for sign in signs if sign.name),
            basic=_clean(self.basic),
            irritant=_clean(self.irritant),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields without which there is no charter yet."""
        clean = self.cleaned()
        needed = {"brand": clean.brand, "channels": clean.channels, "signs": clean.signs}
        return tuple(name for name, answer in needed.items() if not answer)


class Unanswered(Exception):
    """What is needed wasn't answered.

    Attributes:
        missing: See `Answers.missing`.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def start_guided(root: Path, answers: Answers, speak: Speaker) -> tuple[str, ...]:
    """Write the workspace that answers make into ``root``; return its files' names.

    Raises:
        Unanswered: There isn't enough to begin with. Nothing is written.
        starter.NotEmpty: The folder holds something. Nothing is written.
        OSError: It can't be written there.
    """
    return start_with(root, guided_files(answers, speak))


def guided_files(answers: Answers, speak: Speaker) -> dict[str, bytes]:
    """Return the files of the workspace that answers make, by name.

    Raises:
        Unanswered: There isn't enough to begin with.
    """
    if missing := answers.missing:
        raise Unanswered(missing)
    naming = _Naming.of(answers.cleaned(), speak)
    return {CHARTER_FILE: _charter(naming), JOURNEY_FILE: _journey(naming)}


@dataclass(frozen=True)
class _Naming:
    """Answers, and the ids of what they name."""

    answers: Answers
    speak: Speaker
    values: Mapping[str, str]
    channels: Mapping[str, str]
    customers: Mapping[str, str]
    stages: Mapping[Moment, str]
    signs: tuple[str, ...]
    basic: str
    irritant: str

    @classmethod
    def of(cls, answers: Answers, speak: Speaker) -> _Naming:
        """Return what answers name, each by an id of its own."""
        markers = _ids([*(s.name for s in answers.signs), answers.basic, answers.irritant], "sign")
        *signs, basic, irritant = markers
        return cls(
            answers,
            speak,
            dict(zip(answers.values, _ids(answers.values, "value"), strict=True)),
            _named_ids(answers.channels, CHANNELS, "channel", speak),
            _named_ids(answers.customers, CUSTOMERS, "customers", speak),
            dict(zip(Moment, _ids(map(speak, MOMENTS.values()), "stage"), strict=True)),
            tuple(signs),
            basic if answers.basic else "",
            irritant if answers.irritant else "",
        )

    def channel(self, channel: str) -> str:
        """Return the name of a channel for people."""
        return self.speak(CHANNELS[channel]) if channel in CHANNELS else channel

    def shown_on(self, sign: Sign) -> tuple[str, ...]:
        """Return the channels on which a sign shows."""
        chosen = tuple(each for each in self.answers.channels if each in sign.channels)
        return chosen or self.answers.channels

    def signs_on(self, channel: str) -> list[str]:
        """Return the ids of the signs that show on a channel."""
        signs = zip(self.signs, self.answers.signs, strict=True)
        return [identifier for identifier, sign in signs if channel in self.shown_on(sign)]


# The charter.


def _charter(naming: _Naming) -> bytes:
    answers, speak = naming.answers, naming.speak
    head: dict[str, Plain] = {"charter": "1", "brand": answers.brand}
    if answers.promise:
        head["promise"] = answers.promise
    channels = {naming.channel(each): name for each, name in naming.channels.items()}
    parts = [
        _part(N_("The customer-experience charter: how people recognise us."), head, speak),
        _listed(
            N_("What we stand for. Each value is made concrete by at least one sign."),
            "values",
            [{"id": name, "name": value} for value, name in naming.values.items()],
            speak,
        ),
        _listed(
            N_("Where customers meet us."),
            "channels",
            [{"id": name, "name": channel} for channel, name in channels.items()],
            speak,
        ),
        _listed(
            N_("Who they are. Add their shares with weight, in any unit."),
            "segments",
            [_segment(naming, each) for each in answers.customers],
            speak,
        ),
        _listed(
            N_("The stages of their way with us, in order."),
            "stages",
            [{"id": naming.stages[each], "name": speak(MOMENTS[each])} for each in Moment],
            speak,
        ),
        _listed(
            N_(
                "The signs by which people recognise us. Their role: signature (ours alone, the "
                "default), basic (expected of everyone), irritant (to be gone)."
            ),
            "markers",
            _markers(naming),
            speak,
        ),
    ]
    return b"\n".join([*filter(None, parts), rules_section(speak.language).encode()])


def _segment(naming: _Naming, each: str) -> Plain:
    name = naming.speak(CUSTOMERS[each]) if each in CUSTOMERS else each
    segment: dict[str, Plain] = {"id": naming.customers[each], "name": name}
    if each in naming.answers.first:
        segment["priority"] = "high"
    return segment


def _markers(naming: _Naming) -> list[Plain]:
    answers = naming.answers
    markers: list[Plain] = []
    for identifier, sign in zip(naming.signs, answers.signs, strict=True):
        marker: dict[str, Plain] = {"id": identifier, "name": sign.name}
        if sign.value in naming.values:
            marker["values"] = [naming.values[sign.value]]
        if sign.how:
            shown = naming.shown_on(sign)
            marker["expressions"] = {naming.channels[each]: sign.how for each in shown}
        markers.append(marker)
    if naming.basic:
        markers.append({"id": naming.basic, "name": answers.basic, "role": "basic"})
    if naming.irritant:
        markers.append({"id": naming.irritant, "name": answers.irritant, "role": "irritant"})
    return markers


# The journey.

_FIT: Mapping[str, tuple[Moment, ...]] = {
    "store": (Moment.CHOOSE, Moment.BUY, Moment.FAREWELL, Moment.DISCOVER, Moment.USE),
    "web": (Moment.DISCOVER, Moment.CHOOSE, Moment.BUY),
    "app": (Moment.BUY, Moment.USE, Moment.CHOOSE),
    "phone": (Moment.CHOOSE, Moment.USE, Moment.FAREWELL),
    "email": (Moment.FAREWELL, Moment.USE),
    "chat": (Moment.CHOOSE, Moment.USE),
    "social": (Moment.DISCOVER,),
    "post": (Moment.FAREWELL, Moment.DISCOVER),
    "home": (Moment.USE, Moment.BUY),
    "event": (Moment.DISCOVER, Moment.CHOOSE),
}
"""What the usual channels are used for, most of all first; others are used for anything."""
_TOUCHPOINTS: Mapping[Moment, str] = {
    Moment.DISCOVER: N_("First contact"),
    Moment.CHOOSE: N_("Advice and choice"),
    Moment.BUY: N_("Order and payment"),
    Moment.USE: N_("Delivery and use"),
    Moment.FAREWELL: N_("Thanks and goodbye"),
}
_MOST_CHANNELS: Mapping[Moment, int] = {
    Moment.DISCOVER: 2,
    Moment.CHOOSE: 2,
    Moment.BUY: 2,
    Moment.USE: 1,
    Moment.FAREWELL: 1,
}
"""On how many channels a moment takes place, unless a channel isn't used at all otherwise."""


@dataclass(frozen=True)
class _Stop:
    moment: Moment
    channel: str
    id: str
    name: str


def _journey(naming: _Naming) -> bytes:
    speak = naming.speak
    stops = _stops(naming)
    tags = _tags(naming, stops)
    bought, left = N_("They bought"), N_("They left without buying")
    outcomes = _ids([speak(bought), speak(left)], "outcome")
    head: dict[str, Plain] = {
        "journey": "first",
        "name": speak(N_("Buying from us")),
        "outcomes": [
            {"id": outcomes[0], "name": speak(bought), "wanted": "true"},
            {"id": outcomes[1], "name": speak(left)},
        ],
    }
    told = N_(
        "A first journey, to be made yours. The moment that you chose carries your signs already; "
        "the other moment of truth carries none yet."
    )
    touchpoints = [_touchpoint(naming, stops, stop, tags, outcomes) for stop in stops]
    return _part(told, head, speak) + written({"touchpoints": touchpoints})


def _touchpoint(
    naming: _Naming,
    stops: list[_Stop],
    stop: _Stop,
    tags: Mapping[_Stop, list[str]],
    outcomes: list[str],
) -> Plain:
    touchpoint: dict[str, Plain] = {
        "id": stop.id,
        "name": stop.name,
        "stage": naming.stages[stop.moment],
        "channel": naming.channels[stop.channel],
    }
    if stop.moment is Moment.DISCOVER:
        touchpoint["entry"] = "true"
    if stop.moment in (naming.answers.decides, _unsigned(naming.answers)):
        touchpoint["moment-of-truth"] = "true"
    if tags.get(stop):
        touchpoint["markers"] = [*tags[stop]]
    if leads_to := _next(stops, stop):
        touchpoint["next"] = [*leads_to]
    if stop.moment is Moment.FAREWELL:
        touchpoint["exit"] = outcomes[0]
    elif stop.moment is Moment.CHOOSE:
        touchpoint["exit"] = outcomes[1]
    return touchpoint


def _unsigned(answers: Answers) -> Moment:
    """Return the other moment that decides, which carries no sign yet: the last impression.

    People keep the peak and the end of what they went through; where the end is the peak, the
    first contact is left to be worked on.
    """
    is_last = answers.decides is Moment.FAREWELL
    return Moment.DISCOVER if is_last else Moment.FAREWELL


def _stops(naming: _Naming) -> list[_Stop]:
    """Return the touchpoints: each moment on the channels that fit it best, each channel used."""
    answers = naming.answers
    chosen: dict[Moment, list[str]] = {}
    for moment in Moment:
        fitting = [each for each in answers.channels if moment in _uses(each)]
        ranked = sorted(fitting or answers.channels, key=lambda c: _rank(naming, moment, c))
        chosen[moment] = ranked[: _MOST_CHANNELS[moment]]
    used = {channel for channels in chosen.values() for channel in channels}
    for channel in answers.channels:
        if channel not in used:
            chosen[_uses(channel)[0]].append(channel)
    found: list[_Stop] = []
    for moment, channels in chosen.items():
        for channel in channels:
            name = naming.speak(_TOUCHPOINTS[moment])
            if len(channels) > 1:
                name = f"{name} ({naming.channel(channel)})"
            found.append(
                _Stop(moment, channel, _free(name, [s.id for s in found], "touchpoint"), name)
            )
    return found


def _uses(channel: str) -> tuple[Moment, ...]:
    return _FIT.get(channel, tuple(Moment))


def _rank(naming: _Naming, moment: Moment, channel: str) -> tuple[bool, int]:
    """Return how well a channel fits: where a moment is to be signed, a sign has to show there."""
    is_bare = moment is naming.answers.decides and not naming.signs_on(channel)
    uses = _uses(channel)
    return is_bare, uses.index(moment) if moment in uses else len(Moment)


def _next(stops: list[_Stop], stop: _Stop) -> list[str]:
    """Return where a touchpoint leads: on along its channel, and to what comes next at all."""
    moments = list(Moment)
    later = moments[moments.index(stop.moment) + 1 :]
    if not later:
        return []
    here = [each for each in stops if each.moment is stop.moment]
    ahead = [each for each in stops if each.moment is later[0]]
    same = [each for each in ahead if each.channel == stop.channel]
    # Each is led to from somewhere: what nobody comes to by their channel, from the first one.
    channels = {each.channel for each in here}
    strays = [each for each in ahead if each.channel not in channels] if stop is here[0] else []
    return [each.id for each in dict.fromkeys([*same, ahead[0], *strays])]


def _tags(naming: _Naming, stops: list[_Stop]) -> dict[_Stop, list[str]]:
    """Return the markers of each touchpoint.

    The moment that decides carries each sign that shows there; another sign stands where it
    shows first, and none at the other moment (see `_unsigned`).
    """
    answers = naming.answers
    tags: dict[_Stop, list[str]] = {stop: [] for stop in stops}
    for stop in stops:
        if stop.moment is answers.decides:
            tags[stop] += naming.signs_on(stop.channel)
    carried = {sign for signs in tags.values() for sign in signs}
    for sign in naming.signs:
        places = (
            stop
            for stop in stops
            if stop.moment is not _unsigned(answers) and sign in naming.signs_on(stop.channel)
        )
        if sign not in carried and (place := next(places, None)):
            tags[place].append(sign)
    for stop in stops:
        if naming.basic and stop.moment is Moment.BUY:
            tags[stop].append(naming.basic)
        if naming.irritant and stop.moment is answers.irritant_at:
            tags[stop].append(naming.irritant)
    return tags


# Words.


def _part(comment: str, says: Mapping[str, Plain], speak: Speaker) -> bytes:
    """Return a part of a file below a comment."""
    return _commented(speak(comment)).encode() + written({**says})


def _listed(comment: str, key: str, items: list[Plain], speak: Speaker) -> bytes:
    return _part(comment, {key: items}, speak) if items else b""


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, 96))


def _named_ids(
    chosen: Iterable[str], usual: Mapping[str, str], otherwise: str, speak: Speaker
) -> Mapping[str, str]:
    chosen = tuple(chosen)
    names = [speak(usual[each]) if each in usual else each for each in chosen]
    return dict(zip(chosen, _ids(names, otherwise), strict=True))


_LONGEST = 40


def _ids(names: Iterable[str], otherwise: str) -> list[str]:
    """Return an id for each name, no two alike."""
    found: list[str] = []
    for name in names:
        found.append(_free(name, found, otherwise))
    return found


def _free(name: str, taken: Iterable[str], otherwise: str) -> str:
    # Long enough to be known again, and short enough for an editor's line.
    return free_id((slug(name) or otherwise)[:_LONGEST].strip("-"), taken)


def _all_clean(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_clean, texts))))


def _clean(text: str) -> str:
    """Return a text on one line, without what no file can say."""
    said = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSAID)
    return " ".join(said.split())


_UNSAID = ("Cc", "Cs", "Cn")
"""Controls, halves of characters, and what is no character."""
