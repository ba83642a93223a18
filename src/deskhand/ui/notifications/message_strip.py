"""The strip over the foot of the list: what was said or done, in words, and perhaps a button; it goes by itself."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.strip import Offer, Strip
from deskhand.ui.kit.theme import fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme, Tint

SECONDS = 10
"""So long it stays; the keys undo later too."""

_LETTERS_PER_SECOND = 15
"""A long sentence stays as long as it takes to read."""

_TICK_MS = 200
_STILL_SECONDS = 5
"""Without motion no line grows shorter: the seconds that are left are a number that changes so often."""
_MARGIN, _WIDEST, _BAR = 8, 460, 2
_OVER = ("list", "conversation")
_FOLLOWED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


def _nothing() -> None:
    """Do nothing."""


class MessageStrip(Strip):
    """Lies over the foot of the list, where it is shown, else of the conversation or of the window; hidden while there is nothing to say.

    It stands out: dark on a light window, light on a dark one. It waits while the pointer is on it. What it offers is taken away with
    `withdraw_offer` as soon as it does not hold any more.

    Args:
        window: it lies in it and follows its size.
        name: what a screen reader calls it.
    """

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, focus=Qt.FocusPolicy.TabFocus, foot=_BAR)  # a click must not move the keyboard
        self.setAccessibleName(name)
        self._window = window
        self._below: MessageStrip | None = None
        self._exact = False
        self._run: Callable[[], None] = _nothing
        self._said = self._counting = ""
        self._action = self.add_button()
        self._action.setFont(fonts_for(self.font()).bold)
        self._whole_ms = 1
        self._left = self.add_beside()
        self._left.setFont(fonts_for(self.font()).figures)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_up)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._count)
        self._colour()
        self.hide()
        window.installEventFilter(self)

    # --- what it is told ---

    def lie_in(self, window: QWidget) -> None:
        """Lie in another window from now on."""
        self._window.removeEventFilter(self)
        self._window = window
        self.setParent(window)
        self.hide()
        window.installEventFilter(self)

    def lie_above(self, below: "MessageStrip") -> None:
        """Lie above another strip while that is shown, so that neither hides the other."""
        self._below = below
        below.installEventFilter(self)

    def show_step(
        self,
        text: str,
        action: str = "",
        key: str = "",
        *,
        run: Callable[[], None] = _nothing,
        icon: str = "check",
        seconds: float = SECONDS,
        counts: bool = False,
        exact: bool = False,
        aloud: bool = True,
    ) -> None:
        """Say something; a screen reader is told once. The next message takes its place.

        Args:
            text: with `counts`, it has a place for the seconds that are left: `{seconds}`.
            action, key: the button's word, and the key that does the same; empty = nothing can be done about it.
            run: what the button does.
            icon: file name of an icon.
            seconds: how long it stays; longer where it takes longer to read or the pointer is on it, unless it `counts` or is `exact`.
            aloud: False where a screen reader was told already.
        """
        self._run = run
        self.set_look(self._tone, icon)
        self._counting = text if counts else ""
        self._exact = counts or exact
        said = _counted(text, self._told(seconds)) if counts else text
        self._whole_ms = round((seconds if self._exact else max(seconds, len(said) / _LETTERS_PER_SECOND)) * 1000)
        self._said = said
        self._timer.start(self._whole_ms)
        self._offer(action, key)
        self._tick.start()
        self._place()
        self.show()
        self.raise_()
        if aloud:
            announce(self, said)

    def withdraw_offer(self, text: str) -> None:
        """Offer nothing any more, because it does not hold: the sentence says what is so now."""
        self._counting, self._exact = "", False
        self._run = _nothing
        self._offer("", "")
        self._said = text
        self.set_look(self._tone, "info")
        self._place()

    def clear(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._tick.stop()
        self._counting = ""
        self._run = _nothing
        self._offer("", "")
        self.hide()

    # --- what it tells ---

    @property
    def message(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._said

    @property
    def action_button(self) -> QPushButton:
        """Does what is offered; hidden where nothing is."""
        return self._action

    # --- inside ---

    def _offer(self, action: str, key: str) -> None:
        self.offer((Offer(action, self._act_once, key),) if action else ())
        self._show_left()

    def _act_once(self) -> None:
        run = self._run
        self.clear()
        run()

    def _told(self, seconds: float) -> int:
        """Return the seconds that are said to be left."""
        step = _STILL_SECONDS if MOTION.is_off else 1
        return max(1, math.ceil(seconds / step) * step)

    def _show_left(self) -> bool:
        """Say as a number for how long the button can be pressed, where no line does; tell whether it is another one."""
        is_shown = MOTION.is_off and not self._counting and self._timer.isActive() and not self._action.isHidden()
        left = self._told(self._timer.remainingTime() / 1000)
        said = self.tr("{seconds} s").format(seconds=left) if is_shown else ""
        if said == self._left.text():
            return False
        self._left.setText(said)
        self._left.setVisible(is_shown)
        return True

    def _count(self) -> None:
        if self._counting:
            said = _counted(self._counting, self._told(self._timer.remainingTime() / 1000))
            if said != self._said:
                self._said = said
                self._place()
        elif self._show_left():
            self._place()
        if not MOTION.is_off:
            self.update(QRect(0, self.height() - _BAR - 1, self.width(), _BAR + 1))

    def _time_up(self) -> None:
        if not self._exact and self.underMouse():
            self._timer.start(1000)
        else:
            self.clear()

    def _over(self) -> QWidget:
        """Return what it lies over: the list where it is shown, else what is read, but never the box that is written in."""
        for name in _OVER:
            found = self._window.findChild(QWidget, name)
            if found is not None:
                found.installEventFilter(self)  # the same filter is never there twice
                if found.isVisible():
                    return found
        return self._window

    def _place(self) -> None:
        over = self._over()
        width = min(max(over.width() - 2 * _MARGIN, 200), _WIDEST)
        room = self.room_for_words(width)
        self.words.setText(_breaking(self._said, self.words.fontMetrics(), room))
        self.words.setAccessibleName(self._said)
        row = self._row
        height = row.totalHeightForWidth(width) if row.hasHeightForWidth() else self.sizeHint().height()
        size = QSize(width, max(height, 36))
        at = (
            over.mapTo(self._window, QPoint(0, over.height())) if over is not self._window else QPoint(0, over.height())
        )
        foot = at.y()
        if self._below is not None and not self._below.isHidden():
            foot = self._below.y()
        left = at.x() + (over.width() - width) // 2
        self.setGeometry(QRect(left, max(0, foot - size.height() - _MARGIN), size.width(), size.height()))

    @override
    def colours(self, theme: Theme) -> Tint:
        """Stand out: the page's ink as ground, whatever the theme."""
        return Tint(theme.text, theme.page)

    def _colour(self) -> None:
        theme = theme_of(self.window().palette())
        self.words.setStyleSheet(f"QLabel {{ color: {theme.page}; background: transparent; }}")
        self._left.setStyleSheet(f"QLabel {{ color: {theme.page}; background: transparent; }}")
        self.keys[0].setStyleSheet(
            f"QLabel {{ color: {theme.page}; border: 1px solid {theme.page}; border-radius: 4px; padding: 0 4px; }}"
        )
        self._action.setStyleSheet(
            f"QPushButton {{ color: {theme.page}; background: transparent; border: none; padding: 2px 6px; }}"
            f"QPushButton:hover, QPushButton:focus {{ text-decoration: underline; }}"
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED and isValid(self._window) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._timer.isActive() or MOTION.is_off:
            return
        part = self._timer.remainingTime() / max(self._whole_ms, 1)
        width = round(self.width() * min(max(part, 0.0), 1.0))
        at = self.width() - width if self.isRightToLeft() else 0
        with QPainter(self) as painter:
            painter.fillRect(QRect(at, self.height() - _BAR, width, _BAR), QColor(theme_of(self.palette()).accent))


def _breaking(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a sentence of which also a word that is wider than the room can be broken."""
    words = text.split(" ")
    return " ".join("\u200b".join(word) if metrics.horizontalAdvance(word) >= room else word for word in words)


def _counted(text: str, seconds: int) -> str:
    """Return a sentence with the seconds in their place; whatever else stands in braces is a customer's."""
    return text.replace("{seconds}", str(seconds))
