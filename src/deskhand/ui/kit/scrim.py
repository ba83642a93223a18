"""What lies over a window while a sheet waits for an answer: everything below it is seen darker, and takes no press."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from deskhand.ui.kit.popup_frame import MARGIN, RADIUS, frame_rect
from deskhand.ui.kit.theme import theme_of


class Scrim(QWidget):
    """Covers a window and follows its size; of a framed one it covers the frame."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_framed = window.contentsMargins().left() == MARGIN
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("scrim")
        window.installEventFilter(self)
        self._cover(window)
        self.show()
        self.raise_()

    def _cover(self, window: QWidget) -> None:
        self.setGeometry(frame_rect(window) if self._is_framed else window.rect())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self._cover(watched)
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        radius = RADIUS if self._is_framed else 0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme_of(QApplication.palette()).scrim))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
