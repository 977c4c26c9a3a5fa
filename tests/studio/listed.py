"""The list of findings, in the app that is run without a browser."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.studio.carded import given, send

LIST = "findings"


def findings_listed(app: AppTest) -> dict[str, str]:
    """The findings to choose from on the page of consistency: by fingerprint, each in one line."""
    return {
        each["id"]: " ".join([*(badge["text"] for badge in each["badges"]), each["title"]])
        for each in list_of_findings(app).get("choices", ())
    }


def choose(app: AppTest, fingerprint: object) -> AppTest:
    """Choose a finding, as a browser says so."""
    return send(app, LIST, "chosen", fingerprint)


def list_all(app: AppTest) -> AppTest:
    """Ask for the findings that aren't listed."""
    return send(app, LIST, "more", True)


def list_of_findings(app: AppTest) -> dict[str, Any]:
    """What the list of findings is told to show; nothing where there is none."""
    return given(app, LIST)
