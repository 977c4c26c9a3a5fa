"""What a browser is given first: the app's sign, where Streamlit will draw the page."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
import streamlit

from charter.studio.served import WhileOpening

PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
HTML = (b"content-type", b"text/html; charset=utf-8")


def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run what waits for nothing; a test that runs beside browsers has no loop of its own."""
    with pytest.raises(StopIteration):
        work.send(None)


def answer(
    body: bytes,
    *,
    pieces: int = 1,
    status: int = 200,
    method: str = "GET",
    headers: tuple[tuple[bytes, bytes], ...] = (HTML,),
) -> tuple[dict[bytes, bytes], bytes, int]:
    """What a browser gets: headers, body, and in how many messages that came."""
    length = (b"content-length", str(len(body)).encode())

    async def app(scope: object, receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
        step = -(-len(body) // pieces)
        for number in range(pieces):
            piece = body[number * step : (number + 1) * step]
            more = number < pieces - 1
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError

    finish(WhileOpening(app)({"type": "http", "method": method}, receive, send))
    begun, *rest = sent
    return dict(begun["headers"]), b"".join(each["body"] for each in rest), len(rest)


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_page_of_streamlits_begins_with_the_apps_sign_and_name(pieces: int):
    headers, body, messages = answer(PAGE.read_bytes(), pieces=pieces)
    text = body.decode()
    root = text.index('<div id="root">')
    assert root < text.index("<svg") < text.index("</svg>Charter studio</div>")
    assert "<title>Charter studio</title>" in text
    assert headers[b"content-length"] == str(len(body)).encode()
    assert messages == 1


def test_it_needs_nothing_from_elsewhere():
    """It is there before anything else is fetched."""
    added = answer(b'<div id="root"></div>')[1].replace(b"http://www.w3.org/2000/svg", b"")
    assert not [
        word for word in (b"http:", b"https:", b"src=", b"url(", b"@import") if word in added
    ]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"headers": ((b"content-type", b"text/javascript"),)}, id="a script"),
        pytest.param({"headers": (HTML, (b"content-encoding", b"gzip"))}, id="a packed page"),
        pytest.param({"status": 404}, id="what isn't there"),
        pytest.param({"method": "HEAD"}, id="only headers asked for"),
        pytest.param({"pieces": 2, "headers": ()}, id="what says nothing of itself"),
    ],
)
def test_all_else_is_sent_as_it_is(asked: dict[str, Any]):
    body = PAGE.read_bytes()
    headers, sent, messages = answer(body, **asked)
    assert sent == body
    assert headers[b"content-length"] == str(len(body)).encode()
    assert messages == asked.get("pieces", 1)


def test_what_isnt_asked_for_by_http_is_left_alone():
    given: list[object] = []

    async def app(scope: object, receive: object, send: object) -> None:
        given.append(send)

    async def send(message: object) -> None: ...

    async def receive() -> Any: ...

    finish(WhileOpening(app)({"type": "websocket"}, receive, send))
    assert given == [send]
