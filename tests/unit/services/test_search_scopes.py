"""Where a search looks, together with what the view filters by itself."""

from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import All, Filter
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.services.search_scopes import SearchScope, account_of, is_view_everything, search_base, search_query


def read(text: str) -> Filter:
    found = parse(text)
    assert not isinstance(found, FilterError)
    return found


OWN = TicketQuery(Scope.ALL, filter=read("priority:high is:open"), sort=Sort.WAITING, sorted_by="return")
ACCOUNT = TicketQuery(Scope.OPEN, AccountId("a"), "brand")


def test_the_view_keeps_its_own_filter_beside_what_is_typed() -> None:
    query = search_query(search_base(SearchScope.VIEW, OWN, None), "refund", read("from:chloe"), Sort.BEST)
    assert query == TicketQuery(
        Scope.ALL, text="refund", filter=read("priority:high is:open from:chloe"), sort=Sort.BEST
    )
    assert search_query(TicketQuery(), "refund", None, Sort.BEST).filter is None


def test_an_account_is_that_of_the_list_before_or_of_the_open_ticket() -> None:
    assert account_of(ACCOUNT, AccountId("b")) == "a"
    assert account_of(OWN, AccountId("b")) == "b"
    assert search_base(SearchScope.ACCOUNT, ACCOUNT, AccountId("a")) == TicketQuery(Scope.ALL, AccountId("a"))
    assert search_base(SearchScope.ACCOUNT, OWN, None) == TicketQuery(Scope.ALL)
    assert search_base(SearchScope.EVERYWHERE, ACCOUNT, AccountId("a")) == TicketQuery(Scope.ALL)


def test_a_view_of_everything_is_no_narrower_place() -> None:
    assert is_view_everything(TicketQuery(Scope.ALL, sort=Sort.OLDEST))
    assert not is_view_everything(OWN)
    assert not is_view_everything(ACCOUNT)
    assert isinstance(OWN.filter, All)
