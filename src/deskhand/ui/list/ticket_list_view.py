"""The table of the ticket list: rows of one height, and the keys that agents know."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.focus_ring import FocusRing
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.list.groups import joined, split_at
from deskhand.ui.list.hold import Hold
from deskhand.ui.list.painted_rows import PaintedRows
from deskhand.ui.list.row_delegate import RowDelegate
from deskhand.ui.list.row_keys import STEPS, target_of
from deskhand.ui.list.row_model import RowModel
from deskhand.ui.list.row_motion import RowMotion
from deskhand.ui.list.row_ticks import RowTicks

_Flag = QItemSelectionModel.SelectionFlag
_Modifier = Qt.KeyboardModifier
_NONE, _KEYPAD, _SHIFT = _Modifier.NoModifier, _Modifier.KeypadModifier, _Modifier.ShiftModifier


class TicketListView(QTableView):
    """One column of rows.

    A step selects the ticket that it leads to, and nothing else. Once tickets are picked one by one (`pick`), steps leave the
    selection alone until it is empty, or given up by Esc or a click.

    Signals:
        opened: Enter or a double click on a row number.
        menu_requested: a point on the screen.
        left: the pointer or the keyboard is on the list no more.
        top_requested: a step up from the first row, or Home.
        fold_requested: a row number, and whether its group is folded from now on; None = the other way round.
        look_requested: Space, which looks into a ticket beside a table.
    """

    opened = Signal(int)
    menu_requested = Signal(QPoint)
    left = Signal()
    top_requested = Signal()
    fold_requested = Signal(int, object)
    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        use_thin_bars(self)
        self._resume: int | None = None
        self._picking = self._by_hand = False
        self.ticks = RowTicks(self, lambda: self.is_picking or self._has_several)
        self._painted = PaintedRows()
        self.motion = RowMotion(self, self._painted)
        self._anchor = QPersistentModelIndex()
        FocusRing(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)

    def install(self, model: RowModel, delegate: RowDelegate) -> None:
        """Show a model by a delegate."""
        self.set_row_height(delegate.height)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.selectionModel().selectionChanged.connect(self.ticks.follow)

    def set_row_height(self, height: int) -> None:
        """Give every row this height."""
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(max(1, height // 3))

    def settle(self) -> None:
        """Let the scroll bar know the list's length now, not when the loop comes round."""
        self.executeDelayedItemsLayout()
        self.updateGeometries()

    def visible_rows(self) -> range:
        """Return the rows on screen."""
        height = max(1, self.verticalHeader().defaultSectionSize())
        first = self.verticalScrollBar().value() // height
        return range(first, min(first + self.maximumViewportSize().height() // height + 2, self.model().rowCount()))

    def held_rows(self) -> tuple[int, ...]:
        """Return the rows that matter most to the eye and the hand: the one that is pointed at, and the current one."""
        viewport = self.viewport()
        pointed = self.indexAt(viewport.mapFromGlobal(QCursor.pos())).row() if viewport.underMouse() else -1
        return tuple(row for row in (pointed, self.currentIndex().row()) if row >= 0)

    @property
    def hold(self) -> Hold:
        """What must stay where it is now.

        A pointer that only rests on the list while the agent goes on by keys points at nothing.
        """
        if self._by_hand and (bool(QApplication.mouseButtons()) or self.viewport().underMouse()):
            return Hold.POSITIONS
        return Hold.ORDER if self.hasFocus() and self.currentIndex().isValid() else Hold.NOTHING

    @property
    def is_picking(self) -> bool:
        """Whether the agent is putting a selection together, ticket by ticket."""
        return self._picking and self.selectionModel().hasSelection()

    def _set_picking(self, picking: bool, *, from_none: bool = False) -> None:
        if from_none:
            self.selectionModel().clearSelection()
        self._picking = picking
        self.ticks.follow()

    def selected_ranges(self) -> list[range]:
        """Return the selected rows, from the top, neighbours together; a million are one range. Heads of groups are none of them."""
        return split_at(self._selected_runs(), self._heads)

    def _selected_runs(self) -> list[range]:
        """Return the same with the heads that lie between."""
        selection = self.selectionModel().selection()
        parts = (selection.at(i) for i in range(selection.size()))
        return joined(range(part.top(), part.bottom() + 1) for part in parts)

    def pick(self) -> None:
        """Take the current row into the selection, or out of it; the rest stays.

        The first one is selected already, because the agent stepped there: it is taken as it is.
        """
        if not (index := self.currentIndex()).isValid():
            return
        begins = not self.is_picking and self.selected_ranges() == [range(index.row(), index.row() + 1)]
        self._set_picking(True)
        if not begins:
            self.selectionModel().select(index, _Flag.Toggle)

    def extend(self, by: int) -> None:
        """Select from where the selection began to the next row, or the one before."""
        if self.currentIndex().isValid():
            self._extend_to(self.currentIndex().row() + by)
        else:
            self.step(by)

    def go_to(self, row: int) -> None:
        """Make a row the current and only selected one."""
        if 0 <= row < self.model().rowCount():
            self._set_picking(False)
            self._anchor = QPersistentModelIndex()
            self._make_current(row, _Flag.ClearAndSelect)

    def resume_at(self, row: int | None) -> None:
        """Let the next step go on from here should the ticket there leave the list; None = from what is visible."""
        self._resume = row

    def step(self, by: int, *, on_heads: bool = False) -> None:
        """Go up or down; from nowhere, to what took the place of the ticket that left, else to the first visible row.

        Args:
            on_heads: heads of groups are gone to; else what is folded is passed over.
        """
        self._by_hand = False
        row = self.row_in_step(by)
        if self.currentIndex().isValid() and row < 0:
            self.top_requested.emit()
        if not on_heads and self._is_head(row) and (row := self._beyond_heads(row, by)) < 0:
            return
        self.land(row)

    def row_in_step(self, by: int) -> int:
        """Return where a step leads, which may lie outside the list or on a head."""
        if (at := self.currentIndex()).isValid():
            return at.row() + by
        return self.visible_rows().start if self._resume is None else self._resume - (by < 0)

    def land(self, row: int) -> None:
        """Go to a row, or the nearest there is; what was picked stays picked."""
        row = max(0, min(row, self.model().rowCount() - 1))
        if self.is_picking or self._is_head(row):
            self._make_current(row, _Flag.NoUpdate)
        else:
            self.go_to(row)

    def _make_current(self, row: int, how: QItemSelectionModel.SelectionFlag) -> None:
        index = self.model().index(row, 0)
        self._resume = None
        self.selectionModel().setCurrentIndex(index, how)
        self.scrollTo(index)

    def _extend_to(self, row: int) -> None:
        """Select up to a row from where the selection began, which is kept while the list changes; else from the current row."""
        at, row = self.currentIndex().row(), max(0, min(row, self.model().rowCount() - 1))
        if (row := self._beyond_heads(row, 1 if row > at else -1)) < 0:
            return
        run = next((rows for rows in self._selected_runs() if at in rows), range(at, at))
        began = self._anchor.row() if self._anchor.isValid() else at
        anchor = began if {began, at} == {run.start, run.stop - 1} else at
        self._anchor = QPersistentModelIndex(self.model().index(anchor, 0))
        chosen = QItemSelection()
        if self.is_picking:
            chosen = QItemSelection(self.selectionModel().selection())
            if anchor != at:
                chosen.merge(self._rows(run.start, run.stop - 1), _Flag.Deselect)
        chosen.merge(self._rows(min(anchor, row), max(anchor, row)), _Flag.Select)
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self._make_current(row, _Flag.NoUpdate)

    def _rows(self, first: int, last: int) -> QItemSelection:
        return QItemSelection(self.model().index(first, 0), self.model().index(last, 0))

    def _target(self, key: Qt.Key) -> int | None:
        """Return the row that a key of movement leads to from the current one; None for any other key."""
        page = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)
        return target_of(key, self.currentIndex().row(), page=page, count=self.model().rowCount())

    @override
    def reset(self) -> None:
        """Begin another list: nothing is picked in it."""
        self._set_picking(False)
        self._painted.forget()
        super().reset()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Know whether the pointer is in use on the list."""
        match event.type():
            case QEvent.Type.MouseMove | QEvent.Type.MouseButtonPress | QEvent.Type.Wheel | QEvent.Type.Enter:
                self._by_hand = True
            case QEvent.Type.Leave if self._by_hand:
                self._by_hand = False
                self.left.emit()
            case _:
                pass
        return super().viewportEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.ticks.renew()
        super().paintEvent(event)
        if isinstance(model := self.model(), RowModel):
            self._painted.note(self, model, self.visible_rows())

    @property
    def _heads(self) -> Sequence[int]:
        return model.heads if isinstance(model := self.model(), RowModel) else ()

    def _is_head(self, row: int) -> bool:
        return isinstance(model := self.model(), RowModel) and model.head(row) is not None

    def _beyond_heads(self, row: int, by: int) -> int:
        """Return the nearest row of a ticket in this direction; -1 where there is none."""
        while self._is_head(row):
            row += by
        return row if 0 <= row < self.model().rowCount() else -1

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_hand = False
        key, pressed = Qt.Key(event.key()), event.modifiers() & ~_KEYPAD
        plain = pressed == _NONE
        target = self._target(key) if plain or pressed == _SHIFT else None
        if plain and key in STEPS:
            self.step(STEPS[key], on_heads=True)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._heads and self.currentIndex().isValid():
            folds = key is Qt.Key.Key_Right if self.isRightToLeft() else key is Qt.Key.Key_Left
            self.fold_requested.emit(self.currentIndex().row(), folds)
        elif plain and is_enter(event) and self._is_head(self.currentIndex().row()):
            self.fold_requested.emit(self.currentIndex().row(), None)
        elif target is not None:
            if key is Qt.Key.Key_Home:
                self.top_requested.emit()
            move: Callable[[int], None] = self.land if plain or not self.currentIndex().isValid() else self._extend_to
            move(target)
        elif plain and is_enter(event):
            self.open_current()
        elif key is Qt.Key.Key_Escape and plain and (self.is_picking or self._has_several):
            self.select_only_current()
        elif key is Qt.Key.Key_Space and plain:
            self.look_requested.emit()
        elif key is Qt.Key.Key_Space or (event.text().isprintable() and event.text() and plain):
            # A single letter is a shortcut of the window, never a search through a million rows.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def open_current(self) -> None:
        """Open the ticket that the keyboard stands on."""
        if self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())

    def clear_current(self) -> None:
        """Stand on no row; the next step goes on from where the current one was."""
        if self.currentIndex().isValid():
            self._resume = self.currentIndex().row() + 1
        self._set_picking(False)
        self.selectionModel().clearSelection()
        self.selectionModel().setCurrentIndex(QModelIndex(), _Flag.NoUpdate)

    def select_only_current(self) -> None:
        """Give the rest of the selection up."""
        self._set_picking(False)
        self.selectionModel().select(self.currentIndex(), _Flag.ClearAndSelect)

    @property
    def _has_several(self) -> bool:
        ranges = self.selected_ranges()
        return len(ranges) > 1 or (len(ranges) == 1 and len(ranges[0]) > 1)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without choosing a ticket: Qt would make the first row current, and so open it."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
            return
        selection = self.selectionModel()
        selection.blockSignals(True)
        super().focusInEvent(event)
        selection.setCurrentIndex(QModelIndex(), _Flag.NoUpdate)
        selection.blockSignals(False)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt's type-ahead would read every row."""

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(at := event.position().toPoint())
        many = event.modifiers() & (_Modifier.ControlModifier | _SHIFT)
        keeps_selection = event.button() is Qt.MouseButton.RightButton and self.selectionModel().isSelected(index)
        if self._is_head(index.row()):
            if event.button() is Qt.MouseButton.LeftButton:
                self.fold_requested.emit(index.row(), None)
            event.accept()
            return
        model, meant = self.model(), self._painted.key_at(at, self.verticalHeader().defaultSectionSize())
        there = model.cached_row(index.row()) if isinstance(model, RowModel) and index.isValid() else None
        if isinstance(model, RowModel) and there is not None and meant not in (None, there.key):
            if (row := model.position(meant)) is not None and not many:
                self.go_to(row)
            event.accept()
            return
        if event.button() is Qt.MouseButton.LeftButton and not many and self.ticks.is_at(at):
            self._set_picking(True, from_none=not self.ticks.are_wanted)
            self.ticks.toggle(index, self.select_only_current)
            event.accept()
            return
        if not many and not keeps_selection:
            self._set_picking(False)
        super().mousePressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(at := event.position().toPoint())
        if is_tick := self.ticks.is_at(at):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)
        if (
            index.isValid()
            and not is_tick
            and event.button() is Qt.MouseButton.LeftButton
            and not self._is_head(index.row())
        ):
            self.opened.emit(index.row())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid() or self._is_head(index.row()):
            return
        if not self.selectionModel().isSelected(index) and (by_mouse or not self.is_picking):
            self._set_picking(False)
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        where = event.pos() if by_mouse else self.visualRect(index).center()
        self.menu_requested.emit(self.viewport().mapToGlobal(where))
