"""A field for a secret: masked, and shown for as long as the agent wants to see it."""

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from deskhand.ui.kit.icon_button import IconButton

_EDGE = 6


class SecretEdit(QLineEdit):
    """Masked at first; nothing typed here is offered for completion or kept in an undo history longer than the dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", self.tr("Show what is typed"), self, side=22)
        self._eye.clicked.connect(self._toggle)
        self.setTextMargins(0, 0, self._eye.sizeHint().width(), 0)

    @property
    def eye(self) -> IconButton:
        """Shows and hides."""
        return self._eye

    def _toggle(self) -> None:
        if self.echoMode() is QLineEdit.EchoMode.Password:
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self._eye.set_icon("eye-off", self.tr("Hide what is typed"))
        else:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self._eye.set_icon("eye", self.tr("Show what is typed"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._eye.hasFocus():
            event.ignore()  # what the eye does not take comes here as to its parent, and is no part of the secret
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._eye.sizeHint()
        self._eye.setGeometry(
            self.width() - size.width() - _EDGE, (self.height() - size.height()) // 2, size.width(), size.height()
        )
