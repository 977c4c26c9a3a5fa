"""The words for what can't be done with a charter's history: why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from charter.messages import N_, Speaker, visible

# By reason. What is filled in is the user's own text.
_SENTENCES = {
    # The program and the repository.
    "no-git": N_(
        "History needs the program git, which isn't installed here. Install it (git-scm.com); "
        "everything but history works without it."
    ),
    "cannot-run": N_("The program git can't be run ({detail}). Check how it is installed."),
    "git-failed": N_("git refuses: {detail}"),
    "too-slow": N_(
        "git took longer than {seconds} seconds and was stopped. Try again, or look whether the "
        "disk can be reached."
    ),
    "too-much": N_("git answers more than {limit} MiB, which is more than is read."),
    "no-folder": N_("There is no folder {folder}. Name the folder that holds charter.yaml."),
    "no-repository": N_(
        "{folder} is in no git repository, so it has no history. Start one there with “git init”, "
        "“git add .” and “git commit”."
    ),
    "broken-link": N_(
        "The file .git of {folder} leads to no repository. If the repository was moved, run “git "
        "worktree repair” in it."
    ),
    "bare": N_(
        "{folder} is a bare repository, which holds no files to work on. Clone it, and name the "
        "clone's folder."
    ),
    "inside-git": N_(
        "{folder} is where git keeps its own files. Name the folder that holds charter.yaml."
    ),
    "other-owner": N_(
        "The repository {folder} belongs to another user, so git doesn't read it. If you trust "
        "them, run “git config --global --add safe.directory {folder}”."
    ),
    "incomplete": N_(
        "The repository lacks some of what is asked for: it was cloned in part, or is damaged. "
        "Run “git fetch --refetch”, or “git fsck” to see what is missing."
    ),
    # Revisions.
    "option": N_(
        "“{revision}” looks like an option, not like a revision. Name a branch, a tag or a commit."
    ),
    "unknown-revision": N_(
        "There is no revision “{revision}”. Name a branch, a tag or a commit; “git log” lists "
        "commits."
    ),
    "unknown-revision-like": N_("There is no revision “{revision}”. Did you mean “{suggestion}”?"),
    "range": N_("“{revision}” names two revisions, or none. Name one; “charter diff” takes two."),
    "ambiguous-revision": N_(
        "Several commits begin with “{revision}”. Write more digits of the one you mean."
    ),
    "no-commits": N_(
        "Nothing has been committed here yet, so there is nothing to compare with. Commit once "
        "with “git add .” and “git commit”."
    ),
    "history-ends": N_(
        "“{revision}” lies beyond the part of history that was cloned. Run “git fetch "
        "--unshallow” to get the rest; in CI, let the checkout fetch the whole history "
        "(fetch-depth: 0)."
    ),
    "no-such-step": N_(
        "“{revision}” goes back beyond the first commit, or to a parent or file that isn't there. "
        "Go back less far; “git log” lists commits."
    ),
    "no-folder-then": N_(
        "The folder “{folder}” didn't exist yet at {commit}. Name a later revision."
    ),
}


def sentence(reason: str, parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return what can't be done and what to do, as one line in the speaker's language."""
    told = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    return speak(_SENTENCES[reason], **told)


def reasons() -> Iterable[str]:
    """Return every reason that has a sentence."""
    return _SENTENCES.keys()
