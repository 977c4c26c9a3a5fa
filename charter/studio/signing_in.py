"""Whether people can sign in to the app, as Streamlit's secrets.toml says.

Streamlit signs people in by OpenID Connect, with the providers that ``[auth]`` names there.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

_SHARED: Final = ("redirect_uri", "cookie_secret")
_OF_PROVIDER: Final = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK: Final = "/oauth2callback"


class IncompleteSignIn(Exception):
    """Sign-in is configured in part, so that nobody could sign in.

    Attributes:
        reason: ``unreadable``, ``missing``, ``redirect`` or ``not-installed``.
        detail: What is missing or wrong.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def is_sign_in_configured() -> bool:
    """Return whether somebody configured sign-in, be it in part: then it is asked for."""
    try:
        return bool(_section())
    except IncompleteSignIn:
        return True


def providers() -> tuple[str, ...]:
    """Return the names of the identity providers that people choose from.

    The empty name is that of the only one, which has none.
    """
    section = _section()
    named = [name for name, value in section.items() if isinstance(value, Mapping)]
    # A table without it holds settings of something else, such as `client_kwargs`.
    own = tuple(name for name in named if "client_id" in section[name])
    return own or ("",)


def check_sign_in() -> None:
    """Check that people can sign in, where that is configured at all.

    Raises:
        IncompleteSignIn: They couldn't.
    """
    section = _section()
    if not section:
        return
    if importlib.util.find_spec("authlib") is None:
        raise IncompleteSignIn("not-installed", "streamlit[auth]")
    missing = [key for key in _SHARED if not section.get(key)]
    for name in providers():
        of_provider = section[name] if name else section
        within = f"{name}." if name else ""
        missing += [f"{within}{key}" for key in _OF_PROVIDER if not of_provider.get(key)]
    if missing:
        raise IncompleteSignIn("missing", ", ".join(missing))
    redirect = str(section["redirect_uri"])
    if not urlsplit(redirect).path.endswith(_CALLBACK):
        raise IncompleteSignIn("redirect", redirect)


def address_of_app() -> str | None:
    """Return where browsers find the app, where sign-in says it."""
    redirect = str(_section().get("redirect_uri", ""))
    # Streamlit fills in the port itself.
    return None if "{" in redirect else redirect.removesuffix(_CALLBACK) or None


def _section() -> Mapping[str, Any]:
    from streamlit.runtime.secrets import secrets_singleton

    if secrets_singleton.load_if_toml_exists():
        found = secrets_singleton.get("auth", {})
        return found if isinstance(found, Mapping) else {}
    # Streamlit takes a file with a slip in it for none; but somebody meant people to sign in.
    for file in _secrets_files():
        raise IncompleteSignIn("unreadable", file)
    return {}


def _secrets_files() -> list[str]:
    from streamlit.config import get_option

    return [file for file in get_option("secrets.files") if os.path.lexists(file)]
