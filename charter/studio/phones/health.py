"""What a door says of itself: which workspace it is of, without saying where that lies."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def health(root: Path, host: str) -> dict[str, str]:
    """Return what tells a door from others on this machine: its workspace, and for whom it is."""
    return {"workspace": hashlib.sha256(os.fsencode(root.resolve())).hexdigest(), "at": host}
