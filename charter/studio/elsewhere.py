"""Heavy work done in a process of its own, so that every click is answered meanwhile.

    job = run(name, lambda progress: elsewhere(progress, plan_files, files, today), seconds=30)

What is called, and what it is given and returns, goes from one process to the other: functions of
modules, and values. Whoever gives the work up stops the process.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from charter.studio.progress import GivenUp, Progress

_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")
_LOOKS_EVERY = 0.1
_TRIES = 5
_GENTLY = 5
"""How much less urgent than answering clicks the work is (see `os.nice`)."""


def elsewhere(
    progress: Progress,
    do: Callable[_Asked, _Result],
    *asked: _Asked.args,
    **named: _Asked.kwargs,
) -> _Result:
    """Return what ``do`` returns, called in another process.

    Raises:
        GivenUp: Nobody wants it any more; the process was stopped.
        ChildProcessError: The process ended without an answer.
        Exception: What ``do`` raised.
    """
    # Pickles, as both ends are this program: nothing that a stranger wrote is ever read so.
    # In a file: a pipe holds little, and isn't filled any more once one stopped waiting.
    with tempfile.TemporaryFile() as question:
        question.write(_packed((do, asked, named)))
        question.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=question, stdout=subprocess.PIPE
        )
    with process:
        while True:
            try:
                answer, _ = process.communicate(timeout=_LOOKS_EVERY)
                break
            except subprocess.TimeoutExpired:
                if progress.is_given_up:
                    process.kill()
                    raise GivenUp from None
    if process.returncode != 0 or not answer:
        raise ChildProcessError(f"ended with {process.returncode}")
    is_done, result = pickle.loads(answer)
    if not is_done:
        raise result
    return cast(_Result, result)


def _packed(question: object) -> bytes:
    """Return a question as it is sent.

    Others may ask the same values something meanwhile, which keep what they work out: then it is
    packed once more.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(RuntimeError):
            return pickle.dumps(question)
    return pickle.dumps(question)


def main() -> None:
    """Answer the one question that stands on the standard input."""
    # Who stops the app at its terminal stops this as well, and wants to read nothing about it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_GENTLY)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What libraries print must not get among the answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    do, asked, named = pickle.load(sys.stdin.buffer)
    try:
        answer = pickle.dumps((True, do(*asked, **named)))
    except Exception as error:
        # It is raised where the question was asked.
        answer = pickle.dumps((False, error))
    # Whoever asked may have gone.
    with contextlib.suppress(BrokenPipeError), answers:
        answers.write(answer)


if __name__ == "__main__":
    main()
