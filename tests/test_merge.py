"""Two versions of one file are merged by what they mean."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from journeys.merge import Conflict, Merged, merge
from journeys.plain import Plain
from journeys.source import Block, Items, Node, Text, read


def meaning(text: str) -> Plain:
    """Return what YAML text means; nothing at all means None."""
    return plain(root) if (root := read(text.encode(), "test").root) is not None else None


def plain(node: Node) -> Plain:
    if isinstance(node, Block):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [plain(item) for item in node]
    assert isinstance(node, Text)
    return None if node.is_blank else str(node)


MERGED = [
    pytest.param("{a: 1}", "{a: 2}", "{a: 1}", "{a: 2}", id="a field one changed"),
    pytest.param("{a: 1, b: 1}", "{a: 2, b: 1}", "{a: 1, b: 2}", "{a: 2, b: 2}", id="two fields"),
    pytest.param("{a: 1}", "{a: 2}", "{a: 2}", "{a: 2}", id="both the same"),
    pytest.param("{a: 1, b: 1}", "{b: 1}", "{a: 1}", "{}", id="a key off on each side"),
    pytest.param("{a: 1}", "{a: }", "{}", "{}", id="emptied by one, taken off by the other"),
    pytest.param(
        "{a: 1}", "{a: 1, e: {store: x}}", "{a: 1, e: {web: y}}", "{a: 1, e: {web: y, store: x}}",
        id="a mapping both added",
    ),
    pytest.param(
        "[{id: a, n: 1}, {id: b, n: 1}]", "[{id: a, n: 2}, {id: b, n: 1}]",
        "[{id: new}, {id: a, n: 1}, {id: b, n: 3}]", "[{id: new}, {id: a, n: 2}, {id: b, n: 3}]",
        id="items keep their id wherever they stand",
    ),
    pytest.param("[a, b]", "[a, x, b]", "[a, b, y]", "[a, x, b, y]", id="added in two places"),
    pytest.param("[a, b]", "[a, x, b]", "[a, y, b]", "[a, y, x, b]", id="added in one place"),
    pytest.param("[]", "[x]", "[y]", "[y, x]", id="added to an empty list"),
    pytest.param("{}", "{m: [x]}", "{m: [y]}", "{m: [y, x]}", id="a list both added"),
    pytest.param("[a, b, c]", "[b, c]", "[a, b, x, c]", "[b, x, c]", id="one off, one added"),
    pytest.param("[a, b, c]", "[a, b, x, c]", "[a, c]", "[a, x, c]", id="its neighbour is gone"),
    pytest.param("[a, b, c]", "[c, a, b]", "[a, b, x, c]", "[c, a, b, x]", id="mine moved"),
    pytest.param("[a, b, c]", "[a, x, b, c]", "[c, b, a]", "[c, b, a, x]", id="theirs moved"),
    pytest.param("[a, b, c]", "[c, a, b]", "[c, a, b, x]", "[c, a, b, x]", id="both moved alike"),
    pytest.param(
        "[welcome]", "[{to: welcome, share: 40}]", "[welcome, leave]",
        "[{to: welcome, share: 40}, leave]", id="a step written at length",
    ),
    pytest.param(
        "[wait]", "[{name: wait, target: 3}]", "[wait, sales]",
        "[{name: wait, target: 3}, sales]", id="an indicator written at length",
    ),
    pytest.param(
        "[{en: Wait, fr: Attente}]", "[{name: {fr: Attente, en: Wait}, target: 3}]",
        "[sales, {en: Wait, fr: Attente}]", "[sales, {name: {fr: Attente, en: Wait}, target: 3}]",
        id="an indicator named by language",
    ),
    pytest.param(
        "[{name: {en: Wait}, target: 3}, {name: {en: Sales}}]",
        "[{name: {en: Wait}, target: 2}, {name: {en: Sales}}]",
        "[{name: {en: Sales}, owner: us}, {name: {en: Wait}, target: 3, observed: 5}]",
        "[{name: {en: Sales}, owner: us}, {name: {en: Wait}, target: 2, observed: 5}]",
        id="indicators are the same by their names",
    ),
    pytest.param(
        "[welcome]", "[{to: welcome, share: 40}]", "[{to: welcome, because: it rains}]",
        "[{to: welcome, because: it rains, share: 40}]", id="a step both wrote at length",
    ),
    pytest.param(
        "[{marker: host, how: x}]", "[host]", "[{marker: host, how: x, status: planned}]",
        "[{marker: host, status: planned}]", id="a tag written shortly",
    ),
    pytest.param("[host]", "[{marker: host}]", "[]", "[]", id="written at length is no change"),
    pytest.param(
        "[{to: pay, share: 40}, {to: pay, share: 60}]",
        "[{to: pay, share: 60}, {to: pay, share: 40}]",
        "[{to: pay, share: 40}, {to: pay, share: 60, because: x}]",
        "[{to: pay, share: 60, because: x}, {to: pay, share: 40}]",
        id="two choices of one touchpoint",
    ),
    pytest.param(
        "[{requires: x}]", "[{requires: x}, {forbids: [y]}]", "[{swap: {a: b}}, {requires: x}]",
        "[{swap: {a: b}}, {requires: x}, {forbids: [y]}]", id="items without an id",
    ),
    pytest.param("[[a], [b]]", "[[a], [b], [c]]", "[[b]]", "[[b], [c]]", id="lists of lists"),
    pytest.param("{a: 1, b: 2}", "{b: 2, a: 1}", "{a: 1, b: 3}", "{b: 3, a: 1}", id="my keys"),
    pytest.param(
        "{c: {a: 1, b: 2}}", "{c: {a: 1, b: 2}}", "{c: {b: 2, a: 1}}", "{c: {b: 2, a: 1}}",
        id="theirs moved keys",
    ),
    pytest.param(
        "{a: 1, b: 2, c: 3}", "{c: 3, a: 1, b: 2}", "{c: 3, a: 1, b: 2}", "{c: 3, a: 1, b: 2}",
        id="both moved keys alike",
    ),
    pytest.param(
        "{a: 1, b: 2}", "{b: 2, a: 1}", "{a: 1, x: 3, b: 2}", "{b: 2, a: 1, x: 3}",
        id="a key added where others were moved",
    ),
    pytest.param("a", "b", "a", "b", id="a text alone"),
]  # fmt: skip


@pytest.mark.parametrize(("base", "mine", "theirs", "merged"), MERGED)
def test_what_both_changed_apart_comes_together(base: str, mine: str, theirs: str, merged: str):
    found = merge(*map(meaning, (base, mine, theirs)))
    assert found == Merged(meaning(merged), ())
    assert json.dumps(found.value) == json.dumps(meaning(merged)), "keys are in order too"


CONFLICTS = [
    pytest.param("{a: 1}", "{a: 2}", "{a: 3}", "a", "1", "2", "3", id="a field"),
    pytest.param("{a: 1}", "{}", "{a: 3}", "a", "1", "", "3", id="taken off and changed"),
    pytest.param("{}", "{a: 2}", "{a: 3}", "a", "", "2", "3", id="added differently"),
    pytest.param("{a: 1}", "{a: [1, 2]}", "{a: {b: 1}}", "a", "1", "[1, 2]", "{b: 1}", id="shapes"),
    pytest.param(
        "[{id: a, n: {x: 1}}]", "[{id: a, n: {x: 2}}]", "[{id: a, n: {x: 3}}]", "a n x",
        "1", "2", "3", id="deep inside",
    ),
    pytest.param(
        "[{id: a, n: 1}]", "[]", "[{id: a, n: 2}]", "a", "{id: a, n: 1}", "", "{id: a, n: 2}",
        id="an item taken off and changed",
    ),
    pytest.param(
        "[a]", "[a, {to: b, share: 1}]", "[a, b]", "b", "", "{to: b, share: 1}", "{to: b}",
        id="an item added differently",
    ),
    pytest.param(
        "[pay, {to: pay, share: 2}]", "[pay, {to: pay, share: 3}]", "[pay, {to: pay, share: 4}]",
        "pay#2 share", "2", "3", "4", id="the second choice of a touchpoint",
    ),
    pytest.param(
        "[{to: pay, share: 1}, {to: pay, share: 2}]", "[{to: pay, share: 2}]",
        "[{to: pay, share: 3}, {to: pay, share: 2}]", "pay",
        "{to: pay, share: 1}", "", "{to: pay, share: 3}", id="the first choice of a touchpoint",
    ),
    pytest.param("[a, b]", "[a, x]", "[a, y]", "b", "[b]", "[x]", "[y]", id="put in its place"),
    pytest.param(
        "[{id: a}, {id: z}]", "[{id: b}, {id: z}]", "[{id: c}, {id: z}]", "a",
        "[{id: a}]", "[{id: b}]", "[{id: c}]", id="renamed differently",
    ),
    pytest.param("a", "b", "c", "", "a", "b", "c", id="a text alone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "address", "was", "by_mine", "by_theirs"), CONFLICTS
)
def test_what_both_changed_differently_is_handed_back_with_both_values(
    base: str, mine: str, theirs: str, address: str, was: str, by_mine: str, by_theirs: str
):
    merged = merge(*map(meaning, (base, mine, theirs)))
    values = map(meaning, (was, by_mine, by_theirs))
    assert merged.conflicts == (Conflict(tuple(address.split()), *values),)


def test_two_orders_are_a_conflict_of_order():
    merged = merge(["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"])
    orders = ["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"]
    assert merged.conflicts == (Conflict((), *orders, is_of_order=True),)


def test_two_orders_of_keys_are_a_conflict_of_order():
    merged = merge(
        *map(meaning, ("{a: 1, b: 1, c: 1}", "{c: 1, a: 1, b: 1}", "{b: 1, a: 1, c: 1}"))
    )
    orders = ["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"]
    assert merged.conflicts == (Conflict((), *orders, is_of_order=True),)


def test_every_conflict_is_told_at_once():
    merged = merge({"a": "1", "b": "1"}, {"a": "2", "b": "2"}, {"a": "3", "b": "3"})
    assert [conflict.address for conflict in merged.conflicts] == [("a",), ("b",)]


# What follows states in terms of facts what a merge must do; it shares nothing with the merge.

IDS = st.sampled_from([f"id{number}" for number in range(8)])
WORDS = st.sampled_from(["x", "y", "z"])


@st.composite
def _journeys(draw: st.DrawFn) -> Plain:
    """Something like a journey: items with ids, fields, steps short and long, words."""
    items = draw(st.lists(IDS, unique=True, max_size=6))
    return {
        "name": draw(WORDS),
        "touchpoints": [
            {
                "id": identity,
                "fields": draw(st.dictionaries(WORDS, WORDS)),
                "next": [
                    draw(st.sampled_from([to, {"to": to}, {"to": to, "share": draw(WORDS)}]))
                    for to in draw(st.lists(IDS, unique=True, max_size=3))
                ],
            }
            for identity in items
        ],
    }


def _containers(value: Plain) -> Iterator[dict[str, Plain] | list[Plain]]:
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _containers(inner)


@st.composite
def _changed(draw: st.DrawFn, base: Plain) -> Plain:
    """A few changes of all kinds, anywhere."""
    changed = copy.deepcopy(base)
    for _ in range(draw(st.integers(0, 4))):
        container = draw(st.sampled_from(list(_containers(changed))))
        if isinstance(container, list):
            _change_list(draw, container)
        elif set(container) <= {"x", "y", "z"}:
            _change_fields(draw, container)
        elif "to" in container:
            container["share"] = draw(WORDS)
        elif "name" in container:
            container["name"] = draw(WORDS)
    return changed


def _change_list(draw: st.DrawFn, items: list[Plain]) -> None:
    taken = {item if isinstance(item, str) else (item.get("id") or item["to"]) for item in items}
    is_steps = any(isinstance(item, str) or "to" in item for item in items)
    what = draw(st.sampled_from(["add", "take off", "move"]))
    if what == "add":
        new = draw(IDS)
        if new not in taken:
            place = draw(st.integers(0, len(items)))
            items.insert(place, new if is_steps else {"id": new, "fields": {}, "next": []})
    elif items:
        item = items.pop(draw(st.integers(0, len(items) - 1)))
        if what == "move":
            items.insert(draw(st.integers(0, len(items))), item)


def _change_fields(draw: st.DrawFn, fields: dict[str, Plain]) -> None:
    key = draw(WORDS)
    if draw(st.booleans()):
        fields[key] = draw(WORDS)
    else:
        fields.pop(key, None)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Plain, Plain, Plain]:
    base = draw(_journeys())
    return base, draw(_changed(base)), draw(_changed(base))


Address = tuple[str, ...]


def facts(value: Plain, address: Address = ()) -> set[tuple[Address, str]]:
    """Return all that is said, each thing with its address by key and id, a step at length."""
    if isinstance(value, dict):
        inner = [facts(each, (*address, key)) for key, each in value.items()]
        return {(address, "mapping")}.union(*inner)
    if isinstance(value, list):
        inner = []
        for item in value:
            written = {"to": item} if isinstance(item, str) else item
            assert isinstance(written, dict)
            inner.append(facts(written, (*address, str(written.get("id") or written["to"]))))
        return {(address, "list")}.union(*inner)
    return {(address, str(value))}


def orders(value: Plain, address: Address = ()) -> dict[Address, list[str]]:
    """Return the ids of each list and the keys of each mapping, in order."""
    found: dict[Address, list[str]] = {}
    if isinstance(value, dict):
        found[address] = list(value)
        for key, each in value.items():
            found |= orders(each, (*address, key))
    elif isinstance(value, list):
        found[address] = []
        for item in value:
            name = item if isinstance(item, str) else str(item.get("id") or item["to"])
            found[address].append(name)
            found |= orders(item, (*address, name))
    return found


@given(versions())
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(case):
    base, mine, _ = case
    for merged in (merge(base, mine, base), merge(base, base, mine)):
        assert merged == Merged(mine, ())
        assert json.dumps(merged.value) == json.dumps(mine)


@given(versions())
def test_the_same_change_twice_is_one(case):
    base, mine, _ = case
    assert merge(base, mine, copy.deepcopy(mine)) == Merged(mine, ())


@given(versions())
def test_every_change_of_either_side_is_in_the_result_and_nothing_else(case):
    base, mine, theirs = case
    merged = merge(base, mine, theirs)
    assume(not merged.conflicts)
    was, by_mine, by_theirs = facts(base), facts(mine), facts(theirs)
    gone = (was - by_mine) | (was - by_theirs)
    assert facts(merged.value) == (was - gone) | (by_mine - was) | (by_theirs - was)


@given(versions())
def test_items_that_one_side_moved_stay_moved(case):
    base, mine, theirs = case
    merged = merge(base, mine, theirs)
    assume(not merged.conflicts)
    before, by_mine, by_theirs = orders(base), orders(mine), orders(theirs)
    for address, order in orders(merged.value).items():
        sides = [each[address] for each in (before, by_mine, by_theirs) if address in each]
        kept = set(order).intersection(*sides)
        wanted, *others = ([name for name in side if name in kept] for side in sides)
        moved = next((other for other in others if other != wanted), wanted)
        assert [name for name in order if name in kept] == moved


@given(versions())
def test_what_one_side_added_stands_behind_the_same_neighbour(case):
    base, mine, theirs = case
    merged = merge(base, mine, theirs)
    assume(not merged.conflicts)
    by_mine, by_theirs = orders(mine), orders(theirs)
    for address, order in orders(merged.value).items():
        side, other = by_mine.get(address, []), by_theirs.get(address, [])
        shared = set(side) & set(other) & set(order)
        for added in set(order) - shared:
            own = side if added in side else other
            if shared <= set(own):
                assert _neighbour(order, added, shared) == _neighbour(own, added, shared)


def _neighbour(order: list[str], name: str, shared: set[str]) -> str | None:
    before = order[: order.index(name)]
    return next((each for each in reversed(before) if each in shared), None)


@given(versions())
def test_who_is_called_mine_changes_neither_the_meaning_nor_the_conflicts(case):
    base, mine, theirs = case
    merged, turned = merge(base, mine, theirs), merge(base, theirs, mine)
    swapped = {repr(replace(c, mine=c.theirs, theirs=c.mine)) for c in turned.conflicts}
    assert {repr(conflict) for conflict in merged.conflicts} == swapped
    if not merged.conflicts:
        assert facts(merged.value) == facts(turned.value)


@given(versions())
def test_a_conflict_names_values_that_each_side_wrote(case):
    base, mine, theirs = case
    for conflict in merge(base, mine, theirs).conflicts:
        assert conflict.mine != conflict.theirs
        assert conflict.base not in (conflict.mine, conflict.theirs)


@given(st.data())
def test_changes_that_conflict_do_so_wherever_else_something_changed(data):
    """Two values for one field are never settled by chance, whatever else both sides did."""
    base, mine, theirs = data.draw(versions())
    base["name"], mine["name"], theirs["name"] = "was", "mine", "theirs"
    conflicts = merge(base, mine, theirs).conflicts
    assert Conflict(("name",), "was", "mine", "theirs") in conflicts
