"""Asks for the address and the words of a link in a reply."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from deskhand.content.links import inspect
from deskhand.ui.composer.composition import Composition, finish_composition
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.theme import GAP, GAP_LARGE, Tone


class InsertLinkDialog(QDialog):
    """Two lines.

    Signals:
        submitted: address and words; the words may be empty.
    """

    submitted = Signal(str, str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Insert a link"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(420)
        self._address = QLineEdit(self)
        self._address.setPlaceholderText("https://")
        self._address.setAccessibleName(self.tr("Address"))
        self._text = QLineEdit(text, self)
        self._text.setAccessibleName(self.tr("Words"))
        for editor in (self._address, self._text):
            Composition(editor)
        self._problem = label("", self, role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        form = QFormLayout()
        form.setVerticalSpacing(GAP)
        form.addRow(self.tr("Address"), self._address)
        form.addRow(self.tr("Words"), self._text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        insert = buttons.addButton(self.tr("Insert"), QDialogButtonBox.ButtonRole.AcceptRole)
        insert.setProperty("kind", "primary")
        insert.setDefault(True)
        buttons.accepted.connect(self._submit)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, GAP_LARGE, GAP_LARGE, GAP_LARGE)
        column.setSpacing(GAP)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(buttons)

    def _submit(self) -> None:
        finish_composition()
        address = self._address.text().strip()
        if "://" not in address and not address.startswith(("mailto:", "tel:")):
            address = f"mailto:{address}" if "@" in address and "/" not in address else f"https://{address}"
        if inspect(address).refused:
            self._problem.setText(self.tr("This address cannot be a link. Web, mail and telephone addresses can."))
            self._problem.show()
            self._address.setFocus()
            return
        self.submitted.emit(address, self._text.text())
        self.accept()
