"""The kind `parity`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from charter.findings import Answer, Severity, Verdict
from charter.messages import N_
from charter.rules.carrying import Target
from charter.rules.kind import Sentences
from charter.rules.path import CarriedOnPaths
from charter.rules.setting import Setting
from journeys.customers import SHARE_TOLERANCE, weakest_basis
from journeys.document import Percentage
from journeys.visits import share_that_visits


class Parity(CarriedOnPaths):
    """All segments meet the marker about equally often.

    Holds when the shares of customers who meet the marker, at some counted visit, differ by at
    most `spread` between the segments of a journey. There is one verdict per journey and marker.

    # Why it matters

    A brand may treat its priority customers better, but whoever it is, a customer should
    recognise it. A sign that only regulars meet is a privilege, not an identity.

    # Breaks

        rules:
          - {id: the-same-for-all, kind: parity, markers: [named-host], spread: 20%}
        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true,
             next: [{to: welcome, share: 90, segments: [loyal]}, {to: till, share: 10}]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    Nine loyal guests in ten meet the host, and no newcomer does.

    # Repaired

        touchpoints:
          - {id: window, stage: discover, channel: store, entry: true,
             next: [{to: welcome, share: 90}, {to: till, share: 10}]}
          - {id: welcome, stage: discover, channel: store, markers: [named-host], next: [till]}
          - {id: till, stage: buy, channel: store, exit: bought}

    # Options

    - `spread`: by how much the highest share may exceed the lowest.
    """

    code: ClassVar[str] = "CH203"
    default_severity: ClassVar[Severity] = Severity.WARNING

    kind: Literal["parity"]
    spread: Percentage

    @property
    def asks_for_shares(self) -> bool:
        """It compares shares of customers."""
        return True

    def sentences(self, verdict: Verdict) -> Sentences:
        """Say who meets it most and least."""
        return Sentences(
            N_("Do some customer segments meet {what} more often than others?"),
            N_(
                "{most_share} of {most_segment} meet {what}, and {least_share} of "
                "{least_segment}; at most {spread} may lie between them."
            ),
            N_("Lead {least_segment} to where it shows, or let it show where they pass."),
        )

    def judge(self, setting: Setting) -> Iterator[Verdict]:
        """Yield the verdict of each target."""
        for target in self.targets(setting.charter):
            yield self._judge(setting, target)

    def _judge(self, setting: Setting, target: Target) -> Verdict:
        graph = setting.graph
        asked = self.asked(setting)
        carrying = self.carrying(setting, target)
        scope = {"journey": setting.journey.id, "marker": target.marker, "value": target.value}
        shares: dict[str, float] = {}
        bases = []
        for segment, name in enumerate(graph.segments):
            customers = setting.customers_on_paths(segment, self.wanted_outcomes)
            if not asked >> segment & 1 or customers is None:
                continue
            met = [
                index
                for index, stop in enumerate(graph.stops)
                if stop.is_counted and carrying[index] >> segment & 1
            ]
            shares[name] = share_that_visits(customers, met)
            bases.append(setting.share_basis(segment))
        if len(shares) < 2:
            return self.verdict(Answer.VACUOUS, **scope)
        # The first in the charter's order among equals.
        most, least = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
        is_equal = shares[most] - shares[least] <= self.spread + SHARE_TOLERANCE
        return self.verdict(
            Answer.HOLDS if is_equal else Answer.BROKEN,
            **scope,
            share_basis=weakest_basis(bases),
            place=setting.journey.position,
            details={
                "most_segment": most,
                "most_share": shares[most],
                "least_segment": least,
                "least_share": shares[least],
            },
        )
