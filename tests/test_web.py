"""Pages on their own: whatever they are given stays text, and nothing is fetched."""

import re

import jinja2
import pytest

from charter.messages import Language
from charter.reports import web

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
PARTS = '{% import "parts.html" as parts %}'


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch):
    """Render a template that is written here."""

    def render(template: str, **content: object) -> str:
        loader = jinja2.ChoiceLoader(
            [jinja2.DictLoader({"own.html": template}), web._environment().loader or None]
        )
        environment = web._environment().overlay(loader=loader)
        monkeypatch.setattr(web, "_environment", lambda: environment)
        return web.document("own.html", Language.FRENCH, **content)

    return render


def test_a_page_allows_no_script_and_no_network(shown):
    page = shown('{% extends "base.html" %}{% block title %}T{% endblock %}')
    assert f'content="{POLICY}"' in page
    assert '<html lang="fr">' in page
    assert not re.search(r"<script|https?:|url\(|@import|\bsrc=|\bhref=", page)


def test_what_a_template_is_given_is_escaped(shown):
    page = shown("{{ words }}", words="<script>\"'&")
    assert page == "&lt;script&gt;&#34;&#39;&amp;\n"


def test_what_a_template_isnt_given_is_a_fault(shown):
    with pytest.raises(jinja2.UndefinedError):
        shown("{{ words }}")


def test_a_badge_has_a_sign_beside_its_colour(shown):
    page = shown(PARTS + '{{ parts.badge("warning", word) }}', word="a <warning>")
    assert re.sub(r"<[^>]+>", "", page).strip() == "!a &lt;warning&gt;"


def test_every_sign_differs_among_what_stands_together():
    for together in (("error", "warning", "info"), ("holds", "broken", "vacuous", "inconclusive")):
        assert len({web.SIGNS[kind] for kind in together}) == len(together)


def test_a_chain_tells_its_rounds(shown):
    rounds = [{"stops": ["Window"], "times": 1}, {"stops": ["<A>", "B"], "times": 3}]
    page = shown(PARTS + "{{ parts.chain(rounds) }}", rounds=rounds)
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
    assert told == "Window &lt;A&gt; B × 3"
