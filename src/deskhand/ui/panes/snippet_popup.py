"""Canned replies: type a word, Enter puts the chosen one into the text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.services.settings import Snippet
from deskhand.ui.theme import GAP_SMALL, Tone
from deskhand.ui.widgets.labels import Role, label

_WIDTH, _HEIGHT = 360, 280


class SnippetPopup(QFrame):
    """A searchable list over the window.

    Signals:
        chosen: a `Snippet`.
        closed: put away, with or without a choice.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._snippets: tuple[Snippet, ...] = ()
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Canned replies"))
        self._words = QLineEdit(self)
        self._words.setAccessibleName(self.tr("Search canned replies"))
        self._words.setPlaceholderText(self.tr("Search canned replies"))
        self._words.textChanged.connect(self._fill)
        self._words.returnPressed.connect(self._take)
        self._words.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Canned replies"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _item: self._take())
        self._preview = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._list.currentRowChanged.connect(self._show_preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._words)
        column.addWidget(self._list, 1)
        column.addWidget(self._preview)
        self.setFixedSize(_WIDTH, _HEIGHT)

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these."""
        self._snippets = tuple(snippets)

    def shown(self) -> tuple[str, ...]:
        """Return the titles that fit what is typed."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def open_above(self, widget: QWidget) -> None:
        """Show over the upper edge of a widget, or below it where there is no room."""
        self._words.clear()
        self._fill()
        place = widget.mapToGlobal(QPoint(0, -_HEIGHT - 4))
        screen = widget.screen().availableGeometry()
        if place.y() < screen.top():
            place = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        place.setX(min(place.x(), max(screen.left(), screen.right() - _WIDTH)))
        self.move(place)
        self.show()
        self._words.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        words = self._words.text().casefold().split()
        self._list.clear()
        for snippet in self._snippets:
            hay = f"{snippet.title} {snippet.text}".casefold()
            if all(word in hay for word in words):
                item = QListWidgetItem(" ".join(snippet.title.split()))
                item.setData(Qt.ItemDataRole.UserRole, snippet)
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        if not self._list.count():
            none = (
                self.tr("No canned reply fits.")
                if self._snippets
                else self.tr("No canned replies yet. Write some in the settings.")
            )
            self._preview.setText(none)

    def _show_preview(self, row: int) -> None:
        if row >= 0:
            text = " ".join(self._list.item(row).data(Qt.ItemDataRole.UserRole).text.split())
            self._preview.setText(text if len(text) <= 120 else text[:119] + "…")

    def _take(self) -> None:
        if self._list.currentRow() < 0:
            return
        snippet = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.close()
        self.chosen.emit(snippet)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._words and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                count = max(1, self._list.count())
                self._list.setCurrentRow((self._list.currentRow() + step) % count)
                return True
        return super().eventFilter(watched, event)
