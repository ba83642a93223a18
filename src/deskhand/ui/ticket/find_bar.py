"""A line that finds words in the conversation above which it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP_LARGE, GAP_SMALL, Tone, theme_of

_SIDE = 26


class FindBar(QWidget):
    """Hidden until it is asked for.

    Signals:
        changed: other words are looked for; empty = none.
        step: on to the next (1) or the previous (-1) place.
        ended: the agent is done; the keyboard goes back to what is read.
    """

    changed = Signal(str)
    step = Signal(int)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.setAccessibleName(self.tr("Find in this conversation"))
        self._line.setPlaceholderText(self.tr("Find in this conversation"))
        self._line.textEdited.connect(self._typed)
        self._count = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._previous = IconButton("chevron-up", self.tr("Previous place"), self, side=_SIDE)
        self._next = IconButton("chevron-down", self.tr("Next place"), self, side=_SIDE)
        self._close = IconButton("x", self.tr("Stop finding"), self, side=_SIDE)
        self._previous.clicked.connect(lambda: self.step.emit(-1))
        self._next.clicked.connect(lambda: self.step.emit(1))
        self._close.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_LARGE, 6, GAP_LARGE, 6)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._line, 1)
        for part in (self._count, self._previous, self._next, self._close):
            row.addWidget(part)
        self.setFocusProxy(self._line)
        self.show_found(0, 0)
        self.hide()

    def begin(self) -> None:
        """Take the keyboard; the words from before stand there, marked, and are looked for again."""
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        if self._line.text():
            self.changed.emit(self._line.text())

    def end(self) -> None:
        """Go away, because the agent is done."""
        self.hide_bar()
        self.ended.emit()

    def reset(self) -> None:
        """Go away, with the words that were looked for: another ticket is shown."""
        self.hide_bar()
        self._line.setText("")

    def hide_bar(self) -> None:
        """Go away; the words stay for the next time."""
        if not self.isHidden():
            self.hide()
            self.changed.emit("")

    def show_found(self, count: int, number: int) -> None:
        """Say how many messages hold the words, and which of them is shown."""
        for button in (self._previous, self._next):
            button.setEnabled(count > 1)
        if not self._line.text().strip():
            text = ""
        elif count:
            text = self.tr("{number} of {count}").format(number=number, count=count)
        else:
            text = self.tr("not found")
        self._count.setText(text)

    @property
    def found_text(self) -> str:
        """What it says was found."""
        return self._count.text()

    def _typed(self, text: str) -> None:
        self.changed.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif is_enter(event):
            self.step.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self.palette())
            painter.fillRect(self.rect(), QColor(theme.side))
            painter.setPen(QColor(theme.hair))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
