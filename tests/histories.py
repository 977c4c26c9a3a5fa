"""A history of the sample, as a house would write it: a commit for each decision.

The same to the last byte each time, so that its commits have the same ids.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "maison-lumiere"

Step = Callable[[Path], None]


def git(folder: Path, *words: str) -> str:
    """Run git as somebody whose settings are nobody's."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Anne Delorme",
        "GIT_AUTHOR_EMAIL": "anne@example.org",
        "GIT_AUTHOR_DATE": "2026-10-01T09:00:00+02:00",
        "GIT_COMMITTER_NAME": "Anne Delorme",
        "GIT_COMMITTER_EMAIL": "anne@example.org",
        "GIT_COMMITTER_DATE": "2026-10-01T09:00:00+02:00",
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8").strip()


def begin(folder: Path) -> None:
    """Begin the history of a folder with what lies in it, for somebody whom git knows."""
    for words in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "Anne"],
        ["config", "user.email", "anne@example.org"],
        ["add", "."],
        ["commit", "-qm", "The charter"],
    ):
        git(folder, *words)


def edit(file: str, *edits: tuple[str, str]) -> Step:
    """Return what writes something else in a file, once for each edit."""

    def step(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for was, now in edits:
            assert was in text, was
            text = text.replace(was, now, 1)
        path.write_text(text, encoding="utf-8")

    return step


def _rename_the_host(folder: Path) -> None:
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("named-host", "host-by-name"), encoding="utf-8")


def _take_the_locker_off(folder: Path) -> None:
    path = folder / "journeys/buying.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: locker\n")
    text = text[:start] + text[text.index("  - id: own-delivery\n") :]
    ways = [line for line in text.splitlines(keepends=True) if "{to: locker, " in line]
    assert len(ways) == 2
    for way in ways:
        text = text.replace(way, "")
    path.write_text(text, encoding="utf-8")


def _ask_for_no_irritant_twice(folder: Path) -> None:
    path = folder / "charter.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  - id: asked-once\n")
    path.write_text(text[:start] + text[text.index("  - id: told-or-asked\n") :], encoding="utf-8")


def _gift_journey(folder: Path) -> None:
    (folder / "journeys/gift.yaml").write_text(
        """\
journey: gift
name: {en: A lamp for somebody else, fr: Une lampe pour quelqu’un d’autre}
weight: 5
segments: [newcomer, regular]
touchpoints:
  - id: hint
    name: {en: The hint overheard, fr: L’allusion entendue}
    stage: inspire
    channel: store
    entry: true
    markers: [host-by-name]
    next: [wrapping, {to: voucher, share: 2}]
  - {id: wrapping, name: {en: Wrapping it, fr: L’emballage}, stage: buy, channel: store,
     markers: [kept-word], exit: given}
  - {id: voucher, name: {en: A voucher, fr: Un bon}, stage: buy, channel: web, exit: given}
""",
        encoding="utf-8",
    )


def _waive_the_reminder(folder: Path) -> None:
    (folder / "waivers.yaml").write_text(
        """\
- rule: no-nudging
  journey: buying
  through: reminder
  reason: {en: The autumn review decides on it., fr: La revue d’automne en décidera.}
  owner: e-commerce
  expires: 2027-01-31
""",
        encoding="utf-8",
    )


STEPS: tuple[tuple[str, Step], ...] = (
    ("Rename the named host", _rename_the_host),
    ("Take the parcel locker off", _take_the_locker_off),
    (
        "Ask for five signs",
        edit(
            "charter.yaml",
            (
                "    any-of: signature\n    at-least: 4\n",
                "    any-of: signature\n    at-least: 5\n",
            ),
        ),
    ),
    (
        "Word the welcome anew",
        edit(
            "charter.yaml",
            ("The host comes towards the door and gives", "The host opens the door and gives"),
        ),
    ),
    (
        "Let people slip past the welcome",
        edit(
            "journeys/choosing.yaml",
            (
                "      - {to: threshold, share: {",
                "      - {to: dark-room, share: 5}\n      - {to: threshold, share: {",
            ),
        ),
    ),
    ("Count first visits again", edit("charter.yaml", ("weight: 48}", "weight: 52}"))),
    (
        "Let the packer sign the card",
        edit("journeys/buying.yaml", ("{marker: host-by-name, status: planned}", "host-by-name")),
    ),
    ("Draw the gift", _gift_journey),
    ("Stop counting photographs", _ask_for_no_irritant_twice),
    (
        "Hand lamps down",
        edit(
            "charter.yaml",
            (
                "  - {id: keep, name: {en: Keep",
                "  - {id: hand-down, name: {en: Hand down, fr: Transmettre}}\n"
                "  - {id: keep, name: {en: Keep",
            ),
        ),
    ),
    ("Accept the reminder until January", _waive_the_reminder),
    (
        "Nobody slips past the welcome any more",
        edit("journeys/choosing.yaml", ("      - {to: dark-room, share: 5}\n", "")),
    ),
    (
        "Call the carrier's page what it is",
        edit(
            "charter.yaml", ("name: {en: Website, fr: Site}", "name: {en: Website, fr: Site web}")
        ),
    ),
)
"""What was decided, a commit each; the sample as it is comes before."""


def write_history(repository: Path) -> Path:
    """Write the history, tagged ``v0`` to ``v13``, and return the workspace's folder in it."""
    folder = repository / "maison lumière"
    shutil.copytree(SAMPLE, folder)
    git(repository, "init", "--quiet", "--initial-branch=main", ".")
    for number, (subject, step) in enumerate((("Start", lambda _: None), *STEPS)):
        step(folder)
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "--message", subject)
        git(repository, "tag", f"v{number}")
    return folder
