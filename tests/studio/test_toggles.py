"""Names to press: what a browser may say of them."""

import pytest

from charter.studio.toggles import Toggle, ToggleGroup, wanted_of

GROUPS = (
    ToggleGroup("Signatures", (Toggle("host", "A named host", is_pressed=True),)),
    ToggleGroup("Rituals", (Toggle("bulb", "The spare bulb"), Toggle("off", "", is_disabled=True))),
)


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        pytest.param(["host", False], ("host", False), id="what is on is to be off"),
        pytest.param(["bulb", True], ("bulb", True), id="what is off is to be on"),
        pytest.param(["host", True], None, id="what is on already"),
        pytest.param(["bulb", False], None, id="what is off already"),
        pytest.param(["off", True], None, id="what can't be pressed"),
        pytest.param(["gone", True], None, id="what isn't offered"),
        pytest.param(["bulb", 1], None, id="neither on nor off"),
        pytest.param(["bulb"], None, id="half of it"),
        pytest.param("bulb", None, id="a text"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_only_what_is_offered_can_be_asked_for(sent: object, wanted: tuple[str, bool] | None):
    assert wanted_of(sent, GROUPS) == wanted
