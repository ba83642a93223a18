"""What a vendor tells of a ticket, merged into what is stored."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from deskhand.domain.events import EventKind
from deskhand.domain.ids import TicketKey
from deskhand.domain.tickets import RemoteTicket, Ticket

from . import ticket_rows
from .account_info import AccountInfo, is_me
from .account_rows import ensure_account_info, has_account, imported_at
from .database import Work
from .encoding import decode, encode, millis, scrub
from .local_marks import draft_text, marks_of
from .row_keys import sort_key_millis
from .rows import ConversationSummary, Row, project_row, summary_of
from .ticket_rows import NewStoredTicket, StoredTicket

RECENT = timedelta(days=1)
"""A first import brings years of tickets: only what came in over the last day is new for the agent then."""


class Merged:
    """What merging did: keys of new tickets, of changed ones, and of those whose conversation is stale now."""

    def __init__(self) -> None:
        self.new: list[TicketKey] = []
        self.changed: list[TicketKey] = []
        self.stale: list[TicketKey] = []


def merge(
    work: Work,
    info: AccountInfo,
    received: Sequence[RemoteTicket],
    *,
    full_sync: int = 0,
    may_be_new: bool = True,
    overtaken: Collection[TicketKey] = (),
) -> Merged:
    """Merge tickets of one account.

    Args:
        full_sync: the full list sync that saw them; 0 = none.
        may_be_new: whether a ticket that was not stored before may count as new for the agent (one that somebody looked up does not).
        overtaken: tickets of which what is stored may be newer: they count as seen, and are read again.
    """
    done = Merged()
    stored = ticket_rows.load(work.db, info, (each.ticket.key.remote for each in received))
    busy = ticket_rows.with_unsent_work(work.db, info.id)
    fresh: dict[str, NewStoredTicket] = {}
    row_id = ticket_rows.next_id(work.db)
    for each, server in map(_clean, received):
        key = each.ticket.key
        if (known := stored.get(key.remote)) is not None and key in overtaken:
            ticket_rows.reproject(work, key, summary_of(known.row)._replace(stale=1))
        elif known is not None:
            if (after := _update(work, info, known, each, server, done, is_busy=key.remote in busy)) is not None:
                stored[key.remote] = after
        elif (duplicate := fresh.get(key.remote)) is not None:  # twice on one page: paging shifts
            both = replace(each, ticket=_combine(duplicate.ticket, each))
            fresh[key.remote] = _fresh(
                work,
                info,
                duplicate.row.id,
                both,
                encode(both.ticket),
                may_be_new=may_be_new,
                is_busy=key.remote in busy,
            )
        else:
            fresh[key.remote] = _fresh(
                work, info, row_id, each, server, may_be_new=may_be_new, is_busy=key.remote in busy
            )
            row_id += 1
    if fresh:
        ticket_rows.insert(work, info, list(fresh.values()))
        keys = [each.ticket.key for each in fresh.values()]
        done.new.extend(keys)
        done.stale.extend(keys)
        work.tickets[info.id].update(fresh)
    if stored:
        # Told outside a full list sync it counts as seen by the last one that ended: the vendor has it, wherever its list hid it.
        seen = full_sync or info.full_sync - 1
        work.db.executemany(
            "UPDATE seen SET walk = ? WHERE id = ? AND walk < ?",
            ((seen, known.row.id, seen) for known in stored.values()),
        )
    return done


def merge_ticket(work: Work, received: RemoteTicket, *, may_be_new: bool = False) -> None:
    """Merge one ticket; an answer that comes in after its account was removed is dropped."""
    if not has_account(work.db, received.ticket.key.account):
        return
    merge(work, ensure_account_info(work, received.ticket.key.account), (received,), may_be_new=may_be_new)


def _clean(received: RemoteTicket) -> tuple[RemoteTicket, str]:
    """Make a ticket storable, because one bad character never loses its page; returns it with its encoded values."""
    if received.known is not None and "assignee" not in received.known:
        received = replace(received, ticket=replace(received.ticket, assignee_told=False))
    server = encode(received.ticket)
    if scrub(server) is server and scrub(received.raw) is received.raw:
        return received, server
    server = scrub(server)
    return replace(received, ticket=decode(received.ticket.key, server), raw=scrub(received.raw)), server


def _fresh(
    work: Work, info: AccountInfo, row_id: int, received: RemoteTicket, server: str, *, may_be_new: bool, is_busy: bool
) -> NewStoredTicket:
    ticket = received.ticket
    unread = may_be_new and _is_new(work, info, ticket)
    comments_at = millis(received.comments_at)
    summary = ConversationSummary(
        unread=int(unread),
        seen_at=0 if unread else max(millis(ticket.updated_at), millis(ticket.created_at), comments_at),
        comments_at=comments_at,
    )
    row = _shown(work, info, row_id, ticket, summary, is_busy=is_busy)
    if unread and info.imported and _is_after_import(work, info, ticket):
        work.happened(EventKind.NEW, ticket.key)
        if info.assigns and row.mine:
            work.happened(EventKind.ASSIGNED, ticket.key)
    return NewStoredTicket(row, ticket, server, received.raw)


def _shown(
    work: Work, info: AccountInfo, row_id: int, ticket: Ticket, summary: ConversationSummary, *, is_busy: bool
) -> Row:
    if not is_busy:
        return project_row(info, row_id, ticket, (), summary, draft=None)
    items, draft = ticket_rows.items_of(work.db, ticket.key), draft_text(work.db, ticket.key)
    return project_row(info, row_id, ticket, items, summary, draft=draft, marks=marks_of(work.db, ticket.key))


def _is_new(work: Work, info: AccountInfo, ticket: Ticket) -> bool:
    if ticket.state.is_done or ticket.archived or is_me(info, ticket.requester):
        return False
    if info.imported:
        return True
    came = ticket.created_at or ticket.updated_at
    return came is not None and came > work.now - RECENT


def _update(
    work: Work,
    info: AccountInfo,
    stored: StoredTicket,
    received: RemoteTicket,
    server: str,
    done: Merged,
    *,
    is_busy: bool,
) -> StoredTicket | None:
    key = received.ticket.key
    if received.known is None:
        ticket, raw = received.ticket, received.raw
    else:
        ticket, raw = _combine(decode(key, stored.server), received), _combine_raw(stored.raw, received.raw)
        server = encode(ticket)
    summary = summary_of(stored.row)
    comments_at = millis(received.comments_at)
    if server == stored.server and raw == stored.raw and comments_at <= summary.comments_at and not summary.gone:
        return None
    stale = int(
        summary.stale or summary.gone
    )  # it is listed, and its conversation was not there: it is asked for again
    if comments_at:
        stale = int(stale or comments_at > summary.comments_at)
    elif millis(ticket.updated_at) != _updated(stored):
        stale = 1
    summary = summary._replace(stale=stale, gone=0, comments_at=max(comments_at, summary.comments_at))
    if server != stored.server or raw != stored.raw:
        ticket_rows.replace_server_state(work, info, stored, ticket, server, raw)
    row = _shown(work, info, stored.row.id, ticket, summary, is_busy=is_busy)
    if ticket_rows.update(work, stored.row, row) or server != stored.server:
        done.changed.append(key)
        work.changed(key)
        _tell(work, info, stored, row, ticket)
    if stale and not stored.row.stale:
        done.stale.append(key)
    return StoredTicket(row, server, raw)


def _tell(work: Work, info: AccountInfo, stored: StoredTicket, row: Row, ticket: Ticket) -> None:
    """Tell what the vendor changed. What the agent changed here stands in the row before the vendor has it, and is no change of it."""
    if not info.imported:
        return
    old = stored.row
    if (row.state, row.vendor_state) != (old.state, old.vendor_state):
        work.happened(EventKind.STATE, ticket.key, row.vendor_state)
    is_given = (row.assignee_email, row.assignee_id) != (old.assignee_email, old.assignee_id)
    if info.assigns and row.mine and not old.mine and is_given:
        # A vendor's list may leave the assignee to a later answer: only of a new ticket is that news.
        known = decode(ticket.key, stored.server).assignee_told
        if known or _is_after_import(work, info, ticket, unless_known=False):
            work.happened(EventKind.ASSIGNED, ticket.key)


def _is_after_import(work: Work, info: AccountInfo, ticket: Ticket, *, unless_known: bool = True) -> bool:
    """Tell whether a ticket was made after the account's first import; `unless_known` where its vendor does not say."""
    made = millis(ticket.created_at)
    return made > imported_at(work.db, info) if made else unless_known


def _updated(stored: StoredTicket) -> int:
    """Return when the vendor last changed the ticket, as stored (ms), 0 where it does not tell."""
    plain: Mapping[str, object] = json.loads(stored.server)
    return sort_key_millis(stored.row.sort_key) if "updated_at" in plain else 0


def _combine(base: Ticket, received: RemoteTicket) -> Ticket:
    if received.known is None:
        return received.ticket
    values = {name: getattr(received.ticket, name) for name in received.known if name != "key"}
    return replace(base, **values, assignee_told=base.assignee_told or "assignee" in received.known)


def _combine_raw(old: str, new: str) -> str:
    """Lay a partial answer over what an earlier one told, key by key."""
    if not new or old == new:
        return old
    try:
        before, after = json.loads(old or "{}"), json.loads(new)
    except ValueError:
        return new
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return new
    if all(name in before and before[name] == value for name, value in after.items()):
        return old
    return json.dumps({**before, **after}, ensure_ascii=False, separators=(",", ":"))
