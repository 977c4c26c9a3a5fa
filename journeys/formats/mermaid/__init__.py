"""Journeys as Mermaid diagrams, which documents and code hosts draw.

The syntax is that of Mermaid 11: https://mermaid.js.org/syntax/flowchart.html and
https://mermaid.js.org/syntax/userJourney.html.
"""

from __future__ import annotations

from journeys.formats.draft import (
    Count,
    DraftFile,
    DraftJourney,
    DraftTouchpoint,
    DraftTransition,
)
from journeys.formats.ids import id_of_key, id_of_name
from journeys.formats.markup import Unreadable
from journeys.formats.mermaid import tasks
from journeys.formats.mermaid.flowchart import ENTRY_CLASS, EXIT_CLASS
from journeys.formats.mermaid.graph import Graph, GraphNode, read_graph
from journeys.formats.mermaid.text import JOURNEY, read_sheet
from journeys.source import Position

_OUTCOME_CLASS = f"{EXIT_CLASS}__"
_PLAIN_CLASS = "default"
"""The class that Mermaid gives to all nodes."""


def read_mermaid(content: bytes, file: str) -> DraftFile:
    """Return the journey that a flowchart or a user journey tells.

    Raises:
        Unreadable: It is neither, or some of it can't be read.
    """
    sheet = read_sheet(content, file)
    if sheet.kind == JOURNEY:
        title, found, notes = tasks.read_tasks(sheet)
        number = len(found)
        counts = {"nodes": Count(number, number, 0, 0)}
        return DraftFile((tasks.drafted(title, found),), tuple(notes), counts)
    graph = read_graph(sheet)
    if not graph.nodes:
        raise Unreadable.because("no-node", Position(file, 1, 1))
    left_out = sum(note.reason in ("to-subgraph", "invisible-link") for note in graph.notes)
    links = len(graph.links)
    counts = {
        "nodes": Count(len(graph.nodes), len(graph.nodes), 0, 0),
        "flows": Count(links + left_out, links, 0, left_out),
    }
    notes = sorted(graph.notes, key=lambda note: note.position)
    return DraftFile((_drafted(sheet.title, graph, file),), tuple(notes), counts)


def _drafted(title: str, graph: Graph, file: str) -> DraftJourney:
    following: dict[str, list[DraftTransition]] = {key: [] for key in graph.nodes}
    for link in graph.links:
        because = (link.label,) if link.label else ()
        following[link.source].append(DraftTransition(link.target, because, share=link.share))
    entries, exits = _ends(graph, following)
    touchpoints = tuple(
        DraftTouchpoint(
            node.key,
            id_of_key(node.key) or id_of_name(node.name),
            node.name,
            node.position,
            stage=graph.outermost(node.subgraph) or "",
            channels=_channels(node),
            is_entry=node.key in entries,
            exit=exits.get(node.key),
            next=tuple(following[node.key]),
        )
        for node in graph.nodes.values()
    )
    position = Position(file, 1, 1)
    outcomes = dict.fromkeys(exits.values(), "")
    return DraftJourney(
        id_of_name(title), title, position, touchpoints, outcomes, dict(graph.titles)
    )


def _ends(
    graph: Graph, following: dict[str, list[DraftTransition]]
) -> tuple[set[str], dict[str, str]]:
    """Return the nodes where paths begin, and the outcomes of those where they end.

    Classes say so; where there are none of those, what no link leads to, or from.
    """
    entries = {node.key for node in graph.nodes.values() if ENTRY_CLASS in node.classes}
    exits = {
        node.key: outcome
        for node in graph.nodes.values()
        if (outcome := _outcome(node)) is not None
    }
    if entries or exits:
        return entries, exits
    reached = {link.target for link in graph.links}
    entries = set(graph.nodes) - reached or set(list(graph.nodes)[:1])
    ends = [key for key in graph.nodes if not following[key]] or list(graph.nodes)[-1:]
    return entries, dict.fromkeys(ends, tasks.DONE)


def _outcome(node: GraphNode) -> str | None:
    for name in node.classes:
        if name.startswith(_OUTCOME_CLASS) and id_of_key(name.removeprefix(_OUTCOME_CLASS)):
            return id_of_key(name.removeprefix(_OUTCOME_CLASS))
        if name == EXIT_CLASS:
            return tasks.DONE
    return None


def _channels(node: GraphNode) -> tuple[str, ...]:
    return tuple(
        name
        for name in node.classes
        if name not in (ENTRY_CLASS, EXIT_CLASS, _PLAIN_CLASS)
        and not name.startswith(_OUTCOME_CLASS)
    )
