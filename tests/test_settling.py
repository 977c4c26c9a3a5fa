"""Conflicts are settled as people choose, field by field, and nothing else is lost."""

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.merging import FileConflict, merge_files
from charter.merging.settling import Choice, Unsettled, settled
from charter.merging.writing import meaning_of
from journeys.edit import CannotEdit, rewritten
from journeys.merge import Answer, Conflict, Side, merge
from journeys.plain import Plain
from tests import commented_yaml
from tests.test_merge import Address, facts, meaning, versions

FILE = "journeys/visit.yaml"
Contents = Mapping[str, bytes | None]


def settled_file(
    base: str, mine: str, theirs: str, answers: Mapping[str, Answer], file: str = FILE
) -> str | None:
    """Return the file, its conflicts settled by what they are about."""
    sides: list[Contents] = [{file: text.encode()} for text in (base, mine, theirs)]
    conflicts = merge_files(*sides).conflicts
    assert {" ".join(conflict.address) for conflict in conflicts} == set(answers)
    choices = [Choice(each, answers[" ".join(each.address)]) for each in conflicts]
    content = settled(*sides, choices).get(file, theirs.encode())
    return None if content is None else content.decode()


MINE, THEIRS = Side.MINE, Side.THEIRS

BASE = """\
# A visit.
name: Visit
touchpoints:
  - id: door
    stage: discover
    owner: retail
  - id: till # the last
    stage: buy
"""


def edited(*changes: tuple[str, str]) -> str:
    text = BASE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


OURS = edited(("name: Visit", "name: My visit # why"), ("owner: retail", "owner: sales"))
OTHERS = edited(("name: Visit", "name: Their visit"), ("stage: buy", "stage: pay # new"))


@pytest.mark.parametrize(
    ("answer", "name"),
    [(MINE, "My visit"), (THEIRS, "Their visit"), ("A visit: ours", '"A visit: ours"')],
)
def test_a_field_is_settled_and_what_each_changed_beside_it_is_kept(answer: Answer, name: str):
    text = settled_file(BASE, OURS, OTHERS, {"name": answer})
    assert text is not None
    assert text == edited(
        ("name: Visit", f"name: {name} # why"),
        ("owner: retail", "owner: sales"),
        ("stage: buy", "stage: pay # new"),
    )


def test_fields_of_one_file_are_settled_one_by_one():
    base, mine, theirs = "a: 1\nb: 1\nc: 1\n", "a: 2\nb: 2\nc: 2\n", "a: 3\nb: 3\nc: 3\n"
    text = settled_file(base, mine, theirs, {"a": MINE, "b": THEIRS, "c": "no"})
    assert text == "a: 2\nb: 3\nc: no\n"


@pytest.mark.parametrize(
    ("answer", "text"),
    [(MINE, "t:\n  - id: a\n"), (THEIRS, "t:\n  - id: a\n  - id: b\n    n: 2\n")],
)
def test_an_item_taken_off_by_one_and_changed_by_the_other(answer: Answer, text: str):
    base = "t:\n  - id: a\n  - id: b\n    n: 1\n"
    theirs = base.replace("n: 1", "n: 2")
    assert settled_file(base, "t:\n  - id: a\n", theirs, {"t b": answer}) == text


@pytest.mark.parametrize(("answer", "ids"), [(MINE, "[x, z]"), (THEIRS, "[y, z]")])
def test_what_each_put_in_the_place_of_the_same_item(answer: Answer, ids: str):
    assert settled_file("[b, z]", "[x, z]", "[y, z]", {"b": answer}) == ids


@pytest.mark.parametrize(("answer", "ids"), [(MINE, "[c, x, a, b]"), (THEIRS, "[b, a, c, x]")])
def test_either_order_is_taken_with_what_was_added(answer: Answer, ids: str):
    text = settled_file("[a, b, c]", "[c, a, b]", "[b, a, c, x]", {"": answer})
    assert text == ids


def test_comments_of_both_on_one_line_are_both_kept():
    """They can't stand on one line: the one comes to stand above it."""
    text = settled_file("a: 1\nb: 1\n", "a: 2 # mine\nb: 1\n", "a: 3 # theirs\nb: 2\n", {"a": MINE})
    assert text == "# mine\na: 2 # theirs\nb: 2\n"


WHOLE: list[tuple[bytes | None, bytes | None, Answer, bytes | None]] = [
    (None, b"2", MINE, None),
    (None, b"2", THEIRS, b"2"),
    (b"2", None, MINE, b"2"),
    (b"2", None, THEIRS, None),
    (b"2", b"3", MINE, b"2"),
    (b"2", b"3", THEIRS, b"3"),
    (b"2", b"3", "2 and 3", b"2 and 3"),
]


@pytest.mark.parametrize(("mine", "theirs", "answer", "wanted"), WHOLE)
def test_a_file_without_fields_is_taken_as_a_whole(
    mine: bytes | None, theirs: bytes | None, answer: Answer, wanted: bytes | None
):
    sides: list[Contents] = [{"content/a.md": each} for each in (b"1", mine, theirs)]
    (conflict,) = merge_files(*sides).conflicts
    changes = settled(*sides, [Choice(conflict, answer)])
    assert {"content/a.md": theirs, **changes} == {"content/a.md": wanted}
    assert ("content/a.md" in changes) == (wanted != theirs)


def test_a_file_whose_comments_collide_keeps_its_fields_and_its_comments_whoever_is_taken():
    base, mine, theirs = "a: 1\nb: 1\n", "a: 2 # mine\nb: 1\n", "a: 2 # theirs\nb: 3\n"
    for side in Side:
        text = settled_file(base, mine, theirs, {"": side})
        assert text == "# mine\na: 2 # theirs\nb: 3\n"


def test_other_files_are_brought_together_beside_those_in_conflict():
    base: Contents = {"a.yaml": b"a: 1\n", "b.yaml": b"a: 1\nb: 1\n", "c": b"1", "d": b"1"}
    mine: Contents = {"a.yaml": b"a: 2\n", "b.yaml": b"a: 2\nb: 1\n", "c": None, "d": b"1"}
    theirs: Contents = {"a.yaml": b"a: 3\n", "b.yaml": b"a: 1\nb: 2\n", "c": b"1", "d": b"2"}
    (conflict,) = merge_files(base, mine, theirs).conflicts
    changes = settled(base, mine, theirs, [Choice(conflict, THEIRS)])
    assert changes == {"b.yaml": b"a: 2\nb: 2\n", "c": None}


def test_what_nobody_decided_is_handed_back_and_nothing_else():
    base: Contents = {"j.yaml": b"a: 1\nb: 1\n", "k.md": b"1"}
    mine: Contents = {"j.yaml": b"a: 2\nb: 2\n", "k.md": b"2"}
    theirs: Contents = {"j.yaml": b"a: 3\nb: 3\n", "k.md": b"3"}
    first, second, third = merge_files(base, mine, theirs).conflicts
    with pytest.raises(Unsettled) as refused:
        settled(base, mine, theirs, [Choice(first, MINE)])
    assert refused.value.conflicts == (second, third)


def test_a_choice_about_what_has_changed_since_decides_nothing():
    """Somebody saved once more while the dialog was open."""
    base: Contents = {"j.yaml": b"a: 1\n"}
    mine: Contents = {"j.yaml": b"a: 2\n"}
    (seen,) = merge_files(base, mine, {"j.yaml": b"a: 3\n"}).conflicts
    with pytest.raises(Unsettled) as refused:
        settled(base, mine, {"j.yaml": b"a: 4\n"}, [Choice(seen, MINE)])
    assert refused.value.conflicts == (FileConflict(("a",), "1", "2", "4", file="j.yaml"),)
    assert settled(base, mine, base, [Choice(seen, THEIRS)]) == {"j.yaml": b"a: 2\n"}


def test_no_text_takes_the_place_of_more_than_a_text():
    base: Contents = {"j.yaml": b"a: 1\n"}
    mine: Contents = {"j.yaml": b"a: [2]\n"}
    theirs: Contents = {"j.yaml": b"a: {b: 3}\n"}
    (conflict,) = merge_files(base, mine, theirs).conflicts
    assert not conflict.may_be_text
    with pytest.raises(Unsettled):
        settled(base, mine, theirs, [Choice(conflict, "words")])


# What follows states in terms of facts what settling must do; it shares nothing with the merge.


def below(value: set[tuple[Address, str]], address: Address) -> set[tuple[Address, str]]:
    return {fact for fact in value if fact[0][: len(address)] == address}


def expected(
    base: Plain, mine: Plain, theirs: Plain, answers: Sequence[tuple[Conflict, Side]]
) -> set[tuple[Address, str]]:
    """Return what is said in the end: what either changed, and in conflicts what was chosen."""
    was, by_mine, by_theirs = facts(base), facts(mine), facts(theirs)
    said = (was | by_mine | by_theirs) - (was - by_mine) - (was - by_theirs)
    for conflict, side in answers:
        if conflict.is_of_order:
            continue
        taken, left = (by_mine, by_theirs) if side is MINE else (by_theirs, by_mine)
        if isinstance(conflict.base, list) and isinstance(conflict.mine, list):
            others = conflict.theirs if side is MINE else conflict.mine
            assert isinstance(others, list)
            for item in others:
                name = item if isinstance(item, str) else str(item.get("id") or item["to"])
                said -= below(left, (*conflict.address[:-1], name))
            continue
        said -= below(said, conflict.address)
        said |= below(taken, conflict.address)
    return said


@given(versions(), st.randoms(use_true_random=False))
def test_whatever_is_chosen_is_there_and_all_else_is_as_both_left_it(case, random: Random):
    base, mine, theirs = case
    conflicts = merge(base, mine, theirs).conflicts
    answers = [(conflict, random.choice(list(Side))) for conflict in conflicts]
    left = list(answers)

    def settle(conflict: Conflict) -> Side:
        assert left[0][0] == conflict
        return left.pop(0)[1]

    merged = merge(base, mine, theirs, settle=settle)
    assert merged.conflicts == ()
    assert not left
    assert facts(merged.value) == expected(base, mine, theirs, answers)


def with_comments(random: Random, text: str, who: str) -> tuple[str, set[str]]:
    """Return a text with comments in lines of their own, and those of them that go with no item."""
    lines, lasting = text.splitlines(keepends=True), set()
    for number in range(random.randint(0, 4)):
        place = random.randint(0, len(lines))
        is_top = place < len(lines) and lines[place][:1] in ("n", "t", '"', "'")
        column = 0 if is_top else random.choice((0, 2, 4, 6))
        comment = f"# {who} {number}."
        tried = [*lines[:place], f"{' ' * column}{comment}\n", *lines[place:]]
        if meaning("".join(tried)) == meaning(text):
            lines = tried
            lasting |= {comment} if is_top else set()
    return "".join(lines), lasting


@settings(deadline=None, max_examples=60)
@given(versions(), st.randoms(use_true_random=False))
def test_files_that_people_wrote_keep_both_sides_comments(case, random: Random):
    base = commented_yaml.written(random, case[0]).text
    try:
        sides = [rewritten(base.encode(), value, FILE).decode() for value in case[1:]]
    except CannotEdit:
        return
    (mine, by_mine), (theirs, by_theirs) = (
        with_comments(random, text, who)
        for text, who in zip(sides, ("mine", "theirs"), strict=True)
    )
    contents: list[Contents] = [{FILE: text.encode()} for text in (base, mine, theirs)]
    conflicts = merge_files(*contents).conflicts
    answers = [(conflict, random.choice(list(Side))) for conflict in conflicts]
    changes = settled(*contents, [Choice(*answer) for answer in answers])
    text = {FILE: theirs.encode(), **changes}[FILE]
    assert text is not None
    by_field = [(each, side) for each, side in answers if not each.is_of_whole_file]
    assert facts(meaning_of(FILE, text)) == expected(*case, by_field)
    for comment in by_mine | by_theirs:
        assert comment.encode() in text
