"""A journey as a picture: SVG, or PNG drawn from it."""

from __future__ import annotations

from charter.checker import check
from charter.findings import Answer
from charter.messages import N_
from charter.pictures import as_png, journey_picture
from charter.usecases.exporting import Exported, NothingBroken, Order, UnknownId
from journeys.model import Journey

OPTIONS = ("segment", "witness")


def export(order: Order) -> Exported:
    """Return the picture of the journey asked for.

    Raises:
        SeveralJourneys: It must be said which.
        UnknownId: The journey isn't for the segment, or there is no such rule.
        NothingBroken: No path of the journey breaks the rule.
    """
    journey, segment = order.journey, order.segment
    if segment is not None:
        known = journey.segments or [each.id for each in order.workspace.charter.all_segments]
        if segment not in known:
            raise UnknownId("segment", segment, known)
    path, caption = None, ""
    if order.witness is not None:
        path = shortest_witness(order, journey, order.witness)
        message = N_("The shortest path that breaks the rule “{rule}”")
        caption = order.speak(message, rule=order.witness)
    svg = journey_picture(
        order.workspace,
        journey.id,
        order.speak,
        witness=path,
        segment=segment,
        caption=caption,
    )
    return Exported(as_png(svg) if order.ending == ".png" else svg.encode(), {})


def shortest_witness(order: Order, journey: Journey, rule: str) -> tuple[str, ...]:
    """Return the shortest path that breaks a rule, for the segment asked for or for any.

    Raises:
        UnknownId: There is no such rule.
        NothingBroken: No path of the journey breaks it.
    """
    known = [each.id for each in order.workspace.rules]
    if rule not in known:
        raise UnknownId("rule", rule, known)
    paths = [
        verdict.witness
        for verdict in check(order.workspace, order.today).verdicts
        if verdict.rule == rule
        and verdict.journey == journey.id
        and order.segment in (None, verdict.segment)
        and verdict.verdict is Answer.BROKEN
        and verdict.witness
    ]
    if not paths:
        raise NothingBroken(rule)
    return min(paths, key=len)  # Among equals the first, in the order of the report.
