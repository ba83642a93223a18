"""The program itself with a job to do once its window stands: `python -m tests.benchmarks.real_window JOB`.

It goes the product's own way from the arguments on. Two things are laid into it: a vault in memory that already holds the key of the
database (unless the job wants the real keyring), and a look at the clock behind the first paint.
"""

# ruff: noqa: E402 - the collector rests from the first import on, as it does in the program
import gc

gc.disable()

import asyncio
import enum
import json
import os
import sys
import time
from typing import Any

from deskhand import __main__ as program
from deskhand import bootstrap, window_start
from deskhand.domain.ports import Vault
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.ui.shell import Shell

KEY = "5a" * 32
"""The key of every profile made by `fill` (tests.helpers.store_fixtures.KEY)."""


async def _with_key(profile: Profile, _wanted: str | None, _passphrase: object) -> tuple[Profile, Vault]:
    vault = MemoryVault()
    await vault.put(bootstrap.DATABASE_KEY, KEY)
    return profile, vault


class Watched:
    """Stands around `Shell.wait_painted` and `WindowStart.listen`."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._job = job

    def install(self) -> None:
        # Not by `unittest.mock`: what that imports would count as the program's own.
        if not self._job.get("keyring"):
            setattr(bootstrap, "open_vault", _with_key)  # noqa: B010 - the type is another one
        setattr(Shell, "wait_painted", self._painted(Shell.wait_painted))  # noqa: B010
        setattr(window_start.WindowStart, "listen", lambda _start, shell: self._ready(shell))  # noqa: B010

    def _painted(self, painted: Any) -> Any:
        async def watched(shell: Shell) -> None:
            await painted(shell)
            now = time.monotonic()
            if self._job["do"] == "start":
                self._tell_start(shell, now)
                if self._job.get("ends_at_paint"):
                    os._exit(0)
                shell.window.close()  # orderly: a profile that was not closed well is looked through at the next start

        return watched

    def _tell_start(self, shell: Shell, now: float) -> None:
        from tests.benchmarks import processes

        processes.print_figures(
            {
                "painted": (now - self._job["spawned"]) * 1000,
                "cpu": time.process_time() * 1000,
                "rows": shell.lists.tickets.model.rowCount(),
                "modules": len(sys.modules),
                **({"names": sorted(sys.modules), "enums": sorted(_qt_enums())} if self._job.get("names") else {}),
                **processes.memory(os.getpid()),
            }
        )

    async def _ready(self, shell: Shell) -> None:
        if self._job["do"] != "start":
            shell.scope.start(self._work(shell), name="benchmark")

    async def _work(self, shell: Shell) -> None:
        from importlib import import_module

        from tests.benchmarks import processes

        try:
            measure = import_module(f"tests.benchmarks.{self._job['do']}").measure
            async with asyncio.timeout(600):
                processes.print_figures(await measure(shell, self._job))
        finally:
            shell.window.close()


def _qt_enums() -> set[str]:
    """Return the names of Qt's enumerations that PySide has built so far."""
    waiting, found = [enum.Enum], set[str]()
    while waiting:
        more = waiting.pop().__subclasses__()
        found |= {one.__qualname__ for one in more if one.__module__.startswith("PySide6.")}
        waiting += more
    return found


def main() -> int:
    job = json.loads(sys.argv[1])
    Watched(job).install()
    return program.main(["--profile", job["folder"], "--size", "1440x900", "--theme", "light"])


if __name__ == "__main__":
    sys.exit(main())
