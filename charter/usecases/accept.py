"""Accepting what a finding tells for a while, and what was accepted so."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from charter.findings import Answer, Finding, Status
from charter.manuscript import Manuscript
from charter.waivers import Waiver
from charter.workspace import WAIVERS_FILE, Workspace
from journeys.plain import Plain

DAYS = 91
"""For how long something is accepted where nothing else is said: three months."""


@dataclass(frozen=True)
class Terms:
    """On which terms something is accepted.

    Attributes:
        expires: The last day on which it counts.
        segments: For whom; empty for everyone.
        through: The touchpoint through which paths may break it; empty for all of them.
    """

    reason: str
    owner: str
    expires: datetime.date
    segments: Collection[str] = ()
    through: str = ""


@dataclass(frozen=True)
class ListedWaiver:
    """A waiver as it stands in its file.

    Attributes:
        number: Its place in the list, from 0.
        item: What it says there.
    """

    number: int
    item: Mapping[str, Plain]
    waiver: Waiver


def can_be_accepted(finding: Finding) -> bool:
    """Return whether a waiver may be written: a rule is broken, and none covers it yet."""
    return finding.status is not Status.WAIVED and any(
        verdict.verdict is Answer.BROKEN for verdict in finding.verdicts
    )


def segments_of(finding: Finding) -> tuple[str, ...]:
    """Return the segments for which a finding can be accepted by themselves."""
    return tuple(dict.fromkeys(v.segment for v in finding.verdicts if v.segment))


def touchpoints_of(finding: Finding) -> tuple[str, ...]:
    """Return the touchpoints through which alone a finding can be accepted."""
    names = [
        name
        for verdict in finding.verdicts
        for name in (
            *(verdict.witness or ()),
            *([verdict.touchpoint] if verdict.touchpoint else []),
        )
    ]
    return tuple(dict.fromkeys(name.partition("@")[0] for name in names))


def waivers_for(finding: Finding, terms: Terms) -> Iterator[dict[str, Plain]]:
    """Yield what waivers say that accept a finding on some terms, as a file lists them."""
    actions = dict.fromkeys(verdict.action for verdict in finding.verdicts)
    segments: list[str | None] = [*terms.segments] or [None]
    for action, segment in product(actions, segments):
        said = {
            "rule": finding.rule,
            "journey": finding.journey,
            "segment": segment,
            "through": terms.through or None,
            "action": action,
            "reason": terms.reason.strip(),
            "owner": terms.owner.strip(),
            "expires": terms.expires.isoformat(),
        }
        yield {key: value for key, value in said.items() if value is not None}


def listed_waivers(files: Mapping[str, bytes], workspace: Workspace) -> list[ListedWaiver]:
    """Return the waivers of a workspace, as they are listed."""
    # They stand in a file of their own, and the others take their time to read.
    own = {WAIVERS_FILE: files[WAIVERS_FILE]} if WAIVERS_FILE in files else {}
    slots = Manuscript(own).slots("waivers")
    pairs = zip(slots, workspace.waivers, strict=True)
    return [ListedWaiver(number, slot.item, waiver) for number, (slot, waiver) in enumerate(pairs)]


def owners_of(workspace: Workspace) -> tuple[str, ...]:
    """Return who answers for something in a workspace, in alphabetical order."""
    owners = {
        *(touchpoint.owner for journey in workspace.journeys for touchpoint in journey.touchpoints),
        *(marker.owner for marker in workspace.charter.markers),
        *(waiver.owner for waiver in workspace.waivers),
    }
    return tuple(sorted((owner for owner in owners if owner), key=str.casefold))
