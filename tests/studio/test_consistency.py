"""The page of consistency, run without a browser, and what it is made of."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.consistency import Asked, consistency
from charter.findings import Answer
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.studio.verdict_matrix import legend, matrix_view
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_workspace
from charter.workspace import read_folder
from tests.studio.test_app import APP, chosen, page, texts

TODAY = date(2026, 11, 23)


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on the small workspace, before its first answer."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    return AppTest.from_file(str(APP), default_timeout=30)


def test_each_cell_has_a_sign_and_a_word(root: Path):
    workspace = read_folder(root)
    speak = speaker(Language.ENGLISH)
    matrix = consistency(workspace, check_workspace(workspace, TODAY).report)
    view = matrix_view(matrix, Names(workspace, speak), speak, ("no-nagging", "loyal"))
    assert view.columns == (("newcomer", "First visit"), ("loyal", "Loyal guest"))
    assert [(row.title, row.note) for row in view.rows] == [
        ("host-everywhere", "Error"),
        ("farewell-everywhere", "Error"),
        ("no-nagging", "Warning"),
    ]
    assert [(cell.mark, cell.sign, cell.word) for cell in view.rows[0].cells] == [
        ("broken", "✕ 1", "Broken")
    ] * 2
    assert view.rows[1].cells[1].told == "farewell-everywhere, Loyal guest: Holds"
    assert view.selected == ("no-nagging", "loyal")


def test_the_legend_tells_the_signs_that_are_there(root: Path):
    workspace = read_folder(root)
    report = check_workspace(workspace, TODAY).report
    asked = consistency(workspace, report, Asked(channel="web"))
    told = legend(asked, speaker(Language.ENGLISH))
    assert "↷ Elsewhere" in told
    assert "✓ Holds" in told
    assert "Broken:" not in told


def test_a_cell_lists_its_findings_and_all_come_back(app: AppTest, root: Path):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("markers: [farewell, ", "markers: ["))
    page(app, "consistency")
    everything = app.radio(key="finding").options
    app.session_state["finding-rule"] = "host-everywhere"
    app.session_state["finding-segment"] = "loyal"
    app.run()
    assert not app.exception
    assert len(app.radio(key="finding").options) == 1 < len(everything)
    app.button(key="show-all-findings").click().run()
    assert app.radio(key="finding").options == everything


def test_a_channel_narrows_what_is_listed(app: AppTest):
    page(app, "consistency")
    app.selectbox(key="where-channel").select("web").run()
    assert not app.exception
    assert chosen(app, "where-channel") == "web"
    assert "No finding is of that kind." in texts(app)


def test_a_link_is_followed_whatever_was_filtered_before(app: AppTest):
    page(app, "consistency")
    fingerprint = chosen(app, "finding")
    app.selectbox(key="where-channel").select("web").run()
    assert not app.radio
    app.query_params["finding"] = fingerprint
    app.run()
    assert not app.exception
    assert "A named host" in app.subheader[0].value


def test_findings_say_what_to_do_and_where(app: AppTest):
    page(app, "consistency")
    assert not app.exception
    said = texts(app)
    assert "**Shop window → Catalogue → Till**" in said
    assert "People remember the host" in said
    assert "journeys/visit.yaml:30:5" in said


def test_a_link_opens_its_finding(app: AppTest, root: Path):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("markers: [farewell, ", "markers: ["))
    page(app, "consistency")
    first, last = app.radio(key="finding").options[0], app.radio(key="finding").options[-1]
    assert first != last
    app.radio(key="finding").set_value(last).run()
    fingerprint = chosen(app, "finding")

    visitor = AppTest.from_file(str(APP), default_timeout=30)
    page(visitor, "consistency")
    visitor.query_params["finding"] = fingerprint
    visitor.run()
    assert visitor.subheader[0].value == app.subheader[0].value
    assert "A farewell" in visitor.subheader[0].value


def test_a_link_to_a_finding_that_is_gone_says_so(app: AppTest):
    app.query_params["finding"] = "0123456789abcdef"
    page(app, "consistency")
    app.query_params["finding"] = "0123456789abcdef"
    app.run()
    assert not app.exception
    assert "is there no more" in texts(app)


def test_verdicts_are_filtered(app: AppTest):
    page(app, "consistency")
    assert set(app.dataframe[0].value["Answer"]) == {"Broken"}
    app.selectbox(key="answer").set_value(Answer.HOLDS).run()
    assert set(app.dataframe[0].value["Answer"]) == {"Holds"}
    app.selectbox(key="verdicts-segment").select("loyal").run()
    assert set(app.dataframe[0].value["Segment"]) == {"Loyal guest"}


def test_what_the_baseline_accepts_is_marked(app: AppTest, root: Path):
    write_baseline(root, date(2026, 11, 1))
    app.run()
    assert not app.exception
    consistency = page(app, "consistency")
    assert any("Accepted" in option for radio in consistency.radio for option in radio.options)
