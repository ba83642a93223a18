"""Reads for the list and the panes, from projected and indexed rows."""

import json
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeVar

import apsw

from deskhand.domain.excerpts import Excerpt
from deskhand.domain.filters.completion import FilterChoices
from deskhand.domain.filters.hit_marks import HitTerms
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import Clock
from deskhand.domain.queries import (
    GroupBy,
    GroupRows,
    KnownCustomer,
    ListSnapshot,
    Overview,
    PageCursor,
    PageIndex,
    SearchHit,
    Sort,
    TicketQuery,
)
from deskhand.domain.tickets import TicketRow

from .account_info import AccountInfo
from .account_rows import account_infos
from .database import Database
from .excerpts import read_excerpts
from .filter_labels import filter_choices
from .filtered import FilteredLists
from .found import FoundIds, asked_for, found_ids
from .grouped import (
    Part,
    bounds_of,
    ids_of_parts,
    in_groups,
    is_indexed,
    outline_of_parts,
    page_of_parts,
    parts_of,
    position_of_parts,
    spans_of,
)
from .list_reads import counts_for, found_customers, found_hits, found_whole, number_of, outline_along, rows_by_key
from .overview import read_overview
from .plans import QueryPlan, plan_query
from .remembered import rows_of
from .row_reading import LIST_COLUMNS, to_rows
from .search import TicketSearch, search_all
from .sorted_lists import SortedLists, SortedTickets
from .sorting import plain

T = TypeVar("T")

_EMPTY = ListSnapshot(PageIndex(0, 1, ()), {(): ()})
_SCANNED = 0
"""In place of a data version: found by the scan thread."""


class ListReader:
    """Implements `ports.Lists`.

    Args:
        own: a connection that only the calling thread of the plain methods uses.
        clock: from whose time the durations of a filter are counted.
    """

    def __init__(self, database: Database, own: apsw.Connection, clock: Clock) -> None:
        self._database = database
        self._own = own
        self._clock = clock
        self._filtered = FilteredLists(clock, database.state)
        self._sorted = SortedLists(clock, database.state)
        self._found: dict[TicketQuery, tuple[FoundIds, int]] = {}

    def first_page(self, query: TicketQuery, size: int) -> Sequence[TicketRow]:
        """Return the first rows."""
        return self.page(query, (), size)

    def page(self, query: TicketQuery, after: PageCursor, size: int) -> Sequence[TicketRow]:
        """Return the rows behind a page cursor."""
        with self._database.translated_errors():
            return self._page(self._own, query, after, size, account_infos(self._own))

    def first_groups(self, query: TicketQuery, size: int, folded: Collection[str] = ()) -> Sequence[GroupRows]:
        """Return the first rows in their groups."""
        if query.group_by is GroupBy.NONE or query.text.strip() or not is_indexed(query):
            return [GroupRows("", self.page(query, (), size))]
        with self._database.translated_errors():
            db, infos = self._own, account_infos(self._own)
            is_known, account = number_of(query, infos)
            if not is_known:
                return []
            if (parts := self._parts(db, query, account, infos)) is not None:
                return page_of_parts(db, parts, (), size, infos, folded)
            query_plan = self._plan_among(db, plain(query), account, None)
            sql, values = query_plan.rows(f"{LIST_COLUMNS}, t.{query_plan.sort_column}", (), "LIMIT ?")
            found = list(db.execute(sql, (*values, size)))
            rows = to_rows([row[:-1] for row in found], infos)
            return in_groups(rows, [int(row[-1]) for row in found], bounds_of(db, query, self._clock.now()))

    def is_indexed(self, query: TicketQuery) -> bool:
        """Tell whether the first rows can be read at once."""
        return bool(query.text.strip()) or is_indexed(query)

    def rows(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return the rows of these tickets that still exist."""
        with self._database.translated_errors():
            return rows_by_key(self._own, keys, account_infos(self._own))

    def overview(self) -> Overview:
        """Return the counts of the accounts pane."""
        with self._database.translated_errors():
            return read_overview(self._own)

    async def read_overview(self) -> Overview:
        """Return the counts without a moment of the caller's thread."""
        return await self._database.read(read_overview)

    async def outline(self, query: TicketQuery, page_size: int) -> PageIndex:
        """Return the list's skeleton, by skipping from page to page along the index."""

        def read(db: apsw.Connection) -> PageIndex:
            return self._outline(db, query, page_size, account_infos(db))

        return await self._database.scan(read)

    async def filter_choices(self) -> FilterChoices:
        """Return what can be named in a filter."""
        return await self._database.scan(filter_choices)

    async def count(self, query: TicketQuery) -> int:
        """Return how many rows a list has."""

        def read(db: apsw.Connection) -> int:
            query_plan = self._plan_query(db, plain(query), account_infos(db))
            return 0 if query_plan is None else int(db.execute(*query_plan.count_before(())).get)

        return await self._database.scan(read)

    async def snapshot(self, query: TicketQuery, page_size: int, near: range, whole: int) -> ListSnapshot:
        """Return the list's skeleton with the pages that are about to be looked at, so that the window's thread need not read them."""

        def read(db: apsw.Connection) -> ListSnapshot:
            infos = account_infos(db)
            if query.text.strip():
                is_known, account = number_of(query, infos)
                return self._read_found(db, query, account, page_size, infos) if is_known else _EMPTY
            outline = self._outline(db, query, page_size, infos)
            is_short = outline.count <= whole
            wanted = [
                page_cursor
                for number, page_cursor in enumerate(outline.page_cursors)
                if is_short or number == 0 or (number * page_size < near.stop and (number + 1) * page_size > near.start)
            ]
            rows: dict[PageCursor, Sequence[TicketRow]] = {(): ()}
            for page_cursor in wanted:
                rows[page_cursor] = self._page(db, query, page_cursor, page_size, infos)
            return ListSnapshot(outline, rows)

        return await self._database.scan(read)

    async def search_snapshots(self, query: TicketQuery, page_size: int) -> AsyncIterator[ListSnapshot]:
        """Yield what is found for the query's terms: once as soon as there is anything, then all of it."""
        looking: TicketSearch | None = None
        shown = False

        def step(db: apsw.Connection) -> ListSnapshot | None:
            nonlocal looking
            infos = account_infos(db)
            is_known, account = number_of(query, infos)
            if not is_known:
                return _EMPTY
            looking = looking or TicketSearch(query.text, account)
            looking.advance(db)
            if not looking.ended and (shown or not looking.tickets):
                return None
            known = found_ids(db, query, account, looking, self._filtered)
            self._found = {asked_for(query): (known, _SCANNED)}
            found = self._read_found(db, query, account, page_size, infos, known)
            return replace(found, complete=looking.ended, meant=looking.meant)

        while True:
            found = await self._database.scan(step)
            if found is not None and (found.complete or found.index.count):
                shown = True
                yield found
            if looking is None or looking.ended:
                return

    async def position(self, query: TicketQuery, key: TicketKey) -> int | None:
        """Return the row number of a ticket in a list."""

        def read(db: apsw.Connection) -> int | None:
            infos = account_infos(db)
            row_id = db.execute(
                "SELECT t.id FROM feeds f JOIN tickets t ON t.account = f.n AND t.remote = ? WHERE f.id = ?",
                (key.remote, key.account),
            ).get
            if row_id is None:
                return None
            is_known, account = number_of(query, infos)
            if is_known and (found := self._sorted_for(db, query, account, infos)) is not None:
                return found.ids.index(int(row_id)) if int(row_id) in found.ids else None
            if is_known and (parts := self._parts(db, query, account, infos)) is not None:
                return position_of_parts(db, parts, int(row_id))
            query_plan = self._plan_query(db, plain(query), infos)
            if query_plan is None:
                return None
            page_cursor = db.execute(*query_plan.cursor_of(int(row_id))).fetchone()
            return None if page_cursor is None else int(db.execute(*query_plan.count_before(tuple(page_cursor))).get)

        return await self._database.scan(read)

    async def among(self, query: TicketQuery, keys: Sequence[TicketKey]) -> frozenset[TicketKey]:
        """Return which of these tickets a list has."""

        def read(db: apsw.Connection) -> frozenset[TicketKey]:
            infos = account_infos(db)
            exists, account = number_of(query, infos)
            if not exists:
                return frozenset()
            numbers = {info.id: n for n, info in infos.items()}
            named = [(numbers[key.account], key.remote) for key in keys if key.account in numbers]
            sql = "SELECT t.id FROM json_each(?) j JOIN tickets t ON t.account = j.value ->> 0 AND t.remote = j.value ->> 1"
            ids = [row_id for (row_id,) in db.execute(sql, (json.dumps(named),))]
            if query.text.strip():
                ids = sorted({*ids} & {*json.loads(self._ids(db, query, account).ids)})
            query_plan = self._plan_among(db, plain(query), account, json.dumps(ids))
            sql, values = query_plan.rows("t.account, t.remote")
            return frozenset(TicketKey(infos[n].id, remote) for n, remote in db.execute(sql, values))

        return await (self._database.scan(read) if query.text.strip() else self._database.read(read))

    async def select(self, query: TicketQuery, limit: int, offset: int = 0) -> Sequence[TicketKey]:
        """Return keys in list order."""

        def read(db: apsw.Connection) -> Sequence[TicketKey]:
            infos = account_infos(db)
            is_known, account = number_of(query, infos)
            ids: Iterable[int] | None = None
            if is_known and (found := self._sorted_for(db, query, account, infos)) is not None:
                ids = found.ids
            elif is_known and (parts := self._parts(db, query, account, infos)) is not None:
                ids = ids_of_parts(db, parts)
            if ids is not None:
                return tuple(row.key for row in rows_of(db, list(islice(ids, offset, offset + limit)), infos))
            if is_known and query.text.strip() and query.sort is Sort.BEST:
                pages = self._read_found(db, query, account, limit + offset, infos).rows.values()
                return tuple(row.key for page in pages for row in page)[offset : offset + limit]
            query_plan = self._plan_query(db, plain(query), infos)
            if query_plan is None:
                return ()
            sql, values = query_plan.rows("t.account, t.remote", (), "LIMIT ? OFFSET ?")
            return tuple(TicketKey(infos[n].id, remote) for n, remote in db.execute(sql, (*values, limit, offset)))

        return await self._database.scan(read)

    async def excerpts(self, keys: Sequence[TicketKey], terms: HitTerms) -> Mapping[TicketKey, Excerpt]:
        """Return where tickets hold what was looked for."""
        return await self._database.read(lambda db: read_excerpts(db, keys, terms, account_infos(db)))

    async def search(self, text: str, limit: int, account: AccountId | None = None) -> Sequence[SearchHit]:
        """Find terms in subjects, people and messages."""
        return await self._database.scan(lambda db: found_hits(db, text, limit, account, account_infos(db)))

    async def customers(self, text: str, limit: int) -> Sequence[KnownCustomer]:
        """Find customers by name or address."""
        return await self._database.scan(lambda db: found_customers(db, text, limit, account_infos(db)))

    def _plan_query(
        self, db: apsw.Connection, query: TicketQuery, infos: Mapping[int, AccountInfo]
    ) -> QueryPlan | None:
        """Return how to answer a query; None where nothing can match."""
        is_known, account = number_of(query, infos)
        if not is_known:
            return None
        ids = self._ids(db, query, account).ids if query.text.strip() else None
        return self._plan_among(db, query, account, ids)

    def _plan_among(self, db: apsw.Connection, query: TicketQuery, account: int | None, ids: str | None) -> QueryPlan:
        if query.filter is not None:
            return self._filtered.plan(db, query, account, ids)
        return plan_query(query, account, counts_for(db, query, account), ids)

    def _outline(
        self, db: apsw.Connection, query: TicketQuery, page_size: int, infos: Mapping[int, AccountInfo]
    ) -> PageIndex:
        is_known, account = number_of(query, infos)
        if not is_known:
            return PageIndex(0, page_size, ())
        if (found := self._sorted_for(db, query, account, infos, is_new=True)) is not None:
            return found.index(page_size)
        if (parts := self._parts(db, query, account, infos)) is not None:
            return outline_of_parts(db, parts, page_size)
        if query.filter is not None and not query.text.strip():
            return self._filtered.outline(db, plain(query), account, page_size)
        query_plan = self._plan_query(db, plain(query), infos)
        if query_plan is None:
            return PageIndex(0, page_size, ())
        index = outline_along(db, query_plan, page_size)
        if query.group_by is GroupBy.NONE or query.text.strip():
            return index
        return replace(index, groups=spans_of(db, query_plan, index, bounds_of(db, query, self._clock.now())))

    def _parts(
        self, db: apsw.Connection, query: TicketQuery, account: int | None, infos: Mapping[int, AccountInfo]
    ) -> list[Part] | None:
        """Return the groups of a list that are lists by themselves; None where it is one list."""
        if query.group_by not in (GroupBy.ACCOUNT, GroupBy.STATE) or query.text.strip() or not is_indexed(query):
            return None
        return parts_of(query, account, infos, lambda of, number: self._plan_among(db, of, number, None))

    def _sorted_for(
        self,
        db: apsw.Connection,
        query: TicketQuery,
        account: int | None,
        infos: Mapping[int, AccountInfo],
        *,
        is_new: bool = False,
    ) -> SortedTickets | None:
        """Return the order of a list that no index has, None where one does. For the scan thread.

        Args:
            is_new: look through the list, whatever is remembered of it.
        """
        if query.text.strip() or is_indexed(query):
            return None
        return (None if is_new else self._sorted.remembered(query)) or self._sorted.find(db, query, account, infos)

    def _page(
        self,
        db: apsw.Connection,
        query: TicketQuery,
        after: PageCursor,
        size: int,
        infos: Mapping[int, AccountInfo],
    ) -> Sequence[TicketRow]:
        is_known, account = number_of(query, infos)
        if is_known and not query.text.strip():
            if not is_indexed(query):
                begin = int(after[0]) if after else 0
                ids = self._sorted.page(db, query, begin, size, partial(self._plan_among, db, plain(query), account))
                return rows_of(db, ids, infos)
            if (parts := self._parts(db, query, account, infos)) is not None:
                return [row for group in page_of_parts(db, parts, after, size, infos) for row in group.rows]
            if query.filter is not None:
                return self._filtered.page(db, plain(query), account, after, size, infos)
        query_plan = self._plan_query(db, plain(query), infos)
        if query_plan is None:
            return ()
        sql, values = query_plan.rows(LIST_COLUMNS, after, "LIMIT ?")
        return to_rows(db.execute(sql, (*values, size)), infos)

    def _read_found(
        self,
        db: apsw.Connection,
        query: TicketQuery,
        account: int | None,
        page_size: int,
        infos: Mapping[int, AccountInfo],
        known: FoundIds | None = None,
    ) -> ListSnapshot:
        """Return what holds the terms of a query, in its order."""
        known = known or self._ids(db, query, account)
        ranks = known.ranks if query.sort is Sort.BEST else {}
        return found_whole(db, self._plan_among(db, query, account, known.ids), page_size, infos, ranks)

    def _ids(self, db: apsw.Connection, query: TicketQuery, account: int | None) -> FoundIds:
        """Return the tickets that hold the terms of a query.

        The scan thread looks for them with every outline; pages on the caller's own thread take what it found last, so that
        nothing is searched between two frames. Without an outline they are remembered until the next commit.
        """
        key, is_own = asked_for(query), db is self._own
        version = int(db.pragma("data_version")) if is_own else _SCANNED
        known, found_at = self._found.get(key, (None, -1))
        if is_own and known is not None and found_at in (version, _SCANNED):
            return known
        found = found_ids(db, query, account, search_all(db, query.text, account), self._filtered)
        self._found = {key: (found, version)}
        return found
