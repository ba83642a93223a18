"""A number that a vendor gave twice names no ticket: nobody may guess whose it is."""

from dataclasses import replace

import pytest
from tests.helpers.houses import LAZY, bench

from deskhand.domain.ids import TicketKey
from deskhand.domain.problems import Invalid
from deskhand.domain.tickets import RemoteTicket
from deskhand_sandbox.sandbox import serving


async def test_a_number_of_two_tickets_is_refused_with_their_ids_and_an_id_is_not(tmp_path):
    with serving(tickets=20, only=("nexuscore",)) as box:
        async with bench(tmp_path / "profile", box, pace=LAZY) as desk:
            account = await desk.add("nexuscore")
            assert await desk.house.engine.once() == {account.id: None}
            first, second, third = (await desk.keys(account))[:3]
            for key in (first, second):
                await desk.store.tickets.put(RemoteTicket(replace(await desk.confirmed(key), number="12")))
            await desk.store.tickets.put(RemoteTicket(replace(await desk.confirmed(third), number="13")))
            with pytest.raises(Invalid) as refused:
                await desk.house.reading.find(account, "12")
            assert first.remote in refused.value.detail
            assert second.remote in refused.value.detail
            assert await desk.house.reading.find(account, "13") == third
            assert await desk.house.reading.find(account, first.remote) == TicketKey(account.id, first.remote)
