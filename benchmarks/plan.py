"""The cheapest markers to add: our planner beside two peers, on the same generated workspaces.

``python -m benchmarks.plan [TOUCHPOINTS ...]`` asks for one ``carries`` rule a marker. Each answer
is checked by the prover; where an answer costs less than another says that any must, the run fails.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.generate import CARRIES, RandomJourney, workspace
from benchmarks.tables import figures, seconds, table
from charter.workspace import Workspace

SIZES = (60, 300, 2_000)
MARKERS = 6
PATIENCE = 30
"""Seconds that each may take; what it has then counts."""

TEXT = """\
## The cheapest plan

Which markers to bring to which touchpoints, so that 6 rules `carries` hold for 8 segments; each tag
costs 1. In 30 s each tool gives the best answer that it has: what that costs, and how much cheaper
one could be by the greatest bound that any tool proved. Ours takes the whole way from the workspace
to a proved plan. “Compact programme” is one mixed-integer programme (scipy's `milp`, which is
HiGHS): by marker, segment and touchpoint whether a customer gets there without the marker. “Cuts
one by one” is a smallest vertex cut for one marker and segment after the other (networkx), the tags
of those before for free; it proves nothing. Every answer was checked by the prover in the run."""


class Answer(NamedTuple):
    """What a tool found.

    Attributes:
        tags: Pairs of marker and touchpoint; None where it found none.
        bound: What it says that any choice costs at least.
    """

    tags: frozenset[tuple[int, int]] | None
    bound: float


class Disagreement(Exception):
    """An answer leaves something broken, or costs less than a tool says is possible."""


def files_of(touchpoints: int) -> dict[str, str]:
    """Return the workspace that all are asked about."""
    rules = tuple(rule.replace("}", ", severity: error}") for rule in CARRIES[:MARKERS])
    return workspace(touchpoints, rules=MARKERS, asked=rules)


def ours(asked: Workspace, journey: RandomJourney) -> Answer:
    """Ask our planner."""
    from benchmarks.ours import TODAY
    from charter.plan import cheapest_plan

    del journey
    until = time.perf_counter() + PATIENCE
    plan = cheapest_plan(asked, TODAY, seconds_left=lambda: until - time.perf_counter())
    tags = frozenset(
        (int(each.marker.split("-")[1]), int(each.touchpoint[1:])) for each in plan.actions
    )
    return Answer(tags if plan.is_found else None, plan.bound)


def compact_programme(asked: Workspace, journey: RandomJourney) -> Answer:
    """Ask one mixed-integer programme for everything."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    del asked
    many, markers = journey.touchpoints, len(journey.bears)
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    signs: list[np.ndarray] = []
    least: list[np.ndarray] = []
    # First whether each tag is put on, then whether each place is got to without the marker.
    upper = np.ones(many * markers * (1 + int(journey.segments)))
    row = 0

    def ask(at_least: float, *terms: tuple[np.ndarray, float]) -> None:
        nonlocal row
        number = len(terms[0][0])
        for column, sign in terms:
            rows.append(np.arange(row, row + number))
            columns.append(column)
            signs.append(np.full(number, sign))
        least.append(np.full(number, at_least))
        row += number

    for pair, (segment, marker) in enumerate(journey.pairs):
        tag, there = marker * many, many * (markers + pair)
        is_bare = ~(journey.bears[marker] >> segment & 1).astype(bool)
        kept = (journey.open_to >> segment & 1).astype(bool)
        kept &= is_bare[journey.sources] & is_bare[journey.targets]
        source, target = journey.sources[kept], journey.targets[kept]
        ask(0.0, (there + target, 1.0), (tag + target, 1.0), (there + source, -1.0))
        entries = np.flatnonzero(journey.is_entry & is_bare)
        ask(1.0, (there + entries, 1.0), (tag + entries, 1.0))
        upper[there + np.flatnonzero(journey.is_exit & is_bare)] = 0.0
    size = (row, len(upper))
    matrix = coo_array(
        (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))), size
    ).tocsr()
    is_tag = np.arange(len(upper)) < many * markers
    found = milp(
        is_tag.astype(float),
        integrality=is_tag.astype(int),
        bounds=Bounds(0.0, upper),
        constraints=LinearConstraint(matrix, np.concatenate(least), np.inf),
        options={"time_limit": PATIENCE},
    )
    bound = found.mip_dual_bound
    bound = 0.0 if bound is None or not np.isfinite(bound) else float(np.ceil(bound - 1e-6))
    if found.x is None:
        return Answer(None, bound)
    put_on = np.flatnonzero(found.x[: many * markers] > 0.5).tolist()
    return Answer(frozenset(divmod(number, many) for number in put_on), bound)


def cuts_one_by_one(asked: Workspace, journey: RandomJourney) -> Answer:
    """Ask for a smallest vertex cut of each marker and segment, those before for free."""
    import networkx

    from benchmarks.peers import every_ways

    del asked
    until = time.perf_counter() + PATIENCE
    of_segment = every_ways(journey)
    found: set[tuple[int, int]] = set()
    for segment, marker in journey.pairs:
        if time.perf_counter() > until:
            return Answer(None, 0.0)
        ways = of_segment[segment]
        gone = {place for m, place in found if m == marker}
        gone.update(np.flatnonzero(journey.bears[marker] >> segment & 1).tolist())
        network = networkx.DiGraph()
        for place in range(journey.touchpoints):
            if place not in gone:
                network.add_edge((place, 0), (place, 1), capacity=1)
        for tail, head in ways.pairs:
            if tail not in gone and head not in gone:
                network.add_edge((tail, 1), (head, 0))
        if not network.has_node((ways.source, 1)) or not network.has_node((ways.sink, 0)):
            continue
        _, (before, _) = networkx.minimum_cut(network, (ways.source, 1), (ways.sink, 0))
        found |= {(marker, p) for p, end in before if end == 0 and (p, 1) not in before}
    return Answer(frozenset(found), 0.0)


TOOLS: dict[str, Callable[[Workspace, RandomJourney], Answer]] = {
    "ours": ours,
    "compact programme": compact_programme,
    "cuts one by one": cuts_one_by_one,
}


def check_answer(asked: Workspace, tags: Iterable[tuple[int, int]]) -> None:
    """See that every rule holds with some tags.

    Raises:
        Disagreement: One is broken.
    """
    from benchmarks.ours import TODAY
    from charter.checker import check
    from charter.findings import Answer as Told
    from charter.what_if import Try, tried

    tries = [Try("generated", f"t{p}", f"marker-{m}", is_carried=True) for m, p in sorted(tags)]
    verdicts = check(tried(asked, tries), TODAY, measure=False).verdicts
    broken = [verdict for verdict in verdicts if verdict.verdict is Told.BROKEN]
    if broken:
        raise Disagreement(f"{len(broken)} verdicts stay broken with {len(tries)} tags.")


def section(sizes: Sequence[int] = SIZES) -> str:
    """Return the table of what plans take and cost."""
    from charter.workspace import read_files

    rows = []
    for size in sizes:
        asked = read_files(files_of(size))
        journey = RandomJourney.of(size, segments=8, markers=MARKERS)
        answers: dict[str, tuple[float, Answer]] = {}
        for name, tool in TOOLS.items():
            started = time.perf_counter()
            answer = tool(asked, journey)
            answers[name] = time.perf_counter() - started, answer
            print(f"{size:>9,}  {name:<20}{seconds(answers[name][0])}", file=sys.stderr, flush=True)
        bound = max(answer.bound for _, answer in answers.values())
        for name, (took, answer) in answers.items():
            if answer.tags is None:
                rows.append([f"{size:,}", name, seconds(took), "none", ""])
                continue
            check_answer(asked, answer.tags)
            cost = len(answer.tags)
            if cost < bound - 1e-6:
                raise Disagreement(f"{name} found {cost} where {bound} was said to be least.")
            gap = 100 * (cost - bound) / cost if cost else 0.0
            told = f"{figures(gap)} %" if gap else "0 %"
            rows.append([f"{size:,}", name, seconds(took), f"{cost:,}", told])
    heads = ["touchpoints", "tool", "time", "cost", "cheaper at most"]
    return f"{TEXT}\n\n{table(heads, rows)}"


if __name__ == "__main__":
    print(section([int(size) for size in sys.argv[1:]] or SIZES))
