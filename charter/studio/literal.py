"""Users' texts inside Markdown, shown exactly as they are written."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./;<=>?@\[\\\]^_`{|}~])")
_SHORTCODE = re.compile(r":(?=\S)")
_WORD_JOINER = "\N{WORD JOINER}"


def literal(text: str) -> str:
    """Return Markdown that shows ``text``: no emphasis, links, formulas, icons or colours.

    Streamlit reads ``:name:`` and ``:colour[…]`` even where Markdown's own escape stands, so
    an invisible character parts the colon from what follows.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return _SHORTCODE.sub(f":{_WORD_JOINER}", escaped)
