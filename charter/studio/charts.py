"""The charts of the app."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

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


def heat_map(cells: Sequence[dict[str, str]], speak: Speaker, *, is_dark: bool) -> alt.LayerChart:
    """Return markers by channels, each cell coloured and with its standing in words."""
    colours = _DARK if is_dark else _LIGHT
    label = "#C3CAD6" if is_dark else "#3A4250"
    standings = [standing.value for standing in Standing]
    markers = list(dict.fromkeys(cell["marker"] for cell in cells))
    base = alt.Chart(alt.InlineData(values=list(cells))).encode(
        x=alt.X(
            "channel:N",
            sort=list(dict.fromkeys(cell["channel"] for cell in cells)),
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelExpr="split(datum.label, '\\n')",
                labelLimit=110,
                labelOverlap=False,
                labelColor=label,
                labelFontSize=LABEL_SIZE,
                domain=False,
                ticks=False,
                labelPadding=8 + LINE_HEIGHT * max(c["channel"].count("\n") for c in cells),
                labelLineHeight=LINE_HEIGHT,
            ),
        ),
        y=alt.Y(
            "marker:N",
            sort=markers,
            title=None,
            axis=alt.Axis(
                domain=False,
                ticks=False,
                labelBaseline="middle",
                labelColor=label,
                labelFontSize=LABEL_SIZE,
                labelLimit=250,
                labelPadding=8,
            ),
        ),
        tooltip=[
            alt.Tooltip("marker:N", title=speak(N_("Marker"))),
            alt.Tooltip("channel:N", title=speak(N_("Channel"))),
            alt.Tooltip("text:N", title=speak(N_("Standing"))),
            alt.Tooltip("meaning:N", title=speak(N_("Meaning"))),
        ],
    )
    tiles = base.mark_rect(cornerRadius=5).encode(
        color=_by_standing(standings, [colours[each][0] for each in Standing])
    )
    texts = base.mark_text(fontSize=12, fontWeight=600).encode(
        text="text:N",
        color=_by_standing(standings, [colours[each][1] for each in Standing]),
    )
    chart: alt.LayerChart = (
        alt.layer(tiles, texts)
        .resolve_scale(color="independent")
        .properties(height=ROW_HEIGHT * len(markers))
        .configure_scale(bandPaddingInner=0.06, bandPaddingOuter=0.02)
        .configure_view(stroke=None)
    )
    return chart


def _by_standing(standings: list[str], colours: list[str]) -> alt.Color:
    scale = alt.Scale(domain=standings, range=colours)
    return alt.Color("standing:N", scale=scale, legend=None)
