"""Which of two lines a request to a vendor stands in: what an agent waits for goes before what nobody watches."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class RequestPriority(StrEnum):
    """Who waits for the answer."""

    INTERACTIVE = "interactive"
    """An agent, at the screen: an opened conversation, a reply, a search. The default."""
    BACKGROUND = "background"
    """Nobody: lists, conversations read again in rotation."""


_priority: ContextVar[RequestPriority] = ContextVar("lane", default=RequestPriority.INTERACTIVE)


def current_priority() -> RequestPriority:
    """Return the priority of the running task."""
    return _priority.get()


@contextmanager
def in_background() -> Iterator[None]:
    """Everything asked of a vendor inside goes behind what an agent waits for."""
    token = _priority.set(RequestPriority.BACKGROUND)
    try:
        yield
    finally:
        _priority.reset(token)
