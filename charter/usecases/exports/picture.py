"""A journey as a picture: SVG, or PNG drawn from it."""

from __future__ import annotations

from charter.checker import check
from charter.findings import Answer
from charter.messages import N_
from charter.pictures import as_png, journey_picture
from charter.reports.names import Names
from charter.reports.telling import tell
from charter.usecases.book import edition_of
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
    # Without a history there is no version to tell, and the same charter gives the same file.
    edition = edition_of(order.root, order.today)
    path, caption = None, ""
    if order.witness is not None:
        path, caption = shortest_witness(order, journey, order.witness)
    svg = journey_picture(
        order.workspace,
        journey.id,
        order.speak,
        witness=path,
        segment=segment,
        version=edition.told(order.speak) if edition.version else "",
        caption=caption,
    )
    return Exported(as_png(svg) if order.ending == ".png" else svg.encode(), {})


def shortest_witness(order: Order, journey: Journey, rule: str) -> tuple[tuple[str, ...], str]:
    """Return the shortest path that breaks a rule for the segment asked for, or for any.

    And what is told of it.

    Raises:
        UnknownId: There is no such rule.
        NothingBroken: No path of the journey breaks it.
    """
    known = [each.id for each in order.workspace.rules]
    if rule not in known:
        raise UnknownId("rule", rule, known)
    report = check(order.workspace, order.today)
    broken = [
        verdict
        for verdict in report.verdicts
        if verdict.rule == rule
        and verdict.journey == journey.id
        and order.segment in (None, verdict.segment)
        and verdict.verdict is Answer.BROKEN
        and verdict.witness
    ]
    if not broken:
        raise NothingBroken(rule)
    # Among equals the first, in the order of the report.
    shortest = min(broken, key=lambda verdict: len(verdict.witness or ()))
    names = Names(order.workspace, order.speak)
    told = [tell(each, names).headline for each in report.findings if shortest in each.verdicts]
    message = N_("The shortest path that breaks the rule “{rule}”")
    caption = told[0] if told else order.speak(message, rule=rule)
    return shortest.witness or (), caption
