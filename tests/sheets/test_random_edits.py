"""Whatever is written into cells, exactly that is meant by the files then, and nothing else."""

import copy
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter.sheets.cells import carried, cell_text
from charter.sheets.opening import read_workbook
from charter.sheets.raw import Kind, RawCell, RawRow, RawSheet
from charter.sheets.taking import take
from journeys.plain import plain
from journeys.source import read
from tests.sheets.books import exported
from tests.sheets.test_edits import FILES

ODD = [
    "'",
    "=",
    "-",
    "–",
    "@",
    "\n",
    "|",
    ":",
    ";",
    ",",
    "\\u0041",
    "#",
    " ",
    "é",
    "😀",
    "ש",
    "do:",
]
TEXTS = st.lists(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), min_size=1).map(
    "".join
)
# What no YAML file may hold, written out or not, and what no sentence consists of.
WORDS = TEXTS.map(lambda text: "".join(c for c in text if c.isprintable() or c == "\n")).filter(
    lambda text: text.strip()
)


class Trees:
    """What the files mean, to be changed by hand: the judge shares nothing with what is judged."""

    def __init__(self) -> None:
        self.of = {file: plain(read(content, file).root) for file, content in FILES.items()}

    def thing(self, key: str, identifier: str):
        return next(each for each in self.of["charter.yaml"][key] if each["id"] == identifier)

    def touchpoint(self, identifier: str):
        held = self.of["journeys/visit.yaml"]["touchpoints"]
        return next(each for each in held if each["id"] == identifier)


def edit_emotion(trees, number):
    trees.touchpoint("welcome")["emotion"] = str(number)


def edit_owner(trees, text):
    trees.touchpoint("window")["owner"] = text.strip()


def edit_channel_name(trees, text):
    trees.thing("channels", "web")["name"]["fr"] = text


def edit_example(trees, text):
    store = trees.thing("markers", "named-host")["expressions"]["store"]
    store["example"] = {"en": text.strip()}


def edit_expression(trees, text):
    expressions = trees.thing("markers", "farewell").setdefault("expressions", {})
    expressions["store"] = {"fr": text}


def edit_weight(trees, number):
    trees.thing("segments", "loyal")["weight"] = f"{number:.15g}"


def edit_share(trees, number):
    steps = trees.touchpoint("window")["next"]
    steps[0] = {"to": "welcome", "share": {"loyal": f"{number:.15g}"}}


def edit_because(trees, text):
    trees.touchpoint("welcome")["next"] = [{"to": "leave", "because": {"en": text}}]


def edit_how(trees, text):
    trees.touchpoint("leave")["markers"] = [{"marker": "farewell", "how": text.strip()}]


def edit_action(trees, text):
    trees.of["plans/q4.yaml"]["actions"][0]["effect"] = {"fr": text}


def as_line(text: str) -> str:
    r"""Write a text into one line of a cell, as the column's help says: odd signs as \u000a."""
    told = carried(text.strip()).replace("\n", "\\u000a").replace("|", "\\u007c")
    return f"\\u{ord(told):04x}" if told in ("-", "–", "—") else told


NUMBERS = st.floats(0.001, 1e6).map(lambda number: float(f"{number:.6g}"))
SIMPLE = WORDS.filter(lambda text: not text.lstrip().lower().startswith(("do", "exa", "not-")))
EDITS = [
    ("Touchpoints", ("visit", "welcome"), "Emotion", edit_emotion, st.integers(-2, 2), str),
    ("Touchpoints", ("visit", "window"), "Owner", edit_owner, WORDS, cell_text),
    ("Charter", ("channel", "web"), "Name (fr)", edit_channel_name, WORDS, cell_text),
    (
        "Expressions",
        ("named-host",),
        "Store (en)",
        edit_example,
        WORDS,
        lambda text: "They say their name.\ndo: Stand up.\ndo: Wait.\nexample: " + as_line(text),
    ),
    (
        "Expressions",
        ("farewell",),
        "Store (fr)",
        edit_expression,
        SIMPLE.filter(lambda text: ":" not in text),
        lambda text: cell_text(text),
    ),
    ("Segments", ("loyal",), "Weight", edit_weight, NUMBERS, lambda n: f"{n:.15g}"),
    (
        "Transitions",
        ("visit", "window", "welcome"),
        "Share",
        edit_share,
        NUMBERS,
        lambda n: f"loyal: {n:.15g}",
    ),
    ("Transitions", ("visit", "welcome", "leave"), "Because (en)", edit_because, WORDS, cell_text),
    (
        "Touchpoints",
        ("visit", "leave"),
        "Markers",
        edit_how,
        WORDS,
        lambda text: "farewell | how: " + as_line(text),
    ),
    ("Plan", ("q4", "train"), "Expected effect (fr)", edit_action, WORDS, cell_text),
]


@pytest.fixture(scope="module")
def sheets() -> list[RawSheet]:
    return read_workbook("brand.xlsx", exported(FILES))


def written(sheet: RawSheet, key: tuple[str, ...], title: str, text: str) -> RawSheet:
    """Return a sheet with a text in a cell."""
    first = sheet.rows[0]
    found = [c for c, cell in first.cells.items() if str(cell.content).casefold() == title]
    if not found:
        # A column that nobody has filled in yet.
        found = [max(first.cells) + 1]
    [column] = found

    def is_meant(row: RawRow) -> bool:
        told = [row.cells[c].content if c in row.cells else "" for c in range(1, len(key) + 1)]
        return tuple(told) == key

    rows = []
    for row in sheet.rows:
        cells = dict(row.cells)
        if row is first or is_meant(row):
            content = title if row is first else text
            position = sheet.position(row.number, column)
            cells[column] = RawCell(Kind.TEXT, content, position)
        rows.append(RawRow(row.number, cells))
    return replace(sheet, rows=tuple(rows))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_cells_mean_what_they_say(sheets: list[RawSheet], data: st.DataObject):
    """Some cells are changed at once; every comment is still there."""
    chosen = data.draw(
        st.lists(st.sampled_from(range(len(EDITS))), min_size=1, max_size=4, unique=True)
    )
    trees = Trees()
    edited = {sheet.name: sheet for sheet in sheets}
    for number in chosen:
        name, key, title, expect, values, tell = EDITS[number]
        value = data.draw(values)
        expect(trees, value)
        edited[name] = written(edited[name], key, TITLES.get(title, title.casefold()), tell(value))
    before = copy.deepcopy(Trees().of)
    after = {**FILES, **take(list(edited.values()), FILES).changes}
    meant = {file: plain(read(content, file).root) for file, content in after.items()}
    assert meant == trees.of
    for file, content in after.items():
        if meant[file] == before[file]:
            assert content == FILES[file]
        for line in FILES[file].decode().splitlines():
            if "#" in line:
                assert line[line.index("#") :] in content.decode()


TITLES = {"Expected effect (fr)": "effect (fr)"}
