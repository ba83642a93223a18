"""A35, A45: a harmless file opens from a place of its own, one that could act is only ever saved."""

import stat
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.helpers.app_driver import ProfileSetup, run_on_profile
from tests.helpers.journey_steps import open_ticket, open_tickets_with_messages, with_accounts

from deskhand.ui.ticket.conversation import Conversation
from deskhand_sandbox.mail import pdf
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.seed_data import File

ACCOUNT = "Retail EU"


class Opener(QObject):
    """Stands where the desktop's own opener does."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def look_at(path: Path) -> tuple[bytes, int]:
    """Return what a file holds and who may read it; nothing where it is gone."""
    return (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) if path.exists() else (b"", 0)


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


async def test_what_could_act_is_saved_and_not_opened(tmp_path: Path) -> None:
    opener, data = Opener(), pdf("Invoice")
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stubs say bytes, PySide takes only str
    try:
        with serving(tickets=40, only=("nexuscore",)) as box:
            server = box["nexuscore"]
            ticket = open_tickets_with_messages(server)[0]
            seed_ticket = next(one for one in server.seed_data.tickets if one.subject == ticket["subject"])
            last = seed_ticket.messages[-1]
            files = (
                File(f"file-{seed_ticket.number}-9-0", "invoice.pdf", "application/pdf", data),
                File(f"file-{seed_ticket.number}-9-1", "invoice.pdf.exe", "application/pdf", b"MZ"),
            )
            object.__setattr__(last, "files", files)
            profile_setup = ProfileSetup(tmp_path / "profile")
            async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
                await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
                await open_ticket(driver, ticket["subject"])
                conversation = driver.find("Conversation", Conversation)

                def chips() -> dict[str, tuple[str, str]]:
                    view = conversation.shown
                    return {a.name: (m.id, a.id) for m in view.messages for a in m.attachments} if view else {}

                await driver.wait_until(
                    lambda: {"invoice.pdf", "invoice.pdf.exe"} <= set(chips()), "both files stand there"
                )
                conversation.attachment_open_requested.emit(*chips()["invoice.pdf"])
                await driver.wait_until(lambda: opener.opened, "the harmless one is opened")
                path = Path(opener.opened[0])
                kept, mode = look_at(path)
                assert kept == data
                assert path.is_relative_to(profile_setup.folder)
                assert mode == 0o600
                conversation.attachment_open_requested.emit(*chips()["invoice.pdf.exe"])
                await driver.wait_until(
                    lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "a place is asked for"
                )
                dialog = QApplication.activeModalWidget()
                assert isinstance(dialog, QFileDialog)
                taken = tmp_path / "taken"
                write(taken, b"")
                dialog.fileSelected.emit(str(taken / "invoice.pdf.exe"))  # below a file: cannot be written
                dialog.reject()
                await driver.wait_for_text("invoice.pdf.exe was not saved")
                assert len(opener.opened) == 1
            assert look_at(path) == (b"", 0), "what was opened goes with the program"
    finally:
        QDesktopServices.unsetUrlHandler("file")


async def test_what_of_a_long_message_is_not_shown_opens_as_plain_text(tmp_path: Path) -> None:
    opener = Opener()
    text = "\n".join(f"Line {n} of the log" for n in range(9_000))
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stubs say bytes, PySide takes only str
    try:
        with serving(tickets=40, only=("nexuscore",)) as box:
            server = box["nexuscore"]
            ticket = open_tickets_with_messages(server)[0]
            server.add_customer_message(ticket["id"], text)
            profile_setup = ProfileSetup(tmp_path / "profile")
            async with run_on_profile(profile_setup, before=with_accounts((server, ACCOUNT))) as driver:
                await driver.wait_until(lambda: driver.wait_synced(ACCOUNT))
                await open_ticket(driver, ticket["subject"])
                await driver.wait_for_text("The rest of this message is not shown.")
                driver.press("Open it all as text")
                await driver.wait_until(lambda: opener.opened, "the system's editor is asked")
                path = Path(opener.opened[0])
                kept, mode = look_at(path)
                assert kept.decode() == text
                assert path.suffix == ".txt"
                assert mode == 0o600
            assert look_at(path) == (b"", 0), "what was opened goes with the program"
    finally:
        QDesktopServices.unsetUrlHandler("file")
