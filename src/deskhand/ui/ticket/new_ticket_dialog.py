"""A new ticket: first the account, then the vendor's own form. What was typed is still there when it was closed by accident."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskhand.domain import wording
from deskhand.domain.accounts import Account, VendorInfo
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import AccountId
from deskhand.domain.tickets import FieldValue
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.labels import Role, label, literal_tip
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import GAP, Tone
from deskhand.ui.ticket.field_editor import ChoiceCombo
from deskhand.ui.ticket.vendor_form import SCROLL_ROOM, VendorForm


class NewTicketDialog(Sheet):
    """Closing it loses nothing: every change is told, and given back the next time.

    Signals:
        draft_changed: the account's id, what is filled in by the vendor's names.
        submitted: the account's id, the subject for the list, what is filled in.

    Args:
        accounts: with their vendors, in the order of the accounts pane.
        chosen: the account to begin with, where it takes new tickets.
        texts: what was typed before, by account.
    """

    draft_changed = Signal(str, dict)
    submitted = Signal(str, str, dict)

    def __init__(
        self,
        accounts: Sequence[tuple[Account, VendorInfo]],
        *,
        chosen: AccountId | None = None,
        texts: Mapping[AccountId, Mapping[str, FieldValue]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("New ticket"), parent, width=560)
        self._accounts = {account.id: account for account, _ in accounts}
        self._texts = {key: dict(values) for key, values in (texts or {}).items()}
        self._reasons = {account.id: _obstacle(account, vendor) for account, vendor in accounts}
        self._current: AccountId | None = None
        self._picker = ChoiceCombo(self)
        self._picker.setObjectName("Account")
        self._picker.setAccessibleName(self.tr("Account"))
        self._problem = Banner(self)
        self._form = VendorForm(self)
        self._spinner = Spinner(self)
        self._spinner.hide()
        self._fill_picker(accounts)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        set_margins(row, 0, 0, SCROLL_ROOM, 0)
        name = label(self.tr("Account"), self)
        name.setFixedWidth(132)
        name.setBuddy(self._picker)
        row.addWidget(name)
        row.addWidget(self._picker, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._form, 1)
        self._needed = label(self.tr("* needed"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self.footer.insertWidget(0, self._needed)
        self.footer.insertWidget(1, self._spinner)
        self.add_button(self.tr("Cancel"), self.reject)
        self._create = self.add_button(self.tr("Create ticket"), self._submit, kind="primary", default=True)
        self._picker.currentIndexChanged.connect(self._account_chosen)
        self._form.changed.connect(self._typed)
        self._begin(chosen)

    def _fill_picker(self, accounts: Sequence[tuple[Account, VendorInfo]]) -> None:
        model = QStandardItemModel(self._picker)
        for account, vendor in accounts:
            reason = self._reasons[account.id]
            item = QStandardItem(f"{account.label} · {vendor.name}" + (f" – {reason}" if reason else ""))
            item.setData(account.id, Qt.ItemDataRole.UserRole)
            item.setEnabled(not reason)
            item.setToolTip(literal_tip(reason))
            model.appendRow(item)
        self._picker.setModel(model)

    def _begin(self, chosen: AccountId | None) -> None:
        able = [key for key, reason in self._reasons.items() if not reason]
        first = chosen if chosen in able else able[0] if able else None
        if first is None:
            self._picker.setCurrentIndex(-1)
            self._create.setEnabled(False)
            self._needed.hide()
            reasons = " ".join(dict.fromkeys(self._reasons.values()))
            self._problem.show_notice(
                reasons or self.tr("Add an account first; its tickets are made here."), Tone.PLAIN
            )
            return
        self._picker.setCurrentIndex(list(self._accounts).index(first))
        if self._current is None:
            self._account_chosen()

    @property
    def account(self) -> AccountId | None:
        """Which account the ticket is for."""
        return self._current

    @property
    def form(self) -> VendorForm:
        """The vendor's form."""
        return self._form

    def set_values(self, account: AccountId, values: Mapping[str, FieldValue]) -> None:
        """Fill the form of an account in, now or when it is chosen."""
        self._texts[account] = dict(values)
        if account == self._current:
            self._form.set_values(values)

    def show_problem(self, message: str) -> None:
        """It was not taken: say why; everything typed is still there."""
        self._working(on=False)
        self._problem.show_notice(message, Tone.WRONG)
        self.announce(message)
        self.refit()

    def _account_chosen(self) -> None:
        index = self._picker.currentIndex()
        keys = list(self._accounts)
        if not 0 <= index < len(keys) or keys[index] == self._current:
            return
        self._current = keys[index]
        self._problem.clear()
        capabilities = self._accounts[self._current].capabilities
        self._form.set_form(capabilities.create_form if capabilities else ())
        self._form.set_values(self._texts.get(self._current, {}))
        self.refit()

    def _typed(self) -> None:
        if self._current is not None:
            values = self._form.values()
            self._texts[self._current] = values
            self.draft_changed.emit(self._current, values)

    def _submit(self) -> None:
        if self._current is None or not self._form.is_complete():
            return
        self._problem.clear()
        self._working(on=True)
        self.submitted.emit(self._current, self._form.subject(), self._form.values())

    def _working(self, *, on: bool) -> None:
        self._create.setEnabled(not on)
        self._spinner.setVisible(on)
        self._form.hold(on=on)
        self._picker.setEnabled(not on)


def _obstacle(account: Account, vendor: VendorInfo) -> str:
    if account.capabilities is None:
        return QCoreApplication.translate("NewTicketDialog", "Not synced yet, so its form is not known.")
    reason = account.capabilities.reason(Feature.CREATE)
    return wording.reason(reason, vendor.name) if reason else ""
