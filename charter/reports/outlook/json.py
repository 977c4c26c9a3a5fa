"""What plans will bring, for machines: ``charter-what-if/1``."""

from __future__ import annotations

import json

from charter.compare.renames import Renames
from charter.compare.verdicts import find_verdict_changes
from charter.messages import Speaker
from charter.outlook import Effect, Outlook
from charter.reports import indicators
from charter.reports.diff.json import verdict_content
from charter.reports.page import Page

SCHEMA = "charter-what-if/1"


def render(outlook: Outlook, speak: Speaker, page: Page) -> str:
    """Return the outlook as one JSON object, the same in every language."""
    del speak, page
    changes = find_verdict_changes(outlook.before.verdicts, outlook.after.verdicts, Renames())
    content: dict[str, object] = {
        "schema": SCHEMA,
        "plans": [plan.id for plan in outlook.plans],
        "committed-only": outlook.is_committed_only,
        "proved": outlook.is_proved,
        "actions": [_action(effect) for effect in outlook.effects],
        "verdicts": [verdict_content(change) for change in changes],
    }
    if outlook.watch.indicators:
        content["watch"] = indicators.content(outlook.watch)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _action(effect: Effect) -> dict[str, object]:
    action = effect.action
    return {
        "plan": effect.plan,
        "id": action.id,
        "marker": action.marker,
        "removes": action.removes,
        "status": action.status,
        "counted": effect.is_counted,
        "needed-for": list(effect.needed_for),
        "mends": list(effect.mends),
        "breaks": list(effect.breaks),
        "changes": effect.changes,
    }
