"""One owner of a profile at a time, and where to reach it.

The lock is the operating system's (released with the process, however it ends). Where a file system has none, the profile is not
opened: SQLite needs the same locks for its own files, and a file that says "locked" would outlive the process that wrote it. Beside
it the owner leaves a file that only this user can read: where it listens, and a random token, with which another start hands its request
over instead of touching the files.
"""

import asyncio
import errno
import json
import os
import secrets
import sys
import time
from dataclasses import field
from pathlib import Path
from typing import IO

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import PlaceReason, PlaceRefused
from deskhand.durable import NOT_FOLLOWED
from deskhand.store.private_folder import os_problem, prepare

LOCK, ENDPOINT, SOCKET = "owner.lock", "owner.json", "owner.sock"


@dataclass(frozen=True, slots=True)
class IpcEndpoint:
    """Where the owner listens.

    Attributes:
        address: a loopback port, or a socket in the profile's folder.
        token: a stranger on this computer does not know it.
    """

    address: int | Path
    token: str = field(repr=False)
    pid: int


class ProfileLock:
    """The right to open a profile's files."""

    def __init__(self, folder: Path, lock: IO[str]) -> None:
        self._folder = folder
        self._lock = lock

    @classmethod
    def acquire(cls, folder: Path) -> "ProfileLock | None":
        """Become the owner; None where another living process is.

        Raises:
            PlaceRefused, DiskFull: the folder cannot be used, or has no locks.
        """
        prepare(folder)
        try:
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | NOT_FOLLOWED, 0o600)
        except OSError as problem:
            raise os_problem(problem, folder) from problem
        handle = os.fdopen(descriptor, "r+", encoding="ascii")
        try:
            is_ours = _try_lock(handle)
        except OSError as problem:
            handle.close()
            said = f"{problem.strerror} ({errno.errorcode.get(problem.errno or 0, problem.errno)})"
            raise PlaceRefused(PlaceReason.NO_LOCKS, folder, said) from problem
        if not is_ours:
            handle.close()
            return None
        _remove(folder / ENDPOINT)
        return cls(folder, handle)

    def publish_endpoint(self, address: int | Path) -> str:
        """Say where the owner listens; returns the token that callers must give."""
        token = secrets.token_urlsafe(24)
        path = self._folder / ENDPOINT
        _remove(path)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            place = {"port": address} if isinstance(address, int) else {"socket": address.name}
            json.dump({**place, "word": token, "pid": os.getpid()}, file)
        return token

    def socket_path(self) -> Path:
        """Return where a socket of the owner would lie, with nothing there."""
        path = self._folder / SOCKET
        _remove(path)
        return path

    def release(self) -> None:
        """Give the profile up."""
        _remove(self._folder / ENDPOINT)
        _remove(self._folder / SOCKET)
        self._lock.close()


def default_folder() -> Path:
    """Return the user's own data folder on this platform. Raises PlaceRefused where this user has no home."""
    from platformdirs import user_data_path

    try:
        return user_data_path("Deskhand", appauthor=False)
    except RuntimeError as problem:  # no HOME that could be one, and no entry for this user
        raise PlaceRefused(PlaceReason.NO_HOME, "~") from problem


def find_endpoint(folder: Path) -> IpcEndpoint | None:
    """Return where the owner of a profile listens; None where it has not said so (yet)."""
    try:
        data = json.loads((folder / ENDPOINT).read_text(encoding="ascii"))
        address = folder / SOCKET if data.get("socket") == SOCKET else int(data["port"])
        return IpcEndpoint(address, str(data["word"]), int(data["pid"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):  # whatever else stands there
        return None


async def acquire_or_find(folder: Path, seconds: float) -> ProfileLock | IpcEndpoint | None:
    """Become the owner of a profile, or find who is; None where that one has not said where it listens for so long.

    A command of a moment listens nowhere, and a window only once it stands: the next start waits.

    Args:
        seconds: how long to wait for that one.

    Raises:
        PlaceRefused, DiskFull: the folder cannot be used.
    """
    until = time.monotonic() + seconds
    while True:
        if (profile_lock := ProfileLock.acquire(folder)) is not None:
            return profile_lock
        if (endpoint := find_endpoint(folder)) is not None or time.monotonic() > until:
            return endpoint
        await asyncio.sleep(0.05)


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

    def _try_lock(handle: IO[str]) -> bool:
        """Tell whether the lock is ours now. Raises OSError where there are no locks."""
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            if problem.errno not in (errno.EACCES, errno.EDEADLK):
                raise
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: IO[str]) -> bool:
        """Tell whether the lock is ours now. Raises OSError where there are no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # this error alone says that somebody else has it
            return False
        return True
