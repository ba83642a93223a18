"""Where a ticket that was made here is found once its vendor has named it."""

from dataclasses import replace

import apsw

from deskhand.domain.ids import TicketKey


def current_key(db: apsw.Connection, key: TicketKey) -> TicketKey:
    """Return the key that a ticket goes by now: what is typed into one may be written just after it was named."""
    if key.maker is None:
        return key
    remote = db.execute("SELECT ticket FROM outbox WHERE account = ? AND id = ?", (key.account, key.maker)).get
    return key if remote is None else replace(key, remote=str(remote))
