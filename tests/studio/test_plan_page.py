"""The Plan page: actions on a board, what comes of them, what to do first, and finding a plan."""

import datetime
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from charter.messages import Language, speaker
from charter.priorities import Ranking
from charter.reports.names import Names
from charter.studio import background
from charter.studio.priority_matrix import matrix
from charter.usecases.priorities import what_first
from charter.workspace import read_folder
from tests.studio.carded import figures, press
from tests.studio.listed import findings_listed
from tests.studio.test_app import APP, chosen
from tests.studio.test_app import texts as said

PLAN = """\
plan: spring
name: Spring
actions:
  # The heart of it.
  - id: greet
    what: Somebody greets at the till.
    marker: named-host
    journey: visit
    touchpoints: [till]
    owner: retail
    due: 2020-01-01
    status: decided
  - id: sign
    what: A card is signed.
    status: idea
"""


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    background._jobs.clear()
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    return AppTest.from_file(str(APP), default_timeout=60)


@pytest.fixture
def plan(root: Path) -> Path:
    file = root / "plans" / "spring.yaml"
    file.parent.mkdir()
    file.write_text(PLAN, "utf-8")
    return file


def opened(app: AppTest) -> AppTest:
    app.run()
    return settled(app.switch_page("page/plan.py").run())


def settled(app: AppTest) -> AppTest:
    """Wait for what is worked out beside the page."""
    deadline = time.monotonic() + 60
    while any(job.is_running for job in background._jobs()[0].values()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return app.run()


def texts(app: AppTest) -> str:
    return said(app).replace("\N{NO-BREAK SPACE}", " ")


def test_actions_stand_by_how_far_they_are_and_late_ones_are_told(app: AppTest, plan: Path):
    opened(app)
    assert not app.exception
    assert "Decided 1" in texts(app)
    assert "late, was due 1 January 2020" in texts(app)
    assert figures(app)["Late actions"] == "1"


def test_what_comes_of_plans_is_proved(app: AppTest, plan: Path):
    opened(app)
    assert figures(app)["Broken today"] == "2"
    assert figures(app)["Once all is done"] == "0"


def test_moving_an_action_changes_its_status_in_the_file_alone(app: AppTest, plan: Path):
    opened(app)
    press(app, "plan-board", "spring/greet", "move-to-doing")
    assert "“Somebody greets at the till” is now: under way" in texts(app)
    app.button(key="save").click().run()
    assert plan.read_text("utf-8") == PLAN.replace("status: decided", "status: doing")


def test_every_page_shows_what_will_be(app: AppTest, plan: Path):
    def asked() -> str:
        return "\n".join(findings_listed(app.switch_page("page/consistency.py").run()).values())

    opened(app)
    assert "without meeting “A named host”" in asked()
    app.switch_page("page/plan.py").run()
    app.button(key="what-if-switch").click().run()
    assert app.button(key="what-if-switch").label == "Show everything as it is today"
    assert "without meeting “A named host”" not in asked()


def test_an_action_is_opened_and_changed(app: AppTest, plan: Path):
    opened(app)
    press(app, "plan-board", "spring/sign", "open")
    assert chosen(app, "action") == "spring/sign"
    app.text_input(key="field-action-spring-sign-owner").set_value("workshop").run()
    app.text_input(key="field-action-spring-sign-cost").set_value("many").run()
    assert "many" in texts(app)
    app.button(key="save").click().run()
    saved = plan.read_text("utf-8")
    assert "owner: workshop" in saved
    assert "cost" not in saved


def test_a_first_plan_is_begun_with_its_first_action(app: AppTest, root: Path):
    opened(app)
    assert "No plan yet" in [each.value for each in app.subheader]
    app.text_input(key="new-action").set_value("A card, signed: “yes”").run()
    app.button(key="add-action").click().run()
    app.button(key="save").click().run()
    (file,) = (root / "plans").iterdir()
    assert "A card, signed: “yes”" in file.read_text("utf-8")


def test_the_cheapest_plan_is_found_and_taken_over(app: AppTest, root: Path):
    opened(app)
    app.button(key="plan-search").click().run()
    settled(app)
    assert "makes every rule asked for hold" in texts(app)
    app.button(key="plan-take-over").click().run()
    app.button(key="save").click().run()
    (file,) = (root / "plans").iterdir()
    assert "marker: named-host" in file.read_text("utf-8")


def test_what_to_do_first_is_told_in_sentences(app: AppTest):
    opened(app)
    assert "First: bring “A named host” to" in texts(app)


@pytest.mark.parametrize("by", ["target", "channel", "owner"])
def test_plans_are_seen_by_target_channel_and_owner(app: AppTest, plan: Path, by: str):
    app.query_params["seen"] = by
    opened(app)
    assert not app.exception
    assert any("Somebody greets" in each.label for each in app.expander)


def test_a_link_to_an_action_that_is_gone_is_told(app: AppTest, plan: Path):
    app.query_params["action"] = "spring/gone"
    opened(app)
    assert "The action of this link is there no more." in texts(app)


@pytest.mark.parametrize("language", list(Language))
def test_each_action_is_a_mark_that_tells_what_it_is(root: Path, language: Language):
    workspace = read_folder(root)
    found = what_first(workspace, datetime.date(2026, 11, 23), seconds=20, clock=time.monotonic)
    assert isinstance(found, Ranking)
    drawn = ElementTree.fromstring(matrix(found.actions, Names(workspace, speaker(language))))
    told = [title.text or "" for title in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert [text.partition(".")[0] for text in told] == [str(a.rank) for a in found.actions]
    assert len(told) > 1
