"""What stands beside colours, for those who see none."""

from __future__ import annotations

from collections.abc import Mapping

from charter.book.blocks import Mark, Tone

SIGNS: Mapping[str, str] = {
    Mark.SHOWN: "●",
    Mark.NOT_FOR: "–",
    Mark.UNWRITTEN: "○",
    Mark.NOTHING: "",
    Tone.PLAIN: "",
    Tone.YES: "✓",
    Tone.NO: "✕",
}
"""By mark or tone."""
