"""The list of a search, slice by slice of row ids, against one query over everything."""

import random

import apsw
import pytest
from tests.helpers.store_fixtures import a_message, a_page, a_store, a_thread, a_ticket, an_account

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.store import search
from deskhand.store.terms import fts_query

ACCOUNTS = (AccountId("one"), AccountId("two"))
WORDS = ("where", "is", "my", "order", "now", "parcel")
TEXTS = ('"where is"', '"my order now"', "parcel", "par", "order now", '"is is is"', '"never said"', "7", "ord parcel")


@pytest.fixture
async def store(tmp_path):
    chance = random.Random(8)  # noqa: S311 - repeatable, not secret
    async with a_store(tmp_path / "profile") as store:
        for account in ACCOUNTS:
            await store.accounts.put(an_account(account))
            tickets = [
                a_ticket(f"{n}", account=account, subject=" ".join(chance.choices(WORDS, k=2))) for n in range(40)
            ]
            await store.tickets.apply(account, a_page(*tickets))
        for _ in range(60):
            key = TicketKey(chance.choice(ACCOUNTS), str(chance.randrange(40)))
            said = [a_message(f"m{n}", " ".join(chance.choices(WORDS, k=6))) for n in range(chance.randint(1, 4))]
            await store.threads.apply(key, *a_thread(*said))
        yield store


def in_one_query(db: apsw.Connection, text: str, account: int | None) -> list[int]:
    """Look for the same as the search does, without slices."""
    query = fts_query(text)
    among = search.MAX_HITS if account is None else 10 * search.MAX_HITS
    found = {ticket for ticket, _ in search._numbered(db, text, account)}
    found |= {ticket for ticket, _ in search._tickets(db, query, account)}
    sql = (
        "SELECT m.ticket FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ?)"
        " JOIN messages m ON m.id = hit JOIN tickets t ON t.id = m.ticket WHERE ? IN (0, t.account)"
        " ORDER BY m.id DESC LIMIT ?"
    )
    return sorted(found | {row for (row,) in db.execute(sql, (query, among, account or 0, search.MAX_HITS))})


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("most", [3, 20, 500])
@pytest.mark.parametrize("size", [1, 7, 50_000])
async def test_slices_find_what_one_query_finds(store, monkeypatch, text, most, size):
    monkeypatch.setattr(search, "MAX_HITS", most)
    monkeypatch.setattr(search, "FIRST_SLICE", size)
    monkeypatch.setattr(search, "FIRST_HITS", 2)
    for account in (None, 1, 2):
        sliced = await store._database.scan(lambda db, n=account: search.search_all(db, text, n).tickets)
        assert sliced == await store._database.scan(lambda db, n=account: in_one_query(db, text, n))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("account", [None, ACCOUNTS[1], AccountId("unknown")])
async def test_the_list_shows_the_newest_hits_first_and_then_all_of_them(store, monkeypatch, text, account):
    monkeypatch.setattr(search, "FIRST_SLICE", 5)
    monkeypatch.setattr(search, "FIRST_HITS", 2)
    query = TicketQuery(Scope.ALL, text=text, account=account)
    *first, whole = [found async for found in store.lists.search_snapshots(query, 16)]
    assert whole == await store.lists.snapshot(query, 16, range(16), 64)
    assert len(first) <= 1
    for part in first:
        assert not part.complete
        assert 0 < part.index.count <= whole.index.count
        shown = {row.key for page in whole.rows.values() for row in page}
        assert {row.key for page in part.rows.values() for row in page} <= shown
