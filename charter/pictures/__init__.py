"""Pictures of journeys, without a browser: SVG made of text, and PNG drawn from it.

`journey_picture` returns SVG that stands alone: no script, no style sheet, no reference to
anything. `as_png` draws it.
"""

from charter.pictures.journey import journey_picture
from charter.pictures.palette import DARK, LIGHT, Palette
from charter.pictures.png import as_png

__all__ = ["DARK", "LIGHT", "Palette", "as_png", "journey_picture"]
