"""The plan for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charter.messages import N_, Speaker
from charter.reports import indicators
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.plan.telling import Chapter, Obstacle, PlanTeller
from charter.reports.priorities import text as priorities
from charter.reports.text import wrap
from charter.suggestions import Planned

_BOLD, _GREEN, _RED = "1", "32", "31"


def render(planned: Planned, speak: Speaker, page: Page) -> str:
    """Return the plan for people."""
    names = Names(planned.workspace, speak)
    lines = list(_plan(PlanTeller(planned, names), planned, speak, page))
    if planned.ranking is not None:
        lines += ["", *priorities.lines(planned.ranking, names, page)]
    return "\n".join(lines) + "\n"


def _plan(teller: PlanTeller, planned: Planned, speak: Speaker, page: Page) -> list[str]:
    brand = speak.words(planned.workspace.charter.brand)
    lines = wrap(f"{brand} · {teller.headline()}", page, "")
    lines[0] = lines[0].replace(brand, page.paint(brand, _BOLD), 1)
    if teller.was_asked_nothing:
        return lines + wrap(teller.hint(), page, "")
    number = 0
    for chapter in teller.chapters():
        lines += ["", *_chapter(chapter, number, page)]
        number += len(chapter.actions)
    if planned.plan.actions:
        lines += ["", *wrap(teller.price(), page, "")]
        lines += wrap(teller.opening(), page, "")
        lines += wrap(teller.reach(), page, "")
        lines += ["", *_rules(teller, page)]
        lines += ["", *wrap(teller.proof(), page, "")]
    watched = list(indicators.lines(planned.watch, teller.names, page))
    if watched:
        lines += ["", *watched]
    obstacles = list(teller.obstacles())
    if obstacles:
        lines += ["", page.paint(speak(N_("What stays broken")), _BOLD)]
    for obstacle in obstacles:
        lines += ["", *_obstacle(obstacle, speak, page)]
    return lines


def _chapter(chapter: Chapter, number: int, page: Page) -> Iterator[str]:
    """Yield the actions of a journey, numbered on from ``number``."""
    for line in wrap(f"{chapter.title} ({chapter.file})", page, ""):
        yield page.paint(line, _BOLD)
    for place, action in enumerate(chapter.actions, number + 1):
        label = f"{place}."
        indent = " " * 6
        first, *more = wrap(action.what, page, indent)
        yield ""
        yield f"  {label:<4}{first.lstrip()}"
        yield from more
        for fact in action.facts:
            yield from wrap(fact, page, indent)


def _rules(teller: PlanTeller, page: Page) -> Iterator[str]:
    told = list(teller.rules())
    yield page.paint(teller.speak(N_("Before and after")), _BOLD)
    yield ""
    for each in told:
        first, *more = wrap(each.change, page, "  ")
        yield page.paint(first, _GREEN) if each.holds else first
        yield from (page.paint(line, _GREEN) if each.holds else line for line in more)


def _obstacle(obstacle: Obstacle, speak: Speaker, page: Page) -> Iterator[str]:
    indent = " " * 4
    yield f"  {page.paint(obstacle.rule, _RED)}"
    for reason in obstacle.reasons:
        yield from wrap(reason, page, indent)
    if obstacle.question:
        yield from wrap(obstacle.question, page, indent)
    if obstacle.path:
        yield from wrap(speak(N_("Still: {path}"), path=obstacle.path), page, indent)
    if obstacle.levers:
        told = speak(
            N_("What would mend it, as was tried: {steps}."), steps=speak.all_of(obstacle.levers)
        )
        yield from wrap(told, page, indent)
    if obstacle.advice:
        yield from wrap(speak(N_("To do: {text}"), text=obstacle.advice), page, indent)
