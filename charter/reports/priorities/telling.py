"""Why an action comes where it does, in a sentence, as one would tell a marketing director."""

from __future__ import annotations

from charter.messages import N_
from charter.priorities import LITTLE_EFFORT, Quarter, RankedAction
from charter.reports.names import Names
from charter.reports.telling import Shortfall, shortfall

QUARTERS = {
    Quarter.QUICK_WIN: N_("Quick wins: a great effect for little effort"),
    Quarter.FOUNDATION: N_("Foundations: a great effect, for more effort"),
    Quarter.LATER: N_("Later: a small effect, for little effort"),
    Quarter.NOT_NOW: N_("Not now: a small effect, for more effort"),
}
"""The fields of the matrix."""


def sentence(action: RankedAction, names: Names) -> str:
    """Return what to do, whom that helps, how far it goes and what it takes."""
    speak = names.speak
    main = action.concerns[0]
    short = shortfall(main.verdicts, names)
    return speak(
        N_("{order}: bring {marker} to {touchpoint}, in {journey}: {problem}; {effect}, {effort}."),
        order=_order(action, names),
        marker=names.marker(action.marker),
        touchpoint=_touchpoint(action, names),
        journey=speak.quote(names.of("journey", action.journey)),
        problem=_problem(short, names),
        effect=_effect(action, short, names),
        effort=speak(
            N_("for little effort") if action.cost <= LITTLE_EFFORT else N_("for a real effort")
        ),
    )


def in_short(action: RankedAction, names: Names) -> str:
    """Return the marker and the touchpoint of an action."""
    return names.speak(
        N_("{marker} at {touchpoint}"),
        marker=names.marker(action.marker),
        touchpoint=_touchpoint(action, names),
    )


def _order(action: RankedAction, names: Names) -> str:
    speak = names.speak
    if action.instead_of is not None:
        return speak(N_("Instead of action {rank}"), rank=speak.count(action.instead_of))
    if action.covered_by is not None:
        return speak(N_("Only without action {rank}"), rank=speak.count(action.covered_by))
    return speak(N_("First") if action.rank == 1 else N_("Then"))


def _touchpoint(action: RankedAction, names: Names) -> str:
    told = names.speak.quote(names.stop(action.journey, action.touchpoint))
    if action.is_planned_there:
        return names.speak(N_("{place} (planned there already)"), place=told)
    return told


def _problem(short: Shortfall, names: Names) -> str:
    """Return what happens to customers today, and to how many."""
    speak = names.speak
    customers = speak(N_("customers"))
    if short.segments:
        customers = speak.many(
            "customers of the segment {names}",
            "customers of the segments {names}",
            len(short.segments),
            names=speak.all_of(map(speak.quote, short.segments)),
        )
    if short.among:
        customers = speak(N_("{customers}, on {paths},"), customers=customers, paths=short.among)
    if short.share is None:
        return speak(N_("today some {customers} {what}"), customers=customers, what=short.what)
    if short.is_assumed:
        told = N_(
            "in {share} of cases, if every choice were equally likely, {customers} {what} today"
        )
    else:
        told = N_("today {share} of {customers} {what}")
    return speak(told, share=speak.percent(short.share), customers=customers, what=short.what)


def _effect(action: RankedAction, short: Shortfall, names: Names) -> str:
    """Return how far the action puts that right, and what else it does."""
    speak = names.speak
    main = action.concerns[0]
    if main.remaining == 0:
        told = speak(N_("this alone puts it right"))
    elif main.rule in action.repairs_with_others:
        told = speak(N_("together with the rest of the plan, this puts it right"))
    elif main.remaining is None:
        told = speak(N_("this puts it right for some of them"))
    else:
        part = speak.percent(1.0 - main.remaining)
        told = speak(
            N_("this puts it right in {part} of these cases")
            if short.is_assumed
            else N_("this puts it right for {part} of them"),
            part=part,
        )
    if more := len(action.concerns) - 1:
        told = speak.many(
            "{told} and helps one other rule",
            "{told} and helps {number} other rules",
            more,
            told=told,
        )
    if action.breaks:
        rules = speak.all_of(map(speak.quote, action.breaks))
        told = speak(N_("{told}, but goes against {rules}"), told=told, rules=rules)
    return told
