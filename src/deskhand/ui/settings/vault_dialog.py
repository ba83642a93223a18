"""Where secrets shall live when the keyring does not answer; or the passphrase of a vault that is already there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from deskhand.domain import wording
from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.secret_edit import SecretEdit
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox

KEYRING, PASSPHRASE, SESSION = "keyring", "passphrase", "session"
SHORTEST = 8


class VaultDialog(Sheet):
    """Never decides by itself, and never keeps a secret readable on the disk.

    Args:
        problem: why the keyring (or the passphrase) did not do.
        existing: ask for the passphrase of the vault that is there, instead of offering a choice.

    Signals:
        chosen: `keyring` (try again), `passphrase` or `session`, and the passphrase.
    """

    chosen = Signal(str, str)

    def __init__(self, problem: VaultUnavailable, parent: QWidget | None = None, *, existing: bool = False) -> None:
        super().__init__("", parent, width=520, scrolls=True)
        self._existing = existing
        self._choices: dict[str, TickBox] = {}
        self._first = FormField("passphrase", self.tr("Passphrase"), SecretEdit())
        self._repeat = FormField("again", self.tr("Once more"), SecretEdit())
        self.add_button(self.tr("Quit Deskhand"), self.reject)
        self._go = self.add_button("", self._choose, kind="primary", default=True)
        if existing:
            self._ask_existing(problem)
        else:
            self._show_choices(problem)
        self.body.addStretch(1)

    def _ask_existing(self, problem: VaultUnavailable) -> None:
        self.set_title(self.tr("Open your vault"))
        self.body.addWidget(
            label(self.tr("Your credentials lie in an encrypted file. Its passphrase opens it."), wrap=True)
        )
        self.body.addWidget(self._first)
        self._repeat.hide()
        self._go.setText(self.tr("Open"))
        if problem.reason is VaultReason.WRONG_PASSPHRASE:
            self._first.show_problem(wording.problem(problem, ""))
        self._first.control.setFocus()

    def _show_choices(self, problem: VaultUnavailable) -> None:
        if problem.is_settled:
            self._show_retry(problem)
            return
        self.set_title(self.tr("Where should your credentials be kept?"))
        said = wording.problem(problem, "")
        reason = f"{said} ({problem.detail})" if problem.detail else said
        self.body.addWidget(label(reason, wrap=True, selectable=True))
        self._add_choice(
            KEYRING,
            self.tr("Try the keyring again"),
            self.tr("Best where you can unlock or start it now. Nothing is asked of you afterwards."),
        )
        self._add_choice(
            PASSPHRASE,
            self.tr("An encrypted file with a passphrase"),
            self.tr("You type the passphrase at every start. Nobody can recover it for you."),
        )
        for field in (self._first, self._repeat):
            set_margins(field, 24, 0, 0, 0)
            self.body.addWidget(field)
        self._add_choice(
            SESSION,
            self.tr("This session only"),
            self.tr("Nothing is kept: credentials, drafts and tickets are forgotten when Deskhand ends."),
        )
        likely = PASSPHRASE if problem.reason is VaultReason.PASSPHRASE_UNCHOSEN else KEYRING
        self._choices[likely].setChecked(True)
        self._choices[likely].setFocus()
        self._fit()

    def _show_retry(self, problem: VaultUnavailable) -> None:
        """The key of what is stored lies in one place only, so there is nothing to choose."""
        self.set_title(self.tr("Your profile cannot be opened yet"))
        said = wording.problem(problem, "")
        self.body.addWidget(label(said, wrap=True))
        if problem.detail:
            self.body.addWidget(label(problem.detail, role=Role.SMALL, tone=Tone.PLAIN, wrap=True, selectable=True))
        self._go.setText(self.tr("Try again"))
        self._go.setFocus()

    def _add_choice(self, kind: str, text: str, description: str) -> None:
        choice = TickBox(text, one_of_several=True)
        choice.setAccessibleDescription(description)
        choice.toggled.connect(self._fit)
        explained = label(description, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        set_margins(explained, 24, 0, 0, 4)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.setContentsMargins(0, GAP_SMALL // 2, 0, 0)
        column.addWidget(choice)
        column.addWidget(explained)
        self._choices[kind] = choice
        self.body.addLayout(column)

    # what it tells

    @property
    def kind(self) -> str:
        """What would be chosen now."""
        if self._existing:
            return PASSPHRASE
        return next((kind for kind, choice in self._choices.items() if choice.isChecked()), KEYRING)

    def choice(self, kind: str) -> TickBox:
        """Return one of the choices."""
        return self._choices[kind]

    @property
    def passphrase_field(self) -> FormField:
        """The passphrase."""
        return self._first

    @property
    def repeat_field(self) -> FormField:
        """The passphrase once more."""
        return self._repeat

    @property
    def go_button(self) -> QPushButton:
        """Goes on."""
        return self._go

    # inside

    def _fit(self) -> None:
        captions = {
            KEYRING: self.tr("Try again"),
            PASSPHRASE: self.tr("Use this passphrase"),
            SESSION: self.tr("Continue for this session"),
        }
        self._go.setText(captions[self.kind])
        for field in (self._first, self._repeat):
            field.setVisible(self.kind == PASSPHRASE)
        self.refit()

    def _choose(self) -> None:
        if self.kind != PASSPHRASE:
            self.chosen.emit(self.kind, "")
            return
        passphrase = _typed(self._first)
        if self._existing:
            if passphrase:
                self.chosen.emit(PASSPHRASE, passphrase)
            else:
                self._first.show_problem(self.tr("The passphrase is missing."))
        elif len(passphrase) < SHORTEST:
            self._first.show_problem(self.tr("Take at least {count} characters.").format(count=SHORTEST))
        elif passphrase != _typed(self._repeat):
            self._repeat.show_problem(self.tr("The two passphrases differ."))
        else:
            self.chosen.emit(PASSPHRASE, passphrase)


def _typed(field: FormField) -> str:
    """Return a passphrase as it was typed: spaces count."""
    assert isinstance(field.control, QLineEdit)
    return field.control.text()
