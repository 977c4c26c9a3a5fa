"""The schemas that editors complete with: they take what the reader takes, as far as is seen."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from charter.cli import schema as command
from charter.messages import Language
from charter.rules import KINDS
from charter.rules.documentation import english
from charter.schema import FILES, NAMES, schemas
from charter.starter import samples
from charter.usecases.new import start_workspace
from charter.workspace import read_files
from tests.conftest import CHARTER, VISIT
from tests.scenarios.transcript import run_here

ROOT = Path(__file__).parent.parent
SCHEMAS = schemas()
VALIDATORS = {name: Draft202012Validator(schema) for name, schema in SCHEMAS.items()}


class AsEditorsRead(yaml.SafeLoader):
    """YAML's core schema: numbers, true, false and null; no dates, no yes and no."""


AsEditorsRead.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    AsEditorsRead.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def load(text: str) -> Any:
    return yaml.load(text, Loader=AsEditorsRead)


def problems(name: str, text: str) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(load(text))]


def workspace_files() -> Iterator[Any]:
    folders = [*(ROOT / "samples").iterdir(), *(ROOT / "charter" / "starter_files").iterdir()]
    for folder in sorted(folders):
        for name, pattern in FILES.items():
            for file in sorted(folder.glob(pattern)):
                yield pytest.param(name, file, id=file.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_a_schema_is_one(schema: dict[str, Any]):
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(("name", "file"), list(workspace_files()))
def test_every_file_of_the_samples_and_the_start_fits(name: str, file: Path):
    assert problems(name, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name())
def test_the_examples_of_each_kind_fit(kind: Any):
    """As their documentation writes them."""
    _, _, example = english(kind).partition("# Breaks\n")
    rules = "\n".join(
        line for line in example.split("touchpoints:")[0].splitlines() if line.startswith("    ")
    )
    asked = load(rules)
    assert asked["rules"][-1]["kind"] == kind.name()
    errors = [e.message for e in VALIDATORS["rules"].iter_errors(asked["rules"])]
    assert errors == []


TOUCHPOINT = "journey: j\ntouchpoints:\n  - {{id: a, stage: s, channel: c, {}}}\n"


@pytest.mark.parametrize(
    "written",
    [
        "entry: yes",
        "entry: true, arrives: 40",
        "entry: 'true', arrives: {newcomer: 10, loyal: .5}",
        "exit: bought, ends: '20'",
        "name: 2026",
        "name: true",
        "name: {en: A, fr: B}",
        "name: ",
        "owner: 12",
        "emotion: -2",
        "emotion: '1'",
        "markers: host",
        "markers: 010",
        "markers: [host, {marker: light, segments: loyal, status: planned}]",
        "next: b",
        "next: [b, {to: c, share: 40, markers: host, because: They can.}]",
        "indicators: {quantitative: waiting, qualitative: [how]}",
        "effort: {duration: 1, value: 3}",
        "control: customer, status: retired",
        "moment-of-truth: off",
        "content: a.md",
    ],
)
def test_what_the_reader_takes_fits(written: str):
    text = TOUCHPOINT.format(written)
    frame = CHARTER.replace("{id: store", "{id: c}\n  - {id: store").replace(
        "{id: discover", "{id: s}\n  - {id: discover"
    )
    for marker in ("host", "light", "010"):
        frame = frame.replace("markers:\n", f"markers:\n  - {{id: '{marker}', name: M}}\n", 1)
    others = "".join(f"  - {{id: {each}, stage: s, channel: c, entry: true}}\n" for each in "bc")
    read_files({"charter.yaml": frame, "journeys/j.yaml": text + others})
    assert problems("journey", text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("journey", TOUCHPOINT.format("nmae: A")),
        ("journey", TOUCHPOINT.format("channels: [web]")),
        ("journey", TOUCHPOINT.format("arrives: 40")),
        ("journey", TOUCHPOINT.format("ends: 40")),
        ("journey", TOUCHPOINT.format("entry: maybe")),
        ("journey", TOUCHPOINT.format("emotion: 3")),
        ("journey", TOUCHPOINT.format("emotion: 0.5")),
        ("journey", TOUCHPOINT.format("control: ours")),
        ("journey", TOUCHPOINT.format("markers: [Host]")),
        ("journey", TOUCHPOINT.format("markers: {marker: host}")),
        ("journey", TOUCHPOINT.format("next: [{share: 1}]")),
        ("journey", TOUCHPOINT.format("next: [{to: b, share: 0}]")),
        ("journey", TOUCHPOINT.format("next: [{to: b, share: {Loyal: 1}}]")),
        ("journey", TOUCHPOINT.format("name: {english: A}")),
        ("journey", TOUCHPOINT.format("effort: {duration: 4}")),
        ("journey", "journey: j\n"),
        ("journey", "journey: j\ntouchpoints: []\n"),
        ("journey", "touchpoints: [{id: a, stage: s, channel: c}]\n"),
        ("journey", "journey: j\ntouchpoints: [{id: a, stage: s}]\n"),
        ("journey", "journey: -1\ntouchpoints: [{id: a, stage: s, channel: c}]\n"),
        ("charter", CHARTER.replace("charter: 1", "charter: 2")),
        ("charter", CHARTER.replace("brand: Maison Lumière\n", "")),
        ("charter", CHARTER.replace("weight: 60", "weight: -60")),
        ("charter", CHARTER.replace("role: irritant", "role: nuisance")),
        ("charter", CHARTER.replace("not-for:", "notfor:")),
        ("charter", CHARTER.replace("kind: carries", "kind: carry")),
        ("charter", CHARTER.replace("times: 0", "time: 0")),
        ("charter", CHARTER.replace("markers: [farewell]", "markers: [farewell], any-of: basic")),
        ("charter", CHARTER + "reviewed: yesterday\n"),
        ("rules", "- {id: a, kind: carries}\n"),
        ("rules", "- {kind: carries, markers: a}\n"),
        ("rules", "- {id: a, kind: carries, markers: a, for-share: 95}\n"),
        ("rules", "- {id: a, kind: carries, markers: a, for-share: 101%}\n"),
        ("rules", "- {id: a, kind: no-gap, markers: a, at-least: 2}\n"),
        ("rules", "- {id: a, kind: follows, markers: a, after: {emotion: low}}\n"),
        ("rules", "id: a\n"),
        ("markers", "- {id: a}\n"),
        ("waivers", "- {rule: a, journey: j, owner: o, expires: 2026-12-31}\n"),
        ("waivers", "- {rule: a, reason: r, owner: o, expires: soon}\n"),
    ],
)
def test_a_mistake_doesnt_fit(name: str, text: str):
    assert problems(name, text) != []


def test_what_the_mistakes_are_made_of_fits():
    assert problems("charter", CHARTER) == []
    assert problems("journey", VISIT) == []
    assert problems("journey", TOUCHPOINT.format("name: A")) == []
    waiver = "- {rule: a, journey: j, reason: r, owner: o, expires: 2026-12-31}\n"
    assert problems("waivers", waiver) == []
    assert problems("markers", "{id: a, name: A}") == []


def test_each_kind_of_rule_is_described():
    definitions = SCHEMAS["rules"]["$defs"]
    for kind in KINDS:
        assert english(kind).split("\n")[0] in definitions[kind.name()]["description"]


@pytest.mark.parametrize("name", NAMES)
def test_each_key_is_described_and_each_shape(name: str):
    """Of every shape, however small, that a file may hold."""
    for shape, made in SCHEMAS[name]["$defs"].items():
        assert made.get("description") or shape == "Rule", shape
        keys = made["properties"].items()
        assert [key for key, value in keys if not value.get("description")] == [], shape


def test_the_command_knows_the_same_names():
    assert command.NAMES == NAMES == tuple(SCHEMAS)


@pytest.mark.parametrize("sample", [None, *samples()])
def test_new_files_name_schemas_that_are_there(sample: str | None, tmp_path: Path):
    """By a path relative to each file, so that editors complete without a network."""
    names = start_workspace(tmp_path / "new", Language.ENGLISH, sample)
    written = [tmp_path / "new" / name for name in names if name.endswith(".yaml")]
    assert len(written) >= 2
    for file in written:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        reference = first.removeprefix("# yaml-language-server: $schema=")
        assert reference != first
        schema = json.loads((file.parent / reference).read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(load(file.read_text("utf-8")))) == []


def test_all_schemas_are_written_into_a_folder(tmp_path: Path):
    done = run_here(["schema", "--to", "made/here"], tmp_path)
    assert done.status == 0
    files = sorted((tmp_path / "made" / "here").iterdir())
    assert [file.name for file in files] == sorted(f"{name}.schema.json" for name in NAMES)
    for name in NAMES:
        printed = run_here(["schema", name], tmp_path).stdout
        assert printed == (tmp_path / "made" / "here" / f"{name}.schema.json").read_text("utf-8")


@pytest.mark.parametrize("words", [[], ["charter", "--to", "x"], ["charters"]])
def test_one_thing_is_asked_for(words: list[str], tmp_path: Path):
    assert run_here(["schema", *words], tmp_path).status == 2
    assert list(tmp_path.iterdir()) == []
