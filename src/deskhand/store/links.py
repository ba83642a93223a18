"""Links between tickets: each pair once, found from both ends, kept through new ids and through the removal of an account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import apsw

from deskhand.domain.accounts import Account
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ticket_links import LinkKind, LostAccount, TicketLink

from . import ticket_rows
from .database import Database, Work
from .encoding import millis, moment
from .naming import current_key

_COLUMNS = "account, ticket, other_account, other_ticket, kind, at"
_PAIR = (
    "(account = :a AND ticket = :t AND other_account = :oa AND other_ticket = :ot"
    " OR account = :oa AND ticket = :ot AND other_account = :a AND other_ticket = :t)"
)


class Links:
    """Implements `ports.LinkStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, links: Collection[TicketLink]) -> None:
        """Save links."""

        def work(work: Work) -> None:
            for link in links:
                one, other = current_key(work.db, link.one), current_key(work.db, link.other)
                if one == other:
                    continue
                _save(work.db, TicketLink(one, other, link.kind, link.made_at or work.now))
                _show(work, (one, other))

        await self._database.write(work, first=True)

    async def remove(self, links: Collection[TicketLink]) -> None:
        """Take links away."""

        def work(work: Work) -> None:
            for link in links:
                one, other = current_key(work.db, link.one), current_key(work.db, link.other)
                work.db.execute(f"DELETE FROM ticket_links WHERE {_PAIR}", _names(one, other))
                _show(work, (one, other))
            _forget_accounts(work.db)

        await self._database.write(work, first=True)

    async def of(self, keys: Collection[TicketKey]) -> Sequence[TicketLink]:
        """Return the links of tickets."""

        def read(db: apsw.Connection) -> Sequence[TicketLink]:
            found: dict[TicketLink, None] = {}
            for key in keys:
                found.update(dict.fromkeys(load_links(db, current_key(db, key))))
            return tuple(sorted(found, key=lambda link: (link.made_at is not None, link.made_at)))

        return await self._database.read(read)

    async def all(self) -> Sequence[TicketLink]:
        """Return every link."""
        sql = f"SELECT {_COLUMNS} FROM ticket_links ORDER BY at, account, ticket, other_account, other_ticket"
        return await self._database.read(lambda db: tuple(map(_link, db.execute(sql))))

    async def lost_accounts(self) -> Sequence[LostAccount]:
        """Return the removed accounts that links lead to."""
        sql = "SELECT account, vendor, base_url, label FROM link_accounts ORDER BY label"
        return await self._database.read(
            lambda db: tuple(
                LostAccount(AccountId(str(account)), str(vendor), str(url), str(label))
                for account, vendor, url, label in db.execute(sql)
            )
        )


def load_links(db: apsw.Connection, key: TicketKey) -> list[TicketLink]:
    """Return the links of a ticket, what was made first first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM ticket_links WHERE account = :a AND ticket = :t"
        f" UNION SELECT {_COLUMNS} FROM ticket_links WHERE other_account = :a AND other_ticket = :t ORDER BY at",
        {"a": key.account, "t": key.remote},
    )
    return [_link(row) for row in rows]


def move_links(work: Work, old: TicketKey, new: TicketKey) -> None:
    """Let links lead to a ticket's new id; one that would lead from it to itself goes, and of two to one ticket the older."""
    known = {link.ends: link for link in load_links(work.db, new)}
    for link in load_links(work.db, old):
        work.db.execute(f"DELETE FROM ticket_links WHERE {_PAIR}", _names(link.one, link.other))
        one, other = (new if end == old else end for end in (link.one, link.other))
        beside = known.get(frozenset((one, other)))
        if one != other and (beside is None or millis(beside.made_at) < millis(link.made_at)):
            _save(work.db, replace(link, one=one, other=other))


def note_removed(work: Work, account: Account) -> None:
    """Note which account links lead to that is removed now; what they lead from shows them all the same."""
    work.db.execute(
        "INSERT OR REPLACE INTO link_accounts(account, vendor, base_url, label) VALUES(?, ?, ?, ?)",
        (account.id, account.vendor, account.base_url, account.label),
    )
    _forget_accounts(work.db)


def find_again(work: Work, account: Account) -> None:
    """Let links lead to an account that came back: one of the same vendor, address and label, or the only one of that address."""
    lost = list(
        work.db.execute(
            "SELECT account, label FROM link_accounts WHERE vendor = ? AND base_url = ?",
            (account.vendor, account.base_url),
        )
    )
    same = [old for old, label in lost if label == account.label] or [old for old, _ in lost if len(lost) == 1]
    for old in same[:1]:
        for column in ("account", "other_account"):
            work.db.execute(f"UPDATE OR REPLACE ticket_links SET {column} = ? WHERE {column} = ?", (account.id, old))
        work.db.execute("DELETE FROM link_accounts WHERE account = ?", (old,))


def _save(db: apsw.Connection, link: TicketLink) -> None:
    """Save a link in place of the one that the pair had."""
    one, other = link.one, link.other
    db.execute(f"DELETE FROM ticket_links WHERE {_PAIR}", _names(one, other))
    db.execute(
        f"INSERT INTO ticket_links({_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?)",
        (one.account, one.remote, other.account, other.remote, link.kind.value, millis(link.made_at)),
    )


def _forget_accounts(db: apsw.Connection) -> None:
    db.execute(
        "DELETE FROM link_accounts WHERE account NOT IN"
        " (SELECT account FROM ticket_links UNION SELECT other_account FROM ticket_links)"
    )


def _show(work: Work, keys: Iterable[TicketKey]) -> None:
    work.precious = True
    for key in keys:
        ticket_rows.reproject(work, key)
        work.threads.add(key)


def _names(one: TicketKey, other: TicketKey) -> dict[str, str]:
    return {"a": one.account, "t": one.remote, "oa": other.account, "ot": other.remote}


def _link(row: Sequence[object]) -> TicketLink:
    account, ticket, other_account, other_ticket, kind, at = row
    known = str(kind)
    return TicketLink(
        TicketKey(AccountId(str(account)), str(ticket)),
        TicketKey(AccountId(str(other_account)), str(other_ticket)),
        LinkKind(known) if known in tuple(LinkKind) else LinkKind.RELATED,
        moment(int(str(at))),
    )
