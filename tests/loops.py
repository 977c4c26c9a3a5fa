"""Running what is asynchronous beside a browser that other tests drive, which has a loop here."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_apart(asked: Coroutine[Any, Any, Result]) -> Result:
    """Return what comes of it, run in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()
