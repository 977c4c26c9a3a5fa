"""A deployment for machines: ``charter-deployment/1``."""

from __future__ import annotations

import json
from collections.abc import Iterable

from charter.deployment import Cell, Deployment, totals
from charter.messages import Speaker
from charter.reports.page import Page
from charter.workspace import Workspace

SCHEMA = "charter-deployment/1"


def render(deployment: Deployment, speak: Speaker, page: Page) -> str:
    """Return the deployment as one JSON object, the same in every language."""
    del speak, page
    content: dict[str, object] = {
        "schema": SCHEMA,
        "since": deployment.since or None,
        "totals": _totals(deployment.cells, deployment.workspace),
    }
    cells = [_cell(cell, deployment.workspace) for cell in deployment.cells]
    earlier = deployment.earlier
    if earlier is not None:
        was = [step.before for step in deployment.steps if step.before is not None]
        content["totals-before"] = _totals(was, earlier)
        before = [None if s.before is None else _cell(s.before, earlier) for s in deployment.steps]
        cells = [{**cell, "before": b} for cell, b in zip(cells, before, strict=False)]
        content["gone"] = before[len(cells) :]
    content["cells"] = cells
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _totals(cells: Iterable[Cell], workspace: Workspace) -> dict[str, int]:
    return {str(standing): number for standing, number in totals(cells, workspace).items()}


def _cell(cell: Cell, workspace: Workspace) -> dict[str, object]:
    return {
        "marker": cell.marker,
        "role": workspace.charter.markers_by_id[cell.marker].role,
        "channel": cell.channel,
        "standing": cell.standing,
        "touchpoints": cell.touchpoints,
        "live": cell.live,
        "planned": cell.planned,
        "decided": cell.decided,
        "idea": cell.idea,
        "leaving": cell.leaving,
        "not-for": cell.is_left_out,
        "actions": list(cell.actions),
        "visits-share": cell.share,
        "share-basis": cell.share_basis,
    }
