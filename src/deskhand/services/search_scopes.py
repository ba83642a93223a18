"""Where a search looks: in the list that was shown before it, in one account, or everywhere."""

from dataclasses import replace
from enum import StrEnum

from deskhand.domain.filters.syntax import Filter, all_of
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope, Sort, TicketQuery


class SearchScope(StrEnum):
    """Where is looked."""

    VIEW = "view"
    """In the list that was shown before, with its own filters."""
    ACCOUNT = "account"
    EVERYWHERE = "everywhere"


def account_of(before: TicketQuery, read: AccountId | None) -> AccountId | None:
    """Return which account a search in one account means.

    Args:
        before: the list that was shown before the search.
        read: the account of the ticket that was open then.
    """
    return before.account or read


def search_base(scope: SearchScope, before: TicketQuery, account: AccountId | None) -> TicketQuery:
    """Return what is looked through, before what is typed comes on top of it."""
    match scope:
        case SearchScope.VIEW:
            return replace(before, text="", sorted_by="")
        case SearchScope.ACCOUNT if account is not None:
            return TicketQuery(Scope.ALL, account)
        case _:
            return TicketQuery(Scope.ALL)


def search_query(base: TicketQuery, text: str, typed: Filter | None, sort: Sort) -> TicketQuery:
    """Return what a search asks for: what was typed, and the filter that the place has by itself, both of which must hold."""
    parts = [part for part in (base.filter, typed) if part is not None]
    return replace(base, text=text, filter=all_of(*parts) if parts else None, sort=sort)


def is_view_everything(before: TicketQuery) -> bool:
    """Tell whether looking in the view is looking everywhere."""
    return search_base(SearchScope.VIEW, replace(before, sort=Sort.NEWEST), None) == TicketQuery(Scope.ALL)
