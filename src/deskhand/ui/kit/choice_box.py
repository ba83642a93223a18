"""A combo box with a chevron: the style sheet takes Qt's own arrow away, and a file could not follow the theme."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.combo_list import frame_list, place_list
from deskhand.ui.kit.theme import theme_of

_ARROW, _EDGE = 14, 8


class ChoiceBox(QComboBox):
    """Found by its object name as well: on Linux a screen reader takes the chosen words for its name."""

    @override
    def showPopup(self) -> None:
        frame_list(self)
        super().showPopup()
        place_list(self)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what is chosen in it.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            left = _EDGE if self.isRightToLeft() else self.width() - _ARROW - _EDGE
            place = QRect(left, (self.height() - _ARROW) // 2, _ARROW, _ARROW)
            icons.paint(painter, place, "chevron-down", theme_of(self.palette()).quiet)
