"""The app as it is served: with something to see until a browser has what it draws pages with.

Streamlit's own page is empty until then, for a second or two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from charter.studio import news
from charter.studio.theme_once import read_theme_once

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE: Final = Path(__file__).parent
_NAME: Final = "Charter studio"
_ROOT: Final = b'<div id="root">'
"""What Streamlit draws in, and empties before."""
_TITLE: Final = b"<title>Streamlit</title>"
_SPLASH: Final = f"""\
<style>
  .opening {{ position: fixed; inset: 0; display: grid; place-content: center;
    justify-items: center; gap: 1rem; color-scheme: light dark; font: 600 1.1rem sans-serif;
    background: light-dark(#FFFFFF, #14171D); color: light-dark(#3A4250, #C3CAD6); }}
  .opening svg {{ width: 4rem; height: 4rem; animation: opening 1.6s ease-in-out infinite; }}
  @keyframes opening {{ 50% {{ opacity: 0.45; }} }}
  @media (prefers-reduced-motion: reduce) {{ .opening svg {{ animation: none; }} }}
</style>
<div class="opening" role="status">{(HERE / "icon.svg").read_text("utf-8").strip()}{_NAME}</div>
"""


class WhileOpening:
    """Lets each page of the app begin with the app's sign and name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, and put the sign where its pages will be drawn."""
        if scope["type"] == "http" and scope["method"] == "GET":
            send = _Sender(send)
        await self._app(scope, receive, send)


class _Sender:
    """Sends an answer on; that of a page once it is whole, and changed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun: Message | None = None
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._begun = message
        elif self._begun is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._page += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._begun)

    async def _send_page(self, begun: Message) -> None:
        page = self._page.replace(_ROOT, _ROOT + _SPLASH.encode(), 1)
        page = page.replace(_TITLE, f"<title>{_NAME}</title>".encode(), 1)
        headers = [each for each in begun["headers"] if each[0].lower() != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        await self._send({**begun, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})


def _is_page(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message["headers"]}
    is_plain = b"content-encoding" not in headers
    return (
        message["status"] == 200
        and is_plain
        and headers.get(b"content-type", b"").startswith(b"text/html")
    )


def _tell_news(request: Request) -> Response:
    """Tell a page whether what it shows was saved since, from a thread, as files are read."""
    told = news.told(request.query_params.get(news.NAMED, ""))
    return PlainTextResponse(told, headers={"cache-control": "no-store"})


read_theme_once()
app = st.App(
    HERE / "app.py",
    routes=[Route(f"/{news.ADDRESS}", _tell_news)],
    middleware=[Middleware(WhileOpening)],
)
