"""A number that a vendor gave twice names no ticket: nobody may guess whose it is."""

from dataclasses import replace

import pytest
from tests.helpers.service_harness import ON_REQUEST, service_harness

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import RemoteTicket
from deskhand_sandbox.sandbox import serving


async def test_a_number_of_two_tickets_is_refused_with_their_ids_and_an_id_is_not(tmp_path):
    with serving(tickets=20, only=("nexuscore",)) as box:
        async with service_harness(tmp_path / "profile", box, pace=ON_REQUEST) as harness:
            account = await harness.add("nexuscore")
            assert await harness.services.engine.once() == {account.id: None}
            first, second, third = (await harness.ticket_keys(account))[:3]
            for key in (first, second):
                await harness.store.tickets.put(RemoteTicket(replace(await harness.stored_ticket(key), number="12")))
            await harness.store.tickets.put(RemoteTicket(replace(await harness.stored_ticket(third), number="13")))
            with pytest.raises(Invalid) as refused:
                await harness.services.tickets.find(account, "12")
            assert first.remote in refused.value.detail
            assert second.remote in refused.value.detail
            assert await harness.services.tickets.find(account, "13") == third
            assert await harness.services.tickets.find(account, first.remote) == TicketKey(account.id, first.remote)
