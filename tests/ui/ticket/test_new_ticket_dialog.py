"""A new ticket in the vendor's own form; nothing typed is lost by closing it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton
from tests.helpers.narrowing import instance, not_none

from deskhand.domain.accounts import Account, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature, FieldKind, FormField, Reason
from deskhand.domain.ids import AccountId, VendorId
from deskhand.ui.ticket.new_ticket_dialog import NewTicketDialog

SHOP, DESK = AccountId("a"), AccountId("b")
NEXUS = VendorInfo(VendorId("nexuscore"), "NexusCore", "Nx", "#5b5bd6", "", "", ())
MIJN = VendorInfo(VendorId("mijnklantportaal"), "Mijn Klantportaal", "Mk", "#c2571a", "", "", ())
FORM = (
    FormField("brand_id", "Brand", FieldKind.CHOICE, required=True, choices=(("w", "Webshop"), ("o", "Outlet"))),
    FormField("subject", "Subject", required=True),
    FormField("description", "Description", FieldKind.TEXT),
    FormField("tags", "Tags", FieldKind.TAGS),
)
ABLE = Capabilities(can=frozenset({Feature.CREATE}), create_form=FORM)
ACCOUNTS = [
    (Account(DESK, MIJN.id, "Klantenservice", "", capabilities=Capabilities()), MIJN),
    (Account(SHOP, NEXUS.id, "Retail EU", "", capabilities=ABLE), NEXUS),
]


def opened(qtbot, accounts=ACCOUNTS, **more) -> NewTicketDialog:
    dialog = NewTicketDialog(accounts, **more)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def shown_text(dialog: NewTicketDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(dialog: NewTicketDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


def test_tab_goes_from_the_account_through_the_form_to_the_buttons(qtbot) -> None:
    other = replace(ABLE, create_form=(FormField("title", "Title"), *FORM[2:]))
    accounts = [ACCOUNTS[1], (Account(DESK, NEXUS.id, "Outlet", "", capabilities=other), NEXUS)]
    dialog = opened(qtbot, accounts)
    dialog.activateWindow()
    picker = next(c for c in dialog.findChildren(QComboBox) if c.objectName() == "Account")
    for account, fields in ((0, ["Brand, needed", "Subject, needed"]), (1, ["Title"])):
        picker.setCurrentIndex(account)
        picker.setFocus()
        qtbot.waitUntil(picker.hasFocus)
        QApplication.sendPostedEvents()
        stops = []
        for _ in range(len(fields) + 4):
            QTest.keyClick(not_none(QApplication.focusWidget()), Qt.Key.Key_Tab)
            focus = not_none(QApplication.focusWidget())
            stops.append(focus.text() if isinstance(focus, QPushButton) else focus.accessibleName())
        assert stops == [*fields, "Description", "Tags", "Cancel", "Create ticket"]


def test_an_account_without_new_tickets_is_off_and_says_why(qtbot) -> None:
    dialog = opened(qtbot)
    picker = next(c for c in dialog.findChildren(QComboBox) if c.objectName() == "Account")
    assert picker.accessibleName() == "Account"
    assert "Mijn Klantportaal's API offers no way to do this." in picker.itemText(0)
    assert not instance(picker.model(), QStandardItemModel).item(0).isEnabled()
    assert dialog.account == SHOP


def test_the_form_is_the_vendors_and_marks_what_is_needed(qtbot) -> None:
    dialog = opened(qtbot)
    assert list(dialog.form.editors) == ["brand_id", "subject", "description", "tags"]
    assert "Subject *" in shown_text(dialog)
    assert "* needed" in shown_text(dialog)
    assert dialog.form.editors["subject"].control.accessibleName() == "Subject, needed"


def test_missing_fields_are_said_and_nothing_is_submitted(qtbot) -> None:
    dialog = opened(qtbot)
    with qtbot.assertNotEmitted(dialog.submitted):
        press(dialog, "Create ticket")
    assert shown_text(dialog).count("This is needed.") == 2


def test_a_complete_form_is_submitted_with_the_vendors_names(qtbot) -> None:
    dialog = opened(qtbot)
    dialog.form.set_values({"brand_id": "o"})
    QTest.keyClicks(dialog.form.editors["subject"].control, "Broken cup")
    QTest.keyClicks(dialog.form.editors["tags"].control, "cup, broken")
    with qtbot.waitSignal(dialog.submitted) as sent:
        QTest.keyClick(dialog.form.editors["subject"].control, Qt.Key.Key_Return)
    assert sent.args == [SHOP, "Broken cup", {"brand_id": "o", "subject": "Broken cup", "tags": ("cup", "broken")}]


def test_what_was_typed_is_there_again(qtbot) -> None:
    dialog = opened(qtbot)
    with qtbot.waitSignal(dialog.draft_changed) as kept:
        QTest.keyClicks(dialog.form.editors["description"].control, "x")
    account, values = kept.args
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    again = opened(qtbot, texts={AccountId(account): values})
    text = again.form.editors["description"].control
    assert isinstance(text, QPlainTextEdit)
    assert text.toPlainText() == "x"


def test_a_refusal_is_shown_and_the_form_can_be_sent_again(qtbot) -> None:
    dialog = opened(qtbot)
    dialog.form.set_values({"brand_id": "o", "subject": "x"})
    press(dialog, "Create ticket")
    dialog.show_problem("NexusCore refused this (422).")
    assert "NexusCore refused this (422)." in shown_text(dialog)
    with qtbot.waitSignal(dialog.submitted):
        press(dialog, "Create ticket")


def test_the_account_that_is_looked_at_is_taken_where_it_can(qtbot) -> None:
    other = AccountId("c")
    more = [*ACCOUNTS, (Account(other, NEXUS.id, "Outlet", "", capabilities=ABLE), NEXUS)]
    assert opened(qtbot, more, chosen=other).account == other
    assert opened(qtbot, more, chosen=DESK).account == SHOP


def test_values_are_kept_per_account(qtbot) -> None:
    other = AccountId("c")
    more = [*ACCOUNTS, (Account(other, NEXUS.id, "Outlet", "", capabilities=ABLE), NEXUS)]
    dialog = opened(qtbot, more)
    picker = next(c for c in dialog.findChildren(QComboBox) if c.objectName() == "Account")
    QTest.keyClicks(dialog.form.editors["subject"].control, "for the shop")
    picker.setCurrentIndex(2)
    assert dialog.form.values() == {}
    picker.setCurrentIndex(1)
    assert dialog.form.values() == {"subject": "for the shop"}


def test_with_no_able_account_it_says_why_and_offers_nothing(qtbot) -> None:
    reason = Capabilities(cannot={Feature.CREATE: Reason.SCOPE_MISSING})
    dialog = opened(qtbot, [(Account(SHOP, NEXUS.id, "Retail EU", "", capabilities=reason), NEXUS)])
    assert "lack the scope" in shown_text(dialog)
    assert not next(b for b in dialog.findChildren(QPushButton) if b.text() == "Create ticket").isEnabled()
