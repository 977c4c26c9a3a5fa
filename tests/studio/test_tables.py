"""What tables, cards and findings of the app say of verdicts and irritants."""

import datetime
from collections.abc import Iterator

import pytest

from charter.checker import check
from charter.findings import Answer, Finding, Report
from charter.messages import Language, Speaker, speaker
from charter.reports.names import Names
from charter.standings import standings
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.standing_map import standings_view
from charter.studio.tables import verdict_rows
from charter.studio.words import IRRITANT_SIGN, badges, explanation, marker_label
from charter.workspace import Workspace, read_files
from tests.scenarios.writing import touchpoints

TODAY = datetime.date(2026, 11, 24)
ENGLISH, FRENCH = speaker(Language.ENGLISH), speaker(Language.FRENCH)

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store, name: Shop}, {id: web, name: Website}]
stages: [{id: discover, name: Discover}, {id: buy, name: Buy}]
values: [{id: hospitality, name: Hospitality}]
markers:
  - {id: host, name: A named host, values: [hospitality]}
  - {id: wait, name: Please wait, role: irritant}
rules:
"""
JOURNEY = touchpoints(
    "hall, name: The hall, owner: retail, entry: true, markers: [wait, host], next: [till, door]",
    "till, name: The till, stage: buy, next: [door]",
    "door, name: The door, stage: buy, owner: retail, exit: left",
)
STATED = JOURNEY.replace("next: [till, door]", "next: [{to: till, share: 1}, {to: door, share: 3}]")


def workspace(rules: str, journey: str = JOURNEY) -> Workspace:
    written = "".join(f"  - {{id: asked, {rule}}}\n" for rule in [rules])
    return read_files({"charter.yaml": CHARTER + written, "journeys/a.yaml": journey})


def rows(rules: str, journey: str = JOURNEY, speak: Speaker = ENGLISH) -> list[dict[str, object]]:
    checked = workspace(rules, journey)
    verdicts = check(checked, TODAY).verdicts
    return list(verdict_rows(verdicts, Names(checked, speak), speak))


def column(title: str, rules: str, journey: str = JOURNEY) -> Iterator[object]:
    return (row[title] for row in rows(rules, journey))


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        pytest.param("kind: carries, markers: [host]", "“A named host”", id="a marker"),
        pytest.param("kind: carries, any-of: signature", "a signature marker", id="any of a role"),
        pytest.param("kind: carries, values: every", "a marker of “Hospitality”", id="a value"),
        pytest.param("kind: no-low-end", "", id="nothing of that kind"),
        pytest.param(
            "kind: at-most, markers: [wait], times: 0", "“Please wait” (irritant)", id="an irritant"
        ),
    ],
)
def test_a_row_says_what_is_asked_for(rule: str, asked: str):
    assert set(column("Asked for", rule)) == {asked}


@pytest.mark.parametrize(
    ("rule", "looked_at"),
    [
        pytest.param(
            "kind: ownership",
            ["The hall", "The till", "The door", "retail"],
            id="touchpoints and owners",
        ),
        pytest.param("kind: indicators", ["Discover", "Buy"], id="stages"),
        pytest.param(
            "kind: concentration, markers: [host], at-most: 50%, by: owner", ["retail"], id="owners"
        ),
        pytest.param(
            "kind: concentration, markers: [host], at-most: 50%, by: channel",
            ["Shop"],
            id="channels",
        ),
        pytest.param("kind: reviewed, days: 365", ["", "", ""], id="the charter and its markers"),
    ],
)
def test_a_row_says_what_is_looked_at(rule: str, looked_at: list[str]):
    assert list(column("Looked at", rule)) == looked_at


@pytest.mark.parametrize(
    ("journey", "told"),
    [
        pytest.param(STATED, "25% of customers", id="stated"),
        pytest.param(
            JOURNEY, "50% of cases, if every choice were equally likely", id="stated by nobody"
        ),
    ],
)
def test_a_row_says_of_whom_a_share_is_told(journey: str, told: str):
    till = "kind: carries, markers: [wait], where: {stage: buy}"
    journey = journey.replace("name: The till", "name: The till, markers: [wait]")
    assert list(column("How often it holds", till, journey)) == [told]


def test_a_row_without_a_share_tells_none():
    assert set(column("How often it holds", "kind: ownership")) == {""}


def test_what_cannot_be_decided_is_a_row_too():
    """With what it asks for, and no share."""
    many = ", ".join(f"m{number}" for number in range(14))
    markers = "".join(f"  - {{id: m{number}, name: M{number}}}\n" for number in range(14))
    rule = f"kind: variety, any-of: [{many}], at-least: 7"
    charter = CHARTER.replace("rules:\n", f"{markers}rules:\n  - {{id: asked, {rule}}}\n")
    checked = read_files({"charter.yaml": charter, "journeys/a.yaml": JOURNEY})
    (row,) = verdict_rows(check(checked, TODAY).verdicts, Names(checked, ENGLISH), ENGLISH)
    assert row["Answer"] == "Undecided"
    assert str(row["Asked for"]).startswith("“M0”, “M1”")
    assert row["How often it holds"] == ""
    (finding,) = (f for f in check(checked, TODAY).findings if f.verdicts)
    assert "Undecided" in [each.text for each in badges(finding, Names(checked, ENGLISH))]


# Irritants ------------------------------------------------------------------------------------

NO_WAITING = "kind: at-most, markers: irritant, times: 0"


def named(speak: Speaker) -> tuple[Workspace, Report, Names]:
    checked = workspace(NO_WAITING)
    return checked, check(checked, TODAY), Names(checked, speak)


@pytest.mark.parametrize("speak", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_an_irritant_is_told_by_a_sign_and_a_word(speak: Speaker):
    names = named(speak)[2]
    assert marker_label("wait", names) == f"{IRRITANT_SIGN} Please wait (irritant)"
    assert marker_label("host", names) == "A named host"


def test_the_map_draws_irritants_apart():
    checked, _, names = named(ENGLISH)
    drawn = JourneyView(checked.settings[0], names, ENGLISH).map(Looking())
    hall = next(stop for stop in drawn.stops if stop.id == "hall")
    assert (hall.irritants, hall.tags) == (("Please wait",), ("A named host",))
    assert all(not stop.irritants for stop in drawn.stops if stop.id != "hall")
    assert drawn.words.irritants == "Irritant: {irritants}"


def test_the_table_of_a_journey_tells_irritants():
    checked, _, names = named(ENGLISH)
    first = next(JourneyView(checked.settings[0], names, ENGLISH).rows(Looking()))
    assert first["Markers"] == [f"{IRRITANT_SIGN} Please wait (irritant)", "A named host"]


def test_the_table_of_markers_tells_irritants():
    checked, report, names = named(ENGLISH)
    view = standings_view(checked.charter, standings(checked, report.verdicts), names)
    assert [row.title for row in view.rows] == [
        "A named host",
        f"{IRRITANT_SIGN} Please wait (irritant)",
    ]


def test_findings_about_irritants_have_a_sign():
    """Those of rules, and the tag itself; others have none."""
    _, report, names = named(ENGLISH)
    signs = {finding.code: signs_of(finding, names) for finding in report.findings}
    assert "warning" in signs["CH102"]
    assert "warning" in signs["CH019"]
    checked = workspace("kind: carries, markers: [host], at-least: 2")
    other = next(f for f in check(checked, TODAY).findings if f.verdicts)
    assert other.verdicts[0].verdict is Answer.BROKEN
    assert "warning" not in signs_of(other, Names(checked, ENGLISH))


def signs_of(finding: Finding, names: Names) -> list[str]:
    return [badge.icon for badge in badges(finding, names)]


@pytest.mark.parametrize("code", ["CH106", "CH015"])
def test_a_code_is_explained_under_small_headings(code: str):
    text = explanation(code, FRENCH)
    assert text.startswith(code) or f"· {code} ·" in text
    assert "\n# " not in text
