"""The row of a ticket knows how its draft begins, whatever happens to the draft or to the ticket."""

from dataclasses import replace
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
)

from deskhand.domain.commands import SendReply
from deskhand.domain.ids import BlobId, TicketKey
from deskhand.domain.threads import Draft, OutgoingFile
from deskhand.store import DeskStore
from deskhand.store.local_facts import DRAFT_LETTERS

ONE = TicketKey(ACCOUNT, "1")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def store(tmp_path, clock):
    async with a_store(tmp_path, clock=clock) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket()))
        yield store


def shown(store: DeskStore) -> tuple[bool, str]:
    [row] = store.lists.rows([ONE])
    return row.has_draft, row.draft_text


async def test_a_row_says_how_its_draft_begins_from_the_first_letter_until_it_is_emptied(store):
    assert shown(store) == (False, "")
    await store.drafts.put(ONE, Draft("reply", "Hello Ada,\n\n  I have asked"))
    assert shown(store) == (True, "Hello Ada, I have asked")
    await store.drafts.put(ONE, Draft("reply", ""))
    assert shown(store) == (False, "")


async def test_a_draft_without_words_is_still_a_draft(store):
    await store.drafts.put(ONE, Draft("reply", "", files=(OutgoingFile(BlobId("b1"), "a.png", 3, "image/png", "0"),)))
    assert shown(store) == (True, "")
    await store.drafts.put(ONE, Draft("values", "", extra={"state": "open"}))
    assert shown(store) == (True, "")


async def test_of_two_drafts_the_one_typed_last_is_shown_and_the_other_when_it_is_gone(store, clock):
    await store.drafts.put(ONE, Draft("reply", "To the customer"))
    clock.advance(minutes=1)
    await store.drafts.put(ONE, Draft("note", "To the colleagues"))
    assert shown(store) == (True, "To the colleagues")
    await store.drafts.put(ONE, Draft("note", ""))
    assert shown(store) == (True, "To the customer")


async def test_sending_takes_the_words_off_the_row_and_undo_puts_them_back(store):
    await store.drafts.put(ONE, Draft("reply", "Hello Ada"))
    item = await store.outbox.submit(a_command(SendReply("Hello Ada")), hold_until=START, clear_draft="reply")
    assert shown(store) == (False, "")
    assert await store.outbox.withdraw(item.command.id, Draft("reply", "Hello Ada"))
    assert shown(store) == (True, "Hello Ada")


async def test_a_long_text_that_is_typed_on_changes_nothing_of_its_row(store):
    text = "word " * 100
    await store.drafts.put(ONE, Draft("reply", text))
    before = shown(store)
    assert len(before[1]) <= DRAFT_LETTERS
    await store.drafts.put(ONE, Draft("reply", text + "and one more"))
    assert shown(store) == before


async def test_what_the_vendor_tells_later_leaves_the_words_where_they_are(store):
    await store.drafts.put(ONE, Draft("reply", "Hello Ada"))
    newer = replace(a_ticket(), subject="Renamed", updated_at=START + timedelta(minutes=1))
    await store.tickets.apply(ACCOUNT, a_page(newer))
    [row] = store.lists.rows([ONE])
    assert (row.subject, row.draft_text) == ("Renamed", "Hello Ada")


async def test_the_words_are_on_the_row_after_a_restart(tmp_path):
    async with a_store(tmp_path) as store:
        await store.accounts.put(an_account())
        await store.tickets.apply(ACCOUNT, a_page(a_ticket()))
        await store.drafts.put(ONE, Draft("reply", "Hello Ada"))
    async with a_store(tmp_path, key=KEY) as store:
        assert shown(store) == (True, "Hello Ada")
