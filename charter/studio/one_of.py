"""One of several options, chosen in a component of ours.

part = OneOf("part", ["markers", "ways"], shown="panel")
component(key=part.shown, data={"options": …, **part.data}, on_chosen_change=part.take)
part.chosen
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from charter.studio import address
from charter.studio.pieces import happened, no_callback


class OneOf:
    """What is chosen: in ``st.session_state[key]``, where it can be set before it is shown.

    It stays until the visit ends. What isn't offered gives way to the first option.

    Attributes:
        shown: The key of the component.
    """

    def __init__(
        self,
        key: str,
        options: Sequence[str],
        *,
        shown: str,
        on_change: Callable[[], None] = no_callback,
    ) -> None:
        self.shown = shown
        self._key = key
        self._options = options
        self._on_change = on_change
        if st.session_state.get(key) not in options:
            st.session_state[key] = options[0]

    @property
    def chosen(self) -> str:
        """The option that is chosen."""
        chosen: str = st.session_state[self._key]
        return chosen

    @property
    def data(self) -> dict[str, object]:
        """What the browser is told of it."""
        return {"chosen": self.chosen, "answered": st.session_state.get(self._answered)}

    def take(self) -> None:
        """Take what the browser says was chosen, which may be anything, before the page runs."""
        sent = happened(self.shown, "chosen")
        if not isinstance(sent, dict):
            return
        st.session_state[self._answered] = sent.get("asked")
        chosen = next((each for each in self._options if each == sent.get("option")), None)
        if chosen is not None and chosen != st.session_state.get(self._key):
            address.choose(self._key, chosen)
            self._on_change()

    @property
    def _answered(self) -> str:
        return f"{self.shown}-answered"


JS = """
const WAITS = 5000;

// What somebody chose a moment ago, which holds until the page has answered to it.
class Choosing {
  holds(data) {
    if (this.asked === data.answered || performance.now() > this.until) this.asked = null;
    return Boolean(this.asked);
  }

  choose(option, send) {
    this.asked = Date.now();
    this.until = performance.now() + WAITS;
    send("chosen", { option, asked: this.asked });
  }
}
"""
