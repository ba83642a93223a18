"""The services on a real store with real adapters, against a sandbox in a thread."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from tests.helpers.narrowing import not_none
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.bootstrap import DATABASE_KEY, Rules, build_services
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.accounts import Account, Health, Secret
from deskhand.domain.capabilities import Feature
from deskhand.domain.changes import ChangeBus
from deskhand.domain.commands import ChangeState, OutboxItem
from deskhand.domain.ids import CommandId, TicketKey, VendorId
from deskhand.domain.ports import Store
from deskhand.domain.queries import Scope, TicketQuery
from deskhand.domain.threads import Delivery, Draft, OutgoingFile
from deskhand.domain.tickets import Ticket
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services
from deskhand.services.ticket_commands import REPLY, Accepted
from deskhand.services.tickets import TicketView
from deskhand.store import open_store
from deskhand.sync.reconciliation import ReconcileConfig
from deskhand.sync.schedule import Pace
from deskhand.vendors.registry import REGISTRY
from deskhand_sandbox.sandbox import Sandbox
from deskhand_sandbox.server import VendorServer

KEY = "5a" * 32
ME = "jane@example.com"
FAST = Pace(poll=0.3, full=1.0, rotation=0.3, probe=3600)
ON_REQUEST = Pace(poll=600, full=3600, probe=3600, share=0.001)
"""Looks at an account once and then only when asked."""

T = TypeVar("T")


@dataclass
class ShiftedClock:
    """The real time, moved by hand; everybody asleep is woken by a move, as after the sleep of a computer."""

    shift: float = 0.0
    lead: float = 0.0
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.shift)

    def monotonic(self) -> float:
        return time.monotonic() + self.shift + self.lead

    async def sleep(self, seconds: float) -> None:
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            moved = self.moved
            try:
                async with asyncio.timeout(left):
                    await moved.wait()
            except TimeoutError:
                return

    def set_wall_clock_back(self, seconds: float) -> None:
        """Set the wall clock back; what never goes back goes on."""
        self.shift -= seconds
        self.lead += seconds
        self.moved.set()
        self.moved = asyncio.Event()

    def advance(self, seconds: float) -> None:
        self.shift += seconds
        self.moved.set()
        self.moved = asyncio.Event()


@dataclass
class ServiceHarness:
    """An opened desk and what a test does at it."""

    services: Services
    store: Store
    vault: MemoryVault
    clock: ShiftedClock
    box: Sandbox | None

    async def add(self, vendor: str, label: str = "") -> Account:
        server = not_none(self.box)[vendor]
        kind = REGISTRY[VendorId(vendor)].info.kinds[0]
        given = server.credentials
        settings = {one.name: given[one.name] for one in kind.fields if not one.secret and one.name in given}
        form = AccountForm(VendorId(vendor), label or vendor, server.base_url, ME, "", settings)
        added = await self.services.accounts.add(form, Secret(given[kind.secret.name]))
        assert isinstance(added, Added), added
        return added.account

    def server(self, account: Account) -> VendorServer:
        return not_none(self.box)[account.vendor]

    async def wait_until(self, condition: Callable[[], Awaitable[T] | T], within: float = WAIT_SECONDS) -> T:
        """Wait until the condition gives something true, looking again at every change; bounded."""
        changed = asyncio.Event()
        unsubscribe = self.services.changes.subscribe(lambda _changes: changed.set())
        try:
            async with asyncio.timeout(within):
                while True:
                    changed.clear()
                    result = condition()
                    found = await result if asyncio.iscoroutine(result) else result
                    if found:
                        return found  # type: ignore[return-value]  # what is no coroutine is no other awaitable either
                    try:
                        async with asyncio.timeout(0.25):  # the sandbox's own doings are no change of the store
                            await changed.wait()
                    except TimeoutError:
                        pass
        finally:
            unsubscribe()

    async def wait_health(self, account: Account, *wanted: Health, within: float = WAIT_SECONDS) -> None:
        await self.wait_until(lambda: self.services.accounts.status(account.id).health in wanted, within)

    async def ticket_keys(self, account: Account) -> Sequence[TicketKey]:
        return await self.services.lists.select(TicketQuery(Scope.ALL, account=account.id), 10_000)

    async def find_ticket(self, account: Account, feature: Feature = Feature.REPLY, *, skip: int = 0) -> TicketKey:
        """Return an open ticket that takes `feature`, with its conversation read."""
        for key in await self.ticket_keys(account):
            view = await self.services.tickets.view(key)
            if view is None or view.obstacle(feature) is not None or view.ticket.state.is_done:
                continue
            if skip:
                skip -= 1
                continue
            await self.services.engine.read(key)
            return key
        raise AssertionError("no such ticket")

    async def view(self, key: TicketKey) -> TicketView:
        view = await self.services.tickets.view(key)
        assert view is not None
        return view

    async def stored_ticket(self, key: TicketKey) -> Ticket:
        ticket = await self.store.tickets.get(key)
        assert ticket is not None
        return ticket

    async def reply(
        self, key: TicketKey, text: str, *, hold: bool = False, files: tuple[OutgoingFile, ...] = (), **more: Any
    ) -> CommandId:
        draft = Draft(REPLY, text, files=files, seen=(await self.view(key)).newest)
        outcome = await self.services.commands.send(key, draft, hold=hold, **more)
        assert isinstance(outcome, Accepted), outcome
        return outcome.command

    async def other_state(self, key: TicketKey) -> ChangeState:
        """Return a change of the ticket's state to one that it does not have."""
        view = await self.view(key)
        now = view.confirmed
        choices = view.capabilities.states_for(now.group.id if now.group else None)
        choice = next(c for c in choices if c.id != now.state_id and c.label != now.vendor_state)
        return ChangeState(now.state_id, choice.id, choice.label, choice.state)

    async def outbox_item(self, command: CommandId) -> OutboxItem:
        item = await self.store.outbox.get(command)
        assert item is not None
        return item

    async def wait_delivery(
        self, command: CommandId, wanted: Delivery = Delivery.SENT, within: float = WAIT_SECONDS
    ) -> OutboxItem:
        async def reached() -> OutboxItem | None:
            item = await self.outbox_item(command)
            assert wanted.needs_agent or not item.delivery.needs_agent, item
            return item if item.delivery is wanted else None

        found: OutboxItem | None = await self.wait_until(reached, within)
        assert found is not None
        return found

    def received(self, account: Account, *kinds: str) -> list[dict[str, object]]:
        entries = self.server(account).received()
        return [entry for entry in entries if entry["kind"] in (kinds or ("message",))]


@asynccontextmanager
async def service_harness(
    folder: Path, box: Sandbox | None, *, pace: Pace = FAST, settle: float = 0.4, vault: MemoryVault | None = None
) -> AsyncIterator[ServiceHarness]:
    vault = vault or MemoryVault()
    await vault.put(DATABASE_KEY, KEY)
    clock = ShiftedClock()
    store = open_store(folder, Secret(KEY), clock, ChangeBus())
    rules = Rules(pace=pace, reconcile=ReconcileConfig(settle_seconds=settle))
    services = await build_services(store, vault, clock, Redactor(), rules, Profile(folder, "test"))
    try:
        yield ServiceHarness(services, store, vault, clock, box)
    finally:
        await services.engine.aclose()
        await store.aclose()
