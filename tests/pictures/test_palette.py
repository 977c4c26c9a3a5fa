"""A brand's colours are taken as far as text stays readable in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.pictures import DARK, LIGHT, Palette
from charter.pictures.palette import LEAST_CONTRAST, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("#000000", "#ffffff", 21.0, id="black on white"),
        pytest.param("#777777", "#ffffff", 4.48, id="WCAG's own example of a grey that just fails"),
        pytest.param("#ff0000", "#ff0000", 1.0, id="red on red"),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_is_readable_in_our_own_colours(palette: Palette):
    for behind in (palette.paper, palette.surface, palette.band):
        for colour in (palette.ink, palette.muted, palette.accent):
            assert contrast(colour, behind) >= LEAST_CONTRAST


@given(COLOURS, COLOURS, COLOURS)
def test_text_is_readable_in_any_brand_s_colours(accent: str, ink: str, paper: str):
    palette = LIGHT.with_brand(accent=accent, ink=ink, paper=paper)
    for colour in (palette.ink, palette.muted, palette.accent):
        for behind in (palette.paper, palette.band, palette.surface):
            assert contrast(colour, behind) >= LEAST_CONTRAST
    for fill in (palette.ink, palette.accent, palette.walked, palette.wanted, palette.unwanted):
        assert contrast(palette.on(fill), fill) >= LEAST_CONTRAST


def test_a_readable_accent_stays_as_it_is():
    assert LIGHT.with_brand(accent="#7a1f3d").accent == "#7a1f3d"
    assert LIGHT.with_brand() == LIGHT


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", 'url("x")', "#123456 "])
def test_what_is_no_colour_is_refused(colour: str):
    with pytest.raises(ValueError, match="isn't a colour"):
        LIGHT.with_brand(accent=colour)
