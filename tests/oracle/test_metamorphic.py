"""What must not matter to the engine: the same is said of workspaces that mean the same.

No oracle is needed here: each workspace is changed in a way whose effect on the verdicts is known,
and the engine is asked twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from . import generate
from .comparison import SEEDS, engine, engine_on
from .definitions import Record
from .verdicts import Verdict

pytestmark = [pytest.mark.oracle, pytest.mark.parametrize("kind", generate.KINDS)]

CASES = SEEDS[: max(8, len(SEEDS) // 16)]


def workspaces(kind: str) -> list[tuple[str, Record, list[Verdict]]]:
    """Return seeds, workspaces (not to be changed) and what the engine says of them."""
    return [case(kind, seed) for seed in CASES]


@cache
def case(kind: str, seed: int) -> tuple[str, Record, list[Verdict]]:
    workspace = generate.workspace(kind, seed)
    return f"seed {seed}", workspace, engine(workspace)


def test_the_order_of_keys_does_not_matter(kind: str) -> None:
    """Only the order of channels in a touchpoint's mapping does: it is the order declared."""
    for seed, workspace, said in workspaces(kind):
        assert engine(backward(workspace)) == said, seed


def backward(record: Record) -> Record:
    """Return the same mappings, written from the last key to the first."""
    return {
        key: (
            backward(value)
            if isinstance(value, dict) and key != "channels"
            else [backward(item) if isinstance(item, dict) else item for item in value]
            if isinstance(value, list)
            else value
        )
        for key, value in reversed(record.items())
    }


def test_in_how_many_files_a_charter_is_written_does_not_matter(kind: str) -> None:
    """Some markers in markers/, by name and alone or listed, and all rules but the first apart."""
    for seed, workspace, said in workspaces(kind):
        charter = dict(workspace["charter"])
        files = generate.files(workspace)
        first, second, *others = (*charter["markers"], None, None)
        charter["markers"] = [first]
        files["markers/a.yaml"] = generate.as_yaml([] if second is None else second)
        files["markers/b.yaml"] = generate.as_yaml([marker for marker in others if marker])
        files["rules.yaml"] = generate.as_yaml(charter["rules"][1:])
        charter["rules"] = charter["rules"][:1]
        files["charter.yaml"] = generate.as_yaml(charter)
        assert engine_on(files) == said, seed


def test_a_charter_may_leave_all_markers_and_rules_to_other_files(kind: str) -> None:
    for seed, workspace, said in workspaces(kind):
        charter = dict(workspace["charter"])
        files = generate.files(workspace)
        files["markers/all.yaml"] = generate.as_yaml(charter.pop("markers"))
        files["rules.yaml"] = generate.as_yaml(charter.pop("rules"))
        files["charter.yaml"] = generate.as_yaml(charter)
        assert engine_on(files) == said, seed


# ── Names ────────────────────────────────────────────────────────────────────────────────────

WORDS_OF_THE_FORMAT = {"everyone", "every", "signature", "basic", "irritant", "channel"}
WORDS_OF_THE_FORMAT |= {"owner", "stage", "touchpoint", "path", "step", "both", "before", "after"}
IDS = {
    *(generate.CHANNELS + generate.STAGES + generate.SEGMENTS + generate.MARKERS),
    *(generate.VALUES + generate.OWNERS + generate.OUTCOMES + generate.TOUCHPOINTS),
    *(f"{marker}-{number}" for marker in generate.MARKERS for number in range(4)),
    *("visit", "refund", "rule-0", "rule-1", "silent"),
}


def renamed_id(name: str) -> str:
    """Return another id for each, in another alphabetical order."""
    return f"{name[::-1]}-{len(name)}"


def renamed(thing: Any) -> Any:
    """Return the same with every id renamed, as value or as key."""
    if isinstance(thing, dict):
        return {renamed(key): renamed(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return type(thing)(renamed(item) for item in thing)
    if isinstance(thing, str) and "@" in thing:
        return "@".join(map(renamed, thing.split("@")))
    return renamed_id(thing) if thing in IDS else thing


def test_names_do_not_matter(kind: str) -> None:
    """The same verdicts, in the same order, of things that are called otherwise."""
    assert not IDS & WORDS_OF_THE_FORMAT
    for seed, workspace, said in workspaces(kind):
        expected = [Verdict(*map(renamed, verdict)) for verdict in said]
        assert engine(renamed(workspace)) == expected, seed


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


def test_a_rule_asked_again_under_another_id_says_the_same_again(kind: str) -> None:
    """The same verdicts, witnesses and shares, behind the others."""
    for seed, workspace, said in workspaces(kind):
        rules = workspace["charter"]["rules"]
        again = [rule | {"id": f"{rule['id']}-again"} for rule in rules]
        asked = workspace | {"charter": workspace["charter"] | {"rules": rules + again}}
        repeated = [verdict._replace(rule=f"{verdict.rule}-again") for verdict in said]
        assert engine(asked) == said + repeated, seed


def test_a_rule_says_the_same_when_it_is_asked_alone(kind: str) -> None:
    for seed, workspace, said in workspaces(kind):
        alone: list[Verdict] = []
        for rule in workspace["charter"]["rules"]:
            asked = workspace | {"charter": workspace["charter"] | {"rules": [rule]}}
            alone += engine(asked)
        assert alone == said, seed


def test_a_rule_narrowed_to_a_segment_says_of_it_what_it_said_before(kind: str) -> None:
    for seed, workspace, said in workspaces(kind):
        of_segments = [verdict for verdict in said if verdict.segment is not None]
        for segment in [segment["id"] for segment in workspace["charter"].get("segments", [])]:
            narrowed = [
                rule | {"segments": [segment]}
                for rule in workspace["charter"]["rules"]
                if segment in rule.get("segments", [segment])
            ]
            if of_segments and narrowed:
                asked = workspace | {"charter": workspace["charter"] | {"rules": narrowed}}
                kept = [verdict for verdict in of_segments if verdict.segment == segment]
                # Where the rule doesn't concern a segment that it names it may say so of nobody.
                spoken = [verdict for verdict in engine(asked) if verdict.segment is not None]
                assert spoken == kept, seed


# ── Journeys ─────────────────────────────────────────────────────────────────────────────────


def test_a_touchpoint_that_no_path_reaches_changes_nothing_about_paths(kind: str) -> None:
    """Kinds that speak of every touchpoint on the map, walked or not, speak of it as well.

    `has-expression` and `ownership` have a verdict more about it, and none of them another one
    about what was there; an indicator that is watched there may be all that its stage lacked.
    """
    for seed, workspace, said in workspaces(kind):
        with_attic = with_touchpoint(workspace, lambda known: ATTIC | {"next": [known["id"]]})
        spoken = engine(with_attic)
        if kind == "ownership":
            # An owner of its own, and so no other owner's stages.
            spoken = [v for v in spoken if v.owner != "ghost"]
        if kind in ("has-expression", "indicators", "ownership"):
            there = [verdict for verdict in spoken if verdict.touchpoint != "attic"]
            assert settled(there, said, kind), seed
        else:
            assert spoken == said, seed


ATTIC: Record = {"id": "attic", "owner": "ghost", "exit": "left"}


def with_touchpoint(workspace: Record, drawn: Callable[[Record], Record]) -> Record:
    """Return the workspace with a touchpoint more in each journey, drawn from its first.

    It carries every marker, so that it would mend, or break, whatever it could.
    """
    everything = [marker["id"] for marker in workspace["charter"]["markers"]]

    def extended(journey: Record) -> Record:
        known = journey["touchpoints"][0]
        place = {"stage": known["stage"], "channel": workspace["charter"]["channels"][0]["id"]}
        new = drawn(known) | place | {"markers": everything}
        return journey | {"touchpoints": [*journey["touchpoints"], new]}

    return workspace | {"journeys": list(map(extended, workspace["journeys"]))}


def settled(spoken: list[Verdict], said: list[Verdict], kind: str) -> bool:
    """Return whether nothing was taken back, but that there was nothing to speak of."""
    known = [verdict for verdict in said if verdict.verdict != "vacuous"]
    if kind == "indicators":
        # The stage of the attic is there now, even where nobody watched it before.
        return set(known) <= set(spoken)
    return [verdict for verdict in spoken if verdict.verdict != "vacuous"] == known


def test_a_touchpoint_that_is_not_open_changes_nothing_at_all(kind: str) -> None:
    """Retired or planned, though the first touchpoint leads there and it is entry and exit."""
    for seed, workspace, said in workspaces(kind):
        for status in ("retired", "planned"):
            ghost = {"id": "attic", "entry": True, "exit": "left", "status": status}
            drawn = with_touchpoint(workspace, lambda known, ghost=ghost: dict(ghost))
            for journey in drawn["journeys"]:
                first, *others = journey["touchpoints"]
                led = first | {"next": [*first.get("next", []), {"to": "attic", "share": 5}]}
                journey["touchpoints"] = [led, *others]
            assert engine(drawn) == said, f"{seed}, {status}"


def test_another_journey_changes_nothing_about_those_there_are(kind: str) -> None:
    """But where a rule speaks of all journeys at once: there more may be met."""
    for seed, workspace, said in workspaces(kind):
        other = {
            "journey": "aside",
            "touchpoints": [
                {"id": "door", "entry": True, "exit": "left"}
                | {"stage": workspace["charter"]["stages"][0]["id"]}
                | {"channel": workspace["charter"]["channels"][0]["id"]}
            ],
        }
        more = workspace | {"journeys": [*workspace["journeys"], other]}
        kept = [verdict for verdict in engine(more) if verdict.journey != "aside"]
        assert kept == said, seed


def test_shares_weigh_only_against_one_another(kind: str) -> None:
    """All of them written, and times three, say what they said."""
    for seed, workspace, said in workspaces(kind):
        for was, became in zip(said, engine(times_three(workspace)), strict=True):
            assert was.agrees_with(became._replace(share_basis=was.share_basis)), seed


def times_three(workspace: Record) -> Record:
    charter = workspace["charter"]
    segments = [segment["id"] for segment in charter.get("segments", [{"id": "everyone"}])]

    def weighed(shares: Any) -> Record:
        known = shares if isinstance(shares, dict) else dict.fromkeys(segments, shares or 1)
        return {segment: 3 * known.get(segment, 1) for segment in segments}

    def drawn(touchpoint: Record) -> Record:
        steps = [s if isinstance(s, dict) else {"to": s} for s in touchpoint.get("next", [])]
        changed = {"next": [step | {"share": weighed(step.get("share"))} for step in steps]}
        if "entry" in touchpoint:
            changed["arrives"] = weighed(touchpoint.get("arrives"))
        if "exit" in touchpoint:
            changed["ends"] = weighed(touchpoint.get("ends"))
        if isinstance(touchpoint.get("channels"), dict):
            changed["channels"] = {on: 3 * share for on, share in touchpoint["channels"].items()}
        return touchpoint | changed

    journeys = [
        journey | {"touchpoints": list(map(drawn, journey["touchpoints"]))}
        for journey in workspace["journeys"]
    ]
    return workspace | {"journeys": journeys}
