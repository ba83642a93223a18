"""The canned replies as a list: add, edit, remove."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from deskhand.services.settings import Snippet
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.labels import literal_tip
from deskhand.ui.kit.line_delegate import LineDelegate
from deskhand.ui.kit.theme import GAP_SMALL
from deskhand.ui.settings.snippet_dialog import SnippetDialog

_HEIGHT = 132


class SnippetEditor(QWidget):
    """Enter or a double click edits; removing asks first.

    Signals:
        saved: title, text, and the id of the one it replaces ("" = a new one).
        removed: an id.
    """

    saved = Signal(str, str, str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snippets: tuple[Snippet, ...] = ()
        self._list = QListWidget()
        self._list.setItemDelegate(LineDelegate(self._list))
        self._list.setAccessibleName(self.tr("Canned replies"))
        self._list.setObjectName("snippets")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setProperty("kind", "rows")
        self._list.setTabKeyNavigation(False)
        self._list.itemActivated.connect(self._edit_current)
        self._list.currentRowChanged.connect(self._fit)
        self._add = self._button(self.tr("Add…"), self.add)
        self._edit = self._button(self.tr("Edit…"), self._edit_current)
        self._remove = self._button(self.tr("Remove…"), self._ask_removal)
        buttons = QVBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self._add, self._edit, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._framed(), 1)
        row.addLayout(buttons)
        self._fit()

    def _framed(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card")
        frame.setFixedHeight(_HEIGHT)
        box = QVBoxLayout(frame)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self._list)
        return frame

    def _button(self, text: str, pressed: Callable[[], None]) -> QPushButton:
        button = PushButton(text)
        set_enter_presses(button, presses=False)
        button.clicked.connect(pressed)
        return button

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Show these; the one that was chosen stays so."""
        if tuple(snippets) == self._snippets:
            return
        chosen = self.current
        self._snippets = tuple(snippets)
        self._list.clear()
        for one in snippets:
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.ToolTipRole, literal_tip(one.text))
            self._list.addItem(item)
        ids = [one.id for one in snippets]
        if chosen is not None and chosen.id in ids:
            self._list.setCurrentRow(ids.index(chosen.id))
        self._fit()

    @property
    def current(self) -> Snippet | None:
        """The one that is chosen."""
        row = self._list.currentRow()
        return self._snippets[row] if 0 <= row < len(self._snippets) else None

    @property
    def view(self) -> QListWidget:
        """The list."""
        return self._list

    def add(self) -> None:
        """Ask for a new one."""
        self._open(None)

    def _edit_current(self) -> None:
        if (snippet := self.current) is not None:
            self._open(snippet)

    def _open(self, snippet: Snippet | None) -> None:
        dialog = SnippetDialog(snippet, self)
        which = snippet.id if snippet else ""
        dialog.saved.connect(lambda title, text: self.saved.emit(title, text, which))
        dialog.open()

    def _ask_removal(self) -> None:
        if (snippet := self.current) is None:
            return
        question = self.tr("Remove “{title}”?").format(title=snippet.title)
        detail = self.tr("Replies that were written with it stay as they are.")
        dialog = ConfirmDialog(question, detail, self.tr("Remove"), self, danger=True)
        dialog.confirmed.connect(lambda: self.removed.emit(snippet.id))
        dialog.open()

    def _fit(self) -> None:
        chosen = self.current is not None
        self._edit.setEnabled(chosen)
        self._remove.setEnabled(chosen)
