"""A small palette at a control: who to assign to, which canned reply to put in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP_SMALL, Tone, theme_of
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.entry_list import EntryList


class ChoicePopup(QWidget):
    """A line over a list; Enter or a click runs an entry and closes, Esc closes.

    Signals:
        closed: put away, with or without a choice.

    Args:
        name: for a screen reader.
        placeholder: what the empty line says.
        provider: returns what fits a text, best first.
        hint: returns what stands below the list for the marked entry, or for none.
    """

    closed = Signal()

    def __init__(
        self,
        name: str,
        placeholder: str,
        provider: Callable[[str], Sequence[Entry]],
        hint: Callable[[Entry | None], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._provider, self._hint = provider, hint
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self._line = QLineEdit(self)
        self._line.setAccessibleName(placeholder)
        self._line.setPlaceholderText(placeholder)
        self._line.textChanged.connect(self._fill)
        self._list = EntryList(self._line, name, self)
        self._list.requested.connect(lambda _stay: self._choose())
        self._list.marked.connect(self._show_hint)
        self._hint_label = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._hint_label.setContentsMargins(4, 0, 4, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint_label)
        self.setFixedSize(340, 300)

    def shown(self) -> tuple[str, ...]:
        """Return what is listed."""
        return tuple(entry.title for entry in self._list.entries)

    def open_at(self, widget: QWidget, *, above: bool = False) -> None:
        """Show below a widget, or above it; the other way where there is no room."""
        self._fill()
        screen = widget.screen().availableGeometry()
        over = widget.mapToGlobal(QPoint(0, -self.height() - 4))
        under = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        fits_over, fits_under = over.y() >= screen.top(), under.y() + self.height() <= screen.bottom()
        place = over if (above and fits_over) or not fits_under else under
        self._show_at(place, screen)

    def open_over(self, widget: QWidget) -> None:
        """Show over the upper part of a widget that is too large to stand beside."""
        self._line.clear()
        self._fill()
        top = QPoint((widget.width() - self.width()) // 2, min(48, widget.height() // 4))
        self._show_at(widget.mapToGlobal(top), widget.screen().availableGeometry())

    def _show_at(self, place: QPoint, screen: QRect) -> None:
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        place.setY(max(screen.top(), place.y()))
        self.move(place)
        self.show()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        self._list.show_entries(tuple(self._provider(self._line.text().strip())), 0)

    def _show_hint(self) -> None:
        hint = self._hint(self._list.current)
        self._hint_label.setText(hint)
        self._hint_label.setVisible(bool(hint))

    def _choose(self) -> None:
        entry = self._list.current
        if entry is not None and not entry.reason:
            self.close()
            entry.run()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._line.setText("")  # `clear` could be undone, and would bring back what was looked for in another ticket
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.background))
            painter.setPen(QColor(theme.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
