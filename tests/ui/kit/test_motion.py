"""What opens rises into its place, unless nobody wants it to."""

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt, QVariantAnimation
from PySide6.QtWidgets import QWidget

from deskhand.ui.kit.motion import MILLISECONDS, MOTION
from deskhand.ui.kit.popup_frame import MARGIN
from deskhand.ui.kit.sheet import Sheet


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget(None, Qt.WindowType.Popup)
    qtbot.addWidget(made)
    made.move(50, 60)
    return made


def running(window: QWidget) -> QVariantAnimation:
    (found,) = window.findChildren(QVariantAnimation)
    assert found.state() is QAbstractAnimation.State.Running
    return found


def test_a_window_comes_up_four_pixels_to_where_it_was_put(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_full", True)
    monkeypatch.setattr(MOTION, "is_reduced", False)
    MOTION.appear(window)
    assert window.pos() == QPoint(50, 64)
    rising = running(window)
    rising.setCurrentTime(MILLISECONDS)
    assert window.pos() == QPoint(50, 60)


def test_a_window_that_the_window_manager_places_is_not_moved(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_full", True)
    monkeypatch.setattr(MOTION, "is_reduced", False)
    made = QWidget(None, Qt.WindowType.Dialog)
    qtbot.addWidget(made)
    made.move(50, 60)
    MOTION.appear(made)
    assert made.pos() == QPoint(50, 60)


def test_of_a_sheet_the_frame_rises_with_all_that_is_in_it(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    for is_reduced, down in ((False, 4), (True, 0)):
        monkeypatch.setattr(MOTION, "is_full", not is_reduced)
        monkeypatch.setattr(MOTION, "is_reduced", is_reduced)
        host = QWidget()
        qtbot.addWidget(host)
        sheet = Sheet("Close 4 tickets?", host)
        sheet.open()
        margins = sheet.contentsMargins()
        assert (margins.top(), margins.bottom()) == (MARGIN + down, MARGIN - down)
        if not is_reduced:
            running(sheet).setCurrentTime(MILLISECONDS)
            assert sheet.contentsMargins().top() == MARGIN
        sheet.reject()


def test_it_stays_where_it_is_moved_meanwhile(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_full", True)
    monkeypatch.setattr(MOTION, "is_reduced", False)
    MOTION.appear(window)
    rising = running(window)
    window.move(200, 200)
    rising.setCurrentTime(MILLISECONDS)
    assert window.pos() == QPoint(200, 200)


def test_reduced_it_is_there_at_once(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MOTION, "is_reduced", True)
    assert MOTION.milliseconds() == 0
    MOTION.appear(window)
    assert window.pos() == QPoint(50, 60)
    assert not window.findChildren(QVariantAnimation)
