"""Small BPMN models for tests, written as people would draw them; and what is counted in any."""

from __future__ import annotations

import re
from collections import Counter

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
HEAD = f'<definitions xmlns="{MODEL}" targetNamespace="urn:test">'

# Each flow node of the standard, by its letter in `process`.
KINDS = {
    "t": "task",
    "u": "userTask",
    "s": "startEvent",
    "e": "endEvent",
    "i": "intermediateCatchEvent",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "o": "inclusiveGateway",
    "v": "eventBasedGateway",
}
FLOW_NODES = (
    "task|businessRuleTask|manualTask|receiveTask|scriptTask|sendTask|serviceTask|userTask"
    "|callActivity|subProcess|transaction|adHocSubProcess|startEvent|endEvent|boundaryEvent"
    "|intermediateCatchEvent|intermediateThrowEvent|implicitThrowEvent|event|parallelGateway"
    "|complexGateway|eventBasedGateway|exclusiveGateway|inclusiveGateway"
)


def process(drawn: str, *, inside: str = "", key: str = "p", name: str = "") -> str:
    """Return a process drawn in a line, such as ``s1 > t1 > x1, x1 -yes> t2, x1 -no> e1``.

    A node's kind is the letter that its id begins with; ``inside`` is more XML.
    """
    nodes: dict[str, None] = {}
    flows = []
    for chain in drawn.split(","):
        parts = re.split(r"\s*(-[^>]*)?>\s*", chain.strip())
        nodes |= dict.fromkeys(parts[::2])
        for source, label, target in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
            named = f' name="{label[1:]}"' if label else ""
            ends = f'sourceRef="{source}" targetRef="{target}"'
            flows.append(f'<sequenceFlow id="f{len(flows)}" {ends}{named}/>')
    written = "\n".join(
        f'<{KINDS[node[0]]} id="{node}" name="{node}"/>'
        for node in nodes
        if f'id="{node}"' not in inside
    )
    return (
        f'<process id="{key}" name="{name}">\n{written}\n{inside}\n'
        + "\n".join(flows)
        + "</process>"
    )


def model(*processes: str, more: str = "") -> bytes:
    """Return a file of processes."""
    return f"{HEAD}\n{more}\n{''.join(processes)}\n</definitions>".encode()


def counted(content: bytes) -> Counter[str]:
    """Return how many flow nodes and sequence flows a file has, told by its tags alone."""
    text = re.sub(rb"<!--.*?-->", b"", content, flags=re.DOTALL).decode("utf-8", "replace")
    return Counter(
        nodes=len(re.findall(rf"<(?:[\w.-]+:)?(?:{FLOW_NODES})[\s/>]", text)),
        flows=len(re.findall(r"<(?:[\w.-]+:)?sequenceFlow[\s/>]", text)),
    )
