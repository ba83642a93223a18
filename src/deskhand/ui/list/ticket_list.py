"""The ticket list: a million rows, the keyboard, and a selection that belongs to tickets, not to row numbers.

A one-column QTableView, because QListView and QTreeView ask Python for every row at each layout (4 and 16 s for a million).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from typing_extensions import override

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import PageIndex
from deskhand.ui.kit.empty_state import EmptyState
from deskhand.ui.kit.times import now_utc
from deskhand.ui.list.folding import Folding
from deskhand.ui.list.groups import Grouping
from deskhand.ui.list.hold import Hold
from deskhand.ui.list.list_table import ListTable
from deskhand.ui.list.news_button import NewsButton
from deskhand.ui.list.pages import RowSource
from deskhand.ui.list.row_delegate import RowDelegate
from deskhand.ui.list.row_model import UNGROUPED, RowModel, Shift
from deskhand.ui.list.row_text import AccountTag
from deskhand.ui.list.ticket_list_view import TicketListView

_AGES_MS = 30_000
_BY_KEY = 500
_Flag = QItemSelectionModel.SelectionFlag


class TicketList(QWidget):
    """Rows of one query.

    Signals:
        current_changed: the ticket to read (TicketKey), or None.
        activated: Enter or a double click on a ticket (TicketKey).
        selection_changed: how many tickets are selected.
        context_menu_requested: a point on the screen; the selection is what the menu is about.
        empty_action: the button of the empty list.
        hits_wanted: what was looked for, or which rows are on screen, may be another one now.
        released: the list is held no more, or what waits is wanted: its outline is to be read again.
        folded_changed: the agent folded or opened a group; a frozenset of the keys of all that are folded.
    """

    current_changed = Signal(object)
    activated = Signal(object)
    selection_changed = Signal(int)
    context_menu_requested = Signal(QPoint)
    empty_action = Signal()
    hits_wanted = Signal()
    released = Signal()
    folded_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, now: Callable[[], datetime] = now_utc) -> None:
        super().__init__(parent)
        self._model = RowModel(self, now=now)
        self._view = TicketListView(self)
        self._delegate = RowDelegate(self._model, self._view)
        self._view.install(self._model, self._delegate)
        self._view.setAccessibleName(self.tr("Tickets"))
        self._view.setObjectName("tickets")
        self._folding = Folding(self._model, self._view)
        self._folding.changed.connect(self._folded)
        self._table = ListTable(self._view, self._delegate, self)
        self.setFocusProxy(self._view)
        self._empty = EmptyState()
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty.acted.connect(self.empty_action)
        self._news = NewsButton(self)
        self._news.clicked.connect(self._to_top)
        self._news.left.connect(self._left)
        self._news_count = 0
        self._waiting = 0
        self._is_stale = False
        self._lets_in = False
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._current: TicketKey | None = None
        self._busy = False
        self._connect()

    def _connect(self) -> None:
        selection = self._view.selectionModel()
        selection.currentChanged.connect(self._current_moved)
        selection.selectionChanged.connect(self._selection_moved)
        self._view.opened.connect(self._open)
        self._view.left.connect(self._left)
        self._view.top_requested.connect(self._let_in)
        self._view.menu_requested.connect(self.context_menu_requested)
        self._view.verticalScrollBar().valueChanged.connect(self._scrolled)
        ages = QTimer(self, interval=_AGES_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        ages.timeout.connect(lambda: self._view.viewport().update())
        ages.start()

    def show_source(self, source: RowSource | None, grouping: Grouping = UNGROUPED) -> None:
        """Show another list from its top. The ticket that was read stays current where the list holds it in its first page."""
        wanted = self._current
        self._busy = True
        self._model.show(source, grouping)
        self._busy = False
        self._delegate.clear_layouts()
        self._view.resume_at(None)
        self._is_stale = self._lets_in = False
        self._set_news(0, 0)
        self._view.verticalScrollBar().setValue(0)
        self._restore(wanted, [wanted] if wanted is not None else [])
        self._show_stack()

    def set_outline(self, outline: PageIndex) -> None:
        """Take the list's skeleton, first or anew after a change: what is read stays where it is.

        While the pointer or the keyboard is on the list nothing moves (`hold.Hold`): what is new waits behind a button.
        """
        bar = self._view.verticalScrollBar()
        at, offset = divmod(bar.value(), self._delegate.height)
        wanted, chosen = self._current, self._chosen()
        before, stood = self._view.motion.places(), self._view.currentIndex()
        if stood.isValid():
            self._view.resume_at(stood.row())
        self._busy = True
        hold = Hold.NOTHING if self._lets_in else self._hold_now
        shift = self._model.set_outline(outline, self._view.visible_rows(), self._view.held_rows(), hold)
        self._busy = False
        self._is_stale, self._lets_in = hold is not Hold.NOTHING, False
        self._restore(wanted, chosen)
        self._hold(shift, at, offset)
        self._show_stack()
        self._view.motion.move_from(before, self._view.visible_rows())
        if self._model.hits:
            self.hits_wanted.emit()

    def draw_again(self, keys: Collection[TicketKey] | None = None) -> None:
        """Cut and mark the strings of these tickets anew (None = of all): in sight now, the others when they come into sight."""
        self._delegate.clear_layouts(keys)
        for at in self._view.visible_rows():
            if keys is None or ((row := self._model.cached_row(at)) is not None and row.key in keys):
                self._view.update(self._model.index(at, 0))

    def set_accounts(self, accounts: Mapping[AccountId, AccountTag]) -> None:
        """Show accounts by these names and marks."""
        self._delegate.clear_layouts()
        self._model.set_accounts(accounts)

    @property
    def news(self) -> NewsButton:
        """Says how many are new; the pane around the list has a place for it."""
        return self._news

    @property
    def table(self) -> ListTable:
        """The rows with their heads: how dense they are, and which columns there are."""
        return self._table

    def set_empty(self, title: str, sentence: str = "", action: str = "", *, icon: str = "inbox") -> None:
        """Say what belongs here, for when the list holds nothing."""
        self._empty.set_texts(title, sentence, action, icon=icon)

    def select(self, key: TicketKey, row: int | None = None) -> bool:
        """Make a ticket the current one and bring it into view.

        Args:
            row: how many stand before it, if the caller asked the store; else it is looked for among the rows that are loaded.

        Returns:
            Whether it was found.
        """
        row = self._model.row_at(row) if row is not None else None
        if row is None or (found := self._model.row(row)) is None or found.key != key:
            row = self._model.position(key)
        if row is None:
            return False
        self._view.go_to(row)
        return True

    def clear_current(self) -> None:
        """Read no ticket."""
        self.read(None)

    def read(self, key: TicketKey | None) -> None:
        """Read a ticket, or none: it is highlighted where it is known to stand, and nothing else is."""
        if key is not None and self.select(key):
            return
        self._busy = True
        self._view.clear_current()
        self._busy = False
        self.selection_changed.emit(self.selected_count)
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    def is_shown(self, key: TicketKey) -> bool:
        """Tell whether a ticket is the current row, as far as that is known without reading."""
        row = self._model.cached_row(self._view.currentIndex().row())
        return row is not None and row.key == key

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) ticket."""
        self._view.step(by)

    def extend(self, by: int) -> None:
        """Select the next (1) or the previous (-1) ticket too, or give the last one up on the way back."""
        if self._view.isVisible():
            self._view.extend(by)

    def pick(self) -> None:
        """Take the current ticket into the selection, or out of it."""
        if self._view.isVisible():
            self._view.pick()
            self.selection_changed.emit(self.selected_count)

    def select_all(self) -> None:
        """Select everything in this list."""
        if self._view.isVisible():
            self._view.selectAll()

    def open_current(self) -> None:
        """Open the current ticket, as Enter does."""
        self._view.open_current()

    def point_of_current(self) -> QPoint:
        """Return where on the screen a menu about the selection opens: at the current row, or at the list's top."""
        area = self._view.visualRect(self._view.currentIndex()).intersected(self._view.viewport().rect())
        return self._view.viewport().mapToGlobal(area.center())

    def narrow_selection(self) -> None:
        """Let no more than the current ticket be selected."""
        if self._view.is_picking or self.selected_count > 1:
            self._view.select_only_current()

    def keep_selected(self, keys: Collection[TicketKey]) -> None:
        """Of what is selected keep these tickets; none of them selected changes nothing."""
        kept = [key for key in self._chosen() if key in keys]
        if kept:
            self._restore(self._current, kept)

    @property
    def model(self) -> RowModel:
        """The rows."""
        return self._model

    @property
    def view(self) -> TicketListView:
        """The table, for focus and measurements."""
        return self._view

    @property
    def current(self) -> TicketKey | None:
        """The ticket that is read; it stays so when it leaves the list."""
        return self._current

    @property
    def selected_count(self) -> int:
        """How many tickets are selected, without reading them."""
        return sum(len(rows) for rows in self._view.selected_ranges())

    @property
    def is_several(self) -> bool:
        """Whether what is selected, and can be seen to be, is more than where the keyboard stands: several, or what was picked."""
        return self._view.isVisible() and (self._view.is_picking or self.selected_count > 1)

    def selected(self, limit: int = 10_000) -> list[TicketKey]:
        """Return the selected tickets in list order, at most `limit` (128 rows are read in under a millisecond)."""
        keys: list[TicketKey] = []
        for rows in self._view.selected_ranges():
            for number in rows:
                if len(keys) >= limit:
                    return keys
                if (row := self._model.row(number)) is not None:
                    keys.append(row.key)
        return keys

    def _chosen(self) -> list[TicketKey]:
        if self.selected_count > _BY_KEY:
            return []
        rows = (self._model.cached_row(row) for part in self._view.selected_ranges() for row in part)
        return [row.key for row in rows if row is not None]

    def _restore(self, wanted: TicketKey | None, chosen: list[TicketKey]) -> None:
        """Put current ticket and selection back on the rows where those tickets now stand.

        What lies in pages that were not read again moved with the rows around it; it is left there.
        """
        model, keys = self._view.selectionModel(), set(chosen)
        rows = {row for row in map(self._model.position, chosen) if row is not None}
        if chosen:
            rows.update(row for part in self._view.selected_ranges() for row in part if self._is(row, keys))
        at = self._model.position(wanted) if wanted is not None else None
        self._busy = True
        if self._folding.is_on_head:
            pass  # the keyboard is on a group; what is read stays as it is
        elif at is not None:
            model.setCurrentIndex(self._model.index(at, 0), _Flag.NoUpdate)
        elif wanted is not None and not self._is(self._view.currentIndex().row(), {wanted}):
            # It left the list and is still being read: nothing takes its place until the agent goes on from here.
            model.setCurrentIndex(QModelIndex(), _Flag.NoUpdate)
        if chosen:
            selection = QItemSelection()
            for row in rows:
                selection.select(self._model.index(row, 0), self._model.index(row, 0))
            model.select(selection, _Flag.ClearAndSelect)
        self._busy = False
        self.selection_changed.emit(self.selected_count)

    def _is(self, row: int, keys: set[TicketKey]) -> bool:
        """Tell whether one of these tickets stands there, as far as that is known without reading."""
        there = self._model.cached_row(row)
        return there.key in keys if there is not None else row >= 0

    def _hold(self, shift: Shift, at: int, offset: int) -> None:
        """Keep the first visible row where it is, and say how many tickets came above it."""
        self._view.settle()
        bar = self._view.verticalScrollBar()
        if at == 0 and offset == 0:
            bar.setValue(0)
            self._set_news(0, shift.waiting)
            return
        if shift.top is not None:
            bar.setValue(shift.top * self._delegate.height + offset)
        self._set_news(self._news_count + shift.above, shift.waiting)

    def release(self) -> None:
        """Let in what waits, whatever is on the list."""
        self._lets_in = True
        self.released.emit()

    def _let_in(self) -> None:
        if self._waiting:
            self.release()

    def _left(self) -> None:
        if self._is_stale and self._hold_now is Hold.NOTHING:
            self.released.emit()

    @property
    def _hold_now(self) -> Hold:
        """What must stay where it is: the way to the button that lets in what waits leads off the rows."""
        return Hold.POSITIONS if self._news.is_in_use else self._view.hold

    def _set_news(self, above: int, waiting: int) -> None:
        self._news_count, self._waiting = above, waiting
        if self._news.hasFocus() and not above + waiting:
            self._view.setFocus()
        self._news.set_count(above + waiting)

    def _to_top(self) -> None:
        by_key = self._news.hasFocus()
        self._let_in()
        self._view.scrollToTop()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason if by_key else Qt.FocusReason.OtherFocusReason)

    def _scrolled(self, value: int) -> None:
        if self._model.hits:
            self.hits_wanted.emit()
        if self._news_count and value < self._delegate.height // 2:
            self._set_news(0, self._waiting)

    def _show_stack(self) -> None:
        shown: QWidget = self._table if self._model.rowCount() else self._empty
        if shown is self._stack.currentWidget():
            return
        # The keyboard stays with the list when it fills or empties, and is not handed to whatever comes next.
        focus = QApplication.focusWidget()
        had = focus is not None and self.isAncestorOf(focus)
        self.setFocusProxy(shown.focusProxy() or shown)
        self._stack.setCurrentWidget(shown)
        if had:
            shown.setFocus()

    def _current_moved(self, index: QModelIndex) -> None:
        if self._busy or self._folding.is_on_head:
            return
        row = self._model.row(index.row()) if index.isValid() else None
        key = row.key if row is not None else None
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    def _folded(self, folded: frozenset[str]) -> None:
        self.selection_changed.emit(self.selected_count)
        self.folded_changed.emit(folded)

    def _selection_moved(self) -> None:
        if not self._busy:
            self.selection_changed.emit(self.selected_count)

    def _open(self, number: int) -> None:
        if (row := self._model.row(number)) is not None:
            self.activated.emit(row.key)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._delegate.update_fonts()
            self._view.set_row_height(self._delegate.height)
