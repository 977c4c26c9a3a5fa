"""The comparison as one web page that needs no network."""

from __future__ import annotations

from charter.compare import Comparison
from charter.messages import N_, Speaker
from charter.reports.diff.telling import tell_comparison
from charter.reports.page import Page
from charter.reports.web import document
from charter.reports.words import SEVERITIES


def render(comparison: Comparison, speak: Speaker, page: Page) -> str:
    """Return the comparison as an HTML document."""
    del page
    return document(
        "diff.html",
        speak.language,
        told=tell_comparison(comparison, speak),
        severities={severity: speak(word) for severity, word in SEVERITIES.items()},
        words={
            "eyebrow": speak(N_("What a change means")),
            "changes": speak(N_("What changed")),
            "none": speak(N_("Nothing that is written means anything else than before.")),
        },
    )
