"""What the tests of pages share: work that a page has done in another process is done here."""

import pickle
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test

from charter.studio import downloads, in_turn, plan_finder, ranked
from charter.studio.progress import Progress


def done_here(progress: Progress, do: Callable[..., Any], *asked: object, **named: object) -> Any:
    """Answer as another process would: what is asked and answered goes there and back as bytes."""
    do, asked, named = pickle.loads(pickle.dumps((do, asked, named)))
    return pickle.loads(pickle.dumps(do(*asked, **named)))


@pytest.fixture(autouse=True)
def _work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the program anew takes seconds; `test_elsewhere` tries the processes themselves."""
    for who in (downloads, plan_finder, ranked):
        monkeypatch.setattr(who, "elsewhere", done_here)
    monkeypatch.setattr(in_turn, "PAGE_FIRST", 0.0)


components_installed = cache(manifest_scanner.scan_component_manifests)
SCRIPTS = ScriptCache()
"""The app and its pages, compiled."""


@pytest.fixture(autouse=True)
def _what_is_installed_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under a server, packages are looked through once, and scripts compiled once.

    Streamlit's own way to run an app without a browser does the one for each app, and the other
    for each of its answers: a third of what tests took.
    """
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", components_installed)
    monkeypatch.setattr(app_test, "ScriptCache", lambda: SCRIPTS)
