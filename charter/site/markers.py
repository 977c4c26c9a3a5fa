"""Markers: all of them by channel, and a page each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from charter.book import markers as book
from charter.book.blocks import Heading, Paragraph
from charter.book.making import Making
from charter.brand import Marker, Role
from charter.deployment import Cell, Deployment, Standing, cells
from charter.findings import Severity, Verdict
from charter.messages import N_, visible
from charter.plan_views import written_entries
from charter.reports.deployment.telling import STANDINGS, CellTold, DeploymentTeller
from charter.site import addresses, answers
from charter.site.blocks import (
    Badge,
    Block,
    Link,
    LinkedTable,
    Page,
    Part,
    Row,
    Section,
)
from charter.site.rules import asked
from journeys.model import Status, Tag, TagStatus

_ROLES_TOLD = {
    Role.SIGNATURE: N_("Signatures"),
    Role.BASIC: N_("Basic needs"),
    Role.IRRITANT: N_("Irritants"),
}


_SIGNS_ALONE = (str(Standing.NOT_FOR), str(Standing.NOWHERE))
"""Where nothing is to be seen, a sign says so."""


class MarkerPages:
    """The pages of markers, with what several of them need."""

    def __init__(self, making: Making) -> None:
        self.making, self.speak, self.names = making, making.speak, making.names

    @cached_property
    def _deployed(self) -> dict[str, list[tuple[Cell, CellTold]]]:
        """How far each marker has come, channel by channel."""
        workspace = self.making.workspace
        entries = written_entries(workspace, workspace.plans)
        deployment = Deployment(workspace, cells(workspace, entries))
        told = [
            cell for row in DeploymentTeller(deployment, self.names).rows() for cell in row.cells
        ]
        found: dict[str, list[tuple[Cell, CellTold]]] = {}
        for cell, cell_told in zip(deployment.cells, told, strict=True):
            found.setdefault(cell.marker, []).append((cell, cell_told))
        return found

    @cached_property
    def _verdicts(self) -> dict[str, list[Verdict]]:
        """The verdicts that name each marker."""
        found: dict[str, list[Verdict]] = {}
        for verdict in self.making.report.verdicts:
            if verdict.marker is not None:
                found.setdefault(verdict.marker, []).append(verdict)
        return found

    def overview(self) -> Page:
        """Return the page of all markers, role by role, with how far each has come."""
        speak, names = self.speak, self.names
        channels = tuple(names.of("channel", c.id) for c in self.making.charter.channels)
        told = N_("– not meant for this channel; · nowhere on it yet, or as it should be, nowhere")
        blocks: list[Block] = [Paragraph(speak(told), is_note=True)]
        for role, title in _ROLES_TOLD.items():
            rows = tuple(
                Row(
                    (
                        (Link(names.of("marker", marker.id), addresses.marker(marker.id)),),
                        *(
                            (self._standing(told, is_short=True),)
                            for _, told in self._deployed[marker.id]
                        ),
                    )
                )
                for marker in self.making.charter.markers
                if marker.role is role
            )
            if rows:
                heading = speak(title)
                columns = (speak(N_("Marker")), *channels)
                blocks += [
                    Section(heading),
                    LinkedTable(heading, columns, rows, is_grid=True),
                ]
        return Page(
            addresses.MARKERS,
            speak(N_("Markers")),
            addresses.MARKERS,
            tuple(blocks),
            lead=speak(N_("The signs of the house, and how far each has come on each channel.")),
        )

    def _standing(self, told: CellTold, *, is_short: bool = False) -> Badge:
        kind = str(told.standing)
        if not told.is_welcome:
            kind = "unwelcome" if kind == "live" else "nowhere"
        is_sign = is_short and kind in _SIGNS_ALONE
        return Badge(kind, self.speak(STANDINGS[told.standing]), is_sign)

    def pages(self) -> Iterator[Page]:
        """Yield a page for each marker."""
        for marker in self.making.charter.markers:
            blocks = [
                *book.told(self.making, marker),
                *self._lives(marker),
                *self._deployment(marker),
                *self._rules(marker),
            ]
            yield Page(
                addresses.marker(marker.id),
                self.names.of("marker", marker.id),
                addresses.MARKERS,
                tuple(blocks),
                eyebrow=self.speak(book.ROLES[marker.role]),
                above=Link(self.speak(N_("Markers")), addresses.MARKERS),
                facts=book.facts(self.making, marker),
                said=" ".join(self._said(marker)),
            )

    def _said(self, marker: Marker) -> Iterator[str]:
        """Yield all texts of a marker."""
        making = self.making
        for expression in marker.expressions.values():
            yield making.words(expression.text)
            yield from making.all_words(expression.do)
            yield from making.all_words(expression.dont)
            yield making.words(expression.example)
            yield making.words(expression.not_for)
        yield from making.all_words(tuple(marker.adaptations.values()))

    def _lives(self, marker: Marker) -> Iterator[Block]:
        """Yield where it lives: each touchpoint that is tagged with it."""
        speak, names = self.speak, self.names
        rows = []
        for journey in self.making.workspace.journeys:
            for touchpoint in journey.touchpoints:
                if touchpoint.status is Status.RETIRED:
                    continue
                tags = [tag for tag in touchpoint.markers if tag.marker == marker.id]
                if not tags:
                    continue
                where = addresses.touchpoint(journey.id, touchpoint.id)
                channels = [names.of("channel", each) for each in touchpoint.channel_shares]
                rows.append(
                    Row(
                        (
                            (Link(visible(touchpoint.named(speak.language)), where),),
                            (names.of("journey", journey.id),),
                            (", ".join(channels),),
                            tuple(
                                part
                                for tag in tags
                                for part in self._tag(tag, touchpoint.status is Status.PLANNED)
                            ),
                        )
                    )
                )
        yield Heading(speak(N_("Where it lives")))
        if not rows:
            yield Paragraph(speak(N_("No touchpoint carries it.")))
            return
        columns = (N_("Touchpoint"), N_("Journey"), N_("Channel"), N_("For whom, and how"))
        yield LinkedTable(speak(N_("Where it lives")), tuple(map(speak, columns)), tuple(rows))

    def _tag(self, tag: Tag, is_planned: bool) -> Iterator[Part]:
        """Yield for whom a tag carries, whether yet, and how."""
        speak, names = self.speak, self.names
        if is_planned or tag.status is TagStatus.PLANNED:
            yield Badge("planned", speak(N_("planned")))
        segments = tag.segments
        if segments is None:
            yield speak(N_("everybody"))
        else:
            yield ", ".join(names.of("segment", each) for each in segments)
        if tag.how is not None:
            yield speak.words(tag.how)

    def _deployment(self, marker: Marker) -> Iterator[Block]:
        """Yield how far it has come, channel by channel."""
        speak = self.speak
        rows = tuple(
            Row(((told.name,), (self._standing(told),), (told.text,)))
            for _, told in self._deployed[marker.id]
        )
        yield Heading(speak(N_("How far it has come")))
        columns = (N_("Channel"), N_("How far"), N_("Where"))
        yield LinkedTable(speak(N_("How far it has come")), tuple(map(speak, columns)), rows)

    def _rules(self, marker: Marker) -> Iterator[Block]:
        """Yield the rules that ask for it, and how each is answered for it."""
        speak = self.speak
        found: dict[str, list[Verdict]] = {}
        for verdict in self._verdicts.get(marker.id, ()):
            found.setdefault(verdict.rule, []).append(verdict)
        rules = [
            rule
            for rule in self.making.workspace.rules
            if rule.id in found and rule.gravity is not Severity.OFF
        ]
        if not rules:
            return
        rows = []
        for rule in rules:
            share = answers.least_share(found[rule.id], self.making)
            rows.append(
                Row(
                    (
                        (Link(asked(self.making, rule, found[rule.id]), addresses.rule(rule.id)),),
                        (answers.badge(answers.gravest(found[rule.id]), self.making),),
                        (share,) if share is not None else (),
                    )
                )
            )
        yield Section(speak(N_("What is asked of it")))
        columns = (N_("Asked"), N_("Answer"), N_("Holds for"))
        yield LinkedTable(
            speak(N_("What is asked of it")), tuple(map(speak, columns)), tuple(rows), first=6
        )
