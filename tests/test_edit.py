"""Edits of YAML files: exact texts before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.edit import (
    AddKey,
    CannotEdit,
    Edit,
    InsertItem,
    MoveItem,
    Remove,
    RenameKey,
    SetValue,
    edited,
    rewritten,
    written,
)
from journeys.plain import plain
from journeys.source import read

SAMPLES = sorted(Path(__file__).parents[1].glob("samples/**/*.yaml"))


def _case(name: str, before: str, edit: Edit, after: str):
    return pytest.param(before, edit, after, id=name)


SCALARS = [
    _case("plain", "a: x # c\n", SetValue(("a",), "y"), "a: y # c\n"),
    _case("kept in single quotes", "a: 'x'\n", SetValue(("a",), "it's"), "a: 'it''s'\n"),
    _case("kept in double quotes", 'a: "x"\n', SetValue(("a",), 'a "b"'), 'a: "a \\"b\\""\n'),
    _case("needs quotes", "a: x\n", SetValue(("a",), "b: c"), 'a: "b: c"\n'),
    _case("looks like a comment", "a: x\n", SetValue(("a",), "b #c"), 'a: "b #c"\n'),
    _case("looks like nothing", "a: x\n", SetValue(("a",), "null"), 'a: "null"\n'),
    _case("empty text", "a: x\n", SetValue(("a",), ""), 'a: ""\n'),
    _case("words that look like values", "a: x\n", SetValue(("a",), "no"), "a: no\n"),
    _case("in flow", "a: [x, y]\n", SetValue(("a", 1), "b, c"), 'a: [x, "b, c"]\n'),
    _case("nothing written yet", "a: # c\nb: 1\n", SetValue(("a",), "x"), "a: x # c\nb: 1\n"),
    _case("item with nothing", "- \n- b\n", SetValue((0,), "x"), "- x \n- b\n"),
    _case("nothing in flow", "{a: , b: 1}\n", SetValue(("a",), "x"), "{a: x, b: 1}\n"),
    _case("key alone in flow", "{a, b: 1}\n", SetValue(("a",), "x"), "{a: x, b: 1}\n"),
    _case("no value any more", "a: x # c\n", SetValue(("a",), None), "a: # c\n"),
    _case("astral characters", "😀: [é😀, b]\n", SetValue(("😀", 1), "🕯"), "😀: [é😀, 🕯]\n"),
    _case(
        "over several lines",
        "a: x\n  y\nb: 'p\n  q'\n",
        SetValue(("b",), "r"),
        "a: x\n  y\nb: 'r'\n",
    ),
    _case("literal", "a: |\n  x\n# c\n", SetValue(("a",), "y\nz\n"), "a: |\n  y\n  z\n# c\n"),
    _case("folded", "a: >-\n  x\n  y\nb: 1\n", SetValue(("a",), "p q"), "a: >-\n  p q\nb: 1\n"),
    _case("lines before a comment", "a: x # c\n", SetValue(("a",), "y\nz"), 'a: "y\\nz" # c\n'),
    _case("no final newline", "a: x", SetValue(("a",), "y\n"), 'a: "y\\n"'),
    _case("carriage returns", "a: x\r\nb: y\r\n", SetValue(("b",), "z"), "a: x\r\nb: z\r\n"),
]
KINDS = [
    _case(
        "a step becomes a mapping",
        "next: [welcome, {to: leave}] # two\n",
        SetValue(("next", 0), {"to": "welcome", "share": "40"}),
        "next: [{to: welcome, share: 40}, {to: leave}] # two\n",
    ),
    _case(
        "its like stands in lines",
        "next:\n  - a # c\n  - to: b\n    share: 1\n",
        SetValue(("next", 0), {"to": "a", "share": "2"}),
        "next:\n  - to: a\n    share: 2 # c\n  - to: b\n    share: 1\n",
    ),
    _case(
        "a text becomes a long mapping",
        "a: x # c\nb: 1\n",
        SetValue(("a",), {"en": "word " * 19 + "end", "fr": "mot"}),
        f"a: # c\n  en: {'word ' * 19}end\n  fr: mot\nb: 1\n",
    ),
    _case(
        "lines become a text",
        "a: # why\n  # of x\n  - x\nb: 1\n",
        SetValue(("a",), "y"),
        "a: y # why\nb: 1\n",
    ),
    _case("a list becomes a mapping", "a:\n- x\n", SetValue(("a",), {"k": "v"}), "a: {k: v}\n"),
]
ITEMS = [
    _case(
        "at the end", "a:\n  - x\n  # c\n", InsertItem(("a", 1), "y"), "a:\n  - x\n  - y\n  # c\n"
    ),
    _case("at the front", "a:\n- x\n", InsertItem(("a", 0), "y"), "a:\n- y\n- x\n"),
    _case("after the last line", "- x", InsertItem((1,), "y"), "- x\n- y"),
    _case("carriage returns", "- x\r\n", InsertItem((1,), "y"), "- x\r\n- y\r\n"),
    _case("nested at once", "- - a\n  - b\n", InsertItem((0, 0), "z"), "- - z\n  - a\n  - b\n"),
    _case("into nothing", "a: []\n", InsertItem(("a", 0), "x"), "a: [x]\n"),
    _case("flow", "[a, b]\n", InsertItem((1,), "x"), "[a, x, b]\n"),
    _case(
        "flow in lines with a last comma",
        "[\n  a, # of a\n  b,\n]\n",
        InsertItem((2,), "c"),
        "[\n  a, # of a\n  b,\n  c,\n]\n",
    ),
    _case(
        "flow in lines without a last comma",
        "[\n  a,\n  b # of b\n]\n",
        InsertItem((2,), "c"),
        "[\n  a,\n  b, # of b\n  c\n]\n",
    ),
    _case(
        "like its neighbours",
        "- {id: a, n: 1}\n- {id: b, n: 2}\n",
        InsertItem((2,), {"id": "c", "n": "3"}),
        "- {id: a, n: 1}\n- {id: b, n: 2}\n- {id: c, n: 3}\n",
    ),
    _case(
        "in lines like its neighbours",
        "- id: a\n  next: [b]\n\n- id: b\n  next: [a]\n",
        InsertItem((2,), {"id": "c", "next": ["a"]}),
        "- id: a\n  next: [b]\n\n- id: b\n  next: [a]\n\n- id: c\n  next: [a]\n",
    ),
    _case("removed", "- a\n# of b\n- b # b\n- c\n", Remove((1,)), "- a\n- c\n"),
    _case("removed last", "a:\n  - x\n  - y # c\nb: 1\n", Remove(("a", 1)), "a:\n  - x\nb: 1\n"),
    _case("removed from flow", "[a, b, c]\n", Remove((1,)), "[a, c]\n"),
    _case("removed first from flow", "[a, b]\n", Remove((0,)), "[b]\n"),
    _case(
        "what is indented otherwise stays",
        "a:\n  - x\n# of none\n  - y\n  - z\n",
        Remove(("a", 1)),
        "a:\n  - x\n# of none\n  - z\n",
    ),
    _case("removed last from flow", "[a, b] # c\n", Remove((1,)), "[a] # c\n"),
    _case("flow in lines", "[\n  a, # a\n  b, # b\n]\n", Remove((1,)), "[\n  a, # a\n]\n"),
    _case("the only one", "a: # c\n  - x\nb: 1\n", Remove(("a", 0)), "a: [] # c\nb: 1\n"),
    _case("the only one nested", "- - x\n- y\n", Remove((0, 0)), "- []\n- y\n"),
    _case(
        "what a blank line parts from it stays",
        "a:\n  # about all\n\n  - x\n  - y\n",
        Remove(("a", 0)),
        "a:\n  # about all\n\n  - y\n",
    ),
    _case(
        "blank lines aren't doubled",
        "- a\n\n- b\n\n- c\n",
        Remove((1,)),
        "- a\n\n- c\n",
    ),
    _case(
        "moved with its comments",
        "- a\n\n# of b\n- b # b\n- id: c\n  # deep\n",
        MoveItem((2,), 0),
        "- id: c\n  # deep\n\n- a\n# of b\n- b # b\n",
    ),
    _case("moved in flow", "[a, {b: c}, d]\n", MoveItem((2,), 0), "[d, a, {b: c}]\n"),
    _case(
        "moved in flow, in lines",
        "[\n  a, # of a\n  b\n]\n",
        MoveItem((0,), 1),
        "[\n  b,\n  a # of a\n]\n",
    ),
]
KEYS = [
    pytest.param(
        "a: {b: 1, c: ,\n  # of nobody\n\n  d: \n  }\n",
        Remove(("a", "d")),
        "a: {b: 1, c: \n  # of nobody\n}\n",
        id="the last key of a flow mapping, behind a comment",
    ),
    _case("added last", "- id: a\n  # end\n", AddKey((0, "b"), "1"), "- id: a\n  b: 1\n  # end\n"),
    _case("added before", "a: 1\n# b\nb: 2\n", AddKey(("c",), "3", "b"), "a: 1\nc: 3\n# b\nb: 2\n"),
    _case("added in flow", "{a: 1}\n", AddKey(("b",), "2"), "{a: 1, b: 2}\n"),
    _case("added quoted", '{"a": 1}\n', AddKey(("b",), "2"), '{"a": 1, "b": 2}\n'),
    _case(
        "added as deep",
        "a:\n    b: 1\n",
        AddKey(("c",), ["x" * 99]),
        f"a:\n    b: 1\nc:\n    - {'x' * 99}\n",
    ),
    _case("renamed", "'a' : 1 # c\n", RenameKey(("a",), "b"), "'b' : 1 # c\n"),
    _case("removed first", "- id: a\n  n: 1\n", Remove((0, "id")), "- n: 1\n"),
    _case(
        "removed first before a comment",
        "- id: a\n  # of n\n  n: 1\n",
        Remove((0, "id")),
        "- # of n\n  n: 1\n",
    ),
    _case("the only one", "a:\n  b: 1\n", Remove(("a", "b")), "a: {}\n"),
    _case("with what it holds", "a:\n  - x\n  # x\nb: 1\n", Remove(("a",)), "b: 1\n"),
    _case("a file's heading stays", "# file\na: 1\nb: 2\n", Remove(("a",)), "# file\nb: 2\n"),
    _case(
        "beside a key of its own line",
        "? x\n: y\nb: 1\n",
        SetValue(("b",), "2"),
        "? x\n: y\nb: 2\n",
    ),
]


@pytest.mark.parametrize(("before", "edit", "after"), [*SCALARS, *KINDS, *ITEMS, *KEYS])
def test_an_edit_changes_what_it_means_to_change(before: str, edit: Edit, after: str):
    """Everything else stays, byte for byte."""
    assert edited(before.encode(), [edit]).decode() == after


@pytest.mark.parametrize(
    ("before", "edit", "reason"),
    [
        pytest.param("? a\n: b\nc: d\n", Remove(("a",)), "no-safe-span", id="? key"),
        pytest.param("[a: b]\n", RenameKey((0, "a"), "c"), "no-safe-span", id="pair by itself"),
        pytest.param("[a]\n", SetValue((0,), None), "no-safe-span", id="nothing in a flow list"),
        pytest.param("a: 1\n", Remove(("b",)), "no-such-place", id="no such key"),
        pytest.param("a: 1\n", AddKey(("a",), "2"), "no-such-place", id="key is there"),
        pytest.param("[a]\n", Remove((1,)), "no-such-place", id="no such item"),
        pytest.param("a: 1\na: 2\n", Remove(("a",)), "duplicate-key", id="invalid"),
    ],
)
def test_an_edit_that_is_not_safe_is_refused(before: str, edit: Edit, reason: str):
    with pytest.raises(CannotEdit) as refusal:
        edited(before.encode(), [edit], "a.yaml")
    assert refusal.value.problem.reason == reason
    assert refusal.value.problem.position.file == "a.yaml"


@pytest.mark.parametrize("file", [pytest.param(f, id="/".join(f.parts[-3:])) for f in SAMPLES])
def test_a_rewrite_that_means_the_same_is_the_same_bytes(file: Path):
    content = file.read_bytes()
    root = read(content, str(file)).root
    assert root is not None
    assert rewritten(content, plain(root)) == content


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("channels: {web: 70, app: 30} # both\n", "channels: {app: 30, web: 70} # both\n"),
        (
            "channels:\n  web: 70 # mostly\n  # at last\n  app: 30\nid: a\n",
            "channels:\n  # at last\n  app: 30\n  web: 70 # mostly\nid: a\n",
        ),
    ],
    ids=["flow", "block"],
)
def test_keys_in_another_order_move_with_their_comments(before: str, after: str):
    root = read(after.encode(), "").root
    assert root is not None
    assert rewritten(before.encode(), plain(root)).decode() == after


def test_a_byte_order_mark_and_mixed_line_ends_stay():
    content = b"\xef\xbb\xbfa: 1\r\nb: 2\nc: \xc3\xa9\r\n"
    assert edited(content, [SetValue(("b",), "3")]) == content.replace(b"2", b"3")


def test_a_new_file_is_written_from_nothing():
    value = {"rules": [{"id": "a", "why": "It is\nso."}, {"id": "b"}], "empty": []}
    document = read(written(value), "")
    assert document.root is not None
    assert plain(document.root) == value
