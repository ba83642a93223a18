"""How the accounts are: what needs the agent, what goes on by itself, what is well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QIcon
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deskhand.domain.accounts import AccountMark
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.status_quarters import StatusDay
from deskhand.services.health import AccountHealth, Cause, Kind, Remedy
from deskhand.ui.accounts.day_bars import DayBars, day_text
from deskhand.ui.accounts.status_label import ago
from deskhand.ui.kit import icons, times
from deskhand.ui.kit.account_mark import AccountMarkView
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_label import IconLabel
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, GAP_TINY, Tone, fonts_for, tone_text

_ICONS = {
    Cause.SIGN_IN: ("key-round", Tone.WRONG),
    Cause.BLOCKED: ("ban", Tone.WRONG),
    Cause.OFFLINE: ("wifi-off", Tone.WAITING),
    Cause.BACK_OFF: ("hourglass", Tone.WAITING),
    Cause.PAUSED: ("pause", Tone.PLAIN),
    Cause.STOPPED: ("x", Tone.PLAIN),
    Cause.SYNCING: ("refresh-cw", Tone.ACCENT),
    Cause.INCOMPLETE: ("triangle-alert", Tone.WAITING),
    Cause.WELL: ("circle-check", Tone.GOOD),
}
"""A shape of its own for each, so that the colour is never alone."""

_MARK = 20
_CAPTIONS = 120
"""Width of the captions' column; more where their letters are larger."""


@dataclass(frozen=True, slots=True)
class HealthLine:
    """An account on the page.

    Attributes:
        synced_at: when it was in step last.
        day: how it was in the last 24 hours; without hours nothing is drawn.
        mark: its colour and icon.
    """

    account: str
    label: str
    vendor: str
    health: AccountHealth
    synced_at: datetime | None = None
    day: StatusDay = StatusDay()
    mark: AccountMark = AccountMark()


class HealthSheet(Sheet):
    """Shows the accounts, and is shown again with `set_lines`.

    Signals:
        remedy_requested: the account's id and a `Remedy`.
        sync_requested: look at all of them now.
        outbox_requested: show what of the outbox needs the agent.
    """

    remedy_requested = Signal(str, object)
    sync_requested = Signal()
    outbox_requested = Signal()

    def __init__(
        self, lines: Sequence[HealthLine], now: datetime, parent: QWidget | None = None, *, decisions: int = 0
    ) -> None:
        super().__init__("", parent, width=620, scrolls=True)
        self.set_title(self.tr("How the accounts are"))
        self._lines: tuple[HealthLine, ...] = ()
        self._decisions = 0
        self._now = now
        self._page: QWidget | None = None
        self._states: dict[str, tuple[IconLabel, ToneLabel]] = {}
        self._bars: dict[str, DayBars] = {}
        self._copy = self.add_button(self.tr("Copy for support"), self._copy_text)
        self._copy.setIcon(icons.icon("copy"))
        self.add_button(self.tr("Sync all"), self.sync_requested.emit)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True).setFocus()
        self.set_lines(lines, now, decisions=decisions)

    def set_lines(self, lines: Sequence[HealthLine], now: datetime, *, decisions: int = 0) -> None:
        """Show the accounts as they are now; where only times changed the page stays as it is, with its keyboard focus.

        Args:
            decisions: how many items of the outbox need the agent.
        """
        before, is_same = self._lines, decisions == self._decisions
        self._lines, self._decisions, self._now = tuple(lines), decisions, now
        if self._page is not None and is_same and _without_times(before) == _without_times(lines):
            self._renew()  # a tooltip, a marked text and the keyboard stay where they are
            return
        focused = self.focusWidget().objectName() if self.focusWidget() is not None else ""
        self._states.clear()
        self._bars.clear()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for kind in Kind:
            of_kind = [line for line in lines if line.health.kind is kind]
            needs_outbox = decisions > 0 and kind is Kind.NEEDS_YOU
            if of_kind or needs_outbox:
                column.addWidget(self._kind_label(kind))
            if needs_outbox:
                column.addWidget(self._outbox_card(decisions))
            for line in of_kind:
                column.addWidget(self._card(line))
        if not lines:
            column.addWidget(label(self.tr("There is no account yet."), tone=Tone.PLAIN))
        column.addStretch(1)
        if self._page is not None:
            self.body.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        self.body.addWidget(page)
        page.show()  # now, so that its height counts
        self.refit()
        again = page.findChild(QPushButton, focused) if focused else None
        if again is not None:
            again.setFocus()

    # --- inside ---

    def _kind_label(self, kind: Kind) -> QLabel:
        text, tone = {
            Kind.NEEDS_YOU: (self.tr("Needs you"), Tone.WRONG),
            Kind.GOES_ON: (self.tr("Goes on by itself, or when you want"), Tone.PLAIN),
            Kind.WELL: (self.tr("Well"), Tone.GOOD),
        }[kind]
        made = label(text, role=Role.BOLD, tone=tone)
        made.setContentsMargins(0, GAP_TINY, 0, 0)
        return made

    def _card(self, line: HealthLine) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setAccessibleName(f"{line.label}: {line.health.what}")
        column = QVBoxLayout(card)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        column.setSpacing(GAP_TINY)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        mark = AccountMarkView(size=_MARK)
        mark.set_mark(line.mark)
        head.addWidget(mark)
        head.addWidget(label(line.label, role=Role.BOLD))
        head.addWidget(label(line.vendor, role=Role.SMALL, tone=Tone.PLAIN))
        head.addStretch(1)
        if (text := self._remedy(line.health.remedy)) is not None:
            head.addWidget(self._button(line, text))
        column.addLayout(head)
        column.addLayout(self._what(line))
        column.addLayout(self._grid(line))
        return card

    def _outbox_card(self, decisions: int) -> QFrame:
        text = self.tr("1 message or change needs you")
        if decisions > 1:
            text = self.tr("{count} messages or changes need you").format(count=figure(decisions))
        card = QFrame()
        card.setProperty("kind", "card")
        card.setAccessibleName(self.tr("Outbox: {what}").format(what=text))
        column = QVBoxLayout(card)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        column.setSpacing(GAP_TINY)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Outbox"), role=Role.BOLD))
        head.addStretch(1)
        show = PushButton(self.tr("Show"))
        show.setObjectName("outbox")
        show.setAccessibleName(self.tr("Outbox: Show"))
        show.setProperty("kind", "primary")
        set_enter_presses(show, presses=False)
        show.clicked.connect(self.outbox_requested)
        head.addWidget(show)
        column.addLayout(head)
        mark = IconLabel(_mark("circle-alert", Tone.WRONG))
        column.addLayout(self._marked(mark, _sentence_label(text, Tone.WRONG)))
        return card

    def _what(self, line: HealthLine) -> QHBoxLayout:
        mark, sentence = IconLabel(QIcon()), _sentence_label("", Tone.PLAIN)
        self._states[line.account] = mark, sentence
        self._show_state(line)
        row = self._marked(mark, sentence)
        if line.day.hours:
            bars = self._bars[line.account] = DayBars(line.day, self._now)
            row.addWidget(label(self.tr("24 h"), role=Role.TINY, tone=Tone.PLAIN))
            row.addWidget(bars)
        return row

    def _renew(self) -> None:
        """Show other times in the page that is there, and that an account that is well is being looked at."""
        for line in self._lines:
            self._show_state(line)
            if (bars := self._bars.get(line.account)) is not None:
                bars.set_day(line.day, self._now)

    def _show_state(self, line: HealthLine) -> None:
        mark, sentence = self._states[line.account]
        name, tone = _ICONS[line.health.cause]
        mark.set_icon(_mark(name, tone))
        sentence.set_tone(tone)
        sentence.setText(self._sentence(line))

    @staticmethod
    def _marked(mark: IconLabel, sentence: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_TINY + 2)
        row.addWidget(mark)
        row.addWidget(sentence, 1)
        return row

    def _sentence(self, line: HealthLine) -> str:
        health = line.health
        if health.goes_on_at is not None:
            at = times.moment(health.goes_on_at, self._now)
            return self.tr("{what}, next try at {time}").format(what=health.what, time=at)
        if health.cause is Cause.WELL and line.synced_at is not None:
            return self.tr("{what} as of {time}").format(what=health.what, time=times.moment(line.synced_at, self._now))
        return health.what

    def _grid(self, line: HealthLine) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self._captions_width())
        for row, (caption, text) in enumerate(self._facts(line)):
            left = label(caption, role=Role.SMALL, tone=Tone.PLAIN)
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, role=Role.SMALL, wrap=True, selectable=True), row, 1)
        return grid

    def _captions_width(self) -> int:
        """Return what the widest caption takes, so that those of all cards stand in one column."""
        letters = QFontMetrics(fonts_for(self.font()).small)
        return max(_CAPTIONS, *(letters.horizontalAdvance(caption) + 2 for caption in self._captions()))

    def _captions(self) -> tuple[str, ...]:
        return (
            self.tr("Since"),
            self.tr("Why"),
            self.tr("What still works"),
            self.tr("What to do"),
            self.tr("Can"),
            self.tr("Cannot"),
            self.tr("Last in step"),
        )

    def _facts(self, line: HealthLine) -> list[tuple[str, str]]:
        health = line.health
        since = ""
        if health.since is not None and health.kind is not Kind.WELL:
            since = f"{times.moment(health.since, self._now)} ({ago(health.since, self._now)})"
        is_well = health.kind is Kind.WELL
        synced = "" if is_well or line.synced_at is None else times.moment(line.synced_at, self._now)
        can, cannot = (health.can, health.cannot) if is_well else ("", "")
        told = (since, health.why, health.works, health.to_do, can, cannot, synced)
        return [(caption, text) for caption, text in zip(self._captions(), told, strict=True) if text]

    def _button(self, line: HealthLine, text: str) -> QPushButton:
        button = PushButton(text)
        button.setObjectName(f"remedy-{line.account}")
        button.setAccessibleName(f"{line.label}: {text}")
        if line.health.kind is Kind.NEEDS_YOU:
            button.setProperty("kind", "primary")
        set_enter_presses(button, presses=False)
        button.clicked.connect(lambda _checked=False: self.remedy_requested.emit(line.account, line.health.remedy))
        return button

    def _remedy(self, remedy: Remedy) -> str | None:
        return {
            Remedy.SIGN_IN: self.tr("Sign in"),
            Remedy.RETRY: self.tr("Try now"),
            Remedy.RESUME: self.tr("Resume"),
            Remedy.NONE: None,
        }[remedy]

    def _copy_text(self) -> None:
        blocks = []
        for line in self._lines:
            told = self._facts(line)
            if line.day.hours:
                told.append((self.tr("Last 24 hours"), day_text(line.day)))
            facts = "\n".join(f"  {caption}: {text}" for caption, text in told)
            blocks.append(f"{line.label} ({line.vendor}): {self._sentence(line)}\n{facts}")
        QGuiApplication.clipboard().setText("\n".join(blocks))
        self._copy.setText(self.tr("Copied"))
        self.announce(self.tr("Copied"))


def _mark(name: str, tone: Tone) -> QIcon:
    return icons.icon(name, ink=lambda theme: tone_text(theme, tone))


def _sentence_label(text: str, tone: Tone) -> ToneLabel:
    return label(text, role=Role.MEDIUM, tone=tone, wrap=True)


def _without_times(lines: Sequence[HealthLine]) -> list[HealthLine]:
    """Return the lines without what changes by itself again and again: the day, and of what is well each look at it."""
    found = []
    for line in lines:
        health, synced_at = line.health, line.synced_at
        if health.kind is Kind.WELL:
            synced_at = None
        if health.cause in (Cause.WELL, Cause.SYNCING):
            health = replace(health, cause=Cause.WELL, what="", since=None)
        found.append(replace(line, health=health, synced_at=synced_at, day=StatusDay()))
    return found
