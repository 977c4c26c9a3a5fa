"""From the journeys that another tool's diagram holds to files of a workspace.

What the diagram doesn't say is taken from a mapping file; what that doesn't say either is put where
it can be sorted later, so that what is written can always be checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from charter.messages import N_, Speaker, visible
from charter.usecases.importing import Delivery, NotImported, Offer
from charter.usecases.imports.mapping import (
    FORMAT,
    ImportMapping,
    JourneyMapping,
    PlaceMapping,
    TouchpointMapping,
    read_mapping,
)
from charter.usecases.imports.names import UNSORTED, Catalogue
from charter.workspace import CHARTER_FILE, InvalidWorkspace, read_files
from journeys.document import closest
from journeys.edit import (
    AddKey,
    CannotEdit,
    Edit,
    InsertItem,
    Remove,
    SetValue,
    edited,
    written,
)
from journeys.formats.draft import DraftFile, DraftJourney, DraftTouchpoint, DraftTransition
from journeys.formats.ids import Numbering, id_of_name
from journeys.formats.notes import Note
from journeys.plain import Plain
from journeys.source import Block, Problem, read

_OTHERWISE: Plain = {"en": "Otherwise", "fr": "Sinon"}
_ID = re.compile("[a-z0-9][a-z0-9-]*")
_DIGEST_LENGTH = 16
_SEALED = re.compile(rb"^# [^\n]*([0-9a-f]{16})\n")


def offer_of(delivery: Delivery, drafted: DraftFile) -> Offer:
    """Return what importing these journeys would write.

    Raises:
        NotImported: The mapping isn't valid, there is no such journey in the file, or one of the
            workspace would be written over.
    """
    return _Desk(delivery, drafted).offer()


@dataclass
class _Unsaid:
    """What nobody has said yet of a journey: what its mapping file asks.

    Attributes:
        places: The lanes and pools whose channel isn't told, with what is proposed as owner.
        touchpoints: The touchpoints without a stage, a channel, or both.
    """

    places: dict[str, str] = field(default_factory=dict)
    touchpoints: dict[str, tuple[bool, bool]] = field(default_factory=dict)


class _Desk:
    """Where an offer is made."""

    def __init__(self, delivery: Delivery, drafted: DraftFile) -> None:
        self.delivery, self.drafted = delivery, drafted
        self.speak = delivery.speak
        self.problems: list[Problem] = []
        self.mapping: ImportMapping = read_mapping(delivery.mapping, self.problems)
        self.notes: list[Note] = []
        charter = delivery.workspace.charter if delivery.workspace else None
        self.channels = Catalogue(charter.channels if charter else ())
        self.stages = Catalogue(charter.stages if charter else ())
        self.segments = Catalogue(charter.segments if charter else ())
        self.source = PurePath(delivery.file.name)
        # The ids that journeys have by themselves, by those that were asked for instead.
        self.own_ids: dict[str, str] = {}

    def offer(self) -> Offer:
        journeys = self._chosen()
        self._check_mapping(journeys)
        if self.delivery.mapping is not None and self.problems:
            raise NotImported(self.problems)
        changes: dict[str, bytes] = {}
        unsaid: dict[str, _Unsaid] = {}
        for identifier, journey in journeys.items():
            left = unsaid[identifier] = _Unsaid()
            plain = self._journey(identifier, journey, left)
            changes[f"journeys/{identifier}.yaml"] = self._sealed(_written(plain))
            self._refuse_to_write_over(identifier, journey)
            self._note_unsorted(identifier, journey, left)
        if self.problems:
            raise NotImported(self.problems)
        changes = {CHARTER_FILE: b"", **changes}
        changes[CHARTER_FILE] = self._charter(changes)
        if changes[CHARTER_FILE] == self.delivery.files.get(CHARTER_FILE):
            del changes[CHARTER_FILE]
        asked = {each: left for each, left in unsaid.items() if left.touchpoints}
        beside = {}
        if asked and self.delivery.mapping is None:
            beside[f"{self.source.stem}.mapping.yaml"] = self._mapping_file(asked)
        return Offer(
            changes,
            beside,
            (*self.drafted.notes, *self.notes),
            {what: vars(count) for what, count in self.drafted.counts.items()},
            "complete-mapping" if asked else "",
        )

    # Which journeys, and by which ids.

    def _chosen(self) -> dict[str, DraftJourney]:
        """Return the journeys to import by their ids.

        Raises:
            NotImported: None of them is the one asked for.
        """
        numbering = Numbering()
        fallback = id_of_name(self.source.stem) or "journey"
        found = {numbering.unique(each.id or fallback): each for each in self.drafted.journeys}
        asked = self.delivery.journey
        if asked is None:
            return found
        if asked in found:
            return {asked: found[asked]}
        if not _ID.fullmatch(asked):
            hint = {"value": asked, "suggestion": id_of_name(asked) or None}
            raise NotImported([Problem("CH001", "bad-id", self.delivery.file.start, hint)])
        if len(found) == 1:
            ((own, journey),) = found.items()
            self.own_ids[asked] = own
            return {asked: journey}
        unknown = {
            "what": "journey",
            "id": asked,
            "suggestion": closest(asked, found),
            "known": tuple(found),
        }
        raise NotImported([Problem("CH002", "unknown-id", self.delivery.file.start, unknown)])

    def _check_mapping(self, journeys: Mapping[str, DraftJourney]) -> None:
        """Note what the mapping says of what isn't there."""
        own = {self.own_ids.get(each, each): journey for each, journey in journeys.items()}
        known = {**own, **journeys}
        for identifier, mapping in self.mapping.journeys.items():
            if identifier not in known:
                # One of several that weren't asked for.
                if self.delivery.journey is None or len(self.drafted.journeys) == 1:
                    self._report_unknown("journey", identifier, known, mapping)
                continue
            ids = _ids(known[identifier]).values()
            for touchpoint, said in mapping.touchpoints.items():
                if touchpoint not in ids:
                    self._report_unknown("touchpoint", touchpoint, ids, said)

    def _report_unknown(
        self,
        what: str,
        identifier: str,
        known: Iterable[str],
        said: JourneyMapping | TouchpointMapping,
    ) -> None:
        known = tuple(known)
        parameters = {
            "what": what,
            "id": str(identifier),
            "suggestion": closest(identifier, known),
            "known": known,
        }
        self.problems.append(Problem("CH002", "unknown-id", said.position, parameters))

    def _refuse_to_write_over(self, identifier: str, journey: DraftJourney) -> None:
        """Note a problem where the journey, or its file, is there already.

        What an import wrote and nobody has touched since may be written again, once people have
        said what the diagram doesn't.
        """
        file = f"journeys/{identifier}.yaml"
        workspace = self.delivery.workspace
        there = {each.id: each.file for each in workspace.journeys} if workspace else {}
        is_taken = identifier in there or file in self.delivery.files
        is_own = there.get(identifier, file) == file and _is_untouched(
            self.delivery.files.get(file, b"")
        )
        if is_taken and not (is_own and self.delivery.mapping is not None):
            self.problems.append(
                Problem(
                    "CH001",
                    "journey-there",
                    journey.position,
                    {"id": identifier, "file": there.get(identifier, file)},
                )
            )

    # What a journey says.

    def _journey(self, identifier: str, journey: DraftJourney, unsaid: _Unsaid) -> Plain:
        mapping = self._mapping_of(identifier)
        ids = _ids(journey)
        outcomes = self._outcomes(journey)
        plain: dict[str, Plain] = {"journey": identifier}
        if journey.name and journey.name != identifier:
            plain["name"] = journey.name
        if journey.segments:
            plain["segments"] = list(dict.fromkeys(map(self.segments.id_of, journey.segments)))
        if outcomes:
            plain["outcomes"] = [
                _entry(outcome, journey.outcomes[key]) for key, outcome in outcomes.items()
            ]
        plain["touchpoints"] = [
            self._touchpoint(each, journey, ids, outcomes, mapping, unsaid)
            for each in journey.touchpoints
        ]
        return plain

    def _mapping_of(self, identifier: str) -> JourneyMapping:
        said = self.mapping.journeys
        own = self.own_ids.get(identifier, identifier)
        return said.get(identifier) or said.get(own) or JourneyMapping.made({})

    def _outcomes(self, journey: DraftJourney) -> dict[str, str]:
        """Return the ids of outcomes by key."""
        numbering = Numbering()
        return {key: numbering.unique(id_of_name(key) or "outcome") for key in journey.outcomes}

    def _touchpoint(
        self,
        touchpoint: DraftTouchpoint,
        journey: DraftJourney,
        ids: Mapping[str, str],
        outcomes: Mapping[str, str],
        mapping: JourneyMapping,
        unsaid: _Unsaid,
    ) -> Plain:
        identifier = ids[touchpoint.key]
        said = mapping.touchpoints.get(identifier, TouchpointMapping.made({}))
        place = mapping.places.get(touchpoint.place, PlaceMapping.made({}))
        stage = self._stage(touchpoint, journey, said, mapping)
        channels = self._channels(touchpoint, said, place)
        if stage is None or not channels:
            unsaid.touchpoints[identifier] = (stage is None, not channels)
        if not channels and touchpoint.place:
            unsaid.places[touchpoint.place] = touchpoint.place
        plain: dict[str, Plain] = {"id": identifier}
        if touchpoint.name and touchpoint.name != identifier:
            plain["name"] = touchpoint.name
        plain["stage"] = stage or self.stages.unsorted()
        if len(channels) > 1:
            plain["channels"] = list(channels)
        else:
            plain["channel"] = channels[0] if channels else self.channels.unsorted()
        if touchpoint.is_entry:
            plain["entry"] = "true"
        if touchpoint.exit is not None:
            plain["exit"] = outcomes[touchpoint.exit]
        if touchpoint.emotion is not None:
            plain["emotion"] = str(touchpoint.emotion)
        if touchpoint.segments:
            segments = [self.segments.id_of(each) for each in touchpoint.segments]
            plain["segments"] = list(dict.fromkeys(segments))
        owner = place.owner if place.owner is not None else touchpoint.place
        if owner and self.channels.known(owner) is None:
            plain["owner"] = owner
        if touchpoint.next:
            plain["next"] = [_transition(each, ids) for each in touchpoint.next]
        return plain

    def _stage(
        self,
        touchpoint: DraftTouchpoint,
        journey: DraftJourney,
        said: TouchpointMapping,
        mapping: JourneyMapping,
    ) -> str | None:
        told = said.stage or mapping.stages.get(touchpoint.stage)
        if told:
            return self.stages.id_of(told)
        if touchpoint.stage:
            return self.stages.id_of(touchpoint.stage, journey.stages.get(touchpoint.stage, ""))
        return None

    def _channels(
        self, touchpoint: DraftTouchpoint, said: TouchpointMapping, place: PlaceMapping
    ) -> list[str]:
        told = said.channel or place.channel
        if told:
            return [self.channels.id_of(told)]
        if touchpoint.channels:
            return list(dict.fromkeys(self.channels.id_of(each) for each in touchpoint.channels))
        known = self.channels.known(touchpoint.place)
        return [known] if known is not None and known != UNSORTED else []

    def _note_unsorted(self, identifier: str, journey: DraftJourney, unsaid: _Unsaid) -> None:
        for reason, place in (("stages-untold", 0), ("channels-untold", 1)):
            number = sum(each[place] for each in unsaid.touchpoints.values())
            if number:
                # A diagram need not have a title, nor a key of its own.
                name = journey.name or journey.id or identifier
                said = {"number": number, "id": UNSORTED, "name": name}
                self.notes.append(Note(reason, journey.position, said))

    # The other files.

    def _sealed(self, content: bytes) -> bytes:
        """Return what an import writes, with a comment that shows whether it is still just so."""
        told = self.speak(
            N_("Imported from {file}, and as it was written then if this is its mark:"),
            file=visible(self.source.name),
        )
        return f"# {told} {_digest(content)}\n".encode() + content

    def _charter(self, changes: Mapping[str, bytes]) -> bytes:
        """Return charter.yaml with the channels, stages and segments that were missing.

        Raises:
            NotImported: What is written there leaves no safe place for them.
        """
        content = self.delivery.files.get(CHARTER_FILE)
        added = {
            "channels": self.channels.added,
            "segments": self.segments.added,
            "stages": self.stages.added,
        }
        if content is None or self.delivery.workspace is None:
            return _new_charter(added, self.speak)
        charter = self.delivery.workspace.charter
        root = read(content, CHARTER_FILE).root
        edits: list[Edit] = []
        for key, entries in added.items():
            there = len(getattr(charter, key))
            if entries and not there:
                # Its key may be written with nothing behind it.
                is_written = isinstance(root, Block) and key in root
                edits.append(
                    SetValue((key,), list(entries))
                    if is_written
                    else AddKey((key,), list(entries), before="stages")
                )
            else:
                edits += [InsertItem((key, there + n), each) for n, each in enumerate(entries)]
        try:
            grown = edited(content, edits, CHARTER_FILE)
        except CannotEdit as refused:
            raise NotImported([refused.problem]) from None
        return self._without_unsorted(grown, changes)

    def _without_unsorted(self, content: bytes, changes: Mapping[str, bytes]) -> bytes:
        """Return the charter without the stage and channel of the unsorted, if nothing is there."""
        for key in ("channels", "stages"):
            files = {**self.delivery.files, **changes, CHARTER_FILE: content}
            try:
                workspace = read_files(files)
                ids = [each.id for each in getattr(workspace.charter, key)]
                if UNSORTED not in ids:
                    continue
                edit = Remove((key, ids.index(UNSORTED)))
                smaller = edited(content, [edit], CHARTER_FILE)
                read_files({**files, CHARTER_FILE: smaller})
            except (CannotEdit, InvalidWorkspace):
                # Something is there still.
                continue
            content = smaller
        return content

    def _mapping_file(self, asked: Mapping[str, _Unsaid]) -> bytes:
        """Return what people are to complete: a blank for each stage and channel not told."""
        speak, name = self.speak, visible(self.source.name)
        lines = [
            speak(
                N_("What {file} doesn't say. Write a stage or a channel behind each key that"),
                file=name,
            ),
            speak(N_("has nothing behind it: an id of charter.yaml, or the name of a new one.")),
            speak(
                N_("A place is a lane or a pool: what is said of it holds for all that is in it,")
            ),
            speak(N_("but where a touchpoint says otherwise. Then import again, with --mapping.")),
        ]
        journeys: dict[str, Plain] = {}
        for identifier, unsaid in asked.items():
            plain: dict[str, Plain] = {}
            if unsaid.places:
                plain["places"] = {
                    place: {"channel": None, "owner": owner}
                    for place, owner in unsaid.places.items()
                }
            plain["touchpoints"] = {
                touchpoint: {
                    key: None
                    for key, is_missing in zip(("stage", "channel"), missing, strict=True)
                    if is_missing
                }
                for touchpoint, missing in unsaid.touchpoints.items()
            }
            journeys[identifier] = plain
        content = _written({"mapping": FORMAT, "journeys": journeys})
        return "".join(f"# {line}\n" for line in lines).encode() + content


def _entry(identifier: str, name: str) -> Plain:
    """Return what is written for something with an id, and a name where it has another one."""
    return {"id": identifier, "name": name} if name and name != identifier else {"id": identifier}


def _ids(journey: DraftJourney) -> dict[str, str]:
    """Return the ids of touchpoints by key, each its own."""
    numbering = Numbering()
    return {each.key: numbering.unique(each.id or "touchpoint") for each in journey.touchpoints}


def _transition(step: DraftTransition, ids: Mapping[str, str]) -> Plain:
    plain: dict[str, Plain] = {"to": ids[step.to]}
    if step.share is not None:
        plain["share"] = step.share
    if step.because:
        plain["because"] = _sentence(step.because)
    elif step.is_otherwise:
        plain["because"] = _OTHERWISE
    return plain if len(plain) > 1 else ids[step.to]


def _sentence(parts: Iterable[str]) -> str:
    """Return texts on one line: an answer behind its question, other things behind commas."""
    told = ""
    for part in parts:
        told = f"{told}{' ' if told.endswith('?') else ', '}{part}" if told else part
    return told


def _new_charter(added: Mapping[str, list[Plain]], speak: Speaker) -> bytes:
    """Return a charter with what an import needs, and a marker to begin with."""
    marker = {"id": "first-marker", "name": speak(N_("A first marker, to be written"))}
    plain: dict[str, Plain] = {"charter": "1", "brand": speak(N_("Our brand"))}
    plain |= {key: list(entries) for key, entries in added.items() if entries}
    plain["markers"] = [dict(marker)]
    told = speak(
        N_("Begun by an import. “charter new” shows in another folder what more it can say.")
    )
    return f"# {told}\n".encode() + _written(plain)


def _written(plain: Plain) -> bytes:
    try:
        return written(plain)
    except CannotEdit as refused:
        raise NotImported([refused.problem]) from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]


def _is_untouched(content: bytes) -> bool:
    """Return whether this is just as an import has written it."""
    sealed = _SEALED.match(content)
    return sealed is not None and sealed[1].decode() == _digest(content[sealed.end() :])
