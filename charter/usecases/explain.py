"""Explaining a code or a kind of rule."""

from __future__ import annotations

import textwrap

from charter.defects import SEVERITIES
from charter.messages import Speaker
from charter.messages.codes import CODES
from charter.rules import KINDS
from charter.rules.documentation import documentation
from journeys.document import closest


class UnknownTopic(Exception):
    """There is nothing to explain under this name.

    Attributes:
        suggestion: What was probably meant.
        topics: What can be explained.
    """

    def __init__(self, topic: str) -> None:
        super().__init__(topic)
        self.topics = topics()
        self.suggestion = closest(topic, self.topics)


def topics() -> tuple[str, ...]:
    """Return every code and rule kind that can be explained."""
    kinds = [name for kind in KINDS for name in (kind.name(), kind.code)]
    return (*kinds, *CODES)


def explain(topic: str, speak: Speaker) -> str:
    """Return what a code or rule kind means and how grave it is, as Markdown.

    Raises:
        UnknownTopic: It is neither.
    """
    for kind in KINDS:
        if topic.casefold() in (kind.name(), kind.code.casefold()):
            heading = f"{kind.name()} · {kind.code} · {kind.default_severity}"
            return f"{heading}\n\n{documentation(kind, speak.language)}"
    code = topic.upper()
    if code in CODES:
        told = textwrap.fill(speak(CODES[code]), 96, break_long_words=False, break_on_hyphens=False)
        return f"{code} · {SEVERITIES[code]}\n\n{told}\n"
    raise UnknownTopic(topic)
