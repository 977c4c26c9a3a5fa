"""What can't be done with a repository, in terms that can be put into words later."""

from __future__ import annotations


class HistoryError(Exception):
    """History can't be read or written. Everything but history still works.

    Attributes:
        reason: Which sentence of `charter.messages.history` tells it.
        parameters: What that sentence names.
    """

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters


class GitFailed(HistoryError):
    """The git program refused.

    Attributes:
        said: What it said, in English.
    """

    def __init__(self, said: str) -> None:
        lines = said.strip().splitlines()
        super().__init__("git-failed", detail=lines[0] if lines else "git")
        self.said = said
