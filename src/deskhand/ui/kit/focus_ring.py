"""A line round a scroll area that has the keyboard: without one nobody sees where F6 and Tab have gone."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from deskhand.ui.kit.theme import theme_of

_WIDTH = 2
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QWidget):
    """Lies over the area, lets the mouse through, and is shown while the area itself has the keyboard by a key."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        area.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.type() is QEvent.Type.FocusOut:
                self.hide()
            elif event.type() is QEvent.Type.FocusIn and event.reason() in _BY_KEYBOARD:
                self._cover()
                self.raise_()
                self.show()
        elif event.type() is QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        if (area := self.parentWidget()) is not None:
            self.setGeometry(area.rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(theme_of(self.palette()).accent), _WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
