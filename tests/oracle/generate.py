"""Small workspaces at random, with every feature that can change a verdict.

Same seed, same workspace. Each workspace draws its own temper first (how dense the tags are, how
many stops are run by customers, …), so that each kind meets worlds where it mostly holds and
worlds where it mostly breaks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import yaml

from .definitions import PATH_KINDS, ROLE_WORDS, ROLES, Record
from .verdicts import TODAY

TOUCHPOINT_KINDS = ("everywhere", "has-expression", "parity", "concentration", "adapted")
OTHER_KINDS = ("indicators", "ownership", "conversion-rises", "reviewed", "targets")
KINDS = (*PATH_KINDS, *TOUCHPOINT_KINDS, *OTHER_KINDS)
KINDS_WITH_SHARES = (*PATH_KINDS, "parity", "concentration", "conversion-rises")
KINDS_THAT_TELL_SEGMENTS_APART = ("parity", "adapted", "conversion-rises")

CHANNELS = ("store", "web", "phone")
STAGES = ("discover", "buy", "use")
SEGMENTS = ("newcomer", "loyal", "pro")
MARKERS = ("host", "delay", "gift", "queue")
VALUES = ("warmth", "candour")
OWNERS = ("retail", "care")
OUTCOMES = ("bought", "left")
TOUCHPOINTS = ("window", "welcome", "basket", "checkout", "parcel", "review")


def workspace(kind: str, seed: int) -> Record:
    """Return a workspace with a rule or two of the kind."""
    return Generator(Random(f"{kind}/{seed}"), kind).workspace()


def files(workspace: Record, written: Callable[[Any], str] = json.dumps) -> dict[str, str]:
    """Return the workspace as the files a user would have written.

    JSON is YAML as well, and thousands of workspaces are written sooner so; `as_yaml` writes what
    people read.
    """
    journeys = {
        f"journeys/{number:04}.yaml": written(journey)
        for number, journey in enumerate(workspace["journeys"])
    }
    return {"charter.yaml": written(workspace["charter"])} | journeys


def as_yaml(record: Any) -> str:
    return str(yaml.safe_dump(record, sort_keys=False, allow_unicode=True))


class Generator:
    """One workspace in the making."""

    def __init__(self, random: Random, kind: str) -> None:
        self.random = random
        self.kind = kind
        self.channels = self.some(CHANNELS, least=2 if kind == "hand-off" else 1)
        self.stages = self.some(STAGES, least=2 if kind in ("hand-off", *OTHER_KINDS) else 1)
        self.segments = self.some(
            SEGMENTS, least=2 if kind in KINDS_THAT_TELL_SEGMENTS_APART else 1
        )
        self.markers = self.some(MARKERS, most=3)
        if kind == "variety" and self.chance(0.05):
            # Enough of them for more combinations than are told apart.
            self.markers = [f"{marker}-{number}" for marker in MARKERS for number in range(4)]
        self.values = self.some(VALUES)
        self.density = random.choice(self.densities())
        self.customers = random.choice([0.0, 0.2, 0.5])
        self.several_channels = random.choice([0.0, 0.3, 0.6])
        self.has_segments = self.chance(1.0 if kind == "parity" else 0.9)
        self.told = random.choice([0.0, 0.2, 0.7, 1.0])
        # How much is for some segments only.
        self.apart = 0.5 if kind == "parity" else 0.15

    def densities(self) -> list[float]:
        """Return how many of the possible tags there may be; some kinds hold but with many."""
        match self.kind:
            case "at-most":
                return [0.3, 0.6, 0.9]
            case "has-expression":
                return [0.2, 0.4, 0.7]
            case "parity":
                return [0.3, 0.5, 0.7]
            case "excludes" | "concentration":
                return [0.15, 0.3, 0.5]
            case _:
                return [0.3, 0.6, 0.85, 1.0]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def some(self, things: Any, *, least: int = 1, most: int = 9) -> list[Any]:
        """Return some of the things, in any order."""
        count = self.random.randint(least, min(most, len(things)))
        return self.random.sample(list(things), count)

    def one_or_some(self, things: Any) -> Any:
        """Return a thing by itself, or a list, as selectors and rules allow both."""
        return self.random.choice(list(things)) if self.chance(0.4) else self.some(things)

    def workspace(self) -> Record:
        journeys = [self.journey(name) for name in self.some(["visit", "refund"], most=2)]
        charter = self.charter()
        charter["rules"] = [
            self.rule(f"rule-{number}", journeys) for number in range(self.random.randint(1, 2))
        ]
        if self.chance(0.05):
            charter["rules"].append(self.rule("silent", journeys) | {"severity": "off"})
        return {"charter": charter, "journeys": journeys}

    # ── The charter ──

    def charter(self) -> Record:
        charter = {
            "charter": 1,
            "brand": "Maison",
            "channels": [{"id": channel} for channel in self.channels],
            "stages": [self.stage(stage) for stage in self.stages],
            "values": [{"id": value} for value in self.values],
            "markers": [self.marker(marker) for marker in self.markers],
        }
        if self.has_segments:
            charter["segments"] = [self.segment(segment) for segment in self.segments]
        if self.chance(0.7):
            charter["reviewed"] = self.day()
        return charter

    def stage(self, name: str) -> Record:
        is_watched = self.kind in ("indicators", "targets") and self.chance(0.3)
        return {"id": name, "indicators": self.indicators()} if is_watched else {"id": name}

    def segment(self, name: str) -> Record:
        segment: Record = {"id": name}
        if self.chance(0.5):
            segment["weight"] = self.random.randint(1, 60)
        if self.chance(0.8 if self.kind == "adapted" else 0.2):
            segment["priority"] = self.random.choice(["high", "high", "standard"])
        return segment

    def day(self) -> str:
        """Return a day near enough for its age to be a close call."""
        return (TODAY - timedelta(days=self.random.randint(-1, 60))).isoformat()

    def marker(self, name: str) -> Record:
        marker: Record = {"id": name, "name": name.title()}
        if self.chance(0.7):
            marker["role"] = self.random.choice([*ROLES, "signature", "basic"])
        if self.chance(0.7):
            marker["values"] = self.some(self.values)
        marker["expressions"] = {
            channel: self.expression() for channel in self.channels if self.chance(0.7)
        }
        if self.has_segments and self.chance(0.6):
            marker["adaptations"] = dict.fromkeys(self.some(self.segments), "More warmly.")
        if self.chance(0.7):
            marker["reviewed"] = self.day()
        return marker

    def expression(self) -> Any:
        return self.random.choice(
            [
                "Said so.",
                {"text": "Said so.", "do": ["smile"]},
                {"text": {"en": "Said so.", "fr": "Dit ainsi."}},
                {"en": "Said so.", "fr": "Dit ainsi."},
                {"not-for": "A deliberate blank."},
                {"not-for": "A deliberate blank."},
            ]
        )

    # ── A journey ──

    def journey(self, name: str) -> Record:
        journey: Record = {"journey": name}
        if self.has_segments and self.chance(0.1 if self.kind == "parity" else 0.4):
            journey["segments"] = self.some(self.segments)
        if self.chance(0.9 if self.kind == "conversion-rises" else 0.5):
            journey["outcomes"] = [self.outcome(outcome) for outcome in OUTCOMES]
        if self.chance(0.2):
            journey["shares"] = {"source": "tills", "observed": "2026-10"}
        names = list(TOUCHPOINTS[: self.random.choice([1, 2, 3, 4, 4, 5, 5, 6, 6, 6])])
        self.random.shuffle(names)
        touchpoints = [self.touchpoint(names, place) for place in range(len(names))]
        if self.chance(0.4):
            self.random.shuffle(touchpoints)
        journey["touchpoints"] = touchpoints
        return journey

    def outcome(self, name: str) -> Record:
        is_wanted = self.chance(0.95 if name == "bought" else 0.1)
        return {"id": name, "wanted": True} if is_wanted else {"id": name}

    def touchpoint(self, names: list[str], place: int) -> Record:
        touchpoint: Record = {"id": names[place], "stage": self.random.choice(self.stages)}
        if self.chance(self.several_channels):
            channels = self.some(self.channels)
            touchpoint["channels"] = (
                channels if self.chance(0.5) else {c: self.random.randint(1, 9) for c in channels}
            )
        else:
            touchpoint["channel"] = self.random.choice(self.channels)
        if self.chance(0.97 if place == 0 else 0.12):
            touchpoint["entry"] = True
        if self.chance(0.97 if place == len(names) - 1 else self.early_exits()):
            touchpoint["exit"] = self.random.choice(OUTCOMES)
        optional: Record = {
            "markers": self.tags(self.density),
            "control": self.random.choice(["owned", "partner"]) if self.chance(0.2) else None,
            "segments": self.some_segments(0.15),
            "owner": self.random.choice(OWNERS) if self.chance(0.75) else None,
            "status": self.status(0.03),
            "moment-of-truth": self.chance(0.5) if self.chance(0.5) else None,
            "emotion": self.random.randint(-2, 2) if self.chance(0.5) else None,
            "arrives": self.weight(self.told) if "entry" in touchpoint else None,
            "ends": self.weight(self.told) if "exit" in touchpoint else None,
            "indicators": self.indicators() if self.chance(0.6) else None,
            "next": self.steps(names, place),
        }
        if self.chance(self.customers):
            optional["control"] = "customer"
        return touchpoint | {k: v for k, v in optional.items() if v is not None and v != []}

    def early_exits(self) -> float:
        """Return how many stops before the last are exits: where they buy early, chances fall."""
        return 0.5 if self.kind == "conversion-rises" else 0.12

    def indicators(self) -> Record:
        sorts = [sort for sort in ("quantitative", "qualitative") if self.chance(0.6)]
        if self.kind == "targets":
            return {sort: [self.indicator(sort) for _ in range(2)] for sort in sorts}
        return {sort: ["What they say."] for sort in sorts}

    def indicator(self, sort: str) -> Any:
        """Return an indicator whose numbers are near enough to make it a close call."""
        random = self.random
        indicator: Record = {"name": random.choice(["Waiting time", "What they say"])}
        scale = random.choice([None, (1, 5), (-10, 10)]) if sort == "qualitative" else None
        least, most = scale or ((1, 5) if sort == "qualitative" else (-20, 20))
        if scale is not None:
            indicator["scale"] = list(scale)
        for key in ("target", "observed", "forecast"):
            if self.chance(0.75):
                indicator[key] = random.randint(least, most)
            elif sort == "qualitative" and self.chance(0.3):
                indicator[key] = "warm"
        if self.chance(0.4):
            indicator["better"] = random.choice(["higher", "lower", "lower"])
        return indicator["name"] if len(indicator) == 1 else indicator

    def steps(self, names: list[str], place: int) -> list[Any]:
        """Return where the touchpoint leads: mostly onward, now and then back, or to itself."""
        targets = names[place + 1 : place + 2] if self.chance(0.85) else []
        near = names[place + 1 : place + 4] if self.chance(0.85) else names
        targets += self.random.choices(near or names, k=self.random.choice([0, 0, 1, 1, 2]))
        if self.chance(0.25):
            targets.append(self.random.choice(names))
        self.random.shuffle(targets)
        return [self.step(target) for target in targets]

    def step(self, target: str) -> Any:
        optional: Record = {
            "share": self.weight(self.told),
            "segments": self.some_segments(0.1),
            "markers": self.tags(0.4) if self.kind == "hand-off" else self.tags(0.1),
            "because": "They like to." if self.chance(0.1) else None,
            "cross": self.chance(0.7) if self.chance(0.4) else None,
        }
        step = {"to": target} | {k: v for k, v in optional.items() if v is not None and v != []}
        return target if len(step) == 1 and self.chance(0.8) else step

    def tags(self, density: float) -> list[Any]:
        tags = [self.tag(marker) for marker in self.markers if self.chance(density)]
        if tags and self.chance(0.1):
            tags.append(self.tag(self.random.choice(self.markers)))
        self.random.shuffle(tags)
        return tags

    def tag(self, marker: str) -> Any:
        optional: Record = {
            "segments": self.some_segments(self.apart),
            "how": "In person." if self.chance(0.25) else None,
            "status": self.status(0.08),
            "evidence": self.random.choice(["assumed", "observed"]) if self.chance(0.1) else None,
        }
        tag = {"marker": marker} | {k: v for k, v in optional.items() if v is not None}
        return marker if len(tag) == 1 and self.chance(0.8) else tag

    def weight(self, probability: float) -> Any:
        """Return a share, of all customers or by segment."""
        if not self.chance(probability):
            return None
        weight = self.random.randint(1, 99)
        if self.has_segments and self.chance(0.3):
            return {segment: self.random.randint(1, 9) for segment in self.some(self.segments)}
        return weight

    def some_segments(self, probability: float) -> list[str] | None:
        return self.some(self.segments) if self.has_segments and self.chance(probability) else None

    def status(self, probability: float) -> str | None:
        return self.random.choice(["planned", "live"]) if self.chance(2 * probability) else None

    # ── A rule ──

    def rule(self, name: str, journeys: list[Record]) -> Record:
        rule: Record = {"id": name, "kind": self.kind} | self.who_carries() | self.numbers()
        if self.kind == "reviewed":
            return rule
        if self.chance(0.15):
            rule["journeys"] = self.some([journey["journey"] for journey in journeys])
        asked = [j for j in journeys if j["journey"] in rule.get("journeys", [j["journey"]])]
        if self.kind in ("follows", "precedes"):
            rule["after" if self.kind == "follows" else "before"] = self.selector(asked)
        if self.kind == "excludes":
            rule |= {"one": self.one_or_other(asked), "other": self.one_or_other(asked)}
        if self.kind in ("has-expression", "indicators", "ownership", "targets"):
            return rule
        if self.has_segments and self.chance(0.15):
            rule["segments"] = self.some(self.segments)
        if self.kind in ("adapted", "conversion-rises"):
            return rule
        outcomes = [
            outcome
            for journey in asked
            for outcome in (
                [declared["id"] for declared in journey["outcomes"]]
                if "outcomes" in journey
                else [t["exit"] for t in journey["touchpoints"] if "exit" in t]
            )
        ]
        if outcomes and self.chance(0.2):
            rule["outcomes"] = self.some(dict.fromkeys(outcomes))
        is_narrowed = self.chance(0.5 if self.kind == "everywhere" else 0.3)
        if is_narrowed and self.kind not in ("excludes", "no-low-end"):
            rule["where"] = self.selector(asked)
        if self.kind in PATH_KINDS and self.kind != "hand-off" and self.chance(0.35):
            rule["per"] = self.random.choice(["channel", "stage"])
        if self.kind in PATH_KINDS and self.chance(0.25):
            rule["for-share"] = self.percentage()
        return rule

    def percentage(self) -> str:
        """Return a percentage, now and then just what equal choices come to."""
        round_ones = ["50%", "25%", "100%", "75 %", "33.3%", "66.7%"]
        return self.random.choice([*round_ones, *(f"{self.random.randint(1, 99)}%" for _ in "123")])

    def one_or_other(self, journeys: list[Record]) -> Any:
        return self.random.choice(self.markers) if self.chance(0.6) else self.selector(journeys)

    def who_carries(self) -> Record:
        markers = [*self.markers, *ROLE_WORDS]
        match self.kind:
            case "excludes" | "no-low-end" | "indicators" | "ownership" | "conversion-rises":
                return {}
            case "reviewed" | "targets":
                return {}
            case "has-expression" | "adapted":
                return {"markers": self.one_or_some(markers)} if self.chance(0.6) else {}
            case "variety":
                few = len(self.markers) <= len(MARKERS)
                return {"any-of": self.one_or_some(markers) if few else list(self.markers)}
        match self.random.choice(["markers", "markers", "any-of", "any-of", "values"]):
            case "markers":
                return {"markers": self.one_or_some(markers)}
            case "any-of":
                return {"any-of": self.one_or_some(markers)}
        return {"values": "every" if self.chance(0.4) else self.some(self.values)}

    def numbers(self) -> Record:
        """Return the kind's own options."""
        random = self.random
        few = {} if self.chance(0.5) else {"within": random.randint(1, 3)}
        match self.kind:
            case "carries":
                return {} if self.chance(0.6) else {"at-least": random.randint(1, 3)}
            case "variety":
                most = 3 if len(self.markers) <= len(MARKERS) else 9
                return {} if self.chance(0.4) else {"at-least": random.randint(1, most)}
            case "no-low-end":
                return {} if self.chance(0.5) else {"at-least": random.randint(-2, 2)}
            case "at-most":
                return {"times": random.choice([0, 0, 1, 2, 3])}
            case "opens-with" | "closes-with" | "follows":
                return few
            case "no-gap":
                return {"longest": random.choice([0, 1, 1, 2, 3])}
            case "excludes":
                on = random.choice([None, "path", "touchpoint", "step"])
                return {} if on is None else {"on": on}
            case "hand-off":
                across = random.choice([None, "channel", "owner", "stage"])
                side = random.choice([None, "both", "before", "after", "passage"])
                asked = {"across": across, "side": side}
                return {key: said for key, said in asked.items() if said is not None}
            case "parity":
                return {"spread": random.choice(["0%", "5%", f"{random.randint(1, 30)}%"])}
            case "concentration":
                by = random.choice([None, "touchpoint", "owner", "channel"])
                return {"at-most": self.percentage()} | ({} if by is None else {"by": by})
            case "ownership":
                return {} if self.chance(0.4) else {"stages-at-most": random.randint(1, 2)}
            case "reviewed":
                return {"days": random.randint(1, 60)}
            case "targets":
                parts = {"within": random.choice(["5%", "25%"]), "deviation": self.percentage()}
                return {key: part for key, part in parts.items() if self.chance(0.5)}
        return {}

    def selector(self, journeys: list[Record]) -> Record:
        names = [t["id"] for journey in journeys for t in journey["touchpoints"]]
        conditions: Record = {
            "channel": self.one_or_some(self.channels),
            "stage": self.one_or_some(self.stages),
            "owner": self.one_or_some(OWNERS),
            "control": self.one_or_some(["owned", "partner", "customer"]),
            "marker": self.one_or_some(self.markers),
            "value": self.one_or_some(self.values),
            "touchpoint": self.one_or_some(dict.fromkeys(names)),
            "moment-of-truth": self.chance(0.5),
            "emotion": self.random.choice(["<= {}", ">= {}", "== {}", "<={}"]).format(
                self.random.randint(-1, 1)
            ),
        }
        chosen = self.random.sample(list(conditions), self.random.choice([1, 1, 1, 2]))
        return {condition: conditions[condition] for condition in chosen}
