"""The end of the program waits for a result that is being handed to a loop: inside of Qt's signal a thread must not be ended."""

import asyncio
import subprocess
import sys

from deskhand.domain.loops import tell

ENDING = """
import atexit, threading
from deskhand.domain.loops import tell

begun, ends = threading.Event(), threading.Event()

class Loop:
    def call_soon_threadsafe(self, callback):
        begun.set()
        ends.wait()
        for _ in range(200_000):  # it takes a while, as waking Qt may
            pass
        print("handed over", flush=True)

threading.Thread(target=tell, args=(Loop(), print), daemon=True).start()
begun.wait()
atexit.register(ends.set)  # called before what was registered earlier
"""


def test_the_program_ends_after_a_result_has_been_handed_over() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "handed over\n", "")


async def test_a_loop_is_told_from_a_thread() -> None:
    told = asyncio.Event()
    await asyncio.to_thread(tell, asyncio.get_running_loop(), told.set)
    await told.wait()


def test_a_loop_that_has_ended_is_told_nothing() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    tell(loop, lambda: None)
