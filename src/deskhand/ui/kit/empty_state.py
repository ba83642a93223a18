"""What stands where there is nothing yet: what belongs here, and the one action that fills it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP, GAP_LARGE, Tone, theme_of

_ICON = 32


class EmptyState(QWidget):
    """A picture, a line, a sentence and perhaps a button.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None, *, icon: str = "inbox") -> None:
        super().__init__(parent)
        self._icon = icon
        self._title = label(role=Role.TITLE, wrap=True)
        self._sentence = label(tone=Tone.PLAIN, wrap=True)
        self._button = PushButton(self)
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.acted)
        self._button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE * 2, GAP_LARGE, GAP_LARGE * 2, GAP_LARGE)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addSpacing(_ICON + GAP)
        for part in (self._title, self._sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_texts(self, title: str, sentence: str = "", action: str = "", *, icon: str = "") -> None:
        """Say what belongs here; an empty `action` shows no button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        if not action and self._button.hasFocus():
            self.setFocus()  # else the keyboard would go to whatever comes next, a text perhaps
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._icon = icon or self._icon
        self.update()

    @property
    def texts(self) -> tuple[str, str]:
        """Title and sentence."""
        return self._title.text(), self._sentence.text()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            place = self._title.geometry().adjusted(0, 0, 0, 0)
            place.moveBottom(place.top() - GAP)
            place.setTop(place.bottom() - _ICON + 1)
            place.setLeft((self.width() - _ICON) // 2)
            place.setWidth(_ICON)
            icons.paint(painter, place, self._icon, theme_of(self.palette()).quiet)
