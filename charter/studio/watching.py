"""The page looks again by itself, once somebody saves what it shows."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from charter.history import HistoryError
from charter.messages import N_, Speaker
from charter.presence import Visitor, announce
from charter.private_folder import PrivateFolder
from charter.studio import news
from charter.studio.pieces import JS, no_callback
from charter.studio.session import Session, Trouble
from charter.studio.whos_here import sign_of
from charter.usecases.desks import mark_of

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

EVERY: Final = 2.0
"""Seconds after which a page asks again."""
_NAME = "news-name"
_IS_SAVED = "news-is-saved"


def watch(now: Session | Trouble, root: Path, speak: Speaker) -> None:
    """Run the app again once somebody saves what is looked at."""
    name: str = st.session_state.setdefault(_NAME, secrets.token_urlsafe(16))
    base = now.base
    looked_at = _LookedAt(root, base.version, base.mark, sign_of(base.version, speak))

    # Where nobody answers at the address, or not any more, the page asks here.
    @st.fragment
    def look() -> None:
        news.follow(name, looked_at.is_saved)
        if st.session_state.pop(_IS_SAVED, False):
            st.toast(
                speak(N_("Somebody saved changes; all was checked again.")), icon=":material/sync:"
            )
        _declared()(
            key="news",
            data={"address": f"{news.ADDRESS}?{news.NAMED}={name}", "every": EVERY * 1000},
            on_look_change=no_callback,
        )
        if looked_at.is_saved():
            st.session_state[_IS_SAVED] = True
            st.rerun()

    look()


@dataclass(frozen=True)
class _LookedAt:
    """What a visitor's page shows, with the mark of what that said when it was made."""

    root: Path
    version: str
    mark: str
    visitor: Visitor

    def is_saved(self) -> bool:
        """Return whether it says something else by now; whoever asks is there, as others see."""
        now = datetime.datetime.now(datetime.UTC)
        announce(PrivateFolder(self.root), replace(self.visitor, when=now))
        try:
            return mark_of(self.root, self.version) != self.mark
        except HistoryError:
            return True


_JS = (
    JS
    + """
class Watch {
  constructor(parent) {
    this.parent = parent;
  }

  show(data, send) {
    this.data = data;
    this.send = send;
    this.timer ??= setTimeout(() => this.ask(), data.every);
  }

  // A server that is gone tells the whole page so; it is asked again all the same.
  async ask() {
    try {
      const answer = await fetch(this.data.address, { cache: "no-store" });
      const type = answer.headers.get("content-type") ?? "";
      const news = type.startsWith("text/plain") ? await answer.text() : "unknown";
      if (news !== "none") this.send("look", Date.now());
    } catch {}
    this.timer = this.parent.isConnected ? setTimeout(() => this.ask(), this.data.every) : null;
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  standing(parentElement, Watch).show(data, setTriggerValue);
}
"""
)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component("experience-charter.news", js=_JS)
