"""Accounts and what is known of their health."""

from collections.abc import Mapping, Sequence

import apsw

from deskhand.domain import plain
from deskhand.domain.accounts import Account, AccountStatus, setting_of
from deskhand.domain.ids import AccountId
from deskhand.domain.status_quarters import StatusQuarter

from . import ticket_rows
from .account_rows import account_info, has_account, update_account_info
from .backups import Backups
from .blobs import blobs_of, drop
from .database import Database, Work
from .links import find_again, note_removed
from .status_quarters import put_quarters, stored_quarters

_PRECIOUS = (
    "outbox",
    "claims",
    "drafts",
    "notes",
    "later",
    "pins",
    "timed_events",
    "kept_tickets",
    "kept_messages",
    "statuses",
    "status_quarters",
)


class Accounts:
    """Implements `ports.AccountStore`."""

    def __init__(self, database: Database, backups: Backups) -> None:
        self._database = database
        self._backups = backups

    async def all(self) -> tuple[Account, ...]:
        """Return the accounts in the agent's order."""
        return await self._database.read(stored_accounts)

    async def put(self, account: Account) -> None:
        """Add or replace an account, and mark its tickets by who "I" am in it."""

        def work(work: Work) -> None:
            if not has_account(work.db, account.id):
                find_again(work, account)
            work.db.execute(
                "INSERT OR REPLACE INTO accounts(id, position, body) VALUES(?, ?, ?)",
                (account.id, account.position, plain.dumps(account)),
            )
            info, became_local_only = update_account_info(work, account)
            if became_local_only:
                ticket_rows.save_local_only(work, info)
            work.accounts.add(account.id)
            work.precious = True

        await self._database.write(work)

    async def remove(self, account: AccountId) -> None:
        """Remove an account and everything of it, then overwrite where it lay; of links to its tickets the ids stay (`store.links`).

        Rows go from both files, deleted content is overwritten with zeros, and the write-ahead logs are emptied. The files are
        encrypted and their key stays, because the other accounts need it: what a solid-state disk keeps in its spare blocks is as safe
        as that key. Backups are deleted; the next `tidy` makes one without the account.
        """

        def work(work: Work) -> None:
            for stored in stored_accounts(work.db):
                if stored.id == account:
                    note_removed(work, stored)
            work.db.execute("DELETE FROM accounts WHERE id = ?", (account,))
            files = blobs_of(work.db, account)
            for table in _PRECIOUS:
                work.db.execute(f"DELETE FROM {table} WHERE account = ?", (account,))
            mine = setting_of(account)
            work.db.execute("DELETE FROM settings WHERE substr(key, 1, ?) = ?", (len(mine), mine))
            drop(work.db, files)
            if (info := account_info(work.db, account)) is not None:
                delete_from_cache(work.db, info.n)
            work.accounts.add(account)
            work.precious = True

        await self._database.maintain(lambda db: db.execute("PRAGMA cache.secure_delete = on").fetchall())
        try:
            await self._database.write(work)
        finally:
            await self._database.maintain(self._wipe)

    async def statuses(self) -> Mapping[AccountId, AccountStatus]:
        """Return the last stored status of each account."""

        def read(db: apsw.Connection) -> Mapping[AccountId, AccountStatus]:
            rows = db.execute("SELECT account, body FROM statuses")
            return {AccountId(account): plain.loads(AccountStatus, body) for account, body in rows}

        return await self._database.read(read)

    async def put_status(self, status: AccountStatus, quarters: Sequence[StatusQuarter] = ()) -> None:
        """Keep a status, and what is told of the last 24 hours."""

        def work(work: Work) -> None:
            work.db.execute(
                "INSERT OR REPLACE INTO statuses(account, body) VALUES(?, ?)", (status.account, plain.dumps(status))
            )
            work.accounts.add(status.account)
            put_quarters(work, quarters)

        await self._database.write(work)

    async def status_quarters(self) -> tuple[StatusQuarter, ...]:
        """Return how the accounts were in the last 24 hours."""
        return await self._database.read(stored_quarters)

    async def put_status_quarters(self, quarters: Sequence[StatusQuarter]) -> None:
        """Keep what is told of the last 24 hours."""
        await self._database.write(lambda work: put_quarters(work, quarters))

    def _wipe(self, db: apsw.Connection) -> None:
        """Merge the index, so that no old segment keeps a word, and empty both logs."""
        for index in ("message_words", "ticket_words"):
            db.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")
        for name in ("main", "cache"):
            db.wal_checkpoint(name, 3)  # SQLITE_CHECKPOINT_TRUNCATE
        db.execute("PRAGMA cache.secure_delete = off").fetchall()
        self._backups.drop_all()


def stored_accounts(db: apsw.Connection) -> tuple[Account, ...]:
    """Return the accounts in the agent's order."""
    return tuple(
        plain.loads(Account, body) for (body,) in db.execute("SELECT body FROM accounts ORDER BY position, id")
    )


def delete_from_cache(db: apsw.Connection, n: int) -> None:
    """Delete everything that the cache holds of an account."""
    mine = "SELECT id FROM tickets WHERE account = :n"
    for sql in (
        (
            "INSERT INTO message_words(message_words, rowid, text, grams)"
            f" SELECT 'delete', id, text, grams FROM messages WHERE ticket IN ({mine})"
        ),
        (
            "INSERT INTO ticket_words(ticket_words, rowid, number, subject, people, grams)"
            " SELECT 'delete', id, number, subject, people, grams FROM tickets WHERE account = :n"
        ),
        f"DELETE FROM messages WHERE ticket IN ({mine})",
        f"DELETE FROM history WHERE ticket IN ({mine})",
        f"DELETE FROM gaps WHERE ticket IN ({mine})",
        f"DELETE FROM server WHERE id IN ({mine})",
        f"DELETE FROM tagged WHERE id IN ({mine})",
        "DELETE FROM seen WHERE account = :n",
        "DELETE FROM tickets WHERE account = :n",
        "DELETE FROM counts WHERE account = :n",
        "DELETE FROM shelves WHERE account = :n",
        "DELETE FROM words WHERE account = :n",
        "DELETE FROM meta WHERE key = 'left_out/' || :n",
        "DELETE FROM feeds WHERE n = :n",
    ):
        db.execute(sql, {"n": n})
