"""Where a command writes and what it reads from: a terminal, or the process that handed the command over."""

from typing import Protocol


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
