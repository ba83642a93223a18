"""The form of a view of the agent's own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from deskhand.domain.accounts import ACCOUNT_ICONS, AccountColour
from deskhand.domain.filters.parsing import MAX_LENGTH, FilterError, parse
from deskhand.domain.queries import GroupBy, Sort
from deskhand.services.own_views import LONGEST_NAME, OwnView
from deskhand.ui.kit.account_mark import account_outline
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.form_field import LABELS, FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.square import square_icon
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox
from deskhand.ui.list.row_metrics import Density
from deskhand.ui.search.line_offers import LineOffers
from deskhand.ui.views.own_views_part import look_of

_PAUSE_MS = 200
"""After so long without a key it is looked how many tickets the filter finds."""


class ViewSheet(Sheet):
    """Name, filter, look, order and what else a view keeps.

    Args:
        title: its heading.
        view: what the fields hold at first; without an id it is a new one.
        taken: names that other views have.
        key: what opens the view, as people read it; empty = no key does.
        note: what is said above the fields: what no filter can say, or that this was typed before.

    Signals:
        submitted: the `OwnView` to keep; an answer comes by `show_problem`, or the sheet is closed.
        edited: the `OwnView` as it is typed, whenever anything changes.
        count_requested: the text of a filter, to be answered by `set_count`.
        fresh_requested: forget what was typed before.
        offers_wanted: the text of the filter and the place of the cursor, to be answered by `set_offers` of the offers.

    Attributes:
        offers: what may stand in the filter.
    """

    submitted = Signal(object)
    edited = Signal(object)
    count_requested = Signal(str)
    fresh_requested = Signal()
    offers_wanted = Signal(str, int)

    def __init__(
        self,
        title: str,
        view: OwnView,
        taken: Iterable[str],
        key: str,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=520, scrolls=True)
        self._view = view
        self._taken = {name.casefold() for name in taken}
        self._note = label(note, role=Role.SMALL, tone=Tone.WAITING, wrap=True)
        self._note.setVisible(bool(note))
        self._fresh = self._link(self.tr("Start over"))
        self._fresh.clicked.connect(self.fresh_requested)
        self._fresh.hide()
        name = QLineEdit(view.name)
        name.setMaxLength(LONGEST_NAME)
        self._name = FormField("name", self.tr("Name"), name)
        query = QLineEdit(view.query)
        query.setMaxLength(MAX_LENGTH)
        query.setPlaceholderText(self.tr("is:open priority>=high; empty finds everything"))
        self._query = FormField("query", self.tr("Filter"), query)
        self.offers = LineOffers(query)
        self.offers.wanted.connect(self.offers_wanted)
        self._found = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        set_margins(self._found, LABELS + GAP, 0, 0, 0)
        colour, icon = look_of(view)
        self._colour = self._choices("colour", self.tr("Colour"), _titled(AccountColour), colour)
        none = ("", self.tr("None: a square of the colour"))
        self._icon = self._choices("icon", self.tr("Icon"), (none, *_titled(ACCOUNT_ICONS)), icon)
        self._sort = self._choices("sort", self.tr("Order"), self._sorts(), view.sort)
        self._density = self._choices("density", self.tr("Rows"), self._densities(), view.density)
        self._groups = self._choices("group_by", self.tr("Group by"), self._groupings(), view.group_by)
        self._counter = TickBox(self.tr("Show how many tickets it has"))
        self._counter.setChecked(view.counter)
        self._pinned = TickBox(self.tr("Pinned: Tab in the list goes to it"))
        self._pinned.setChecked(view.pinned)
        said = self.tr("Opens with {key}").format(key=key) if key else self.tr("No key: the first nine views have one")
        self._key = label(said, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(lambda: self.count_requested.emit(self._query.text))
        self._lay_out()
        self._connect()
        self.add_button(self.tr("Cancel"), self.reject)
        self.add_button(self.tr("Save view"), self._submit, kind="primary", default=True)
        self._show_look()
        self._read_query()
        self.focus_on("name")

    # what it is told

    def focus_on(self, field: str) -> None:
        """Give the keyboard to a field, with its text selected."""
        control = next(each.control for each in self._fields() if each.name == field)
        control.setFocus()
        if isinstance(control, QLineEdit):
            control.selectAll()

    def set_kept(self) -> None:
        """Say that this was typed before and not saved."""
        self._note.setText(self.tr("This was typed before and not saved."))
        self._note.show()
        self._fresh.show()

    def set_values(self, view: OwnView) -> None:
        """Put other values into the fields."""
        for field in self._fields():
            value = getattr(view, field.name)
            if isinstance(field.control, QLineEdit):
                field.control.setText(value)
            elif isinstance(field.control, ChoiceBox):
                field.control.setCurrentIndex(max(0, field.control.findData(value)))
            field.clear_problem()
        self._counter.setChecked(view.counter)
        self._pinned.setChecked(view.pinned)
        self._note.hide()
        self._fresh.hide()
        self._read_query()

    def set_count(self, text: str, count: int) -> None:
        """Say how many tickets a filter finds; a text that is not there any more is passed over, and a sheet that is closed."""
        if isValid(self) and text == self._query.text and not isinstance(parse(text), FilterError):
            found = counted(count, self.tr("1 ticket now"), self.tr("{count} tickets now"))
            self._say(found, Tone.PLAIN)

    def show_problem(self, message: str) -> None:
        """Say why it cannot be kept."""
        self._name.show_problem(message)

    # what it tells

    @property
    def view(self) -> OwnView:
        """The view as it is typed."""
        texts = {field.name: field.text for field in self._fields()}
        return replace(self._view, **texts, counter=self._counter.isChecked(), pinned=self._pinned.isChecked())

    @property
    def found_text(self) -> str:
        """What stands below the filter."""
        return self._found.text()

    # inside

    def _fields(self) -> tuple[FormField, ...]:
        return (self._name, self._query, self._colour, self._icon, self._sort, self._density, self._groups)

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.addWidget(self._note, 1)
        upper.addWidget(self._fresh)
        self.body.addLayout(upper)
        self.body.addWidget(self._name)
        self.body.addWidget(self._query)
        self.body.addWidget(self._found)
        for field in (self._colour, self._icon, self._sort, self._density, self._groups):
            self.body.addWidget(field)
        self.body.addSpacing(GAP_SMALL)
        for widget in (self._counter, self._pinned, self._key):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for field in self._fields():
            if isinstance(field.control, QLineEdit):
                field.control.textChanged.connect(self._edited)
            elif isinstance(field.control, ChoiceBox):
                field.control.currentIndexChanged.connect(self._edited)
        assert isinstance(self._query.control, QLineEdit)
        self._query.control.textChanged.connect(self._read_query)
        for tick in (self._counter, self._pinned):
            tick.toggled.connect(self._edited)

    def _link(self, text: str) -> QPushButton:
        button = PushButton(text)
        button.setProperty("kind", "link")
        return button

    def _choices(self, name: str, caption: str, choices: Iterable[tuple[str, str]], chosen: str) -> FormField:
        box = ChoiceBox()
        for value, title in choices:
            box.addItem(title, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return FormField(name, caption, box)

    def _sorts(self) -> Sequence[tuple[str, str]]:
        return (
            (Sort.NEWEST.value, self.tr("Newest first")),
            (Sort.OLDEST.value, self.tr("Oldest first")),
            (Sort.PRIORITY.value, self.tr("Most urgent first")),
            (Sort.WAITING.value, self.tr("Longest wait first")),
            (Sort.STATE.value, self.tr("By state")),
            (Sort.ACCOUNT.value, self.tr("By account")),
            (Sort.ASSIGNEE.value, self.tr("By assignee")),
            (Sort.DUE.value, self.tr("Due first")),
        )

    def _densities(self) -> Sequence[tuple[str, str]]:
        return (
            ("", self.tr("As everywhere")),
            (Density.COMFORTABLE.value, self.tr("Comfortable rows")),
            (Density.COMPACT.value, self.tr("Compact rows")),
            (Density.COLUMNS.value, self.tr("Columns")),
        )

    def _groupings(self) -> Sequence[tuple[str, str]]:
        return (
            (GroupBy.NONE.value, self.tr("Nothing")),
            (GroupBy.ACCOUNT.value, self.tr("Account")),
            (GroupBy.STATE.value, self.tr("State")),
            (GroupBy.DAY.value, self.tr("Day")),
            (GroupBy.TURN.value, self.tr("Whose turn it is")),
        )

    def _edited(self) -> None:
        self._show_look()
        self.edited.emit(self.view)

    def _show_look(self) -> None:
        """Show the colours as squares, and the icons in the chosen colour."""
        for field in (self._colour, self._icon):
            box = field.control
            assert isinstance(box, ChoiceBox)
            for at in range(box.count()):
                value = box.itemData(at)
                colour = AccountColour(value if field is self._colour else self._colour.text)
                is_square = field is self._colour or not value
                box.setItemIcon(at, square_icon(colour) if is_square else account_outline(value, colour))

    def _read_query(self) -> None:
        """Say at once what is wrong with the filter, and after a pause how many tickets it finds."""
        found = parse(self._query.text)
        if isinstance(found, FilterError):
            self._pause.stop()
            self._say(self._error_text(found), Tone.WRONG)
        else:
            self._pause.start()

    def _error_text(self, error: FilterError) -> str:
        assert isinstance(self._query.control, QLineEdit)
        text = self._query.control.text().strip()
        place = text[error.position : error.position + error.length]
        if not place:
            return self.tr("At the end: {error}").format(error=error)
        said = self.tr("Character {place}, “{text}”: {error}")
        return said.format(place=error.position + 1, text=place, error=error)

    def _say(self, text: str, tone: Tone) -> None:
        self._found.setText(text)
        self._found.set_tone(tone)
        self._query.control.setAccessibleDescription(text)
        self.refit()

    def _submit(self) -> None:
        view = self.view
        if not view.name:
            self._name.show_problem(self.tr("A view needs a name."))
        elif view.name.casefold() in self._taken:
            self._name.show_problem(self.tr("There is a view of this name already."))
        elif isinstance(error := parse(view.query), FilterError):
            self._query.show_problem(self._error_text(error))
            assert isinstance(self._query.control, QLineEdit)
            begins = len(self._query.control.text()) - len(self._query.control.text().lstrip())
            self._query.control.setSelection(begins + error.position, max(error.length, 1))
        else:
            self.submitted.emit(view)


def _titled(values: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Return names of colours and icons with words that a list shows, as the form of an account does."""
    return tuple((str(value), value.removesuffix("-2").replace("-", " ").capitalize()) for value in values)
