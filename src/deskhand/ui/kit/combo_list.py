"""The list of a combo box in the frame of all popups. Qt makes its window, so the frame is painted by a widget behind the list."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import FLAGS, MARGIN, margin, paint_frame

_INSIDE, _GAP = 4, 2


class Frame(QWidget):
    """Lies behind all that is in the window of a list, and is as large."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.lower()
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_frame(self, painter)


def frame_list(box: QComboBox) -> None:
    """Make the window of a box's list ready for its frame, before it is shown; without a compositor it keeps the plain edge."""
    window = box.view().window()
    leave_ring(box.view())  # the line that the keyboard is on is marked
    if not margin() or window is box.window() or window.findChild(Frame) is not None:
        return
    window.setWindowFlags(window.windowFlags() | FLAGS)
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    around = MARGIN + _INSIDE
    window.setContentsMargins(around, around, around, around)
    box.view().setProperty("kind", "framed")
    window.setProperty("kind", "framed")
    for widget in (window, box.view()):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    Frame(window)


def place_list(box: QComboBox) -> None:
    """Let the frame of a list that is shown be where Qt has put the window."""
    window = box.view().window()
    if window is box.window():
        return
    if margin():
        view, place = box.view(), window.geometry()
        rows = range(min(box.count(), box.maxVisibleItems()))
        around = view.height() - view.viewport().height()
        high = min(sum(map(view.sizeHintForRow, rows)) + around, place.height()) + 2 * _INSIDE
        top = box.mapToGlobal(QPoint(0, 0)).y()
        is_above = place.center().y() < top
        edge = top - _GAP - high if is_above else top + box.height() + _GAP
        window.setGeometry(place.left() - MARGIN, edge - MARGIN, place.width() + 2 * MARGIN, high + 2 * MARGIN)
    MOTION.appear(window)
