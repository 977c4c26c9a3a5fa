"""The chart of how each marker stands on each channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charter.messages import N_, Speaker
from charter.standings import Standing

ROW_HEIGHT = 34
LINE_HEIGHT = 15
LABEL_SIZE = 13

# Fill and text of a cell. Lightness and words tell them apart as well as hue does; each text
# keeps a contrast of 4.5 to 1 with its fill.
_LIGHT = {
    Standing.BROKEN: ("#F6C4BE", "#8E1A11"),
    Standing.ASIDE: ("#E6DDF2", "#55308A"),
    Standing.CARRIED: ("#FBE7C3", "#7A4A00"),
    Standing.HOLDS: ("#CFEBDB", "#0F5A36"),
    Standing.ABSENT: ("#F5F6F9", "#5B6473"),
    Standing.BLANK: ("#E4E7EE", "#454E5C"),
}
_DARK = {
    Standing.BROKEN: ("#6B2720", "#FFD3CC"),
    Standing.ASIDE: ("#453060", "#E2D2F8"),
    Standing.CARRIED: ("#5A3F14", "#FFE0B0"),
    Standing.HOLDS: ("#1D4F39", "#BDF0D4"),
    Standing.ABSENT: ("#1B1F27", "#9AA4B5"),
    Standing.BLANK: ("#2F3642", "#C3CAD6"),
}


def heat_map(cells: Sequence[dict[str, str]], speak: Speaker, *, is_dark: bool) -> dict[str, Any]:
    """Return markers by channels, each cell coloured and with its standing in words.

    It is a Vega-Lite specification, written down: what would make it takes longer to load than
    the whole page takes.
    """
    colours = _DARK if is_dark else _LIGHT
    label = "#C3CAD6" if is_dark else "#3A4250"
    markers = list(dict.fromkeys(cell["marker"] for cell in cells))
    columns = list(dict.fromkeys(cell["channel"] for cell in cells))
    most_lines = max(cell["channel"].count("\n") for cell in cells)
    labels = {
        "domain": False,
        "labelColor": label,
        "labelFontSize": LABEL_SIZE,
        "labelLineHeight": LINE_HEIGHT,
    }
    base = {
        "x": {
            "field": "channel",
            "type": "nominal",
            "sort": columns,
            "title": None,
            "axis": {
                **labels,
                "orient": "top",
                "labelAngle": 0,
                "labelExpr": "split(datum.label, '\\n')",
                "labelLimit": 110,
                "labelOverlap": False,
                "labelPadding": 8 + LINE_HEIGHT * most_lines,
                "ticks": False,
            },
        },
        "y": {
            "field": "marker",
            "type": "nominal",
            "sort": markers,
            "title": None,
            "axis": {
                **labels,
                "labelBaseline": "middle",
                "labelLimit": 250,
                "labelPadding": 8,
                "ticks": False,
            },
        },
        "tooltip": [
            {"field": field, "type": "nominal", "title": speak(title)}
            for field, title in (
                ("marker", N_("Marker")),
                ("channel", N_("Channel")),
                ("text", N_("Standing")),
                ("meaning", N_("Meaning")),
            )
        ],
    }
    tiles = {
        "mark": {"type": "rect", "cornerRadius": 5},
        "encoding": {**base, "color": _by_standing([colours[each][0] for each in Standing])},
    }
    texts = {
        "mark": {"type": "text", "fontSize": 12, "fontWeight": 600},
        "encoding": {
            **base,
            "text": {"field": "text", "type": "nominal"},
            "color": _by_standing([colours[each][1] for each in Standing]),
        },
    }
    return {
        "height": ROW_HEIGHT * len(markers),
        "config": {
            "scale": {"bandPaddingInner": 0.06, "bandPaddingOuter": 0.02},
            "view": {"stroke": None},
        },
        "resolve": {"scale": {"color": "independent"}},
        # In each layer, else it is sent by way of a table, which takes as long to load.
        "layer": [{"data": {"values": list(cells)}, **layer} for layer in (tiles, texts)],
    }


def _by_standing(colours: list[str]) -> dict[str, Any]:
    return {
        "field": "standing",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [standing.value for standing in Standing], "range": colours},
    }
