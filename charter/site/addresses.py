"""What the files of a site are called: by what they are of, safe wherever they are kept."""

from __future__ import annotations

import hashlib

INDEX, IDENTITY, MARKERS, JOURNEYS, RULES = (
    "index.html",
    "identity.html",
    "markers.html",
    "journeys.html",
    "rules.html",
)
BY_TARGET, BY_CHANNEL = "plan-by-target.html", "plan-by-channel.html"
WORDS, SEARCH = "words.html", "search.html"
STYLE, SCRIPT = "site.css", "search.js"

_LONGEST = 60


def marker(identifier: str) -> str:
    """Return the page of a marker."""
    return f"marker-{_short(identifier)}.html"


def rule(identifier: str) -> str:
    """Return the page of a rule."""
    return f"rule-{_short(identifier)}.html"


def journey(identifier: str, segment: str | None = None) -> str:
    """Return the page of a journey, for everybody or as a segment walks it."""
    # A dot is in no id, so that no two of them are called the same.
    name = f"journey-{_short(identifier)}"
    return f"{name}.html" if segment is None else f"{name}.{_short(segment)}.html"


def touchpoint(journey_id: str, identifier: str, segment: str | None = None) -> str:
    """Return where a touchpoint stands on the page of its journey."""
    return f"{journey(journey_id, segment)}#{touchpoint_anchor(identifier)}"


def touchpoint_anchor(identifier: str) -> str:
    """Return what a touchpoint is called within the page of its journey."""
    return f"touchpoint-{identifier}"


def finding_anchor(fingerprint: str) -> str:
    """Return what a finding is called within the page of its rule."""
    return f"finding-{fingerprint}"


def action_anchor(group: str | None, action: str) -> str:
    """Return what an action is called within a page of plans, under one target or channel."""
    plan, _, own = action.partition("/")
    return f"action.{group or ''}.{plan}.{own}"


def _short(identifier: str) -> str:
    """Return an id as part of a file's name; a long one with what tells it from others."""
    if len(identifier) <= _LONGEST:
        return identifier
    # Longer than any id that isn't cut.
    return f"{identifier[:48]}-{hashlib.sha256(identifier.encode()).hexdigest()[:16]}"
