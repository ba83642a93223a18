"""Where words go and where a secret comes from."""

import sys
from dataclasses import dataclass, field
from typing import Protocol, TextIO


class Console(Protocol):
    """What a command writes to and reads from."""

    def out(self, text: str) -> None:
        """Write a line of the result."""
        ...

    def err(self, text: str) -> None:
        """Write a line for the person: a reason, a progress."""
        ...

    def read(self) -> str:
        """Return all of standard input."""
        ...


@dataclass(slots=True)
class Terminal:
    """The real one."""

    output: TextIO = field(default_factory=lambda: sys.stdout)
    errors: TextIO = field(default_factory=lambda: sys.stderr)
    given: str | None = None
    """Standard input, where it was read before (a prompt, or another process)."""

    def out(self, text: str) -> None:
        """Write a line of the result."""
        self.output.write(text + "\n")
        self.output.flush()

    def err(self, text: str) -> None:
        """Write a line for the person."""
        self.errors.write(text + "\n")
        self.errors.flush()

    def read(self) -> str:
        """Return all of standard input."""
        if self.given is None:
            self.given = sys.stdin.read()
        return self.given
