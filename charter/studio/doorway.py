"""What a visitor meets before the app: a way to sign in, or why they may not come in."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charter.messages import N_, Speaker
from charter.studio import signing_in
from charter.studio.access import ROLES, NotAllowed, Visitor
from charter.studio.literal import literal

_LEAVABLE = ("no-email", "unverified-email", "not-listed")
"""Reasons that another account may not have."""


def refuse(refused: NotAllowed, title: DeltaGenerator, speak: Speaker) -> None:
    """Say why a visitor may not be here, and offer what helps."""
    is_unknown = refused.reason == "signed-out"
    with title:
        st.title(speak(N_("Sign in") if is_unknown else N_("You can't come in yet")), anchor=False)
    with st.container(key="doorway", width=480):
        st.write(literal(refused.tell(speak)))
        if is_unknown:
            for provider in signing_in.providers():
                st.button(
                    _invitation(provider, speak),
                    key=f"sign-in-{provider}",
                    on_click=st.login,
                    args=(provider,) if provider else (),
                    icon=":material/login:",
                    type="primary",
                )
        elif refused.reason in _LEAVABLE:
            _sign_out(speak, N_("Sign in as somebody else"))


def _invitation(provider: str, speak: Speaker) -> str:
    if not provider:
        return speak(N_("Sign in"))
    return speak(N_("Sign in with {provider}"), provider=literal(provider.capitalize()))


def who_is_here(here: Visitor, speak: Speaker) -> None:
    """Show who is signed in, as what, and a way out; nothing where nobody signs in."""
    if not signing_in.is_sign_in_configured():
        return
    with st.popover(literal(here.named(speak)), icon=":material/account_circle:", key="who"):
        st.write(
            literal(
                speak(
                    N_("{email} · {role}"),
                    email=here.email,
                    role=speak(ROLES[here.role]),
                )
            )
        )
        _sign_out(speak, N_("Sign out"))


def _sign_out(speak: Speaker, label: str) -> None:
    st.button(speak(label), key="sign-out", on_click=st.logout, icon=":material/logout:")
