"""Who is at the app, and what they may do.

    visitor()                      # Visitor("Anne Delorme", "anne@maison.example", Role.EDITOR)
    require(Role.PUBLISHER)        # raises NotAllowed

On this machine, without anything configured, whoever is at the app is a publisher, by the name
that git knows them by. Where sign-in is configured (``[auth]`` in Streamlit's secrets.toml),
people sign in, and a file of roles says what each may do. Beyond this machine the app is served
only with both. The file of roles is read anew at each question, so what it says counts at once.
A question of rights is asked where something is done, on the server: what is shown is no guard.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from charter.history import Author, configured_author
from charter.messages import N_, Speaker
from charter.studio.reach import ROLES_FILE, is_this_machine
from charter.studio.roles import Role, Roles, read_roles
from charter.studio.signing_in import is_sign_in_configured
from charter.workspace import InvalidWorkspace

_SENTENCES: Final = {
    "not-guarded": N_(
        "This app is reachable from other machines, but doesn't know who may do what. Whoever "
        "runs it configures sign-in and roles, or starts it for this machine only."
    ),
    "no-sign-in": N_(
        "Roles were given out, but nobody can sign in. Whoever runs this app configures sign-in."
    ),
    "roles-unreadable": N_(
        "The file of roles can't be read at the moment, so nothing can be shown or changed. "
        "Whoever runs this app finds what is wrong with it by starting the app again."
    ),
    "signed-out": N_("Sign in to go on."),
    "no-email": N_(
        "Your sign-in doesn't say your e-mail address, so your role isn't known. Whoever runs "
        "this app asks the identity provider for it."
    ),
    "unverified-email": N_(
        "Your e-mail address {email} isn't verified yet. Verify it with your identity provider, "
        "and sign in again."
    ),
    "not-listed": N_(
        "You are signed in as {email}, who has no role here yet. Ask whoever runs this app for one."
    ),
    "role": N_("Your role here is {role}; this needs {needed}. Ask whoever runs this app for it."),
}
ROLES: Final = {
    Role.VIEWER: N_("viewer"),
    Role.EDITOR: N_("editor"),
    Role.PUBLISHER: N_("publisher"),
}


@dataclass(frozen=True)
class Visitor:
    """Who is at the app.

    Attributes:
        name: Empty where nobody knows it.
        email: Empty where nobody knows it.
        role: What they may do.
    """

    name: str
    email: str
    role: Role

    def may(self, role: Role) -> bool:
        """Return whether they may do what needs a role."""
        return self.role.includes(role)

    def named(self, speak: Speaker) -> str:
        """Return their name for people."""
        return self.name or self.email or speak(N_("Somebody"))


class NotAllowed(Exception):
    """A visitor may not do what they ask for, or not be here at all.

    Attributes:
        reason: Which sentence tells it; `tell` does.
        parameters: What that sentence names.
    """

    def __init__(self, reason: str, **parameters: object) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters

    def tell(self, speak: Speaker) -> str:
        """Return what they are told."""
        said = {
            name: speak(ROLES[value]) if isinstance(value, Role) else value
            for name, value in self.parameters.items()
        }
        return speak(_SENTENCES[self.reason], **said)


def visitor() -> Visitor:
    """Return who is at the app now.

    Raises:
        NotAllowed: They may not be here: not signed in, without a role, or the app isn't guarded
            as it has to be.
    """
    file = os.environ.get(ROLES_FILE, "")
    is_signed_in_here = is_sign_in_configured()
    if not (is_signed_in_here and file) and not is_this_machine(_served_address()):
        raise NotAllowed("not-guarded")
    if not is_signed_in_here:
        if file:
            raise NotAllowed("no-sign-in")
        return _owner()
    return _signed_in(st.user.to_dict(), _roles(file) if file else None)


def require(role: Role) -> Visitor:
    """Return who is at the app, if they may do what needs ``role``.

    Raises:
        NotAllowed: They may not.
    """
    found = visitor()
    if not found.may(role):
        raise NotAllowed("role", role=found.role, needed=role)
    return found


def _served_address() -> str | None:
    address: str | None = st.get_option("server.address")
    return address


def _roles(file: str) -> Roles:
    try:
        return read_roles(Path(file))
    except InvalidWorkspace:
        # What it said before may be just what was to be taken back.
        raise NotAllowed("roles-unreadable") from None


def _signed_in(claims: Mapping[str, Any], roles: Roles | None) -> Visitor:
    """Return whom the identity provider vouches for."""
    if claims.get("is_logged_in") is not True:
        raise NotAllowed("signed-out")
    email = claims.get("email")
    if not isinstance(email, str) or not email:
        raise NotAllowed("no-email")
    # Providers that verify every address don't say so; those that say it isn't are believed.
    if claims.get("email_verified", True) not in (True, "true"):
        raise NotAllowed("unverified-email", email=email)
    role = roles.of(email) if roles else Role.PUBLISHER
    if role is None:
        raise NotAllowed("not-listed", email=email)
    name = claims.get("name")
    return Visitor(name if isinstance(name, str) else "", email, role)


def _owner() -> Visitor:
    author = _author(sys.argv[1] if len(sys.argv) > 1 else ".")
    return Visitor(author.name, author.email, Role.PUBLISHER) if author else _NOBODY


_NOBODY = Visitor("", "", Role.PUBLISHER)


@functools.lru_cache(maxsize=8)
def _author(folder: str) -> Author | None:
    return configured_author(Path(folder))
