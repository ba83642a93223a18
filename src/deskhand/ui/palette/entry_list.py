"""A list of entries that a line of text drives: the keyboard stays in the line, Up and Down move the list."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyleOptionViewItem, QWidget
from typing_extensions import override

from deskhand.ui.kit.enter_key import is_enter
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.palette.entries import Entry, Section
from deskhand.ui.palette.entries_model import EntriesModel, spoken
from deskhand.ui.palette.entry_delegate import EntryDelegate


class EntryList(QListView):
    """Shows entries; the one that is marked is said in the line's description.

    Signals:
        requested: Enter or a click: True = stay open afterwards (Ctrl+Enter).
        marked: another entry is marked.
        values_requested: the right arrow at the end of the line, where the marked entry has values.
        left: backspace or the left arrow in an empty line.
    """

    requested = Signal(bool)
    marked = Signal()
    values_requested = Signal()
    left = Signal()

    def __init__(self, line: QLineEdit, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        use_thin_bars(self)
        self.viewport().setAutoFillBackground(False)  # it stands on the popup's ground
        self._line = line
        self._entries = EntriesModel(self)
        self.setAccessibleName(name)
        self.setModel(self._entries)
        self._delegate = EntryDelegate(self)
        self.setItemDelegate(self._delegate)
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

    def show_entries(self, entries: tuple[Entry, ...], row: int, words: tuple[str, ...] = ()) -> None:
        """List these, and mark one; `words` are marked in the titles."""
        self._entries.words = words
        self._entries.show(entries)
        self.viewport().update()
        self.mark(row)

    def set_heads(self, heads: Mapping[Section, str]) -> None:
        """Name the sections."""
        self._entries.heads = dict(heads)

    def mark(self, row: int) -> None:
        """Mark a row; out of range is the nearest."""
        if self.entries:
            index = self._entries.index(max(0, min(row, len(self.entries) - 1)), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            if index.row() == 0:
                self.scrollToTop()
            self._line.setAccessibleDescription(spoken(self.entries[index.row()]))
        self.marked.emit()

    def mark_none(self) -> None:
        """Mark nothing: Enter chooses nothing until the arrows have."""
        self.setCurrentIndex(QModelIndex())
        self._line.setAccessibleDescription("")
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
            if self._changes_level(event):
                return True
            if is_enter(event):
                self.requested.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().eventFilter(watched, event)

    def _changes_level(self, event: QKeyEvent) -> bool:
        """Go to the values of what is marked, or back from them, where the arrow has nothing to do in the line."""
        mirrored = self._line.layoutDirection() is Qt.LayoutDirection.RightToLeft
        ahead, back = (Qt.Key.Key_Left, Qt.Key.Key_Right) if mirrored else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        text, current = self._line.text(), self.current
        if event.key() == ahead and self._line.cursorPosition() == len(text) and not self._line.hasSelectedText():
            if current is not None and current.values is not None and not current.reason:
                self.values_requested.emit()
                return True
        elif event.key() in (back, Qt.Key.Key_Backspace) and not text:
            self.left.emit()
            return True
        return False

    def _is_on_head(self, at: QPoint) -> bool:
        """Tell whether a place is on the name of a section, which is no entry."""
        index = self.indexAt(at)
        if not index.isValid():
            return False
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return not self._delegate.line_of(option, index).contains(at)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_on_head(event.position().toPoint()):
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_on_head(event.position().toPoint()):
            super().mouseReleaseEvent(event)
