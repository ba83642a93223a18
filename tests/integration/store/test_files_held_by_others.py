"""Another program holds the files of the open profile for longer than is waited: it is named, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.store_fixtures import ACCOUNT, KEY, a_command, a_page, a_store, a_ticket, an_account

from deskhand.domain import wording
from deskhand.domain.commands import SendReply
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Receipt
from deskhand.domain.problems import ProfileBusy
from deskhand.domain.threads import Delivery, Draft
from deskhand.store.files import DESK, DatabaseFiles, connect

ONE = TicketKey(ACCOUNT, "1")


@contextmanager
def held(folder, store) -> Iterator[None]:
    """Hold the file of what must not be lost, as a program that copies it may."""
    other = connect(DatabaseFiles(folder, KEY), DESK)
    other.execute("BEGIN IMMEDIATE")
    for connection in store._database._connections:
        connection.set_busy_timeout(20)
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_what_cannot_be_written_then_is_said_in_words_and_stays_where_it_was(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        await store.drafts.put(ONE, Draft("reply", "typed"))
        with held(tmp_path, store):
            with pytest.raises(ProfileBusy) as told:
                await store.outbox.submit(a_command(SendReply("typed")), hold_until=None, clear_draft="reply")
            assert "Another program holds the files" in wording.problem(told.value, "NexusCore")
        assert not_none(await store.drafts.get(ONE, "reply")).text == "typed"
        assert await store.outbox.open_items() == ()
        await store.outbox.submit(a_command(SendReply("typed")), hold_until=None, clear_draft="reply")
        assert len(await store.outbox.open_items()) == 1


async def test_a_send_whose_end_cannot_be_stored_then_is_not_taken_for_sent(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket("1")))
        item = await store.outbox.submit(a_command(SendReply("typed")), hold_until=None)
        with held(tmp_path, store), pytest.raises(ProfileBusy):
            await store.outbox.complete(item, Receipt("m1"), ())
        assert [each.delivery for each in await store.outbox.open_items()] == [Delivery.QUEUED]
        await store.outbox.complete(item, Receipt("m1"), ())
        assert await store.outbox.open_items() == ()
