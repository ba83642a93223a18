"""Frames of the real window, timed outside of any task: Qt's event loop may not be nested inside one."""

import asyncio
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


async def outside(work: Callable[[], None]) -> None:
    """Run `work`, which may let Qt process events, from the event loop itself."""
    done = asyncio.get_running_loop().create_future()

    def run() -> None:
        try:
            work()
        except Exception as problem:
            done.set_exception(problem)
        else:
            done.set_result(None)

    QTimer.singleShot(0, run)
    await done


async def settled(condition: Callable[[], bool], *, seconds: float = 60, pause: float = 0.001) -> float:
    """Wait until a condition holds; returns how long that took, to the millisecond."""
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > seconds:
            raise TimeoutError
        await asyncio.sleep(pause)
    return time.perf_counter() - began


async def timed(steps: Iterable[Callable[[], object]]) -> tuple[list[float], list[float]]:
    """Do each step and paint what it changes; returns wall and main thread's CPU seconds of each frame."""
    wall: list[float] = []
    cpu: list[float] = []

    def run() -> None:
        for step in steps:
            began, used = time.perf_counter(), time.thread_time()
            step()
            QApplication.processEvents()
            wall.append(time.perf_counter() - began)
            cpu.append(time.thread_time() - used)

    await outside(run)
    return wall, cpu
