"""What is chosen stands in the page's address."""

from streamlit.testing.v1 import AppTest

from tests.studio.test_app import chosen


def _page() -> None:
    import streamlit as st

    from charter.studio import address

    address.read("stop", ["till", "door", "desk"], default="till")
    st.button("Door", on_click=address.choose, args=("stop", "door"))
    st.text(st.session_state["stop"])
    address.write("stop", st.session_state["stop"], default="till")


def test_a_link_is_followed():
    app = AppTest.from_function(_page)
    app.query_params["stop"] = "desk"
    assert app.run().text[0].value == "desk"


def test_what_is_chosen_now_comes_before_an_address_from_before():
    """A browser that is asked again at once hasn't taken the last answer's address yet."""
    app = AppTest.from_function(_page).run()
    app.query_params["stop"] = "desk"
    app.button[0].click().run()
    assert app.text[0].value == "door"
    assert chosen(app, "stop") == "door"
