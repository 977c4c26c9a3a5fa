"""A page asks whether what it shows was saved since, and looks again only then."""

import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from charter.studio import news
from charter.studio.news import News
from charter.studio.served import app as served
from tests.histories import git
from tests.studio.carded import given
from tests.studio.test_app import APP

VISIT = "journeys/visit.yaml"


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "_followed", OrderedDict())


@pytest.fixture
def app(root: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), "en"])
    return AppTest.from_file(str(APP), default_timeout=30).run()


def asked(app: AppTest) -> News:
    """What the page of the app is told when it asks where it is said to."""
    address, _, name = given(app, "news")["address"].partition(f"?{news.NAMED}=")
    assert address == news.ADDRESS
    return news.told(name)


def save(root: Path, owner: str = "sales") -> None:
    file = root / VISIT
    file.write_text(file.read_text("utf-8").replace("owner: retail", f"owner: {owner}"), "utf-8")


def look_at_a_draft(app: AppTest, root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Begin")
    git(root, "branch", "draft/autumn")
    app.session_state["version"] = "autumn"
    app.run()


def break_file(root: Path) -> None:
    (root / VISIT).write_text("journey: [", "utf-8")


def test_there_is_nothing_new_until_somebody_saves(app: AppTest, root: Path):
    assert asked(app) is News.NONE
    save(root)
    assert asked(app) is News.SAVED


@pytest.mark.parametrize("change", [save, break_file])
def test_a_page_that_has_looked_again_knows(
    app: AppTest, root: Path, change: Callable[[Path], None]
):
    change(root)
    app.run()
    assert not app.exception
    assert asked(app) is News.NONE


def test_a_draft_is_looked_at_where_it_is_kept(app: AppTest, root: Path):
    look_at_a_draft(app, root)
    save(root)
    assert asked(app) is News.NONE, "the folder is another version"
    git(root, "commit", "--quiet", "--all", "--message=Sales own it")
    git(root, "branch", "--force", "draft/autumn", "HEAD")
    assert asked(app) is News.SAVED


def test_where_there_is_no_history_any_more_the_page_finds_out(app: AppTest, root: Path):
    look_at_a_draft(app, root)
    (root / ".git").rename(root / "elsewhere")
    assert asked(app) is News.SAVED


def test_who_asks_is_there_for_others(app: AppTest, root: Path):
    signs = root / ".charter-studio" / "presence"
    for sign in signs.iterdir():
        sign.unlink()
    asked(app)
    assert len(list(signs.iterdir())) == 1


def test_a_page_that_isnt_known_is_told_so():
    assert news.told("") is News.UNKNOWN
    assert news.told("no-page-s") is News.UNKNOWN


def test_pages_have_names_that_nobody_guesses(app: AppTest, root: Path):
    other = AppTest.from_file(str(APP), default_timeout=30).run()
    assert given(app, "news")["address"] != given(other, "news")["address"]
    assert len(given(app, "news")["address"].partition("=")[2]) > 20


def test_of_a_great_many_pages_those_silent_longest_are_forgotten():
    for number in range(1000):
        news.follow(str(number), lambda: False)
    news.told("0")
    news.follow("one more", lambda: True)
    assert [news.told(name) for name in ("0", "1", "one more")] == [
        News.NONE,
        News.UNKNOWN,
        News.SAVED,
    ]


def test_the_server_tells_it_as_plain_text_that_is_never_kept():
    news.follow("a page", lambda: True)
    (route,) = served._user_routes
    request = Request({"type": "http", "query_string": b"of=a+page", "headers": []})
    answer = route.endpoint(request)
    assert route.path == f"/{news.ADDRESS}"
    assert answer.body == b"saved"
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
