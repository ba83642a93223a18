"""A session of its own process that leaves its place and stays: `python -m tests.journeys.place_session FOLDER READ TAB OWN < VAULT`.

It shows all tickets, scrolled, with the ticket READ open and scrolled, TAB in a tab and OWN in a window of its own; tells where all is, as a
line of JSON, once that is on the disk; and waits to be killed.
"""

import asyncio
import json
import sys
from pathlib import Path

from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket

from deskhand.services.window_place import KEY, WindowPlace, read
from deskhand.ui import app

LONGEST = 120
"""Seconds after which a session that nobody kills ends by itself."""

TOP = 30
"""The row at the list's top."""


def place_of(driver: AppDriver) -> dict[str, object]:
    """Where list and conversations are scrolled to."""
    desks = driver.shell.own_windows.desks
    return {
        "list": driver.list.verticalScrollBar().value(),
        "conversation": driver.shell.parts.pane.conversation.reading_place,
        "own": [one.pane.conversation.reading_place for one in desks],
        "at": [[one.window.x(), one.window.y(), one.window.width(), one.window.height()] for one in desks],
    }


def stored(driver: AppDriver) -> WindowPlace:
    """What of it is on the disk, or on its way there."""
    return read(driver.services.settings.text(KEY))


async def leave(driver: AppDriver, subject: str, in_tab: str, in_own: str) -> dict[str, object]:
    """Open and scroll everything, and return where it is once that is stored."""
    driver.press("All tickets")
    await driver.wait_until(lambda: len(driver.row_texts()) > 2 * TOP, "the list of all")
    await open_ticket(driver, in_own)
    driver.list.setFocus()
    driver.key("Shift+Return")
    await driver.wait_until(
        lambda: [one for one in driver.shell.own_windows.desks if one.ticket.current()], "it has a window"
    )
    (desk,) = driver.shell.own_windows.desks
    desk.window.setGeometry(60, 70, 700, 520)
    driver.window.activateWindow()
    await open_ticket(driver, in_tab)
    driver.list.setFocus()
    driver.key("Ctrl+Return")
    await driver.wait_until(driver.shell.tabs.bar.isVisible, "it has a tab")
    await open_ticket(driver, subject)
    bars = [one.conversation.verticalScrollBar() for one in (desk.pane, driver.shell.parts.pane)]
    await driver.wait_until(lambda: all(bar.maximum() > 200 for bar in bars), "they are long")
    for bar in bars:
        bar.setValue(150)
    height = driver.list.verticalHeader().defaultSectionSize()
    driver.list.verticalScrollBar().setValue(TOP * height + 11)
    await driver.wait_until(
        lambda: (
            stored(driver).offset == 11
            and stored(driver).windows
            and stored(driver).windows[0].offset == desk.place().offset
            and stored(driver).tabs[0].message
        ),
        "it is kept",
    )
    await driver.services.settings.put("test.written", "1")  # writes go in order: all before this one is on the disk
    return place_of(driver)


async def session(profile_setup: ProfileSetup, *subjects: str) -> None:
    """Leave the place, tell it, and stay."""
    for item, secret in json.load(sys.stdin).items():
        await profile_setup.vault.put(item, secret)
    async with run_on_profile(profile_setup) as driver:
        place = await leave(driver, *subjects)
        sys.stdout.write(json.dumps(place) + "\n")
        sys.stdout.flush()
        await asyncio.wait({asyncio.get_running_loop().create_future()}, timeout=LONGEST)


if __name__ == "__main__":
    with app.make_runner(app.get_application()) as runner:
        runner.run(session(ProfileSetup(Path(sys.argv[1])), *sys.argv[2:5]))
