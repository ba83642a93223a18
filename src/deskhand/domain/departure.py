"""Whether a write still waits on this computer for its turn: whoever breaks it off then knows that nothing was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Departure:
    """What is known of one write, from its beginning on.

    Attributes:
        waits: it surely has not left. False where nobody said so.
    """

    def __init__(self) -> None:
        self.waits = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Take part in what the running task sends inside."""
        token = _departure.set(self)
        try:
            yield
        finally:
            _departure.reset(token)


_departure: ContextVar[Departure | None] = ContextVar("departure", default=None)


@contextmanager
def waiting_to_leave() -> Iterator[None]:
    """Nothing leaves inside. What is broken off there stays known as not sent."""
    departure = _departure.get()
    if departure is not None:
        departure.waits = True
    yield
    if departure is not None:
        departure.waits = False
