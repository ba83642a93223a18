"""What the system allows one process to use, taken up to what it allows at most, and held against what the window needs.

Below that, Qt and its libraries end the process without a message, or wait for ever for a thread that never began.
"""

import sys
import threading
from contextlib import suppress
from typing import Final

from deskhand.domain.problems import TooLittle

_MB: Final = 1024 * 1024
_LEAST: Final = (
    ("RLIMIT_NOFILE", 256, 1, "open files", "ulimit -n"),  # 45 are open in a window with five accounts
    (
        "RLIMIT_AS",
        1400 * _MB,
        _MB,
        "MB of memory to reserve",
        "ulimit -v",
    ),  # it reserves 1,300 MB, most of it never used
    ("RLIMIT_DATA", 300 * _MB, _MB, "MB of memory", "ulimit -d"),
)
_THREADS: Final = 16
_MANY_THREADS: Final = 4096
"""A limit from here on is not tried out: it counts what else this user runs, and nobody means to keep a program small by it."""


def check() -> None:
    """Raise the soft limits that are too low. Raises TooLittle where that is not allowed."""
    if sys.platform != "win32":
        import resource

        for name, least, unit, what, command in _LEAST:
            limit = getattr(resource, name, None)
            if limit is None:
                continue
            soft, hard = resource.getrlimit(limit)
            if _reaches(soft, least):
                continue
            if _reaches(hard, least):
                with suppress(OSError, ValueError):
                    resource.setrlimit(limit, (least, hard))
                    continue
            raise TooLittle(
                f"The system allows {soft // unit:,} {what} ({command}), and the window needs {least // unit:,}."
            )
        if not _reaches(resource.getrlimit(resource.RLIMIT_NPROC)[0], _MANY_THREADS):
            _try_threads()


def _reaches(limit: int, least: int) -> bool:
    return limit < 0 or limit >= least  # RLIM_INFINITY is -1, or larger than everything


def _try_threads() -> None:
    go, begun = threading.Event(), []
    try:
        for _ in range(_THREADS):
            thread = threading.Thread(target=go.wait)
            thread.start()
            begun.append(thread)
    except RuntimeError:
        raise TooLittle(
            "The system lets this user start no more threads (ulimit -u, or -v), and the window needs some."
        ) from None
    finally:
        go.set()
        for thread in begun:
            thread.join()
