"""A deployment for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from charter.deployment import Deployment, Standing
from charter.messages import N_, Speaker
from charter.reports.deployment.telling import DeploymentTeller, Row
from charter.reports.names import Names
from charter.reports.page import Page
from charter.reports.text import wrap

_BOLD, _DIM, _RED, _GREEN = "1", "2", "31", "32"


def render(deployment: Deployment, speak: Speaker, page: Page) -> str:
    """Return the deployment for people."""
    teller = DeploymentTeller(deployment, Names(deployment.workspace, speak))
    brand = speak.words(deployment.workspace.charter.brand)
    lines = wrap(f"{brand} · {teller.headline()}", page, "")
    lines[0] = lines[0].replace(brand, page.paint(brand, _BOLD), 1)
    lines += wrap(teller.before(), page, "")
    for row in teller.rows():
        lines += ["", *_row(row, speak, page)]
    for note in teller.notes():
        lines += ["", *(page.paint(line, _DIM) for line in wrap(note, page, ""))]
    return "\n".join(lines) + "\n"


def _row(row: Row, speak: Speaker, page: Page) -> Iterator[str]:
    for line in wrap(row.marker, page, ""):
        yield page.paint(line, _BOLD)
    for cell in row.cells:
        told = speak(N_("{caption}: {text}"), caption=cell.name, text=cell.text)
        colours = [_GREEN if cell.is_welcome else _RED] if cell.standing is Standing.LIVE else []
        yield from (
            page.paint(line, *colours) if colours else line for line in wrap(told, page, "  ")
        )
        for line in wrap(cell.before, page, "    "):
            yield page.paint(line, _DIM)
