"""Get this folder ready to run: the Python environment in .venv, and a browser for the tests.

Run by the Makefile, from the project's folder: ``python3 -m tools.prepare app`` for what the
app needs, ``python3 -m tools.prepare tests`` for what the tests and checks need besides,
``python3 -m tools.prepare mutants`` for what mutation testing needs on top, and
``python3 -m tools.prepare bench`` for what the toolkit is measured beside.

It is run by whatever ``python3`` there is, before anything is installed: standard library only,
and nothing newer than Python 3.8 in its syntax, so that it can still say that Python is too old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)
EXTRAS = {
    "app": "studio",
    "tests": "studio,dev",
    "mutants": "studio,dev,mutants",
    "bench": "studio,dev,bench",
}
TELL_EVERY_SECONDS = 30
SIGNS_OF_NO_NETWORK = (
    "ConnectTimeout",
    "Max retries",
    "name resolution",
    "Network is unreachable",
    "NewConnectionError",
    "No matching distribution",
    "ReadTimeout",
)


class CannotPrepare(Exception):
    """Something is missing here that we can't get; the message says what to do."""


def main(purpose: str) -> int:
    """Get ready for ``purpose``, saying in plain words what is done."""
    try:
        prepare_environment(purpose)
        if purpose == "tests":
            prepare_browser()
    except CannotPrepare as reason:
        print(f"\n{reason}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command starts again where it can.", file=sys.stderr)
        return 130
    return 0


# The Python environment


def prepare_environment(purpose: str) -> None:
    """Make .venv hold what ``purpose`` needs; at once where it already does."""
    # What is ready for the tests is ready for the app too.
    needed = set(EXTRAS[purpose].split(","))
    enough = [each for each, extras in EXTRAS.items() if needed <= set(extras.split(","))]
    if any(stamp(each).is_file() and stamp(each).read_text() == wanted() for each in enough):
        return
    started = time.monotonic()
    python = find_python()
    make_venv(python)
    what = {
        "app": "the app needs",
        "tests": "the app, its tests and checks need",
        "mutants": "mutation testing needs",
        "bench": "the app, its tests and the tools it is measured beside need",
    }[purpose]
    say(f"Installing what {what} into .venv: one to three minutes, the first time only.")
    install(EXTRAS[purpose])
    for each in EXTRAS:
        stamp(each).unlink(missing_ok=True)
    stamp(purpose).write_text(wanted())
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def stamp(purpose: str) -> Path:
    """Return the file that says .venv is ready for ``purpose``, and from which files."""
    return VENV / f"ready-for-{purpose}"


def wanted() -> str:
    """Return a hash of all that decides what is installed, this folder's place included."""
    files = ["pyproject.toml", "setup.py", "constraints.txt", "tools/prepare.py"]
    files += sorted(str(po.relative_to(ROOT)) for po in ROOT.glob("charter/messages/**/*.po"))
    digest = hashlib.sha256(str(ROOT).encode())
    for name in files:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


def find_python() -> str:
    """Return a Python that the project runs on: this one, else the newest that fits."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        asked = subprocess.run([name, "-c", ""], check=False) if shutil.which(name) else None
        if asked and asked.returncode == 0:
            return name
    have = "{}.{}".format(*sys.version_info)
    raise CannotPrepare(
        f"This needs Python 3.11, 3.12 or 3.13; python3 here is {have}.\n"
        "Install one of these, then say which: make PYTHON=python3.13 and the rest"
    )


def make_venv(python: str) -> None:
    """Make .venv, or keep the one that is there and works."""
    if VENV_PYTHON.exists() and quietly(VENV_PYTHON, "-m", "pip", "--version"):
        return
    if not quietly(python, "-c", "import venv, ensurepip"):
        # Debian and its kin keep these two in a package of their own.
        version = subprocess.check_output(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], text=True
        ).strip()
        say(f"Python's venv module is missing here; Debian has it in python{version}-venv.")
        apt_install(f"python{version}-venv")
    say("Making a Python environment in .venv.")
    logged([python, "-m", "venv", "--clear", str(VENV)], ROOT / ".venv.log", "make .venv")
    # A log inside .venv would be cleared with it; it is only worth keeping where that failed.
    (ROOT / ".venv.log").unlink(missing_ok=True)


def install(extras: str) -> None:
    """Install the project itself, editable, with these extras at the versions it is tested with."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-c", "constraints.txt", "-e", f".[{extras}]"]
    # Pip compiles with one processor, the packages' own tests as well.
    command += ["--no-compile"]
    log = VENV / "install.log"
    try:
        logged(command, log, "install the packages")
    except CannotPrepare as reason:
        raise CannotPrepare(f"{reason}\n\n{advice(log.read_text(errors='replace'))}") from None
    # What is for other Pythons can't be compiled; what isn't now is when it is used.
    packages = (VENV / "lib").relative_to(ROOT)
    but_tests = ("-x", r"[/\\]tests?[/\\]")
    quietly(VENV_PYTHON, "-m", "compileall", "-q", "-j", "0", *but_tests, packages)


def advice(log: str) -> str:
    """Say in plain words what a failed installation most likely needs."""
    if "No space left on device" in log:
        return "The disk is full. The environment takes about 1 GB; make room and try again."
    if "CERTIFICATE_VERIFY_FAILED" in log:
        return (
            "The package index showed a certificate that isn't trusted here. Set PIP_CERT to\n"
            "your organisation's certificate file, then try again."
        )
    if any(sign in log for sign in SIGNS_OF_NO_NETWORK):
        return (
            "The packages could not be downloaded. Is this machine online? Behind a proxy, set\n"
            "HTTPS_PROXY; with a package index of your own, PIP_INDEX_URL. Then try again."
        )
    return "If the lines above don't tell why, remove .venv (make clean) and try again."


# The browser


def prepare_browser() -> None:
    """Make sure that Playwright starts and that there is a Chromium for it to drive."""
    has_driver = quietly(VENV_PYTHON, "-m", "playwright", "--version")
    has_browser = quietly(VENV_PYTHON, "-m", "tools.browser")
    if has_driver and has_browser:
        return
    if not has_browser and os.environ.get("CHROMIUM"):
        raise CannotPrepare(
            f"CHROMIUM is set to {os.environ['CHROMIUM']}, which can't be run. Set it to the "
            "path\nof a Chromium or Chrome, or unset it to let make find or install one."
        )
    if not has_driver and not shutil.which("apt-get"):
        raise CannotPrepare(
            "Playwright, which drives the browser tests, does not start here. This says why:\n"
            "  .venv/bin/python -m playwright --version"
        )
    packages = []
    if not has_driver:
        # Playwright brings its own Node.js, which needs this library; a minimal Debian lacks it.
        packages.append("libatomic1")
    if not has_browser:
        # A page needs some font: with none at all, Chromium draws no text.
        packages += ["chromium", "fonts-dejavu-core"]
    if not has_driver or (shutil.which("apt-get") and as_root() is not None):
        say("Getting ready for the browser tests: about a minute, once only.")
        apt_install(*packages)
    else:
        download_browser()


def download_browser() -> None:
    """Fetch the Chromium that Playwright's makers build, for this user alone."""
    say("The browser tests need Chromium; downloading Playwright's: a minute or two, once only.")
    command = [str(VENV_PYTHON), "-m", "playwright", "install", "chromium"]
    try:
        logged(command, VENV / "browser.log", "download Chromium")
    except CannotPrepare as reason:
        raise CannotPrepare(
            f"{reason}\n\nInstall Chromium or Chrome yourself (on Debian: sudo apt install "
            "chromium), or set\nCHROMIUM to the path of one; then try again."
        ) from None


# Helpers


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root, or None where we can't."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quietly("sudo", "-n", "true"):
        return ["sudo", "-n"]
    return None


def apt_install(*packages: str) -> None:
    """Install Debian packages, or say the command that does."""
    names = " ".join(packages)
    by_hand = f"{'sudo ' if os.geteuid() else ''}apt-get install {names}"
    root = as_root()
    if not shutil.which("apt-get") or root is None:
        raise CannotPrepare(f"Please run this, then try again: {by_hand}")
    say(f"Running apt-get install {names}.")
    log = ROOT / ".apt.log"
    apt_get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # One source out of reach fails the update, though the packages may come from another.
    quietly(*apt_get, "update")
    command = [*apt_get, "install", "-y", "--no-install-recommends", *packages]
    try:
        logged(command, log, f"install {names}")
    except CannotPrepare as reason:
        raise CannotPrepare(
            f"{reason}\n\nIs this machine online? If apt works by hand, run this, then try "
            f"again:\n  {by_hand}"
        ) from None
    log.unlink()


def logged(command: list[str], log: Path, what: str) -> None:
    """Run a command with its output in ``log``, and show the end of that where it fails."""
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        started = time.monotonic()
        while True:
            try:
                status = process.wait(timeout=TELL_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                say(f"... still at it ({time.monotonic() - started:.0f} s).")
            except KeyboardInterrupt:
                process.wait()
                raise
    if status != 0:
        lines = log.read_text(errors="replace").splitlines()
        shown = "\n".join(f"  | {line}" for line in lines[-12:])
        raise CannotPrepare(
            f"Could not {what}. The last lines of {log.relative_to(ROOT)}:\n\n{shown}"
        )


def quietly(*command: object) -> bool:
    """Run a command without showing its output; return whether it succeeded."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


if __name__ == "__main__":
    if sys.argv[1:] not in [[purpose] for purpose in EXTRAS]:
        sys.exit(f"usage: python3 -m tools.prepare {'|'.join(EXTRAS)}")
    sys.exit(main(sys.argv[1]))
