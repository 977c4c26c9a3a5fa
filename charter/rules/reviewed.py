"""The kind `reviewed`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.kind import Rule, Sentences
from charter.rules.setting import Landscape
from journeys.document import Whole


class Reviewed(Rule):
    """The charter and its markers were read through lately.

    Holds when charter and markers carry a `reviewed` date at most `days` old. There is one
    verdict for the charter and one per marker.

    # Why it matters

    A charter that nobody has opened for two years describes the brand of two years ago. A date
    is a small promise to look again.

    # Breaks

        rules:
          - {id: kept-fresh, kind: reviewed, days: 365}
        reviewed: 2023-10-01
        markers:
          - {id: named-host, name: A named host}

    # Repaired

        reviewed: 2026-10-01
        markers:
          - {id: named-host, name: A named host, reviewed: 2026-09-15}

    # Options

    - `days`: how old the dates may be.
    """

    code: ClassVar[str] = "CH504"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["reviewed"]
    days: Annotated[Whole, Field(ge=1, le=36_500)]

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say how long ago it was, if ever."""
        advice = N_("Read it through, and write the day under “reviewed”.")
        if verdict.marker is None:
            return {
                "never": Sentences(
                    N_("Has the charter never been reviewed?"),
                    N_("The charter carries no “reviewed” date."),
                    advice,
                ),
                "long-ago": Sentences(
                    N_("Is the charter out of date?"),
                    N_("The charter was last reviewed {age} days ago; {days} are allowed."),
                    advice,
                ),
            }[verdict.reason]
        return {
            "never": Sentences(
                N_("Has {what} never been reviewed?"),
                N_("{what} carries no “reviewed” date."),
                advice,
            ),
            "long-ago": Sentences(
                N_("Is {what} out of date?"),
                N_("{what} was last reviewed {age} days ago; {days} are allowed."),
                advice,
            ),
        }[verdict.reason]

    def verdicts(self, landscape: Landscape) -> Iterator[Verdict]:
        """Yield the verdict of the charter, then of each marker."""
        charter, today = landscape.charter, landscape.today
        yield self._judge(charter.reviewed, today, place=charter.position)
        for marker in charter.markers:
            yield self._judge(marker.reviewed, today, marker=marker.id, place=marker.position)

    def _judge(self, reviewed: datetime.date | None, today: datetime.date, **scope: Any) -> Verdict:
        if reviewed is None:
            return self.verdict(Answer.BROKEN, **scope, reason="never")
        age = (today - reviewed).days
        return self.verdict(
            Answer.HOLDS if age <= self.days else Answer.BROKEN,
            **scope,
            reason="long-ago",
            details={"age": age},
        )
