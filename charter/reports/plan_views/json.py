"""A view for machines: ``charter-plan-views/1``."""

from __future__ import annotations

import json

from charter.messages import Speaker
from charter.plan_views import Entry, Group, Total, Viewed
from charter.reports import indicators
from charter.reports.page import Page
from charter.reports.words import number

SCHEMA = "charter-plan-views/1"


def render(viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return the view as one JSON object; only what people wrote depends on ``speak``."""
    del page
    content: dict[str, object] = {
        "schema": SCHEMA,
        "by": viewed.view.by,
        "plans": [
            {
                "id": plan.id,
                "file": plan.file,
                "from": _day(plan.period.from_) if plan.period else None,
                "until": _day(plan.period.until) if plan.period else None,
            }
            for plan in viewed.plans
        ],
        "groups": [_group(group) for group in viewed.view.groups],
        "actions": [_action(entry, viewed, speak) for entry in viewed.view.entries],
    }
    if viewed.watch.indicators:
        content["watch"] = indicators.content(viewed.watch)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _group(group: Group) -> dict[str, object]:
    return {
        "id": group.id,
        "actions": [entry.id for entry in group.entries],
        "totals": [_total(total) for total in group.totals],
        "broken": list(group.broken),
    }


def _total(total: Total) -> dict[str, object]:
    return {
        "status": total.status,
        "actions": total.number,
        "cost": number(total.cost),
        "without-cost": total.unpriced,
    }


def _action(entry: Entry, viewed: Viewed, speak: Speaker) -> dict[str, object]:
    return {
        "id": entry.id,
        "plan": entry.plan,
        "what": speak.words(entry.what) if entry.what else None,
        "marker": entry.marker,
        "removes": entry.removes,
        "journey": entry.journey,
        "touchpoints": [
            {"journey": place.journey, "touchpoint": place.touchpoint} for place in entry.places
        ],
        "segments": list(entry.segments),
        "every-segment": entry.is_for_everyone,
        "channels": list(entry.channels),
        "how": speak.words(entry.how) if entry.how else None,
        "owner": entry.owner,
        "start": _day(entry.start),
        "due": _day(entry.due),
        "late": entry.is_late(viewed.today),
        "status": entry.status,
        "cost": None if entry.cost is None else number(entry.cost),
        "levers": list(entry.levers),
        "effect": speak.words(entry.effect) if entry.effect else None,
        "repairs": None if entry.repairs is None else list(entry.repairs),
    }
