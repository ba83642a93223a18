"""What a search for terms found: kept by the ids of the tickets, and read as a whole list."""

import json
from collections.abc import Mapping
from dataclasses import replace

import apsw

from deskhand.domain.filters.hit_marks import typed_terms
from deskhand.domain.filters.syntax import Comparison, Field, Term, all_of
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import GroupBy, Scope, Sort, TicketQuery

from .filtered import FilteredLists
from .list_reads import MOST_FOUND
from .search import TicketSearch


@dataclass(frozen=True, slots=True)
class FoundIds:
    """The tickets that hold the terms.

    Attributes:
        ids: their numbers here, as a JSON list.
        ranks: how well each fits, the best 0; one that is not among them fits least.
    """

    ids: str
    ranks: Mapping[int, int]


def asked_for(query: TicketQuery) -> TicketQuery:
    """Return what decides which tickets are found: a query in any order."""
    return replace(query, sort=Sort.NEWEST, sorted_by="", group_by=GroupBy.NONE, then=None)


def is_narrow(query: TicketQuery) -> bool:
    """Tell whether a query looks only in some of the tickets, so that the newest hits of all may be others than its own."""
    return asked_for(query) != TicketQuery(Scope.ALL, text=query.text)


def exactly(query: TicketQuery, text: str) -> TicketQuery:
    """Return a query whose filter asks for the terms, so that what it finds is all that holds them."""
    terms = [Term(Field.TEXT, Comparison.IS, named) for named in typed_terms(text)]
    found = all_of(*([] if query.filter is None else [query.filter]), *terms)
    return replace(asked_for(query), text="", filter=found)


def found_ids(
    db: apsw.Connection, query: TicketQuery, account: int | None, looking: TicketSearch, filtered: FilteredLists
) -> FoundIds:
    """Return what a search found so far; at its end with what a narrow list holds beyond the newest hits of all."""
    found = looking.tickets
    if looking.ended and looking.is_cut and is_narrow(query):
        sql, values = filtered.plan(db, exactly(query, looking.text), account).rows("t.id", (), "LIMIT ?")
        found = sorted({*found, *(row_id for (row_id,) in db.execute(sql, (*values, MOST_FOUND)))})
    return FoundIds(json.dumps(found), dict(looking.ranks))
