"""The bar above each page: the version shown, what-if, undo, redo, save, and what was done last."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from charter.desk.keeping import Kept
from charter.findings import Verdict
from charter.history import HistoryError
from charter.messages import N_, Speaker
from charter.reports.words import moment
from charter.studio import folding, work
from charter.studio import session as sessions
from charter.studio.conflict_dialog import show_conflicts
from charter.studio.drop_down import drop_down
from charter.studio.literal import literal
from charter.studio.session import Session
from charter.studio.tables import effect
from charter.usecases.desks import FOLDER
from charter.usecases.drafts import list_drafts

_CHOSEN = "version-chosen"
_DRAFT_NAME = "new-draft"
_VERDICTS_TOLD = 8
_NEW_DRAFT = "+"


def show_toolbar(session: Session) -> None:
    """Show the bar."""
    with st.container(
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        gap="small",
        width="content",
        key="toolbar",
    ):
        _versions(session)
        _what_if(session)
        _turns(session)
        _save(session)


def show_notices(session: Session) -> None:
    """Show what was done last, and what stands in the way, below the bar."""
    _say_state(session)
    _banners(session)


def _versions(session: Session) -> None:
    """Show which version is looked at, and let another be chosen."""
    speak = session.speak
    drafts = draft_names(str(session.root))
    if drafts is None:
        return
    options = [FOLDER, *drafts]
    if session.version not in options:
        options.append(session.version)
    st.session_state[_CHOSEN] = session.version
    drop_down(
        speak(N_("Version")),
        options,
        key=_CHOSEN,
        told=lambda name: version_name(name, speak),
        on_change=_choose,
        icon="edit_note" if session.version else "menu_book",
        hint=speak(N_("What you look at: the shared charter, or a draft of it.")),
        width=210,
        shows_label=False,
    )


def version_name(name: str, speak: Speaker) -> str:
    """Return what a version is called."""
    return speak(N_("Draft “{name}”"), name=name) if name else speak(N_("Shared charter"))


def _choose() -> None:
    sessions.choose_version(st.session_state[_CHOSEN])


@st.cache_data(ttl=3, show_spinner=False)
def draft_names(root: str) -> list[str] | None:
    """Return the drafts that there are; None where there is no history."""
    try:
        return [draft.name for draft in list_drafts(Path(root))]
    except HistoryError:
        return None


def _what_if(session: Session) -> None:
    """Let plans be taken for done: everything shown is as it would be then."""
    speak, plans = session.speak, session.written.plans
    if not plans:
        return
    names = {plan.id: plan.name for plan in plans}
    if session.planned:
        label = speak.many(
            "What if: {number} plan done", "What if: {number} plans done", len(session.planned)
        )
    else:
        label = speak(N_("What if…"))
    with folding.popover(
        label,
        icon=":material/science:",
        type="primary" if session.planned else "secondary",
        key="what-if-popover",
    ) as is_open:
        if not is_open:
            return
        st.markdown(speak(N_("Show everything as it will be once these plans are done.")))
        st.multiselect(
            speak(N_("Plans")),
            list(names),
            format_func=lambda id: speak.words(words) if (words := names[id]) else id,
            key=sessions.PLANS,
            persist_state="session",
            placeholder=speak(N_("None: as it is today")),
        )
        st.toggle(
            speak(N_("Only what is decided, under way or done")),
            key=sessions.COMMITTED,
            persist_state="session",
        )


def _say_state(session: Session) -> None:
    """Say what was done last and what came of it, or whether something is unsaved."""
    speak = session.speak
    with st.container(key="state", width="stretch"):
        if reason := work.refused():
            st.markdown(f":red[:material/error: {literal(reason)}]")
            return
        last = work.last()
        if last is None:
            return
        sentence = literal(speak.naming(last.told, **last.names))
        if last.is_undone:
            sentence = speak(N_("Undone: {what}"), what=sentence)
        told = [sentence]
        if last.before is not None:
            changed = effect(last.before, session.report)
            if changed.mended:
                told.append(
                    ":green[:material/check_circle: "
                    + speak.many("{number} mended", "{number} mended", len(changed.mended))
                    + "]"
                )
            if changed.broken:
                told.append(
                    ":red[:material/cancel: "
                    + speak.many(
                        "{number} newly broken", "{number} newly broken", len(changed.broken)
                    )
                    + "]"
                )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(" · ".join(told), width="content")
            if last.before is not None and (changed.mended or changed.broken):
                _which(session, changed.mended, changed.broken)


def _which(session: Session, mended: tuple[Verdict, ...], broken: tuple[Verdict, ...]) -> None:
    speak = session.speak
    with st.popover(speak(N_("Which")), type="tertiary", key="which"):
        for title, verdicts in ((N_("Mended"), mended), (N_("Newly broken"), broken)):
            if verdicts:
                st.markdown(f"**{speak(title)}**" + _listed(session, verdicts))


def _listed(session: Session, verdicts: tuple[Verdict, ...]) -> str:
    """Return one line for each rule and journey, with the segments that it is about."""
    together: dict[tuple[str, str], list[str]] = {}
    for verdict in verdicts:
        named = session.names.of("segment", verdict.segment) if verdict.segment else ""
        segments = together.setdefault((verdict.rule, verdict.journey or ""), [])
        if named and named not in segments:
            segments.append(named)
    lines = [
        f"\n- `{rule}`"
        + (f" · {literal(session.names.of('journey', journey))}" if journey else "")
        + (f" · {literal(', '.join(segments))}" if segments else "")
        for (rule, journey), segments in together.items()
    ]
    more = ["\n- …"] if len(lines) > _VERDICTS_TOLD else []
    return "\n" + "".join([*lines[:_VERDICTS_TOLD], *more])


def _turns(session: Session) -> None:
    speak, desk = session.speak, session.desk
    for key, icon, shortcut, step, told, act in (
        ("undo", ":material/undo:", "Alt+Z", desk.last, N_("Undo: {what}"), work.undo),
        ("redo", ":material/redo:", "Alt+Y", desk.next, N_("Do again: {what}"), work.redo),
    ):
        what = speak.naming(step.told, **step.names) if step else ""
        nothing = speak(N_("Nothing to undo")) if key == "undo" else speak(N_("Nothing to redo"))
        st.button(
            speak(N_("Undo")) if key == "undo" else speak(N_("Redo")),
            key=key,
            icon=icon,
            type="tertiary",
            shortcut=shortcut,
            help=literal(speak(told, what=what)) if step else nothing,
            disabled=step is None or not session.can_edit,
            on_click=act,
        )


def _save(session: Session) -> None:
    speak = session.speak
    changed = len(session.desk.changes)
    may_save = session.may(work.role_to_save(session.version))
    st.button(
        speak(N_("Save")) if changed else speak(N_("Saved")),
        key="save",
        icon=":material/save:" if changed else ":material/check:",
        type="primary" if changed else "secondary",
        shortcut="Ctrl+S",
        help=None
        if may_save
        else speak(
            N_(
                "Only publishers save to the shared charter. Put your changes into a draft: open "
                "the menu beside this button."
            )
        ),
        disabled=not changed or not session.can_edit or not may_save,
        on_click=work.save,
    )
    with folding.popover(
        "", icon=":material/more_vert:", key="more", help=speak(N_("More"))
    ) as is_open:
        if not is_open:
            return
        if draft_names(str(session.root)) is not None:
            st.text_input(
                speak(N_("Name of a new draft")),
                key=_DRAFT_NAME,
                placeholder=speak(N_("spring-campaign")),
            )
            st.button(
                speak(N_("Put what is shown into this draft")),
                key="save-draft",
                icon=":material/note_add:",
                on_click=_save_to_draft,
                disabled=not session.can_edit,
            )
            st.caption(speak(N_("The shared charter stays as it is until the draft is published.")))
        st.button(
            speak(N_("Throw unsaved changes away")),
            key="discard",
            icon=":material/delete:",
            disabled=not changed,
            on_click=work.discard,
        )


def _save_to_draft() -> None:
    if work.save_to_draft(st.session_state.get(_DRAFT_NAME, "").strip()):
        draft_names.clear()
        del st.session_state[_DRAFT_NAME]


def _banners(session: Session) -> None:
    """Tell what stands in the way: conflicts, work that isn't kept, work that was left."""
    speak = session.speak
    if session.conflicts:
        told = speak.many(
            "**Somebody else changed the same thing otherwise.** Choose what it is to be; nothing "
            "of yours or theirs is lost meanwhile.",
            "**Somebody else changed {number} things otherwise.** Choose what each is to be; "
            "nothing of yours or theirs is lost meanwhile.",
            len(session.conflicts),
        )
        with st.container(horizontal=True, vertical_alignment="center", border=True, key="settle"):
            st.markdown(f":material/merge: {told}", width="stretch")
            st.button(
                speak(N_("Settle")),
                type="primary",
                key="settle-open",
                on_click=work.begin_settling,
            )
        if work.is_settling():
            show_conflicts(session.conflicts, speak, session.names, work.settle, work.stop_settling)
    else:
        work.stop_settling()
    if session.base.is_gone:
        st.warning(
            speak(
                N_(
                    "This draft was discarded or published meanwhile. It is shown as it was; "
                    "saving begins it anew."
                )
            ),
            icon=":material/info:",
        )
    if reason := sessions.why_unkept():
        st.warning(
            speak(
                N_(
                    "Unsaved changes can't be kept on the disk ({reason}): save them before you "
                    "close or reload this page."
                ),
                reason=reason,
            ),
            icon=":material/warning:",
        )
    if not session.desk.steps and session.can_edit:
        for kept in sessions.left_behind(session.root):
            _left(session, kept)


def _left(session: Session, kept: Kept) -> None:
    speak = session.speak
    told = speak(
        N_("Unsaved work of {who} was left here on {when}: {version}."),
        who=literal(kept.who) or speak(N_("somebody")),
        when=moment(kept.when, speak),
        version=literal(version_name(kept.desk.version, speak)),
    )
    with st.container(
        horizontal=True, vertical_alignment="center", border=True, key=f"left-{kept.token}"
    ):
        st.markdown(f":material/history_edu: {told}", width="stretch")
        st.button(
            speak(N_("Take it up")), key=f"take-{kept.token}", on_click=work.take_up, args=(kept,)
        )
        st.button(
            speak(N_("Throw it away")),
            key=f"throw-{kept.token}",
            type="tertiary",
            on_click=work.throw_away,
            args=(kept,),
        )
