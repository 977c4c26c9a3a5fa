"""The components on the page: the map, and what stands instead of it above its size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from charter.studio.journey_map.picture import move_of, sent
from charter.studio.journey_map.view import MapMove, MapView
from charter.studio.pieces import happened, no_callback

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

DISTRIBUTION = "experience-charter"
MAP = "journey_map"
STAGES_AND_CHANNELS = "stage_channel_map"
"""The components that the manifest beside this file declares."""

HERE = Path(__file__).parent


def journey_map(
    view: MapView,
    key: str,
    on_click: Callable[[], None] | None = None,
    on_move: Callable[[MapMove], None] | None = None,
    on_reset: Callable[[], None] | None = None,
) -> str | None:
    """Show the map, and return the id of the stop clicked last.

    Args:
        view: what to show.
        key: names the map on the page; `st.session_state[key]["clicked"]` is what it returns.
        on_click: called before the page runs again after a click.
        on_move: called likewise with the card that somebody put elsewhere, and where.
        on_reset: called likewise where somebody wants all cards back in their order.
    """

    def moved() -> None:
        # Plain values from the browser, which may be anything.
        move = move_of(happened(key, "moved"), view)
        if move is not None and on_move is not None:
            on_move(move)

    result = component(MAP, "index.js", "journey_map.css")(
        key=key,
        data=sent(view),
        on_clicked_change=on_click or no_callback,
        on_moved_change=moved,
        on_reset_change=on_reset or no_callback,
    )
    return cast("str | None", result.get("clicked"))


def component(name: str, js: str, css: str) -> ComponentRenderer:
    """Return a component of the manifest, known to the server that runs now."""
    manager = get_bidi_component_manager()
    if manager.get_component_path(f"{DISTRIBUTION}.{name}") is None:
        # Streamlit finds the manifest beside this file in an installed wheel, but not where the
        # code runs from its source folder, nor in an editable installation.
        configurations = [ComponentConfig(each, "assets") for each in (MAP, STAGES_AND_CHANNELS)]
        manifest = ComponentManifest(DISTRIBUTION, "0", configurations)
        manager.register_from_manifest(manifest, HERE)
    return _declared(name, js, css)


@cache
def _declared(name: str, js: str, css: str) -> ComponentRenderer:
    return st.components.v2.component(f"{DISTRIBUTION}.{name}", js=js, css=css)
