"""``python -m charter.studio.phones ROOT --at HOST --port N``: serve the phones of a workspace.

It says on its standard output, in one line of JSON, where it came to listen, or why it can't; and
it ends once its standard input does, so with whoever started it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import json
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Final

from charter.private_folder import PrivateFolder
from charter.studio.phones.door import is_served
from charter.studio.phones.listening import Listening, listen

PORTS_TRIED: Final = 50
_PORT_FILE: Final = "phones-port"
_ENDS_WITHIN: Final = 3.0


def main() -> None:
    """See the module."""
    asked = _asked()
    listening = Listening(asked.at, asked.port, asked.link)
    folder = PrivateFolder(asked.root)
    try:
        taken = take_port(asked.root, listening, _port_before(folder))
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE
        code = "phones-port-in-use" if is_taken else "phones-unreachable"
        _say(shut=code, value=str(asked.port) if is_taken else asked.at)
        return
    if isinstance(taken, int):
        _say(port=taken, is_found=True)
        return
    port = taken.getsockname()[1]
    # Phones come back to where they were, also when the app was started anew.
    with contextlib.suppress(OSError):
        folder.write(_PORT_FILE, str(port).encode())
    from charter.studio.phones.server import server

    serving = server(asked.root, listening)

    def end_with_whoever_started_it() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        serving.should_exit = True
        time.sleep(_ENDS_WITHIN)
        os._exit(0)

    threading.Thread(target=end_with_whoever_started_it, daemon=True).start()

    async def serve() -> None:
        task = asyncio.create_task(serving.serve(sockets=[taken]))
        while not serving.started and not task.done():
            await asyncio.sleep(0.01)
        if serving.started:
            _say(port=port)
        await task

    asyncio.run(serve())


def take_port(root: Path, listening: Listening, before: int) -> socket.socket | int:
    """Return a socket that listens where it is wanted, or else near by.

    Args:
        root: The workspace.
        listening: Where it is wanted.
        before: The port that it had the last time; 0 for none.

    Returns:
        The socket; or the port where a door of the workspace is open already.

    Raises:
        OSError: It can't listen there.
    """
    ports = list(range(listening.port, min(listening.port + PORTS_TRIED, 65536)))
    if listening.link:
        # A proxy knows that one.
        del ports[1:]
    if before in ports:
        ports.insert(0, before)
    refused: OSError | None = None
    for port in ports:
        try:
            return listen(listening.host, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            refused = error
        if is_served(root, listening, port):
            return port
    assert refused is not None
    raise refused


def _port_before(folder: PrivateFolder) -> int:
    said = (folder.read(_PORT_FILE) or b"").decode(errors="replace").strip()
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _say(**message: object) -> None:
    print(json.dumps(message), flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="charter.studio.phones", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--at", default=Listening.host)
    parser.add_argument("--port", type=int, default=Listening.port)
    parser.add_argument("--link", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
