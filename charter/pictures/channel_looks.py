"""The colour and the icon that tell one channel from another.

A channel is recognised three times over: by its colour, by its icon and by its name written
out, so that nobody depends on telling colours apart. The colours keep a contrast of at least
4.5 to 1 with the white icons on them, and stay apart under the common colour deficiencies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

COLOURS = (
    "#0072B2",
    "#B84E07",
    "#007A58",
    "#A3498B",
    "#806000",
    "#5B5BC7",
    "#4B6A78",
    "#1F7A8C",
    "#66750A",
    "#7B4B2A",
)

PATHS = {
    "store": (
        "M4 11v9h16v-9 M2.5 9.5 5 4h14l2.5 5.5a2.4 2.4 0 0 1-4.7.3 2.4 2.4 0 0 1-4.8 0 "
        "2.4 2.4 0 0 1-4.8 0 2.4 2.4 0 0 1-4.7-.3z M9.5 20v-5h5v5"
    ),
    "web": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M3 12h18 "
        "M12 3c3.6 3.4 3.6 14.6 0 18 M12 3c-3.6 3.4-3.6 14.6 0 18"
    ),
    "email": "M3 5.5h18v13H3z M3 6.5l9 7 9-7",
    "phone": (
        "M7 3.5 9.2 8.6 7.4 10.4a13 13 0 0 0 6.2 6.2l1.8-1.8 5.1 2.2-.7 3.3"
        "a1.3 1.3 0 0 1-1.4 1C10.2 20.9 3.1 13.8 2.7 5.6a1.3 1.3 0 0 1 1-1.4z"
    ),
    "app": (
        "M7.5 2.5h9a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1z M10.5 18.5h3"
    ),
    "chat": "M4 4.5h16v11h-8.5L7 20v-4.5H4z M8 8.5h8 M8 11.5h5",
    "social": (
        "M6 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z "
        "M17.5 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z "
        "M17.5 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z M8.2 10.8l7-4 M8.2 13.2l7 4"
    ),
    "post": "M3.5 8 12 3.5 20.5 8v8.5L12 21l-8.5-4.5z M3.5 8 12 12.5 20.5 8 M12 12.5V21",
    "person": (
        "M12 11a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4z "
        "M4.5 20.5c0-4.2 3.2-6.5 7.5-6.5s7.5 2.3 7.5 6.5z"
    ),
    "home": "M3.5 11.5 12 4l8.5 7.5 M5.5 10v10h13V10 M10 20v-6h4v6",
    "office": "M5 21V3.5h9V21 M14 9h5v12 M3 21h18 M8 7.5h3 M8 11.5h3 M8 15.5h3",
    "delivery": (
        "M2.5 6h11v10.5h-11z M13.5 10h4l4 3.5v3h-8 "
        "M6.5 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M17 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
    ),
    "event": "M4 5.5h16V20H4z M4 10h16 M8 3v4 M16 3v4",
    "briefcase": "M3 8h18v12H3z M9 8V4.5h6V8 M3 13h18",
    "partner": (
        "M10 14.5a4 4 0 0 1 0-5.7l3-3a4 4 0 0 1 5.7 5.7l-1.5 1.5 "
        "M14 9.5a4 4 0 0 1 0 5.7l-3 3a4 4 0 0 1-5.7-5.7l1.5-1.5"
    ),
    "circle": "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
    "square": "M5.5 5.5h13v13h-13z",
    "triangle": "M12 4.5 20 19H4z",
    "diamond": "M12 3.5 20.5 12 12 20.5 3.5 12z",
    "hexagon": "M7.5 4.5h9L21 12l-4.5 7.5h-9L3 12z",
    "cross": "M9 4h6v5h5v6h-5v5H9v-5H4V9h5z",
}
"""Icons as SVG paths, drawn as lines on a square of 24 by 24."""

_WORDS = {
    "store": ("store", "shop", "boutique", "showroom", "branch", "magasin", "agence"),
    "web": ("web", "website", "site", "internet", "online", "ecommerce", "portal"),
    "email": ("email", "e-mail", "mail", "newsletter", "courriel"),
    "phone": ("phone", "call", "telephone", "hotline", "remote", "sms"),
    "app": ("app", "mobile"),
    "chat": ("chat", "chatbot", "messaging", "messenger", "whatsapp"),
    "social": ("social", "instagram", "facebook", "linkedin", "reviews", "review", "forum"),
    "post": ("post", "letter", "parcel", "courrier"),
    "person": ("desk", "counter", "person", "visit", "guichet"),
    "home": ("home", "domicile"),
    "office": ("office", "backoffice", "back-office", "workshop", "atelier"),
    "delivery": ("delivery", "courier", "carrier", "livraison"),
    "event": ("event", "events", "fair", "salon"),
    "briefcase": ("direct", "sales", "field", "consultant"),
    "partner": ("partner", "partners", "reseller", "distributor", "marketplace"),
}
_SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "cross")


@dataclass(frozen=True, slots=True)
class Look:
    """How one channel is shown: a colour and the name of an icon in `PATHS`."""

    colour: str
    icon: str


def channel_looks(channels: Sequence[str]) -> dict[str, Look]:
    """Give each channel its look, by its id: a telling icon where one is known, else a shape.

    No two channels share an icon while there are icons left; colours follow the order of
    declaration.
    """
    taken: set[str] = set()
    looks: dict[str, Look] = {}
    for index, channel in enumerate(channels):
        icon = _telling_icon(channel)
        if icon is None or icon in taken:
            left = [shape for shape in _SHAPES if shape not in taken]
            icon = left[0] if left else _SHAPES[index % len(_SHAPES)]
        taken.add(icon)
        looks[channel] = Look(COLOURS[index % len(COLOURS)], icon)
    return looks


def _telling_icon(channel: str) -> str | None:
    words = {channel, *re.split(r"[^a-z0-9]+", channel)}
    return next((icon for icon, known in _WORDS.items() if words.intersection(known)), None)
