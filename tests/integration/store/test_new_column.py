"""A column that is new in the list is counted, filtered and sorted by where two files name it, in a profile of before it too."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.helpers.store_fixtures import ACCOUNT, KEY, START, a_page, a_store, a_ticket, an_account

import deskhand

COUNT = 90
COLUMN = """\
    tag_count: Annotated[int, Column(
        shown_as="tag_count", counted_each="tag_count", filtered_by="tag_count", sorts={"tag_count": True},
        sets=(RowSet("is_tagged", (1, 2), index="is_tagged"),),
    )]
"""
PATCHES = {
    "store/rows.py": (
        ("PROJECTION_VERSION = 4\n", "PROJECTION_VERSION = 99\n"),
        ("    unread: Annotated[", f"{COLUMN}    unread: Annotated["),
        (
            "        sentiment=ticket.sentiment,\n",
            "        sentiment=ticket.sentiment,\n        tag_count=len(ticket.tags),\n",
        ),
    ),
    "domain/tickets.py": (("    has_draft: bool\n", "    has_draft: bool\n    tag_count: int\n"),),
}
"""The new column as somebody would write it: the number of a ticket's tags."""

SCRIPT = """
import asyncio, json, sys
from pathlib import Path
from deskhand.domain.accounts import Secret
from deskhand.domain.changes import ChangeBus
from deskhand.domain.ids import AccountId
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.http.clock import SystemClock
from deskhand.store import open_store

async def main(folder, key):
    store = open_store(Path(folder), Secret(key), SystemClock(), ChangeBus())
    found = {}
    try:
        while await store.tickets.project_next(50):
            pass
        for name, account in (("all", None), ("account", AccountId("acme"))):
            by_tags = TicketQuery(Scope.OPEN, account, sorted_by="tag_count")
            index = await store.lists.outline(by_tags, 8)
            rows = [row for anchor in index.page_cursors for row in store.lists.page(by_tags, anchor, 8)]
            found[f"sorted/{name}"] = [(row.tag_count, row.key.remote) for row in rows]
            filtered = TicketQuery(Scope.ALL, account, where=(("tag_count", 2),))
            found[f"filtered/{name}"] = [row.key.remote for row in store.lists.first_page(filtered, 99)]
        counts = "SELECT name, n FROM counts WHERE (name LIKE 'tag_count:%' OR name = 'is_tagged') AND n <> 0"
        found["counted"] = dict(store._own.execute(counts))
        indexes = "SELECT name FROM cache.sqlite_schema WHERE type = 'index' AND name LIKE '%is_tagged%'"
        found["indexes"] = await store._database.maintain(lambda db: sorted(name for (name,) in db.execute(indexes)))
    finally:
        await store.aclose()
    print(json.dumps(found))

asyncio.run(main(*sys.argv[1:]))
"""


def overlay(folder: Path) -> None:
    """Copy the program with the new column in it."""
    source = Path(deskhand.__file__).parent
    shutil.copytree(source, folder / "deskhand", ignore=shutil.ignore_patterns("__pycache__", "ui"))
    for name, changes in PATCHES.items():
        path = folder / "deskhand" / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{name} says {old!r} no more: the exercise has to be written anew"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def read_with_new_column(profile: Path, program: Path) -> dict[str, Any]:
    """Open a profile with the changed program; returns what the script tells of its list."""
    overlay(program)
    command = [sys.executable, "-c", SCRIPT, str(profile), KEY.reveal()]
    env = {**os.environ, "PYTHONPATH": str(program)}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


async def test_two_files_make_a_column_that_is_counted_filtered_and_sorted_by(tmp_path):
    tickets = [
        a_ticket(f"{n:02}", tags=("a", "b", "c")[: n % 4], updated_at=START + timedelta(minutes=n))
        for n in range(COUNT)
    ]
    async with a_store(tmp_path / "profile") as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(*tickets))
    found = read_with_new_column(tmp_path / "profile", tmp_path / "newer")
    tags = {ticket.key.remote: len(ticket.tags) for ticket in tickets}
    for which in ("all", "account"):
        rows = found[f"sorted/{which}"]
        assert [count for count, _ in rows] == sorted(tags.values(), reverse=True)
        assert {remote: count for count, remote in rows} == tags
        assert set(found[f"filtered/{which}"]) == {remote for remote, count in tags.items() if count == 2}
    counted = {f"tag_count:{n}": sum(count == n for count in tags.values()) for n in range(4)}
    assert found["counted"] == {**counted, "is_tagged": counted["tag_count:1"] + counted["tag_count:2"]}
    assert found["indexes"] == [f"{prefix}is_tagged_{sort}" for prefix in ("account_", "") for sort in ("at", "urgent")]
