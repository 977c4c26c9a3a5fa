"""A deployment as one web page that needs no network."""

from __future__ import annotations

from charter.deployment import Deployment, Standing
from charter.messages import N_, Speaker
from charter.reports.deployment.telling import DeploymentTeller
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.web import document

_KINDS = {
    Standing.LIVE: "holds",
    Standing.PLANNED: "info",
    Standing.DECIDED: "info",
    Standing.IDEA: "warning",
    Standing.NOT_FOR: "waived",
    Standing.NOWHERE: "vacuous",
}
"""The sign and the colour of each standing."""


def render(deployment: Deployment, speak: Speaker, page: Page) -> str:
    """Return the deployment as an HTML document."""
    del page
    teller = DeploymentTeller(deployment, Names(deployment.workspace, speak))
    return document(
        "deployment.html",
        speak.language,
        brand=speak.words(deployment.workspace.charter.brand),
        eyebrow=speak(N_("How far each marker has come")),
        headline=teller.headline(),
        before=teller.before(),
        notes=list(teller.notes()),
        rows=list(teller.rows()),
        kinds=_KINDS,
    )
