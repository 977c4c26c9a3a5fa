"""What customers come by on their paths, and what becomes of them then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from journeys.customers import PLAIN_LIMIT, Customers
from journeys.equations import Row, solve, visits


def share_that_visits(customers: Customers, stops: Collection[int]) -> float:
    """Return the share in [0, 1] of customers who visit one of ``stops`` at least once."""
    return min(1.0, expected_at_first_visit(customers, dict.fromkeys(stops, 1.0)))


def expected_at_first_visit(customers: Customers, values: Mapping[int, float]) -> float:
    """Return the expected value of the first visit to one of some stops.

    ``values`` are by stop; a path that visits none of them counts as 0. Cost: as for
    `share_of_endings`.
    """
    rows = [() if stop in values else row for stop, row in enumerate(_rows(customers))]
    found = _solved(rows, [values.get(stop, 0.0) for stop in range(len(rows))])
    return sum(probability * found[stop] for stop, probability in customers.entries.items())


def share_of_endings(customers: Customers, endings: Collection[int]) -> list[float]:
    """Return by stop the share in [0, 1] of those there whose path ends at one of ``endings``.

    Cost: linear, but for the loops (`journeys.equations`).
    """
    ends = [end if stop in endings else 0.0 for stop, end in enumerate(customers.ends)]
    return _solved(_rows(customers), ends)


def _rows(customers: Customers) -> list[Row]:
    """Return by stop the ways on."""
    return [[(step.target, step.probability) for step in leaving] for leaving in customers.steps]


def _solved(rows: Sequence[Row], constants: Sequence[float]) -> list[float]:
    """Return ``y`` where ``y[i] = constants[i] + sum(a * y[j] for j, a in rows[i])``."""
    if len(rows) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.reaching(rows, constants)
    return [value for (value,) in solve(rows, [(constant,) for constant in constants])]


def expected_visits(customers: Customers) -> list[float]:
    """Return by stop how often a customer visits it, on average.

    Cost: as for `share_of_endings`.
    """
    rows = _rows(customers)
    begun = [customers.entries.get(stop, 0.0) for stop in range(len(rows))]
    if len(rows) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.visits(rows, begun)
    return visits(rows, begun)
