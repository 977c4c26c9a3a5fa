"""Words that several reports use."""

from __future__ import annotations

import datetime
import math

from charter.action_plans import ActionStatus
from charter.effort import Lever
from charter.findings import Answer, Finding, Severity, Status
from charter.messages import N_, Language, Speaker
from journeys.document import Words

SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("info"),
}
ANSWERS = {
    Answer.HOLDS: N_("holds"),
    Answer.BROKEN: N_("broken"),
    Answer.VACUOUS: N_("concerns nothing"),
    Answer.INCONCLUSIVE: N_("undecided"),
}
STATUSES = {Status.WAIVED: N_("waived"), Status.ACCEPTED: N_("accepted")}


def waived_label(finding: Finding) -> str:
    """Return what stands before what waivers cover of a finding, marked for translation."""
    return N_("Waived besides") if finding.status is Status.OPEN else N_("Waived")


_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def date(day: datetime.date, speak: Speaker) -> str:
    """Return a day as one writes it: 24 November 2026."""
    is_first = day.day == 1 and speak.language is Language.FRENCH
    month = speak(_MONTHS[day.month - 1])
    return f"{'1er' if is_first else day.day}\u00a0{month} {day.year}"


ACTION_STATUSES: dict[ActionStatus | None, str] = {
    ActionStatus.IDEA: N_("idea"),
    ActionStatus.DECIDED: N_("decided"),
    ActionStatus.DOING: N_("under way"),
    ActionStatus.DONE: N_("done"),
    ActionStatus.DROPPED: N_("dropped"),
    None: N_("proposed"),
}
"""How far an action is; None of one that no plan says."""
LEVERS = {
    Lever.AUTOMATE: N_("a machine could do it"),
    Lever.OUTSOURCE: N_("somebody outside could do it"),
    Lever.REORGANISE: N_("look at who does it in the house"),
    Lever.KEEP_HUMAN: N_("it takes a person: keep it so"),
}
"""What the effort grid says can be done about a touchpoint."""


def moment(when: datetime.datetime, speak: Speaker) -> str:
    """Return a day and a time of it, as it is here: 26 November 2026, 14:02."""
    here = when.astimezone()
    told = N_("{day}, {time}")
    return speak(told, day=date(here.date(), speak), time=f"{here:%H:%M}")


def number(amount: float) -> float:
    """Return an amount for machines, a whole one without a fraction."""
    return int(amount) if amount == int(amount) else amount


def amount(written: float, speak: Speaker) -> str:
    """Return an amount for people: with two decimals at most, a small one with two digits."""
    size = abs(written)
    decimals = 2 if size >= 0.1 or not size else min(1 - math.floor(math.log10(size)), 15)
    whole, _, rest = f"{size:,.{decimals}f}".partition(".")
    rest = rest.rstrip("0")
    is_french = speak.language is Language.FRENCH
    if is_french:
        whole = whole.replace(",", "\u202f")
    told = f"{whole}{',' if is_french else '.'}{rest}" if rest else whole
    return f"−{told}" if written < 0 else told


def quantity(number: float, unit: Words | None, speak: Speaker) -> str:
    """Return a number with what it counts: 5 min, 12%."""
    told = amount(number, speak)
    if unit is None:
        return told
    word = speak.words(unit)
    is_close = word == "%" and speak.language is Language.ENGLISH
    return f"{told}{word}" if is_close else f"{told}\u00a0{word}"


def bound_told(number: str, speak: Speaker, *, is_lower_better: bool) -> str:
    """Return a target: 3 min or less."""
    told = N_("{number} or less") if is_lower_better else N_("{number} or more")
    return speak(told, number=number)
