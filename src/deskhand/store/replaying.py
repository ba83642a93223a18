"""Tickets and messages that exist nowhere else, played from `desk.db` into a cache that lost them."""

import json

from deskhand.domain import plain
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Message, RemoteMessage, RemoteThread
from deskhand.domain.tickets import RemoteTicket

from . import ticket_rows
from .account_rows import ensure_account_info
from .database import Work
from .encoding import decode
from .merging import merge
from .messages import merge_thread
from .rows import summary_of


def replay(work: Work) -> None:
    """Put back every kept ticket that the cache has not, then every conversation that is shorter there."""
    tickets_by_account: dict[AccountId, list[RemoteTicket]] = {}
    for account, remote, body, raw in list(work.db.execute("SELECT account, ticket, body, raw FROM kept_tickets")):
        key = TicketKey(AccountId(account), remote)
        if ticket_rows.load_one(work.db, key) is None:
            tickets_by_account.setdefault(key.account, []).append(RemoteTicket(decode(key, body), raw=raw))
    for account_id, tickets in tickets_by_account.items():
        merge(work, ensure_account_info(work, account_id), tickets, may_be_new=False)
    threads: dict[TicketKey, list[tuple[Message, RemoteMessage]]] = {}
    for account, remote, body, raw in list(
        work.db.execute("SELECT account, ticket, body, raw FROM kept_messages ORDER BY account, ticket, at")
    ):
        parts = json.loads(body)
        told = {**json.loads(parts["body"]), "text": parts["text"]}
        entry = (plain.from_plain(Message, told), plain.loads(RemoteMessage, raw))
        threads.setdefault(TicketKey(AccountId(account), remote), []).append(entry)
    for key, entries in threads.items():
        messages = tuple(message for message, _ in entries)
        thread = RemoteThread(tuple(remote for _, remote in entries), complete=False)
        if merge_thread(work, key, messages, thread):
            found = ticket_rows.load_one(work.db, key)
            assert found is not None
            ticket_rows.reproject(work, key, summary_of(found[1].row)._replace(unread=0))
