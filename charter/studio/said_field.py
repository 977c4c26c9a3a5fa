"""A field for words: edited in the visitor's language, with what other languages say beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from charter.amendments import Place, Say
from charter.expressing import reworded, said
from charter.items import Path
from charter.messages import N_, Language, Speaker
from charter.studio import work
from charter.studio.fields import field_key, follow
from charter.studio.literal import literal
from charter.studio.session import Session
from journeys.document import Words
from journeys.plain import Plain

IN_LANGUAGE: Mapping[str, str] = {
    Language.ENGLISH: N_("in English"),
    Language.FRENCH: N_("in French"),
}


def said_field(
    session: Session,
    label: str,
    place: Place,
    path: Path,
    words: Words | None,
    told: str,
    /,
    *,
    is_long: bool = False,
    is_bilingual: bool = False,
    missing: str = "",
    placeholder: str = "",
    label_visibility: Literal["visible", "collapsed"] = "visible",
    **names: str,
) -> None:
    """Show what words say in the visitor's language; where it changes, other languages stay.

    Words that are only said in another language are shown beside an empty field, to be translated.
    A new text is said by language where ``is_bilingual``; ``missing`` says why it can't be empty,
    where it can't; ``told`` tells the change, and ``names`` are what it names.
    """
    speak, language = session.speak, str(session.speak.language)
    now = said(words, language)
    written = "" if now.other else now.text
    key = f"{field_key(place, path)}-{language}"
    follow(key, written)
    needs_text = bool(missing) and not now.other

    def change() -> None:
        typed: str = st.session_state[key]
        if not typed.strip() and needs_text:
            work.refuse(missing)
            return
        amendment = reworded(
            place, path, as_written(words), language, typed, is_by_language=is_bilingual
        )
        if amendment is not None:
            work.amend([amendment], told, **names)

    field = st.text_area if is_long else st.text_input
    field(
        label,
        key=key,
        placeholder=now.text if now.other else placeholder,
        disabled=not session.can_edit,
        on_change=change,
        label_visibility=label_visibility,
        persist_state="page",
    )
    if needs_text and not st.session_state[key].strip():
        st.markdown(f":red[:material/error: {missing}]")
    if now.other:
        st.caption(untranslated(now.other, speak))


def untranslated(other: str, speak: Speaker) -> str:
    """Return the sentence that says in which language alone a text is, and offers to translate."""
    return speak(
        N_("Only {in_language} so far. What you write here is added {in_yours}."),
        in_language=told_language(other, speak),
        in_yours=told_language(speak.language, speak),
    )


def told_language(language: str, speak: Speaker) -> str:
    """Return in which language something is: in English."""
    if language in IN_LANGUAGE:
        return speak(IN_LANGUAGE[language])
    return speak(N_("in the language “{code}”"), code=literal(language))


def as_written(words: Words | None) -> Plain:
    """Return what words say as a file says it."""
    if words is None:
        return None
    return dict(words.texts).get("") or {**dict(words.texts)}


def translation(
    session: Session, place: Place, path: Path, words: Words | None, told: str, /, **names: str
) -> None:
    """Offer to say a text that names no language in a second one."""
    speak = session.speak
    if words is None or "" not in dict(words.texts) or not session.can_edit:
        return
    key = f"{field_key(place, path)}-translation"
    with st.popover(
        speak(N_("Say it in another language too")), icon=":material/translate:", type="tertiary"
    ):
        spoken = st.segmented_control(
            speak(N_("What is written is")),
            list(Language),
            format_func=lambda each: told_language(each, speak),
            default=Language.ENGLISH,
            required=True,
            key=f"{key}-spoken",
        )
        other = Language.FRENCH if spoken == Language.ENGLISH else Language.ENGLISH
        st.text_area(
            speak(N_("The same {in_language}"), in_language=told_language(other, speak)), key=key
        )

        def add() -> None:
            text = st.session_state[key].strip()
            if text and work.amend(
                [Say(place, path, str(other), text, spoken=str(spoken))], told, **names
            ):
                st.session_state[key] = ""

        st.button(speak(N_("Add it")), key=f"{key}-add", type="primary", on_click=add)
