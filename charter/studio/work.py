"""What a visitor does: amend what is shown, undo it, save it, put it into a draft.

Each is called before the page runs again, as a button's or a field's callback. What can't be done
is noted for the toolbar to tell; what was typed stays where it was typed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from charter.amendments import Amendment, NoSuchPlace
from charter.checker import Checked
from charter.desk import Desk
from charter.desk.keeping import Kept, forget
from charter.findings import Report
from charter.history import Author, HistoryError
from charter.locking import Busy
from charter.merging.settling import Choice, Unsettled, settled
from charter.messages import N_, Speaker
from charter.messages.history import sentence as history_sentence
from charter.messages.problems import sentence as problem_sentence
from charter.private_folder import PrivateFolder
from charter.reports.telling import tell_unread
from charter.store import CannotSave, Conflicted
from charter.studio import session as sessions
from charter.studio.access import NotAllowed, require
from charter.studio.part import concerns_all
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.desks import amend as amend_desk
from charter.usecases.desks import replace_files, save_as_draft
from charter.usecases.desks import save as save_desk
from charter.usecases.save import finish_saving
from charter.workspace import InvalidWorkspace
from journeys.edit import CannotEdit

_LAST = "last-done"
_REFUSED = "refused"
_SETTLING = "settling"
_MOST_PROBLEMS = 3


@dataclass(frozen=True)
class Last:
    """What was done last.

    Attributes:
        told: The sentence that tells it, to be translated, and ``names`` what it names.
        before: What held before it; None where that isn't compared.
        is_undone: Whether it was taken back.
    """

    told: str
    names: Mapping[str, str]
    before: Report | None = None
    is_undone: bool = False


def last() -> Last | None:
    """Return what was done last in this session."""
    found: Last | None = st.session_state.get(_LAST)
    return found


def refused() -> str | None:
    """Return why what was asked for last wasn't done; None where it was."""
    reason: str | None = st.session_state.get(_REFUSED)
    return reason


def refuse(reason: str) -> None:
    """Say why something isn't done, in the visitor's words."""
    concerns_all()
    st.session_state[_REFUSED] = reason


def amend(amendments: Iterable[Amendment], told: str, /, **names: str) -> bool:
    """Amend what is shown; return whether it was done.

    Args:
        amendments: All of them are made, or none.
        told: The sentence that tells it, marked with ``N_``; ``names`` are what it names.
        names: See there.
    """
    session = sessions.current()
    made = list(amendments)
    return _step(session, lambda: amend_desk(session.base, session.desk, made, told, names))


def replace(files: Mapping[str, bytes], told: str, /, **names: str) -> bool:
    """Let the workspace say what ``files`` do; return whether it was done."""
    session = sessions.current()
    return _step(session, lambda: replace_files(session.base, session.desk, files, told, names))


def _step(session: Session, step: Callable[[], Desk]) -> bool:
    speak = session.speak
    with _Refusing(speak) as refusing:
        require(Role.EDITOR)
        if session.conflicts:
            refusing.refuse(speak(N_("First settle what others changed meanwhile.")))
        desk = step()
        if desk != session.desk:
            files = desk.over(session.base.files)
            found = sessions.checked(session.root, files, session.base)
            if found.workspace is None:
                refusing.refuse(told_problems(found, speak))
            sessions.put_desk(session.root, desk)
            done = desk.last
            assert done is not None
            st.session_state[_LAST] = Last(done.told, done.names, session.report)
    return refusing.is_done


def undo() -> None:
    """Take back what was done last."""
    _turn(Desk.undone, is_undone=True)


def redo() -> None:
    """Do again what was taken back last."""
    _turn(Desk.done_again, is_undone=False)


def _turn(turned: Callable[[Desk], Desk], *, is_undone: bool) -> None:
    session = sessions.current()
    step = session.desk.last if is_undone else session.desk.next
    with _Refusing(session.speak):
        require(Role.EDITOR)
        if step is None or session.conflicts:
            return
        sessions.put_desk(session.root, turned(session.desk))
        st.session_state[_LAST] = Last(step.told, step.names, session.report, is_undone)


def save(message: str = "") -> None:
    """Save what is unsaved to the version that is shown: who may publish, to the folder too."""
    session = sessions.current()
    with _Refusing(session.speak):
        require(role_to_save(session.version))
        desk = save_desk(
            session.root,
            session.base,
            session.desk,
            author=author(session),
            message=message or _message(session),
            now=_now(),
        )
        sessions.put_desk(session.root, desk)
        st.session_state[_LAST] = Last(N_("Saved."), {})


def role_to_save(version: str) -> Role:
    """Return who may save to a version: what is saved to the folder is everybody's at once."""
    return Role.EDITOR if version else Role.PUBLISHER


def save_to_draft(name: str) -> bool:
    """Put what is shown into a new draft, and show that; return whether it was done."""
    session = sessions.current()
    with _Refusing(session.speak) as refusing:
        require(Role.EDITOR)
        save_as_draft(
            session.root,
            session.base,
            session.desk,
            name,
            author=author(session),
            message=_message(session),
            now=_now(),
        )
        sessions.put_desk(session.root, Desk(session.version))
        sessions.choose_version(name)
        st.session_state[_LAST] = Last(N_("Saved as the draft “{draft}”."), {"draft": name})
    return refusing.is_done


def discard() -> None:
    """Throw away what is unsaved."""
    session = sessions.current()
    with _Refusing(session.speak):
        require(Role.EDITOR)
        sessions.put_desk(session.root, Desk(session.version))
        st.session_state[_LAST] = Last(N_("Unsaved changes were thrown away."), {})


def begin_settling() -> None:
    """Ask what is to become of what stands in the way, also if the page is made anew meanwhile."""
    st.session_state[_SETTLING] = True


def stop_settling() -> None:
    """Don't ask any more; what was decided so far is kept."""
    st.session_state.pop(_SETTLING, None)


def is_settling() -> bool:
    """Return whether the visitor is being asked."""
    return _SETTLING in st.session_state


def settle(choices: Iterable[Choice]) -> None:
    """Settle what others changed otherwise meanwhile."""
    session = sessions.current()
    with _Refusing(session.speak):
        require(Role.EDITOR)
        desk, files = session.desk, session.base.files
        theirs = {file: files.get(file) for file in desk.started_from}
        contents = {**theirs, **settled(desk.started_from, desk.contents, theirs, list(choices))}
        sessions.put_desk(session.root, desk.settled(files, contents, session.base.commit_id))
        st.session_state[_LAST] = Last(N_("The differences were settled."), {}, session.report)
        stop_settling()


def take_up(kept: Kept) -> None:
    """Go on with unsaved work that was left."""
    session = sessions.current()
    with _Refusing(session.speak):
        require(Role.EDITOR)
        sessions.put_desk(session.root, kept.desk)
        forget(PrivateFolder(session.root), kept.token)
        sessions.look_again_for_what_was_left()
        sessions.choose_version(kept.desk.version)


def throw_away(kept: Kept) -> None:
    """Throw away unsaved work that was left."""
    session = sessions.current()
    with _Refusing(session.speak):
        require(Role.EDITOR)
        forget(PrivateFolder(session.root), kept.token)
        sessions.look_again_for_what_was_left()


def finish_broken_save() -> None:
    """Finish a save that was broken off."""
    root, _ = sessions.asked_for(sessions.main_arguments())
    require(Role.EDITOR)
    finish_saving(root)


def done(role: Role, act: Callable[[], object], told: str, /, **names: str) -> bool:
    """Do something with a version as a whole; return whether it was done.

    Args:
        role: What the visitor must be.
        act: Does it.
        told: The sentence that tells it, marked with ``N_``; ``names`` are what it names.
        names: See there.
    """
    session = sessions.current()
    with _Refusing(session.speak) as refusing:
        require(role)
        act()
        st.session_state[_LAST] = Last(told, names)
    return refusing.is_done


def author(session: Session) -> Author:
    """Return the visitor as history writes them down."""
    who = session.visitor
    return Author(who.named(session.speak), who.email)


def told_problems(checked: Checked, speak: Speaker) -> str:
    """Return what is wrong with a workspace that can't be read, in a few sentences."""
    told = [tell_unread(finding, speak).headline for finding in checked.report.findings]
    more = [speak(N_("… and more."))] if len(told) > _MOST_PROBLEMS else []
    return " ".join([*told[:_MOST_PROBLEMS], *more])


def _message(session: Session) -> str:
    """Return what a save to a draft says it is: what was done, step by step."""
    steps = session.desk.steps[: session.desk.done]
    told = dict.fromkeys(
        session.speak.naming(step.told, **step.names) for step in steps if step.told
    )
    first = next(iter(told), session.speak(N_("Changes in the Studio")))
    return "\n".join([first, "", *(f"- {each}" for each in told)]) if len(told) > 1 else first


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


class _Stop(Exception):
    """What was asked for isn't done; why not is said already."""


class _Refusing:
    """Notes why something wasn't done, instead of failing."""

    def __init__(self, speak: Speaker) -> None:
        self.speak = speak
        self.is_done = True

    def refuse(self, reason: str) -> None:
        """Don't do what was asked for."""
        st.session_state[_REFUSED] = reason
        raise _Stop

    def __enter__(self) -> _Refusing:
        concerns_all()
        st.session_state.pop(_REFUSED, None)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if error is None:
            return False
        self.is_done = False
        if isinstance(error, _Stop):
            return True
        reason = why(error, self.speak)
        if reason is None:
            return False
        st.session_state[_REFUSED] = reason
        return True


def why(error: BaseException, speak: Speaker) -> str | None:
    """Return what people are told of an error that isn't a fault of ours; None for others."""
    match error:
        case NotAllowed():
            return error.tell(speak)
        case NoSuchPlace():
            return speak(
                N_("“{id}” isn't there any more. Somebody else took it off."), id=error.place.id
            )
        case CannotEdit() | CannotSave():
            return problem_sentence(error.problem, speak)
        case Conflicted() | Unsettled():
            # The next answer finds out what, and asks about each.
            return speak(N_("Somebody else saved other values meanwhile. Nothing was overwritten."))
        case HistoryError():
            return history_sentence(error.reason, error.parameters, speak)
        case InvalidWorkspace():
            return " ".join(problem_sentence(each, speak) for each in error.problems[:3])
        case Busy():
            return speak(N_("Somebody else is saving just now. Try again in a moment."))
        case OSError():
            detail = error.strerror or type(error).__name__
            return speak(N_("The disk refuses: {detail}. Nothing was changed."), detail=detail)
    return None
