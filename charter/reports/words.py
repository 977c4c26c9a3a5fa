"""Words that several reports use."""

from __future__ import annotations

import datetime

from charter.action_plans import ActionStatus
from charter.findings import Answer, Finding, Severity, Status
from charter.messages import N_, Language, Speaker

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


def number(amount: float) -> float:
    """Return an amount for machines, a whole one without a fraction."""
    return int(amount) if amount == int(amount) else amount


def amount(written: float, speak: Speaker) -> str:
    """Return an amount for people, whole or with up to two decimals."""
    if written == int(written):
        return speak.count(int(written))
    text = f"{written:.2f}".rstrip("0")
    return text.replace(".", ",") if speak.language is Language.FRENCH else text
