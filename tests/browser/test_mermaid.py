"""Mermaid itself, as Streamlit brings it along, reads what we write, and what we read."""

from __future__ import annotations

import functools
import html
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page

from journeys.formats.mermaid import read_mermaid
from journeys.formats.mermaid.flowchart import Names, flowchart
from journeys.formats.mermaid.labels import written_id
from journeys.formats.mermaid.user_journey import user_journey
from journeys.model import Journey, Touchpoint
from tests.test_mermaid import LABELS, SHAPES, STATEMENTS, journeys

pytestmark = pytest.mark.browser

STATIC = Path(streamlit.__file__).parent / "static"
READ = """async ([module, text]) => {
    const mermaid = (await import(module)).default;
    mermaid.initialize({startOnLoad: false});
    let diagram;
    try { diagram = await mermaid.mermaidAPI.getDiagramFromText(text); }
    catch (error) { return {error: String(error)}; }
    const db = diagram.db;
    if (diagram.type === "journey") return {title: db.getDiagramTitle(), tasks: db.getTasks()};
    return {
        nodes: [...db.getVertices().values()].map(v => [v.id, v.text ?? "", v.classes]),
        links: db.getEdges().map(e => [e.start, e.end, e.text]),
        groups: db.getSubGraphs().map(g => [g.id, g.title, g.nodes]),
    };
}"""
DRAW = """async ([module, text]) => {
    const mermaid = (await import(module)).default;
    mermaid.initialize({startOnLoad: false});
    const {svg} = await mermaid.render("drawn", text);
    document.body.innerHTML = svg;
    return [document.body.textContent, document.querySelectorAll("script, img, a").length];
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def ask(browser: Browser) -> Iterator[Callable[[str, str], Any]]:
    """Asks Mermaid something about a text."""
    handler = functools.partial(_Quiet, directory=str(STATIC))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (core,) = (STATIC / "static/js").glob("mermaid.core.*.js")
    page: Page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html", wait_until="commit")
    page.set_content("<body></body>")

    def asked(question: str, text: str) -> Any:
        return page.evaluate(question, [f"/static/js/{core.name}", text])

    yield asked
    page.close()
    server.shutdown()
    server.server_close()


def shown(text: str) -> str:
    """Return a text of Mermaid's as it is drawn: entities stand in it under marks of its own."""
    text = re.sub(r"ﬂ°°(\d+)¶ß", lambda found: chr(int(found[1])), text)
    text = re.sub(r"ﬂ°(\w+)¶ß", r"&\1;", text)
    return html.unescape(text)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(journeys())
def test_mermaid_reads_a_flowchart_as_we_meant_it(
    ask: Callable[[str, str], Any], drawn: tuple[Journey, Names]
):
    """Nodes with their names and classes, links with their words, stages as subgraphs."""
    journey, known = drawn
    text = flowchart(journey, known)
    read = ask(READ, text)
    assert "error" not in read, text
    keys = {each.id: written_id(each.id) for each in journey.touchpoints}
    assert {key: shown(name) for key, name, _ in read["nodes"]} == {
        keys[each.id]: each.named("en") for each in journey.touchpoints
    }
    assert sorted((source, target, shown(words)) for source, target, words in read["links"]) == (
        sorted(
            (keys[each.id], keys[step.to], step.because.in_language("en") if step.because else "")
            for each in journey.touchpoints
            for step in each.next
        )
    )
    assert [(shown(title), sorted(nodes)) for _, title, nodes in read["groups"]] == [
        (name, sorted(keys[each.id] for each in inside))
        for stage, name in known.stages.items()
        if (inside := [each for each in journey.touchpoints if each.stage == stage])
    ]
    classes = {key: len(names) for key, _, names in read["nodes"]}
    assert classes == {
        keys[each.id]: len(each.channel_shares) + each.entry + (each.exit is not None)
        for each in journey.touchpoints
    }


def test_mermaid_changes_no_quotes_behind_a_title_that_looks_like_a_tag(
    ask: Callable[[str, str], Any],
):
    stops = [
        Touchpoint.of("a", name="Till", stage="buy", channel="web", entry=True, next=["b"]),
        Touchpoint.of("b", name="Bag", stage="buy", channel="web", exit="bought"),
    ]
    names = Names("en", {"buy": "Buy ="}, {"web": "Web"}, {})
    read = ask(READ, flowchart(Journey.of("j", stops, name="<b"), names))
    assert [(shown(title), sorted(nodes)) for _, title, nodes in read["groups"]] == [
        ("Buy =", ["a", "b"])
    ]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(journeys())
def test_mermaid_reads_a_user_journey_as_we_meant_it(
    ask: Callable[[str, str], Any], drawn: tuple[Journey, Names]
):
    journey, known = drawn
    text = user_journey(journey, known)
    read = ask(READ, text)
    assert "error" not in read, text
    order = [t for stage in known.stages for t in journey.touchpoints if t.stage == stage]
    assert [
        (shown(task["task"]), shown(task["section"]), task["score"], len(task["people"]))
        for task in read["tasks"]
    ] == [
        (
            each.named("en"),
            known.stages[each.stage],
            3 + (each.emotion or 0),
            len(each.segments or known.segments),
        )
        for each in order
    ]


@pytest.mark.parametrize(("statement", "found"), STATEMENTS)
def test_mermaid_reads_links_as_we_do(
    ask: Callable[[str, str], Any], statement: str, found: list[str]
):
    """All of them, but a link both ways, which is one link to Mermaid, and those it can't read."""
    read = ask(READ, f"flowchart LR\n{statement}\n")
    if "error" in read:
        assert statement in {"a --> b %% to be asked", "a -->\n b"}
        return
    links = {(source, target) for source, target, _ in read["links"]}
    ours = {tuple(re.split(r"[>(\[]", each)[:2]) for each in found}
    assert links == ours - ({("b", "a")} if "<-->" in statement else set())


@pytest.mark.parametrize("shape", SHAPES)
def test_mermaid_reads_labels_as_we_do(ask: Callable[[str, str], Any], shape: str):
    for label, name in LABELS:
        text = f"flowchart LR\n{shape.format(label)} --> b\n"
        read = ask(READ, text)
        if "error" in read:
            # What it can't read may still be told: in these shapes it wants plainer labels.
            assert shape[1:3] in {"(-", "[/", "[\\"}, text
            continue
        (journey,) = read_mermaid(text.encode(), "m").journeys
        names = {key: shown(name) for key, name, _ in read["nodes"]}
        assert names.keys() == {each.key for each in journey.touchpoints}
        assert len(read["links"]) == 1
        if not re.search("<br|fa:|`|\n", label):
            assert names["a"] == name


def test_what_is_drawn_shows_names_as_they_are_and_runs_nothing(ask: Callable[[str, str], Any]):
    nasty = [
        "<script>window.ran=1</script>",
        "<img src=x onerror=window.ran=1>",
        '"]; click a href "javascript:window.ran=1"',
        "`**bold** _and_ [a](javascript:1)`",
        "1. first",
        "#quot; &lt; %%{init: {}}%%",
        "direction LR",
    ]
    touchpoints = [
        Touchpoint.of(f"t{n}", name=name, stage="s", channel="c", entry=n == 0, next=["t0"])
        for n, name in enumerate(nasty)
    ]
    names = Names("en", {"s": nasty[0]}, {"c": "c"}, {})
    text, elements = ask(DRAW, flowchart(Journey.of("j", touchpoints, name=nasty[0]), names))
    told = " ".join(text.split())
    assert [name for name in nasty if name not in told] == []
    assert elements == 0
