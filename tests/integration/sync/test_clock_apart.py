"""The clock of this computer is not the vendor's: what proves a send must not hang on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.service_harness import ON_REQUEST, ServiceHarness, service_harness

from deskhand.domain.accounts import Account
from deskhand.domain.commands import DecisionReason
from deskhand.domain.ids import TicketKey
from deskhand.domain.threads import Delivery, Draft
from deskhand.services.ticket_commands import REPLY, Accepted
from deskhand_sandbox.sandbox import serving

MINUTES = pytest.mark.parametrize("minutes", [-90, -12, 12, 90])
"""How far the vendor's clock is ahead of this computer's."""


@asynccontextmanager
async def started(folder: Path, vendor: str, minutes: int) -> AsyncIterator[tuple[ServiceHarness, Account]]:
    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    with serving(tickets=60, only=(vendor,), clock=clock) as box:
        async with service_harness(folder / "profile", box, pace=ON_REQUEST, settle=0.4) as harness:
            account = await harness.add(vendor)
            await harness.services.engine.start()
            await harness.services.engine.wait_synced()
            yield harness, account


@MINUTES
@pytest.mark.parametrize("vendor", ["nexuscore", "thena", "mijnklantportaal"])
async def test_an_answer_that_shows_the_reply_proves_it_by_any_clock(tmp_path, vendor, minutes):
    async with started(tmp_path, vendor, minutes) as (harness, account):
        command = await harness.reply(await harness.find_ticket(account), "It left yesterday.")
        item = await harness.wait_delivery(command)
        assert (item.confirmation, item.attempts) == ("answer", 1)
        assert len(harness.received(account)) == 1


@MINUTES
@pytest.mark.parametrize("vendor", ["nexuscore", "mijnklantportaal"])
async def test_a_reply_whose_answer_was_lost_is_found_by_any_clock(tmp_path, vendor, minutes):
    async with started(tmp_path, vendor, minutes) as (harness, account):
        key = await harness.find_ticket(account)
        harness.server(account).faults.accept_and_drop(methods=("POST",))
        item = await harness.wait_delivery(await harness.reply(key, "It left yesterday."))
        assert (item.confirmation, item.attempts) == ("found", 1)
        assert len(harness.received(account)) == 1


@MINUTES
async def test_a_new_ticket_whose_answer_was_lost_is_found_by_any_clock(tmp_path, minutes):
    async with started(tmp_path, "nexuscore", minutes) as (harness, account):
        harness.server(account).faults.accept_and_drop(methods=("POST",))
        form = not_none(not_none(harness.services.accounts.get(account.id)).capabilities).create_form
        brand = next(field.choices[0][0] for field in form if field.name == "brand_id")
        fields = {
            "brand_id": brand,
            "subject": "Late",
            "description": "Where is it?",
            "customer.email": "kim@example.com",
        }
        outcome = await harness.services.commands.create(account.id, fields, "Late")
        assert isinstance(outcome, Accepted)
        item = await harness.wait_delivery(outcome.command)
        assert (item.confirmation, item.attempts) == ("found", 1)


@MINUTES
async def test_what_came_after_a_reply_to_an_unread_conversation_stops_it_by_any_clock(tmp_path, minutes):
    async with started(tmp_path, "nexuscore", minutes) as (harness, account):
        key: TicketKey = (await harness.ticket_keys(account))[0]
        await harness.services.accounts.pause(account.id, paused=True)
        outcome = await harness.services.commands.send(key, Draft(REPLY, "It left yesterday."), hold=False)
        assert isinstance(outcome, Accepted)
        harness.server(account).add_customer_message(key.remote, "Never mind, it came.")
        await harness.services.accounts.pause(account.id, paused=False)
        item = await harness.wait_delivery(outcome.command, Delivery.NEEDS_DECISION)
        assert item.decision is DecisionReason.THREAD_CHANGED
        assert harness.received(account) == []
