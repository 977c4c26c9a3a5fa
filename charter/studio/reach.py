"""From where the app can be reached, and the file that says who may do what there."""

from __future__ import annotations

import ipaddress
from typing import Final

ROLES_FILE: Final = "CHARTER_ROLES"
"""The variable of the environment that names the file of roles."""


def is_this_machine(address: str | None) -> bool:
    """Return whether what is served at an address can be reached from this machine alone."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
