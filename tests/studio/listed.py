"""The list of findings, in the app that is run without a browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.studio.carded import send


def findings_listed(app: AppTest) -> dict[str, str]:
    """The findings to choose from on the page of consistency: by fingerprint, each in one line."""
    return {
        each["id"]: " ".join([*(badge["text"] for badge in each["badges"]), each["title"]])
        for each in list_of_findings(app).get("choices", ())
    }


def choose(app: AppTest, fingerprint: object) -> AppTest:
    """Choose a finding, as a browser says so."""
    return send(app, "findings", "chosen", fingerprint)


def list_all(app: AppTest) -> AppTest:
    """Ask for the findings that aren't listed."""
    return send(app, "findings", "more", True)


def list_of_findings(app: AppTest) -> dict[str, Any]:
    """What the list of findings is told to show; nothing where there is none."""
    for each in app.get("bidi_component"):
        proto = each.proto  # type: ignore[attr-defined]
        if proto.component_name == "experience-charter.choices":
            shown: dict[str, Any] = json.loads(proto.json)
            return shown
    return {}
