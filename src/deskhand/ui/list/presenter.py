"""Which tickets the list shows, read again after every commit that touches them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from deskhand.domain.changes import ChangeSet
from deskhand.domain.filters.pills import Pills, pills_of
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import Lists
from deskhand.domain.queries import SORTED_WHEN_ASKED, GroupBy, ListSnapshot, Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority, State
from deskhand.services.accounts import Accounts
from deskhand.services.settings import Settings
from deskhand.services.view_list import ViewList
from deskhand.services.views import BY_WAIT, resorted
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.figures import counted, figure
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.list.arrangement import Arrangement
from deskhand.ui.list.empty_texts import empty_texts
from deskhand.ui.list.history import History, HistoryEntry
from deskhand.ui.list.hit_text import mark_hits
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.places import ListPlaces
from deskhand.ui.list.row_model import EXACT
from deskhand.ui.list.row_text import AccountTag, account_tags
from deskhand.ui.list.rows import AROUND, PAGE, Rows
from deskhand.ui.list.ticket_list import TicketList
from deskhand.ui.list.titles import oldest_of, title_of


class ListPresenter(ListPlaces):
    """Drives the middle pane.

    Attributes:
        opened: the ticket to read (TicketKey or None) after a click, a key or `open`.
        query_changed: another list is shown, for the accounts pane's selection.
        list_followed: another list is shown because it holds the ticket (TicketKey) that is read, which stays in front.
        search_ended: the words in the search field mean nothing any more.
        search_resumed: what was typed for what is looked for again, on the way back.
        search_asked: words that were chosen elsewhere are to be looked for.
        narrowed: the button above the list asks for something else (Sort, Pills) while a search is shown, whose text says it.
        counted, count: how many tickets the list has (int); None while that is not known.
        edit_view_requested: the id of a view of one's own that cannot be shown as it is.
        opening: a ticket (TicketKey or None) will be the open one: who holds several open makes room for it.
        goes_elsewhere: goes to a ticket that is open in a window of its own, and tells whether it is.
        leaving: puts what is typed on disk; awaited before it is asked whether the list of drafts holds the open ticket.

    The open ticket is the highlighted one: one that is opened from elsewhere takes the list along to where it stands, and another
    list closes what it does not hold, unless it was opened since that was asked for. Nothing typed is lost by that, and `go` leads back.
    """

    opening = Signal(object)
    opened = Signal(object)
    query_changed = Signal()
    list_followed = Signal(object)
    search_ended = Signal()
    search_resumed = Signal(str)
    edit_view_requested = Signal(str)
    search_asked = Signal(str)
    counted = Signal(object)
    narrowed = Signal(object, object)

    def __init__(
        self,
        pane: ListPane,
        tickets: TicketList,
        lists: Lists,
        accounts: Accounts,
        settings: Settings,
        views: ViewList,
        scope: TaskScope,
    ) -> None:
        super().__init__(views, pane)
        self._pane = pane
        self._list = tickets
        self._lists = lists
        self._accounts = accounts
        self._settings = settings
        self._scope = scope
        self._typed: str | None = None
        self._before_search: HistoryEntry | None = None
        self.history, self.follows = History(HistoryEntry(self._query)), True  # set by who holds several open
        self._unsettled, self._meant = False, ""
        self._left: TicketKey | None = None
        self._instead: TicketKey | None = None
        self.leaving: Callable[[], Awaitable[object]] | None = None
        self.goes_elsewhere: Callable[[TicketKey], bool] = lambda _key: False
        self._rows: Rows | None = None
        self._arrangement = Arrangement(settings, scope, self)
        self._tags: dict[AccountId, AccountTag] = {}
        self.count: int | None = None
        self._selection_shown: int | None = None
        self._reload = Throttle(self._do_reload, scope, "outline again", self)
        tickets.current_changed.connect(self._opened)
        tickets.empty_action.connect(self._act_on_empty)
        tickets.released.connect(self._reload.request)
        tickets.folded_changed.connect(lambda folded: self._arrangement.fold(self._query, folded))
        tickets.selection_changed.connect(self._selection_changed)
        pane.filters_changed.connect(self._filter)
        pane.account_views.scope_chosen.connect(self.choose_of_account)
        pane.order.order_chosen.connect(self.order_by)
        pane.order.groups_chosen.connect(self.group_by)
        pane.clear_search_requested.connect(self.end_search)
        self._scope.start(self._load_tags(), name="tags")

    @property
    def query(self) -> TicketQuery:
        """What is shown."""
        return self._query

    @property
    def tickets(self) -> TicketList:
        """The list itself."""
        return self._list

    @property
    def before_search(self) -> TicketQuery:
        """The list before the search, or the one that is shown where nothing is looked for."""
        return self._query if self._before_search is None else self._before_search.query

    @property
    def typed(self) -> str | None:
        """What was typed for what is shown; None where the list is no search."""
        return self._typed

    def show(self, query: TicketQuery, typed: str | None = None) -> None:
        """Show another list: its first page at once, its length when the outline is there.

        Args:
            typed: what was typed for it, where it is a search: the list before stays until something is found.
        """
        is_listed = not query.text and typed is None and not query.view
        if query.scope not in BY_WAIT and is_listed and query.sort not in SORTED_WHEN_ASKED:
            self._sort = query.sort  # what the next list is sorted by
        query = self._arrangement.arranged(query)
        self._query, self._meant, self._typed = query, "", typed
        self.refresh_accounts()
        self._show_count()
        self._rows = None
        self._unsettled, self._left = True, self._list.current
        # What has to be looked for, words or an order, is found on another thread; the list before stays until then.
        if is_listed and self._lists.is_indexed(query):
            self._rows = Rows(self._lists, query)
            mark_hits(self._list, query)
            self._list.show_source(self._rows, self._arrangement.grouping(query))
        self._scope.replace(self._outline(query), name="outline")
        self.query_changed.emit()

    def open(self, key: TicketKey, *, beside: bool = False) -> None:
        """Read a ticket, and highlight it: in this list where it is, else in the list of all, unless it is to be read `beside` the list."""
        if not beside and self.goes_elsewhere(key):
            return
        self._list.narrow_selection()  # what is done next is meant for this one
        self._unsettled, self._left = self._unsettled and not beside, None
        self._list.read(key)
        self._scope.replace(self._select(key, follows=self.follows and not beside), name="select")

    def go(self, by: int) -> None:
        """Go back (-1) to the ticket and the list before, or ahead (1) again."""
        place = self.history.go(by)
        if place is None:
            return
        query = place.query
        if query.view and self._views.own.get(query.view) is None:
            query = replace(query, view="")  # it was removed meanwhile
        if query != self._query:
            if place.typed is not None:
                self._before_search = self._before_search or self._history_entry
            else:
                self._leave_search()
            self.show(query, place.typed)
            if place.typed is not None:
                self.search_resumed.emit(place.typed)
        if place.key is not None:
            self._list.narrow_selection()
            self._left = None
            self._list.read(place.key)
            self._scope.replace(self._select(place.key), name="select")

    def why_not_go(self, by: int) -> str:
        """Return why there is no way back (-1) or ahead (1); empty where there is one."""
        if self.history.can_go(by):
            return ""
        before, after = self.tr("No other ticket was open before."), self.tr("No ticket was opened after this one.")
        return before if by < 0 else after

    def find(self, query: TicketQuery, typed: str) -> None:
        """Show what a search asks for; the list before it stays known.

        Args:
            typed: the text that it was made from.
        """
        if self._before_search is None:
            self._before_search = self._history_entry
        self._instead = None  # who types on after a pause looks for something, and not for the ticket before
        if query != self._query or self._typed is None:
            self.show(query, typed)
        else:
            self._typed = typed

    def pause_search(self) -> None:
        """Show the list before the search, and the ticket that was open in it, while nothing is typed that could be looked for."""
        if self._before_search is not None and self._typed is not None:
            self._instead = self._before_search.key
            self.show(self._before_search.query)

    def end_search(self) -> None:
        """Go back to the list before the search."""
        place, self._before_search = self._before_search, None
        self.search_ended.emit()
        if place is not None and (self._typed is not None or place.query != self._query):
            self._instead = place.key
            self.show(place.query)

    def clear_filters(self) -> None:
        """Show everything of this place."""
        if self._typed is not None:
            self.narrowed.emit(self._query.sort, Pills())
            return
        plain = replace(self._query, states=(), priorities=(), tag=None, unread=False, vendor_state=None)
        self.show(plain if plain != self._query else TicketQuery(Scope.ALL))

    def group_by(self, group_by: GroupBy) -> None:
        """Group this view so from now on."""
        self._arrangement.choose_groups(self._query, group_by)
        self._show_again(replace(self._query, group_by=group_by))

    def order_by(self, sort: Sort, then: Sort | None = None) -> None:
        """Sort this view so from now on; a group stays one."""
        self._arrangement.choose_order(self._query, sort, then)
        self._show_again(replace(self._query, sort=sort, then=then, sorted_by=""))

    def _show_again(self, query: TicketQuery) -> None:
        """Show a view in another arrangement: one of one's own has it in its query, and who keeps the view takes it from there."""
        self.show(query if query.view else self._query)

    def changed(self, changes: ChangeSet) -> None:
        """Read the list again where a commit may have touched it."""
        if changes.accounts or changes.settings:
            self.refresh_accounts()
        if changes.bulk:
            self._scope.replace(self._load_tags(), name="tags")
        if changes.tickets or changes.bulk or changes.drafts or changes.outbox:
            self._reload.request()

    def refresh_accounts(self) -> None:
        """Take over how accounts are named and marked."""
        tags = account_tags(self._accounts.all(), self._settings.wait_rules)
        if tags != self._tags:  # all rows are painted anew by it, and a status changes at every page of a sync
            self._tags = tags
            self._list.set_accounts(tags)
        self._list.set_empty(*empty_texts(self._query, self._accounts, self._view_problem))

    def _act_on_empty(self) -> None:
        """Do what the button of an empty list says."""
        if self._view_problem:
            self.edit_view_requested.emit(self._query.view)
        else:
            self.clear_filters()

    def _leave_search(self) -> None:
        self._before_search = None
        self.search_ended.emit()

    async def _load_tags(self) -> None:
        self._pane.set_choices(await self._accounts.tags())

    def _filter(
        self, sort: Sort, states: tuple[State, ...], priorities: tuple[Priority, ...], tag: str, unread: bool
    ) -> None:
        if self._typed is not None:
            self.narrowed.emit(sort, Pills(states, priorities, tag, unread))
            return
        query = resorted(self._query, sort)
        if sort is not self._query.sort:
            self._arrangement.follow_order(query, sort)
        self.show(replace(query, states=states, priorities=priorities, tag=tag or None, unread=unread))

    async def _outline(self, query: TicketQuery) -> None:
        if self._rows is None and query.text.strip():
            async for found in self._lists.search_snapshots(query, PAGE):
                if query != self._query:
                    return
                self._show_snapshot(query, found)
        else:
            seen = self._list.view.visible_rows()
            found = await self._lists.snapshot(query, PAGE, range(seen.start - AROUND, seen.stop + AROUND), EXACT)
            if query != self._query:
                return
            self._show_snapshot(query, found)
        await self._settle(query)

    def _show_snapshot(self, query: TicketQuery, found: ListSnapshot) -> None:
        mark_hits(self._list, query, found.meant)
        if self._rows is None:
            self._rows = Rows(self._lists, query, found.rows)
            self._list.show_source(self._rows, self._arrangement.grouping(query))
        self._rows.ready = found.rows
        self._list.set_outline(found.index)
        self._meant = found.meant
        self._rows.ready = {}  # a page that is read later is read as it is then
        self._show_count(found.index.count if found.complete else None)

    async def _do_reload(self) -> None:
        await self._outline(self._query)

    @property
    def _history_entry(self) -> HistoryEntry:
        return HistoryEntry(self._query, self._list.current, self._typed)

    def _opened(self, key: TicketKey | None) -> None:
        self.opening.emit(key)
        if key is not None:
            self.history.visit(HistoryEntry(self._query, key, self._typed))
        self.opened.emit(key)

    async def _settle(self, query: TicketQuery) -> None:
        """Highlight the open ticket in a list that was just shown; close it where this list does not hold it, and it was open before."""
        if not self._unsettled:
            return
        self._unsettled, instead, self._instead = False, self._instead, None
        key = self._list.current
        if key is not None and not self._list.is_shown(key):
            if self.leaving is not None and query.scope is Scope.DRAFTS:
                await self.leaving()
            row = await self._lists.position(query, key)
            # A new ticket that its vendor named meanwhile stands nowhere under its first key; whoever shows it follows it.
            is_known = row is not None or await self._lists.position(self._everything, key) is not None
            if query != self._query or key != self._list.current:
                return
            if row is not None:
                self._list.select(key, row)
            elif key == self._left and (is_known or not key.is_local):
                self._list.clear_current()
        if self._list.current is None and instead is not None:
            row = await self._lists.position(query, instead)
            if row is not None and query == self._query and self._list.current is None:
                self._list.select(instead, row)
        if query == self._query:
            self.history.visit(self._history_entry)

    async def _select(self, key: TicketKey, *, follows: bool = True) -> None:
        """Highlight the ticket that is read, in the list of all where this one does not hold it."""
        query, everything = self._query, self._everything
        if self._list.is_shown(key):
            return
        row = await self._lists.position(query, key)
        if row is None and await self._lists.position(everything, key) is not None:
            if follows and query == self._query and key == self._list.current:
                self._leave_search()
                self.show(everything)
                self.list_followed.emit(key)
        elif row is not None and query == self._query and key == self._list.current and not self._list.select(key, row):
            self._unsettled = True  # it is new, and the list is held: what waits is let in
            self._list.release()

    def _show_count(self, count: int | None = None) -> None:
        query, self.count = self._query, count
        self._show_title()
        self._pane.set_states(query.scope.states)
        asked = Pills(query.states, query.priorities, query.tag or "", query.unread)
        self._pane.set_filters(query.sort, *(asked if self._typed is None else pills_of(query.filter)))
        self._pane.order.is_search = bool(query.text)
        self._pane.order.set_order(query.sort, query.then, query.group_by)
        self._pane.set_search(self._typed or query.text, self._extent())
        self.counted.emit(count)
        self._pane.account_views.set_scope(query.scope if query.account is not None and not query.view else None)
        self._list.set_empty(*empty_texts(self._query, self._accounts, self._view_problem))

    def _selection_changed(self, count: int) -> None:
        """Say how many are selected, to a screen reader once for each number: the list tells of it after every reading too."""
        self._show_title()
        said = count if self._list.is_several else None
        if said is not None and said != self._selection_shown:
            self._pane.announce(self.tr("{count} selected").format(count=f"{said:,}"))
        self._selection_shown = said

    def _show_title(self) -> None:
        """Say what is shown and how much; once several are selected, how many: what a key does is done to them."""
        detail, short = self._extent(), figure(self.count) if self.count is not None else ""
        if detail and self._list.is_several:
            said, short = self.tr("{chosen} of {count} selected"), ""
            detail = said.format(chosen=f"{self._list.selected_count:,}", count=f"{self.count:,}")
        elif detail and (oldest := oldest_of(self._query, self._list.model)):
            detail = self.tr("{tickets} · oldest {time}").format(tickets=detail, time=oldest)
        title = title_of(self._query, self._accounts, self._meant, self._typed, self._views.own)
        self._pane.set_title(title, detail, short)

    def _extent(self) -> str:
        if self.count is None:
            return ""
        accounts = len(self._accounts.all())
        tickets = counted(self.count, self.tr("1 ticket"), self.tr("{count} tickets"))
        if self._query.account is not None or accounts < 2:
            return tickets
        return self.tr("{tickets} · {accounts} accounts").format(tickets=tickets, accounts=accounts)
