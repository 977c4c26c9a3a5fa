"""The overview, run without a browser, and what it is made of."""

from __future__ import annotations

import datetime
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from charter.coverage import Coverage, Unknown
from charter.findings import Severity
from charter.history import Commit
from charter.messages import Language, speaker
from charter.priorities import Ranking
from charter.reports.names import Names
from charter.standings import standings
from charter.studio import background, in_turn, ranked
from charter.studio.coverage_bar import MOST_CELLS, coverage_bar
from charter.studio.matrix_table import CellView
from charter.studio.progress import Progress
from charter.studio.standing_map import standings_view
from charter.studio.trend import trend_rows, why_unreadable
from charter.studio.trend_chart import counts_chart, shares_chart
from charter.usecases.check import check_workspace
from charter.usecases.trend import Carried, PublishedVersion
from charter.workspace import read_folder
from tests.histories import git
from tests.studio.carded import send
from tests.studio.test_app import APP, chosen, texts, unfold

SOON = 30.0
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _nothing_is_known_yet() -> None:
    background._jobs.clear()


@pytest.fixture
def open_app(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the app on the small workspace, and gives its first answer."""

    def opened(language: str = "en") -> AppTest:
        monkeypatch.setattr(sys, "argv", [str(APP), str(root), language])
        return AppTest.from_file(str(APP), default_timeout=30).run()

    return opened


def until(app: AppTest, *said: str) -> str:
    """Let the app answer again until it says all of that, and return what it says."""
    deadline = time.monotonic() + SOON
    while True:
        assert not app.exception
        if all(each in texts(app) for each in said) or time.monotonic() > deadline:
            assert all(each in texts(app) for each in said), (said, texts(app))
            return texts(app)
        time.sleep(0.05)
        app.run()


def edit(root: Path, was: str, now: str) -> None:
    file = root / "journeys" / "visit.yaml"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")


def publish(root: Path, subject: str) -> None:
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main", ".")
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--message", subject)


# ── The answer ───────────────────────────────────────────────────────────────────────────────


def test_the_identity_is_carried_everywhere(open_app: Callable[..., AppTest]):
    said = until(open_app(), "Yes: on every path the one value of the charter is felt.")
    assert "Nowhere: every path of every segment carries all of it." in said


def test_the_poorest_path_stands_beside_the_average(root: Path, open_app: Callable[..., AppTest]):
    """Half of the customers go by the catalogue, where nobody is welcomed."""
    edit(root, "markers: [farewell, ", "markers: [")
    app = open_app()
    said = until(app, "Not yet: on the poorest path the one value isn't felt; on average 0.5 of 1.")
    assert "Shop window → Catalogue → Till" in said
    assert "Not felt on it: “Hospitality”." in said
    assert "in 50% of cases, and no more than on the poorest path in 50%." in said
    unfold(app, "unfold-poorest")
    steps = next(table.value for table in app.dataframe if "Felt there" in table.value)
    assert list(steps["Touchpoint"]) == ["Shop window", "Catalogue", "Till"]
    assert list(steps["Felt there"]) == ["–", "–", "–"]


def test_each_segment_and_channel_has_its_card(open_app: Callable[..., AppTest]):
    said = until(open_app(), "By segment")
    assert "First visit 60% of customers" in said
    assert "Boutique" in said
    assert said.count("Poorest path: 1 of 1") == 3
    assert "Poorest path: 0 of 1" in said


def test_the_page_speaks_french(open_app: Callable[..., AppTest]):
    until(
        open_app("fr"),
        "Notre identité est-elle portée",
        "Oui\u00a0: sur chaque chemin, la seule valeur de la charte est ressentie.",
    )


def test_without_a_journey_the_page_teaches(root: Path, open_app: Callable[..., AppTest]):
    (root / "journeys" / "visit.yaml").unlink()
    assert "There is no journey yet, so nobody can say what customers meet." in texts(open_app())


def test_names_are_shown_as_they_are_written(root: Path, open_app: Callable[..., AppTest]):
    """Markdown in a name is none."""
    file = root / "charter.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("en: First visit", 'en: "**A** :red[b] [c](http://d)"'))
    until(open_app(), "By segment", "**A** :red[b] [c](http://d) 60% of customers")


# ── What to do next ──────────────────────────────────────────────────────────────────────────


def test_actions_say_what_to_do_and_why(open_app: Callable[..., AppTest]):
    said = until(open_app(), "1. “A named host” at “Till” (planned there already)")
    assert "this alone puts it right" in said


def test_nothing_is_to_be_done_where_nothing_is_broken(
    root: Path, open_app: Callable[..., AppTest]
):
    edit(root, "{marker: named-host, status: planned}", "named-host")
    until(open_app(), "Nothing: no rule is broken on any path.")


def test_work_is_told_stopped_and_begun_again(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
):
    """The page is there all the while."""
    rounds: list[float] = []
    has_begun, may_end = threading.Event(), threading.Event()

    def slow(progress: Progress, *_: object, **__: object) -> Ranking:
        rounds.append(progress.done)
        has_begun.set()
        while not may_end.is_set():
            progress.tell(0, 1)
            time.sleep(0.01)
        return Ranking((), {}, 0)

    monkeypatch.setattr(ranked, "elsewhere", slow)
    # Other work of the page comes to its end meanwhile: only then is how far this is looked at.
    monkeypatch.setattr(in_turn, "_one_at_a_time", threading.Semaphore(9))
    app = open_app()
    assert "Where each marker stands" in texts(app)
    assert has_begun.wait(SOON)
    deadline = time.monotonic() + SOON
    while "ranked-cancel" not in [button.key for button in app.button]:
        assert time.monotonic() < deadline
        app.run()
    app.button(key="ranked-cancel").click().run()
    until(app, "This was cancelled.")
    may_end.set()
    app.button(key="ranked-again").click().run()
    until(app, "No marker added anywhere mends what is broken")
    assert len(rounds) == 2


# ── Versions ─────────────────────────────────────────────────────────────────────────────────


def test_without_history_the_page_says_how_it_begins(open_app: Callable[..., AppTest]):
    until(
        open_app(),
        "A trend appears once versions are published",
        "Nothing was published yet, so there is nothing to compare with.",
    )


def test_what_is_published_is_what_one_sees(root: Path, open_app: Callable[..., AppTest]):
    publish(root, "Begin")
    until(
        open_app(),
        "by Anne Delorme: “Begin”",
        "Nothing changed: what you see is what is published.",
        "A trend appears with the second published version.",
    )


def test_what_changed_since_is_told(root: Path, open_app: Callable[..., AppTest]):
    publish(root, "Begin")
    edit(
        root, "markers: [farewell, {marker: named-host, status: planned}]", "markers: [named-host]"
    )
    until(
        open_app(),
        "1 change isn't published yet.",
        "Poorest path: 1 of 1 as before.",
        "2 verdicts newly broken",
        "2 verdicts repaired",
        "- Can a customer get through without meeting “A farewell”?",
    )


def test_a_published_version_that_is_invalid_is_told_as_such(
    root: Path, open_app: Callable[..., AppTest]
):
    edit(root, "entry: true", "enter: true")
    publish(root, "A slip")
    edit(root, "enter: true", "entry: true")
    until(
        open_app(),
        "The last published version can't be compared: 1 thing is wrong with its files.",
        "The version “A slip” of 1\u00a0October 2026 isn't in the chart: 1 thing was wrong",
    )


def test_the_trend_is_a_table_too(root: Path, open_app: Callable[..., AppTest]):
    edit(root, "markers: [farewell, ", "markers: [")
    publish(root, "Begin")
    edit(root, "markers: [{marker: named", "markers: [farewell, {marker: named")
    publish(root, "Say goodbye")
    app = open_app()
    until(app, "From version to version")
    app.session_state["unfold-trend"] = True
    deadline = time.monotonic() + SOON
    while not [t for t in app.dataframe if "Published" in t.value] and time.monotonic() < deadline:
        app.run()
    (table,) = [each.value for each in app.dataframe if "Published" in each.value]
    assert list(table["Version"]) == ["Begin", "Say goodbye"]
    assert list(table["Poorest path"]) == ["0%", "100%"]
    assert list(table["Broken: errors"]) == ["4", "2"]


# ── What it is made of ───────────────────────────────────────────────────────────────────────


def version(subject: str, carried: Carried | None, problems: int = 0) -> PublishedVersion:
    when = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
    return PublishedVersion(Commit("0" * 40, "Anne", when, subject), carried, problems)


CARRIED = Carried(
    0.25, 0.875, None, None, {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 0}
)
UNKNOWN = Carried(None, 0.5, None, Unknown.TOO_MANY, CARRIED.broken)


def test_versions_that_say_nothing_leave_a_gap_in_the_chart():
    speak = speaker(Language.ENGLISH)
    versions = [version("one", CARRIED), version("two", None, 3), version("three", UNKNOWN)]
    for chart in (shares_chart, counts_chart):
        layer = chart(versions, speak, is_dark=False)["layer"][0]
        assert {point["place"] for point in layer["data"]["values"]} == {1, 3}
        assert layer["encoding"]["x"]["scale"]["domain"] == [1, 2, 3]
    assert [row["Poorest path"] for row in trend_rows(versions, speak)] == ["25%", "–", "not known"]
    assert why_unreadable(versions[0], speak) == ""
    assert "3 things were wrong with its files." in why_unreadable(versions[1], speak)


def test_each_cell_tells_how_a_marker_stands_on_a_channel(root: Path):
    workspace = read_folder(root)
    found = standings(workspace, check_workspace(workspace, TODAY).report.verdicts)
    view = standings_view(workspace.charter, found, Names(workspace, speaker(Language.ENGLISH)))
    row = next(row for row in view.rows if row.title == "A named host")
    cells = dict(zip((name for _, name in view.columns), row.cells, strict=True))
    assert cells["Boutique"] == CellView(
        "broken",
        "✕",
        "Broken",
        "A named host, Boutique: Broken, a path breaks the rule, and this channel is where to "
        "mend it",
    )
    assert (cells["Website"].sign, cells["Website"].word) == ("—", "Blank")


@pytest.mark.parametrize(
    ("channel", "page", "asked", "for_"),
    [
        pytest.param("store", "Consistency", "where-channel", "store", id="broken"),
        pytest.param("web", "Identity", "marker", "named-host", id="not broken"),
    ],
)
def test_a_cell_leads_to_what_is_broken_or_to_its_marker(
    channel: str, page: str, asked: str, for_: str, open_app: Callable[..., AppTest]
):
    app = send(open_app(), "standings", "clicked", ("named-host", channel))
    assert not app.exception
    assert app.title[0].value == page
    assert chosen(app, asked) == for_


@pytest.mark.parametrize(
    ("coverage", "widths"),
    [
        pytest.param(Coverage(4, fewest=1, average=0.6), [1.0, 1.0, 0.4, 1.0], id="in between"),
        pytest.param(Coverage(4, fewest=4, average=1.0), [1.0] * 8, id="all"),
        pytest.param(Coverage(4, fewest=0, average=0.0), [], id="none"),
        pytest.param(Coverage(2, fewest=None, average=0.5), [1.0], id="average alone"),
        pytest.param(Coverage(MOST_CELLS + 4, fewest=5, average=0.5), [0.5, 0.25], id="many"),
    ],
)
def test_the_bar_fills_as_many_cells_as_are_met(coverage: Coverage, widths: list[float]):
    """In each cell first the average, then over it the poorest path."""
    drawn = ElementTree.fromstring(coverage_bar(coverage, "1 of 4"))
    cells = [shape for shape in drawn if "stroke" in shape.attrib]
    filled = [float(s.attrib["width"]) for s in drawn if "stroke" not in s.attrib]
    width = float(cells[0].attrib["width"]) + 1
    assert len(cells) == (coverage.counted if coverage.counted <= MOST_CELLS else 1)
    assert sorted(filled) == pytest.approx(sorted(each * width for each in widths), abs=0.05)


def test_the_bar_holds_shapes_and_what_they_tell_alone():
    drawn = coverage_bar(Coverage(4, fewest=1, average=0.6), '<b onclick="x">1 of 4')
    bar = ElementTree.fromstring(drawn)
    assert bar.attrib["aria-label"] == '<b onclick="x">1 of 4'
    assert {shape.tag.rpartition("}")[2] for shape in bar} == {"rect"}
