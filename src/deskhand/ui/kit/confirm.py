"""One plain question, with a verb on the button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from deskhand.ui.kit.labels import label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone


class ConfirmDialog(Sheet):
    """Asks before something that cannot be taken back.

    Args:
        question: the heading ("Archive this record?").
        detail: what it means, in a sentence.
        verb: what the button says ("Archive"); never "OK" or "Yes".
        danger: it destroys something: then Enter cancels.

    Signals:
        confirmed: the agent wants it.
    """

    confirmed = Signal()

    def __init__(
        self, question: str, detail: str, verb: str, parent: QWidget | None = None, *, danger: bool = False
    ) -> None:
        super().__init__(question, parent, scrolls=True)
        detail_label = label(detail, tone=Tone.PLAIN, wrap=True)
        detail_label.setVisible(bool(detail))
        self.body.addWidget(detail_label)
        self.setAccessibleDescription(detail)
        self._cancel = self.add_button(self.tr("Cancel"), self.reject, default=danger)
        self._verb = self.add_button(verb, self._confirm, kind="danger" if danger else "primary", default=not danger)
        (self._cancel if danger else self._verb).setFocus()

    @property
    def verb_button(self) -> QPushButton:
        """Does it."""
        return self._verb

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()
