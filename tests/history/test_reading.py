"""A workspace is read as it was at any commit, whatever the repository is like."""

import datetime
import hashlib
import itertools
import os
import shlex
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from charter.history import Commit, HistoryError, Repository, program
from charter.messages import Language, speaker
from charter.messages.history import sentence
from charter.workspace import InvalidWorkspace, Workspace, read_files, read_folder
from tests.conftest import VISIT
from tests.history.building import WORKSPACE, Made

PLACES = [
    pytest.param("", id="the repository itself"),
    pytest.param("charters", id="a folder in it"),
    pytest.param("marque/Été 2027 « maison »", id="accents and spaces"),
    pytest.param('it\'s "quoted" \\ back', id="quotes and a backslash"),
    pytest.param("two\nlines\n", id="line ends"),
    pytest.param("-c", id="an option"),
    pytest.param(":(exclude)*", id="a pattern of git's"),
    pytest.param("HEAD", id="a revision"),
]


def refusal(error: HistoryError) -> str:
    """Return what the person is told."""
    return sentence(error.reason, error.parameters, speaker(Language.ENGLISH))


def placed(place: str, files: dict[str, bytes] = WORKSPACE) -> dict[str, bytes]:
    return {f"{place}/{name}" if place else name: content for name, content in files.items()}


# Where a workspace may be.


@pytest.mark.parametrize("place", PLACES)
def test_a_workspace_is_read_wherever_it_lies_in_the_repository(place: str, tmp_path: Path):
    """Its files at a commit are those that reading the folder gave then."""
    made = Made.at(tmp_path / "in a « dépôt »")
    made.commit({**placed(place), "elsewhere/charter.yaml": b"not: ours"})
    folder = made.top / place
    before = read_folder(folder)
    made.commit({**placed(place, {"journeys/visit.yaml": b"journey: gone"})})
    repository = Repository.holding(folder)
    files = repository.files(repository.resolve("HEAD~1"))
    assert files == WORKSPACE
    assert read_files(files) == before


def test_the_current_folder_names_no_other_repository_later(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(made.top)
    repository = Repository.holding(Path())
    monkeypatch.chdir(tmp_path)
    assert repository.files(repository.resolve("HEAD")) == WORKSPACE


@pytest.mark.parametrize("words", [(), ("--object-format=sha256",)], ids=["sha1", "sha256"])
def test_both_formats_of_ids_are_read(words: tuple[str, ...], tmp_path: Path):
    made = Made.at(tmp_path / "here", *words)
    commit_id = made.commit(WORKSPACE)
    repository = Repository.holding(made.top)
    assert repository.resolve("main").id == commit_id
    assert repository.files(repository.resolve(commit_id[:10])) == WORKSPACE


def linked(made: Made, tmp_path: Path) -> Path:
    made.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    return tmp_path / "linked"


def embedded(made: Made, tmp_path: Path) -> Path:
    outer = Made.at(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", str(made.top), "inner")
    return outer.top / "inner"


def detached(made: Made, tmp_path: Path) -> Path:
    made.git("checkout", "--quiet", "--detach")
    return made.top


def reached_by_a_link(made: Made, tmp_path: Path) -> Path:
    (tmp_path / "link").symlink_to(made.top)
    return tmp_path / "link"


@pytest.mark.parametrize("arrange", [linked, embedded, detached, reached_by_a_link])
def test_any_work_tree_will_do(arrange, made: Made, tmp_path: Path):
    """A linked one, a submodule (in both .git is a file), a detached head, a link to the folder."""
    repository = Repository.holding(arrange(made, tmp_path))
    assert repository.files(repository.resolve("HEAD")) == WORKSPACE


def no_folder(made: Made, tmp_path: Path) -> Path:
    return tmp_path / "missing"


def no_repository(made: Made, tmp_path: Path) -> Path:
    (tmp_path / "plain").mkdir()
    return tmp_path / "plain"


def bare(made: Made, tmp_path: Path) -> Path:
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    return tmp_path / "bare.git"


def inside_git(made: Made, tmp_path: Path) -> Path:
    return made.top / ".git/refs"


def broken_link(made: Made, tmp_path: Path) -> Path:
    folder = linked(made, tmp_path)
    shutil.rmtree(made.top)
    return folder


def nonsense_link(made: Made, tmp_path: Path) -> Path:
    (tmp_path / ".git").write_text("nonsense", encoding="utf-8")
    return no_repository(made, tmp_path)


def damaged(made: Made, tmp_path: Path) -> Path:
    (made.top / ".git/config").write_text("[core\n", encoding="utf-8")
    return made.top


@pytest.mark.parametrize(
    ("arrange", "reason", "told"),
    [
        (no_folder, "no-folder", "There is no folder"),
        (no_repository, "no-repository", "git init"),
        (bare, "bare", "Clone it"),
        (inside_git, "inside-git", "Name the folder that holds charter.yaml"),
        (broken_link, "broken-link", "git worktree repair"),
        (nonsense_link, "broken-link", "git worktree repair"),
        (damaged, "git-failed", "bad config line 1"),
    ],
)
def test_where_there_is_no_history_people_are_told_why(
    arrange, reason: str, told: str, made: Made, tmp_path: Path
):
    folder = arrange(made, tmp_path)
    with pytest.raises(HistoryError) as refused:
        Repository.holding(folder)
    assert refused.value.reason == reason
    assert told in refusal(refused.value)


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another program in the place of git."""
    folder.mkdir()
    program_file = folder / "git"
    script = script.replace("{git}", str(shutil.which("git")))
    program_file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program_file.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_a_repository_of_another_user_is_git_s_to_refuse(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The person is told what to run if they trust it; we don't run it for them."""
    assume = 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{git}" "$@"'
    stand_in(tmp_path / "bin", assume, monkeypatch)
    with pytest.raises(HistoryError) as refused:
        Repository.holding(made.top)
    assert refused.value.reason == "other-owner"
    assert f"safe.directory {shlex.quote(str(made.top))}" in refusal(refused.value)
    made.git("config", "--file", str(Path.home() / ".gitconfig"), "safe.directory", str(made.top))
    assert Repository.holding(made.top).resolve("HEAD").subject == "A first charter"


def test_without_git_people_are_told_to_install_it(made: Made, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HistoryError) as refused:
        Repository.holding(made.top)
    assert refused.value.reason == "no-git"


def test_a_git_where_the_user_stands_is_not_run(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The folders of PATH that are relative are passed over."""
    stand_in(tmp_path / "bin", f"touch {tmp_path}/was-run; exit 1", monkeypatch)
    monkeypatch.chdir(tmp_path / "bin")
    absolute = os.environ["PATH"].split(os.pathsep)[1:]
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", "../bin", *absolute]))
    Repository.holding(made.top)
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        pytest.param("sleep 60", "too-slow", id="sleeps"),
        pytest.param("exit 0", "too-slow", id="leaves another behind"),
        pytest.param("yes", "too-much", id="answers without end"),
        pytest.param("yes >&2", "too-slow", id="complains without end"),
    ],
)
def test_git_has_limits_of_time_and_of_what_it_says(
    script: str, reason: str, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What it started ends with it."""
    stand_in(tmp_path / "bin", f"(sleep 1; touch {tmp_path}/survived) &\n{script}", monkeypatch)
    monkeypatch.setattr(program, "TIME_LIMIT", 0.3)
    monkeypatch.setattr(program, "OUTPUT_LIMIT", 10_000)
    with pytest.raises(HistoryError) as refused:
        Repository.holding(made.top)
    assert refused.value.reason == reason
    time.sleep(1.2)
    assert not (tmp_path / "survived").exists()


# Revisions.


@pytest.mark.parametrize(
    "revision",
    ["HEAD", "@", "main", "HEAD~0", "v1", "refs/tags/v1", "été/«un»", "HEAD^{/second}"],
)
def test_a_revision_is_named_as_git_names_it(revision: str, made: Made):
    second = made.commit({"journeys/visit.yaml": b"journey: other"}, "A second version")
    made.git("tag", "-a", "v1", "--message", "Version 1")
    made.git("branch", "été/«un»")
    assert Repository.holding(made.top).resolve(revision).id == second


def test_a_commit_says_who_when_and_what(made: Made):
    made.git("commit", "--quiet", "--allow-empty", "-m", "Été : « un » titre\n\nAnd more.")
    commit = Repository.holding(made.top).resolve("HEAD")
    zone = datetime.timezone(datetime.timedelta(hours=1))
    when = datetime.datetime(2025, 11, 24, 17, 0, tzinfo=zone)
    assert commit == Commit(commit.id, "Anne Bérard", when, "Été : « un » titre")
    assert commit.when.utcoffset() == zone.utcoffset(None)


@pytest.mark.parametrize("when", ["99999999999999 +0000", "0 -0330", "1764000000 +9999"])
def test_a_time_that_no_calendar_has_is_no_reason_to_stop(when: str, made: Made):
    made.git("commit", "--quiet", "--allow-empty", "-m", "Odd", GIT_AUTHOR_DATE=f"@{when}")
    commit = Repository.holding(made.top).resolve("HEAD")
    assert commit.when.tzinfo is not None


def a_blob(made: Made) -> None:
    made.git("tag", "words", "HEAD:charter.yaml")


@pytest.mark.parametrize(
    ("revision", "reason", "told"),
    [
        ("--output=/etc/passwd", "option", "looks like an option"),
        ("-", "option", "looks like an option"),
        ("", "unknown-revision", "There is no revision “”"),
        ("mian", "unknown-revision-like", "Did you mean “main”?"),
        ("spring-2O27~2", "unknown-revision-like", "Did you mean “spring-2027~2”?"),
        ("nothing-like-it", "unknown-revision", "There is no revision “nothing-like-it”"),
        ("main..spring-2027", "range", "Name one"),
        ("two\nlines", "unknown-revision", "There is no revision “two lines”"),
        ("nul\0", "unknown-revision", ""),
        ("x" * 100_000, "unknown-revision", ""),
        ("\udcff", "unknown-revision", ""),
        ("HEAD~1", "no-such-step", "beyond the first commit"),
        ("HEAD^2", "no-such-step", ""),
        ("main:chartre.yaml", "no-such-step", "leads to something that isn't there"),
        (":/no such words", "no-such-step", ""),
        ("main:charter.yaml", "no-version", "names a file or a folder"),
        ("HEAD^{tree}", "no-version", ""),
        ("words", "no-version", ""),
        ("$(touch x)", "unknown-revision", ""),
        ("deadbeef", "unknown-revision", ""),
        ("deadbeef" * 5, "unknown-revision", ""),
    ],
)
def test_what_names_no_commit_is_told_with_what_was_meant(
    revision: str, reason: str, told: str, made: Made
):
    made.git("branch", "spring-2027")
    a_blob(made)
    with pytest.raises(HistoryError) as refused:
        Repository.holding(made.top).resolve(revision)
    assert refused.value.reason == reason
    assert told in refusal(refused.value)
    assert not any(ord(character) < 32 for character in refusal(refused.value))


def test_a_commit_may_be_looked_up_by_what_its_message_says(made: Made):
    first = Repository.holding(made.top).resolve("HEAD")
    made.commit({"note.txt": b"more"})
    assert Repository.holding(made.top).resolve(":/first charter") == first


def test_where_nothing_was_committed_yet_that_is_told(tmp_path: Path):
    made = Made.at(tmp_path / "new")
    for revision in ("HEAD", "HEAD~1", "@", "main"):
        with pytest.raises(HistoryError) as refused:
            Repository.holding(made.top).resolve(revision)
        assert refused.value.reason == "no-commits"


def test_in_a_shallow_clone_people_are_told_where_history_ends(made: Made, tmp_path: Path):
    for number in range(4):
        made.commit({"note.txt": str(number).encode()})
    made.git("clone", "--quiet", "--depth=2", f"file://{made.top}", str(tmp_path / "shallow"))
    repository = Repository.holding(tmp_path / "shallow")
    assert repository.files(repository.resolve("HEAD~1")) == WORKSPACE
    with pytest.raises(HistoryError) as refused:
        repository.resolve("HEAD~3")
    assert refused.value.reason == "history-ends"
    assert "git fetch --unshallow" in refusal(refused.value)


def test_a_short_id_of_several_commits_is_ambiguous(made: Made):
    first = made.git("rev-parse", "HEAD")
    tree = made.git("rev-parse", "HEAD^{tree}")
    people = "author A <a@b.example> 1 +0000\ncommitter A <a@b.example> 1 +0000\n"
    for number in itertools.count():
        content = f"tree {tree}\n{people}\n{number}\n".encode()
        if hashlib.sha1(b"commit %d\0" % len(content) + content).hexdigest()[:4] == first[:4]:
            break
    made.git("hash-object", "-t", "commit", "-w", "--stdin", given=content)
    with pytest.raises(HistoryError) as refused:
        Repository.holding(made.top).resolve(first[:4])
    assert refused.value.reason == "ambiguous-revision"


# The log.


def test_the_log_names_the_commits_that_changed_the_workspace_newest_first(tmp_path: Path):
    made = Made.at(tmp_path / "here")
    made.commit(placed("brand"), "one")
    made.commit({"other.txt": b"x"}, "not ours")
    made.commit({"brand/journeys/visit.yaml": b"journey: v"}, "two")
    made.commit({"brand/notes.md": b"words"}, "three")
    repository = Repository.holding(made.top / "brand")
    assert [commit.subject for commit in repository.log(10)] == ["three", "two", "one"]
    assert [commit.subject for commit in repository.log(2)] == ["three", "two"]
    earlier = repository.resolve("HEAD~1")
    assert [commit.subject for commit in repository.log(9, earlier)] == ["two", "one"]


# The files of a commit.


def test_a_folder_that_was_not_there_yet_is_told(made: Made):
    made.commit({"later/charter.yaml": b"charter: 1"})
    repository = Repository.holding(made.top / "later")
    with pytest.raises(HistoryError) as refused:
        repository.files(repository.resolve("HEAD~1"))
    assert refused.value.reason == "no-folder-then"
    assert "“later”" in refusal(refused.value)


def test_a_folder_that_was_a_file_then_was_not_there(tmp_path: Path):
    made = Made.at(tmp_path / "here")
    made.commit({"brand": b"a file"})
    made.git("rm", "--quiet", "brand")
    made.commit(placed("brand"))
    repository = Repository.holding(made.top / "brand")
    with pytest.raises(HistoryError, match="no-folder-then"):
        repository.files(repository.resolve("HEAD~1"))


def write_odd_names(folder: Path) -> None:
    for name in ("a b.yaml", "été.yml", ".hidden.yaml", "notes.txt", "t\tab\n.yaml", "x.yaml.bak"):
        (folder / "journeys" / name).write_text(VISIT.replace("visit", "v", 1), encoding="utf-8")
    (folder / "journeys/deeper").mkdir()
    (folder / "journeys/deeper/one.yaml").write_text(VISIT, encoding="utf-8")
    (folder / os.fsdecode(b"journeys/\xff.yaml")).write_bytes(b"journey: w")


def write_split(folder: Path) -> None:
    (folder / "markers").mkdir()
    (folder / "markers/more.yaml").write_text("- {id: more}\n", encoding="utf-8")
    for name in ("rules.yaml", "waivers.yaml", "baseline.json"):
        (folder / name).write_text("[unknown]\n", encoding="utf-8")
    (folder / "plans").mkdir()
    (folder / "plans/x.yaml").write_text("[]\n", encoding="utf-8")


def write_links(folder: Path) -> None:
    (folder / "shared").mkdir()
    (folder / "shared/charter.yaml").write_bytes(WORKSPACE["charter.yaml"])
    (folder / "charter.yaml").unlink()
    (folder / "charter.yaml").symlink_to("shared/../shared/charter.yaml")
    (folder / "journeys").rename(folder / "shared/ways")
    (folder / "journeys").symlink_to("./shared/ways")
    (folder / "shared/ways/again.yaml").symlink_to("../../journeys/visit.yaml")


def write_bad_links(folder: Path) -> None:
    (folder.parent / "outside.yaml").write_text("journey: outside", encoding="utf-8")
    for name, target in {
        "out": "../../outside.yaml",
        "absolute": str(folder.parent / "outside.yaml"),
        "nothing": "missing.yaml",
        "circle": "circle.yaml",
        "folder": "../journeys",
        "through-a-file": "visit.yaml/deeper",
    }.items():
        (folder / f"journeys/{name}.yaml").symlink_to(target)


def write_folders_for_files(folder: Path) -> None:
    (folder / "journeys/visit.yaml").unlink()
    (folder / "journeys").rmdir()
    (folder / "journeys").write_text("a file", encoding="utf-8")
    (folder / "rules.yaml").mkdir()
    (folder / "rules.yaml/x").write_text("x", encoding="utf-8")


def write_circle_of_folders(folder: Path) -> None:
    (folder / "markers").symlink_to("markers")


def write_link_to_no_folder(folder: Path) -> None:
    (folder / "markers").symlink_to("gone")


def write_too_large(folder: Path) -> None:
    (folder / "journeys/large.yaml").write_bytes(b"# a comment\n" * 1_000_000)
    (folder / "journeys/visit.yaml").write_text("journey: [", encoding="utf-8")


def write_executable(folder: Path) -> None:
    (folder / "charter.yaml").chmod(0o755)


@pytest.mark.parametrize(
    "write",
    [
        write_odd_names,
        write_split,
        write_links,
        write_bad_links,
        write_folders_for_files,
        write_circle_of_folders,
        write_link_to_no_folder,
        write_too_large,
        write_executable,
    ],
)
@pytest.mark.parametrize("place", ["", "some/brand"])
def test_a_commit_reads_as_its_folder_does(write, place: str, tmp_path: Path):
    """The same workspace, or the same problems at the same places."""
    made = Made.at(tmp_path / "here")
    folder = made.top / place
    made.commit(placed(place))
    write(folder)
    made.commit({})
    repository = Repository.holding(folder)
    commit = repository.resolve("HEAD")
    assert outcome(lambda: read_files(repository.files(commit))) == outcome(
        lambda: read_folder(folder)
    )


def outcome(read: Callable[[], Workspace]) -> object:
    """Return the workspace, or all that is wrong with it."""
    try:
        return read()
    except InvalidWorkspace as invalid:
        return invalid.problems, invalid.sources


def test_reading_touches_neither_work_tree_nor_index(made: Made):
    (made.top / "charter.yaml").write_text("unsaved: work\n", encoding="utf-8")
    made.commit({})
    (made.top / "journeys/visit.yaml").unlink()
    before = made.git("status", "--porcelain", "--branch"), (made.top / ".git/index").read_bytes()
    repository = Repository.holding(made.top)
    assert repository.files(repository.resolve("HEAD~1")) == WORKSPACE
    repository.log(5)
    assert (made.top / ".git/index").read_bytes() == before[1]
    assert made.git("status", "--porcelain", "--branch") == before[0]


def test_a_repository_that_lacks_a_file_says_so(made: Made):
    blob = made.git("rev-parse", "HEAD:charter.yaml")
    (made.top / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()
    repository = Repository.holding(made.top)
    with pytest.raises(HistoryError) as refused:
        repository.files(repository.resolve("HEAD"))
    assert refused.value.reason == "incomplete"
