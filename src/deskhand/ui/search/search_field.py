"""The field at the top of the left pane: words to find, and the key of the palette beside it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.actions.window_actions import PALETTE
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.quiet_tip import set_quiet_tip
from deskhand.ui.kit.theme import RADIUS_CHIP, fonts_for, theme_of

_HEIGHT = 34
_EDGE = 8


class KeyHint(QAbstractButton):
    """A key's name as a key cap, and a button that does what the key does."""

    def __init__(self, keys: QKeySequence, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "))
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.text())
        set_quiet_tip(self, name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(fonts_for(self.font()).tiny)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 10, metrics.height() + 4)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        alive = self.underMouse() or self.hasFocus()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.accent if self.hasFocus() else theme.line))
            painter.setBrush(QColor(theme.raised if alive else theme.background))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
            painter.setPen(QColor(theme.text if alive else theme.quiet))
            painter.setFont(self.font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class SearchField(QLineEdit):
    """Finds while typing; Esc empties it.

    Signals:
        changed: what is typed, or "" when it was emptied.
        submitted: Enter, or Down, with what is typed: on to what was found.
        palette_wanted: the key hint was pressed.
        left: Down was pressed and nothing is looked for: on to the lines below.
    """

    changed = Signal(str)
    submitted = Signal(str)
    palette_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search tickets"))
        self.setPlaceholderText(self.tr("Search all tickets"))
        self.setMinimumHeight(_HEIGHT)
        self._hint = KeyHint(QKeySequence(PALETTE.keys[0]), self.tr("Open the command palette"), self)
        self._hint.clicked.connect(self.palette_requested)
        self._clear = IconButton("x", self.tr("Clear the search"), self, side=20)
        self._clear.clicked.connect(self.empty)
        self._clear.hide()
        self.textEdited.connect(self.changed)
        self.textChanged.connect(self._fit)
        self.returnPressed.connect(lambda: self.submitted.emit(self.text()))
        self._fit()

    @property
    def hint(self) -> KeyHint:
        """The palette's key."""
        return self._hint

    def empty(self) -> None:
        """Find nothing any more, and say so."""
        if self.text():
            self.clear()
            self.changed.emit("")
        self.setFocus()

    def _fit(self) -> None:
        typed = bool(self.text())
        self._clear.setVisible(typed)
        self._hint.setVisible(not typed)
        shown: QWidget = self._clear if typed else self._hint
        self.setTextMargins(0, 0, shown.sizeHint().width(), 0)
        self._place()

    def _place(self) -> None:
        for button in (self._hint, self._clear):
            size = button.sizeHint()
            button.setGeometry(
                self.width() - size.width() - _EDGE, (self.height() - size.height()) // 2, size.width(), size.height()
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        elif event.key() == Qt.Key.Key_Down and self.text():
            self.submitted.emit(self.text())
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)
