"""A journey as a Mermaid diagram."""

from __future__ import annotations

from charter.usecases.exporting import Exported, Order
from journeys.formats.mermaid import flowchart

MANNERS = ("flowchart",)


def export(order: Order) -> Exported:
    """Return the journey asked for as a diagram.

    Raises:
        SeveralJourneys: It must be said which.
    """
    journey, language = order.journey, order.speak.language
    charter = order.workspace.charter
    names = flowchart.Names(
        language,
        {each.id: each.named(language) for each in charter.stages},
        {each.id: each.named(language) for each in charter.channels},
    )
    text = flowchart.flowchart(journey, names)
    return Exported(text.encode(), flowchart.left_out(journey))
