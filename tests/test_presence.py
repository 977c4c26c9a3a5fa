"""Who is at work is known by a sign of life each, which fades."""

import datetime
import json
from pathlib import Path

import pytest

from charter.presence import PATIENCE, PAUSE, Visitor, announce, leave, visitors
from charter.private_folder import PrivateFolder

NOW = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
ANNE = Visitor("a1", "Anne", "spring", "versions", NOW)
BOB = Visitor("b1", "Bob", "", "journeys", NOW + SECOND)


@pytest.fixture
def folder(tmp_path: Path) -> PrivateFolder:
    return PrivateFolder(tmp_path)


def at(visitor: Visitor, when: datetime.datetime, page: str | None = None) -> Visitor:
    return Visitor(visitor.token, visitor.name, visitor.version, page or visitor.page, when)


def test_everybody_who_gave_a_sign_is_here(folder: PrivateFolder):
    for visitor in (BOB, ANNE):
        announce(folder, visitor)
    assert visitors(folder, NOW + SECOND) == [ANNE, BOB]


def test_who_gave_none_for_a_while_is_gone_and_swept_away(folder: PrivateFolder):
    announce(folder, ANNE)
    announce(folder, BOB)
    assert visitors(folder, ANNE.when + PATIENCE) == [ANNE, BOB]
    assert visitors(folder, ANNE.when + PATIENCE + SECOND / 2) == [BOB]
    assert folder.names("presence") == ["presence/b1.json"]


def test_who_leaves_is_gone_at_once(folder: PrivateFolder):
    announce(folder, ANNE)
    leave(folder, "a1")
    leave(folder, "../../charter")
    assert visitors(folder, NOW) == []


def test_nothing_is_written_as_long_as_nothing_is_new(folder: PrivateFolder):
    announce(folder, ANNE)
    announce(folder, at(ANNE, NOW + PAUSE - SECOND))
    assert visitors(folder, NOW) == [ANNE]
    announce(folder, at(ANNE, NOW + PAUSE))
    assert visitors(folder, NOW) == [at(ANNE, NOW + PAUSE)]


def test_another_page_is_told_at_once(folder: PrivateFolder):
    announce(folder, ANNE)
    announce(folder, at(ANNE, NOW + SECOND, page="plan"))
    assert [visitor.page for visitor in visitors(folder, NOW + SECOND)] == ["plan"]


NO_SIGNS = [
    *(b"", b"{", b"[]", b"1", b"null", b"\xff", b"[" * 5000, b'{"name": "x"}'),
    json.dumps({"name": 1, "version": "", "page": "", "when": NOW.timestamp()}).encode(),
    json.dumps({"name": "x", "version": "", "page": "", "when": "soon"}).encode(),
    json.dumps({"name": "x", "version": "", "page": "", "when": 1e300}).encode(),
    json.dumps({"name": "x", "version": "", "page": "", "when": NOW.timestamp() + 60}).encode(),
    b'{"name": "x", "version": "", "page": "", "when": NaN}',
]


@pytest.mark.parametrize("content", NO_SIGNS)
def test_what_is_no_sign_of_life_is_overlooked(content: bytes, folder: PrivateFolder):
    announce(folder, ANNE)
    folder.write("presence/x1.json", content)
    folder.write("presence/x 2.json", b"{}")
    assert visitors(folder, NOW) == [ANNE]


def test_what_somebody_says_is_kept_short(folder: PrivateFolder):
    announce(folder, Visitor("c1", "x" * 9000, "", "", NOW))
    assert [len(visitor.name) for visitor in visitors(folder, NOW)] == [200]


@pytest.mark.parametrize("token", ["", "../x", "a/b", "a.b", "x" * 65])
def test_a_token_names_no_other_file(token: str, folder: PrivateFolder):
    with pytest.raises(ValueError, match=r".*"):
        announce(folder, Visitor(token, "Anne", "", "", NOW))


def test_a_full_disk_keeps_nobody_from_working(folder: PrivateFolder, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PrivateFolder, "write", refuse)
    announce(folder, ANNE)
    assert visitors(folder, NOW) == []
