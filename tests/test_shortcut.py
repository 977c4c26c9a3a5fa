"""What is read the short way is what the long way reads, and what the long way tells is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import pytest
from annotated_types import Ge, MultipleOf
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, Field, StringConstraints

from benchmarks.generate import workspace as layered
from charter.workspace import InvalidWorkspace, read_files
from journeys.document import Id, Reading, Shape, Whole, one_or_many, validate
from journeys.indicators import Figure, Impression, Indicators
from journeys.model import Effort, Status, Tag, Touchpoint, Transition
from journeys.shortcut import Unusual, never, shortcut
from journeys.source import Block, Items, Text, read
from tests.oracle import generate
from tests.scenarios.writing import CHARTER

SHORTENED = (Effort, Figure, Impression, Indicators, Tag, Touchpoint, Transition)
SAMPLES = {
    sample.name: {
        file.relative_to(sample).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(sample.rglob("*.yaml"))
        if file.parent.name in (sample.name, "journeys", "markers")
    }
    for sample in sorted((Path(__file__).parent.parent / "samples").iterdir())
}


@contextmanager
def the_long_way():
    """Let pydantic read everything."""
    flags = [patch.object(shape, "has_shortcut", False) for shape in SHORTENED]
    for flag in flags:
        flag.start()
    try:
        yield
    finally:
        for flag in flags:
            flag.stop()


def anatomy(value: Any) -> Any:
    """Return all that a value is made of: types, fields, and where each key is written."""
    if isinstance(value, Shape):
        keys = type(value).keys()
        places = [value.position, *map(value.position_of, keys)]
        fields = {name: anatomy(getattr(value, name)) for name in type(value).model_fields}
        more = value.are_channel_shares_written if isinstance(value, Touchpoint) else None
        return type(value), places, fields, more, value.model_fields_set
    if isinstance(value, tuple):
        return type(value), [anatomy(item) for item in value]
    if isinstance(value, dict):
        return type(value), [(anatomy(key), anatomy(item)) for key, item in value.items()]
    return type(value), repr(value)


def said(files: dict[str, str]) -> Any:
    """Return everything that reading ``files`` gives: a workspace, or each problem in full."""
    try:
        workspace = read_files(files)
    except InvalidWorkspace as invalid:
        return [repr(problem) for problem in invalid.problems]
    return anatomy(workspace.charter), anatomy(workspace.rules), anatomy(workspace.journeys)


def said_both_ways(files: dict[str, str]) -> tuple[Any, Any]:
    with the_long_way():
        long = said(files)
    return said(files), long


@settings(max_examples=40)
@given(kind=st.sampled_from(generate.KINDS), seed=st.integers(0, 10_000))
def test_workspaces_are_the_same_read_either_way(kind: str, seed: int):
    """Every kind of field, at random."""
    short, long = said_both_ways(generate.files(generate.workspace(kind, seed)))
    assert short == long


EVERY_FIELD = """\
- id: window
  name: {en: Shop window, fr: Vitrine}
  stage: discover
  channel: store
  entry: true
  arrives: {newcomer: 3, loyal: 1}
  exit: left
  ends: 2.5
  markers: [host, {marker: light, segments: [loyal], how: Lit, status: planned, evidence: observed}]
  moment-of-truth: false
  emotion: -2
  control: partner
  segments: newcomer
  owner: retail
  status: live
  content: [content/window.md]
  indicators:
    quantitative:
    - waiting time
    - {name: {en: Wait}, target: 3, observed: 4.5, forecast: -4, unit: min, better: lower, owner: x}
    - {en: Baskets left, fr: Paniers}
    qualitative: [{name: Felt, target: 4, observed: Cold, observed-on: 2026-10-01, scale: [1, 5]}]
  effort: {duration: 1, frequency: 3, complexity: 2, value: 2}
  locked: true
  next: [till, {to: till, share: 30, segments: [loyal], markers: host, because: Why, cross: true}]
- {id: till, stage: buy, channels: [web, app], next: window}
- {id: desk, stage: buy, channels: {web: 70, app: 30}}
"""


ODD = (
    *("", '""', "~", "[]", "{}", "[[]]", "[{}]", "'  '", "!!str a", "&a b", "*a", "[, ]"),
    *("0", "-1", "3", "4", "2.5", ".5", "5.", "1e3", "1_000", "nan", "+2", "0x1", "1" * 20, "١"),
    *("true", "Yes", "off", "False", "live", "Live", "owned", "0.0000001", "1000000000000000"),
    *(
        "app",
        "web",
        "till",
        "nobody",
        "Bad Id",
        "a" * 201,
        "é",
        "[loyal, loyal]",
        "[web, web]",
        "{loyal: 3}",
    ),
    *("{nobody: 3}", "{loyal: x}", "{loyal: }", "{web: 1, app: 2}", "{web: 0}", "[web]"),
    *("{en: Hello}", "{en: Hello, fr: }", "{en: }", "{marker: host}", "{to: till}"),
    *("lower", "2026-02-30", "[5, 1]", "[2, 3]", "{name: }", "{name: a, observed-on: 2026-01-01}"),
    *("{to: }", "{to: till, to: till}", "{marker: host, how: {en: a}}", "[host, {marker: host}]"),
)
KEYS = (
    *("id", "name", "stage", "channel", "channels", "entry", "arrives", "exit", "ends", "markers"),
    *("moment-of-truth", "moment_of_truth", "emotion", "control", "segments", "owner", "status"),
    *(
        "content",
        "indicators",
        "effort",
        "locked",
        "next",
        "to",
        "share",
        "because",
        "cross",
        "marker",
    ),
    *("target", "observed", "forecast", "unit", "better", "observed-on", "scale", "en"),
    *("how", "evidence", "stages", "shares", "entry:true", "quantitative", "duration", "nonsense"),
)
_PLACE_OF_VALUE = re.compile(r"(?<=: )[^,{}\[\]\n#]+|(?<=[\[,] )[^,{}\[\]:\n]+(?=[,\]])")
_PLACE_OF_KEY = re.compile(r"[a-z-]+(?=: )")


KNOWN = {
    "channel": ("store", "web", "app"),
    "stage": ("discover", "buy"),
    "segment": ("newcomer", "loyal"),
    "marker": ("host", "light"),
    "touchpoint": ("window", "till", "desk"),
}


def changed_everywhere(pattern: re.Pattern[str], odd: str) -> Iterator[str]:
    """Yield the touchpoints with ``odd`` in each of the places that ``pattern`` finds."""
    for found in pattern.finditer(EVERY_FIELD):
        yield EVERY_FIELD[: found.start()] + odd + EVERY_FIELD[found.end() :]


@pytest.mark.parametrize(
    ("pattern", "odd"),
    [(_PLACE_OF_VALUE, odd) for odd in ODD] + [(_PLACE_OF_KEY, key) for key in KEYS],
)
def test_what_the_short_way_reads_is_valid_and_the_same_on_the_long_way(
    pattern: re.Pattern[str], odd: str
):
    """Something odd in place of each value in turn, each key in turn."""
    for changed in changed_everywhere(pattern, odd):
        root = read(changed.encode(), "a.yaml").root
        for item in root if isinstance(root, Items) else ():
            try:
                short = Touchpoint.read_shortly(item, Reading(KNOWN))
            except Unusual:
                continue
            reading = Reading(KNOWN)
            with the_long_way():
                long = validate(Touchpoint, item, reading)
            assert (reading.problems, anatomy(short)) == ([], anatomy(long)), changed


@settings(max_examples=40)
@given(data=st.data())
def test_odd_workspaces_are_told_the_same_either_way(data: st.DataObject):
    """A value or a key replaced by one that is odd, or wrong, or in the wrong place."""
    journey = f"journey: buying\ntouchpoints:\n{EVERY_FIELD}"
    for _ in range(data.draw(st.integers(1, 3))):
        pattern, replacements = data.draw(
            st.sampled_from([(_PLACE_OF_VALUE, ODD), (_PLACE_OF_KEY, KEYS)])
        )
        found = data.draw(st.sampled_from(list(pattern.finditer(journey))))
        odd = data.draw(st.sampled_from(replacements))
        journey = journey[: found.start()] + odd + journey[found.end() :]
    short, long = said_both_ways({"charter.yaml": CHARTER, "journeys/buying.yaml": journey})
    assert short == long


def test_every_field_of_a_touchpoint_has_a_short_way():
    """Touchpoint by touchpoint, so that a field without one isn't read the long way unseen."""
    root = read(EVERY_FIELD.encode(), "a.yaml").root
    assert isinstance(root, list)
    made = [Touchpoint.read_shortly(item, Reading()) for item in root]
    assert [touchpoint.id for touchpoint in made] == ["window", "till", "desk"]
    assert isinstance(root[0], Block)
    assert root[0].keys() == set(Touchpoint.keys()) - {"channels"}


@pytest.mark.parametrize(
    "files", [*SAMPLES.values(), layered(100)], ids=[*SAMPLES, "the benchmark's workspace"]
)
def test_valid_workspaces_are_read_the_short_way(files: dict[str, str]):
    """Else the benchmark would measure something that nobody's files enjoy."""
    short_way = Touchpoint.read_shortly
    unusual = []

    def noted(written, known):
        try:
            return short_way(written, known)
        except Unusual:
            unusual.append(str(written.position))
            raise

    with patch.object(Touchpoint, "read_shortly", noted):
        read_files(files)
    assert unusual == []


class Both(Enum):
    ONE = "one"
    TWO = "two"


@pytest.mark.parametrize(
    ("annotation", "written", "value"),
    [
        pytest.param(str, "a", "a", id="text"),
        pytest.param(str | None, "a", "a", id="text that may be missing"),
        pytest.param(Both, "two", Both.TWO, id="one of a few words"),
        pytest.param(Annotated[Whole, Field(ge=1, le=3)], "3", 3, id="number within limits"),
        pytest.param(Annotated[Whole, Ge(1)], "1", 1, id="limit without a field"),
        pytest.param(Annotated[tuple[Status, ...], one_or_many], "live", (Status.LIVE,), id="one"),
        pytest.param(Annotated[tuple[Id, ...], one_or_many], "[a, b]", ("a", "b"), id="many"),
    ],
)
def test_what_is_written_as_usual_has_a_value(annotation: object, written: str, value: object):
    root = read(written.encode(), "a.yaml").root
    assert root is not None
    assert shortcut(annotation)(root, Reading()) == value


@pytest.mark.parametrize(
    ("annotation", "written"),
    [
        pytest.param(Annotated[Whole, Field(ge=1, le=3)], "4", id="above the limit"),
        pytest.param(Annotated[Whole, Field(ge=1, le=3)], "0", id="below the limit"),
        pytest.param(Both, "three", id="none of the words"),
        pytest.param(tuple[Id, ...], "a", id="a text where only a list will do"),
        pytest.param(
            Annotated[tuple[Id, ...], one_or_many], "[a, '']", id="an empty text in a list"
        ),
        pytest.param(Annotated[str, StringConstraints(max_length=3)], "a", id="unknown constraint"),
        pytest.param(Annotated[Id, AfterValidator(str)], "a", id="validator without a short way"),
        pytest.param(Annotated[Whole, MultipleOf(2)], "2", id="limit that isn't known"),
        pytest.param(Annotated[Whole, Field(multiple_of=2)], "2", id="limit in a field"),
        pytest.param(Id | int, "a", id="more than one type"),
        pytest.param(dict[str, str], "{a: b}", id="type without a short way"),
    ],
)
def test_whatever_else_is_read_the_long_way(annotation: object, written: str):
    """Also what is valid: no short way may be taken that forgets a constraint."""
    root = read(written.encode(), "a.yaml").root
    assert root is not None
    with pytest.raises(Unusual):
        shortcut(annotation)(root, Reading())


def test_nothing_is_told_on_the_short_way():
    """What isn't read on it is told by the long way, once."""
    reading = Reading({"touchpoint": ("till",)})
    item = read(b"{to: nowhere, share: x}", "a.yaml").root
    assert isinstance(item, Block)
    with pytest.raises(Unusual):
        Transition.read_shortly(item, reading)
    assert reading.problems == []
    assert list(item) == ["to", "share"]


def test_a_type_that_is_no_shape_of_many_has_none():
    assert shortcut(Shape) is never
    assert shortcut(Text) is never
