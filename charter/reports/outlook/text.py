"""What plans will bring, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_, Speaker
from charter.outlook import Outlook
from charter.reports import indicators
from charter.reports.outlook.telling import EffectTold, Obstacle, OutlookTeller
from charter.reports.page import Page
from charter.reports.text import wrap

_BOLD, _GREEN, _RED = "1", "32", "31"


def render(outlook: Outlook, speak: Speaker, page: Page) -> str:
    """Return the outlook for people."""
    teller = OutlookTeller(outlook, speak)
    return "\n".join(_lines(teller, speak, page)) + "\n"


def _lines(teller: OutlookTeller, speak: Speaker, page: Page) -> Iterator[str]:
    brand = speak.words(teller.outlook.workspace.charter.brand)
    first, *more = wrap(f"{brand} · {teller.headline()}", page, "")
    yield first.replace(brand, page.paint(brand, _BOLD), 1)
    yield from more
    yield from wrap(teller.counted(), page, "")
    rules = list(teller.turn.rules(asked=()))
    if rules:
        yield from ("", page.paint(speak(N_("Before and after")), _BOLD), "")
    for each in rules:
        colour = _GREEN if each.holds else _RED if each.is_worse else ""
        for line in wrap(each.change, page, "  "):
            yield page.paint(line, colour) if colour else line
    yield ""
    yield from wrap(teller.unchanged(), page, "")
    yield from wrap(teller.turn.proof(), page, "")
    effects = list(teller.effects())
    if effects:
        yield from ("", page.paint(speak(N_("What each action does")), _BOLD))
    for number, effect in enumerate(effects, 1):
        yield ""
        yield from _effect(number, effect, page)
    watched = list(indicators.lines(teller.outlook.watch, teller.names, page))
    if watched:
        yield from ("", *watched)
    obstacles = list(teller.obstacles())
    if obstacles:
        yield from ("", page.paint(speak(N_("What stays broken")), _BOLD))
    for obstacle in obstacles:
        yield ""
        yield from _obstacle(obstacle, speak, page)


def _effect(number: int, effect: EffectTold, page: Page) -> Iterator[str]:
    indent = " " * 6
    first, *more = wrap(effect.what, page, indent)
    yield f"  {f'{number}.':<4}{first.lstrip()}"
    yield from more
    yield from wrap(effect.state, page, indent)
    for fact in effect.facts:
        for line in wrap(fact, page, indent):
            yield page.paint(line, _RED) if effect.is_harmful else line


def _obstacle(obstacle: Obstacle, speak: Speaker, page: Page) -> Iterator[str]:
    indent = " " * 4
    yield f"  {page.paint(obstacle.rule, _RED)}"
    yield from wrap(obstacle.question, page, indent)
    if obstacle.path:
        yield from wrap(speak(N_("Still: {path}"), path=obstacle.path), page, indent)
    if obstacle.advice:
        yield from wrap(speak(N_("To do: {text}"), text=obstacle.advice), page, indent)
