"""The frame round both pages of the reply box."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from deskhand.ui.composer.composer_state import NOTE
from deskhand.ui.composer.composer_tabs import KINDS
from deskhand.ui.kit.theme import RADIUS_CARD, theme_of


class ComposerBox(QStackedWidget):
    """The frame around both pages: blue while a reply is written, amber for a note, doubled where the keyboard is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(2, 2, 2, 2)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._inside = False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and self.isAncestorOf(new)
        if inside != self._inside:
            self._inside = inside
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        amber = self.currentIndex() == KINDS.index(NOTE)
        ring = theme.note_edge if amber else theme.edge
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            if self._inside:
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS_CARD + 1, RADIUS_CARD + 1)
            area = whole.adjusted(2.5, 2.5, -2.5, -2.5)
            pen = QPen(QColor(theme.page if self._inside and not amber else ring), 1)
            if amber:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(QColor(theme.note if amber else theme.page))
            painter.drawRoundedRect(area, RADIUS_CARD, RADIUS_CARD)
