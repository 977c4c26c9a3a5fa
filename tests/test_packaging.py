"""What is installed from a wheel has everything the source folder has."""

import gettext
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
FOLDERS = ("charter", "journeys", "samples")
MADE = shutil.ignore_patterns("__pycache__", "*.mo")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source as it is in a fresh clone."""
    folder = tmp_path_factory.mktemp("source")
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=MADE)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel built from it, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(source)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.iterdir()
    return zipfile.ZipFile(path)


def test_every_file_of_the_packages_is_in_the_wheel(source: Path, wheel: zipfile.ZipFile):
    """Styles, fonts, scripts, templates, manifests and documentation too."""
    packages = [source / "charter", source / "journeys"]
    files = {
        path.relative_to(source).as_posix()
        for package in packages
        for path in package.rglob("*")
        if path.is_file()
    }
    assert sorted(files - set(wheel.namelist())) == []


def test_the_samples_are_in_the_wheel(source: Path, wheel: zipfile.ZipFile):
    """`charter new --sample` finds them without a source folder; what the app keeps is left out."""
    samples = source / "samples"
    files = {
        "charter/samples/" + path.relative_to(samples).as_posix()
        for path in samples.rglob("*")
        if path.is_file() and ".charter-studio" not in path.parts
    }
    assert files
    assert not [name for name in wheel.namelist() if ".charter-studio" in name]
    assert sorted(files - set(wheel.namelist())) == []


def test_the_messages_are_compiled(source: Path, wheel: zipfile.ZipFile):
    """git keeps no compiled catalogue, so building must make them."""
    catalogues = [path.relative_to(source) for path in (source / "charter").rglob("*.po")]
    assert catalogues
    for catalogue in catalogues:
        compiled = wheel.read(catalogue.with_suffix(".mo").as_posix())
        assert gettext.GNUTranslations(io.BytesIO(compiled)).info()["content-type"]
