"""A scrolling column of which only the entries in view exist as widgets.

Heights are estimated until an entry comes into view and then fixed; what is being read stays where it is while that happens.
"""

from itertools import pairwise
from typing import assert_never

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from deskhand.domain.threads import HistoryEntry, Message
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.kit.theme import GAP, GAP_LARGE
from deskhand.ui.ticket.column_heights import Column
from deskhand.ui.ticket.conversation_cards import Cards, Shown
from deskhand.ui.ticket.message_card import MessageCard
from deskhand.ui.ticket.thread_model import DayMark, Entry, identity

_WIDEST = 940
_AHEAD = 240
_ROUNDS = 12


class ConversationScroll(QAbstractScrollArea):
    """Places entries; a subclass makes their cards.

    Signals:
        end_reached: the newest entry is in view.
    """

    end_reached = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        # First, because a parent in another palette or font sends its event from inside the next line.
        self._entries: list[Entry] = []
        self._column = _column([])
        self._cards = Cards(self.make_card, self)
        self._at_end = True
        self._busy = False
        self._stops: list[QWidget] = []
        super().__init__(parent)
        use_thin_bars(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.verticalScrollBar().setSingleStep(40)

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way to the reply box down to a line, where the window is as low as that."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing())

    def make_card(self, entry: Entry) -> Shown:
        """Return the widget of an entry, a child of the viewport."""
        raise NotImplementedError

    @property
    def is_at_end(self) -> bool:
        """Whether the end of the newest entry is in view, so that what arrives is followed."""
        bar = self.verticalScrollBar()
        return self._at_end or (bool(self._entries) and bar.value() >= bar.maximum())

    def _set_entries(self, fresh: list[Entry], *, keep_cards: bool) -> None:
        if keep_cards:
            self._cards.retain({identity(entry): entry for entry in fresh})
        else:
            self._cards.clear()
        self._entries = fresh
        self._measure_anew()

    @property
    def reading_place(self) -> tuple[str, int] | None:
        """The first entry in view and how far it is scrolled in, in Qt's pixels, for `read_on_at`; None at the end."""
        return None if self.is_at_end else self._hold()

    def read_on_at(self, name: str, offset: int) -> None:
        """Scroll to where somebody was reading, if that entry is still there."""
        if self._index(name) is not None:
            self._at_end = False
            self._arrange((name, offset))

    def to_end(self) -> None:
        """Show the end of the newest message."""
        self._at_end = True
        self._arrange(None)

    def _to(self, index: int) -> None:
        self._at_end = False
        self._arrange((identity(self._entries[index]), -GAP))

    def _to_with(self, first: int, newest: int) -> None:
        """Show an entry at the top, or as much behind it as a later one needs to be seen whole, or at least from its beginning."""
        self._build(range(newest, newest + 1))
        height, view = self._column.height(newest) + GAP, self.viewport().height()
        if height + GAP > view:
            self._to(newest)
            return
        self._to(first)
        if self._column.top(newest) + height <= self.verticalScrollBar().value() + view:
            return
        if newest == len(self._entries) - 1:
            self.to_end()
        else:
            self._arrange((identity(self._entries[newest]), height - view))

    def _hold(self) -> tuple[str, int] | None:
        """Return the first entry in view and how far it is scrolled in."""
        value = self.verticalScrollBar().value()
        index = self._column.at(value)
        if 0 <= index < len(self._column) - 1 and self._column.top(index) + self._column.height(index) <= value:
            index += 1
        return (identity(self._entries[index]), value - self._column.top(index)) if index >= 0 else None

    def _arrange(self, held: tuple[str, int] | None) -> None:
        """Build what is in view, fix its heights, and keep what is held (or the end) where it is."""
        if self._busy:
            return
        self._busy = True
        try:
            self._settle(held)
        finally:
            self._busy = False
        if self._at_end and self._entries:
            self.end_reached.emit()

    def _settle(self, held: tuple[str, int] | None) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        index = self._index(held[0]) if held is not None else None
        shown = range(0)
        for _ in range(_ROUNDS):
            most = max(0, self._column.total - height)
            if self._at_end:
                value = most
            elif held is not None and index is not None:
                value = self._column.top(index) + held[1]
            else:
                value = bar.value()
            value = max(0, min(value, most))
            if index is None and not self._at_end:
                index, held = self._anchor(value)
            bar.setRange(0, most)
            bar.setPageStep(height)
            bar.setValue(value)
            shown = self._column.between(value - _AHEAD, value + height + _AHEAD)
            if not self._build(shown):
                break
        self._place(shown)

    def _index(self, name: str) -> int | None:
        return next((i for i, entry in enumerate(self._entries) if identity(entry) == name), None)

    def _anchor(self, value: int) -> tuple[int | None, tuple[str, int] | None]:
        """Choose what must not move: the first entry in view whose height is known, else the first."""
        seen = self._column.between(value, value + self.viewport().height())
        if not seen:
            return None, None
        index = next((i for i in seen if self._column.is_measured(i)), seen.start)
        return index, (identity(self._entries[index]), value - self._column.top(index))

    def _build(self, rows: range) -> bool:
        """Make and measure the cards of these entries; tell whether a height turned out different."""
        width, changed = self._width(), False
        for index in rows:
            entry = self._entries[index]
            if not self._cards.has(identity(entry)) or not self._column.is_measured(index):
                card = self._cards.show(identity(entry), entry)
                changed = self._column.measure(index, card.lay_out(width)) != 0 or changed
        return changed

    def _place(self, rows: range) -> None:
        left = GAP_LARGE
        value = self.verticalScrollBar().value()
        names = set()
        stops: list[QWidget] = []
        for index in rows:
            name = identity(self._entries[index])
            names.add(name)
            card = self._cards.show(name, self._entries[index])
            card.move(left, self._column.top(index) - value)
            if isinstance(card, MessageCard):
                card.show_decision_above(self.viewport().height() - card.y())
            card.setVisible(True)
            stops += [one for one in card.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        self._cards.hide_others(names)
        if stops != self._stops:
            # Cards are made when they come into view, and Tab would go to them last of all.
            self._stops = stops
            for before, after in pairwise([self, *stops]):
                QWidget.setTabOrder(before, after)

    def _width(self) -> int:
        return max(120, min(self.viewport().width() - 2 * GAP_LARGE, _WIDEST))

    def _measure_anew(self) -> None:
        width = self._width()
        letters = max(20, (width - 64) // max(1, self.fontMetrics().averageCharWidth()))
        line = self.fontMetrics().lineSpacing()
        self._column = _column([_estimate(e, letters, line) for e in self._entries])
        for index, entry in enumerate(self._entries if len(self._cards) else ()):
            if (card := self._cards.get(identity(entry))) is not None:
                self._column.measure(index, card.lay_out(width))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._busy:
            return
        bar = self.verticalScrollBar()
        self._at_end = bar.value() >= bar.maximum() and bool(self._entries)
        # Moves the cards with their pixels, so that only the strip that came into view is painted.
        self.viewport().scroll(dx, dy)
        self._arrange(None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        held = self._hold()
        if event.size().width() != event.oldSize().width():
            self._cards.trim(0)
            self._measure_anew()
        self._arrange(held)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            # Colours and fonts are part of a laid out document.
            held = self._hold()
            self._cards.clear()
            self._measure_anew()
            self._arrange(held)


def _column(heights: list[int]) -> Column:
    return Column(heights, gap=GAP, margin=GAP_LARGE - 4)


def _estimate(entry: Entry, letters: int, line: int) -> int:
    """Return about how high an entry will be: from its length alone, a thousand cost under a millisecond."""
    match entry:
        case Message():
            lines = len(entry.text) // letters + entry.text.count("\n") + 1
            extra = 36 * bool(entry.attachments) + 34 * bool(entry.pictures) + 22 * bool(entry.quote)
            return 48 + lines * line + extra
        case HistoryEntry() | DayMark():
            return line + 2
    assert_never(entry)
