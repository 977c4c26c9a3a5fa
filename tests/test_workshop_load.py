"""The measurement of a workshop counts what was really kept, and its part leaves others alone."""

import socket
from concurrent.futures import ThreadPoolExecutor

from benchmarks import workshop
from benchmarks.parts import with_part


def test_each_vote_is_counted_where_it_came_to():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # In a thread of its own: a browser that other tests drive has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        figures = thread.submit(workshop.measure, 4, 2.5, port).result()
    assert 8 <= figures.sent <= 12
    assert figures.kept == figures.sent == len(figures.acknowledged) == len(figures.seen)
    assert figures.refused == 0
    assert min(figures.acknowledged) > 0
    assert min(figures.seen) > 0
    assert figures.worked > 0
    assert figures.memory > 20
    told = workshop.described(figures, 4, 2.5)
    assert f"| Votes in the database | {figures.sent} | {figures.sent} |" in told


def test_a_part_is_written_in_the_place_of_the_one_with_its_heading():
    first, second = "# The Studio\n\nclicks 1", "## Phones\n\nvotes 1\n\n### More\n\nof them"
    both = with_part(with_part("", second), first)
    assert both == f"{first}\n\n{second}\n"
    assert with_part(both, first.replace("1", "2")) == f"{first.replace('1', '2')}\n\n{second}\n"
    assert with_part(both, "## Phones\n\nvotes 2\n") == f"{first}\n\n## Phones\n\nvotes 2\n"
