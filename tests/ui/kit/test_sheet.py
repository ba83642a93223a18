"""A sheet lies over its window: darker below, no press through it, Esc closes it, and the keyboard is back where it was."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import frame_rect
from deskhand.ui.kit.scrim import Scrim
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Appearance, Choice


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    QLineEdit(made).setObjectName("line")
    made.show()
    return made


def opened(window: QWidget) -> Sheet:
    made = Sheet("Close 4 tickets?", window)
    made.add_button("Cancel", made.reject)
    made.open()
    return made


def scrims(window: QWidget) -> list[Scrim]:
    return [one for one in window.findChildren(Scrim) if one.isVisible()]


def test_the_window_is_darker_as_long_as_the_sheet_is_there(window: QWidget) -> None:
    before = window.grab().toImage().pixelColor(10, 400)
    sheet = opened(window)
    assert window.grab().toImage().pixelColor(10, 400).lightness() < before.lightness() - 50
    sheet.reject()
    assert not scrims(window)
    assert window.grab().toImage().pixelColor(10, 400) == before


def test_it_covers_a_window_that_grows(window: QWidget) -> None:
    opened(window)
    window.resize(1000, 800)
    (scrim,) = scrims(window)
    assert scrim.size() == QSize(1000, 800)


def test_it_lies_over_the_middle_with_the_frame_of_popups(window: QWidget) -> None:
    sheet = opened(window)
    middle = sheet.mapToGlobal(frame_rect(sheet).center()) - window.mapToGlobal(window.rect().center())
    assert abs(middle.x()) <= 1
    assert abs(middle.y()) <= 1
    assert sheet.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_escape_closes_it_and_the_keyboard_is_where_it_was(window: QWidget, qtbot) -> None:
    line = window.findChild(QLineEdit, "line")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    sheet = opened(window)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.focusWidget() is line


def test_a_press_beside_it_does_nothing(window: QWidget, qtbot) -> None:
    opened(window)
    assert window.windowHandle() is not None
    assert window.childAt(QPoint(10, 400)) is scrims(window)[0]


def test_a_sheet_over_a_sheet_darkens_the_one_below_only_within_its_frame(window: QWidget) -> None:
    first = opened(window)
    second = opened(first)
    (scrim,) = scrims(first)
    assert scrim.geometry() == frame_rect(first)
    second.reject()
    assert not scrims(first)
    assert scrims(window)


def test_one_that_asks_nothing_leaves_the_window_usable(window: QWidget) -> None:
    sheet = Sheet("Closing 3 of 4", window)
    sheet.setWindowModality(Qt.WindowModality.NonModal)
    sheet.show()
    assert not scrims(window)


def test_it_changes_with_the_theme(window: QWidget, light: Appearance) -> None:
    sheet = opened(window)
    at = frame_rect(sheet).topLeft() + QPoint(12, 4)
    bright = sheet.grab().toImage().pixelColor(at).lightness()
    light.choose(Choice.DARK)
    assert sheet.grab().toImage().pixelColor(at).lightness() < bright - 100


def test_what_grows_below_the_screen_moves_up_so_that_its_buttons_can_be_pressed(window: QWidget) -> None:
    screen = window.screen().availableGeometry()
    window.move(0, max(0, screen.bottom() - 300))
    sheet = opened(window)
    sheet.move(sheet.x(), screen.bottom() - sheet.height() + 1)
    sheet.body.addWidget(more := QWidget())
    more.setMinimumHeight(300)
    more.show()
    sheet.refit()
    assert sheet.height() > 300
    assert screen.contains(frame_rect(sheet).translated(sheet.pos()))


def test_what_grows_below_its_window_moves_up_into_it_unless_it_was_moved_out_of_it(window: QWidget) -> None:
    window.move(0, 0)
    window.resize(900, 500)

    def grown(sheet: Sheet) -> QRect:
        sheet.body.addWidget(more := QWidget())
        more.setMinimumHeight(250)
        more.show()
        sheet.refit()
        return frame_rect(sheet).translated(sheet.pos())

    end = window.mapToGlobal(window.rect().bottomLeft()).y()
    place = grown(opened(window))
    assert place.height() > 250
    assert place.bottom() <= end
    moved = opened(window)
    moved.move(moved.x(), end - 50)
    assert grown(moved).bottom() > end


def drag(sheet: Sheet, by: QPoint) -> None:
    """Hold the heading, go so far, and let go."""
    at = sheet.heading.rect().center()
    QTest.mousePress(sheet.heading, Qt.MouseButton.LeftButton, pos=at)
    held = Qt.MouseButton.LeftButton
    place = QPointF(at + by)
    where = QPointF(sheet.heading.mapToGlobal(at + by))
    QApplication.sendEvent(
        sheet.heading,
        QMouseEvent(QEvent.Type.MouseMove, place, where, held, held, Qt.KeyboardModifier.NoModifier),
    )
    QTest.mouseRelease(sheet.heading, held, pos=at)


def test_a_drag_of_a_free_place_moves_it_and_a_click_that_slips_does_not(window: QWidget) -> None:
    sheet = opened(window)
    before = sheet.pos()
    drag(sheet, QPoint(2, 1))
    assert sheet.pos() == before
    drag(sheet, QPoint(40, 30))
    assert sheet.pos() == before + QPoint(40, 30)


def test_what_does_not_fit_is_scrolled_to_by_keys_where_nothing_in_it_takes_the_keyboard(window: QWidget) -> None:
    sheet = Sheet("How the accounts are", window, scrolls=True)
    rows = [QLabel(f"Account {number}") for number in range(12)]
    for row in rows:
        row.setMinimumHeight(200)
        sheet.body.addWidget(row)
    close = sheet.add_button("Close", sheet.reject, default=True)
    sheet.open()
    close.setFocus()
    QApplication.processEvents()
    assert rows[-1].visibleRegion().isEmpty()
    QTest.keyClick(close, Qt.Key.Key_End)
    assert not rows[-1].visibleRegion().isEmpty()
    QTest.keyClick(close, Qt.Key.Key_PageUp)
    assert not rows[-1].visibleRegion().contains(rows[-1].rect().bottomLeft())
    QTest.keyClick(close, Qt.Key.Key_Home)
    assert not rows[0].visibleRegion().isEmpty()
