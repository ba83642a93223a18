"""Removing an account: what goes is said, and nothing unsent goes unasked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.helpers.narrowing import not_none

from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.ids import AccountId, TicketKey, VendorId
from deskhand.services.accounts import Removal
from deskhand.ui.accounts.remove_dialog import RemoveDialog
from deskhand.ui.kit.tick_box import TickBox

ACCOUNT = Account(
    AccountId("a"),
    VendorId("nexuscore"),
    "Retail EU",
    "",
    capabilities=Capabilities(can=frozenset({Feature.LIST})),
)
DRAFTS = ((TicketKey(ACCOUNT.id, "1"), "reply"), (TicketKey(ACCOUNT.id, "2"), "note"))
REMOVAL = Removal(ACCOUNT, 1240, DRAFTS, 2, "GNOME Keyring")


def opened(qtbot, removal: Removal) -> RemoveDialog:
    dialog = RemoveDialog(removal)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def shown_text(dialog: RemoveDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def test_it_says_what_goes(qtbot) -> None:
    said = shown_text(opened(qtbot, REMOVAL))
    for part in ("Remove Retail EU?", "1,240 tickets", "2 drafts", "GNOME Keyring", "Nothing changes at the vendor"):
        assert part in said
    assert "cannot be read back" not in said


def test_it_says_when_the_tickets_are_kept_nowhere_else(qtbot) -> None:
    write_only = replace(ACCOUNT, capabilities=Capabilities())
    assert "1 ticket, which cannot be read back" in shown_text(opened(qtbot, Removal(write_only, 1, (), 0, "KWallet")))


def test_what_is_unsent_goes_only_when_the_agent_has_said_so(qtbot) -> None:
    dialog = opened(qtbot, REMOVAL)
    assert not dialog.remove_button.isEnabled()
    box = not_none(dialog.give_up_box)
    assert box.text() == "Also delete the 2 unsent"
    QTest.keyClick(box, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.confirmed) as told:
        dialog.remove_button.click()
    assert told.args == [True]
    assert not dialog.isVisible()


def test_with_nothing_unsent_one_press_is_enough(qtbot) -> None:
    dialog = opened(qtbot, replace(REMOVAL, unsent=0))
    assert dialog.findChild(TickBox) is None
    with qtbot.waitSignal(dialog.confirmed) as told:
        dialog.remove_button.click()
    assert told.args == [False]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_keep_the_account(qtbot, key: Qt.Key) -> None:
    dialog = opened(qtbot, replace(REMOVAL, unsent=0))
    with qtbot.assertNotEmitted(dialog.confirmed):
        QTest.keyClick(dialog, key)
    assert not dialog.isVisible()
