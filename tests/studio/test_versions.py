"""The page of versions, run without a browser, on a repository made by git."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charter.amendments import Amendment, Place, Put, Tag, Take, amended
from charter.history import Author, Drafts, HistoryError, Repository, ReviewState
from charter.presence import Visitor, announce
from charter.private_folder import PrivateFolder
from charter.studio import access
from charter.studio.roles import Role
from charter.usecases.drafts import (
    approve,
    ask_for_review,
    publish_draft,
    reviewed_drafts,
    save_draft,
)
from charter.workspace import read_folder
from tests.histories import git
from tests.history.test_drafts import WHEN
from tests.studio.carded import select
from tests.studio.test_app import APP, texts
from tests.studio.test_overview import until

ANNE, BOB = Author("Anne Delorme", "anne@example.org"), Author("Bob *bold*", "")
TILL = Place("touchpoint", "till", "visit")


@pytest.fixture(autouse=True)
def _a_known_author(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text("[user]\n\tname = Cleo\n\temail = cleo@example.org\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.fixture
def kept(root: Path) -> Path:
    """The small workspace, in a repository."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "A first charter")
    return root


def save(root: Path, name: str, *amendments: Amendment, what: str = "The till changes") -> str:
    repository = Repository.holding(root)
    try:
        started = Drafts(repository).tip(name)
    except HistoryError:
        started = repository.resolve("HEAD")
    changes = amended(repository.files(started), amendments)
    return save_draft(root, name, changes, started, author=BOB, message=what, now=WHEN).id


def opened(
    root: Path, monkeypatch: pytest.MonkeyPatch, language: str = "en", **said: str
) -> AppTest:
    """Open the page of versions."""
    monkeypatch.setattr(sys, "argv", [str(APP), str(root), language])
    app = AppTest.from_file(str(APP), default_timeout=30)
    for key, value in said.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("page/versions.py").run()
    assert not app.exception
    return app


def state_of(root: Path, name: str) -> ReviewState:
    return next(each.review.state for each in reviewed_drafts(root) if each.draft.name == name)


def test_where_no_versions_are_kept_the_page_teaches_and_begins(root: Path, monkeypatch):
    app = opened(root, monkeypatch)
    assert "is in no git repository" in texts(app)
    app.button(key="start-keeping").click().run()
    assert "Versions are kept from now on" in texts(app)
    assert git(root, "log", "--format=%an %s").strip() == "Cleo The first version"
    assert "As published" in texts(app)


def test_a_draft_is_shown_with_its_state_who_and_when(kept: Path, monkeypatch):
    seen = save(kept, "spring", Tag(TILL, "named-host"), what="The *till*")
    ask_for_review(kept, "spring", seen, author=BOB, words="Look, <b>please</b>", now=WHEN)
    told = texts(opened(kept, monkeypatch)).replace("\N{NO-BREAK SPACE}", " ")
    assert "In review" in told
    assert "Saved by Bob *bold* on 24 November 2026" in told
    assert "“The *till*”" in told
    assert "1 step ahead of what is published." in told
    assert "asked for a review" in told
    assert "Look, <b>please</b>" in told


def test_it_is_shown_in_french(kept: Path, monkeypatch):
    save(kept, "spring", Tag(TILL, "named-host"))
    compared = {"from": "HEAD", "to": "draft/spring"}
    told = until(opened(kept, monkeypatch, "fr", **compared), "Ce qui est dit autrement")
    assert "En cours d’écriture" in told
    assert "1 étape d’avance sur ce qui est publié" in told


def test_a_draft_is_reviewed_and_published_from_its_card(kept: Path, monkeypatch):
    save(kept, "spring", Tag(TILL, "named-host"))
    app = opened(kept, monkeypatch)
    app.text_area(key="ask-words-spring").set_value("Is the host named?").run()
    app.button(key="ask-0-spring").click().run()
    assert state_of(kept, "spring") is ReviewState.IN_REVIEW
    assert "Is the host named?" in texts(app)
    app.button(key="answer-1-spring").click().run()
    assert "Say what should be different" in texts(app)
    app.text_area(key="answer-words-spring").set_value("Not yet.").run()
    app.button(key="answer-1-spring").click().run()
    assert state_of(kept, "spring") is ReviewState.CHANGES_ASKED
    app.button(key="ask-0-spring").click().run()
    app.button(key="answer-0-spring").click().run()
    assert state_of(kept, "spring") is ReviewState.APPROVED
    assert app.text_area(key="answer-words-spring").value == ""
    app.button(key="publish-spring").click().run()
    assert "markers: + named-host" in texts(app)
    app.text_input(key="publish-message-spring").set_value("The host at the till").run()
    app.button(key="publish-now").click().run()
    assert state_of(kept, "spring") is ReviewState.PUBLISHED
    assert "The host at the till" in texts(app)
    tags = read_folder(kept).journeys[0].touchpoints[-1].markers
    assert [tag.marker for tag in tags if tag.status == "live"] == ["farewell", "named-host"]


def test_what_publishing_breaks_is_said_before(kept: Path, monkeypatch):
    save(kept, "spring", Tag(TILL, "farewell", None))
    app = opened(kept, monkeypatch)
    app.button(key="publish-spring").click().run()
    warnings = [warning.value for warning in app.warning]
    assert any("Publishing it breaks" in warning for warning in warnings), warnings
    assert any("Nobody has approved it yet." in info.value for info in app.info)


def test_what_an_invalid_draft_says_is_told_and_it_is_not_published(kept: Path, monkeypatch):
    repository = Repository.holding(kept)
    head = repository.resolve("HEAD")
    broken = {"journeys/visit.yaml": b"journey: visit\n"}
    save_draft(kept, "spring", broken, head, author=BOB, message="Oh", now=WHEN)
    app = opened(kept, monkeypatch)
    app.button(key="publish-spring").click().run()
    assert app.button(key="publish-now").disabled
    assert any("can't be compared" in warning.value for warning in app.warning)


def test_a_conflict_is_settled_in_the_draft_before_it_is_published(kept: Path, monkeypatch):
    save(kept, "spring", Put(TILL, ("owner",), "draft"))
    save(kept, "other", Put(TILL, ("owner",), "published"))
    publish_draft(kept, "other", author=ANNE, message="Other", now=WHEN)
    app = opened(kept, monkeypatch)
    app.button(key="publish-spring").click().run()
    app.button(key="publish-settle").click().run()
    assert "Journey “A visit” · Touchpoint “Till” · owner" in texts(app)
    app.radio[0].set_value("own").run()
    app.text_input[-1].set_value("both of us").run()
    app.button(key="settle-all").click().run()
    assert "What was published meanwhile is in the draft" in texts(app)
    app.button(key="publish-spring").click().run()
    app.button(key="publish-now").click().run()
    assert read_folder(kept).journeys[0].touchpoints[-1].owner == "both of us"


def test_a_draft_is_discarded_once_it_is_confirmed(kept: Path, monkeypatch):
    save(kept, "spring", Tag(TILL, "named-host"))
    app = opened(kept, monkeypatch, version="spring")
    app.button(key="discard-now-spring").click().run()
    assert reviewed_drafts(kept) == []
    assert "was discarded" in texts(app)


def test_what_lies_in_the_folder_is_put_into_a_draft(kept: Path, monkeypatch):
    file = kept / "journeys/visit.yaml"
    file.write_bytes(
        amended({"journeys/visit.yaml": file.read_bytes()}, [Put(TILL, ("owner",), "us")])[
            "journeys/visit.yaml"
        ]
    )
    app = opened(kept, monkeypatch)
    assert "1 file was saved there and isn't published yet: journeys/visit.yaml." in texts(app)
    app.text_input(key="folder-draft-name").set_value("spring").run()
    app.button(key="folder-into-draft-now").click().run()
    assert app.query_params["version"] in ("spring", ["spring"])
    app.button(key="publish-spring").click().run()
    app.button(key="publish-now").click().run()
    assert "As published" in texts(app)


def test_an_earlier_version_is_had_back_as_a_draft(kept: Path, monkeypatch):
    first = git(kept, "rev-parse", "HEAD").strip()
    save(kept, "spring", Put(TILL, ("owner",), "us"))
    publish_draft(kept, "spring", author=ANNE, message="Out", now=WHEN)
    app = opened(kept, monkeypatch)
    app.text_input(key=f"restore-name-{first[:12]}").set_value("bad..name").run()
    app.button(key=f"restore-now-{first[:12]}").click().run()
    assert "A draft can't be called “bad..name”." in texts(app)
    assert app.text_input(key=f"restore-name-{first[:12]}").value == "bad..name"
    app.text_input(key=f"restore-name-{first[:12]}").set_value("back").run()
    app.button(key=f"restore-now-{first[:12]}").click().run()
    assert "The version was restored as the draft “back”." in texts(app)
    assert git(kept, "diff", "--name-only", first, "draft/back") == ""


def test_any_two_versions_are_compared_and_a_link_shows_the_same(kept: Path, monkeypatch):
    first = git(kept, "rev-parse", "HEAD").strip()
    save(kept, "spring", Take(Place("touchpoint", "reviews", "visit")), what="No reviews")
    publish_draft(kept, "spring", author=ANNE, message="Out", now=WHEN)
    app = opened(kept, monkeypatch)
    app.button(key=f"log-compare-{Repository.holding(kept).resolve('HEAD').id[:12]}").click().run()
    until(app, "removed] touchpoint “Reviews”")
    said = {key: app.query_params[key] for key in ("from", "to")}
    link = {key: value if isinstance(value, str) else value[0] for key, value in said.items()}
    assert link["from"] == first
    until(opened(kept, monkeypatch, **link), "removed] touchpoint “Reviews”")


def test_others_who_have_a_draft_open_are_named(kept: Path, monkeypatch):
    save(kept, "spring", Tag(TILL, "named-host"))
    now = datetime.datetime.now(datetime.UTC)
    announce(PrivateFolder(kept), Visitor("other", "Dora [x](y)", "spring", "", now))
    assert "Dora [x](y) has it open now" in texts(opened(kept, monkeypatch))


def test_who_may_not_is_refused_on_the_server(kept: Path, monkeypatch):
    """What is shown is no guard: the role is asked for where it is done."""
    seen = save(kept, "spring", Tag(TILL, "named-host"))
    ask_for_review(kept, "spring", seen, author=BOB, words="", now=WHEN)
    app = opened(kept, monkeypatch)
    viewer = access.Visitor("Eve", "eve@example.org", Role.VIEWER)
    monkeypatch.setattr(access, "visitor", lambda: viewer)
    app.button(key="answer-0-spring").click().run()
    assert state_of(kept, "spring") is ReviewState.IN_REVIEW
    assert "Your role here is viewer" in texts(app)


def test_an_approved_draft_that_changed_is_said_to_have_changed(kept: Path, monkeypatch):
    seen = save(kept, "spring", Tag(TILL, "named-host"))
    approve(kept, "spring", seen, author=ANNE, words="", now=WHEN)
    save(kept, "spring", Put(TILL, ("owner",), "us"))
    assert "The draft was changed after this was said." in texts(opened(kept, monkeypatch))


def test_what_a_draft_changes_is_told_beside_what_was_published_meanwhile(kept: Path, monkeypatch):
    """What others published isn't told as if the draft took it back."""
    save(kept, "spring", Put(TILL, ("owner",), "us"))
    save(kept, "other", Put(Place("marker", "farewell"), ("owner",), "everybody"))
    publish_draft(kept, "other", author=ANNE, message="Other", now=WHEN)
    app = opened(kept, monkeypatch)
    app.button(key="compare-spring").click().run()
    assert "everybody" not in until(app, "owner: retail → us")
    select(app, "to", "draft/spring")
    until(app, "owner: everybody → –")


def test_what_lies_unpublished_in_the_folder_is_not_written_over(kept: Path, monkeypatch):
    save(kept, "spring", Put(TILL, ("owner",), "us"))
    file = kept / "charter.yaml"
    file.write_bytes(file.read_bytes() + b"# Not yet.\n")
    app = opened(kept, monkeypatch)
    assert "They say the same in other words or comments." in texts(app)
    app.button(key="publish-spring").click().run()
    app.button(key="publish-now").click().run()
    assert "saved in the shared charter and aren't published: charter.yaml" in texts(app)
    assert state_of(kept, "spring") is ReviewState.OPEN
