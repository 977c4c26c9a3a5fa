"""A list to choose one of, and the findings in it."""

import datetime
from pathlib import Path

import pytest

from charter.findings import Finding
from charter.messages import Language, speaker
from charter.reports.names import Names
from charter.studio.choices import Choice, ChoicesView, chosen_of
from charter.studio.finding_list import findings_view
from charter.studio.pieces import Said, Tone
from charter.usecases.check import check_workspace
from charter.workspace import read_folder

TODAY = datetime.date(2026, 11, 23)
SAMPLE = Path(__file__).parents[2] / "samples" / "maison-lumiere"


@pytest.fixture(scope="module")
def found() -> tuple[tuple[Finding, ...], Names]:
    """The findings of the sample, and what things are called in English."""
    workspace = read_folder(SAMPLE)
    report = check_workspace(workspace, TODAY).report
    return report.findings, Names(workspace, speaker(Language.ENGLISH))


@pytest.mark.parametrize(
    ("sent", "chosen"),
    [
        ("b", "b"),
        ("c", None),
        ("", None),
        (None, None),
        (True, None),
        (["b"], None),
        ({"id": "b"}, None),
    ],
)
def test_only_what_is_listed_is_chosen_whatever_a_browser_sends(sent: object, chosen: str | None):
    view = ChoicesView("Findings", (Choice("a", "One"), Choice("b", "Two")), "a")
    assert chosen_of(sent, view) == chosen


def test_a_finding_is_told_by_its_gravity_its_question_and_where(
    found: tuple[tuple[Finding, ...], Names],
):
    findings, names = found
    view = findings_view(findings, findings[0].fingerprint, names)
    assert view.choices[0] == Choice(
        findings[0].fingerprint,
        "Can a customer get through without meeting “A named host”?",
        "Buying and receiving it · host-met",
        (Said("Error", tone=Tone.RED),),
    )


@pytest.mark.parametrize(
    ("place", "most", "listed"),
    [(0, None, 8), (0, 3, 3), (2, 3, 3), (5, 3, 6), (7, 3, 8)],
)
def test_the_one_that_is_chosen_is_listed_with_those_before_it(
    found: tuple[tuple[Finding, ...], Names], place: int, most: int | None, listed: int
):
    findings, names = found[0][:8], found[1]
    view = findings_view(findings, findings[place].fingerprint, names, most)
    assert [each.id for each in view.choices] == [f.fingerprint for f in findings[:listed]]
    assert view.chosen == findings[place].fingerprint
    left = 8 - listed
    told = {0: "", 1: "1 more finding"}
    assert view.more == told.get(left, f"{left} more findings")
    assert view.is_long == (listed > 6)
