"""How the accounts were in the last 24 hours: one row for each quarter of an hour of each, bounded whatever happens."""

from collections.abc import Sequence

import apsw

from deskhand.domain.accounts import Health
from deskhand.domain.ids import AccountId
from deskhand.domain.status_quarters import StatusQuarter, oldest_kept, quarter_of

from .account_rows import has_account
from .database import Work


def stored_quarters(db: apsw.Connection) -> tuple[StatusQuarter, ...]:
    """Return what is kept of every account, the oldest first."""
    rows = db.execute("SELECT account, at, health, ran FROM status_quarters ORDER BY account, at")
    return tuple(StatusQuarter(AccountId(account), at, Health(health), ran) for account, at, health, ran in rows)


def put_quarters(work: Work, quarters: Sequence[StatusQuarter]) -> None:
    """Add or replace quarters inside a transaction, and drop what lies further back than 24 hours, or ahead: the clock was set back then.

    A late one of an account that was removed is left out.
    """
    there = {account for account in {one.account for one in quarters} if has_account(work.db, account)}
    work.db.executemany(
        "INSERT OR REPLACE INTO status_quarters(account, at, health, ran) VALUES(?, ?, ?, ?)",
        [(one.account, one.at, one.health.value, one.ran) for one in quarters if one.account in there],
    )
    kept = oldest_kept(work.now_ms), quarter_of(work.now_ms)
    for account in there:
        work.db.execute("DELETE FROM status_quarters WHERE account = ? AND NOT at BETWEEN ? AND ?", (account, *kept))
    work.accounts.update(there)
