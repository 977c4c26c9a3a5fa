"""Cards that people put elsewhere: who may, and what happens where it can't be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from charter.arrangement import Spot
from charter.messages import Language, Speaker, speaker
from charter.reports.names import Names
from charter.studio import arranging
from charter.studio.access import NotAllowed
from charter.studio.arranging import arrangeable_map, spots_of
from charter.studio.journey_map import MapMove, MapView
from charter.studio.journey_view import JourneyView, Looking
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.workspace import Workspace
from tests.scenarios.writing import workspace

ENGLISH = speaker(Language.ENGLISH)


@dataclass(frozen=True)
class Person:
    """A visitor with a role, as far as a map asks for one."""

    root: Path
    role: Role
    workspace: Workspace
    speak: Speaker = ENGLISH

    def may(self, role: Role) -> bool:
        return role is Role.VIEWER or self.role is not Role.VIEWER

    def require(self, role: Role) -> None:
        if not self.may(role):
            raise NotAllowed("role")


@dataclass
class Shown:
    """What the map was shown with."""

    view: MapView | None = None
    on_move: Callable[[MapMove], None] | None = None
    on_reset: Callable[[], None] | None = None

    def __call__(self, view: MapView, **given: Any) -> None:
        self.view, self.on_move, self.on_reset = view, given["on_move"], given["on_reset"]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    there = Shown()
    monkeypatch.setattr(arranging, "journey_map", there)
    return there


def show(root: Path, role: Role) -> tuple[Session, JourneyView]:
    whole = workspace()
    session = cast(Session, Person(root, role, whole))
    view = JourneyView(whole.settings[0], Names(whole, ENGLISH), ENGLISH)
    drawn = view.map(Looking(), spots=spots_of(session, view))
    arrangeable_map(session, view, drawn, key="map")
    return session, view


def test_an_editor_moves_cards_and_puts_them_back(shown: Shown, tmp_path: Path):
    session, view = show(tmp_path, Role.EDITOR)
    assert shown.view is not None
    assert shown.on_move is not None
    assert shown.on_reset is not None
    assert shown.view.is_arrangeable
    shown.on_move(MapMove("till", Spot(0.5, 1)))
    assert spots_of(session, view) == {"till": Spot(0.5, 1)}
    shown.on_reset()
    assert spots_of(session, view) == {}


def test_a_viewer_sees_where_cards_were_put_and_moves_none(shown: Shown, tmp_path: Path):
    show(tmp_path, Role.EDITOR)
    assert shown.on_move is not None
    shown.on_move(MapMove("till", Spot(0.5, 1)))
    session, view = show(tmp_path, Role.VIEWER)
    assert shown.view is not None
    assert shown.on_reset is not None
    assert not shown.view.is_arrangeable
    assert {stop.id: stop.spot for stop in shown.view.stops}["till"] == Spot(0.5, 1)
    for act in (lambda: shown.on_move(MapMove("till", Spot(0, 0))), shown.on_reset):
        with pytest.raises(NotAllowed):
            act()
    assert spots_of(session, view) == {"till": Spot(0.5, 1)}


def test_what_cant_be_kept_is_told(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    told: list[str] = []
    monkeypatch.setattr(arranging.st, "toast", lambda text, **_: told.append(text))
    session, view = show(tmp_path, Role.EDITOR)
    (tmp_path / ".charter-studio").write_text("in the way", encoding="utf-8")
    assert shown.on_move is not None
    shown.on_move(MapMove("till", Spot(0.5, 1)))
    assert ["could not be kept" in text for text in told] == [True]
    assert spots_of(session, view) == {}
