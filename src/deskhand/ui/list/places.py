"""Where the list can go: a view, an account, a customer."""

from dataclasses import replace

from PySide6.QtCore import QObject

from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.services.view_list import ListedView, ViewList
from deskhand.services.views import FIRST, query_of


class ListPlaces(QObject):
    """What is shown, and how another list is asked for; a subclass shows it."""

    def __init__(self, views: ViewList, parent: QObject) -> None:
        super().__init__(parent)
        self._views = views
        self._query = FIRST
        self._sort = Sort.NEWEST

    def show(self, query: TicketQuery, typed: str | None = None) -> None:
        """Show another list."""
        raise NotImplementedError

    def _leave_search(self) -> None:
        raise NotImplementedError

    def choose(self, scope: Scope) -> None:
        """Show a smart view."""
        self._leave_search()
        self.show(query_of(scope, self._sort))

    def choose_view(self, view: ListedView) -> None:
        """Show a view, built in or of one's own."""
        self._leave_search()
        self.show(self._views.query(view, self._sort))

    def choose_account(self, account: str, group: str = "", stage: str = "", scope: Scope = Scope.OPEN) -> None:
        """Show what is open in an account, or in one of its groups.

        Args:
            scope: DONE or ALL for what is closed there, or everything.
        """
        self._leave_search()
        self.show(TicketQuery(scope, AccountId(account), group or None, stage or None, sort=self._sort))

    def choose_of_account(self, scope: Scope) -> None:
        """Show what is open, closed or all of the account or group that is shown."""
        query = self._query
        if query.account is not None:
            states = tuple(state for state in query.states if state in scope.states)
            self.show(replace(query, scope=scope, states=states))

    def show_customer(self, email: str) -> None:
        """Show everything of a customer, in all accounts."""
        self._leave_search()
        self.show(TicketQuery(Scope.ALL, requester=email))

    @property
    def _view_problem(self) -> str:
        """What is wrong with the view that is shown, sentences; empty where nothing is."""
        own = self._views.own.get(self._query.view) if self._query.view else None
        return self._views.problem(own) if own is not None else ""

    @property
    def _everything(self) -> TicketQuery:
        return TicketQuery(Scope.ALL, sort=self._sort)
