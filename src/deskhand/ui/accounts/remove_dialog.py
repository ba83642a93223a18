"""Removing an account: what goes with it, and what would be lost unsent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from deskhand.domain.capabilities import Feature
from deskhand.services.accounts import Removal
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox


class RemoveDialog(Sheet):
    """Says what goes; with anything unsent it removes only after the agent has ticked that it may go too.

    Signals:
        confirmed: remove it; whether what is unsent may be deleted (False where nothing is).
    """

    confirmed = Signal(bool)

    def __init__(self, removal: Removal, parent: QWidget | None = None) -> None:
        super().__init__("", parent, scrolls=True)
        self.set_title(self.tr("Remove {account}?").format(account=removal.account.label))
        self._give_up: TickBox | None = None
        self.body.addWidget(label(self.tr("This deletes from this computer:"), wrap=True))
        for line in self._lines(removal):
            item = label(f"•  {line}", wrap=True)
            set_margins(item, GAP_SMALL, 0, 0, 0)
            self.body.addWidget(item)
        vendor = label(self.tr("Nothing changes at the vendor."), tone=Tone.PLAIN, wrap=True)
        self.body.addWidget(vendor)
        if removal.unsent:
            self.body.addWidget(self._unsent(removal.unsent))
        self.body.addStretch(1)
        cancel = self.add_button(self.tr("Cancel"), self.reject, default=True)
        self._remove = self.add_button(self.tr("Remove"), self._confirm, kind="danger")
        self._fit()
        cancel.setFocus()

    @property
    def remove_button(self) -> QPushButton:
        """Removes; off while something unsent would be lost unasked."""
        return self._remove

    @property
    def give_up_box(self) -> TickBox | None:
        """Says that what is unsent may go; None where nothing is."""
        return self._give_up

    def _lines(self, removal: Removal) -> list[str]:
        lines = []
        if removal.tickets:
            many = self.tr("{count} tickets").format(count=figure(removal.tickets))
            tickets = self.tr("1 ticket") if removal.tickets == 1 else many
            gone = self.tr("{tickets}, which cannot be read back").format(tickets=tickets)
            lines.append(tickets if _can_read_again(removal) else gone)
        if removal.drafts:
            many = self.tr("{count} drafts").format(count=figure(len(removal.drafts)))
            lines.append(self.tr("1 draft") if len(removal.drafts) == 1 else many)
        lines.append(self.tr("its credentials, kept by: {vault}").format(vault=removal.vault))
        return lines

    def _unsent(self, unsent: int) -> QFrame:
        if unsent == 1:
            said = self.tr("1 in the outbox was not sent yet, or needs your decision. Send it or take it back first.")
            checkbox_text = self.tr("Also delete the 1 unsent")
        else:
            said = self.tr(
                "{count} in the outbox were not sent yet, or need your decision. Send them or take them back first."
            ).format(count=figure(unsent))
            checkbox_text = self.tr("Also delete the {count} unsent").format(count=figure(unsent))
        box = QFrame()
        box.setProperty("kind", "note")
        column = QVBoxLayout(box)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        column.addWidget(label(said, role=Role.BODY, wrap=True))
        self._give_up = TickBox(checkbox_text)
        self._give_up.toggled.connect(self._fit)
        column.addWidget(self._give_up)
        return box

    def _fit(self) -> None:
        self._remove.setEnabled(self._give_up is None or self._give_up.isChecked())

    def _confirm(self) -> None:
        give_up = self._give_up is not None
        self.accept()
        self.confirmed.emit(give_up)


def _can_read_again(removal: Removal) -> bool:
    capabilities = removal.account.capabilities
    return capabilities is None or Feature.LIST in capabilities
