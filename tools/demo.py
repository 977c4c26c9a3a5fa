"""Check the sample, then open the app on it: what ``make run`` does once all is installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

CHARTER = str(Path(sys.executable).with_name("charter"))
# 0: nothing found; 1: findings, which a sample is there to show; 4: nothing decided.
CHECKED = (0, 1, 4)
MOST_PORTS_TRIED = 100


def main(sample: str, port: str) -> int:
    """Check ``sample``, then serve the app on ``port`` until it is stopped."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        print(f"PORT is {port}, but a port is a number from 1 to 65535.", file=sys.stderr)
        return 2
    if not is_free(int(port)):
        print(in_use(int(port)), file=sys.stderr)
        return 2
    print(f"\n$ charter check {sample}\n", flush=True)
    status = subprocess.run([CHARTER, "check", sample], check=False).returncode
    if status in CHECKED:
        print(f"\n$ charter studio {sample}\n", flush=True)
        environment = os.environ | {"STREAMLIT_SERVER_PORT": port}
        os.execve(CHARTER, [CHARTER, "studio", sample], environment)
    return status


def is_free(port: int) -> bool:
    """Return whether a server could listen on this port."""
    with socket.socket() as server:
        # As servers do: a port whose last connection is still closing is free.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def in_use(port: int) -> str:
    """Say that the port is taken, and what to type instead."""
    others = range(port + 1, min(port + MOST_PORTS_TRIED, 65536))
    other = next((each for each in others if is_free(each)), 8600)
    return (
        f"Another program uses port {port}, perhaps an app that was started before.\n"
        f"Stop it, or choose another port: make run PORT={other}"
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
