"""Bodies that older sanitizing rules made, and their replacement."""

import json
from collections.abc import Sequence
from dataclasses import replace

import apsw

from deskhand.domain import plain
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import OutdatedMessage
from deskhand.domain.threads import Message, RemoteMessage

from . import ticket_rows
from .database import Work
from .encoding import scrub
from .messages import index, save_messages_local_only, unindex
from .terms import index_terms


def outdated(db: apsw.Connection, version: int, limit: int) -> tuple[OutdatedMessage, ...]:
    """Return messages of the newest older version, the newest ones first."""
    rows = db.execute(
        "SELECT m.id, f.id, t.remote, m.raw, m.body FROM messages m JOIN tickets t ON t.id = m.ticket JOIN feeds f ON f.n = t.account"
        " WHERE m.washed = (SELECT max(washed) FROM messages WHERE washed < ?) ORDER BY m.at DESC LIMIT ?",
        (version, limit),
    )
    return tuple(
        OutdatedMessage(
            row,
            TicketKey(AccountId(account), remote),
            plain.loads(RemoteMessage, raw),
            bool(json.loads(body).get("mine")),
        )
        for row, account, remote, raw, body in rows
    )


def put_sanitized(work: Work, messages: Sequence[tuple[OutdatedMessage, Message]]) -> None:
    """Write new bodies; what the vendor told anew in between, or what is not there any more, is left alone."""
    db = work.db
    keys: dict[TicketKey, None] = {}
    for old, message in messages:
        raw = db.execute("SELECT raw FROM messages WHERE id = ?", (old.row,)).get
        if raw is None or plain.loads(RemoteMessage, str(raw)) != old.remote:
            continue
        text = scrub(message.text)
        body = scrub(plain.dumps(replace(message, text="")))
        unindex((old.row,), work)
        db.execute(
            "UPDATE messages SET text = ?, grams = ?, body = ?, washed = ? WHERE id = ?",
            (text, scrub(index_terms(text, message.attachments)), body, message.sanitizer_version, old.row),
        )
        index((old.row,), work)
        keys[old.key] = None
    for key in keys:
        found = ticket_rows.load_one(db, key)
        if found is not None:
            save_messages_local_only(db, found[0], found[1].row)
        work.threads.add(key)
