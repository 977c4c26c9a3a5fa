"""What is ready to be copied names only commands and options that there are."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from charter.cli import commands
from charter.messages import Language, Speaker
from charter.waivers import Waiver
from journeys.document import Reading, validate
from journeys.source import Items, read

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / "docs" / "github-workflow.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GUIDES = [ROOT / "docs" / "adoption.md", ROOT / "docs" / "adoption.fr.md"]
COMMANDS = commands(Speaker(Language.ENGLISH))


def parse(words: list[str]) -> None:
    """Parse a command as click would, without running it.

    Raises:
        click.UsageError: There is no such command or option, or a value isn't a choice.
    """
    name, command, rest = COMMANDS.resolve_command(click.Context(COMMANDS), words)
    assert command is not None
    command.make_context(name, rest)


def workflow() -> dict[str, Any]:
    read = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def steps() -> list[dict[str, Any]]:
    (job,) = workflow()["jobs"].values()
    return list(job["steps"])


def commands_in(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.strip().startswith("charter "):
            words = shlex.split(re.split(r"\|\||>>", line)[0])
            yield words[1:]


def all_commands() -> list[Any]:
    found = [words for step in steps() for words in commands_in(step.get("run", ""))]
    for guide in GUIDES:
        for block in re.findall(r"```sh\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
            found += list(commands_in(block))
    for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8")):
        found.append(shlex.split(hook["entry"])[1:])
    return [pytest.param(words, id=" ".join(words)) for words in found]


@pytest.mark.parametrize("words", all_commands())
def test_every_command_is_one(words: list[str]):
    parse(words)


@pytest.mark.parametrize(
    "words", [["chek"], ["check", "--formt", "json"], ["check", "--format", "pdf"], ["diff"]]
)
def test_a_command_that_isnt_one_is_noticed(words: list[str]):
    with pytest.raises(click.UsageError):
        parse(words)


def test_the_workflow_uses_the_formats_made_for_it():
    text = WORKFLOW.read_text(encoding="utf-8")
    for wanted in ("--format github", "--format sarif", "--format markdown", "charter diff"):
        assert wanted in text


def test_the_workflow_may_do_no_more_than_it_needs():
    assert workflow()["permissions"] == {"contents": "read"}
    (job,) = workflow()["jobs"].values()
    assert job["permissions"] == {
        "contents": "read",
        "security-events": "write",
        "pull-requests": "write",
    }
    # A pull request's own words never get into a script.
    assert not any("${{" in step.get("run", "") for step in steps())


def test_actions_are_pinned_by_major_version():
    used = [step["uses"] for step in steps() if "uses" in step]
    assert len(used) >= 4
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", each) for each in used)


@pytest.mark.parametrize(
    ("file", "is_read"),
    [
        ("charter.yaml", True),
        ("brand/rules.yaml", True),
        ("brand/journeys/buying.yml", True),
        ("markers/a.yaml", True),
        ("baseline.json", True),
        ("waivers.yaml", True),
        ("journeys/notes.md", False),
        ("mycharter.yaml.txt", False),
    ],
)
def test_the_hook_runs_for_the_files_of_a_workspace(file: str, is_read: bool):
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert hook["id"] == "charter-check"
    assert bool(re.search(hook["files"], file)) == is_read


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_waiver_of_the_guide_is_one(guide: Path):
    (block,) = re.findall(r"```yaml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    root = read(block.encode(), "waivers.yaml").root
    assert isinstance(root, Items)
    reading = Reading()
    assert validate(Waiver, root[0], reading) is not None
    assert reading.problems == []


def test_both_guides_say_the_same():
    """As far as what isn't prose tells."""
    parts = [
        re.findall(r"```sh\n.*?```|^## |CH\d{3}", guide.read_text(encoding="utf-8"), re.M | re.S)
        for guide in GUIDES
    ]
    assert parts[0] == parts[1]


def test_the_check_decides_whatever_befell_the_steps_before_it():
    """A workspace that is invalid, or new, can't be compared; it is annotated all the same."""
    *others, last = steps()
    assert "--format github" in last["run"]
    assert "!cancelled()" in last["if"]
    assert not any("--format github" in step.get("run", "") for step in others)
