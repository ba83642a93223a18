"""Keys that an agent changes hold at once and after a restart, and go from one computer to another as a file."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QTextEdit
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_on_profile
from tests.helpers.journey_steps import back_in, open_ticket, open_tickets_with_messages, with_accounts
from tests.helpers.narrowing import instance
from tests.helpers.ui_driver import bring_into_view, name_of, tool_tip_of, visible

from deskhand.domain.going_on import GoOn
from deskhand.ui.settings.keys_editor import KeysEditor
from deskhand_sandbox.nexuscore.server import Server


async def open_keys(driver: AppDriver) -> KeysEditor:
    """Open the page as the agent does: settings, then keys."""
    driver.key("Ctrl+,")
    await driver.wait_for_dialog("Settings")
    driver.press("Change keys…")
    return instance(await driver.wait_for_dialog("Keys"), KeysEditor)


async def press_when_laid_out(driver: AppDriver, name: str) -> None:
    """Press a button that was shown just now: it has its place once the layout came round."""
    button = driver.find(name)

    def is_in_sight() -> bool:
        bring_into_view(button)
        return not button.visibleRegion().isEmpty()

    await driver.wait_until(is_in_sight, f"“{name}” is laid out")
    driver.press(name)


async def close_keys(driver: AppDriver) -> None:
    """Go back from the keys to the settings, and from those to the window."""
    driver.press("Close")
    await back_in(driver, "Settings")
    driver.press("Close")
    await driver.wait_until(lambda: not driver.in_dialog, "the dialog is gone")


async def writes_a_reply(driver: AppDriver, key: str) -> bool:
    """Whether a key, pressed in the list, leads into the reply."""
    driver.list.setFocus()
    driver.key(key)
    await driver.process_events()
    came = isinstance(QApplication.focusWidget(), QTextEdit)
    driver.key("Esc")
    await driver.process_events()
    return came


async def test_a_key_is_found_changed_and_taken_from_another_action_by_keyboard_alone(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(profile_setup, before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        assert await writes_a_reply(driver, "R")
        editor = await open_keys(driver)
        driver.type("repl")
        assert "Reply" in editor.shown()
        assert "Close the ticket" not in editor.shown()
        driver.key("Return")
        await driver.wait_until(lambda: driver.focused == "New key of “Reply”", "a key is waited for")
        driver.key("V", "Return")
        await driver.wait_until(lambda: driver.names().count("Remove V") == 1, "V is a key of it")
        driver.key("E", "Return")
        await driver.wait_for_text("E is “Close the ticket”. Take it?")
        assert driver.focused == "Use E here"
        driver.key("Space")
        await driver.process_events()
        assert {"Remove R", "Remove V", "Remove E"} <= set(driver.names())
        driver.key("Ctrl+C")
        await driver.wait_for_text("Ctrl+C belongs to texts, lists or the system.")
        driver.key("Escape")
        await driver.process_events()
        assert driver.focused == "Change the keys of “Reply”"
        await close_keys(driver)
        assert await writes_a_reply(driver, "V")
        assert await writes_a_reply(driver, "E")
        driver.list.setFocus()
        driver.key("F1")
        await driver.wait_for_dialog("Keys")
        assert "E / V" in driver.visible_text() or "R / V / E" in driver.visible_text()
        driver.press("Close")
    async with run_on_profile(profile_setup) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        assert await writes_a_reply(driver, "E")


async def test_by_mouse_a_set_is_chosen_keys_are_swapped_and_a_button_shows_its_new_key(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        profile_setup, after_sending=GoOn.STAY, before=with_accounts((server, "Retail"))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        editor = await open_keys(driver)
        driver.choose("key set", "Like Gmail")
        driver.click(driver.find("Find what a key does"))
        driver.key("Shift+U", "Return")
        await driver.wait_until(lambda: editor.shown() == ("Mark as unread",), "what Shift+U does")
        driver.find("Search keys", QLineEdit).clear()
        await driver.process_events()
        await press_when_laid_out(driver, "Change the keys of “Send”")
        await driver.wait_until(lambda: driver.focused == "New key of “Send”", "a key is waited for")
        driver.key("Ctrl+B")
        await driver.wait_for_text("Ctrl+B is “Bold”. Take it?")
        await press_when_laid_out(driver, "Swap")
        await driver.wait_until(lambda: "Remove Ctrl+B" in driver.names(), "Send has the key of Bold")
        await close_keys(driver)
        driver.type_into("Reply", "On its way.")
        send = driver.find("Send")
        assert tool_tip_of(send) == "Send (Ctrl+B)"


async def test_keys_are_carried_to_another_profile_as_a_file_and_a_wrong_one_changes_nothing(
    server: Server, tmp_path: Path
) -> None:
    file, wrong = tmp_path / "mine.toml", tmp_path / "wrong.toml"
    wrong.write_text('version = 1\nset = "deskhand"\n[keys]\nreply = ["E"]\n', encoding="utf-8")
    ticket = open_tickets_with_messages(server)[0]

    async def choose_file(driver: AppDriver, path: Path) -> None:
        await driver.wait_until(
            lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "a file is asked for"
        )
        dialog = instance(QApplication.activeModalWidget(), QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.reject()

    async with run_on_profile(ProfileSetup(tmp_path / "one"), before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_keys(driver)
        driver.type("reply")
        driver.key("Return")
        await driver.wait_until(lambda: driver.focused == "New key of “Reply”", "a key is waited for")
        driver.key("V", "Return")
        driver.press("Export…")
        await choose_file(driver, file)
        await driver.wait_until(file.exists, "the file is written")
        await close_keys(driver)
    async with run_on_profile(ProfileSetup(tmp_path / "other"), before=with_accounts((server, "Retail"))) as driver:
        await driver.wait_until(lambda: driver.wait_synced("Retail"))
        await open_ticket(driver, ticket["subject"])
        assert not await writes_a_reply(driver, "V")
        await open_keys(driver)
        driver.press("Import…")
        await choose_file(driver, wrong)
        refused = await driver.wait_for_dialog("No keys were changed")
        text = next(visible(refused, QPlainTextEdit))
        assert "E is “Reply” and “Close the ticket”." in text.toPlainText()
        driver.press("Close")
        await driver.wait_until(lambda: name_of(driver.active_surface()) == "Keys", "the keys are in front")
        driver.press("Import…")
        await choose_file(driver, file)
        await driver.wait_until(
            lambda: "V" in driver.services.settings.text("keys.changes"), "the file's keys are stored"
        )
        await close_keys(driver)
        assert await writes_a_reply(driver, "V")
        assert [one.what for one in driver.services.undo.done] == ["Took over keys from a file"]
        driver.list.setFocus()
        driver.key("Ctrl+Z")
        await driver.wait_for_text("Undone: took over keys from a file")
        assert not await writes_a_reply(driver, "V")
