"""How far markers have come, told as a person would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from charter.deployment import Cell, Deployment, Standing, Step, totals
from charter.messages import N_, visible
from charter.reports.names import Names
from charter.workspace import Workspace
from journeys.customers import ShareBasis

STANDINGS = {
    Standing.LIVE: N_("live"),
    Standing.PLANNED: N_("planned"),
    Standing.DECIDED: N_("decided"),
    Standing.IDEA: N_("an idea"),
    Standing.NOT_FOR: N_("not meant for this channel"),
    Standing.NOWHERE: N_("nowhere"),
}
"""How far a marker has come on a channel."""
# Babel finds no text within an f-string.
_THE_OTHERS = N_("The others: {counted}.")


@dataclass(frozen=True)
class CellTold:
    """How far a marker has come on a channel, in words.

    Attributes:
        channel: The channel's id.
        is_welcome: Whether the brand wants it there: it is no irritant.
        before: How far it had come in the earlier version, said to be before; empty where that is
            the same.
    """

    channel: str
    name: str
    standing: Standing
    is_welcome: bool
    text: str
    before: str


@dataclass(frozen=True)
class Row:
    """How far a marker has come, channel by channel."""

    marker: str
    cells: tuple[CellTold, ...]


class DeploymentTeller:
    """Tells a deployment by the names that people gave."""

    def __init__(self, deployment: Deployment, names: Names) -> None:
        self.deployment, self.names = deployment, names
        self.speak = names.speak
        earlier = deployment.earlier
        self.names_before = names if earlier is None else Names(earlier, names.speak)

    def headline(self) -> str:
        """Return on how many channels markers are live, of those that they are meant for."""
        found = totals(self.deployment.cells, self.deployment.workspace)
        told = N_("On the channels meant for them, markers are live in {live} cases of {all}.")
        return self._counted(told, found)

    def before(self) -> str:
        """Return the same of the earlier version; empty where none is asked for."""
        earlier = self.deployment.earlier
        if earlier is None:
            return ""
        was = [step.before for step in self.deployment.steps if step.before is not None]
        told = N_("At {revision}: in {live} cases of {all}.")
        return self._counted(told, totals(was, earlier))

    def _counted(self, told: str, found: Mapping[Standing, int]) -> str:
        speak = self.speak
        meant = {each: number for each, number in found.items() if each is not Standing.NOT_FOR}
        live = speak(
            told,
            revision=visible(self.deployment.since),
            live=speak.count(found[Standing.LIVE]),
            all=speak.count(sum(meant.values())),
        )
        others = [
            f"{speak(STANDINGS[standing])} × {speak.count(number)}"
            for standing, number in meant.items()
            if number and standing is not Standing.LIVE
        ]
        return f"{live} {speak(_THE_OTHERS, counted=', '.join(others))}" if others else live

    def rows(self) -> Iterator[Row]:
        """Yield what became of each marker, channel by channel; what is gone last."""
        deployment = self.deployment
        steps = deployment.steps or tuple(Step(None, cell) for cell in deployment.cells)
        markers: dict[str, str] = {}
        rows: dict[str, list[CellTold]] = {}
        for step in steps:
            cell, names = (
                (step.after, self.names)
                if step.after is not None
                else (step.before, self.names_before)
            )
            if cell is not None:
                name = names.with_role(cell.marker, names.of("marker", cell.marker))
                markers.setdefault(cell.marker, name)
                rows.setdefault(cell.marker, []).append(self._told(step, cell, names))
        for marker, told in rows.items():
            yield Row(markers[marker], tuple(told))

    def _told(self, step: Step, cell: Cell, names: Names) -> CellTold:
        speak = self.speak
        text = self._cell(step.after, self.deployment.workspace)
        before = ""
        if self.deployment.earlier is not None:
            before = self._cell(step.before, self.deployment.earlier)
        if step.after is None:
            text = speak(N_("no longer there"))
        standing = step.after.standing if step.after is not None else Standing.NOWHERE
        is_other = bool(before) and before != text
        told = speak(N_("before: {text}"), text=before) if is_other else ""
        name = names.of("channel", cell.channel)
        is_welcome = not names.is_irritant(cell.marker)
        return CellTold(cell.channel, name, standing, is_welcome, text, told)

    def _cell(self, cell: Cell | None, workspace: Workspace) -> str:
        """Return how far a marker has come on a channel, in a line."""
        speak = self.speak
        if cell is None:
            return speak(N_("not there yet"))
        parts = list(self._parts(cell))
        if not parts and cell.standing is Standing.NOT_FOR:
            expression = workspace.charter.markers_by_id[cell.marker].expressions[cell.channel]
            because = speak.words(expression.not_for) if expression.not_for else ""
            return speak(N_("not meant for this channel: {reason}"), reason=because)
        if not parts and cell.standing is Standing.NOWHERE:
            if not cell.touchpoints:
                return speak(N_("no touchpoint on this channel"))
            return speak.many(
                "nowhere ({number} touchpoint)",
                "nowhere ({number} touchpoints)",
                cell.touchpoints,
            )
        return ", ".join(parts) or speak(STANDINGS[cell.standing])

    def _parts(self, cell: Cell) -> Iterator[str]:
        speak = self.speak
        if cell.live:
            yield speak.many(
                "live at {live} of {number} touchpoint",
                "live at {live} of {number} touchpoints",
                cell.touchpoints,
                live=speak.count(cell.live),
            )
            if cell.share is not None:
                yield speak(N_("{share} of visits"), share=speak.percent(cell.share))
        for number, told in (
            (cell.planned, N_("planned at {number}")),
            (cell.decided, N_("decided for {number}")),
            (cell.idea, N_("an idea for {number}")),
            (cell.leaving, N_("to be taken off at {number}")),
        ):
            if number:
                yield speak(told, number=speak.count(number))

    def notes(self) -> Iterator[str]:
        """Yield what the figures rest on."""
        cells = [cell for cell in self.deployment.cells if cell.live and cell.share is not None]
        if any(cell.share_basis is ShareBasis.ASSUMED for cell in cells):
            yield self.speak(
                N_(
                    "Shares of visits are as if every choice were equally likely, where nobody "
                    "stated them."
                )
            )
