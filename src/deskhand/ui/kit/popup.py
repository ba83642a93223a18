"""A popup with the frame of all popups: a press outside it closes it, and it appears as they all do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import frame_rect, margin, outer_place, outer_size, paint_frame, use_frame


class Popup(QWidget):
    """What is in it keeps to the frame by its layout."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        use_frame(self)

    def move_frame(self, corner: QPoint, screen: QRect) -> None:
        """Put the upper left corner of the frame to a point of the screen, or as near as the frame is whole.

        Args:
            screen: what is available of it.
        """
        wide, high = self.width() - 2 * margin(), self.height() - 2 * margin()
        left = max(screen.left(), min(corner.x(), screen.right() + 1 - wide))
        top = max(screen.top(), min(corner.y(), screen.bottom() + 1 - high))
        self.move(outer_place(QPoint(left, top)))

    def set_frame_size(self, wide: int, high: int) -> None:
        """Be so large for good, in Qt's pixels, without the margin."""
        self.setFixedSize(outer_size(QSize(wide, high)))

    @property
    def frame_height(self) -> int:
        """How high the frame is."""
        return self.height() - 2 * margin()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        MOTION.appear(self)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if frame_rect(self).contains(event.position().toPoint()):
            super().mousePressEvent(event)
        else:
            self.close()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_frame(self, painter)
