"""The web server for phones: one page, what it is made of, and the room's websocket."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from charter.private_folder import PrivateFolder
from charter.studio.phones.health import health
from charter.studio.phones.limits import LARGEST_MESSAGE, MOST_CONNECTIONS
from charter.studio.phones.listening import Listening
from charter.studio.phones.room import Room
from charter.studio.phones.words import all_words
from charter.workshop import Workshops

PAGE: Final = Path(__file__).parent / "page"
ICON: Final = Path(__file__).parent.parent / "icon.svg"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


def app(root: Path, listening: Listening) -> ASGIApp:
    """Return what serves the phones of a workspace's workshops."""
    room = Room(Workshops(PrivateFolder(root)))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with room.opened():
            yield

    async def serve_room(websocket: WebSocket) -> None:
        if is_from_here(websocket.headers, listening.link):
            await room.serve(websocket)
        else:
            await websocket.close()

    routes: list[Route | WebSocketRoute] = [
        Route("/health", _said(health(root, listening.host))),
        Route("/words.json", _said(all_words())),
        WebSocketRoute("/room", serve_room),
    ]
    for file in (ICON, *sorted(PAGE.iterdir())):
        path = "/" if file.name == "index.html" else f"/{file.name}"
        routes.append(Route(path, _file(file.read_bytes(), _TYPES[file.suffix])))
    return _Guarded(Starlette(routes=routes, lifespan=lifespan))


def server(root: Path, listening: Listening) -> uvicorn.Server:
    """Return the server, to be run with sockets that listen."""
    is_behind_a_proxy = bool(listening.link)
    return uvicorn.Server(
        uvicorn.Config(
            app(root, listening),
            access_log=False,
            date_header=False,
            limit_concurrency=2 * MOST_CONNECTIONS,
            lifespan="on",
            log_level="warning",
            # Only a proxy says truly for whom it speaks.
            proxy_headers=is_behind_a_proxy,
            server_header=False,
            timeout_graceful_shutdown=1,
            ws="websockets-sansio",
            # What is a little too large is answered; what is far too large isn't read.
            ws_max_size=2 * LARGEST_MESSAGE,
            ws_per_message_deflate=False,
        )
    )


def is_from_here(headers: Mapping[str, str], link: str) -> bool:
    """Return whether it is our own page that opens a websocket, not that of a stranger."""
    origin = headers.get("origin", "")
    if link and _origin(origin) == _origin(link):
        return True
    return bool(origin) and urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def _said(told: object) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return JSONResponse(told)

    return answer


def _file(content: bytes, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return Response(content, headers={"content-type": kind})

    return answer


@functools.lru_cache(maxsize=64)
def _guards(host: str) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of every answer: nothing but ours is loaded, framed, or kept."""
    # Some browsers don't count a websocket of the same host as the page's own.
    own = f"'self' ws://{host} wss://{host}" if _HOST.fullmatch(host) else "'self'"
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src {own}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return (
        (b"cache-control", b"no-store"),
        (b"content-security-policy", policy.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
    )


class _Guarded:
    """Adds the guards to every answer, be it an error."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_guards(host)]
            await send(message)

        await self._inner(scope, receive, guarded)
