"""The peers: what else can tell whether some path of a segment avoids a marker.

Each is asked for every segment and marker: take away the touchpoints that carry the marker for
the segment, and search what is open to the segment from the entries to the exits. A peer is a
function that turns the arrays into the form the tool works on, and returns the function that
answers. Only the first is given in the question's terms; the others find no witness.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.generate import TRANSITIONS, RandomJourney
from benchmarks.tool import OUT_OF_MEMORY, PATIENCE


@dataclass(frozen=True)
class Answers:
    """What a tool found.

    Attributes:
        avoided: By segment and marker asked, whether some path avoids the marker.
        note: What else there is to say.
        seconds: Of the parts of the work, where there are several.
        is_complete: Whether it went through with it.
    """

    avoided: dict[tuple[int, int], bool]
    note: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    is_complete: bool = True


Answering = Callable[[], Answers]


@dataclass(frozen=True)
class Ways:
    """What is open to one segment, with one source before the entries and one sink behind exits.

    Attributes:
        source: The node before the entries.
        sink: The node behind the exits, the last.
        tails: By way, the node that it leaves, in order.
        heads: By way, the node that it leads to.
    """

    source: int
    sink: int
    tails: np.ndarray
    heads: np.ndarray

    @classmethod
    def of(cls, journey: RandomJourney, segment: int) -> Ways:
        """Return the ways of a segment."""
        source, sink = journey.touchpoints, journey.touchpoints + 1
        is_open = (journey.open_to >> segment & 1).astype(bool)
        entries, exits = journey.is_entry.nonzero()[0], journey.is_exit.nonzero()[0]
        tails = [journey.sources[is_open], exits, np.full_like(entries, source)]
        heads = [journey.targets[is_open], np.full_like(exits, sink), entries]
        order = np.argsort(np.concatenate(tails), kind="stable")
        return cls(
            source,
            sink,
            np.concatenate(tails)[order].astype(np.int32),
            np.concatenate(heads)[order].astype(np.int32),
        )

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The ways as plain pairs of nodes."""
        return list(zip(self.tails.tolist(), self.heads.tolist(), strict=True))


def every_ways(journey: RandomJourney) -> list[Ways]:
    """Return the ways of each segment."""
    return [Ways.of(journey, segment) for segment in range(int(journey.segments))]


def bearing(journey: RandomJourney, segment: int, marker: int) -> np.ndarray:
    """Return the touchpoints that carry a marker for a segment."""
    return (journey.bears[marker] >> segment & 1).nonzero()[0]


def networkx_paths(journey: RandomJourney) -> Answering:
    """List all simple paths of the first segment, and look whether each meets the first marker."""
    import networkx

    ways = Ways.of(journey, 0)
    graph = networkx.DiGraph()
    graph.add_edges_from(ways.pairs)
    carrying = set(bearing(journey, 0, 0).tolist())

    def answer() -> Answers:
        started, number, is_avoided = time.perf_counter(), 0, False
        for path in networkx.all_simple_paths(graph, ways.source, ways.sink):
            number += 1
            is_avoided = is_avoided or carrying.isdisjoint(path)
            if time.perf_counter() - started > PATIENCE:
                return Answers({}, f"stopped after {number:,} paths", is_complete=False)
        return Answers({(0, 0): is_avoided}, f"{number:,} paths, for one pair of the 96")

    return answer


def networkx_removal(journey: RandomJourney) -> Answering:
    """Copy the graph, remove what carries the marker, search."""
    import networkx

    graphs = []
    for ways in every_ways(journey):
        graph = networkx.DiGraph()
        graph.add_edges_from(ways.pairs)
        graphs.append((graph, ways))

    def is_avoided(segment: int, marker: int) -> bool:
        graph, ways = graphs[segment]
        rest = graph.copy()
        rest.remove_nodes_from(bearing(journey, segment, marker).tolist())
        return networkx.has_path(rest, ways.source, ways.sink)

    return lambda: Answers({pair: is_avoided(*pair) for pair in journey.pairs})


def rustworkx_removal(journey: RandomJourney) -> Answering:
    """Copy the graph, remove what carries the marker, search."""
    import rustworkx

    graphs = []
    for ways in every_ways(journey):
        graph = rustworkx.PyDiGraph()
        graph.add_nodes_from(range(ways.sink + 1))
        graph.add_edges_from_no_data(ways.pairs)
        graphs.append((graph, ways))

    def is_avoided(segment: int, marker: int) -> bool:
        graph, ways = graphs[segment]
        rest = graph.copy()
        rest.remove_nodes_from(bearing(journey, segment, marker).tolist())
        return rustworkx.has_path(rest, ways.source, ways.sink)

    return lambda: Answers({pair: is_avoided(*pair) for pair in journey.pairs})


def igraph_removal(journey: RandomJourney) -> Answering:
    """Take the subgraph without what carries the marker, search."""
    import igraph

    graphs = [
        igraph.Graph(n=ways.sink + 1, edges=ways.pairs, directed=True)
        for ways in every_ways(journey)
    ]

    def is_avoided(segment: int, marker: int) -> bool:
        keep = np.ones(graphs[segment].vcount(), bool)
        keep[bearing(journey, segment, marker)] = False
        rest = graphs[segment].induced_subgraph(keep.nonzero()[0].tolist())
        # Source and sink stay the last two.
        source = rest.vcount() - 2
        return source + 1 in rest.subcomponent(source, mode="out")

    return lambda: Answers({pair: is_avoided(*pair) for pair in journey.pairs})


class Search:
    """Breadth-first search by scipy, in compiled code, over the ways of a segment."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.first = np.searchsorted(ways.tails, np.arange(ways.sink + 2))

    def reaches(self, is_taken_away: np.ndarray | None = None) -> bool:
        """Return whether the sink is reached, past the nodes that are taken away."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import breadth_first_order

        heads, first, nodes = self.ways.heads, self.first, self.ways.sink + 1
        if is_taken_away is not None:
            is_kept = ~is_taken_away[heads]
            heads, first = heads[is_kept], np.append(0, np.cumsum(is_kept))[first]
        matrix = csr_array((np.ones(len(heads)), heads, first), shape=(nodes, nodes))
        found = breadth_first_order(matrix, self.ways.source, return_predecessors=False)
        return bool((found == self.ways.sink).any())


def scipy_per_pair(journey: RandomJourney) -> Answering:
    """Leave out the transitions to what carries the marker, search."""
    searches = [Search(ways) for ways in every_ways(journey)]

    def is_avoided(segment: int, marker: int) -> bool:
        is_taken_away = np.zeros(journey.touchpoints + 2, bool)
        is_taken_away[bearing(journey, segment, marker)] = True
        return searches[segment].reaches(is_taken_away)

    return lambda: Answers({pair: is_avoided(*pair) for pair in journey.pairs})


def scipy_once(journey: RandomJourney) -> Answering:
    """Search the first segment's ways once, taking nothing away: the least that a search costs."""
    search = Search(Ways.of(journey, 0))

    def answer() -> Answers:
        assert search.reaches()
        return Answers({}, "one search of the graph, no pair asked")

    return answer


RULES = """
reached(T,S,M) :- entry(T), segment(S), marker(M), not bears(T,S,M).
reached(U,S,M) :- reached(T,S,M), way(T,U,S), not bears(U,S,M).
avoided(S,M) :- reached(T,S,M), exit(T).
#show avoided/2.
"""


def clingo_rules(journey: RandomJourney) -> Answering:
    """State reachability as a logic program."""
    import clingo

    segments = range(int(journey.segments))
    facts = [f"segment({s})." for s in segments] + [
        f"marker({m})." for m in range(len(journey.bears))
    ]
    facts += [f"entry({t})." for t in journey.is_entry.nonzero()[0]]
    facts += [f"exit({t})." for t in journey.is_exit.nonzero()[0]]
    steps = zip(
        journey.sources.tolist(), journey.targets.tolist(), journey.open_to.tolist(), strict=True
    )
    facts += [f"way({a},{b},{s})." for a, b, bits in steps for s in segments if bits >> s & 1]
    facts += [f"bears({t},{s},{m})." for s, m in journey.pairs for t in bearing(journey, s, m)]
    program = RULES + "\n".join(facts)

    def answer() -> Answers:
        control = clingo.Control()
        control.add("base", [], program)
        control.ground([("base", [])])
        found: set[tuple[int, int]] = set()
        with control.solve(yield_=True) as models:
            for model in models:
                found = {
                    tuple(a.number for a in atom.arguments) for atom in model.symbols(shown=True)
                }
        return Answers({pair: pair in found for pair in journey.pairs})

    return answer


MODEL = r"""
c_decl {
    \#include "journey.h"
}
byte segment, marker;
int at;
init {
    select(segment : 0 .. LAST_SEGMENT);
    select(marker : 0 .. LAST_MARKER);
    select(at : 0 .. LAST_ENTRY);
    c_code { now.at = entry[now.at]; };
    c_expr { !(bears[now.marker][now.at] >> now.segment & 1) };
    do
    :: d_step { c_expr { MAY0 } -> c_code { now.at = TO0; } }
    :: d_step { c_expr { MAY1 } -> c_code { now.at = TO1; } }
    :: d_step { c_expr { MAY2 } -> c_code { now.at = TO2; } }
    :: d_step { c_expr { is_exit[now.at] } -> c_code { TELL(now.segment, now.marker); } } -> break
    od
}
"""


def spin_model(journey: RandomJourney) -> Answering:
    """State the walk of a customer of any segment, past any marker, as a model in Promela."""
    # Removed by who runs this, also where it is stopped: it is the folder for temporary files.
    folder = Path(tempfile.mkdtemp())

    def array(kind: str, name: str, values: np.ndarray) -> str:
        sizes = "".join(f"[{size}]" for size in values.shape)
        return f"const {kind} {name}{sizes} = {{{','.join(map(str, values.ravel().tolist()))}}};"

    entries = journey.is_entry.nonzero()[0]
    header = [
        array("int", "target", journey.targets),
        array("unsigned char", "open_to", journey.open_to),
        array("unsigned char", "bears", journey.bears),
        array("int", "entry", entries),
        array("char", "is_exit", journey.is_exit.astype(int)),
        f"char told[{int(journey.segments)}][{len(journey.bears)}];",
        *(
            f"#define TO{way} target[{TRANSITIONS} * now.at + {way}]\n"
            f"#define MAY{way} (open_to[{TRANSITIONS} * now.at + {way}] >> now.segment & 1"
            f" && !(bears[now.marker][TO{way}] >> now.segment & 1))"
            for way in range(TRANSITIONS)
        ),
        '#define TELL(s, m) if (!told[s][m]) { told[s][m] = 1; printf("avoided %d %d\\n", s, m); }',
    ]
    (folder / "journey.h").write_text("\n".join(header))
    model = MODEL.replace("LAST_SEGMENT", str(int(journey.segments) - 1))
    model = model.replace("LAST_MARKER", str(len(journey.bears) - 1))
    (folder / "journey.pml").write_text(model.replace("LAST_ENTRY", str(len(entries) - 1)))

    def run(*command: str) -> str:
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=True
        ).stdout

    run("spin", "-a", "journey.pml")
    # Breadth first over states, for safety alone: the leanest that it does.
    run(
        "gcc", "-O2", "-w", "-DBFS", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=8192", "-o", "pan", "pan.c"
    )

    # Room for a place for each state, and for choosing an entry one step at a time.
    states, depth = journey.touchpoints * len(journey.pairs), 1000 + 4 * journey.touchpoints

    def answer() -> Answers:
        # -E: that a customer stands where no way is open is no error here.
        told = run("./pan", "-E", f"-w{states.bit_length()}", f"-m{depth}")
        found = {
            (int(segment), int(marker))
            for segment, marker in re.findall(r"avoided (\d+) (\d+)", told)
        }
        if "MEMLIM" in told or "memory used" not in told:
            return Answers({}, OUT_OF_MEMORY, is_complete=False)
        return Answers({pair: pair in found for pair in journey.pairs})

    return answer
