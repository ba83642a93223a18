"""Reads for the list and the panes, from projected and indexed rows."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import apsw

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import (
    GroupCount,
    ListSnapshot,
    Overview,
    PageCursor,
    PageIndex,
    Scope,
    SearchHit,
    TicketQuery,
)
from deskhand.domain.tickets import TicketRow

from . import search
from .account_rows import account_infos
from .database import Database
from .encoding import moment
from .plans import QueryPlan, StoredCounts, plan_query
from .rows import PRIORITIES, STATES, AccountInfo, sort_key_millis

T = TypeVar("T")

LIST_COLUMNS = (
    "t.account, t.remote, t.number, t.subject, t.who, t.state, t.vendor_state, t.priority, t.vendor_priority, t.shelf_name,"
    " t.snippet, t.at, t.due, t.unread, t.waiting, t.has_files, t.has_draft, t.sentiment, t.tags, t.pending, t.needs_agent"
)

_MOST_FOUND = 10_000
_SCANNED = 0
"""In place of a data version: found by the scan thread."""


class ListReader:
    """Implements `ports.Lists`.

    Args:
        own: a connection that only the calling thread of the plain methods uses.
    """

    def __init__(self, database: Database, own: apsw.Connection) -> None:
        self._database = database
        self._own = own
        self._found: dict[str, tuple[str, int]] = {}

    def first_page(self, query: TicketQuery, size: int) -> Sequence[TicketRow]:
        """Return the first rows."""
        return self.page(query, (), size)

    def page(self, query: TicketQuery, after: PageCursor, size: int) -> Sequence[TicketRow]:
        """Return the rows behind an anchor."""
        with self._database.translated_errors():
            infos = account_infos(self._own)
            query_plan = self._plan_query(self._own, query, infos)
            if query_plan is None:
                return ()
            sql, values = query_plan.rows(LIST_COLUMNS, after, "LIMIT ?")
            return to_rows(self._own.execute(sql, (*values, size)), infos)

    def rows(self, keys: Sequence[TicketKey]) -> Sequence[TicketRow]:
        """Return the rows of these tickets that still exist."""
        with self._database.translated_errors():
            infos = account_infos(self._own)
            numbers = {info.id: info.n for info in infos.values()}
            found: list[TicketRow] = []
            for account in {key.account for key in keys}:
                if account in numbers:
                    remotes = json.dumps([key.remote for key in keys if key.account == account])
                    sql = f"SELECT {LIST_COLUMNS} FROM json_each(?) j CROSS JOIN tickets t ON t.account = ? AND t.remote = j.value"
                    found += to_rows(self._own.execute(sql, (remotes, numbers[account])), infos)
            return found

    def overview(self) -> Overview:
        """Return the counts of the accounts pane."""
        with self._database.translated_errors():
            return overview(self._own)

    async def read_overview(self) -> Overview:
        """Return the counts without a moment of the caller's thread."""
        return await self._database.read(overview)

    async def outline(self, query: TicketQuery, page_size: int) -> PageIndex:
        """Return the list's skeleton, by skipping from page to page along the index."""

        def read(db: apsw.Connection) -> PageIndex:
            query_plan = self._plan_query(db, query, account_infos(db))
            return PageIndex(0, page_size, ()) if query_plan is None else _outline(db, query_plan, page_size)

        return await self._database.scan(read)

    async def snapshot(self, query: TicketQuery, page_size: int, near: range, whole: int) -> ListSnapshot:
        """Return the list's skeleton with the pages that are about to be looked at, so that the window's thread need not read them."""

        def read(db: apsw.Connection) -> ListSnapshot:
            infos = account_infos(db)
            query_plan = self._plan_query(db, query, infos)
            if query_plan is None:
                return ListSnapshot(PageIndex(0, page_size, ()), {(): ()})
            if query.text.strip():
                return _whole(db, query_plan, page_size, infos)
            outline = _outline(db, query_plan, page_size)
            is_short = outline.count <= whole
            wanted = [
                anchor
                for number, anchor in enumerate(outline.page_cursors)
                if is_short or number == 0 or (number * page_size < near.stop and (number + 1) * page_size > near.start)
            ]
            rows: dict[PageCursor, Sequence[TicketRow]] = {(): ()}
            for anchor in wanted:
                sql, values = query_plan.rows(LIST_COLUMNS, anchor, "LIMIT ?")
                rows[anchor] = to_rows(db.execute(sql, (*values, page_size)), infos)
            return ListSnapshot(outline, rows)

        return await self._database.scan(read)

    async def search_snapshots(self, query: TicketQuery, page_size: int) -> AsyncIterator[ListSnapshot]:
        """Yield what is found for the query's words: once as soon as there is anything, then all of it."""
        looking: search.TicketSearch | None = None
        shown = False

        def step(db: apsw.Connection) -> ListSnapshot | None:
            nonlocal looking
            infos = account_infos(db)
            is_known, account = _number(query, infos)
            if not is_known:
                return ListSnapshot(PageIndex(0, page_size, ()), {(): ()})
            looking = looking or search.TicketSearch(query.text, account)
            looking.advance(db)
            if not looking.ended and (shown or not looking.tickets):
                return None
            ids = json.dumps(looking.tickets)
            self._found = {f"{account}/{query.text}": (ids, _SCANNED)}
            query_plan = plan_query(query, account, _counts(db, query, account), ids)
            found = _whole(db, query_plan, page_size, infos)
            return found if looking.ended else replace(found, complete=False)

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
            query_plan = self._plan_query(db, query, account_infos(db))
            row_id = db.execute(
                "SELECT t.id FROM feeds f JOIN tickets t ON t.account = f.n AND t.remote = ? WHERE f.id = ?",
                (key.remote, key.account),
            ).get
            if query_plan is None or row_id is None:
                return None
            anchor = db.execute(*query_plan.cursor_of(int(row_id))).fetchone()
            return None if anchor is None else int(db.execute(*query_plan.count_before(tuple(anchor))).get)

        return await self._database.scan(read)

    async def select(self, query: TicketQuery, limit: int, offset: int = 0) -> Sequence[TicketKey]:
        """Return keys in list order."""

        def read(db: apsw.Connection) -> Sequence[TicketKey]:
            infos = account_infos(db)
            query_plan = self._plan_query(db, query, infos)
            if query_plan is None:
                return ()
            sql, values = query_plan.rows("t.account, t.remote", (), "LIMIT ? OFFSET ?")
            return tuple(TicketKey(infos[n].id, remote) for n, remote in db.execute(sql, (*values, limit, offset)))

        return await self._database.scan(read)

    async def search(self, text: str, limit: int, account: AccountId | None = None) -> Sequence[SearchHit]:
        """Find words in subjects, people and messages."""

        def read(db: apsw.Connection) -> Sequence[SearchHit]:
            infos = account_infos(db)
            number = next((info.n for info in infos.values() if info.id == account), None)
            if account is not None and number is None:
                return ()
            found = search.find(db, text, limit, number)
            rows = _by_id(db, [each.ticket for each in found], infos)
            return tuple(
                SearchHit(rows[each.ticket], each.snippet, moment(each.at)) for each in found if each.ticket in rows
            )

        return await self._database.scan(read)

    def _plan_query(
        self, db: apsw.Connection, query: TicketQuery, infos: Mapping[int, AccountInfo]
    ) -> QueryPlan | None:
        """Return how to answer a query; None where nothing can match."""
        is_known, account = _number(query, infos)
        if not is_known:
            return None
        ids = None
        if query.text.strip():
            ids = self._ids(db, query.text, account)
        return plan_query(query, account, _counts(db, query, account), ids)

    def _ids(self, db: apsw.Connection, text: str, account: int | None) -> str:
        """Return the tickets that hold the words.

        The scan thread looks for them with every outline; pages on the caller's own thread take what it found last, so that
        nothing is searched between two frames. Without an outline they are remembered until the next commit.
        """
        key, is_own = f"{account}/{text}", db is self._own
        version = int(db.pragma("data_version")) if is_own else _SCANNED
        known, found_at = self._found.get(key, ("", -1))
        if is_own and known and found_at in (version, _SCANNED):
            return known
        found = json.dumps(search.tickets_with(db, text, account))
        self._found = {key: (found, version)}
        return found


def _number(query: TicketQuery, infos: Mapping[int, AccountInfo]) -> tuple[bool, int | None]:
    """Return whether the account of a query is there, and its number; None for all accounts."""
    if query.account is None:
        return True, None
    account = next((info.n for info in infos.values() if info.id == query.account), None)
    return account is not None, account


def to_rows(rows: apsw.Cursor, infos: Mapping[int, AccountInfo]) -> list[TicketRow]:
    """Make rows of `PAINTED` columns."""
    found = []
    for (
        n, remote, number, subject, who, state, vendor_state, priority, vendor_priority, group, snippet, at, due, unread, waiting,
        has_files, has_draft, sentiment, tags, pending, needs_agent,
    ) in rows:  # fmt: skip
        found.append(
            TicketRow(
                TicketKey(infos[n].id, remote),
                number,
                subject,
                who,
                STATES[state],
                vendor_state,
                PRIORITIES[priority],
                vendor_priority,
                group,
                snippet,
                moment(sort_key_millis(at)),
                moment(due),
                bool(unread),
                bool(waiting),
                bool(has_files),
                bool(has_draft),
                sentiment,
                tuple(json.loads(tags)) if tags else (),
                tuple(pending.split()) if pending else (),
                bool(needs_agent),
            )
        )
    return found


def overview(db: apsw.Connection) -> Overview:
    """Read the kept counts."""
    infos = account_infos(db)
    scopes = dict.fromkeys(Scope, 0)
    accounts: dict[AccountId, int] = {}
    known = {scope.value: scope for scope in Scope}
    for n, name, count in db.execute("SELECT account, name, n FROM counts"):
        if name in known:
            scopes[known[name]] += count
        if name == Scope.OPEN.value and n in infos:
            accounts[infos[n].id] = count
    for info in infos.values():
        accounts.setdefault(info.id, 0)
    deliveries: dict[str, int] = dict(
        db.execute(
            "SELECT delivery, count(*) FROM outbox INDEXED BY outbox_delivery WHERE delivery <> 'sent' GROUP BY delivery"
        )
    )
    return Overview(
        scopes,
        accounts,
        _groups(db, infos),
        outbox_open=sum(deliveries.values()),
        outbox_decisions=deliveries.get("ask", 0) + deliveries.get("failed", 0),
    )


def _groups(db: apsw.Connection, infos: Mapping[int, AccountInfo]) -> dict[AccountId, tuple[GroupCount, ...]]:
    """Return the groups that an account is known to have, in its vendor's order, then those seen only in data."""
    names: dict[AccountId, dict[str, str]] = {info.id: {} for info in infos.values()}
    for (body,) in db.execute(
        "SELECT json_object('id', id, 'shelves', json_extract(body, '$.capabilities.shelves')) FROM accounts"
    ):
        plain_account = json.loads(body)
        for group in plain_account["shelves"] or ():
            if group.get("parent") is None:
                names.setdefault(AccountId(plain_account["id"]), {})[group["id"]] = group["name"]
    counts: dict[AccountId, dict[str, dict[str, int]]] = {}
    for n, group, stage, name, count in db.execute(
        "SELECT account, shelf, stage, name, n FROM shelves ORDER BY name, stage"
    ):
        if n in infos and count > 0:
            account = infos[n].id
            names[account].setdefault(group, name)
            counts.setdefault(account, {}).setdefault(group, {})[stage] = count
    found: dict[AccountId, tuple[GroupCount, ...]] = {}
    for account, groups in names.items():
        of = counts.get(account, {})
        found[account] = tuple(_group_count(group, name, of.get(group, {})) for group, name in groups.items())
    return found


def _group_count(group: str, name: str, stages: Mapping[str, int]) -> GroupCount:
    return GroupCount(
        group,
        name,
        sum(stages.values()),
        tuple(GroupCount(stage, stage, count) for stage, count in stages.items() if stage),
    )


def _counts(db: apsw.Connection, query: TicketQuery, account: int | None) -> StoredCounts:
    """Read the kept counts that choosing a walk needs."""
    if account is None:
        names = dict(db.execute("SELECT name, sum(n) FROM counts GROUP BY name"))
        words = "SELECT sum(n) FROM words WHERE kind = ? AND word = ?"
        of: tuple[int, ...] = ()
    else:
        names = dict(db.execute("SELECT name, n FROM counts WHERE account = ?", (account,)))
        words = "SELECT sum(n) FROM words WHERE kind = ? AND word = ? AND account = ?"
        of = (account,)
    shelf_open = 0
    if query.group and account is not None:
        shelf_open = int(
            db.execute("SELECT sum(n) FROM shelves WHERE account = ? AND shelf = ?", (account, query.group)).get or 0
        )
    return StoredCounts(
        names,
        group=min(names.get("all", 0), shelf_open + names.get("done", 0)),
        group_open=shelf_open,
        tag=0 if query.tag is None else int(db.execute(words, ("tag", query.tag, *of)).get or 0),
        vendor_state=0
        if query.vendor_state is None
        else int(db.execute(words, ("state", query.vendor_state, *of)).get or 0),
    )


def _outline(db: apsw.Connection, query_plan: QueryPlan, page_size: int) -> PageIndex:
    anchors: list[PageCursor] = [()]
    while True:
        sql, values = query_plan.keys(anchors[-1], "LIMIT 1 OFFSET ?")
        row = db.execute(sql, (*values, page_size - 1)).fetchone()
        if row is None:
            break
        anchors.append(tuple(row))
    sql, values = query_plan.keys(anchors[-1], "LIMIT ?")
    rest = int(db.execute(f"SELECT count(*) FROM ({sql})", (*values, page_size)).get)
    if rest == 0 and len(anchors) > 1:
        anchors.pop()
        rest = page_size
    count = (len(anchors) - 1) * page_size + rest
    return PageIndex(count, page_size, tuple(anchors) if count else ())


def _whole(
    db: apsw.Connection, query_plan: QueryPlan, page_size: int, infos: Mapping[int, AccountInfo]
) -> ListSnapshot:
    """Read what was found for words in one go: no index leads from one page of it to the next, each would sort all of it again."""
    sql, values = query_plan.rows(f"{LIST_COLUMNS}, t.{query_plan.sort_column}, t.id", (), "LIMIT ?")
    found = list(db.execute(sql, (*values, _MOST_FOUND)))
    rows = to_rows([row[:-2] for row in found], infos)  # type: ignore[arg-type]
    anchors: list[PageCursor] = [(), *(tuple(found[at][-2:]) for at in range(page_size - 1, len(found) - 1, page_size))]
    pages = {anchor: rows[n * page_size : (n + 1) * page_size] for n, anchor in enumerate(anchors)}
    return ListSnapshot(PageIndex(len(found), page_size, tuple(anchors) if found else ()), pages)


def _by_id(db: apsw.Connection, ids: Sequence[int], infos: Mapping[int, AccountInfo]) -> dict[int, TicketRow]:
    rows = list(
        db.execute(
            f"SELECT {LIST_COLUMNS}, t.id FROM json_each(?) j CROSS JOIN tickets t ON t.id = j.value",
            (json.dumps(list(ids)),),
        )
    )
    made = to_rows([row[:-1] for row in rows], infos)  # type: ignore[arg-type]
    return {row[-1]: each for row, each in zip(rows, made, strict=True)}
