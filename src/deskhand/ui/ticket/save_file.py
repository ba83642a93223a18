"""Bytes of a stranger's file onto the disk: whole or not at all, never executable, and marked as coming from elsewhere."""

import ctypes
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ZONE_IDENTIFIER = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""Windows' mark of the web, in a stream beside the file: Office opens it protected, SmartScreen asks before a program."""


def save(path: Path, data: bytes) -> None:
    """Write a file beside its place and then move it there, so that a full disk leaves what was there before.

    It is readable by its user only and marked for the operating system. Linux has no mark that anything heeds; there the file is
    not executable, which is what counts.

    Raises:
        OSError: with the file's name and the system's reason; nothing is left behind.
    """
    descriptor, name = tempfile.mkstemp(prefix=".deskhand-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    mark_as_downloaded(path)


def mark_as_downloaded(path: Path) -> None:
    """Mark a file as fetched from elsewhere; where the file system has no room for a mark, it goes without."""
    if sys.platform == "win32":
        with suppress(OSError):
            Path(f"{path}:Zone.Identifier").write_bytes(ZONE_IDENTIFIER)
    elif sys.platform == "darwin":
        _set_attribute(path, b"com.apple.quarantine", quarantine_value(time.time()))


def quarantine_value(now: float) -> bytes:
    """Return what macOS keeps about a file from elsewhere: flags, time in hex, program, no event."""
    return f"0083;{int(now):08x};Deskhand;".encode()


def _set_attribute(path: Path, name: bytes, value: bytes) -> None:
    # setxattr(path, name, value, size, position, options); it says -1 where the file system has no attributes.
    system = ctypes.CDLL(None, use_errno=True)
    system.setxattr.argtypes = [
        ctypes.c_char_p,
        ctypes.c_char_p,
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint32,
        ctypes.c_int,
    ]
    system.setxattr(os.fsencode(path), name, value, len(value), 0, 0)
