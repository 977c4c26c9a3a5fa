"""The words for what is repaired."""

from __future__ import annotations

from collections.abc import Mapping

from charter.messages import N_, Speaker, visible
from charter.messages.problems import thing

_SENTENCES = {
    "misspelt-id": N_("{what} “{old}” → “{new}”"),
    "misspelt-key": N_("key “{old}” → “{new}”"),
    "retired": N_("transition to {touchpoint}, which is retired → taken off"),
    "no-expression": N_("expression of {marker} for {channel} → “{text}”"),
}


def fix_sentence(reason: str, parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return what a fix does, in the speaker's language."""
    told = {name: visible(str(value)) for name, value in parameters.items()}
    if "what" in told:
        told["what"] = thing(told["what"], speak)
    return speak(_SENTENCES[reason], **told)
