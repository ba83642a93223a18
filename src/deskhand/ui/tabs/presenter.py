"""Tickets in tabs. The window shows one ticket at a time, so a tab is a record: going to it opens its ticket in the same place.

The list's highlighted ticket is always the open one. A ticket is in one tab at most, and whoever opens one that has a tab goes there:
so no two boxes hold the same draft.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QPoint, Signal

from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow
from deskhand.services.services import Services
from deskhand.ui.actions.menu import fill_menu
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.tab_actions import TAB_MENU
from deskhand.ui.kit.menu import Menu
from deskhand.ui.list.next_tickets import go_to_first
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.titles import title_of
from deskhand.ui.tabs.row_tabs import RowTabs
from deskhand.ui.tabs.tab_bar import TabBar, TabFace
from deskhand.ui.tabs.tabs import LIST, Tab, Tabs
from deskhand.ui.ticket.ticket_pane import TicketPane


def _nowhere(_key: TicketKey) -> bool:
    return False


class TabsPresenter(QObject):
    """Drives the tabs of the window.

    Attributes:
        goes_elsewhere: goes to a ticket that is open in another window, and tells whether it is.
        is_elsewhere: tells whether a ticket is open in another window.
        changed_by_hand: other tabs, another order, or another one in front.
        window_requested: a ticket (TicketKey) is to be opened in a window of its own.
        torn_off: the tab of a ticket (TicketKey) was dropped at a point on the screen, outside of the bar.
    """

    changed_by_hand = Signal()
    window_requested = Signal(object)
    torn_off = Signal(object, QPoint)

    def __init__(self, pane: TicketPane, lists: ListPresenter, services: Services) -> None:
        self._bar = bar = TabBar()
        super().__init__(bar)
        pane.place_tabs(bar)
        self._lists = lists
        self._conversation = pane.conversation
        self._services = services
        self._tabs = Tabs(Tab(lists.tickets.current, lists.history))
        self._placing = False
        self.goes_elsewhere: Callable[[TicketKey], bool] = _nowhere
        self.is_elsewhere: Callable[[TicketKey], bool] = _nowhere
        lists.opening.connect(self._make_room)
        lists.query_changed.connect(self.show)
        rows = RowTabs(lists.tickets, self)
        rows.requested.connect(lambda key, behind: self.open_in_tab(key, behind=behind))
        rows.window_requested.connect(self.window_requested)
        bar.torn_off.connect(lambda place, point: self.torn_off.emit(self._tabs.all[place].key, point))
        bar.chosen.connect(self.go_to)
        bar.close_requested.connect(self.close)
        bar.move_requested.connect(self.move)
        bar.menu_requested.connect(self.open_menu)
        self.show()

    @property
    def tabs(self) -> Tabs:
        """The tabs as they are."""
        return self._tabs

    @property
    def bar(self) -> TabBar:
        """What shows them."""
        return self._bar

    # --- opening ---

    def _make_room(self, key: TicketKey | None) -> None:
        """A ticket is about to be the open one: in its own tab where it has one, else in the list's."""
        if self._placing:
            return
        self.note_reading()
        place = self._tabs.place_of(key)
        self._tabs.at = LIST if place is None else place
        if place is None:
            self._tabs.front.key, self._tabs.front.reading = key, None
        self._remember()

    def _remember(self) -> None:
        self._lists.history, self._lists.follows = self._tabs.front.history, self._tabs.at == LIST
        self.show()

    def open_in_tab(self, key: TicketKey | None, *, behind: bool = False) -> None:
        """Give a ticket a tab of its own.

        Args:
            key: the ticket; None = nothing is done.
            behind: the ticket in front stays there.
        """
        if key is None or self.goes_elsewhere(key):
            return
        place = self._tabs.open(key)
        first = self._tabs.all[LIST]
        if first.key == key:
            first.key = None  # it is in one tab only
            behind = False
        if behind:
            self._remember()
        else:
            self.go_to(place)

    def open_here(self, key: TicketKey) -> None:
        """Open a ticket that the one in front leads to: in the same tab, unless it has one."""
        if self._tabs.at == LIST or self._tabs.place_of(key) is not None:
            self._lists.open(key)
            return
        self._tabs.front.key, self._tabs.front.reading = key, None
        self._read(key)

    def go_to(self, place: int) -> None:
        """Bring the tab at this place to the front."""
        if not 0 <= place < len(self._tabs.all):
            return
        self.note_reading()
        self._tabs.at = place
        self._remember()
        self._read(self._tabs.front.key)

    def restore(self, tabs: Sequence[Tab], at: int) -> None:
        """Have these tabs, and open the ticket of that one; a ticket that was opened meanwhile stays in front instead."""
        now = self._lists.tickets.current
        self._tabs.restore(tabs, at if now is None else LIST)
        if now is None:
            self._remember()
            self._read(self._tabs.front.key)
        else:
            self._make_room(now)

    def note_reading(self) -> None:
        """Remember what the conversation of the tab in front is scrolled to."""
        shown = self._conversation.shown
        if shown is not None and shown.key == self._tabs.front.key:
            self._tabs.front.reading = self._conversation.reading_place

    def read_on(self) -> None:
        """Scroll the conversation of the tab in front to what was read in it."""
        shown, reading = self._conversation.shown, self._tabs.front.reading
        if shown is not None and reading is not None and shown.key == self._tabs.front.key:
            self._conversation.read_on_at(*reading)

    def _read(self, key: TicketKey | None) -> None:
        """Open the ticket of the tab in front; the list stays, and marks it where it holds it."""
        self._placing = True
        try:
            if key is None:
                self._lists.tickets.clear_current()
            else:
                self._lists.open(key, beside=True)
        finally:
            self._placing = False
        self.show()

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) tab."""
        self.go_to(self._tabs.step(by))

    def go(self, by: int) -> None:
        """Go back (-1) to what was open before in this tab, or ahead (1) again."""
        ahead = self._tabs.front.history.peek(by)
        if self._tabs.at == LIST:
            self._lists.go(by)
            return
        if ahead is None or ahead.key is None:
            return
        if (place := self._tabs.place_of(ahead.key)) not in {None, self._tabs.at}:
            self.go_to(place or LIST)
            return
        self._tabs.front.history.go(by)
        self._tabs.front.key, self._tabs.front.reading = ahead.key, None
        self._read(ahead.key)

    def step_next(self, ahead: Sequence[TicketKey]) -> None:
        """Go on to the first of these tickets that the list holds; from a tab whose ticket is not in it, back to the list's own."""
        key, first = self._lists.tickets.current, self._tabs.all[LIST].key
        if self._tabs.at != LIST and first is not None and key is not None and not self._lists.tickets.is_shown(key):
            self.go_to(LIST)
        else:
            go_to_first(self._lists.tickets, ahead)

    # --- closing and ordering ---

    def close(self, place: int | None = None) -> None:
        """Close the tab at a place, or the one in front; what is typed in it stays a draft."""
        place = self._tabs.at if place is None else place
        if place == LIST:
            return
        was_front = place == self._tabs.at
        with suppress(IndexError):
            self._tabs.close(place)
        self.go_to(self._tabs.at) if was_front else self._remember()

    def close_others(self, place: int | None = None) -> None:
        """Close all tabs but the list's and the one at a place."""
        kept = self._tabs.all[self._tabs.at if place is None else place]
        for at in range(len(self._tabs.all) - 1, LIST, -1):
            if self._tabs.all[at] is not kept:
                self.close(at)

    def reopen(self) -> None:
        """Open the tab again that was closed last."""
        place = self._tabs.reopen(self.is_elsewhere)
        if place is not None:
            first = self._tabs.all[LIST]
            if first.key == self._tabs.all[place].key:
                first.key = None
            self.go_to(place)

    def move(self, place: int, to: int) -> None:
        """Put a tab at another place."""
        self._tabs.move(place, to)
        self.show()

    def take(self, key: TicketKey) -> None:
        """A ticket is open in another window from now on: it has no tab here."""
        if (place := self._tabs.place_of(key)) is not None:
            self.close(place)

    # --- reasons and menu ---

    def why_not_go(self, by: int) -> str:
        """Return why there is no way back (-1) or ahead (1); empty where there is one."""
        return self._lists.why_not_go(by)

    def why_no_tabs(self) -> str:
        """Return why no tab can be closed or chosen; empty where there are some."""
        return "" if self._tabs.own else self.tr("No ticket has a tab of its own.")

    def why_not_closed(self) -> str:
        """Return why the tab in front cannot be closed; empty where it can."""
        return self.why_no_tabs() or (
            self.tr("The first tab is the list's and stays.") if self._tabs.at == LIST else ""
        )

    def open_menu(self, place: int, at: QPoint) -> None:
        """Show what can be done with the tab at a place: it comes to the front first, so that it is seen what is meant."""
        if place != self._tabs.at:
            self.go_to(place)
        menu = Menu(self._bar)
        menu.setToolTipsVisible(True)
        fill_menu(menu, TAB_MENU, self.subject(), lambda chosen: chosen.run(self.subject()), with_icons=False)
        menu.popup(at)

    subject: Callable[[], Selection]

    # --- showing ---

    def changed(self, changes: ChangeSet) -> None:
        """Show again what a commit touched; tickets of an account that was removed have no tab any more."""
        if changes.accounts and self._tabs.forget(lambda key: self._services.accounts.get(key.account) is None):
            self.go_to(LIST)
        self.show()

    def show(self) -> None:
        """Show the tabs."""
        if not self._tabs.own and self._bar.isHidden():
            self.changed_by_hand.emit()
            return
        keys = [one.key for one in self._tabs.all if one.key is not None]
        rows = {row.key: row for row in self._services.lists.rows(keys)}
        self._bar.set_tabs(
            [self._face(one, rows.get(one.key) if one.key else None) for one in self._tabs.all], self._tabs.at
        )
        self.changed_by_hand.emit()

    def _face(self, tab: Tab, row: TicketRow | None) -> TabFace:
        account = self._services.accounts.get(tab.key.account) if tab.key is not None else None
        if account is None or tab.key is None:
            return TabFace(title_of(self._lists.query, self._services.accounts))
        title = (row.subject if row is not None else "") or self.tr("Ticket")
        return TabFace(
            title,
            account.shown_mark,
            account.label,
            unread=row is not None and row.unread,
            has_draft=row is not None and row.has_draft,
        )
