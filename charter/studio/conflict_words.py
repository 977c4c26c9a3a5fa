"""What people changed in different ways, in words: what it is about, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charter.merging import FileConflict
from charter.messages import N_, Language, Speaker, visible
from charter.reports.names import Names
from charter.workspace import CHARTER_FILE, RULES_FILE, WAIVERS_FILE
from journeys.plain import IDENTITY_KEYS, Plain

_LISTS = {
    "values": ("value", N_("Value {name}")),
    "channels": ("channel", N_("Channel {name}")),
    "segments": ("segment", N_("Segment {name}")),
    "stages": ("stage", N_("Stage {name}")),
    "markers": ("marker", N_("Marker {name}")),
    "rules": ("rule", N_("Rule {name}")),
    "touchpoints": ("touchpoint", N_("Touchpoint {name}")),
    "outcomes": ("outcome", N_("Outcome {name}")),
    "next": ("touchpoint", N_("Way to {name}")),
    "actions": ("action", N_("Action {name}")),
    "expressions": ("channel", N_("Expression on {name}")),
    "adaptations": ("segment", N_("Adaptation for {name}")),
}
"""Lists and mappings: what their items are, and how one of them is told."""
_FIELDS = {
    "name": N_("name"),
    "promise": N_("promise"),
    "meaning": N_("meaning"),
    "text": N_("wording"),
    "owner": N_("owner"),
    "stage": N_("stage"),
    "channel": N_("channel"),
    "channels": N_("channels"),
    "segments": N_("segments"),
    "markers": N_("markers"),
    "touchpoints": N_("touchpoints"),
    "outcomes": N_("outcomes"),
    "next": N_("ways on"),
    "share": N_("share of customers"),
    "because": N_("reason"),
    "how": N_("how it shows here"),
    "why": N_("why it matters"),
    "severity": N_("gravity"),
    "weight": N_("weight"),
    "emotion": N_("emotion"),
    "status": N_("status"),
    "due": N_("due date"),
    "exit": N_("outcome"),
    "example": N_("example"),
}
_LANGUAGES = {Language.ENGLISH: N_("in English"), Language.FRENCH: N_("in French")}
_LONGEST_LINE = 120
_OCCURRENCE = re.compile(r"(.+)#([0-9]+)")


def about(conflict: FileConflict, speak: Speaker, names: Names) -> str:
    """Return what a conflict is about, by the names that people gave: touchpoint, then field."""
    steps = [_place(conflict.file, speak, names), *_steps(conflict, speak, names)]
    return " · ".join(filter(None, steps))


def _place(file: str, speak: Speaker, names: Names) -> str:
    """Return what a file holds, as people call it; its name where that says most."""
    if file == CHARTER_FILE:
        return speak(N_("The charter"))
    if file == RULES_FILE:
        return speak(N_("The rules"))
    if file == WAIVERS_FILE:
        return speak(N_("Accepted findings"))
    for journey, setting in names.settings.items():
        if setting.journey.position.file == file:
            return speak(N_("Journey {name}"), name=speak.quote(names.of("journey", journey)))
    for plan in names.plans.values():
        if plan.position.file == file:
            name = visible(plan.named(speak.language))
            return speak(N_("Plan {name}"), name=speak.quote(name))
    return visible(file)


def _steps(conflict: FileConflict, speak: Speaker, names: Names) -> Iterator[str]:
    """Yield the steps of an address in words."""
    address = list(conflict.address)
    if conflict.file == RULES_FILE:
        address.insert(0, "rules")
    elif conflict.file.startswith("markers/") and address and names.known("marker", address[0]):
        address.insert(0, "markers")
    while address:
        step = address.pop(0)
        if step in _LISTS and address:
            what, told = _LISTS[step]
            yield speak(told, name=speak.quote(_named(what, address.pop(0), conflict, names)))
        elif step in tuple(Language) and not address:
            yield speak(_LANGUAGES[Language(step)])
        elif step in _FIELDS:
            yield speak(_FIELDS[step])
        else:
            yield speak.quote(visible(step))
    if conflict.is_of_order:
        yield speak(N_("order"))


def _named(what: str, step: str, conflict: FileConflict, names: Names) -> str:
    found = _OCCURRENCE.fullmatch(step)
    identifier, number = (found[1], found[2]) if found else (step, "")
    name = names.known(what, identifier)
    if what == "touchpoint":
        for setting in names.settings.values():
            touchpoint = setting.touchpoint(identifier)
            if touchpoint and setting.journey.position.file == conflict.file:
                name = visible(touchpoint.named(names.speak.language))
    if what == "action":
        found_in = (
            names.known("action", f"{plan.id}/{identifier}")
            for plan in names.plans.values()
            if plan.position.file == conflict.file
        )
        name = next(filter(None, found_in), None)
    told = name or visible(identifier)
    return f"{told} ({number})" if number else told


def said(value: Plain) -> str:
    """Return a value as lines that people can read; nothing for nothing."""
    return "\n".join(_lines(value))


def _lines(value: Plain, indent: str = "") -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, str):
        yield from (f"{indent}{line}" for line in value.split("\n"))
    elif isinstance(value, list):
        for item in value:
            first, *more = list(_lines(_short(item))) or [""]
            yield f"{indent}• {first}"
            yield from (f"{indent}  {line}" for line in more)
    else:
        for key, inner in value.items():
            if isinstance(inner, str | None) and "\n" not in (inner or ""):
                yield f"{indent}{key}: {inner or '–'}"
            else:
                yield f"{indent}{key}:"
                yield from _lines(inner, f"{indent}  ")


def _short(item: Plain) -> Plain:
    """Return an item that says nothing but what it is as that alone."""
    is_plain = isinstance(item, dict) and len(item) == 1 and next(iter(item)) in IDENTITY_KEYS
    return next(iter(item.values())) if is_plain and isinstance(item, dict) else item


def both(conflict: FileConflict) -> str:
    """Return a text to begin with for whoever wants to keep what two people wrote."""
    sides = (conflict.mine, conflict.theirs)
    texts = dict.fromkeys(text for text in sides if isinstance(text, str) and text)
    return (" " if is_of_one_line(conflict) else "\n").join(texts)


def is_of_one_line(conflict: FileConflict) -> bool:
    """Return whether both sides wrote a short text on one line."""
    return all(
        len(str(text)) <= _LONGEST_LINE and "\n" not in str(text)
        for text in (conflict.mine, conflict.theirs)
    )
