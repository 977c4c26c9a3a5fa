"""What will hold once action plans are done, and what each of their actions does for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from charter.action_plans import ActionPlan, PlannedAction
from charter.checker import check, of_the_map, proves_something
from charter.findings import Answer, Finding, Report, Scope, Severity, Status, Verdict
from charter.indicators import NOTHING_TO_WATCH, Watch, watch
from charter.what_if import carried_out, is_counted
from charter.workspace import Workspace


@dataclass(frozen=True)
class Effect:
    """What an action does.

    Attributes:
        plan: The id of its plan.
        is_counted: Whether it is among those supposed to be done.
        needed_for: The rules that break somewhere without it, all else done.
        mends: The rules of which it mends something by itself, nothing else done.
        breaks: The rules that break somewhere only because of it, all else done.
        changes: Whether any verdict or share is another with it, by itself or beside the others;
            None where there was no time to try.
    """

    plan: str
    action: PlannedAction
    is_counted: bool
    needed_for: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    changes: bool | None = None


@dataclass(frozen=True)
class Outlook:
    """Action plans, and what holds once they are done.

    Attributes:
        workspace: As it is today.
        done: As it is then.
        is_committed_only: Whether only what is decided, under way or done was counted.
        effects: By plan, in the order listed.
        before: What the checker says today, of charter and journeys: how plans hang together is no
            matter of what comes of them.
        after: What it says then.
        watch: What to watch where what is counted changes something.
    """

    workspace: Workspace
    plans: tuple[ActionPlan, ...]
    is_committed_only: bool
    effects: tuple[Effect, ...]
    before: Report
    after: Report
    done: Workspace
    watch: Watch = NOTHING_TO_WATCH

    @property
    def still_broken(self) -> tuple[Verdict, ...]:
        """The verdicts of severity ``error`` that are broken then, and not set aside."""
        return tuple(
            verdict
            for verdict in self.after.verdicts
            if verdict.severity is Severity.ERROR
            and verdict.verdict is Answer.BROKEN
            and verdict.status is Status.OPEN
        )

    @property
    def is_proved(self) -> bool:
        """Whether every rule of severity ``error`` was found to hold then, and any rule was."""
        undecided = (
            verdict
            for verdict in self.after.verdicts
            if verdict.severity is Severity.ERROR and verdict.verdict is Answer.INCONCLUSIVE
        )
        is_anything_proved = proves_something(self.after, self.done)
        return is_anything_proved and not self.still_broken and not any(undecided)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What is told then of rules that are broken, and not set aside."""
        return tuple(
            finding
            for finding in self.after.findings
            if finding.verdicts and finding.status is Status.OPEN and not finding.is_undecided
        )


def outlook(
    workspace: Workspace,
    plans: Sequence[ActionPlan],
    today: datetime.date,
    *,
    is_committed_only: bool = False,
    seconds_left: Callable[[], float],
) -> Outlook:
    """Return what holds once every action of ``plans`` that wasn't dropped is done.

    Cost: two checks for the whole, and two more for each action as long as there is time.

    Args:
        workspace: As it is today.
        plans: Those to be done.
        today: The day of the check.
        is_committed_only: Leave mere ideas out.
        seconds_left: Returns how long actions may still be tried one by one.
    """
    listed = [(plan.id, action) for plan in plans for action in plan.actions]
    counted = [is_counted(each, is_committed_only=is_committed_only) for _, each in listed]
    actions = [action for (_, action), counts in zip(listed, counted, strict=True) if counts]
    before = _checked(workspace, today)
    done = carried_out(workspace, actions)
    after = _checked(done, today)
    effects = []
    for (plan, action), counts in zip(listed, counted, strict=True):
        effect = Effect(plan, action, counts)
        if counts and seconds_left() > 0:
            others = [each for each in actions if each is not action]
            alone = _checked(carried_out(workspace, [action]), today)
            without = _checked(carried_out(workspace, others), today)
            effect = Effect(
                plan,
                action,
                counts,
                needed_for=_mended(without, after),
                mends=_mended(before, alone),
                breaks=_mended(after, without),
                changes=_answers(before) != _answers(alone) or _answers(without) != _answers(after),
            )
        effects.append(effect)
    places = [(j.id, t.id) for action in actions for j, t in workspace.places(action)]
    return Outlook(
        workspace,
        tuple(plans),
        is_committed_only,
        tuple(effects),
        before,
        after,
        done,
        watch(workspace, places),
    )


def _checked(workspace: Workspace, today: datetime.date) -> Report:
    return of_the_map(check(workspace, today), workspace)


_Answers: TypeAlias = dict[tuple[str, Scope], tuple[Answer, float | None]]
_DIGITS = 9
"""Shares that differ by less are the same."""


def _answers(report: Report) -> _Answers:
    return {
        (verdict.rule, verdict.scope): (
            verdict.verdict,
            None if verdict.share is None else round(verdict.share, _DIGITS),
        )
        for verdict in report.verdicts
    }


def _mended(before: Report, after: Report) -> tuple[str, ...]:
    """Return the rules of which something is broken before and isn't after, as declared."""
    broken = {_key(v) for v in after.verdicts if _is_broken(v)}
    return tuple(
        dict.fromkeys(v.rule for v in before.verdicts if _is_broken(v) and _key(v) not in broken)
    )


def _key(verdict: Verdict) -> tuple[str, Scope]:
    return verdict.rule, verdict.scope


def _is_broken(verdict: Verdict) -> bool:
    return verdict.verdict is Answer.BROKEN and verdict.status is not Status.WAIVED
