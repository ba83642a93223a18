"""The menu of the selected tickets: one or many, of one vendor or of several."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import CommandId, TicketKey
from deskhand.domain.tickets import State
from deskhand.services.bulk import BulkResult
from deskhand.services.house import House
from deskhand.sync.tasks import TaskScope
from deskhand.ui.panes.status_line import StatusLine
from deskhand.ui.widgets.ticket_list import TicketList


class SelectionPresenter(QObject):
    """Does things to what is selected in the list.

    Args:
        done: told the commands of a bulk change, so that one undo takes all of them back.
    """

    def __init__(
        self,
        tickets: TicketList,
        status: StatusLine,
        house: House,
        scope: TaskScope,
        done: Callable[[Sequence[CommandId]], None],
    ) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._status = status
        self._house = house
        self._scope = scope
        self._done = done
        tickets.context_menu_requested.connect(self.open_menu)

    def open_menu(self, at: QPoint) -> None:
        """Show what can be done to the selected tickets."""
        keys = self._list.selected()
        if keys:
            menu = self.menu_for(keys)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def menu_for(self, keys: Sequence[TicketKey]) -> QMenu:
        """Return the menu for these tickets; what not all of them can do is greyed with its reason."""
        menu = QMenu(self._list)
        menu.setToolTipsVisible(True)
        many = len(keys) > 1
        self._add(menu, self.tr("Mark as read"), lambda: self._read(keys, unread=False))
        self._add(menu, self.tr("Mark as unread"), lambda: self._read(keys, unread=True))
        menu.addSeparator()
        bulk = self._house.bulk
        cannot_assign = bulk.obstacle(keys, Feature.ASSIGN)
        self._add(menu, self.tr("Assign to me"), lambda: self._bulk(bulk.assign_to_me(keys)), cannot_assign)
        cannot_state = bulk.obstacle(keys, Feature.STATE)
        for word, meaning in (
            (self.tr("Reopen"), State.OPEN),
            (self.tr("Set to pending"), State.PENDING),
            (self.tr("Close"), State.CLOSED),
        ):
            self._add(menu, word, self._stater(keys, meaning), cannot_state)
        menu.addSeparator()
        self._add(menu, self.tr("Copy numbers") if many else self.tr("Copy number"), lambda: self._copy(keys))
        return menu

    def _add(self, menu: QMenu, word: str, run: Callable[[], None], obstacle: str = "") -> None:
        action = QAction(word, menu)
        action.setEnabled(not obstacle)
        action.setToolTip(obstacle)
        action.triggered.connect(run)
        menu.addAction(action)

    def _stater(self, keys: Sequence[TicketKey], meaning: State) -> Callable[[], None]:
        return lambda: self._bulk(self._house.bulk.set_state(keys, meaning))

    def _read(self, keys: Sequence[TicketKey], *, unread: bool) -> None:
        self._scope.start(self._house.reading.set_read(keys, unread=unread), name="read")

    def _copy(self, keys: Sequence[TicketKey]) -> None:
        numbers = [row.number or row.key.remote for row in self._house.views.rows(keys)]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        self._status.show_message(self.tr("Copied."))

    def _bulk(self, work: Awaitable[BulkResult]) -> None:
        self._scope.start(self._say(work), name="bulk")

    async def _say(self, work: Awaitable[BulkResult]) -> None:
        result = await work
        self._done(result.commands)
        parts = [self.tr("{count} changed").format(count=len(result.commands))]
        if result.unchanged:
            parts.append(self.tr("{count} were so already").format(count=result.unchanged))
        self._status.show_message(", ".join(parts) + ". " + " ".join(result.refused))
