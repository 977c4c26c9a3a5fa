"""The baseline: what was found when the charter was adopted, and is accepted as it was found.

It names verdicts and defects by their fingerprints, so that lines may move. What is broken beside
it is new; what it names and is broken no more is fixed, and its entry is to be taken off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from charter.findings import Answer, Finding, Report, Scope, Severity, Status, Verdict
from journeys.content import Naming
from journeys.document import Shape, Whole
from journeys.source import Position

FORMAT = "charter-baseline/1"
"""The version of the baseline's format that this program reads and writes."""

STALE = "CH903"

NamingIn: TypeAlias = Callable[[str | None], Naming]
"""Returns what things are called in a journey; in none of them for None."""


class Entry(Shape):
    """Something accepted: its fingerprint, and in words of the files what it was."""

    fingerprint: str
    code: str

    @property
    def parts(self) -> dict[str, object]:
        """What is written of it, by key, all but the fingerprint."""
        written = {key: getattr(self, name) for name, key in _keys(type(self))}
        return {key: value for key, value in written.items() if value}

    @property
    def told(self) -> str:
        """What it was, in ids: ``CH101, host-everywhere, buying, newcomer``."""
        parts = [value for key, value in self.parts.items() if key not in ("reason", "ordinal")]
        return ", ".join(_texts(parts))


class VerdictEntry(Entry):
    """A broken verdict that is accepted: its rule, and the scope as in `Scope`."""

    rule: str
    journey: str | None = None
    segment: str | None = None
    marker: str | None = None
    value: str | None = None
    channel: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    owner: str | None = None
    action: str | None = None

    @classmethod
    def of(cls, verdict: Verdict) -> VerdictEntry:
        """Return the entry that accepts a verdict."""
        named = {"code": verdict.code, "rule": verdict.rule, "fingerprint": verdict.fingerprint}
        return cls.made({**named, **verdict.ids})

    def renamed(self, naming_in: NamingIn) -> VerdictEntry:
        """Return the entry of the same verdict where things are called otherwise."""
        naming = naming_in(self.journey)
        scope = {part.name: getattr(self, part.name) for part in fields(Scope)}
        if self._verdict(self.rule, scope).fingerprint != self.fingerprint:
            # What it was isn't what its words say, so they don't tell what it is now.
            return self
        named = {what: _named(what, named, naming) for what, named in scope.items() if named}
        return self.of(self._verdict(naming("rule", self.rule), named))

    def _verdict(self, rule: str, scope: Mapping[str, Any]) -> Verdict:
        return Verdict(
            rule=rule, code=self.code, severity=Severity.ERROR, verdict=Answer.BROKEN, **scope
        )


class DefectEntry(Entry):
    """A defect that is accepted: its file, and what it is about.

    Attributes:
        ordinal: How many others just like it stand before it in the file.
    """

    reason: str
    file: str
    about: dict[str, str] = {}
    ordinal: Whole = 0

    @classmethod
    def of(cls, finding: Finding) -> DefectEntry:
        """Return the entry that accepts a defect."""
        return cls.made(
            {
                "fingerprint": finding.fingerprint,
                "code": finding.code,
                "reason": finding.reason,
                "file": finding.position.file,
                "about": dict(finding.about),
                "ordinal": finding.ordinal,
            }
        )

    def renamed(self, naming_in: NamingIn) -> DefectEntry:
        """Return the entry of the same defect where things are called otherwise."""
        naming = naming_in(self.about.get("journey"))
        if self._defect(self.about).fingerprint != self.fingerprint:
            return self
        kinds = {**_KINDS, "id": self.about.get("what", "")}
        named = {
            name: ", ".join(_named(kinds.get(name, name), each, naming) for each in ids.split(", "))
            for name, ids in self.about.items()
        }
        return self.of(self._defect(named))

    def _defect(self, about: Mapping[str, str]) -> Finding:
        return Finding(
            code=self.code,
            severity=Severity.ERROR,
            position=Position(self.file, 1, 1),
            reason=self.reason,
            parameters=about,
            ordinal=self.ordinal,
        )


_KINDS = {"segments": "segment", "other": "rule"}
"""Of what sort the ids are that a defect is about, where that isn't what they are called."""


def _named(what: str, identifier: str, naming: Naming) -> str:
    """Return what an id is called now; ``basket@web`` is of a touchpoint and a channel."""
    if what != "touchpoint":
        return naming(what, identifier)
    touchpoint, at, channel = identifier.partition("@")
    return f"{naming('touchpoint', touchpoint)}{at}{naming('channel', channel)}"


def _keys(shape: type[Entry]) -> list[tuple[str, str]]:
    return [
        (name, declared.alias or name)
        for name, declared in shape.model_fields.items()
        if name != "fingerprint"
    ]


def _texts(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, dict):
            yield from _texts(part.values())
        else:
            yield str(part)


def _read_format(value: object) -> str:
    if value != FORMAT:
        raise PydanticCustomError("unknown-baseline", "charter-baseline/1", {"known": FORMAT})
    return FORMAT


class Baseline(Shape):
    """What baseline.json holds."""

    schema_: Annotated[str, PlainValidator(_read_format)]
    verdicts: tuple[VerdictEntry, ...] = ()
    findings: tuple[DefectEntry, ...] = ()

    @classmethod
    def of(cls, report: Report) -> Baseline:
        """Return what accepts all that a report finds broken, but what is waived.

        What a baseline can't be told of is left out: files that can't be read, and what is wrong
        with waivers and the baseline themselves.
        """
        return cls.made(
            {
                "schema_": FORMAT,
                "verdicts": tuple(
                    VerdictEntry.of(verdict)
                    for verdict in report.verdicts
                    if verdict.verdict is Answer.BROKEN and verdict.status is not Status.WAIVED
                ),
                "findings": tuple(map(DefectEntry.of, filter(_is_acceptable, report.findings))),
            }
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them, as written."""
        return (*self.verdicts, *self.findings)

    @cached_property
    def fingerprints(self) -> frozenset[str]:
        """What it accepts."""
        return frozenset(entry.fingerprint for entry in self.entries)

    def accepts(self, told: Verdict | Finding) -> bool:
        """Return whether a broken verdict or a defect is accepted."""
        if isinstance(told, Verdict):
            is_open = told.verdict is Answer.BROKEN and told.status is Status.OPEN
        else:
            is_open = _is_acceptable(told)
        return is_open and told.fingerprint in self.fingerprints

    def stale(self, verdicts: Iterable[Verdict], defects: Iterable[Finding]) -> tuple[Entry, ...]:
        """Return the entries of which nothing is broken any more."""
        there = {v.fingerprint for v in verdicts if v.verdict in _NOT_MENDED}
        there |= {defect.fingerprint for defect in defects if _is_acceptable(defect)}
        return tuple(entry for entry in self.entries if entry.fingerprint not in there)

    def without(self, entries: Iterable[Entry]) -> Baseline:
        """Return the baseline less some entries."""
        gone = {entry.fingerprint for entry in entries}
        return self.made(
            {
                "schema_": FORMAT,
                "verdicts": tuple(e for e in self.verdicts if e.fingerprint not in gone),
                "findings": tuple(e for e in self.findings if e.fingerprint not in gone),
            }
        )

    def renamed(self, naming_in: NamingIn) -> Baseline:
        """Return the baseline that accepts the same where things are called otherwise."""
        verdicts = [entry.renamed(naming_in) for entry in self.verdicts]
        findings = [entry.renamed(naming_in) for entry in self.findings]
        return self.made(
            {
                "schema_": FORMAT,
                # One may have been there already, of something that had the name before.
                "verdicts": tuple({entry.fingerprint: entry for entry in verdicts}.values()),
                "findings": tuple({entry.fingerprint: entry for entry in findings}.values()),
            }
        )

    def text(self) -> str:
        """Return it as its file holds it: an entry a line, so that versions compare and merge."""
        lists = {"verdicts": self.verdicts, "findings": self.findings}
        parts = [f'  "schema": {json.dumps(FORMAT)}']
        for key, entries in lists.items():
            lines = ",\n".join(f"    {line}" for line in sorted(map(_line, entries)))
            parts.append(f'  "{key}": [\n{lines}\n  ]' if lines else f'  "{key}": []')
        return "{\n" + ",\n".join(parts) + "\n}\n"


_NOT_MENDED = (Answer.BROKEN, Answer.INCONCLUSIVE)


def _is_acceptable(finding: Finding) -> bool:
    """Return whether a finding is a defect that a baseline may accept."""
    return not finding.verdicts and not finding.code.startswith(("CH001", "CH002", "CH9"))


def _line(entry: Entry) -> str:
    # What it was comes first, for that is what people sort and look for.
    return json.dumps({**entry.parts, "fingerprint": entry.fingerprint}, ensure_ascii=False)


class Comparison(NamedTuple):
    """How a report stands against the baseline, in broken verdicts and defects.

    Attributes:
        new: Neither accepted nor waived.
        accepted: Still there, as they were.
        fixed: Accepted once, and there no more.
    """

    new: int
    accepted: int
    fixed: int


def compared(report: Report) -> Comparison:
    """Return how a report of a workspace with a baseline stands against it."""
    broken = [v for v in report.verdicts if v.verdict is Answer.BROKEN]
    defects = [finding for finding in report.findings if _is_acceptable(finding)]
    statuses = [v.status for v in broken] + [finding.status for finding in defects]
    return Comparison(
        new=statuses.count(Status.OPEN),
        accepted=statuses.count(Status.ACCEPTED),
        fixed=sum(finding.code == STALE for finding in report.findings),
    )
