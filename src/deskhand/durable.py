"""Small files that are there whole or not at all, also after the power failed."""

import os
import sys
from contextlib import suppress
from pathlib import Path

NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0)
"""For `os.open`: fail where the name is a link. Windows has no such flag; links need a right of their own there."""

_BINARY = getattr(os, "O_BINARY", 0)
"""For `os.open` on Windows: write the bytes as they are."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Put a text (as UTF-8) or bytes in place of whatever has this name; only its owner may read it.

    It is on the disk before its name is, and the name before this returns. Where that fails, what was there before still is.

    Raises:
        OSError: there is no room, or no right to write.
    """
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | NOT_FOLLOWED | _BINARY
    try:
        with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105 - atomic on every platform
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk. Windows cannot open a folder, and some file systems cannot sync one."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
