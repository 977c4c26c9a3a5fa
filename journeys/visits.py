"""What customers come by on their paths, and what becomes of them then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from journeys.customers import PLAIN_LIMIT, Customers, rows_of
from journeys.equations import Row, solve, visits


def share_that_visits(customers: Customers, stops: Collection[int]) -> float:
    """Return the share in [0, 1] of customers who visit one of ``stops`` at least once."""
    return min(1.0, expected_at_first_visit(customers, dict.fromkeys(stops, 1.0)))


def expected_at_first_visit(customers: Customers, values: Mapping[int, float]) -> float:
    """Return the expected value of the first visit to one of some stops.

    ``values`` are by stop; a path that visits none of them counts as 0. Cost: as for
    `share_of_endings`.
    """
    constants = [values.get(stop, 0.0) for stop in range(len(customers.ends))]
    if len(constants) > PLAIN_LIMIT:
        from journeys import sparse

        found = sparse.reaching(customers.matrix, constants, stopping=values)
    else:
        rows = [() if stop in values else row for stop, row in enumerate(rows_of(customers))]
        found = _solved(rows, constants)
    return sum(probability * found[stop] for stop, probability in customers.entries.items())


def share_of_endings(customers: Customers, endings: Collection[int]) -> list[float]:
    """Return by stop the share in [0, 1] of those there whose path ends at one of ``endings``.

    Cost: linear, but for the loops (`journeys.equations`).
    """
    ends = [end if stop in endings else 0.0 for stop, end in enumerate(customers.ends)]
    if len(ends) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.reaching(customers.matrix, ends)
    return _solved(rows_of(customers), ends)


def _solved(rows: Sequence[Row], constants: Sequence[float]) -> list[float]:
    """Return ``y`` where ``y[i] = constants[i] + sum(a * y[j] for j, a in rows[i])``."""
    return [value for (value,) in solve(rows, [(constant,) for constant in constants])]


def expected_visits(customers: Customers) -> list[float]:
    """Return by stop how often a customer visits it, on average.

    Cost: as for `share_of_endings`.
    """
    begun = [customers.entries.get(stop, 0.0) for stop in range(len(customers.ends))]
    if len(begun) > PLAIN_LIMIT:
        from journeys import sparse

        return sparse.visits(customers.matrix, customers.entries)
    return visits(rows_of(customers), begun)
