"""The button that sends; behind its arrow the other ways to go on, and the states to go on with."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.capabilities import StateChoice
from deskhand.domain.going_on import GoOn
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.reply_box_actions import SEND, SEND_FOR_ONCE
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.menu import Menu
from deskhand.ui.kit.quiet_tip import name_and_keys, set_quiet_tip
from deskhand.ui.kit.theme import theme_of, tone_dot, tone_of_state

_DOT, _ICON = 10, 16
_EDGE = (_ICON - _DOT) / 2
_LEFT = "QPushButton { border-top-right-radius: 0px; border-bottom-right-radius: 0px; border-right: none; }"
_RIGHT = (
    "QPushButton { border-top-left-radius: 0px; border-bottom-left-radius: 0px; border-left: none; "
    "padding-left: 2px; padding-right: 2px; }"
)


def state_icon(choice: StateChoice) -> QIcon:
    """Return a dot in the colour of a state's meaning, for a menu or a list; the word stands beside it.

    It stands in the middle of a small icon: a pixmap of the dot alone would fill the icon's room on a screen of 100 %.
    """
    return icons.drawn_icon(lambda side, theme, ratio: _dot(tone_dot(theme, tone_of_state(choice.state)), side, ratio))


def _dot(colour: str, side: int, ratio: float) -> QPixmap:
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(made.width() / _ICON)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(_EDGE, _EDGE, _DOT, _DOT))
    return made


class _Arrow(PushButton):
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
            line = QColor(theme.on_accent if self.isEnabled() else theme.edge_soft)
            line.setAlpha(70 if self.isEnabled() else 255)
            painter.fillRect(QRect(0, 6, 1, self.height() - 12), line)


class SendButton(QWidget):
    """The word that sends, and beside it "Send and set state ...".

    Signals:
        sent: with a `StateChoice` to set after the message, or None; and what comes after it for once (GoOn), None = as set.
    """

    sent = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[StateChoice, ...] = ()
        self._plain = ""
        self._go_on: GoOn | None = None
        self._main = PushButton(self)
        self._arrow = _Arrow(self)
        for button in (self._main, self._arrow):
            button.setProperty("kind", "primary")
        self._arrow.setStyleSheet(_RIGHT)
        self._menu = Menu(self)
        self._main.clicked.connect(lambda: self.sent.emit(None, None))
        self._arrow.clicked.connect(self.open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._main)
        row.addWidget(self._arrow)
        self.set_text("Send")
        show_keys(self, self._show_keys)

    def set_text(
        self, text: str, states: Sequence[StateChoice] = (), spoken: str = "", *, go_on: GoOn | None = None
    ) -> None:
        """Say what pressing does.

        Args:
            states: what may be set along with it.
            spoken: what a screen reader adds: as whom, to whom.
            go_on: what comes after; the button says so too, and its menu offers the others for once. None = nothing comes after.
        """
        self._states = tuple(states)
        self._plain = text
        self._go_on = go_on
        text = text if go_on in {None, GoOn.STAY} else self._named(go_on)
        self._main.setText(text)
        self._main.setAccessibleName(text)
        self._main.setAccessibleDescription(spoken)
        self._show_keys()
        with_state = self.tr("{send} and set state") if states else self.tr("{send} otherwise")
        name_and_keys(self._arrow, with_state.format(send=self._plain), "")
        has_menu = bool(states) or go_on is not None
        self._arrow.setVisible(has_menu)
        wanted = _LEFT if has_menu else ""
        if self._main.styleSheet() != wanted:
            self._main.setStyleSheet(wanted)

    def _named(self, go_on: GoOn | None) -> str:
        """Return what sending is called when this comes after it."""
        named = {GoOn.NEXT: self.tr("{send} and next"), GoOn.BACK: self.tr("{send} and back")}
        return (named.get(go_on, self.tr("{send} and stay")) if go_on is not None else "{send}").format(
            send=self._plain
        )

    def _show_keys(self) -> None:
        keys, text = IN_FORCE.first_key(SEND), self._main.text()
        set_quiet_tip(self._main, f"{text} ({keys})" if keys else text)

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
        return tuple(action.text().partition("\t")[0] for action in self._menu.actions() if not action.isSeparator())

    def open_menu(self) -> None:
        """Show the other ways to go on, and the states."""
        self._fill()
        # Upwards: the button stands at the bottom of the window.
        self._menu.open_above(self.mapToGlobal(QPoint(self.width() - self._menu.frame_size.width(), -2)))

    def _fill(self) -> None:
        self._menu.clear()
        for go_on, key in SEND_FOR_ONCE.items() if self._go_on is not None else ():
            if go_on is not self._go_on:
                keys = QKeySequence(IN_FORCE.first_key(key)).toString(QKeySequence.SequenceFormat.NativeText)
                once = QAction("\t".join(one for one in (self._named(go_on), keys) if one), self._menu)
                once.triggered.connect(lambda _checked=False, one=go_on: self.sent.emit(None, one))
                self._menu.addAction(once)
        if self._states and self._menu.actions():
            self._menu.addSeparator()
        for choice in self._states:
            caption = self.tr("{send} and set {state}").format(
                send=self._plain, state=wording.vendor_label(choice.label)
            )
            action = QAction(state_icon(choice), caption, self._menu)
            action.triggered.connect(lambda _checked=False, one=choice: self.sent.emit(one, None))
            self._menu.addAction(action)
