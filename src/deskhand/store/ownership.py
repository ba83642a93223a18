"""One owner of a profile at a time, and where to reach it.

The lock is the operating system's (released with the process, however it ends). Beside it the owner leaves a file that only this
user can read: a loopback port and a random word, with which another start hands its wish over instead of touching the files.
"""

import json
import os
import secrets
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LOCK, DOOR = "owner.lock", "owner.json"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the owner listens.

    Attributes:
        word: a stranger on this computer does not know it.
    """

    port: int
    word: str = field(repr=False)
    pid: int


class Ownership:
    """The right to open a profile's files."""

    def __init__(self, folder: Path, lock: IO[str]) -> None:
        self._folder = folder
        self._lock = lock

    @classmethod
    def take(cls, folder: Path) -> "Ownership | None":
        """Become the owner; None where another living process is."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = (folder / LOCK).open("a+", encoding="ascii")
        if not _lock(handle):
            handle.close()
            return None
        _remove(folder / DOOR)
        return cls(folder, handle)

    def announce(self, port: int) -> str:
        """Say where the owner listens; returns the word that callers must give."""
        word = secrets.token_urlsafe(24)
        path = self._folder / DOOR
        _remove(path)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            json.dump({"port": port, "word": word, "pid": os.getpid()}, file)
        return word

    def release(self) -> None:
        """Give the profile up."""
        _remove(self._folder / DOOR)
        self._lock.close()


def find_door(folder: Path) -> Door | None:
    """Return where the owner of a profile listens; None where it has not said so (yet)."""
    try:
        data = json.loads((folder / DOOR).read_text(encoding="ascii"))
        return Door(int(data["port"]), str(data["word"]), int(data["pid"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # whatever else stands there
        return None


def _remove(path: Path) -> None:
    """Remove a file that another start may be reading: Windows refuses for that moment, and what stays behind is only stale."""
    for _ in range(50):
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            time.sleep(0.01)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[str]) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: IO[str]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
