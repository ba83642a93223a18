"""What must not happen, happens: a disk that fills between sending and remembering, a proof that is another's, a mistake of ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from tests.helpers.houses import KEY, LAZY, ShiftedClock
from tests.helpers.scripted import VENDOR, Refusing, Scripted

from deskhand.domain.accounts import Account, Health, Secret, SignIn
from deskhand.domain.capabilities import Capabilities, Guarantee
from deskhand.domain.changes import ChangeFeed
from deskhand.domain.commands import AskReason, Command, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, TicketKey, new_command_id
from deskhand.domain.ports import OutgoingMessage, Receipt
from deskhand.domain.problems import DiskFull, VendorDown
from deskhand.domain.threads import Delivery
from deskhand.store import open_store
from deskhand.sync.engine import Engine
from deskhand.sync.runner import World
from deskhand.sync.settling import Settling
from deskhand.sync.status import StatusBoard

ONE = AccountId("one")
T = TypeVar("T")


@dataclass
class Scene:
    engine: Engine
    store: Refusing
    vendor: Scripted
    clock: ShiftedClock
    reports: list[tuple[str, BaseException]] = field(default_factory=list)

    async def reply(self, text: str, ticket: str = "1", account: AccountId = ONE) -> Command:
        command = Command(new_command_id(), account, TicketKey(account, ticket), SendReply(text), self.clock.now())
        await self.store.outbox.submit(command, hold_until=None)
        return command

    def pass_time(self, seconds: float) -> None:
        """Move the clock and ring the bell, for a pump that had just read the old time."""
        self.clock.pass_time(seconds)
        self.engine.wake_outbox()

    async def until(
        self, command: Command, *wanted: Delivery, when: Callable[[OutboxItem], object] = bool
    ) -> OutboxItem:
        async def reached() -> OutboxItem | None:
            item: OutboxItem = await self.store.outbox.get(command.id)
            return item if item.delivery in wanted and when(item) else None

        found = await self._wait(reached)
        assert found is not None
        return found

    async def health(self, wanted: Health) -> None:
        async def reached() -> bool:
            return self.engine.status(ONE).health is wanted

        await self._wait(reached)

    async def _wait(self, condition: Callable[[], Awaitable[T]]) -> T:
        changed = asyncio.Event()
        unsubscribe = self.store.feed.subscribe(lambda _changes: changed.set())
        try:
            async with asyncio.timeout(60):
                while True:
                    changed.clear()
                    if found := await condition():
                        return found
                    await changed.wait()
        finally:
            unsubscribe()


@asynccontextmanager
async def scene(folder: Path, vendor: Scripted, *, dice: float = 0.0) -> AsyncIterator[Scene]:
    clock, reports = ShiftedClock(), []
    store = Refusing(open_store(folder, Secret(KEY), clock, ChangeFeed()))
    await store.accounts.put(Account(ONE, VENDOR, ONE, "https://x.test", capabilities=await vendor.probe()))

    async def sign_in(account: Account) -> SignIn:
        return SignIn(account.id, account.base_url, "key", {}, Secret("k"), known=Capabilities())

    world = World(
        store=store,  # type: ignore[arg-type]
        clock=clock,
        random=lambda: dice,
        board=StatusBoard(store.accounts, store.feed),
        report=lambda name, problem: reports.append((name, problem)),
        pace=LAZY,
        settling=Settling(seconds=0.2),
        sign_in=sign_in,
    )
    engine = Engine(world, {VENDOR: vendor})  # type: ignore[dict-item]
    try:
        await engine.start()
        await engine.in_step()
        yield Scene(engine, store, vendor, clock, reports)
    finally:
        await engine.aclose()
        await store.aclose()


@pytest.mark.parametrize("guarantee", [Guarantee.RECONCILED, Guarantee.KEYED, Guarantee.BLIND])
async def test_a_disk_that_is_full_after_the_answer_never_sends_a_keyless_reply_again(tmp_path, guarantee):
    async with scene(tmp_path, Scripted(guarantee)) as at:
        at.store.outbox.refuse["settle"] = DiskFull()
        command = await at.reply("Once.")
        await at.until(command, Delivery.SENDING)
        await at.health(Health.WAITING)
        at.pass_time(45)
        if guarantee is Guarantee.KEYED:
            await at.until(command, Delivery.SENT)
            assert {message.key for message in at.vendor.sent} == {command.id}
            assert {message.text for message in at.vendor.sent} == {"Once."}
        else:
            item = await at.until(command, Delivery.ASK)
            assert item.ask is AskReason.MAY_HAVE_BEEN_SENT
            assert len(at.vendor.sent) == 1


@pytest.mark.parametrize("guarantee", [Guarantee.RECONCILED, Guarantee.KEYED])
async def test_one_proof_never_counts_for_two_replies(tmp_path, guarantee):
    async def always_the_same(_message: OutgoingMessage) -> Receipt:
        return Receipt("m1")

    async with scene(tmp_path, Scripted(guarantee, answers=always_the_same)) as at:
        first, second = await at.reply("Thanks."), await at.reply("Thanks.")
        await at.until(first, Delivery.SENT)
        item = await at.until(second, Delivery.ASK)
        assert item.ask is AskReason.MAY_HAVE_BEEN_SENT
        assert len(at.vendor.sent) == 2


async def test_a_mistake_in_a_send_leaves_it_unknown_and_the_others_go_on(tmp_path):
    async def stumble(message: OutgoingMessage) -> Receipt:
        if message.text == "Bad.":
            raise KeyError("nobody thought of this")
        return Receipt("m9")

    async with scene(tmp_path, Scripted(answers=stumble)) as at:
        bad, good = await at.reply("Bad.", "1"), await at.reply("Good.", "2")
        await at.until(good, Delivery.SENT)
        item = await at.until(bad, Delivery.UNKNOWN)
        assert "nothing you typed is lost" in item.problem
        assert [type(problem) for _, problem in at.reports] == [KeyError]
        at.pass_time(40)
        item = await at.until(bad, Delivery.ASK)
        assert len([m for m in at.vendor.sent if m.text == "Bad."]) == 1


async def test_a_mistake_in_a_round_is_said_and_the_account_goes_on(tmp_path):
    vendor = Scripted(walk_fails=ZeroDivisionError("a mistake of ours"))
    async with scene(tmp_path, vendor) as at:
        status = at.engine.status(ONE)
        assert status.health is Health.BLOCKED
        assert "written to the log" in status.problem
        assert status.retry_at is not None
        vendor.walk_fails = None
        at.engine.nudge(ONE)
        await at.health(Health.FINE)
        assert [type(problem) for _, problem in at.reports] == [ZeroDivisionError]


async def test_what_was_being_sent_when_the_program_died_is_never_repeated_without_a_key(tmp_path):
    never = asyncio.Event()

    async def hang(_message: OutgoingMessage) -> Receipt:
        await never.wait()
        raise AssertionError

    async with scene(tmp_path, Scripted(answers=hang)) as at:
        command = await at.reply("Half-way.")
        await at.until(command, Delivery.SENDING)
    vendor = Scripted()
    async with scene(tmp_path, vendor) as at:
        await at.until(command, Delivery.ASK)
        assert vendor.sent == []


async def test_a_conversation_that_cannot_be_looked_at_is_looked_at_ever_more_rarely(tmp_path):
    vendor = Scripted()
    async with scene(tmp_path, vendor, dice=1.0) as at:
        vendor.thread_fails = VendorDown(status=500)
        command = await at.reply("Patience.")
        waits = []
        for _ in range(5):
            item = await at.until(
                command, Delivery.QUEUED, when=lambda i: i.not_before and i.not_before > at.clock.now()
            )
            wait = (item.not_before - at.clock.now()).total_seconds()
            waits.append(round(wait))
            at.pass_time(wait)
        assert waits == [3, 5, 9, 17, 33]
        assert vendor.sent == []
        vendor.thread_fails = None
        at.pass_time(90)
        await at.until(command, Delivery.SENT)
