"""What is typed and not sent."""

from dataclasses import replace

import apsw

from deskhand.domain import plain
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Draft

from . import ticket_rows
from .database import Database, Work
from .encoding import millis, scrub
from .naming import current_key


class Drafts:
    """Implements `ports.DraftStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: TicketKey, kind: str) -> Draft | None:
        """Return a draft."""
        return await self._database.read(lambda db: _find(db, current_key(db, key), kind))

    async def put(self, key: TicketKey, draft: Draft) -> None:
        """Save a draft; an empty one is removed."""

        def work(work: Work) -> None:
            now = current_key(work.db, key)
            save_draft(work, now, draft)
            ticket_rows.reproject(work, now)

        await self._database.write(work, first=True)

    async def all(self) -> tuple[tuple[TicketKey, Draft], ...]:
        """Return every draft, newest first."""

        def read(db: apsw.Connection) -> tuple[tuple[TicketKey, Draft], ...]:
            rows = db.execute("SELECT account, ticket, body FROM drafts ORDER BY changed_at DESC")
            return tuple(
                (TicketKey(AccountId(account), ticket), plain.loads(Draft, body)) for account, ticket, body in rows
            )

        return await self._database.read(read)


def save_draft(work: Work, key: TicketKey, draft: Draft) -> None:
    """Keep a draft inside a transaction; the caller shows the ticket again."""
    if draft.is_untouched:
        pop_draft(work, key, draft.kind)
        return
    changed_at = draft.changed_at or work.now
    work.db.execute(
        "INSERT OR REPLACE INTO drafts(account, ticket, kind, changed_at, body) VALUES(?, ?, ?, ?, ?)",
        (
            key.account,
            key.remote,
            draft.kind,
            millis(changed_at),
            scrub(plain.dumps(replace(draft, changed_at=changed_at))),
        ),
    )
    work.drafts.add(key)


def pop_draft(work: Work, key: TicketKey, kind: str) -> Draft | None:
    """Remove a draft and return it; the caller shows the ticket again."""
    draft = _find(work.db, key, kind)
    if draft is not None:
        work.db.execute(
            "DELETE FROM drafts WHERE account = ? AND ticket = ? AND kind = ?", (key.account, key.remote, kind)
        )
        work.drafts.add(key)
    return draft


def _find(db: apsw.Connection, key: TicketKey, kind: str) -> Draft | None:
    body = db.execute(
        "SELECT body FROM drafts WHERE account = ? AND ticket = ? AND kind = ?", (key.account, key.remote, kind)
    ).get
    return None if body is None else plain.loads(Draft, str(body))
