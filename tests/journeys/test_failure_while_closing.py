"""Whatever goes wrong while the window closes, what was just typed is kept and the profile is given up."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

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
