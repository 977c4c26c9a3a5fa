"""The command: what it loads, what it writes, and that it answers whatever it is given.

What it prints is told by the scenarios.
"""

import json
import re
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter.usecases import check as usecase
from tests.scenarios import transcript
from tests.scenarios.transcript import Run, run_apart, run_here
from tests.test_reading import SAMPLE_FILES, damage

HEAVY = {"altair", "jinja2", "networkx", "numpy", "pandas", "pyvis", "scipy", "streamlit"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small workspace; the folder above it is the test's own."""
    folder = tmp_path / "shop"
    transcript.copy_files(transcript.SCENARIOS / "small", folder)
    return folder


# What it loads --------------------------------------------------------------------------------


def imported_by(words: list[str], folder: Path) -> set[str]:
    """Every module that a command loads."""
    python = [sys.executable, "-X", "importtime", "-m", "charter"]
    done = run_apart(words, folder, python=python)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported, "the imports weren't listed"
    return {name.partition(".")[0] for name in imported} | imported


@pytest.mark.parametrize(
    "words", [["--help"], ["check", "--help"], ["diff", "--help"], ["--version"]]
)
def test_help_loads_nothing_that_checking_needs(words: list[str], tmp_path: Path):
    never = HEAVY | {"pydantic", "yaml", "journeys.source"}
    assert imported_by(words, tmp_path) & never == set()


def test_checking_a_small_workspace_loads_nothing_heavy(shop: Path):
    imported = imported_by(["check", "."], shop)
    assert "pydantic" in imported
    assert imported & HEAVY == set()


# What it says ---------------------------------------------------------------------------------


def test_a_folder_may_be_left_out(shop: Path):
    assert run_here(["check"], shop) == run_here(["check", "."], shop)


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "fr", "check"],
        ["check", "--lang", "fr"],
        ["check", ".", "--lang=fr"],
        ["--lang=en", "check", "--lang=fr"],
    ],
)
def test_the_language_may_be_asked_for_anywhere(words: list[str], shop: Path):
    """The last one counts."""
    assert run_here(words, shop) == run_here(["check", ".", "--lang", "fr"], shop)
    assert run_here(words, shop) != run_here(["check", ".", "--lang", "en"], shop)


@pytest.mark.parametrize(
    ("variables", "is_french"),
    [
        ({"LANGUAGE": "fr"}, True),
        ({"LANGUAGE": "", "LANG": "fr_CA.UTF-8"}, True),
        ({"LANGUAGE": "", "LC_ALL": "fr_FR@euro", "LANG": "en_GB.UTF-8"}, True),
        ({"LANGUAGE": "de:fr:en", "LANG": "de_DE.UTF-8"}, True),
        ({"LANGUAGE": "", "LANG": "de_DE.UTF-8"}, False),
        ({"LANGUAGE": "", "LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, False),
    ],
)
def test_the_language_is_else_that_of_the_environment(
    variables: dict[str, str], is_french: bool, shop: Path
):
    empty = {"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
    told = run_apart(["check"], shop, more=empty | variables)
    assert told == run_here(["check", "--lang", "fr" if is_french else "en"], shop)


def test_asking_for_a_language_leaves_no_trace(shop: Path):
    english = run_here(["check"], shop)
    run_here(["check", "--lang", "fr"], shop)
    assert run_here(["check"], shop) == english


@pytest.mark.parametrize("words", [["check", "--format", "text"], ["check", "--format", "json"]])
def test_what_goes_into_a_pipe_is_plain(words: list[str], shop: Path):
    """No colours, and no width but ours."""
    narrow = run_apart(words, shop, more={"NO_COLOR": "", "COLUMNS": "20", "FORCE_COLOR": "1"})
    assert "\x1b" not in narrow.stdout
    assert narrow == run_here(words, shop)


@pytest.mark.parametrize(
    ("report_format", "seed"), [("text", "0"), ("text", "12345"), ("json", "12345")]
)
def test_the_same_input_gives_the_same_bytes(seed: str, report_format: str):
    """Whatever order the hashes of this process put things in."""
    sample = transcript.ROOT / "samples" / "maison-lumiere"
    words = ["check", str(sample), "--format", report_format]
    assert run_apart(words, transcript.ROOT, more={"PYTHONHASHSEED": seed}) == reference(words)


@pytest.fixture(scope="module", autouse=True)
def _forget_references():
    yield
    _REFERENCES.clear()


_REFERENCES: dict[tuple[str, ...], Run] = {}


def reference(words: list[str]) -> Run:
    """What a command does here, worked out once."""
    key = tuple(words)
    if key not in _REFERENCES:
        _REFERENCES[key] = run_here(words, transcript.ROOT)
    return _REFERENCES[key]


def test_a_fault_of_ours_is_told_as_one(shop: Path, monkeypatch: pytest.MonkeyPatch):
    """Exit status 3, one sentence, no traceback."""

    def fault(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(usecase, "check_folder", fault)
    run = run_here(["check"], shop)
    assert (run.status, run.stdout) == (3, "")
    assert "This is a fault of ours, not of your files: KeyError: 'a bug'." in run.stderr
    assert "Traceback" not in run.stderr


# What it writes -------------------------------------------------------------------------------


def test_checking_changes_nothing_at_all(shop: Path):
    """Neither content nor times, whatever the answer."""

    def seen() -> dict[str, tuple[int, int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size, path.stat().st_ino)
            for path in [shop.parent, *sorted(shop.parent.rglob("*"))]
        }

    before = seen()
    for words in (["check"], ["check", "--format", "json"], ["check", "--lang", "fr"]):
        run_here(words, shop)
    assert seen() == before


def test_a_report_is_the_same_in_a_file_as_on_the_screen(shop: Path):
    shown = run_here(["check"], shop)
    written = run_here(["check", "--output", "../report.txt"], shop)
    assert (written.status, written.stdout) == (shown.status, "")
    assert (shop.parent / "report.txt").read_text(encoding="utf-8") == shown.stdout


def test_a_report_that_cant_be_written_leaves_what_stood_there(
    shop: Path, monkeypatch: pytest.MonkeyPatch
):
    """And nothing beside it."""
    report = shop.parent / "report.txt"
    report.write_text("last week's", encoding="utf-8")
    before = transcript.state(shop.parent)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    run = run_here(["check", "--output", "../report.txt"], shop)
    assert "No space left on device" in run.stderr
    assert transcript.state(shop.parent) == before


@pytest.mark.parametrize("sample", sorted(SAMPLE_FILES))
def test_a_new_workspace_may_be_a_sample(sample: str, tmp_path: Path):
    """Its files arrive as they are under the line that names their schema, and can be checked."""
    made = run_here(["new", "shop", "--sample", sample], tmp_path)
    assert made.status == 0, made.stderr
    for name, text in SAMPLE_FILES[sample].items():
        written = (tmp_path / "shop" / name).read_text(encoding="utf-8")
        assert written == text or re.sub(r"\A# yaml-language-server: .*\n", "", written) == text
    assert run_here(["check", "shop"], tmp_path).status in (0, 1)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_workspace_is_valid_and_has_something_to_say(language: str, tmp_path: Path):
    """In each language, into a folder that is there already, too."""
    (tmp_path / "shop").mkdir()
    run_here(["new", "shop", "--lang", language], tmp_path)
    checked = run_here(["check", "shop", "--format", "json"], tmp_path)
    summary = json.loads(checked.stdout)["summary"]
    assert checked.status == 1
    assert summary["holds"] > 0
    assert summary["broken"] > 0


def test_a_new_workspace_can_be_read_by_others(tmp_path: Path):
    """Its folders and files have the modes of any other."""
    run_here(["new", "shop"], tmp_path)
    (tmp_path / "plain").mkdir()
    assert stat.S_IMODE((tmp_path / "shop").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )


# Whatever it is given -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The YAML files of the samples, to be damaged."""
    folder = tmp_path_factory.mktemp("samples")
    for sample, files in SAMPLE_FILES.items():
        for name, text in files.items():
            path = folder / sample / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_sample_is_checked_or_its_problems_are_told(samples: Path, data: st.DataObject):
    """Lines lost, characters changed: never a fault of ours, never a traceback."""
    sample = data.draw(st.sampled_from(["permit-desk", "b2b-sales"]))
    name = data.draw(st.sampled_from(sorted(SAMPLE_FILES[sample])))
    text = SAMPLE_FILES[sample][name]
    path = samples / sample / name
    path.write_text(damage(text, data), encoding="utf-8", newline="")
    try:
        run = run_here(["check", sample, "--format", "json"], samples)
    finally:
        path.write_text(text, encoding="utf-8", newline="")
    assert run.status in (0, 1, 2, 4)
    assert run.stderr == ""
    report = json.loads(run.stdout)
    assert (run.status == 2) == (report["verdicts"] == [])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), max_size=4)
)
def test_whatever_words_it_is_given_it_says_what_it_doesnt_understand(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
):
    folder = tmp_path_factory.getbasetemp()
    assert run_here(["check", *words], folder).status in (0, 2)
    assert run_here(["explain", *words], folder).status in (0, 2)
