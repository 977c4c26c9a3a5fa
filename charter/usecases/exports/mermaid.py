"""A journey as a Mermaid diagram: a flowchart of all its ways, or a line of touchpoints."""

from __future__ import annotations

from charter.usecases.exporting import Exported, Order
from journeys.formats.mermaid import flowchart, user_journey

MANNERS = ("flowchart", "journey")


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
        {each.id: each.named(language) for each in charter.all_segments},
    )
    if order.manner == "journey":
        text = user_journey.user_journey(journey, names)
        return Exported(text.encode(), user_journey.left_out_of_user_journey(journey))
    return Exported(flowchart.flowchart(journey, names).encode(), flowchart.left_out(journey))
