"""Which ticket is on screen where: the model may know a newer order that was not painted yet."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTableView

from deskhand.domain.ids import TicketKey
from deskhand.ui.list.row_model import RowModel


class PaintedRows:
    """What was painted last."""

    def __init__(self) -> None:
        self._scrolled = 0
        self._seen: dict[int, TicketKey] = {}
        self._heads: dict[int, TicketKey] = {}

    def note(self, view: QTableView, model: RowModel, rows: range) -> None:
        """Remember what is painted now."""
        self._scrolled = view.verticalScrollBar().value()
        self._seen = {at: row.key for at in rows if (row := model.cached_row(at)) is not None}
        self._heads = {at: head.key for at in rows if at not in self._seen and (head := model.head(at)) is not None}

    def forget(self) -> None:
        """Another list is shown."""
        self._seen, self._heads = {}, {}

    def key_at(self, at: QPoint, height: int) -> TicketKey | None:
        """Return the ticket that is on screen there."""
        return self._seen.get((at.y() + self._scrolled) // max(1, height))

    def places(self, height: int) -> dict[TicketKey, int]:
        """Return where each row is on screen, from the top of the viewport."""
        return {key: row * height - self._scrolled for row, key in (*self._seen.items(), *self._heads.items())}
