"""One line that says what happened, what was kept and what to do next, with the button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.labels import label
from deskhand.ui.kit.theme import GAP, GAP_SMALL, RADIUS_CONTROL, Tone, theme_of, tint

_ICON = 16
_ICONS = {
    Tone.PLAIN: "info",
    Tone.ACCENT: "info",
    Tone.GOOD: "circle-check",
    Tone.WAITING: "clock",
    Tone.WRONG: "triangle-alert",
}


class Banner(QWidget):
    """Hidden until it has something to say.

    Signals:
        acted: the button was pressed.
        dismissed: it was closed by the agent.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.PLAIN
        self._label = label(wrap=True)
        self._action = QPushButton(self)
        self._action.setProperty("kind", "link")
        self._action.clicked.connect(self.acted)
        self._close = QPushButton(self)
        self._close.setProperty("kind", "link")
        self._close.setIcon(icons.icon("x"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + _ICON + GAP_SMALL, 7, GAP_SMALL, 7)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._label.text() if not self.isHidden() else ""

    def show_notice(self, text: str, tone: Tone = Tone.PLAIN, *, action: str = "", closable: bool = False) -> None:
        """Say something.

        Args:
            action: the button's word; empty = no button.
            closable: the agent may put it away.
        """
        self._tone = tone
        self._label.setText(text)
        self._label.set_tone(tone, on_chip=True)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self.show()
        self.update()

    def clear(self) -> None:
        """Say nothing."""
        self._label.setText("")
        self.hide()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tint(theme_of(self.palette()), self._tone)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(colours.ground))
            painter.setBrush(QColor(colours.ground))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
            place = self.rect().adjusted(GAP, (self.height() - _ICON) // 2, 0, 0)
            place.setWidth(_ICON)
            place.setHeight(_ICON)
            icons.paint(painter, place, _ICONS[self._tone], colours.text)
