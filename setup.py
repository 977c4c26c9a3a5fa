"""The two build steps that pyproject.toml can't say.

Both copy or compile something that git doesn't keep a second time:

- each ``charter.po`` is compiled to the ``charter.mo`` that gettext reads;
- ``samples/`` is put into the wheel as ``charter/samples``, so that ``charter new --sample``
  works where there is no source folder.

An editable install runs the code from the source folder: the catalogues are compiled beside
their sources there (git ignores them), and ``samples/`` is read where it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


class BuildWithMessagesAndSamples(build_py):  # type: ignore[misc]  # setuptools has no types
    """Copy the packages, then compile the messages and add the samples."""

    def run(self) -> None:
        """Do setuptools' own work first, so that what we add isn't cleaned away."""
        super().run()
        target = ROOT if self.editable_mode else Path(self.build_lib)
        for po in sorted(ROOT.glob("charter/messages/locale/*/LC_MESSAGES/*.po")):
            compile_messages(po, target / po.relative_to(ROOT).with_suffix(".mo"))
        samples = ROOT / "samples"
        if samples.is_dir() and not self.editable_mode:
            shutil.copytree(
                samples, target / "charter" / "samples", ignore=LEFT_OUT, dirs_exist_ok=True
            )


def compile_messages(po: Path, mo: Path) -> None:
    """Compile one catalogue; entries marked fuzzy are left out, as gettext's msgfmt does."""
    catalogue = read_po(po.open("rb"), domain=po.stem)
    mo.parent.mkdir(parents=True, exist_ok=True)
    with mo.open("wb") as file:
        write_mo(file, catalogue)


setup(cmdclass={"build_py": BuildWithMessagesAndSamples})
