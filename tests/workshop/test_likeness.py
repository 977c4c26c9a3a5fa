"""Near-duplicates are proposed, and what only looks alike isn't."""

import time

import pytest

from charter.workshop.likeness import MOST_COMPARED, likely_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A named host", "a NAMED hosts!"),
        ("We greet people by name", "Greeting people by name"),
        ("The host is named", "Named host"),
        ("Un accueil personnel", "L’accueil personnalisé"),
        ("Un mot écrit à la main", "un mot ecrit a la main"),
        ("Never repeat your story", "You don't repeat your story"),
        ("Une réponse en 24 h", "Réponses en 24 h"),
        ("Calm music", "Calm musik"),
    ],
)
def test_what_says_nearly_the_same_is_proposed(one, other):
    assert likely_same([(4, one), (9, other)]) == ((4, 9),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Repeat your story", "Never repeat your story"),
        ("On se répète", "On ne se répète pas"),
        ("Les clients attendent", "Les clients n’attendent pas"),
        ("People wait", "People don't wait"),
        ("An answer in 2 hours", "An answer in 24 hours"),
        ("A named host", "A handwritten note"),
        ("Un accueil personnel", "Un adieu personnel"),
        ("Quick", "Quiet"),
        ("!", "?"),
    ],
)
def test_what_only_looks_alike_is_left_apart(one, other):
    assert likely_same([(4, one), (9, other)]) == ()


def test_each_of_a_group_is_like_each_other():
    """A chain of small differences doesn't bring together what differs as a whole."""
    chain = ["abcdefghij", "abcdefghiX", "abcdefghYX", "abcdefgZYX", "abcdefWZYX"]
    groups = likely_same(list(enumerate(chain)))
    assert groups == ((0, 1), (2, 3))


def test_the_same_words_are_proposed_however_many_say_them():
    assert likely_same([(n, "A named host") for n in (3, 1, 2)]) == ((1, 2, 3),)


def test_texts_of_fillers_alone_are_compared_too():
    assert likely_same([(1, "Ça, c’est nous"), (2, "ça c'est NOUS")]) == ((1, 2),)


def test_a_full_room_is_answered_in_bounded_time():
    """300 ideas from each of 20 people, no two the same."""
    texts = [(n, f"{chr(97 + n % 26)} {n * 7919 % 6007} sign {n}") for n in range(6000)]
    begun = time.process_time()
    likely_same(texts)
    assert time.process_time() - begun < 5
    assert len(texts) > MOST_COMPARED
