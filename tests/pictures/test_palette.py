"""A brand's colours are taken as far as text stays readable in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.brand import Look
from charter.colours import LEAST_CONTRAST, contrast
from charter.pictures import DARK, LIGHT, Palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


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


def test_a_charter_may_give_any_of_them():
    look = Look.made({"accent": "#7a2e1d", "paper": "#fffdf8"})
    assert Palette.of(look) == LIGHT.with_brand(accent="#7a2e1d", paper="#fffdf8")
    assert Palette.of(Look.made({})) == LIGHT


def test_a_readable_accent_stays_as_it_is():
    assert LIGHT.with_brand(accent="#7a1f3d").accent == "#7a1f3d"
    assert LIGHT.with_brand() == LIGHT


@pytest.mark.parametrize("colour", ["red", "#ffff", "#12345g", 'url("x")', "#123456 "])
def test_what_is_no_colour_is_refused(colour: str):
    with pytest.raises(ValueError, match="isn't a colour"):
        LIGHT.with_brand(accent=colour)
