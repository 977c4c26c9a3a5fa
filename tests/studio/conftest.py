"""What the tests of pages share: work that a page has done in another process is done here."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from charter.studio import downloads, in_turn, plan_finder, ranked
from charter.studio.progress import Progress


def done_here(progress: Progress, do: Callable[..., Any], *asked: object, **named: object) -> Any:
    """Answer as another process would: what is asked and answered goes there and back as bytes."""
    do, asked, named = pickle.loads(pickle.dumps((do, asked, named)))
    return pickle.loads(pickle.dumps(do(*asked, **named)))


@pytest.fixture(autouse=True)
def _work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading the program anew takes seconds; `test_elsewhere` tries the processes themselves."""
    for who in (downloads, plan_finder, ranked):
        monkeypatch.setattr(who, "elsewhere", done_here)
    monkeypatch.setattr(in_turn, "PAGE_FIRST", 0.0)
