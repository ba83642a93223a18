"""Where a search looks, as the agent chose it for as long as the search lasts; what there is elsewhere; and who fits."""

from PySide6.QtCore import QObject

from deskhand.domain.ids import AccountId
from deskhand.domain.queries import KnownCustomer, Scope, TicketQuery
from deskhand.services.search_scopes import SearchScope, account_of, is_view_everything, search_base
from deskhand.services.services import Services
from deskhand.sync.tasks import TaskScope
from deskhand.ui.kit.figures import counted
from deskhand.ui.list.presenter import ListPresenter
from deskhand.ui.list.titles import title_of
from deskhand.ui.search.presenter import SearchPresenter
from deskhand.ui.search.scope_line import Person, ScopeChoice, ScopeLine

_PEOPLE = 3
_WIDER, _WHO = "count elsewhere", "people found"


class ScopePresenter(QObject):
    """Drives the line above the hits."""

    def __init__(
        self, line: ScopeLine, lists: ListPresenter, search: SearchPresenter, services: Services, scope: TaskScope
    ) -> None:
        super().__init__(line)
        self._line = line
        self._lists = lists
        self._search = search
        self._services = services
        self._tasks = scope
        self._scope = SearchScope.EVERYWHERE
        self._read: AccountId | None = None
        self._asked_for = ""
        search.base = self._base
        line.scope_chosen.connect(self.choose)
        line.wider_requested.connect(lambda: self.choose(SearchScope.EVERYWHERE))
        line.person_chosen.connect(self._show_person)
        lists.query_changed.connect(self._query_changed)
        lists.counted.connect(self._counted)

    @property
    def line(self) -> ScopeLine:
        """What is shown."""
        return self._line

    @property
    def scope(self) -> SearchScope:
        """Where is looked."""
        return self._scope

    def why_not(self, scope: SearchScope) -> str:
        """Return why a search cannot look there; empty where it can."""
        if self._lists.typed is None:
            return self.tr("Nothing is being searched for.")
        if scope is SearchScope.ACCOUNT and self._account is None:
            return self.tr("No account is shown: choose one, or open one of its tickets first.")
        return ""

    def choose(self, scope: SearchScope) -> None:
        """Look there, until the search ends."""
        if self._lists.typed is not None and not self.why_not(scope):
            self._scope = scope
            self._search.look_again()

    def choose_next(self) -> None:
        """Look in the next place: view, account, everywhere."""
        order = list(SearchScope)
        at = order.index(self._scope)
        following = (order[(at + n) % len(order)] for n in range(1, len(order) + 1))
        self.choose(next(one for one in following if not self.why_not(one)))

    def why_not_next(self) -> str:
        """Return why there is no next place."""
        return self.why_not(SearchScope.EVERYWHERE)

    def _base(self, before: TicketQuery) -> TicketQuery:
        if self._lists.typed is None:  # a search begins
            self._scope = SearchScope.EVERYWHERE
            read = self._lists.tickets.current
            self._read = read.account if read is not None else None
        return search_base(self._scope, before, self._account)

    @property
    def _account(self) -> AccountId | None:
        return account_of(self._lists.before_search, self._read)

    def _query_changed(self) -> None:
        searching = self._lists.typed is not None
        self._line.setVisible(searching)
        self._line.set_wider("")
        self._tasks.cancel(_WIDER)
        if not searching:
            self._tasks.cancel(_WHO)
            self._asked_for = ""
            self._line.set_people(())
            return
        account = self._services.accounts.get(self._account) if self._account is not None else None
        is_everything = is_view_everything(self._lists.before_search)
        choices = (
            ScopeChoice(
                SearchScope.VIEW,
                self._view_label(),
                self.tr("The view before holds all tickets.") if is_everything else "",
            ),
            ScopeChoice(
                SearchScope.ACCOUNT,
                self.tr("All of {account}").format(account=account.label)
                if account is not None
                else self.tr("All of the account"),
                self.why_not(SearchScope.ACCOUNT),
            ),
            ScopeChoice(SearchScope.EVERYWHERE, self.tr("Everywhere")),
        )
        self._line.set_choices(choices, self._scope)
        if (text := self._lists.query.text) != self._asked_for:
            self._asked_for = text
            self._tasks.replace(self._find_people(text), name=_WHO)

    def _view_label(self) -> str:
        before = self._lists.before_search
        title = title_of(before, self._services.accounts)
        is_account = before.account is not None and not before.group
        return (self.tr("Open in {view}") if is_account else self.tr("In {view}")).format(view=title)

    def _counted(self, count: int | None) -> None:
        if count is not None and self._lists.typed is not None and self._scope is not SearchScope.EVERYWHERE:
            self._tasks.replace(self._count_elsewhere(self._lists.query, count), name=_WIDER)

    async def _count_elsewhere(self, query: TicketQuery, count: int) -> None:
        before = self._lists.before_search
        own = before.filter if self._scope is SearchScope.VIEW else None
        everywhere = self._search.query_of(TicketQuery(Scope.ALL), query.sort)
        if everywhere is None:
            return
        found = await self._services.lists.snapshot(everywhere, 1, range(0), 0)
        more = found.index.count - count
        if query != self._lists.query or own is not (before.filter if self._scope is SearchScope.VIEW else None):
            return
        if more <= 0:
            self._line.set_wider("")
        elif not count:
            self._line.set_wider(self.tr("Search everywhere: {count}").format(count=f"{more:,}"))
        elif self._scope is SearchScope.ACCOUNT:
            self._line.set_wider(
                counted(more, self.tr("1 more in other accounts"), self.tr("{count} more in other accounts"))
            )
        else:
            self._line.set_wider(
                counted(more, self.tr("1 more outside this view"), self.tr("{count} more outside this view"))
            )

    async def _find_people(self, text: str) -> None:
        found = await self._services.lists.customers(text, _PEOPLE) if text.strip() else ()
        if text == self._asked_for:
            self._line.set_people([self._said(one) for one in found])

    def _said(self, one: KnownCustomer) -> Person:
        name = one.name or one.email
        if one.accounts > 1:
            said = self.tr("{name}, {count} accounts: show all").format(name=name, count=one.accounts)
        else:
            tickets = counted(one.tickets, self.tr("1 ticket"), self.tr("{count} tickets"))
            said = self.tr("{name}, {tickets}: show all").format(name=name, tickets=tickets)
        return Person(said, one.name, one.email)

    def _show_person(self, person: Person) -> None:
        if person.email:
            self._lists.show_customer(person.email)
        else:
            self._search.look_for(f'from:"{person.name}"')
