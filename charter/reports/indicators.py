"""What to watch, told: a row an indicator, for tables, lines and machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from charter.indicators import Move, Reach, StageStep, Watch, Watched
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.text import wrap
from charter.reports.words import amount, bound_told, date, number, quantity
from journeys.customers import ShareBasis
from journeys.document import Words
from journeys.indicators import Indicator, Level

TITLE = N_("What to watch")
HEADERS = (
    N_("Indicator"),
    N_("Where"),
    N_("Target"),
    N_("Observed"),
    N_("Forecast"),
    N_("On the way"),
    N_("Who comes by"),
    N_("Weighted by them"),
    N_("Who looks at it"),
)
"""What the cells of a row say; those behind the place are empty where nothing is known."""

_BOLD = "1"
_MOST_TOLD = 100.0


def headers(speak: Speaker) -> tuple[str, ...]:
    """Return the headers of a table of indicators."""
    return tuple(map(speak, HEADERS))


def rows(watch: Watch, names: Names) -> list[tuple[str, ...]]:
    """Return the indicators to watch, a cell a header."""
    teller = _Teller(names)
    return [tuple(teller.cells(each)) for each in watch.indicators]


def steps(watch: Watch, names: Names) -> list[str]:
    """Return what becomes of all customers from stage to stage, a sentence or two a step."""
    teller = _Teller(names)
    return [teller.step(step) for step in watch.steps if step.segment is None]


def lines(watch: Watch, names: Names, page: Page) -> Iterator[str]:
    """Yield what to watch for a terminal, with its heading; nothing where there is nothing."""
    if not watch.indicators:
        return
    speak = names.speak
    yield page.paint(speak(TITLE), _BOLD)
    captions = headers(speak)[2:]
    for name, where, *values in rows(watch, names):
        yield ""
        yield from wrap(f"{name} · {where}", page, "  ")
        said = [
            speak(N_("{caption}: {text}"), caption=caption, text=value)
            for caption, value in zip(captions, values, strict=True)
            if value
        ]
        # What it is, and then what that means for whom.
        for together in (said[:-1], said[-1:]):
            yield from wrap(" · ".join(together), page, " " * 6)
    told = steps(watch, names)
    if told:
        yield ""
        yield from wrap(speak(N_("From stage to stage:")), page, "  ")
    for step in told:
        yield from wrap(step, page, " " * 6)


class _Teller:
    def __init__(self, names: Names) -> None:
        self.names, self.speak = names, names.speak

    def cells(self, watched: Watched) -> Iterator[str]:
        """Yield what there is to say of an indicator, by header."""
        speak, indicator = self.speak, watched.indicator
        yield speak.words(indicator.name)
        yield self.where(watched)
        yield self.target(indicator)
        yield self.observed(indicator)
        yield self.forecast(indicator)
        yield self.progress(indicator)
        yield self.reach(watched.reach)
        weighted = watched.weighted
        yield "" if weighted is None else quantity(weighted, indicator.unit, speak)
        yield visible(watched.owner) if watched.owner else speak(N_("nobody is named"))

    def where(self, watched: Watched) -> str:
        """Return the touchpoint and its journey, or the stage."""
        if watched.touchpoint is None:
            stage = self.names.of("stage", watched.stage)
            return self.speak(N_("the whole stage {stage}"), stage=self.speak.quote(stage))
        journey = str(watched.journey)
        touchpoint = self.speak.quote(self.names.stop(journey, watched.touchpoint))
        return f"{touchpoint} ({self.names.of('journey', journey)})"

    def target(self, indicator: Indicator) -> str:
        """Return what it shall reach: 3 min or less."""
        level = indicator.target
        if level is None:
            return ""
        told = self.level(level, indicator)
        if level.number is not None:
            told = bound_told(told, self.speak, is_lower_better=indicator.is_lower_better)
        return told

    def observed(self, indicator: Indicator) -> str:
        """Return what it is: 5 min (31 October 2026)."""
        speak, level = self.speak, indicator.observed
        if level is None:
            return ""
        told = self.level(level, indicator)
        if indicator.limits is not None and level.number is not None:
            least, most = (amount(end, speak) for end in indicator.limits)
            scale = N_("{score} on a scale from {least} to {most}")
            told = speak(scale, score=told, least=least, most=most)
        if indicator.observed_on is None:
            return told
        return f"{told} ({date(indicator.observed_on, speak)})"

    def forecast(self, indicator: Indicator) -> str:
        """Return what it was expected to be, and how far it is from that: 4 min (+25%)."""
        if indicator.forecast is None:
            return ""
        told = self.level(indicator.forecast, indicator)
        deviation = indicator.deviation
        if deviation is None:
            return told
        share = deviation.share
        # So many times a forecast of nearly nothing tells nobody anything.
        if share is None or abs(share) > _MOST_TOLD or indicator.limits is not None:
            size = quantity(abs(deviation.difference), indicator.unit, self.speak)
        else:
            size = self.speak.percent(abs(share))
        sign = "−" if deviation.difference < 0 else "+" if deviation.difference else ""
        return self.speak(
            N_("{forecast} (observed: {deviation})"), forecast=told, deviation=f"{sign}{size}"
        )

    def progress(self, indicator: Indicator) -> str:
        """Return how far it is on the way to its target."""
        progress = indicator.progress
        if progress is None:
            return ""
        return self.speak(N_("reached")) if progress == 1 else self.speak.percent(progress)

    def reach(self, reach: Reach) -> str:
        """Return how many customers come by."""
        if reach.share is None:
            return ""
        return self.share(reach.share, reach.basis)

    def share(self, share: float, basis: ShareBasis | None) -> str:
        """Return a share, said to be assumed where nobody stated what it rests on."""
        if basis is ShareBasis.ASSUMED:
            told = N_("{share} of cases, if every choice were equally likely")
        else:
            told = N_("{share} of customers")
        return self.speak(told, share=self.speak.percent(share))

    def level(self, level: Level, indicator: Indicator) -> str:
        """Return a number with its unit, or what is said in words."""
        if level.number is not None:
            return quantity(level.number, indicator.unit, self.speak)
        return "" if level.words is None else self.speak.quote(self.speak.words(level.words))

    def step(self, step: StageStep) -> str:
        """Return what becomes of customers from a stage to the next."""
        speak, percent = self.speak, self.speak.percent
        told = [
            speak(
                N_("{journey}, {stage} → {next}: {entering} → {entering_next} enter."),
                journey=self.names.of("journey", step.journey),
                stage=self.names.of("stage", step.stage),
                next=self.names.of("stage", step.next_stage),
                entering=percent(step.entering),
                entering_next=self.share(step.entering_next, step.basis),
            )
        ]
        if step.chance is not None and step.chance_next is not None:
            told.append(
                speak(
                    N_("Of those who enter, {chance} → {chance_next} end as wanted."),
                    chance=percent(step.chance),
                    chance_next=percent(step.chance_next),
                )
            )
        return " ".join([*told, *map(self.move, step.moves)])

    def move(self, move: Move) -> str:
        """Return what became of something that is watched at both stages."""
        told = {
            True: N_("{name}: {before} → {after}, better."),
            False: N_("{name}: {before} → {after}, worse."),
            None: N_("{name}: {before} → {after}."),
        }[move.is_better]
        before, after = (
            quantity(each, move.unit, self.speak) for each in (move.before, move.after)
        )
        name = self.speak.quote(self.speak.words(move.name))
        return self.speak(told, name=name, before=before, after=after)


# For machines.


def content(watch: Watch) -> dict[str, object]:
    """Return what to watch for JSON, the same in every language."""
    return {
        "indicators": [_indicator(each) for each in watch.indicators],
        "stages": [_step(step) for step in watch.steps],
    }


def _indicator(watched: Watched) -> dict[str, object]:
    indicator, reach = watched.indicator, watched.reach
    deviation, limits = indicator.deviation, indicator.limits
    return {
        "journey": watched.journey,
        "stage": watched.stage,
        "touchpoint": watched.touchpoint,
        "sort": watched.sort,
        "name": _words(indicator.name),
        "unit": _words(indicator.unit),
        "scale": None if limits is None else [number(end) for end in limits],
        "better": indicator.better,
        "owner": watched.owner,
        "target": _level(indicator.target),
        "observed": _level(indicator.observed),
        "observed-on": indicator.observed_on and indicator.observed_on.isoformat(),
        "forecast": _level(indicator.forecast),
        "progress": indicator.progress,
        "deviation": None
        if deviation is None
        else {"difference": number(deviation.difference), "share": deviation.share},
        "share": reach.share,
        "share-by-segment": dict(reach.by_segment),
        "share-basis": reach.basis,
        "weighted": watched.weighted,
    }


def _step(step: StageStep) -> dict[str, object]:
    return {
        "journey": step.journey,
        "segment": step.segment,
        "stage": step.stage,
        "next-stage": step.next_stage,
        "entering": step.entering,
        "entering-next": step.entering_next,
        "chance": step.chance,
        "chance-next": step.chance_next,
        "share-basis": step.basis,
        "indicators": [
            {
                "name": _words(move.name),
                "observed": number(move.before),
                "observed-next": number(move.after),
                "better": move.is_better,
            }
            for move in step.moves
        ],
    }


def _words(words: Words | None) -> str | Mapping[str, str] | None:
    """Return a text as it is written: one, or one by language."""
    if words is None:
        return None
    return words.texts[0][1] if words.texts[0][0] == "" else dict(words.texts)


def _level(level: Level | None) -> object:
    if level is None:
        return None
    return _words(level.words) if level.number is None else number(level.number)
