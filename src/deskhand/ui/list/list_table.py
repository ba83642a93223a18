"""The rows with their columns' heads over them, which are there only where the list is a table."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.list.columns_header import ColumnsHeader
from deskhand.ui.list.row_delegate import RowDelegate
from deskhand.ui.list.row_metrics import GUTTER, Density
from deskhand.ui.list.ticket_list_view import TicketListView


class ListTable(QWidget):
    """Gives the rows their density, and tells their delegate where the columns are."""

    def __init__(self, view: TicketListView, delegate: RowDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._delegate = delegate
        self._header: ColumnsHeader | None = None
        self._heads = QHBoxLayout()
        self._leave_gutter()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._heads)
        column.addWidget(view, 1)
        self.setFocusProxy(view)

    @property
    def density(self) -> Density:
        """How much of each ticket is shown."""
        return self._delegate.density

    @property
    def header(self) -> ColumnsHeader:
        """The heads; made when they are first asked for, because most lists never show them."""
        if self._header is None:
            self._header = ColumnsHeader(self)
            self._header.setVisible(self.density is Density.COLUMNS)
            self._header.arranged.connect(self._arrange)
            self._heads.addWidget(self._header)
        return self._header

    def set_density(self, density: Density) -> None:
        """Show more or less of each ticket; the first visible row stays the first."""
        if density is self._delegate.density:
            return
        first = self._view.visible_rows().start
        self._delegate.set_density(density)
        self._view.set_row_height(self._delegate.height)
        if density is Density.COLUMNS or self._header is not None:
            self.header.setVisible(density is Density.COLUMNS)
            self._column.activate()  # now: rows that are painted next ask where the heads are
            self._arrange()
        self._view.settle()
        self._view.verticalScrollBar().setValue(first * self._delegate.height)

    def _leave_gutter(self) -> None:
        """Keep the heads off the unread dots and the scroll bar; margins are not mirrored by themselves."""
        gutter, bar = GUTTER, self._view.verticalScrollBar().sizeHint().width()
        left, right = (bar, gutter) if self.isRightToLeft() else (gutter, bar)
        self._heads.setContentsMargins(left, 0, right, 0)

    def _arrange(self) -> None:
        begin = self._heads.contentsMargins().left()
        self._delegate.set_places([(column, x + begin, width) for column, x, width in self.header.places()])
        self._view.viewport().update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._leave_gutter()
            if self._header is not None:
                self._arrange()
