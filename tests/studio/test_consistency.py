"""The page of consistency, run without a browser, and what it is made of."""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

import pandas
import pytest
from streamlit.testing.v1 import AppTest

from charter.consistency import Asked, consistency
from charter.findings import Answer
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.studio import finding_list
from charter.studio.verdict_matrix import legend, matrix_view
from charter.usecases.adopt import write_baseline
from charter.usecases.check import check_workspace
from charter.workspace import read_folder
from tests.studio.carded import see_part, select
from tests.studio.listed import choose, findings_listed, list_all, list_of_findings
from tests.studio.test_app import APP, chosen, page, texts, unfold

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on the small workspace, before its first answer."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    return AppTest.from_file(str(APP), default_timeout=30)


def verdict_table(app: AppTest) -> pandas.DataFrame:
    """The table of verdicts."""
    (table,) = (each.value for each in app.dataframe if "Answer" in each.value)
    return table


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
    everything = findings_listed(app)
    app.session_state["finding-rule"] = "host-everywhere"
    app.session_state["finding-segment"] = "loyal"
    app.run()
    assert not app.exception
    assert len(findings_listed(app)) == 1 < len(everything)
    app.button(key="show-all-findings").click().run()
    assert findings_listed(app) == everything


def test_a_channel_narrows_what_is_listed(app: AppTest):
    page(app, "consistency")
    select(app, "where-channel", "web")
    assert not app.exception
    assert chosen(app, "where-channel") == "web"
    assert "No finding is of that kind." in texts(app)


def test_a_link_is_followed_whatever_was_filtered_before(app: AppTest):
    page(app, "consistency")
    fingerprint = chosen(app, "finding")
    select(app, "where-channel", "web")
    assert not findings_listed(app)
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


def test_what_is_checked_is_explained_to_those_who_ask(app: AppTest):
    page(app, "consistency")
    assert "Every path meets the marker." not in texts(app)
    assert "Every path meets the marker." in texts(unfold(app, "unfold-explanation"))


def test_the_gravest_findings_are_listed_and_the_others_when_asked_for(
    app: AppTest, root: Path, monkeypatch: pytest.MonkeyPatch
):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("markers: [farewell, ", "markers: ["))
    everything = findings_listed(page(app, "consistency"))
    monkeypatch.setattr(finding_list, "_MOST_LISTED", 1)
    app.run()
    assert list(findings_listed(app)) == list(everything)[:1]
    assert list_of_findings(app)["more"] == f"{len(everything) - 1} more findings"
    list_all(app)
    assert list_of_findings(app)["more"] == ""
    assert findings_listed(app) == everything


def test_a_finding_that_is_chosen_is_listed_with_those_before_it(
    app: AppTest, root: Path, monkeypatch: pytest.MonkeyPatch
):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("markers: [farewell, ", "markers: ["))
    everything = findings_listed(page(app, "consistency"))
    choose(app, list(everything)[1])
    monkeypatch.setattr(finding_list, "_MOST_LISTED", 1)
    app.run()
    assert list(findings_listed(app)) == list(everything)[:2]


def test_a_link_opens_its_finding(app: AppTest, root: Path):
    visit = root / "journeys" / "visit.yaml"
    visit.write_text(visit.read_text("utf-8").replace("markers: [farewell, ", "markers: ["))
    page(app, "consistency")
    *_, fingerprint = findings_listed(app)
    assert chosen(app, "finding") != fingerprint
    choose(app, fingerprint)
    assert chosen(app, "finding") == fingerprint
    for anything in ("0123456789abcdef", ["a"], {"a": 1}, None, 7):
        choose(app, anything)
        assert not app.exception
        assert chosen(app, "finding") == fingerprint

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
    unfold(page(app, "consistency"), "unfold-verdicts")
    assert set(verdict_table(app)["Answer"]) == {"Broken"}
    select(app, "answer", Answer.HOLDS)
    assert set(verdict_table(app)["Answer"]) == {"Holds"}
    select(app, "verdicts-segment", "loyal")
    assert set(verdict_table(app)["Segment"]) == {"Loyal guest"}


def test_what_the_baseline_accepts_is_marked(app: AppTest, root: Path):
    write_baseline(root, datetime.date(2026, 11, 1))
    app.run()
    assert not app.exception
    consistency = page(app, "consistency")
    assert any("Accepted" in told for told in findings_listed(consistency).values())


def part(app: AppTest, name: str) -> AppTest:
    """Open a part of the finding that is shown."""
    see_part(app, "finding-part", name)
    assert not app.exception
    return app


def until(app: AppTest, said: str) -> str:
    """Let the app answer again until it says that, and return all that it says."""
    deadline = time.monotonic() + 30
    while said not in texts(app) and time.monotonic() < deadline:
        time.sleep(0.05)
        app.run()
    assert not app.exception
    assert said in texts(app)
    return texts(app)


def test_a_path_is_walked_with_what_was_missing_at_each_step(app: AppTest):
    part(page(app, "consistency"), "walk")
    assert "Step 1 of 3" in texts(app)
    assert "**Shop window**" in texts(app)
    assert "Doesn't carry “A named host”." in texts(app)
    assert app.button(key="witness-back").disabled
    app.button(key="witness-next").click().run()
    assert "The charter leaves it out on “Website”." in texts(app)
    app.button(key="witness-next").click().run()
    assert "It is planned here already." in texts(app)
    assert "a place to mend it" in texts(app)
    assert app.button(key="witness-next").disabled
    unfold(app, "unfold-witness")
    table = next(t.value for t in app.dataframe if "What was missing" in t.value)
    assert list(table["Touchpoint"]) == ["Shop window", "Catalogue", "Till"]


def test_a_repair_is_previewed_done_and_undone(app: AppTest, root: Path):
    before = (root / "journeys" / "visit.yaml").read_bytes()
    part(page(app, "consistency"), "repair")
    said = until(app, "1 change mends it.")
    assert "Bring “A named host” to “Till” (Boutique)" in said
    assert any("2 verdicts mended" in each.label for each in app.expander)
    app.button(key="repair-do").click().run()
    assert not app.exception
    assert "“A named host” put on “Till”" in texts(app)
    assert "There is nothing to mend." in texts(app)
    assert (root / "journeys" / "visit.yaml").read_bytes() == before
    app.button(key="undo").click().run()
    assert "without meeting “A named host”" in app.subheader[0].value


def test_a_repair_is_planned_in_a_new_plan(app: AppTest, root: Path):
    part(page(app, "consistency"), "repair")
    until(app, "1 change mends it.")
    app.text_input(key="repair-new-plan").set_value("Spring 2027").run()
    app.button(key="repair-add-to-plan").click().run()
    assert not app.exception
    assert "1 actions added to the plan “Spring 2027”" in texts(app)
    app.button(key="save").click().run()
    plan = (root / "plans" / "spring-2027.yaml").read_text(encoding="utf-8")
    assert "name: Spring 2027" in plan
    assert "marker: named-host" in plan
    assert "status: idea" in plan


def accept_with(app: AppTest, **fields: str) -> AppTest:
    fingerprint = chosen(app, "finding")
    if "reason" in fields:
        app.text_area(key=f"accept-reason-{fingerprint}").set_value(fields["reason"])
    if "owner" in fields:
        app.selectbox(key=f"accept-owner-{fingerprint}").set_value(fields["owner"])
    if "segment" in fields:
        app.selectbox(key=f"accept-segment-{fingerprint}").set_value(fields["segment"])
    app.button(key="accept").click().run()
    assert not app.exception
    return app


def test_what_is_accepted_says_why_who_and_until_when(app: AppTest, root: Path):
    part(page(app, "consistency"), "accept")
    accept_with(app)
    assert "Say why it is accepted. Say who answers for it." in texts(app)
    accept_with(app, reason="In spring.", owner="retail")
    assert "“host-everywhere” accepted until" in texts(app)
    assert any("Waived" in told for told in findings_listed(app).values())
    app.button(key="save").click().run()
    waiver = (root / "waivers.yaml").read_text(encoding="utf-8")
    last = (datetime.date.today() + datetime.timedelta(days=91)).isoformat()
    assert f"reason: In spring., owner: retail, expires: {last}" in waiver
    app.button(key="unwaive-0").click().run()
    assert "The waiver of “host-everywhere” taken back" in texts(app)
    assert not any("Waived" in told for told in findings_listed(app).values())


def test_what_was_accepted_for_one_segment_is_still_broken_for_others(app: AppTest):
    part(page(app, "consistency"), "accept")
    accept_with(app, reason="In spring.", owner="retail", segment="loyal")
    told = list(findings_listed(app).values())
    assert len(told) == 2
    assert sum("Waived" in each for each in told) == 1


def test_a_waiver_that_expired_is_told(app: AppTest, root: Path):
    (root / "waivers.yaml").write_text(
        "- {rule: host-everywhere, journey: visit, reason: Long ago., owner: retail,"
        " expires: 2020-01-31}\n",
        encoding="utf-8",
    )
    page(app, "consistency")
    assert not app.exception
    assert "Expired on" in texts(app)
    assert "Long ago." in texts(app)


def test_a_rule_is_made_less_grave(app: AppTest, root: Path):
    unfold(page(app, "consistency"), "unfold-rules")
    app.selectbox(key="field-rule-host-everywhere-severity").set_value("info").run()
    assert not app.exception
    assert "The rule “host-everywhere” changed" in texts(app)
    assert next(iter(findings_listed(app).values())).startswith("Note ")
    app.button(key="save").click().run()
    assert "severity: info" in (root / "charter.yaml").read_text(encoding="utf-8")


def test_once_plans_are_done_repairs_are_of_what_is_written(app: AppTest, root: Path):
    (root / "plans").mkdir()
    (root / "plans" / "q4.yaml").write_text(
        "plan: q4\nactions:\n  - {id: a, what: Off., removes: farewell, touchpoints: [till]}\n",
        encoding="utf-8",
    )
    app.query_params["what-if"] = "q4"
    page(app, "consistency")
    app.query_params["what-if"] = "q4"
    app.run()
    assert "This is what will hold once the plans are done." in texts(app)
    select(app, "finding-rule", "farewell-everywhere")
    part(app, "repair")
    assert "Nothing that is written today breaks this" in texts(app)


def test_a_rule_is_added_and_checked_at_once(app: AppTest, root: Path):
    unfold(page(app, "consistency"), "unfold-rules")
    app.button(key="rule-add").click().run()
    assert "Choose the markers that it asks for." in texts(app)
    app.selectbox(key="rule-kind").set_value("opens-with").run()
    app.multiselect(key="rule-markers").select("farewell")
    app.text_input(key="rule-why").set_value("It begins well.")
    app.button(key="rule-add").click().run()
    assert not app.exception
    assert "The rule “opens-with-farewell” added" in texts(app)
    assert any("begin without “A farewell”" in told for told in findings_listed(app).values())
    app.button(key="save").click().run()
    charter = (root / "charter.yaml").read_text(encoding="utf-8")
    assert "kind: opens-with, markers: [farewell], within: 1, why: It begins well." in charter
