"""Which groups of the list are folded: by a click on a head, or with the left and right arrow keys."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Signal

from deskhand.ui.list.row_model import RowModel
from deskhand.ui.list.ticket_list_view import TicketListView

_Flag = QItemSelectionModel.SelectionFlag


class Folding(QObject):
    """Folds and opens groups.

    Signals:
        changed: the agent folded or opened one; a frozenset of the keys of those that are folded.
    """

    changed = Signal(object)

    def __init__(self, model: RowModel, view: TicketListView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        view.fold_requested.connect(self._fold)

    @property
    def is_on_head(self) -> bool:
        """Whether the keyboard stands on the head of a group."""
        return self._model.head(self._view.currentIndex().row()) is not None

    def head_of(self, row: int) -> int | None:
        """Return the head of the group that a row stands in."""
        return next((head for head in reversed(self._model.heads) if head <= row), None)

    def _fold(self, row: int, folds: bool | None) -> None:
        at = self.head_of(row)
        head = self._model.head(at) if at is not None else None
        if at is None or head is None:
            return
        wanted = not head.is_folded if folds is None else folds
        if wanted is head.is_folded:
            self._step_out(row, at, is_folded=head.is_folded)
            return
        current = self._view.currentIndex().row()
        if wanted and self.head_of(current) == at:
            self._stand_on(at)
        before = self._view.motion.places()
        self._model.fold(self._model.grouping.folded ^ {head.group})
        self._view.settle()
        self._view.scrollTo(self._model.index(at, 0))
        self._view.motion.move_from(before, self._view.visible_rows())
        self.changed.emit(self._model.grouping.folded)

    def _step_out(self, row: int, at: int, *, is_folded: bool) -> None:
        """Go on where there is nothing to fold or open: from an open head to its first ticket."""
        if row == at and not is_folded:
            self._view.step(1)

    def _stand_on(self, row: int) -> None:
        selection = self._view.selectionModel()
        selection.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex(), _Flag.Clear)
