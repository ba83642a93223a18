"""Ctrl+K: type what you want, Enter does it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP, Tone, fonts_for, theme_of
from deskhand.ui.palette.entries import Entry, fitting
from deskhand.ui.palette.entry_list import EntryList

__all__ = ["CommandPalette", "Entry"]

_WIDTH, _HEIGHT = 660, 400
_TOP = 72
"""Below the upper edge of the window."""


class CommandPalette(QDialog):
    """A line to type in over a list. The keyboard stays in the line; Up and Down move the list.

    What a search finds comes later, by `show_found`, and stands below. Until then what was found for the text before stays, so that
    nothing flickers; Enter on it waits for the answer, unless the agent chose it.

    Args:
        provider: returns what may be offered.
        search: begins to look for a text and tells whether `show_found` will answer it; only the newest text is answered.
    """

    def __init__(
        self,
        provider: Callable[[], Sequence[Entry]],
        parent: QWidget | None = None,
        *,
        search: Callable[[str], bool] = lambda _text: False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._provider = provider
        self._search = search
        self._all_entries = tuple(provider())
        self._fit: tuple[Entry, ...] = ()
        self._found: tuple[Entry, ...] = ()
        self._marked: Entry | None = None
        self._is_waiting = False
        self._entered: bool | None = None
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
        self._list = EntryList(self._line, self.tr("Commands and tickets"), self)
        self._list.requested.connect(lambda stay: self.run(stay=stay))
        self._list.pressed.connect(lambda _index: self._choose())
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
        return self._list.entries

    @property
    def current(self) -> Entry | None:
        """What Enter would do."""
        return self._list.current

    def run(self, *, stay: bool = False) -> None:
        """Do what is marked; with `stay` the palette remains open."""
        entry = self.current
        if self._is_waiting and not self._fit and entry is self._marked:
            self._entered = stay
            return
        if entry is None or entry.reason:
            return
        if stay:
            entry.run()
            self._all_entries = tuple(self._provider())
            self._fill(self._line.text())
            return
        # Closed first: what runs may open a dialog or take the keyboard.
        self.accept()
        entry.run()

    def show_found(self, text: str, entries: Sequence[Entry]) -> None:
        """List what a search found below the commands, unless something else is typed by now; what is marked stays marked."""
        if text != self._line.text():
            return
        held, row, is_chosen = self.current, self._list.currentIndex().row(), self.current is not self._marked
        self._found, self._is_waiting = tuple(entries), False
        if held is not None and is_chosen and row >= len(self._fit):
            places = enumerate(self._found, len(self._fit))
            row = next((i for i, one in places if (one.title, one.detail) == (held.title, held.detail)), row)
        self._show(row if is_chosen or self._fit else None)
        if is_chosen:
            self._choose()
        if self._entered is not None:
            self.run(stay=self._entered)

    # --- inside ---

    def _fill(self, text: str) -> None:
        held, self._entered = self.current, None
        self._fit = fitting(self._all_entries, text)
        self._is_waiting = bool(text) and self._search(text)
        if not self._is_waiting:
            self._found = ()
        same = [i for i, entry in enumerate(self._fit) if held is not None and entry.title == held.title]
        self._show(same[0] if same and not text else None)

    def _show(self, row: int | None) -> None:
        """List everything and mark a row; None = the first that can be done."""
        entries = (*self._fit, *self._found)
        if row is None:
            row = next((i for i, entry in enumerate(entries) if not entry.reason), 0)
        self._list.show_entries(entries, row)
        self._marked = self.current
        self._list.setVisible(bool(entries) or self._is_waiting)
        self._none.setVisible(not entries and not self._is_waiting)

    def _choose(self) -> None:
        """What is marked was chosen by hand."""
        self._marked = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.background))
            painter.setPen(QColor(theme.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            for y in (self._line.geometry().bottom() + 3, self._foot.geometry().top()):
                painter.drawLine(1, y, self.width() - 2, y)
