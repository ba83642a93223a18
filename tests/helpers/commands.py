"""The program's commands, each in a process of its own, forked from one that has imported the program already.

Two thirds of what a command takes are imports and the checks of them, the same each time (0.66 s of processor time, 0.25 s when forked).
Where a test is about how the program starts, or stops it midway, it starts the whole program; where a system cannot fork, all do.
"""

import locale
import multiprocessing
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "deskhand")

_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()

_IMPORTED = ["tests.helpers.commands", "deskhand.bootstrap", "deskhand.cli.program", "deskhand.doctor.checks"]


def run_command(
    arguments: Sequence[str], environment: Mapping[str, str], given: str = "", timeout: float = 90
) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end.

    Args:
        arguments: what follows the program's name.
        environment: all of its environment's variables.
        given: what it reads from the standard input stream.
        timeout: seconds until it is ended and `subprocess.TimeoutExpired` raised.
    """
    if not _CAN_FORK:
        return subprocess.run(
            [*COMMAND, *arguments],
            input=given,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
            env=dict(environment),
        )
    with tempfile.TemporaryDirectory(prefix="command-") as name:
        streams = [Path(name, one) for one in ("in", "out", "err")]
        streams[0].write_text(given, encoding="utf-8")
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED)
        process = context.Process(
            target=_command, args=(list(arguments), dict(environment), str(Path.cwd()), list(map(str, streams)))
        )
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired([*COMMAND, *arguments], timeout)
        out, err = (stream.read_text(encoding="utf-8") for stream in streams[1:])
        return subprocess.CompletedProcess([*COMMAND, *arguments], process.exitcode, out, err)


def _command(arguments: list[str], environment: dict[str, str], place: str, streams: list[str]) -> None:
    """Be the program: what is opened under the numbers 0 to 2 is what a shell gives."""
    from deskhand.__main__ import main

    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    for number, flags in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
        opened = os.open(streams[number], flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    encoding = locale.getencoding()
    sys.stdin, sys.stdout = open(0, encoding=encoding), open(1, "w", encoding=encoding)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=encoding, errors="backslashreplace")  # noqa: SIM115
    if environment.get("PYTHONWARNINGS") == "error":
        warnings.simplefilter("error")
    sys.exit(main(arguments))
