"""Which item of a list is which, when a list is to mean something else.

Items that are equal are the same; then those with the same identity: the ``id`` of a mapping,
else what it says under ``to``, ``marker``, ``journey``, ``rule`` and ``name``, or the text of a
scalar (``welcome`` and ``{to: welcome, share: 40}`` are the same step). What is left between the
same neighbours is the same if most of it is.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Sequence

from journeys.edit.draft import Draft
from journeys.plain import IDENTITY_KEYS, Plain, is_same


def become(draft: Draft, wanted: Plain) -> None:
    """Make a draft mean ``wanted``, changing as little of it as can be."""
    if is_same(draft.plain(), wanted):
        return
    content = draft.opened()
    if isinstance(content, dict) and isinstance(wanted, dict):
        _become_mapping(content, wanted)
    elif isinstance(content, list) and isinstance(wanted, list):
        _become_list(content, wanted)
    else:
        draft.become(wanted)


def _become_mapping(content: dict[str, Draft], wanted: dict[str, Plain]) -> None:
    renamed = _renamed(content, wanted)
    kept = {renamed.get(key, key): draft for key, draft in content.items()}
    drafts = {key: kept.get(key) or Draft.new(value) for key, value in wanted.items()}
    for key, value in wanted.items():
        become(drafts[key], value)
    content.clear()
    content.update(drafts)


def _renamed(content: dict[str, Draft], wanted: dict[str, Plain]) -> dict[str, str]:
    """Return the keys that say under another name what they alone said."""
    gone = {key: draft.plain() for key, draft in content.items() if key not in wanted}
    come = {key: value for key, value in wanted.items() if key not in content}
    renamed = {}
    for key, value in gone.items():
        alike = [name for name, other in come.items() if other == value]
        if len(alike) == 1 and list(gone.values()).count(value) == 1:
            renamed[key] = alike[0]
    return renamed


def _become_list(content: list[Draft], wanted: list[Plain]) -> None:
    places = matched([draft.plain() for draft in content], wanted)
    drafts = [
        Draft.new(value) if place is None else content[place]
        for place, value in zip(places, wanted, strict=True)
    ]
    for draft, value in zip(drafts, wanted, strict=True):
        become(draft, value)
    content[:] = drafts


def matched(old: Sequence[Plain], new: Sequence[Plain]) -> list[int | None]:
    """Return for each item of ``new`` the place in ``old`` of the same item; None for a new one."""
    places: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    names: tuple[Callable[[Plain], str | None], ...] = (_whole, _identity)
    for name in names:
        waiting: defaultdict[str | None, deque[int]] = defaultdict(deque)
        for place in free:
            waiting[name(old[place])].append(place)
        for index, value in enumerate(new):
            named = name(value)
            if places[index] is None and named is not None and waiting[named]:
                place = waiting[named].popleft()
                places[index] = place
                del free[place]
    for index, value in enumerate(new):
        before = places[index - 1] if index else -1
        if places[index] is None and before is not None:
            place = before + 1
            if place in free and _is_alike(old[place], value):
                places[index] = place
                del free[place]
    return places


def _whole(value: Plain) -> str:
    return json.dumps(value, sort_keys=True)


def _identity(value: Plain) -> str | None:
    if isinstance(value, str):
        return json.dumps([value])
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("id"), str):
        return json.dumps([value["id"]])
    said = [each for key in IDENTITY_KEYS if isinstance(each := value.get(key), str)]
    return json.dumps(said) if said else None


def _is_alike(old: Plain, new: Plain) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        same = sum(key in new and new[key] == value for key, value in old.items())
        is_named = _identity(old) is not None or _identity(new) is not None
        return not is_named or 2 * same >= max(len(old), len(new))
    return type(old) is type(new)
