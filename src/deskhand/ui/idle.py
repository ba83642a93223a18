"""Waits until the window shows everything: for screenshots and the demo."""

import asyncio

from PySide6.QtCore import SignalInstance

from deskhand.domain.accounts import Health
from deskhand.services.accounts import Accounts

IDLE_MS = 400
"""How long nothing has to change."""


async def wait_idle(changed: SignalInstance, accounts: Accounts) -> None:
    """Wait until no account is loading and nothing has changed for `IDLE_MS`.

    Args:
        changed: sent with each change set.
    """
    while True:
        rung = asyncio.Event()
        connection = changed.connect(lambda _changes, bell=rung: bell.set())
        try:
            async with asyncio.timeout(IDLE_MS / 1000):
                await rung.wait()
        except TimeoutError:
            if not _loading(accounts):
                return
        finally:
            changed.disconnect(connection)


def _loading(accounts: Accounts) -> bool:
    waiting = (Health.NEW, Health.SYNCING)
    return any(accounts.status(a.id).health in waiting or accounts.status(a.id).progress for a in accounts.all())
