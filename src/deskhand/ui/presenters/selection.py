"""What is done to the selected tickets, by menu or by key: one or many, of one vendor or of several."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import State
from deskhand.services.bulk import MOST, BulkResult
from deskhand.services.house import House
from deskhand.sync.tasks import TaskScope
from deskhand.ui.panes.status_line import StatusLine
from deskhand.ui.presenters.changing import UNDO_SECONDS
from deskhand.ui.presenters.undoing import Part, inverse
from deskhand.ui.widgets.ticket_list import TicketList

MARKED = 10_000
"""Tickets that are marked as read or copied at once: nothing leaves this computer by it."""


class SelectionPresenter(QObject):
    """Does things to what is selected in the list.

    Args:
        done: told the parts of a bulk change; returns what takes all of them back.
    """

    def __init__(
        self,
        tickets: TicketList,
        status: StatusLine,
        house: House,
        scope: TaskScope,
        done: Callable[[Sequence[Part]], Callable[[], None]],
    ) -> None:
        super().__init__(tickets)
        self._list = tickets
        self._status = status
        self._house = house
        self._scope = scope
        self._done = done
        tickets.context_menu_requested.connect(self.open_menu)

    # --- keys ---

    @property
    def is_several(self) -> bool:
        """Whether a key is meant for what is selected and not for the ticket that is open."""
        return self._list.is_several

    def pick(self) -> None:
        """Take the current ticket into the selection, or out of it, and say how many there are."""
        self._list.pick()
        if self._list.is_several:
            said = self.tr("{count} selected. X adds or removes a ticket, Esc ends.")
            self._status.show_message(said.format(count=self._list.selected_count))

    def select_all(self) -> None:
        """Select everything in the list, and say how many there are."""
        self._list.select_all()
        if self._list.is_several:
            self._status.show_message(self.tr("{count} selected.").format(count=f"{self._list.selected_count:,}"))

    def close(self) -> None:
        """Close what is selected."""
        self._change(Feature.STATE, lambda keys: self._house.bulk.set_state(keys, State.CLOSED))

    def reopen(self) -> None:
        """Reopen what is selected."""
        self._change(Feature.STATE, lambda keys: self._house.bulk.set_state(keys, State.OPEN))

    def assign_to_me(self) -> None:
        """Take what is selected."""
        self._change(Feature.ASSIGN, self._house.bulk.assign_to_me)

    def mark_unread(self) -> None:
        """Make what is selected new again."""
        if self._is_few(MARKED):
            count = self._list.selected_count
            self._read(self._list.selected(MARKED), unread=True)
            self._status.show_message(self.tr("{count} marked as unread.").format(count=f"{count:,}"))

    def copy_numbers(self) -> None:
        """Copy the numbers of what is selected, one to a line."""
        if self._is_few(MARKED):
            self._copy(self._list.selected(MARKED))

    def why_not(self, feature: Feature) -> str:
        """Return why this cannot be done to all that is selected; empty where it can."""
        return self._too_many(MOST) or self._house.bulk.obstacle(self._list.selected(MOST), feature)

    def _change(self, feature: Feature, work: Callable[[Sequence[TicketKey]], Awaitable[BulkResult]]) -> None:
        if why := self.why_not(feature):
            self._status.show_message(why)
        else:
            self._bulk(work(self._list.selected(MOST)))

    def _is_few(self, most: int) -> bool:
        if why := self._too_many(most):
            self._status.show_message(why)
        return not why

    def _too_many(self, most: int) -> str:
        count = self._list.selected_count
        if count <= most:
            return ""
        words = self.tr("{count} are selected; at most {most} can be changed at once.")
        return words.format(count=f"{count:,}", most=f"{most:,}")

    # --- menu ---

    def open_menu(self, at: QPoint) -> None:
        """Show what can be done to the selected tickets."""
        keys = self._list.selected(MARKED)
        if keys:
            menu = self.menu_for(keys)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def menu_for(self, keys: Sequence[TicketKey]) -> QMenu:
        """Return the menu for these tickets; what not all of them can do is greyed with its reason."""
        menu = QMenu(self._list)
        menu.setToolTipsVisible(True)
        many = len(keys) > 1
        too_many = self._too_many(MARKED)
        self._add(menu, self.tr("Mark as read"), lambda: self._read(keys, unread=False), too_many)
        self._add(menu, self.tr("Mark as unread"), lambda: self._read(keys, unread=True), too_many)
        menu.addSeparator()
        bulk = self._house.bulk
        cannot_assign = self._too_many(MOST) or bulk.obstacle(keys, Feature.ASSIGN)
        self._add(menu, self.tr("Assign to me"), lambda: self._bulk(bulk.assign_to_me(keys)), cannot_assign)
        cannot_state = self._too_many(MOST) or bulk.obstacle(keys, Feature.STATE)
        for word, meaning in (
            (self.tr("Reopen"), State.OPEN),
            (self.tr("Set to pending"), State.PENDING),
            (self.tr("Close"), State.CLOSED),
        ):
            self._add(menu, word, self._stater(keys, meaning), cannot_state)
        menu.addSeparator()
        self._add(menu, self.tr("Copy numbers") if many else self.tr("Copy number"), lambda: self._copy(keys), too_many)
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
        known = {row.key: row.number for row in self._house.views.rows(keys)}
        numbers = [known.get(key) or key.remote for key in keys]
        QGuiApplication.clipboard().setText("\n".join(numbers))
        many = self.tr("{count} numbers copied.").format(count=f"{len(numbers):,}")
        self._status.show_message(many if len(numbers) > 1 else self.tr("Copied."))

    def _bulk(self, work: Awaitable[BulkResult]) -> None:
        self._scope.start(self._say(work), name="bulk")

    async def _say(self, work: Awaitable[BulkResult]) -> None:
        result = await work
        parts = [Part(one.command, one.before.key, inverse(one.action, one.before)) for one in result.changes]
        undo = self._done(parts)
        said = [self.tr("{count} changed").format(count=len(parts))]
        if result.unchanged:
            said.append(self.tr("{count} were so already").format(count=result.unchanged))
        words = ", ".join(said) + ". " + " ".join(result.refused)
        self._status.show_message(words, self.tr("Undo") if parts else "", UNDO_SECONDS, run=undo if parts else None)
