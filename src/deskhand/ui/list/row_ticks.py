"""Ticks in the gutter of the rows: of all while a selection is put together, else of the row under the pointer."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView

from deskhand.ui.list.row_metrics import GUTTER


class RowTicks:
    """Knows whether each row has one, not only that under the pointer, and paints all rows anew when that changes.

    Args:
        wanted: whether each row is to have one.

    Attributes:
        are_shown: whether each row had one when it was painted last.
    """

    def __init__(self, view: QAbstractItemView, wanted: Callable[[], bool]) -> None:
        self._view = view
        self._wanted = wanted
        self.are_shown = False

    def renew(self) -> None:
        """Take over what is wanted now; called before rows are painted."""
        self.are_shown = self._wanted()

    def follow(self) -> None:
        """Paint the rows that stay as they are too, where ticks come or go."""
        if self._wanted() is not self.are_shown:
            self._view.viewport().update()

    @property
    def are_wanted(self) -> bool:
        """Whether each row is to have one now, painted or not."""
        return self._wanted()

    def toggle(self, index: QModelIndex, end: Callable[[], None]) -> None:
        """Take a row into the selection, or out of it; what is read stays.

        Args:
            end: selects what is read again, where nothing is selected any more.
        """
        selection = self._view.selectionModel()
        selection.select(index, QItemSelectionModel.SelectionFlag.Toggle)
        if not selection.hasSelection():
            end()

    def is_at(self, at: QPoint) -> bool:
        """Tell whether a point of the viewport is on the tick of a row; the row under the pointer always has one."""
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        from_begin = self._view.viewport().width() - at.x() if mirrored else at.x()
        return from_begin < GUTTER and self._view.indexAt(at).isValid()
