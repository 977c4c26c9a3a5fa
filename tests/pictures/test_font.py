"""Text is measured as the font's own makers would, and set into the room that there is."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from charter.pictures.font import font, font_files
from charter.pictures.lettering import Style, letters, runs_right_to_left

BODY = Style(14, 17)


@pytest.mark.parametrize("is_bold", [False, True])
def test_every_character_is_as_wide_as_fonttools_reads_it(is_bold: bool):
    """Another reader of the same file agrees on all characters, and on which there are."""
    read = TTFont(font_files()[is_bold])
    size, widths = read["head"].unitsPerEm, read["hmtx"]
    expected = {
        character: widths[glyph][0] / size
        for character, glyph in read.getBestCmap().items()
        if glyph != ".notdef"
    }
    assert font(is_bold=is_bold).advances == expected


def test_what_the_font_does_not_hold_is_measured_generously():
    """No emoji and no Chinese character is wider in any usual font."""
    assert not font(is_bold=False).covers("é".replace("é", "e\u0301"))
    assert not font(is_bold=False).covers("喫")
    assert font(is_bold=False).width("喫🎉", 10) >= 24
    assert font(is_bold=False).covers("Bienvenue à l’atelier — œuvre")


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
TEXTS = st.text(SIGNS | st.sampled_from(" aéW🎉\u0301")).map(lambda text: " ".join(text.split()))


@given(TEXTS, st.integers(30, 300), st.integers(1, 5))
def test_no_line_is_wider_than_its_room(text: str, room: int, most: int):
    lines = BODY.lines(text, room, most)
    assert 1 <= len(lines) <= most
    assert all(BODY.width(line) <= room or len(list(letters(line))) == 1 for line in lines)


@given(TEXTS)
def test_a_text_that_has_room_loses_nothing(text: str):
    """Broken into as many lines as it takes, all that is lost is a space at each break."""
    lines = BODY.lines(text, 60, 10_000)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXTS)
def test_a_shortened_text_is_its_beginning(text: str):
    (line,) = BODY.lines(text, 60, 1)
    if line != text:
        assert line.endswith("…")
        assert text.startswith(line.removesuffix("…"))


def test_a_letter_is_not_taken_apart():
    family = "👩‍👩‍👧"
    assert list(letters(f"e\u0301{family}👍🏽x")) == ["e\u0301", family, "👍🏽", "x"]


@pytest.mark.parametrize(
    ("text", "is_turned"),
    [("Welcome", False), ("1. مرحبا", True), ("שלום", True), ("A שלום", False), ("12", False)],
)
def test_the_first_letter_tells_the_reading_direction(text: str, is_turned: bool):
    assert runs_right_to_left(text) is is_turned
