"""The page "Notifications": what is told for which account, the one number, the tray, and why nothing showed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deskhand.content.lines import bounded
from deskhand.domain.events import EventKind
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Scope
from deskhand.domain.sounds import SoundFormat
from deskhand.services.notification_choices import (
    TOLD,
    AccountChoices,
    Content,
    NotificationChoices,
    WorkingHours,
)
from deskhand.services.views import NAMES, SCOPES
from deskhand.ui.kit import times
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label, literal_tip, name_choice
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import MARK_WIDTH, TickBox
from deskhand.ui.notifications.chain_box import ChainBox
from deskhand.ui.notifications.chain_text import ChainLine
from deskhand.ui.notifications.hours_sheet import HoursSheet, hours_text
from deskhand.ui.notifications.sound_sheet import SoundSheet

_HOURS = tuple(WorkingHours(begin * 60, end * 60) for begin, end in ((8, 17), (8, 18), (9, 17), (9, 18), (7, 20)))
_OTHER = "other"
_LONGEST_NAME = 24
"""Characters of a file's name in the choice of a sound."""
_NAMES = 80
_LEAST_CHOICE = 88
"""In a narrow window a choice is cut before anything of the page is out of view."""
"""So wide are the accounts' names at least; a longer one is cut."""
_FIRST_HOURS, _SOUND = len(TOLD) + 1, len(TOLD) + 2


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account on the page.

    Attributes:
        possible: the events that can happen there.
        reason: why another one cannot, for its tooltip.
    """

    account: str
    label: str
    possible: frozenset[EventKind]
    reason: str = ""


class NotificationsSheet(Sheet):
    """A choice holds as soon as it is made.

    Args:
        autostart: whether the program starts with the computer; None where it cannot.
        sound_formats: what sound files can be played here.
        why_no_sound: returns why a file cannot be played here, in a sentence; empty where it can.

    Signals:
        turned: on or off. account_chosen: id and `AccountChoices`. views_chosen: a set of `Scope`. content_chosen: a `Content`.
        counted_chosen: a `Scope`. tray_chosen, close_to_tray_chosen, autostart_chosen: on or off. resume_requested: end the pause.
        test_requested: id of an account and an `EventKind`. fix_requested: the `Part` to mend.
        try_sound_requested: id of an account and the file to be heard, empty = the system's own sound.
    """

    turned = Signal(bool)
    account_chosen = Signal(str, object)
    views_chosen = Signal(object)
    content_chosen = Signal(object)
    counted_chosen = Signal(object)
    tray_chosen = Signal(bool)
    close_to_tray_chosen = Signal(bool)
    autostart_chosen = Signal(bool)
    resume_requested = Signal()
    test_requested = Signal(str, object)
    fix_requested = Signal(object)
    try_sound_requested = Signal(str, str)

    def __init__(
        self,
        accounts: Sequence[AccountLine],
        choices: NotificationChoices,
        now: datetime,
        parent: QWidget | None = None,
        *,
        autostart: bool | None = False,
        sound_formats: frozenset[SoundFormat] = frozenset(),
        why_no_sound: Callable[[str], str] = lambda _path: "",
    ) -> None:
        super().__init__("", parent, width=840, scrolls=True)
        self.set_title(self.tr("Notifications"))
        self._accounts = tuple(accounts)
        self._choices = choices
        self._now = now
        self._autostart = autostart
        self._sound_formats = sound_formats
        self._why_no_sound = why_no_sound
        self._sound_problems = ""
        self._sound_problem = label()
        self._sound_sheet: SoundSheet | None = None
        self._views: dict[Scope, TickBox] = {}
        self._page: QWidget | None = None
        self._chain = ChainBox()
        self._chain.fix_requested.connect(self.fix_requested)
        self._chain.test_requested.connect(self._test)
        self.body.addWidget(self._chain)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)
        self.set_choices(choices, now)

    # what it is told

    def set_choices(self, choices: NotificationChoices, now: datetime) -> None:
        """Show the choices as they are now."""
        self._choices, self._now = choices, now
        self._views.clear()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(label(self.tr("A press on a notification opens that ticket."), tone=Tone.PLAIN, wrap=True))
        column.addWidget(self._switch())
        column.addLayout(self._grid())
        self._sound_problem = label(self._sound_problems, tone=Tone.WRONG, wrap=True)
        self._sound_problem.setVisible(bool(self._sound_problems))
        column.addWidget(self._sound_problem)
        for made in self._fields():
            column.addWidget(made)
        if self._page is not None:
            self.body.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        self.body.insertWidget(0, page)
        page.show()  # now, so that its height counts
        self.refit()

    def set_chain(self, lines: Sequence[ChainLine], said: str) -> None:
        """Show every link of the chain, below a sentence that says what became of the test."""
        self._chain.set_lines(lines, said)
        self.refit()
        QTimer.singleShot(0, self._chain, lambda: self.bring_into_view(self._chain))

    def set_sound_problems(self, problems: str) -> None:
        """Say which sounds that were chosen cannot be played, a sentence on each line; empty where all can."""
        if problems != self._sound_problems:
            self._sound_problems = problems
            self._sound_problem.setText(problems)
            self._sound_problem.setVisible(bool(problems))
            self.refit()

    def say_of_sound(self, text: str) -> None:
        """Say what became of a sound that was tried."""
        if self._sound_sheet is not None:
            self._sound_sheet.say(text)

    # --- inside ---

    def _switch(self) -> TickBox:
        made = TickBox(self.tr("Notify me"))
        made.setAccessibleName(made.text())
        made.setChecked(self._choices.is_on)
        made.toggled.connect(self.turned)
        return made

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_SMALL)  # all of it is seen at 200 % too, on a screen of 1440 pixels
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(0, _NAMES)
        names = _event_names(self)
        heads = [*names.values(), self.tr("Hours"), self.tr("Sound")]
        for at, text in enumerate(heads, 1):
            grid.addWidget(label(text, role=Role.SMALL, tone=Tone.PLAIN), 0, at)
        for row, line in enumerate(self._accounts, 1):
            grid.addWidget(ElidedLabel(line.label, role=Role.MEDIUM), row, 0)
            for at, (kind, name) in enumerate(names.items(), 1):
                grid.addWidget(self._event(line, kind, name), row, at, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self._hours(line), row, _FIRST_HOURS)
            grid.addWidget(self._sound(line), row, _SOUND)
        return grid

    def _event(self, line: AccountLine, kind: EventKind, name: str) -> QWidget:
        if kind not in line.possible:
            made: QLabel = label("–", tone=Tone.PLAIN)
            made.setFixedWidth(MARK_WIDTH)  # its middle is that of the ticks above and below
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            made.setToolTip(literal_tip(line.reason))
            made.setAccessibleName(self.tr("{account}: {event} cannot happen").format(account=line.label, event=name))
            return made
        box = TickBox()
        box.setAccessibleName(f"{line.label}: {name}")
        box.setChecked(kind not in self._of(line).off)
        box.toggled.connect(lambda on: self._choose_event(line, kind, on))
        return box

    def _hours(self, line: AccountLine) -> ChoiceBox:
        box = ChoiceBox()
        box.setMinimumWidth(_LEAST_CHOICE)
        chosen = self._of(line).hours
        box.addItem(self.tr("always"), None)
        for hours in (*_HOURS, *((chosen,) if chosen is not None and chosen not in _HOURS else ())):
            box.addItem(hours_text(hours), hours)
            if hours == chosen:
                box.setCurrentIndex(box.count() - 1)
        box.addItem(self.tr("other hours…"), _OTHER)
        box.currentIndexChanged.connect(lambda _n: self._choose_hours(line, box))
        name_choice(box, self.tr("{account}: hours").format(account=line.label))
        return box

    def _choose_hours(self, line: AccountLine, box: ChoiceBox) -> None:
        if box.currentData() != _OTHER:
            self._choose(line, replace(self._of(line), hours=box.currentData()))
            return
        asked = HoursSheet(line.label, self._of(line).hours or _HOURS[0], self)
        asked.chosen.connect(lambda hours: self._choose(line, replace(self._of(line), hours=hours)))
        asked.finished.connect(lambda _result: self.set_choices(self._choices, self._now))
        asked.open()

    def _sound(self, line: AccountLine) -> ChoiceBox:
        box = ChoiceBox()
        box.setMinimumWidth(_LEAST_CHOICE)
        own = self._of(line)
        box.addItem(self.tr("none"), replace(own, sound=False))
        box.addItem(self.tr("the system's"), replace(own, sound=True, sound_file=""))
        if own.sound_file:
            box.addItem(bounded(Path(own.sound_file).name, _LONGEST_NAME), replace(own, sound=True))
        box.setCurrentIndex(box.count() - 1 if own.sound and own.sound_file else int(own.sound))
        box.addItem(self.tr("a file, or try it…"), _OTHER)
        box.currentIndexChanged.connect(lambda _n: self._choose_sound(line, box))
        name_choice(box, self.tr("{account}: sound").format(account=line.label))
        return box

    def _choose_sound(self, line: AccountLine, box: ChoiceBox) -> None:
        own = self._of(line)
        if box.currentData() != _OTHER:
            wanted = box.currentData()
            self._choose(line, replace(own, sound=wanted.sound, sound_file=wanted.sound_file))
            return
        asked = SoundSheet(
            line.label,
            own.sound_file,
            self._why_no_sound,
            self._sound_formats,
            self,
        )
        self._sound_sheet = asked
        asked.chosen.connect(lambda path: self._choose(line, replace(self._of(line), sound=True, sound_file=path)))
        asked.try_requested.connect(lambda path: self.try_sound_requested.emit(line.account, path))
        asked.finished.connect(self._sound_sheet_closed)
        asked.open()

    def _sound_sheet_closed(self) -> None:
        self._sound_sheet = None
        self.set_choices(self._choices, self._now)

    def _fields(self) -> list[QWidget]:
        found: list[QWidget] = [self._views_line(), self._content_field(), self._counted_field()]
        if self._choices.is_paused(self._now) and self._choices.paused_until is not None:
            until = times.moment(self._choices.paused_until, self._now)
            box = TickBox(self.tr("Paused until {time}").format(time=until))
            box.setChecked(True)
            box.toggled.connect(lambda _on: self.resume_requested.emit())
            found.append(FormField("pause", self.tr("Pause"), box))
        for name, caption, text, is_on, chosen in (
            ("tray", self.tr("Tray"), self.tr("Stand in the tray"), self._choices.tray, self.tray_chosen),
            (
                "close_to_tray",
                self.tr("Closing"),
                self.tr("Closing the window leaves Deskhand in the tray"),
                self._choices.close_to_tray,
                self.close_to_tray_chosen,
            ),
        ):
            found.append(self._tick(name, caption, text, is_on, chosen))
        start = self._tick(
            "autostart",
            self.tr("Start"),
            self.tr("Start with the computer"),
            bool(self._autostart),
            self.autostart_chosen,
        )
        start.setEnabled(self._autostart is not None)
        found.append(start)
        return found

    def _tick(self, name: str, caption: str, text: str, is_on: bool, chosen: SignalInstance) -> FormField:
        box = TickBox(text)
        box.setChecked(is_on)
        box.toggled.connect(chosen)
        return FormField(name, caption, box)

    def _views_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        caption = label(self.tr("Only tickets in"), wrap=True)
        caption.setFixedWidth(112)
        row.addWidget(caption)
        for scope in (Scope.WAITING_FOR_US, Scope.MINE_OPEN, Scope.UNASSIGNED):
            box = TickBox(NAMES[scope])
            box.setAccessibleName(self.tr("Only tickets in: {view}").format(view=NAMES[scope]))
            box.setChecked(scope in self._choices.views)
            box.toggled.connect(self._choose_views)
            self._views[scope] = box
            row.addWidget(box)
        row.addWidget(label(self.tr("none ticked: all"), role=Role.SMALL, tone=Tone.PLAIN))
        row.addStretch(1)
        return line

    def _content_field(self) -> FormField:
        box = ChoiceBox()
        for content, text in (
            (Content.FULL, self.tr("Name, subject and first line")),
            (Content.NAME, self.tr("Name and subject")),
            (Content.HIDDEN, self.tr("Only the account")),
        ):
            box.addItem(text, content)
        box.setCurrentIndex(box.findData(self._choices.content))
        box.currentIndexChanged.connect(lambda _n: self.content_chosen.emit(Content(box.currentData())))
        said = self.tr(
            "Others may read your screen. On a locked one only the account is shown, where the desktop tells."
        )
        return FormField("content", self.tr("What is shown"), box, help_text=said)

    def _counted_field(self) -> FormField:
        box = ChoiceBox()
        for scope, name in SCOPES:
            box.addItem(name, scope)
        box.setCurrentIndex(box.findData(self._choices.counted_view))
        box.currentIndexChanged.connect(lambda _n: self.counted_chosen.emit(Scope(box.currentData())))
        said = self.tr("The same count as beside that view: in the title, on the icon in the tray and in the task bar.")
        return FormField("counted", self.tr("The number"), box, help_text=said)

    def _of(self, line: AccountLine) -> AccountChoices:
        return next(
            (own for account, own in self._choices.accounts.items() if account == line.account), AccountChoices()
        )

    def _choose_event(self, line: AccountLine, kind: EventKind, on: bool) -> None:
        known = self._of(line)
        self._choose(line, replace(known, off=known.off - {kind} if on else known.off | {kind}))

    def _choose(self, line: AccountLine, choices: AccountChoices) -> None:
        accounts = {**self._choices.accounts, **{key: choices for key in self._choices.accounts if key == line.account}}
        self._choices = replace(self._choices, accounts=accounts)
        self.account_chosen.emit(line.account, choices)

    def _choose_views(self) -> None:
        self.views_chosen.emit(frozenset(scope for scope, box in self._views.items() if box.isChecked()))

    def _test(self) -> None:
        self.test_requested.emit(self._accounts[0].account if self._accounts else "", EventKind.REPLIED)


def _event_names(sheet: QWidget) -> Mapping[EventKind, str]:
    return {
        EventKind.REPLIED: sheet.tr("Reply"),
        EventKind.NEW: sheet.tr("New"),
        EventKind.ASSIGNED: sheet.tr("Assigned"),
        EventKind.RETURNED: sheet.tr("Back"),
        EventKind.SEND_FAILED: sheet.tr("Not sent"),
        EventKind.ACCOUNT: sheet.tr("Account"),
    }
