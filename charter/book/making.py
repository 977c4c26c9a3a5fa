"""What the chapters of a book are made from."""

from __future__ import annotations

from dataclasses import dataclass

from charter.book.audience import Audience
from charter.brand import Charter
from charter.checker import Checked
from charter.findings import Report
from charter.messages import Speaker
from charter.reports.names import Names
from charter.workspace import Workspace
from journeys.document import Words


@dataclass(frozen=True)
class Making:
    """A checked workspace, told to somebody.

    Attributes:
        checked: The workspace is valid.
        names: What its things are called, in the book's language.
        audience: For whom the book is.
    """

    checked: Checked
    names: Names
    audience: Audience

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.checked.valid

    @property
    def charter(self) -> Charter:
        """Its charter."""
        return self.workspace.charter

    @property
    def report(self) -> Report:
        """What a check says of it."""
        return self.checked.report

    @property
    def speak(self) -> Speaker:
        """Says sentences in the book's language."""
        return self.names.speak

    def words(self, words: Words | None) -> str:
        """Return a text of the workspace; nothing where there is none."""
        return self.speak.words(words) if words is not None else ""

    def all_words(self, several: tuple[Words, ...]) -> tuple[str, ...]:
        """Return texts of the workspace."""
        return tuple(map(self.speak.words, several))
