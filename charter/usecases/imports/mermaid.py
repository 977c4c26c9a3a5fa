"""A Mermaid flowchart or user journey, as a journey."""

from __future__ import annotations

from charter.usecases.importing import Delivery, NotImported, Offer
from charter.usecases.imports.drafting import offer_of
from journeys.formats.markup import Unreadable
from journeys.formats.mermaid import read_mermaid


def propose(delivery: Delivery) -> Offer:
    """Return what importing a Mermaid file would write.

    Raises:
        NotImported: It can't be read, or would be written over something.
    """
    try:
        drafted = read_mermaid(delivery.file.content, delivery.file.name)
    except Unreadable as unreadable:
        raise NotImported(unreadable.problems) from None
    return offer_of(delivery, drafted)
