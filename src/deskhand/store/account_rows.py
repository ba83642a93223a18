"""Accounts as the cache needs them: a small number for the indexes, who "I" am, and how far the walk came."""

import json

import apsw

from deskhand.domain.accounts import Account
from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import AccountId

from .counts import recount
from .database import Work
from .rows import FeedInfo

_SELECT = "SELECT n, id, me, my_ids, assigns, kept, imported, walk FROM feeds"


def feed_of(db: apsw.Connection, account: AccountId) -> FeedInfo | None:
    """Return what the cache knows of an account, None where it holds nothing of it."""
    return next((_info(row) for row in db.execute(f"{_SELECT} WHERE id = ?", (account,))), None)


def has_account(db: apsw.Connection, account: AccountId) -> bool:
    """Tell whether the account is (still) there: a late answer must not bring a removed one's tickets back."""
    return bool(db.execute("SELECT EXISTS(SELECT 1 FROM accounts WHERE id = ?)", (account,)).get)


def all_feeds(db: apsw.Connection) -> dict[int, FeedInfo]:
    """Return every account of the cache by its number."""
    return {(info := _info(row)).n: info for row in db.execute(_SELECT)}


def need_feed(work: Work, account: AccountId) -> FeedInfo:
    """Return the account's entry, made now where there is none."""
    work.db.execute("INSERT OR IGNORE INTO feeds(id) VALUES(?)", (account,))
    info = feed_of(work.db, account)
    assert info is not None
    return info


def take_account(work: Work, account: Account) -> tuple[FeedInfo, bool]:
    """Learn who "I" am and what the vendor can do; tickets that are mine or nobody's by it are marked anew.

    Returns:
        The entry, and whether the account's tickets are kept from now on (nothing can be read from its vendor).
    """
    before = need_feed(work, account.id)
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
    after = need_feed(work, account.id)
    if (before.me, before.my_ids, before.assigns) != (after.me, after.my_ids, after.assigns):
        _mark_again(work, after)
    return after, kept and not before.kept


def _mark_again(work: Work, info: FeedInfo) -> None:
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


def _info(row: tuple[object, ...]) -> FeedInfo:
    n, account, me, my_ids, assigns, kept, imported, walk = row
    return FeedInfo(
        n=int(n),  # type: ignore[call-overload]
        id=AccountId(str(account)),
        me=str(me),
        my_ids=frozenset(json.loads(str(my_ids))),
        assigns=bool(assigns),
        kept=bool(kept),
        imported=bool(imported),
        walk=int(walk),  # type: ignore[call-overload]
    )
