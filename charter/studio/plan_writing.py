"""Beginning plans, and adding actions to them."""

from __future__ import annotations

import streamlit as st

from charter.amendments import Add, Amendment, Place, free_id
from charter.messages import N_
from charter.studio import work
from charter.studio.plan_action import ACTION
from charter.studio.session import Session, current

_NEW = "new-plan"
_WHAT = "new-action"
_NAME = "new-plan-name"
_PLAN = "new-action-plan"


def show_first_plan(session: Session) -> None:
    """Teach what plans are for, where there is none, and offer to begin one."""
    speak = session.speak
    with st.container(border=True, key="first-plan"):
        st.subheader(speak(N_("No plan yet")), anchor=False)
        st.markdown(
            speak(
                N_(
                    "A plan lists what you mean to do: which marker is brought where, by whom and "
                    "until when. You then see what will hold once it is done, and what is left "
                    "out. Begin one here, or let the cheapest be found below."
                )
            )
        )
        _form(session, "")


def show_writing(session: Session, plan: str) -> None:
    """Offer to add an action to a plan, or to a new one."""
    speak = session.speak
    with st.popover(
        speak(N_("Add an action")), icon=":material/add:", disabled=not session.can_edit
    ):
        _form(session, plan)


def _form(session: Session, plan: str) -> None:
    speak = session.speak
    plans = {each.id: each.named(speak.language) for each in session.written.plans}
    options = [*plans, _NEW]
    if _PLAN not in st.session_state or st.session_state[_PLAN] not in options:
        st.session_state[_PLAN] = plan or options[0]
    st.text_input(
        speak(N_("What is to be done?")),
        key=_WHAT,
        placeholder=speak(N_("Whoever packs a parcel signs the card in it by hand.")),
    )
    if plans:
        st.selectbox(
            speak(N_("In which plan?")),
            options,
            format_func=lambda id: plans.get(id, speak(N_("A new plan"))),
            key=_PLAN,
        )
    if st.session_state[_PLAN] == _NEW:
        st.text_input(speak(N_("Name of the plan")), key=_NAME, placeholder=speak(N_("Spring")))
    st.button(
        speak(N_("Add it")),
        key="add-action",
        type="primary",
        disabled=not session.can_edit,
        on_click=_add,
    )


def _add() -> None:
    session = current()
    what = str(st.session_state.get(_WHAT, "")).strip()
    chosen = st.session_state.get(_PLAN, _NEW)
    name = str(st.session_state.get(_NAME, "")).strip()
    if not what:
        work.refuse(session.speak(N_("Say in a few words what is to be done.")))
        return
    made: list[Amendment] = []
    plans = {plan.id: plan for plan in session.written.plans}
    if chosen not in plans:
        chosen = free_id(name, plans, "plan")
        made.append(Add(Place("plan", chosen), {"name": name} if name else {}))
    taken = [action.id for action in plans[chosen].actions] if chosen in plans else []
    action = free_id(" ".join(what.split()[:5]), taken, "action")
    made.append(Add(Place("action", action, chosen), {"what": what, "status": "idea"}))
    if work.amend(made, N_("“{action}” was added to a plan"), action=what):
        st.session_state[_WHAT] = ""
        st.session_state[ACTION] = f"{chosen}/{action}"
