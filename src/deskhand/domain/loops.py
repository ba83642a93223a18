"""Results of threads, handed to the loop that waits for them. Standard library only."""

import asyncio
import atexit
import threading
from collections.abc import Callable
from contextlib import suppress

_HANDING_OVER = threading.Lock()
_PATIENCE = 5.0
"""Seconds that the end of the program waits for a result that is being handed over; that takes milliseconds."""


def tell(loop: asyncio.AbstractEventLoop, callback: Callable[[], object]) -> None:
    """Have a loop call back, from a thread that may be left behind when the program ends; nothing where the loop has ended.

    Qt's loop is woken by a Qt signal. Python ends a thread that still runs Python code at the end of the program, and where that
    code stands inside of a Qt signal the process aborts (SIGABRT). The end therefore waits until no result is being handed over,
    and none is handed over after it.
    """
    with _HANDING_OVER, suppress(RuntimeError):
        loop.call_soon_threadsafe(callback)


atexit.register(_HANDING_OVER.acquire, timeout=_PATIENCE)
