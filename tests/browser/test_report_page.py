"""The report as a page, opened in Chromium offline: it runs nothing that anybody wrote into it."""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from charter.checker import Checked, report_of
from charter.messages import Language, Speaker, visible
from charter.reports import render
from charter.reports.page import Page as Paper
from charter.usecases.check import check_folder, check_workspace
from charter.workspace import InvalidWorkspace, read_files

pytestmark = pytest.mark.browser

TODAY = datetime.date(2026, 11, 23)
ROOT = Path(__file__).parents[2]
RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"</script><script>{RUN}</script>",
    f"<script src='data:text/javascript,{RUN}'></script>",
    f"<script type=module>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'//",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>a</text></a></svg>",
    f"<svg><foreignObject><body onload={RUN}></foreignObject></svg>",
    f"<body onload={RUN}>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data='javascript:{RUN}'></object>",
    f"<embed src='javascript:{RUN}'>",
    f"<a href='javascript:{RUN}'>a</a>",
    f'<a href="jav&#x09;ascript:{RUN}">a</a>',
    f"<form action='javascript:{RUN}'><button>a</button></form>",
    f"<button formaction='javascript:{RUN}' autofocus>a</button>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<textarea autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<style onload={RUN}></style>",
    "<style>body{background:url(http://127.0.0.1:9/css)}</style>",
    "</style><img src=http://127.0.0.1:9/style>",
    f"<link rel=stylesheet href=http://127.0.0.1:9/a.css onload={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href='http://127.0.0.1:9/'>",
    f"</title><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' style='animation:x 1s' onanimationstart='{RUN}",
    f"`-{RUN}-`",
    "{{ ''.__class__.__mro__ }}{% for a in () %}",
    "{% raw %}{{ 7*7 }}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<template><script>{RUN}</script></template>",
    f"<x onclick={RUN} tabindex=1 autofocus onfocus={RUN}>",
    "<!--<img src='--><img src=x onerror=window.ran=1>",
)
ELEMENTS = {
    *("HTML", "HEAD", "META", "TITLE", "STYLE", "BODY", "MAIN", "HEADER", "SECTION", "ARTICLE"),
    *("H1", "H2", "H3", "P", "BDI", "SPAN", "DIV", "CODE", "BR", "OL", "LI", "DL", "DT", "DD"),
    *("TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "FOOTER", "svg", "rect"),
}


@dataclass
class Visit:
    """What happened while a page was open."""

    page: Page
    happened: list[str] = field(default_factory=list)


@pytest.fixture
def visit(offline: BrowserContext) -> Iterator[Visit]:
    made = Visit(offline.new_page())
    page = made.page
    page.on("dialog", lambda dialog: made.happened.append(f"dialog {dialog.message}"))
    page.on("console", lambda message: made.happened.append(f"console {message.text}"))
    page.on("pageerror", lambda error: made.happened.append(f"error {error}"))
    page.on("request", lambda request: made.happened.append(f"request {request.url}"))
    page.on("popup", lambda popup: made.happened.append(f"popup {popup.url}"))
    yield made
    page.close()


TOGETHER = 4
"""How many payloads a text is made of."""


def hostile(words: str) -> Checked:
    """A workspace that says these words in every text it has, names of files too."""
    said = json.dumps(words)
    file = words.replace("/", "∕")
    charter = f"""
charter: 1
brand: {said}
promise: {said}
values: [{{id: v, name: {said}, meaning: {said}}}]
posture: {{is: [{said}], is-not: [{said}]}}
channels: [{{id: c, name: {said}}}, {{id: d, name: {said}}}]
segments: [{{id: s, name: {said}}}, {{id: t, name: {said}, priority: high}}]
stages: [{{id: g, name: {said}}}]
markers:
  - {{id: m, name: {said}, values: [v], owner: {said}, expressions: {{c: {{text: {said},
      do: [{said}], dont: [{said}], example: {said}}}, d: {{not-for: {said}}}}}}}
  - {{id: n, name: {said}, adaptations: {{t: {said}}}, cues: {{any: [{{requires: {said},
      say: {said}}}]}}}}
  - {{id: i, name: {said}, role: irritant}}
rules:
  - {{id: met, kind: carries, markers: [m, n], outcomes: [o], why: {said}}}
  - {{id: value, kind: carries, values: every, for-share: 90%, why: {said}}}
  - {{id: gone, kind: at-most, markers: [i], times: 0, why: {said}}}
  - {{id: after, kind: follows, markers: [m], after: {{owner: {said}}}, why: {said}}}
  - {{id: shown, kind: has-expression, why: {said}}}
  - {{id: adapted, kind: adapted, why: {said}}}
  - {{id: owned, kind: ownership, stages-at-most: 1, why: {said}}}
  - {{id: waived, kind: opens-with, markers: [m], why: {said}}}
"""
    journey = f"""
journey: j
name: {said}
outcomes: [{{id: o, name: {said}, wanted: true}}]
shares: {{source: {said}, observed: {said}}}
touchpoints:
  - {{id: a, name: {said}, stage: g, channel: c, entry: true, owner: {said},
      next: [b, {{to: a, share: 30, because: {said}}}]}}
  - {{id: b, name: {said}, stage: g, channels: [c, d], exit: o, content: [{said}],
      markers: [i, {{marker: n, how: {said}, segments: [s]}}],
      indicators: {{quantitative: [{said}], qualitative: [{said}]}}}}
  - {{id: z, name: {said}, stage: g, channel: c}}
"""
    waivers = f"""
- {{rule: waived, journey: j, reason: {said}, owner: {said}, expires: 2027-01-01}}
- {{rule: met, journey: j, reason: {said}, owner: {said}, expires: 2026-01-01}}
"""
    return check_workspace(
        read_files(
            {
                "charter.yaml": charter,
                f"journeys/{file}.yaml": journey,
                "waivers.yaml": waivers,
            }
        ),
        TODAY,
    )


def hostile_and_invalid(words: str) -> Checked:
    """Problems that quote these words."""
    said = json.dumps(words)
    files = {
        "charter.yaml": f"charter: {said}\nbrand: [{said}]\n{said}: {said}\n",
        f"journeys/{words.replace('/', '∕')}.yaml": f"journey: {said}\ntouchpoints: {said}\n",
    }
    with pytest.raises(InvalidWorkspace) as invalid:
        read_files(files)
    return Checked(report_of(invalid.value), None, invalid.value.sources)


def opened(visit: Visit, of: Checked, file: Path) -> str:
    """Open a report as a file, touch everything on it, and return what is read there."""
    html = render("html", of, Speaker(Language.ENGLISH), Paper(date=TODAY))
    file.write_text(html, encoding="utf-8")
    visit.happened.clear()
    visit.page.goto(file.as_uri())
    visit.page.keyboard.press("Tab")
    visit.page.mouse.move(300, 300)
    return str(visit.page.inner_text("body"))


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("make", [hostile, hostile_and_invalid])
def test_nothing_that_anybody_wrote_is_run_or_fetched(make, visit: Visit, tmp_path: Path):
    """Each payload in every text field: no dialog, no request, no complaint, no variable set.

    Several stand in a field, one behind the other; an earlier one that was taken for markup would
    be seen among the elements, whatever becomes of those behind it.
    """
    file = tmp_path / "report.html"
    for begin in range(0, len(PAYLOADS), TOGETHER):
        payloads = PAYLOADS[begin : begin + TOGETHER]
        read = opened(visit, make(" ".join(payloads)), file)
        assert visit.happened == [f"request {file.as_uri()}"], payloads
        assert visit.page.evaluate("window.ran") is None, payloads
        assert visit.page.url == file.as_uri()
        elements = visit.page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName)")
        assert set(elements) <= ELEMENTS, payloads
        attributes = visit.page.evaluate(
            "[...document.querySelectorAll('*')].flatMap("
            "e => [...e.attributes].map(a => [a.name, a.value]))"
        )
        assert not any(name.startswith("on") for name, _ in attributes)
        assert not any("ran=1" in value for _, value in attributes), payloads
        shown = re.sub(r"\s+", "", read)
        for payload in payloads:
            assert not any(payload in value for _, value in attributes), payload
            assert re.sub(r"\s+", "", visible(payload)) in shown, payload


def test_these_payloads_do_run_where_they_are_not_escaped(visit: Visit, tmp_path: Path):
    """Or what is tested above would prove nothing."""
    file = tmp_path / "open.html"
    ran = 0
    for payload in PAYLOADS:
        file.write_text(f"<!doctype html><title>a</title><body>{payload}", encoding="utf-8")
        visit.page.goto(file.as_uri())
        visit.page.wait_for_timeout(20)
        ran += visit.page.evaluate("window.ran") == 1
    assert ran >= 15


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_its_window(width: int, scheme, visit: Visit, tmp_path: Path):
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.emulate_media(color_scheme=scheme)
    opened(visit, check_folder(ROOT / "samples" / "maison-lumiere", TODAY), tmp_path / "a.html")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


_CONTRASTS = """
() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("main *")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
  return Math.min(...texts.map((e) => {
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(scheme, visit: Visit, tmp_path: Path):
    """A contrast of 4.5 at least, as WCAG AA asks."""
    visit.page.emulate_media(color_scheme=scheme)
    opened(visit, check_folder(ROOT / "samples" / "maison-lumiere", TODAY), tmp_path / "a.html")
    assert visit.page.evaluate(_CONTRASTS) >= 4.5
