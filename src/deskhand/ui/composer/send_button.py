"""The button that sends, with the account that answers beside it and the states to go on with behind its arrow."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.capabilities import StateChoice
from deskhand.ui.kit import icons
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import theme_of, tone_dot, tone_of_state
from deskhand.ui.kit.tokens import Theme

_DOT = 10
_LEFT = "QPushButton { border-top-right-radius: 0px; border-bottom-right-radius: 0px; border-right: none; }"
_RIGHT = (
    "QPushButton { border-top-left-radius: 0px; border-bottom-left-radius: 0px; border-left: none; "
    "padding-left: 2px; padding-right: 2px; }"
)


def state_icon(choice: StateChoice, theme: Theme) -> QIcon:
    """Return a dot in the colour of a state's meaning, for a menu; the word stands beside it."""
    made = QPixmap(_DOT * 2, _DOT * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone_dot(theme, tone_of_state(choice.state))))
        painter.drawEllipse(1, 1, _DOT - 2, _DOT - 2)
    return QIcon(made)


class _Arrow(QPushButton):
    """The right part; painted here, because a style sheet gives no room to an arrow of our own."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(28, super().sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = theme_of(self.window().palette())  # a style sheet puts its own ground into a button's palette
        with QPainter(self) as painter:
            side = 14
            square = QRect((self.width() - side) // 2 - 1, (self.height() - side) // 2, side, side)
            icons.paint(painter, square, "chevron-down", theme.on_accent if self.isEnabled() else theme.quiet)
            line = QColor(theme.on_accent if self.isEnabled() else theme.line)
            line.setAlpha(70 if self.isEnabled() else 255)
            painter.fillRect(QRect(0, 6, 1, self.height() - 12), line)


class SendButton(QWidget):
    """The word that sends, and beside it "Send and set state ...".

    Signals:
        sent: with a `StateChoice` to set after the message, or None.
    """

    sent = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[StateChoice, ...] = ()
        self._main = QPushButton(self)
        self._arrow = _Arrow(self)
        for button in (self._main, self._arrow):
            button.setProperty("kind", "primary")
        self._arrow.setStyleSheet(_RIGHT)
        self._menu = QMenu(self)
        self._main.clicked.connect(lambda: self.sent.emit(None))
        self._arrow.clicked.connect(self.open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._main)
        row.addWidget(self._arrow)
        self.set_text("Send")

    def set_text(self, text: str, states: Sequence[StateChoice] = (), spoken: str = "") -> None:
        """Say what pressing does.

        Args:
            states: what may be set along with it; none = no arrow.
            spoken: what a screen reader adds: as whom, to whom.
        """
        self._states = tuple(states)
        self._main.setText(text)
        self._main.setAccessibleName(text)
        self._main.setAccessibleDescription(spoken)
        with_state = self.tr("{send} and set state").format(send=text)
        name_and_keys(self._arrow, with_state, "")
        self._arrow.setVisible(bool(states))
        wanted = _LEFT if states else ""
        if self._main.styleSheet() != wanted:
            self._main.setStyleSheet(wanted)

    def set_possible(self, possible: bool, reason: str) -> None:
        """Offer it, or say why not."""
        for button in (self._main, self._arrow):
            button.setEnabled(possible)
        self._main.setToolTip(literal_tip("" if possible else reason))

    @property
    def is_possible(self) -> bool:
        """Whether pressing would do anything."""
        return self._main.isEnabled()

    @property
    def text(self) -> str:
        """What it says."""
        return self._main.text()

    def choices(self) -> tuple[str, ...]:
        """Return the words of its menu."""
        self._fill()
        return tuple(action.text() for action in self._menu.actions())

    def open_menu(self) -> None:
        """Show the states."""
        self._fill()
        size = self._menu.sizeHint()
        # Upwards: the button stands at the bottom of the window.
        self._menu.popup(self.mapToGlobal(QPoint(self.width() - size.width(), -size.height())))

    def _fill(self) -> None:
        self._menu.clear()
        theme = theme_of(self.palette())
        for choice in self._states:
            caption = self.tr("{send} and set {state}").format(
                send=self._main.text(), state=wording.vendor_label(choice.label)
            )
            action = QAction(state_icon(choice, theme), caption, self._menu)
            action.triggered.connect(lambda _checked=False, one=choice: self.sent.emit(one))
            self._menu.addAction(action)
