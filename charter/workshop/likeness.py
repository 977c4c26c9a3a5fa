"""Ideas that say nearly the same: proposed to be merged, never merged by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

LIKE = 84.0
"""From which likeness on, of 100, two texts are proposed as the same: about one letter in six is
another one."""
_MOST_NEAR = 20
MOST_COMPARED = 2000
"""Different texts that are compared with each other; those that came later aren't."""

_NO = "-"
"""What a text begins with, as it is compared, that says no."""
_WORD = re.compile(r"\w+")
_NEGATIONS = frozenset(
    _WORD.findall(
        "no not never without none nothing nobody t don doesn isn aren cannot stop less avoid"
        " ne n pas jamais sans aucun aucune rien non ni moins eviter arreter"
    )
)
# The "t" of "don't" and the "n" of "n'est" stand alone once apostrophes are gone.
_FILLERS = frozenset(
    _WORD.findall(
        "a an the of to in on at for with and or our we us you your they them their it its is are"
        " be this that by from as so when do does i s re ll ve"
        " le la les l un une des du de d et ou a au aux en dans pour par avec sur notre nos nous"
        " vous votre vos on il elle ils elles leur leurs se sa son ses ce cet cette ces est sont"
        " qui que qu quand lors"
    )
)


def likely_same(texts: Sequence[tuple[int, str]]) -> tuple[tuple[int, ...], ...]:
    """Return which of some texts nearly say the same, each by its number, in their order.

    Texts are compared without capitals, accents, punctuation, filler words and the order of
    words, in English and French alike. Each of a group is like each other of it. One that says
    no isn't like one that doesn't, nor are two that name different figures.

    Args:
        texts: Each with its number.
    """
    by_words: dict[str, list[int]] = {}
    for number, text in texts:
        by_words.setdefault(_words_of(text), []).append(number)
    by_words.pop("", None)
    groups: dict[str, list[str]] = {}
    for place, words in enumerate(by_words):
        near = _near(words, groups) if place < MOST_COMPARED else None
        groups.setdefault(near or words, []).append(words)
    found = (sorted(n for words in group for n in by_words[words]) for group in groups.values())
    return tuple(sorted(tuple(each) for each in found if len(each) > 1))


def _near(words: str, groups: Mapping[str, Sequence[str]]) -> str | None:
    """Return the first text of the group that a text is most like; None where it is like none."""
    from rapidfuzz import fuzz, process

    firsts = list(groups)
    for first, _, _ in process.extract(
        words, firsts, scorer=fuzz.ratio, score_cutoff=LIKE, limit=_MOST_NEAR
    ):
        group = groups[first]
        if all(_may_be_same(words, each) and fuzz.ratio(words, each) >= LIKE for each in group):
            return first
    return None


def _may_be_same(one: str, other: str) -> bool:
    """Return whether both say no, or neither does, and they name the same figures."""
    marks = ([w for w in words.split() if w == _NO or w[0].isdigit()] for words in (one, other))
    return next(marks) == next(marks)


def _words_of(text: str) -> str:
    """Return the words of a text that say something, plain, in one order for all."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _WORD.findall(letters)
    no = [] if _NEGATIONS.isdisjoint(words) else [_NO]
    kept = [word for word in words if word not in _FILLERS and word not in _NEGATIONS]
    return " ".join([*no, *sorted(kept or words)])
