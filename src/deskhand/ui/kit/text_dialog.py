"""A title and plain text that can be read by keyboard and copied: what an import left out, what the doctor found."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from deskhand.content.lines import short_lines
from deskhand.ui.kit import icons
from deskhand.ui.kit.sheet import Sheet


class TextDialog(Sheet):
    """Read only."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=560)
        self._full_text = text
        self._text = QPlainTextEdit(short_lines(text))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(title)
        self._text.setObjectName("text")
        self.add_scrolling(self._text, 200)
        self._copy = self.add_button(self.tr("Copy"), self._copy_text)
        self._copy.setIcon(icons.icon("copy"))
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True).setFocus()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._full_text)
        self._copy.setText(self.tr("Copied"))
        self.announce(self.tr("Copied"))
