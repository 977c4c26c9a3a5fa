"""YAML is read into values that know where they stand, and nothing that is read does harm."""

import contextlib
import gc
import time
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journeys import source
from journeys.source import (
    DEPTH_LIMIT,
    NODE_LIMIT,
    SIZE_LIMIT,
    Block,
    Document,
    Items,
    Node,
    Position,
    Text,
    lines_of,
    paused_garbage_collection,
    read,
)

EXAMPLES = 300


def read_text(text: str) -> Document:
    return read(text.encode(), "a.yaml")


def problems(text: str) -> list[tuple[str, int, int]]:
    """The reason and place of each problem of a text."""
    return [
        (problem.reason, problem.position.line, problem.position.column)
        for problem in read_text(text).problems
    ]


def plain(node: Node | None) -> object:
    """A value without its positions."""
    if isinstance(node, Block):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node]
    return None if node is None else str(node)


def texts_of(node: Node | None) -> Iterator[Text]:
    """Every scalar of a value, keys included."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Block):
        for key, value in node.items():
            assert isinstance(key, Text)
            yield key
            yield from texts_of(value)
    elif isinstance(node, Items):
        for item in node:
            yield from texts_of(item)


def lies_inside(position: Position, text: str) -> bool:
    """Whether a position is a place in a text.

    Just behind the end of a line is one too, and the line that would come next: there stands the
    blank that a last "?" stands before.
    """
    lines = [*lines_of(text), ""]
    return 1 <= position.line <= len(lines) and (
        1 <= position.column <= len(lines[position.line - 1]) + 1
    )


# What is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["no", "on", "yes", "true", "null", "~", "010", "0x1F", "1e3", "1_000", ".inf", "2026-01-01"],
)
def test_a_scalar_stays_the_text_that_was_written(written: str):
    """What it means is for the field to say that asks for it."""
    assert plain(read_text(f"{{a: {written}, {written}: [{written}]}}").root) == {
        "a": written,
        written: [written],
    }


@pytest.mark.parametrize(
    ("text", "is_blank"),
    [
        pytest.param("a:", True, id="nothing at all"),
        pytest.param("a: # a comment", True, id="a comment"),
        pytest.param("{a: }", True, id="nothing in braces"),
        pytest.param('a: ""', False, id="two quotes"),
        pytest.param("a: |\n", False, id="an empty block"),
        pytest.param("a: ~", False, id="a tilde"),
    ],
)
def test_a_blank_is_told_from_an_empty_text(text: str, is_blank: bool):
    root = read_text(text).root
    assert isinstance(root, Block)
    value = root["a"]
    assert isinstance(value, Text)
    assert value.is_blank is is_blank


def test_every_value_knows_its_line_and_column():
    """They count from 1, columns in characters."""
    text = 'é: [𝄞, "x"]\nb:\n  - {c: d}\n'
    root = read_text(text).root
    assert isinstance(root, Block)
    found = [(str(t), t.position.line, t.position.column) for t in texts_of(root)]
    assert found == [
        ("é", 1, 1),
        ("𝄞", 1, 5),
        ("x", 1, 8),
        ("b", 2, 1),
        ("c", 3, 6),
        ("d", 3, 9),
    ]
    assert [root.position, root["é"].position, root["b"].position] == [
        Position("a.yaml", 1, 1),
        Position("a.yaml", 1, 4),
        Position("a.yaml", 3, 3),
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "byte order mark"])
def test_positions_are_those_an_editor_shows(line_break: str, mark: str):
    """Whatever ends a line, and whether or not a byte order mark precedes it all."""
    root = read_text(mark + line_break.join(["a: b", "", "c: d", ""])).root
    places = [(t.position.line, t.position.column) for t in texts_of(root)]
    assert places == [(1, 1), (1, 4), (3, 1), (3, 4)]


def test_a_key_knows_its_place_and_a_missing_one_gets_that_of_its_mapping():
    root = read_text("- {a: b,\n   c: d}").root
    assert isinstance(root, Items)
    block = root[0]
    assert isinstance(block, Block)
    assert block.position_of_key("c") == Position("a.yaml", 2, 4)
    assert block.position_of_key("e") == Position("a.yaml", 1, 3)


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [("empty-file", 1, 1)], id="nothing"),
        pytest.param("# only\n# comments\n", [("empty-file", 1, 1)], id="comments"),
        pytest.param("---\n...\n", [("empty-file", 1, 1)], id="an empty document"),
        pytest.param("a: b\na: c\n", [("duplicate-key", 2, 1)], id="duplicate key"),
        pytest.param("{a: {b: 1, b: 2}}", [("duplicate-key", 1, 12)], id="inner duplicate key"),
        pytest.param("a: &x b\nc: *x\n", [("anchor", 1, 4), ("alias", 2, 4)], id="alias"),
        pytest.param("a: !!str b\n", [("tag", 1, 4)], id="tag"),
        pytest.param("--- a\n--- b\n", [("several-documents", 2, 1)], id="two documents"),
        pytest.param("? [a]\n: b\n", [("key-not-text", 1, 3)], id="a list for a key"),
        pytest.param("a:\n\tb: c\n", [("tab", 2, 1)], id="tab before a key"),
        pytest.param("a:\n  - b: c\n\td: e\n", [("tab", 3, 1)], id="tab in a list"),
        pytest.param("a: [\n", [("bracket-open", 1, 5)], id="open bracket"),
        pytest.param('a: "b\n', [("quote-open", 1, 4)], id="open quote"),
        pytest.param("a: b: c\n", [("colon-unexpected", 1, 5)], id="colon in a text"),
        pytest.param("a: 'L'été'\n", [("quote-inside", 1, 7)], id="quote inside quotes"),
        pytest.param("a: - b\n", [("list-in-line", 1, 4)], id="list behind a key"),
        pytest.param('a: "\\d"\n', [("escape", 1, 5)], id="unknown escape"),
        pytest.param("a: @b\n", [("character", 1, 4)], id="at sign"),
        pytest.param("a: b\n  \x07\n", [("unprintable", 2, 3)], id="a bell"),
        pytest.param(
            "a: b\n<<<<<<< HEAD\n=======\n>>>>>>> main\n", [("conflict-marker", 2, 1)], id="merge"
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: list[tuple[str, int, int]]):
    assert problems(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: |\n  <<<<<<< HEAD\n", id="one marker, indented"),
        pytest.param("a: |\n  b\n=======\n".replace("\n=", "\n  ="), id="an underlined title"),
        pytest.param("# =======\na: b\n", id="a line in a comment"),
    ],
)
def test_what_only_resembles_a_merge_is_read(text: str):
    assert problems(text) == []


def test_every_problem_that_doesnt_stop_reading_is_told_in_order():
    text = "a: !x b\nc: &y d\ne: *y\na: f\ng: *z\n"
    assert problems(text) == [
        ("tag", 1, 4),
        ("anchor", 2, 4),
        ("alias", 3, 4),
        ("duplicate-key", 4, 1),
        ("alias", 5, 4),
    ]


def test_a_repeated_key_keeps_its_first_value():
    assert plain(read_text("a: b\na: c\n").root) == {"a": "b"}


@pytest.mark.parametrize(
    ("content", "column"),
    [
        pytest.param(b"a: \xe9", 4, id="latin letter"),
        pytest.param("été: ".encode() + b"\xff", 6, id="columns count characters"),
        pytest.param(b"a: \xed\xa0\x80", 4, id="half of a pair"),
        pytest.param(b"a: \xc3", 4, id="cut short"),
    ],
)
def test_bytes_that_are_no_utf_8_are_told_with_their_place(content: bytes, column: int):
    (problem,) = read(b"# first line\n" + content, "a.yaml").problems
    assert (problem.reason, problem.position) == ("not-utf-8", Position("a.yaml", 2, column))


# Limits ---------------------------------------------------------------------------------------


def nested_lists(depth: int) -> str:
    return "[" * depth + "]" * depth


def nested_mappings(depth: int) -> str:
    return "{a: " * depth + "b" + "}" * depth


def nested_by_indentation(depth: int) -> str:
    return "\n".join(f"{'  ' * level}a:" for level in range(depth)) + " b"


@pytest.mark.parametrize("nested", [nested_lists, nested_mappings, nested_by_indentation])
def test_nesting_is_read_down_to_the_limit_and_no_deeper(nested):
    assert problems(nested(DEPTH_LIMIT)) == []
    (problem,) = read_text(nested(DEPTH_LIMIT + 1)).problems
    assert problem.reason == "too-deep"
    assert problem.parameters == {"limit": DEPTH_LIMIT}


def test_depth_is_that_of_the_deepest_place_not_the_sum_of_all():
    assert problems(f"[{nested_lists(DEPTH_LIMIT - 1)}, {nested_lists(DEPTH_LIMIT - 1)}]") == []


def test_the_limits_are_those_that_users_are_told():
    assert (SIZE_LIMIT, DEPTH_LIMIT, NODE_LIMIT) == (10 * 2**20, 64, 1_000_000)


def test_values_are_read_up_to_the_limit_and_no_more(monkeypatch: pytest.MonkeyPatch):
    """Lists, mappings and keys are values too."""
    monkeypatch.setattr(source, "NODE_LIMIT", 100)
    whole = "[{a: b}, " + "c," * 96 + "]"
    assert problems(whole) == []
    assert problems(whole.replace("]", "c]")) == [("too-many-nodes", 1, len(whole))]


def test_a_file_is_read_up_to_the_limit_of_its_size_in_bytes():
    content = b"a: b # " + "é".encode() * ((SIZE_LIMIT - 7) // 2) + b"x"
    assert len(content) == SIZE_LIMIT
    assert read(content, "a.yaml").problems == ()
    (problem,) = read(content + b"x", "a.yaml").problems
    assert problem.reason == "too-large"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("[" * 200_000, id="brackets"),
        pytest.param("{a: " * 200_000, id="braces"),
        pytest.param("- " * 200_000, id="dashes"),
        pytest.param("? " * 200_000, id="question marks"),
        pytest.param("'" * 200_001, id="quotes"),
        pytest.param("a: &a [" + "*a," * 200_000, id="aliases"),
        pytest.param("&a " * 200_000, id="anchors"),
        pytest.param("%TAG ! tag:a\n" * 100_000, id="directives"),
        pytest.param("---\n" * 200_000, id="documents"),
        pytest.param("a: |\n" + " " * 1_000_000, id="spaces"),
        pytest.param("a" * 2_000_000, id="one long word"),
        pytest.param("\n" * 2_000_000 + "\x07", id="lines"),
    ],
)
def test_a_hostile_file_costs_little(content: str):
    before = time.process_time()
    read_text(content)
    assert time.process_time() - before < 5


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(is_enabled: bool):
    was_enabled = gc.isenabled()
    try:
        gc.enable() if is_enabled else gc.disable()
        with contextlib.suppress(ZeroDivisionError), paused_garbage_collection():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable() if was_enabled else gc.disable()


# Properties -----------------------------------------------------------------------------------

# Pieces of YAML, which make likelier mistakes than letters drawn one by one.
pieces = st.lists(
    st.sampled_from(
        [
            *"abé𝄞 \t\n\r,:-?[]{}#&*!|>'\"%@`\\<=~",
            *("\n  ", ": ", "- ", "\n", "\r\n", "<<: ", "---\n", "a: ", "&a ", "*a", "!!str "),
            *("\ufeff", "\x85", "\u2028", "\x07", "\x00", "\ufffe"),
        ]
    ),
    max_size=40,
).map("".join)
anything = st.one_of(st.binary(max_size=200), pieces.map(str.encode), st.text().map(str.encode))


@settings(max_examples=EXAMPLES * 3)
@given(anything)
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: *")
@example(b'"\\\n')
def test_whatever_is_read_every_position_is_a_place_in_it(content: bytes):
    """And nothing is raised; what was read, and what is wrong, both know where they stand."""
    document = read(content, "a.yaml")
    text = document.text or content.decode("utf-8", errors="replace")
    for problem in document.problems:
        assert lies_inside(problem.position, text), problem
    for scalar in texts_of(document.root):
        assert lies_inside(scalar.position, text), scalar
    assert list(document.problems) == sorted(document.problems, key=lambda p: p.position)
    assert document.problems or document.root is not None


@settings(max_examples=EXAMPLES * 3)
@given(pieces)
def test_what_another_reader_takes_is_read_alike(text: str):
    """PyYAML's own loader, told to guess no types, and we find the same data in a file."""
    document = read_text(text)
    if document.problems:
        return
    data = yaml.load(text.lstrip("\ufeff"), yaml.CBaseLoader)
    assert plain(document.root) == data


@settings(max_examples=EXAMPLES)
@given(pieces)
def test_what_another_reader_takes_is_refused_only_for_a_reason(text: str):
    """A file that PyYAML reads is read by us too, unless it uses what isn't read on purpose."""
    try:
        data = yaml.load(text.lstrip("\ufeff"), yaml.CBaseLoader)
    except (yaml.YAMLError, TypeError, ValueError):
        return
    reasons = {problem.reason for problem in read_text(text).problems}
    purposes = {"alias", "anchor", "tag", "duplicate-key", "key-not-text", "conflict-marker"}
    assert reasons <= (purposes | {"empty-file"} if not data else purposes)


scalars = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
data_trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(scalars, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=EXAMPLES)
@given(st.dictionaries(scalars, data_trees, min_size=1, max_size=4), st.booleans())
def test_data_that_was_written_is_read_back(data: dict[str, object], in_flow: bool):
    text = yaml.dump(data, Dumper=AsText, default_flow_style=in_flow, allow_unicode=True, width=40)
    assert plain(read_text(text).root) == data


class AsText(yaml.SafeDumper):
    """Writes without the anchors that PyYAML adds for equal objects."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@settings(max_examples=EXAMPLES)
@given(st.lists(st.text("abcdé𝄞0-", min_size=1, max_size=8), min_size=1, max_size=8, unique=True))
def test_the_position_of_a_scalar_points_at_its_text(words: list[str]):
    """In blocks and in brackets, plain and quoted."""
    quoted = [f'"{word}"' for word in words]
    text = "".join(f"{word}:\n  - [{', '.join(quoted)}]\n" for word in quoted)
    lines = lines_of(text)
    for scalar in texts_of(read_text(text).root):
        line, column = scalar.position.line, scalar.position.column
        assert lines[line - 1][column - 1 :].startswith(f'"{scalar}"')
