"""The theme that a browser is told is the same, however often it is read."""

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from charter.studio.launch import settings
from charter.studio.theme_once import read_theme_once

SECTIONS = ((), ("theme.light",), ("theme.dark",), ("theme.sidebar",), ("theme.dark.sidebar",))


@pytest.fixture
def _themed() -> Iterator[None]:
    """Streamlit with the app's own settings, as it is launched."""
    before = app_session._populate_theme_msg
    flags = {name: told for name, told in settings().items() if name.startswith("theme.")}
    config.get_config_options(force_reparse=True, options_from_flags=flags)
    yield
    app_session._populate_theme_msg = before
    config.get_config_options(force_reparse=True, options_from_flags={})


def theme() -> CustomThemeConfig:
    """The theme as Streamlit makes it for each answer."""
    told = CustomThemeConfig()
    for section in SECTIONS:
        message = told
        for name in section[0].split(".")[1:] if section else ():
            message = getattr(message, name)
        app_session._populate_theme_msg(message, *section)
    return told


@pytest.mark.usefixtures("_themed")
def test_what_a_browser_is_told_is_the_same_each_time():
    read = theme()
    assert (read.light.primary_color, len(read.heading_font_sizes)) == ("#3D4DB7", 6)
    assert not read.HasField("sidebar")
    read_theme_once()
    assert [theme(), theme()] == [read, read]


@pytest.mark.usefixtures("_themed")
def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch):
    read_theme_once()
    theme()
    monkeypatch.setattr(config, "get_options_for_section", None)
    assert theme().light.primary_color == "#3D4DB7"


@pytest.mark.usefixtures("_themed")
def test_it_is_arranged_once_however_often_the_app_is_served():
    read_theme_once()
    arranged = app_session._populate_theme_msg
    read_theme_once()
    assert app_session._populate_theme_msg is arranged


def test_a_streamlit_that_does_it_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(app_session, "_populate_theme_msg")
    read_theme_once()
    assert not hasattr(app_session, "_populate_theme_msg")
