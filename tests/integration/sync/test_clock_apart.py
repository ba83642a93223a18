"""The clock of this computer is not the vendor's: what proves a send must not hang on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.helpers.houses import LAZY, Bench, bench
from tests.helpers.narrowing import present

from deskhand.domain.accounts import Account
from deskhand.domain.commands import AskReason
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Delivery, Draft
from deskhand.services.ticket_commands import REPLY, Accepted
from deskhand_sandbox.sandbox import serving

MINUTES = pytest.mark.parametrize("minutes", [-90, -12, 12, 90])
"""How far the vendor's clock is ahead of this computer's."""


@asynccontextmanager
async def started(folder: Path, vendor: str, minutes: int) -> AsyncIterator[tuple[Bench, Account]]:
    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    with serving(tickets=60, only=(vendor,), clock=clock) as box:
        async with bench(folder / "profile", box, pace=LAZY, settle=0.4) as desk:
            account = await desk.add(vendor)
            await desk.house.engine.start()
            await desk.house.engine.in_step()
            yield desk, account


@MINUTES
@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal"])
async def test_an_answer_that_shows_the_reply_proves_it_by_any_clock(tmp_path, vendor, minutes):
    async with started(tmp_path, vendor, minutes) as (desk, account):
        command = await desk.reply(await desk.ticket(account), "It left yesterday.")
        item = await desk.delivered(command)
        assert (item.proof, item.attempts) == ("answer", 1)
        assert len(desk.received(account)) == 1


@MINUTES
@pytest.mark.parametrize("vendor", ["nexuscore", "mijnklantportaal"])
async def test_a_reply_whose_answer_was_lost_is_found_by_any_clock(tmp_path, vendor, minutes):
    async with started(tmp_path, vendor, minutes) as (desk, account):
        key = await desk.ticket(account)
        desk.server(account).faults.accept_and_drop(methods=("POST",))
        item = await desk.delivered(await desk.reply(key, "It left yesterday."))
        assert (item.proof, item.attempts) == ("found", 1)
        assert len(desk.received(account)) == 1


@MINUTES
async def test_a_new_ticket_whose_answer_was_lost_is_found_by_any_clock(tmp_path, minutes):
    async with started(tmp_path, "nexuscore", minutes) as (desk, account):
        desk.server(account).faults.accept_and_drop(methods=("POST",))
        form = present(present(desk.house.accounts.get(account.id)).capabilities).create_form
        brand = next(field.choices[0][0] for field in form if field.name == "brand_id")
        fields = {
            "brand_id": brand,
            "subject": "Late",
            "description": "Where is it?",
            "customer.email": "kim@example.com",
        }
        outcome = await desk.house.desk.create(account.id, fields, "Late")
        assert isinstance(outcome, Accepted)
        item = await desk.delivered(outcome.command)
        assert (item.proof, item.attempts) == ("found", 1)


@MINUTES
async def test_what_came_after_a_reply_to_an_unread_conversation_stops_it_by_any_clock(tmp_path, minutes):
    async with started(tmp_path, "nexuscore", minutes) as (desk, account):
        key: TicketKey = (await desk.keys(account))[0]
        await desk.house.accounts.pause(account.id, paused=True)
        outcome = await desk.house.desk.send(key, Draft(REPLY, "It left yesterday."), hold=False)
        assert isinstance(outcome, Accepted)
        desk.server(account).add_customer_message(key.remote, "Never mind, it came.")
        await desk.house.accounts.pause(account.id, paused=False)
        item = await desk.delivered(outcome.command, Delivery.ASK)
        assert item.ask is AskReason.THREAD_CHANGED
        assert desk.received(account) == []
