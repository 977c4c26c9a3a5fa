"""The map's own words."""

from __future__ import annotations

from charter.messages import N_, Speaker
from charter.studio.journey_map import MapWords


def map_words(speak: Speaker) -> MapWords:
    """Return the map's own words in the reader's language."""
    return MapWords(
        help=speak(
            N_(
                "Use the arrow keys to move between touchpoints, Enter to choose one, plus and "
                "minus to zoom, 0 to see the whole map."
            )
        ),
        zoom_in=speak(N_("Zoom in")),
        zoom_out=speak(N_("Zoom out")),
        fit=speak(N_("Show the whole map")),
        entry=speak(N_("Entry")),
        exit=speak(N_("Exit")),
        moment_of_truth=speak(N_("Moment of truth")),
        irritant=speak(N_("Irritant: a practice that the brand wants gone")),
        # A pattern, which the map fills in itself.
        irritants=speak(N_("Irritant: {irritants}"), irritants="{irritants}"),
        uncounted=speak(N_("Run by customers, not counted")),
        witness=speak(N_("The path that breaks the rule")),
        legend=speak(N_("Legend")),
        no_tags=speak(N_("Carries no marker")),
        arrange_help=speak(
            N_(
                "Drag a card to put it elsewhere, or hold Shift and use the arrow keys to move "
                "the chosen one."
            )
        ),
        put_in_order=speak(N_("Put it back in order")),
        # A pattern, which the map fills in itself.
        moved=speak(N_("{label} was moved."), label="{label}"),
        added=speak(N_("Added")),
        removed=speak(N_("Removed")),
        changed=speak(N_("Changed")),
        play=speak(N_("Play")),
        pause=speak(N_("Pause")),
        step_back=speak(N_("One step back")),
        step_on=speak(N_("One step on")),
        from_start=speak(N_("From the beginning")),
    )
