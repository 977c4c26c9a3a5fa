"""Journeys handed to networkx."""

import networkx
import pytest

from charter.workspace import read_files
from journeys.formats.networkx import to_networkx
from journeys.graph import OpenGraph

CHARTER = """
charter: 1
brand: A brand
channels: [{id: store}, {id: web}]
stages: [{id: buy}]
segments: [{id: new}, {id: old}]
markers: [{id: host, name: A host}]
"""
JOURNEY = """
journey: purchase
touchpoints:
  - {id: door, stage: buy, channel: store, entry: true, markers: [{marker: host, segments: [old]}],
     next: [basket, basket, {to: club, segments: [old]}]}
  - {id: basket, stage: buy, channels: [web, store], exit: bought}
  - {id: club, stage: buy, channel: store, segments: [old], next: [door]}
"""


@pytest.fixture
def graph() -> OpenGraph:
    workspace = read_files({"charter.yaml": CHARTER, "journeys/purchase.yaml": JOURNEY})
    return workspace.settings[0].graph


def test_each_segment_has_a_graph_of_what_is_open_to_it(graph):
    assert set(to_networkx(graph, "new")) == {"door", "basket@web", "basket@store"}
    assert set(to_networkx(graph, "old")) == {"door", "basket@web", "basket@store", "club"}


def test_parallel_transitions_stay_apart(graph):
    assert to_networkx(graph, "new").number_of_edges("door", "basket@store") == 2


def test_nodes_tell_what_they_bear_for_the_segment(graph):
    assert to_networkx(graph, "new").nodes["door"]["markers"] == ()
    assert to_networkx(graph, "old").nodes["door"]["markers"] == ("host",)


def test_loops_are_kept(graph):
    assert not networkx.is_directed_acyclic_graph(to_networkx(graph, "old"))
