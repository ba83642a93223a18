"""A long list sync writes in short transactions: what an agent types is saved between them, and a kill leaves whole pages."""

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.helpers.store_fixtures import (
    ACCOUNT,
    ManualClock,
    a_command,
    a_page,
    a_store,
    a_ticket,
    an_account,
)

from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import ReceivedPage, TicketPage
from deskhand.domain.queries import TicketQuery
from deskhand.domain.threads import Draft
from deskhand.store import DeskStore
from deskhand.sync.puller import ListSyncResult, Puller
from deskhand.sync.tasks import TaskScope

PAGES, PER_PAGE = 40, 5
DRAFT = Draft("reply", "Half a sentence")


class BusyClock(ManualClock):
    """A clock by which each look at it comes 30 ms after the one before."""

    def monotonic(self) -> float:
        self.ticks += 0.03
        return self.ticks


def pages() -> list[TicketPage]:
    return [
        a_page(*(a_ticket(str(page * PER_PAGE + n)) for n in range(PER_PAGE)), cursor=str(page), last=page == PAGES - 1)
        for page in range(PAGES)
    ]


@dataclass
class Lister:
    """Lists `pages()`, going on behind a cursor as vendors do."""

    begun_behind: list[str]

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        self.begun_behind.append(cursor)
        for page in pages()[int(cursor) + 1 if cursor else 0 :]:
            yield page


async def synced(store: DeskStore, begun_behind: list[str] | None = None) -> ListSyncResult:
    connection = SimpleNamespace(lister=Lister([] if begun_behind is None else begun_behind))
    puller = Puller(an_account(), "A vendor", connection, store)
    return await puller.sync_list(full=True, stopped=lambda: False, show=lambda progress: None)


async def test_a_transaction_takes_no_further_page_once_it_has_taken_long(tmp_path):
    async with a_store(tmp_path, clock=BusyClock()) as store:
        await store.accounts.put(an_account())
        applied = await store.tickets.apply_pages(ACCOUNT, [ReceivedPage(page) for page in pages()])
        assert 0 < applied.pages < PAGES / 4
        assert await store.tickets.cursor(ACCOUNT) == str(applied.pages - 1)
        assert await store.tickets.counted(ACCOUNT) == applied.pages * PER_PAGE == len(applied.new)


async def test_a_list_sync_of_many_short_transactions_stores_every_page(tmp_path):
    async with a_store(tmp_path, clock=BusyClock()) as store:
        await store.accounts.put(an_account())
        result = await synced(store)
        assert (result.ended, result.seen) == (True, PAGES * PER_PAGE)
        keys = await store.lists.select(TicketQuery(), 1000)
        assert {key.remote for key in keys} == {str(n) for n in range(PAGES * PER_PAGE)}
        assert await store.tickets.cursor(ACCOUNT) == str(PAGES - 1)


async def test_a_draft_is_saved_between_two_transactions_of_a_list_sync(tmp_path):
    change_bus, order = ChangeBus(), []
    saving: list[asyncio.Task[None]] = []
    scope = TaskScope("test", lambda name, error: None)
    async with a_store(tmp_path, clock=BusyClock(), change_bus=change_bus) as store:
        await store.accounts.put(an_account())
        key = TicketKey(ACCOUNT, "1")

        def note(changes: ChangeSet) -> None:
            order.append("draft" if changes.drafts else "pages")
            if not saving:
                saving.append(scope.start(store.drafts.put(key, DRAFT), name="draft"))

        unsubscribe = change_bus.subscribe(lambda changes: note(changes) if changes.tickets or changes.bulk else None)
        await synced(store)
        await saving[0]
        unsubscribe()
        assert order.index("draft") <= 2 < PAGES / 8 < len(order)
        assert [(kept, draft.text) for kept, draft in await store.drafts.all()] == [(key, DRAFT.text)]
        await scope.aclose()


async def test_what_is_typed_behind_a_send_stays_when_both_wait_for_a_list_sync(tmp_path):
    change_bus = ChangeBus()
    waiting: list[asyncio.Task[object]] = []
    scope = TaskScope("test", lambda name, error: None)
    async with a_store(tmp_path, clock=BusyClock(), change_bus=change_bus) as store:
        await store.accounts.put(an_account())
        key = TicketKey(ACCOUNT, "1")
        sent = a_command(SendReply("What was sent"), key)

        def send_and_type_on(changes: ChangeSet) -> None:
            if (changes.bulk or changes.tickets) and not waiting:
                send = store.outbox.submit(sent, hold_until=None, clear_draft="reply")
                waiting.append(scope.start(send, name="send"))
                waiting.append(scope.start(store.drafts.put(key, DRAFT), name="draft"))

        await store.drafts.put(key, Draft("reply", "What was sent"))
        unsubscribe = change_bus.subscribe(send_and_type_on)
        await synced(store)
        await asyncio.gather(*waiting)
        unsubscribe()
        assert [draft.text for _, draft in await store.drafts.all()] == [DRAFT.text]
        assert await store.outbox.get(sent.id) is not None
        await scope.aclose()


CHILD = textwrap.dedent("""
    import asyncio, sys
    from pathlib import Path
    from tests.integration.sync.test_short_transactions import *

    async def main():
        change_bus = ChangeBus()
        async with a_store(Path(sys.argv[1]), clock=BusyClock(), change_bus=change_bus) as store:
            await store.accounts.put(an_account())
            change_bus.subscribe(lambda changes: print("stored", flush=True) if changes.tickets or changes.bulk else None)
            await synced(store)
            await asyncio.sleep(3600)

    asyncio.run(main())
""")


@pytest.mark.parametrize("transactions", [1, 3, 6])
async def test_a_kill_during_a_first_list_sync_leaves_whole_pages_and_the_next_one_goes_on_behind_them(
    tmp_path, transactions
):
    child = subprocess.Popen(  # noqa: ASYNC220 - starting it is all that happens here
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    assert [child.stdout.readline() for _ in range(transactions)] == ["stored\n"] * transactions
    child.kill()
    child.communicate()
    async with a_store(tmp_path, clock=BusyClock()) as store:
        assert store.notices == ()
        cursor = await store.tickets.cursor(ACCOUNT)
        keys = await store.lists.select(TicketQuery(), 1000)
        assert {key.remote for key in keys} == {str(n) for n in range((int(cursor) + 1) * PER_PAGE)}
        assert store.lists.overview().accounts[ACCOUNT] == len(keys) == await store.tickets.counted(ACCOUNT)
        begun_behind: list[str] = []
        assert (await synced(store, begun_behind)).ended
        assert begun_behind == [cursor]
        assert await store.tickets.counted(ACCOUNT) == PAGES * PER_PAGE
