"""The demo with a display: the window on a throw-away profile."""

import shutil
from argparse import Namespace

from deskhand import bootstrap, window_start
from deskhand.diagnostics.redaction import Redactor
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.start_failures import Start, ended_by, guard, is_seen
from deskhand.ui import app
from deskhand.ui.settings.vault_choice import VaultChoice
from deskhand.ui.shell import Shell
from deskhand.vendors.registry import warm_up

from .accounts import sign_in
from .sandbox_process import SandboxProcess


def run(parsed: Namespace, sandbox: SandboxProcess) -> int:
    """Show the window until it is closed; returns the exit code."""
    start = Start(Redactor(), is_seen=is_seen(parsed.platform, is_photographed=bool(parsed.screenshot)))
    return guard(start, lambda: _show(parsed, sandbox, start))


def _show(parsed: Namespace, sandbox: SandboxProcess, start: Start) -> int:
    folder = bootstrap.temporary_profile_folder()

    async def opener(_choice: VaultChoice | None) -> bootstrap.OpenProfile:
        opened = await bootstrap.open_profile(
            Profile.open_or_create(folder), MemoryVault(), bootstrap.lock_profile(folder), start.redactor
        )
        await sign_in(opened.services, sandbox, lambda line: print(f"  {line}"))
        return opened

    async def ready(_shell: Shell) -> None:
        print("The window is open. Customers of the sandbox write now and then. Close it to end the demo.")

    hooks = app.Hooks(ready=ready, warm_up=warm_up, no_display=lambda problem: ended_by(start, problem))
    try:
        return app.run(window_start.options_of(parsed), opener, hooks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
