"""Whatever goes wrong while the window closes, what was just typed is kept and the profile is given up; and nothing happens after it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid
from tests.helpers.app_driver import RULES, ProfileSetup, run_app, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.bootstrap import OpenProfile, lock_profile, open_profile
from deskhand.diagnostics.redaction import Redactor
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand_sandbox.sandbox import serving


async def fail() -> None:
    raise RuntimeError("a closer of the window")


async def test_a_failure_while_closing_loses_nothing_that_was_just_typed(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    with serving(tickets=60, only=("nexuscore",)) as box:
        ticket = open_tickets_with_messages(box["nexuscore"])[0]
        windows: list[QWidget] = []

        async def type_and_fail() -> None:
            async with run_on_profile(profile_setup, before=with_accounts((box["nexuscore"], "Retail EU"))) as driver:
                await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
                await open_ticket(driver, ticket["subject"])
                driver.type_into("Reply", "Typed at the last moment.")
                driver.shell.add_closer(fail)
                windows.append(driver.shell.window)

        with pytest.raises(RuntimeError, match="a closer of the window"):
            await type_and_fail()
        assert not any(window.isVisible() for window in windows if isValid(window))
        async with run_on_profile(profile_setup) as driver:
            await open_ticket(driver, ticket["subject"])
            await driver.wait_until(lambda: driver.text_edit("Reply").toPlainText() == "Typed at the last moment.")


class ClosesAfterLooking:
    """An opened profile that looks, when it is about to be closed, for what would still happen in the window."""

    def __init__(self, opened: OpenProfile) -> None:
        self._opened = opened
        self.services = opened.services
        self.timers: list[QTimer] = []
        self.left: list[QTimer] = []

    async def aclose(self) -> None:
        self.left = [one for one in self.timers if isValid(one) and one.isActive()]
        await self._opened.aclose()


async def test_nothing_of_a_closed_window_happens_later_though_much_was_about_to(tmp_path: Path) -> None:
    """What waits for a moment reads the profile then, which is closed: the results of many changes, a search, a mark as read."""
    folder, looking = tmp_path / "profile", list[ClosesAfterLooking]()
    with serving(tickets=60, only=("nexuscore",)) as box:
        ticket = open_tickets_with_messages(box["nexuscore"])[0]

        async def opener(_choice: object) -> ClosesAfterLooking:
            profile, vault = Profile.open_or_create(folder), MemoryVault()
            made = await open_profile(profile, vault, lock_profile(folder), Redactor(), RULES)
            await with_accounts((box["nexuscore"], "Retail EU"))(made.services)
            looking.append(ClosesAfterLooking(made))
            return looking[0]

        async with run_app(opener) as driver:
            await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
            await open_ticket(driver, ticket["subject"])
            driver.list.setFocus()
            driver.key("Ctrl+A", "E")
            await driver.wait_until(lambda: driver.in_dialog and driver.active_surface().isActiveWindow(), "a question")
            driver.press(next(one for one in driver.names(QAbstractButton) if one.startswith("Close ")))
            await driver.wait_until(lambda: not driver.in_dialog, "the plan is carried out")
            looking[0].timers = driver.window.findChildren(QTimer)
            assert any(one.isActive() for one in looking[0].timers)
        assert not looking[0].left
