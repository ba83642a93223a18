"""The line at the bottom: what the program is doing, in words."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.dot import Dot
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone, fonts_for, theme_of

_LETTERS_PER_SECOND = 15
"""A long sentence stays as long as it takes to read."""

_COUNTDOWN_MS = 200
"""How often a countdown is looked at: a second is never shown much longer than it lasts."""


class StatusLine(QFrame):
    """Accounts, a long sync, what was just said, and the outbox.

    Signals:
        stop_wanted: end the sync of this account (id).
        outbox_wanted: show what waits there.
        acted: the button of the message was pressed.
    """

    stop_requested = Signal(str)
    outbox_requested = Signal()
    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Status"))
        self.setObjectName("status")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._syncing = ""
        self._need_decision = 0
        self._dot = Dot()
        self._online = label(role=Role.SMALL, tone=Tone.GOOD)
        self._run: Callable[[], None] | None = None
        self._progress = ElidedLabel(role=Role.SMALL, tone=Tone.PLAIN)
        self._progress.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName(self.tr("Progress of the sync"))
        self._spinner = Spinner(size=14)
        self._stop = IconButton("x", self.tr("Stop this sync"), side=18)
        self._stop.clicked.connect(lambda: self.stop_requested.emit(self._syncing))
        self._message = label(role=Role.SMALL, wrap=True)
        self._action = QPushButton()
        self._action.setProperty("kind", "link")
        self._action.setFont(fonts_for(self.font()).small_medium)
        # It goes when it is pressed, and a click must not move the keyboard.
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(self._act)
        self._outbox = QPushButton()
        self._outbox.setProperty("kind", "link")
        self._outbox.setFont(fonts_for(self.font()).small)
        self._outbox.clicked.connect(self.outbox_requested)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_up)
        self._counting_down = ""
        self._countdown = QTimer(self, interval=_COUNTDOWN_MS)
        self._countdown.timeout.connect(self._count_down)
        self._lay_out()
        self.clear_progress()
        self.clear_message()
        self.set_outbox(0, 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 4, GAP_SMALL, 3)
        row.setSpacing(6)
        row.addWidget(self._dot)
        row.addWidget(self._online)
        row.addSpacing(GAP)
        for part in (self._progress, self._bar, self._spinner, self._stop):
            row.addWidget(part)
        row.addWidget(self._message, 1000)
        row.addWidget(self._action)
        row.addStretch(1)
        row.addWidget(self._outbox)
        self.setMinimumHeight(26)

    # what it is told

    def set_accounts_online(
        self, online: int, total: int, *, paused: int = 0, needing: int = 0, connecting: int = 0
    ) -> None:
        """Say how many accounts can be reached; only all of them are fine.

        Args:
            paused: how many of the rest the agent has paused.
            needing: how many of the rest only the agent can mend.
            connecting: how many of the rest are asked for the first time.
        """
        if not total:
            message, tone, dot = self.tr("No accounts yet"), Tone.PLAIN, self.tr("offline")
        else:
            message = (
                self.tr("{online} of 1 account online")
                if total == 1
                else self.tr("{online} of {total} accounts online")
            )
            message = message.format(online=figure(online), total=figure(total))
            waiting = total - online - paused - needing - connecting
            message += self.tr(", {count} connecting").format(count=figure(connecting)) if connecting else ""
            message += self.tr(", {count} waiting").format(count=figure(waiting)) if waiting > 0 else ""
            message += self.tr(", {count} paused").format(count=figure(paused)) if paused else ""
            message += self._needing(needing) if needing else ""
            tone, dot = self._online_tone(online, waiting, paused, needing, connecting)
        if message != self._online.text() or dot != self._dot.accessibleName():
            self._online.setText(message)
            self._online.set_tone(tone)
            self._dot.set_tone(tone, dot)

    def _needing(self, count: int) -> str:
        return self.tr(", 1 needs you") if count == 1 else self.tr(", {count} need you").format(count=figure(count))

    def _online_tone(self, online: int, waiting: int, paused: int, needing: int, connecting: int) -> tuple[Tone, str]:
        if needing:
            return Tone.WRONG, self.tr("needs you")
        if waiting > 0:
            return Tone.WAITING, self.tr("partly online") if online else self.tr("offline")
        if connecting:
            return Tone.PLAIN, self.tr("connecting")
        return (Tone.GOOD, self.tr("online")) if online and not paused else (Tone.PLAIN, self.tr("paused"))

    def set_progress(self, text: str, done: int, total: int | None, account: str) -> None:
        """Say how far a long sync is; with no total known it only says that it works.

        Args:
            text: what is synced, without figures.
            account: whose sync the stop button ends.
        """
        self._syncing = account
        if total is None:
            message = self.tr("{text}: {done}").format(text=text, done=figure(done))
        else:
            message = self.tr("{text}: {done} of {total}").format(text=text, done=figure(done), total=figure(total))
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(min(done, total))
        if message != self._progress.text():
            self._progress.setText(message)
        self._progress.show()
        self._stop.show()
        self._bar.setVisible(total is not None)
        self._spinner.setVisible(total is None)

    def clear_progress(self) -> None:
        """Nothing long is going on."""
        self._syncing = ""
        for part in (self._progress, self._bar, self._spinner, self._stop):
            part.hide()

    def set_outbox(self, waiting: int, need_decision: int) -> None:
        """Say what stands in the outbox, and in amber what needs the agent: of one more a screen reader hears at once."""
        if need_decision:
            message = self._decision_text(need_decision)
        elif waiting == 1:
            message = self.tr("1 waiting in the outbox")
        else:
            message = self.tr("{count} waiting in the outbox").format(count=figure(waiting))
        self._outbox.setVisible(bool(waiting or need_decision))
        if message != self._outbox.text():
            self._outbox.setText(message)
        tone = Tone.WAITING if need_decision else Tone.PLAIN
        if self._outbox.property("tone") != tone:
            self._outbox.setProperty("tone", tone)
            self._colour_outbox()
        if need_decision > self._need_decision:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message))
        self._need_decision = need_decision

    def show_message(
        self,
        text: str,
        action: str = "",
        seconds: float = 6,
        *,
        run: Callable[[], None] | None = None,
        aloud: bool = True,
    ) -> None:
        """Say something for a while, to a screen reader too; the next message takes its place.

        Args:
            action: a button's word; pressing it emits `acted`. It goes when its time is up, because by then it would be too late.
            run: what the button does instead of telling by `acted`.
            aloud: False where a screen reader was told already.
            seconds: without an action, at least so long: a long sentence stays longer, and while the mouse is on it.
        """
        self._countdown.stop()
        self._run = run
        self._message.setText(text)
        self._message.setMaximumWidth(self._message.fontMetrics().horizontalAdvance(on_one_line(text)) + 4)
        self._message.show()
        self._action.setText(action)
        self._action.setVisible(bool(action))
        reading = 0 if action else len(text) / _LETTERS_PER_SECOND
        self._timer.start(round(max(seconds, reading) * 1000))
        if aloud:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_countdown(self, text: str, action: str, seconds: int) -> None:
        """Say until when something can be taken back, and count the seconds; a screen reader is told once.

        Args:
            text: with a place for the seconds that are left, `{seconds}`.
            action: as in `show_message`.
        """
        self.show_message(text.format(seconds=seconds), action, seconds)
        self._counting_down = text
        self._countdown.start()

    def clear_message(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._countdown.stop()
        self._run = None
        self._message.setText("")
        self._message.hide()
        self._action.hide()

    # what it tells

    @property
    def message(self) -> str:
        """What is said now; empty if nothing."""
        return self._message.text()

    @property
    def progress_text(self) -> str:
        """How far the sync is; empty if none is shown."""
        return "" if self._progress.isHidden() else self._progress.text()

    @property
    def online_text(self) -> str:
        """How many accounts are online."""
        return self._online.text()

    @property
    def outbox_button(self) -> QPushButton:
        """Says what waits, and shows it."""
        return self._outbox

    @property
    def action_button(self) -> QPushButton:
        """The button of the message."""
        return self._action

    @property
    def stop_button(self) -> IconButton:
        """Ends the sync."""
        return self._stop

    # inside

    def _decision_text(self, need_decision: int) -> str:
        if need_decision == 1:
            return self.tr("1 in the outbox needs you")
        return self.tr("{count} in the outbox need you").format(count=figure(need_decision))

    def _act(self) -> None:
        run = self._run
        self.clear_message()
        if run is None:
            self.acted.emit()
        else:
            run()

    def _count_down(self) -> None:
        left = self._counting_down.format(seconds=max(1, math.ceil(self._timer.remainingTime() / 1000)))
        if left != self._message.text():
            self._message.setText(left)

    def _time_up(self) -> None:
        if self._action.isHidden() and self._message.underMouse():
            self._timer.start(1000)
        else:
            self.clear_message()

    def _colour_outbox(self) -> None:
        theme = theme_of(self.palette())
        colour = theme.waiting_text if self._outbox.property("tone") == Tone.WAITING else theme.quiet
        self._outbox.setStyleSheet(f"QPushButton {{ color: {colour}; }}")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour_outbox()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QColor(theme_of(self.palette()).line))
            painter.drawLine(0, 0, self.width(), 0)
