"""What an import would take over, before it does."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from deskhand.ui.kit.sheet import Sheet


class ImportDialog(Sheet):
    """Shows what each column becomes, the first tickets and the rows that are left out.

    Args:
        lines: the preview in words.
        count: tickets that can be imported.

    Signals:
        confirmed: the agent wants them.
    """

    confirmed = Signal()

    def __init__(self, lines: Sequence[str], count: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Import these tickets?"), parent, width=600)
        self._text = QPlainTextEdit("\n".join(lines))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("What is imported"))
        self._text.setObjectName("text")
        self.add_scrolling(self._text, 260)
        self.add_button(self.tr("Cancel"), self.reject)
        many = self.tr("Import {count} tickets").format(count=count)
        caption = self.tr("Import 1 ticket") if count == 1 else many
        self._go = self.add_button(caption, self._confirm, kind="primary", default=True)
        self._go.setEnabled(count > 0)
        self._go.setFocus()

    @property
    def go_button(self) -> QPushButton:
        """Imports them."""
        return self._go

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()
