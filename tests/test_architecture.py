"""The import contracts of pyproject.toml hold, and each would notice if it were broken."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}
HEAVY = {
    "altair",
    "networkx",
    "nltk",
    "numpy",
    "openpyxl",
    "pandas",
    "pyvis",
    "rapidfuzz",
    "resvg_py",
    "scipy",
    "segno",
    "streamlit",
}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# Breaches are written into a copy, looked for and taken out again in one process, since
# import-linter takes longer to start than to look.
LINT_EACH = """
import contextlib
import io
import json
import sys
from pathlib import Path

from importlinter.cli import lint_imports

said = []
for name, line in json.load(sys.stdin):
    module = Path(name)
    before = module.read_bytes() if module.exists() else None
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\\n{line}\\n")
    with contextlib.redirect_stdout(io.StringIO()) as told:
        status = lint_imports(no_cache=True)
    module.write_bytes(before) if before is not None else module.unlink()
    said.append((status, told.getvalue()))
print(json.dumps(said))
"""


@dataclass(frozen=True)
class Breach:
    """An import that a contract forbids, as a line added to a module."""

    contract: str
    module: str
    line: str


BREACHES = [
    Breach("journeys-knows-no-brands", "journeys/model.py", "import charter.brand"),
    Breach("journeys-one-way", "journeys/graph.py", "import journeys.prove"),
    Breach("journeys-one-way", "journeys/a_new_room.py", ""),
    Breach("edit-one-way", "journeys/edit/spans.py", "import journeys.edit.draft"),
    Breach("charter-one-way", "charter/messages/__init__.py", "import charter.findings"),
    Breach("charter-one-way", "charter/checker.py", "import charter.usecases"),
    Breach("charter-one-way", "charter/studio/a_page.py", "import charter.cli"),
    Breach("charter-one-way", "charter/a_new_room.py", ""),
    Breach("kinds-stand-alone", "charter/rules/carries.py", "import charter.rules.at_most"),
    Breach("kinds-stand-alone", "charter/rules/a_new_kind.py", "import charter.rules.carries"),
    Breach("streamlit-in-studio", "charter/usecases/check.py", "import streamlit"),
    Breach("streamlit-in-studio", "charter/usecases/check.py", "import pyvis.network"),
    Breach("streamlit-in-studio", "journeys/graph.py", "import altair"),
    Breach("web-server-for-phones", "charter/workshop/running.py", "import uvicorn"),
    Breach("web-server-for-phones", "charter/studio/app.py", "import starlette.applications"),
    Breach("click-in-cli", "charter/usecases/check.py", "import click"),
    Breach("click-in-cli", "charter/studio/a_page.py", "from click import echo"),
    Breach("heavy-libraries", "charter/checker.py", "import numpy"),
    Breach("heavy-libraries", "charter/reports/text.py", "from openpyxl import Workbook"),
    Breach("heavy-libraries", "journeys/prove.py", "import networkx"),
    Breach("heavy-libraries", "charter/usecases/check.py", "def later():\n    import pandas"),
    Breach("heavy-libraries", "charter/pictures/journey.py", "import resvg_py"),
    Breach("strangers-xml", "charter/usecases/check.py", "from xml.etree import ElementTree"),
    Breach("strangers-xml", "journeys/formats/bpmn/reading.py", "import xml.dom.minidom"),
    Breach("programs", "charter/checker.py", "import subprocess"),
    Breach("programs", "journeys/source.py", "from subprocess import run"),
]


def run(folder: Path, code: str, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python over the packages and the pyproject.toml of this folder."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        input=said,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[Breach | None, tuple[int, str]]:
    """By breach, what import-linter says where it alone is in a copy; in the end, of none."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("charter", "journeys"):
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    lines = [(breach.module, breach.line) for breach in BREACHES] + [("charter/checker.py", "")]
    done = run(folder, LINT_EACH, said=json.dumps(lines))
    assert done.returncode == 0, done.stdout + done.stderr
    found = [(status, told) for status, told in json.loads(done.stdout)]
    return dict(zip((*BREACHES, None), found, strict=True))


def test_every_contract_is_kept():
    done = run(ROOT, LINT_IMPORTS, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "breach", [pytest.param(each, id=f"{each.contract}: {each.module}") for each in BREACHES]
)
def test_a_contract_notices_a_forbidden_import(
    breach: Breach, said: dict[Breach | None, tuple[int, str]]
):
    """The contract is named as broken, and no other one is."""
    status, told = said[breach]
    broken = [id for id, contract in CONTRACTS.items() if f"{contract['name']} BROKEN" in told]
    assert (status, broken) == (1, [breach.contract]), told


def test_no_breach_is_left_behind(said: dict[Breach | None, tuple[int, str]]):
    """What one of them breaks is none of the next one's."""
    status, told = said[None]
    assert (status, "BROKEN" in told) == (0, False), told


def test_every_contract_is_broken_once_here():
    assert {breach.contract for breach in BREACHES} == set(CONTRACTS)


@pytest.mark.parametrize(
    ("words", "statuses"),
    [
        pytest.param(["--help"], [0], id="help"),
        pytest.param(["check", "samples/maison-lumiere"], [0, 1], id="check"),
    ],
)
def test_the_command_line_loads_only_what_it_uses(words: list[str], statuses: list[int]):
    """What takes long to import isn't there afterwards, however it might have come in."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "charter", *words],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode in statuses, done.stdout + done.stderr
    assert "click" in imported, "the imports weren't listed"
    assert imported & HEAVY == set()


@pytest.mark.parametrize("page", sorted((ROOT / "charter" / "studio" / "page").glob("*.py")))
def test_pages_are_thin(page: Path):
    """What a page shows stands in components, and what is worked out in use cases."""
    assert len(page.read_text("utf-8").splitlines()) <= 200
