"""Rows in and out: the one place that writes `tickets`, its index, its tags and its counts, so that they never part.

A changed row is written column by column: SQLite rewrites every index that an assigned column stands in, and a ticket stands in
fifteen to twenty of them.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw

from deskhand.domain import plain
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.tickets import Ticket

from .account_info import AccountInfo
from .account_rows import account_info
from .counts import distinct_values
from .database import Work
from .encoding import decode, encode
from .local_marks import delete_marks, draft_text, end_return, marks_of
from .rows import COLUMNS, SEARCHED, ConversationSummary, Row, project_row, summary_of

_ROW = ", ".join(f"t.{column}" for column in COLUMNS)
_INSERT = f"INSERT INTO tickets({', '.join(COLUMNS)}) VALUES({', '.join('?' * len(COLUMNS))})"


class StoredTicket(NamedTuple):
    """A ticket as stored: its row, and its server state still encoded."""

    row: Row
    server: str
    raw: str


class NewStoredTicket(NamedTuple):
    """A ticket to be stored for the first time."""

    row: Row
    ticket: Ticket
    server: str
    raw: str


def load(db: apsw.Connection, info: AccountInfo, remotes: Iterable[str]) -> dict[str, StoredTicket]:
    """Return those of the tickets that are stored, by the vendor's id."""
    rows = db.execute(
        f"SELECT {_ROW}, s.ticket, s.raw FROM json_each(?) j CROSS JOIN tickets t ON t.account = ? AND t.remote = j.value"
        " JOIN server s ON s.id = t.id",
        (json.dumps(list(remotes)), info.n),
    )
    width = len(COLUMNS)
    return {row[2]: StoredTicket(Row(*row[:width]), row[width], row[width + 1]) for row in rows}


def load_one(db: apsw.Connection, key: TicketKey) -> tuple[AccountInfo, StoredTicket] | None:
    """Return one ticket as stored."""
    info = account_info(db, key.account)
    if info is None:
        return None
    stored = load(db, info, (key.remote,)).get(key.remote)
    return None if stored is None else (info, stored)


def next_id(db: apsw.Connection) -> int:
    """Return the number of the next ticket."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM tickets").get)


def insert(work: Work, info: AccountInfo, fresh: Sequence[NewStoredTicket], *, index: bool = True) -> None:
    """Store new tickets.

    Args:
        index: whether their text goes into the index now, or later by a rebuild of it.
    """
    db, deltas = work.db, work.count_deltas
    db.executemany(_INSERT, (each.row for each in fresh))
    db.executemany("INSERT INTO server(id, ticket, raw) VALUES(?, ?, ?)", ((f.row.id, f.server, f.raw) for f in fresh))
    db.executemany(
        "INSERT INTO seen(id, account, walk) VALUES(?, ?, ?)", ((f.row.id, info.n, info.full_sync) for f in fresh)
    )
    if index:
        db.executemany(
            "INSERT INTO ticket_words(rowid, number, subject, people, grams) VALUES(?, ?, ?, ?, ?)",
            ((r.id, r.number, r.subject, r.people, r.bigrams) for r, _, _, _ in fresh),
        )
    db.executemany(
        "INSERT OR IGNORE INTO tagged(tag, at, id, urgent) VALUES(?, ?, ?, ?)",
        ((tag, r.sort_key, r.id, r.priority_sort_key) for r, _, _, _ in fresh if r.tags for tag in _tags_of(r)),
    )
    for each in fresh:
        deltas.add_row(each.row, 1)
        deltas.add_values(distinct_values(info.n, each.ticket), 1)
    if info.is_local_only:
        save_tickets_local_only(work, info, fresh)


def update(work: Work, old: Row, new: Row) -> bool:
    """Bring a stored row from `old` to `new`; False where they are the same."""
    if old == new:
        return False
    changed = [position for position, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    names = [COLUMNS[position] for position in changed]
    is_searched = any(Row._fields[position] in SEARCHED for position in changed)
    db = work.db
    if is_searched:
        _unindex(db, old)
    db.execute(
        f"UPDATE tickets SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
        (*(new[position] for position in changed), old.id),
    )
    if is_searched:
        db.execute(
            "INSERT INTO ticket_words(rowid, number, subject, people, grams) VALUES(?, ?, ?, ?, ?)",
            (new.id, new.number, new.subject, new.people, new.bigrams),
        )
    if (old.tags or new.tags) and (old.tags, old.sort_key, old.priority_sort_key) != (
        new.tags,
        new.sort_key,
        new.priority_sort_key,
    ):
        _untag(db, old)
        db.executemany(
            "INSERT OR IGNORE INTO tagged(tag, at, id, urgent) VALUES(?, ?, ?, ?)",
            ((tag, new.sort_key, new.id, new.priority_sort_key) for tag in _tags_of(new)),
        )
    work.count_deltas.add_row(old, -1)
    work.count_deltas.add_row(new, 1)
    return True


def replace_server_state(
    work: Work, info: AccountInfo, stored: StoredTicket, ticket: Ticket, server: str, raw: str
) -> None:
    """Replace a ticket's server state; the caller shows it again."""
    work.db.execute("UPDATE server SET ticket = ?, raw = ? WHERE id = ?", (server, raw, stored.row.id))
    if server != stored.server:
        before = decode(ticket.key, stored.server)
        if stored.row.in_later and ticket.state.is_done and not before.state.is_done:
            end_return(work, ticket.key)
        work.count_deltas.add_values(distinct_values(info.n, before), -1)
        work.count_deltas.add_values(distinct_values(info.n, ticket), 1)
    if info.is_local_only:
        save_tickets_local_only(work, info, (NewStoredTicket(stored.row, ticket, server, raw),))


def delete(work: Work, info: AccountInfo, stored: StoredTicket) -> None:
    """Forget a ticket and its conversation; drafts, notes and the outbox are not touched."""
    db, row = work.db, stored.row
    _unindex(db, row)
    _untag(db, row)
    db.execute(
        "INSERT INTO message_words(message_words, rowid, text, grams)"
        " SELECT 'delete', id, text, grams FROM messages WHERE ticket = ?",
        (row.id,),
    )
    db.execute("DELETE FROM messages WHERE ticket = ?", (row.id,))
    for table, column in (
        ("history", "ticket"),
        ("gaps", "ticket"),
        ("server", "id"),
        ("seen", "id"),
        ("tickets", "id"),
    ):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (row.id,))
    work.count_deltas.add_row(row, -1)
    work.count_deltas.add_values(distinct_values(info.n, decode(TicketKey(info.id, row.remote), stored.server)), -1)
    if info.is_local_only:
        db.execute("DELETE FROM kept_tickets WHERE account = ? AND ticket = ?", (info.id, row.remote))
        db.execute("DELETE FROM kept_messages WHERE account = ? AND ticket = ?", (info.id, row.remote))
    if (key := TicketKey(info.id, row.remote)).is_local:
        delete_marks(work, key)  # no vendor will ever tell of it again
    work.changed(TicketKey(info.id, row.remote))


def reproject(work: Work, key: TicketKey, summary: ConversationSummary | None = None) -> bool:
    """Recompute the shown columns of a ticket from what is stored, and note the change.

    Args:
        summary: other facts than the stored ones.
    """
    found = load_one(work.db, key)
    if found is None:
        return False
    info, stored = found
    row = project_row(
        info,
        stored.row.id,
        decode(key, stored.server),
        items_of(work.db, key),
        summary_of(stored.row) if summary is None else summary,
        draft=draft_text(work.db, key),
        marks=marks_of(work.db, key),
    )
    if update(work, stored.row, row):
        work.changed(key)
        return True
    return False


def items_of(db: apsw.Connection, key: TicketKey) -> tuple[OutboxItem, ...]:
    """Return the open outbox items of a ticket, first made first."""
    rows = db.execute(
        "SELECT item FROM outbox WHERE account = ? AND ticket = ? AND delivery <> 'sent' ORDER BY seq",
        (key.account, key.remote),
    )
    return tuple(plain.loads(OutboxItem, text) for (text,) in rows)


def with_unsent_work(db: apsw.Connection, account: AccountId) -> set[str]:
    """Return the vendor ids of tickets with a draft, a note, a mark or an open outbox item: few, and only these need looking up."""
    rows = db.execute(
        "SELECT ticket FROM outbox WHERE account = :a AND delivery <> 'sent' AND ticket IS NOT NULL"
        " UNION SELECT ticket FROM drafts WHERE account = :a UNION SELECT ticket FROM notes WHERE account = :a"
        " UNION SELECT ticket FROM later WHERE account = :a UNION SELECT ticket FROM pins WHERE account = :a"
        " UNION SELECT ticket FROM ticket_links WHERE account = :a"
        " UNION SELECT other_ticket FROM ticket_links WHERE other_account = :a",
        {"a": account},
    )
    return {remote for (remote,) in rows}


def has_unsent_work(db: apsw.Connection, key: TicketKey) -> bool:
    """Tell whether a draft, a note or something on its way hangs on a ticket."""
    return bool(
        db.execute(
            "SELECT EXISTS(SELECT 1 FROM drafts WHERE account = :a AND ticket = :t)"
            " OR EXISTS(SELECT 1 FROM notes WHERE account = :a AND ticket = :t)"
            " OR EXISTS(SELECT 1 FROM outbox WHERE account = :a AND ticket = :t AND delivery <> 'sent')",
            {"a": key.account, "t": key.remote},
        ).get
    )


def insert_new(work: Work, info: AccountInfo, ticket: Ticket, raw: str, summary: ConversationSummary) -> Row:
    """Store one new ticket as it is shown now."""
    key = ticket.key
    row = project_row(
        info,
        next_id(work.db),
        ticket,
        items_of(work.db, key),
        summary,
        draft=draft_text(work.db, key),
        marks=marks_of(work.db, key),
    )
    insert(work, info, (NewStoredTicket(row, ticket, encode(ticket), raw),))
    work.changed(key)
    return row


def save_local_only(work: Work, info: AccountInfo) -> None:
    """Copy everything stored of an account to where it is precious."""
    work.db.execute(
        "INSERT OR REPLACE INTO kept_tickets(account, ticket, body, raw)"
        " SELECT ?, t.remote, s.ticket, s.raw FROM tickets t JOIN server s ON s.id = t.id WHERE t.account = ?",
        (info.id, info.n),
    )
    work.db.execute(
        "INSERT OR REPLACE INTO kept_messages(account, ticket, id, at, body, raw)"
        " SELECT ?, t.remote, m.remote, m.at, json_object('text', m.text, 'body', m.body), m.raw FROM tickets t JOIN messages m ON m.ticket = t.id WHERE t.account = ?",
        (info.id, info.n),
    )


def save_tickets_local_only(work: Work, info: AccountInfo, fresh: Iterable[NewStoredTicket]) -> None:
    """Write tickets where they are precious; one that its vendor has not named yet lives in the outbox."""
    work.db.executemany(
        "INSERT OR REPLACE INTO kept_tickets(account, ticket, body, raw) VALUES(?, ?, ?, ?)",
        ((info.id, each.row.remote, each.server, each.raw) for each in fresh if not each.ticket.key.is_local),
    )


def _unindex(db: apsw.Connection, row: Row) -> None:
    db.execute(
        "INSERT INTO ticket_words(ticket_words, rowid, number, subject, people, grams) VALUES('delete', ?, ?, ?, ?, ?)",
        (row.id, row.number, row.subject, row.people, row.bigrams),
    )


def _untag(db: apsw.Connection, row: Row) -> None:
    if row.tags:
        db.executemany(
            "DELETE FROM tagged WHERE tag = ? AND at = ? AND id = ?",
            ((tag, row.sort_key, row.id) for tag in _tags_of(row)),
        )


def _tags_of(row: Row) -> Sequence[str]:
    """Return the tags of a stored row."""
    return json.loads(row.tags) if row.tags else ()
