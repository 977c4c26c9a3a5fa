"""Why the phones of a workshop can't come in, and what whoever runs the app does about it."""

from __future__ import annotations

from collections.abc import Mapping

from charter.messages import N_, Speaker, visible

REASONS = {
    "phones-address": N_(
        "“{value}” is no address for phones. Write an address of this machine, or 0.0.0.0 for all "
        "of them, and the port behind a colon if you want another than 8502: 0.0.0.0:8502."
    ),
    "phones-port": N_("There is no port {value} for phones. Choose one from 1 to 65535."),
    "phones-link": N_(
        "“{value}” is no link for phones. Write the whole address that they open, such as "
        "https://workshop.maison.example."
    ),
    "phones-unreachable": N_(
        "Phones can't come in at {value}: this machine can't be reached there. Name one of its "
        "addresses, or 0.0.0.0 for all."
    ),
    "phones-port-in-use": N_(
        "Phones can't come in at port {value}: another program uses it. Choose another port."
    ),
    "phones-no-network": N_(
        "This machine is on no network that phones could reach it by. Connect it to one, or name "
        "its address instead of {value}."
    ),
    "phones-not-started": N_(
        "What lets phones in didn't start. It is tried again in a moment; if that lasts, start the "
        "app again."
    ),
}


def reason(code: str, parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return why phones can't come in, in the speaker's language."""
    told = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in parameters.items()
    }
    return speak(REASONS[code], **told)
