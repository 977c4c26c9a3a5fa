"""Writing what a plan proposes into a file of the workspace, for people to decide about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charter import store
from charter.action_plans import ActionPlan
from charter.amendments import free_id
from charter.brand import Charter
from charter.messages import Language, Speaker, speaker
from charter.plan import Action
from charter.reports.names import Names
from charter.reports.plan.telling import PlanTeller
from charter.suggestions import Planned
from charter.workspace import PLANS_FOLDER, SUFFIXES, Workspace
from journeys.document import slug
from journeys.edit import AddKey, Edit, InsertItem, SetValue, edited
from journeys.plain import Plain
from journeys.source import Block, Items, read


class NotAPlanFile(Exception):
    """A plan can't be written there: it isn't a YAML file of the folder ``plans``."""


@dataclass(frozen=True)
class Proposed:
    """What was written.

    Attributes:
        file: The plan's file, relative to the workspace.
        added: How many actions were added to it.
        known: How many it had already.
    """

    file: str
    added: int
    known: int


def plan_file(root: Path, written: Path) -> str:
    """Return the name of a plan's file, relative to the workspace.

    It may be written as seen from the workspace (``plans/q4.yaml``), or from where the command
    runs.

    Raises:
        NotAPlanFile: It isn't a YAML file directly in the workspace's folder of plans.
    """
    home = Path(os.path.abspath(root)) / PLANS_FOLDER  # noqa: PTH100 - links are for the store
    for place in (root / written, written):
        path = Path(os.path.abspath(place))  # noqa: PTH100
        if path.parent == home and path.suffix in SUFFIXES and slug(path.stem):
            return f"{PLANS_FOLDER}/{path.name}"
    raise NotAPlanFile(str(written))


def write_proposals(root: Path, planned: Planned, file: str, speak: Speaker) -> Proposed:
    """Add the actions of a plan to a file of the workspace, as ideas; nothing there is changed.

    An action is left out where the file names its marker and touchpoint already, whatever became
    of it there. The file is made where there is none.

    Raises:
        store.CannotSave: It can't be written.
        store.Conflicted: Somebody else wrote it meanwhile.
    """
    done, new = _proposed(planned, file)
    if not new:
        return done
    started_from = store.contents(root, [file])
    found = started_from[file]
    written = None if found is None else found.decode("utf-8-sig")
    if written != planned.workspace.sources.get(file):
        raise store.Conflicted(())
    store.save(root, {file: _with(planned, new, file, found, speak)}, started_from)
    return done


def propose(
    files: Mapping[str, bytes], planned: Planned, file: str, speak: Speaker
) -> tuple[dict[str, bytes], Proposed]:
    """Return the files of a workspace with the actions of a plan added, as `write_proposals` does.

    ``files`` are those that were planned for.
    """
    done, new = _proposed(planned, file)
    if not new:
        return dict(files), done
    return {**files, file: _with(planned, new, file, files.get(file), speak)}, done


def _proposed(planned: Planned, file: str) -> tuple[Proposed, list[Action]]:
    """Return what becomes of the actions of a plan, and those that a file doesn't name yet."""
    there = _plan_in(planned.workspace, file)
    proposed = planned.plan.actions
    new = [each for each in proposed if not (there and _names(there, each))]
    return Proposed(file, len(new), len(proposed) - len(new)), new


def _plan_in(workspace: Workspace, file: str) -> ActionPlan | None:
    return next((plan for plan in workspace.plans if plan.file == file), None)


def _with(
    planned: Planned, new: Iterable[Action], file: str, found: bytes | None, speak: Speaker
) -> bytes:
    """Return what a plan's file says with actions added; None stands for no file yet."""
    there = _plan_in(planned.workspace, file)
    taken = {action.id for action in there.actions} if there else set()
    items = _Wording(planned, speak).items(new, taken)
    if found is None:
        plans = {plan.id for plan in planned.workspace.plans}
        start = f"plan: {free_id(Path(file).stem, plans)}\n"
        return edited(start.encode(), [AddKey(("actions",), items)], file)
    return edited(found, _added(found, items, file), file)


def _names(plan: ActionPlan, action: Action) -> bool:
    return any(
        each.marker == action.marker
        and action.touchpoint in each.touchpoints
        and each.journey in (None, action.journey)
        for each in plan.actions
    )


def _added(plan: bytes, items: list[Plain], file: str) -> list[Edit]:
    """Return how items come behind the actions of a plan that is written already."""
    root = read(plan, file).root
    actions = root.get("actions") if isinstance(root, Block) else None
    if actions is None:
        return [AddKey(("actions",), items)]
    if not isinstance(actions, Items) or not actions:
        return [SetValue(("actions",), items)]
    behind = enumerate(items, len(actions))
    return [InsertItem(("actions", place), each) for place, each in behind]


class _Wording:
    """Words the actions of a plan as a file lists them."""

    def __init__(self, planned: Planned, speak: Speaker) -> None:
        self.workspace = planned.workspace
        languages = _languages(planned.workspace.charter)
        speakers = [speaker(language) for language in languages] if len(languages) > 1 else [speak]
        self.tellers = {
            each.language: PlanTeller(planned, Names(planned.workspace, each)) for each in speakers
        }

    def items(self, actions: Iterable[Action], taken: set[str]) -> list[Plain]:
        """Return what a file lists of actions; their ids are added to those ``taken``."""
        found = []
        for action in actions:
            identifier = free_id(f"{action.marker}-at-{action.touchpoint}", taken)
            taken.add(identifier)
            found.append(self._item(identifier, action))
        return found

    def _item(self, identifier: str, action: Action) -> Plain:
        what, effect = {}, {}
        for language, teller in self.tellers.items():
            what[str(language)] = teller.what(action)
            effect[str(language)] = " ".join(teller.purposes(action))
        owner = self._owner(action)
        return {
            "id": identifier,
            "what": _words(what),
            "marker": action.marker,
            "journey": action.journey,
            "touchpoints": [action.touchpoint],
            **({"owner": owner} if owner else {}),
            "status": "idea",
            "cost": f"{action.cost:g}",
            **({"effect": _words(effect)} if any(effect.values()) else {}),
        }

    def _owner(self, action: Action) -> str | None:
        """Return who would do it: the owner of the touchpoint, else of the marker."""
        touchpoints = (
            touchpoint
            for journey in self.workspace.journeys
            if journey.id == action.journey
            for touchpoint in journey.touchpoints
            if touchpoint.id == action.touchpoint
        )
        owner = next(touchpoints).owner
        return owner or self.workspace.charter.markers_by_id[action.marker].owner


def _languages(charter: Charter) -> list[Language]:
    """Return the languages that a charter is written in, of those spoken here."""
    written = {language for marker in charter.markers for language, _ in marker.name.texts}
    return [language for language in Language if language in written]


def _words(texts: dict[str, str]) -> Plain:
    if len(texts) > 1:
        return dict(texts)
    (text,) = texts.values()
    return text
