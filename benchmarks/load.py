"""The app with many visitors at once, and how soon one sees it.

``python -m benchmarks.load`` prints a table and writes the first part of docs/load.md.
``--visitors 20 --seconds 40`` are what it does by itself. Visitors speak Streamlit's own protocol,
as a browser does: each has the page of a journey of 60 touchpoints open, clicks every two seconds
on a touchpoint or on whom it looks at, asks for news, and answers the server's requests to look
again by itself.
What one sees is measured in Chromium on the sample.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.parts import put_part
from benchmarks.visited import SEGMENTS, TOUCHPOINTS, write_workspace
from tools.browser import FLAGS, find_chromium

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "maison-lumiere"
FILE = ROOT / "docs" / "load.md"
EVERY = 2.0
"""Seconds between two clicks of a visitor."""
COME_AFTER = 0.31
"""Seconds after which another visitor comes."""
STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 60.0
READY_AFTER = 25.0
"""Seconds from its start after which the app has loaded what all pages need."""
ANSWER = ".st-key-answer h3"
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
FAILED = ForwardMsg.FINISHED_WITH_COMPILE_ERROR


class Unanswered(Exception):
    """The app didn't do what a visitor waited for."""


# ── The app ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Server:
    """The app, served.

    Attributes:
        started: When its process was.
    """

    process: subprocess.Popen[bytes]
    port: int
    started: float

    def memory(self) -> float:
        """Return the MiB that its process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def served(folder: Path, port: int) -> Iterator[Server]:
    """Serve the app on a folder, as ``charter studio`` does."""
    command = [sys.executable, "-m", "charter", "studio", str(folder), "--port", str(port)]
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, "--lang", "en"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as process:
        try:
            yield Server(process, port, started)
        finally:
            process.terminate()


def wait_until_it_answers(server: Server) -> None:
    while time.perf_counter() < server.started + STARTS_WITHIN:
        with suppress(OSError), urlopen(f"http://127.0.0.1:{server.port}/_stcore/health"):
            return
        time.sleep(0.02)
    raise Unanswered("the app didn't start")


def wait_until_it_is_ready(server: Server) -> None:
    time.sleep(max(0.0, server.started + READY_AFTER - time.perf_counter()))


# ── Visitors ─────────────────────────────────────────────────────────────────────────────────


@dataclass
class Visitor:
    """One of those who have the page open.

    Attributes:
        widgets: Those of the page, by the end of their names.
        parts: The part of the page that each is in, which alone answers; empty for the whole page.
        segment: Whom they look at.
        page: The server's own name of the page, once it has told it.
        address: What is chosen on the page, as the end of its address has it.
        asked: The part of the page that they wait for; empty for the whole page.
        made: The parts that the server makes something of, in this answer.
        news: The address where the page asks whether there is anything new, once it knows it.
        took: Seconds from each click until the page was answered.
        failure: What became of the page instead, if it failed.
    """

    connection: ClientConnection
    number: int
    widgets: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    segment: str = ""
    page: str = ""
    address: str = ""
    asked: str = ""
    made: set[str] = field(default_factory=set)
    news: str = ""
    took: list[float] = field(default_factory=list)
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Unanswered | None = None
    looks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def listen(self) -> None:
        """Take what the server sends, until the connection is closed or the page fails."""
        try:
            async for message in self.connection:
                assert isinstance(message, bytes)
                self._take(ForwardMsg.FromString(message))
        except ConnectionClosed:
            pass
        except Unanswered as failure:
            self.failure = failure
            self.finished.set()

    def _take(self, message: ForwardMsg) -> None:
        sort = message.WhichOneof("type")
        if sort == "script_finished":
            if message.script_finished == FAILED:
                raise Unanswered("the page failed")
            self._see_whether_it_is_finished()
        elif sort == "new_session":
            # Where another answer begins at once, the end of the one before it isn't told.
            self._see_whether_it_is_finished()
            self.made = set()
        elif sort == "auto_rerun":
            asked = message.auto_rerun
            self._stop_looking(asked.fragment_id)
            look = self._look(asked.fragment_id, asked.interval)
            self.looks[asked.fragment_id] = asyncio.create_task(look)
        elif sort == "navigation":
            self.page = message.navigation.page_script_hash
        elif sort == "page_info_changed":
            self.address = message.page_info_changed.query_string
        elif sort == "delta":
            self._see(message.delta)

    def _see_whether_it_is_finished(self) -> None:
        if self.asked in self.made:
            self.finished.set()

    def _see(self, delta: Delta) -> None:
        self.made.add(delta.fragment_id)
        if delta.HasField("new_element"):
            element = delta.new_element
            if element.HasField("exception"):
                raise Unanswered(f"the page failed: {element.exception.message}")
            if element.HasField("bidi_component"):
                name = element.bidi_component.id
                self.widgets[name.rpartition("-")[2]] = name
                self.parts[name] = delta.fragment_id
                if name.endswith("-news"):
                    self.news = json.loads(element.bidi_component.json)["address"]

    def _stop_looking(self, fragment: str) -> None:
        if task := self.looks.pop(fragment, None):
            task.cancel()

    async def _look(self, fragment: str, interval: float) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(interval)
                asked = self._asking(fragment)
                asked.rerun_script.is_auto_rerun = True
                await self.connection.send(asked.SerializeToString())

    async def ask_for_news(self, port: int) -> None:
        """Ask every two seconds whether anything is new, as the page does; nothing ever is."""
        with closing(HTTPConnection("127.0.0.1", port)) as server:
            while True:
                await asyncio.sleep(EVERY)
                told = await asyncio.to_thread(fetched, server, f"/{self.news}")
                if told != b"none":
                    raise Unanswered(f"news that there aren't: {told[:80]!r}")

    def _asking(self, part: str) -> BackMsg:
        """Return what a browser asks for the page with: at first it knows only its name."""
        asked = BackMsg()
        asked.rerun_script.fragment_id = part
        asked.rerun_script.query_string = self.address
        if self.page:
            asked.rerun_script.page_script_hash = self.page
        else:
            asked.rerun_script.page_name = "journeys"
        return asked

    async def ask(self, *states: WidgetState, part: str = "") -> float:
        """Ask for the page, or a part of it, and return how long its answer took."""
        asked = self._asking(part)
        asked.rerun_script.widget_states.widgets.extend(states)
        self.asked, self.made = part, set()
        self.finished.clear()
        began = time.perf_counter()
        await self.connection.send(asked.SerializeToString())
        await asyncio.wait_for(self.finished.wait(), ANSWERS_WITHIN)
        if self.failure is not None:
            raise self.failure
        return time.perf_counter() - began

    async def click_until(self, end: float) -> None:
        """Click every two seconds, each visitor at moments of their own."""
        due = time.perf_counter() + EVERY * (self.number * 0.618 % 1)
        click = self.number
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            states, part = self._states(click)
            self.took.append(await self.ask(*states, part=part))
            click += 1
            due = max(due + EVERY, time.perf_counter())

    def _states(self, click: int) -> tuple[list[WidgetState], str]:
        # A browser tells the state of all that was touched, each time.
        touchpoint = TOUCHPOINTS[click * 7 % len(TOUCHPOINTS)]
        segment = SEGMENTS[click // 4 % len(SEGMENTS)]
        # Each is answered by the part of the page that it is in.
        part = self.parts[self.widgets["map" if segment == self.segment else "segment"]]
        states = [
            WidgetState(id=self.widgets["map"], json_value=json.dumps({"clicked": touchpoint}))
        ]
        if segment != self.segment:
            chosen = [{"event": "chosen", "value": {"option": segment, "asked": click}}]
            name = _make_trigger_id(self.widgets["segment"], "events")
            states.append(WidgetState(id=name, json_trigger_value=json.dumps(chosen)))
        self.segment = segment
        return states, part


def fetched(server: HTTPConnection, address: str) -> bytes:
    server.request("GET", address)
    return server.getresponse().read()


async def visit(
    port: int, number: int, seconds: float, all_are_there: asyncio.Barrier
) -> list[float]:
    """Return how long the answers to one visitor's clicks took, once everybody is there."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, max_size=None, origin=f"http://127.0.0.1:{port}") as connection:
        visitor = Visitor(connection, number)
        await asyncio.sleep(number * COME_AFTER)
        listener = asyncio.create_task(visitor.listen())
        await visitor.ask()
        if missing := {"map", "segment"} - visitor.widgets.keys():
            raise Unanswered(f"the page has no {missing}, but {sorted(visitor.widgets)}")
        asking = asyncio.create_task(visitor.ask_for_news(port))
        await all_are_there.wait()
        await visitor.click_until(time.perf_counter() + seconds)
        if asking.done():
            asking.result()
        for task in (asking, listener, *visitor.looks.values()):
            task.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    return visitor.took


async def visit_together(port: int, visitors: int, seconds: float) -> list[float]:
    all_are_there = asyncio.Barrier(visitors)
    took = await asyncio.gather(
        *(visit(port, each, seconds, all_are_there) for each in range(visitors))
    )
    return [one for each in took for one in each]


# ── What one sees ────────────────────────────────────────────────────────────────────────────


def first_page(page: Page, server: Server) -> dict[str, float]:
    """Return the seconds from the start of the process to what one sees of the first page."""
    seen = {}

    def now() -> float:
        return time.perf_counter() - server.started

    wait_until_it_answers(server)
    opened = now()
    page.goto(f"http://127.0.0.1:{server.port}/", wait_until="commit")
    page.locator("h1").first.wait_for()
    seen["its heading"] = now()
    page.locator(ANSWER).wait_for()
    seen["its answer"] = now()
    page.locator(SETTLED).wait_for(state="attached")
    seen["all of it, the charts drawn"] = now()
    return {"the first thing painted": opened + page.evaluate(PAINTED) / 1000, **seen}


def page_changes(page: Page) -> dict[str, float]:
    """Return the seconds from a click on each page's name until it is there: the median of three.

    A first time doesn't count: the browser fetches what the page is drawn with.
    """
    links = page.locator("[data-testid=stTopNavLink]")
    # Before each name stands its icon, which is a word to the font.
    names = [name.split()[-1] for name in links.all_inner_texts()]
    took: dict[str, list[float]] = {name: [] for name in [*names[1:], names[0]]}
    for _ in range(4):
        for name, times in took.items():
            times.append(page.evaluate(CHANGE, names.index(name)))
            page.wait_for_timeout(1500)
    return {name: median(times[1:]) for name, times in took.items()}


PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"

CHANGE = """
number => new Promise(resolve => {
  const app = document.querySelector("[data-testid=stApp]");
  const began = performance.now();
  let hasRun = false;
  const watch = () => {
    const state = app.getAttribute("data-test-script-state");
    if (state !== "notRunning") hasRun = true;
    else if (hasRun) return resolve((performance.now() - began) / 1000);
    setTimeout(watch, 2);
  };
  document.querySelectorAll("[data-testid=stTopNavLink]")[number].click();
  watch();
})
"""


# ── The figures ──────────────────────────────────────────────────────────────────────────────


def at_most(share: float, values: Sequence[float]) -> float:
    """Return what a share of the values don't exceed: the nearest rank."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def figures(visitors: int, seconds: float, port: int) -> list[tuple[str, str, str]]:
    """Return what was measured: what, how much, and what is aimed at."""
    rows = []
    # As it is where the program is installed, even if Python may not write beside its files here.
    compileall.compile_dir(ROOT / "charter", quiet=1)
    compileall.compile_dir(ROOT / "journeys", quiet=1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "maison-lumiere"
        shutil.copytree(SAMPLE, folder)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            with served(folder, port) as server:
                for what, after in first_page(page, server).items():
                    goal = "" if rows else "3 s"
                    rows.append((f"First page: {what}", f"{after:.1f} s", goal))
                wait_until_it_is_ready(server)
                for name, took in page_changes(page).items():
                    rows.append((f"Change to {name}", f"{took * 1000:.0f} ms", "300 ms"))
            browser.close()
        write_workspace(Path(scratch) / "visited")
        with served(Path(scratch) / "visited", port) as server:
            wait_until_it_answers(server)
            asyncio.run(visit_together(port, 1, 0))
            wait_until_it_is_ready(server)
            before = server.memory()
            took = asyncio.run(visit_together(port, visitors, seconds))
            after = server.memory()
    rows += [
        (f"Clicks of {visitors} visitors answered", str(len(took)), ""),
        ("A click, median", f"{median(took) * 1000:.0f} ms", "30 ms"),
        ("A click, 95 of 100", f"{at_most(0.95, took) * 1000:.0f} ms", "100 ms"),
        ("Memory, one visitor", f"{before:.0f} MiB", ""),
        (f"Memory, {visitors} visitors", f"{after:.0f} MiB", ""),
    ]
    return rows


def table(rows: Sequence[tuple[str, str, str]]) -> str:
    lines = ["| | measured | goal |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {what} | {much} | {goal} |" for what, much, goal in rows)])


def described(rows: Sequence[tuple[str, str, str]], visitors: int, seconds: float) -> str:
    """Return the first part of docs/load.md."""
    waiting = os.getloadavg()[0]
    return f"""\
# The Studio under load

Written by `make load`, which measures again. {visitors} visitors have the page of a journey of
{len(TOUCHPOINTS)} touchpoints open and click every {EVERY:g} s for {seconds:g} s; a click is
measured from where it is sent until the page's script has run. The first page and the changes of
pages are those of the sample Maison Lumière, in Chromium. The first page is measured from the start
of the program, in a browser that has nothing of it yet; a change from the click until the script
has run, the median of three times after a first one. Changes and clicks are those of an app that
has run for {READY_AFTER:g} s, in which it loads what its pages need.

{table(rows)}

Python {platform.python_version()}, {os.cpu_count()} processors, of which {waiting:.1f} were busy on
average in the last minute, these measurements included.
"""


def main() -> None:
    """Measure, print, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--port", type=int, default=8640)
    parser.add_argument("--dry", action="store_true", help="write nothing down")
    asked = parser.parse_args()
    rows = figures(asked.visitors, asked.seconds, asked.port)
    print(table(rows))
    if not asked.dry:
        put_part(FILE, described(rows, asked.visitors, asked.seconds))


if __name__ == "__main__":
    main()
