"""The words of the phones' page; its scripts ask for them by name."""

from __future__ import annotations

import string

from charter.messages import N_, Language, Speaker, speaker
from charter.messages.workshop import GRADES

WORDS = {
    "title": N_("Workshop"),
    "moment": N_("One moment…"),
    # Joining and leaving.
    "join.title": N_("Join the workshop"),
    "join.code": N_("Code"),
    "join.code.help": N_("The eight letters and digits on the screen of the room."),
    "join.nickname": N_("Your nickname"),
    "join.nickname.help": N_("Others see who is here, but never who answered what."),
    "join.button": N_("Join"),
    "leave": N_("Leave the workshop"),
    "leave.sure": N_(
        "Leave the workshop? What you answered stays; if you come back, you begin anew."
    ),
    # Where the workshop is.
    "place": N_("Round {place} of {places}"),
    "time.up": N_("Time is up"),
    "waiting.title": N_("It starts in a moment"),
    "waiting.text": N_("Keep this page open: what is asked appears here by itself."),
    "closed.title": N_("This round is closed"),
    "closed.text": N_("Look at the screen of the room. What is asked next appears here by itself."),
    "over.title": N_("The workshop is over"),
    "over.text": N_("Thank you for taking part. You can close this page."),
    "revealed.title": N_("What the room answered"),
    "revealed.answered": N_("People: {number}"),
    "revealed.answers": N_("Answers: {number}"),
    # Going through the cards.
    "progress": N_("{number} of {whole}"),
    "progress.answered": N_("{number} of {whole} answered."),
    "all": N_("See all"),
    "back": N_("Back"),
    "next": N_("Next"),
    "finish": N_("Finish"),
    "undo": N_("Undo"),
    "undone": N_("Taken back"),
    "mine.title": N_("Your answers"),
    "mine.until": N_("You can change your answers until the round is closed."),
    "mine.nothing": N_("Nothing yet."),
    "mine.open": N_("Not answered yet"),
    # Whether it is saved.
    "saved": N_("Saved"),
    "saving": N_("Saving…"),
    "held": N_("Kept on this phone"),
    "offline": N_(
        "No connection. What you answer stays on this phone, and is sent once it is back."
    ),
    # What is asked, by kind.
    "optional": N_("optional"),
    "save": N_("Save"),
    "cancel": N_("Leave as it is"),
    "idea.change": N_("Change what you wrote"),
    "propose.new": N_("Your idea"),
    "propose.name": N_("What is it called?"),
    "propose.help": N_("A few words, such as: A host with a name"),
    "propose.value": N_("Which value does it serve?"),
    "propose.none": N_("I don't know"),
    "propose.example": N_("What would a customer see or hear?"),
    "propose.send": N_("Propose"),
    "propose.mine": N_("What you proposed"),
    "irritants.new": N_("One thing that annoys"),
    "irritants.name": N_("What annoys customers?"),
    "irritants.help": N_("A few words, such as: Waiting without being told for how long"),
    "irritants.touchpoint": N_("Where does it happen?"),
    "irritants.none": N_("Somewhere else"),
    "irritants.send": N_("Add"),
    "irritants.mine": N_("What you wrote"),
    "tag.none": N_("None of these"),
    "express.do": N_("What we do"),
    "express.dont": N_("What we don't do"),
    "express.example": N_("An example, in our words"),
    "emotion.2": N_("Very good"),
    "emotion.1": N_("Rather good"),
    "emotion.0": N_("Neither good nor bad"),
    "emotion.-1": N_("Rather bad"),
    "emotion.-2": N_("Very bad"),
    "effort.1": N_("A little"),
    "effort.2": N_("Medium"),
    "effort.3": N_("A lot"),
    "dots.left": N_("Dots left: {number} of {whole}"),
    "dots.more": N_("One dot more for {name}"),
    "dots.less": N_("One dot less for {name}"),
}


def all_words() -> dict[str, dict[str, str]]:
    """Return the words by language and name; what the page fills in stays between braces."""
    told = {**WORDS, **{f"grade.{key}": text for key, text in GRADES.items()}}
    return {
        language: {name: _unfilled(text, speaker(language)) for name, text in told.items()}
        for language in Language
    }


def _unfilled(text: str, speak: Speaker) -> str:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return speak(text, **{name: f"{{{name}}}" for name in names})
