"""An independent tool agrees: clingo, a solver of logic programs, finds no shorter breaking path.

`walks.lp` states open graphs, paths and rules declaratively, without automata or enumeration. For
each verdict clingo looks for a shortest path that breaks the rule: it is as long as the engine's
witness. Where the engine has none, no path of up to `HORIZON` visits breaks the rule, and one that
concerns it is found just where the engine says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import clingo
import pytest

from . import generate
from .comparison import SEEDS, engine
from .definitions import (
    PATH_KINDS,
    Asked,
    Record,
    channels_of,
    is_live,
    matches,
    open_graph,
    rules_of,
    tag_of,
)
from .replay import asked_in
from .verdicts import Verdict

pytestmark = pytest.mark.oracle

CASES = SEEDS[: max(6, len(SEEDS) // 20)]
HORIZON = 14
PROGRAM = (Path(__file__).parent / "walks.lp").read_text(encoding="utf-8")
NUMBERS = {
    "carries": ("at-least", 1),
    "at-most": ("times", None),
    "opens-with": ("within", 1),
    "closes-with": ("within", 1),
    "no-gap": ("longest", None),
    "variety": ("at-least", 2),
    "no-low-end": ("at-least", 0),
}
"""The key and default of a kind's number."""
WORDS = {
    "hand-off": [("across", "across", "channel"), ("side", "side", "both")],
    "excludes": [("meeting_on", "on", "path")],
}
"""Predicate, key and default of a kind's other options."""


def fact(predicate: str, *arguments: object) -> str:
    said = (str(a) if isinstance(a, int) else f'"{a}"' for a in arguments)
    return f"{predicate}({','.join(said)})."


def facts_of_thing(name: str, record: Record) -> Iterator[str]:
    """Give for whom something is there, if at all."""
    yield fact("thing", name)
    if not is_live(record):
        yield fact("closed", name)
    if "segments" in record:
        yield fact("limited", name)
        for segment in record["segments"]:
            yield fact("only", name, segment)
    for number, tag in enumerate(map(tag_of, record.get("markers", []))):
        tag_name = f"{name} tag {number}"
        yield fact("tag", tag_name, name, tag["marker"])
        yield from facts_of_thing(tag_name, {key: tag[key] for key in tag if key != "marker"})


def facts_of_journey(journey: Record, outcomes: list[str] | None) -> Iterator[str]:
    for touchpoint in journey["touchpoints"]:
        name = touchpoint["id"]
        yield from facts_of_thing(name, touchpoint)
        yield fact("stage", name, touchpoint["stage"])
        yield fact("emotion", name, touchpoint.get("emotion", 0))
        for channel in channels_of(touchpoint):
            yield fact("on", name, channel)
        if "owner" in touchpoint:
            yield fact("owner", name, touchpoint["owner"])
        if touchpoint.get("control") == "customer":
            yield fact("by_customers", name)
        if touchpoint.get("entry"):
            yield fact("entry", name)
        if "exit" in touchpoint and (outcomes is None or touchpoint["exit"] in outcomes):
            yield fact("ending", name)
        for number, step in enumerate(touchpoint.get("next", [])):
            step = step if isinstance(step, dict) else {"to": step}
            step_name = f"{name} step {number}"
            yield from facts_of_thing(step_name, step)
            yield fact("next", step_name, name, step["to"])
            if step.get("cross"):
                yield fact("cross", step_name)


def facts_of_rule(
    charter: Record, rule: Record, journey: Record, verdict: Verdict
) -> Iterator[str]:
    """Give what the rule asks; which stops its selectors match is read by the definitions."""
    kind = rule["kind"]
    yield fact("kind", kind)
    asked = asked_in(charter, rule, verdict) or Asked(frozenset())
    for marker in sorted(asked.markers):
        yield fact("asked", marker)
    if kind in NUMBERS:
        key, default = NUMBERS[kind]
        yield fact("number", rule.get(key, default))
    if kind == "follows" and "within" in rule:
        yield fact("within", rule["within"])
    for predicate, key, otherwise in WORDS.get(kind, []):
        yield fact(predicate, rule.get(key, otherwise))
    selectors = {"where": rule.get("where", {})}
    for key in ("after", "before", "one", "other"):
        if key in rule:
            selectors[key] = rule[key] if isinstance(rule[key], dict) else {"marker": rule[key]}
    for stop in open_graph(journey, str(verdict.segment)).stops:
        for predicate, selector in selectors.items():
            if matches(charter, selector, stop):
                yield fact(predicate, stop.touchpoint, stop.channel)


def facts(workspace: Record, verdict: Verdict) -> str:
    """Return all that is to be known of one question."""
    charter = workspace["charter"]
    rule = next(rule for rule in rules_of(charter) if rule["id"] == verdict.rule)
    journey = next(j for j in workspace["journeys"] if j["journey"] == verdict.journey)
    lens = "on_every_channel_and_stage."
    if verdict.channel is not None:
        lens = fact("on_channel", verdict.channel)
    if verdict.stage is not None:
        lens = fact("on_stage", verdict.stage)
    return "\n".join(
        [
            fact("segment", verdict.segment),
            lens,
            *facts_of_journey(journey, rule.get("outcomes")),
            *facts_of_rule(charter, rule, journey, verdict),
        ]
    )


def shortest(program: str, horizon: int) -> int | None:
    """Return the number of visits of a shortest walk that the program allows; None without any."""
    control = clingo.Control(["--warn=none", "-c", f"horizon={horizon}"])
    control.add("base", [], program)
    control.ground([("base", [])])
    found = None
    with control.solve(yield_=True) as models:
        for model in models:
            (found,) = model.cost
        assert models.get().exhausted
    return found


def disagreement(workspace: Record, verdict: Verdict) -> str | None:
    """Return on what clingo and a verdict differ, if on anything."""
    program = PROGRAM + facts(workspace, verdict)
    expected = len(verdict.witness) if verdict.witness else None
    breaking = shortest(program + "\n:- holds.", expected or HORIZON)
    if breaking != expected:
        return f"a path of {breaking} visits breaks the rule: {verdict}"
    if not verdict.witness:
        is_concerned = shortest(program, HORIZON) is not None
        if is_concerned != (verdict.verdict != "vacuous"):
            return f"paths are concerned: {is_concerned}, but {verdict}"
    return None


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_clingo_finds_shortest_breaking_paths_of_the_same_length(kind: str) -> None:
    said: Counter[str] = Counter()
    for seed in CASES:
        workspace = generate.workspace(kind, seed)
        for verdict in engine(workspace):
            if verdict.verdict == "inconclusive":
                continue
            assert disagreement(workspace, verdict) is None, f"seed {seed}"
            said["broken" if verdict.witness else verdict.verdict] += 1
    assert min(said["broken"], said["holds"], said["vacuous"]) >= 2, said


def wrong_answers(verdict: Verdict) -> Iterator[Verdict]:
    if verdict.witness:
        yield verdict._replace(witness=None, verdict="holds")
        yield verdict._replace(witness=verdict.witness + verdict.witness[-1:])
        yield verdict._replace(witness=verdict.witness[:-1] or None, verdict="holds")
    else:
        yield verdict._replace(witness=("anywhere",), verdict="broken")
        yield verdict._replace(verdict="holds" if verdict.verdict == "vacuous" else "vacuous")


@pytest.mark.parametrize("kind", PATH_KINDS)
def test_clingo_contradicts_a_wrong_answer(kind: str) -> None:
    workspace = generate.workspace(kind, 1)
    for verdict in engine(workspace)[:6]:
        for wrong in wrong_answers(verdict):
            assert disagreement(workspace, wrong) is not None, wrong
