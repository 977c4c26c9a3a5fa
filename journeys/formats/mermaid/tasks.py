"""A Mermaid user journey: sections of tasks, each with a score and with those who take part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from journeys.formats.draft import DraftJourney, DraftTouchpoint, DraftTransition
from journeys.formats.ids import id_of_name, one_line
from journeys.formats.markup import Unreadable
from journeys.formats.mermaid.labels import unescaped
from journeys.formats.mermaid.text import Sheet
from journeys.formats.notes import Note
from journeys.source import Position, Problem

DONE = "done"
TASK_LIMIT = 5_000
"""Most tasks in one journey."""
ACTOR_LIMIT = 100
"""Most who take part in one journey."""
MIDDLE = 3
"""The score of what is felt neither well nor badly; 1 is worst, 5 is best."""
SCORES = range(1, 6)

_SILENT = re.compile(r"acc(Title|Descr)\b")
# A semicolon, but that of an entity.
_STATEMENT_END = re.compile(r"^((?>#\w+;|[^;])*+);$")
_PROBLEMS_TOLD = 20


@dataclass(frozen=True)
class Task:
    """A task.

    Attributes:
        score: How it feels, from 1 to 5; None where that isn't told.
        actors: Who takes part, none where nobody is named.
    """

    name: str
    section: str
    score: int | None
    actors: tuple[str, ...]
    position: Position


def read_tasks(sheet: Sheet) -> tuple[str, list[Task], list[Note]]:
    """Return the title of a user journey, its tasks, and what isn't carried over.

    Raises:
        Unreadable: Some of it can't be read, or there is no task.
    """
    title, section = sheet.title, ""
    tasks: list[Task] = []
    everyone: set[str] = set()
    notes: list[Note] = []
    problems: list[Problem] = []
    first = sheet.text.count("\n", 0, sheet.begin) + 1
    for number, line in enumerate(sheet.text[sheet.begin :].split("\n"), first):
        text = _STATEMENT_END.sub(r"\1", line.strip())
        indent = len(line) - len(line.lstrip()) + (sheet.begin if number == first else 0)
        position = Position(sheet.file, number, indent + 1)
        word, _, rest = text.partition(" ")
        if not text or _SILENT.match(text):
            continue
        if word == "title":
            title = title or _shown(rest)
        elif word == "section":
            section = _shown(rest)
        else:
            task = _task(text, section, position, notes)
            if task is None:
                problems.append(Problem("CH001", "no-score", position, {"text": text[:30]}))
            else:
                tasks.append(task)
                everyone.update(task.actors)
            if len(tasks) > TASK_LIMIT:
                raise Unreadable.because("too-many-flow-nodes", position, limit=TASK_LIMIT)
            if len(everyone) > ACTOR_LIMIT:
                raise Unreadable.because("too-many-actors", position, limit=ACTOR_LIMIT)
            if len(problems) >= _PROBLEMS_TOLD:
                break
    if not tasks and not problems:
        problems.append(Problem("CH001", "no-task", Position(sheet.file, 1, 1)))
    if problems:
        raise Unreadable(tuple(problems))
    return title, tasks, notes


def _task(text: str, section: str, position: Position, notes: list[Note]) -> Task | None:
    """Return the task that a line tells; None where it tells none."""
    name, *data = [_shown(part) for part in text.split(":", 2)]
    if not name or not data:
        return None
    score = None
    if data[0].isdecimal() and len(data[0]) < 3 and int(data[0]) in SCORES:
        score = int(data[0])
    else:
        notes.append(Note("score-lost", position, {"name": name, "details": data[0]}))
    actors = text.split(":", 2)[2].split(",") if len(data) > 1 else []
    shown = dict.fromkeys(actor for each in actors if (actor := _shown(each)))
    return Task(name, section, score, tuple(shown), position)


def drafted(title: str, tasks: list[Task]) -> DraftJourney:
    """Return the journey: each actor goes through their tasks, one after the other."""
    everyone = dict.fromkeys(actor for task in tasks for actor in task.actors)
    following: list[dict[int, None]] = [{} for _ in tasks]
    entries: set[int] = set()
    exits: set[int] = set()
    taking_part = [frozenset(task.actors) for task in tasks]
    for actor in everyone or [""]:
        line = [
            place
            for place, actors in enumerate(taking_part)
            if not actor or not actors or actor in actors
        ]
        entries.add(line[0])
        exits.add(line[-1])
        for place, after in pairwise(line):
            following[place][after] = None
    touchpoints = tuple(
        DraftTouchpoint(
            str(place),
            id_of_name(task.name),
            task.name,
            task.position,
            stage=task.section,
            is_entry=place in entries,
            exit=DONE if place in exits else None,
            segments=() if set(task.actors) == set(everyone) else task.actors,
            emotion=None if task.score in (None, MIDDLE) else task.score - MIDDLE,
            next=tuple(DraftTransition(str(after)) for after in following[place]),
        )
        for place, task in enumerate(tasks)
    )
    return DraftJourney(
        id_of_name(title),
        title,
        tasks[0].position,
        touchpoints,
        {DONE: ""},
        segments=tuple(everyone),
    )


def _shown(text: str) -> str:
    return one_line(unescaped(text))
