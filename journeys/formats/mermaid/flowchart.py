"""A journey written as a Mermaid flowchart: branches, stages and channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.formats.mermaid.labels import escaped, written_id
from journeys.model import Journey, Touchpoint

ENTRY_CLASS, EXIT_CLASS = "entry", "exit"
"""The classes of where paths begin and end; the outcome stands behind the latter."""

_CLASS_STYLES = {
    ENTRY_CLASS: "stroke-width:3px",
    EXIT_CLASS: "stroke-width:3px,stroke-dasharray:6 3",
}
# Pale enough for dark text; hues told apart by people who see few of them.
_CHANNEL_FILLS = (
    "#e8f1fb",
    "#fdf0d5",
    "#e3f4ec",
    "#fbe4ec",
    "#ece7f8",
    "#eeeeee",
    "#fff7c2",
    "#dff3f5",
)


@dataclass(frozen=True)
class Names:
    """What people called the ids that a journey names, in one language.

    Attributes:
        language: The language of the journey's own texts.
        stages: The stages' names by id, in order.
        channels: The channels' names by id, in order.
        segments: The segments' names by id, in order.
    """

    language: str
    stages: Mapping[str, str]
    channels: Mapping[str, str]
    segments: Mapping[str, str]


def flowchart(journey: Journey, names: Names) -> str:
    """Return ``journey`` as a flowchart: touchpoints as nodes, in subgraphs for their stages.

    Channels are classes of nodes, and so is being an entry or an exit.
    """
    nodes = {each.id: written_id(each.id) for each in journey.touchpoints}
    lines = [
        "---",
        f'title: "{_yaml_text(journey.named(names.language))}"',
        "---",
        "flowchart LR",
    ]
    lines += _stages(journey, names, nodes)
    lines += _transitions(journey, names, nodes)
    lines += _classes(journey, names, nodes)
    return "\n".join(lines) + "\n"


def _stages(journey: Journey, names: Names, nodes: Mapping[str, str]) -> list[str]:
    taken = set(nodes.values())
    lines = []
    for stage, name in names.stages.items():
        inside = [each for each in journey.touchpoints if each.stage == stage]
        if inside:
            written = written_id(stage, taken)
            taken.add(written)
            lines.append(f'  subgraph {written}["{_label(name)}"]')
            lines += [f"    {_node(each, names, nodes)}" for each in inside]
            lines.append("  end")
    return lines


def _node(touchpoint: Touchpoint, names: Names, nodes: Mapping[str, str]) -> str:
    label = _label(touchpoint.named(names.language))
    opening, closing = ("([", "])") if touchpoint.entry or touchpoint.exit else ("[", "]")
    return f'{nodes[touchpoint.id]}{opening}"{label}"{closing}'


def _transitions(journey: Journey, names: Names, nodes: Mapping[str, str]) -> list[str]:
    lines = []
    for touchpoint in journey.touchpoints:
        for step in touchpoint.next:
            because = step.because.in_language(names.language) if step.because else ""
            label = f'|"{_label(because)}"|' if because.strip() else ""
            lines.append(f"  {nodes[touchpoint.id]} -->{label} {nodes[step.to]}")
    return lines


def _classes(journey: Journey, names: Names, nodes: Mapping[str, str]) -> list[str]:
    outcomes: dict[str, list[str]] = {}
    for each in journey.touchpoints:
        if each.exit:
            written = f"{EXIT_CLASS}__{written_id(each.exit)}"
            outcomes.setdefault(written, []).append(nodes[each.id])
    lines, members = [], _members(journey, nodes)
    channels = {channel: _class_of(channel) for channel in names.channels}
    for place, (channel, written) in enumerate(channels.items()):
        if channel in members:
            fill = _CHANNEL_FILLS[place % len(_CHANNEL_FILLS)]
            lines.append(f"  classDef {written} fill:{fill},color:#1a1a1a,stroke:#5b6470")
            lines.append(f"  class {','.join(members[channel])} {written}")
    entries = [nodes[each.id] for each in journey.touchpoints if each.entry]
    if entries:
        lines.append(f"  classDef {ENTRY_CLASS} {_CLASS_STYLES[ENTRY_CLASS]}")
        lines.append(f"  class {','.join(entries)} {ENTRY_CLASS}")
    for written, ends in outcomes.items():
        lines.append(f"  classDef {written} {_CLASS_STYLES[EXIT_CLASS]}")
        lines.append(f"  class {','.join(ends)} {written}")
    return lines


def _class_of(channel: str) -> str:
    """Return the class of a channel, which is none that says where paths end."""
    written = written_id(channel)
    return f"_{written}" if written.startswith(f"{EXIT_CLASS}__") else written


def _members(journey: Journey, nodes: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the nodes on each channel."""
    members: dict[str, list[str]] = {}
    for each in journey.touchpoints:
        for channel in each.channel_shares:
            members.setdefault(channel, []).append(nodes[each.id])
    return members


def _label(text: str) -> str:
    return escaped(" ".join(text.split())) or " "


def _yaml_text(text: str) -> str:
    """Return a text as it stands between double quotes in the diagram's front matter.

    Mermaid takes ``<`` and a letter, there too, for a tag that lasts until the next ``>``, and
    changes the quotes of whatever stands in between.
    """
    one_line = " ".join(text.split())
    return "".join(
        f"\\U{ord(each):08x}" if each in '"\\<' or not each.isprintable() else each
        for each in one_line
    )


def left_out(journey: Journey) -> dict[str, int]:
    """Return what of ``journey`` a flowchart has no place for, and how much there is of it."""
    touchpoints = journey.touchpoints
    steps = [step for each in touchpoints for step in each.next]
    limits = [journey.segments]
    limits += [each.segments for each in touchpoints] + [step.segments for step in steps]
    return {
        "tags": sum(1 for _ in journey.tags()),
        "shares": sum(
            each is not None
            for each in (
                *(step.share for step in steps),
                *(share for each in touchpoints for share in (each.arrives, each.ends)),
            )
        )
        + sum(bool(each.channels) and each.are_channel_shares_written for each in touchpoints),
        "segments": sum(each is not None for each in limits),
        "emotions": sum(each.emotion is not None for each in touchpoints),
        "truths": sum(each.moment_of_truth for each in touchpoints),
        "details": sum(
            bool(each.owner or each.content or each.indicators or each.effort)
            for each in touchpoints
        ),
        "statuses": sum((each.status, each.control) != ("live", "owned") for each in touchpoints),
    }
