"""What is done to the profile while the program runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.stepped_clock import SteppedClock, asleep
from tests.helpers.store_fixtures import (
    ACCOUNT,
    KEY,
    ME,
    START,
    WRITE_ONLY,
    ManualClock,
    a_command,
    a_message,
    a_page,
    a_store,
    a_ticket,
    an_account,
    remote_message,
)
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.content.sanitize import SANITIZER_VERSION
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Receipt, TimedEvent
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, RemoteThread, Side
from deskhand.domain.tickets import Person
from deskhand.store.files import CACHE, DatabaseFiles, connect
from deskhand.sync.event_scheduler import EventScheduler
from deskhand.sync.tasks import TaskScope
from deskhand.sync.upkeep import BATCH, PAUSE_SECONDS, Upkeep

ONE = TicketKey(ACCOUNT, "1")


def unexpected(name: str, problem: BaseException) -> None:
    raise AssertionError(name) from problem


def told(count: int, *, sanitizer_version: int):
    """Return messages whose bodies older rules made, and what the vendor sent."""
    messages, raws = [], []
    for n in range(count):
        old = a_message(
            f"m{n}",
            "old body",
            created_at=START + timedelta(minutes=n),
            sanitizer_version=sanitizer_version,
            html="<p>old</p>",
        )
        messages.append(old)
        raws.append(
            replace(remote_message(old), body=f"<p>Parcel {n}</p><script>alert(1)</script>", format=BodyFormat.HTML)
        )
    return tuple(messages), RemoteThread(tuple(raws))


@asynccontextmanager
async def upkeep(store, clock) -> AsyncIterator[EventScheduler]:
    """Let the profile be looked after, as the engine does."""
    scope = TaskScope("test", unexpected)
    scheduler = EventScheduler(store.timed_events, clock, store.changes, unexpected)
    scheduler.start()
    scope.start(Upkeep(store, clock).take_part(scheduler), name="upkeep")
    try:
        yield scheduler
    finally:
        await scope.aclose()
        await scheduler.aclose()


async def until(moment: datetime, scheduler: EventScheduler, clock: SteppedClock) -> None:
    """Let time pass, no faster than what is due is done."""
    while clock.now() < moment:
        await asleep(scheduler, clock)
        clock.advance(min(6 * 3600.0, (moment - clock.now()).total_seconds()))
    await asleep(scheduler, clock)


async def filled(store, count: int, *, sanitizer_version: int, **account):
    await store.accounts.put(an_account(**account))
    await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
    await store.threads.apply(ONE, *told(count, sanitizer_version=sanitizer_version))


@pytest.mark.parametrize("sanitizer_version", [0, SANITIZER_VERSION - 1])
async def test_bodies_of_older_rules_are_made_anew_from_what_the_vendor_sent(tmp_path, sanitizer_version):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await filled(store, 2 * BATCH + 3, sanitizer_version=sanitizer_version)
        assert await Upkeep(store, clock).sanitize_again() == 2 * BATCH + 3
        messages = await store.threads.messages(ONE)
        assert {message.sanitizer_version for message in messages} == {SANITIZER_VERSION}
        assert [message.text for message in messages] == [f"Parcel {n}" for n in range(2 * BATCH + 3)]
        assert not any("script" in message.html or "old" in message.html for message in messages)
        assert len(await store.lists.search("parcel", 9)) == 1
        assert await store.lists.search("body", 9) == ()
        assert await Upkeep(store, clock).sanitize_again() == 0
        assert len(clock.slept) == 3  # in batches, with a pause behind each


async def test_the_newest_messages_come_first(tmp_path):
    async with a_store(tmp_path) as store:
        await filled(store, 30, sanitizer_version=0)
        batch = await store.threads.outdated(SANITIZER_VERSION, 5)
        assert [old.remote.id for old in batch] == [f"m{n}" for n in range(29, 24, -1)]


async def test_what_the_vendor_told_anew_in_between_is_left_alone(tmp_path):
    async with a_store(tmp_path) as store:
        await filled(store, 1, sanitizer_version=0)
        batch = await store.threads.outdated(SANITIZER_VERSION, 5)
        newer = a_message("m0", "newer", sanitizer_version=SANITIZER_VERSION, html="<p>newer</p>")
        await store.threads.apply(ONE, (newer,), RemoteThread((remote_message(newer),)))
        await store.threads.put_sanitized([(batch[0], replace(newer, text="old again"))])
        assert [message.text for message in await store.threads.messages(ONE)] == ["newer"]


async def test_my_own_words_stay_mine_and_a_vendor_that_cannot_be_read_keeps_the_new_bodies(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await filled(store, 0, sanitizer_version=0, capabilities=WRITE_ONLY)
        mine = a_message("m1", "old", side=Side.AGENT, mine=True, author=Person("Workspace"), sanitizer_version=0)
        remote = replace(remote_message(mine), body="<p>On its way</p>", format=BodyFormat.HTML)
        await store.threads.apply(ONE, (mine,), RemoteThread((remote,)))
        await Upkeep(store, clock).sanitize_again()
    (tmp_path / "cache.db").unlink()
    async with a_store(tmp_path, clock=clock) as store:
        (message,) = await store.threads.messages(ONE)
        assert (message.text, message.mine, message.sanitizer_version) == ("On its way", True, SANITIZER_VERSION)
        assert await store.threads.outdated(SANITIZER_VERSION, 5) == ()


async def test_a_cache_from_before_the_version_was_stored_is_brought_up_to_date(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await filled(store, 3, sanitizer_version=SANITIZER_VERSION)
    db = connect(DatabaseFiles(tmp_path, KEY), CACHE)
    db.execute("DROP INDEX messages_by_rules; ALTER TABLE messages DROP COLUMN washed; DROP TABLE gaps")
    db.pragma("user_version", 1)
    db.close()
    async with a_store(tmp_path, clock=clock) as store:
        assert await Upkeep(store, clock).sanitize_again() == 3
        assert [message.text for message in await store.threads.messages(ONE)] == ["Parcel 0", "Parcel 1", "Parcel 2"]


async def test_backups_and_forgetting_go_by_the_clock_while_the_program_runs(tmp_path):
    clock = SteppedClock(short=PAUSE_SECONDS)
    async with a_store(tmp_path, clock=clock) as store, upkeep(store, clock) as scheduler:
        await filled(store, 0, sanitizer_version=0)
        file = await store.blobs.put("plan.pdf", "application/pdf", b"plan")
        command = a_command(SendReply("Please see the plan.", files=(file,)))
        item = await store.outbox.submit(command, hold_until=None)
        await store.outbox.complete(replace(item, delivery=Delivery.SENT), Receipt("m1"), ())
        backups = tmp_path / "backups"
        await until(START + timedelta(days=2), scheduler, clock)
        assert await store.outbox.get(command.id) is not None
        assert len(list(backups.glob("*.db"))) >= 2
        await until(START + timedelta(days=32), scheduler, clock)
        assert await store.outbox.get(command.id) is None
        assert await store.blobs.get(file.blob) is None
        assert await store.outbox.sent_ids(ONE) == {"m1"}  # nothing else can be taken for it, however late
        assert len(list(backups.glob("*.db"))) == 3
        assert list(backups.glob("*.part*")) == []
        assert store.lists.first_page(TicketQuery(Scope.ALL), 9)


async def test_after_an_upgrade_rows_and_bodies_are_made_anew_soon_after_the_start_also_where_that_was_cut_short(
    tmp_path,
):
    clock = SteppedClock(short=PAUSE_SECONDS)
    async with a_store(tmp_path, clock=clock) as store:
        await filled(store, 2 * BATCH, sanitizer_version=SANITIZER_VERSION - 1)
        async with upkeep(store, clock) as scheduler:
            await until(START + timedelta(seconds=29), scheduler, clock)
            assert len(await store.threads.outdated(SANITIZER_VERSION, 99)) == 2 * BATCH
        await store.timed_events.put(TimedEvent("sanitizing", clock.now()))  # begun, and closed meanwhile
        async with upkeep(store, clock) as scheduler:
            await until(START + timedelta(seconds=60), scheduler, clock)
            assert await store.threads.outdated(SANITIZER_VERSION, 99) == ()
        assert await store.timed_events.due("sanitizing", clock.now(), 9, without=()) == ()


async def test_a_sent_message_is_kept_as_long_as_its_file_is_on_the_way(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await filled(store, 0, sanitizer_version=0)
        first, second = a_command(SendReply("First")), a_command(SendReply("Second"))
        await store.outbox.submit(first, hold_until=None, followers=(replace(second, after=first.id),))
        for command in (first, second):
            item = not_none(await store.outbox.get(command.id))
            await store.outbox.complete(replace(item, delivery=Delivery.SENT), Receipt(f"m-{command.id}"), ())
            clock.advance(days=40)
            await store.tidy()
            kept = await store.outbox.get(first.id)
            assert (kept is None) == (command is second)


async def test_a_copy_that_is_cut_short_leaves_nothing_behind_and_the_next_one_is_whole(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account(me=ME))
        for n in range(40):
            await store.blobs.put(f"{n}.bin", "application/octet-stream", bytes(200_000))
        scope = TaskScope("test", unexpected)
        copying = scope.start(store.tidy(), name="copy")
        async with asyncio.timeout(WAIT_SECONDS):
            while not list((tmp_path / "backups").glob("*.part")):
                await store.settings.put("written", "meanwhile")  # which does not wait for the whole copy
        assert not copying.done()
        await scope.aclose()
        assert list((tmp_path / "backups").glob("*.db")) == []
        clock.advance(minutes=1)
        await store.tidy()
        assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".db"]


async def test_a_copy_may_be_cut_short_at_any_point(tmp_path):
    clock, told = ManualClock(), []
    async with a_store(tmp_path, clock=clock) as store:
        for n in range(8):
            await store.blobs.put(f"{n}.bin", "application/octet-stream", bytes(200_000))
        for steps in range(10):
            scope = TaskScope("test", lambda name, problem: told.append((name, problem)))
            scope.start(store.tidy(), name="copy")
            for n in range(steps):
                await store.settings.put("step", str(n))
            await scope.aclose()
            clock.advance(days=1)
        await store.tidy()
        assert told == []
        assert {path.suffix for path in (tmp_path / "backups").iterdir()} == {".db"}
