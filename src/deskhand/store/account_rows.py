"""Accounts as the cache needs them: a small number for the indexes, who "I" am, and how far the list sync came."""

import json

import apsw

from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import AccountId

from .account_info import AccountInfo
from .counts import recount
from .database import Work

_SELECT = "SELECT n, id, me, my_ids, assigns, kept, imported, walk FROM feeds"


def account_info(db: apsw.Connection, account: AccountId) -> AccountInfo | None:
    """Return what the cache knows of an account, None where it holds nothing of it."""
    return next((_info(row) for row in db.execute(f"{_SELECT} WHERE id = ?", (account,))), None)


def has_account(db: apsw.Connection, account: AccountId) -> bool:
    """Tell whether the account is (still) there: a late answer must not bring a removed one's tickets back."""
    return bool(db.execute("SELECT EXISTS(SELECT 1 FROM accounts WHERE id = ?)", (account,)).get)


def account_infos(db: apsw.Connection) -> dict[int, AccountInfo]:
    """Return every account of the cache by its number."""
    return {(info := _info(row)).n: info for row in db.execute(_SELECT)}


def ensure_account_info(work: Work, account: AccountId) -> AccountInfo:
    """Return the account's entry, made now where there is none."""
    work.db.execute("INSERT OR IGNORE INTO feeds(id) VALUES(?)", (account,))
    info = account_info(work.db, account)
    assert info is not None
    return info


def update_account_info(work: Work, account: Account) -> tuple[AccountInfo, bool]:
    """Learn who "I" am and what the vendor can do; tickets that are mine or nobody's by it are marked anew.

    Returns:
        The entry, and whether the account's tickets are kept from now on (nothing can be read from its vendor).
    """
    before = ensure_account_info(work, account.id)
    can = account.capabilities
    me = account.me.casefold()
    my_ids = (
        sorted({agent.id for agent in can.agents if agent.id and agent.email.casefold() == me}) if can and me else []
    )
    assigns = can is None or Feature.ASSIGN in can
    kept = can is not None and Feature.LIST not in can
    work.db.execute(
        "UPDATE feeds SET me = ?, my_ids = ?, assigns = ?, kept = ? WHERE n = ?",
        (me, json.dumps(my_ids), int(assigns), int(kept), before.n),
    )
    after = ensure_account_info(work, account.id)
    if (before.me, before.my_ids, before.assigns) != (after.me, after.my_ids, after.assigns):
        _recompute_ownership_flags(work, after)
    return after, kept and not before.is_local_only


def imported_at(db: apsw.Connection, info: AccountInfo) -> int:
    """Return when an account's first import ended (ms); 0 where an older version did it."""
    return int(db.execute("SELECT value FROM meta WHERE key = ?", (_imported_key(info),)).get or 0)


def note_import(work: Work, info: AccountInfo) -> None:
    """Note that the first import of an account has ended: what is older is no news. Vendors that tell times in seconds round them down."""
    second = work.now_ms // 1000 * 1000 - 1
    work.db.execute("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)", (_imported_key(info), str(second)))


def _imported_key(info: AccountInfo) -> str:
    return f"imported_at/{info.n}"


def _recompute_ownership_flags(work: Work, info: AccountInfo) -> None:
    rule = (
        "done = 0 AND (:assigns = 0 OR (:me <> '' AND assignee = :me)"
        " OR (assignee_id <> '' AND assignee_id IN (SELECT value FROM json_each(:ids))))"
    )
    nobody = "done = 0 AND :assigns = 1 AND assigned = 0"
    values = {"assigns": int(info.assigns), "me": info.me, "ids": json.dumps(sorted(info.my_ids)), "n": info.n}
    work.db.execute(f"UPDATE tickets SET mine = ({rule}) WHERE account = :n AND mine <> ({rule})", values)
    work.db.execute(
        f"UPDATE tickets SET unassigned = ({nobody}) WHERE account = :n AND unassigned <> ({nobody})", values
    )
    recount(work.db, info.n)
    work.accounts.add(info.id)


def _info(row: tuple[object, ...]) -> AccountInfo:
    n, account, me, my_ids, assigns, kept, imported, walk = row
    return AccountInfo(
        n=int(n),  # type: ignore[call-overload]
        id=AccountId(str(account)),
        me=str(me),
        my_ids=frozenset(json.loads(str(my_ids))),
        assigns=bool(assigns),
        is_local_only=bool(kept),
        imported=bool(imported),
        full_sync=int(walk),  # type: ignore[call-overload]
    )
