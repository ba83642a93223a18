"""Tickets that are remembered by their ids: which of them are still what they were remembered for."""

import json
from collections.abc import Callable, Mapping, Sequence

import apsw

from deskhand.domain.tickets import TicketRow

from .account_info import AccountInfo
from .plans import QueryPlan
from .row_reading import LIST_COLUMNS, to_rows


def is_other_now(before: int, now: int) -> bool:
    """Tell whether something may have been committed between two states of the database."""
    return now != before or now % 2 == 1


def still_listed(db: apsw.Connection, ids: Sequence[int], plan_of: Callable[[str], QueryPlan]) -> Sequence[int]:
    """Return those of remembered tickets that their list still has: what was removed since may have left its id to another.

    Args:
        plan_of: plans the list among these ids, a JSON list.
    """
    sql, values = plan_of(json.dumps(list(ids))).keys()
    there = {row_id for _, row_id in db.execute(sql, values)}
    return [row_id for row_id in ids if row_id in there]


def rows_of(db: apsw.Connection, ids: Sequence[int], infos: Mapping[int, AccountInfo]) -> Sequence[TicketRow]:
    """Return the rows of tickets in this order, as far as they still exist."""
    numbers = "[" + ",".join(map(str, ids)) + "]"
    sql = f"SELECT {LIST_COLUMNS} FROM json_each(?) j CROSS JOIN tickets t ON t.id = j.value"
    return to_rows(db.execute(sql, (numbers,)), infos)
