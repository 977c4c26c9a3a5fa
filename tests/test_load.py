"""Visitors of the load measurement speak Streamlit's protocol, on a workspace that is one."""

import datetime
import socket
from pathlib import Path

import pytest

from benchmarks import load
from benchmarks.visited import TOUCHPOINTS, write_workspace
from charter.usecases.check import check_folder
from tests.loops import run_apart


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace that visitors look at."""
    folder = tmp_path_factory.mktemp("load") / "visited"
    write_workspace(folder)
    return folder


def test_the_workspace_is_one(folder: Path):
    checked = check_folder(folder, datetime.date(2026, 11, 26))
    assert checked.workspace is not None
    (journey,) = checked.workspace.journeys
    assert len(journey.touchpoints) == len(TOUCHPOINTS) == 60
    assert {verdict.verdict for verdict in checked.report.verdicts} == {"holds", "broken"}
    assert "CH010" not in {finding.code for finding in checked.report.findings}


@pytest.mark.parametrize(
    ("share", "values", "most"),
    [
        (0.95, [5.0], 5.0),
        (0.95, list(range(1, 101)), 95),
        (0.95, list(range(20, 0, -1)), 19),
        (0.5, [1, 2, 3, 4], 2),
    ],
)
def test_the_share_is_that_of_the_nearest_rank(share: float, values: list[float], most: float):
    assert load.at_most(share, values) == most


def test_each_click_of_each_visitor_is_answered(folder: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with load.served(folder, port) as server:
        load.wait_until_it_answers(server)
        took = run_apart(load.visit_together(port, 2, 2.5))
        assert server.memory() > 50
    assert 2 <= len(took) <= 4
    assert all(0 < each < load.ANSWERS_WITHIN for each in took)
