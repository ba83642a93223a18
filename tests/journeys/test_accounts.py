"""Accounts come and go through the window, and nobody is asked for less than it takes."""

import asyncio
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.helpers.app_driver import AppDriver, ProfileSetup, run_app, run_on_profile
from tests.helpers.journey_steps import (
    fill_account_dialog,
    open_ticket,
    open_tickets_with_messages,
    received_with_text,
    with_accounts,
)
from tests.helpers.ui_driver import UiDriver, visible

from deskhand import __main__ as program
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.going_on import GoOn
from deskhand.profile.lock import ProfileLock
from deskhand.ui.kit.tick_box import TickBox
from deskhand.window_start import WindowStart
from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


async def test_the_first_start_teaches_and_a_refused_secret_says_what_to_do(
    server: Server, profile_setup: ProfileSetup
) -> None:
    async with run_on_profile(profile_setup) as driver:
        assert "Welcome to Deskhand" in driver.visible_text()
        assert "All your tickets in one list, whichever helpdesk they live at." in driver.visible_text()
        assert not driver.find_all("Tickets")
        await fill_account_dialog(driver, server, ACCOUNT, wrong=True)
        driver.press("Check and add")
        await driver.wait_for_text("NexusCore refused these credentials")
        assert driver.focused == "Client secret"
        assert not driver.services.accounts.all()
        driver.type_into("Client secret", server.credentials["client_secret"])
        driver.press("Check and add")
        await driver.wait_until(lambda: not driver.in_dialog and ACCOUNT in driver.names())
        assert "Welcome to Deskhand" not in driver.visible_text()
        driver.press("All tickets")
        await driver.wait_until(lambda: driver.find_all("Tickets") and driver.row_texts(), "tickets come by themselves")


async def test_an_account_with_something_unsent_goes_only_after_that_was_said(
    server: Server, profile_setup: ProfileSetup
) -> None:
    ticket = open_tickets_with_messages(server)[0]
    async with run_on_profile(
        profile_setup, after_sending=GoOn.STAY, before=with_accounts((server, ACCOUNT))
    ) as driver:
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        await open_ticket(driver, ticket["subject"])
        server.faults.status(503, times=None)
        driver.type_into("Reply", "Not sent yet")
        driver.press("Send")
        await driver.wait_until(lambda: driver.services.lists.overview().outbox_open)
        await remove(driver)
        assert "1 in the outbox was not sent yet" in driver.visible_text()
        assert not driver.find("Remove").isEnabled()
        driver.press("Cancel")
        await driver.wait_until(lambda: not driver.in_dialog)
        assert driver.services.accounts.labelled(ACCOUNT)
        await remove(driver)
        driver.click(driver.find("Also delete the 1 unsent", TickBox))
        driver.press("Remove")
        await driver.wait_for_text("Welcome to Deskhand")
        assert not driver.services.accounts.all()
        assert [item for item in profile_setup.vault._items if item != "database"] == []
    assert not received_with_text(server, "Not sent yet")


async def remove(driver: AppDriver) -> None:
    driver.press(f"More about {ACCOUNT}")
    await driver.process_events()
    driver.choose_from_menu("Remove…")
    await driver.wait_for_dialog(f"Remove {ACCOUNT}?")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a keyring always answers")
async def test_without_a_keyring_it_asks_and_writes_nothing_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no-bus'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = tmp_path / "profile"
    folder.mkdir()
    async with asyncio.TaskGroup() as group:
        answering = group.create_task(answer())
        start = window_start(folder)
        async with run_app(start.open, start.listen) as driver:
            await answering
            await fill_account_dialog(driver, server, ACCOUNT)
            driver.press("Check and add")
            await driver.wait_until(lambda: not driver.in_dialog and ACCOUNT in driver.names())
    secret = server.credentials["client_secret"].encode()
    for file in folder.rglob("*"):
        assert not file.is_file() or secret not in file.read_bytes(), f"{file.name} holds the secret"
    assert (folder / "vault.db").exists()


def window_start(folder: Path, *more: str) -> WindowStart:
    """Return what `deskhand --profile folder` does around its window."""
    parsed = program.parser().parse_args(["--profile", str(folder), *more])
    profile_lock = ProfileLock.acquire(folder)
    assert profile_lock is not None
    return WindowStart(parsed, folder, profile_lock, Redactor(), lambda typed: program.parser().parse_args(typed))


async def answer() -> None:
    """Choose the encrypted file in the dialog that asks where secrets shall live."""
    asked = UiDriver()
    await asked.wait_until(lambda: asked.in_dialog)
    dialog = await asked.wait_for_dialog("Where should your credentials be kept?")
    assert "No keyring answers on this computer." in asked.visible_text()
    ways = [one.text() for one in visible(dialog, TickBox)]
    assert ways == ["Try the keyring again", "An encrypted file with a passphrase", "This session only"]
    asked.click(asked.find("An encrypted file with a passphrase", TickBox))
    await asked.process_events()
    asked.type_into("Passphrase", "correct horse battery")
    asked.type_into("Once more", "correct horse battery")
    asked.press("Use this passphrase")


async def test_a_second_start_raises_the_first_and_commands_beside_the_window_work(
    server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    words = tmp_path / "words"
    words.write_text("correct horse battery\n")
    vault = ("--vault", "passphrase", "--passphrase-file", str(words))
    start = window_start(folder, *vault)
    async with run_app(start.open, start.listen) as driver:
        await with_accounts((server, ACCOUNT))(driver.services)
        await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
        ticket = open_tickets_with_messages(server)[0]
        code, said = await deskhand(folder, "accounts", "list")
        assert (code, ACCOUNT in said) == (0, True)
        code, said = await deskhand(folder, "reply", f"{ACCOUNT}/{ticket['id']}", "--text", "From the command line")
        assert code == 0, said
        await driver.wait_until(lambda: received_with_text(server, "From the command line"))
        driver.window.showMinimized()
        code, said = await deskhand(folder, "--open", f"{ACCOUNT}/{ticket['id']}")
        assert code == 0, said
        assert not driver.window.windowState() & Qt.WindowState.WindowMinimized
        await driver.wait_until(lambda: driver.subject == ticket["subject"], "the ticket that was asked for is open")
        await driver.wait_for_text("now: From the command line")


async def deskhand(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the program beside this one; return its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "deskhand",
        "--profile",
        str(folder),
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()
