"""Which markers a plan may bring where."""

import pytest

from charter.candidates import candidates
from tests.scenarios.writing import CHARTER, touchpoints, workspace


@pytest.mark.parametrize(
    ("window", "locked", "brought"),
    [
        pytest.param("", (), {"host", "light"}, id="any"),
        pytest.param("locked: true", (), set(), id="the touchpoint says that it is locked"),
        pytest.param("", ("window",), set(), id="somebody says that it is locked"),
        pytest.param("", ("till",), {"host", "light"}, id="another is locked"),
        pytest.param("control: customer", (), set(), id="customers run it"),
        pytest.param("control: partner", (), {"host", "light"}, id="a partner runs it"),
        pytest.param("status: planned", (), set(), id="it isn't there yet"),
        pytest.param("markers: [host]", (), {"light"}, id="it is carried already"),
        pytest.param(
            "markers: [{marker: host, segments: [loyal]}]",
            (),
            {"host", "light"},
            id="it is carried for some only",
        ),
        pytest.param(
            "markers: [{marker: host, status: planned}]",
            (),
            {"host", "light"},
            id="it is only planned",
        ),
        pytest.param("channel: web", (), {"light"}, id="it is not for the channel"),
        pytest.param("channels: [store, web]", (), {"light"}, id="it is not for one of several"),
    ],
)
def test_which_markers_may_be_brought(window: str, locked: tuple[str, ...], brought: set[str]):
    charter = CHARTER.replace(
        "{id: host, name: A named host}",
        "{id: host, name: A named host, expressions: {web: {not-for: Nobody hosts a page.}}},"
        " {id: queue, name: A queue, role: irritant}",
    )
    words = ", ".join(filter(None, ("window, entry: true, next: [till]", window)))
    read = workspace(touchpoints(words, "till, exit: done"), charter=charter)
    tries = candidates(read, frozenset(locked))
    assert {each.marker for each in tries if each.touchpoint == "window"} == brought
