"""The account dialog: a form per vendor, what goes out of it, and what comes back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from tests.helpers.narrowing import instance

from deskhand.domain.accounts import Account, AccountColour, AccountMark
from deskhand.domain.ids import AccountId
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.secrets.passphrase_vault import PassphraseVault
from deskhand.ui.accounts.account_dialog import AccountDialog, secret_storage_text
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.secret_edit import SecretEdit
from deskhand.vendors.nexuscore.info import INFO as NEXUSCORE
from deskhand.vendors.registry import REGISTRY
from deskhand.vendors.thena.info import INFO as THENA

VENDORS = tuple(spec.info for spec in REGISTRY.values())


@pytest.fixture
def dialog(qtbot) -> Iterator[AccountDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = AccountDialog(VENDORS, "GNOME Keyring (Secret Service)", known_me="jane@example.com", parent=parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open()
    yield made
    made.show_working(False)
    made.close()


@pytest.fixture
def editing(qtbot) -> AccountDialog:
    account = Account(
        AccountId("a"),
        NEXUSCORE.id,
        "Retail EU",
        "https://eu.nexuscore.test",
        me="joe@example.com",
        kind="oauth",
        settings={"client_id": "7f31c0"},
    )
    made = AccountDialog(VENDORS, "KWallet", editing=account)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def field(dialog: AccountDialog, name: str) -> FormField:
    return next(f for f in dialog.findChildren(FormField) if f.name == name and f.isVisibleTo(dialog))


def line(dialog: AccountDialog, name: str) -> QLineEdit:
    return instance(field(dialog, name).control, QLineEdit)


def choose_kind(dialog: AccountDialog, place: int) -> None:
    instance(field(dialog, "kind").control, QComboBox).setCurrentIndex(place)


def fill(dialog: AccountDialog, name: str, text: str) -> None:
    edit = line(dialog, name)
    edit.clear()
    QTest.keyClicks(edit, text)


def button(dialog: AccountDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(dialog))


def test_what_is_typed_comes_out_with_the_secret_apart(dialog: AccountDialog, qtbot) -> None:
    dialog.choice("routera").click()
    fill(dialog, "label", "Onboarding")
    fill(dialog, "client_id", " 7f31c0 ")
    fill(dialog, "client_secret", "hush")
    with qtbot.waitSignal(dialog.submitted) as told:
        button(dialog, "Check and add").click()
    form, secret = told.args
    assert secret == "hush"
    assert (form.vendor, form.label, form.base_url, form.kind, form.me) == (
        "routera",
        "Onboarding",
        "https://api.routera.io",
        "oauth",
        "jane@example.com",
    )
    assert form.settings["client_id"] == "7f31c0"
    assert form.settings["token_by"] == "form"
    assert "hush" not in repr(form)


@pytest.mark.parametrize("vendor", [v.id for v in VENDORS])
def test_every_vendor_has_a_form_with_a_name_for_every_control(dialog: AccountDialog, vendor: str) -> None:
    dialog.choice(vendor).click()
    controls = [w for kind in (QLineEdit, QComboBox, QAbstractButton) for w in dialog.findChildren(kind)]
    assert all(w.accessibleName() or w.property("text") for w in controls if w.isVisible())
    combos = [w for w in dialog.findChildren(QComboBox) if w.isVisible()]
    assert all(w.objectName() and w.accessibleName() for w in combos)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in dialog.findChildren(QLabel))
    info = next(v for v in VENDORS if v.id == vendor)
    for one in info.kinds[0].fields:
        assert (line(dialog, one.name).echoMode() is QLineEdit.EchoMode.Password) == one.secret


def test_the_way_of_signing_in_is_chosen_where_there_are_several(dialog: AccountDialog, qtbot) -> None:
    assert not [w for w in dialog.findChildren(SecretEdit) if w.isVisible() and w.objectName() == "api_key"]
    choose_kind(dialog, 1)
    fill(dialog, "api_key", "key-1")
    with qtbot.waitSignal(dialog.submitted) as told:
        button(dialog, "Check and add").click()
    form, secret = told.args
    assert (form.kind, secret) == ("key", "key-1")
    assert "client_id" not in form.settings
    dialog.choice("thena").click()
    assert not [w for w in dialog.findChildren(QComboBox) if w.isVisible() and w.objectName() == "kind"]


def test_colour_and_icon_are_suggested_by_the_vendor_and_chosen_by_the_keyboard(dialog: AccountDialog, qtbot) -> None:
    dialog.choice("thena").click()
    colour = instance(field(dialog, "colour").control, QComboBox)
    assert (colour.currentText(), field(dialog, "icon").text) == ("Teal", "square-terminal")
    assert all(not colour.itemIcon(at).isNull() for at in range(colour.count()))
    colour.setFocus()
    QTest.keyClick(colour, Qt.Key.Key_Down)
    fill(dialog, "api_key", "hush")
    with qtbot.waitSignal(dialog.submitted) as told:
        button(dialog, "Check and add").click()
    assert told.args[0].mark == AccountMark(AccountColour.RUST, "square-terminal")


def test_arrows_choose_a_vendor_and_the_shared_words_go_along(dialog: AccountDialog) -> None:
    fill(dialog, "label", "Support")
    dialog.choice("nexuscore").setFocus()
    QTest.keyClick(dialog.choice("nexuscore"), Qt.Key.Key_Down)
    assert dialog.choice("thena").isChecked()
    assert field(dialog, "label").text == "Support"
    assert field(dialog, "base_url").text == THENA.base_url


def test_a_missing_field_is_said_under_it_before_anything_is_asked(dialog: AccountDialog, qtbot) -> None:
    with qtbot.assertNotEmitted(dialog.submitted):
        button(dialog, "Check and add").click()
    blamed = field(dialog, "client_id")
    assert blamed.problem == "Client id is missing."
    assert dialog.focusWidget() is blamed.control
    assert "Client id is missing." in blamed.control.accessibleDescription()
    QTest.keyClicks(blamed.control, "x")
    assert blamed.problem == ""


def test_what_the_vendor_refused_is_said_under_the_field_to_blame(dialog: AccountDialog) -> None:
    dialog.choice("routera").click()
    dialog.show_working(True)
    dialog.show_problem("Routera refused these credentials (401).", "client_secret")
    assert not dialog.is_working
    assert field(dialog, "client_secret").problem == "Routera refused these credentials (401)."
    assert field(dialog, "client_secret").control.property("wrong") is True
    assert dialog.problem == ""


def test_a_failure_of_no_single_field_stands_above_the_buttons(dialog: AccountDialog) -> None:
    dialog.show_problem("NexusCore cannot be reached.", "")
    assert dialog.problem == "NexusCore cannot be reached."
    dialog.show_working(True)
    assert dialog.problem == ""


def test_a_problem_in_a_hidden_setting_brings_it_into_view(dialog: AccountDialog) -> None:
    dialog.choice("thalamus").click()
    dialog.show_problem("That is no agent id.", "agent_id")
    assert field(dialog, "agent_id").control.isVisible()
    assert dialog.focusWidget() is field(dialog, "agent_id").control


def test_while_the_vendor_is_asked_escape_ends_the_question_and_not_the_dialog(dialog: AccountDialog, qtbot) -> None:
    fill(dialog, "label", "Support")
    dialog.show_working(True)
    assert not button(dialog, "Check and add").isEnabled()
    assert not field(dialog, "label").control.isEnabled()
    with qtbot.waitSignal(dialog.cancelled_work):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert field(dialog, "label").text == "Support"
    assert dialog.focusWidget() is field(dialog, "label").control
    with qtbot.assertNotEmitted(dialog.cancelled_work):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_enter_in_a_field_does_what_the_filled_button_says(dialog: AccountDialog, qtbot) -> None:
    dialog.choice("thena").click()
    fill(dialog, "api_key", "k")
    with qtbot.waitSignal(dialog.submitted):
        QTest.keyClick(field(dialog, "api_key").control, Qt.Key.Key_Return)


def test_tab_goes_through_the_whole_form(dialog: AccountDialog) -> None:
    button(dialog, "More settings").click()
    wanted = {w for w in dialog.findChildren(QLineEdit) if w.isVisible()} | {button(dialog, "Cancel")}
    reached = set()
    for _ in range(40):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert wanted <= reached


def test_a_secret_is_shown_only_while_the_agent_wants_it_and_forgotten_at_the_end(dialog: AccountDialog) -> None:
    fill(dialog, "client_secret", "hush")
    edit = instance(field(dialog, "client_secret").control, SecretEdit)
    QTest.keyClick(edit.eye, Qt.Key.Key_Space)
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    assert edit.eye.accessibleName() == "Hide what is typed"
    QTest.keyClick(edit.eye, Qt.Key.Key_Space)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    dialog.reject()
    assert edit.text() == ""


def test_editing_keeps_the_secret_unless_a_new_one_is_typed(editing: AccountDialog, qtbot) -> None:
    assert editing.windowTitle() == "Edit Retail EU"
    assert line(editing, "client_secret").placeholderText() == "unchanged"
    assert field(editing, "base_url").text == "https://eu.nexuscore.test"
    assert field(editing, "me").text == "joe@example.com"
    with qtbot.waitSignal(editing.submitted) as told:
        button(editing, "Check and save").click()
    form, secret = told.args
    assert (form.label, form.settings["client_id"], secret) == ("Retail EU", "7f31c0", "")


def test_another_way_of_signing_in_needs_its_own_secret(editing: AccountDialog, qtbot) -> None:
    choose_kind(editing, 1)
    with qtbot.assertNotEmitted(editing.submitted):
        button(editing, "Check and save").click()
    assert field(editing, "api_key").problem == "API key is missing."


def test_it_says_truly_where_the_secret_goes(tmp_path) -> None:
    assert secret_storage_text("GNOME Keyring (Secret Service)") == (
        "The secret goes into this computer's keyring (GNOME Keyring), never into a file."
    )
    assert "memory only" in secret_storage_text(MemoryVault().name)
    assert "encrypted file" in secret_storage_text(PassphraseVault(tmp_path / "vault.db").name)


def test_it_fits_a_small_window(dialog: AccountDialog) -> None:
    for vendor in VENDORS:
        dialog.choice(vendor.id).click()
    assert dialog.minimumSizeHint().height() < 500
    assert dialog.height() <= 600
