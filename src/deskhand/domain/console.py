"""Where a command writes and what it reads from: a terminal, or the process that handed the command over."""

from typing import Protocol, runtime_checkable


class Console(Protocol):
    """What a command writes to and reads from. Whatever somebody else wrote, one call of `out` or `err` is one line."""

    def out(self, text: str) -> None:
        """Write a line of the result."""
        ...

    def block(self, text: str) -> None:
        """Write lines of the result as they are: JSON, or a text that stands indented below a line of ours."""
        ...

    def err(self, text: str) -> None:
        """Write a line for the person: a reason, a progress."""
        ...

    def read(self) -> str:
        """Return all of standard input."""
        ...


@runtime_checkable
class BufferedConsole(Protocol):
    """A console that keeps what is written until the command ends, or until it is told."""

    async def flush(self) -> None:
        """Bring what was written to who reads it, for a command that goes on. Raises OSError where nobody does any more."""
        ...
