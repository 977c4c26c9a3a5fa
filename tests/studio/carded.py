"""Components of ours on a page that is run without a browser: what they say, what is done."""

import json
from collections.abc import Iterator
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest


def words_of(app: AppTest) -> Iterator[str]:
    """What the cards of the page say, a line each: as a browser would show it."""
    for shown in app.get("bidi_component"):
        for group in _given(shown).get("groups", ()):
            yield f"{group['title']} {group['count']}"
            if not group["cards"]:
                yield group["empty"]
            for card in group["cards"]:
                yield from _lines(card)


def _lines(card: dict[str, Any]) -> Iterator[str]:
    badges = " ".join(badge["text"] for badge in card["badges"])
    yield f"{badges} {card['title']} {card['note']}".strip()
    for line in card["lines"]:
        yield " · ".join(f"{said['caption']} {said['text']}".strip() for said in line)
    yield from (deed["label"] for deed in card["deeds"])


def press(app: AppTest, key: str, card: str, deed: str) -> AppTest:
    """Do what a browser does when something is chosen on a card."""
    return send(app, key, "done", [card, deed])


def send(app: AppTest, key: str, event: str, value: object) -> AppTest:
    """Do what a browser does when something happens in a component."""
    (shown,) = (each for each in app.get("bidi_component") if each.key == key)
    states = app._tree.get_widget_states()
    states.widgets.add(
        id=_make_trigger_id(shown.proto.id, "events"),
        json_trigger_value=json.dumps([{"event": event, "value": value}]),
    )
    return app._run(states)


def options(app: AppTest, key: str) -> dict[str, str]:
    """What a list that opens offers: what each option is called."""
    return dict(given(app, f"drop-down-{key}").get("options", ()))


def select(app: AppTest, key: str, option: object) -> AppTest:
    """Choose an option of a list that opens."""
    return send(app, f"drop-down-{key}", "chosen", {"option": option, "asked": 1})


def see_part(app: AppTest, key: str, part: object) -> AppTest:
    """Choose a part of a panel."""
    return send(app, f"bar-{key}", "chosen", {"option": part, "asked": 1})


def said(app: AppTest) -> str:
    """The text of a page that is there to try one component: what came of it."""
    assert not app.exception
    return str(app.text[0].value)


def figures(app: AppTest) -> dict[str, str]:
    """What is counted in figures, with how many that are."""
    shown = [each for each in app.get("bidi_component") if "figures" in _given(each)]
    return {one["label"]: one["value"] for each in shown for one in _given(each)["figures"]}


def given(app: AppTest, key: str) -> dict[str, Any]:
    """What the component of that key is given; nothing where there is none."""
    shown = next((each for each in app.get("bidi_component") if each.key == key), None)
    return _given(shown) if shown else {}


def _given(shown: Any) -> dict[str, Any]:
    """What a component is given, where that has parts with names."""
    found = json.loads(shown.proto.json or "{}")
    return found if isinstance(found, dict) else {}
