"""Where secrets live when the keyring does not answer: chosen by the agent, in plain words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from tests.helpers.narrowing import instance

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.settings.vault_dialog import VaultDialog


def opened(qtbot, reason: VaultReason, detail: str = "", *, existing: bool = False) -> VaultDialog:
    dialog = VaultDialog(VaultUnavailable(reason, detail), existing=existing)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def shown_text(dialog: VaultDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


@pytest.mark.parametrize("reason", list(VaultReason))
def test_the_reason_stands_in_plain_words(qtbot, reason: VaultReason) -> None:
    dialog = opened(qtbot, reason, "no bus")
    assert "no bus" in shown_text(dialog)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in dialog.findChildren(QLabel))


def test_trying_the_keyring_again_is_what_enter_does(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.LOCKED)
    with qtbot.waitSignal(dialog.chosen) as told:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert told.args == ["keyring", ""]


def test_a_session_that_keeps_nothing_says_so(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.NO_KEYRING)
    QTest.keyClick(dialog.choice("session"), Qt.Key.Key_Space)
    assert "Nothing is kept" in dialog.choice("session").accessibleDescription()
    assert dialog.go_button.text() == "Continue for this session"
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.go_button.click()
    assert told.args == ["session", ""]


def test_a_new_passphrase_is_typed_twice_and_is_not_short(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.NO_KEYRING)
    assert dialog.passphrase_field.isHidden()
    QTest.keyClick(dialog.choice("passphrase"), Qt.Key.Key_Space)
    first, again = dialog.passphrase_field, dialog.repeat_field
    first_line, again_line = instance(first.control, QLineEdit), instance(again.control, QLineEdit)
    assert first_line.echoMode() is QLineEdit.EchoMode.Password
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClicks(first_line, "short")
        dialog.go_button.click()
        assert "at least 8" in first.problem
        first_line.clear()
        QTest.keyClicks(first_line, "correct horse ")
        QTest.keyClicks(again_line, "correct house ")
        dialog.go_button.click()
    assert again.problem == "The two passphrases differ."
    assert dialog.focusWidget() is again_line
    again_line.clear()
    QTest.keyClicks(again_line, "correct horse ")
    with qtbot.waitSignal(dialog.chosen) as told:
        QTest.keyClick(again_line, Qt.Key.Key_Return)
    assert told.args == ["passphrase", "correct horse "]


def test_the_dialog_grows_for_the_passphrase_and_shrinks_again(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.NO_KEYRING)
    low = dialog.height()
    dialog.choice("passphrase").click()
    qtbot.waitUntil(lambda: dialog.height() > low + 40)
    dialog.choice("keyring").click()
    qtbot.waitUntil(lambda: dialog.height() <= low + 5)


def test_an_existing_vault_asks_only_for_its_passphrase(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.PASSPHRASE_MISSING, "", existing=True)
    assert dialog.windowTitle() == "Open your vault"
    assert dialog.repeat_field.isHidden()
    assert dialog.passphrase_field.problem == ""
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.go_button.click()
    assert dialog.passphrase_field.problem == "The passphrase is missing."
    QTest.keyClicks(dialog.passphrase_field.control, "pw")
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.go_button.click()
    assert told.args == ["passphrase", "pw"]


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.WRONG_PASSPHRASE, "", existing=True)
    assert "does not open the vault" in dialog.passphrase_field.problem
    assert dialog.focusWidget() is dialog.passphrase_field.control


def test_escape_means_rather_not(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.NO_KEYRING)
    with qtbot.waitSignal(dialog.finished), qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_where_data_needs_a_key_that_is_elsewhere_there_is_nothing_to_choose(qtbot):
    problem = VaultUnavailable(VaultReason.KEY_MISSING, "It was looked for in: KWallet.", is_settled=True)
    dialog = VaultDialog(problem)
    qtbot.addWidget(dialog)
    dialog.show()
    chosen = []
    dialog.chosen.connect(lambda *what: chosen.append(what))
    assert not dialog.findChildren(TickBox)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Nothing was touched" in said
    assert "KWallet" in said
    dialog.go_button.click()
    assert chosen == [("keyring", "")]


def test_a_passphrase_that_is_still_to_be_chosen_is_asked_for_twice(qtbot) -> None:
    dialog = opened(qtbot, VaultReason.PASSPHRASE_UNCHOSEN)
    assert dialog.kind == "passphrase"
    assert not dialog.passphrase_field.isHidden()
    assert not dialog.repeat_field.isHidden()
    assert dialog.windowTitle() != "Open your vault"
