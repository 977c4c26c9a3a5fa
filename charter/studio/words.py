"""The app's words for answers, severities, standings and what a journey is made of."""

from __future__ import annotations

import re

from charter.brand import Bearer, Priority, Role
from charter.findings import Answer, Finding, Severity, Status
from charter.messages import N_, Speaker
from charter.reports.names import Names
from charter.standings import Standing
from charter.studio.pieces import Said, Tone
from charter.usecases.explain import explain
from journeys.customers import ShareBasis
from journeys.model import Control, Evidence, TagStatus
from journeys.model import Status as TouchpointStatus

ANSWERS = {
    Answer.BROKEN: N_("Broken"),
    Answer.HOLDS: N_("Holds"),
    Answer.VACUOUS: N_("Concerns nothing"),
    Answer.INCONCLUSIVE: N_("Undecided"),
}
SEVERITIES = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.INFO: N_("Note"),
}
STATUSES = {Status.WAIVED: N_("Waived"), Status.ACCEPTED: N_("Accepted")}
SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "orange", Severity.INFO: "blue"}
STANDINGS = {
    Standing.BROKEN: N_("Broken"),
    Standing.ASIDE: N_("Set aside"),
    Standing.CARRIED: N_("Carried"),
    Standing.HOLDS: N_("Holds"),
    Standing.ABSENT: N_("Absent"),
    Standing.BLANK: N_("Blank"),
}
STANDING_MARKS = {
    Standing.BROKEN: "✕",
    Standing.ASIDE: "=",
    Standing.CARRIED: "○",
    Standing.HOLDS: "✓",
    Standing.ABSENT: "·",
    Standing.BLANK: "—",
}
STANDING_MEANINGS = {
    Standing.BROKEN: N_("a path breaks the rule, and this channel is where to mend it"),
    Standing.ASIDE: N_("what is broken here was waived, or accepted with the baseline"),
    Standing.CARRIED: N_("it shows here, but no rule that asks for it holds"),
    Standing.HOLDS: N_("it shows here, and a rule that asks for it holds"),
    Standing.ABSENT: N_("it isn't on this channel of the map"),
    Standing.BLANK: N_("the charter leaves it out here on purpose"),
}
IRRITANT_MEANINGS = {
    Standing.BROKEN: N_("a path meets this irritant here"),
    Standing.CARRIED: N_("this irritant shows here, and no rule forbids it"),
    Standing.HOLDS: N_("the rule against this irritant holds here"),
}
IRRITANT_SIGN = "⚠\N{VARIATION SELECTOR-15}"
"""Stands beside the word for an irritant, where no icon can be drawn."""
CONTROLS = {
    Control.OWNED: N_("the brand"),
    Control.PARTNER: N_("a partner"),
    Control.CUSTOMER: N_("customers and the public"),
}
BASES = {
    ShareBasis.OBSERVED: N_("Shares of customers are as they were observed."),
    ShareBasis.STATED: N_("Shares of customers are as the journey states them."),
    ShareBasis.ASSUMED: N_(
        "Nobody has stated all shares: this is as if every choice were equally likely."
    ),
}
EMOTION_WORDS = {
    2: N_("Delighted"),
    1: N_("Content"),
    0: N_("Neutral"),
    -1: N_("Upset"),
    -2: N_("Very upset"),
}
TOUCHPOINT_STATUSES = {
    TouchpointStatus.LIVE: N_("Live: customers meet it today"),
    TouchpointStatus.PLANNED: N_("Planned: not there yet"),
    TouchpointStatus.RETIRED: N_("Retired: not there any more"),
}
TAG_STATUSES = {
    TagStatus.LIVE: N_("Live: it shows today"),
    TagStatus.PLANNED: N_("Planned: not yet"),
}
EVIDENCE = {
    Evidence.ASSUMED: N_("Assumed"),
    Evidence.OBSERVED: N_("Observed"),
    Evidence.MEASURED: N_("Measured"),
}
ROLES = {
    Role.SIGNATURE: N_("Signature markers"),
    Role.BASIC: N_("Basic markers"),
    Role.IRRITANT: N_("Irritants"),
}
ROLE_NAMES = {
    Role.SIGNATURE: N_("Signature: people know by it that it is us"),
    Role.BASIC: N_("Basic: what anybody is owed by any brand"),
    Role.IRRITANT: N_("Irritant: what we want gone"),
}
BEARERS = {
    Bearer.PERSON: N_("a person"),
    Bearer.PLACE: N_("a place"),
    Bearer.TEXT: N_("a text"),
    Bearer.PRODUCT: N_("a product"),
}
PRIORITIES = {
    Priority.HIGH: N_("They come first"),
    Priority.STANDARD: N_("Like the others"),
}


def explanation(code: str, speak: Speaker) -> str:
    """Return in Markdown what ``charter explain`` tells of a code, under small headings."""
    return re.sub("^# ", "##### ", explain(code, speak), flags=re.MULTILINE)


def marker_label(marker: str, names: Names) -> str:
    """Return a marker's name; an irritant's with a sign and a word that tell it."""
    name = names.with_role(marker, names.of("marker", marker))
    return f"{IRRITANT_SIGN} {name}" if names.is_irritant(marker) else name


def badges(finding: Finding, names: Names) -> tuple[Said, ...]:
    """Return how grave a finding is, and whether it is set aside, undecided, of an irritant."""
    speak = names.speak
    tone = Tone(SEVERITY_COLOURS[finding.severity])
    told = [Said(speak(SEVERITIES[finding.severity]), tone=tone)]
    if finding.status is not Status.OPEN:
        told.append(Said(speak(STATUSES[finding.status]), tone=Tone.GRAY, icon="event_available"))
    if finding.is_undecided:
        undecided = speak(ANSWERS[Answer.INCONCLUSIVE])
        told.append(Said(undecided, tone=Tone.GRAY, icon="help"))
    if is_about_irritants(finding, names):
        told.append(Said(speak(N_("Irritant")), tone=Tone.ORANGE, icon="warning"))
    return tuple(told)


def is_about_irritants(finding: Finding, names: Names) -> bool:
    """Return whether a finding tells of a practice that the brand wants gone."""
    named = [finding.parameters.get("marker"), *(verdict.marker for verdict in finding.verdicts)]
    return any(names.is_irritant(str(marker)) for marker in named if marker)
