"""What people say about a draft is kept beside it, and touches nothing else."""

import datetime
import threading
from collections.abc import Sequence

import pytest

from charter.history import (
    Author,
    Commit,
    Drafts,
    HistoryError,
    Note,
    Remark,
    RemarkKind,
    Review,
    Reviews,
    ReviewState,
)
from charter.usecases import drafts as usecases
from tests.history.building import Made
from tests.history.test_drafts import NOTE, VISIT_FILE, WHEN, started, state, with_name, with_owner

ANNE, BOB = Author("Anne", "anne@example.org"), Author("Bob", "")
K = RemarkKind


def draft(made: Made) -> tuple[Drafts, Reviews, Commit]:
    drafts, commit = started(made)
    saved = drafts.save("spring", {VISIT_FILE: with_name("X")}, commit, NOTE)
    return drafts, Reviews(drafts.repository), saved


def note(author: Author, words: str = "", minutes: int = 0) -> Note:
    return Note(author, WHEN + datetime.timedelta(minutes=minutes), words)


def test_a_review_is_told_as_it_was_said_and_touches_neither_draft_nor_work_tree(made: Made):
    _, reviews, tip = draft(made)
    before = state(made)
    words = "Would you look at the name?\n\nReview: approved\n\nÉté ✓"
    reviews.say("spring", K.ASKED, tip.id, note(ANNE, words))
    reviews.say("spring", K.CHANGES_ASKED, tip.id, note(BOB, "Too short.", 5))
    found = reviews.of("spring", tip.id)
    assert found.remarks == (
        Remark(K.CHANGES_ASKED, "Bob", WHEN + datetime.timedelta(minutes=5), "Too short.", tip.id),
        Remark(K.ASKED, "Anne", WHEN, words, tip.id),
    )
    assert found.state is ReviewState.CHANGES_ASKED
    assert reviews.all({"spring": tip.id, "other": tip.id}) == {
        "spring": found,
        "other": Review((), tip.id),
    }
    assert state(made) == before
    assert made.git("rev-parse", "draft/spring") == tip.id
    assert made.git("branch", "--list", "--format=%(refname:short)") == "draft/spring\nmain"


STATES = [
    pytest.param([], ReviewState.OPEN, id="nothing said"),
    pytest.param([(K.ASKED, "Anne")], ReviewState.IN_REVIEW, id="asked"),
    pytest.param([(K.ASKED, "Anne"), (K.APPROVED, "Bob")], ReviewState.APPROVED, id="approved"),
    pytest.param([(K.APPROVED, "Bob")], ReviewState.APPROVED, id="approved unasked"),
    pytest.param(
        [(K.ASKED, "Anne"), (K.CHANGES_ASKED, "Bob"), (K.APPROVED, "Cleo")],
        ReviewState.CHANGES_ASKED,
        id="one approves what another doesn't",
    ),
    pytest.param(
        [(K.ASKED, "Anne"), (K.APPROVED, "Cleo"), (K.CHANGES_ASKED, "Bob")],
        ReviewState.CHANGES_ASKED,
        id="whoever speaks last",
    ),
    pytest.param(
        [(K.ASKED, "Anne"), (K.CHANGES_ASKED, "Bob"), (K.APPROVED, "Bob")],
        ReviewState.APPROVED,
        id="they think better of it",
    ),
    pytest.param(
        [(K.ASKED, "Anne"), (K.CHANGES_ASKED, "Bob"), (K.ASKED, "Anne")],
        ReviewState.IN_REVIEW,
        id="asked again",
    ),
    pytest.param([(K.APPROVED, "Bob"), (K.PUBLISHED, "Anne")], ReviewState.PUBLISHED, id="out"),
    pytest.param(
        [(K.PUBLISHED, "Anne"), (K.APPROVED, "Bob")], ReviewState.APPROVED, id="spoken of since"
    ),
]


@pytest.mark.parametrize(("said", "wanted"), STATES)
def test_the_state_follows_from_what_was_said(
    said: Sequence[tuple[RemarkKind, str]], wanted: ReviewState
):
    remarks = tuple(Remark(kind, by, WHEN, "", "c1") for kind, by in reversed(said))
    assert Review(remarks, "c1").state is wanted
    assert not Review(remarks, "c1").has_changed_since
    assert Review(remarks, "c2").has_changed_since == bool(said)


def test_a_published_draft_that_is_worked_on_is_open_again():
    remarks = (Remark(K.PUBLISHED, "Anne", WHEN, "", "c1"),)
    assert Review(remarks, "c2").state is ReviewState.OPEN


def test_what_was_approved_is_approved_as_it_was_seen(made: Made):
    drafts, reviews, seen = draft(made)
    drafts.save(
        "spring", {VISIT_FILE: with_owner("sales")}, drafts.repository.resolve("HEAD"), NOTE
    )
    reviews.say("spring", K.APPROVED, seen.id, note(BOB))
    found = reviews.of("spring", drafts.tip("spring").id)
    assert (found.state, found.has_changed_since) == (ReviewState.APPROVED, True)


def test_nobody_speaks_of_what_the_draft_never_was(made: Made):
    drafts, reviews, _ = draft(made)
    other = drafts.save(
        "other", {VISIT_FILE: with_name("Y")}, drafts.repository.resolve("HEAD"), NOTE
    )
    for name, seen, reason in (
        ("spring", other.id, "draft-moved-on"),
        ("spring", "0" * 40, "draft-moved-on"),
        ("winter", other.id, "no-draft"),
    ):
        with pytest.raises(HistoryError, match=reason):
            reviews.say(name, K.APPROVED, seen, note(BOB))


def test_people_who_speak_at_the_same_time_are_all_heard(made: Made):
    _, reviews, tip = draft(made)
    names = [f"Person {number}" for number in range(6)]

    def say(name: str) -> None:
        reviews.say("spring", K.APPROVED, tip.id, note(Author(name, ""), f"Good, says {name}"))

    threads = [threading.Thread(target=say, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(remark.by for remark in reviews.of("spring", tip.id).remarks) == names


def test_who_publishes_is_told_and_the_review_stays(made: Made):
    _, _, tip = draft(made)
    root, now = made.top, WHEN
    usecases.ask_for_review(root, "spring", tip.id, author=ANNE, words="Please", now=now)
    usecases.approve(root, "spring", tip.id, author=BOB, words="", now=now)
    usecases.publish_draft(root, "spring", author=ANNE, message="Out with it", now=now)
    (found,) = usecases.reviewed_drafts(root)
    assert found.review.state is ReviewState.PUBLISHED
    assert [(each.kind, each.by) for each in found.review.remarks] == [
        (K.PUBLISHED, "Anne"),
        (K.APPROVED, "Bob"),
        (K.ASKED, "Anne"),
    ]
    assert found.review.remarks[0].words == "Out with it"
    assert (found.draft.ahead, found.draft.behind) == (0, 0)


def test_what_was_said_goes_with_the_draft(made: Made):
    drafts, reviews, tip = draft(made)
    reviews.say("spring", K.ASKED, tip.id, note(ANNE))
    usecases.discard_draft(made.top, "spring", tip)
    assert made.git("for-each-ref", "refs/charter") == ""
    # One of the same name begins without it.
    again = drafts.save("spring", {}, drafts.repository.resolve("HEAD"), NOTE)
    assert reviews.of("spring", again.id) == Review((), again.id)


def test_what_was_said_of_an_earlier_draft_of_that_name_is_not_said_of_this_one(made: Made):
    """Its branch was deleted with git, which knows nothing of reviews."""
    drafts, reviews, tip = draft(made)
    reviews.say("spring", K.APPROVED, tip.id, note(BOB))
    made.git("branch", "--delete", "--force", "draft/spring")
    again = drafts.save("spring", {}, drafts.repository.resolve("HEAD"), NOTE)
    assert reviews.of("spring", again.id).remarks == ()
    reviews.say("spring", K.ASKED, again.id, note(ANNE))
    assert [each.kind for each in reviews.of("spring", again.id).remarks] == [K.ASKED]


@pytest.mark.parametrize(("gone", "new"), [("spring", "spring/2027"), ("spring/2027", "spring")])
def test_a_draft_that_is_gone_does_not_stand_in_the_way(gone: str, new: str, made: Made):
    drafts, commit = started(made)
    reviews = Reviews(drafts.repository)
    saved = drafts.save(gone, {}, commit, NOTE)
    reviews.say(gone, K.ASKED, saved.id, note(ANNE))
    made.git("branch", "--delete", "--force", f"draft/{gone}")
    drafts.save(new, {}, commit, NOTE)
    reviews.say(new, K.ASKED, commit.id, note(BOB))
    assert [each.by for each in reviews.of(new, commit.id).remarks] == ["Bob"]


def test_what_is_no_review_is_not_read_as_one(made: Made):
    """Anybody who can write to the repository can write there."""
    _, reviews, tip = draft(made)
    made.git("update-ref", "refs/charter/reviews/spring", tip.id)
    assert reviews.of("spring", tip.id).remarks == ()
    reviews.say("spring", K.ASKED, tip.id, note(ANNE))
    assert len(reviews.of("spring", tip.id).remarks) == 1
