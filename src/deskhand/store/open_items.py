"""The open items of the outbox, read again and again while it empties: what did not change is not decoded a second time."""

import apsw

from deskhand.domain import plain
from deskhand.domain.commands import OutboxItem
from deskhand.domain.ids import AccountId

_Known = dict[str, tuple[str, OutboxItem]]


class OpenItems:
    """Reads them. Each account's worker looks at all of them after each of its steps, so that decoding would be quadratic.

    What is remembered is compared with the stored text, so that it can never be older than that; it is as much as was open at the
    last reading.
    """

    def __init__(self) -> None:
        self._known: dict[AccountId | None, _Known] = {}

    def load(self, db: apsw.Connection, account: AccountId | None) -> tuple[OutboxItem, ...]:
        """Return all items, or all of one account, that are not SENT, first made first."""
        narrow, values = ("", ()) if account is None else (" AND account = ?", (account,))
        before = self._known.get(account, {})
        now: _Known = {}
        for command, text in db.execute(
            f"SELECT id, item FROM outbox WHERE delivery <> 'sent'{narrow} ORDER BY seq", values
        ):
            known = before.get(command)
            now[command] = (
                known if known is not None and known[0] == text else (text, plain.loads(OutboxItem, str(text)))
            )
        self._known[account] = now
        return tuple(item for _text, item in now.values())
