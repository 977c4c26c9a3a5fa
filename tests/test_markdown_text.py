"""Markdown made of people's words: rendered, it shows the words and nothing else."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from charter.messages import visible
from charter.reports.markdown_text import code, details, escape, table

RENDERER = MarkdownIt("gfm-like", {"html": True})
WORD_JOINER = "\u2060"

WORDS = {
    "emphasis": "*a* _b_ **c** ~~d~~",
    "link": "[click](javascript:alert(1)) [a][b] <https://a.example>",
    "image": "![](https://a.example/x.png)",
    "autolink": "https://a.example www.a.example WWW.a.example me@a.example mailto:me@a.example",
    "html": "<img src=x onerror=alert(1)> </td> <!-- a --> &lt; &#60;",
    "code": "`a` ``b",
    "table": "a | b \\| c \\\\| d",
    "heading": "# a",
    "list": "- a",
    "another list": "+ a",
    "numbers": "1. a",
    "more numbers": "12) a",
    "quote": "> a",
    "rule": "---",
    "break": "a\\",
    "lines": "a\n\n# b\r\n- c",
    "mention": "@somebody #123 a@b",
    "mathematics": "$a$ $$b$$",
    "emoji": ":smile:",
    "footnote": "[^1]: a",
    "task": "[ ] a",
    "alert": "[!NOTE] a",
}


def shown(page: str) -> str:
    """The text that a reader sees."""
    text = html.unescape(re.sub(r"<[^>]*>", "", page)).replace(WORD_JOINER, "")
    return re.sub(r"\s+", " ", text).strip()


def wanted(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text).replace(WORD_JOINER, "")).strip()


PLACES = {
    "line": ("{}", "p"),
    "item": ("- {}", "ul li p"),
    "heading": ("### {}", "h3"),
    "bold": ("**x {} x**", "p strong"),
    "cell": ("| a |\n| --- |\n| {} |", "table thead tr th tbody td"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_words_stay_words_wherever_they_stand(words: str, place: str):
    template, allowed = PLACES[place]
    page = RENDERER.render(template.format(escape(words)))
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= set(allowed.split())
    assert wanted(words) in shown(page)


MARKUP = st.text("*_`[]()<>!#|~\\$&:@/.-+1a \n", min_size=1)


@given(MARKUP | st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_stays_text(words: str):
    page = RENDERER.render(f"x {escape(words)} x")
    assert set(re.findall(r"</?([a-z0-9]+)", page)) <= {"p"}
    assert shown(page) == wanted(f"x {visible(words).strip()} x")


@given(st.text("`|\\ ab<", min_size=1))
def test_any_text_stays_text_as_code(words: str):
    page = RENDERER.render(f"x {code(words)} x")
    assert re.sub(r"[^<]*(<[^>]*>)[^<]*", r"\1", page) == "<p><code></code></p>"


@given(st.lists(st.text("|\\`a<*\n", min_size=1), min_size=1))
def test_a_table_has_the_cells_it_is_given(words: list[str]):
    rows = [[escape(each), "b"] for each in words]
    page = RENDERER.render(table(["a", "b"], rows))
    assert page.count("<td>") == 2 * len(words)


def test_bars_in_code_are_no_ends_of_cells():
    page = RENDERER.render(table(["a", "b"], [[code("a | b"), "c"]]))
    assert "<td><code>a | b</code></td>" in page


def test_github_mentions_nobody():
    """It looks for them in what is shown, where nothing is escaped any more."""
    page = RENDERER.render(escape("@somebody and org/repo#12"))
    assert not re.search(r"[@#]\w", html.unescape(re.sub(r"<[^>]*>", "", page)))


def test_what_is_folded_away_has_a_plain_heading():
    made = details("<b>@a</b>", "**content**")
    assert made.startswith("<details><summary>&lt;b&gt;@\u2060a&lt;/b&gt;</summary>\n\n")
    assert "<strong>content</strong>" in RENDERER.render(made)
