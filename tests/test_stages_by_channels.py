"""A large journey at a glance."""

from __future__ import annotations

import datetime
import time

from charter.rules.setting import Setting
from charter.stages_by_channels import Crossing, crossings
from charter.usecases.check import check_workspace
from tests.scenarios.writing import touchpoints, workspace

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: fax}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: discover}, {id: buy}]
markers:
  - {id: host, name: A named host}
  - {id: receipt, name: A receipt, role: basic}
rules:
  - {id: hosted, kind: carries, markers: [host]}
"""
VISIT = touchpoints(
    "window, entry: true, channels: [store, web], next: [shelf, till]",
    "shelf, markers: [{marker: host, segments: [loyal]}], next: [till]",
    "till, stage: buy, channel: web, markers: [receipt], exit: bought",
)


def found(segment: str | None = None, charter: str = CHARTER) -> list[Crossing]:
    whole = workspace(VISIT, charter=charter)
    verdicts = check_workspace(whole, datetime.date(2026, 11, 23)).report.verdicts
    return crossings(whole.settings[0], verdicts, segment)


def test_each_stage_on_each_channel_names_its_touchpoints():
    """In the charter's order, and only where there are some."""
    assert [(c.stage, c.channel, c.stops) for c in found()] == [
        ("discover", "store", ("window@store", "shelf")),
        ("discover", "web", ("window@web",)),
        ("buy", "web", ("till",)),
    ]


def test_only_signature_markers_sign_and_only_whom_they_are_for():
    assert [crossing.signed for crossing in found()] == [1, 0, 0]
    assert [crossing.signed for crossing in found("loyal")] == [1, 0, 0]
    assert [crossing.signed for crossing in found("newcomer")] == [0, 0, 0]


def test_broken_is_where_it_can_be_mended():
    """Straight from the window to the till: no place on that way names its host."""
    broken = {(c.stage, c.channel): c.broken for c in found()}
    assert broken["buy", "web"] == 1
    assert broken["discover", "store"] >= 1


def test_what_no_rule_asks_for_isnt_broken():
    content = CHARTER.replace("markers: [host]}", "markers: [host], severity: off}")
    assert [crossing.broken for crossing in found(charter=content)] == [0, 0, 0]


def test_what_is_said_of_other_segments_doesnt_count():
    """Of a rule for newcomers, no loyal customer hears."""
    content = CHARTER.replace("markers: [host]}", "markers: [host], segments: [newcomer]}")
    assert sum(crossing.broken for crossing in found("newcomer", content)) > 0
    assert sum(crossing.broken for crossing in found("loyal", content)) == 0


def large(number: int = 10_000) -> Setting:
    """A journey of so many touchpoints, each leading to the next two."""
    channels = ("store", "web", "fax")
    whole = workspace(
        touchpoints(
            *(
                f"t{n}, stage: {'discover' if n < number / 2 else 'buy'}, "
                f"channel: {channels[n % 3]}, {'entry: true, ' if n == 0 else ''}"
                f"{'markers: [host], ' if n % 4 == 0 else ''}"
                + (f"next: [t{n + 1}, t{min(n + 2, number - 1)}]" if n < number - 2 else "exit: x")
                for n in range(number)
            )
        ),
        charter=CHARTER,
    )
    return whole.settings[0]


def test_ten_thousand_touchpoints_answer_within_a_second():
    setting = large()
    assert len(setting.graph.stops) == 10_000  # what is read and worked out before
    assert setting.graph.walked
    start = time.process_time()
    rows = crossings(setting, (), "newcomer")
    assert time.process_time() - start < 1
    assert sum(len(row.stops) for row in rows) == 10_000
    assert sum(row.signed for row in rows) == 2_500
