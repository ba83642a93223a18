"""Where big answers are read: in a worker thread of the running loop, one answer at a time, whoever it is for.

Several accounts that read at once would have a thread each, and the window's thread would have to wait for each of them in turn
whenever it wants Python: with three accounts one of a hundred gaps was longer by 1 to 3 ms (resources/docs/speed.md). The threads
are the loop's own, so they end with it.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def in_parser_thread(work: Callable[[], T]) -> T:
    """Wait until no other answer is being read, run `work` in a worker thread, and return its result or raise its error."""
    turn = _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Lock())
    async with turn:
        return await asyncio.to_thread(work)
