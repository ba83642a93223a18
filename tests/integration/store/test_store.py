import asyncio
import threading
import time

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    KEY,
    START,
    ManualClock,
    a_command,
    a_page,
    a_store,
    a_ticket,
    an_account,
)
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.accounts import AccountStatus, Health
from deskhand.domain.changes import ChangeBus
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import Store
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Draft
from deskhand.store import open_store

ONE = TicketKey(ACCOUNT, "1")


async def test_it_is_the_store_that_the_inner_packages_ask_for(tmp_path):
    async with a_store(tmp_path) as opened:
        store: Store = opened
        assert store.notices == ()


async def test_changes_are_told_on_the_loops_thread_after_the_commit(store, change_bus):
    told = []
    change_bus.subscribe(
        lambda changes: told.append((threading.current_thread(), len(store.lists.first_page(TicketQuery(), 9))))
    )
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    assert told == [(threading.current_thread(), 1)]


async def test_a_cancelled_task_does_not_cancel_its_write_nor_the_news_of_it(store, seen):
    writing = asyncio.get_running_loop().create_task(store.drafts.put(ONE, Draft("reply", "typed")))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert (await store.drafts.get(ONE, "reply")) is None or seen
    await store.settings.put("behind", "it")
    assert (await store.drafts.get(ONE, "reply")).text == "typed"
    assert any(ONE in changes.drafts for changes in seen)


async def test_a_failed_write_leaves_nothing_and_tells_nothing(store, seen):
    def broken(work):
        work.db.execute("INSERT INTO settings VALUES('half', 'written')")
        work.settings.add("half")
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await store._database.write(broken)
    assert await store.settings.get("half") is None
    assert seen == []
    await store.settings.put("next", "works")
    assert await store.settings.get("next") == "works"


async def test_closing_finishes_what_was_begun_and_ends_every_thread(tmp_path):
    before = set(threading.enumerate())
    store = open_store(tmp_path, KEY, ManualClock(), ChangeBus())
    assert len(set(threading.enumerate()) - before) == 3
    writes = [asyncio.get_running_loop().create_task(store.settings.put(f"k{n}", "v")) for n in range(20)]
    await asyncio.sleep(0)
    await store.aclose()
    await store.aclose()
    await asyncio.gather(*writes)
    assert set(threading.enumerate()) - before == set()
    assert not list(tmp_path.glob("*-wal"))
    async with a_store(tmp_path) as again:
        assert len(await again.settings.with_prefix("k")) == 20


async def test_settings_are_kept_found_by_prefix_and_removed(store, seen):
    await store.settings.put("views.one", "{}")
    await store.settings.put("views_two", "{}")
    assert await store.settings.with_prefix("views.") == {"views.one": "{}"}
    await store.settings.put("views.one", None)
    assert await store.settings.get("views.one") is None
    assert seen[-1].settings == {"views.one"}


async def test_accounts_come_in_order_with_their_health_and_capabilities(tmp_path):
    one, two = an_account(AccountId("one"), position=2), an_account(AccountId("two"), position=1)
    status = AccountStatus(one.id, Health.FINE, synced_at=START)
    async with a_store(tmp_path) as store:
        await store.accounts.put(one)
        await store.accounts.put(two)
        await store.accounts.put_status(status)
    async with a_store(tmp_path) as store:
        assert await store.accounts.all() == (two, one)
        assert await store.accounts.statuses() == {one.id: status}


async def test_a_draft_is_back_exactly_after_a_restart_and_gone_when_emptied(tmp_path):
    draft = Draft(
        "reply",
        "Hällo 日本",
        html="<b>x</b>",
        cc=("a@x.test",),
        cursor=3,
        seen="m1",
        changed_at=START,
        extra={"font": "x"},
    )
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        await store.drafts.put(ONE, draft)
    async with a_store(tmp_path) as store:
        assert await store.drafts.get(ONE, "reply") == draft
        assert store.lists.overview().scopes[Scope.DRAFTS] == 1
        await store.drafts.put(ONE, Draft("reply", "  "))
        assert await store.drafts.all() == ()
        assert store.lists.overview().scopes[Scope.DRAFTS] == 0


async def test_a_long_queue_is_counted_without_reading_it(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        for n in range(300):
            await store.outbox.submit(a_command(SendReply("x"), TicketKey(ACCOUNT, str(n))), hold_until=None)
        assert store.lists.overview().outbox_open == 300
        assert len(await store.outbox.open_items(ACCOUNT)) == 300


@pytest.mark.soak
async def test_speed_of_a_large_store_is_printed(tmp_path, record_property, pytestconfig):
    many = 100_000 if pytestconfig.getoption("--full") else 4_000
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        pages = [
            [a_ticket(str(n), updated_at=None) for n in range(start, start + 2000)] for start in range(0, many, 2000)
        ]
        began = time.perf_counter()
        for tickets in pages:
            await store.tickets.apply(ACCOUNT, a_page(*tickets, last=False))
        imported = time.perf_counter() - began
        began = time.perf_counter()
        again = pages[:10]
        for tickets in again:
            await store.tickets.apply(ACCOUNT, a_page(*tickets, last=False))
        unchanged = time.perf_counter() - began
        began = time.perf_counter()
        rows = store.lists.first_page(TicketQuery(), 128)
        first = time.perf_counter() - began
        began = time.perf_counter()
        outline = await store.lists.outline(TicketQuery(), 128)
        outlined = time.perf_counter() - began
        record_property(
            "figures",
            f"{many:,} tickets: import {many / imported:,.0f}/s, unchanged {len(again) * 2000 / unchanged:,.0f}/s,"
            f" first page {first * 1e3:.1f} ms, outline {outlined * 1e3:.1f} ms",
        )
        assert (len(rows), outline.count) == (128, many)


async def test_a_read_of_several_statements_sees_nothing_that_is_stored_between_them(store):
    began, stored = threading.Event(), threading.Event()

    def read(db):
        before = db.execute("SELECT value FROM settings WHERE key = 'colour'").get
        began.set()
        assert stored.wait(WAIT_SECONDS)
        return before, db.execute("SELECT value FROM settings WHERE key = 'colour'").get

    await store.settings.put("colour", "red")
    reading = asyncio.get_running_loop().create_task(store._database.read(read))
    assert await asyncio.to_thread(began.wait, WAIT_SECONDS)
    await store.settings.put("colour", "blue")
    stored.set()
    assert await reading == ("red", "red")
    assert await store.settings.get("colour") == "blue"
