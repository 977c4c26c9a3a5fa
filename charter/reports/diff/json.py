"""The comparison for machines: ``charter-diff/1``."""

from __future__ import annotations

import json

from charter.compare import Comparison, VerdictChange
from charter.compare.changes import Change
from charter.findings import Verdict
from charter.messages import Speaker
from charter.reports.json import about
from charter.reports.page import Page

SCHEMA = "charter-diff/1"


def render(comparison: Comparison, speak: Speaker, page: Page) -> str:
    """Return the comparison as one JSON object, the same in every language."""
    del speak, page
    content = {
        "schema": SCHEMA,
        "changes": [_change(change) for change in comparison.changes],
        "verdicts": [verdict_content(change) for change in comparison.verdicts],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> dict[str, object]:
    return {
        "what": change.what,
        "journey": change.journey,
        "id": change.id,
        "change": change.kind,
        "was": change.was,
        "fields": [field.key for field in change.fields],
    }


def verdict_content(change: VerdictChange) -> dict[str, object]:
    """Return what became of a verdict, for JSON."""
    return {
        **about(change.latest),
        "change": change.turn,
        "witness": None if change.witness is None else list(change.witness),
        "share-before": _share(change.before),
        "share-after": _share(change.after),
    }


def _share(verdict: Verdict | None) -> float | None:
    return None if verdict is None else verdict.share
