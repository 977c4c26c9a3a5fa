"""A workspace: a charter, its rules and its journeys, read from files."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path

from charter import locking
from charter.action_plans import ActionPlan, PlannedAction
from charter.baseline import Baseline
from charter.brand import EVERYONE, FORMAT, Charter
from charter.rules import KINDS_BY_NAME, Rule
from charter.rules.kind import OfJourneys
from charter.rules.planned import PlanRule
from charter.rules.setting import Setting
from charter.waivers import Waiver
from journeys.document import SURE, Reading, closest, validate
from journeys.model import Frame, Journey, Touchpoint, declared_ids, read_journey, report_repeated
from journeys.source import (
    SIZE_LIMIT,
    Block,
    Document,
    Items,
    Node,
    Position,
    Problem,
    Text,
    paused_garbage_collection,
    read,
)

CHARTER_FILE = "charter.yaml"
RULES_FILE = "rules.yaml"
WAIVERS_FILE = "waivers.yaml"
BASELINE_FILE = "baseline.json"
HOUSE_RULES_FILE = "house.yaml"
RULES_OF_PLANS_FILE = "plans.yaml"
SUFFIXES = (".yaml", ".yml")
UNFINISHED_SAVE = ".charter-saving.json"
"""The file that is there while several files are saved, and left by a save that was broken off."""
SINGLE_FILES = (CHARTER_FILE, RULES_FILE, WAIVERS_FILE, BASELINE_FILE)
"""Those that lie in the workspace's folder itself."""
PLANS_FOLDER = "plans"
FOLDERS = ("journeys", "markers", PLANS_FOLDER)
"""Where the others lie."""


def is_workspace_file(name: str) -> bool:
    """Return whether reading a workspace reads the file of this name, relative to its folder."""
    folder, _, file = name.rpartition("/")
    if not folder:
        return file in SINGLE_FILES
    return folder in FOLDERS and file.endswith(SUFFIXES) and not file.startswith(".")


class InvalidWorkspace(Exception):
    """A workspace that can't be checked.

    Attributes:
        problems: Everything that is wrong with it, in the order of files and lines.
        sources: The text of each file that could be decoded, by name.
    """

    def __init__(self, problems: Iterable[Problem], sources: Mapping[str, str]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.position, p.code, p.reason)))
        self.sources = sources
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True)
class Workspace:
    """Everything that a folder says.

    Attributes:
        rules: As declared; the house rules where the charter has none. Behind them, where there
            are plans, those that ask of plans, one of each kind that isn't declared.
        journeys: By file name.
        sources: The text of each file, by name.
        measure: Whether shares of customers are worked out; by default in all but huge journeys.
        waivers: As listed, expired ones too.
        baseline: None where nothing was accepted on adoption.
        plans: By file name.
    """

    charter: Charter
    rules: tuple[Rule, ...]
    journeys: tuple[Journey, ...]
    sources: Mapping[str, str]
    measure: bool | None = None
    waivers: tuple[Waiver, ...] = ()
    baseline: Baseline | None = None
    plans: tuple[ActionPlan, ...] = ()

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Each journey with the charter, as rules are asked of it."""
        return tuple(
            Setting.of(self.charter, journey, measure=self.measure) for journey in self.journeys
        )

    def without_plans(self) -> Workspace:
        """Return what it says of the charter and its journeys alone, nothing of plans."""
        of_plans = {rule.id for rule in self.rules if isinstance(rule, PlanRule)}
        return replace(
            self,
            rules=tuple(rule for rule in self.rules if rule.id not in of_plans),
            waivers=tuple(waiver for waiver in self.waivers if waiver.rule not in of_plans),
            plans=(),
        )

    @property
    def chosen_rules(self) -> tuple[Rule, ...]:
        """The rules but those that come with plans by themselves."""
        return tuple(r for r in self.rules if r.position.file != RULES_OF_PLANS_FILE)

    def places(self, action: PlannedAction) -> tuple[tuple[Journey, Touchpoint], ...]:
        """Return the touchpoints of an action, each with its journey, as the action lists them."""
        return tuple(
            (journey, touchpoint)
            for name in action.touchpoints
            for journey in self.journeys
            if action.journey in (None, journey.id)
            for touchpoint in journey.touchpoints
            if touchpoint.id == name
        )

    def with_journeys(self, journeys: Iterable[Journey]) -> Workspace:
        """Return the workspace with other versions of its journeys.

        What was worked out for this one and can't have changed isn't worked out again.
        """
        changed = replace(self, journeys=tuple(journeys))
        changed._take_over(self)
        return changed

    def following(self, earlier: Workspace) -> Workspace:
        """Return this workspace, a later version of ``earlier``.

        What was worked out for that one and can't have changed isn't worked out again: where the
        charter and its rules are written just so, journeys are proved anew only as far as they
        say something else.
        """
        own, theirs = (
            {name: text for name, text in each.sources.items() if _is_of_charter(name)}
            for each in (self, earlier)
        )
        if own != theirs or self.measure != earlier.measure:
            return self
        known = {
            journey.file: journey
            for journey in earlier.journeys
            if self.sources.get(journey.file) == earlier.sources[journey.file]
        }
        # Those that ask of plans come with the first plan, and go with the last.
        is_asked_alike = bool(self.plans) == bool(earlier.plans)
        later = replace(
            self,
            charter=earlier.charter,
            rules=earlier.rules if is_asked_alike else self.rules,
            journeys=tuple(known.get(journey.file, journey) for journey in self.journeys),
        )
        later._take_over(earlier)
        return later

    def _take_over(self, earlier: Workspace) -> None:
        """Keep what was worked out for another version with the same charter and rules."""
        known = {setting.journey.id: setting for setting in earlier.settings}
        settings = []
        for setting in self.settings:
            former = known.get(setting.journey.id)
            if former is not None and former.journey is setting.journey:
                settings.append(former)
                continue
            if former is not None:
                setting.take_over(former)
            settings.append(setting)
        self.__dict__["settings"] = tuple(settings)


def _is_of_charter(file: str) -> bool:
    """Return whether a file holds the charter, its markers or its rules."""
    return file in (CHARTER_FILE, RULES_FILE) or file.startswith("markers/")


def read_folder(root: Path) -> Workspace:
    """Return the workspace in the folder ``root``.

    Raises:
        InvalidWorkspace: It can't be read, or isn't valid.
    """
    files, problems = folder_files(root)
    if problems:
        raise read_in_part(files, problems)
    return read_files(files)


def folder_files(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the bytes of each file of the workspace in a folder, and why others can't be read.

    Raises:
        InvalidWorkspace: There is no such folder.
    """
    try:
        is_folder = root.is_dir()
    except OSError as error:
        detail = {"detail": error.strerror or type(error).__name__}
        position = Position(_told(root), 1, 1)
        raise InvalidWorkspace([Problem("CH001", "unreadable", position, detail)], {}) from None
    if not is_folder:
        position = Position(_told(root), 1, 1)
        raise InvalidWorkspace([Problem("CH001", "not-a-folder", position)], {})
    problems: list[Problem] = []
    return _read_bytes(root, problems), problems


def read_in_part(
    files: Mapping[str, bytes | str], problems: Collection[Problem]
) -> InvalidWorkspace:
    """Return all that is wrong with a workspace of which only ``files`` could be read.

    What could be read is looked at all the same: people want every problem at once.
    """
    try:
        read_files(files)
    except InvalidWorkspace as invalid:
        lost = {problem.position.file for problem in problems}
        found = [p for p in invalid.problems if p.position.file not in lost]
        return InvalidWorkspace([*problems, *found], invalid.sources)
    return InvalidWorkspace(problems, {})


def contents_fingerprint(root: Path) -> str:
    """Return a name for what a workspace's files say, readable or not; another once they change."""
    problems: list[Problem] = []
    files = _read_bytes(root, problems) if os.path.isdir(root) else {}  # noqa: PTH112 - Path.is_dir raises for odd names
    digest = hashlib.blake2b(digest_size=16)
    for name, content in files.items():
        digest.update(f"\0{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    digest.update(repr(problems).encode(errors="backslashreplace"))
    return digest.hexdigest()


def _read_bytes(root: Path, problems: list[Problem]) -> dict[str, bytes]:
    """Return the bytes of each file of the workspace; what can't be read goes to ``problems``."""
    with locking.reading(root):
        return _read_bytes_locked(root, problems)


def _read_bytes_locked(root: Path, problems: list[Problem]) -> dict[str, bytes]:
    def report(path: Path, reason: str, **parameters: object) -> None:
        position = Position(_told(path.relative_to(root)), 1, 1)
        problems.append(Problem("CH001", reason, position, parameters))

    def report_unreadable(path: Path, error: OSError) -> None:
        report(path, "unreadable", detail=error.strerror or type(error).__name__)

    if os.path.lexists(root / UNFINISHED_SAVE):
        report(root / UNFINISHED_SAVE, "unfinished-save")
    home = Path(os.path.realpath(root))
    files: dict[str, bytes] = {}

    def take(path: Path) -> None:
        try:
            # Path.resolve has an exception of its own for links that go round in circles.
            if not Path(os.path.realpath(path, strict=True)).is_relative_to(home):
                report(path, "outside")
            elif not path.is_file():
                # Reading a pipe would wait for somebody to write.
                report(path, "not-a-file")
            elif path.stat().st_size > SIZE_LIMIT:
                report(path, "too-large", limit=SIZE_LIMIT // (1024 * 1024))
            else:
                files[_told(path.relative_to(root))] = path.read_bytes()
        except OSError as error:
            report_unreadable(path, error)

    for name in SINGLE_FILES:
        try:
            (root / name).lstat()
        except FileNotFoundError:
            continue
        except OSError as error:
            report_unreadable(root / name, error)
        else:
            take(root / name)
    for folder in FOLDERS:
        try:
            found = sorted((root / folder).iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            report_unreadable(root / folder, error)
            continue
        for path in found:
            if is_workspace_file(f"{folder}/{path.name}"):
                take(path)
    return files


def _told(path: Path) -> str:
    return told_name(os.fsencode(path.as_posix()))


def told_name(path: bytes) -> str:
    """Return the name of a file as people are told it, whatever bytes it is made of."""
    return path.decode("utf-8", errors="backslashreplace")


def read_files(files: Mapping[str, bytes | str]) -> Workspace:
    """Return the workspace that ``files`` hold, by their names relative to its folder.

    Raises:
        InvalidWorkspace: They aren't a valid workspace. Every problem is listed.
    """
    with paused_garbage_collection():
        return _Reader(files).workspace()


class _Reader:
    """Reads the files of a workspace against one another, noting every problem on the way."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = {}
        self.documents: dict[str, Document] = {}
        for name in sorted(files):
            content = files[name]
            encoded = content.encode() if isinstance(content, str) else content
            document = read(encoded, name)
            self.documents[name] = document
            self.sources[name] = document.text
            self.problems.extend(document.problems)

    def workspace(self) -> Workspace:
        if CHARTER_FILE not in self.documents:
            position = Position(CHARTER_FILE, 1, 1)
            self.problems.append(Problem("CH001", "missing-file", position, {"file": CHARTER_FILE}))
        root = self._whole_charter()
        if self._is_of_another_version(root):
            root = None
        known = self._known_ids(root)
        charter = self._read_charter(root, known)
        rules = self._read_rules(root, known)
        journeys = self._read_journeys(known)
        plans = self._read_plans(known, charter)
        rules += rules_of_plans(rules) if plans else []
        waivers = self._read_waivers(known, rules, plans)
        baseline = self._read_baseline()
        if self.problems or charter is None:
            raise InvalidWorkspace(self.problems, self.sources)
        return Workspace(
            charter,
            tuple(rules),
            tuple(journeys),
            self.sources,
            waivers=tuple(waivers),
            baseline=baseline,
            plans=tuple(plans),
        )

    def _is_of_another_version(self, root: Node | None) -> bool:
        """Return whether the charter is written for another program, and note it if so."""
        version = root.get("charter") if isinstance(root, Block) else None
        if not isinstance(version, Text) or version.is_blank or version == FORMAT:
            return False
        # What else looks wrong in it may not be.
        self.problems = [p for p in self.problems if p.position.file != CHARTER_FILE]
        self.problems.append(
            Problem("CH001", "unknown-version", version.position, {"value": str(version)})
        )
        return True

    def _files_in(self, folder: str) -> list[Document]:
        return [d for name, d in self.documents.items() if name.startswith(f"{folder}/")]

    def _whole_charter(self) -> Node | None:
        """Return charter.yaml with what markers/ and rules.yaml hold put in its place."""
        root = self.documents[CHARTER_FILE].root if CHARTER_FILE in self.documents else None
        if not isinstance(root, Block):
            return root
        rules_file = self.documents.get(RULES_FILE)
        parts = {
            "markers": [d.root for d in self._files_in("markers")],
            "rules": [rules_file.root] if rules_file else [],
        }
        whole = Block.at(root, root.position)
        for key, roots in parts.items():
            more: list[Node] = []
            for part in roots:
                more.extend(part if isinstance(part, Items) else [part] if part else [])
            written = root.get(key)
            is_blank = isinstance(written, Text) and written.is_blank
            if more and (written is None or is_blank or isinstance(written, Items)):
                own = written if isinstance(written, Items) else Items.at([], more[0].position)
                whole[key] = Items.at([*own, *more], own.position)
        return whole

    def _known_ids(self, root: Node | None) -> dict[str, Collection[str]]:
        """Return the ids that the files declare, whether or not they are valid elsewhere."""
        known: dict[str, Collection[str]] = {}
        if isinstance(root, Block):
            for what in ("channel", "stage", "segment", "marker", "value", "rule"):
                declared = declared_ids(root, f"{what}s")
                report_repeated(declared, what, Reading(problems=self.problems))
                known[what] = tuple(map(str, declared))
            known["segment"] = known["segment"] or (EVERYONE,)
            for what in ("channel", "stage", "marker"):
                # A charter without any is told so; not each place that names one as well.
                if not known[what]:
                    del known[what]
        names: list[Text] = []
        touchpoints: list[Text] = []
        outcomes: list[str] = []
        for document in self._files_in("journeys"):
            name = document.root.get("journey") if isinstance(document.root, Block) else None
            if isinstance(name, Text) and not name.is_blank:
                names.append(name)
            touchpoints.extend(declared_ids(document.root, "touchpoints"))
            outcomes.extend(_outcomes(document.root))
        report_repeated(names, "journey", Reading(problems=self.problems))
        known["journey"] = tuple(map(str, names))
        known["touchpoint"] = tuple(dict.fromkeys(map(str, touchpoints)))
        known["outcome"] = tuple(dict.fromkeys(outcomes))
        known["plan"] = tuple(map(str, self._names_of_plans()))
        return known

    def _read_charter(
        self, root: Node | None, known: Mapping[str, Collection[str]]
    ) -> Charter | None:
        if root is None:
            return None
        if isinstance(root, Block):
            entries = {key: value for key, value in root.items() if key != "rules"}
            root = Block.at(entries, root.position)
        return validate(Charter, root, Reading(known, self.problems))

    def _read_rules(self, root: Node | None, known: Mapping[str, Collection[str]]) -> list[Rule]:
        reading = Reading(known, self.problems)
        if not isinstance(root, Block):
            return []
        written = root.get("rules")
        if written is None or (isinstance(written, Text) and written.is_blank):
            return house_rules()
        if not isinstance(written, Items):
            reading.report("CH001", "expected-list", written.position, key="rules")
            return []
        rules = [read_rule(item, reading) for item in written]
        return [rule for rule in rules if rule] if written else house_rules()

    def _read_journeys(self, known: Mapping[str, Collection[str]]) -> list[Journey]:
        reading = Reading(problems=self.problems)
        frame = None
        if all(what in known for what in ("channel", "stage", "segment", "marker")):
            frame = Frame(
                channels=tuple(known["channel"]),
                stages=tuple(known["stage"]),
                segments=tuple(known["segment"]),
                labels=tuple(known["marker"]),
            )
        found = [
            read_journey(document.root, frame, reading)
            for document in self._files_in("journeys")
            if document.root is not None
        ]
        return [journey for journey in found if journey]

    def _read_waivers(
        self,
        known: Mapping[str, Collection[str]],
        rules: Iterable[Rule],
        plans: Iterable[ActionPlan],
    ) -> list[Waiver]:
        document = self.documents.get(WAIVERS_FILE)
        if document is None or document.root is None:
            return []
        if not isinstance(document.root, Items):
            position = document.root.position
            Reading(problems=self.problems).report(
                "CH001", "expected-list", position, key=WAIVERS_FILE
            )
            return []
        by_id = {rule.id: rule for rule in rules}
        actions = [f"{plan.id}/{action.id}" for plan in plans for action in plan.actions]
        touchpoints = self._touchpoints_by_journey()
        found = []
        for item in document.root:
            journey = item.get("journey") if isinstance(item, Block) else None
            here = touchpoints.get(str(journey), known.get("touchpoint", ()))
            # Rules that can't be read name what they are all the same; others are in no file.
            rule_ids = tuple(dict.fromkeys([*known.get("rule", ()), *by_id]))
            declared = {"rule": rule_ids, "touchpoint": here, "action": actions}
            reading = Reading({**known, **declared}, self.problems)
            waiver = validate(Waiver, item, reading)
            if waiver is not None:
                _check_scope(waiver, by_id.get(waiver.rule), reading)
                found.append(waiver)
        return found

    def _read_baseline(self) -> Baseline | None:
        document = self.documents.get(BASELINE_FILE)
        if document is None or document.root is None:
            return None
        reading = Reading()
        baseline = validate(Baseline, document.root, reading)
        # In a format that isn't known, what else looks wrong may not be.
        unknown = [p for p in reading.problems if p.reason == "unknown-baseline"]
        self.problems.extend(unknown or reading.problems)
        met: set[str] = set()
        for entry in baseline.entries if baseline and not unknown else ():
            if entry.fingerprint in met:
                repeated = {"id": entry.fingerprint, "key": "fingerprint"}
                position = entry.position_of("fingerprint")
                self.problems.append(Problem("CH001", "repeated", position, repeated))
            met.add(entry.fingerprint)
        return baseline

    def _read_plans(
        self, known: Mapping[str, Collection[str]], charter: Charter | None
    ) -> list[ActionPlan]:
        report_repeated(self._names_of_plans(), "plan", Reading(problems=self.problems))
        return [
            plan
            for document in self._files_in(PLANS_FOLDER)
            if document.root is not None
            and (plan := self._read_plan(document.root, known, charter)) is not None
        ]

    def _names_of_plans(self) -> list[Text]:
        return [
            name
            for document in self._files_in(PLANS_FOLDER)
            if isinstance(document.root, Block)
            and isinstance(name := document.root.get("plan"), Text)
            and not name.is_blank
        ]

    def _read_plan(
        self, root: Node, known: Mapping[str, Collection[str]], charter: Charter | None
    ) -> ActionPlan | None:
        """Return the plan that a file holds, each action read against its own journey."""
        report_repeated(declared_ids(root, "actions"), "action", Reading(problems=self.problems))
        touchpoints = self._touchpoints_by_journey()
        written = root.get("actions") if isinstance(root, Block) else None
        actions = []
        if isinstance(root, Block) and isinstance(written, Items):
            for item in written:
                journey = item.get("journey") if isinstance(item, Block) else None
                here = touchpoints.get(str(journey), known.get("touchpoint", ()))
                reading = Reading({**known, "touchpoint": here}, self.problems)
                action = validate(PlannedAction, item, reading)
                actions += [action] if action else []
            entries = {key: value for key, value in root.items() if key != "actions"}
            root = Block.at(entries, root.position)
        reading = Reading(known, self.problems)
        plan = validate(ActionPlan, root, reading)
        if plan is None:
            return None
        if isinstance(written, Items):
            plan = plan.model_copy(update={"actions": tuple(actions)})
        brands = [text for _, text in charter.brand.texts] if charter else []
        plan.report_misfits(touchpoints, brands, reading)
        return plan

    def _touchpoints_by_journey(self) -> dict[str, tuple[str, ...]]:
        return {
            str(document.root["journey"]): tuple(
                map(str, declared_ids(document.root, "touchpoints"))
            )
            for document in self._files_in("journeys")
            if isinstance(document.root, Block) and "journey" in document.root
        }


def _check_scope(waiver: Waiver, rule: Rule | None, reading: Reading) -> None:
    """Note what a waiver says that its rule has no use for, or leaves out that it needs."""
    is_of_a_journey = isinstance(rule, OfJourneys) and not rule.may_concern_the_charter
    if is_of_a_journey and waiver.journey is None:
        reading.report("CH001", "missing-key", waiver.position, key="journey")
    reason = "whole-charter"
    idle: tuple[str, ...] = ("journey", "segment", "through", "action")
    if isinstance(rule, PlanRule):
        reason = "of-plans"
        idle = ("journey", "through")
    elif isinstance(rule, OfJourneys):
        reason = "not-of-plans"
        idle = ("action",)
    for key in idle:
        if rule is not None and getattr(waiver, key) is not None:
            reading.report("CH001", reason, waiver.position_of(key), key=key, rule=rule.id)
    if waiver.since is not None and waiver.since > waiver.expires:
        reading.report("CH001", "since-after-expires", waiver.position_of("since"))


def _outcomes(root: Node | None) -> list[str]:
    """Return the outcomes that a journey declares, else those that its exits name."""
    declared = declared_ids(root, "outcomes")
    if declared or not isinstance(root, Block):
        return list(map(str, declared))
    touchpoints = root.get("touchpoints")
    items = touchpoints if isinstance(touchpoints, Items) else ()
    exits = (item.get("exit") for item in items if isinstance(item, Block))
    return [str(name) for name in exits if isinstance(name, Text)]


def read_rule(item: Node, reading: Reading) -> Rule | None:
    """Return the rule that ``item`` holds, or None; problems go to ``reading``."""
    if not isinstance(item, Block):
        reading.report("CH001", "expected-mapping", item.position, keys=("id", "kind"))
        return None
    # A key that is probably meant to be “kind” serves as one; its shape notes it as unknown.
    known = Rule.keys()
    slip = closest("kind", [key for key in item if key not in known], SURE)
    kind = item.get("kind", item.get(slip or ""))
    if not isinstance(kind, Text) or kind.is_blank:
        reading.report("CH001", "missing-key", item.position, key="kind")
        return None
    if kind not in KINDS_BY_NAME:
        names = tuple(KINDS_BY_NAME)
        reading.report(
            "CH001",
            "unknown-kind",
            kind.position,
            value=str(kind),
            suggestion=closest(kind, names),
            known=names,
        )
        return None
    asked = KINDS_BY_NAME[kind]
    return validate(asked, _without_options_of_others(item, asked, reading), reading)


def _without_options_of_others(item: Block, asked: type[Rule], reading: Reading) -> Block:
    """Note each option of ``item`` that only other kinds take, and return it without them."""
    options = {name: kind.keys() for name, kind in KINDS_BY_NAME.items()}
    keys = asked.keys()
    kept = {}
    for key, value in item.items():
        takers = tuple(name for name, taken in options.items() if key in taken)
        if key in keys or not takers or closest(key, keys, SURE):
            kept[key] = value
            continue
        reading.report(
            "CH001",
            "option-of-others",
            item.position_of_key(key),
            key=str(key),
            kind=asked.name(),
            takers=takers,
            known=keys,
        )
    return Block.at(kept, item.position)


def house_rules_text() -> str:
    """Return the house rules as YAML, a list."""
    return (resources.files("charter.rules") / HOUSE_RULES_FILE).read_text(encoding="utf-8")


def house_rules() -> list[Rule]:
    """Return what a charter without rules of its own is held to."""
    return _read_own_rules(house_rules_text(), HOUSE_RULES_FILE)


def rules_of_plans(declared: Collection[Rule]) -> list[Rule]:
    """Return what plans are held to beside the rules declared: a rule of each kind not among them.

    Each is called as its kind, with a number behind it where something else is called so.
    """
    text = (resources.files("charter.rules") / RULES_OF_PLANS_FILE).read_text(encoding="utf-8")
    kinds = {rule.kind for rule in declared}
    taken = {rule.id for rule in declared}
    return [
        rule.model_copy(update={"id": _free(rule.id, taken)})
        for rule in _read_own_rules(text, RULES_OF_PLANS_FILE)
        if rule.kind not in kinds
    ]


def _free(identifier: str, taken: Collection[str]) -> str:
    """Return an id that isn't taken: itself, else with the first number that makes it so."""
    numbered = (f"{identifier}-{number}" for number in itertools.count(2))
    candidates = itertools.chain([identifier], numbered)
    return next(each for each in candidates if each not in taken)


def _read_own_rules(text: str, file: str) -> list[Rule]:
    """Return the rules that this program brings along."""
    document = read(text.encode(), file)
    items = document.root if isinstance(document.root, Items) else ()
    return [rule for item in items if (rule := read_rule(item, Reading()))]
