"""Asks for the address and the words of a link in a reply."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from deskhand.content.links import inspect
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, Tone


class InsertLinkDialog(Sheet):
    """Two lines.

    Signals:
        submitted: address and words; the words may be empty.
    """

    submitted = Signal(str, str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("", parent, width=420)
        self.set_title(self.tr("Insert a link"))
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
        self.body.addLayout(form)
        self.body.addWidget(self._problem)
        self.add_button(self.tr("Cancel"), self.reject)
        self.add_button(self.tr("Insert"), self._submit, kind="primary", default=True)
        self._address.setFocus()

    def _submit(self) -> None:
        address = self._address.text().strip()
        if "://" not in address and not address.startswith(("mailto:", "tel:")):
            address = f"mailto:{address}" if "@" in address and "/" not in address else f"https://{address}"
        if inspect(address).refused:
            self._problem.setText(self.tr("This address cannot be a link. Web, mail and telephone addresses can."))
            self._problem.show()
            self.refit()
            self._address.setFocus()
            return
        self.submitted.emit(address, self._text.text())
        self.accept()
