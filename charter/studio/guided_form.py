"""The six questions from which a first charter is made; what was typed stays until it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from charter.messages import N_, Speaker
from charter.usecases.guided import (
    CHANNELS,
    CUSTOMERS,
    MOMENTS,
    MOST_SIGNS,
    MOST_VALUES,
    Answers,
    Moment,
    Sign,
)

LONGEST, LONGEST_NAME = 500, 120
_MOST_FIRST = 3
SIGNS_ASKED = "guided-signs"
_EXAMPLES = (
    N_("Hospitality"),
    N_("Simplicity"),
    N_("Care"),
    N_("Know-how"),
    N_("Closeness"),
)


def answers() -> Answers:
    """Return what was answered so far."""
    values = tuple(_said(f"value-{number}") for number in range(MOST_VALUES))
    return Answers(
        brand=_said("brand"),
        promise=_said("promise"),
        values=values,
        channels=_listed("channels"),
        customers=_listed("customers"),
        first=_several("first"),
        signs=tuple(_sign(number, values) for number in range(_signs_asked())),
        decides=entered_in("decides") or Moment.CHOOSE,
        basic=_said("basic"),
        irritant=_said("irritant"),
        irritant_at=entered_in("irritant-at"),
    )


def show_questions(speak: Speaker) -> None:
    """Show the questions, with what was answered."""
    _ask(1, N_("What do you promise?"), N_("What every customer can count on."), speak)
    with st.grid(2, min_column_width=300):
        _text("brand", N_("Name of the brand"), speak, hint=N_("Needed."), most=LONGEST_NAME)
        _text("promise", N_("Promise"), speak, example=N_("Every customer is received as a guest."))
    _ask(
        2,
        N_("What do you stand for?"),
        N_("Up to five values. Each is to be felt by customers, not only written on a wall."),
        speak,
    )
    with st.grid(MOST_VALUES, min_column_width=180):
        for number, example in enumerate(_EXAMPLES):
            label = speak(N_("Value {number}"), number=number + 1)
            _text(f"value-{number}", label, speak, example=example, most=LONGEST_NAME)
    _ask(3, N_("Where do customers meet you?"), N_("Choose one channel or more."), speak)
    _list("channels", N_("Channels"), CHANNELS, N_("Other channels, with commas between"), speak)
    _ask(4, N_("Who are your customers?"), N_("The kinds that you treat differently."), speak)
    _list(
        "customers", N_("Kinds of customers"), CUSTOMERS, N_("Others, with commas between"), speak
    )
    _first(speak)
    _ask(
        5,
        N_("By which signs should they recognise you?"),
        N_(
            "A way to greet, to sign, to apologise; a delay always kept; a small gift; a tone: "
            "what would tell customers, with closed eyes, that it is you."
        ),
        speak,
    )
    for number in range(_signs_asked()):
        _ask_sign(number, speak)
    if _signs_asked() < MOST_SIGNS:
        st.button(
            speak(N_("Add a sign")), key="add-sign", icon=":material/add:", on_click=_add_sign
        )
    _ask(
        6,
        N_("Which moment decides?"),
        N_("The one that customers tell others about. Your signs will be put there first."),
        speak,
    )
    _decisive(speak)


def _ask(number: int, question: str, told: str, speak: Speaker) -> None:
    st.header(f"{number}. {speak(question)}", anchor=False)
    st.caption(speak(told))


def _first(speak: Speaker) -> None:
    customers = answers().cleaned().customers
    if len(customers) < 2:
        return
    _keep_offered("first", customers)
    st.multiselect(
        speak(N_("Who matters most to you?")),
        customers,
        format_func=lambda each: _named(each, CUSTOMERS, speak),
        key=key_of("first"),
        max_selections=_MOST_FIRST,
        placeholder=speak(N_("Everyone alike")),
        persist_state="session",
    )


def _ask_sign(number: int, speak: Speaker) -> None:
    values = {
        place: value for place in range(MOST_VALUES) if (value := _said(f"value-{place}").strip())
    }
    channels = answers().cleaned().channels
    name = f"sign-{number}"
    with st.container(border=True, key=key_of(name) + "-box"):
        with st.grid(2, min_column_width=300):
            label = speak(N_("Sign {number}"), number=number + 1)
            _text(name, label, speak, example=N_("A named host"), most=LONGEST_NAME)
            _text(
                f"{name}-how",
                N_("How does it show?"),
                speak,
                example=N_("The host gives their first name when they welcome."),
            )
        with st.grid(2, min_column_width=300):
            _keep_offered(f"{name}-value", values)
            st.selectbox(
                speak(N_("Which value does it make concrete?")),
                list(values),
                index=None,
                format_func=values.__getitem__,
                key=key_of(f"{name}-value"),
                placeholder=speak(N_("None in particular")),
                persist_state="session",
                disabled=not values,
            )
            _keep_offered(f"{name}-channels", channels)
            st.multiselect(
                speak(N_("Where does it show?")),
                channels,
                format_func=lambda each: _named(each, CHANNELS, speak),
                key=key_of(f"{name}-channels"),
                placeholder=speak(N_("On every channel")),
                persist_state="session",
                disabled=not channels,
            )


def _decisive(speak: Speaker) -> None:
    moments = list(Moment)
    st.session_state.setdefault(key_of("decides"), Moment.CHOOSE)
    st.segmented_control(
        speak(N_("The moment that decides")),
        moments,
        format_func=lambda moment: speak(MOMENTS[moment]),
        key=key_of("decides"),
        required=True,
        persist_state="session",
    )
    with st.grid(3, min_column_width=300):
        _text(
            "basic",
            N_("What does everybody expect of any such brand?"),
            speak,
            example=N_("The whole price, at once"),
            most=LONGEST_NAME,
        )
        _text(
            "irritant",
            N_("What annoys your customers, and has to go?"),
            speak,
            example=N_("Asking for the same thing twice"),
            most=LONGEST_NAME,
        )
        st.selectbox(
            speak(N_("Where does that happen today?")),
            moments,
            index=None,
            format_func=lambda moment: speak(MOMENTS[moment]),
            key=key_of("irritant-at"),
            placeholder=speak(N_("Nowhere that we know of")),
            persist_state="session",
            disabled=not _said("irritant").strip(),
        )


# Fields.


def _text(
    name: str,
    label: str,
    speak: Speaker,
    *,
    example: str = "",
    hint: str = "",
    most: int = LONGEST,
) -> None:
    placeholder = speak(N_("For example: {example}"), example=speak(example)) if example else ""
    st.text_input(
        speak(label),
        key=key_of(name),
        placeholder=placeholder or (speak(hint) if hint else ""),
        max_chars=most,
        persist_state="session",
    )


def _list(name: str, label: str, usual: Mapping[str, str], others: str, speak: Speaker) -> None:
    st.pills(
        speak(label),
        list(usual),
        selection_mode="multi",
        format_func=lambda each: speak(usual[each]),
        key=key_of(name),
        label_visibility="collapsed",
        persist_state="session",
    )
    _text(f"{name}-others", others, speak)


def _keep_offered(name: str, options: Collection[object]) -> None:
    """Forget what was chosen and isn't offered any more."""
    chosen = entered_in(name)
    if isinstance(chosen, list):
        st.session_state[key_of(name)] = [each for each in chosen if each in options]
    elif chosen is not None and chosen not in options:
        st.session_state[key_of(name)] = None


def _add_sign() -> None:
    st.session_state[SIGNS_ASKED] = _signs_asked() + 1


# What was answered.


def key_of(name: str) -> str:
    """Return the key of a field."""
    return f"guided-{name}"


def _signs_asked() -> int:
    asked: int = st.session_state.get(SIGNS_ASKED, 1)
    return asked


def _said(name: str) -> str:
    return st.session_state.get(key_of(name)) or ""


def entered_in(name: str) -> Any:
    """Return what stands in a field; None where nothing was entered yet."""
    return st.session_state.get(key_of(name))


def _several(name: str) -> tuple[str, ...]:
    return tuple(st.session_state.get(key_of(name)) or ())


def _listed(name: str) -> tuple[str, ...]:
    """Return the usual ones chosen, and those written with commas between."""
    return (*_several(name), *_said(f"{name}-others").split(","))


def _sign(number: int, values: tuple[str, ...]) -> Sign:
    name = f"sign-{number}"
    value = entered_in(f"{name}-value")
    return Sign(
        name=_said(name),
        value="" if value is None else values[value],
        channels=_several(f"{name}-channels"),
        how=_said(f"{name}-how"),
    )


def _named(each: str, usual: Mapping[str, str], speak: Speaker) -> str:
    return speak(usual[each]) if each in usual else each
