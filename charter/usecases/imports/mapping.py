"""What people say about an imported diagram that the diagram doesn't say: stages and channels."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from charter.usecases.importing import File
from journeys.document import Reading, Shape, validate
from journeys.source import Problem, read

FORMAT = "1"


def _read_version(value: object) -> str:
    if value != FORMAT:
        raise PydanticCustomError("unknown-version", "version 1")
    return FORMAT


class PlaceMapping(Shape):
    """What holds for all that is in a lane or pool.

    Attributes:
        channel: The channel of its touchpoints.
        owner: The team that answers for them.
    """

    channel: str | None = None
    owner: str | None = None


class TouchpointMapping(Shape):
    """What holds for one touchpoint.

    Attributes:
        stage: Its stage.
        channel: Its channel.
    """

    stage: str | None = None
    channel: str | None = None


class JourneyMapping(Shape):
    """What a diagram doesn't say of one journey.

    Attributes:
        stages: The stage of what is in a part of the diagram, by the part's name.
        places: What holds for lanes and pools, by their names.
        touchpoints: What holds for touchpoints, by the ids that they get.
    """

    stages: dict[str, str] = {}
    places: dict[str, PlaceMapping] = {}
    touchpoints: dict[str, TouchpointMapping] = {}


class ImportMapping(Shape):
    """What a diagram doesn't say, as its import asks for it.

    Attributes:
        mapping: The version of the format.
        journeys: What is said of each journey, by the id that it gets.
    """

    mapping: Annotated[str, PlainValidator(_read_version)]
    journeys: dict[str, JourneyMapping] = {}


def read_mapping(file: File | None, problems: list[Problem]) -> ImportMapping:
    """Return what a mapping file says; nothing where there is none.

    What is wrong with it goes to ``problems``.
    """
    nothing = ImportMapping.made({"mapping": FORMAT})
    if file is None:
        return nothing
    document = read(file.content, file.name)
    problems += document.problems
    if document.root is None:
        return nothing
    reading = Reading(problems=problems)
    return validate(ImportMapping, document.root, reading) or nothing
