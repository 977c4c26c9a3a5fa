"""Process models in BPMN 2.0 as journeys: https://www.omg.org/spec/BPMN/2.0.2/PDF.

What is carried over and why is said in docs/decisions/0011-diagrams.md.
"""

from __future__ import annotations

from collections import Counter

from journeys.formats.bpmn.contracting import contracted
from journeys.formats.bpmn.model import Model
from journeys.formats.bpmn.reading import read_model
from journeys.formats.draft import Count, DraftFile

__all__ = ["read_bpmn", "read_model"]


def read_bpmn(content: bytes, file: str) -> DraftFile:
    """Return the journeys that a BPMN file holds, a journey for each process.

    Raises:
        Unreadable: It isn't BPMN, or holds no path.
    """
    return drafted(read_model(content, file))


def drafted(model: Model) -> DraftFile:
    """Return the journeys of a model."""
    notes = list(model.notes)
    journeys = []
    nodes: Counter[str] = Counter(listed=model.lost_nodes)
    flows: Counter[str] = Counter(listed=model.lost_flows)
    for process in model.processes:
        result = contracted(process)
        notes += result.notes
        nodes += result.nodes
        flows += result.flows
        if result.journey is not None:
            journeys.append(result.journey)
    counts = {"nodes": _count(nodes), "flows": _count(flows)}
    return DraftFile(tuple(journeys), tuple(sorted(notes, key=lambda note: note.position)), counts)


def _count(became: Counter[str]) -> Count:
    numbers = [became[each] for each in ("imported", "contracted", "listed")]
    return Count(sum(numbers), *numbers)
