"""A witness confirmed from definitions alone, without looking for one.

Given a workspace and one broken verdict, `objections` walks the witness over the journey file
and says everything that is wrong with it; a confirmed witness has none. It works on workspaces
of any size: nothing is searched, except which of several parallel transitions was taken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from .definitions import (
    PATH_KINDS,
    Asked,
    OpenGraph,
    PathRule,
    Record,
    Walk,
    asked_by,
    is_for_journey,
    is_for_segment,
    listed,
    open_graph,
    rules_of,
    scopes,
    segments_of,
)
from .verdicts import Verdict


def read(folder: Path) -> Record:
    """Return the workspace of a folder as plain dictionaries (ids that are numbers aside)."""
    charter = load(folder / "charter.yaml")
    for part in sorted(folder.glob("markers/*.yaml")):
        charter["markers"] = [*charter.get("markers", []), *listed(load(part))]
    if (folder / "rules.yaml").exists():
        charter["rules"] = [*charter.get("rules", []), *load(folder / "rules.yaml")]
    journeys = [load(part) for part in sorted(folder.glob("journeys/*.yaml"))]
    return {"charter": charter, "journeys": journeys}


class PlainLoader(yaml.SafeLoader):
    """Reads whole numbers, `true` and `false`; `off`, `no` and dates stay the words they are."""


PlainLoader.yaml_implicit_resolvers = {}
for tag, pattern, first_letters in (("bool", "true|false", "tf"), ("int", "-?\\d+", "-0123456789")):
    PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^({pattern})$"), list(first_letters)
    )


def load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), PlainLoader)


def objections(workspace: Record, verdict: Verdict) -> list[str]:
    """Return what speaks against a broken path verdict and its witness; confirmed if nothing."""
    charter = workspace["charter"]
    rule = next((r for r in rules_of(charter) if r["id"] == verdict.rule), None)
    journey = next((j for j in workspace["journeys"] if j["journey"] == verdict.journey), None)
    if rule is None or journey is None:
        return [f"no rule {verdict.rule} or no journey {verdict.journey}"]
    if not verdict.witness or (verdict.verdict != "broken" and "for-share" not in rule):
        return ["not a broken verdict with a witness"]
    if verdict.segment not in segments_of(charter, journey):
        return [f"the journey isn't for {verdict.segment}"]
    if not is_for_journey(rule, journey) or not is_for_segment(rule, verdict.segment):
        return ["the rule doesn't ask this journey or segment"]
    asked = asked_in(charter, rule, verdict)
    if asked is None:
        return ["the rule doesn't ask for this marker or value"]
    if (verdict.channel, verdict.stage) not in scopes(charter, rule, asked):
        return ["the rule doesn't ask this channel or stage"]
    graph = open_graph(journey, verdict.segment)
    question = PATH_KINDS[rule["kind"]](charter, rule, asked, verdict.channel, verdict.stage)
    return objections_to_walk(graph, question, verdict.witness)


def asked_in(charter: Record, rule: Record, verdict: Verdict) -> Asked | None:
    wanted = verdict.marker, verdict.value
    return next((a for a in asked_by(charter, rule) if (a.marker, a.value) == wanted), None)


def objections_to_walk(graph: OpenGraph, question: PathRule, witness: tuple[str, ...]) -> list[str]:
    """Return why these stops, in this order, are no path that breaks the rule."""
    stops = {stop.name: stop for stop in graph.stops}
    closed = [name for name in witness if name not in stops]
    if closed:
        return [f"{name} isn't open to the segment" for name in closed]
    first, last = stops[witness[0]], stops[witness[-1]]
    if not first.is_entry:
        return [f"{first.name} is no entry"]
    if not last.is_exit:
        return [f"{last.name} is no exit"]
    walks = [Walk((first,))]
    for name in witness[1:]:
        walks = [
            walk.along(passage)
            for walk in walks
            for passage in graph.leaving(walk.stops[-1])
            if passage.end.name == name
        ]
        if not walks:
            return [f"no open transition leads on to {name}"]
        walks = one_walk_for_each_summary(question, walks)
    if not any(question.is_concerned(path) for path in walks):
        return ["the path doesn't concern the rule"]
    if not any(question.is_broken_by(path) for path in walks):
        return ["the path satisfies the rule"]
    return []


def one_walk_for_each_summary(question: PathRule, walks: list[Walk]) -> list[Walk]:
    """Keep the choices among parallel transitions from doubling with every step."""
    return list({question.summary(walk): walk for walk in walks}.values())
