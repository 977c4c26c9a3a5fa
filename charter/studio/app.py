"""The app: reads what a visitor looks at, and shows one of its pages.

`streamlit run charter/studio/app.py -- DIR`, or better `charter studio DIR`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charter.history import HistoryError
from charter.messages import N_, Language, Speaker, speaker
from charter.reports import render
from charter.reports.page import Page
from charter.studio import address, session, work
from charter.studio.access import NotAllowed, visitor
from charter.studio.beginning import show_what_next
from charter.studio.cut_short import say_what_is_cut_short
from charter.studio.doorway import refuse, who_is_here
from charter.studio.drop_down import drop_down
from charter.studio.first_run import is_first_run, show_first_run
from charter.studio.keyboard import keyboard
from charter.studio.literal import literal
from charter.studio.session import Session, Trouble
from charter.studio.toolbar import show_notices, show_toolbar
from charter.studio.watching import watch
from charter.usecases.desks import FOLDER
from charter.workspace import InvalidWorkspace

HERE = Path(__file__).parent
LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
BOARD = "board"
"""The page that a workshop projects; only a link leads there."""


def main() -> None:
    """Show the app, for one answer to one visitor."""
    st.set_page_config("Charter studio", str(HERE / "icon.svg"), layout="wide")
    st.logo(str(HERE / "icon.svg"))
    root, language = session.asked_for(session.main_arguments())
    st.html(HERE / "studio.css")
    unseen = st.container(key="unseen")
    with st.container(key="head", gap="small"):
        row = st.container(
            horizontal=True, vertical_alignment="center", gap="small", key="head-row"
        )
        title = row.container(width="content", key="head-title")
        bar = row.container(
            horizontal=True,
            horizontal_alignment="right",
            vertical_alignment="center",
            gap="small",
            key="head-bar",
        )
        notices = st.container(gap="small")
    with row:
        speak = speaker(_chosen_language(language))
    try:
        visitor()
        now = None if is_first_run(root) else session.begin(root, speak)
    except NotAllowed as refused:
        refuse(refused, title, speak)
    except (HistoryError, InvalidWorkspace) as error:
        _show_reason(work.why(error, speak) or "", title, speak)
        st.button(
            speak(N_("Show the shared charter")),
            on_click=session.choose_version,
            args=(FOLDER,),
            type="primary",
        )
    else:
        if now is None:
            show_first_run(root, speak, title, bar)
            return
        if isinstance(now, Trouble):
            _show_problems(now, root, speak, title)
        else:
            with unseen:
                keyboard()
                say_what_is_cut_short()
            _show_page(now, title, bar, notices)
        with unseen:
            watch(now, root, speak)


def _show_page(
    now: Session,
    title: DeltaGenerator,
    bar: DeltaGenerator,
    notices: DeltaGenerator,
) -> None:
    speak = now.speak
    page = st.navigation(
        [
            _page("overview", N_("Overview"), ":material/dashboard:", speak),
            _page("identity", N_("Identity"), ":material/fingerprint:", speak),
            _page("journeys", N_("Journeys"), ":material/route:", speak),
            _page("consistency", N_("Consistency"), ":material/fact_check:", speak),
            _page("plan", N_("Plan"), ":material/checklist:", speak),
            _page("workshop", N_("Workshop"), ":material/groups:", speak),
            _page("versions", N_("Versions"), ":material/history:", speak),
            _page("book", N_("Charter book"), ":material/menu_book:", speak),
            _page(BOARD, N_("Screen of the room"), ":material/present_to_all:", speak, "hidden"),
        ],
        position="top",
    )
    if page.url_path == BOARD:
        # What is projected shows nothing to click on.
        page.run()
        return
    with title:
        is_first = page.url_path == ""
        st.title(literal(speak.words(now.report.brand)) if is_first else page.title, anchor=False)
    with bar:
        show_toolbar(now)
        who_is_here(now.visitor, speak)
    with notices:
        show_notices(now)
    show_what_next(now)
    page.run()


def _page(
    name: str,
    title: str,
    icon: str,
    speak: Speaker,
    visibility: Literal["visible", "hidden"] = "visible",
) -> st.Page:
    return st.Page(
        HERE / "page" / f"{name}.py",
        title=speak(title),
        icon=icon,
        url_path=name,
        default=name == "overview",
        visibility=visibility,
    )


def _chosen_language(first: Language) -> Language:
    """Show the language switch and return what it says; the address remembers it."""
    address.read("lang", list(Language), default=first)
    chosen = drop_down(
        "Language · Langue",
        list(Language),
        key="lang",
        told=lambda each: LANGUAGES[Language(each)],
        icon="translate",
        width=150,
        shows_label=False,
    )
    address.write("lang", chosen, default=first)
    return Language(chosen)


def _show_reason(reason: str, title: DeltaGenerator, speak: Speaker) -> None:
    with title:
        st.title(speak(N_("This can't be shown")), anchor=False)
    st.info(literal(reason), icon=":material/info:")


def _show_problems(now: Trouble, root: Path, speak: Speaker, title: DeltaGenerator) -> None:
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
    if now.desk.changes:
        st.info(
            speak(N_("Your unsaved changes are kept. They will be here again once it is mended.")),
            icon=":material/inventory_2:",
        )
    st.code(
        render("text", now.checked, speak, Page()),
        language=None,
        wrap_lines=True,
    )


if __name__ == "__main__":
    main()
