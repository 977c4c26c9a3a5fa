"""The words of workshops that the phones and the app share: rounds, refusals, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from charter.messages import N_, Speaker, visible

_REFUSALS = {
    # Why an answer, or a participant, isn't taken.
    "not-an-answer": N_("That isn't an answer to what is asked here."),
    "no-such-card": N_("That isn't asked in this round any more."),
    "no-such-choice": N_("That can't be chosen in this round any more."),
    "says-nothing": N_("Write something first."),
    "too-long": N_("That is too long: {longest} letters at most."),
    "too-large": N_("That is more than a phone can send at once."),
    "too-many-dots": N_("You have {dots} dots to spend in all."),
    "not-in-range": N_("Choose a number from {least} to {most}."),
    "too-many-answers": N_("You have answered as often as one can in a round."),
    "too-fast": N_("That was a lot at once. Your answer is sent again in a moment."),
    "round-closed": N_("This round isn't open, so this wasn't counted."),
    "not-in-the-room": N_("You aren't in this workshop any more. Join again with its code."),
    "no-nickname": N_("Write the name that you want to be called by."),
    "room-full": N_("The room is full. Ask the facilitator."),
    "no-such-workshop": N_("No workshop with this code is open. Look at the screen again."),
    "too-many-tries": N_("There were too many wrong codes. Wait a minute, then try again."),
    "cannot-keep": N_(
        "This can't be kept at the moment; it stays on your phone and is sent again."
    ),
    # Why a facilitator can't do something.
    "ended": N_("The workshop is over. Open it again to go on."),
    "no-round": N_("The running order is empty. Add a round first."),
    "no-cards": N_("There is nothing to ask about in this round yet. Choose what it is about."),
    "no-such-round": N_("That round isn't in the running order any more."),
    "too-many-rounds": N_("A workshop has 30 rounds at most."),
    "round-begun": N_("A round that was begun stays in the running order, with its answers."),
    "moved-meanwhile": N_(
        "Another facilitator was quicker. This is how the workshop stands now; do what is still "
        "to be done."
    ),
    "no-workshop": N_("This workshop was deleted."),
}

KINDS = {
    "propose": N_("Our markers"),
    "tag": N_("Markers on the journey"),
    "express": N_("How would we show it here?"),
    "emotion": N_("How does it feel?"),
    "irritants": N_("What annoys our customers?"),
    "dots": N_("What comes first?"),
    "effort": N_("What does it take?"),
}
"""What a round is called, by its kind."""

SUBJECTS = {
    "ideas": N_("Which ideas come first?"),
    "touchpoints": N_("The moments of truth"),
    "segments": N_("Whom we serve first"),
    "priorities": N_("What makes an action come first"),
}
"""What a round of dots is called, by what they are spent on."""

QUESTIONS = {
    "propose": N_("By what should customers recognise us? Propose a sign of how we treat them."),
    "tag": N_("Which markers does a customer feel here?"),
    "express": N_("How would we show this marker here?"),
    "emotion": N_("How does a customer feel here?"),
    "irritants": N_("What annoys customers? Say one thing at a time."),
    "dots": N_("Spend your dots on what matters most."),
    "effort": N_("What does this moment take?"),
}
"""What a round asks, by its kind."""

GRADES = {
    "duration": N_("How long does it take?"),
    "frequency": N_("How often does it come up?"),
    "complexity": N_("How hard is it?"),
    "value": N_("How much does a person add?"),
}
"""What is graded on the effort grid."""

GRADE_NAMES = {
    "duration": N_("Time it takes"),
    "frequency": N_("How often"),
    "complexity": N_("Skill it asks for"),
    "value": N_("What a person adds"),
}
"""What is graded on the effort grid, as a heading."""

LEVELS = {1: N_("Low"), 2: N_("Middle"), 3: N_("High")}
"""The grades of the effort grid."""

FEELINGS = {
    2: N_("Delighted"),
    1: N_("Content"),
    0: N_("Neutral"),
    -1: N_("Upset"),
    -2: N_("Very upset"),
}
"""How a touchpoint feels."""


LOW_AGREEMENT, HIGH_AGREEMENT = 2 / 3, 0.8
"""Below and from which Krippendorff's alpha is called low and high, as he advises."""


def agreement_word(agreement: float | None, speak: Speaker) -> str:
    """Return how far a room agrees, in a word or two; None is what can't be told."""
    if agreement is None:
        return speak(N_("too few answers to tell"))
    if agreement < LOW_AGREEMENT:
        return speak(N_("low"))
    return speak(N_("fair")) if agreement < HIGH_AGREEMENT else speak(N_("high"))


def round_title(title: str, kind: str, subject: str | None, speak: Speaker) -> str:
    """Return what a round is called: its own title, else what rounds of its kind are called."""
    return visible(title) or speak(SUBJECTS[subject] if subject in SUBJECTS else KINDS[kind])


def refusal(reason: str, parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return why something isn't taken, and what to do, in the speaker's language."""
    told = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    return speak(_REFUSALS[reason], **told)


def refusals() -> Iterable[str]:
    """Return every reason that has a sentence."""
    return _REFUSALS.keys()
