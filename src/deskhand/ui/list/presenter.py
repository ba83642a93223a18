"""Which tickets the list shows, read again after every commit that touches them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.changes import ChangeSet
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import ListSnapshot, PageCursor, Scope, Sort, TicketQuery
from deskhand.domain.tickets import Priority, State, TicketRow
from deskhand.services.accounts import Accounts
from deskhand.services.views import NAMES, Views
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.figures import counted
from deskhand.ui.kit.pacing import Throttle
from deskhand.ui.list.history import History, HistoryEntry
from deskhand.ui.list.list_pane import ListPane
from deskhand.ui.list.row_model import EXACT
from deskhand.ui.list.row_text import AccountTag
from deskhand.ui.list.ticket_list import TicketList

PAGE = 128
"""Rows of a page: half a millisecond to read (reference: speed 2)."""

AROUND = 3 * PAGE
"""Rows above and below the visible ones that come with an outline: the model looks there for what moved."""


@dataclass(slots=True)
class Rows:
    """The rows of one query, for the list's model.

    Attributes:
        ready: pages that came with the outline: read on another thread, which during a sync is what the window has no time for.
    """

    views: Views
    query: TicketQuery
    ready: Mapping[PageCursor, Sequence[TicketRow]] = field(default_factory=dict)

    def first_page(self) -> Sequence[TicketRow]:
        """Return what is painted at once."""
        return self.page(())

    def page(self, after: PageCursor) -> Sequence[TicketRow]:
        """Return the rows behind an anchor."""
        ready = self.ready.get(after)
        return self.views.page(self.query, after, PAGE) if ready is None else ready

    def reread(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return tickets as they are now."""
        return self.views.rows(keys)


class ListPresenter(QObject):
    """Drives the middle pane.

    Attributes:
        opened: the ticket to read (TicketKey or None) after a click, a key or `open`.
        query_changed: another list is shown, for the accounts pane's selection.
        list_followed: another list is shown because it holds the ticket (TicketKey) that is read, which stays in front.
        search_ended: the words in the search field mean nothing any more.
        search_resumed: the words that are looked for again, on the way back.
        leaving: puts what is typed on disk; awaited before it is asked whether the list of drafts holds the open ticket.

    The open ticket is the highlighted one: one that is opened from elsewhere takes the list along to where it stands, and another
    list closes what it does not hold. Nothing typed is lost by that, and `go` leads back.
    """

    opened = Signal(object)
    query_changed = Signal()
    list_followed = Signal(object)
    search_ended = Signal()
    search_resumed = Signal(str)

    def __init__(self, pane: ListPane, tickets: TicketList, views: Views, accounts: Accounts, scope: TaskScope) -> None:
        super().__init__(pane)
        self._pane = pane
        self._list = tickets
        self._views = views
        self._accounts = accounts
        self._scope = scope
        self._query = TicketQuery(Scope.MINE_OPEN)
        self._before_search: HistoryEntry | None = None
        self._history = History(HistoryEntry(self._query))
        self._unsettled = False
        self._instead: TicketKey | None = None
        self.leaving: Callable[[], Awaitable[object]] | None = None
        self._rows: Rows | None = None
        self._tags: dict[AccountId, AccountTag] = {}
        self._count: int | None = None
        self._selection_shown: int | None = None
        self._reload = Throttle(self._do_reload, scope, "outline again", self)
        tickets.current_changed.connect(self._opened)
        tickets.empty_action.connect(self.clear_filters)
        tickets.released.connect(self._reload.request)
        tickets.selection_changed.connect(self._selection_changed)
        pane.filters_changed.connect(self._filter)
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

    def show(self, query: TicketQuery) -> None:
        """Show another list: its first page at once, its length when the outline is there."""
        self._query = query
        self.refresh_accounts()
        self._show_count()
        self._rows = None
        self._unsettled = True
        if not query.text:  # words are looked for on another thread; until they are found the list before stays
            self._rows = Rows(self._views, query)
            self._list.show_source(self._rows)
        self._scope.replace(self._outline(query), name="outline")
        self.query_changed.emit()

    def open(self, key: TicketKey) -> None:
        """Read a ticket, and highlight it: in this list where it is, else in the list of all."""
        self._list.narrow_selection()  # what is done next is meant for this one
        self._list.read(key)
        self._scope.replace(self._select(key), name="select")

    def go(self, by: int) -> None:
        """Go back (-1) to the ticket and the list before, or ahead (1) again."""
        place = self._history.go(by)
        if place is None:
            return
        query = place.query
        if query != self._query:
            if query.text:
                self._before_search = self._before_search or self._history_entry
                self.search_resumed.emit(query.text)
            else:
                self._leave_search()
            self.show(query)
        if place.key is not None:
            self._list.narrow_selection()
            self._list.read(place.key)
            self._scope.replace(self._select(place.key), name="select")

    def why_not_go(self, by: int) -> str:
        """Return why there is no way back (-1) or ahead (1); empty where there is one."""
        if self._history.can_go(by):
            return ""
        return (
            self.tr("No other ticket was open before.") if by < 0 else self.tr("No ticket was opened after this one.")
        )

    def search(self, text: str) -> None:
        """Show what is found while typing; one letter finds nothing yet, so that the list before the search is shown again."""
        text = text.strip()
        if not text:
            self.end_search()
            return
        if len(text) < 2:
            if self._before_search is not None and self._query != self._before_search.query:
                self.show(self._before_search.query)
            return
        if self._before_search is None:
            self._before_search = self._history_entry
        self.show(TicketQuery(Scope.ALL, text=text, sort=Sort.NEWEST))

    def end_search(self) -> None:
        """Go back to the list before the search."""
        self.search_ended.emit()
        if self._before_search is not None:
            place, self._before_search = self._before_search, None
            self._instead = place.key
            self.show(place.query)

    def clear_filters(self) -> None:
        """Show everything of this place."""
        plain = replace(self._query, states=(), priorities=(), tag=None, unread=False, vendor_state=None)
        self.show(plain if plain != self._query else TicketQuery(Scope.ALL))

    def choose(self, scope: Scope) -> None:
        """Show a smart view."""
        self._leave_search()
        self.show(TicketQuery(scope, sort=self._query.sort))

    def choose_account(self, account: str, group: str = "", stage: str = "") -> None:
        """Show an account, or one of its groups."""
        self._leave_search()
        scope = Scope.OPEN
        self.show(TicketQuery(scope, AccountId(account), group or None, stage or None, sort=self._query.sort))

    def changed(self, changes: ChangeSet) -> None:
        """Read the list again where a commit may have touched it."""
        if changes.accounts:
            self.refresh_accounts()
        if changes.bulk:
            self._scope.replace(self._load_tags(), name="tags")
        if changes.tickets or changes.bulk or changes.drafts or changes.outbox:
            self._reload.request()

    def refresh_accounts(self) -> None:
        """Take over how accounts are named and marked."""
        tags = {}
        for account in self._accounts.all():
            info = self._accounts.vendor(account)
            tags[account.id] = AccountTag(info.mark, account.label, info.colour)
        if (
            tags != self._tags
        ):  # every row is painted anew by it, and an account's status changes at every page of a sync
            self._tags = tags
            self._list.set_accounts(tags)
        self._list.set_empty(*self._empty())

    def _leave_search(self) -> None:
        self._before_search = None
        self.search_ended.emit()

    async def _load_tags(self) -> None:
        self._pane.set_choices(await self._views.tags([account.id for account in self._accounts.all()]))

    def _filter(
        self, sort: Sort, states: tuple[State, ...], priorities: tuple[Priority, ...], tag: str, unread: bool
    ) -> None:
        self.show(replace(self._query, sort=sort, states=states, priorities=priorities, tag=tag or None, unread=unread))

    async def _outline(self, query: TicketQuery) -> None:
        if self._rows is None and query.text.strip():
            async for found in self._views.search_snapshots(query, PAGE):
                if query != self._query:
                    return
                self._show_snapshot(query, found)
        else:
            seen = self._list.view.visible_rows()
            found = await self._views.snapshot(query, PAGE, range(seen.start - AROUND, seen.stop + AROUND), EXACT)
            if query != self._query:
                return
            self._show_snapshot(query, found)
        await self._settle(query)

    def _show_snapshot(self, query: TicketQuery, found: ListSnapshot) -> None:
        if self._rows is None:
            self._rows = Rows(self._views, query, found.rows)
            self._list.show_source(self._rows)
        self._rows.ready = found.rows
        self._list.set_outline(found.index)
        self._rows.ready = {}  # a page that is read later is read as it is then
        self._show_count(found.index.count if found.complete else None)

    async def _do_reload(self) -> None:
        await self._outline(self._query)

    @property
    def _history_entry(self) -> HistoryEntry:
        return HistoryEntry(self._query, self._list.current)

    @property
    def _everything(self) -> TicketQuery:
        return TicketQuery(Scope.ALL, sort=self._query.sort)

    def _opened(self, key: TicketKey | None) -> None:
        if key is not None:
            self._history.visit(HistoryEntry(self._query, key))
        self.opened.emit(key)

    async def _settle(self, query: TicketQuery) -> None:
        """Highlight the open ticket in a list that was just shown, or close it where this list does not hold it."""
        if not self._unsettled:
            return
        self._unsettled = False
        instead, self._instead = self._instead, None
        key = self._list.current
        if key is not None and not self._list.is_shown(key):
            if self.leaving is not None and query.scope is Scope.DRAFTS:
                await self.leaving()
            row = await self._views.position(query, key)
            # A new ticket that its vendor named meanwhile stands nowhere under its first key; whoever shows it follows it.
            is_known = row is not None or await self._views.position(self._everything, key) is not None
            if query != self._query or key != self._list.current:
                return
            if row is not None:
                self._list.select(key, row)
            elif is_known or not key.is_local:
                self._list.clear_current()
        if self._list.current is None and instead is not None:
            row = await self._views.position(query, instead)
            if row is not None and query == self._query and self._list.current is None:
                self._list.select(instead, row)
        if query == self._query:
            self._history.visit(self._history_entry)

    async def _select(self, key: TicketKey) -> None:
        """Highlight the ticket that is read, in the list of all where this one does not hold it."""
        query, everything = self._query, self._everything
        if self._list.is_shown(key):
            return
        row = await self._views.position(query, key)
        if row is None and await self._views.position(everything, key) is not None:
            if query == self._query and key == self._list.current:
                self._leave_search()
                self.show(everything)
                self.list_followed.emit(key)
        elif row is not None and query == self._query and key == self._list.current and not self._list.select(key, row):
            self._unsettled = True  # it is new, and the list is held: what waits is let in
            self._list.release()

    def _show_count(self, count: int | None = None) -> None:
        query, self._count = self._query, count
        self._show_title()
        self._pane.set_states(query.scope.states)
        self._pane.set_filters(query.sort, query.states, query.priorities, query.tag or "", query.unread)
        self._pane.set_search(query.text, self._extent())
        self._list.set_empty(*self._empty())

    def _selection_changed(self, count: int) -> None:
        """Say how many are selected, to a screen reader once for each number: the list tells of it after every reading too."""
        self._show_title()
        said = count if self._list.is_several else None
        if said is not None and said != self._selection_shown:
            self._pane.announce(self.tr("{count} selected").format(count=f"{said:,}"))
        self._selection_shown = said

    def _show_title(self) -> None:
        """Say what is shown and how much; once several are selected, how many: what a key does is done to them."""
        detail = self._extent()
        if detail and self._list.is_several:
            chosen = f"{self._list.selected_count:,}"
            detail = self.tr("{chosen} of {count} selected").format(chosen=chosen, count=f"{self._count:,}")
        self._pane.set_title(self._title(), detail)

    def _extent(self) -> str:
        accounts = len(self._accounts.all())
        if self._count is None:
            return ""
        if self._query.account is not None or accounts < 2:
            return counted(self._count, self.tr("1 ticket"), self.tr("{count} tickets"))
        tickets = counted(self._count, self.tr("1 ticket"), self.tr("{count} tickets"))
        return self.tr("{tickets} · {accounts} accounts").format(tickets=tickets, accounts=accounts)

    def _title(self) -> str:
        query = self._query
        if query.text:
            return self.tr("Results for “{text}”").format(text=query.text)
        account = self._accounts.get(query.account) if query.account else None
        if account is None:
            return NAMES.get(query.scope, self.tr("All tickets"))
        if not query.group:
            return account.label
        groups = account.capabilities.groups if account.capabilities else ()
        name = next((group.name for group in groups if group.id == query.group), query.group)
        return f"{name} · {wording.vendor_label(query.stage)}" if query.stage else name

    def _empty(self) -> tuple[str, str, str]:
        query = self._query
        if query.states or query.priorities or query.tag or query.unread:
            return (
                self.tr("Nothing fits these filters"),
                self.tr("Other tickets are hidden by them."),
                self.tr("Clear filters"),
            )
        account = self._accounts.get(query.account) if query.account else None
        if account is not None and account.capabilities is not None and Feature.LIST not in account.capabilities:
            said = self.tr(
                "Nothing can be read from {vendor}. What you make or import here is listed while it is open."
            )
            return self.tr("No open tickets"), said.format(vendor=self._accounts.vendor(account).name), ""
        if query.scope is Scope.MINE_OPEN and not query.text and (unknown := self._accounts_without_me()):
            said = self.tr("Which tickets are yours is told by your e-mail, and it is missing in {accounts}.")
            return self.tr("No ticket is known to be yours"), said.format(accounts=unknown), ""
        title, sentence = _EMPTY.get(query.scope, _EMPTY[Scope.ALL])
        if query.text:
            title, sentence = "Nothing found here", "Search at the vendors too, or try fewer words."
        translate: Callable[[str, str], str] = QCoreApplication.translate
        return translate("lists", title), translate("lists", sentence), ""

    def _accounts_without_me(self) -> str:
        """Return the accounts whose tickets have assignees, and where nothing says which of those the agent is."""
        both = {Feature.LIST, Feature.ASSIGN}
        able = [one for one in self._accounts.all() if one.capabilities is not None and both <= one.capabilities.can]
        return ", ".join(one.label for one in able if not one.me)


_EMPTY = {
    Scope.MINE_OPEN: ("Nothing is waiting for you", "Open tickets that are assigned to you appear here by themselves."),
    Scope.UNASSIGNED: ("Everything is taken", "Open tickets that belong to nobody appear here."),
    Scope.WAITING: ("Nobody keeps you waiting", "Tickets that wait for the customer's answer appear here."),
    Scope.DRAFTS: ("No drafts", "What you type and do not send is kept here, also when the program ends."),
    Scope.OUTBOX: ("Everything is sent", "What is on its way, or needs your decision, appears here."),
    Scope.ALL: ("No tickets yet", "They appear here as soon as an account has synced."),
    Scope.OPEN: ("No open tickets", "Open tickets of this account appear here by themselves."),
    Scope.SNOOZED: ("Nothing is snoozed", "Tickets that sleep at their vendor appear here."),
    Scope.DONE: ("Nothing is done yet", "Solved and closed tickets appear here."),
}
