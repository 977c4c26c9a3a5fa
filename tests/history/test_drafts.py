"""Drafts are saved, published and discarded without losing anybody's work."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from charter.history import Author, Commit, Drafts, HistoryError, Note, Outcome, Repository, writing
from charter.history import drafts as drafts_module
from charter.store import Conflicted
from charter.workspace import read_folder
from tests.conftest import CHARTER, VISIT
from tests.history.building import WORKSPACE, Made

WHEN = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
ANNE = Author("Anne Bérard", "anne@example.org")
NOTE = Note(ANNE, WHEN, "The host is named on the web\n\nAnd why.")
VISIT_FILE = "journeys/visit.yaml"


def with_name(name: str, base: str = VISIT) -> bytes:
    """The journey with another name."""
    return base.replace("{en: A visit, fr: Une visite}", name).encode()


def with_owner(owner: str, base: str = VISIT) -> bytes:
    """The journey with another owner of its till."""
    return base.replace("owner: retail", f"owner: {owner}").encode()


def drafts_of(made: Made, place: str = "") -> Drafts:
    return Drafts(Repository.holding(made.top / place))


def state(made: Made) -> tuple[object, ...]:
    """Return all that a draft has no business with."""
    files = {
        file.relative_to(made.top): file.read_bytes()
        for file in sorted(made.top.rglob("*"))
        if file.is_file() and ".git" not in file.parts
    }
    index = (made.top / ".git/index").read_bytes()
    return files, index, made.git("rev-parse", "main"), (made.top / ".git/HEAD").read_bytes()


def started(made: Made) -> tuple[Drafts, Commit]:
    drafts = drafts_of(made)
    return drafts, drafts.repository.resolve("HEAD")


# Saving.


def test_a_draft_is_saved_beside_the_work_tree_the_index_and_the_branch(made: Made):
    (made.top / VISIT_FILE).write_bytes(b"unsaved: work")
    (made.top / "charter.yaml").write_bytes(b"staged: work")
    made.git("add", "charter.yaml")
    before = state(made)
    drafts, commit = started(made)
    saved = drafts.save("spring-2027", {VISIT_FILE: with_name("Visiting")}, commit, NOTE)
    assert state(made) == before
    assert drafts.repository.files(saved) == {**WORKSPACE, VISIT_FILE: with_name("Visiting")}
    assert made.git("rev-parse", "draft/spring-2027") == saved.id
    assert made.git("rev-parse", f"{saved.id}^") == commit.id


def test_a_draft_says_who_when_and_why(made: Made):
    drafts, commit = started(made)
    saved = drafts.save("spring", {VISIT_FILE: b"journey: x"}, commit, NOTE)
    assert saved == Commit(saved.id, "Anne Bérard", WHEN, "The host is named on the web")
    told = made.git("log", "-1", "--format=%an <%ae> %aI|%cn <%ce> %cI|%B", saved.id)
    person = "Anne Bérard <anne@example.org> 2026-11-24T09:30:00+01:00"
    assert told == f"{person}|{person}|The host is named on the web\n\nAnd why.\n"


def test_a_draft_lies_where_the_workspace_lies(tmp_path: Path):
    """Whatever else the repository holds stays as it is."""
    made = Made.at(tmp_path / "here", "--object-format=sha256")
    place = "marque/Été « 2027 »"
    made.commit({**{f"{place}/{name}": c for name, c in WORKSPACE.items()}, "other": b"x"})
    drafts = drafts_of(made, place)
    commit = drafts.repository.resolve("HEAD")
    changes = {VISIT_FILE: None, "journeys/été.yaml": b"journey: a", "content/a/b.md": b"Hello"}
    drafts.save("spring", changes, commit, NOTE)
    assert made.git("diff", "--name-status", "-z", "main", "draft/spring").split("\0")[:-1] == [
        *("A", f"{place}/content/a/b.md", "D", f"{place}/{VISIT_FILE}"),
        *("A", f"{place}/journeys/été.yaml"),
    ]


def test_what_changes_nothing_makes_no_commit_but_the_draft(made: Made):
    drafts, commit = started(made)
    assert drafts.save("spring", {}, commit, NOTE) == commit
    assert drafts.save("spring", {"charter.yaml": CHARTER.encode()}, commit, NOTE) == commit
    assert [draft.name for draft in drafts.all()] == ["spring"]


def test_a_file_behind_a_link_is_saved_where_it_is(made: Made):
    (made.top / "shared").mkdir()
    (made.top / VISIT_FILE).rename(made.top / "shared/v")
    (made.top / VISIT_FILE).symlink_to("../shared/v")
    (made.top / "shared/v").chmod(0o755)
    made.commit({})
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    assert made.git("diff", "--name-status", "main", "draft/spring") == "M\tshared/v"
    assert made.git("ls-tree", "draft/spring", "shared/v").startswith("100755")


def test_changes_of_others_to_the_same_draft_are_kept(made: Made):
    """Two start from the same version; each changes a field of the same file."""
    drafts, commit = started(made)
    first = drafts.save("spring", {VISIT_FILE: with_name("Visiting")}, commit, NOTE)
    changes = {VISIT_FILE: with_owner("sales"), "content/x.md": b"Words"}
    second = drafts.save("spring", changes, commit, NOTE)
    both = with_owner("sales", with_name("Visiting").decode())
    assert drafts.repository.files(second) == {**WORKSPACE, VISIT_FILE: both}
    assert made.git("rev-parse", f"{second.id}^") == first.id
    assert made.git("show", f"{second.id}:content/x.md") == "Words"


def test_what_conflicts_is_handed_back_with_both_values(made: Made):
    drafts, commit = started(made)
    first = drafts.save("spring", {VISIT_FILE: with_name("Mine")}, commit, NOTE)
    with pytest.raises(Conflicted) as refused:
        drafts.save(
            "spring", {VISIT_FILE: with_name("Yours"), "charter.yaml": b"x: y"}, commit, NOTE
        )
    (conflict,) = refused.value.conflicts
    assert (conflict.file, conflict.address) == (VISIT_FILE, ("name",))
    assert (conflict.mine, conflict.theirs) == ("Yours", "Mine")
    assert drafts.tip("spring") == first


def moved_meanwhile(monkeypatch: pytest.MonkeyPatch, meddle: Callable[[], object]):
    """Let somebody do something between a writer's last look at a branch and its move."""
    left = [meddle]
    original = writing.move
    # Who meddles doesn't wait in line.
    monkeypatch.setattr(drafts_module, "_PATIENCE", 0.0)

    def move(*words: object) -> None:
        if left:
            left.pop()()
        original(*words)

    monkeypatch.setattr(drafts_module, "move", move)


def test_a_commit_made_at_the_last_moment_is_not_lost(made: Made, monkeypatch: pytest.MonkeyPatch):
    drafts, commit = started(made)
    moved_meanwhile(
        monkeypatch,
        lambda: drafts.save("spring", {VISIT_FILE: with_name("Visiting")}, commit, NOTE),
    )
    saved = drafts.save("spring", {VISIT_FILE: with_owner("sales")}, commit, NOTE)
    both = with_owner("sales", with_name("Visiting").decode())
    assert drafts.repository.files(saved)[VISIT_FILE] == both


def test_who_never_gets_a_turn_is_told(made: Made, monkeypatch: pytest.MonkeyPatch):
    """A lock that a program left behind is named, and nothing is done."""
    monkeypatch.setattr(drafts_module, "_ATTEMPTS", 3)
    monkeypatch.setattr(drafts_module, "_LONGEST_PAUSE", 0.01)
    drafts, commit = started(made)
    first = drafts.save("spring", {}, commit, NOTE)
    lock = made.top / ".git/refs/heads/draft/spring.lock"
    lock.touch()
    with pytest.raises(HistoryError) as refused:
        drafts.save("spring", {VISIT_FILE: b"x: y"}, commit, NOTE)
    assert refused.value.reason == "busy"
    assert str(lock) in str(refused.value.parameters["detail"])
    lock.unlink()
    assert drafts.tip("spring") == first


def test_a_draft_that_somebody_has_checked_out_is_left_to_them(made: Made, tmp_path: Path):
    drafts, commit = started(made)
    drafts.save("spring", {}, commit, NOTE)
    made.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "draft/spring")
    for act in (
        lambda: drafts.save("spring", {VISIT_FILE: b"x: y"}, commit, NOTE),
        lambda: drafts.discard("spring", commit),
    ):
        with pytest.raises(HistoryError) as refused:
            act()
        assert refused.value.reason == "draft-checked-out"
        assert refused.value.parameters["folder"] == str(tmp_path / "linked")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("", None),
        ("-d", "d"),
        ("--", None),
        ("Spring 2027", "spring-2027"),
        ("Été — l'accueil", "été-l-accueil"),
        ("a..b", "a-b"),
        ("a\nb", "a-b"),
        ("a\0b", "a-b"),
        ("x.lock", "x-lock"),
        ("a//b", "a-b"),
        ("/a", "a"),
        ("@{-1}", "1"),
        ("\udcff", None),
        ("x" * 300, "x" * 50),
    ],
)
def test_a_name_that_git_would_not_take_is_refused(name: str, suggestion: str | None, made: Made):
    drafts, commit = started(made)
    with pytest.raises(HistoryError) as refused:
        drafts.save(name, {}, commit, NOTE)
    assert refused.value.reason.startswith("bad-draft-name")
    assert refused.value.parameters.get("suggestion") == suggestion
    if suggestion:
        drafts.save(suggestion, {}, commit, NOTE)


def test_a_name_that_goes_on_from_another_is_refused(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {}, commit, NOTE)
    with pytest.raises(HistoryError, match="name-clash"):
        drafts.save("spring/2027", {}, commit, NOTE)


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("", "a@b"),
        ("  ", "a@b"),
        ("<>", "a@b"),
        ("A\nB", "a@b"),
        ("A", "a@b>"),
        ("A", "a\n@b"),
        ("...", ""),
        ("A\0", ""),
    ],
)
def test_an_author_that_git_could_not_write_down_is_refused(name: str, email: str):
    with pytest.raises(HistoryError, match="bad-author"):
        Author(name, email)


@pytest.mark.parametrize("name", ["A", "Anne d'Été", '"A" B.', "安妮"])
def test_any_other_name_is_an_author_s(name: str, made: Made):
    drafts, commit = started(made)
    note = Note(Author(name, ""), WHEN, "With \0 and \udcff")
    saved = drafts.save("spring", {VISIT_FILE: b"x: y"}, commit, note)
    assert saved.author == name.strip('".')


NO_FILES_OF_A_WORKSPACE = [
    *("../x.yaml", "/etc/x.yaml", ".git/config", "journeys/../x.yaml", "journeys/.x.yaml"),
    *("x.yaml", "journeys/x.txt", "", "content/\udcff.md", "content/a\nb.md"),
    "content/.git/hooks/pre-commit",
]


@pytest.mark.parametrize("file", NO_FILES_OF_A_WORKSPACE)
@pytest.mark.parametrize("content", [b"x: y", None])
def test_only_files_of_the_workspace_are_saved(file: str, content: bytes | None, made: Made):
    drafts, commit = started(made)
    with pytest.raises(HistoryError, match=r"not-of-workspace|leads-nowhere"):
        drafts.save("spring", {file: content}, commit, NOTE)
    assert drafts.all() == []


@pytest.mark.parametrize(
    "file", ["journeys/out.yaml", "content/file.md/deeper.md", "content/folder", "content/round.md"]
)
def test_a_file_is_not_saved_where_there_can_be_none(file: str, made: Made):
    (made.top / "journeys/out.yaml").symlink_to("../../out.yaml")
    (made.top / "content").mkdir()
    (made.top / "content/round.md").symlink_to("round.md")
    made.commit({"content/file.md": b"x", "content/folder/x.md": b"x"})
    drafts, commit = started(made)
    with pytest.raises(HistoryError, match="leads-nowhere"):
        drafts.save("spring", {file: b"x: y"}, commit, NOTE)
    assert drafts.all() == []


def test_removing_what_is_not_there_changes_nothing(made: Made):
    made.commit({"content/file.md": b"x"})
    drafts, commit = started(made)
    gone = {"content/none.md": None, "plans/none.yaml": None, "content/file.md/deeper.md": None}
    assert drafts.save("spring", gone, commit, NOTE) == commit


def test_a_link_is_removed_not_what_it_leads_to(made: Made):
    (made.top / "journeys/again.yaml").symlink_to("visit.yaml")
    made.commit({})
    drafts, commit = started(made)
    drafts.save("spring", {"journeys/again.yaml": None}, commit, NOTE)
    told = made.git("diff", "--name-status", "main", "draft/spring")
    assert told == "D\tjourneys/again.yaml"


def test_a_draft_is_not_one_whose_name_goes_on_from_its(made: Made):
    drafts, commit = started(made)
    drafts.save("spring/2027", {VISIT_FILE: b"x: y"}, commit, NOTE)
    with pytest.raises(HistoryError, match="no-draft"):
        drafts.tip("spring")


# Listing and discarding.


def test_drafts_are_listed_with_what_they_have_and_lack(made: Made):
    drafts, first = started(made)
    drafts.save("early", {VISIT_FILE: b"x: y"}, first, NOTE)
    made.commit({"charter.yaml": b"charter: 1"})
    later = Note(Author("Bob", ""), WHEN + datetime.timedelta(days=1), "Later")
    second = drafts.repository.resolve("HEAD")
    saved = drafts.save("late/été", {VISIT_FILE: b"x: y"}, second, later)
    drafts.save("late/été", {VISIT_FILE: b"x: z"}, saved, later)
    told = [(d.name, d.tip.author, d.ahead, d.behind) for d in drafts.all()]
    assert told == [("late/été", "Bob", 2, 0), ("early", "Anne Bérard", 1, 1)]
    assert [(d.ahead, d.behind) for d in drafts.all(first.id)] == [(3, 0), (1, 0)]


def test_a_draft_is_discarded_only_as_it_was_seen(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: b"x: y"}, commit, NOTE)
    with pytest.raises(HistoryError, match="draft-moved"):
        drafts.discard("spring", commit)
    drafts.discard("spring", drafts.tip("spring"))
    assert drafts.all() == []


@pytest.mark.parametrize(("name", "reason"), [("sprung", "no-draft-like"), ("x", "no-draft")])
def test_a_draft_that_is_not_there_is_told(name: str, reason: str, made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {}, commit, NOTE)
    for act in (
        lambda: drafts.tip(name),
        lambda: drafts.discard(name, commit),
        lambda: drafts.publish(name, NOTE),
    ):
        with pytest.raises(HistoryError) as refused:
            act()
        assert refused.value.reason == reason


# Publishing.


def test_a_branch_without_changes_of_its_own_moves_to_the_draft_and_the_files_follow(made: Made):
    made.commit({"journeys/old.yaml": b"journey: old", "content/a.md": b"a"})
    drafts, commit = started(made)
    changes = {VISIT_FILE: with_name("X"), "journeys/old.yaml": None, "content/b/c.md": b"c"}
    saved = drafts.save("spring", changes, commit, NOTE)
    published = drafts.publish("spring", NOTE)
    assert (published.branch, published.commit, published.outcome) == (
        *("main", saved),
        Outcome.FORWARDED,
    )
    assert made.git("status", "--porcelain", "--branch") == "## main"
    assert made.git("rev-parse", "HEAD") == saved.id
    assert (made.top / "content/b/c.md").read_bytes() == b"c"
    assert not (made.top / "journeys/old.yaml").exists()
    assert drafts.publish("spring", NOTE).outcome is Outcome.NOTHING_NEW


def test_a_branch_that_went_on_is_merged_field_by_field(made: Made):
    drafts, commit = started(made)
    saved = drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    main = made.commit({VISIT_FILE: with_owner("sales"), "README.md": b"x"})
    published = drafts.publish("spring", NOTE)
    assert published.outcome is Outcome.MERGED
    assert made.git("log", "-1", "--format=%P", "main") == f"{main} {saved.id}"
    assert made.git("status", "--porcelain") == ""
    both = with_owner("sales", with_name("X").decode())
    assert (made.top / VISIT_FILE).read_bytes() == both
    assert (made.top / "README.md").read_bytes() == b"x"
    assert read_folder(made.top).journeys[0].touchpoints[-1].owner == "sales"


def test_what_conflicts_is_handed_back_and_nothing_is_published(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("Mine")}, commit, NOTE)
    made.commit({VISIT_FILE: with_name("Theirs")})
    before = state(made)
    with pytest.raises(Conflicted) as refused:
        drafts.publish("spring", NOTE)
    assert [(c.mine, c.theirs) for c in refused.value.conflicts] == [("Mine", "Theirs")]
    assert state(made) == before


def edit(made: Made) -> None:
    (made.top / "charter.yaml").write_bytes(b"charter: 1\n")


def stage(made: Made) -> None:
    edit(made)
    made.git("add", "charter.yaml")
    (made.top / "charter.yaml").write_bytes(CHARTER.encode())


def remove(made: Made) -> None:
    (made.top / VISIT_FILE).unlink()


def untrack(made: Made) -> None:
    made.git("rm", "--quiet", "--cached", VISIT_FILE)


def stand_in_the_way(made: Made) -> None:
    (made.top / "content").mkdir()
    (made.top / "content/new.md").write_bytes(b"mine")


@pytest.mark.parametrize("meddle", [edit, stage, remove, untrack, stand_in_the_way])
def test_uncommitted_work_is_not_written_over(meddle, made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X"), "content/new.md": b"n"}, commit, NOTE)
    meddle(made)
    before = state(made)
    with pytest.raises(HistoryError) as refused:
        drafts.publish("spring", NOTE)
    assert refused.value.reason == "unsaved-work"
    assert state(made) == before


def test_what_is_no_file_of_the_workspace_does_not_stand_in_the_way(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    (made.top / "notes.txt").write_bytes(b"mine")
    (made.top / "journeys/untracked.yaml").write_bytes(b"journey: mine")
    drafts.publish("spring", NOTE)
    assert made.git("status", "--porcelain") == "?? journeys/untracked.yaml\n?? notes.txt"


def test_a_draft_of_more_than_a_workspace_is_left_to_git(made: Made):
    """People may have committed to it by other ways."""
    made.git("checkout", "--quiet", "-b", "draft/spring")
    made.commit({"tool.py": b"x", VISIT_FILE: with_name("X")})
    made.git("checkout", "--quiet", "main")
    before = state(made)
    with pytest.raises(HistoryError) as refused:
        drafts_of(made).publish("spring", NOTE)
    assert refused.value.reason == "other-files"
    assert refused.value.parameters["files"] == ("tool.py",)
    assert state(made) == before
    made.git("checkout", "--quiet", "--detach")
    drafts_of(made).publish("spring", NOTE, "main")
    assert made.git("show", "main:tool.py") == "x"


def test_a_branch_that_nobody_has_checked_out_moves_alone(made: Made):
    made.git("branch", "release")
    drafts, commit = started(made)
    saved = drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    edit(made)
    before = state(made)
    assert drafts.publish("spring", NOTE, "release").branch == "release"
    assert state(made) == before
    assert made.git("rev-parse", "release") == saved.id


def test_a_branch_checked_out_in_another_work_tree_takes_its_files_along(
    made: Made, tmp_path: Path
):
    made.git("worktree", "add", "--quiet", "-b", "release", str(tmp_path / "linked"))
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    before = state(made)
    drafts.publish("spring", NOTE, "release")
    assert state(made) == before
    assert (tmp_path / "linked" / VISIT_FILE).read_bytes() == with_name("X")
    assert Made(tmp_path / "linked").git("status", "--porcelain") == ""


def a_submodule(made: Made, tmp_path: Path) -> Made:
    outer = Made.at(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", str(made.top), "inner")
    return Made(outer.top / "inner")


def kept_apart(made: Made, tmp_path: Path) -> Made:
    made.git("init", "--quiet", "--separate-git-dir", str(tmp_path / "apart.git"))
    return made


def a_linked_work_tree(made: Made, tmp_path: Path) -> Made:
    made.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    return Made(tmp_path / "linked")


@pytest.mark.parametrize("arrange", [a_submodule, kept_apart, a_linked_work_tree])
def test_files_follow_wherever_git_keeps_its_own(arrange, made: Made, tmp_path: Path):
    arranged = arrange(made, tmp_path)
    drafts, commit = started(arranged)
    saved = drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    drafts.publish("spring", NOTE)
    assert (arranged.top / VISIT_FILE).read_bytes() == with_name("X")
    assert arranged.git("status", "--porcelain") == ""
    assert arranged.git("rev-parse", "HEAD") == saved.id


def test_a_work_tree_that_git_can_not_tell_is_left_alone(made: Made, tmp_path: Path):
    linked = a_linked_work_tree(kept_apart(made, tmp_path), tmp_path)
    drafts, commit = started(linked)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    with pytest.raises(HistoryError, match="checked-out-elsewhere"):
        drafts.publish("spring", NOTE, "main")
    assert made.git("rev-parse", "main") == commit.id
    assert made.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("onto", "reason"),
    [("mian", "no-branch-like"), ("-d", "no-branch"), ("a b", "no-branch"), ("a\0b", "no-branch")],
)
def test_a_branch_that_is_not_there_is_told(onto: str, reason: str, made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {}, commit, NOTE)
    with pytest.raises(HistoryError) as refused:
        drafts.publish("spring", NOTE, onto)
    assert refused.value.reason == reason


def test_on_a_detached_head_the_branch_must_be_named(made: Made):
    made.git("checkout", "--quiet", "--detach")
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    with pytest.raises(HistoryError, match="detached"):
        drafts.publish("spring", NOTE)
    assert drafts.publish("spring", NOTE, "main").outcome is Outcome.FORWARDED


def test_a_draft_of_another_history_can_not_be_published(made: Made):
    drafts, _ = started(made)
    tree = made.git("rev-parse", "HEAD^{tree}")
    other = made.git("commit-tree", tree, "-m", "Another beginning")
    made.git("branch", "draft/other", other)
    with pytest.raises(HistoryError, match="unrelated"):
        drafts.publish("other", NOTE)


def test_where_nothing_was_committed_there_is_nothing_to_publish_onto(made: Made):
    drafts, commit = started(made)
    drafts.save("spring", {}, commit, NOTE)
    made.git("checkout", "--quiet", "--orphan", "new")
    with pytest.raises(HistoryError, match="no-commits"):
        drafts.publish("spring", NOTE)


@pytest.mark.parametrize("size", ["--object-format=sha1", "--object-format=sha256"])
def test_files_with_the_line_ends_of_another_system_keep_them(size: str, tmp_path: Path):
    """git was told to check files out so (core.autocrlf); what it committed has none of them."""
    made = Made.at(tmp_path / "here", size)
    made.git("config", "core.autocrlf", "true")
    made.commit({name: c.replace(b"\n", b"\r\n") for name, c in WORKSPACE.items()})
    drafts, commit = started(made)
    assert drafts.repository.files(commit) == WORKSPACE
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    drafts.publish("spring", NOTE)
    assert (made.top / VISIT_FILE).read_bytes() == with_name("X").replace(b"\n", b"\r\n")
    assert made.git("status", "--porcelain") == ""


def test_a_target_that_moves_at_the_last_moment_is_merged(
    made: Made, monkeypatch: pytest.MonkeyPatch
):
    made.git("branch", "release")
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    drafts.save("summer", {VISIT_FILE: with_owner("sales")}, commit, NOTE)
    moved_meanwhile(monkeypatch, lambda: drafts.publish("summer", NOTE, "release"))
    published = drafts.publish("spring", NOTE, "release")
    both = with_owner("sales", with_name("X").decode())
    assert drafts.repository.files(published.commit)[VISIT_FILE] == both


def test_what_can_not_be_finished_is_put_back(made: Made):
    """The index is locked by another program, so the files and the branch stay."""
    drafts, commit = started(made)
    drafts.save("spring", {VISIT_FILE: with_name("X"), "content/x.md": b"x"}, commit, NOTE)
    (made.top / ".git/index.lock").touch()
    before = state(made)
    with pytest.raises(HistoryError, match="index-busy"):
        drafts.publish("spring", NOTE)
    (made.top / ".git/index.lock").unlink()
    assert state(made) == before
    assert made.git("status", "--porcelain") == ""
    assert list(made.top.glob(".git/refs/heads/**/*.lock")) == []


def test_what_was_broken_off_halfway_is_finished_by_publishing_again(made: Made):
    """The files were written and one of them is in the index; the branch hasn't moved."""
    drafts, commit = started(made)
    changes = {VISIT_FILE: with_name("X"), "content/x.md": b"x"}
    drafts.save("spring", changes, commit, NOTE)
    (made.top / "content").mkdir()
    for name, content in changes.items():
        (made.top / name).write_bytes(content)
    made.git("add", VISIT_FILE)
    drafts.publish("spring", NOTE)
    assert made.git("status", "--porcelain", "--branch") == "## main"


# What no field can settle.


def link(made: Made, name: str, target: str) -> None:
    (made.top / name).unlink(missing_ok=True)
    (made.top / name).symlink_to(target)


def on_a_draft(made: Made, work: Callable[[], object]) -> None:
    """Let somebody work on a draft in the usual way."""
    made.git("checkout", "--quiet", "-b", "draft/spring")
    work()
    made.commit({})
    made.git("checkout", "--quiet", "main")


def test_links_that_both_changed_are_a_conflict(made: Made):
    link(made, "journeys/again.yaml", "visit.yaml")
    made.commit({"README.md": b"x"})
    on_a_draft(made, lambda: link(made, "journeys/again.yaml", "one.yaml"))
    link(made, "journeys/again.yaml", "two.yaml")
    made.commit({})
    with pytest.raises(Conflicted) as refused:
        drafts_of(made).publish("spring", NOTE)
    (conflict,) = refused.value.conflicts
    assert (conflict.file, conflict.address) == ("journeys/again.yaml", ())
    assert len({conflict.base, conflict.mine, conflict.theirs}) == 3


def test_files_outside_the_workspace_that_both_changed_are_a_conflict(tmp_path: Path):
    made = Made.at(tmp_path / "here")
    made.commit({"README.md": b"x", **{f"brand/{n}": c for n, c in WORKSPACE.items()}})
    on_a_draft(made, lambda: (made.top / "README.md").write_bytes(b"y"))
    made.commit({"README.md": b"z"})
    with pytest.raises(Conflicted) as refused:
        drafts_of(made, "brand").publish("spring", NOTE)
    told = [(c.file, c.base, c.mine, c.theirs) for c in refused.value.conflicts]
    assert told == [("../README.md", "x", "y", "z")]


@pytest.mark.parametrize("is_by_draft", [True, False])
def test_a_mode_that_one_changed_is_kept_beside_the_fields_of_the_other(
    is_by_draft: bool, made: Made
):
    def change_mode() -> None:
        (made.top / VISIT_FILE).chmod(0o755)

    def change_field() -> None:
        (made.top / VISIT_FILE).write_bytes(with_name("X"))

    on_a_draft(made, change_mode if is_by_draft else change_field)
    (change_field if is_by_draft else change_mode)()
    made.commit({})
    made.git("checkout", "--quiet", "--detach")
    drafts_of(made).publish("spring", NOTE, "main")
    assert made.git("ls-tree", "main", VISIT_FILE).startswith("100755")
    assert made.git("show", f"main:{VISIT_FILE}").encode() + b"\n" == with_name("X")
