"""Messages into `messages`, its index, and what the list shows of a conversation: snippet, waiting, unread, files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from zlib import crc32

import apsw

from deskhand.domain import plain
from deskhand.domain.duplicates import unique
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Message, RemoteMessage, RemoteThread, Side, Visibility

from . import merging, ticket_rows
from .database import Work
from .encoding import millis, scrub
from .rows import AccountInfo, ConversationSummary, Row, summary_of
from .terms import bigrams
from .ticket_rows import StoredTicket

_COLUMNS = "ticket, remote, at, public, customer, files, text, grams, body, raw, washed"
_PLACEHOLDERS = ", ".join("?" * len(_COLUMNS.split(",")))
_SNIPPET = 160
_JUST_SENT = timedelta(minutes=10)
"""A read that began before our send does not know our message yet: it is not taken for deleted meanwhile."""


class Saved(NamedTuple):
    """What merging messages did: ids of new ones, whether one of them is the customer's, whether anything changed."""

    new: tuple[str, ...]
    from_customer: int
    changed: bool


def stamp(db: apsw.Connection, key: TicketKey) -> str:
    """Return the state of what the vendor told of a ticket, short; "" where it is not stored."""
    found = ticket_rows.load_one(db, key)
    if found is None:
        return ""
    row, server, _ = found[1]
    ((count, newest),) = db.execute("SELECT count(*), coalesce(max(id), 0) FROM messages WHERE ticket = ?", (row.id,))
    return f"{row.id}/{row.comments_at}/{count}/{newest}/{crc32(server.encode())}"


def merge_thread(
    work: Work, key: TicketKey, messages: Sequence[Message], thread: RemoteThread, *, since: str | None = None
) -> tuple[str, ...]:
    """Merge a conversation as read from the vendor; returns the ids of new messages.

    Args:
        since: the ticket's `stamp` before the vendor was asked. A list or a send that came in meanwhile may know more than this
            answer: it must not put an older state back, take a newer message away, or pass for up to date.
    """
    overtaken = since is not None and since != stamp(work.db, key)
    if overtaken:
        thread = replace(thread, ticket=None, complete=False, history=())
    if thread.ticket is not None:
        merging.merge_ticket(work, thread.ticket)
    found = ticket_rows.load_one(work.db, key)
    if found is None:  # swept away while it was being read
        return ()
    info, stored = found
    saved = save_messages(work, info, stored, messages, thread.messages, complete=thread.complete)
    changed = saved.changed
    if thread.history or thread.complete:
        changed = _save_history(work, stored.row.id, thread) or changed
    summary = summarize(work, stored, saved)._replace(read_at=work.now_ms, stale=int(overtaken))
    if not overtaken:
        summary = summary._replace(gone=0)
    ticket_rows.reproject(work, key, summary)
    if changed or not stored.row.read_at:
        work.threads.add(key)
    return saved.new


def save_messages(
    work: Work,
    info: AccountInfo,
    stored: StoredTicket,
    messages: Sequence[Message],
    remotes: Sequence[RemoteMessage],
    *,
    complete: bool,
) -> Saved:
    """Insert what is new, update what changed, and after a complete read delete what the vendor has no more."""
    db, ticket = work.db, stored.row.id
    known = {
        remote: (row_id, body, raw)
        for row_id, remote, body, raw in db.execute(
            "SELECT id, remote, text || body, raw FROM messages WHERE ticket = ?", (ticket,)
        )
    }
    fresh: list[str] = []
    from_customer = 0
    changed = False
    for message, remote in unique(zip(messages, remotes, strict=True), lambda pair: pair[0].id):
        body, raw = scrub(plain.dumps(replace(message, text=""))), scrub(plain.dumps(remote))
        text = scrub(message.text)
        before = known.pop(message.id, None)
        if before is not None and before[1:] == (text + body, raw):
            continue
        changed = True
        public, customer = message.visibility is Visibility.PUBLIC, message.side is Side.CUSTOMER
        values = (
            ticket, message.id, millis(message.created_at), int(public), int(customer), int(bool(message.attachments)),
            text, bigrams(text), body, raw, message.sanitizer_version,
        )  # fmt: skip
        if before is None:
            fresh.append(message.id)
            if public and customer:
                from_customer = max(from_customer, millis(message.created_at) or work.now_ms)
            db.execute(
                f"INSERT INTO messages({_COLUMNS}) VALUES({_PLACEHOLDERS})",
                values,
            )
            index((db.last_insert_rowid(),), work)
        else:
            unindex((before[0],), work)
            db.execute(
                f"UPDATE messages SET ({_COLUMNS}) = ({_PLACEHOLDERS}) WHERE id = ?",
                (*values, before[0]),
            )
            index((before[0],), work)
    if complete and known:
        changed = _delete_missing(work, info, stored, known) or changed
    save_messages_local_only(db, info, stored.row)
    return Saved(tuple(fresh), from_customer, changed)


def save_messages_local_only(db: apsw.Connection, info: AccountInfo, row: Row) -> None:
    """Copy a ticket's messages to where they are precious, where its vendor can never be read."""
    if info.is_local_only:
        db.execute(
            "INSERT OR REPLACE INTO kept_messages(account, ticket, id, at, body, raw)"
            " SELECT ?, ?, remote, at, json_object('text', text, 'body', body), raw FROM messages WHERE ticket = ?",
            (info.id, row.remote, row.id),
        )


def save_note(work: Work, key: TicketKey, message: Message) -> None:
    """Keep a message that only this computer has."""
    work.db.execute(
        "INSERT OR REPLACE INTO notes(account, ticket, id, at, body) VALUES(?, ?, ?, ?, ?)",
        (key.account, key.remote, message.id, millis(message.created_at or work.now), scrub(plain.dumps(message))),
    )
    work.threads.add(key)
    work.precious = True


def summarize(work: Work, stored: StoredTicket, saved: Saved) -> ConversationSummary:
    """Return what the list says of a conversation after a change of its messages.

    A message that the customer wrote, that was not stored before and that the agent cannot have seen makes the ticket new. In a
    conversation that was read before, any such message is; in one that was not, those after the ticket came in. Only the vendor's
    times are compared with each other, so that a wrong clock here cannot hide a message.
    """
    summary = summary_of(stored.row)
    row = work.db.execute(
        "SELECT customer, text, at FROM messages WHERE ticket = ? AND public = 1 ORDER BY at DESC, id DESC LIMIT 1",
        (stored.row.id,),
    ).fetchone()
    customer, text, talked_at = row or (0, "", 0)
    ((said_at, files),) = work.db.execute(
        "SELECT coalesce(max(at) FILTER (WHERE public = 1 AND customer = 1), 0), coalesce(max(files), 0) FROM messages"
        " WHERE ticket = ?",
        (stored.row.id,),
    )
    is_new = saved.from_customer and (summary.read_at or saved.from_customer > summary.seen_at)
    return summary._replace(
        unread=int(summary.unread or bool(is_new)),
        waiting=int(customer),
        has_files=int(files),
        snippet=" ".join(text[: 4 * _SNIPPET].split())[:_SNIPPET],
        talked_at=int(talked_at),
        said_at=int(said_at),
    )


def index(ids: Iterable[int], work: Work) -> None:
    """Put messages into the index."""
    work.db.executemany(
        "INSERT INTO message_words(rowid, text, grams) SELECT id, text, grams FROM messages WHERE id = ?",
        ((i,) for i in ids),
    )


def unindex(ids: Iterable[int], work: Work) -> None:
    """Take messages out of the index, before their text changes or goes."""
    work.db.executemany(
        "INSERT INTO message_words(message_words, rowid, text, grams) SELECT 'delete', id, text, grams FROM messages WHERE id = ?",
        ((i,) for i in ids),
    )


def _delete_missing(
    work: Work, info: AccountInfo, stored: StoredTicket, missing: dict[str, tuple[int, str, str]]
) -> bool:
    sent_ids = {
        remote
        for (remote,) in work.db.execute(
            "SELECT remote FROM claims WHERE account = ? AND ticket = ?", (info.id, stored.row.remote)
        )
    }
    since = millis(work.now - _JUST_SENT)
    went = []
    for remote, (row_id, _, _) in missing.items():
        at = work.db.execute("SELECT at FROM messages WHERE id = ?", (row_id,)).get
        if not (remote in sent_ids and int(at) > since):
            went.append(row_id)
    unindex(went, work)
    work.db.executemany("DELETE FROM messages WHERE id = ?", ((row_id,) for row_id in went))
    return bool(went)


def _save_history(work: Work, ticket: int, thread: RemoteThread) -> bool:
    body = plain.dumps(RemoteThread((), history=thread.history))
    if work.db.execute("SELECT body FROM history WHERE ticket = ?", (ticket,)).get == body:
        return False
    if not thread.history:
        work.db.execute("DELETE FROM history WHERE ticket = ?", (ticket,))
        return bool(work.db.changes())
    work.db.execute("INSERT OR REPLACE INTO history(ticket, body) VALUES(?, ?)", (ticket, body))
    return True
