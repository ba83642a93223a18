"""What a check is asked for and what it found: one printed line for each thing that was looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deskdev.steps import note


@dataclass(frozen=True, slots=True)
class Check:
    """What `check-package` was asked for.

    Attributes:
        file: the package.
        roots: bare systems to install it into; none means this machine only.
        screenshots: where pictures go; None keeps none.
    """

    file: Path
    roots: tuple[str, ...] = ()
    screenshots: Path | None = None


class Failed(Exception):
    """A thing did not hold; the text says what was seen."""


@dataclass(slots=True)
class Report:
    """Prints what held and what did not, and remembers it."""

    results: list[tuple[str, bool]] = field(default_factory=list)

    @contextmanager
    def look(self, what: str) -> Iterator[list[str]]:
        """Look at one thing: print that it held, with the details put into the list, or that it failed; a failure does not end the check."""
        details: list[str] = []
        try:
            yield details
        except Failed as problem:
            note(f"FAILED  {what}: {problem}")
            self.results.append((what, False))
        else:
            note(f"ok      {what}" + (f": {'; '.join(details)}" if details else ""))
            self.results.append((what, True))

    @property
    def held(self) -> bool:
        """Whether everything did, and something was looked at."""
        return bool(self.results) and all(held for _, held in self.results)

    def summary(self) -> str:
        """Return the closing line."""
        failed = [what for what, held in self.results if not held]
        return f"{len(self.results)} looked at, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else "")
