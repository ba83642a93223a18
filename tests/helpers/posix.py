"""What Windows does not have, for tests that are skipped there."""

import os
import sys
import time
from pathlib import Path


def is_root() -> bool:
    """Whether this process may do everything."""
    return sys.platform != "win32" and os.geteuid() == 0


def make_pipe(path: Path) -> None:
    """Make a named pipe."""
    if sys.platform != "win32":
        os.mkfifo(path)


def reread_time_zone() -> None:
    """Take over what the environment now names as the time zone."""
    if sys.platform != "win32":
        time.tzset()
