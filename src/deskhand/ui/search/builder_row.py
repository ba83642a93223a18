"""One row of the builder: field, relation, value, and what takes it away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from deskhand.domain.filters.builder import Relation, Row, new_row, relations, with_relation, with_text, with_value
from deskhand.domain.filters.completion import Suggestion
from deskhand.domain.filters.fields import FIELDS, TIMES
from deskhand.domain.filters.syntax import Comparison, Field
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.search.value_editor import ValueEditor

Choices = Callable[[Field], Sequence[Suggestion]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("FilterBuilder", text)


_TITLES = {
    Field.TEXT: "Words",
    Field.REQUESTER: "From",
    Field.RECIPIENT: "Copy to",
    Field.SUBJECT: "Subject",
    Field.STATE: "State",
    Field.PRIORITY: "Priority",
    Field.ASSIGNEE: "Assignee",
    Field.NUMBER: "Number",
    Field.TAG: "Tag",
    Field.HAS: "Has",
    Field.IS: "Is",
    Field.WAITING: "Waiting",
    Field.UPDATED: "Changed",
    Field.CREATED: "Created",
    Field.DUE: "Due",
    Field.ACCOUNT: "Account",
    Field.VENDOR: "Vendor",
    Field.GROUP: "Group",
}
_LENGTHS = {
    Comparison.MORE: "more than … ago",
    Comparison.AT_LEAST: "at least … ago",
    Comparison.LESS: "less than … ago",
    Comparison.AT_MOST: "at most … ago",
}
_WAITS = {
    Comparison.MORE: "longer than",
    Comparison.AT_LEAST: "at least",
    Comparison.LESS: "shorter than",
    Comparison.AT_MOST: "at most",
}
_DUE = {
    Comparison.MORE: "later than in",
    Comparison.AT_LEAST: "at the earliest in",
    Comparison.LESS: "in less than",
    Comparison.AT_MOST: "in at most",
}
_DATES = {
    Comparison.IS: "on or in",
    Comparison.AT_LEAST: "from",
    Comparison.LESS: "before",
    Comparison.MORE: "after",
    Comparison.AT_MOST: "until",
}
_ORDER = {
    Comparison.MORE: "above",
    Comparison.AT_LEAST: "at least",
    Comparison.LESS: "below",
    Comparison.AT_MOST: "at most",
}


def field_title(field: Field) -> str:
    """Return what a field is called in the builder."""
    return _tr(_TITLES.get(field, field.value.capitalize()))


def relation_title(field: Field, relation: Relation) -> str:
    """Return how a relation reads between field and value."""
    if relation.is_length:
        said = {Field.WAITING: _WAITS, Field.DUE: _DUE}.get(field, _LENGTHS)[relation.comparison]
    elif field in TIMES:
        said = _DATES[relation.comparison]
    elif relation.comparison is not Comparison.IS:
        said = _ORDER[relation.comparison]
    elif field in (Field.TEXT, Field.SUBJECT):
        said = "does not have" if relation.is_not else "has"
    elif field is Field.HAS:
        said = "no" if relation.is_not else "a"
    else:
        said = "is not" if relation.is_not else "is"
    return _tr(said)


class BuilderRow(QWidget):
    """Shows a row and tells another one.

    Signals:
        changed: what is chosen now (Row). removed: the row is to go.
        offers_wanted: the value that is typed, behind its field, the place of the cursor, where the value begins, and the
            `LineOffers` that takes the answer.
    """

    changed = Signal(object)
    removed = Signal()
    offers_wanted = Signal(str, int, int, object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._row = Row("", None, "none shown")
        self._field = ChoiceBox()
        self._field.setObjectName(_tr("Field"))
        self._field.setAccessibleName(_tr("Field"))
        ordered = [*_TITLES, *(field for field in FIELDS if field not in _TITLES)]
        for field in ordered:
            self._field.addItem(field_title(field), field.value)
        self._field.addItem(_tr("As text"), "")
        self._field.activated.connect(self._choose_field)
        self._relation = ChoiceBox()
        self._relation.setObjectName(_tr("Comparison"))
        self._relation.setAccessibleName(_tr("Comparison"))
        self._relation.activated.connect(self._choose_relation)
        self._value = ValueEditor()
        self._value.changed.connect(self._change_value)
        self._value.offers_wanted.connect(self._want_offers)
        self._remove = IconButton("x", _tr("Remove this condition"), side=24)
        self._remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._field, 3)
        row.addWidget(self._relation, 3)
        row.addWidget(self._value, 6)
        row.addWidget(self._remove)
        for box in (self._field, self._relation):
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def row(self) -> Row:
        """What it shows."""
        return self._row

    @property
    def remove_button(self) -> IconButton:
        """Takes the row away."""
        return self._remove

    def set_row(self, row: Row) -> None:
        """Show a row."""
        self._row = row
        self._field.setCurrentIndex(self._field.findData("" if row.field is None else row.field.value))
        self._relation.setVisible(row.field is not None)
        if row.field is not None:
            offered = relations(row.field)
            titles = [relation_title(row.field, one) for one in offered]
            if titles != [self._relation.itemText(at) for at in range(self._relation.count())]:
                self._relation.clear()
                self._relation.addItems(titles)
            self._relation.setCurrentIndex(offered.index(row.relation))
        self._show_value()

    def focus_value(self) -> None:
        """Give the keyboard to the value."""
        self._value.focus_value()

    def _show_value(self) -> None:
        row = self._row
        choices = () if row.field is None else self._choices(row.field)
        name = _tr("Text") if row.field is None else _tr("Value")
        self._value.set_value(row.field, row.relation, row.value if row.field is not None else row.text, choices, name)

    def _choose_field(self) -> None:
        chosen = str(self._field.currentData())
        if not chosen:
            self._tell(with_text(self._row.text))
        elif self._row.field is None or chosen != self._row.field.value:
            self._tell(new_row(Field(chosen)))

    def _choose_relation(self, at: int) -> None:
        if self._row.field is not None:
            self._tell(with_relation(self._row, relations(self._row.field)[at]))

    def _want_offers(self, typed: str, cursor: int, offers: object) -> None:
        if self._row.field is not None:
            before = f"{self._row.field.value}:"
            self.offers_wanted.emit(f"{before}{typed}", len(before) + cursor, len(before), offers)

    def _tell(self, row: Row) -> None:
        self.set_row(row)
        self.changed.emit(row)

    def _change_value(self, value: str) -> None:
        """Take what was typed or chosen; the editor keeps it as it is."""
        self._row = with_text(value) if self._row.field is None else with_value(self._row, value)
        self.changed.emit(self._row)
