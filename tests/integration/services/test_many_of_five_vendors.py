"""Hundreds of tickets over all five vendors are changed together, each once and in its vendor's way; more go in parts."""

import json
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.helpers.service_harness import ON_REQUEST, service_harness

from deskhand.domain.ids import TicketKey
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery
from deskhand.domain.tickets import State
from deskhand.services.bulk import MAX_TICKETS, PART
from deskhand.services.ticket_actions import CLOSE, change_to_state
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.sandbox import serving

SHARES = {"nexuscore": 181, "thena": 181, "routera": 104, "thalamus": 30, "mijnklantportaal": 4}
"""Tickets of each vendor: as many as its limit allows within the minute that the test may take, what is read before counted in."""

WHOLE = 120.0
"""Seconds that all of it may take on a machine that is busy otherwise; alone it takes a tenth."""


async def test_five_hundred_tickets_of_five_vendors_are_closed_once_each(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        box = stack.enter_context(serving(tickets=1400))
        harness = await stack.enter_async_context(service_harness(tmp_path, box, pace=ON_REQUEST, settle=60))
        services = harness.services
        accounts = [await harness.add(vendor) for vendor in REGISTRY]
        for account in accounts:
            if account.vendor == "thalamus":  # it lists nothing: its tickets are taken from a file
                held = box["thalamus"].tickets()
                taken = [{"external_id": one["id"], "title": one["subject"], "status": one["state"]} for one in held]
                await services.records.import_tickets(account.id, json.dumps(taken))
        await services.engine.once()
        close = change_to_state(State.CLOSED)
        chosen: list[TicketKey] = []
        for account in accounts:
            listed = await services.lists.select(TicketQuery(Scope.OPEN, account=account.id), 400)
            changing = [one.key for one in (await services.bulk.plan(listed, close)).tickets if one.action is not None]
            chosen += changing[: SHARES[account.vendor]]
        plan = await services.bulk.plan(chosen, close)
        assert {part.label: part.count for part in plan.parts} == SHARES
        result = await services.bulk.execute(plan)
        assert (len(result.commands), result.refused) == (500, ())
        await services.engine.start()

        await harness.wait_until(lambda: services.lists.overview().outbox_open == 0, WHOLE)
        items = await services.outbox.get_all(result.commands)
        assert {item.delivery for item in items.values()} == {Delivery.SENT}
        for account in accounts:
            took_effect = Counter(str(one["ticket"]) for one in harness.server(account).received())
            assert len(took_effect) == SHARES[account.vendor], account.vendor
            assert set(took_effect.values()) == {1}, account.vendor


@pytest.mark.soak
async def test_more_than_one_part_is_planned_and_goes_in_part_by_part(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    many = MAX_TICKETS if pytestconfig.getoption("--full") else 2 * PART + 100
    async with AsyncExitStack() as stack:
        box = stack.enter_context(serving(tickets=20, only=("thalamus",)))
        harness = await stack.enter_async_context(service_harness(tmp_path, box, pace=ON_REQUEST))
        services, account = harness.services, await harness.add("thalamus")
        rows = "".join(f"T-{number},Question {number}\n" for number in range(many))
        await services.records.import_tickets(account.id, f"external_id,title\n{rows}")
        await services.accounts.pause(account.id, paused=True)
        keys = await services.lists.select(TicketQuery(Scope.ALL, account=account.id), many)
        commits: list[int] = []
        stack.callback(services.changes.subscribe(lambda changes: commits.append(len(changes.outbox))))
        result = await services.bulk.execute(await services.bulk.plan(keys, CLOSE.decide), "Close many")
        assert len(result.commands) == many
        await harness.wait_until(lambda: sum(commits) >= many, WHOLE)
        assert sorted(size for size in commits if size) == sorted(
            [PART] * (many // PART) + [many % PART] * (many % PART > 0)
        )
        assert not [key for key in keys[:: many // 7] if not (await harness.view(key)).ticket.state.is_done]
