"""A command typed beside the owner of a profile is carried out by the owner, and by nobody else's token."""

import asyncio
import gc
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.helpers.narrowing import instance
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.profile.ipc import READY, Request, Server, send_request
from deskhand.sync.tasks import TaskScope


@dataclass
class Screen:
    out_lines: list[str] = field(default_factory=list)
    err_lines: list[str] = field(default_factory=list)

    def out(self, text: str) -> None:
        self.out_lines.append(text)

    def block(self, text: str) -> None:
        self.out_lines.append(text)

    def err(self, text: str) -> None:
        self.err_lines.append(text)

    def read(self) -> str:
        return ""


async def carry(request: Request, console) -> int:
    console.out(" ".join(request.arguments))
    console.err(f"{len(console.read())} characters given")
    return 3


async def test_arguments_and_input_go_over_and_the_outcome_comes_back():
    listener, screen = Server(carry), Screen()
    port = instance(await listener.start(), int)
    listener.trust("token")
    text = "ünïcode\n" * 20_000
    assert await send_request(port, "token", Request(("reply", "a/b", "--text", "Zeile 1\nZeile 2")), screen) == 3
    assert await send_request(port, "token", Request(("import",), text), screen) == 3
    assert screen.out_lines == ["reply a/b --text Zeile 1\nZeile 2", "import"]
    assert screen.err_lines == ["0 characters given", "160000 characters given"]
    await listener.aclose()


async def test_without_the_right_token_nothing_is_carried_out():
    carried = []

    async def note(request: Request, _console) -> int:
        carried.append(request)
        return 0

    listener, screen = Server(note), Screen()
    port = instance(await listener.start(), int)
    assert await send_request(port, "", Request(("tickets",)), screen) is None  # not even before a token was chosen
    listener.trust("token")
    assert await send_request(port, "wrong", Request(("tickets",)), screen) is None
    for line in (
        b"\n",
        b"wrong 2\n{}",
        b"token\n",
        b"token two\n",
        b"token -1\n",
        b"token 2\n{}",
        b'token 7\n"token"',
        b"Token 2\n{}",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(line)
        assert await reader.read() in (b"", READY), line
        writer.close()
    assert carried == []
    assert screen == Screen()
    await listener.aclose()


async def test_nobody_there_is_no_answer():
    listener = Server(carry)
    port = instance(await listener.start(), int)
    await listener.aclose()
    assert await send_request(port, "token", Request(("tickets",)), Screen()) is None


async def test_a_caller_who_leaves_does_not_end_the_owner():
    started, go = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request, console) -> int:
        started.set()
        await go.wait()
        console.out("x" * 1_000_000)
        return 0

    listener = Server(slow)
    port = instance(await listener.start(), int)
    listener.trust("token")
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    request = json.dumps({"arguments": ["drain"], "given": "", "place": "/"}).encode()
    writer.write(b"token %d\n" % len(request) + request)
    await started.wait()
    writer.transport.abort()
    go.set()
    screen = Screen()
    started.clear()
    assert await send_request(port, "token", Request(("again",)), screen) == 0
    await listener.aclose()


async def test_an_owner_that_ends_does_not_wait_for_a_caller_who_does_not_read():
    answered = asyncio.Event()

    async def long(_request: Request, console) -> int:
        console.out("x" * 20_000_000)
        answered.set()
        return 0

    listener = Server(long)
    port = instance(await listener.start(), int)
    listener.trust("token")
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    request = json.dumps({"arguments": ["tickets"], "given": "", "place": "/"}).encode()
    writer.write(b"token %d\n" % len(request) + request)
    await answered.wait()
    async with asyncio.timeout(WAIT_SECONDS):
        await listener.aclose()
    writer.transport.abort()


async def test_an_owner_that_ends_does_not_wait_for_what_it_carries_out():
    started = asyncio.Event()

    async def for_ever(_request: Request, _console) -> int:
        started.set()
        await asyncio.Event().wait()
        return 0

    listener = Server(for_ever)
    port = instance(await listener.start(), int)
    listener.trust("token")
    async with asyncio.timeout(WAIT_SECONDS), asyncio.TaskGroup() as group:
        asking = group.create_task(send_request(port, "token", Request(("outbox", "drain")), Screen()))
        idle = await asyncio.open_connection("127.0.0.1", port)
        await started.wait()
        await listener.aclose()
        idle[1].close()
    assert asking.result() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such sockets")
async def test_an_owner_ends_in_order_after_the_end_of_an_answer_was_read_late(tmp_path):
    answered = asyncio.Event()

    async def long(request: Request, console) -> int:
        console.out("x" * int(request.arguments[0]))
        answered.set()
        return 0

    gc.collect()
    gc.disable()  # a window collects its garbage seldom: a line that has ended is still there
    try:
        listener = Server(long)
        path = await listener.start(tmp_path / "socket")
        assert isinstance(path, Path)
        listener.trust("token")
        if sys.platform != "win32":
            for length in range(0, 800_000, 20_000):  # some of them leave a rest that the system does not take at once
                reader, writer = await asyncio.open_unix_connection(path, limit=1024)
                request = json.dumps({"arguments": [str(length)], "given": "", "place": "/"}).encode()
                writer.write(b"token %d\n" % len(request) + request)
                await answered.wait()
                answered.clear()
                async with asyncio.timeout(WAIT_SECONDS):
                    while await reader.read(65_536):
                        pass
                writer.close()
        await listener.aclose()
    finally:
        gc.enable()


async def test_a_command_that_goes_on_brings_its_lines_one_by_one_and_ends_when_its_caller_is_gone():
    ended, told = asyncio.Event(), asyncio.Event()

    async def count(_request: Request, console) -> int:
        try:
            for number in range(10_000):
                console.out(str(number))
                await console.flush()
                await asyncio.sleep(0)
                if number == 3:
                    await told.wait()
        finally:
            ended.set()
        return 0

    class Impatient(Screen):
        def out(self, text: str) -> None:
            super().out(text)
            if text == "3":
                caller.cancel()

    listener, screen = Server(count), Impatient()
    port = instance(await listener.start(), int)
    listener.trust("token")
    scope = TaskScope("caller", lambda _name, _problem: None)
    caller = scope.start(send_request(port, "token", Request(("watch",)), screen), name="watch")
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert screen.out_lines == ["0", "1", "2", "3"]
    told.set()
    async with asyncio.timeout(WAIT_SECONDS):
        await ended.wait()
    await listener.aclose()
