"""One step of the set-up: named before it starts, timed when it ends, and ended by one sentence if it cannot be done."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

# A program that was told to stop by Ctrl+C at the same terminal gets this long to put its things away, in seconds.
_FAREWELL = 10.0


class SetupError(Exception):
    """Something is missing that cannot be installed from here; the text is one sentence saying what to do."""


def note(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title, let the body run, and end the line with how long it took."""
    print(f"{title} ... ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except KeyboardInterrupt:
        note(f"stopped after {time.monotonic() - started:.1f} s")
        raise
    except BaseException:
        note(f"failed after {time.monotonic() - started:.1f} s")
        raise
    note(f"done in {time.monotonic() - started:.1f} s")


def run_quietly(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> tuple[int, str]:
    """Run a program without a keyboard and return its exit code and all it printed."""
    try:
        done = subprocess.run(
            command,
            check=False,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        return 127, f"{command[0]}: {error.strerror}"
    return done.returncode, done.stdout


def run_through(command: Sequence[str | Path], folder: Path | None = None) -> int:
    """Run a program that talks to the person directly and return its exit code."""
    with subprocess.Popen(command, cwd=folder) as process:
        try:
            return process.wait()
        except (KeyboardInterrupt, SystemExit) as stopped:
            # At Ctrl+C the terminal has interrupted the program too; when only this process was told to end, pass it on.
            if isinstance(stopped, SystemExit) and os.name == "posix":
                process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=_FAREWELL)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                process.terminate()
            raise


def last_line(output: str, beginning: str = "") -> str:
    """Find the last line that says something, preferring one with the given beginning."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    marked = [line for line in lines if beginning and line.startswith(beginning)]
    return (marked or lines or ["no message"])[-1]
