"""Messages into `messages`, its index, and what the list shows of a conversation: snippet, whose turn it is, unread, files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from zlib import crc32

import apsw

from deskhand.domain import plain, turns
from deskhand.domain.duplicates import unique
from deskhand.domain.events import EventKind
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Message, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Turn

from . import later, merging, ticket_rows
from .account_info import AccountInfo
from .account_rows import imported_at
from .database import Work
from .encoding import decode, millis, scrub
from .row_keys import TURN_CODES
from .rows import ConversationSummary, Row, summary_of
from .terms import index_terms
from .ticket_rows import StoredTicket

_COLUMNS = "ticket, remote, at, public, customer, files, text, grams, body, raw, washed"
_PLACEHOLDERS = ", ".join("?" * len(_COLUMNS.split(",")))
_SNIPPET = 160
_LOOKED_AT = 4_000
"""So many characters of a message are looked at to tell whether a program wrote it."""
_JUST_SENT = timedelta(minutes=10)
"""A read that began before our send does not know our message yet: it is not taken for deleted meanwhile."""


class Saved(NamedTuple):
    """What merging messages did.

    Attributes:
        new: ids of the new ones.
        from_customer: the time of the newest new one from the customer's side, automatic replies among them; 0 = none.
        changed: whether anything did.
        replies: how many new ones the customer wrote: an automatic reply is none.
        replied: the time of the newest of those; 0 = none.
    """

    new: tuple[str, ...]
    from_customer: int
    changed: bool
    replies: int = 0
    replied: int = 0


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
        if not thread.complete and summary.told_turn != TURN_CODES[Turn.US]:
            summary = summary._replace(told_turn=0, told_since=0)  # what could not be read may be the customer's
    later.note_replies(work, key, saved.replies, saved.replied, was_read=stored.row.read_at > 0)
    ticket_rows.reproject(work, key, summary)
    if is_news(stored, saved.replied) and info.imported and _is_reply(work, info, stored, saved):
        work.happened(EventKind.REPLIED, key)
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
    from_customer = replies = replied = 0
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
            text, scrub(index_terms(text, message.attachments)), body, raw, message.sanitizer_version,
        )  # fmt: skip
        if before is None:
            fresh.append(message.id)
            if public and customer:
                at = millis(message.created_at) or work.now_ms
                from_customer = max(from_customer, at)
                if not (message.automatic or _is_automatic(text)):
                    replies, replied = replies + 1, max(replied, at)
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
    return Saved(tuple(fresh), from_customer, changed, replies, replied)


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
    reproject(work, key)
    work.threads.add(key)
    work.precious = True


def summarize(work: Work, stored: StoredTicket, saved: Saved) -> ConversationSummary:
    """Return what the list says of a conversation after a change of its messages.

    A message that `is_news` makes the ticket new.
    """
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
    summary = summarize_turn(work, stored.row)
    return summary._replace(
        unread=int(summary.unread or is_news(stored, saved.from_customer)),
        waiting=int(customer),
        has_files=int(files),
        has_note=int(has_note(work.db, stored.row.id)),
        snippet=" ".join(text[: 4 * _SNIPPET].split())[:_SNIPPET],
        talked_at=int(talked_at),
        said_at=int(said_at),
        recipients=recipients(work.db, stored.row.id),
    )


def recipients(db: apsw.Connection, ticket: int) -> str:
    """Return the addresses that got a copy of a message, in small letters, each with a space before and behind it; empty without any."""
    found = db.execute(
        "SELECT DISTINCT c.value FROM messages m, json_each(m.body, '$.cc') c WHERE m.ticket = ? ORDER BY c.value",
        (ticket,),
    )
    addresses = dict.fromkeys(address for (one,) in found for address in str(one).casefold().split())
    return f" {' '.join(addresses)} " if addresses else ""


def has_note(db: apsw.Connection, ticket: int) -> bool:
    """Tell whether a ticket has a note: at the vendor, or on this computer."""
    return bool(
        db.execute(
            "SELECT EXISTS(SELECT 1 FROM messages WHERE ticket = :t AND public = 0"
            " AND json_extract(body, '$.visibility') = 'internal')"
            " OR EXISTS(SELECT 1 FROM tickets t JOIN feeds f ON f.n = t.account"
            " JOIN notes n ON n.account = f.id AND n.ticket = t.remote"
            " WHERE t.id = :t AND json_extract(n.body, '$.visibility') IN ('internal', 'local'))",
            {"t": ticket},
        ).get
    )


def reproject(work: Work, key: TicketKey) -> None:
    """Recompute a ticket's row, with what is stored of its notes and copies and whose turn it is: after a note came or went, and after an upgrade."""
    found = ticket_rows.load_one(work.db, key)
    if found is not None:
        row = found[1].row
        summary = summarize_turn(work, row)._replace(
            has_note=int(has_note(work.db, row.id)), recipients=recipients(work.db, row.id)
        )
        ticket_rows.reproject(work, key, summary)


def summarize_turn(work: Work, row: Row) -> ConversationSummary:
    """Return what the list says of a conversation, with the turn read anew from the stored messages."""
    said = turns.of_conversation(_spoken(work.db, row))
    return summary_of(row)._replace(
        told_turn=TURN_CODES[said.turn], told_since=said.since or 0, told_answered=int(said.answered)
    )


def _spoken(db: apsw.Connection, row: Row) -> Iterator[turns.Spoken]:
    """Yield the public messages of a conversation, newest first: only as many as are looked at are read."""
    from deskhand.content.automatic_replies import is_automatic_subject, is_automatic_text

    found = db.execute(
        f"SELECT at, json_extract(body, '$.side'), coalesce(json_extract(body, '$.automatic'), 0), substr(text, 1, {_LOOKED_AT}),"
        " id = (SELECT id FROM messages WHERE ticket = ?1 AND public = 1 ORDER BY at, id LIMIT 1)"
        " FROM messages WHERE ticket = ?1 AND public = 1 ORDER BY at DESC, id DESC",
        (row.id,),
    )
    for at, side, automatic, text, is_first in found:
        speaker = Side(side)
        yield turns.Spoken(
            speaker,
            int(at) or None,
            bool(automatic)
            or (speaker is Side.CUSTOMER and is_automatic_text(text))
            or (bool(is_first) and is_automatic_subject(row.subject)),
        )


def _is_automatic(text: str) -> bool:
    from deskhand.content.automatic_replies import is_automatic_text  # not before the first paint

    return is_automatic_text(text)


def is_news(stored: StoredTicket, at: int) -> bool:
    """Tell whether a message of the customer's side that was not stored before is one that the agent cannot have seen.

    Args:
        at: when it was written, in milliseconds; 0 = there is none.

    In a conversation that was read before, any such message is; in one that was not, those after the ticket came in. Only the vendor's
    times are compared with each other, so that a wrong clock here cannot hide a message.
    """
    return bool(at and (stored.row.read_at or at > stored.row.seen_at))


def _is_reply(work: Work, info: AccountInfo, stored: StoredTicket, saved: Saved) -> bool:
    """Tell whether news is more than what a ticket came with, and later than the account's first import."""
    began = imported_at(work.db, info)
    if saved.replied <= began:
        return False
    made = millis(decode(TicketKey(info.id, stored.row.remote), stored.server).created_at)
    return bool(stored.row.read_at) or (made <= began if made else not stored.row.unread)


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
