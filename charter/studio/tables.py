"""Rows of the app's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from charter.findings import Answer, Report, Status, Verdict
from charter.messages import N_, Speaker, visible
from charter.reports.names import Names
from charter.studio.words import (
    ANSWERS,
    SEVERITIES,
    STATUSES,
)
from journeys.customers import ShareBasis


def verdict_rows(
    verdicts: Iterable[Verdict], names: Names, speak: Speaker
) -> Iterator[dict[str, object]]:
    """Yield one row for each verdict, in people's words."""
    for verdict in verdicts:
        yield {
            speak(N_("Answer")): _answer(verdict, speak),
            speak(N_("Gravity")): speak(SEVERITIES[verdict.severity]),
            speak(N_("Rule")): verdict.rule,
            speak(N_("Journey")): _named(names, "journey", verdict.journey),
            speak(N_("Segment")): _named(names, "segment", verdict.segment),
            speak(N_("Asked for")): names.asked([verdict]),
            speak(N_("Looked at")): _looked_at(verdict, names),
            speak(N_("How often it holds")): _share(verdict, speak),
            speak(N_("Path that breaks it")): names.path(
                str(verdict.journey), verdict.witness or ()
            ),
        }


def _answer(verdict: Verdict, speak: Speaker) -> str:
    """Return a verdict's answer, and whether it is set aside."""
    told = speak(ANSWERS[verdict.verdict])
    return told if verdict.status is Status.OPEN else f"{told} · {speak(STATUSES[verdict.status])}"


def _share(verdict: Verdict, speak: Speaker) -> str:
    if verdict.share is None:
        return ""
    share = speak.percent(verdict.share)
    if verdict.share_basis == ShareBasis.ASSUMED:
        return speak(N_("{share} of cases, if every choice were equally likely"), share=share)
    return speak(N_("{share} of customers"), share=share)


def _looked_at(verdict: Verdict, names: Names) -> str:
    action = _named(names, "action", verdict.action)
    if verdict.touchpoint:
        stop = names.stop(str(verdict.journey), verdict.touchpoint)
        return " · ".join(filter(None, [action, stop]))
    if action:
        return action
    if verdict.owner:
        return visible(verdict.owner)
    return _named(names, "channel", verdict.channel) or _named(names, "stage", verdict.stage)


def _named(names: Names, what: str, identifier: str | None) -> str:
    return names.of(what, identifier) if identifier else ""


@dataclass(frozen=True)
class Effect:
    """What a try changes: the verdicts that it mends, and those that it breaks."""

    mended: tuple[Verdict, ...]
    broken: tuple[Verdict, ...]


def effect(before: Report, after: Report) -> Effect:
    """Compare two reports, verdict by verdict."""
    was = {verdict.fingerprint: verdict for verdict in before.verdicts}
    now = {verdict.fingerprint: verdict for verdict in after.verdicts}
    return Effect(
        mended=tuple(
            verdict
            for name, verdict in was.items()
            if verdict.verdict is Answer.BROKEN
            and (name not in now or now[name].verdict is not Answer.BROKEN)
        ),
        broken=tuple(
            verdict
            for name, verdict in now.items()
            if verdict.verdict is Answer.BROKEN
            and (name not in was or was[name].verdict is not Answer.BROKEN)
        ),
    )
