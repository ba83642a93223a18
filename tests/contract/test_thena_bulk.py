"""Equal changes of several Thena tickets in one call: what happens where one of those who wait goes, and what odd answers mean."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.raw_servers import raw_server, read_request, reply, sign_in
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.ports import TicketEdit
from deskhand.domain.problems import Invalid, OutcomeUnknown
from deskhand.domain.tickets import RemoteTicket, Ticket
from deskhand.http.clock import SystemClock
from deskhand.vendors.thena.adapter import Connection, connect
from deskhand_sandbox.sandbox import serving
from deskhand_sandbox.server import VendorServer


@pytest.fixture(scope="module")
def server() -> Iterator[VendorServer]:
    with serving(only=["thena"], tickets=3) as box:
        yield box["thena"]


class SlowServer:
    """A server that keeps every PATCH waiting until it is let go, and notes what it was asked.

    Args:
        says: the `data` of its answer to a common call; None = that all was done.
    """

    def __init__(self, says: object = None) -> None:
        self.body = says
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.came = asyncio.Condition()
        self.may_answer = asyncio.Semaphore(0)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, _, body = await read_request(reader)
        method, path, _ = first.split()
        said = json.loads(body) if body else {}
        if method == "PATCH":
            async with self.came:
                self.asked.append((path, said))
                self.came.notify_all()
            await self.may_answer.acquire()
        data: object = {"id": path.rpartition("/")[2], "statusId": said.get("statusId"), "status": "Closed"}
        if path.endswith("/bulk"):
            done = {"updated": [{"id": remote} for remote in said["ticketIds"]], "skipped": []}
            data = done if self.body is None else self.body
        if method == "GET":
            data = []
        writer.write(reply("200 OK", json.dumps({"status": True, "data": data}).encode()))
        await writer.drain()

    async def wait_for_requests(self, count: int) -> None:
        async with asyncio.timeout(WAIT_SECONDS), self.came:
            await self.came.wait_for(lambda: len(self.asked) >= count)

    def answer(self, count: int) -> None:
        for _ in range(count):
            self.may_answer.release()


@asynccontextmanager
async def at(server: VendorServer, address: str) -> AsyncIterator[Connection]:
    thena = connect(sign_in(server, base_url=address), SystemClock())
    try:
        yield thena
    finally:
        await thena.aclose()


def closing(remote: str) -> TicketEdit:
    return TicketEdit(Ticket(TicketKey(AccountId("acc"), remote)), state_id="S-CLOSED")


async def begin(thena: Connection, *remotes: str) -> list[asyncio.Task[RemoteTicket | None]]:
    """Begin changes in this order; those behind the first wait for it."""
    tasks: list[asyncio.Task[RemoteTicket | None]] = []
    for remote in remotes:
        tasks.append(asyncio.get_running_loop().create_task(thena.edits.edit(closing(remote))))
        for _ in range(20):
            await asyncio.sleep(0)
    return tasks


async def stop(task: "asyncio.Task[RemoteTicket | None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_who_stops_waiting_is_left_out_of_the_common_call(server):
    slow_server = SlowServer()
    async with raw_server(slow_server.handle) as address, at(server, address) as thena:
        first, second, third, fourth = await begin(thena, "T1", "T2", "T3", "T4")
        await slow_server.wait_for_requests(1)
        await stop(third)
        slow_server.answer(9)
        await asyncio.gather(first, second, fourth)
        assert [said.get("ticketIds") for _, said in slow_server.asked] == [None, ["T2", "T4"]]


async def test_where_the_one_who_would_call_stops_before_it_the_others_still_change(server):
    slow_server = SlowServer()
    async with raw_server(slow_server.handle) as address, at(server, address) as thena:
        first, second, third, fourth = await begin(thena, "T1", "T2", "T3", "T4")
        await slow_server.wait_for_requests(1)
        await stop(second)
        slow_server.answer(9)
        await asyncio.gather(first, third, fourth)
        assert sorted(path for path, _ in slow_server.asked) == ["/v1/tickets/T1", "/v1/tickets/T3", "/v1/tickets/T4"]


async def test_where_the_call_is_broken_off_those_that_it_carried_are_unknown_and_the_next_ones_go(server):
    slow_server = SlowServer()
    async with raw_server(slow_server.handle) as address, at(server, address) as thena:
        first, second, third = await begin(thena, "T1", "T2", "T3")
        await slow_server.wait_for_requests(1)
        slow_server.answer(1)
        await slow_server.wait_for_requests(2)
        await stop(second)
        with pytest.raises(OutcomeUnknown):
            await third
        await first
        slow_server.answer(9)
        later = await begin(thena, "T5")
        assert not_none((await asyncio.gather(*later))[0]).ticket.key.remote == "T5"


async def test_the_same_ticket_twice_in_one_call_leaves_nobody_waiting(server):
    slow_server = SlowServer()
    async with raw_server(slow_server.handle) as address, at(server, address) as thena:
        tasks = await begin(thena, "T1", "T2", "T3", "T3", "T2")
        await slow_server.wait_for_requests(1)
        slow_server.answer(9)
        async with asyncio.timeout(WAIT_SECONDS):
            await asyncio.gather(*tasks)
        assert slow_server.asked[1][1]["ticketIds"] == ["T2", "T3"]


@pytest.mark.parametrize(
    ("says", "outcomes"),
    [
        ({"updated": [{"id": "T2"}, {"title": "no id"}, None], "skipped": [{"reason": "odd"}]}, [None, OutcomeUnknown]),
        ({"updated": ["T2", "T3"], "skipped": None}, [None, None]),
        ({"updated": None, "skipped": [{"id": "T3", "reason": None}, {"id": "T2", "reason": 7}]}, [Invalid, Invalid]),
        ({}, [OutcomeUnknown, OutcomeUnknown]),
        (True, [OutcomeUnknown, OutcomeUnknown]),
    ],
)
async def test_each_ticket_is_what_an_odd_answer_says_of_it(server, says, outcomes):
    slow_server = SlowServer(says)
    async with raw_server(slow_server.handle) as address, at(server, address) as thena:
        first, *together = await begin(thena, "T1", "T2", "T3")
        await slow_server.wait_for_requests(1)
        slow_server.answer(9)
        await first
        told = await asyncio.gather(*together, return_exceptions=True)
        assert [None if each is None else type(each) for each in told] == outcomes
