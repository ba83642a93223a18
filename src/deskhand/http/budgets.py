"""Request budgets that outlive a connection: accounts with one key or one workspace share one, and so do successive processes.

A vendor counts what it documents as its unit: an API key (Mijn Klantportaal, Thena and, as nothing is documented, Routera and Thalamus) or a
workspace (NexusCore, of which only the address is known). Departures and ordered waits are appended to a small file of the profile:
one unbuffered write of about 50 bytes each, never forced to the disk, like the log's line about the same call. A profile has one owner
at a time, so nobody else writes to it; another profile with the same key is not seen, and the vendor's 429 tells of it.

The file names no key. A budget's name is a keyed hash (HMAC-SHA-256, 128 bits of it) whose own key is derived from that of the
profile's databases and lies in the vault with it: without the vault not even a short secret can be found by guessing.
"""

import hashlib
import hmac
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from deskhand.domain.accounts import Secret
from deskhand.domain.ports import Clock

from .pacing import MAX_RETRY_AFTER_SECONDS, Pacer, RequestHistory, Window

log = logging.getLogger(__name__)

FILE_NAME = "requests.log"
"""In the profile's folder: `budget departed` and `budget departed until scope`, times in seconds since 1970."""

_MAX_FILE_BYTES = 256 * 1024
"""Bytes: beyond this only what still counts is saved, a few kilobytes."""

_REMEMBER_SECONDS = 120.0
"""Seconds that a departure is remembered: no vendor documents a longer window than a minute."""

_OPEN_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Budgets:
    """Gives every client of a profile the pacer of its budget.

    Args:
        folder: where the file is; None holds the budgets in memory.
        key: of the profile's databases; what names a budget is derived from it.
    """

    def __init__(self, clock: Clock, folder: Path | None = None, key: Secret | None = None) -> None:
        self._clock = clock
        self._path = None if folder is None or key is None else folder / FILE_NAME
        self._key = hmac.digest(b"" if key is None else key.reveal().encode(), b"request budgets", "sha256")
        self._lock = threading.Lock()
        """Connections are made in threads."""
        self._pacers: dict[str, Pacer] = {}
        self._saved: dict[str, RequestHistory] = {}
        self._file: int | None = None
        self._opened = self._path is None
        self._size = 0

    def pacer(self, windows: Sequence[Window], *unit: str) -> Pacer:
        """Return the one pacer of a budget.

        Args:
            unit: what the vendor counts by, a secret among it or not.
        """
        name = hmac.digest(self._key, "\0".join(unit).encode(), hashlib.sha256).hex()[:32]
        with self._lock:
            self._open()
            if name not in self._pacers:
                history = self._saved.pop(name, RequestHistory())
                self._pacers[name] = Pacer(
                    windows,
                    self._clock,
                    history=history,
                    on_event=lambda at, until, scope: self._append(name, at, until, scope),
                )
            return self._pacers[name]

    def close(self) -> None:
        """Let go of the file; what is noted later stays in memory."""
        with self._lock:
            self._opened = True
            if self._file is not None:
                os.close(self._file)
                self._file = None

    def _open(self) -> None:
        """Read what earlier processes did. A file that cannot be used costs the memory of it, nothing else."""
        if self._opened or self._path is None:
            return
        self._opened = True
        try:
            self._file = os.open(self._path, _OPEN_FLAGS, 0o600)
            found = (
                os.pread(self._file, 4 * _MAX_FILE_BYTES, 0)
                if hasattr(os, "pread")
                else os.read(self._file, 4 * _MAX_FILE_BYTES)
            )
        except OSError as error:
            log.warning("requests are counted for this run only: %s", error.strerror)
            return
        now = self._clock.now().timestamp()
        for line in found.decode("ascii", "replace").splitlines():
            _parse_line(line, self._saved, now)
        self._compact()

    def _append(self, name: str, at: float, until: float, scope: str) -> None:
        with self._lock:
            self._write(_format_line(name, at, until, scope))
            if self._size > _MAX_FILE_BYTES:
                self._compact()

    def _write(self, text: str) -> None:
        if self._file is None:
            return
        try:
            self._size += os.write(self._file, text.encode("ascii", "replace"))
        except OSError as error:
            log.warning("requests are counted for this run only from now on: %s", error.strerror)
            os.close(self._file)
            self._file = None

    def _compact(self) -> None:
        """Begin the file anew with what still counts, in one write."""
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, 0)
        except OSError:
            return
        self._size = 0
        histories = [*self._saved.items(), *((name, pacer.history()) for name, pacer in self._pacers.items())]
        lines = [_format_line(name, at, 0.0, "") for name, history in histories for at in history.sent_at]
        lines += [
            _format_line(name, 0.0, until, scope)
            for name, history in histories
            for scope, until in history.blocked_until.items()
        ]
        self._write("".join(lines))


def _format_line(name: str, at: float, until: float, scope: str) -> str:
    if not until:
        return f"{name} {at:.3f}\n"
    return f"{name} {at:.3f} {until:.3f} {' '.join(scope.split())}\n"


def _parse_line(line: str, into: dict[str, RequestHistory], now: float) -> None:
    """Take over one line where it is one and still counts; a clock that was set back makes the future now."""
    name, _, rest = line.partition(" ")
    first, _, more = rest.partition(" ")
    until, _, scope = more.partition(" ")
    try:
        at, end = float(first), float(until or 0.0)
    except ValueError:
        return
    history = into.setdefault(name, RequestHistory())
    if until:
        if now < end <= now + MAX_RETRY_AFTER_SECONDS:
            history.blocked_until[scope] = max(end, history.blocked_until.get(scope, 0.0))
    elif now - _REMEMBER_SECONDS < at:
        history.sent_at.append(min(at, now))
