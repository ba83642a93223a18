"""How long the frozen program takes from being started to its painted window, beside the plain run of the same checkout.

Both are started in turns on a private screen, each time with a new profile, and what is measured is the screen itself: the X server
keeps its picture in a file, and the first time that most of it is other than before is the moment at which somebody sees the window.
"""

import mmap
import os
import statistics
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deskdev import debian

from deskpack import freezing, product
from deskpack.checking import Failed
from deskpack.linux.screens import ended, x_server

TIMES = 1.3
"""How many times as long as a plain run the frozen one may take."""

RUNS = 5
_PATIENCE = 30.0
_SIZE = (1440, 900)
_POINTS = 400


def compared(program: Path, runs: int = RUNS) -> str:
    """Return both medians in a sentence.

    Args:
        program: the frozen program.
        runs: how often each is started; one more of each warms the files and is not counted.

    Raises:
        Failed: the frozen one takes too long.
        SetupError: what it takes is missing.
    """
    frozen, plain = measured(program, runs)
    figures = f"{frozen:.0f} ms frozen, {plain:.0f} ms plain, {frozen / plain:.2f} times (medians of {runs})"
    if frozen > TIMES * plain:
        raise Failed(f"{figures}; at most {TIMES} times is wanted")
    return figures


def measured(program: Path, runs: int) -> tuple[float, float]:
    """Return the medians of the frozen and of the plain start, in milliseconds.

    Raises:
        SetupError: what it takes is missing.
    """
    debian.ensure(debian.TESTS)
    plain = (str(freezing.environment().python), "-m", product.COMMAND)
    taken: tuple[list[float], list[float]] = ([], [])
    with _picture() as (display, picture):
        for number in range(runs + 1):
            for times, command in zip(taken, ((str(program),), plain), strict=True):
                one = _once(command, display, picture)
                if number > 0:
                    times.append(one)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _once(command: Sequence[str], display: str, picture: mmap.mmap) -> float:
    """Start a program, wait for its window and end it."""
    with tempfile.TemporaryDirectory(prefix="deskhand-start-") as folder:
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON"))}
        # What is kept for one session only lies in the folder for passing things, and stays there when the program is ended.
        settings |= {"DISPLAY": display, "HOME": folder, "TMPDIR": folder, "QT_QPA_PLATFORM": "xcb"}
        size = "x".join(map(str, _SIZE))
        options = ("--profile", f"{folder}/profile", "--vault", "session", "--size", size, "--theme", "light")
        before = _sample(picture)
        began = time.monotonic()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen((*command, *options), env=settings, cwd=folder, **quiet)  # type: ignore[call-overload]
        with ended(process):
            while sum(a != b for a, b in zip(before, _sample(picture), strict=True)) < _POINTS / 2:
                if time.monotonic() - began > _PATIENCE or process.poll() is not None:
                    raise Failed(f"{command[0]} showed no window within {_PATIENCE:.0f} s")
                time.sleep(0.002)
            taken = (time.monotonic() - began) * 1000
        # The screen is black again before the next one starts.
        ends = time.monotonic() + _PATIENCE
        while _sample(picture) != before and time.monotonic() < ends:
            time.sleep(0.01)
        return taken


def _sample(picture: mmap.mmap) -> list[bytes]:
    """Return points of the screen, spread over all of it; the file is an XWD: a header, colours, then four bytes for each point."""
    header, colours = struct.unpack(">I", picture[0:4])[0], struct.unpack(">I", picture[76:80])[0]
    start, bytes_all = header + colours * 12, _SIZE[0] * _SIZE[1] * 4
    step = bytes_all // _POINTS // 4 * 4 - 4
    return [picture[start + number * step : start + number * step + 4] for number in range(_POINTS)]


@contextmanager
def _picture() -> Iterator[tuple[str, mmap.mmap]]:
    """Yield the name of a private screen and its picture."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="deskhand-picture-"))
        display = x_server(stack, "x".join(map(str, _SIZE)), "-fbdir", folder)
        file = stack.enter_context((Path(folder) / "Xvfb_screen0").open("rb"))
        yield display, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
