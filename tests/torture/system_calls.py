"""The system calls of a save, counted, and made to fail or to be the last."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# All by which a save changes anything.
CALLS = (
    "open",
    "write",
    "fchown",
    "fchmod",
    "fsync",
    "link",
    "replace",
    "unlink",
    "mkdir",
    "rmdir",
)

Hook = Callable[[str], None]


def nothing(call: str) -> None:
    """Let it be."""


@contextmanager
def watched(before: Hook = nothing, after: Hook = nothing) -> Iterator[None]:
    """Have hooks called with the name of each call, before and after it is made."""
    originals = {name: getattr(os, name) for name in CALLS}

    def around(name: str) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            before(name)
            answer = originals[name](*arguments, **named)
            after(name)
            return answer

        return call

    for name in CALLS:
        setattr(os, name, around(name))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(os, name, original)
