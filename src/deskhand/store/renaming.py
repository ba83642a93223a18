"""A ticket made here gets its vendor's id: everything under the local key moves."""

from dataclasses import replace

from deskhand.domain import plain
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import joined

from . import ticket_rows
from .database import Work
from .drafts import pop_draft, save_draft
from .encoding import decode
from .links import move_links
from .rows import summary_of
from .ticket_rows import NewStoredTicket, save_tickets_local_only
from .timed_events import move_events


def rename(work: Work, old: TicketKey, new: TicketKey) -> None:
    """Move drafts, notes, timed events, later commands and the ticket itself from `old` to `new`.

    Where a sync has brought the vendor's ticket already, that one stays and the local one goes.
    """
    _move_commands(work, old, new)
    kinds = list(work.db.execute("SELECT kind FROM drafts WHERE account = ? AND ticket = ?", (old.account, old.remote)))
    for (kind,) in kinds:
        draft = pop_draft(work, old, kind)
        assert draft is not None
        save_draft(work, new, joined(draft, pop_draft(work, new, kind)))
    for table in ("notes", "claims", "later", "pins"):
        work.db.execute(
            f"UPDATE OR REPLACE {table} SET ticket = ? WHERE account = ? AND ticket = ?",
            (new.remote, old.account, old.remote),
        )
    move_events(work, old, new)
    move_links(work, old, new)
    _move_ticket(work, old, new)
    work.changed(old)
    work.changed(new)
    work.threads.update((old, new))
    ticket_rows.reproject(work, new)


def _move_commands(work: Work, old: TicketKey, new: TicketKey) -> None:
    rows = list(work.db.execute("SELECT item FROM outbox WHERE account = ? AND ticket = ?", (old.account, old.remote)))
    for (text,) in rows:
        item = plain.loads(OutboxItem, text)
        item = replace(item, command=replace(item.command, ticket=new))
        work.db.execute(
            "UPDATE outbox SET ticket = ?, item = ? WHERE id = ?", (new.remote, plain.dumps(item), item.command.id)
        )
        work.outbox.add(item.command.id)


def _move_ticket(work: Work, old: TicketKey, new: TicketKey) -> None:
    found = ticket_rows.load_one(work.db, old)
    if found is None:
        return
    info, stored = found
    if ticket_rows.load_one(work.db, new) is not None:
        ticket_rows.delete(work, info, stored)
        return
    row = stored.row._replace(remote=new.remote)
    ticket_rows.update(work, stored.row, row)
    # No list sync could see it under its local key: without this the one that runs now would end by forgetting it.
    work.db.execute("UPDATE seen SET walk = max(walk, ?) WHERE id = ?", (info.full_sync, row.id))
    if info.is_local_only:
        save_tickets_local_only(
            work, info, (NewStoredTicket(row, decode(new, stored.server), stored.server, stored.raw),)
        )
    summary = summary_of(row)
    if not info.is_local_only:
        ticket_rows.reproject(work, new, summary._replace(stale=1))
