"""The part "Views" of the left pane: the agent's own views, below each other."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskhand.domain.accounts import ACCOUNT_ICONS, AccountColour
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.services.own_views import OwnView
from deskhand.ui.accounts.view_row import ViewRow
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.theme import GAP_SMALL, Tone, fonts_for
from deskhand.ui.views.row_drag import RowDrag


@dataclass(frozen=True, slots=True)
class OwnViewLine:
    """A view as its line shows it.

    Attributes:
        problem: what is wrong with it, in sentences; empty where nothing is.
    """

    view: OwnView
    problem: str = ""


class OwnViewsPart(QWidget):
    """A heading with a button that makes a view, and a line for each; a line stays as long as its view does.

    Signals:
        chosen, edit_requested, remove_requested: the id of a view.
        menu_requested: the id of a view, and a point on the screen.
        moved: the id of a view, and by how many places.
        new_requested: make one.
        changed: a line says something else, came or went.
        step: Up or Down was pressed on a line: the neighbour (by -1 or 1) of this widget wants the focus.
    """

    chosen = Signal(str)
    edit_requested = Signal(str)
    remove_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    moved = Signal(str, int)
    new_requested = Signal()
    changed = Signal()
    step = Signal(QWidget, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ViewRow] = {}
        self._views: tuple[OwnViewLine, ...] = ()
        self._shown = ""
        heading = label(self.tr("Views"), role=Role.SMALL, tone=Tone.PLAIN)
        heading.setFont(fonts_for(self.font()).small_medium)
        set_margins(heading, 7, 0, 0, 0)
        self._new = IconButton("plus", self.tr("New view"), side=24)
        self._new.clicked.connect(self.new_requested)
        line = QHBoxLayout()
        set_margins(line, 0, 6, GAP_SMALL - 2, 0)
        line.addWidget(heading, 1)
        line.addWidget(self._new)
        self._box = QVBoxLayout()
        self._box.setSpacing(0)
        self._drag = RowDrag(self._box, self)
        self._drag.dropped.connect(self._dropped)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(line)
        whole.addLayout(self._box)

    # what it is told

    def set_views(self, views: Sequence[OwnViewLine]) -> bool:
        """Show these views in this order; tell whether there are other lines now, or in another order."""
        if tuple(views) == self._views and self._ids() == [one.view.id for one in views]:
            return False
        self._views = tuple(views)
        wanted = {one.view.id for one in views}
        for gone in [view for view in self._rows if view not in wanted]:
            row = self._rows.pop(gone)
            self._box.removeWidget(row)
            row.deleteLater()
        for place, one in enumerate(views):
            row = self._rows.get(one.view.id) or self._make_row(one.view.id)
            row.set_name(one.view.name)
            colour, icon = look_of(one.view)
            row.set_look(colour, icon)
            row.set_note(self.tr("needs you: {why}").format(why=one.problem) if one.problem else "", Tone.WRONG)
            row.set_broken(bool(one.problem))
            if one.problem or not one.view.counter:
                row.set_count(None)
            row.set_shown(one.view.id == self._shown)
            if self._box.indexOf(row) != place:
                self._box.removeWidget(row)
                self._box.insertWidget(place, row)
        self._rows = {one.view.id: self._rows[one.view.id] for one in views}
        self.changed.emit()
        return True

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many tickets each view has, by its id; none of a view without a counter."""
        for one in self._views:
            self._rows[one.view.id].set_count(None if one.problem else counts.get(one.view.id))
        self.changed.emit()

    def set_shown(self, view: str) -> None:
        """Mark a view as what the list shows; empty = none of these."""
        self._shown = view
        for each, row in self._rows.items():
            row.set_shown(each == view)
        self.changed.emit()

    # what it tells

    @property
    def new_button(self) -> IconButton:
        """Makes a view."""
        return self._new

    def row(self, view: str) -> ViewRow | None:
        """Return the line of a view."""
        return self._rows.get(view)

    @property
    def shown_row(self) -> ViewRow | None:
        """The line of the view that the list shows."""
        return self._rows.get(self._shown)

    def lines(self) -> list[QWidget]:
        """Return what Up and Down go through, from top to bottom."""
        return sorted(self._rows.values(), key=self._box.indexOf)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, from top to bottom."""
        return [self._new, *self.lines()]

    # inside

    def _ids(self) -> list[str]:
        by_row = {row: view for view, row in self._rows.items()}
        return [by_row[row] for row in sorted(by_row, key=self._box.indexOf)]

    def _make_row(self, view: str) -> ViewRow:
        row = ViewRow("", self)
        row.clicked.connect(lambda: self.chosen.emit(view))
        row.step.connect(lambda by: self.step.emit(row, by))
        row.moved.connect(lambda by: self.moved.emit(view, by))
        row.menu_requested.connect(lambda at: self.menu_requested.emit(view, at))
        row.edit_requested.connect(lambda: self.edit_requested.emit(view))
        row.remove_requested.connect(lambda: self.remove_requested.emit(view))
        self._drag.watch(row)
        self._rows[view] = row
        return row

    def _dropped(self, row: QWidget, by: int) -> None:
        view = next((each for each, known in self._rows.items() if known is row), None)
        if view is not None:
            self.moved.emit(view, by)


def look_of(view: OwnView) -> tuple[str, str]:
    """Return colour and icon of a view: one of the accounts' colours, and an icon or none; a name that is unknown here is left out."""
    colour = view.colour if view.colour in tuple(AccountColour) else AccountColour.SLATE.value
    return colour, view.icon if view.icon in ACCOUNT_ICONS else ""
