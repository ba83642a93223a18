"""A vendor that can only be written to: records are pushed and confirmed, tickets come from a file."""

import asyncio

import pytest

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import Invalid
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft

CSV = """external_id;title;status;priority;requester_name;requester_email;group;tags;serial
T-1;Dryer does not heat;open;high;Ada Brouwer;ada@example.com;GRP-100;"repair, urgent";WX-7
T-2;Filter;pending;;;;;;
;No id;open;;;;;;
"""


async def test_a_pushed_record_shows_the_vendors_confirmation(start_services):
    harness, account = await start_services("thalamus")
    command = await harness.services.records.push(
        account.id, "contact", "C-77", {"name": "Ada Brouwer", "email": "ada@example.com"}
    )
    await harness.wait_delivery(command)
    item = await harness.outbox_item(command)
    assert item.delivery is Delivery.SENT
    assert len(item.remote_id) == 36


async def test_tickets_from_a_csv_file_are_in_the_list_and_nothing_is_sent(start_services):
    harness, account = await start_services("thalamus")
    before = harness.server(account).received()
    result = await harness.services.records.import_tickets(account.id, CSV)
    assert result.taken == 2
    assert result.problems == ("Line 4: it has no external_id.",)
    keys = await harness.services.lists.select(TicketQuery(Scope.ALL, account=account.id), 10)
    assert {key.remote for key in keys} == {"T-1", "T-2"}
    ticket = (await harness.view(next(key for key in keys if key.remote == "T-1"))).ticket
    assert ticket.subject == "Dryer does not heat"
    assert ticket.requester.email == "ada@example.com"
    assert ticket.tags == ("repair", "urgent")
    assert ticket.fields["serial"] == "WX-7"
    assert harness.server(account).received() == before


async def test_json_may_name_the_state_and_unknown_words_are_kept(start_services):
    harness, account = await start_services("thalamus")
    text = '[{"id": "T-9", "subject": "Door", "state": "waiting for the moon", "priority": "purple"}]'
    await harness.services.records.import_tickets(account.id, text)
    (key,) = await harness.services.lists.select(TicketQuery(Scope.ALL, account=account.id), 10)
    ticket = (await harness.view(key)).ticket
    assert ticket.vendor_state == "waiting for the moon"
    assert ticket.vendor_priority == "purple"


async def test_a_readable_account_imports_nothing(start_services):
    harness, account = await start_services("nexuscore")
    with pytest.raises(Invalid, match="come from its vendor"):
        await harness.services.records.import_tickets(account.id, CSV)


async def test_a_broken_file_is_refused_in_words(start_services):
    harness, account = await start_services("thalamus")
    with pytest.raises(Invalid, match="not valid JSON"):
        await harness.services.records.import_tickets(account.id, "[{]")


async def test_a_preview_takes_nothing_over_until_it_is_wanted(start_services, tmp_path):
    harness, account = await start_services("thalamus")
    (tmp_path / "tickets.csv").write_text(CSV, encoding="utf-16")
    preview = await harness.services.records.preview_file(account.id, tmp_path / "tickets.csv")
    assert not await harness.services.lists.select(TicketQuery(Scope.ALL, account=account.id), 10)
    assert dict(preview.columns)["serial"] == "unknown, kept as a field"
    assert "Line 4: it has no external_id." in "\n".join(preview.lines())
    assert await harness.services.records.import_previewed(account.id, preview) == 2
    assert len(await harness.services.lists.select(TicketQuery(Scope.ALL, account=account.id), 10)) == 2


async def test_what_is_typed_during_a_long_import_does_not_wait_for_its_end(start_services):
    harness, account = await start_services("thalamus")
    rows = "".join(f"T-{number},Question {number}\n" for number in range(6_000))
    first, last, begun = TicketKey(account.id, "T-0"), TicketKey(account.id, "T-5999"), asyncio.Event()
    harness.services.changes.subscribe(lambda changes: begun.set() if account.id in changes.bulk else None)

    async def type_meanwhile():
        await begun.wait()
        await harness.store.drafts.put(first, Draft("reply", "typed meanwhile"))
        return await harness.store.tickets.get(last)

    imported, found = await asyncio.gather(
        harness.services.records.import_tickets(account.id, f"external_id,title\n{rows}"), type_meanwhile()
    )
    assert (imported.taken, found) == (6_000, None), "the import went on after the draft was kept"
