"""Where phones come in, as whoever runs the app says it.

read_listening("0.0.0.0:8600", "")     # Listening("0.0.0.0", 8600, "")
"""

from __future__ import annotations

import ipaddress
import re
import socket
import sys
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

PHONES: Final = "CHARTER_PHONES"
"""The variable of the environment that says where phones come in: ``HOST`` or ``HOST:PORT``."""
LINK: Final = "CHARTER_PHONES_LINK"
"""The variable of the environment that says what phones open, where a proxy stands before it."""
THIS_MACHINE: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8502
_EVERYWHERE: Final = ("0.0.0.0", "::")
_FAR: Final = {
    # What nobody has, and some of the networks that a machine without a way out may be on.
    socket.AF_INET: ("192.0.2.1", "10.254.254.254", "172.30.254.254", "192.168.254.254"),
    socket.AF_INET6: ("2001:db8::1",),
}


class CannotOpen(Exception):
    """Phones can't come in as was asked for; ``charter.messages.phones`` says why.

    Attributes:
        code: Which sentence tells it.
        parameters: What that sentence names.
    """

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True)
class Listening:
    """Where phones come in.

    Attributes:
        host: An address of this machine, or one that stands for all of them.
        port: The port that is wanted.
        link: What phones open where a proxy stands before it; empty where none does.
    """

    host: str = THIS_MACHINE
    port: int = DEFAULT_PORT
    link: str = ""

    @property
    def is_for_this_machine_only(self) -> bool:
        """Whether no phone can come in from elsewhere."""
        if self.link:
            return False
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def address(self, port: int) -> str:
        """Return what phones open, once a port was found.

        Raises:
            CannotOpen: This machine is on no network.
        """
        if self.link:
            return self.link.rstrip("/")
        host = own_address(self.host) if self.host in _EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def here(self) -> str:
        """Return the host by which this machine itself reaches what listens there."""
        return {"0.0.0.0": THIS_MACHINE, "::": "::1"}.get(self.host, self.host)


def read_listening(place: str, link: str) -> Listening:
    """Return where phones come in, from ``HOST[:PORT]`` and what phones open, either maybe empty.

    Raises:
        CannotOpen: Either can't be understood, or this machine doesn't have that address.
    """
    host, port = _host_and_port(place.strip()) if place.strip() else (THIS_MACHINE, DEFAULT_PORT)
    listening = Listening(host, port, _read_link(link.strip()))
    if not _is_own(host):
        raise CannotOpen("phones-unreachable", value=host)
    return listening


def own_address(everywhere: str) -> str:
    """Return the address by which others on this machine's network reach it.

    The system is asked which way it would take; nothing is sent.

    Raises:
        CannotOpen: It is on no network.
    """
    family = socket.AF_INET6 if ":" in everywhere else socket.AF_INET
    for far in _FAR[family]:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            try:
                asked.connect((far, 9))
            except OSError:
                continue
            return str(asked.getsockname()[0])
    raise CannotOpen("phones-no-network", value=everywhere)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        OSError: It can't: the port is taken, or this machine doesn't have the address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family)
    try:
        if sys.platform != "win32":
            # As servers do: a port whose last connection is still closing is free. On Windows
            # the same option would take over a port in use.
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
        server.listen(512)
    except OSError:
        server.close()
        raise
    return server


def _host_and_port(place: str) -> tuple[str, int]:
    if _is_host(place):
        return place, DEFAULT_PORT
    found = re.fullmatch(r"(?:\[([^\[\]]*)\]|([^:\[\]]*))(?::(.*))?", place)
    host = (found[1] or found[2] or "") if found else ""
    if not found or not _is_host(host):
        raise CannotOpen("phones-address", value=place)
    port = found[3]
    if port is None:
        return host, DEFAULT_PORT
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise CannotOpen("phones-port", value=port)
    return host, int(port)


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # Any other name would have to be asked for on the network.
        return host == "localhost"
    return True


def _is_own(host: str) -> bool:
    try:
        listen(host, 0).close()
    except OSError:
        return False
    return True


def _read_link(link: str) -> str:
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    # The code of a workshop stands in the fragment.
    if not is_whole or parts.query or parts.fragment or parts.username or not link.isprintable():
        raise CannotOpen("phones-link", value=link)
    if re.search(r"[\s\"'<>\\]", link):
        raise CannotOpen("phones-link", value=link)
    return link.rstrip("/")
