"""The colours of the charter book: the brand's own, as far as text stays readable in them."""

from __future__ import annotations

from dataclasses import dataclass

from charter.brand import Look
from charter.colours import is_readable, luminance, mixed, on, readable

_PAPER, _INK, _ACCENT = "#ffffff", "#12161f", "#3344a8"
_LIGHT_INK = "#f2f4f8"
_DARK = 0.18
"""The luminance below which a paper is a dark one: about as far from black as from white."""


@dataclass(frozen=True)
class Palette:
    """What is printed in which colour, each as ``#rrggbb``.

    Attributes:
        paper: What everything stands on.
        ground: What stands out a little from the paper.
        line: Rules and edges.
        ink: What is to be read.
        soft: What is to be read second.
        accent: The brand's colour, for bands and lines.
        accent_text: The same for text on paper or ground; nearer to the ink where that is needed.
        on_accent: What is read on the accent.
        yes: What to do, and what holds.
        no: What not to do, and what is broken.
        hint: What asks for attention.
    """

    paper: str
    ground: str
    line: str
    ink: str
    soft: str
    accent: str
    accent_text: str
    on_accent: str
    yes: str
    no: str
    hint: str

    @classmethod
    def of(cls, look: Look) -> Palette:
        """Return the colours that a brand asks for, made readable where they aren't."""
        paper = look.paper or _PAPER
        own = _LIGHT_INK if luminance(paper) < _DARK else _INK
        ink = look.ink or own
        if not is_readable(ink, paper):
            ink = own if is_readable(own, paper) else on(paper)
        ground = mixed(paper, ink, 0.05)
        if not is_readable(ink, ground):
            ground = paper
        behind = (paper, ground)
        accent = look.accent or readable(_ACCENT, behind, ink)
        return cls(
            paper=paper,
            ground=ground,
            line=mixed(paper, ink, 0.2),
            ink=ink,
            soft=readable(mixed(paper, ink, 0.65), behind, ink),
            accent=accent,
            accent_text=readable(accent, behind, ink),
            on_accent=on(accent),
            yes=readable("#10613a", behind, ink),
            no=readable("#a31f15", behind, ink),
            hint=readable("#8a4206", behind, ink),
        )
