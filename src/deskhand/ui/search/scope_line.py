"""Above the hits of a search: where is looked, what there is elsewhere, and customers whose name or address fits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.services.search_scopes import SearchScope
from deskhand.ui.kit import icons
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.one_line import on_one_line
from deskhand.ui.kit.pill_button import PillButton
from deskhand.ui.kit.theme import fonts_for


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One place to look in; `why_not` is why that cannot be chosen, empty where it can."""

    scope: SearchScope
    label: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer who fits: what is said of them, and what is looked for to list all of their tickets."""

    said: str
    name: str
    email: str


class ScopeLine(QWidget):
    """Hidden outside a search.

    Signals:
        scope_chosen: a SearchScope.
        wider_requested: look everywhere.
        person_chosen: one of the customers (Person).
    """

    scope_chosen = Signal(object)
    wider_requested = Signal()
    person_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Where is looked"))
        self._pills: dict[SearchScope, PillButton] = {}
        self._places = QWidget()
        row = FlowLayout(self._places, gap=6, line_gap=4)
        row.setContentsMargins(0, 0, 0, 0)
        for scope in SearchScope:
            pill = PillButton("")
            pill.clicked.connect(lambda _checked=False, scope=scope: self._choose(scope))
            self._pills[scope] = pill
            row.addWidget(pill)
        self._wider = self._link()
        self._wider.clicked.connect(self.wider_requested)
        row.addWidget(self._wider)
        self._wider.hide()
        self._people = QWidget()
        self._people_row = FlowLayout(self._people, gap=10, line_gap=0)
        self._people_row.setContentsMargins(0, 0, 0, 0)
        self._people.hide()
        self._links: list[QPushButton] = []
        self._shown_people: tuple[Person, ...] = ()
        self._scope = SearchScope.EVERYWHERE
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self._places)
        whole.addWidget(self._people)
        self.hide()

    def _link(self) -> QPushButton:
        button = PushButton()
        button.setProperty("kind", "link")
        button.setFont(fonts_for(self.font()).small_medium)
        return button

    def set_choices(self, choices: Sequence[ScopeChoice], scope: SearchScope) -> None:
        """Offer these places; one of them is looked in."""
        self._scope = scope
        for choice in choices:
            pill = self._pills[choice.scope]
            text = on_one_line(choice.label)
            if text != pill.text():
                pill.setText(text)
                pill.updateGeometry()
            pill.setEnabled(not choice.why_not)
            pill.setToolTip(choice.why_not)
            pill.setAccessibleDescription(choice.why_not)
            pill.setChecked(choice.scope is scope)

    def set_wider(self, text: str) -> None:
        """Say what there is elsewhere, as a button that leads there; empty where there is nothing."""
        if text != self._wider.text():
            self._wider.setText(text)
            self._wider.updateGeometry()
        self._wider.setVisible(bool(text))

    def set_people(self, people: Sequence[Person]) -> None:
        """Name customers whose tickets can all be listed."""
        if tuple(people) == self._shown_people:
            return
        self._shown_people = tuple(people)
        for link in self._links:
            self._people_row.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = []
        for person in people:
            link = self._link()
            link.setText(on_one_line(person.said))
            link.setIcon(icons.icon("user"))
            link.clicked.connect(lambda _checked=False, person=person: self.person_chosen.emit(person))
            self._links.append(link)
            self._people_row.addWidget(link)
        self._people.setVisible(bool(people))

    @property
    def wider(self) -> QPushButton:
        """Leads to what there is elsewhere."""
        return self._wider

    @property
    def people(self) -> tuple[QPushButton, ...]:
        """The customers who fit."""
        return tuple(self._links)

    def _choose(self, scope: SearchScope) -> None:
        self._pills[scope].setChecked(scope is self._scope)  # a click has toggled it
        self.scope_chosen.emit(scope)
