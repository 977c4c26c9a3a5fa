"""A list that opens: what is offered, and what a browser may say of it."""

import pytest
from streamlit.testing.v1 import AppTest

from charter.studio.pieces import happened
from tests.studio.carded import given, options, said, select

SHOWN = "drop-down-stage"


def page() -> None:
    import streamlit as st

    from charter.studio.drop_down import drop_down

    st.session_state.setdefault("changes", 0)

    def changed() -> None:
        st.session_state["changes"] += 1

    chosen = drop_down(
        "Stage",
        ["", "visit", "care"],
        key="stage",
        told=lambda each: each.title() or "All",
        on_change=changed,
        disabled=st.session_state.get("disabled", False),
    )
    st.text(f"{chosen or 'all'} {st.session_state['changes']}")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def test_the_first_option_is_chosen_at_first(app: AppTest):
    assert options(app, "stage") == {"": "All", "visit": "Visit", "care": "Care"}
    assert given(app, SHOWN)["chosen"] == ""
    assert said(app) == "all 0"


def test_what_is_chosen_is_known_before_the_page_runs_and_stays(app: AppTest):
    assert said(select(app, "stage", "care")) == "care 1"
    assert said(app.run()) == "care 1"


@pytest.mark.parametrize(
    "sent", ["gone", "Care", None, 1, ["care"], {"id": "care"}, "<img onerror=alert(1)>"]
)
def test_a_browser_chooses_only_what_is_offered(app: AppTest, sent: object):
    assert said(select(app, "stage", sent)) == "all 0"


def test_the_option_that_is_chosen_already_changes_nothing(app: AppTest):
    assert said(select(app, "stage", "")) == "all 0"


def test_nothing_is_chosen_where_nothing_can_be(app: AppTest):
    app.session_state["disabled"] = True
    assert said(select(app.run(), "stage", "care")) == "all 0"


def test_what_the_app_itself_chooses_is_shown(app: AppTest):
    app.session_state["stage"] = "visit"
    assert given(app.run(), SHOWN)["chosen"] == "visit"


def test_what_isnt_offered_gives_way_to_the_first(app: AppTest):
    app.session_state["stage"] = "gone"
    assert said(app.run()) == "all 0"


def test_the_browser_learns_which_of_its_choices_was_answered(app: AppTest):
    """Until then it shows what somebody chose, not what the page said before."""
    assert given(app, SHOWN)["answered"] is None
    assert given(select(app, "stage", "care"), SHOWN)["answered"] == 1


def test_a_choice_on_a_page_that_is_being_left_does_no_harm():
    """A browser may ask for another page and say what happened on this one."""
    assert happened("drop-down-gone", "chosen") is None
