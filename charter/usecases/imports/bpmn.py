"""A BPMN model, its processes as journeys."""

from __future__ import annotations

from charter.usecases.importing import Delivery, NotImported, Offer
from charter.usecases.imports.drafting import offer_of
from journeys.formats.bpmn import read_bpmn
from journeys.formats.markup import Unreadable


def propose(delivery: Delivery) -> Offer:
    """Return what importing a BPMN file would write.

    Raises:
        NotImported: It isn't one, or would be written over something.
    """
    try:
        drafted = read_bpmn(delivery.file.content, delivery.file.name)
    except Unreadable as unreadable:
        raise NotImported(unreadable.problems) from None
    return offer_of(delivery, drafted)
