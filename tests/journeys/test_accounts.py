"""Accounts come and go through the window, and nobody is asked for less than it takes."""

import asyncio
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QRadioButton
from tests.helpers.errands import arrived, conversations, fill_in, open_ticket, signed_in
from tests.helpers.hands import Hands, visible
from tests.helpers.running import Desk, Place, living, running

from deskhand import __main__ as program
from deskhand.diagnostics.redaction import Redactor
from deskhand.profile.lock import Ownership
from deskhand.window_start import WindowStart
from deskhand_sandbox.nexuscore.server import Server

ACCOUNT = "Retail EU"


async def test_the_first_start_teaches_and_a_refused_secret_says_what_to_do(server: Server, place: Place) -> None:
    async with running(place) as desk:
        assert "Welcome to Deskhand" in desk.words()
        assert "All your tickets in one list, whichever helpdesk they live at." in desk.words()
        assert not desk.find_all("Tickets")
        await fill_in(desk, server, ACCOUNT, wrong=True)
        desk.press("Check and add")
        await desk.until_says("NexusCore refused these credentials")
        assert desk.focused == "Client secret"
        assert not desk.house.accounts.all()
        desk.type_into("Client secret", server.credentials["client_secret"])
        desk.press("Check and add")
        await desk.until(lambda: not desk.in_dialog and ACCOUNT in desk.names())
        assert "Welcome to Deskhand" not in desk.words()
        desk.press("All tickets")
        await desk.until(lambda: desk.find_all("Tickets") and desk.rows(), "tickets come by themselves")


async def test_an_account_with_something_unsent_goes_only_after_that_was_said(server: Server, place: Place) -> None:
    ticket = conversations(server)[0]
    async with running(place, before=signed_in((server, ACCOUNT))) as desk:
        await desk.until(lambda: desk.in_step(ACCOUNT))
        await open_ticket(desk, ticket["subject"])
        server.faults.status(503, times=None)
        desk.type_into("Reply", "Not sent yet")
        desk.press("Send")
        await desk.until(lambda: desk.house.views.overview().outbox_open)
        await remove(desk)
        assert "1 in the outbox was not sent yet" in desk.words()
        assert not desk.find("Remove").isEnabled()
        desk.press("Cancel")
        await desk.until(lambda: not desk.in_dialog)
        assert desk.house.accounts.labelled(ACCOUNT)
        await remove(desk)
        desk.click(desk.find("Also delete the 1 unsent", QCheckBox))
        desk.press("Remove")
        await desk.until_says("Welcome to Deskhand")
        assert not desk.house.accounts.all()
        assert [item for item in place.vault._items if item != "database"] == []
    assert not arrived(server, "Not sent yet")


async def remove(desk: Desk) -> None:
    desk.press(f"More about {ACCOUNT}")
    await desk.breathe()
    desk.menu("Remove…")
    await desk.dialog(f"Remove {ACCOUNT}?")


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
        async with living(start.open, start.listen) as desk:
            await answering
            await fill_in(desk, server, ACCOUNT)
            desk.press("Check and add")
            await desk.until(lambda: not desk.in_dialog and ACCOUNT in desk.names())
    secret = server.credentials["client_secret"].encode()
    for file in folder.rglob("*"):
        assert not file.is_file() or secret not in file.read_bytes(), f"{file.name} holds the secret"
    assert (folder / "vault.db").exists()


def window_start(folder: Path, *more: str) -> WindowStart:
    """Return what `deskhand --profile folder` does around its window."""
    parsed = program.parser().parse_args(["--profile", str(folder), *more])
    ownership = Ownership.take(folder)
    assert ownership is not None
    return WindowStart(parsed, folder, ownership, Redactor(), lambda typed: program.parser().parse_args(typed))


async def answer() -> None:
    """Choose the encrypted file in the dialog that asks where secrets shall live."""
    asked = Hands()
    await asked.until(lambda: asked.in_dialog)
    dialog = await asked.dialog("Where should your credentials be kept?")
    assert "No keyring answers on this computer." in asked.words()
    ways = [one.text() for one in visible(dialog, QRadioButton)]
    assert ways == ["Try the keyring again", "An encrypted file with a passphrase", "This session only"]
    asked.click(asked.find("An encrypted file with a passphrase", QRadioButton))
    await asked.breathe()
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
    async with living(start.open, start.listen) as desk:
        await signed_in((server, ACCOUNT))(desk.house)
        await desk.until(lambda: desk.in_step(ACCOUNT))
        ticket = conversations(server)[0]
        code, said = await deskhand(folder, "accounts", "list")
        assert (code, ACCOUNT in said) == (0, True)
        code, said = await deskhand(folder, "reply", f"{ACCOUNT}/{ticket['id']}", "--text", "From the command line")
        assert code == 0, said
        await desk.until(lambda: arrived(server, "From the command line"))
        desk.window.showMinimized()
        code, said = await deskhand(folder, "--open", f"{ACCOUNT}/{ticket['id']}")
        assert code == 0, said
        assert not desk.window.windowState() & Qt.WindowState.WindowMinimized
        await desk.until(lambda: desk.subject == ticket["subject"], "the ticket that was asked for is open")
        await desk.until_says("now: From the command line")


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
