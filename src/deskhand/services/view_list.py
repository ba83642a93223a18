"""Every view that the window lists, built in and of one's own, in the agent's order; what is wrong with one; and one from what is shown."""

import json
from collections.abc import Sequence

from deskhand.domain.filters.of_query import QueryNames, filter_of_query
from deskhand.domain.filters.syntax import Field, Named, terms
from deskhand.domain.filters.text_match import fold
from deskhand.domain.filters.unparsing import unparse
from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Lists
from deskhand.domain.queries import Scope, Sort, TicketQuery

from .accounts import Accounts
from .own_views import OwnView, OwnViews
from .settings import Settings
from .views import NAMES, SCOPES, query_of

KEY = "views.built_in"


@dataclass(frozen=True, slots=True)
class ListedView:
    """A line among the views.

    Attributes:
        id: a `Scope` of a view that is built in, else the id of an `OwnView`.
        own: None where it is built in.
        pinned: whether it is among those that Tab goes through.
    """

    id: str
    name: str
    own: OwnView | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class FilterText:
    """What a list shows, as the text of a filter.

    Attributes:
        left_out: sentences that name what no filter can say.
    """

    text: str
    left_out: tuple[str, ...] = ()


class ViewList:
    """Answers at once; keeps the order and the pins of the built-in views among the settings."""

    def __init__(self, settings: Settings, own: OwnViews, accounts: Accounts, lists: Lists) -> None:
        self._settings = settings
        self._own = own
        self._accounts = accounts
        self._lists = lists

    @property
    def own(self) -> OwnViews:
        """Those of the agent's own."""
        return self._own

    def built_in(self) -> tuple[tuple[Scope, str], ...]:
        """Return the built-in views with their names."""
        order = self._kept("order")
        known = dict(SCOPES)
        chosen = [Scope(each) for each in dict.fromkeys(order) if each in known]
        return tuple((scope, known[scope]) for scope in (*chosen, *(scope for scope in known if scope not in chosen)))

    def all(self) -> tuple[ListedView, ...]:
        """Return the built-in views, then those of one's own."""
        pinned = self._kept("pinned")
        return (
            *(ListedView(scope.value, name, None, scope.value in pinned) for scope, name in self.built_in()),
            *(ListedView(view.id, view.name, view, view.pinned) for view in self._own.all()),
        )

    def get(self, view: str) -> ListedView | None:
        """Return the view of this id."""
        return next((each for each in self.all() if each.id == view), None)

    def at(self, number: int) -> ListedView | None:
        """Return a view by its place, counted from 1."""
        views = self.all()
        return views[number - 1] if 0 < number <= len(views) else None

    def place_of(self, view: str) -> int:
        """Return the place of a view, counted from 1; 0 where it is not there."""
        return next((place for place, each in enumerate(self.all(), 1) if each.id == view), 0)

    def pinned_beside(self, shown: TicketQuery, by: int) -> ListedView | None:
        """Return the pinned view behind (1) or before (-1) the one that is shown, round and round; None where no other is pinned."""
        views = self.all()
        here = next((place for place, each in enumerate(views) if self.is_shown(each, shown)), -1 if by > 0 else 0)
        around = [views[(here + by * step) % len(views)] for step in range(1, len(views) + 1)]
        return next((each for each in around if each.pinned and not self.is_shown(each, shown)), None)

    @staticmethod
    def is_shown(view: ListedView, query: TicketQuery) -> bool:
        """Tell whether a list is the one of a view, whatever was narrowed in it."""
        if view.own is not None:
            return query.view == view.id
        is_other = query.view or query.account is not None or query.text or query.requester
        return not is_other and query.scope.value == view.id

    def query(self, view: ListedView, sort: Sort) -> TicketQuery:
        """Return what a view asks for.

        Args:
            sort: the order that the other lists are seen in, for a built-in view without one of its own.
        """
        return view.own.ticket_query if view.own is not None else query_of(Scope(view.id), sort)

    async def move(self, view: str, by: int) -> None:
        """Put a view so many places down (or up), among those of its kind."""
        if (own := self._own.get(view)) is not None:
            place = self._own.all().index(own)
            await self._own.move(view, place + by)
            return
        order = [scope.value for scope, _ in self.built_in()]
        place = order.index(view)
        order.insert(max(0, place + by), order.pop(place))
        await self._keep(order=order)

    def can_move(self, view: str, by: int) -> bool:
        """Tell whether there is a place so far down (or up)."""
        kind = [each.id for each in self.all() if (each.own is None) is (self._own.get(view) is None)]
        return view in kind and 0 <= kind.index(view) + by < len(kind)

    async def set_pinned(self, view: str, *, pinned: bool) -> None:
        """Let Tab go to a view, or pass over it."""
        if self._own.get(view) is not None:
            await self._own.change(view, pinned=pinned)
            return
        others = [each for each in self._kept("pinned") if each != view]
        await self._keep(pinned=[*others, view] if pinned else others)

    def problem(self, view: OwnView) -> str:
        """Return what is wrong with a view, sentences; empty where nothing is."""
        if view.error is not None:
            return f"Its filter cannot be read. {view.error}"
        labels = {fold(account.label) for account in self._accounts.all()}
        named = [
            term.value.text
            for term in terms(view.filter)
            if term.field is Field.ACCOUNT and isinstance(term.value, Named)
        ]
        gone = [name for name in named if fold(name) not in labels]
        return " ".join(f"There is no account “{name}” any more." for name in dict.fromkeys(gone))

    def filter_text(self, query: TicketQuery) -> FilterText:
        """Return the filter that finds exactly the tickets of a query."""
        said = filter_of_query(query, QueryNames(self._label, self._group_name))
        return FilterText(unparse(said.filter), said.left_out)

    def name_for(self, query: TicketQuery, title: str) -> str:
        """Return a free name for a view that is made from what is shown under a title."""
        own = self._own.get(query.view)
        return self._own.free_name(" ".join((own.name if own is not None else title).split())[:50] or NAMES[Scope.ALL])

    def _label(self, account: AccountId) -> str:
        found = self._accounts.get(account)
        return found.label if found is not None else ""

    def _group_name(self, account: AccountId | None, group: str) -> str:
        """Return what the tickets of a group call it, which is what a filter compares."""
        if rows := self._lists.first_page(TicketQuery(account=account, group=group), 1):
            return rows[0].group
        known = self._lists.overview().groups
        each = known.get(account, ()) if account is not None else [one for of in known.values() for one in of]
        return next((one.name for one in each if one.id == group), "")

    def _kept(self, name: str) -> Sequence[str]:
        stored = self._settings.json_value(KEY)
        values = stored.get(name) if isinstance(stored, dict) else None
        return [each for each in values if isinstance(each, str)] if isinstance(values, list) else []

    async def _keep(self, **values: Sequence[str]) -> None:
        kept = {"order": self._kept("order"), "pinned": self._kept("pinned"), **values}
        await self._settings.put(KEY, json.dumps({name: list(each) for name, each in kept.items()}))
