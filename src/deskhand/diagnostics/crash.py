"""What is written when something goes wrong that nobody expected."""

import asyncio
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from deskhand import __version__
from deskhand.diagnostics.redaction import Redactor

_MAX_FILES: Final = 10
_log = logging.getLogger(__name__)

Shown = Callable[[Path], None]


class CrashReporter:
    """Writes a redacted crash file, without the values of local variables, and tells where it is.

    Args:
        folder: where the files go; the newest ten stay.
        redactor: what every text goes through.
        show: told the path of each new file, in the thread that crashed.
    """

    def __init__(self, folder: Path, redactor: Redactor, show: Shown) -> None:
        self._folder = folder
        self._redactor = redactor
        self._show = show
        self._number = 0
        self._lock = threading.Lock()
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        """Take the place of the hooks for the main thread and for others."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread

    def uninstall(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def from_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Report what an event loop could not deliver; for `loop.set_exception_handler`."""
        problem = context.get("exception")
        self.report(problem if isinstance(problem, BaseException) else None, str(context.get("message", "")))

    def report(self, problem: BaseException | None, where: str = "") -> Path | None:
        """Write a crash file.

        Returns:
            Its path, or None where it could not be written: then the log has it.
        """
        text = self._redactor.redact(self._report_text(problem, where))
        try:
            path = self._write(text)
        except OSError as refused:
            _log.critical("no crash file (%s)\n%s", refused.strerror, text)
            return None
        _log.critical("crash, see %s\n%s", path.name, text)
        self._show(path)
        return path

    def _from_main(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return  # whoever pressed Ctrl+C knows
        self.report(problem.with_traceback(trace))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value, f"in thread {args.thread.name if args.thread else '?'}")

    def _report_text(self, problem: BaseException | None, where: str) -> str:
        told = "".join(traceback.format_exception(problem)) if problem is not None else "No exception was given.\n"
        return (
            f"Deskhand {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
            f"{datetime.now(UTC).isoformat(timespec='seconds')} {where}\n\n{told}"
        )

    def _write(self, text: str) -> Path:
        with self._lock:
            self._number += 1
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            path = self._folder / f"crash-{stamp}-{os.getpid()}-{self._number:03d}.txt"
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_MAX_FILES]:
                old.unlink(missing_ok=True)
            return path
