"""The chart of the trend: what customers met, above how much was broken."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charter.findings import Severity
from charter.messages import N_, Speaker
from charter.reports.words import date
from charter.studio.words import SEVERITIES
from charter.usecases.trend import COUNTED, PublishedVersion

SHARES_HEIGHT = 260
COUNTS_HEIGHT = 230
AXIS_WIDTH = 45

# Dark to light, so that they are told apart whatever hues one sees.
_LIGHT = {
    "poorest": "#3344A8",
    "average": "#6F7FE0",
    Severity.ERROR: "#A31F15",
    Severity.WARNING: "#E59A4C",
    Severity.INFO: "#B6CDFB",
    "label": "#3A4250",
    "grid": "#E4E7EE",
}
_DARK = {
    "poorest": "#C9D1FF",
    "average": "#7E8DF0",
    Severity.ERROR: "#FF7B66",
    Severity.WARNING: "#B5722A",
    Severity.INFO: "#2F4A7A",
    "label": "#C3CAD6",
    "grid": "#2A303B",
}


def shares_chart(
    versions: Sequence[PublishedVersion], speak: Speaker, *, is_dark: bool
) -> dict[str, Any]:
    """Return what was met on the poorest path and on average, as a Vega-Lite specification."""
    colours = _DARK if is_dark else _LIGHT
    measures = [speak(N_("On average")), speak(N_("Poorest path"))]
    legend = {"title": None, "orient": "top", "labelColor": colours["label"]}
    points = {"values": list(_points(versions, speak))}
    encoding = {
        "x": _versions(versions, colours, speak, has_labels=False),
        "y": {
            "field": "share",
            "type": "quantitative",
            "scale": {"domain": [0, 1]},
            "axis": _figures(speak(N_("Share met")), colours, format=".0%", tickCount=5),
        },
        "color": {
            "field": "measure",
            "type": "nominal",
            "scale": {"domain": measures, "range": [colours["average"], colours["poorest"]]},
            "legend": legend,
        },
        "shape": {
            "field": "measure",
            "type": "nominal",
            "scale": {"domain": measures, "range": ["circle", "square"]},
            "legend": legend,
        },
        "tooltip": _tooltips(speak, "measure", "told"),
    }
    return {
        "height": SHARES_HEIGHT,
        "config": {"view": {"stroke": None}},
        "layer": [
            {"data": points, "mark": mark, "encoding": encoding}
            for mark in (
                {"type": "line", "strokeWidth": 2.5},
                {"type": "point", "size": 70, "filled": True},
            )
        ],
    }


def counts_chart(
    versions: Sequence[PublishedVersion], speak: Speaker, *, is_dark: bool
) -> dict[str, Any]:
    """Return how many verdicts were broken, version by version, as a Vega-Lite specification."""
    colours = _DARK if is_dark else _LIGHT
    figures = _figures(
        speak(N_("Verdicts broken")), colours, tickMinStep=1, tickCount=4, format="d"
    )
    bars = {
        "data": {"values": list(_counts(versions, speak))},
        "mark": {"type": "bar", "cornerRadius": 2},
        "encoding": {
            "x": _versions(versions, colours, speak, has_labels=True),
            "y": {"field": "number", "type": "quantitative", "axis": figures},
            "order": {"field": "rank", "type": "quantitative"},
            "color": {
                "field": "severity",
                "type": "nominal",
                "scale": {
                    "domain": [speak(SEVERITIES[severity]) for severity in COUNTED],
                    "range": [colours[severity] for severity in COUNTED],
                },
                "legend": {"title": None, "orient": "top", "labelColor": colours["label"]},
            },
            "tooltip": _tooltips(speak, "severity", "number"),
        },
    }
    return {"height": COUNTS_HEIGHT, "config": {"view": {"stroke": None}}, "layer": [bars]}


def _versions(
    versions: Sequence[PublishedVersion],
    colours: Mapping[str, str],
    speak: Speaker,
    *,
    has_labels: bool,
) -> dict[str, Any]:
    """Return the axis of versions, alike in both charts; it says the days below the second."""
    places = list(range(1, len(versions) + 1))
    # A day in two lines: its number, and the month.
    days = {
        str(place): date(version.commit.when.date(), speak).split()[:2]
        for place, version in zip(places, versions, strict=True)
    }
    axis = {
        "title": None,
        "labels": has_labels,
        "labelAngle": 0,
        "labelExpr": f"{json.dumps(days)}[datum.label]",
        "labelColor": colours["label"],
        "labelOverlap": True,
        "domain": False,
        "ticks": False,
    }
    return {"field": "place", "type": "ordinal", "scale": {"domain": places}, "axis": axis}


def _figures(title: str, colours: Mapping[str, str], **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "titleColor": colours["label"],
        "labelColor": colours["label"],
        "gridColor": colours["grid"],
        "domain": False,
        "ticks": False,
        # So that both charts begin at the same place.
        "minExtent": AXIS_WIDTH,
        "maxExtent": AXIS_WIDTH,
        **more,
    }


def _tooltips(speak: Speaker, what: str, figure: str) -> list[dict[str, Any]]:
    return [
        {"field": field, "type": "nominal", "title": speak(title)}
        for field, title in (
            ("subject", N_("Version")),
            ("day", N_("Published")),
            (what, N_("What")),
            (figure, N_("Figure")),
        )
    ]


def _about(version: PublishedVersion, place: int, speak: Speaker) -> dict[str, object]:
    return {
        "place": place,
        "subject": version.commit.subject,
        "day": date(version.commit.when.date(), speak),
    }


def _points(versions: Sequence[PublishedVersion], speak: Speaker) -> Iterator[dict[str, object]]:
    for place, version in enumerate(versions, 1):
        carried = version.carried
        if carried is None:
            continue
        for measure, share in (
            (speak(N_("On average")), carried.average),
            (speak(N_("Poorest path")), carried.least),
        ):
            if share is not None:
                yield _about(version, place, speak) | {
                    "measure": measure,
                    "share": share,
                    "told": speak.percent(share),
                }


def _counts(versions: Sequence[PublishedVersion], speak: Speaker) -> Iterator[dict[str, object]]:
    for place, version in enumerate(versions, 1):
        for rank, severity in enumerate(COUNTED if version.carried else ()):
            assert version.carried is not None
            yield _about(version, place, speak) | {
                "severity": speak(SEVERITIES[severity]),
                "rank": rank,
                "number": version.carried.broken[severity],
            }
