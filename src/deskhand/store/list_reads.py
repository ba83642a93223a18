"""Reads that lists are made of: stored counts, where each page begins, rows by their ids."""

import json
from collections.abc import Mapping, Sequence

import apsw

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import KnownCustomer, ListSnapshot, PageCursor, PageIndex, SearchHit, TicketQuery
from deskhand.domain.tickets import TicketRow

from . import customers
from .account_info import AccountInfo
from .encoding import moment
from .plans import QueryPlan, StoredCounts
from .row_reading import LIST_COLUMNS, to_rows
from .search import find_meant

MOST_FOUND = 10_000


def number_of(query: TicketQuery, infos: Mapping[int, AccountInfo]) -> tuple[bool, int | None]:
    """Return whether the account of a query is there, and its number; None for all accounts."""
    if query.account is None:
        return True, None
    account = next((info.n for info in infos.values() if info.id == query.account), None)
    return account is not None, account


def counts_for(db: apsw.Connection, query: TicketQuery, account: int | None) -> StoredCounts:
    """Read the stored counts that choosing an access path needs."""
    if account is None:
        names = dict(db.execute("SELECT name, sum(n) FROM counts GROUP BY name"))
        sum_sql = "SELECT sum(n) FROM words WHERE kind = ? AND word = ?"
        of: tuple[int, ...] = ()
    else:
        names = dict(db.execute("SELECT name, n FROM counts WHERE account = ?", (account,)))
        sum_sql = "SELECT sum(n) FROM words WHERE kind = ? AND word = ? AND account = ?"
        of = (account,)
    group_open = 0
    if query.group and account is not None:
        group_open = int(
            db.execute("SELECT sum(n) FROM shelves WHERE account = ? AND shelf = ?", (account, query.group)).get or 0
        )
    return StoredCounts(
        names,
        group=min(names.get("all", 0), group_open + names.get("done", 0)),
        group_open=group_open,
        tag=0 if query.tag is None else int(db.execute(sum_sql, ("tag", query.tag, *of)).get or 0),
        vendor_state=0
        if query.vendor_state is None
        else int(db.execute(sum_sql, ("state", query.vendor_state, *of)).get or 0),
    )


def outline_along(db: apsw.Connection, query_plan: QueryPlan, page_size: int) -> PageIndex:
    """Return where each page begins, by skipping from one to the next."""
    cursors: list[PageCursor] = [()]
    while True:
        sql, values = query_plan.keys(cursors[-1], "LIMIT 1 OFFSET ?")
        row = db.execute(sql, (*values, page_size - 1)).fetchone()
        if row is None:
            break
        cursors.append(tuple(row))
    sql, values = query_plan.keys(cursors[-1], "LIMIT ?")
    rest = int(db.execute(f"SELECT count(*) FROM ({sql})", (*values, page_size)).get)
    if rest == 0 and len(cursors) > 1:
        cursors.pop()
        rest = page_size
    count = (len(cursors) - 1) * page_size + rest
    return PageIndex(count, page_size, tuple(cursors) if count else ())


def found_whole(
    db: apsw.Connection,
    query_plan: QueryPlan,
    page_size: int,
    infos: Mapping[int, AccountInfo],
    ranks: Mapping[int, int],
) -> ListSnapshot:
    """Read what was found for terms in one go: no index leads from one page of it to the next, each would sort all of it again.

    Args:
        ranks: the order before that of the plan, by ticket; empty = that alone.
    """
    sql, values = query_plan.rows(f"{LIST_COLUMNS}, t.{query_plan.sort_column}, t.id", (), "LIMIT ?")
    found = list(db.execute(sql, (*values, MOST_FOUND)))
    if ranks:
        found.sort(key=lambda row: ranks.get(row[-1], len(ranks)))
    rows = to_rows([row[:-2] for row in found], infos)
    cursors: list[PageCursor] = [(), *(tuple(found[at][-2:]) for at in range(page_size - 1, len(found) - 1, page_size))]
    pages = {page_cursor: rows[n * page_size : (n + 1) * page_size] for n, page_cursor in enumerate(cursors)}
    return ListSnapshot(PageIndex(len(found), page_size, tuple(cursors) if found else ()), pages)


def rows_by_id(db: apsw.Connection, ids: Sequence[int], infos: Mapping[int, AccountInfo]) -> dict[int, TicketRow]:
    """Return the rows of tickets that still exist, by their ids."""
    rows = list(
        db.execute(
            f"SELECT {LIST_COLUMNS}, t.id FROM json_each(?) j CROSS JOIN tickets t ON t.id = j.value",
            (json.dumps(list(ids)),),
        )
    )
    made = to_rows([row[:-1] for row in rows], infos)
    return {row[-1]: each for row, each in zip(rows, made, strict=True)}


def rows_by_key(
    db: apsw.Connection, keys: Sequence[TicketKey], infos: Mapping[int, AccountInfo]
) -> Sequence[TicketRow]:
    """Return the rows of these tickets that still exist."""
    numbers = {info.id: info.n for info in infos.values()}
    found: list[TicketRow] = []
    for account in {key.account for key in keys}:
        if account in numbers:
            remotes = json.dumps([key.remote for key in keys if key.account == account])
            sql = f"SELECT {LIST_COLUMNS} FROM json_each(?) j CROSS JOIN tickets t ON t.account = ? AND t.remote = j.value"
            found += to_rows(db.execute(sql, (remotes, numbers[account])), infos)
    return found


def found_hits(
    db: apsw.Connection, text: str, limit: int, account: AccountId | None, infos: Mapping[int, AccountInfo]
) -> Sequence[SearchHit]:
    """Find terms in subjects, people and messages."""
    number = next((info.n for info in infos.values() if info.id == account), None)
    if account is not None and number is None:
        return ()
    found, meant = find_meant(db, text, limit, number)
    rows = rows_by_id(db, [each.ticket for each in found], infos)
    return tuple(
        SearchHit(rows[each.ticket], each.snippet, moment(each.at), meant) for each in found if each.ticket in rows
    )


def found_customers(
    db: apsw.Connection, text: str, limit: int, infos: Mapping[int, AccountInfo]
) -> Sequence[KnownCustomer]:
    """Find customers by name or address."""
    return tuple(
        KnownCustomer(one.name, one.email, one.tickets, one.open, infos[one.account].id, one.accounts)
        for one in customers.find(db, text, limit)
        if one.account in infos
    )
