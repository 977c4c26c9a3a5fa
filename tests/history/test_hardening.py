"""Looking at a repository, and working in it, runs none of the programs that it names."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from charter.history import Drafts, HistoryError, Repository
from charter.usecases.drafts import (
    discard_draft,
    list_drafts,
    open_draft,
    publish_draft,
    save_draft,
)
from tests.history.building import WORKSPACE, Made
from tests.history.test_drafts import ANNE, VISIT_FILE, WHEN, with_name, with_owner

HOOKS = (
    *("applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-checkout", "post-commit"),
    *("post-index-change", "post-merge", "post-receive", "post-rewrite", "post-update"),
    *("pre-auto-gc", "pre-commit", "pre-merge-commit", "pre-push", "pre-rebase"),
    *("prepare-commit-msg", "proc-receive", "push-to-checkout", "reference-transaction"),
    *("sendemail-validate", "update"),
)
# What the configuration of a repository may name to be run.
SETTINGS = {
    "alias.rev-parse": "!{trap}",
    "alias.update-ref": "!{trap}",
    "commit.gpgSign": "true",
    "core.alternateRefsCommand": "{trap}",
    "core.askPass": "{trap}",
    "core.editor": "{trap}",
    "core.fsmonitor": "{trap}",
    "core.gitProxy": "{trap}",
    "core.pager": "{trap}",
    "core.sshCommand": "{trap}",
    "credential.helper": "!{trap}",
    "diff.external": "{trap}",
    "diff.trap.command": "{trap}",
    "diff.trap.textconv": "{trap}",
    "filter.trap.clean": "{trap}",
    "filter.other.process": "{trap}",
    "filter.trap.smudge": "{trap}",
    "filter.trap.required": "true",
    "filter.one more = trap.clean": "{trap}",
    "gpg.program": "{trap}",
    "gpg.ssh.program": "{trap}",
    "log.showSignature": "true",
    "merge.trap.driver": "{trap}",
    "pager.log": "{trap}",
    "pager.ls-tree": "{trap}",
    "pager.rev-list": "{trap}",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "remote.origin.promisor": "true",
    "remote.origin.url": "ext::{trap}",
    "remote.origin.uploadpack": "{trap}",
    "sequence.editor": "{trap}",
    "uploadpack.packObjectsHook": "{trap}",
}

ATTRIBUTES = b"""\
* diff=trap filter=trap merge=trap text
*.md filter=other
"""


@pytest.fixture
def traps(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that says which of the programs were run that the repository names."""
    sprung = tmp_path / "sprung"
    sprung.mkdir()
    for name in HOOKS:
        _write_trap(made.top / ".git/hooks" / name, sprung / f"hook {name}")
    (tmp_path / "traps").mkdir()
    for name in SETTINGS:
        _write_trap(tmp_path / "traps" / name, sprung / name)
    made.commit({".gitattributes": ATTRIBUTES})
    for each in sprung.iterdir():
        each.unlink()
    for name, value in SETTINGS.items():
        made.git("config", name, value.format(trap=shlex.quote(str(tmp_path / "traps" / name))))
    for variable in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_EDITOR", "GIT_SSH_COMMAND"):
        _write_trap(tmp_path / "traps" / variable, sprung / variable)
        monkeypatch.setenv(variable, str(tmp_path / "traps" / variable))
    # What is asked must not depend on where somebody's environment points either.
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere"))
    return sprung


def _write_trap(file: Path, told: Path) -> None:
    file.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(told))}\nexit 0\n", encoding="utf-8")
    file.chmod(0o755)


def test_nothing_that_the_repository_names_is_run(made: Made, traps: Path):
    """Neither by reading, nor by saving to drafts, merging, publishing and discarding them."""
    repository = Repository.holding(made.top)
    commit = repository.resolve("HEAD")
    assert repository.files(commit) == WORKSPACE
    assert len(repository.log(5)) == 2
    for name, content in {"spring": with_name("X"), "summer": with_owner("sales")}.items():
        for changes in ({VISIT_FILE: content}, {"content/x.md": b"Words"}):
            save_draft(
                *(made.top, name, changes, commit), author=ANNE, message="A change", now=WHEN
            )
    assert len(list_drafts(made.top)) == 2
    for name in ("spring", "summer"):
        publish_draft(made.top, name, author=ANNE, message="Both", now=WHEN)
        discard_draft(made.top, name, open_draft(made.top, name).commit)
    both = with_owner("sales", with_name("X").decode())
    assert (made.top / VISIT_FILE).read_bytes() == both
    assert repository.files(repository.resolve("HEAD"))[VISIT_FILE] == both
    assert sorted(each.name for each in traps.iterdir()) == []


def test_what_the_repository_lacks_is_fetched_from_nowhere(made: Made, traps: Path):
    """Not even where it was cloned in part, from where a program would have to be run."""
    _clone_in_part(made)
    repository = Repository.holding(made.top)
    with pytest.raises(HistoryError, match="incomplete"):
        repository.files(repository.resolve("HEAD"))
    assert Drafts(repository).all() == []
    assert sorted(each.name for each in traps.iterdir()) == []


def _clone_in_part(made: Made) -> str:
    """Let the repository be one that lacks a file, and fetches it when asked; return its id."""
    blob = made.git("rev-parse", "HEAD:charter.yaml", **_own(made))
    (made.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    made.git("config", "core.repositoryFormatVersion", "1", **_own(made))
    made.git("config", "extensions.partialClone", "origin", **_own(made))
    return blob


def _own(made: Made) -> dict[str, str]:
    """Return what git needs to look at the repository in spite of the environment."""
    return {"GIT_DIR": str(made.top / ".git"), "GIT_INDEX_FILE": str(made.top / ".git/index")}


def test_the_traps_work(made: Made, traps: Path):
    """Whoever calls git the usual way runs into them."""
    (made.top / VISIT_FILE).write_bytes(b"journey: other")
    (made.top / "content.md").write_bytes(b"other")
    environment = {**os.environ, **_own(made)}
    # Whether `status` has a file of another size cleaned hangs on the moment; `add` always has.
    add = f"add {VISIT_FILE} content.md"
    commands = ["status", "show --ext-diff", add, "update-ref refs/heads/x HEAD"]
    for words in (*commands, f"cat-file -p {_clone_in_part(made)}"):
        subprocess.run(
            ["git", *words.split()], cwd=made.top, env=environment, check=False, capture_output=True
        )
    sprung = {each.name for each in traps.iterdir()}
    assert {
        *("core.fsmonitor", "filter.trap.clean", "filter.other.process", "diff.trap.command"),
        *("hook post-index-change", "hook reference-transaction", "remote.origin.url"),
    } <= sprung


def test_the_output_of_git_is_in_english_whatever_the_user_speaks(
    made: Made, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(os.environ, "LANGUAGE", "fr")
    monkeypatch.setitem(os.environ, "LC_ALL", "fr_FR.UTF-8")
    assert Repository.holding(made.top).find("nothing") is None
