"""Ctrl+K: type what you want, Enter does it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.palette.entries import Entry, fitting
from deskhand.ui.palette.entry_delegate import ENTRY, EntryDelegate
from deskhand.ui.theme import GAP, Tone, fonts_for, theme_of
from deskhand.ui.widgets.labels import Role, label

__all__ = ["CommandPalette", "Entry"]

_WIDTH, _HEIGHT = 660, 400
_TOP = 72
"""Below the upper edge of the window."""


class _Entries(QAbstractListModel):
    """Frozen entries behind roles."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(entry)
            case _ if role == ENTRY:
                return entry
            case _:
                return None


def spoken(entry: Entry) -> str:
    """Return a line as a screen reader says it."""
    return ", ".join(part for part in (entry.title, entry.reason or entry.detail, entry.keys) if part)


class CommandPalette(QDialog):
    """A line to type in over a list. The keyboard stays in the line; Up and Down move the list.

    Args:
        provider: returns what may be offered for a text; what it marks as `always` is listed as it comes.
    """

    def __init__(self, provider: Callable[[str], Sequence[Entry]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._provider = provider
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        self.setAccessibleName(self.tr("Commands"))
        self._line = QLineEdit(self)
        self._line.setObjectName("Command")
        self._line.setAccessibleName(self.tr("Search commands and tickets"))
        self._line.setPlaceholderText(self.tr("Search commands and tickets"))
        self._line.setFont(fonts_for(self.font()).title)
        plain = self._line.font()
        plain.setWeight(plain.Weight.Normal)
        self._line.setFont(plain)
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        self._line.setMinimumHeight(48)
        self._line.textChanged.connect(self._fill)
        self._line.installEventFilter(self)
        self._model = _Entries(self)
        self._list = QListView(self)
        self._list.setAccessibleName(self.tr("Commands and tickets"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(EntryDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda _index: self.run())
        self._none = label(self.tr("Nothing fits. Try other words, or search tickets."), self, tone=Tone.PLAIN)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        foot = label(self.tr("Enter run · Ctrl+Enter run and stay · Esc close"), self, role=Role.SMALL, tone=Tone.PLAIN)
        foot.setContentsMargins(18, 8, 18, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        line = QVBoxLayout()
        line.setContentsMargins(18, 2, 18, 2)
        line.addWidget(self._line)
        column.addLayout(line)
        column.addSpacing(GAP - 4)
        column.addWidget(self._list, 1)
        column.addWidget(self._none, 1)
        column.addSpacing(GAP - 4)
        self._foot = foot
        column.addWidget(foot)
        self._fill("")
        self._place(parent)

    def _place(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        wide = min(_WIDTH, window.width() - 40) if window is not None else _WIDTH
        tall = min(_HEIGHT, window.height() - 60) if window is not None else _HEIGHT
        self.resize(wide, tall)
        if window is not None:
            self.move(
                window.mapToGlobal(QPoint((window.width() - wide) // 2, min(_TOP, (window.height() - tall) // 2)))
            )

    # --- told and asked ---

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed, best first."""
        return self._model.entries

    @property
    def current(self) -> Entry | None:
        """What Enter would do."""
        row = self._list.currentIndex().row()
        return self._model.entries[row] if 0 <= row < len(self._model.entries) else None

    def run(self, *, stay: bool = False) -> None:
        """Do what is marked; with `stay` the palette remains open."""
        entry = self.current
        if entry is None or entry.reason:
            return
        if stay:
            entry.run()
            self._fill(self._line.text())
            return
        # Closed first: what runs may open a dialog or take the keyboard.
        self.accept()
        entry.run()

    # --- inside ---

    def _fill(self, text: str) -> None:
        held = self.current
        self._model.show(fitting(self._provider(text), text))
        same = [i for i, entry in enumerate(self.entries) if held is not None and entry.title == held.title]
        able = next((i for i, entry in enumerate(self.entries) if not entry.reason), 0)
        self._mark(same[0] if same and not text else able)
        self._list.setVisible(bool(self.entries))
        self._none.setVisible(not self.entries)

    def _mark(self, row: int) -> None:
        if not self.entries:
            return
        index = self._model.index(max(0, min(row, len(self.entries) - 1)), 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)
        self._line.setAccessibleDescription(spoken(self.entries[index.row()]))

    def _step(self, by: int) -> None:
        row, count = self._list.currentIndex().row(), len(self.entries)
        if count:
            self._mark((row + by) % count if abs(by) == 1 else row + by)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            page = max(1, self._list.height() // max(1, self._list.sizeHintForRow(0)) - 1)
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
            key = event.key()
            if key in steps:
                self._step(steps[Qt.Key(key)])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run(stay=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.background))
            painter.setPen(QColor(theme.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            for y in (self._line.geometry().bottom() + 3, self._foot.geometry().top()):
                painter.drawLine(1, y, self.width() - 2, y)
