"""Settings hold as soon as they are made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from tests.helpers.child_widgets import child

from deskhand.domain.going_on import Done, GoOn
from deskhand.domain.waits import WaitRules, WorkingHours
from deskhand.services.settings import HOUR, Snippet
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.motion import MotionChoice
from deskhand.ui.kit.number_box import NumberBox
from deskhand.ui.kit.theme import Choice, ContrastChoice
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.settings.settings_dialog import SettingsDialog
from deskhand.ui.settings.snippet_dialog import SnippetDialog

SNIPPETS = (Snippet("1", "Refund under way", "Hi {name}"), Snippet("2", "Thanks", "Thank you."))
STORAGE_LOCATIONS = (("Drafts and outbox", "/home/jane/desk.db"), ("Credentials", "GNOME Keyring"))


@pytest.fixture
def dialog(qtbot) -> SettingsDialog:
    made = SettingsDialog(Choice.SYSTEM, 10, SNIPPETS, STORAGE_LOCATIONS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_limits_of_a_wait_hold_at_once(dialog: SettingsDialog, qtbot) -> None:
    with qtbot.waitSignal(dialog.wait_rules_chosen) as told:
        QTest.keyClick(dialog.warm_box, Qt.Key.Key_Down)
    assert told.args == [WaitRules(7 * HOUR, 24 * HOUR)]
    with qtbot.waitSignal(dialog.wait_rules_chosen) as told:
        QTest.keyClick(dialog.hot_box, Qt.Key.Key_Up)
    assert told.args == [WaitRules(7 * HOUR, 25 * HOUR)]
    with qtbot.waitSignal(dialog.wait_rules_chosen) as told:
        QTest.keyClick(dialog.working_hours_box, Qt.Key.Key_Space)
    assert told.args == [WaitRules(7 * HOUR, 25 * HOUR, WorkingHours())]


def test_contrast_and_motion_hold_at_once(dialog: SettingsDialog, qtbot) -> None:
    with qtbot.waitSignal(dialog.contrast_chosen) as told:
        QTest.keyClick(dialog.contrast_box, Qt.Key.Key_Down)
    assert told.args == [ContrastChoice.HIGH]
    with qtbot.waitSignal(dialog.motion_chosen) as told:
        QTest.keyClick(dialog.motion_box, Qt.Key.Key_Down)
    assert told.args == [MotionChoice.REDUCED]


def test_working_hours_are_chosen_by_day_and_time(dialog: SettingsDialog, qtbot) -> None:
    QTest.keyClick(dialog.working_hours_box, Qt.Key.Key_Space)
    for name, key, expected in (
        ("Working hours: Saturday", Qt.Key.Key_Space, WorkingHours(frozenset(range(6)))),
        ("Working hours: from", Qt.Key.Key_Up, WorkingHours(frozenset(range(6)), 8 * 60 + 30)),
        ("Working hours: to", Qt.Key.Key_End, WorkingHours(frozenset(range(6)), 8 * 60 + 30, 24 * 60)),
        ("Working hours: to", Qt.Key.Key_Home, WorkingHours(frozenset(range(6)), 0, 30)),
    ):
        box = next(one for one in dialog.findChildren(QWidget) if one.accessibleName() == name)
        told: list[WaitRules] = []
        dialog.wait_rules_chosen.connect(told.append)
        QTest.keyClick(box, key)
        assert told[-1].hours == expected
        dialog.wait_rules_chosen.disconnect(told.append)


def test_the_beginning_of_the_day_is_chosen(dialog: SettingsDialog, qtbot) -> None:
    box = next(one for one in dialog.findChildren(QWidget) if one.accessibleName() == "My day begins")
    with qtbot.waitSignal(dialog.day_start_chosen) as told:
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert told.args == [8 * 60 + 30]


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_a_theme_is_told_at_once(dialog: SettingsDialog, qtbot) -> None:
    assert dialog.theme_box.currentText() == "Follow the system"
    with qtbot.waitSignal(dialog.theme_chosen) as told:
        QTest.keyClick(dialog.theme_box, Qt.Key.Key_End)
    assert told.args == [Choice.DARK]


def test_the_undo_time_is_typed_or_stepped_and_stays_within_a_minute(dialog: SettingsDialog, qtbot) -> None:
    box = dialog.undo_box
    assert box.lineEdit().width() > 60
    with qtbot.waitSignal(dialog.undo_chosen) as told:
        QTest.keyClick(box, Qt.Key.Key_Up)
    assert told.args == [11]
    box.setFocus()
    box.selectAll()
    with qtbot.waitSignal(dialog.undo_chosen) as told:
        QTest.keyClicks(box.lineEdit(), "25")
        QTest.keyClick(box, Qt.Key.Key_Tab)
    assert told.args == [25]
    box.setValue(999)
    assert box.value() == 60


def test_single_letters_as_keys_are_switched_off_at_once(dialog: SettingsDialog, qtbot) -> None:
    assert dialog.letters_box.isChecked()
    assert dialog.letters_box.accessibleName() == "Single-letter keys"
    with qtbot.waitSignal(dialog.letters_chosen) as told:
        QTest.keyClick(dialog.letters_box, Qt.Key.Key_Space)
    assert told.args == [False]


def test_how_dense_rows_are_in_all_views_is_told_at_once(dialog: SettingsDialog, qtbot) -> None:
    assert dialog.density_box.currentText() == "Comfortable"
    with qtbot.waitSignal(dialog.density_chosen) as told:
        QTest.keyClick(dialog.density_box, Qt.Key.Key_Down)
    assert told.args == [Density.COMPACT]


def test_a_canned_reply_is_added(dialog: SettingsDialog, qtbot) -> None:
    button(dialog, "Add…").click()
    form = child(dialog, SnippetDialog)
    with qtbot.assertNotEmitted(dialog.snippet_saved):
        button(form, "Save").click()
        assert form.title_field.problem == "The title is missing."
        QTest.keyClicks(form.title_field.control, "Closing")
        button(form, "Save").click()
    assert form.isVisible()
    QTest.keyClicks(form.text_edit, "Bye")
    with qtbot.waitSignal(dialog.snippet_saved) as told:
        button(form, "Save").click()
    assert told.args == ["Closing", "Bye", ""]


def test_a_canned_reply_is_edited_by_enter_and_stays_chosen(dialog: SettingsDialog, qtbot) -> None:
    dialog.snippets.view.setCurrentRow(1)
    button(dialog, "Edit…").click()
    form = child(dialog, SnippetDialog)
    assert form.text_edit.toPlainText() == "Thank you."
    QTest.keyClicks(form.text_edit, "Dear, ")
    with qtbot.waitSignal(dialog.snippet_saved) as told:
        button(form, "Save").click()
    assert told.args == ["Thanks", "Dear, Thank you.", "2"]
    dialog.set_snippets((Snippet("0", "Another", "x"), *SNIPPETS))
    assert dialog.snippets.current == SNIPPETS[1]


def test_a_canned_reply_that_was_typed_is_not_discarded_by_escape_alone(dialog: SettingsDialog, qtbot) -> None:
    button(dialog, "Add…").click()
    form = child(dialog, SnippetDialog)
    QTest.keyClicks(form.text_edit, "Bye")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    question = child(form, ConfirmDialog)
    assert question.windowTitle() == "Discard what you typed?"
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert not question.isVisible()
    assert form.isVisible()
    assert form.text_edit.toPlainText() == "Bye"
    QTest.keyClicks(form.text_edit, "\b\b\b")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_a_canned_reply_is_discarded_when_that_is_meant(dialog: SettingsDialog, qtbot) -> None:
    button(dialog, "Add…").click()
    form = child(dialog, SnippetDialog)
    QTest.keyClicks(form.text_edit, "Bye")
    with qtbot.assertNotEmitted(dialog.snippet_saved):
        button(form, "Cancel").click()
        child(form, ConfirmDialog).verb_button.click()
    assert not form.isVisible()


def test_a_canned_reply_is_removed_after_a_question(dialog: SettingsDialog, qtbot) -> None:
    assert not button(dialog, "Remove…").isEnabled()
    dialog.snippets.view.setCurrentRow(0)
    button(dialog, "Remove…").click()
    question = child(dialog, ConfirmDialog)
    assert question.windowTitle() == "Remove “Refund under way”?"
    with qtbot.waitSignal(dialog.snippet_removed) as told:
        question.verb_button.click()
    assert told.args == ["1"]


def test_it_says_where_things_are_kept_so_that_it_can_be_copied(dialog: SettingsDialog) -> None:
    place = next(one for one in dialog.findChildren(QLabel) if one.text() == "/home/jane/desk.db")
    assert place.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert place.accessibleName() == "Drafts and outbox: /home/jane/desk.db"


def test_every_control_has_a_name_and_tab_reaches_it(dialog: SettingsDialog) -> None:
    controls = [w for kind in (QLineEdit, QComboBox, QAbstractButton) for w in dialog.findChildren(kind)]
    own = [w for w in controls if w.isVisible() and not isinstance(w.parent(), NumberBox)]
    assert all(w.accessibleName() or w.property("text") for w in own)
    reached = set()
    for _ in range(25):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert {w for w in own if w.isEnabled()} <= reached
    assert dialog.snippets.view in reached


def test_what_comes_after_a_ticket_is_told_at_once(dialog: SettingsDialog, qtbot) -> None:
    box = next(one for one in dialog.findChildren(QComboBox) if one.objectName() == "after sending")
    assert box.currentText() == "Next ticket"
    with qtbot.waitSignal(dialog.after_chosen) as told:
        QTest.keyClick(box, Qt.Key.Key_End)
    assert told.args == [Done.SENT, GoOn.BACK]
