"""What is found, by which words: the index that a page carries, for a search without a server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from charter.book.making import Making
from charter.messages import N_, visible
from charter.site import addresses
from charter.site.blocks import Page
from journeys.model import Status

_Entry = tuple[str, str, str, str]
"""What it is called, what it is, where it is, and what else it is found by."""


def index(making: Making, pages: Iterable[Page]) -> str:
    """Return all that can be found as a value of JavaScript, no character of which is markup."""
    speak = making.speak
    entries = [
        *((page.title, page.eyebrow, page.file, f"{page.lead} {page.said}") for page in pages),
        *_touchpoints(making),
        *_actions(making),
    ]
    words = {
        "none": speak(N_("Nothing was found.")),
        "one": speak(N_("1 result")),
        "many": speak(N_("{{number}} results")),
        "first": speak(N_("The first {{number}} are shown.")),
    }
    told = json.dumps({"entries": entries, "words": words}, ensure_ascii=False)
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _touchpoints(making: Making) -> Iterator[_Entry]:
    speak, names = making.speak, making.names
    for journey in making.workspace.journeys:
        for touchpoint in journey.touchpoints:
            if touchpoint.status is not Status.RETIRED:
                markers = [names.of("marker", tag.marker) for tag in touchpoint.markers]
                yield (
                    visible(touchpoint.named(speak.language)),
                    names.of("journey", journey.id),
                    addresses.touchpoint(journey.id, touchpoint.id),
                    " · ".join([names.of("stage", touchpoint.stage), *markers]),
                )


def _actions(making: Making) -> Iterator[_Entry]:
    speak = making.speak
    for plan in making.workspace.plans:
        for action in plan.actions:
            told = making.words(action.what) or visible(action.id)
            yield (
                told,
                visible(plan.named(speak.language)),
                addresses.BY_TARGET,
                visible(action.owner or ""),
            )
