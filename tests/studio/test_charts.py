"""Charts are Vega-Lite specifications written down, and each is one that Vega-Lite knows."""

import datetime
import time
from pathlib import Path

import altair
import pytest

from charter.messages import Language, speaker
from charter.priorities import Ranking
from charter.reports.names import Names
from charter.studio.priority_matrix import matrix
from charter.studio.trend_chart import counts_chart, shares_chart
from charter.usecases.priorities import what_first
from charter.workspace import read_folder
from tests.studio.test_overview import CARRIED, UNKNOWN, version

TODAY = datetime.date(2026, 11, 23)
SPEAKERS = [speaker(language) for language in Language]
pytestmark = pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])


@pytest.mark.parametrize("speak", SPEAKERS, ids=lambda speak: speak.language)
@pytest.mark.parametrize("chart", [shares_chart, counts_chart])
def test_the_trend(chart, speak, is_dark: bool):
    versions = [version("one", CARRIED), version("two", None, 3), version("three", UNKNOWN)]
    altair.Chart.from_dict(chart(versions, speak, is_dark=is_dark))


@pytest.mark.parametrize("speak", SPEAKERS, ids=lambda speak: speak.language)
def test_what_to_do_first(root: Path, speak, is_dark: bool):
    workspace = read_folder(root)
    found = what_first(workspace, TODAY, seconds=20, clock=time.monotonic)
    assert isinstance(found, Ranking)
    drawn = matrix(found.actions, Names(workspace, speak), is_dark=is_dark)
    altair.Chart.from_dict(drawn)
    *_, numbers = drawn["layer"]
    ranks = [row["rank"] for row in numbers["data"]["values"]]
    assert ranks == [str(action.rank) for action in found.actions]
