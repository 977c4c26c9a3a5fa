"""Users' texts inside Markdown, shown exactly as they are written."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./;<=>?@\[\\\]^_`{|}~])")
_SHORTCODE = re.compile(r":(?=\S)")
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")
_WORD_JOINER = "\N{WORD JOINER}"


def literal(text: str) -> str:
    """Return Markdown that shows ``text``: no emphasis, links, formulas, icons or colours.

    Streamlit reads ``:name:`` and ``:colour[…]`` even where Markdown's own escape stands, so
    an invisible character parts the colon from what follows.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", _LINE_BREAK.sub(" ", text).strip())
    return _SHORTCODE.sub(f":{_WORD_JOINER}", escaped)
