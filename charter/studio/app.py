"""The app: reads the workspace, and shows one of its pages.

`streamlit run charter/studio/app.py -- DIR`, or better `charter studio DIR`.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import streamlit as st

from charter.checker import Checked
from charter.messages import N_, Language, Speaker, speaker
from charter.reports import render
from charter.reports.page import Page
from charter.studio import address, session
from charter.studio.literal import literal
from charter.workspace import contents_fingerprint

HERE = Path(__file__).parent
LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
LOOKS_EVERY = "2s"
"""How often the files are looked at for changes."""


def main() -> None:
    """Show the app, for one answer to one visitor."""
    st.set_page_config("Charter studio", str(HERE / "icon.svg"), layout="wide")
    st.logo(str(HERE / "icon.svg"))
    root, language = session.asked_for(session.main_arguments())
    head = st.container(horizontal=True, vertical_alignment="center", key="head")
    title = head.container()
    with head:
        speak = speaker(_chosen_language(language))
    contents = contents_fingerprint(root)
    saved = session.checked(str(root), contents, datetime.date.today())
    if saved.workspace is None:
        _show_problems(saved, root, speak, title)
    else:
        now = session.begin(root, contents, saved, speak)
        page = st.navigation(
            [
                _page("overview", N_("Overview"), ":material/dashboard:", speak),
                _page("journeys", N_("Journeys"), ":material/route:", speak),
                _page("consistency", N_("Consistency"), ":material/fact_check:", speak),
            ],
            position="top",
        )
        with title:
            is_first = page.url_path == ""
            st.title(
                literal(speak.words(now.report.brand)) if is_first else page.title, anchor=False
            )
        if now.tries:
            _say_that_tags_are_tried(now)
        page.run()
    _watch(root, contents, speak)


def _page(name: str, title: str, icon: str, speak: Speaker) -> st.Page:
    return st.Page(
        HERE / "page" / f"{name}.py",
        title=speak(title),
        icon=icon,
        url_path=name,
        default=name == "overview",
    )


def _chosen_language(first: Language) -> Language:
    """Show the language switch and return what it says; the address remembers it."""
    address.read("lang", list(Language), default=first)
    chosen: Language | None = st.selectbox(
        "Language · Langue",
        list(Language),
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        icon=":material/translate:",
        width=170,
        key="lang",
        persist_state="session",
    )
    address.write("lang", chosen, default=first)
    # The address gives a plain text, which speaks the language but isn't it.
    return Language(chosen or first)


def _say_that_tags_are_tried(now: session.Session) -> None:
    speak = now.speak
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="tried"):
        st.markdown(
            ":material/science: "
            + speak.many(
                "**{number} tag is being tried.** Every answer counts it; nothing is saved "
                "yet: saving comes with a later version.",
                "**{number} tags are being tried.** Every answer counts them; nothing is "
                "saved yet: saving comes with a later version.",
                len(now.tries),
            )
        )
        st.button(
            speak(N_("Put everything back")),
            key="forget",
            on_click=session.forget_tries,
            icon=":material/undo:",
        )


def _show_problems(
    saved: Checked, root: Path, speak: Speaker, title: st.delta_generator.DeltaGenerator
) -> None:
    """Show what is wrong with the files, as the terminal does."""
    with title:
        st.title(speak(N_("This workspace can't be read yet")), anchor=False)
    st.write(
        literal(
            speak(
                N_("Mend what is listed here in {folder}; this page looks again by itself."),
                folder=str(root),
            )
        )
    )
    st.code(
        render("text", saved, speak, Page()),
        language=None,
        wrap_lines=True,
    )


def _watch(root: Path, contents: str, speak: Speaker) -> None:
    """Run the app again once the files change on disk."""

    @st.fragment(run_every=LOOKS_EVERY)
    def look() -> None:
        if st.session_state.pop("has-changed", False):
            st.toast(speak(N_("The files changed; all was checked again.")), icon=":material/sync:")
        if contents_fingerprint(root) != contents:
            st.session_state["has-changed"] = True
            st.rerun()

    look()


if __name__ == "__main__":
    main()
