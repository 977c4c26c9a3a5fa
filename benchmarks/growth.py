"""How the cost of a proof grows with the journey, kind by kind.

``python -m benchmarks.growth TOUCHPOINTS`` prints as JSON what the rules below cost on a journey of
that size built in memory, each asked of 8 segments at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.generate import RandomJourney
from benchmarks.tables import figures, seconds, table

RULES = (
    "{id: carries, kind: carries, markers: [marker-0]}",
    "{id: at-most, kind: at-most, times: 3, markers: [marker-3]}",
    "{id: no-gap, kind: no-gap, longest: 4, markers: [marker-2]}",
    "{id: follows, kind: follows, after: {channel: channel-0}, within: 4, markers: [marker-5]}",
    "{id: excludes, kind: excludes, one: marker-7, other: marker-8}",
    "{id: hand-off, kind: hand-off, markers: [marker-8]}",
    "{id: peak, kind: peak, markers: [marker-10]}",
)

TEXT = """\
## The cost grows with transitions × what the rule remembers

Seconds for one rule, asked of 8 segments at once, with verdicts and witnesses; below them the
nanoseconds for each transition and state of the rule's automaton. Where these stay level from
column to column, the cost is linear."""


def costs(size: int) -> dict[str, tuple[int, float]]:
    """Return by rule how many states its automaton has, and the seconds that it takes."""
    from benchmarks.ours import workspace
    from charter.rules.setting import Setting
    from journeys.source import paused_garbage_collection

    asked = workspace(RandomJourney.of(size), RULES)
    setting = Setting.of(asked.charter, asked.journeys[0], measure=False)
    found = {}
    with paused_garbage_collection():
        # What all rules share, worked out once a journey.
        setting.graph.of_paths()
        assert setting.graph.labels
        assert setting.graph.places
        for rule in asked.rules:
            started = time.perf_counter()
            tuple(rule.judge(setting))
            took = time.perf_counter() - started
            targets, lenses = rule.targets(asked.charter), rule.lenses(asked.charter)
            automaton = rule.question_to_ask(setting, targets, lenses).automaton
            found[rule.id] = (len(automaton.steps), took)
    return found


def section(sizes: Sequence[int]) -> str:
    """Return the table of what the rules cost at each size."""
    by_size = {}
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.growth", str(size)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        by_size[size] = json.loads(told)
    rows = []
    for rule, (states, _) in by_size[sizes[0]].items():
        took = [by_size[size][rule][1] for size in sizes]
        rows.append([f"{rule}, {states} states", *map(seconds, took)])
        each = (1e9 * s / (3 * size * states) for s, size in zip(took, sizes, strict=True))
        rows.append(["", *(f"{figures(nanoseconds)} ns" for nanoseconds in each)])
    return f"{TEXT}\n\n{table(['touchpoints', *(f'{size:,}' for size in sizes)], rows)}"


if __name__ == "__main__":
    print(json.dumps(costs(int(sys.argv[1]))))
