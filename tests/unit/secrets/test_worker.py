import asyncio
import subprocess
import sys
import threading
from functools import partial

import pytest

from deskhand.secrets.worker import Worker


def named(number: int) -> tuple[int, str]:
    return number, threading.current_thread().name


async def test_calls_run_in_order_in_one_other_thread():
    worker = Worker("w")
    try:
        names = await asyncio.gather(*(worker.run(partial(named, i), 5) for i in range(5)))
        assert names == [(i, "w") for i in range(5)]
        with pytest.raises(ZeroDivisionError):
            await worker.run(lambda: 1 // 0, 5)
        assert await worker.run(lambda: "still there", 5) == "still there"
    finally:
        worker.close()


async def test_a_call_that_is_given_up_before_it_began_is_never_made():
    worker, gate, made = Worker("w"), threading.Event(), []
    try:
        with pytest.raises(TimeoutError):
            await worker.run(gate.wait, 0.05)
        with pytest.raises(TimeoutError):
            await worker.run(lambda: made.append("late"), 0.05)
        gate.set()
        assert await worker.run(lambda: "next", 5) == "next"
        assert made == []
    finally:
        gate.set()
        worker.close()


async def test_waiting_can_be_cancelled():
    worker, gate = Worker("w"), threading.Event()
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(worker.run(gate.wait))
            group.create_task(worker.run(lambda: None)).cancel()
            task.cancel()
        assert task.cancelled()
    finally:
        gate.set()
        worker.close()


def test_a_hung_call_does_not_keep_the_process_alive():
    script = (
        "import asyncio, threading\n"
        "from deskhand.secrets.worker import Worker\n"
        "async def main():\n"
        "    try:\n"
        "        await Worker('w').run(threading.Event().wait, 0.1)\n"
        "    except TimeoutError:\n"
        "        print('gave up')\n"
        "asyncio.run(main())\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", timeout=30, check=True)
    assert ran.stdout == "gave up\n"
