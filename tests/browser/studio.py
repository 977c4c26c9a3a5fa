"""What a visitor does in the app, in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

# Shares of the canvas that have about this colour: red, green, blue.
_COUNT_PIXELS = """
(frame, [red, green, blue]) => {
  const canvas = frame.querySelector("canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const far = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green)
      + Math.abs(data[at + 2] - blue);
    if (far < 12 && data[at + 3] > 200) found += 1;
  }
  return found;
}
"""


@dataclass(frozen=True)
class Studio:
    """The app in one tab.

    Attributes:
        folder: The workspace to open; the app's own for none.
    """

    page: Page
    address: str
    folder: Path | None = None

    def at(self, path: str = "") -> str:
        """Return the address of a page, with the folder that it is to show."""
        whole = f"{self.address}/{path}"
        if self.folder is None:
            return whole
        said = urlencode({"folder": str(self.folder)})
        return f"{whole}{'&' if '?' in path else '?'}{said}"

    def open(self, path: str = "") -> Page:
        """Go to a page and wait until it has answered."""
        self.page.goto(self.at(path))
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run."""
        app = self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
        expect(app).to_be_attached(timeout=20_000)

    @property
    def map(self) -> Locator:
        """The map, drawn."""
        frame = self.page.locator(".frame[data-ready=true]")
        expect(frame).to_be_visible(timeout=15_000)
        return frame

    def click_stop(self, stop: str) -> None:
        """Click on a touchpoint on the map with the mouse."""
        at = self.map.evaluate("(frame, stop) => frame.stopPosition(stop)", stop)
        self.page.mouse.click(at["x"], at["y"])

    def pixels(self, red: int, green: int, blue: int) -> int:
        """Count the pixels of a colour on the map."""
        found: int = self.map.evaluate(_COUNT_PIXELS, [red, green, blue])
        return found

    def keyed(self, key: str) -> Locator:
        """What Streamlit shows under a key."""
        return self.page.locator(f".st-key-{key}")

    def choose(self, key: str, text: str) -> None:
        """Choose an option of a list that opens."""
        option = self.keyed(f"drop-down-{key}").locator("option").filter(has_text=text).first
        self.drop_down(key).select_option(option.get_attribute("value"))

    def drop_down(self, key: str) -> Locator:
        """The list itself, whose value is what is chosen."""
        return self.keyed(f"drop-down-{key}").locator("select")
