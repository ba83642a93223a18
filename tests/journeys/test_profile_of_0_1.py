"""The window on a profile that version 0.1 made (tests/corpus/profiles/0.1). Its accounts are paused, because their vendors are gone."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSplitter
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.profile_0_1 import STORED, copy_profile, key_of

from deskhand import bootstrap
from deskhand.services.services import Services
from deskhand.ui import app

SIZE = (1280, 820)
"""Of the window that version 0.1 had closed, with panes of 300, 460 and 520 pixels and the dark theme."""


async def pause_all(services: Services) -> None:
    await services.engine.open_without_running()
    for account in services.accounts.all():
        await services.accounts.pause(account.id, paused=True)


async def test_the_window_shows_what_the_agent_left(tmp_path: Path) -> None:
    profile_setup = ProfileSetup(tmp_path / "profile")
    copy_profile(profile_setup.folder)
    await profile_setup.vault.put(bootstrap.DATABASE_KEY, (await key_of(profile_setup.folder)).reveal())
    async with run_on_profile(profile_setup, before=pause_all, options=app.WindowOptions(size=SIZE)) as driver:
        assert driver.window.palette().window().color().lightness() < 128
        widths = driver.window.findChildren(QSplitter)[0].sizes()
        assert widths == [pytest.approx(width, abs=8) for width in (300, 460, 520)]
        driver.press("My open")
        await driver.wait_until(lambda: len(driver.row_texts()) == STORED["counts"]["scopes"]["mine_open"])
        driver.open_row("Wrong size delivered")
        await driver.wait_until(lambda: "Wrong size delivered" in driver.subject, "the ticket is open")
        reply = driver.text_edit("Reply")
        await driver.wait_until(lambda: "it is on its way." in reply.toPlainText(), "the draft is in the reply box")
        assert "font-weight" in reply.toHtml()
