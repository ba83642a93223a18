"""What must not happen, happens: a disk that fills between sending and remembering, a proof that is another's, a mistake of ours."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from tests.helpers.fake_vendor import VENDOR, FailingStore, ScriptedVendor
from tests.helpers.narrowing import not_none
from tests.helpers.service_harness import KEY, ON_REQUEST, ShiftedClock
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.accounts import Account, Health, Secret, SignIn
from deskhand.domain.capabilities import BodyFormat, Capabilities, SendGuarantee
from deskhand.domain.changes import ChangeBus, ChangeSet
from deskhand.domain.commands import Command, DecisionReason, OutboxItem, SendReply
from deskhand.domain.ids import AccountId, TicketKey, new_command_id
from deskhand.domain.ports import OutgoingMessage, Receipt, TicketPage
from deskhand.domain.problems import (
    DiskFull,
    NotAllowed,
    Offline,
    OutcomeUnknown,
    Throttled,
    UnexpectedResponse,
    VendorDown,
)
from deskhand.domain.threads import Delivery, RemoteMessage, RemoteThread, Side, Visibility
from deskhand.domain.tickets import Person, RemoteTicket, State, Ticket
from deskhand.store import open_store
from deskhand.sync.context import SyncContext
from deskhand.sync.engine import Engine
from deskhand.sync.reconciliation import ReconcileConfig
from deskhand.sync.status import StatusBoard
from deskhand.sync.tasks import TaskScope

ONE = AccountId("one")
T = TypeVar("T")


@dataclass
class Scene:
    engine: Engine
    store: FailingStore
    vendor: ScriptedVendor
    clock: ShiftedClock
    beside: TaskScope = field(default_factory=lambda: TaskScope("test", lambda _name, _error: None))
    reports: list[tuple[str, BaseException]] = field(default_factory=list)

    async def reply(self, text: str, ticket: str = "1", account: AccountId = ONE) -> Command:
        command = Command(new_command_id(), account, TicketKey(account, ticket), SendReply(text), self.clock.now())
        await self.store.outbox.submit(command, hold_until=None)
        return command

    def advance(self, seconds: float) -> None:
        """Move the clock and wake the worker, for an outbox worker that had just read the old time."""
        self.clock.advance(seconds)
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

    async def until_read(self, key: TicketKey) -> None:
        async def read() -> object:
            return await self.store.threads.read_at(key)

        await self._wait(read)

    async def round(self) -> None:
        """Have the account looked at once more, to the end of it."""
        begun = False

        def look(_changes: ChangeSet) -> None:
            nonlocal begun
            begun = begun or self.engine.status(ONE).health is Health.SYNCING

        unsubscribe = self.store.changes.subscribe(look)

        async def over() -> bool:
            return begun and self.engine.status(ONE).health is not Health.SYNCING

        self.engine.nudge(ONE)
        await self._wait(over)
        unsubscribe()

    async def _wait(self, condition: Callable[[], Awaitable[T]]) -> T:
        changed = asyncio.Event()
        unsubscribe = self.store.changes.subscribe(lambda _changes: changed.set())
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while True:
                    changed.clear()
                    if found := await condition():
                        return found
                    await changed.wait()
        finally:
            unsubscribe()


def a_colleagues(text: str, at: datetime) -> RemoteMessage:
    """Return a public message that an unknown agent wrote."""
    author = Person("Somebody")
    return RemoteMessage("c1", author, Side.AGENT, Visibility.PUBLIC, text, BodyFormat.PLAIN, at)


@asynccontextmanager
async def scene(folder: Path, vendor: ScriptedVendor, *, dice: float = 0.0) -> AsyncIterator[Scene]:
    clock, reports = ShiftedClock(), []
    store = FailingStore(open_store(folder, Secret(KEY), clock, ChangeBus()))
    await store.accounts.put(Account(ONE, VENDOR, ONE, "https://x.test", capabilities=await vendor.probe()))

    async def sign_in(account: Account) -> SignIn:
        return SignIn(account.id, account.base_url, "key", {}, Secret("k"), known=Capabilities())

    world = SyncContext(
        store=store,
        clock=clock,
        random=lambda: dice,
        board=StatusBoard(store.accounts, store.changes, clock),
        report=lambda name, problem: reports.append((name, problem)),
        pace=ON_REQUEST,
        reconcile=ReconcileConfig(settle_seconds=0.2),
        sign_in=sign_in,
    )
    engine = Engine(world, {VENDOR: vendor})
    try:
        await engine.start()
        await engine.wait_synced()
        yield Scene(engine, store, vendor, clock, reports=reports)
    finally:
        await engine.aclose()
        await store.aclose()


@pytest.mark.parametrize("guarantee", [SendGuarantee.RECONCILABLE, SendGuarantee.IDEMPOTENT, SendGuarantee.NONE])
async def test_a_disk_that_is_full_after_the_answer_never_sends_a_keyless_reply_again(tmp_path, guarantee):
    async with scene(tmp_path, ScriptedVendor(guarantee)) as at:
        at.store.outbox.errors["complete"] = DiskFull()
        command = await at.reply("Once.")
        await at.until(command, Delivery.SENDING)
        await at.health(Health.WAITING)
        at.advance(45)
        if guarantee is SendGuarantee.IDEMPOTENT:
            await at.until(command, Delivery.SENT)
            assert {message.key for message in at.vendor.sent} == {command.id}
            assert {message.text for message in at.vendor.sent} == {"Once."}
        else:
            item = await at.until(command, Delivery.NEEDS_DECISION)
            assert item.decision is DecisionReason.MAY_HAVE_BEEN_SENT
            assert len(at.vendor.sent) == 1


@pytest.mark.parametrize("guarantee", [SendGuarantee.RECONCILABLE, SendGuarantee.IDEMPOTENT])
async def test_one_proof_never_counts_for_two_replies(tmp_path, guarantee):
    async def always_the_same(_message: OutgoingMessage) -> Receipt:
        return Receipt("m1")

    async with scene(tmp_path, ScriptedVendor(guarantee, on_send=always_the_same)) as at:
        first, second = await at.reply("Thanks."), await at.reply("Thanks.")
        await at.until(first, Delivery.SENT)
        item = await at.until(second, Delivery.NEEDS_DECISION)
        assert item.decision is DecisionReason.MAY_HAVE_BEEN_SENT
        assert len(at.vendor.sent) == 2


async def test_a_mistake_in_a_send_leaves_it_unknown_and_the_others_go_on(tmp_path):
    async def stumble(message: OutgoingMessage) -> Receipt:
        if message.text == "Bad.":
            raise KeyError("nobody thought of this")
        return Receipt("m9")

    async with scene(tmp_path, ScriptedVendor(on_send=stumble)) as at:
        bad, good = await at.reply("Bad.", "1"), await at.reply("Good.", "2")
        await at.until(good, Delivery.SENT)
        item = await at.until(bad, Delivery.UNKNOWN)
        assert "nothing you typed is lost" in item.problem
        assert [type(problem) for _, problem in at.reports] == [KeyError]
        at.advance(40)
        item = await at.until(bad, Delivery.NEEDS_DECISION)
        assert len([m for m in at.vendor.sent if m.text == "Bad."]) == 1


async def test_a_mistake_in_a_round_is_said_and_the_account_goes_on(tmp_path):
    vendor = ScriptedVendor(list_error=ZeroDivisionError("a mistake of ours"))
    async with scene(tmp_path, vendor) as at:
        status = at.engine.status(ONE)
        assert status.health is Health.BLOCKED
        assert "written to the log" in status.problem
        assert status.retry_at is not None
        vendor.list_error = None
        at.engine.nudge(ONE)
        await at.health(Health.FINE)
        assert [type(problem) for _, problem in at.reports] == [ZeroDivisionError]


async def test_what_was_being_sent_when_the_program_died_is_never_repeated_without_a_key(tmp_path):
    never = asyncio.Event()

    async def hang(_message: OutgoingMessage) -> Receipt:
        await never.wait()
        raise AssertionError

    async with scene(tmp_path, ScriptedVendor(on_send=hang)) as at:
        command = await at.reply("Half-way.")
        await at.until(command, Delivery.SENDING)
    vendor = ScriptedVendor()
    async with scene(tmp_path, vendor) as at:
        await at.until(command, Delivery.NEEDS_DECISION)
        assert vendor.sent == []


async def test_a_conversation_that_cannot_be_looked_at_is_looked_at_ever_more_rarely(tmp_path):
    vendor = ScriptedVendor()
    async with scene(tmp_path, vendor, dice=1.0) as at:
        vendor.thread_error = VendorDown(status=500)
        command = await at.reply("Patience.")
        waits = []
        for _ in range(5):
            item = await at.until(
                command, Delivery.QUEUED, when=lambda i: i.not_before and i.not_before > at.clock.now()
            )
            wait = (not_none(item.not_before) - at.clock.now()).total_seconds()
            waits.append(round(wait))
            at.advance(wait)
        assert waits == [3, 5, 9, 17, 33]
        assert vendor.sent == []
        vendor.thread_error = None
        at.advance(90)
        await at.until(command, Delivery.SENT)


@pytest.mark.parametrize(
    ("problem", "seconds"),
    [(UnexpectedResponse("no list of messages"), 5), (NotAllowed(status=403), 5), (VendorDown(status=500), 3700)],
    ids=["misunderstood", "not allowed", "down"],
)
async def test_an_unknown_outcome_that_cannot_be_looked_for_ends_with_a_question(tmp_path, problem, seconds):
    async def lose(_message: OutgoingMessage) -> Receipt:
        at.vendor.thread_error = problem
        raise OutcomeUnknown

    async with scene(tmp_path, ScriptedVendor(on_send=lose)) as at:
        command = await at.reply("Is it there?")
        await at.until(command, Delivery.UNKNOWN, when=lambda item: item.problem)
        at.advance(seconds)
        item = await at.until(command, Delivery.NEEDS_DECISION)
        assert item.decision is DecisionReason.MAY_HAVE_BEEN_SENT
        assert len(at.vendor.sent) == 1


async def test_being_offline_asks_nothing_however_long_it_lasts(tmp_path):
    async def lose(_message: OutgoingMessage) -> Receipt:
        at.vendor.thread_error = Offline()
        raise OutcomeUnknown

    async with scene(tmp_path, ScriptedVendor(on_send=lose)) as at:
        command = await at.reply("Is it there?")
        await at.until(command, Delivery.UNKNOWN, when=lambda item: "cannot be reached" in item.problem)
        tried = (await at.store.outbox.get(command.id)).not_before
        at.advance(100_000)
        await at.until(command, Delivery.UNKNOWN, when=lambda item: item.not_before != tried)
        at.vendor.thread_error = None
        at.advance(100)
        await at.until(command, Delivery.NEEDS_DECISION)


async def test_a_clock_that_is_set_back_does_not_keep_an_unknown_outcome_for_hours(tmp_path):
    async def lose(_message: OutgoingMessage) -> Receipt:
        raise OutcomeUnknown

    async with scene(tmp_path, ScriptedVendor(on_send=lose)) as at:
        at.clock.shift += 90_000
        command = await at.reply("Is it there?")
        await at.until(command, Delivery.UNKNOWN, when=lambda item: item.last_sent and item.not_before)
        at.clock.set_wall_clock_back(90_000)
        at.engine.wake_outbox()
        await at.until(command, Delivery.NEEDS_DECISION)
        assert len(at.vendor.sent) == 1


async def test_a_colleagues_equal_text_from_before_a_second_try_does_not_prove_it(tmp_path):
    """The first try provably sent nothing; meanwhile somebody whom nobody knows wrote the same."""
    tries = iter((Throttled(timedelta(seconds=30)), OutcomeUnknown()))

    async def refuse(_message: OutgoingMessage) -> Receipt:
        raise next(tries)

    async with scene(tmp_path, ScriptedVendor(on_send=refuse)) as at:
        command = await at.reply("Thanks.")
        await at.until(command, Delivery.QUEUED, when=lambda item: item.attempts)
        at.vendor.messages = (a_colleagues("Thanks.", at.clock.now()),)
        at.advance(31)
        item = await at.until(command, Delivery.NEEDS_DECISION, Delivery.SENT, when=lambda item: item.attempts == 2)
        assert (item.delivery, item.decision) == (Delivery.NEEDS_DECISION, DecisionReason.MAY_HAVE_BEEN_SENT)


async def test_a_slow_answer_neither_hides_nor_undoes_what_the_list_told_meanwhile(tmp_path):
    vendor = ScriptedVendor()
    key = TicketKey(ONE, "1")
    async with scene(tmp_path, vendor) as at:
        await at.until_read(key)
        asked, answer = asyncio.Event(), asyncio.Event()
        old = await at.store.tickets.get(key)

        async def slow() -> RemoteThread:
            asked.set()
            await answer.wait()
            return RemoteThread((), RemoteTicket(old))

        vendor.on_read = slow
        reading = at.beside.start(at.engine.read(key), name="read")
        await asked.wait()
        newer = replace(old, subject="Renamed by a colleague")
        page = TicketPage((RemoteTicket(newer, comments_at=at.clock.now()),), "end")
        await at.store.tickets.apply(ONE, page)
        answer.set()
        await reading
        assert (await at.store.tickets.get(key)).subject == "Renamed by a colleague"
        assert key in await at.store.tickets.stale_threads(ONE, 9)


async def test_an_answer_from_before_a_reply_does_not_take_the_reply_off_the_screen(tmp_path):
    vendor = ScriptedVendor()
    key = TicketKey(ONE, "1")
    async with scene(tmp_path, vendor) as at:
        asked, answer = asyncio.Event(), asyncio.Event()

        async def slow() -> RemoteThread:
            asked.set()
            await answer.wait()
            return RemoteThread(())

        vendor.on_read = slow
        reading = at.beside.start(at.engine.read(key), name="read")
        await asked.wait()
        vendor.on_read = None
        command = await at.reply("On its way.")
        await at.until(command, Delivery.SENT)
        at.clock.shift += 3600  # also where the vendor's clock is an hour slow
        answer.set()
        await reading
        assert [message.text for message in await at.store.threads.messages(key)] == ["On its way."]
        assert key in await at.store.tickets.stale_threads(ONE, 9)


class Paged(ScriptedVendor):
    """Its list has a page of its own for each ticket, and one that cannot be read."""

    bad = ""

    async def iter_pages(self, cursor: str, *, full: bool) -> AsyncIterator[TicketPage]:
        start_services = int(cursor or 0)
        for number, remote in enumerate(self.remote_ids[start_services:], start_services + 1):
            if remote == self.bad:
                raise VendorDown(status=500)
            last = number == len(self.remote_ids)
            key = TicketKey(ONE, remote)
            ticket = RemoteTicket(Ticket(key, subject=f"Ticket {remote}", state=State.OPEN))
            yield TicketPage((ticket,), "" if last else str(number), last=last)


async def test_a_page_that_can_never_be_read_does_not_hide_what_is_new_in_front_of_it(tmp_path):
    vendor = Paged(remote_ids=("1", "2", "3"))
    vendor.bad = "2"
    async with scene(tmp_path, vendor) as at:
        assert at.engine.status(ONE).health is Health.WAITING
        vendor.remote_ids = ("new", "1", "2", "3")
        new = TicketKey(ONE, "new")
        for _ in range(6):
            await at.round()
            if await at.store.tickets.get(new) is not None:
                break
        await at.until_read(new)
        assert "a problem of its own" in at.engine.status(ONE).problem
        vendor.bad = ""
        await at.round()
        await at.health(Health.FINE)
        assert await at.store.tickets.counted(ONE) == 4


async def test_a_single_round_begins_anew_where_it_cannot_go_on(tmp_path):
    vendor = Paged(remote_ids=("1", "2", "3"))
    vendor.bad = "2"
    async with scene(tmp_path, vendor):
        pass
    vendor.remote_ids = ("new", "1", "2", "3")
    async with scene(tmp_path, vendor) as at:  # another program, which knows nothing of earlier tries
        problem = (await at.engine.once())[ONE]
        assert problem is not None
        assert await at.store.tickets.get(TicketKey(ONE, "new")) is not None


async def test_a_list_sync_that_was_interrupted_once_goes_on_where_it_was(tmp_path):
    vendor = Paged(remote_ids=("1", "2", "3"))
    vendor.bad = "3"
    async with scene(tmp_path, vendor) as at:
        await at.round()
        assert await at.store.tickets.cursor(ONE) == "2"
        vendor.bad = "1"  # it would stumble over this if it began anew
        await at.round()
        await at.health(Health.FINE)
        assert await at.store.tickets.counted(ONE) == 3


async def test_an_account_that_cannot_be_changed_for_want_of_room_goes_on_as_it_was(tmp_path):
    async with scene(tmp_path, ScriptedVendor()) as at:
        at.store.accounts.errors["put"] = DiskFull()
        with pytest.raises(DiskFull):
            await at.engine.pause(ONE, paused=True)
        command = await at.reply("Still here.")
        await at.until(command, Delivery.SENT)
        assert not not_none(at.engine.account(ONE)).paused


class Lingering(ScriptedVendor):
    """Takes its time to close."""

    def __init__(self) -> None:
        super().__init__()
        self.closing, self.may_close = asyncio.Event(), asyncio.Event()

    async def aclose(self) -> None:
        self.closing.set()
        await self.may_close.wait()


async def test_a_pause_that_nobody_waits_for_any_more_is_carried_out_whole(tmp_path):
    vendor = Lingering()
    async with scene(tmp_path, vendor) as at:
        pausing = at.beside.start(at.engine.pause(ONE, paused=True), name="pause")
        await vendor.closing.wait()
        pausing.cancel()
        await asyncio.gather(pausing, return_exceptions=True)
        vendor.may_close.set()
        await at.health(Health.PAUSED)
        assert (await at.store.accounts.all())[0].paused
        await at.engine.pause(ONE, paused=False)
        command = await at.reply("Still here.")
        await at.until(command, Delivery.SENT)


class SlowToConnect(ScriptedVendor):
    """Blocks the thread that connects, when told."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()
        self.opened = self.closed = 0

    def connect(self, sign_in: SignIn) -> ScriptedVendor:
        self.begun.set()
        assert self.go_on.wait(20)
        self.opened += 1
        return super().connect(sign_in)

    async def aclose(self) -> None:
        self.closed += 1


async def test_a_connection_that_was_being_made_for_a_changed_account_is_closed_again(tmp_path):
    vendor = SlowToConnect()
    async with scene(tmp_path, vendor) as at:
        await at.engine.pause(ONE, paused=True)
        vendor.begun.clear()
        vendor.go_on.clear()
        reading = at.beside.start(at.engine.read(TicketKey(ONE, "1")), name="read")
        assert await asyncio.to_thread(vendor.begun.wait, 20)
        await at.engine.drop(ONE)
        vendor.go_on.set()
        with pytest.raises(Offline):
            await reading
        assert (vendor.opened, vendor.closed) == (2, 2)


async def test_a_message_id_that_comes_twice_never_ends_an_account(tmp_path):
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    twice = a_colleagues("Hello", at), a_colleagues("Hello", at)
    async with scene(tmp_path / "profile", ScriptedVendor(messages=twice)) as scripted:
        key = TicketKey(ONE, "1")
        await scripted.engine.read(key)
        assert [message.id for message in await scripted.store.threads.messages(key)] == ["c1"]
        await scripted.round()
        assert scripted.engine.status(ONE).health is Health.FINE
        assert scripted.reports == []


async def test_a_mistake_in_one_accounts_round_is_told_and_the_others_go_on(tmp_path):
    vendor = ScriptedVendor()
    async with scene(tmp_path / "profile", vendor) as scripted:
        vendor.list_error = KeyError("nobody thought of this")
        (problem,) = (await scripted.engine.once()).values()
        assert isinstance(problem, KeyError)
        status = scripted.engine.status(ONE)
        assert (status.health, "Something unexpected" in status.problem) == (Health.BLOCKED, True)
        assert [type(told) for _, told in scripted.reports] == [KeyError]
