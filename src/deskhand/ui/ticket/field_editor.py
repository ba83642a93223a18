"""One value of a form, asked for as its kind wants: a line, a text, a number, a date, a tick, a choice, tags."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deskhand.content.addresses import obstacle
from deskhand.content.ticket_tags import check_tags, read_tags
from deskhand.domain import wording
from deskhand.domain.capabilities import FieldKind, FormField
from deskhand.domain.tickets import FieldValue
from deskhand.ui.composer.composition import Composition
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.labels import Role, ToneLabel, label, literal_tip, name_choice
from deskhand.ui.kit.theme import Tone
from deskhand.ui.kit.tick_box import TickBox

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


class ChoiceCombo(ChoiceBox):
    """A combo box that the wheel never changes: here a choice is sent as soon as it is made."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet colours rows of this one only
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def field_name(
    field: FormField,
    parent: QWidget,
    *,
    role: Role = Role.BODY,
    tone: Tone | None = None,
    wrap: bool = False,
    needed: bool = False,
) -> ToneLabel:
    """Return the name that stands with a field's editor; its tooltip is the vendor's own word where that is written otherwise.

    Args:
        needed: it has the mark of what has to be filled in.
    """
    title = wording.vendor_title(field.label)
    made = label(f"{title} *" if needed else title, parent, role=role, tone=tone, wrap=wrap)
    if title != field.label:
        made.setToolTip(literal_tip(field.label))
    return made


class FieldEditor(QWidget):
    """An editor for a `FormField`.

    Signals:
        changed: the agent typed or chose.
        committed: the agent is done and the value differs from the one that was set: the new value.
        half_typed_changed: what stands half typed is another text.
    """

    changed = Signal()
    committed = Signal(object)
    half_typed_changed = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._base: FieldValue = None
        self._untouched = ""
        self._line: QLineEdit | None = None
        self._text: QPlainTextEdit | None = None
        self._check: TickBox | None = None
        self._combo: QComboBox | None = None
        self._control = self._made()
        self._control.setAccessibleName(wording.vendor_title(field.label))
        self._control.setObjectName(field.name)
        self.setFocusProxy(self._control)
        self.composition = Composition(self._typed_in)
        self._problem = label("", self, role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._control)
        column.addWidget(self._problem)
        self.set_value(field.default or None)
        self.changed.connect(self.half_typed_changed)
        self.committed.connect(lambda _value: self.half_typed_changed.emit())

    @property
    def control(self) -> QWidget:
        """The control itself, to name it or to give it the keyboard."""
        return self._control

    def _made(self) -> QWidget:
        field = self.field
        match field.kind:
            case FieldKind.TEXT:
                self._text = QPlainTextEdit(self)
                self._text.setTabChangesFocus(True)
                self._text.setFixedHeight(5 * self.fontMetrics().lineSpacing() + 16)
                self._text.textChanged.connect(self._typed)
                self._text.installEventFilter(self)
                return self._text
            case FieldKind.CHECK:
                self._check = TickBox(parent=self)
                self._check.clicked.connect(self._chosen)
                return self._check
            case FieldKind.CHOICE:
                self._combo = self._made_combo()
                return self._combo
            case _:
                self._line = QLineEdit(self)
                self._line.setPlaceholderText(self._hint())
                if field.max_length:
                    self._line.setMaxLength(field.max_length)
                self._line.textEdited.connect(self._typed)
                self._line.editingFinished.connect(self._commit)
                return self._line

    def _made_combo(self) -> QComboBox:
        combo = ChoiceCombo(self)
        name_choice(combo, wording.vendor_title(self.field.label))
        combo.addItem("", "")
        for identifier, text in self.field.choices:
            combo.addItem(" ".join(text.split()), identifier)
        if self.field.open_ended:
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = QLineEdit(combo)
            combo.setLineEdit(line)
            line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
            line.setAccessibleName(wording.vendor_title(self.field.label))
            line.textEdited.connect(self._typed)
            line.editingFinished.connect(self._commit)
        combo.activated.connect(self._chosen)
        return combo

    def _hint(self) -> str:
        match self.field.kind:
            case FieldKind.DATE:
                return self.tr("year-month-day")
            case FieldKind.EMAIL:
                return "name@example.com"
            case FieldKind.TAGS:
                return self.tr("one, another")
            case _:
                return ""

    @property
    def _typed_in(self) -> QWidget:
        return self._combo.lineEdit() or self._control if self._combo is not None else self._control

    # --- value ---

    def value(self) -> FieldValue:
        """Return what is entered, in the type that the kind has; None where nothing is."""
        if self._check is not None:
            return self._check.isChecked()
        text = self.text()
        if not text:
            return None
        match self.field.kind:
            case FieldKind.TAGS:
                return read_tags(text).tags
            case FieldKind.NUMBER if _NUMBER.match(text):
                number = float(text.replace(",", "."))
                return int(number) if number.is_integer() and "." not in text and "," not in text else number
            case _:
                return text

    def text(self) -> str:
        """Return what is entered, as it would be sent."""
        if self._combo is not None:
            return self._chosen_id(self._combo)
        if self._text is not None:
            return self._text.toPlainText()
        return self._line.text().strip() if self._line is not None else ""

    def _chosen_id(self, combo: QComboBox) -> str:
        typed = combo.currentText().strip()
        index = combo.currentIndex()
        if not self.field.open_ended or (index >= 0 and combo.itemText(index) == typed):
            return str(combo.itemData(index) or "") if index >= 0 else ""
        known = next((i for i in range(combo.count()) if combo.itemText(i).casefold() == typed.casefold()), -1)
        return str(combo.itemData(known)) if known >= 0 else typed

    @property
    def is_edited(self) -> bool:
        """Whether the agent is at it, or left it with what is no value yet: nothing may be put over that."""
        opened = self._combo is not None and self._combo.view().isVisible()
        return opened or self._entered() != self._untouched

    @property
    def is_being_edited(self) -> bool:
        """Whether the agent is at it or has the keyboard in it: it must not go, or what is typed next goes somewhere else."""
        focus = QApplication.focusWidget()
        return self.is_edited or (focus is not None and self.isAncestorOf(focus))

    def set_value(self, value: FieldValue) -> None:
        """Show a value, unless the agent is changing it just now."""
        if not self.is_edited:
            self._show(value)

    def _show(self, value: FieldValue) -> None:
        self._write_value(value)
        self._untouched = self._entered()

    def _write_value(self, value: FieldValue) -> None:
        self._base = value
        if _same(value) == _same(self.value()):
            return
        shown = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        if self._check is not None:
            self._check.setChecked(bool(value))
        elif self._combo is not None:
            self._show_choice(self._combo, shown)
        elif self._text is not None:
            self._text.setPlainText(shown)
        elif self._line is not None:
            self._line.setText(shown)
            self._line.setCursorPosition(0)  # of what is too long its beginning is seen

    @property
    def half_typed(self) -> str:
        """What was typed and is not sent yet, because it is no value or because the agent is still at it."""
        return "" if self._check is not None or self._entered() == self._untouched else self._entered()

    def _entered(self) -> str:
        """Return what can be seen, as a text."""
        if self._check is not None:
            return "yes" if self._check.isChecked() else ""
        return self._combo.currentText() if self._combo is not None else self.text()

    def begin(self, value: FieldValue, half_typed: str = "") -> None:
        """Show another ticket's value, whatever the agent is typing, and what was half typed there before."""
        self.composition.drop()
        self.show_problem("")
        if self._combo is not None:
            self._combo.hidePopup()
        self._show(value)
        if half_typed and self._combo is not None and self._combo.isEditable():
            self._combo.setEditText(half_typed)
        elif half_typed and self._text is not None:
            self._text.setPlainText(half_typed)
        elif half_typed and self._line is not None:
            self._line.setText(half_typed)

    def reset(self) -> None:
        """Show again what was set last: what was typed since is put aside, or given up."""
        self.begin(self._base)

    def _show_choice(self, combo: QComboBox, value: str) -> None:
        index = combo.findData(value)
        if index < 0 and value:
            # What a vendor sent and does not list is kept and shown as it is.
            combo.addItem(value, value)
            index = combo.count() - 1
        combo.setCurrentIndex(max(0, index))

    def set_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer other choices; the value stays."""
        if self._combo is None or choices == self.field.choices or self.is_edited:
            return
        value = self.text()
        self.field = _with_choices(self.field, choices)
        self._combo.clear()
        self._combo.addItem("", "")
        for identifier, text in choices:
            self._combo.addItem(" ".join(text.split()), identifier)
        self._show_choice(self._combo, value)
        self._untouched = self._entered()

    # --- judging ---

    def obstacle(self) -> str:
        """Return why this cannot be sent, in words; empty where it can."""
        text = self.text() if self._check is None else ""
        if not text:
            return self.tr("This is needed.") if self.field.required and self._check is None else ""
        match self.field.kind:
            case FieldKind.DATE if not _DATE.match(text):
                return self.tr("Write it as year-month-day, for example 2026-12-01.")
            case FieldKind.NUMBER if not _NUMBER.match(text):
                return self.tr("This is no number.")
            case FieldKind.TAGS if why := check_tags(read_tags(text).refused):
                return why
            case FieldKind.EMAIL if why := obstacle(text):
                return self.tr("This is no e-mail address: {why}.").format(why=why)
            case _:
                return ""

    def show_problem(self, message: str) -> None:
        """Say what is wrong, below the control; empty takes it away."""
        if self._problem.text() == message:
            return
        self._problem.setText(message)
        self._problem.setVisible(bool(message))
        self._control.setProperty("wrong", "true" if message else "false")
        self._control.setAccessibleDescription(message or self.field.help)
        self._control.style().unpolish(self._control)
        self._control.style().polish(self._control)

    def set_possible(self, possible: bool, reason: str) -> None:
        """Let it be edited, or say why not."""
        self._control.setEnabled(possible)
        self.setToolTip(literal_tip("" if possible else reason))
        self._control.setAccessibleDescription("" if possible else reason)

    # --- the agent ---

    def _typed(self) -> None:
        if self._problem.text():
            self.show_problem("")
        self.changed.emit()

    def _chosen(self) -> None:
        self._typed()
        self._commit()

    def _commit(self) -> None:
        value = self.value()
        if self._entered() == self._untouched or _same(value) == _same(self._base):
            return
        obstacle = self.obstacle()
        self.show_problem(obstacle)
        if not obstacle:
            self._base, self._untouched = value, self._entered()
            self.committed.emit(value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._text and isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            self._commit()
        return super().eventFilter(watched, event)


def editor_name(field: str) -> str:
    """Return what a field's editor is called among all of a ticket's."""
    return f"field.{field}"


def half_typed_in(editors: Mapping[str, FieldEditor]) -> dict[str, str]:
    """Return what stands half typed in the editors of fields, by the editors' names."""
    return {editor_name(field): editor.half_typed for field, editor in editors.items()}


def _same(value: FieldValue) -> object:
    """Nothing, an empty text and an unticked box say the same."""
    return None if value in ("", (), False) else value


def _with_choices(field: FormField, choices: tuple[tuple[str, str], ...]) -> FormField:
    return FormField(
        field.name,
        field.label,
        field.kind,
        field.required,
        choices,
        field.open_ended,
        field.help,
        field.max_length,
        field.default,
    )
