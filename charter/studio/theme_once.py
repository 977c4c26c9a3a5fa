"""The theme, read once: Streamlit reads its sixty settings anew for each answer to anybody.

That is a tenth of what answering takes, in the thread that all visitors share. They never change
while the program runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_READ = "_populate_theme_msg"
"""How Streamlit itself writes the settings into what it sends; see `read_theme_once`."""


def read_theme_once() -> None:
    """Let Streamlit write again what it read first, section by section.

    A release of Streamlit that does it elsewhere does it as often as before; nothing else changes.
    """
    read: Callable[..., None] | None = getattr(app_session, _READ, None)
    if read is not None and not hasattr(read, "sections"):
        setattr(app_session, _READ, _Once(read))


class _Once:
    """Reads each section of the theme's settings once."""

    def __init__(self, read: Callable[..., None]) -> None:
        self.sections: dict[tuple[Any, ...], CustomThemeConfig] = {}
        self._read = read

    def __call__(self, message: CustomThemeConfig, *section: str) -> None:
        if section not in self.sections:
            self.sections[section] = CustomThemeConfig()
            self._read(self.sections[section], *section)
        # A section of which nothing is set stays one that isn't there.
        if self.sections[section].ListFields():
            message.MergeFrom(self.sections[section])
