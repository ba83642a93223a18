"""What a row of the builder is compared with: a text, a choice, a day or a length of time, each with the editor that fits."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from deskhand.domain.filters.builder import Relation, plain_value
from deskhand.domain.filters.completion import Suggestion
from deskhand.domain.filters.fields import TIMES
from deskhand.domain.filters.syntax import Field, Period
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.figures import figure
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.number_box import NumberBox
from deskhand.ui.later.calendar_popup import CalendarPopup
from deskhand.ui.search.line_offers import LineOffers

_TYPED = (Field.TEXT, Field.SUBJECT, Field.REQUESTER, Field.NUMBER)
_OPEN = (Field.TAG, Field.ASSIGNEE, Field.RECIPIENT, Field.GROUP, Field.STATE, Field.PRIORITY)
"""Fields whose choices can also be typed: another label may be there tomorrow."""

_LONGEST_LENGTH = 999_999


class ValueEditor(QWidget):
    """One value, with its quotation marks.

    Signals:
        changed: the value is another one, because somebody chose or typed it.
        offers_wanted: what is typed, the place of the cursor, and the `LineOffers` that takes the answer.
    """

    changed = Signal(str)
    offers_wanted = Signal(str, int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._unit: ChoiceBox | None = None
        self._line: QLineEdit | None = None
        self._box: ChoiceBox | None = None
        self._number: NumberBox | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def set_value(
        self, field: Field | None, relation: Relation, value: str, choices: Sequence[Suggestion], name: str
    ) -> None:
        """Show a value in the editor of its field; without a field, a text of the language.

        Args:
            choices: what can be chosen. `name`: what a screen reader calls the editor.
        """
        shown = (field, field in TIMES and relation.is_length, tuple(choices))
        if shown != self._shown:
            self._shown = shown
            self._build(field, relation, choices, name)
        self._show(value)

    def focus_value(self) -> None:
        """Give the keyboard to the editor."""
        for part in (self._line, self._box, self._number):
            if part is not None:
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _build(self, field: Field | None, relation: Relation, choices: Sequence[Suggestion], name: str) -> None:
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._line = self._box = self._number = self._unit = None
        if field is None or field in _TYPED:
            self._line = QLineEdit()
            self._line.setAccessibleName(name)
            self._line.textEdited.connect(self.changed)
            if field is Field.REQUESTER:
                self._line.setPlaceholderText(self.tr("Name, address or @domain"))
                self._offer(self._line)
            self._place(self._line)
        elif field in TIMES and relation.is_length:
            self._build_length(name)
        else:
            self._build_choice(field, choices, name)
        if had_keyboard:
            self.focus_value()

    def _offer(self, line: QLineEdit) -> None:
        offers = LineOffers(line)
        offers.wanted.connect(lambda text, cursor: self.offers_wanted.emit(text, cursor, offers))

    def _place(self, part: QWidget, stretch: int = 1) -> None:
        self._row.addWidget(part, stretch)
        part.show()  # now: the layout would do so later, and the keyboard is about to go there

    def _build_length(self, name: str) -> None:
        self._number = NumberBox(0, _LONGEST_LENGTH)
        self._number.setKeyboardTracking(True)
        self._number.setAccessibleName(name)
        self._unit = ChoiceBox()
        self._unit.setObjectName(self.tr("Unit"))
        self._unit.setAccessibleName(self.tr("Unit"))
        for unit, title in (
            ("m", self.tr("minutes")),
            ("h", self.tr("hours")),
            ("d", self.tr("days")),
            ("w", self.tr("weeks")),
        ):
            self._unit.addItem(title, unit)
        self._number.valueChanged.connect(self._tell_length)
        self._unit.activated.connect(self._tell_length)
        self._place(self._number)
        self._place(self._unit)

    def _tell_length(self) -> None:
        assert self._number is not None
        assert self._unit is not None
        self.changed.emit(f"{self._number.value()}{self._unit.currentData()}")

    def _build_choice(self, field: Field, choices: Sequence[Suggestion], name: str) -> None:
        box = self._box = ChoiceBox()
        box.setObjectName(name)
        box.setAccessibleName(name)
        is_time = field in TIMES
        if is_time:
            for period in Period:
                box.addItem(period.value.replace("-", " "), period.value)
        is_typed = is_time or field in _OPEN
        for choice in choices:
            many = "" if choice.count is None else figure(choice.count)
            # A box takes what was typed for the line of the same words, so these are the value itself.
            box.addItem(choice.replacement if is_typed else f"{choice.label}  {many}".rstrip(), choice.replacement)
            box.setItemData(box.count() - 1, many, Qt.ItemDataRole.ToolTipRole)
        if is_typed:
            box.setEditable(True)
            box.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
            box.setCompleter(None)  # type: ignore[arg-type]  # the stubs forget that none is allowed
            line = box.lineEdit()
            assert line is not None
            line.setPlaceholderText(self.tr("2026-10-01, or choose") if is_time else self.tr("Choose or type"))
            line.textEdited.connect(self.changed)
            if not is_time:
                self._offer(line)
        box.activated.connect(lambda at: self._choose(str(box.itemData(at))))
        self._place(box)
        if is_time:
            button = IconButton("calendar", self.tr("Choose a day"), side=28)
            button.clicked.connect(lambda: self._open_calendar(button))
            self._place(button, 0)

    def _choose(self, value: str) -> None:
        self._show(value)
        self.changed.emit(value)

    def _open_calendar(self, button: IconButton) -> None:
        popup = CalendarPopup(self.tr("Choose a day"), self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.picked.connect(lambda day: self._choose(day.isoformat()))
        popup.open_at(button.mapToGlobal(button.rect().bottomLeft()))

    def _show(self, value: str) -> None:
        if self._line is not None and self._line.text() != value:
            self._line.setText(value)
        if self._number is not None and self._unit is not None:
            number, unit = value[:-1].removesuffix("mi"), value[-1:]
            unit = "m" if value.endswith("min") else unit
            for part in (self._number, self._unit):
                part.blockSignals(True)
            self._number.setValue(int(number) if number.isdecimal() else 0)
            self._unit.setCurrentIndex(max(0, self._unit.findData(unit or "h")))
            for part in (self._number, self._unit):
                part.blockSignals(False)
        if self._box is not None:
            self._show_choice(self._box, value)

    def _show_choice(self, box: ChoiceBox, value: str) -> None:
        at = box.findData(value)
        line = box.lineEdit() if box.isEditable() else None
        if line is not None:
            if plain_value(value) != plain_value(line.text()) or not line.hasFocus():
                box.setCurrentIndex(at)
                line.setText(value)
            return
        if at < 0 and value:
            box.addItem(plain_value(value), value)
            at = box.count() - 1
        box.setCurrentIndex(at)
