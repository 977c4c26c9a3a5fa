"""A deployment in GitHub-flavoured Markdown: one table of markers and channels."""

from __future__ import annotations

from charter.deployment import Deployment
from charter.messages import N_, Speaker
from charter.reports.deployment.telling import CellTold, DeploymentTeller
from charter.reports.markdown_text import escape, table
from charter.reports.names import Names
from charter.reports.page import Page


def render(deployment: Deployment, speak: Speaker, page: Page) -> str:
    """Return the deployment for a wiki or a pull request."""
    del page
    teller = DeploymentTeller(deployment, Names(deployment.workspace, speak))
    brand = speak.words(deployment.workspace.charter.brand)
    rows = list(teller.rows())
    channels = {cell.channel: cell.name for row in rows for cell in row.cells}
    lines = []
    for row in rows:
        told = {cell.channel: _cell(cell) for cell in row.cells}
        lines.append([escape(row.marker), *(told.get(channel, "") for channel in channels)])
    heading = [speak(N_("Marker")), *map(escape, channels.values())]
    blocks = [f"## {escape(brand)}\n", f"{escape(teller.headline())}\n"]
    blocks += [f"{escape(told)}\n" for told in [teller.before()] if told]
    blocks += [table(heading, lines), *(f"{escape(note)}\n" for note in teller.notes())]
    return "\n".join(blocks)


def _cell(cell: CellTold) -> str:
    told = escape(cell.text)
    return f"{told}<br>*{escape(cell.before)}*" if cell.before else told
