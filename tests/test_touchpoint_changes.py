"""What a change of a touchpoint means for its file."""

import pytest

from charter.touchpoint_changes import passage_markers, share_of_all, shares_by_segment
from journeys.model import Shares
from journeys.plain import Plain

PLANNED: Plain = {"marker": "farewell", "status": "planned"}
TILL: dict[str, Plain] = {
    "id": "till",
    "next": [
        "street",
        {"to": "home", "markers": "card"},
        {"to": "home", "segments": ["loyal"], "markers": [PLANNED, "card"]},
    ],
}


@pytest.mark.parametrize(
    ("to", "number", "chosen", "written"),
    [
        pytest.param("street", 1, ["card"], ["card"], id="a first tag"),
        pytest.param("home", 1, ["card", "host"], ["card", "host"], id="one more beside a single"),
        pytest.param(
            "home", 2, ["card", "farewell"], ["card", PLANNED], id="tags keep what they say"
        ),
        pytest.param("home", 1, ["farewell"], ["farewell"], id="another way's tag is another"),
        pytest.param("home", 2, [], None, id="none"),
        pytest.param("gone", 1, ["card"], ["card"], id="a way that somebody took off"),
    ],
)
def test_tags_of_a_passage(to: str, number: int, chosen: list[str], written: Plain):
    assert passage_markers(TILL, to, number, chosen) == written


@pytest.mark.parametrize(
    ("shares", "by_segment", "of_all"),
    [
        pytest.param(None, {"a": "1", "b": "1"}, "1", id="nothing written counts as 1"),
        pytest.param(Shares.weighing(2.5), {"a": "2.5", "b": "2.5"}, "2.5", id="one for everyone"),
        pytest.param(Shares.weighing({"a": 4}), {"a": "4", "b": "1"}, "2.5", id="one by segment"),
    ],
)
def test_a_share_goes_by_segment_and_back(shares: Shares | None, by_segment: Plain, of_all: str):
    assert shares_by_segment(shares, ["a", "b"]) == by_segment
    assert share_of_all(shares, ["a", "b"]) == of_all
