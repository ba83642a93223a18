"""What stands on the screen is also what a screen reader says."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from deskhand.domain.accounts import AccountMark, AccountStatus, Health, VendorInfo
from deskhand.domain.ids import AccountId, VendorId
from deskhand.ui.accounts.account_header import AccountHeader
from deskhand.ui.accounts.status_label import status_label
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.composer.recipients import Recipients
from deskhand.ui.kit.theme import Tone
from deskhand.ui.notifications.status_line import StatusLine
from deskhand.ui.outbox.outbox_dialog import OutboxDialog

SIGNED_OUT = AccountStatus(AccountId("retail"), Health.SIGN_IN)
VENDOR = VendorInfo(VendorId("nexuscore"), "NexusCore", "Nx", "#5b5bd6", "threads", "https://x.test", ())


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_who_gets_a_reply_is_spoken(qtbot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    recipients = Recipients(owner)
    for who in ("Lukas Brandt <lukas.brandt@example.net>", "小林 陽子 <y@example.jp>"):
        recipients.set_to(who, can_cc=True)
        assert any(spoken(label) == f"To: {who}" for label in recipients.findChildren(QLabel))


def test_what_an_outgoing_message_waits_for_is_spoken(qtbot) -> None:
    dialog = OutboxDialog()
    dialog.set_lines([])
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [label for label in dialog.findChildren(QLabel) if label.text().startswith("Nothing was sent yet.")]
    assert [spoken(label) for label in shown] == [shown[0].text()]


def test_the_buttons_that_mend_two_accounts_are_told_apart(qtbot) -> None:
    names = ("Retail EU", "Platform support")
    headers = [AccountHeader() for _ in names]
    for header, name in zip(headers, names, strict=True):
        qtbot.addWidget(header)
        header.set_account(name, AccountMark())
        header.set_status("NexusCore", status_label(SIGNED_OUT, datetime(2026, 3, 4, tzinfo=UTC)), "")
    assert [spoken(header.fix_button) for header in headers] == ["Retail EU: Sign in", "Platform support: Sign in"]


def test_where_there_is_little_room_the_name_of_a_view_is_whole_and_its_words_are_in_the_tooltip(qtbot) -> None:
    row = ViewRow("Outbox", icon="inbox")
    qtbot.addWidget(row)
    row.set_text("12 need you", Tone.WAITING)
    narrow = row.sizeHint().width() - 20
    for width, tip in ((narrow, "Outbox 12 need you"), (narrow + 400, "")):
        row.resize(width, row.sizeHint().height())
        row.grab()
        assert row.toolTip() == tip
        assert QAccessible.queryAccessibleInterface(row).text(QAccessible.Text.Description) == "12 need you"


def test_a_screen_reader_hears_that_a_message_needs_the_agent_once(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    line = StatusLine()
    qtbot.addWidget(line)
    with monkeypatch.context() as patched:
        patched.setattr(QAccessible, "updateAccessibility", hear)
        for waiting, asks in ((1, 0), (1, 1), (2, 1), (1, 2), (0, 1), (0, 0), (0, 1)):
            line.set_outbox(waiting, asks)
    assert heard == ["1 in the outbox needs you", "2 in the outbox need you", "1 in the outbox needs you"]
