"""The table of the ticket list: rows of one height, and the keys that agents know."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from deskhand.ui.delegates.row import RowDelegate
from deskhand.ui.models.rows import RowModel

_Flag = QItemSelectionModel.SelectionFlag
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TicketListView(QTableView):
    """One column of rows.

    Signals:
        opened: Enter or a double click on a row number.
        menu_wanted: a point on the screen.
    """

    opened = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resume: int | None = None
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
        return range(first, min(first + self.viewport().height() // height + 2, self.model().rowCount()))

    def go_to(self, row: int) -> None:
        """Make a row the current and only selected one."""
        if 0 <= row < self.model().rowCount():
            index = self.model().index(row, 0)
            self._resume = None
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
            self.scrollTo(index)

    def resume_at(self, row: int | None) -> None:
        """Let the next step go on from here should the ticket there leave the list; None = from what is visible."""
        self._resume = row

    def step(self, by: int) -> None:
        """Go up or down; from nowhere, to what took the place of the ticket that left, else to the first visible row."""
        at, last = self.currentIndex(), self.model().rowCount() - 1
        if at.isValid():
            row = at.row() + by
        elif self._resume is not None:
            row = self._resume if by > 0 else self._resume - 1
        else:
            row = self.visible_rows().start
        self.go_to(max(0, min(row, last)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = (
            Qt.Key(event.key()),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if plain and key in _STEPS:
            self.step(_STEPS[key])
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key is Qt.Key.Key_Home else self.model().rowCount() - 1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif key is Qt.Key.Key_Space or (event.text().isprintable() and event.text() and plain):
            # A single letter is a shortcut of the window, never a search through a million rows.
            event.ignore()
        else:
            super().keyPressEvent(event)

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
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(index.row())

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else self.currentIndex()
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        where = self.visualRect(index).center() if event.reason() is not QContextMenuEvent.Reason.Mouse else event.pos()
        self.menu_wanted.emit(self.viewport().mapToGlobal(where))
