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
        "them, run “git config --global --add safe.directory {argument}”."
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
        "“{revision}” goes back beyond the first commit, or leads to something that isn't there. "
        "Go back less far; “git log” lists commits."
    ),
    "no-version": N_(
        "“{revision}” names a file or a folder, not a version. Name a branch, a tag or a commit."
    ),
    "no-folder-then": N_(
        "The folder “{folder}” didn't exist yet at {commit}. Name a later revision."
    ),
    # Drafts.
    "bad-draft-name": N_(
        "A draft can't be called “{name}”. Use letters, digits and hyphens, such as “spring-2027”."
    ),
    "bad-draft-name-like": N_(
        "A draft can't be called “{name}”. Use letters, digits and hyphens, such as “{suggestion}”."
    ),
    "name-clash": N_(
        "“{name}” can't stand beside another branch whose name is the beginning of it, or goes on "
        "from it. Choose another name."
    ),
    "no-draft": N_("There is no draft “{name}”. It may have been discarded meanwhile."),
    "draft-exists": N_("There is a draft “{name}” already. Choose another name, or open that one."),
    "no-draft-like": N_("There is no draft “{name}”. Did you mean “{suggestion}”?"),
    "draft-checked-out": N_(
        "The draft “{name}” is checked out in {folder}, so it is changed there alone. Check out "
        "another branch there first (“git switch main”)."
    ),
    "draft-moved": N_(
        "Somebody has saved to the draft “{name}” since you looked at it, so it wasn't discarded. "
        "Look at it again."
    ),
    "draft-moved-on": N_(
        "The draft “{name}” isn't what you looked at any more, so nothing was said about it. Look "
        "at it again."
    ),
    "bad-author": N_(
        "“{value}” can't be written down as an author. Give a name, and an address without < > or "
        "line ends."
    ),
    "not-of-workspace": N_("“{file}” is no file that a workspace may have, so it wasn't saved."),
    "leads-nowhere": N_(
        "“{file}” is no file there, or a link that leads out of the workspace, so it wasn't saved."
    ),
    "busy": N_(
        "Others are saving all the time, or left a lock behind, so this wasn't done ({detail}). "
        "Try again; if nobody is at work, delete the .lock file named here."
    ),
    # Beginning.
    "begun": N_("Versions of {folder} are kept already. Load the page again."),
    "nothing-to-keep": N_(
        "There is no file of a charter in {folder} yet, so there is nothing to keep versions of. "
        "Write charter.yaml first."
    ),
    # Publishing.
    "detached": N_(
        "No branch is checked out here, so it isn't clear where to publish. Name the branch."
    ),
    "no-branch": N_("There is no branch “{name}”. “git branch” lists them."),
    "no-branch-like": N_("There is no branch “{name}”. Did you mean “{suggestion}”?"),
    "unrelated": N_(
        "The draft “{name}” and “{branch}” have no version in common, so they can't be brought "
        "together. Begin a new draft."
    ),
    "checked-out-elsewhere": N_(
        "The branch “{branch}” is checked out in a work tree that can't be found from here. "
        "Publish from there."
    ),
    "unsaved-work": N_(
        "There are changes here that aren't committed: {files}. Commit them (“git commit”) or take "
        "them back (“git restore”), then publish."
    ),
    "unpublished-in-folder": N_(
        "These were saved in the shared charter and aren't published: {files}. Put them into a "
        "draft and publish that first; then publish this one."
    ),
    "other-files": N_(
        "The draft changes more than the files of a workspace: {files}. Publish it with “git "
        "merge”."
    ),
    "index-busy": N_(
        "Another git program is at work here, so nothing was published. Try again; if none is, "
        "delete the file index.lock in the folder .git."
    ),
}


_FILES_SHOWN = 3


def sentence(reason: str, parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return what can't be done and what to do, as one line in the speaker's language."""
    told = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    files = parameters.get("files")
    if isinstance(files, tuple):
        more = [speak(N_("others"))] if len(files) > _FILES_SHOWN else []
        told["files"] = speak.all_of([*map(visible, files[:_FILES_SHOWN]), *more])
    return speak(_SENTENCES[reason], **told)


def reasons() -> Iterable[str]:
    """Return every reason that has a sentence."""
    return _SENTENCES.keys()
