"""Why Deskhand did not start, and what to do."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone

_MAY_BREAK = "\u200b"


class StartFailureDialog(Sheet):
    """Says what happened and what to do, and can be copied for somebody who helps.

    Args:
        title: what happened, in a few words.
        message: the same in a sentence or two, with what to do.
        where: where more is written, empty where it could not be.
    """

    def __init__(self, title: str, message: str, where: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=520, scrolls=True)
        self._all = "\n\n".join(part for part in (title, message, where) if part)
        self.setAccessibleDescription(message)
        self.body.addWidget(label(_breakable(message), wrap=True))
        if where:
            self.body.addWidget(label(_breakable(where), role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.body.addStretch(1)
        self._copy = self.add_button(self.tr("Copy"), self._copy_text)
        self._close = self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)
        self._close.setFocus()

    @property
    def copy_button(self) -> QPushButton:
        """Copies what is said."""
        return self._copy

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._all)
        self._copy.setText(self.tr("Copied"))
        self.announce(self.tr("Copied"))


def _breakable(text: str) -> str:
    """Return words in which a long path may be broken: Qt breaks at blanks only."""
    return text.replace("/", f"/{_MAY_BREAK}").replace("\\", f"\\{_MAY_BREAK}")
