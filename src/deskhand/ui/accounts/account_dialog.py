"""Add an account of a vendor, or change one: what to type, where it goes, and what the vendor said to it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.accounts import Account, AccountMark, VendorInfo
from deskhand.domain.ids import VendorId
from deskhand.services.accounts import AccountForm
from deskhand.ui.accounts.account_form import AccountFormView
from deskhand.ui.accounts.vendor_choice import VendorChoice
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.spinner import Spinner
from deskhand.ui.kit.theme import GAP_LARGE, Tone

__all__ = ["AccountDialog", "AccountForm", "secret_storage_text"]

_WIDTH, _FORM_WIDTH = 720, 400
_AROUND, _LOWEST, _HIGHEST = 130, 440, 600


class AccountDialog(Sheet):
    """Vendors on the left, the chosen one's form on the right; on a narrow screen one above the other.

    Args:
        vault_name: where secrets are kept.
        editing: the account to change; its vendor stays.
        known_me: the agent's e-mail, where another account told it.
        marks: the colour and icon that a new account of a vendor gets.

    Signals:
        submitted: an AccountForm, and the secret ("" = keep the one there is).
        cancelled_work: the check under way shall end; the form stays.
    """

    submitted = Signal(object, str)
    cancelled_work = Signal()

    def __init__(
        self,
        vendors: Sequence[VendorInfo],
        vault_name: str,
        *,
        editing: Account | None = None,
        known_me: str = "",
        marks: Mapping[VendorId, AccountMark] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, width=_WIDTH if editing is None else _FORM_WIDTH + 100)
        self.set_title(
            self.tr("Edit {account}").format(account=editing.label) if editing else self.tr("Add an account")
        )
        self._editing = editing
        self._known_me = known_me
        self._marks = marks or {}
        self._secret_storage = secret_storage_text(vault_name)
        self._vendors = [one for one in vendors if editing is None or one.id == editing.vendor]
        self._working = False
        self._before: QWidget | None = None
        self._views: dict[VendorId, AccountFormView] = {}
        self._view: AccountFormView
        self._choices = [VendorChoice(one) for one in self._vendors]
        self._scroll = ScrollColumn()
        self._scroll.column.setContentsMargins(0, 0, 0, 0)
        self._problem = label(role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        self._spinner = Spinner(size=16)
        self._doing = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._lay_out()
        self._cancel = self.add_button(self.tr("Cancel"), self.reject)
        text = self.tr("Check and save") if editing else self.tr("Check and add")
        self._submit = self.add_button(text, self._send, kind="primary", default=True)
        self._choose(self._choices[0])
        self.show_working(False)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(GAP_LARGE)
        left = QVBoxLayout()
        left.setSpacing(2)
        for choice in self._choices:
            choice.toggled.connect(lambda on, choice=choice: self._choose(choice) if on else None)
            left.addWidget(choice)
        left.addStretch(1)
        beside = self.screen().availableSize().width() >= _WIDTH
        if self._editing is None:
            (columns if beside else self._scroll.column).addLayout(left)
        self._scroll.setMinimumWidth(_FORM_WIDTH if beside else 0)
        columns.addWidget(self._scroll, 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self._problem)
        self.footer.insertWidget(0, self._spinner)
        self.footer.insertWidget(1, self._doing)

    # what it is told

    def show_working(self, working: bool) -> None:
        """Show that the vendor is being asked; Cancel and Esc then end the question, not the dialog."""
        if working and not self._working:
            self._before = self.focusWidget()
        self._working = working
        for choice in self._choices:
            choice.setEnabled(not working)
        self._scroll.setEnabled(not working)
        self._submit.setEnabled(not working)
        self._spinner.setVisible(working)
        self._doing.setVisible(working)
        if working:
            said = self.tr("Asking {vendor}.").format(vendor=self._vendor.name)
            self._doing.setText(said)
            self._show_message("")
            self._cancel.setFocus()
            self.announce(said)
        elif self._before is not None:
            self._before.setFocus()
            self._before = None

    def show_problem(self, message: str, field: str = "") -> None:
        """Say what failed, under the field to blame where there is one; nothing that was typed is lost."""
        self.show_working(False)
        if self._view.show_problem(message, field):
            self._show_message("")
            if (widget := self.focusWidget()) is not None:
                self._scroll.ensureWidgetVisible(widget, 0, 60)
        else:
            self._show_message(message)
        self.announce(message)

    # what it tells

    @property
    def is_working(self) -> bool:
        """Whether the vendor is being asked."""
        return self._working

    @property
    def problem(self) -> str:
        """What failed and is no single field's fault."""
        return self._problem.text()

    def choice(self, vendor: str) -> VendorChoice:
        """Return a vendor's line."""
        return next(one for one in self._choices if one.vendor.id == vendor)

    @override
    def reject(self) -> None:
        """Esc, Cancel and the window's cross: end the check if one is under way, else close."""
        if self._working:
            self.show_working(False)
            self.cancelled_work.emit()
            return
        super().reject()

    @override
    def done(self, result: int, /) -> None:
        for view in self._views.values():
            view.clear_secrets()
        super().done(result)

    @override
    def wanted_height(self, width: int) -> int:
        """As high as the form, within reason."""
        room = self._scroll.height_for(_FORM_WIDTH) + _AROUND
        return min(max(room, _LOWEST), _HIGHEST)

    # inside

    @property
    def _vendor(self) -> VendorInfo:
        if self._editing is not None:
            return self._vendors[0]
        return next(one.vendor for one in self._choices if one.isChecked())

    def _choose(self, choice: VendorChoice) -> None:
        choice.setChecked(True)
        typed = self._view.shared if self._views else ("", self._known_me)
        view = self._views.get(choice.vendor.id)
        if view is None:
            suggested = self._marks.get(choice.vendor.id) or choice.vendor.account_marks[0]
            mark = self._editing.shown_mark if self._editing is not None else suggested
            view = AccountFormView(choice.vendor, self._editing, self._known_me, self._secret_storage, mark)
            self._views[choice.vendor.id] = view
            self._scroll.column.addWidget(view)
        if self._editing is None:
            view.set_shared(*typed)
        for one in self._views.values():
            one.setVisible(one is view)
        self._view = view
        self._show_message("")
        self._scroll.verticalScrollBar().setValue(0)
        if not self.isVisible():
            view.focus_first()

    def _send(self) -> None:
        view = self._view
        view.clear_problems()
        missing = view.missing()
        if missing is not None:
            self.show_problem(*missing)
        else:
            self.submitted.emit(view.form, view.secret)

    def _show_message(self, message: str) -> None:
        self._problem.setText(message)
        self._problem.setVisible(bool(message))


_SECRET_STORAGE = {
    "This session only": "The secret is kept in memory only, and forgotten when Deskhand ends.",
    "Encrypted file with a passphrase": "The secret goes into the encrypted file that only your passphrase opens.",
    "Keyring of this system": "The secret goes into this computer's keyring, never into a file.",
}
"""By the names that the vaults in `secrets` give themselves; any other name is a keyring's."""


def secret_storage_text(vault_name: str) -> str:
    """Return where a secret will be kept, as a sentence."""
    text = _SECRET_STORAGE.get(vault_name, "The secret goes into this computer's keyring ({vault}), never into a file.")
    translated = QGuiApplication.translate("AccountDialog", text)
    return translated.format(vault=vault_name.partition(" (")[0])
