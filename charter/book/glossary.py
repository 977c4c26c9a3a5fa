"""The words of a customer-experience charter, and what each means."""

from __future__ import annotations

from charter.book.blocks import Chapter, Page, Term, Terms
from charter.book.making import Making
from charter.messages import N_

WORDS = (
    (N_("Charter"), N_("The brand's identity document: how it treats people, wherever they are.")),
    (N_("Value"), N_("A pillar of the identity. Markers make it concrete.")),
    (N_("Posture"), N_("How the brand relates to people: what it is, and what it is not.")),
    (N_("Marker"), N_("A recognisable sign of how the brand relates to people.")),
    (
        N_("Signature"),
        N_("A marker that people attribute to this brand, and would miss elsewhere."),
    ),
    (N_("Basic need"), N_("A marker that every brand owes its customers.")),
    (N_("Irritant"), N_("A practice that customers meet and the brand wants gone.")),
    (N_("Expression"), N_("How a marker shows on one channel.")),
    (N_("Adaptation"), N_("How a marker is modulated for one segment.")),
    (N_("Cue"), N_("What in a text shows a marker, or denies it.")),
    (N_("Channel"), N_("Where people and the brand meet: a boutique, a website, the phone.")),
    (N_("Segment"), N_("A kind of customer; plans call it a target.")),
    (N_("Stage"), N_("A part of the customer's way with the brand, in order.")),
    (N_("Journey"), N_("The ways customers may take to an end, from touchpoint to touchpoint.")),
    (N_("Touchpoint"), N_("A moment at which a customer meets the brand, on a channel.")),
    (N_("Moment of truth"), N_("A touchpoint that weighs more than others in what people keep.")),
    (N_("Hand-off"), N_("A passage from one channel, team or stage to another.")),
    (N_("Path"), N_("One way through a journey, from where it begins to where it ends.")),
    (N_("Outcome"), N_("How a path ended for the customer.")),
    (N_("Rule"), N_("Something that must hold on every path, as the charter asks.")),
    (N_("Verdict"), N_("The answer to a rule: it holds, it is broken, or it can't be decided.")),
    (N_("Path that breaks a rule"), N_("The shortest one that shows why a rule doesn't hold.")),
    (
        N_("Finding"),
        N_("What is told to people: what is broken, for whom, and what would mend it."),
    ),
    (N_("Waiver"), N_("A finding accepted until a day, for a reason, by somebody who answers.")),
    (N_("Action plan"), N_("What will be done, for whom, on which channel, by when and by whom.")),
)
"""Each word of the field, with what it means; in the order in which they explain each other."""


def chapter(making: Making) -> Chapter:
    """Return the chapter."""
    speak = making.speak
    terms = tuple(Term(speak(word), speak(meaning)) for word, meaning in WORDS)
    return Chapter(
        "words",
        speak(N_("The words we use")),
        "",
        (Page("glossary", speak(N_("Glossary")), (Terms(terms),)),),
    )
