"""Children that are measured, the display and the keyring they need, and what /proc tells of them."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MARK = "FIGURES "
"""Before the JSON that a child prints."""

CHILD_SECONDS = 900


class ChildFailed(Exception):
    """A child ended without figures."""


def print_figures(figures: Mapping[str, Any]) -> None:
    """Print figures, in a child."""
    sys.stdout.write(MARK + json.dumps(figures) + "\n")
    sys.stdout.flush()


def run(
    module: str, job: Mapping[str, Any], *, env: Mapping[str, str] | None = None, prefix: Sequence[str] = ()
) -> Any:
    """Run a child of this package with a job and return what it tells; `spawned` is added to the job.

    Raises:
        ChildFailed: with its last words.
    """
    with started(module, job, env=env, prefix=prefix) as child:
        found = next_figures(child)
        child.wait(CHILD_SECONDS)
        return found


def instructions(module: str, job: Mapping[str, Any], *, env: Mapping[str, str] | None = None) -> float:
    """Return the millions of instructions that a child takes until its first paint, which do not depend on the machine's load."""
    counter = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    with started(module, {**job, "ends_at_paint": True}, env=env, prefix=counter) as child:
        _told, said = child.communicate(timeout=CHILD_SECONDS)
    found = re.search(r"I\s+refs:\s+([\d,]+)", said)
    if found is None:
        raise ChildFailed(said[-3000:])
    return int(found[1].replace(",", "")) / 1e6


@contextmanager
def started(
    module: str, job: Mapping[str, Any], *, env: Mapping[str, str] | None = None, prefix: Sequence[str] = ()
) -> Iterator["subprocess.Popen[str]"]:
    """Start a child; it is ended with the block."""
    given = json.dumps({**job, "spawned": time.monotonic()})
    command = [*prefix, sys.executable, "-m", f"tests.benchmarks.{module}", given]
    whole = {**os.environ, **(env or {})}
    whole.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=whole)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
        if child.stdout is not None and not child.stdout.closed:
            child.communicate(timeout=60)


def next_figures(child: "subprocess.Popen[str]") -> Any:
    """Return the next figures that a child prints."""
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith(MARK):
            return json.loads(line[len(MARK) :])
    assert child.stderr is not None
    raise ChildFailed(child.stderr.read()[-3000:])


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Start an X server; yields the environment for its clients."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(20)


OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def platforms(wanted: Sequence[str]) -> Iterator[dict[str, dict[str, str]]]:
    """Yield the environment of each platform that can be measured here."""
    found: dict[str, dict[str, str]] = {"offscreen": OFFSCREEN} if "offscreen" in wanted else {}
    if "xcb" in wanted and shutil.which("Xvfb"):
        with display() as env:
            yield {"xcb": env, **found}
    else:
        yield found


def can_count_instructions() -> bool:
    """Tell whether valgrind is installed."""
    return shutil.which("valgrind") is not None


def has_keyring() -> bool:
    """Tell whether a session with a real keyring can be made here."""
    return all(shutil.which(name) for name in ("dbus-run-session", "gnome-keyring-daemon"))


def memory(pid: int) -> dict[str, float]:
    """Return RSS and PSS in MB; a process that forbids looking (as ours does, to others than root) tells RSS only."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    found = {"rss": pages * _sysconf("SC_PAGE_SIZE") / 1e6}
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return found
    found["pss"] = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return found


def busyness(pid: int) -> tuple[float, int]:
    """Return CPU seconds and how often any of its threads went to sleep."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    slept = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text(encoding="ascii").splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                slept += int(line.split()[1])
    return ticks / _sysconf("SC_CLK_TCK"), slept


def _sysconf(name: str) -> int:
    value = 1
    if sys.platform != "win32":
        value = os.sysconf(name)
    return value
