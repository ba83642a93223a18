"""Check boxes and radio buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from deskhand.ui.kit.tick_box import TickBox


def role(box: TickBox) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(box).role()


def test_a_screen_reader_hears_what_it_is_and_whether_it_is_ticked(qtbot) -> None:
    box, choice = TickBox("Letters"), TickBox("Keyring", one_of_several=True)
    for one in (box, choice):
        qtbot.addWidget(one)
        one.setChecked(True)
        heard = QAccessible.queryAccessibleInterface(one)
        assert heard.text(QAccessible.Text.Name) == one.text()
        assert heard.state().checked
    assert (role(box), role(choice)) == (QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)


def test_a_box_is_ticked_and_unticked(qtbot) -> None:
    box = TickBox("Letters")
    qtbot.addWidget(box)
    box.show()
    for ticked in (True, False):
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.isChecked() is ticked


def test_of_several_one_is_ticked_and_the_arrows_choose(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    first, second = (TickBox(text, host, one_of_several=True) for text in ("One", "Two"))
    for choice in (first, second):
        column.addWidget(choice)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    first.setChecked(True)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert (first.isChecked(), second.isChecked(), second.hasFocus()) == (False, True, True)
    second.click()
    assert second.isChecked()


def test_the_mark_stands_where_the_language_begins(qtbot) -> None:
    box = TickBox("Letters")
    qtbot.addWidget(box)
    box.resize(200, 22)
    box.show()

    def has_ink(left: int, right: int) -> bool:
        shot = box.grab().toImage()
        ground = shot.pixelColor(100, 1)
        return any(shot.pixelColor(x, y) != ground for x in range(left, right) for y in range(shot.height()))

    assert has_ink(0, 20)
    assert not has_ink(180, 200)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert has_ink(180, 200)
    assert not has_ink(0, 20)


def test_tab_reaches_the_one_that_is_ticked_from_both_sides(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    before = QLineEdit(host)
    choices = [TickBox(text, host, one_of_several=True) for text in ("One", "Two", "Three")]
    after = QLineEdit(host)
    for part in (before, *choices, after):
        column.addWidget(part)
    choices[1].setChecked(True)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    for start, key in ((before, Qt.Key.Key_Tab), (after, Qt.Key.Key_Backtab)):
        start.setFocus()
        QTest.keyClick(start, key)
        assert QApplication.focusWidget() is choices[1]


def test_tab_reaches_several_of_which_none_is_ticked(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    choices = [TickBox(text, host, one_of_several=True) for text in ("One", "Two")]
    host.show()
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in choices)
