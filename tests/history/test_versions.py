"""Versions: what is published, what lies in the folder, and what was, brought back."""

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter.checker import Checked
from charter.compare import Comparison
from charter.history import Drafts, HistoryError, Outcome, Repository
from charter.merging.settling import Choice
from charter.presence import Visitor
from charter.store import Conflicted
from charter.usecases import drafts as drafts_usecases
from charter.usecases.versions import (
    compare_versions,
    folder_state,
    preview_of_publishing,
    published_versions,
    put_folder_into_draft,
    restore_version,
    revision_of_draft,
    start_keeping_versions,
    who_has_open,
)
from journeys.merge import Side
from tests.conftest import CHARTER, VISIT
from tests.history.building import WORKSPACE, Made
from tests.history.test_drafts import (
    ANNE,
    NOTE,
    VISIT_FILE,
    WHEN,
    started,
    state,
    with_name,
    with_owner,
)

TODAY = datetime.date(2026, 11, 24)
SIGNED = {"author": ANNE, "message": "Put together", "now": WHEN}


def restored(made: Made, revision: str, draft: str = "back") -> str:
    commit = restore_version(made.top, revision, draft, author=ANNE, message="As it was", now=WHEN)
    return commit.id


# Published versions.


def test_each_step_of_the_branch_that_changed_the_workspace_is_a_version(made: Made):
    first = made.git("rev-parse", "HEAD")
    made.commit({"README.md": b"x"}, "Nothing of the charter")
    second = made.commit({VISIT_FILE: with_owner("sales")}, "Sales owns the till")
    drafts, commit = started(made)
    saved = drafts.save(
        "spring", {VISIT_FILE: with_name("X", with_owner("sales").decode())}, commit, NOTE
    )
    drafts.save("spring", {"content/a.md": b"a"}, saved, NOTE)
    made.commit({"charter.yaml": CHARTER.encode() + b"# more\n"}, "A comment")
    drafts.publish("spring", NOTE)
    found = published_versions(Path(made.top))
    assert [each.commit.subject for each in found] == [
        "The host is named on the web",
        "A comment",
        "Sales owns the till",
        # That the workspace is the repository's folder makes its other files its neighbours.
        "Nothing of the charter",
        "A first charter",
    ]
    assert [each.before and each.before.id for each in found][1:] == [
        second,
        found[3].commit.id,
        first,
        None,
    ]
    assert [each.commit for each in published_versions(made.top, most=2)] == [
        each.commit for each in found[:2]
    ]


# Restoring.


def test_a_restored_version_is_a_draft_that_goes_on_from_today(made: Made):
    first = made.git("rev-parse", "HEAD")
    head = made.commit(
        {VISIT_FILE: with_name("X"), "journeys/new.yaml": b"journey: new", "README.md": b"x"}
    )
    before = state(made)
    tip = restored(made, first)
    assert state(made) == before
    assert made.git("rev-parse", f"{tip}^") == head
    assert made.git("diff", "--name-status", first, tip) == "A\tREADME.md"
    published = Drafts(Repository.holding(made.top)).publish("back", NOTE)
    assert published.outcome is Outcome.FORWARDED
    assert (made.top / VISIT_FILE).read_bytes() == WORKSPACE[VISIT_FILE]
    assert not (made.top / "journeys/new.yaml").exists()
    assert (made.top / "README.md").exists()


def test_what_is_restored_takes_no_draft_s_place(made: Made):
    drafts, commit = started(made)
    drafts.save("back", {VISIT_FILE: with_name("X")}, commit, NOTE)
    with pytest.raises(HistoryError, match="draft-exists"):
        restored(made, "HEAD")
    assert drafts.tip("back").subject == NOTE.message.partition("\n")[0]


def test_there_is_nothing_to_restore_before_the_workspace(tmp_path: Path):
    made = Made.at(tmp_path / "here")
    first = made.commit({"README.md": b"x"})
    made.commit({f"marque/{name}": content for name, content in WORKSPACE.items()})
    with pytest.raises(HistoryError, match="no-folder-then"):
        restore_version(made.top / "marque", first, "back", **SIGNED)


FILES = ["charter.yaml", VISIT_FILE, "journeys/more.yaml", "content/a/b.md", "plans/p.yaml"]
STEPS = st.lists(
    st.dictionaries(
        st.sampled_from(FILES), st.none() | st.sampled_from([b"a: 1\n", b"b: 2\n", b""]), min_size=1
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS, st.data())
def test_whatever_was_published_can_be_had_back(tmp_path_factory, steps, data):
    made = Made.at(tmp_path_factory.mktemp("any") / "charters")
    folder = {"charter.yaml": CHARTER.encode()}
    made.commit({f"brand/{name}": content for name, content in folder.items()})
    past = [(made.git("rev-parse", "HEAD"), dict(folder))]
    for step in steps:
        change = {name: c for name, c in step.items() if c is not None or name in folder}
        for name, content in change.items():
            folder.pop(name, None)
            if content is not None:
                folder[name] = content
        if not folder:
            break
        commit = made.commit({f"brand/{name}": content for name, content in change.items()})
        past.append((commit, dict(folder)))
    version, wanted = data.draw(st.sampled_from(past))
    tip = restore_version(made.top / "brand", version, "back", **SIGNED).id
    listed = made.git("ls-tree", "-r", "--name-only", f"{tip}:brand").splitlines()
    assert {name: made.git("show", f"{tip}:brand/{name}") for name in listed} == {
        name: content.decode().removesuffix("\n") for name, content in wanted.items()
    }


# The folder's own changes.


def test_a_folder_that_is_as_published_has_no_changes(made: Made):
    made.git("config", "core.autocrlf", "true")
    (made.top / "charter.yaml").write_bytes(CHARTER.encode().replace(b"\n", b"\r\n"))
    (made.top / "notes.txt").write_bytes(b"nobody's")
    assert folder_state(made.top).changes == ()


def test_the_folder_s_changes_are_told_and_which_of_them_mean_something(made: Made):
    made.commit({"content/old.md": b"x", ".gitignore": b"content/*.tmp\n"})
    (made.top / "charter.yaml").write_bytes(b"# A comment.\n" + CHARTER.encode())
    (made.top / VISIT_FILE).write_bytes(with_name("X"))
    (made.top / "content/old.md").unlink()
    (made.top / "content/deep").mkdir()
    (made.top / "content/deep/new.md").write_bytes(b"new")
    (made.top / "content/a.tmp").write_bytes(b"overlooked")
    (made.top / "content/.DS_Store").write_bytes(b"hidden")
    (made.top / "content/link.md").symlink_to("/etc/hostname")
    found = folder_state(made.top)
    meant = ("content/deep/new.md", "content/old.md", VISIT_FILE)
    assert [(each.file, each.committed, each.lying) for each in found.changes] == [
        ("charter.yaml", CHARTER.encode(), b"# A comment.\n" + CHARTER.encode()),
        ("content/deep/new.md", None, b"new"),
        ("content/old.md", b"x", None),
        (VISIT_FILE, VISIT.encode(), with_name("X")),
    ]
    assert found.meant == meant


def work_in(made: Made) -> None:
    """Somebody works in the folder."""
    (made.top / VISIT_FILE).write_bytes(with_name("X"))
    (made.top / "content").mkdir()
    (made.top / "content/new.md").write_bytes(b"new")
    (made.top / "waivers.yaml").write_bytes(b"[]\n")


def test_what_lies_in_the_folder_is_put_into_a_draft_and_published_from_there(made: Made):
    work_in(made)
    before = state(made)
    put_folder_into_draft(made.top, "spring", **SIGNED)
    assert state(made) == before
    published = drafts_usecases.publish_draft(made.top, "spring", **SIGNED)
    assert published.outcome is Outcome.FORWARDED
    assert made.git("status", "--porcelain") == ""
    assert (made.top / VISIT_FILE).read_bytes() == with_name("X")
    assert folder_state(made.top).changes == ()


def test_so_it_is_if_it_was_added_to_the_index_and_the_branch_went_on_meanwhile(made: Made):
    work_in(made)
    put_folder_into_draft(made.top, "spring", **SIGNED)
    made.git("add", VISIT_FILE, "content/new.md")
    (made.top / "charter.yaml").write_bytes(CHARTER.encode() + b"# more\n")
    made.git("commit", "--quiet", "--message", "A comment", "charter.yaml")
    published = drafts_usecases.publish_draft(made.top, "spring", **SIGNED)
    assert published.outcome is Outcome.MERGED
    assert made.git("status", "--porcelain") == ""
    assert (made.top / VISIT_FILE).read_bytes() == with_name("X")


def test_others_may_go_on_with_what_lay_in_the_folder(made: Made):
    """What lies there is in the draft's history, so that nothing is lost by writing over it."""
    work_in(made)
    first = put_folder_into_draft(made.top, "spring", **SIGNED)
    drafts, _ = started(made)
    better = with_name("Better")
    drafts.save("spring", {VISIT_FILE: better}, first, NOTE)
    drafts_usecases.publish_draft(made.top, "spring", **SIGNED)
    assert (made.top / VISIT_FILE).read_bytes() == better
    assert made.git("status", "--porcelain") == ""


def test_what_was_saved_in_the_folder_since_is_not_written_over(made: Made):
    work_in(made)
    put_folder_into_draft(made.top, "spring", **SIGNED)
    (made.top / VISIT_FILE).write_bytes(with_name("Later still"))
    before = state(made)
    with pytest.raises(HistoryError, match="unsaved-work"):
        drafts_usecases.publish_draft(made.top, "spring", **SIGNED)
    assert state(made) == before
    put_folder_into_draft(made.top, "later", **SIGNED)


# Comparing.


def compared(comparison: Comparison | Checked) -> list[tuple[str, str]]:
    assert isinstance(comparison, Comparison)
    return [(str(each.what), str(each.how)) for each in comparison.changes]


def test_any_two_versions_are_compared_the_folder_too(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    (made.top / VISIT_FILE).write_bytes(with_owner("sales"))
    draft = revision_of_draft("spring")
    for old, new, number in (
        ("HEAD", draft, 1),
        (draft, "HEAD", 1),
        ("", "HEAD", 1),
        ("HEAD", "", 1),
        ("", draft, 2),
        ("HEAD", "HEAD", 0),
    ):
        found = compare_versions(made.top, old, new, TODAY)
        assert isinstance(found, Comparison)
        assert (found.old, found.new, len(found.changes)) == (old, new, number)


def test_publishing_is_previewed_with_what_others_published_meanwhile(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    made.commit({VISIT_FILE: with_owner("sales")})
    before = state(made)
    found = preview_of_publishing(made.top, "spring", TODAY)
    assert isinstance(found, Comparison)
    assert len(found.changes) == 1
    assert found.after.workspace is not None
    assert found.after.workspace.journeys[0].touchpoints[-1].owner == "sales"
    assert state(made) == before


def test_a_version_that_is_invalid_is_told_instead(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: b"journey: ["}, commit, NOTE)
    found = preview_of_publishing(made.top, "spring", TODAY)
    assert isinstance(found, Checked)
    assert found.report.findings[0].position.file == f"draft/spring:{VISIT_FILE}"


# Bringing together.


def test_a_draft_takes_in_what_was_published_and_conflicts_are_settled(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("Mine")}, commit, NOTE)
    head = made.commit({VISIT_FILE: with_owner("sales", with_name("Theirs").decode())})
    with pytest.raises(Conflicted) as refused:
        drafts_usecases.bring_in_published(made.top, "spring", **SIGNED)
    choices = [Choice(conflict, Side.MINE) for conflict in refused.value.conflicts]
    tip = drafts_usecases.bring_in_published(made.top, "spring", choices, **SIGNED)
    assert made.git("log", "-1", "--format=%P", tip.id).split()[1] == head
    wanted = with_owner("sales", with_name("Mine").decode())
    assert drafts.repository.files(tip)[VISIT_FILE] == wanted
    assert drafts_usecases.bring_in_published(made.top, "spring", **SIGNED) == tip
    assert drafts.publish("spring", NOTE).outcome is Outcome.FORWARDED
    assert (made.top / VISIT_FILE).read_bytes() == wanted


@pytest.mark.parametrize("side", list(Side))
def test_a_file_that_one_side_removed_is_settled_too(side: Side, made: Made):
    drafts, commit = started(made)
    made.commit({VISIT_FILE: None})
    drafts.save("spring", {VISIT_FILE: with_name("Mine")}, commit, NOTE)
    with pytest.raises(Conflicted) as refused:
        drafts.bring_in("spring", NOTE)
    choices = [Choice(conflict, side) for conflict in refused.value.conflicts]
    files = drafts.repository.files(drafts.bring_in("spring", NOTE, choices))
    assert files.get(VISIT_FILE) == (with_name("Mine") if side is Side.MINE else None)


# Beginning.


def write(root: Path) -> None:
    (root / "journeys").mkdir(parents=True)
    for name, content in WORKSPACE.items():
        (root / name).write_bytes(content)
    (root / "secret.env").write_bytes(b"password")


@pytest.mark.parametrize("place", ["", "marque/Été"])
@pytest.mark.parametrize("is_there", [True, False])
def test_versions_are_kept_from_now_on(place: str, is_there: bool, tmp_path: Path):
    made = Made(tmp_path / "here")
    if is_there:
        Made.at(made.top)
    root = made.top / place
    write(root)
    commit = start_keeping_versions(root, author=ANNE, message="A first version", now=WHEN)
    if not is_there:
        made = Made(root)
    assert Repository.holding(root).files(commit) == WORKSPACE
    assert made.git("branch", "--show-current") == "main"
    told = made.git("status", "--porcelain", "-z").split("\0")[:-1]
    assert [line[3:].rpartition("/")[2] for line in told] == ["secret.env"]
    assert folder_state(root).changes == ()
    with pytest.raises(HistoryError, match="begun"):
        start_keeping_versions(root, **SIGNED)


def test_nothing_is_begun_where_there_is_nothing_to_keep(tmp_path: Path):
    with pytest.raises(HistoryError, match="nothing-to-keep"):
        start_keeping_versions(tmp_path, **SIGNED)
    assert list(tmp_path.iterdir()) == []


def test_no_program_of_the_machine_s_own_templates_is_brought_in(tmp_path: Path):
    hooks = tmp_path / "templates/hooks"
    hooks.mkdir(parents=True)
    (hooks / "post-commit").write_text("#!/bin/sh\nexit 1\n")
    (Path(os.environ["HOME"]) / ".gitconfig").write_text(
        f"[init]\n\ttemplateDir = {tmp_path / 'templates'}\n"
    )
    write(tmp_path / "here")
    start_keeping_versions(tmp_path / "here", **SIGNED)
    assert not (tmp_path / "here/.git/hooks").exists()


# Who is there.


def test_others_who_have_a_version_open_are_named_once():
    here = [
        Visitor("a", "Anne", "spring", "", WHEN),
        Visitor("b", "Bob", "spring", "", WHEN),
        Visitor("c", "Bob", "spring", "", WHEN),
        Visitor("d", "Cleo", "", "", WHEN),
    ]
    assert who_has_open(here, "a", ["spring", "", "x"]) == {
        "spring": ("Bob",),
        "": ("Cleo",),
        "x": (),
    }
