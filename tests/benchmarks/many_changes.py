"""What a change of many tickets costs: `python -m tests.benchmarks.many_changes [TICKETS] [--vendors N]`.

First what the outbox's worker reads while an account's queue empties: every open item decoded after each step, as it was, beside what did
not change remembered, as it is; both on the same file in one run. Then, with `--vendors`, a change of that many tickets over the
sandbox's five vendors with their rate limits: how long each vendor's part takes, beside what its limit alone makes of the calls.
"""

import argparse
import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from tests.helpers.service_harness import ON_REQUEST, service_harness
from tests.helpers.store_fixtures import ACCOUNT, ManualClock, a_store, an_account

from deskhand.domain.commands import Command, EditTags, OutboxItem
from deskhand.domain.ids import TicketKey, VendorId, new_command_id
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery
from deskhand.services.macro_steps import MacroStep, StepKind
from deskhand.services.macros import Macro
from deskhand.store.open_items import OpenItems
from deskhand.store.outbox import load_open_items
from deskhand.sync.queueing import due_items
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.sandbox import serving

PER_MINUTE = {"nexuscore": 600, "thena": 600, "mijnklantportaal": 60, "routera": 300, "thalamus": 300}


async def reading(folder: Path, count: int) -> None:
    """Print what reading the open items costs in all while so many are sent one after the other."""
    clock = ManualClock()
    async with a_store(folder, clock=clock) as store:
        await store.accounts.put(an_account())
        commands = [
            Command(new_command_id(), ACCOUNT, TicketKey(ACCOUNT, f"t{n}"), EditTags((f"tag {n}",)), clock.now())
            for n in range(count)
        ]
        await store.outbox.submit_all(commands, None)
        kept = OpenItems()
        spent = {"decoded each time": 0.0, "remembered": 0.0}

        def timed(db: object) -> tuple[OutboxItem, ...]:
            begun = time.perf_counter()
            before = load_open_items(db, ACCOUNT)  # type: ignore[arg-type]
            spent["decoded each time"] += time.perf_counter() - begun
            begun = time.perf_counter()
            now = kept.load(db, ACCOUNT)  # type: ignore[arg-type]
            spent["remembered"] += time.perf_counter() - begun
            assert before == now
            return now

        for _ in range(count):
            items = await store.outbox._database.read(timed)
            first = due_items(items, clock.now(), (), {}).due[0]
            await store.outbox.update(OutboxItem(first.command, Delivery.SENT))
        for name, seconds in spent.items():
            print(f"{count} changes of one account, open items {name}: {seconds * 1000:.0f} ms in all")


async def over_all_vendors(folder: Path, count: int) -> None:
    """Print how long a change of so many tickets takes at each vendor, and what its limit alone makes of it."""
    async with AsyncExitStack() as stack:
        # The sandbox parts its tickets among the vendors; three times as many leave enough of each.
        box = stack.enter_context(serving(tickets=count * 3, rate_limits=True))
        harness = await stack.enter_async_context(service_harness(folder, box, pace=ON_REQUEST, settle=60))
        services = harness.services
        accounts = [await harness.add(vendor) for vendor in REGISTRY]
        await services.engine.once()
        each = count // len(accounts)
        keys = [
            key
            for account in accounts
            for key in await services.lists.select(TicketQuery(Scope.OPEN, account=account.id), each)
        ]
        calls = {account.id: calls_of(box, account.vendor) for account in accounts}
        macro = Macro("b", "Benchmark", (MacroStep(StepKind.STATE, "closed"), MacroStep(StepKind.READ)))
        begun = time.perf_counter()
        plan = await services.macro_runs.plan(macro, keys)
        planned = time.perf_counter()
        result = await services.macro_runs.run(macro, plan)
        stored = time.perf_counter()
        print(f"{len(keys)} tickets: planned in {planned - begun:.2f} s, stored in {stored - planned:.2f} s")
        await services.engine.start()
        open_ids = set(result.commands)
        ended: dict[str, float] = {}
        while open_ids:
            items = await services.outbox.get_all(tuple(open_ids))
            going = {c for c, item in items.items() if item.delivery.is_open and not item.delivery.needs_agent}
            left = {items[command].command.account for command in going}
            for account in accounts:
                if account.id not in left:
                    ended.setdefault(account.id, time.perf_counter() - stored)
            open_ids = going
            await asyncio.sleep(0.2)
        for account in accounts:
            made = calls_of(box, account.vendor) - calls[account.id]
            limit = PER_MINUTE[account.vendor]
            changed = sum(change.before.key.account == account.id for change in result.changes)
            print(
                f"  {account.vendor}: {changed} changes, {made} calls, {ended.get(account.id, 0):.1f} s;"
                f" its limit of {limit} a minute alone: {made / limit * 60:.1f} s"
            )
        print(f"  all five: {max(ended.values()):.1f} s")


def calls_of(box: object, vendor: VendorId) -> int:
    """Return how many requests a vendor's server has had."""
    counts = box[vendor].counts()  # type: ignore[index]
    return sum(number for by_status in counts.values() for number in by_status.values())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.many_changes", description=__doc__)
    parser.add_argument("tickets", nargs="?", type=int, default=500)
    parser.add_argument("--vendors", action="store_true", help="also over the five vendors, with their limits")
    parsed = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(reading(Path(root) / "reading", parsed.tickets))
        if parsed.vendors:
            asyncio.run(over_all_vendors(Path(root) / "vendors", parsed.tickets))


if __name__ == "__main__":
    main()
