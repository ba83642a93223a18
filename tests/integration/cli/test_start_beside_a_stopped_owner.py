"""A command typed beside a Deskhand that has stopped ends with words, and is not carried out when that one goes on."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from deskhand.domain.problems import NotPossible
from deskhand.profile.ipc import MAX_REQUEST_BYTES, Request, Server, send_request

WORD = "word-of-the-owner"
OWNER = """
import asyncio, sys
from pathlib import Path
from deskhand.profile.ipc import Server

async def main():
    async def carry(request, console):
        print(request.arguments[0], flush=True)
        console.out("done")
        return 0
    listener = Server(carry)
    listener.trust(sys.argv[2])
    print(await listener.start(Path(sys.argv[1])), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


class Screen:
    def __init__(self) -> None:
        self.said: list[str] = []

    def out(self, text: str) -> None:
        self.said.append(text)

    block = err = out

    def read(self) -> str:
        return ""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no signal that stops a process")
async def test_a_command_that_was_given_up_is_not_carried_out_later(tmp_path: Path) -> None:
    command = (sys.executable, "-c", OWNER, str(tmp_path / "owner.sock"), WORD)
    owner = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert owner.stdout is not None
    try:
        where = Path((await owner.stdout.readline()).decode().strip())
        owner.send_signal(signal.Signals["SIGSTOP"])
        async with asyncio.timeout(60):
            assert await send_request(where, WORD, Request(("reply",)), Screen(), attention=0.3) is None
            owner.send_signal(signal.Signals["SIGCONT"])
            assert await send_request(where, WORD, Request(("tickets",)), Screen()) == 0
            assert await owner.stdout.readline() == b"tickets\n"
    finally:
        owner.kill()
        await owner.wait()


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"x" * 1_000_000,
        *(b'{"ready": true}\n' + more for more in (b"", b"5\n", b"[]\n", b"{}\n", b'{"exit": "x"}\n', b"\xff\n", b"[" * 99_999 + b"\n")),
    ],
)  # fmt: skip
async def test_what_is_no_deskhand_is_no_answer(says: bytes) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(says)
        await reader.readline()
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await send_request(port, WORD, Request(("tickets",)), Screen()) is None
    server.close()
    await server.wait_closed()


async def test_more_than_the_owner_takes_is_said() -> None:
    listener = Server(lambda *_: asyncio.sleep(0, 0))
    port = await listener.start()
    listener.trust(WORD)
    with pytest.raises(NotPossible, match="More than 64 MB cannot be handed to the Deskhand that is open"):
        await send_request(port, WORD, Request(("import",), "x" * MAX_REQUEST_BYTES), Screen())
    await listener.aclose()
