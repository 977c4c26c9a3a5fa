"""Drafts as cards: how far each has come, who has it open, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from charter.history import RemarkKind, Review, ReviewState
from charter.messages import N_, Speaker
from charter.reports.words import moment
from charter.studio import version_deeds as deeds
from charter.studio.literal import literal
from charter.studio.roles import Role
from charter.studio.session import Session
from charter.usecases.drafts import ReviewedDraft

_STATES = {
    ReviewState.OPEN: (":gray-badge[:material/edit: {label}]", N_("Being written")),
    ReviewState.IN_REVIEW: (":blue-badge[:material/rate_review: {label}]", N_("In review")),
    ReviewState.APPROVED: (":green-badge[:material/check_circle: {label}]", N_("Approved")),
    ReviewState.CHANGES_ASKED: (
        ":orange-badge[:material/feedback: {label}]",
        N_("Changes asked for"),
    ),
    ReviewState.PUBLISHED: (":green-badge[:material/public: {label}]", N_("Published")),
}
_REMARKS = {
    RemarkKind.ASKED: N_("**{who}** asked for a review on {when}"),
    RemarkKind.APPROVED: N_("**{who}** approved it on {when}"),
    RemarkKind.CHANGES_ASKED: N_("**{who}** asked for changes on {when}"),
    RemarkKind.PUBLISHED: N_("**{who}** published it on {when}"),
}
_REMARKS_SHOWN = 10


def show_draft_card(
    session: Session,
    shown: ReviewedDraft,
    others: Sequence[str],
    on_compare: Callable[[str], None],
    on_publish: Callable[[str], None],
) -> None:
    """Show a draft, and who else has it open."""
    draft, review, speak = shown.draft, shown.review, session.speak
    with st.container(border=True, key=f"draft-{key_of(draft.name)}", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(literal(draft.name), anchor=False, width="stretch")
            pattern, label = _STATES[review.state]
            st.markdown(pattern.format(label=speak(label)), width="content")
        if others:
            who = literal(speak.all_of(others))
            told = speak.many(
                "{who} has it open now", "{who} have it open now", len(others), who=who
            )
            st.markdown(f":blue[:material/visibility: {told}]")
        st.markdown(
            literal(
                speak(
                    N_("Saved by {who} on {when}: {what}"),
                    who=draft.tip.author,
                    when=moment(draft.tip.when, speak),
                    what=speak.quote(draft.tip.subject),
                )
            )
        )
        st.caption(_beside_published(shown, speak))
        _review(review, speak)
        _actions(session, shown, on_compare, on_publish)


def key_of(name: str) -> str:
    """Return a draft's name as a part of a widget's key."""
    return name.encode().hex() if not name.isascii() or "/" in name else name


def _beside_published(shown: ReviewedDraft, speak: Speaker) -> str:
    """Return how a draft stands to what is published."""
    draft = shown.draft
    if not draft.ahead:
        return speak(N_("Nothing in it that isn't published."))
    ahead = speak.many(
        "{number} step ahead of what is published",
        "{number} steps ahead of what is published",
        draft.ahead,
    )
    if not draft.behind:
        return speak(N_("{ahead}."), ahead=ahead)
    behind = speak.many(
        "{number} step was published meanwhile, which it lacks",
        "{number} steps were published meanwhile, which it lacks",
        draft.behind,
    )
    return speak(N_("{ahead}; {behind}."), ahead=ahead, behind=behind)


def _review(review: Review, speak: Speaker) -> None:
    """Show what was said about it: the latest, and all the rest on demand."""
    if not review.remarks:
        return
    if review.has_changed_since:
        st.markdown(
            ":orange[:material/history: "
            + speak(N_("The draft was changed after this was said."))
            + "]"
        )
    latest, *earlier = [_remark(number, review, speak) for number in range(len(review.remarks))]
    st.markdown(latest)
    if earlier:
        with st.popover(
            speak.many("{number} earlier remark", "{number} earlier remarks", len(earlier)),
            type="tertiary",
            icon=":material/forum:",
        ):
            st.markdown("\n\n".join(earlier[:_REMARKS_SHOWN]))


def _remark(number: int, review: Review, speak: Speaker) -> str:
    remark = review.remarks[number]
    told = speak(
        _REMARKS[remark.kind], who=literal(remark.by), when=literal(moment(remark.when, speak))
    )
    words = [f"> {literal(line)}" for line in remark.words.splitlines() if line.strip()]
    return "\n".join([f"{told}", *(["", *"\n>\n".join(words).split("\n")] if words else [])])


def _actions(
    session: Session,
    shown: ReviewedDraft,
    on_compare: Callable[[str], None],
    on_publish: Callable[[str], None],
) -> None:
    speak, name = session.speak, shown.draft.name
    key, seen = key_of(name), shown.draft.tip.id
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        is_open = session.version == name
        st.button(
            speak(N_("Open")) if not is_open else speak(N_("Open already")),
            key=f"open-{key}",
            icon=":material/edit_note:",
            disabled=is_open,
            on_click=session.open_version,
            args=(name,),
        )
        st.button(
            speak(N_("What it changes")),
            key=f"compare-{key}",
            icon=":material/difference:",
            on_click=on_compare,
            args=(name,),
        )
        if not shown.draft.ahead:
            _discard(session, shown, key)
            return
        if shown.review.state in (ReviewState.OPEN, ReviewState.CHANGES_ASKED) or (
            shown.review.has_changed_since
        ):
            _say(
                session,
                key,
                seen,
                name,
                "ask",
                N_("Ask for review"),
                ":material/rate_review:",
                N_("What others should look at"),
                {N_("Ask for review"): deeds.ask_for_review},
            )
        if shown.review.state in (ReviewState.IN_REVIEW, ReviewState.APPROVED):
            answers = {N_("Ask for changes"): deeds.ask_for_changes}
            if session.may(Role.PUBLISHER):
                answers = {N_("Approve"): deeds.approve, **answers}
            _say(
                session,
                key,
                seen,
                name,
                "answer",
                N_("Answer"),
                ":material/reviews:",
                N_("What you think of it"),
                answers,
            )
        st.button(
            speak(N_("Publish…")),
            key=f"publish-{key}",
            icon=":material/publish:",
            type="primary" if shown.review.state is ReviewState.APPROVED else "secondary",
            disabled=not session.may(Role.PUBLISHER),
            help=None
            if session.may(Role.PUBLISHER)
            else speak(N_("Publishing needs the role of a publisher.")),
            on_click=on_publish,
            args=(name,),
        )
        _discard(session, shown, key)


def _say(
    session: Session,
    key: str,
    seen: str,
    name: str,
    what: str,
    label: str,
    icon: str,
    hint: str,
    answers: Mapping[str, Callable[[str, str, str], None]],
) -> None:
    """Show a field for words, and what can be said with them."""
    speak, field = session.speak, f"{what}-words-{key}"
    with st.popover(
        speak(label), icon=icon, disabled=not session.may(Role.EDITOR), key=f"{what}-{key}"
    ):
        st.text_area(speak(hint), key=field, persist_state="session", height=100)
        with st.container(horizontal=True):
            for number, (told, deed) in enumerate(answers.items()):
                st.button(
                    speak(told),
                    key=f"{what}-{number}-{key}",
                    type="secondary" if number else "primary",
                    on_click=deed,
                    args=(name, seen, field),
                )


def _discard(session: Session, shown: ReviewedDraft, key: str) -> None:
    speak, draft = session.speak, shown.draft
    with st.popover(
        "",
        icon=":material/delete:",
        help=speak(N_("Discard the draft")),
        type="tertiary",
        disabled=not session.may(Role.EDITOR),
        key=f"discard-{key}",
    ):
        st.markdown(
            speak(
                N_("The draft and what was said about it go. What is published stays as it is.")
                if draft.ahead
                else N_("The draft goes. All that is in it is published.")
            )
        )
        st.button(
            speak(N_("Discard the draft")),
            key=f"discard-now-{key}",
            icon=":material/delete:",
            type="primary",
            on_click=deeds.discard,
            args=(draft.name, draft.tip),
        )
