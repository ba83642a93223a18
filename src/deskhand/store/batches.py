"""What commands bring along on this computer, written in their transaction."""

from deskhand.domain.batches import Beside
from deskhand.domain.ids import TicketKey

from . import ticket_rows
from .database import Work
from .later import put_mark
from .messages import save_note
from .naming import current_key
from .row_keys import sort_key_millis
from .rows import summary_of


def put_beside(work: Work, beside: Beside) -> None:
    """Write notes, marks of Later, and what is read; a ticket that its vendor has named meanwhile is found by that name."""
    for key, note in beside.notes.items():
        save_note(work, current_key(work.db, key), note)
    for key in beside.read:
        mark_read(work, current_key(work.db, key), unread=False)
    for key, mark in beside.later.items():
        put_mark(work, current_key(work.db, key), mark)


def mark_read(work: Work, key: TicketKey, *, unread: bool) -> None:
    """Mark a ticket as new for the agent, or as seen up to now."""
    found = ticket_rows.load_one(work.db, key)
    if found is None:
        return
    row = found[1].row
    summary = summary_of(row)._replace(unread=int(unread))
    if not unread:
        summary = summary._replace(seen_at=max(row.seen_at, row.said_at, sort_key_millis(row.sort_key)))
    ticket_rows.reproject(work, key, summary)
