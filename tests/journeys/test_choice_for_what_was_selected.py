"""A choice that is open is about what was selected when it opened, whatever becomes of the list behind it."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts
from tests.helpers.narrowing import instance, not_none
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.commands import ChangePriority
from deskhand.domain.queries import Scope
from deskhand_sandbox.sandbox import serving


async def test_a_priority_is_given_to_the_tickets_that_were_selected(tmp_path: Path) -> None:
    with serving(tickets=60, only=("thena",)) as box:
        accounts = with_accounts((box["thena"], "Platform"))
        async with run_on_profile(ProfileSetup(tmp_path / "profile"), before=accounts) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Platform"))
            tickets = driver.shell.lists.tickets
            driver.shell.lists.choose(Scope.OPEN)
            await driver.wait_until(lambda: tickets.model.rowCount() >= 4)
            driver.list.setFocus()
            driver.key("Home", "X", "J", "X")
            await driver.wait_until(lambda: tickets.selected_count == 2)
            keys = set(tickets.selected())
            driver.shell.selection.choose_priority()
            menu = instance(QApplication.activePopupWidget(), QMenu)
            other = not_none(tickets.model.row(3)).key
            driver.shell.lists.open(other)  # as a ticket that was made meanwhile does
            await driver.wait_until(lambda: tickets.selected() == [other])
            for action in menu.actions():
                action.trigger()
                await driver.process_events()
            menu.close()
            await driver.process_events()
            async with asyncio.timeout(WAIT_SECONDS):  # it is stored behind what is stored already
                while not (given := [one.command for one in await driver.services.outbox.recent(200)]):
                    await driver.process_events()
            assert {one.ticket for one in given if isinstance(one.action, ChangePriority)} == keys
