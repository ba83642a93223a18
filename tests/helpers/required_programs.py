"""The programs of the system that the suite starts, held against those that its set-up installs.

A machine that happens to have a program hides that nothing installs it. So every start of a program of the system is looked at: it
belongs to every Debian, or the test command installs it (`deskdev.debian`), or the test says `@pytest.mark.needs("name")`, which
skips it with a sentence where the program is missing. What a program in its turn starts is not seen here; `packaging/check-bare.sh` is.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

from deskdev import debian

ESSENTIAL = frozenset(
    [
        "bash",
        "cat",
        "chmod",
        "cp",
        "dpkg",
        "dpkg-deb",
        "dpkg-query",
        "env",
        "false",
        "ldd",
        "rm",
        "sh",
        "sleep",
        "tar",
        "true",
        "uname",
    ]
)
"""Of its essential packages."""

DOCUMENTED = frozenset({"git", "python3"})
"""What the README says that one needs."""

INSTALLED = frozenset(
    need.name for need in (*debian.WINDOW, *debian.TESTS, *debian.FREEZING) if need.kind == "program"
) | {"dbus-daemon", "xwininfo", "convert", "unsquashfs", "dunstctl"}
# in the packages dbus, x11-utils, imagemagick, squashfs-tools, dunst

_OF_THE_SYSTEM = ("/bin/", "/sbin/", "/usr/")


def missing(programs: Iterable[str]) -> tuple[str, ...]:
    """Return those that this machine does not have."""
    return tuple(program for program in programs if shutil.which(program) is None)


class UnknownProgram(AssertionError):
    """Nothing installs the program that a test was about to start."""


def watch(wanted_by_test: Callable[[], Iterable[str]]) -> None:
    """Look at every program that this process starts from now on; a hook cannot be taken off again.

    Args:
        wanted_by_test: the programs that the running test's marks name.
    """

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "subprocess.Popen":
            return
        name = system_program(arguments[0], arguments[1], arguments[3])
        if name is not None and name not in ESSENTIAL | DOCUMENTED | INSTALLED | set(wanted_by_test()):
            raise UnknownProgram(
                f"Nothing installs {name}: add its package to deskdev.debian, or mark the test needs({name!r})."
            )

    sys.addaudithook(hear)


def system_program(executable: Any, command: Any, environment: Any) -> str | None:
    """Return the name of the program about to start, None where it is Python itself or lies outside the system's folders."""
    given = executable or (command if isinstance(command, str | bytes) else command[0])
    first = os.fsdecode(given)
    path = (environment or os.environ).get("PATH", os.defpath)
    found = os.path.realpath(shutil.which(first, path=path) or first)
    name = os.path.basename(first)  # noqa: PTH119 - a text, not a path
    is_python = name.startswith("python") or found == os.path.realpath(sys.executable)
    return name if found.startswith(_OF_THE_SYSTEM) and not is_python else None


def skip_without(item: pytest.Item) -> None:
    """Skip a test with a sentence where a program that it names is missing."""
    gone = missing(needed_by(item))
    if gone:
        pytest.skip(f"{', '.join(gone)} is not installed")


def needed_by(item: pytest.Item) -> tuple[str, ...]:
    """Return the programs that a test names."""
    return tuple(name for mark in item.iter_markers("needs") for name in mark.args)
