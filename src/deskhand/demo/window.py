"""The demo with a display: the window on a throw-away profile."""

import shutil
from argparse import Namespace

from deskhand import bootstrap, window_start
from deskhand.diagnostics.redaction import Redactor
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.store.profile import Profile
from deskhand.ui import app
from deskhand.ui.shell import Shell
from deskhand.ui.vaulting import VaultChoice
from deskhand.vendors.registry import warm_up

from .accounts import sign_in
from .box import Box


def run(parsed: Namespace, box: Box) -> int:
    """Show the window until it is closed; returns the exit code."""
    folder = bootstrap.throw_away_folder()

    async def opener(_choice: VaultChoice | None) -> bootstrap.Opened:
        opened = await bootstrap.open_profile(Profile.of(folder), MemoryVault(), bootstrap.own(folder), Redactor())
        await sign_in(opened.house, box, lambda words: print(f"  {words}"))
        return opened

    async def ready(_shell: Shell) -> None:
        print("The window is open. Customers of the sandbox write now and then. Close it to end the demo.")

    try:
        return app.run(window_start.options_of(parsed), opener, app.Hooks(ready=ready, warm_up=warm_up))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
