"""What each code of a defect means, for ``charter explain``; rule kinds document themselves."""

from __future__ import annotations

from charter.messages import N_

CODES = {
    "CH001": N_(
        "A file can't be read, or what it says isn't valid: YAML that isn't well formed, an "
        "unknown key, a value of the wrong kind. Every such problem is listed with its file, line "
        "and column, and nothing is checked until all are mended."
    ),
    "CH002": N_(
        "An id names something that is declared nowhere: a channel, stage, segment, marker, "
        "value, touchpoint, outcome, journey or rule. Correct the id, or declare what it names."
    ),
    "CH010": N_(
        "No path reaches this touchpoint: no entry leads to it, for any segment. Lead a "
        "transition to it, mark it as an entry, or take it off the journey."
    ),
    "CH011": N_(
        "From here no customer ever reaches an exit: the touchpoint has no transition that is "
        "open to them, or only some that go round in circles. Give it a transition, or say with "
        "“exit” that the journey ends here."
    ),
    "CH012": N_(
        "The journey is said to be for this segment, but no path from an entry to an exit is open "
        "to it. Nothing can be proved for these customers. Open a way to them, or take the segment "
        "off the journey."
    ),
    "CH013": N_(
        "A journey needs at least one touchpoint with “entry: true” and one with “exit”, else it "
        "has no path and nothing can be proved about it. Write them where it begins and where it "
        "ends."
    ),
    "CH014": N_(
        "The charter declares this marker, but no touchpoint of any journey is tagged with it. "
        "Tag the touchpoints where it shows; an identity that is nowhere can't be met."
    ),
    "CH015": N_(
        "A rule asks for a share of customers, or compares shares, in a journey that doesn't say "
        "which ways they choose: its answer supposes that every choice is equally likely. Write "
        "“share”, “ends” and “arrives” where customers choose, or say under “shares” where they "
        "were observed."
    ),
    "CH016": N_(
        "No journey uses this channel, stage or segment. It may be on its way, or be left over: "
        "use it, or take it off the charter."
    ),
    "CH017": N_(
        "No path and no touchpoint is concerned by this rule, in any journey and segment it is "
        "asked of, or one of its selectors matches no touchpoint at all. Such a rule proves "
        "nothing, or not what it seems to: check its selectors and narrowing."
    ),
    "CH018": N_(
        "The charter declares this value, but no marker with the role “signature” makes it "
        "concrete. Customers may meet it through basic markers, never in a way that is the "
        "brand's own. Give it a signature marker, or take the value off."
    ),
    "CH019": N_(
        "A touchpoint is tagged with an irritant: customers meet here today what the brand wants "
        "gone. The tag is right to be there as long as it is true: put an end to the practice, "
        "then take the tag off. A rule of the kind at-most with times: 0 says whom it concerns."
    ),
    "CH020": N_(
        "Two rules contradict each other: one asks for a marker on every path more often than the "
        "other allows, in the same journey and segment. One of them will always be broken; "
        "change or narrow one."
    ),
    "CH021": N_(
        "The effort grid of this touchpoint makes it one to automate: much is gained by that, and "
        "it is neither complex nor of much human value. But it carries a marker that a person "
        "bears, which would be gone with the person. Grade its human value anew (“value: 3” keeps "
        "it human), take the marker off, or say that something else bears it. The thresholds are "
        "the charter's “levers”."
    ),
    "CH029": N_(
        "The look's ink can't be read on its paper: their contrast is below 4.5, what the Web "
        "Content Accessibility Guidelines (AA) ask for. The charter book sets text in black or "
        "white instead. Choose an ink or a paper that is further from the other."
    ),
    "CH030": N_(
        "The look's accent is too close to its paper to set text in it: their contrast is below "
        "4.5. It is used as it is for bands and lines; titles and small text are set in a tone of "
        "it that can be read. Nothing needs to be done, unless that tone isn't yours."
    ),
    "CH901": N_(
        "The last day of a waiver has passed, so it hides nothing any more: what it covered counts "
        "again. Mend that, or agree on another day with those who answer for it; a waiver that is "
        "no longer needed is taken off."
    ),
    "CH902": N_(
        "A waiver covers nothing: nothing in its scope is broken, or no path that breaks the rule "
        "goes through its touchpoint. It was mended, or the waiver names the wrong place. A waiver "
        "that covers nothing today would hide what breaks tomorrow: take it off, or correct it."
    ),
    "CH903": N_(
        "The baseline accepts something that is there no more: it was mended, or what it names was "
        "renamed or taken off. “charter check --prune-baseline” takes such entries off and adds "
        "none; left there, one would hide the same fault if it came back."
    ),
}
"""By code; the codes of rule kinds are in `charter.rules`."""
