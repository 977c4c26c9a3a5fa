"""Cells of a table of expressions, and what is written once they are changed."""

from __future__ import annotations

import pytest

from charter.amendments import amended
from charter.brand import Charter, Expression
from charter.expressing import (
    Said,
    WantsAReason,
    adapted,
    expressed,
    expression_cell,
    gaps,
    is_bilingual,
    relisted,
    said,
    segments_by_priority,
)
from charter.workspace import read_files
from journeys.document import Words
from journeys.plain import Plain
from tests.scenarios.writing import touchpoints, workspace

BOTH: Plain = {"en": "A name.", "fr": "Un nom."}


def written(expression: Plain) -> dict[str, Plain]:
    return {"id": "host", "expressions": {"store": expression}} if expression else {"id": "host"}


@pytest.mark.parametrize(
    ("was", "language", "typed", "now"),
    [
        pytest.param("A name.", "en", "A name.", "unchanged", id="nothing changed"),
        pytest.param("A name.", "en", "A first name.", "A first name.", id="a plain text"),
        pytest.param("A name.", "en", "  ", None, id="a text taken off"),
        pytest.param(None, "en", "A name.", "A name.", id="a new text"),
        pytest.param(None, "en", "", "unchanged", id="nothing said, as before"),
        pytest.param(
            BOTH, "en", "A first name.", {"en": "A first name.", "fr": "Un nom."}, id="one of two"
        ),
        pytest.param(BOTH, "fr", "", {"en": "A name."}, id="taken off in one language"),
        pytest.param(
            {"en": "A name."}, "fr", "Un nom.", {"en": "A name.", "fr": "Un nom."}, id="translated"
        ),
        pytest.param(
            {"en": "A name."},
            "fr",
            "[en] Un nom.",
            {"en": "A name.", "fr": "Un nom."},
            id="translated, the sign of the other language left",
        ),
        pytest.param(
            {"text": "A name.", "do": ["stand up"], "example": "I'm Anne."},
            "en",
            "A first name.",
            {"text": "A first name.", "do": ["stand up"], "example": "I'm Anne."},
            id="what to do stays",
        ),
        pytest.param(
            {"text": "A name.", "do": ["stand up"]},
            "en",
            "",
            {"do": ["stand up"]},
            id="what to do stays without the text",
        ),
        pytest.param(
            {"do": ["stand up"]},
            "en",
            "A name.",
            {"text": "A name.", "do": ["stand up"]},
            id="text",
        ),
        pytest.param({"not-for": "A page."}, "en", "A name.", "A name.", id="shown after all"),
        pytest.param({"not-for": "A page."}, "en", "", None, id="no reason any more"),
        pytest.param(
            {"not-for": "A page."}, "en", "— Too cold.", {"not-for": "Too cold."}, id="why not"
        ),
        pytest.param(
            {"not-for": {"en": "A page.", "fr": "Une page."}},
            "en",
            "— Too cold.",
            {"not-for": {"en": "Too cold.", "fr": "Une page."}},
            id="why not, in one of two languages",
        ),
        pytest.param(
            {"not-for": "A page."}, "en", "— A page.", "unchanged", id="left out as before"
        ),
        pytest.param("A name.", "en", "-- A page.", {"not-for": "A page."}, id="two hyphens"),
        pytest.param("A name.", "en", "- A page.", {"not-for": "A page."}, id="a hyphen"),
        pytest.param(None, "en", "x" * 500, "x" * 500, id="a long text"),
        pytest.param(None, "en", "مرحبا", "مرحبا", id="right to left"),
        pytest.param(
            None, "en", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", id="markup"
        ),
    ],
)
def test_a_cell_that_is_changed_changes_what_it_shows_and_nothing_else(was, language, typed, now):
    item = written(was)
    made = expressed(item, "host", "store", language, typed, is_by_language=False)
    if now == "unchanged":
        assert made is None
    else:
        assert made is not None
        assert (made.path, made.value) == (("expressions", "store"), now)


def test_a_new_text_is_said_by_language_where_names_are():
    made = expressed(written(None), "host", "store", "fr", "Un nom.", is_by_language=True)
    assert made is not None
    assert made.value == {"fr": "Un nom."}


@pytest.mark.parametrize("typed", ["—", " — ", "--", "-"])
def test_a_marker_is_left_out_with_a_reason_only(typed):
    with pytest.raises(WantsAReason):
        expressed(written("A name."), "host", "store", "en", typed, is_by_language=False)


def test_the_lines_of_a_table():
    def line(language="en", **fields):
        return expression_cell(Expression.made(fields), language)

    words = Words((("en", "A name."), ("fr", "Un nom.")))
    english = Words((("en", "A name."),))
    assert expression_cell(None, "en") == ""
    assert line(text=words) == "A name."
    assert line("fr", text=words) == "Un nom."
    assert line("fr", text=english) == "[en] A name."
    assert line("fr", text=Words.of("A name.")) == "A name."
    assert line(not_for=words) == "— A name."
    assert line(do=(words,)) == ""


def test_a_text_in_another_language_says_in_which():
    assert said(Words((("en", "A"),)), "fr") == Said("A", "en")
    assert said(Words((("de", "A"), ("fr", "B"))), "en") == Said("A", "de")
    assert said(Words.of("A"), "fr") == Said("A")
    assert said(None, "fr") == Said("")


@pytest.mark.parametrize(
    ("was", "typed", "now"),
    [
        pytest.param(["warm"], ["warm", "slow"], ["warm", {"en": "slow"}], id="one more"),
        pytest.param(
            [{"en": "warm", "fr": "chaleureux"}, "slow"],
            ["slow", "warm"],
            ["slow", {"en": "warm", "fr": "chaleureux"}],
            id="in another order, the French goes along",
        ),
        pytest.param(
            [{"en": "warm", "fr": "chaleureux"}],
            ["kind"],
            [{"en": "kind", "fr": "chaleureux"}],
            id="said otherwise",
        ),
        pytest.param(["warm", "slow"], ["slow"], ["slow"], id="one taken off"),
        pytest.param(["warm"], ["", "  "], [], id="none left"),
        pytest.param([{"fr": "lente"}], ["slow"], [{"fr": "lente", "en": "slow"}], id="translated"),
        pytest.param(["warm"], ["warm", "warm"], ["warm", {"en": "warm"}], id="the same twice"),
    ],
)
def test_a_list_of_lines(was, typed, now):
    assert relisted(was, "en", typed, is_by_language=True) == now


def test_an_adaptation_is_changed_like_an_expression():
    item: dict[str, Plain] = {"id": "host", "adaptations": {"loyal": {"en": "The same."}}}
    made = adapted(item, "host", "loyal", "fr", "Le même.", is_by_language=True)
    assert made is not None
    assert (made.path, made.value) == (
        ("adaptations", "loyal"),
        {"en": "The same.", "fr": "Le même."},
    )
    assert adapted(item, "host", "loyal", "en", "The same.", is_by_language=True) is None


CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: phone}, {id: app}]
segments: [{id: newcomer}, {id: loyal, priority: high}, {id: rare}, {id: press, priority: high}]
stages: [{id: discover}]
markers:
  - {id: host, name: A host, expressions: {store: A name., web: {not-for: A page.}}}
  - {id: hand, name: {en: By hand}}
"""


def test_gaps_are_channels_where_a_marker_is_tagged_and_nothing_is_said():
    """A tag that says how, that is planned, or that stands where customers speak is none."""
    found = gaps(
        workspace(
            touchpoints(
                "a, entry: true, markers: [host], next: [b]",
                "b, channel: web, markers: [host, hand], next: [c]",
                "c, channel: phone, markers: [{marker: host, how: So.}, hand], next: [d]",
                "d, channel: app, markers: [host, {marker: hand, status: planned}], next: [e]",
                "e, channel: store, control: customer, markers: [hand], exit: x",
            ),
            charter=CHARTER,
        ).settings
    )
    assert found == {"hand": ("web", "phone"), "host": ("app",)}


HOST = b"""\
# the host
id: host
name: A host
expressions:
  store: A name.  # always
"""


def charter() -> Charter:
    return workspace(touchpoints("a, entry: true, exit: x"), charter=CHARTER).charter


def test_segments_that_come_first_stand_first():
    assert [s.id for s in segments_by_priority(charter())] == ["loyal", "press", "newcomer", "rare"]


def test_new_texts_are_said_as_names_are():
    read = charter()
    assert not is_bilingual(read)
    assert not is_bilingual(read, read.markers_by_id["host"])
    assert is_bilingual(read, read.markers_by_id["hand"])


def test_a_marker_in_a_file_of_its_own_is_changed_there():
    head, _, tail = CHARTER.partition("markers:\n")
    files = {
        "charter.yaml": (head + "markers:\n" + tail.splitlines()[1] + "\n").encode(),
        "markers/host.yaml": HOST,
        "rules.yaml": b"- {id: r, kind: carries, markers: [host]}\n",
    }
    read_files(files)
    made = expressed(written("A name."), "host", "store", "en", "Two.", is_by_language=False)
    assert made is not None
    assert amended(files, [made]) == {"markers/host.yaml": HOST.replace(b"A name.", b"Two.")}
