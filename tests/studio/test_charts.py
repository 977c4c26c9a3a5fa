"""Charts are Vega-Lite specifications written down, and each is one that Vega-Lite knows."""

import datetime

import altair
import pytest

from charter.messages import Language, speaker
from charter.studio.trend_chart import counts_chart, shares_chart
from tests.studio.test_overview import CARRIED, UNKNOWN, version

TODAY = datetime.date(2026, 11, 23)
SPEAKERS = [speaker(language) for language in Language]
pytestmark = pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])


@pytest.mark.parametrize("speak", SPEAKERS, ids=lambda speak: speak.language)
@pytest.mark.parametrize("chart", [shares_chart, counts_chart])
def test_the_trend(chart, speak, is_dark: bool):
    versions = [version("one", CARRIED), version("two", None, 3), version("three", UNKNOWN)]
    altair.Chart.from_dict(chart(versions, speak, is_dark=is_dark))
