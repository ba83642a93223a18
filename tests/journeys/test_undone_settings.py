"""What is chosen in the settings holds at once, and Ctrl+Z takes it back: on the page, and after it."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import with_accounts

from deskhand.ui.list.row_metrics import Density
from deskhand.ui.settings.settings_dialog import SettingsDialog
from deskhand_sandbox.nexuscore.server import Server


async def in_all_tickets(driver: AppDriver) -> None:
    """Wait until the account was read, and stand in the list of all tickets."""
    await driver.wait_until(lambda: driver.wait_synced("Retail EU"))
    driver.press("All tickets", within="Accounts")
    await driver.wait_until(lambda: bool(driver.row_texts()))


def newest(driver: AppDriver) -> str:
    """What was done last and can be undone."""
    return next((step.what for step in driver.services.undo.done), "")


async def settings_page(driver: AppDriver) -> SettingsDialog:
    driver.list.setFocus()
    driver.key("Ctrl+,")
    dialog = await driver.wait_for_dialog("Settings")
    assert isinstance(dialog, SettingsDialog)
    return dialog


async def test_a_choice_is_taken_back_on_the_page_and_in_the_window(server: Server, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((server, "Retail EU"))) as driver:
        await in_all_tickets(driver)
        settings = driver.services.settings
        dialog = await settings_page(driver)
        usual = settings.undo_seconds
        dialog.undo_box.setFocus()
        driver.key("Up", "Up")
        await driver.wait_until(lambda: settings.undo_seconds == usual + 2)
        dialog.density_box.setCurrentIndex(dialog.density_box.findData(Density.COMPACT))
        await driver.wait_until(lambda: driver.shell.density.usual is Density.COMPACT)
        driver.key("Ctrl+Z")
        await driver.wait_for_text("Undone: changed the setting “Rows”")
        assert driver.shell.density.usual is Density.COMFORTABLE
        assert dialog.density_box.currentData() == Density.COMFORTABLE
        driver.key("Ctrl+Z")
        await driver.wait_for_text("Undone: changed the setting “Undo sending”")
        assert (settings.undo_seconds, dialog.undo_box.value()) == (usual, usual)
        driver.key("Ctrl+Z")
        await driver.wait_for_text("There is nothing to undo.")


async def test_a_removed_canned_reply_comes_back(server: Server, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((server, "Retail EU"))) as driver:
        await in_all_tickets(driver)
        kept = await driver.services.settings.save_snippet("Thanks", "Thank you")
        dialog = await settings_page(driver)
        dialog.snippets.removed.emit(kept.id)
        await driver.wait_until(lambda: newest(driver) == "Removed the canned reply “Thanks”")
        assert driver.services.settings.snippets() == ()
        driver.click(driver.find("Close", QAbstractButton, within=dialog))
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_for_text("Undone: removed the canned reply “Thanks”")
        assert driver.services.settings.snippets() == (kept,)


async def test_a_view_that_was_removed_comes_back_whole_at_its_place(server: Server, tmp_path: Path) -> None:
    setup = ProfileSetup(tmp_path / "profile")
    async with run_on_profile(setup, before=with_accounts((server, "Retail EU"))) as driver:
        await in_all_tickets(driver)
        views = driver.services.views
        first = await views.create("First", "is:open", colour="rose", icon="tag", pinned=True, counter=False)
        await views.create("Second", "is:unread")
        key = driver.shell.views.key_of(first.id)
        assert key
        before = views.all()
        driver.shell.views.remove(first.id)
        await driver.wait_until(lambda: newest(driver) == "Removed the view “First”")
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_until(lambda: views.all() == before)
        assert driver.shell.views.key_of(first.id) == key
        driver.shell.views.set_pinned(first.id, False)
        await driver.wait_until(lambda: newest(driver) == "Took the pin off the view “First”")
        driver.key("Z")
        await driver.wait_until(lambda: views.all() == before)
        driver.shell.views.duplicate(first.id)
        await driver.wait_for_dialog("Edit view")
        driver.key("Escape")
        await driver.wait_until(lambda: not driver.in_dialog)
        driver.list.setFocus()
        driver.key("Z")
        await driver.wait_until(lambda: views.all() == before)
