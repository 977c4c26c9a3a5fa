"""Coverage in words, in both languages."""

from __future__ import annotations

import pytest

from charter.coverage import coverage
from charter.messages import Language, speaker
from charter.reports.coverage import CoverageTeller
from charter.reports.names import Names
from charter.workspace import Workspace
from tests.scenarios.writing import touchpoints, workspace
from tests.test_coverage import CHARTER, RICH, of_many

NO_VALUES = (
    CHARTER.replace("values: [{id: warmth}, {id: craft}]\n", "")
    .replace(", values: [warmth]", "")
    .replace(", values: [craft, warmth]", "")
    .replace(", values: [craft]", "")
)
BOTH = touchpoints("a, entry: true, markers: [hand], exit: x")
NO_WAY = touchpoints("a, entry: true, markers: [hand]", "b, exit: x")


def teller(shown: Workspace, language: Language = Language.ENGLISH) -> CoverageTeller:
    return CoverageTeller(coverage(shown), Names(shown, speaker(language)))


def told(journey: str, charter: str = CHARTER, language: Language = Language.ENGLISH) -> str:
    return teller(workspace(journey, charter=charter), language).answer()


@pytest.mark.parametrize(
    ("journey", "charter", "answer"),
    [
        pytest.param(BOTH, CHARTER, "Yes: on every path all 2 values are felt.", id="everywhere"),
        pytest.param(
            RICH,
            CHARTER,
            "Not yet: on the poorest path none of the 2 values is felt; on average 1.1 of 2.",
            id="nothing on some path",
        ),
        pytest.param(
            BOTH.replace("hand", "host"),
            CHARTER,
            "Not yet: on the poorest path 1 of 2 values is felt; on average 1 of 2.",
            id="one of two",
        ),
        pytest.param(
            BOTH.replace("hand", "host"),
            CHARTER.replace(", {id: craft}", "")
            .replace("[craft, warmth]", "[warmth]")
            .replace("values: [craft], role", "role"),
            "Yes: on every path the one value of the charter is felt.",
            id="the one there is",
        ),
        pytest.param(
            BOTH,
            NO_VALUES,
            "Not yet: on the poorest path 1 of 2 signature markers is met; on average 1 of 2.",
            id="markers where there are no values",
        ),
        pytest.param(
            NO_WAY,
            CHARTER,
            "That can't be said yet: nobody can walk from an entry to an exit.",
            id="no path",
        ),
        pytest.param(
            BOTH.replace("hand", "wage"),
            NO_VALUES.replace("name: A named host", "role: basic, name: A").replace(
                "name: Made by hand", "role: basic, name: M"
            ),
            "That can't be said yet: no marker of the charter is a signature of the brand.",
            id="no signature",
        ),
    ],
)
def test_the_answer_is_a_sentence(journey: str, charter: str, answer: str):
    assert told(journey, charter).startswith(answer)


def test_the_answer_is_a_sentence_in_french_too():
    assert told(RICH, language=Language.FRENCH) == (
        "Pas encore\u00a0: sur le chemin le plus pauvre, aucune des 2 valeurs n’est "
        "ressentie\u00a0; en moyenne, 1,1 sur 2."
    )


def test_what_is_not_known_is_not_guessed():
    answer = teller(of_many(20, met=9)).answer()
    assert answer.startswith("On average 14.5 of 20 values are felt.")
    assert "nothing is guessed" in answer


@pytest.mark.parametrize(
    ("share", "average"),
    [
        pytest.param("{to: b, share: 1}, {to: c, share: 99999}", "0.1 of 2", id="hardly any"),
        pytest.param("{to: b, share: 99999}, {to: c, share: 1}", "1.9 of 2", id="nearly all"),
    ],
)
def test_an_average_is_not_rounded_to_all_or_nothing(share: str, average: str):
    journey = touchpoints(
        f"a, entry: true, next: [{share}]", "b, markers: [hand], exit: x", "c, exit: x"
    )
    found = teller(workspace(journey, charter=CHARTER))
    assert found.average(found.coverages.overall) == average


def test_customers_are_counted_where_shares_are_stated():
    found = teller(workspace(RICH, charter=CHARTER))
    assert found.customers(found.coverages.by_segment["newcomer"]) == (
        "0% of customers feel all of them; 25% feel no more than on the poorest path."
    )
    assert found.basis(found.coverages.overall) == ""


def test_nobody_is_counted_where_shares_are_assumed():
    found = teller(workspace(RICH.replace("share: 3", "because: x"), charter=CHARTER))
    told = found.customers(found.coverages.by_segment["newcomer"])
    assert told.startswith("If every choice were equally likely, all of them would be felt in 0%")
    assert "of customers" not in told
    assert "customers" not in found.rarest()
    assert "as if every choice were equally likely" in found.basis(found.coverages.overall)


def test_the_poorest_path_is_told_step_by_step():
    found = teller(workspace(RICH, charter=CHARTER))
    poorest = found.coverages.by_channel["store"].poorest
    assert poorest is not None
    assert found.whose(poorest) == "buying, for “newcomer”"
    assert found.missed(poorest) == "Not felt on it: “warmth” and “craft”."
    whole = found.coverages.by_segment["loyal"].poorest
    assert whole is not None
    assert found.steps(whole)[-1] == {
        "Step": "3",
        "Touchpoint": "d",
        "Channel": "app",
        "Felt there": "warmth, craft",
    }


def test_values_that_nothing_shows_are_named():
    charter = CHARTER.replace("{id: craft}]", "{id: craft}, {id: calm, name: Great calm}]")
    found = teller(workspace(RICH, charter=charter))
    assert found.bare() == (
        "Not counted: “Great calm”, a value that no signature marker shows yet."
    )
