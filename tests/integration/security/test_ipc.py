"""Whoever can connect to the owner's port learns nothing, changes nothing and stops nothing without the token."""

import asyncio
import gc
import json
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.helpers.narrowing import instance
from tests.helpers.timeouts import WAIT_SECONDS

from deskhand.domain.console import Console
from deskhand.profile.ipc import (
    FIRST_LINE,
    MAX_REQUEST_BYTES,
    MAX_UNAUTHENTICATED,
    READY,
    Request,
    Server,
    send_request,
)
from deskhand.profile.lock import ENDPOINT, ProfileLock, find_endpoint

TOKEN = "s3cret-word-of-the-owner"


class Screen:
    def __init__(self) -> None:
        self.said: list[str] = []

    def out(self, text: str) -> None:
        self.said.append(text)

    block = err = out

    def read(self) -> str:
        return ""


class Owner:
    def __init__(self, port: int) -> None:
        self.port = port
        self.executed: list[Request] = []
        self.failures: list[dict[str, object]] = []

    async def tell(self, *parts: bytes) -> bytes:
        """Send bytes and return all that comes back until the owner hangs up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for part in parts:
                writer.write(part)
                await writer.drain()
            return await asyncio.wait_for(reader.read(), WAIT_SECONDS)
        except ConnectionError:
            return b""
        finally:
            writer.close()


@asynccontextmanager
async def owner(patience: float = 10.0) -> AsyncIterator[Owner]:
    async def execute(request: Request, console: Console) -> int:
        here.executed.append(request)
        console.out("done")
        return 0

    listener = Server(execute, patience=patience)
    here = Owner(instance(await listener.start(), int))
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: here.failures.append(context))
    listener.trust(TOKEN)
    yield here
    await listener.aclose()
    gc.collect()
    assert here.failures == []


def request(arguments: object = ("tickets",), given: object = "", token: str = TOKEN) -> bytes:
    body = json.dumps({"arguments": arguments, "given": given, "place": "/"}).encode()
    return f"{token} {len(body)}\n".encode() + body


async def test_only_this_computer_can_connect():
    async with owner() as here:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for address in addresses - {"127.0.0.1"}:
            if address.startswith("127."):
                continue
            with pytest.raises(OSError):
                await asyncio.wait_for(asyncio.open_connection(address, here.port), 5)
        assert await send_request(here.port, TOKEN, Request(("tickets",)), Screen()) == 0


STRANGERS = {
    "nothing": b"\n",
    "a wrong word": request(token="wrong"),
    "the word and more": request(token=TOKEN + "x"),
    "the word cut": request(token=TOKEN[:-1]),
    "no word": request(token=""),
    "a word of no letters": b"\xff\xfe\x00 2\n{}",
    "half a pair": b"\xed\xa0\x80 2\n{}",
    "HTTP": b"GET /?word=" + TOKEN.encode() + b" HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n",
    "HTTP with the word as method": TOKEN.encode() + b" / HTTP/1.1\r\n\r\n",
    "a line without end": b"x" * (FIRST_LINE * 40),
    "megabytes": b"[" * 5_000_000 + b"\n",
}


@pytest.mark.parametrize("what", STRANGERS)
async def test_a_stranger_gets_no_answer_and_no_hint(what):
    async with owner() as here:
        assert await here.tell(STRANGERS[what]) == b""
        assert here.executed == []
        assert await send_request(here.port, TOKEN, Request(("tickets",)), Screen()) == 0


@pytest.mark.parametrize(
    "sent",
    [
        request(5),
        request(None),
        request("tickets"),
        request([1]),
        request({"a": 1}),
        request(["a"], 5),
        request(["a"], None),
        f"{TOKEN} 2\n[]".encode(),
        f"{TOKEN} 4\nnull".encode(),
        f"{TOKEN} 3\nNaN".encode(),
        f"{TOKEN} 100000\n".encode() + b"[" * 100_000,
        f"{TOKEN} 3\n".encode() + b"\xff\xfe\x00",
        f"{TOKEN} {MAX_REQUEST_BYTES + 1}\n".encode(),
        f"{TOKEN} -1\n".encode(),
        f"{TOKEN} 1e3\n".encode(),
        f"{TOKEN} \u0663\n".encode(),
    ],
)
async def test_a_malformed_request_is_not_carried_out_and_no_crash(sent):
    async with owner() as here:
        assert await here.tell(sent) in (b"", READY)
        assert here.executed == []


async def test_who_says_nothing_is_shown_out():
    async with owner(patience=0.2) as here:
        assert await here.tell() == b""
        assert await here.tell(TOKEN.encode()) == b""


async def test_slow_and_loud_strangers_do_not_stop_the_window():
    async with owner() as here:
        gaps: list[float] = []

        async def watch() -> None:
            last = time.perf_counter()
            while True:
                await asyncio.sleep(0.001)
                now = time.perf_counter()
                gaps.append(now - last)
                last = now

        watching = asyncio.get_running_loop().create_task(watch())
        idle = [await asyncio.open_connection("127.0.0.1", here.port) for _ in range(MAX_UNAUTHENTICATED // 2)]
        await asyncio.gather(*(here.tell(b'{"word": "' + b"[1," * 3_000_000 + b"\n") for _ in range(3)))
        screen = Screen()
        assert await send_request(here.port, TOKEN, Request(("reply",), "x" * 3_000_000), screen) == 0
        watching.cancel()
        for _, writer in idle:
            writer.close()
        assert max(gaps) < 0.5, max(gaps)
        assert len(here.executed[0].given) == 3_000_000


async def test_too_many_callers_are_turned_away_until_some_leave():
    async with owner(patience=1) as here:
        crowd = [await asyncio.open_connection("127.0.0.1", here.port) for _ in range(MAX_UNAUTHENTICATED * 2)]
        screen = Screen()
        assert await send_request(here.port, TOKEN, Request(("tickets",)), screen) in (None, 0)
        for _, writer in crowd:
            writer.close()
        async with asyncio.timeout(WAIT_SECONDS):
            answered = False
            while not answered:  # a round trip each time, until the owner has seen them leave
                answered = await send_request(here.port, TOKEN, Request(("tickets",)), screen) is not None


async def test_callers_who_say_nothing_do_not_keep_the_second_start_out():
    async with owner() as here:
        crowd = [await asyncio.open_connection("127.0.0.1", here.port) for _ in range(MAX_UNAUTHENTICATED + 20)]
        begun = time.monotonic()
        for _ in range(5):
            assert await send_request(here.port, TOKEN, Request(("tickets",)), Screen(), patience=5) == 0
        assert time.monotonic() - begun < WAIT_SECONDS
        for _, writer in crowd:
            writer.close()


async def test_an_owner_that_has_stopped_is_not_waited_for():
    left = asyncio.Event()

    async def hear_and_say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        left.set()

    server = await asyncio.start_server(hear_and_say_nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await send_request(port, TOKEN, Request(("--raise",)), Screen(), patience=0.1) is None
    await left.wait()
    server.close()
    await server.wait_closed()


@asynccontextmanager
async def socket_owner(folder: Path) -> AsyncIterator[Path]:
    async def execute(_request: Request, console: Console) -> int:
        console.out("done")
        return 0

    listener = Server(execute)
    listener.trust(TOKEN)
    where = await listener.start(folder / "owner.sock")
    assert isinstance(where, Path)
    yield where
    await listener.aclose()


posix = pytest.mark.skipif(sys.platform == "win32", reason="a port is used there")


@posix
async def test_a_socket_in_the_folder_is_used_and_its_owner_found(tmp_path):
    profile_lock = ProfileLock.acquire(tmp_path)
    assert profile_lock is not None
    async with socket_owner(tmp_path) as where:
        profile_lock.publish_endpoint(where)
        endpoint = find_endpoint(tmp_path)
        assert endpoint is not None
        assert endpoint.address == where
        screen = Screen()
        assert await send_request(endpoint.address, endpoint.token, Request(("tickets",)), screen) is None
        assert await send_request(endpoint.address, TOKEN, Request(("tickets",)), screen) == 0
        assert screen.said == ["done"]
    profile_lock.release()
    assert not where.exists()


@posix
async def test_where_no_socket_fits_a_port_is_used(tmp_path):
    listener = Server(lambda *_: asyncio.sleep(0, 0))
    assert isinstance(await listener.start(tmp_path / ("x" * 120) / "owner.sock"), int)
    await listener.aclose()
    assert isinstance(await listener.start(tmp_path / "not there" / "owner.sock"), int)
    await listener.aclose()


STRANGER = """
import os, socket, sys
os.setgid(65534); os.setuid(65534)
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
try:
    line.sendall(sys.argv[2].encode())
    print(line.recv(100))
except ConnectionError:
    print(b"")
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root can become another user, to try it as one"
)
async def test_another_user_of_this_computer_is_not_served_even_with_the_token():
    # Not in pytest's own folder: no other user gets to it.
    with tempfile.TemporaryDirectory() as name:
        async with socket_owner(Path(name)) as where:
            command = (sys.executable, "-I", "-c", STRANGER, str(where), request().decode())
            closed = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
            assert b"PermissionError" in (await closed.communicate())[1]
            for path, rights in ((name, 0o755), (where, 0o777)):
                os.chmod(path, rights)  # noqa: PTH101 - a coroutine, where ruff wants no Path
            opened = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
            assert (await opened.communicate())[0].strip() == b"b''"


@pytest.mark.skipif(sys.platform == "win32", reason="files inherit the folder's access list there")
def test_only_the_user_can_read_the_token(tmp_path):
    before = os.umask(0)
    try:
        profile_lock = ProfileLock.acquire(tmp_path / "profile")
        assert profile_lock is not None
        word = profile_lock.publish_endpoint(4711)
    finally:
        os.umask(before)
    path = tmp_path / "profile" / ENDPOINT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(word) >= 32
    endpoint = find_endpoint(tmp_path / "profile")
    assert endpoint is not None
    assert endpoint.token == word
    assert word not in repr(endpoint)
    profile_lock.release()
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_that_waits_in_the_doors_place_is_not_followed(tmp_path):
    profile, victim = tmp_path / "profile", tmp_path / "victim"
    victim.write_text("mine")
    profile_lock = ProfileLock.acquire(profile)
    assert profile_lock is not None
    (profile / ENDPOINT).symlink_to(victim)
    profile_lock.publish_endpoint(4711)
    assert victim.read_text() == "mine"
    assert not (profile / ENDPOINT).is_symlink()
    profile_lock.release()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "5", '{"port": "x"}', '{"port": null, "word": 1, "pid": []}', "\u00e9", "[" * 100_000],
)
def test_a_damaged_door_is_no_door(tmp_path, content):
    (tmp_path / ENDPOINT).write_text(content, encoding="utf-8")
    assert find_endpoint(tmp_path) is None


TAKE = """
import sys
from pathlib import Path
from deskhand.profile.lock import ProfileLock
held = ProfileLock.acquire(Path(sys.argv[1]))
print("yes" if held else "no", flush=True)
sys.stdin.read()
"""


def test_of_many_who_start_at_once_one_owns_and_after_its_death_another_can(tmp_path: Path):
    def begin(count: int) -> list[subprocess.Popen[str]]:
        command: Sequence[str] = (sys.executable, "-c", TAKE, str(tmp_path / "p"))
        return [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
            for _ in range(count)
        ]

    def answer(process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().strip()

    def end(process: subprocess.Popen[str]) -> None:
        process.kill()
        process.communicate()

    first = begin(6)
    said = [answer(one) for one in first]
    assert sorted(said) == ["no"] * 5 + ["yes"]
    for one in first:
        end(one)
    (second,) = begin(1)
    assert answer(second) == "yes"
    end(second)
