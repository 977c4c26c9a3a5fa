"""The map as a component on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from charter.studio.journey_map.picture import picture
from charter.studio.journey_map.view import MapView

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

NAME = "experience-charter.journey_map"
HERE = Path(__file__).parent


def journey_map(view: MapView, key: str, on_click: Callable[[], None] | None = None) -> str | None:
    """Show the map, and return the id of the stop clicked last.

    Args:
        view: what to show.
        key: names the map on the page; `st.session_state[key]["clicked"]` is what it returns.
        on_click: called before the page runs again after a click.
    """
    result = _component()(
        key=key,
        data=picture(view),
        on_clicked_change=on_click or _nothing,
    )
    return cast("str | None", result.get("clicked"))


def _nothing() -> None:
    """Stand for no callback: Streamlit keeps a state only where it is given one."""


def _component() -> ComponentRenderer:
    """Return the component, known to the server that runs now."""
    manager = get_bidi_component_manager()
    if manager.get_component_path(NAME) is None:
        # Streamlit finds the manifest beside this file in an installed wheel, but not where the
        # code runs from its source folder, nor in an editable installation.
        distribution, component = NAME.split(".")
        manifest = ComponentManifest(distribution, "0", [ComponentConfig(component, "assets")])
        manager.register_from_manifest(manifest, HERE)
    return _declared()


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="index.js", css="journey_map.css")
