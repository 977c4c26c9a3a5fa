"""The bar at the head of a panel: its parts, its deeds, and what a browser may say of them."""

import pytest
from streamlit.testing.v1 import AppTest

from charter.studio.deeds import Deed
from charter.studio.panel_bar import deed_of
from tests.studio.carded import given, said, see_part, send

SHOWN = "bar-part"


def page() -> None:
    import streamlit as st

    from charter.studio.deeds import Deed
    from charter.studio.panel_bar import panel_bar

    done = st.session_state.setdefault("done", [])
    part = panel_bar(
        "Part",
        st.session_state.get("parts", ["markers", "ways"]),
        key="part",
        told=str.title,
        deeds=(Deed("copy", "Duplicate"), Deed("retire", "Retire", is_disabled=True)),
        on_deed=done.append,
    )
    st.text(f"{part} {' '.join(done)}".strip())


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def test_the_first_part_is_seen_until_another_is_chosen(app: AppTest):
    assert said(app) == "markers"
    assert given(app, SHOWN)["options"] == [["markers", "Markers"], ["ways", "Ways"]]
    assert said(see_part(app, "part", "ways")) == "ways"
    assert given(app, SHOWN)["chosen"] == "ways"


def test_a_part_that_isnt_there_any_more_gives_way_to_the_first(app: AppTest):
    see_part(app, "part", "ways")
    app.session_state["parts"] = ["markers", "more"]
    assert said(app.run()) == "markers"


def test_the_page_can_choose_itself(app: AppTest):
    app.session_state["part"] = "ways"
    assert said(app.run()) == "ways"


def test_a_deed_is_done_once(app: AppTest):
    assert said(send(app, SHOWN, "done", "copy")) == "markers copy"
    assert said(app.run()) == "markers copy"


@pytest.mark.parametrize("sent", ["retire", "fly", "", None, 7, ["copy"], {"name": "copy"}])
def test_what_isnt_offered_cant_be_done(sent: object):
    deeds = (Deed("copy", "Duplicate"), Deed("retire", "Retire", is_disabled=True))
    assert deed_of(sent, deeds) is None


@pytest.mark.parametrize("sent", ["", "fly", None, 7, ["ways"], {"asked": 1}])
def test_what_isnt_offered_cant_be_chosen(app: AppTest, sent: object):
    assert said(see_part(app, "part", sent)) == "markers"
    assert said(send(app, SHOWN, "chosen", sent)) == "markers"
