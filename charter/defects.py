"""Defects of a charter and its journeys that no rule needs to ask, as findings."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator

from charter.brand import Bearer, Role
from charter.colours import LEAST_CONTRAST, contrast
from charter.effort import Lever, lever
from charter.findings import Answer, Finding, Severity, Verdict, numbered
from charter.palette import Palette
from charter.rules.kind import SegmentRule
from charter.rules.planned import PlanRule
from charter.rules.setting import Setting
from charter.workspace import Workspace
from journeys.customers import ShareBasis
from journeys.defects import defects as journey_defects
from journeys.model import TagStatus
from journeys.source import Position, Problem

SEVERITIES = {
    "CH001": Severity.ERROR,
    "CH002": Severity.ERROR,
    "CH010": Severity.WARNING,
    "CH011": Severity.WARNING,
    "CH012": Severity.ERROR,
    "CH013": Severity.ERROR,
    "CH014": Severity.WARNING,
    "CH015": Severity.WARNING,
    "CH016": Severity.INFO,
    "CH017": Severity.WARNING,
    "CH018": Severity.WARNING,
    "CH019": Severity.INFO,
    "CH020": Severity.WARNING,
    "CH021": Severity.WARNING,
    "CH029": Severity.WARNING,
    "CH030": Severity.INFO,
    "CH901": Severity.ERROR,
    "CH902": Severity.ERROR,
    "CH903": Severity.ERROR,
}


def as_finding(problem: Problem) -> Finding:
    """Return a problem as it is told to people."""
    journey = problem.parameters.get("journey")
    return Finding(
        code=problem.code,
        severity=SEVERITIES[problem.code],
        position=problem.position,
        journey=str(journey) if journey is not None else None,
        reason=problem.reason,
        parameters=problem.parameters,
    )


def defects(
    workspace: Workspace, verdicts: Iterable[Verdict], today: datetime.date
) -> Iterator[Finding]:
    """Yield the CH010 … CH030 and CH9xx of a workspace whose rules gave ``verdicts``."""
    problems: list[Problem] = []
    for setting in workspace.settings:
        problems.extend(journey_defects(setting.graph))
    problems.extend(_never_tagged(workspace))
    problems.extend(_assumed_shares(workspace, verdicts))
    problems.extend(_never_used(workspace))
    problems.extend(_idle_rules(workspace, verdicts))
    problems.extend(_contradictions(workspace))
    problems.extend(_values_without_signature(workspace))
    problems.extend(_tagged_irritants(workspace))
    problems.extend(_automated_persons(workspace))
    problems.extend(_unreadable_look(workspace))
    problems.extend(_spent_waivers(workspace, verdicts, today))
    yield from numbered(map(as_finding, problems))


def _never_tagged(workspace: Workspace) -> Iterator[Problem]:
    tagged = {tag.marker for journey in workspace.journeys for tag in journey.tags()}
    for marker in workspace.charter.markers:
        # An irritant that is nowhere is as it should be.
        if marker.id not in tagged and marker.role is not Role.IRRITANT and workspace.journeys:
            yield Problem("CH014", "never-tagged", marker.position, {"marker": marker.id})


def _assumed_shares(workspace: Workspace, verdicts: Iterable[Verdict]) -> Iterator[Problem]:
    assumed = {
        (verdict.rule, verdict.journey)
        for verdict in verdicts
        if verdict.share_basis == ShareBasis.ASSUMED
    }
    for rule in workspace.rules:
        for journey in workspace.journeys:
            if rule.asks_for_shares and (rule.id, journey.id) in assumed:
                parameters = {"rule": rule.id, "journey": journey.id}
                yield Problem("CH015", "assumed-shares", rule.position, parameters)


def _never_used(workspace: Workspace) -> Iterator[Problem]:
    touchpoints = [t for journey in workspace.journeys for t in journey.touchpoints]
    if not touchpoints:
        return
    charter = workspace.charter
    channels = {channel for t in touchpoints for channel in t.channel_shares}
    stages = {t.stage for t in touchpoints}
    segments: set[str] = set()
    for setting in workspace.settings:
        segments |= set(setting.graph.names(setting.graph.journey_segments))
    declared: tuple[tuple[str, Iterable[tuple[str, Position]], set[str]], ...] = (
        ("channel", ((c.id, c.position) for c in charter.channels), channels),
        ("stage", ((s.id, s.position) for s in charter.stages), stages),
        ("segment", ((s.id, s.position) for s in charter.segments), segments),
    )
    for what, things, used in declared:
        for identifier, position in things:
            if identifier not in used:
                yield Problem("CH016", "never-used", position, {"what": what, "id": identifier})


def _idle_rules(workspace: Workspace, verdicts: Iterable[Verdict]) -> Iterator[Problem]:
    active = {verdict.rule for verdict in verdicts if verdict.verdict is not Answer.VACUOUS}
    for rule in workspace.rules:
        # The house rules were not chosen for this charter, and have no line in it to change.
        is_own = rule.position.file in workspace.sources
        if not is_own or rule.gravity is Severity.OFF or not workspace.journeys:
            continue
        idle = [
            (key, selector)
            for key, selector in rule.selectors()
            if not any(any(selector.matching(setting)) for setting in workspace.settings)
        ]
        for key, selector in idle:
            parameters = {"rule": rule.id, "key": key}
            yield Problem("CH017", "idle-selector", selector.position, parameters)
        # Once all is done that a plan lists, a rule that asks of plans has nothing left to ask.
        if rule.id not in active and not idle and not isinstance(rule, PlanRule):
            yield Problem("CH017", "idle-rule", rule.position, {"rule": rule.id})


def _contradictions(workspace: Workspace) -> Iterator[Problem]:
    """Yield each rule that asks for more visits than another allows."""
    charter = workspace.charter
    asked = [
        (rule, rule.bounds(charter))
        for rule in workspace.rules
        if isinstance(rule, SegmentRule) and rule.gravity is not Severity.OFF
    ]
    for later, (rule, bounds) in enumerate(asked):
        for earlier, other_bounds in asked[:later]:
            for bound, other in itertools.product(bounds, other_bounds):
                low, high = sorted((bound, other), key=lambda each: each.most is not None)
                if high.most is None or low.least <= high.most or not low.markers <= high.markers:
                    continue
                if any(_meet(setting, rule, earlier) for setting in workspace.settings):
                    parameters = {"rule": rule.id, "other": earlier.id}
                    yield Problem("CH020", "contradiction", rule.position, parameters)
                    break


def _meet(setting: Setting, rule: SegmentRule, other: SegmentRule) -> bool:
    """Return whether two rules are asked of one path on which every visit is counted."""
    journey = setting.journey.id
    if not all(each.journeys is None or journey in each.journeys for each in (rule, other)):
        return False
    walked = setting.graph.walked
    segments = rule.asked(setting) & other.asked(setting)
    return any(bits & segments for bits in walked) and not any(
        bits & segments and not stop.is_counted
        for stop, bits in zip(setting.graph.stops, walked, strict=True)
    )


def _values_without_signature(workspace: Workspace) -> Iterator[Problem]:
    carried = {
        value
        for marker in workspace.charter.markers
        if marker.role is Role.SIGNATURE
        for value in marker.values
    }
    for value in workspace.charter.values:
        if value.id not in carried:
            yield Problem("CH018", "unsigned-value", value.position, {"value": value.id})


def _tagged_irritants(workspace: Workspace) -> Iterator[Problem]:
    irritants = {m.id for m in workspace.charter.markers if m.role is Role.IRRITANT}
    for setting in workspace.settings:
        places: dict[Position, Problem] = {}
        for stop in setting.graph.stops:
            for tag in stop.touchpoint.markers:
                if tag.marker in irritants and tag.status is TagStatus.LIVE:
                    places[tag.position] = Problem(
                        "CH019",
                        "tagged-irritant",
                        tag.position,
                        {
                            "journey": setting.journey.id,
                            "touchpoint": stop.touchpoint.id,
                            "marker": tag.marker,
                        },
                    )
        yield from places.values()


def _automated_persons(workspace: Workspace) -> Iterator[Problem]:
    """Yield each marker that a person bears where the effort grid says to automate."""
    charter = workspace.charter
    borne = {m.id for m in charter.markers if m.borne_by is Bearer.PERSON}
    for setting in workspace.settings:
        for touchpoint in setting.live_touchpoints:
            effort = touchpoint.effort
            if effort is None or lever(effort, charter.levers) is not Lever.AUTOMATE:
                continue
            live = (t.marker for t in touchpoint.markers if t.status is TagStatus.LIVE)
            for marker in dict.fromkeys(m for m in live if m in borne):
                yield Problem(
                    "CH021",
                    "automated-person",
                    touchpoint.position_of("effort"),
                    {
                        "journey": setting.journey.id,
                        "touchpoint": touchpoint.id,
                        "marker": marker,
                    },
                )


def _unreadable_look(workspace: Workspace) -> Iterator[Problem]:
    look = workspace.charter.look
    colours = Palette.of(look)
    least = f"{LEAST_CONTRAST:g}"
    ink, paper = look.ink or colours.ink, colours.paper
    if (look.ink or look.paper) and contrast(ink, paper) < LEAST_CONTRAST:
        told = {"ink": ink, "paper": paper, "contrast": f"{contrast(ink, paper):.1f}"}
        position = look.position_of("ink" if look.ink else "paper")
        more = {"least": least, "instead": colours.ink}
        yield Problem("CH029", "unreadable-text", position, told | more)
    accent = look.accent
    if accent and contrast(accent, paper) < LEAST_CONTRAST:
        told = {"accent": accent, "paper": paper, "contrast": f"{contrast(accent, paper):.1f}"}
        more = {"least": least, "instead": colours.accent_text}
        yield Problem("CH030", "pale-accent", look.position_of("accent"), told | more)


def _spent_waivers(
    workspace: Workspace, verdicts: Iterable[Verdict], today: datetime.date
) -> Iterator[Problem]:
    covering = {waiver.position for verdict in verdicts for waiver in verdict.waivers}
    for waiver in workspace.waivers:
        scope: dict[str, object] = {"rule": waiver.rule}
        if waiver.journey is not None:
            scope["journey"] = waiver.journey
        if waiver.action is not None:
            scope["action"] = waiver.action
        if waiver.has_expired(today):
            told = {"reason": waiver.reason, "owner": waiver.owner, "expires": waiver.expires}
            yield Problem("CH901", "expired-waiver", waiver.position, {**scope, **told})
        elif waiver.is_in_force(today) and waiver.position not in covering:
            if waiver.through is None:
                yield Problem("CH902", "idle-waiver", waiver.position, scope)
            else:
                scope["touchpoint"] = waiver.through
                yield Problem("CH902", "idle-waiver-through", waiver.position, scope)
