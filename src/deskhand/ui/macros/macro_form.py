"""One macro: its name, key, steps, the accounts that it is for, and what these lack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.accounts import ACCOUNT_ICONS
from deskhand.domain.ids import AccountId
from deskhand.services.macro_steps import MacroStep, StepKind
from deskhand.services.macros import COLOURS, LEAVE_OUT, REFUSE, Macro
from deskhand.services.settings import Snippet
from deskhand.ui.actions.keymap import shown
from deskhand.ui.composer.composition import Composition, finish_composition
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.confirm import ConfirmDialog
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.macros.step_row import StepRow
from deskhand.ui.settings.key_capture import KeyCapture

ICONS = ("list-ordered", "reply", "check", "tag", "flag", "star", "alarm-clock", "send", *ACCOUNT_ICONS)


class MacroForm(Sheet):
    """Edits a macro; what was typed is not discarded without a question.

    Args:
        accounts: labels, by id.
        lacking: returns what accounts lack of a macro, by label, each in a sentence.
        why_not: returns why a macro cannot be kept, in a sentence; empty where it can.
        why_no_key: returns why a key cannot be this macro's, in a sentence; empty where it can.
        meant: returns what a typed time means now.

    Signals:
        saved: the macro (`Macro`).
    """

    saved = Signal(object)

    def __init__(
        self,
        macro: Macro,
        parent: QWidget,
        *,
        accounts: Mapping[AccountId, str],
        snippets: Sequence[Snippet],
        lacking: Callable[[Macro], Mapping[str, Sequence[str]]],
        why_not: Callable[[Macro], str],
        why_no_key: Callable[[str], str],
        meant: Callable[[str], str],
    ) -> None:
        super().__init__("", parent, width=680, scrolls=True)
        self.set_title(self.tr("Edit the macro") if macro.id else self.tr("New macro"))
        self._macro, self._lacking, self._why_not = macro, lacking, why_not
        self._why_no_key, self._meant, self._snippets = why_no_key, meant, tuple(snippets)
        self._key = macro.key
        self._name = FormField("name", self.tr("Name"), QLineEdit(macro.name))
        Composition(self._name.control)
        self.body.addWidget(self._name)
        self.body.addWidget(label(self.tr("Steps"), role=Role.MEDIUM))
        said = self.tr(
            "The reply goes first, and all other steps wait until it was sent. Places: {name}, {full name}, {number}, {subject}."
        )
        self.body.addWidget(label(said, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self._rows: list[StepRow] = []
        self._steps = QVBoxLayout()
        self._steps.setSpacing(GAP_SMALL)
        self.body.addLayout(self._steps)
        self._add = PushButton(self.tr("Add a step"))
        set_enter_presses(self._add, presses=False)
        self._add.clicked.connect(self._add_step)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addLayout(self._key_line())
        self._lack = ChoiceBox()
        self._lack.addItem(self.tr("leave that step out, and say so before"), LEAVE_OUT)
        self._lack.addItem(self.tr("do nothing there"), REFUSE)
        self._lack.setCurrentIndex(int(macro.lacking == REFUSE))
        self._lack.currentIndexChanged.connect(lambda _index: self._tell())
        self.body.addWidget(FormField("lacking", self.tr("Where a step is lacking"), self._lack))
        self._icon, self._colour = self._look(macro)
        self._ticks = self._account_ticks(accounts, macro)
        self._lacks = label(role=Role.SMALL, tone=Tone.WAITING, wrap=True)
        self._problem = label(role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._lacks)
        self.body.addWidget(self._problem)
        self.add_button(self.tr("Cancel"), self.reject)
        self.add_button(self.tr("Save"), self._save, kind="primary", default=True)
        for step in macro.steps or (MacroStep(StepKind.REPLY),):
            self._append(step)
        self._before = self.macro
        self._tell()
        self._name.control.setFocus()

    # --- parts ---

    def _key_line(self) -> QHBoxLayout:
        self._capture = KeyCapture(self.tr("Key of the macro"))
        self._capture.setFixedWidth(150)
        self._capture.captured.connect(self._take_key)
        self._no_key = PushButton(self.tr("No key"))
        set_enter_presses(self._no_key, presses=False)
        self._no_key.clicked.connect(lambda: self._take_key(""))
        self._key_said = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        caption = label(self.tr("Key"), tone=None)
        caption.setFixedWidth(112)
        line.addWidget(caption)
        line.addWidget(self._capture)
        line.addWidget(self._no_key)
        line.addWidget(self._key_said, 1)
        self._show_key("")
        return line

    def _take_key(self, key: str) -> None:
        why = self._why_no_key(key) if key else ""
        if not why:
            self._key = key
        self._show_key(why)
        self._tell()

    def _show_key(self, problem: str) -> None:
        now = shown([self._key])[0] if self._key else self.tr("none")
        self._key_said.setText(problem or now)
        self._key_said.set_tone(Tone.WRONG if problem else Tone.PLAIN)
        self._no_key.setEnabled(bool(self._key))

    def _look(self, macro: Macro) -> tuple[ChoiceBox, ChoiceBox]:
        from deskhand.ui.kit import icons

        icon, colour = ChoiceBox(), ChoiceBox()
        icon.addItem(self.tr("usual"), "")
        for name in dict.fromkeys(ICONS):
            icon.addItem(icons.icon(name), name.replace("-", " "), name)
        for name in COLOURS:
            colour.addItem(name or self.tr("none"), name)
        for box, value in ((icon, macro.icon), (colour, macro.colour)):
            box.setCurrentIndex(max(0, box.findData(value)))
            box.currentIndexChanged.connect(lambda _index: self._tell())
        self.body.addWidget(FormField("icon", self.tr("Icon"), icon))
        self.body.addWidget(FormField("colour", self.tr("Colour"), colour))
        return icon, colour

    def _account_ticks(self, accounts: Mapping[AccountId, str], macro: Macro) -> dict[AccountId, TickBox]:
        ticks: dict[AccountId, TickBox] = {}
        if len(accounts) > 1:
            self.body.addWidget(label(self.tr("Only for these accounts (none ticked: for all)"), role=Role.MEDIUM))
        for account, name in accounts.items():
            tick = TickBox(name)
            tick.setChecked(account in macro.accounts)
            tick.setVisible(len(accounts) > 1)
            tick.toggled.connect(lambda _on: self._tell())
            self.body.addWidget(tick)
            ticks[account] = tick
        return ticks

    # --- steps ---

    def _append(self, step: MacroStep) -> StepRow:
        row = StepRow(step, self._snippets, self._meant)
        row.changed.connect(self._tell)
        row.moved.connect(lambda by: self._move(row, by))
        row.removed.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._steps.addWidget(row)
        return row

    def _add_step(self) -> None:
        used = {row.step.kind for row in self._rows}
        kinds = (StepKind.REPLY, StepKind.STATE, StepKind.ADD_TAGS, StepKind.PRIORITY, StepKind.ASSIGN, StepKind.LATER)
        free = next((kind for kind in kinds if kind not in used), StepKind.ADD_TAGS)
        row = self._append(MacroStep(free))
        self._tell()
        self.refit()
        row.focus()
        self.bring_into_view(row)

    def _move(self, row: StepRow, by: int) -> None:
        place = self._rows.index(row)
        to = min(max(place + by, 0), len(self._rows) - 1)
        self._rows.insert(to, self._rows.pop(place))
        self._steps.removeWidget(row)
        self._steps.insertWidget(to, row)
        self._tell()

    def _drop(self, row: StepRow) -> None:
        self._rows.remove(row)
        self._steps.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._tell()
        self.refit()
        self._add.setFocus()

    # --- what it says ---

    @property
    def macro(self) -> Macro:
        """What the form says."""
        return replace(
            self._macro,
            name=self._name.text.strip(),
            steps=tuple(row.step for row in self._rows),
            icon=str(self._icon.currentData()),
            colour=str(self._colour.currentData()),
            key=self._key,
            lacking=str(self._lack.currentData()),
            accounts=tuple(account for account, tick in self._ticks.items() if tick.isChecked()),
        )

    def _tell(self) -> None:
        """Number the steps, and say what the accounts lack."""
        if not hasattr(self, "_lacks"):
            return
        for number, row in enumerate(self._rows, 1):
            row.set_place(number, len(self._rows))
        lines = [f"{name}: {one}" for name, said in self._lacking(self.macro).items() for one in said]
        self._lacks.setText("\n".join(lines))
        self._lacks.setVisible(bool(lines))
        self._problem.hide()

    def _save(self) -> None:
        if why := self._why_not(self.macro):
            self._problem.setText(why)
            self._problem.show()
            self.refit()
            self.bring_into_view(self._problem)
            self.announce(why)
            return
        self.saved.emit(self.macro)
        self.accept()

    @override
    def reject(self) -> None:
        finish_composition()
        if self.macro == self._before:
            super().reject()
            return
        question = ConfirmDialog(self.tr("Discard what you typed?"), "", self.tr("Discard"), self, danger=True)
        question.confirmed.connect(lambda: self.done(self.DialogCode.Rejected.value))
        question.open()
