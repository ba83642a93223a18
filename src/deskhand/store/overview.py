"""The counts beside the views, accounts and groups: read as they are kept, never counted."""

import json
from collections.abc import Mapping

import apsw

from deskhand.domain.ids import AccountId
from deskhand.domain.queries import GroupCount, Overview, Scope

from . import reprojection
from .account_info import AccountInfo
from .account_rows import account_infos


def read_overview(db: apsw.Connection) -> Overview:
    """Read the kept counts."""
    infos = account_infos(db)
    scopes = dict.fromkeys(Scope, 0)
    accounts: dict[AccountId, int] = {}
    known = {scope.value: scope for scope in Scope}
    for n, name, count in db.execute("SELECT account, name, n FROM counts"):
        if name in known:
            scopes[known[name]] += count
        if name == Scope.OPEN.value and n in infos:
            accounts[infos[n].id] = count
    for info in infos.values():
        accounts.setdefault(info.id, 0)
    deliveries: dict[str, int] = dict(
        db.execute(
            "SELECT delivery, count(*) FROM outbox INDEXED BY outbox_delivery WHERE delivery <> 'sent' GROUP BY delivery"
        )
    )
    return Overview(
        scopes,
        accounts,
        _groups(db, infos),
        outbox_open=sum(deliveries.values()),
        outbox_decisions=deliveries.get("ask", 0) + deliveries.get("failed", 0),
        reprojection=reprojection.progress(db),
    )


def _groups(db: apsw.Connection, infos: Mapping[int, AccountInfo]) -> dict[AccountId, tuple[GroupCount, ...]]:
    """Return the groups that an account is known to have, in its vendor's order, then those seen only in data."""
    names: dict[AccountId, dict[str, str]] = {info.id: {} for info in infos.values()}
    for (body,) in db.execute(
        "SELECT json_object('id', id, 'shelves', json_extract(body, '$.capabilities.shelves')) FROM accounts"
    ):
        plain_account = json.loads(body)
        for group in plain_account["shelves"] or ():
            if group.get("parent") is None:
                names.setdefault(AccountId(plain_account["id"]), {})[group["id"]] = group["name"]
    counts: dict[AccountId, dict[str, dict[str, int]]] = {}
    for n, group, stage, name, count in db.execute(
        "SELECT account, shelf, stage, name, n FROM shelves ORDER BY name, stage"
    ):
        if n in infos and count > 0:
            account = infos[n].id
            names[account].setdefault(group, name)
            counts.setdefault(account, {}).setdefault(group, {})[stage] = count
    found: dict[AccountId, tuple[GroupCount, ...]] = {}
    for account, groups in names.items():
        of = counts.get(account, {})
        found[account] = tuple(_group_count(group, name, of.get(group, {})) for group, name in groups.items())
    return found


def _group_count(group: str, name: str, stages: Mapping[str, int]) -> GroupCount:
    return GroupCount(
        group,
        name,
        sum(stages.values()),
        tuple(GroupCount(stage, stage, count) for stage, count in stages.items() if stage),
    )
