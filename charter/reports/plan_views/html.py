"""A view as one web page that needs no network."""

from __future__ import annotations

from charter.messages import N_, Speaker
from charter.plan_views import Viewed
from charter.reports import indicators
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.plan_views.telling import ViewTeller
from charter.reports.web import document


def render(viewed: Viewed, speak: Speaker, page: Page) -> str:
    """Return the view as an HTML document."""
    del page
    teller = ViewTeller(viewed, Names(viewed.workspace, speak))
    return document(
        "plan_views.html",
        speak.language,
        brand=speak.words(viewed.workspace.charter.brand),
        eyebrow=speak(N_("Action plans")),
        headline=teller.headline(),
        plans=list(teller.plans()),
        chapters=list(teller.chapters()),
        watched=speak(indicators.TITLE),
        indicators=[_indicator(row, speak) for row in indicators.rows(viewed.watch, teller.names)],
        steps=indicators.steps(viewed.watch, teller.names),
    )


def _indicator(row: tuple[str, ...], speak: Speaker) -> dict[str, object]:
    """Return an indicator by its name, and what is known of it, each with its caption."""
    captions = indicators.headers(speak)
    facts = [(caption, text) for caption, text in zip(captions, row, strict=True) if text]
    return {"name": row[0], "facts": facts[1:]}
