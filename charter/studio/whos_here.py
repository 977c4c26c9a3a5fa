"""Who else is at work, and on which version: each visitor gives a sign of life now and then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from charter.messages import Speaker
from charter.presence import Visitor, visitors
from charter.private_folder import PrivateFolder
from charter.studio import session as sessions
from charter.studio.access import visitor
from charter.usecases.versions import who_has_open


def sign_of(version: str, speak: Speaker) -> Visitor:
    """Return what others are told of this visitor, who has a version open."""
    page = urlsplit(st.context.url or "").path.rpartition("/")[2]
    return Visitor(sessions.sign(), visitor().named(speak), version, page, _now())


def others_with(root: Path, versions: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the others who have each version open."""
    return who_has_open(visitors(PrivateFolder(root), _now()), sessions.sign(), versions)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
