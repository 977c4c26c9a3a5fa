"""What two versions say differently, what came of it, and the journey's map with both in it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from charter.checker import Checked
from charter.compare import Comparison, Turn
from charter.compare.changes import Kind
from charter.compare.parts import OF_A_JOURNEY, What
from charter.messages import N_, Speaker
from charter.reports.diff.changes import ChangesTold, ChangeTold
from charter.reports.diff.telling import Chapter, Told, tell_comparison
from charter.reports.names import Names
from charter.studio import work
from charter.studio.changed_map import changed_map
from charter.studio.drop_down import drop_down
from charter.studio.journey_map import journey_map
from charter.studio.journey_view import MOST_STOPS, JourneyView
from charter.studio.literal import literal
from charter.studio.words import SEVERITIES, SEVERITY_COLOURS

# The colours of the map's marks.
_SIGNS = {
    Kind.ADDED: ":blue[:material/add_circle: {label}]",
    Kind.REMOVED: ":orange[:material/do_not_disturb_on: {label}]",
    Kind.RENAMED: ":violet[:material/drive_file_rename_outline: {label}]",
    Kind.CHANGED: ":violet[:material/edit: {label}]",
}
_TURNS = {
    Turn.NEWLY_BROKEN: ":red[:material/cancel:] ",
    Turn.REPAIRED: ":green[:material/check_circle:] ",
}
_SHOWN = 12
"""How many changes of one journey, and stories of one chapter, are shown at once."""


def show_comparison(comparison: Comparison | Checked, speak: Speaker, key: str) -> None:
    """Show two versions beside each other, in words."""
    if isinstance(comparison, Checked):
        _show_invalid(comparison, speak)
        return
    told = _told(comparison, speak)
    if not told.changes and not told.chapters:
        st.markdown(":gray[:material/done_all:] " + speak(N_("Both versions mean the same.")))
        return
    st.markdown(literal(" · ".join(told.counts)))
    changes, verdicts = st.columns(2, gap="large")
    with changes:
        st.subheader(speak(N_("What is said otherwise")), anchor=False)
        if not told.changes:
            st.markdown(speak(N_("Nothing: what is written means the same.")))
        for number, part in enumerate(told.changes):
            _show_changes(part, speak, f"{key}-changes-{number}")
    with verdicts:
        st.subheader(speak(N_("What comes of it")), anchor=False)
        if not told.chapters:
            st.markdown(speak(N_("Every rule answers as before.")))
        for chapter in told.chapters:
            _show_chapter(chapter, speak)


def show_changed_map(comparison: Comparison | Checked, speak: Speaker, key: str) -> None:
    """Show the map of a journey that changed, coloured by what became of each part."""
    if isinstance(comparison, Checked):
        return
    journeys = changed_journeys(comparison)
    if not journeys:
        return
    before, after = (
        Names(version.valid, speak) for version in (comparison.before, comparison.after)
    )
    st.subheader(speak(N_("On the map")), anchor=False)
    chosen = drop_down(
        speak(N_("Journey")),
        list(journeys),
        key=f"{key}-journey",
        told=lambda journey: (
            after.known("journey", journey) or before.of("journey", journeys[journey])
        ),
        width=320,
    )
    was, now = before.settings.get(journeys[chosen]), after.settings.get(chosen)
    drawn = changed_map(
        JourneyView(was, before, speak) if was else None,
        JourneyView(now, after, speak) if now else None,
        comparison.changes,
    )
    if len(drawn.stops) > MOST_STOPS:
        st.info(speak(N_("Too many touchpoints for one map. The list above tells the changes.")))
    else:
        journey_map(drawn, key=f"{key}-map")


def changed_journeys(comparison: Comparison) -> dict[str, str]:
    """Return the journeys that changed, in order, each with the id that it had before."""
    found: dict[str, str] = {}
    for change in comparison.changes:
        if change.what is What.JOURNEY:
            found[change.id] = change.was or change.id
        elif change.what in OF_A_JOURNEY or change.what is What.TRANSITION:
            found.setdefault(str(change.journey), str(change.journey))
    return found


def _told(comparison: Comparison, speak: Speaker) -> Told:
    return _told_once(id(comparison), str(speak.language), comparison, speak)


@st.cache_resource(max_entries=16, show_spinner=False)
def _told_once(name: int, language: str, _comparison: Comparison, _speak: Speaker) -> Told:
    del name, language  # part of the key only
    return tell_comparison(_comparison, _speak)


def _show_invalid(checked: Checked, speak: Speaker) -> None:
    st.warning(
        speak(N_("These versions can't be compared: one of them can't be read."))
        + " "
        + literal(work.told_problems(checked, speak)),
        icon=":material/warning:",
    )


def _show_changes(told: ChangesTold, speak: Speaker, key: str) -> None:
    lines = [line for change in told.changes[:_SHOWN] for line in _change(change)]
    st.markdown("\n".join([f"**{literal(told.title)}**", "", *lines]))
    more = told.changes[_SHOWN:]
    if more:
        with st.expander(
            speak.many("{number} more change", "{number} more changes", len(more)), key=key
        ):
            st.markdown("\n".join(line for change in more for line in _change(change)))


def _change(change: ChangeTold) -> Iterator[str]:
    sign = _SIGNS[change.kind].format(label=change.label)
    yield f"- {sign} {literal(change.what)} {literal(change.name)}"
    for detail in change.details:
        yield f"    - {literal(detail)}"


def _show_chapter(chapter: Chapter, speak: Speaker) -> None:
    is_first = chapter.turn in _TURNS
    with st.expander(
        f"{_TURNS.get(chapter.turn, '')}{literal(chapter.title)}"
        + (f" ({speak.count(len(chapter.stories))})" if chapter.stories else ""),
        expanded=is_first,
    ):
        for story in chapter.stories[:_SHOWN]:
            colour = SEVERITY_COLOURS[story.severity]
            label = speak(SEVERITIES[story.severity])
            facts = "  \n".join(literal(fact) for fact in story.facts)
            st.markdown(f":{colour}-badge[{label}] **{literal(story.headline)}**  \n{facts}")
        if len(chapter.stories) > _SHOWN:
            rest = len(chapter.stories) - _SHOWN
            st.caption(speak.many("… and {number} more", "… and {number} more", rest))
        for line in chapter.lines:
            st.markdown(f"- {literal(line)}")
