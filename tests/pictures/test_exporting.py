"""`charter export` writes pictures: SVG and PNG, with a path that breaks a rule pointed out."""

from pathlib import Path

import pytest

from charter.messages import Language, speaker
from charter.pictures import as_png, journey_picture
from charter.workspace import read_folder
from tests.histories import git
from tests.scenarios.transcript import Run, run_here

from .reading import SVG, Picture, spoken


@pytest.fixture
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


def export(root: Path, out: Path, *words: str, name: str = "visit.svg") -> Run:
    return run_here(["export", str(root), "--to", str(out / name), *words], root)


def steps(picture: Picture) -> dict[str, str]:
    """Return the numbers of the steps on the cards that aren't faint."""
    return {
        id: [spoken(text) for text in group.iter(SVG + "text")][-1]
        for id, (group,) in picture.marked("touchpoint").items()
        if not group[2].get("opacity")
    }


def test_it_writes_the_picture_as_svg_and_as_png(root: Path, out: Path):
    svg = journey_picture(read_folder(root), "visit", speaker(Language.ENGLISH))
    assert export(root, out).status == 0
    assert (out / "visit.svg").read_text(encoding="utf-8") == svg
    assert export(root, out, name="visit.png").status == 0
    assert (out / "visit.png").read_bytes() == as_png(svg)


def test_the_shortest_path_that_breaks_a_rule_is_pointed_out(root: Path, out: Path):
    done = export(root, out, "--witness", "host-everywhere")
    assert done.status == 0, done.stderr
    picture = Picture((out / "visit.svg").read_text(encoding="utf-8"))
    assert steps(picture) == {"window": "1", "catalogue": "2", "till": "3"}
    question = "Can a customer get through without meeting “A named host”?"
    assert question in picture.words()


def test_it_is_looked_for_in_the_segment_asked_for(root: Path, out: Path):
    """Loyal guests can't skip the welcome, so only newcomers break the rule."""
    file = root / "journeys" / "visit.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "next: [welcome, catalogue]", "next: [welcome, {to: catalogue, segments: [newcomer]}]"
    )
    file.write_text(text, encoding="utf-8")
    asked = ("--witness", "host-everywhere", "--segment")
    assert export(root, out, *asked, "newcomer").status == 0
    picture = Picture((out / "visit.svg").read_text(encoding="utf-8"))
    assert steps(picture).keys() == {"window", "catalogue", "till"}
    done = export(root, out, *asked, "loyal")
    assert done.status == 2
    assert "No path of this journey breaks the rule “host-everywhere”" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--witness", "host-everywere"], "Did you mean “host-everywhere”?"),
        (["--witness", "zzz"], "There is no rule “zzz”. Known: host-everywhere, "),
        (["--segment", "loyl"], "Did you mean “loyal”?"),
        (["--witness", "farewell-everywhere"], "No path of this journey breaks the rule"),
        (["--journey", "visti"], "Did you mean “visit”?"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_written(
    root: Path, out: Path, words: list[str], told: str
):
    done = export(root, out, *words)
    assert done.status == 2
    assert told in " ".join(done.stderr.split())
    assert not list(out.iterdir())


@pytest.mark.parametrize("option", ["segment", "witness"])
def test_other_formats_have_no_use_for_a_path_or_a_segment(root: Path, out: Path, option: str):
    done = export(root, out, f"--{option}", "loyal", name="visit.mmd")
    assert done.status == 2
    assert f"“--{option}” is for pictures" in done.stderr


def test_it_speaks_french(root: Path, out: Path):
    done = export(root, out, "--witness", "host-everywhere", "--lang", "fr")
    assert done.status == 0
    words = Picture((out / "visit.svg").read_text(encoding="utf-8")).words()
    assert {"Vitrine", "Le chemin qui met la règle en défaut"} <= set(words)


def test_the_version_is_told_where_the_charter_has_a_history(root: Path, out: Path):
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The charter")
    version = git(root, "rev-parse", "HEAD")[:7]
    assert export(root, out).status == 0
    words = Picture((out / "visit.svg").read_text(encoding="utf-8")).words()
    assert [each for each in words if each.startswith(f"Version {version} of ")]
