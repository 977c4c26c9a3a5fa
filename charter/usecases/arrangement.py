"""How the cards of a journey's map are put elsewhere, by everybody who works on it."""

from __future__ import annotations

from pathlib import Path

from charter.arrangement import Arrangement, Spot, Spots, parse, serialise
from charter.private_folder import PrivateFolder
from charter.workspace import Workspace

FILE = "arrangement.json"


def arranged(root: Path, journey: str) -> Spots:
    """Return where people put the cards of a journey, by stop."""
    return _read(root).of(journey)


def move_card(root: Path, workspace: Workspace, journey: str, stop: str, spot: Spot) -> None:
    """Put a card elsewhere; what others put elsewhere meanwhile stays where they put it.

    Cards of stops that the workspace doesn't have any more are forgotten, and nothing is kept of
    a stop that it doesn't have.

    Raises:
        OSError: It can't be written.
        locking.Busy: Somebody else has been writing for too long.
    """
    known = _stops(workspace)

    def with_card(was: bytes | None) -> bytes:
        moved = parse(was).with_only(known).with_card(journey, stop, spot)
        return serialise(moved.with_only(known))

    PrivateFolder(root).update(FILE, with_card)


def put_in_order(root: Path, journey: str) -> None:
    """Let the map of a journey be laid out by itself again.

    Raises:
        OSError: It can't be written.
        locking.Busy: Somebody else has been writing for too long.
    """
    if not arranged(root, journey):
        return
    PrivateFolder(root).update(FILE, lambda was: serialise(parse(was).without(journey)))


def _read(root: Path) -> Arrangement:
    return parse(PrivateFolder(root).read(FILE))


def _stops(workspace: Workspace) -> dict[str, set[str]]:
    """Return the stops by journey, also of what is planned or retired."""
    return {
        journey.id: {
            f"{touchpoint.id}@{channel}" if touchpoint.channels else touchpoint.id
            for touchpoint in journey.touchpoints
            for channel in touchpoint.channels or [""]
        }
        for journey in workspace.journeys
    }
