"""Seeing how far the markers of a folder have come, now and since an earlier version."""

from __future__ import annotations

from pathlib import Path

from charter.checker import Checked, report_of
from charter.deployment import Deployment, cells, progress
from charter.history import Repository
from charter.plan_views import written_entries
from charter.usecases.diff import Version, committed, read_versions
from charter.workspace import InvalidWorkspace, Workspace, read_folder


def deployment_of_folder(root: Path, *, since: str | None = None) -> Deployment | Checked:
    """Return how far markers have come in a folder; that it is invalid is an answer too.

    Args:
        root: The folder.
        since: The git revision that it is compared with; None for none.

    Raises:
        HistoryError: There is no such revision, or no repository to look it up in.
    """
    if since is None:
        try:
            return deployment(read_folder(root))
        except InvalidWorkspace as invalid:
            return Checked(report_of(invalid), None, invalid.sources)
    earlier = committed(Repository.holding(root), since)
    read = read_versions([earlier, Version("", lambda: read_folder(root))])
    if isinstance(read, Checked):
        return read
    before, after = map(deployment, read)
    return progress(before, after, since)


def deployment(workspace: Workspace) -> Deployment:
    """Return how far the markers of a workspace have come, with what its plans say."""
    return Deployment(workspace, cells(workspace, written_entries(workspace, workspace.plans)))
