"""What stands on the screen is also what a screen reader says."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from deskhand.ui.dialogs.outbox_dialog import OutboxDialog
from deskhand.ui.panes.recipients import Recipients


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
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [label for label in dialog.findChildren(QLabel) if label.text() == "Nothing was sent yet."]
    assert [spoken(label) for label in shown] == ["Nothing was sent yet."]
