"""Edits of YAML that was made up at random: they do what they mean to, and nothing else.

TORTURE_EDITS says how many; 200 unless told.
"""

from __future__ import annotations

import copy
import os
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journeys.edit import (
    AddKey,
    Address,
    CannotEdit,
    Edit,
    InsertItem,
    MoveItem,
    Remove,
    RenameKey,
    SetValue,
    edited,
    rewritten,
)
from journeys.plain import Plain, plain
from journeys.source import lines_of, read
from tests import commented_yaml
from tests.commented_yaml import CommentedYaml

SAMPLES = sorted(Path(__file__).parents[1].glob("samples/**/*.yaml"))
EDITS = int(os.environ.get("TORTURE_EDITS", "200"))
tortured = settings(
    max_examples=EDITS, deadline=None, suppress_health_check=[*HealthCheck], database=None
)
seeds = st.integers(0, 2**48)


def meaning(content: bytes | str) -> Plain:
    document = read(content.encode() if isinstance(content, str) else content, "made.yaml")
    assert document.problems == ()
    assert document.root is not None
    return plain(document.root)


def addresses(value: Plain, here: Address = ()) -> list[Address]:
    steps: list[tuple[Any, Plain]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    return [here, *(a for step, child in steps for a in addresses(child, (*here, step)))]


def at(value: Any, address: Address) -> Any:
    for step in address:
        value = value[step]
    return value


def random_edit(random: Random, value: Plain) -> Edit:
    """Return an edit that can be made of ``value``."""
    address = random.choice(addresses(value))
    found = at(value, address)
    new = commented_yaml.value(random, depth=2)
    edits: list[Edit] = [SetValue(address, new)]
    if isinstance(found, list):
        edits.append(InsertItem((*address, random.randint(0, len(found))), new))
        if len(found) > 1:
            places = random.randrange(len(found)), random.randrange(len(found))
            edits.append(MoveItem((*address, places[0]), places[1]))
    key = commented_yaml.key(random)
    if isinstance(found, dict) and key not in found:
        edits.append(AddKey((*address, key), new, random.choice([None, *found])))
    if address:
        edits.append(Remove(address))
        if isinstance(address[-1], str) and key not in at(value, address[:-1]):
            edits.append(RenameKey(address, key))
    return random.choice(edits)


def made(value: Plain, edit: Edit) -> Plain:
    """Return what ``value`` means once ``edit`` is made, in so many words."""
    if not edit.address:
        assert isinstance(edit, SetValue)
        return edit.value
    value = copy.deepcopy(value)
    held, last = at(value, edit.address[:-1]), edit.address[-1]
    match edit:
        case SetValue(value=new) | AddKey(value=new):
            held[last] = new
        case Remove():
            del held[last]
        case RenameKey(key=key):
            held[key] = held.pop(last)
        case InsertItem(value=new):
            held.insert(last, new)
        case MoveItem(to=to):
            held.insert(to, held.pop(last))
    return value


def may_go(comment: commented_yaml.Comment, edit: Edit) -> bool:
    """Return whether a comment goes with what ``edit`` takes away."""
    taken = edit.address
    if isinstance(edit, Remove):
        return comment.within[: len(taken)] == taken or comment.owner == taken
    if isinstance(edit, SetValue):
        return comment.within[: len(taken)] == taken
    return False


def holds_nothing(value: Plain) -> bool:
    """Return whether an item of a list is nothing, which can't be written between brackets."""
    if isinstance(value, list):
        return any(each is None or holds_nothing(each) for each in value)
    return isinstance(value, dict) and any(map(holds_nothing, value.values()))


def may_be_refused(sheet: CommentedYaml, edit: Edit) -> bool:
    """Return whether ``edit`` asks for what brackets can't hold, or for a file without value."""
    if isinstance(edit, Remove | RenameKey | MoveItem):
        return False
    if not edit.address and edit.value is None:
        return True
    if isinstance(edit, SetValue) and holds_nothing(edit.value):
        # It is put into the brackets that stand there, however deep within what is set.
        within = (a for a in addresses(sheet.value) if a[: len(edit.address)] == edit.address)
        if any(
            isinstance(at(sheet.value, a), dict | list) and a not in sheet.blocks for a in within
        ):
            return True
    is_in_brackets = bool(edit.address) and edit.address[:-1] not in sheet.blocks
    is_nothing = edit.value is None and isinstance(edit.address[-1], int)
    return is_in_brackets and (is_nothing or holds_nothing(edit.value))


@tortured
@given(seeds)
@example(12057)  # a comment between a key and the nothing behind it
@example(17932680)  # nothing between brackets that stand deeper than what is set
def test_an_edit_means_what_it_was_to_mean_and_keeps_every_other_comment(seed: int):
    random = Random(seed)
    sheet = commented_yaml.written(random, commented_yaml.value(random))
    assert meaning(sheet.text) == sheet.value, "what is made up is made up right"
    edit = random_edit(random, sheet.value)
    wanted = made(sheet.value, edit)
    try:
        after = edited(sheet.text.encode(), [edit]).decode()
    except CannotEdit:
        assert may_be_refused(sheet, edit)
        return
    assert meaning(after) == wanted
    for text, comment in sheet.comments.items():
        assert after.count(text) <= 1
        assert text in after or may_go(comment, edit)


@tortured
@given(seeds)
def test_where_a_text_is_set_nothing_else_changes(seed: int):
    random = Random(seed)
    sheet = commented_yaml.written(random, commented_yaml.value(random))
    if not sheet.scalars:
        return
    address = random.choice(list(sheet.scalars))
    new = random.choice((*commented_yaml.WORDS, *commented_yaml.QUOTED, *commented_yaml.LINES))
    start, end = sheet.scalars[address]
    after = edited(sheet.text.encode(), [SetValue(address, new)]).decode()
    assert after.startswith(sheet.text[:start])
    assert after.endswith(sheet.text[end:])
    assert len(after) >= len(sheet.text) - (end - start)
    assert at(meaning(after), address) == new


@tortured
@given(seeds)
def test_in_a_list_in_lines_lines_come_and_go_and_none_changes(seed: int):
    """Inserting adds lines, removing takes lines away, moving keeps them all."""
    random = Random(seed)
    sheet = commented_yaml.written(random, commented_yaml.value(random))
    lists = [a for a in sheet.apart if isinstance(at(sheet.value, a), list)]
    if not lists:
        return
    address = random.choice(sorted(lists, key=str))
    items = at(sheet.value, address)
    place, other = random.randrange(len(items)), random.randrange(len(items))
    before = lines_of(sheet.text)

    inserted = edited(sheet.text.encode(), [InsertItem((*address, place), "new")]).decode()
    assert is_within(before, lines_of(inserted))
    new = Counter(lines_of(inserted)) - Counter(before)
    assert [re.sub("[ '\"]", "", line) for line in new if line.strip()] == ["-new"]

    moved = edited(sheet.text.encode(), [MoveItem((*address, place), other)]).decode()
    assert told(moved) == told(sheet.text)

    if len(items) > 1:
        removed = edited(sheet.text.encode(), [Remove((*address, place))]).decode()
        assert is_within([line for line in lines_of(removed) if line.strip()], before)


def told(text: str) -> Counter[str]:
    return Counter(line for line in lines_of(text) if line.strip())


def is_within(few: list[str], many: list[str]) -> bool:
    """Return whether lines stand among others in the same order."""
    rest = iter(many)
    return all(any(line == other for other in rest) for line in few)


@tortured
@given(seeds)
@example(8081722532)  # lines of text before lines that hold blanks
@example(2276510357)  # a comment before the bracket, once the last key is off
def test_a_rewrite_means_what_is_wanted_whatever_was_written(seed: int):
    random = Random(seed)
    sheet = commented_yaml.written(random, commented_yaml.value(random))
    content = sheet.text.encode()
    assert rewritten(content, sheet.value) == content
    wanted = sheet.value
    for _ in range(random.choice((1, 1, 3))):
        wanted = made(wanted, random_edit(random, wanted))
    try:
        after = rewritten(content, wanted)
    except CannotEdit:
        assert holds_nothing(wanted) or wanted is None
        return
    assert meaning(after) == wanted
    assert rewritten(after, wanted) == after


@settings(
    max_examples=max(EDITS // 4, 1),
    deadline=None,
    suppress_health_check=[*HealthCheck],
    database=None,
)
@given(seeds)
def test_samples_are_edited_like_any_other_file(seed: int):
    random = Random(seed)
    text = random.choice(SAMPLES).read_text(encoding="utf-8")
    value = meaning(text)
    edit = random_edit(random, value)
    wanted = made(value, edit)
    try:
        after = edited(text.encode(), [edit]).decode()
    except CannotEdit:
        assert not isinstance(edit, Remove | RenameKey | MoveItem)
        assert edit.value is None or holds_nothing(edit.value)
        return
    assert meaning(after) == wanted
    comments, kept = (
        Counter(line.strip() for line in lines_of(each) if line.lstrip().startswith("#"))
        for each in (text, after)
    )
    if not isinstance(edit, Remove | SetValue):
        assert kept == comments
    assert kept <= comments
