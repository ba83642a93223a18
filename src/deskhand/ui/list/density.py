"""How dense the rows of each view are, and which columns its table has: chosen by key, by mouse or in the settings, and kept."""

from PySide6.QtCore import QObject, QPoint, Signal

from deskhand.domain.queries import Sort, TicketQuery
from deskhand.services.own_views import OwnViews
from deskhand.services.settings import Settings
from deskhand.sync.tasks import TaskScope
from deskhand.ui.list.arrangement import clicked_order, view_key
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.row_metrics import Density


class DensityPresenter(QObject):
    """Shows the rows of a view as densely as the agent chose for it, or for all.

    Signals:
        table_shown: the list is a table now, which takes all the room, or no more.
        look_requested: the current ticket is to be shown beside the table, or no more.
    """

    table_shown = Signal(bool)
    look_requested = Signal()

    def __init__(
        self, lists: ListPresenter, pane: ListPane, settings: Settings, views: OwnViews, scope: TaskScope
    ) -> None:
        super().__init__(pane)
        self._views = views
        self._lists = lists
        self._pane = pane
        self._settings = settings
        self._scope = scope
        lists.query_changed.connect(self.show)
        lists.tickets.view.look_requested.connect(self.look_in)
        pane.density_chosen.connect(self.choose)
        self._columns_of = ""

    @property
    def usual(self) -> Density:
        """How dense the rows of views are that have none of their own."""
        return _density(self._settings.density())

    def choose(self, density: Density) -> None:
        """Show the rows of this view so from now on."""
        self._scope.replace(self._keep_here(density), name="density")

    async def _keep_here(self, density: Density) -> None:
        query = self._lists.query
        if self._views.get(query.view) is None:
            await self._keep(density, view_key(query, "density"))
        else:
            await self._views.change(query.view, density=density.value)
            self.show()

    def choose_columns(self) -> None:
        """Show the list as a table, and let the agent choose its columns."""
        self._scope.replace(self._show_menu(), name="density")

    async def _show_menu(self) -> None:
        await self._keep_here(Density.COLUMNS)
        self._open_chooser()

    def _open_chooser(self, at: QPoint | None = None) -> None:
        from deskhand.ui.list.column_chooser import open_chooser

        chooser = open_chooser(self._lists.tickets.table.header, self._lists.query.group_by, at)
        chooser.groups_chosen.connect(self._lists.group_by)
        chooser.cards_requested.connect(lambda: self.choose(Density.COMFORTABLE))

    def look_in(self) -> None:
        """Show the current ticket beside the table, or only the table again; elsewhere it is shown already."""
        if self._lists.tickets.table.density is Density.COLUMNS:
            self.look_requested.emit()

    def choose_usual(self, density: Density) -> None:
        """Show all views so that have none of their own."""
        self._scope.replace(self.keep_usual(density), name="usual density")

    async def keep_usual(self, density: Density) -> None:
        """Keep that all views are shown so that have none of their own."""
        await self._keep(density)

    async def _keep(self, density: Density, key: str = "") -> None:
        await self._settings.set_density(density.value, key)
        self.show()

    def show(self) -> None:
        """Show the rows as densely as it is kept now."""
        query, table = self._lists.query, self._lists.tickets.table
        own = self._views.get(query.view)
        chosen = (
            self._settings.density(view_key(query, "density"))
            if own is None
            else own.density or self._settings.density()
        )
        density = _density(chosen)
        table.set_density(density)
        self._pane.set_density(density)
        if density is Density.COLUMNS:
            self._show_columns(query)
        self.table_shown.emit(density is Density.COLUMNS)

    def _show_columns(self, query: TicketQuery) -> None:
        header = self._lists.tickets.table.header
        key = view_key(query, "columns")
        if not self._columns_of:
            header.arranged_by_hand.connect(self._keep_columns)
            header.sort_chosen.connect(self._sort)
            header.chooser_requested.connect(self._open_chooser)
        if key != self._columns_of:
            self._columns_of = key
            header.restore(self._settings.text(key))
        header.set_sort(query.sort, query.then)

    def _keep_columns(self) -> None:
        arrangement = self._lists.tickets.table.header.arrangement
        key = view_key(self._lists.query, "columns")
        self._scope.replace(self._settings.put(key, arrangement), name="columns")

    def _sort(self, sorts: tuple[Sort, ...], second: bool) -> None:
        self._lists.order_by(*clicked_order(sorts, self._lists.query, second=second))


def _density(stored: str) -> Density:
    return Density(stored) if stored in tuple(Density) else Density.COMFORTABLE
