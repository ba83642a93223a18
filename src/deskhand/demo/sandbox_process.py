"""The sandbox in a process of its own, so that it shares no thread and no memory with what is demonstrated."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from deskhand.domain.lazy_dataclass import dataclass

_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself: a proxy in the environment has nothing to do with it, and NO_PROXY may be missing."""

NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows opens a console for a program without a window, else."""


class SandboxNotStarted(Exception):
    """The sandbox did not start."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """Where one vendor of the sandbox is, and what signs in there."""

    id: str
    base_url: str
    credentials: dict[str, str]


class SandboxProcess:
    """A running sandbox."""

    def __init__(self, process: "subprocess.Popen[str]", control: str, vendors: tuple[Vendor, ...]) -> None:
        self._process = process
        self._control = control
        self.vendors = vendors

    @classmethod
    def start(cls, *, tickets: int, alive: float) -> "SandboxProcess":
        """Start it and wait for the line with its addresses."""
        # Attached: it ends with this process, also with one that is killed.
        options = ("--json", "--attached", "--tickets", str(tickets), "--alive", str(alive))
        command = (*own_command(), "sandbox", *options)
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, creationflags=NO_CONSOLE
        )
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise SandboxNotStarted(f"The sandbox ended at once ({process.wait()}).")
        told = json.loads(line)
        vendors = tuple(Vendor(name, one["base_url"], one["credentials"]) for name, one in told["vendors"].items())
        return cls(process, told["control"], vendors)

    def received(self, vendor: str) -> list[dict[str, Any]]:
        """Return everything that reached a vendor through its API."""
        found: list[dict[str, Any]] = self._get(f"/{vendor}/received")
        return found

    def tickets(self, vendor: str) -> list[dict[str, Any]]:
        """Return id, subject and state of a vendor's tickets, as it holds them now."""
        found: list[dict[str, Any]] = self._get(f"/{vendor}/tickets")
        return found

    def ticket(self, vendor: str, ticket: str) -> Any:
        """Return a ticket as its vendor holds it now."""
        return self._get(f"/{vendor}/tickets/{ticket}")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _get(self, path: str) -> Any:
        with _WITHOUT_PROXY.open(self._control + path, timeout=15) as answer:
            return json.load(answer)


def own_command() -> tuple[str, ...]:
    """Return how this program is started once more: by Python, or frozen by itself; on Windows by the one that has a console."""
    if not getattr(sys, "frozen", False):
        return (sys.executable, "-P", "-m", "deskhand")
    program = Path(sys.executable)
    with_console = program.with_name(f"{program.stem}-cli{program.suffix}")
    return (str(with_console if with_console.exists() else program),)
