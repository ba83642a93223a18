"""The form of one vendor's account, built from what is always true of that vendor."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from deskhand.domain.accounts import ACCOUNT_ICONS, Account, AccountColour, AccountMark, SignInKind, VendorInfo
from deskhand.services.accounts import AccountForm
from deskhand.ui.kit import icons
from deskhand.ui.kit.account_mark import account_icon
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.form_field import FormField, sign_in_field
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone


class AccountFormView(QWidget):
    """Name, address, credentials, own e-mail, and further settings behind a button.

    Args:
        editing: the account to change; None for a new one.
        me: the agent's e-mail, where another account told it.
        secret_storage: where the secret will be kept.
        mark: the colour and icon that are chosen at first.
    """

    def __init__(
        self, vendor: VendorInfo, editing: Account | None, me: str, secret_storage: str, mark: AccountMark
    ) -> None:
        super().__init__()
        self._vendor = vendor
        self._editing = editing
        saved: Mapping[str, str] = editing.settings if editing else {}
        kind = editing.kind if editing and editing.kind else vendor.kinds[0].id
        name = QLineEdit(editing.label if editing else "")
        name.setPlaceholderText(vendor.name)
        self._label = FormField("label", self.tr("Name"), name)
        self._colour = self._choice_field("colour", self.tr("Colour"), tuple(AccountColour), mark.colour)
        self._icon = self._choice_field("icon", self.tr("Icon"), ACCOUNT_ICONS, mark.icon)
        for field in (self._colour, self._icon):
            assert isinstance(field.control, ChoiceBox)
            field.control.currentIndexChanged.connect(self._show_marks)
        self._show_marks()
        address = QLineEdit(editing.base_url if editing else vendor.base_url)
        address.setPlaceholderText(vendor.base_url)
        self._address = FormField("base_url", self.tr("Address"), address)
        self._kind = self._kind_field(kind)
        self._credentials = {one.id: self._fields_of(one, saved) for one in vendor.kinds}
        mail = QLineEdit(editing.me if editing else me)
        mail.setPlaceholderText(self.tr("optional"))
        mail.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._me = FormField(
            "me", self.tr("Your e-mail"), mail, help_text=self.tr("Tells which tickets are yours at this vendor.")
        )
        self._options = [sign_in_field(one, saved.get(one.name, "")) for one in vendor.options]
        self._further = QWidget()
        self._more = PushButton(self.tr("More settings"))
        self._more.setProperty("kind", "link")
        set_enter_presses(self._more, presses=False)
        self._more.clicked.connect(lambda: self._show_options(shown=self._further.isHidden()))
        self._lay_out(secret_storage)
        self._show_kind()
        self._show_options(shown=any(saved.get(one.name, one.default) != one.default for one in vendor.options))

    def _choice_field(self, name: str, caption: str, choices: Sequence[str], chosen: str) -> FormField:
        combo = ChoiceBox()
        for one in choices:
            combo.addItem(one.removesuffix("-2").replace("-", " ").capitalize(), one)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        return FormField(name, caption, combo)

    @property
    def _mark(self) -> AccountMark:
        return AccountMark(AccountColour(self._colour.text), self._icon.text)

    def _show_marks(self) -> None:
        """Show each colour with the chosen icon, and each icon in the chosen colour."""
        mark = self._mark
        for field in (self._colour, self._icon):
            assert isinstance(field.control, ChoiceBox)
            for at in range(field.control.count()):
                value = field.control.itemData(at)
                one = (
                    AccountMark(AccountColour(value), mark.icon)
                    if field is self._colour
                    else AccountMark(mark.colour, value)
                )
                field.control.setItemIcon(at, account_icon(one))

    def _kind_field(self, chosen: str) -> FormField:
        combo = ChoiceBox()
        for one in self._vendor.kinds:
            combo.addItem(one.title, one.id)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.currentIndexChanged.connect(self._show_kind)
        return FormField("kind", self.tr("Sign in with"), combo)

    def _fields_of(self, kind: SignInKind, saved: Mapping[str, str]) -> list[FormField]:
        made = []
        for one in kind.fields:
            told = " ".join(part for part in (one.help, self._vendor.secret_help) if part) if one.secret else one.help
            unchanged = self.tr("unchanged") if self._can_reuse_secret(kind.id) else ""
            made.append(sign_in_field(one, saved.get(one.name, ""), help_text=told, unchanged=unchanged))
        return made

    def _can_reuse_secret(self, kind: str) -> bool:
        return self._editing is not None and self._editing.kind == kind

    def _lay_out(self, secret_storage: str) -> None:
        column = QVBoxLayout(self)
        set_margins(column, 0, 0, GAP_SMALL, 0)
        column.setSpacing(GAP_SMALL + 1)
        column.addWidget(self._label)
        column.addWidget(self._colour)
        column.addWidget(self._icon)
        column.addWidget(self._address)
        column.addWidget(self._kind)
        self._kind.setVisible(len(self._vendor.kinds) > 1)
        for fields in self._credentials.values():
            for field in fields:
                column.addWidget(field)
        column.addWidget(self._me)
        note = label(secret_storage, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        note.setContentsMargins(0, 4, 0, 0)
        column.addWidget(note)
        if not self._vendor.checks:
            said = self.tr(
                "{vendor} offers no harmless call that proves a key, so it is not checked before it is used."
            )
            column.addWidget(
                label(said.format(vendor=self._vendor.name), role=Role.SMALL, tone=Tone.WAITING, wrap=True)
            )
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._further)
        further = QVBoxLayout(self._further)
        further.setContentsMargins(0, 0, 0, GAP)
        further.setSpacing(GAP_SMALL + 1)
        for option in self._options:
            further.addWidget(option)
        column.addStretch(1)

    # what it is told

    def set_shared(self, name: str, me: str) -> None:
        """Take over what was typed before another vendor was chosen."""
        for field, text in ((self._label, name), (self._me, me)):
            if isinstance(field.control, QLineEdit):
                field.control.setText(text)

    def show_problem(self, message: str, field: str) -> bool:
        """Say it under the field to blame; tells whether there is one of that name."""
        found = next((one for one in self._shown_fields() if one.name == field), None)
        if found is None:
            return False
        if found in self._options:
            self._show_options(shown=True)
        found.show_problem(message)
        return True

    def clear_problems(self) -> None:
        """Say nothing is wrong."""
        for one in self._shown_fields():
            one.clear_problem()

    def clear_secrets(self) -> None:
        """Empty every masked field."""
        for kind in self._vendor.kinds:
            self._secret_edit(kind).clear()

    def focus_first(self) -> None:
        """Let the agent type."""
        self._label.control.setFocus()

    # what it tells

    @property
    def shared(self) -> tuple[str, str]:
        """Name and e-mail, which hold for any vendor."""
        return self._label.text, self._me.text

    @property
    def form(self) -> AccountForm:
        """What is typed, without the secret."""
        fields = [
            *(f for f in self._credentials[self._chosen.id] if f.name != self._chosen.secret.name),
            *self._options,
        ]
        return AccountForm(
            vendor=self._vendor.id,
            label=self._label.text,
            base_url=self._address.text,
            me=self._me.text,
            kind=self._chosen.id,
            settings={one.name: one.text for one in fields},
            mark=self._mark,
        )

    @property
    def secret(self) -> str:
        """The secret as typed; empty while it stays as it is."""
        return self._secret_edit(self._chosen).text().strip()

    def missing(self) -> tuple[str, str] | None:
        """Return the words for the first field that must be filled and is not, and its name."""
        for one in self._chosen.fields:
            field = next(f for f in self._credentials[self._chosen.id] if f.name == one.name)
            needed = not self._can_reuse_secret(self._chosen.id) if one.secret else one.required
            if needed and not field.text:
                return self.tr("{field} is missing.").format(field=one.label), one.name
        return None

    # inside

    @property
    def _chosen(self) -> SignInKind:
        return next(one for one in self._vendor.kinds if one.id == self._kind.text)

    def _secret_edit(self, kind: SignInKind) -> QLineEdit:
        field = next(f for f in self._credentials[kind.id] if f.name == kind.secret.name)
        assert isinstance(field.control, QLineEdit)
        return field.control

    def _shown_fields(self) -> list[FormField]:
        return [
            self._label,
            self._colour,
            self._icon,
            self._address,
            self._kind,
            *self._credentials[self._chosen.id],
            self._me,
            *self._options,
        ]

    def _show_kind(self) -> None:
        for kind, fields in self._credentials.items():
            for field in fields:
                field.setVisible(kind == self._chosen.id)

    def _show_options(self, *, shown: bool) -> None:
        self._further.setVisible(shown)
        self._more.setVisible(bool(self._options))
        self._more.setIcon(
            icons.icon("chevron-down" if shown else "chevron-right", self._more.palette().ColorRole.Link)
        )
        self._more.setAccessibleDescription(self.tr("shown") if shown else self.tr("hidden"))
