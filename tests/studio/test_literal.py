"""Users' texts inside Markdown."""

import pytest
from markdown_it import MarkdownIt

from charter.studio.literal import literal


@pytest.mark.parametrize(
    "text",
    [
        "*stars* and _lines_",
        "# no title",
        "1. no list",
        "[a link](https://example.org)",
        "<script>alert(1)</script> & <img src=x>",
        "`code` and ~~lines~~",
        "\\ a backslash",
        "“What’s next?”",
        "مرحبا 🙂",
    ],
)
def test_a_text_is_shown_as_it_is_written(text: str):
    """Rendered, it is one paragraph of text and nothing else."""
    rendered = MarkdownIt().enable("strikethrough").parse(literal(text))
    assert [token.type for token in rendered] == ["paragraph_open", "inline", "paragraph_close"]
    children = rendered[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children)
    assert shown.replace("\N{WORD JOINER}", "") == text


@pytest.mark.parametrize("text", [":red[danger]", ":material/delete:", ":smile:", "$x^2$"])
def test_what_streamlit_reads_is_parted(text: str):
    """Streamlit's colours, icons and emojis begin with a colon, its formulas with a dollar."""
    shown = literal(text)
    assert ":r" not in shown
    assert ":m" not in shown
    assert ":s" not in shown
    assert "$" not in shown.replace("\\$", "")


def test_lines_become_one():
    assert literal("one\n\n- two") == "one \\- two"


def test_spaces_that_hold_words_together_stay():
    assert literal("50\N{NO-BREAK SPACE}x") == "50\N{NO-BREAK SPACE}x"
