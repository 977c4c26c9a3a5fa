"""The colours of a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from charter.brand import Look
from charter.colours import (
    BLACK,
    WHITE,
    contrast,
    is_readable,
    luminance,
    mixed,
    on,
    read_colour,
    readable,
)

_BAND = 0.045
"""How much of the ink is in the colour of a band."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What is drawn in which colour, each as ``#rrggbb``.

    Attributes:
        paper: What everything is drawn on.
        surface: A card.
        band: Every other stage, behind its cards.
        ink: What is to be read.
        muted: What is to be read second.
        line: A passage.
        edge: The outline of a card.
        accent: The brand's own colour: titles of stages, signature markers.
        walked: The path that is pointed out.
        irritant: What the brand wants gone.
        truth: A moment of truth.
        wanted: The ending that is hoped for.
        unwanted: Any other ending.
    """

    paper: str = "#ffffff"
    surface: str = "#ffffff"
    band: str = "#f3f5f9"
    ink: str = "#12161f"
    muted: str = "#566070"
    line: str = "#7b8696"
    edge: str = "#b4bcc9"
    accent: str = "#3d4db7"
    walked: str = "#c6281c"
    irritant: str = "#a84300"
    truth: str = "#f7b500"
    wanted: str = "#10613a"
    unwanted: str = "#4a5260"

    @classmethod
    def of(cls, look: Look) -> Palette:
        """Return the light colours with those that a charter gives its brand."""
        return LIGHT.with_brand(accent=look.accent, ink=look.ink, paper=look.paper)

    def with_brand(
        self, *, accent: str | None = None, ink: str | None = None, paper: str | None = None
    ) -> Palette:
        """Return these colours with a brand's own, as far as text stays readable in them.

        Raises:
            ValueError: One isn't written as ``#rrggbb``.
        """
        accent, ink, paper = (
            None if colour is None else read_colour(colour) for colour in (accent, ink, paper)
        )
        base = self if paper is None else self._on_paper(paper)
        behind = (base.paper, base.band, base.surface)
        if ink is not None and is_readable(ink, *behind):
            base = replace(base, ink=ink)
        if accent is not None:
            base = replace(base, accent=accent)
        return replace(
            base,
            muted=readable(base.muted, behind, base.ink),
            accent=readable(base.accent, behind, base.ink),
        )

    def _on_paper(self, paper: str) -> Palette:
        """Return these colours for a paper: those for dark ones where that is what it is."""
        ink = max((self.ink, BLACK, WHITE), key=lambda each: contrast(each, paper))
        if is_readable(self.ink, paper, mixed(paper, self.ink, _BAND)):
            ink = self.ink
        base = self if luminance(ink) < luminance(paper) else DARK
        band = mixed(paper, ink, _BAND)
        if not is_readable(ink, band):
            # On a paper neither light nor dark a band stands out by being less like the ink.
            band = mixed(paper, on(ink), _BAND)
        edge = mixed(paper, ink, 0.3)
        return replace(base, paper=paper, surface=paper, band=band, ink=ink, edge=edge)

    @property
    def chip(self) -> str:
        """What a signature marker stands on."""
        return mixed(self.surface, self.accent, 0.13)

    @property
    def chip_of_irritant(self) -> str:
        """What an irritant stands on."""
        return mixed(self.surface, self.irritant, 0.12)

    @property
    def heading(self) -> str:
        """What the name of a stage stands on."""
        return mixed(self.paper, self.accent, 0.14)

    def on(self, fill: str) -> str:
        """Return what is readable on a colour: the paper's or the ink's, else black or white."""
        for colour in (self.paper, self.ink):
            if is_readable(colour, fill):
                return colour
        return on(fill)


LIGHT = Palette()
DARK = Palette(
    paper="#14171d",
    surface="#1f242d",
    band="#1a1e26",
    ink="#e9ecf2",
    muted="#b3bac6",
    line="#7d8899",
    edge="#566072",
    accent="#a9b5ff",
    walked="#ff7b66",
    irritant="#ffb066",
    truth="#f5c542",
    wanted="#7fe0ae",
    unwanted="#c3cad6",
)
