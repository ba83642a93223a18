"""A server that answers a recorded list as fast as Python can: `python -m tests.benchmarks.replay JOB`.

The sandbox builds each answer and is slower than what reads it. Here every page of Thena's list is fetched from the sandbox once, kept
in a file, and given back from memory; anything else (probes, conversations) is passed on to the sandbox, which stays behind.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from tests.benchmarks.processes import ROOT, next_figures, print_figures, started

LIST = "/v1/tickets"
PAGE = 100
THENAS_SHARE = 0.30


@contextmanager
def sandbox(tickets: int) -> Iterator[tuple[str, str]]:
    """Run the sandbox in a process of its own, with so many tickets at Thena; yields its address and key."""
    wanted = str(round(tickets / THENAS_SHARE))
    command = [
        sys.executable, "-m", "deskhand", "sandbox", "--json", "--no-rate-limits", "--only", "thena", "--tickets", wanted,
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        thena = json.loads(process.stdout.readline())["vendors"]["thena"]
        yield thena["base_url"], thena["credentials"]["api_key"]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def record_pages(file: Path, base: str, key: str) -> Path:
    """Fetch every page of the list and keep the answers; returns the file."""
    pages: list[str] = []
    with httpx.Client(base_url=base, headers={"x-api-key": key}, timeout=60) as client:
        while True:
            answer = client.get(LIST, params={"page": len(pages), "limit": PAGE})
            answer.raise_for_status()
            pages.append(answer.text)
            if not _items(answer.json()):
                file.write_text(json.dumps(pages), encoding="utf-8")
                return file


def _items(body: Any) -> Any:
    data = body["data"]
    return data if isinstance(data, list) else next(value for value in data.values() if isinstance(value, list))


@contextmanager
def replay_server(file: Path, base: str, key: str, ports: int = 1) -> Iterator[list[str]]:
    """Give the recorded list back from another process; yields one address for each account that wants one."""
    job = {"file": str(file), "base": base, "key": key, "ports": ports}
    with started("replay", job) as child:
        yield next_figures(child)["addresses"]


class Replay:
    """Knows the answers."""

    def __init__(self, pages: list[str], base: str, key: str) -> None:
        self._pages = [page.encode() for page in pages]
        self._behind = httpx.AsyncClient(base_url=base, headers={"x-api-key": key}, timeout=60)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it is closed."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                method, target, _ = lines[0].split(" ", 2)
                names = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
                body = await reader.readexactly(int(names.get("content-length", "0")))
                status, kind, answer = await self._answer(method, target, names, body)
                writer.write(
                    f"HTTP/1.1 {status} OK\r\ncontent-type: {kind}\r\ncontent-length: {len(answer)}\r\n\r\n".encode()
                )
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _answer(self, method: str, target: str, names: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        url = httpx.URL(target)
        if method == "GET" and url.path == LIST and url.params.get("limit") == str(PAGE):
            page = int(url.params.get("page", "0"))
            return 200, "application/json", self._pages[min(page, len(self._pages) - 1)]
        given = {name: names[name] for name in ("content-type",) if name in names}
        answer = await self._behind.request(method, target, content=body, headers=given)
        return answer.status_code, answer.headers.get("content-type", "text/plain"), answer.content


async def _serve(job: dict[str, Any], pages: list[str]) -> None:
    replay = Replay(pages, job["base"], job["key"])
    servers = [await asyncio.start_server(replay.serve, "127.0.0.1", 0, limit=2**20) for _ in range(job["ports"])]
    print_figures({"addresses": [f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]})
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    asyncio.run(_serve(given, json.loads(Path(given["file"]).read_text(encoding="utf-8"))))
