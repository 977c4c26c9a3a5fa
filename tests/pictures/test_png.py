"""PNG is drawn from the SVG, by the same measures, without a browser."""

import struct
from pathlib import Path

import pytest

from charter.messages import Language, speaker
from charter.pictures import as_png, journey_picture
from charter.pictures.png import MOST_PIXELS
from charter.workspace import read_folder

ENGLISH = speaker(Language.ENGLISH)


def size(png: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG says it has."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


@pytest.fixture
def svg(root: Path) -> str:
    return journey_picture(read_folder(root), "visit", ENGLISH)


def test_a_png_has_the_size_of_the_picture_times_its_scale(svg: str):
    once, twice = size(as_png(svg, scale=1)), size(as_png(svg, scale=2))
    assert twice == (2 * once[0], 2 * once[1])
    assert once[0] > 500


def test_the_same_picture_gives_the_same_bytes(svg: str):
    assert as_png(svg, scale=1) == as_png(svg, scale=1)


def test_letters_are_drawn_in_the_font_that_measured_them(svg: str):
    """Without the font they would be missing, as the machine's own aren't asked."""
    emptied = svg.replace(">Catalogue<", "><")
    assert emptied != svg
    assert as_png(emptied, scale=1) != as_png(svg, scale=1)


def test_a_picture_is_never_larger_than_memory_allows(svg: str):
    from charter.pictures.png import _within_limit

    scale = _within_limit(svg, 1000)
    width, height = size(as_png(svg, scale=1))
    assert width * height * scale**2 == pytest.approx(MOST_PIXELS, rel=0.01)
