"""A small palette at a control: who to assign to, which canned reply to put in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.popup import Popup
from deskhand.ui.kit.theme import GAP_SMALL, Tone
from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.entry_list import EntryList


class ChoicePopup(Popup):
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
        super().__init__(parent)
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
        self.set_frame_size(340, 300)

    def shown(self) -> tuple[str, ...]:
        """Return what is listed."""
        return tuple(entry.title for entry in self._list.entries)

    def open_at(self, widget: QWidget, *, above: bool = False) -> None:
        """Show below a widget, or above it; the other way where there is no room."""
        self._fill()
        screen = widget.screen().availableGeometry()
        over = widget.mapToGlobal(QPoint(0, -self.frame_height - 4))
        under = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        fits_over, fits_under = over.y() >= screen.top(), under.y() + self.frame_height <= screen.bottom()
        self.move_frame(over if (above and fits_over) or not fits_under else under, screen)
        self._show()

    def open_over(self, widget: QWidget) -> None:
        """Show over the upper part of a widget that is too large to stand beside."""
        self._line.clear()
        self._fill()
        top = QPoint((widget.width() - self.width()) // 2, min(48, widget.height() // 4))
        self.move_frame(widget.mapToGlobal(top), widget.screen().availableGeometry())
        self._show()

    def _show(self) -> None:
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
