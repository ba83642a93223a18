"""Timed events as they are stored: one per kind and subject, with what they belong to, through restarts, damage and removals."""

from datetime import timedelta

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
    remote_ticket,
)

from deskhand.domain.commands import CreateTicket, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, TicketKey, local_ticket, new_command_id
from deskhand.domain.mending import StoreEvent
from deskhand.domain.ports import Receipt, TimedEvent
from deskhand.domain.threads import Delivery
from deskhand.store.files import DESK, DatabaseFiles, connect
from deskhand.store.outbox import insert_item
from deskhand.store.timed_events import put_event, take_event

REMINDER, LATER = "reminder", "send later"
HOUR = timedelta(hours=1)


def reminder(subject="1", due=START, payload="", account=ACCOUNT):
    return TimedEvent(REMINDER, due, account, subject, payload)


async def stored(store, kind=REMINDER):
    """Return subject and time of every stored event of a kind, the first due first."""
    events = await store.timed_events.due(kind, START + timedelta(days=10_000), 100, without=())
    return [(event.subject, event.due) for event in events]


async def test_what_is_due_comes_with_all_that_was_stored_the_longest_due_first(store, clock):
    await store.timed_events.put(reminder("2", START + HOUR, '{"why":"call back"}'))
    await store.timed_events.put(reminder("1", START))
    await store.timed_events.put(reminder("3", START + 2 * HOUR))
    await store.timed_events.put(TimedEvent("other kind", START))
    clock.advance(hours=1)
    due = await store.timed_events.due(REMINDER, clock.now(), 9, without=())
    assert [(event.account, event.subject, event.due, event.payload) for event in due] == [
        (ACCOUNT, "1", START, ""),
        (ACCOUNT, "2", START + HOUR, '{"why":"call back"}'),
    ]
    assert await store.timed_events.due(REMINDER, clock.now(), 1, without=()) == due[:1]
    assert await store.timed_events.due(REMINDER, clock.now(), 9, without={due[0].id}) == due[1:]


async def test_the_first_time_of_each_kind_is_known_without_reading_the_events(store):
    await store.timed_events.put(reminder("1", START + HOUR))
    await store.timed_events.put(reminder("2", START))
    await store.timed_events.put(TimedEvent("other kind", START + 3 * HOUR))
    (first,) = await store.timed_events.due(REMINDER, START, 9, without=())
    kinds = (REMINDER, "other kind", "nothing of this kind")
    assert await store.timed_events.next_due(kinds, without=()) == {REMINDER: START, "other kind": START + 3 * HOUR}
    assert (await store.timed_events.next_due(kinds, without={first.id}))[REMINDER] == START + HOUR


async def test_planning_the_same_thing_anew_leaves_one_event(store):
    await store.timed_events.put(reminder("1", START, "old"))
    (old,) = await store.timed_events.due(REMINDER, START, 9, without=())
    await store.timed_events.put(reminder("1", START + HOUR, "new"))
    await store.timed_events.put(reminder("1", START, account=AccountId("another")))
    assert await stored(store) == [("1", START), ("1", START + HOUR)]
    await store.timed_events.finish((old,))  # the plan that this was is gone; the new one stays
    assert await stored(store) == [("1", START), ("1", START + HOUR)]


async def test_a_finished_event_is_gone_or_planned_again_with_its_payload(store):
    await store.timed_events.put(reminder("1", START, "p"))
    await store.timed_events.put(reminder("2", START, "q"))
    one, two = await store.timed_events.due(REMINDER, START, 9, without=())
    await store.timed_events.finish((one,))
    await store.timed_events.finish((two,), again_at=START + HOUR)
    (again,) = await store.timed_events.due(REMINDER, START + HOUR, 9, without=())
    assert (again.subject, again.due, again.payload) == ("2", START + HOUR, "q")


async def test_every_change_names_the_kind(store, seen):
    await store.timed_events.put(reminder())
    (event,) = await store.timed_events.due(REMINDER, START, 9, without=())
    await store.timed_events.finish((event,))
    await store.timed_events.finish((event,))
    assert [changes.timed_events for changes in seen] == [{REMINDER}, {REMINDER}]


async def test_an_event_and_what_it_belongs_to_are_written_in_one_transaction_or_not_at_all(store):
    command = a_command(SendReply("On Monday"))

    def send_later(*, fails: bool):
        def work(work):
            insert_item(work, OutboxItem(command, Delivery.HELD))
            put_event(work, TimedEvent(LATER, START + HOUR, command.account, command.id))
            if fails:
                raise ValueError("cut short")

        return store._database.write(work)

    with pytest.raises(ValueError, match="cut short"):
        await send_later(fails=True)
    assert await stored(store, LATER) == []
    assert await store.outbox.get(command.id) is None
    await send_later(fails=False)
    assert await stored(store, LATER) == [(command.id, START + HOUR)]
    assert (await store.outbox.get(command.id)).delivery is Delivery.HELD


async def test_an_effect_in_the_transaction_that_takes_the_event_happens_once(store):
    await store.timed_events.put(reminder("1"))
    (event,) = await store.timed_events.due(REMINDER, START, 9, without=())

    def remind(work) -> bool:
        return take_event(work, event)

    assert await store._database.write(remind)
    assert not await store._database.write(remind)


async def test_events_survive_a_restart_and_the_loss_of_the_cache(tmp_path):
    async with a_store(tmp_path) as store:
        await store.timed_events.put(reminder("1", START + HOUR))
    (tmp_path / "cache.db").unlink()
    async with a_store(tmp_path) as store:
        assert await stored(store) == [("1", START + HOUR)]


async def test_a_profile_from_before_the_table_gets_it(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
    db = connect(DatabaseFiles(tmp_path, KEY), DESK)
    for table in (
        "timed_events",
        "bulk_runs",
        "later",
        "pins",
        "ticket_links",
        "link_accounts",
        "status_quarters",
    ):  # what came later came after it
        db.execute(f"DROP TABLE {table}")
    db.pragma("user_version", 1)
    db.close()
    async with a_store(tmp_path) as store:
        await store.timed_events.put(reminder("1"))
        assert await stored(store) == [("1", START)]
        assert len(await store.accounts.all()) == 1


async def test_a_damaged_desk_gives_its_events_back(tmp_path):
    clock = ManualClock()
    async with a_store(tmp_path, clock=clock) as store:
        await store.timed_events.put(reminder("in the backup"))
        for n in range(300):
            await store.settings.put(f"filler.{n:03}", "x" * 200)
        await store.tidy()
        await store.timed_events.put(reminder("after it", START + HOUR))
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 4096 // 2
    data[middle * 4096 : middle * 4096 + 512] = bytes(512)
    path.write_bytes(data)
    async with a_store(tmp_path, clock=clock) as store:
        assert [notice.event for notice in store.notices] == [StoreEvent.DESK_RESTORED]
        assert await stored(store) == [("in the backup", START), ("after it", START + HOUR)]


async def test_a_removed_account_takes_its_events_along(store):
    await store.timed_events.put(reminder("1"))
    await store.timed_events.put(reminder("2", account=AccountId("another")))
    await store.accounts.remove(ACCOUNT)
    assert await stored(store) == [("2", START)]


@pytest.mark.parametrize("is_there_already", [False, True])
async def test_the_events_of_a_ticket_made_here_go_over_to_the_name_that_its_vendor_gives_it(store, is_there_already):
    local, named = local_ticket(ACCOUNT, new_command_id()), TicketKey(ACCOUNT, "77")
    made = await store.outbox.submit(a_command(CreateTicket("Broken"), local), hold_until=None)
    await store.timed_events.put(reminder(local.remote, START + HOUR))
    await store.timed_events.put(reminder("1", START))
    if is_there_already:
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("77")))
        await store.timed_events.put(reminder("77", START + 2 * HOUR))
    await store.outbox.complete(made, Receipt("77", ticket=remote_ticket(a_ticket("77"))), ())
    assert await stored(store) == [("1", START), (named.remote, START + HOUR)]
