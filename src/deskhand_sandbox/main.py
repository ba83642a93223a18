"""`deskhand sandbox`: the servers in a process of their own."""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from deskhand_sandbox.shares import SHARES

if TYPE_CHECKING:
    from deskhand_sandbox.sandbox import Sandbox
    from deskhand_sandbox.server import VendorServer

_INSTALLED_BY_THE_EXTRA = frozenset({"starlette", "uvicorn", "python_multipart"})
"""Modules that `pip install deskhand` leaves out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `deskhand sandbox`."""
    parser.add_argument("--tickets", type=int, default=300, metavar="N", help="how many tickets in all (300)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same data (1)")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="first of the ports; 0 takes free ones")
    parser.add_argument("--json", action="store_true", help="print addresses and credentials as one line of JSON")
    parser.add_argument("--alive", type=float, default=0.0, metavar="SECONDS", help="a customer writes that often")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="every answer waits that long")
    parser.add_argument(
        "--only", nargs="+", choices=tuple(SHARES), default=[], metavar="VENDOR", help="serve only these"
    )
    parser.add_argument("--attached", action="store_true", help="end when standard input is closed")
    parser.add_argument("--no-rate-limits", action="store_true", help="answer however often somebody asks")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    try:
        from deskhand_sandbox.sandbox import Sandbox
    except ModuleNotFoundError as problem:
        package = (problem.name or "").partition(".")[0]
        if package in _INSTALLED_BY_THE_EXTRA:
            sys.stderr.write(f"The sandbox needs {package}, which is not installed: install deskhand[sandbox].\n")
            return 1
        raise

    box = Sandbox(
        tickets=arguments.tickets,
        seed=arguments.seed,
        only=arguments.only,
        rate_limits=not arguments.no_rate_limits,
    )
    if arguments.latency > 0:
        for server in box:
            server.faults.latency(arguments.latency)

    def started() -> None:
        print_box(box, as_json=arguments.json)

    code = 0
    try:
        asyncio.run(_serve(box, arguments, started=started))
    except* OSError as problems:
        sys.stderr.write(f"The sandbox cannot serve: {problems.exceptions[0]}\n")
        code = 1
    return code


def print_box(box: "Sandbox", *, as_json: bool) -> None:
    """Print where the servers are and what signs in there."""
    if as_json:
        sys.stdout.write(json.dumps(box.as_json()) + "\n")
    else:
        sys.stdout.write("\n\n".join([f"Control           {box.control_url}", *map(_described, box)]) + "\n")
    sys.stdout.flush()


async def _serve(box: "Sandbox", arguments: argparse.Namespace, *, started: Callable[[], None]) -> None:
    ending = asyncio.Event()
    with _ended_by_signals(ending):
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(box.serve(ending, arguments.port, started), name="sandbox")
            if arguments.attached:
                _end_with_input(ending)
            if arguments.alive > 0:
                talking = group.create_task(_keep_alive(box, arguments.alive, arguments.seed), name="customers")
                serving.add_done_callback(lambda _done: talking.cancel())


async def _keep_alive(box: "Sandbox", seconds: float, seed: int) -> None:
    rng = random.Random(seed)
    readable = [server for server in box if server.conversations_readable]
    while readable:
        await asyncio.sleep(seconds)
        rng.choice(readable).add_customer_message()


def _end_with_input(ending: asyncio.Event) -> None:
    """End with whoever started this process, however that one ended: its end of the pipe closes with it."""
    loop = asyncio.get_running_loop()
    standard_input = sys.stdin.fileno()

    def watch() -> None:
        # Not through Python's own buffer: its lock, held by this thread, would crash the interpreter when it ends.
        while os.read(standard_input, 65_536):
            pass
        loop.call_soon_threadsafe(ending.set)

    threading.Thread(target=watch, name="sandbox input", daemon=True).start()


@contextmanager
def _ended_by_signals(ending: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()

    def end(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(ending.set)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _described(server: "VendorServer") -> str:
    plain = "".join(
        f" --set {name}={value}" for name, value in server.credentials.items() if name not in server.secrets
    )
    lines = [f"{server.vendor:<18}{server.base_url}"]
    lines += [f"    {name:<14}{value}" for name, value in server.credentials.items()]
    lines.append(
        f"    deskhand accounts add {server.vendor} --label {server.vendor} --base-url {server.base_url} "
        f"--me {server.seed_data.me.email}{plain} --secret-stdin"
    )
    return "\n".join(lines)
