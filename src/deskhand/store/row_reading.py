"""Reads rows of `tickets` as the list shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import TicketRow

from .account_info import AccountInfo
from .rows import TABLE

_SHOWN = {column.shown_as: (column.sql or name, column.read) for name, column in TABLE.items() if column.shown_as}
_LIST_FIELDS = tuple(_SHOWN[field.name] for field in fields(TicketRow) if field.name != "key")
_READERS = tuple(read for _, read in _LIST_FIELDS)

LIST_COLUMNS = ", ".join(f"t.{sql}" for sql in ("account", "remote", *(sql for sql, _ in _LIST_FIELDS)))
"""What `to_rows` needs, as SQL: the ticket's key, then the fields of `TicketRow` in their order."""


def to_rows(rows: Iterable[Sequence[Any]], infos: Mapping[int, AccountInfo]) -> list[TicketRow]:
    """Make rows of `LIST_COLUMNS`."""
    columns = tuple(zip(*rows, strict=True))
    if not columns:
        return []
    keys = (TicketKey(infos[n].id, remote) for n, remote in zip(columns[0], columns[1], strict=True))
    values = (column if read is None else map(read, column) for column, read in zip(columns[2:], _READERS, strict=True))
    return list(map(TicketRow, keys, *values))
