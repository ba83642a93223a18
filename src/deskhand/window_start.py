"""Starts the window of a profile that this process owns: opens it with whatever the vault needs, listens for commands."""

import asyncio
import logging
import shutil
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskhand.ui import import_hook  # noqa: F401 - before the modules that PySide's hook would look through

# isort: split
from deskhand import bootstrap
from deskhand.diagnostics.crash import CrashReporter
from deskhand.diagnostics.logs import configure
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.profile.lock import ProfileLock
from deskhand.profile.profile import Profile
from deskhand.profile.second_start import ACTIVATE
from deskhand.secrets.passphrase_file import read_passphrase
from deskhand.start_failures import Start, ended_by
from deskhand.ui import app
from deskhand.ui.settings.vault_choice import VaultChoice
from deskhand.ui.shell import Shell
from deskhand.vendors import registry

if TYPE_CHECKING:
    from deskhand.domain.console import Console

log = logging.getLogger(__name__)

Parse = Callable[[list[str]], Namespace]


def run(parsed: Namespace, start: Start, owner: ProfileLock, hardened: Sequence[str], parse: Parse) -> int:
    """Open the window of a profile; returns the exit code.

    Args:
        start: names the folder, and is told nothing: whatever is raised from here is told by `start_failures`.
        owner: the right to open the profile; it is given back at the end.
        hardened: what `harden` did, for the log.
        parse: understands a command line, for commands that are typed beside the window.
    """
    folder = start.folder
    assert folder is not None
    crashes = CrashReporter(folder / "logs", start.redactor, lambda path: log.error("crash written to %s", path.name))
    try:
        configure(folder / "logs", start.redactor, verbose=parsed.verbose)
        log.info("%s", "; ".join(hardened))
        crashes.install()
        window = WindowStart(parsed, folder, owner, start.redactor, parse)
        hooks = app.Hooks(
            ready=window.listen,
            warm_up=warm_up,
            on_loop_error=crashes.from_loop,
            no_display=lambda found: ended_by(start, found),
        )
        try:
            return app.run(options_of(parsed), window.open, hooks)
        finally:
            window.throw_away()
    finally:
        crashes.uninstall()
        owner.release()


def warm_up() -> None:
    """Import what the first paint does without, in a thread right after it, so that the first use does not stop the window."""
    from deskhand.content import quotes, sanitize  # noqa: F401 - see `sync.sanitizing`

    registry.warm_up()


def options_of(parsed: Namespace) -> app.WindowOptions:
    """Return the window's own options."""
    return app.WindowOptions(
        open=parsed.open or "",
        theme=parsed.theme or "",
        size=parsed.size,
        platform=parsed.platform or "",
        screenshot=Path(parsed.screenshot) if parsed.screenshot else None,
    )


class WindowStart:
    """What a window start does around the window."""

    def __init__(
        self, parsed: Namespace, folder: Path, profile_lock: ProfileLock, redactor: Redactor, parse: Parse
    ) -> None:
        self._parse = parse
        self._parsed = parsed
        self._folder = folder
        self._profile_lock = profile_lock
        self._redactor = redactor
        self._for_now: list[Path] = []

    async def open(self, choice: VaultChoice | None) -> bootstrap.OpenProfile:
        """Open the profile; a choice comes from the dialog after the vault could not be used."""
        folder, profile_lock = self._folder, self._profile_lock
        wanted = choice.kind if choice is not None else self._parsed.vault
        if wanted == "session":
            # Nothing is kept: not the secrets, and so not what only their key could open either.
            folder = bootstrap.temporary_profile_folder()
            self._for_now.append(folder)
            profile_lock = bootstrap.lock_profile(folder)

        async def passphrase(new: bool) -> str:  # noqa: FBT001 - the port's own shape
            if choice is not None and choice.passphrase:
                return choice.passphrase
            if self._parsed.passphrase_file:
                return await asyncio.to_thread(read_passphrase, Path(self._parsed.passphrase_file))
            raise VaultUnavailable(VaultReason.PASSPHRASE_UNCHOSEN if new else VaultReason.PASSPHRASE_MISSING)

        known = Profile.open_or_create(folder)
        if choice is not None and choice.kind == "keyring" and known.has_data:
            wanted = None  # "Try again" with what the profile keeps its key in
        profile, vault = await bootstrap.open_vault(known, wanted, passphrase)
        opened = await bootstrap.open_profile(profile, vault, profile_lock, self._redactor)
        self._opened = opened
        return opened

    def throw_away(self) -> None:
        """Delete what was kept for this session only."""
        for folder in self._for_now:
            shutil.rmtree(folder, ignore_errors=True)

    async def listen(self, shell: Shell) -> None:
        """Carry commands out that are typed beside the window, and come to the front when Deskhand is started again."""
        from deskhand.cli import acting, program
        from deskhand.profile import ipc

        services = self._opened.services

        async def execute(request: ipc.Request, console: "Console") -> int:
            if request.arguments[:1] == (ACTIVATE,):
                if len(request.arguments) > 1:
                    shell.open_named(request.arguments[1])  # before: a link minds what the agent is doing in the window
                shell.raise_window()
                return 0
            try:
                parsed = self._parse(list(request.arguments))
            except SystemExit:
                return 2
            acting.resolve_for_caller(parsed, request.place)
            return await program.run(parsed, services, console)

        listener = ipc.Server(execute)
        profile_lock = self._opened.profile_lock
        listener.trust(profile_lock.publish_endpoint(await listener.start(profile_lock.socket_path())))
        shell.add_closer(listener.aclose)
