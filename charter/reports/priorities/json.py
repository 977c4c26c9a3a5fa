"""What to do first, for machines: what the key ``priorities`` of ``charter-plan/1`` holds."""

from __future__ import annotations

from charter.priorities import Concern, RankedAction, Ranking
from charter.reports.names import Names
from charter.reports.priorities.telling import sentence


def content(ranking: Ranking, names: Names) -> dict[str, object]:
    """Return the ranking; only each ``sentence`` is in the speaker's language."""
    return {
        "weights": dict(ranking.weights),
        "untried": ranking.untried,
        "actions": [_action(action, names) for action in ranking.actions],
    }


def _action(action: RankedAction, names: Names) -> dict[str, object]:
    return {
        "rank": action.rank,
        "instead-of": action.instead_of,
        "covered-by": action.covered_by,
        "marker": action.marker,
        "touchpoint": action.touchpoint,
        "journey": action.journey,
        "quarter": action.quarter,
        "score": action.score,
        "parts": dict(action.parts),
        "cost": action.cost,
        "reach": action.reach,
        "reach-by-segment": dict(action.reach_by_segment),
        "helps": [_concern(concern) for concern in action.concerns],
        "repairs-alone": list(action.repairs_alone),
        "repairs-with-others": list(action.repairs_with_others),
        "breaks": list(action.breaks),
        "sentence": sentence(action, names),
    }


def _concern(concern: Concern) -> dict[str, object]:
    return {
        "rule": concern.rule,
        "customers": concern.customers,
        "remaining": concern.remaining,
    }
