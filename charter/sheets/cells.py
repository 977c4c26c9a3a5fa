"""Texts in the cells of a spreadsheet: none is ever a formula, and each comes back as it was.

A cell that begins with “=”, “+”, “-” or “@” is a formula to the programs that open it, wherever
the text came from. An apostrophe before it makes it text, in a workbook and in a CSV file alike,
and also in the CSV file that somebody saves from the workbook later.
"""

from __future__ import annotations

import re

LONGEST = 32_767
"""The longest text that a cell of a workbook holds, in characters as the format counts them."""

REMOVE = ("-", "–", "—")
"""What a cell says to remove what was there."""

# Programs pass over blanks and marks that nobody sees, and take the wide signs of East Asian
# keyboards for the usual ones. A dash alone would say to remove something.
_UNSEEN = r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
_ACTS = rf"(?:{_UNSEEN}[=+\-@＝＋－＠]|[\t\r\n]|\s*[–—]\s*\Z)"
_TO_NEUTRALISE = re.compile(rf"'*{_ACTS}")
_NEUTRALISED = re.compile(rf"'+{_ACTS}")

# What XML can't hold or changes on the way, and the escapes that workbooks have of their own,
# which their readers would otherwise make something else of.
_UNCARRIED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
    "|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)"
    r"|\\(?=u[0-9a-f]{4})"
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def neutralised(text: str) -> str:
    """Return ``text`` so that no program takes it for a formula; `restored` gives it back.

    One that already begins with apostrophes before something that acts gets one more, so that
    nothing is lost. Cost: its length.
    """
    return f"'{text}" if _TO_NEUTRALISE.match(text) else text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given; any other text as it is."""
    return text[1:] if _NEUTRALISED.match(text) else text


def carried(text: str) -> str:
    r"""Return ``text`` with what no cell can hold written as ``\u0007``; see `uncarried`."""
    return escaped(text, _UNCARRIED)


def uncarried(text: str) -> str:
    """Return the text that `carried` was given."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def harmless(text: str) -> str:
    """Return any text, carried or not, as it may be written into a cell."""
    return neutralised(escaped(text, _UNWRITABLE))


def escaped(text: str, what: re.Pattern[str]) -> str:
    r"""Return ``text`` with each character that ``what`` matches written as ``\u0007``."""
    return what.sub(lambda found: "".join(f"\\u{ord(c):04x}" for c in found.group()), text)


def cell_text(text: str) -> str:
    """Return what to write into a cell, so that it shows ``text`` and does nothing."""
    return neutralised(carried(text))


def text_of_cell(written: str) -> str:
    """Return the text that `cell_text` was given."""
    return uncarried(restored(written))


def fits(text: str) -> bool:
    """Return whether a cell can hold what `cell_text` made."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2 <= LONGEST
