"""Small workspaces written in a line or two, for the tests that need many of them."""

from __future__ import annotations

from charter.workspace import InvalidWorkspace, Workspace, read_files
from journeys.graph import OpenGraph

CHARTER = """\
charter: 1
brand: The Lamp Shop
channels: [{id: store}, {id: web}, {id: app}]
segments: [{id: newcomer}, {id: loyal}]
stages: [{id: discover}, {id: buy}]
markers: [{id: host, name: A named host}, {id: light, name: A lit lamp}]
"""
JOURNEY = """\
journey: buying
touchpoints:
  - {id: window, stage: discover, channel: store, entry: true, next: [till]}
  - {id: till, stage: buy, channel: store, markers: [host], exit: bought}
"""


def touchpoints(*written: str) -> str:
    """Return a journey of touchpoints, each written as what stands between its braces.

    Stage and channel are filled in where they aren't said.
    """
    lines = []
    for words in written:
        place = "" if "stage:" in words else ", stage: discover"
        place += "" if "channel" in words.replace("channel: ", "channel:") else ", channel: store"
        lines.append(f"  - {{id: {words}{place}}}\n")
    return "journey: buying\ntouchpoints:\n" + "".join(lines)


def workspace(
    journey: str = JOURNEY, *, charter: str = CHARTER, rules: str = "", **files: str
) -> Workspace:
    """Return a workspace of one journey; more files by name, without ``.yaml``."""
    written = {"charter.yaml": charter, "journeys/buying.yaml": journey}
    if rules:
        written["rules.yaml"] = rules
    return read_files(written | {f"{name}.yaml": text for name, text in files.items()})


def open_graph(journey: str) -> OpenGraph:
    """Return the open graph of a journey, by itself."""
    return workspace(journey).settings[0].graph


def told(*, charter: str = CHARTER, journey: str = JOURNEY, **files: str) -> list[str]:
    """Return each problem of an invalid workspace, as ``file:line:column reason``."""
    written = {"charter.yaml": charter, "journeys/buying.yaml": journey} | {
        f"{name}.yaml": text for name, text in files.items()
    }
    try:
        read_files(written)
    except InvalidWorkspace as invalid:
        return [f"{problem.position} {problem.reason}" for problem in invalid.problems]
    return []
