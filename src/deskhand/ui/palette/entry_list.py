"""A list of entries that a line of text drives: the keyboard stays in the line, Up and Down move the list."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget
from typing_extensions import override

from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.entries_model import EntriesModel, spoken
from deskhand.ui.palette.entry_delegate import EntryDelegate


class EntryList(QListView):
    """Shows entries; the one that is marked is said in the line's description.

    Signals:
        wanted: Enter or a click: True = stay open afterwards (Ctrl+Enter).
        marked: another entry is marked.
    """

    requested = Signal(bool)
    marked = Signal()

    def __init__(self, line: QLineEdit, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self._entries = EntriesModel(self)
        self.setAccessibleName(name)
        self.setModel(self._entries)
        self.setItemDelegate(EntryDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda _index: self.requested.emit(False))
        line.installEventFilter(self)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed."""
        return self._entries.entries

    @property
    def current(self) -> Entry | None:
        """Which is marked."""
        row = self.currentIndex().row()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def show_entries(self, entries: tuple[Entry, ...], row: int) -> None:
        """List these, and mark one."""
        self._entries.show(entries)
        self.mark(row)

    def mark(self, row: int) -> None:
        """Mark a row; out of range is the nearest."""
        if self.entries:
            index = self._entries.index(max(0, min(row, len(self.entries) - 1)), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self._line.setAccessibleDescription(spoken(self.entries[index.row()]))
        self.marked.emit()

    def _step(self, by: int) -> None:
        row, count = self.currentIndex().row(), len(self.entries)
        if count:
            self.mark((row + by) % count if abs(by) == 1 else row + by)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            page = max(1, self.height() // max(1, self.sizeHintForRow(0)) - 1)
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.requested.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().eventFilter(watched, event)
