"""What the vendors found, beneath the hits of this computer and marked as theirs: a line for each account, and its tickets below."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.accounts import AccountMark
from deskhand.domain.filters.hit_marks import HitTerms, spans
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.ui.kit.account_mark import account_pixmap
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.one_line import elided
from deskhand.ui.kit.painted_button import Ground, PaintedButton
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.theme import Tone, fonts_for, theme_of
from deskhand.ui.kit.tokens import Theme
from deskhand.ui.list.hit_text import lay_out

_EDGE, _MARK = 14, 18
_SHARE = 2
"""It takes up to one part in so many of the pane's height."""


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A ticket that is not on this computer."""

    key: TicketKey
    who: str
    subject: str
    when: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What one account says.

    Attributes:
        name: of vendor and account.
        said: how far it is, or what it found, in a few words.
        is_looking: a bar runs below.
        is_wrong: `said` is about something that went wrong.
        has_more: more can be asked for.
    """

    account: AccountId
    mark: AccountMark
    name: str
    said: str
    is_looking: bool = False
    is_wrong: bool = False
    tickets: tuple[FoundTicket, ...] = ()
    has_more: bool = False


class VendorTicket(PaintedButton):
    """One found ticket: pressing it takes it over and opens it. Up and Down go to the one beside it."""

    def __init__(self, ticket: FoundTicket, terms: HitTerms, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticket = ticket
        self._terms = terms
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        said = ", ".join(part for part in (ticket.who, ticket.subject or self.tr("No subject"), ticket.when) if part)
        self.setAccessibleName(said)
        self.setAccessibleDescription(self.tr("Not on this computer yet. Opening it reads it in."))

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self.fontMetrics().height() + 10)

    @override
    def ground(self, theme: Theme) -> Ground:
        return Ground(lit=theme.hover)

    @override
    def paint(self, painter: QPainter, theme: Theme) -> None:
        fonts, mirrored = fonts_for(self.font()), self.isRightToLeft()
        metrics, small = self.fontMetrics(), fonts.small
        painter.setFont(small)
        room = painter.fontMetrics()
        left, right = _EDGE + _MARK + 6, self.width() - _EDGE
        when = self.ticket.when
        base = (self.height() + metrics.ascent() - metrics.descent()) // 2

        def place(x: int, width: int) -> int:
            return self.width() - x - width if mirrored else x

        if when:
            width = room.horizontalAdvance(when)
            painter.setPen(QColor(theme.quiet))
            painter.drawText(place(right - width, width), base, when)
            right -= width + 8
        for text, ink, wanted in (
            (self.ticket.who, "second", self._terms.of_person),
            (self.ticket.subject or self.tr("No subject"), "text", self._terms.of_subject),
        ):
            if right - left < 30 or not text:
                continue
            end = left + (right - left) * 2 // 5 if ink == "second" else right
            shown = elided(text, room, end - left)
            made, width = lay_out(shown, spans(shown, wanted), small, base, ink, partial(place, left))
            made.paint(painter, 0, 0, theme)
            left += width + 8

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class VendorResults(QFrame):
    """Hidden until something is looked for.

    Signals:
        open_requested: one of the found tickets (TicketKey).
        again_requested: ask the vendors once more.
        more_requested: ask an account (AccountId) for more.
    """

    open_requested = Signal(object)
    again_requested = Signal()
    more_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("At the vendors"))
        self._title = label(self.tr("At the vendors"), role=Role.SMALL)
        self._when = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._again = self._link(self.tr("Ask again"))
        self._again.setAccessibleName(self.tr("Ask the vendors again"))
        self._again.clicked.connect(self.again_requested)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 4, _EDGE, 2)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._when)
        head.addStretch(1)
        head.addWidget(self._again)
        self._lines = ScrollColumn(self)
        self._lines.column.setContentsMargins(0, 0, 0, 0)
        self._lines.column.setSpacing(0)
        self._notes = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._notes.setContentsMargins(_EDGE, 2, _EDGE, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._lines)
        whole.addWidget(self._notes)
        self._shown: tuple[object, ...] = ()
        self._widgets: list[QWidget] = []
        self.hide()

    def _link(self, text: str) -> QPushButton:
        button = PushButton(text)
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        return button

    def show_answers(
        self, lines: Sequence[AccountLine], terms: HitTerms, when: str, notes: str, *, can_ask: bool
    ) -> None:
        """Show what each account says.

        Args:
            when: how far the whole is ("asked just now").
            notes: what cannot be asked, and why, in sentences.
            can_ask: the vendors can be asked again.
        """
        shown = (tuple(lines), terms, when, notes, can_ask)
        if shown == self._shown:
            return
        self._shown = shown
        self._when.setText(when)
        self._again.setVisible(can_ask)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        focused = self._focused_key()
        column = self._lines.column
        for widget in self._widgets:
            column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        for line in lines:
            self._add(line, terms)
        self._lines.setVisible(bool(lines))
        self._fit()
        if focused is not None:
            for button in self.tickets:
                if button.ticket.key == focused:
                    button.setFocus()

    def _focused_key(self) -> TicketKey | None:
        return next((one.ticket.key for one in self.tickets if one.hasFocus()), None)

    def _add(self, line: AccountLine, terms: HitTerms) -> None:
        inner = self._lines.inner
        self._put(_AccountHead(line, inner))
        if line.is_looking:
            bar = QProgressBar(inner)
            bar.setRange(0, 0)
            bar.setTextVisible(False)
            bar.setFixedHeight(2)
            bar.setAccessibleName(line.name)
            self._put(bar)
        for ticket in line.tickets:
            button = VendorTicket(ticket, terms, inner)
            button.clicked.connect(lambda _checked=False, key=ticket.key: self.open_requested.emit(key))
            self._put(button)
        if line.has_more:
            more = self._link(self.tr("More of {name}").format(name=line.name))
            more.clicked.connect(lambda _checked=False, account=line.account: self.more_requested.emit(account))
            self._put(more)

    def _put(self, widget: QWidget) -> None:
        self._widgets.append(widget)
        self._lines.column.addWidget(widget)

    @property
    def tickets(self) -> list[VendorTicket]:
        """The found tickets, in their order."""
        return [one for one in self._widgets if isinstance(one, VendorTicket)]

    def focus_first(self) -> bool:
        """Give the keyboard to the first found ticket; tell whether there is one."""
        found = self.tickets
        if found:
            found[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(found)

    def _fit(self) -> None:
        parent = self.parentWidget()
        most = parent.height() // _SHARE if parent is not None else 300
        needed = sum(one.sizeHint().height() for one in self._widgets)
        self._lines.setFixedHeight(min(needed, max(60, most)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self.window().palette())
            painter.fillRect(self.rect(), QColor(theme.side))
            painter.fillRect(0, 0, self.width(), 1, QColor(theme.hair))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()


class _AccountHead(QWidget):
    """An account's mark and name, and what it says."""

    def __init__(self, line: AccountLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = line.mark
        name = label(line.name, role=Role.SMALL)
        self._said = label(line.said, role=Role.SMALL, tone=Tone.WRONG if line.is_wrong else Tone.PLAIN, wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        set_margins(row, _EDGE + _MARK + 6, 3, _EDGE, 3)
        row.addWidget(name)
        row.addWidget(self._said, 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            ratio = self.devicePixelRatio()
            image = account_pixmap(self._mark, _MARK, theme_of(self.window().palette()), ratio)
            x = self.width() - _EDGE - _MARK if self.isRightToLeft() else _EDGE
            painter.drawPixmap(x, (self.height() - _MARK) // 2, image)
