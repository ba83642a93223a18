"""The foot of the sidebar: how the accounts are, what needs the agent, what is going on; and the strip over the list in which things are said."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.announce import announce
from deskhand.ui.kit.dot import Dot
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone, theme_of
from deskhand.ui.notifications.foot_words import FootWords, ProgressWords
from deskhand.ui.notifications.message_strip import MessageStrip


class StatusLine(QFrame):
    """Accounts, long work, what was just said, and how much needs the agent.

    Signals:
        stop_requested: end the sync of this account (id).
        outbox_requested: show what waits there.
        health_requested: show how the accounts are.
        settings_requested: show the agent's choices.
        acted: the button of the message was pressed.
        changed: the accounts, the progress or the outbox is said differently.
    """

    stop_requested = Signal(str)
    outbox_requested = Signal()
    health_requested = Signal()
    settings_requested = Signal()
    acted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setAccessibleName(self.tr("Status"))
        self.setObjectName("status")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._syncing = ""
        self._need_decision = self._needing = self._waiting = 0
        self._accounts_short, self._accounts_tone, self._waits = "", Tone.PLAIN, ""
        self._dot = Dot()
        self._full = ""
        self._online = FootWords()
        self._online.clicked.connect(self.show_what_needs)
        self._health = IconButton("heart-pulse", self.tr("How the accounts are"), side=26, around=5)
        self._health.clicked.connect(self.health_requested)
        self._settings = IconButton("settings", self.tr("Settings"), side=26, around=5)
        self._settings.clicked.connect(self.settings_requested)
        self._is_busy = False
        self._progress = ProgressWords()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(2)
        self._bar.setStyleSheet("QProgressBar { min-height: 2px; max-height: 2px; border-radius: 0; }")
        self._bar.setAccessibleName(self.tr("Progress"))
        keeps_room = self._bar.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # nothing moves when long work begins
        self._bar.setSizePolicy(keeps_room)
        self._spinner = Spinner(size=14)
        self._stop = IconButton("x", self.tr("Stop this sync"), side=18)
        self._stop.clicked.connect(lambda: self.stop_requested.emit(self._syncing))
        self.strip = MessageStrip(self, self.tr("What was said"))
        self._lay_out()
        self.clear_progress()
        self.clear_message()
        self.set_outbox(0, 0)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        set_margins(foot, GAP, 0, GAP_SMALL, 0)
        foot.setSpacing(6)
        for part in (self._dot, self._spinner, self._online, self._progress, self._stop, self._health, self._settings):
            foot.addWidget(part, 1 if part in (self._online, self._progress) else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 5)
        column.setSpacing(3)
        column.addWidget(self._bar)
        column.addLayout(foot)

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
            message += self._needing_text(needing) if needing else ""
            tone, dot = self._online_tone(online, waiting, paused, needing, connecting)
        short = self._short(online, total, paused, connecting, needing) if total else message
        said = (message, short, tone, needing)
        if said != (self._full, self._accounts_short, self._accounts_tone, self._needing):
            self._full, self._accounts_short, self._accounts_tone, self._needing = said
            self._dot.set_tone(tone, dot)
            self._say()

    def _short(self, online: int, total: int, paused: int, connecting: int, needing: int) -> str:
        """Return how the accounts are in the few words that the foot has room for; what needs the agent takes their place."""
        offline = total - online - paused - needing - connecting
        if offline == total:
            return self.tr("Offline")
        said = [
            words.format(count=figure(count))
            for words, count in (
                (self.tr("{count} offline"), offline),
                (self.tr("{count} connecting"), connecting),
                (self.tr("{count} paused"), paused),
            )
            if count > 0
        ]
        return ", ".join(said) or self.tr("Up to date")

    def _say(self) -> None:
        """Write what matters most: how much needs the agent, else how the accounts are; all of it is the name."""
        needs = self.need_agent
        short = self._needs_text(needs) if needs else self._accounts_short
        if not needs and self._waiting and self._accounts_tone is Tone.WAITING:
            short = self._both(short, self.tr("{count} to send").format(count=figure(self._waiting)))
        self._online.say(short, self._both(self._full, self._waits), Tone.WRONG if needs else self._accounts_tone)
        self._place_words()
        self.changed.emit()

    def _place_words(self) -> None:
        """How far long work is stands in the place of how the accounts are; what needs the agent stays."""
        needs, turns = bool(self.need_agent), self._is_busy and self._bar.isHidden()
        self._online.setVisible(needs or not self._is_busy)
        self._progress.setVisible(self._is_busy and not needs)
        self._dot.setVisible(not needs and not turns)
        self._spinner.setVisible(turns)
        self._spinner.setToolTip(literal_tip(self._progress.whole) if turns else "")
        self._stop.setVisible(self._is_busy and bool(self._syncing))

    @staticmethod
    def _both(*said: str) -> str:
        return " \u00b7 ".join(filter(None, said))

    def _needs_text(self, count: int) -> str:
        return self.tr("1 needs you") if count == 1 else self.tr("{count} need you").format(count=figure(count))

    def _needing_text(self, count: int) -> str:
        return self.tr(", 1 needs you") if count == 1 else self.tr(", {count} need you").format(count=figure(count))

    def _online_tone(self, online: int, waiting: int, paused: int, needing: int, connecting: int) -> tuple[Tone, str]:
        if needing:
            return Tone.WRONG, self.tr("needs you")
        if waiting > 0:
            return Tone.WAITING, self.tr("partly online") if online else self.tr("offline")
        if connecting:
            return Tone.PLAIN, self.tr("connecting")
        return (Tone.GOOD, self.tr("online")) if online and not paused else (Tone.PLAIN, self.tr("paused"))

    def set_progress(self, text: str, done: int, total: int | None, account: str = "") -> None:
        """Say how far a long work is; with no total known it only says that it works.

        Args:
            text: what is done, without figures.
            account: whose sync the stop button ends; empty for work that cannot be stopped.
        """
        self._syncing = account
        self._is_busy = True
        if total is None:
            figures = self.tr("{done} so far").format(done=figure(done))
            whole = self.tr("{text}: {done}").format(text=text, done=figure(done))
        else:
            figures = self.tr("{done} of {total}").format(done=figure(done), total=figure(total))
            whole = self.tr("{text}: {figures}").format(text=text, figures=figures)
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(min(done, total))
        what = self.tr("Syncing {figures}") if account else self.tr("Updating {figures}")
        self._progress.say(whole, what.format(figures=figures), figures)
        self._bar.setVisible(total is not None)
        self._place_words()
        self.changed.emit()

    def clear_progress(self) -> None:
        """Nothing long is going on."""
        self._syncing, self._is_busy = "", False
        self._bar.hide()
        self._place_words()
        self.changed.emit()

    def set_outbox(self, waiting: int, need_decision: int) -> None:
        """Say what stands in the outbox; what of it needs the agent is counted with the accounts, and a screen reader hears of one more."""
        if need_decision:
            message = self._decision_text(need_decision)
        elif waiting == 1:
            message = self.tr("1 waiting in the outbox")
        else:
            message = self.tr("{count} waiting in the outbox").format(count=figure(waiting))
        if need_decision > self._need_decision:
            announce(self if self.isVisible() else self.window(), message)
        self._need_decision, self._waiting = need_decision, waiting
        self._waits = message if waiting or need_decision else ""
        self._say()

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
        does = run or self.acted.emit
        self.strip.show_step(text, action, run=does, icon="info", seconds=seconds, exact=bool(action), aloud=aloud)

    def show_what_needs(self) -> None:
        """Show the list of what needs the agent: the outbox where only that does, else how the accounts are."""
        only_outbox = self._need_decision and not self._needing
        (self.outbox_requested if only_outbox else self.health_requested).emit()

    def clear_message(self) -> None:
        """Say nothing any more."""
        self.strip.clear()

    # what it tells

    @property
    def message(self) -> str:
        """What is said now; empty if nothing."""
        return self.strip.message

    @property
    def progress_text(self) -> str:
        """How far long work is; empty if none is shown."""
        return self._progress.whole if self._is_busy else ""

    @property
    def online_text(self) -> str:
        """How many accounts are online."""
        return self._full

    @property
    def need_agent(self) -> int:
        """How many accounts and messages only the agent can mend."""
        return self._needing + self._need_decision

    @property
    def tone(self) -> Tone:
        """How the accounts are as a whole."""
        return self._dot.tone

    @property
    def share(self) -> float | None:
        """How much of a long work is done, from 0 to 1; None if nothing is going on, or nobody knows how much it is."""
        return None if self._bar.isHidden() else self._bar.value() / self._bar.maximum()

    @property
    def all_said(self) -> str:
        """All that is said, in one line: for where only a picture of it has room."""
        return self._both(self._full, self.progress_text, self._waits)

    @property
    def accounts_button(self) -> FootWords:
        """Says how the accounts are, and shows what needs the agent."""
        return self._online

    @property
    def action_button(self) -> QPushButton:
        """The button of the message."""
        return self.strip.action_button

    @property
    def stop_button(self) -> IconButton:
        """Ends the sync."""
        return self._stop

    # inside

    def _decision_text(self, need_decision: int) -> str:
        if need_decision == 1:
            return self.tr("1 in the outbox needs you")
        return self.tr("{count} in the outbox need you").format(count=figure(need_decision))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QColor(theme_of(self.palette()).hair))
            painter.drawLine(0, 0, self.width(), 0)
