"""The log file: small, private, redacted."""

import logging
import os
import sys
import time
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from deskhand.diagnostics.redaction import RedactingFilter, Redactor

FILE_NAME: Final = "deskhand.log"
_MAX_BYTES: Final = 1_000_000
_BACKUPS: Final = 4
_FORMAT: Final = "%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s"
_OURS: Final = "deskhand"


class _PrivateFile(RotatingFileHandler):
    """Creates every file, the rotated ones too, readable by its owner only."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.baseFilename, flags, 0o600)
        if sys.platform != "win32":
            os.fchmod(descriptor, 0o600)
        return TextIOWrapper(
            os.fdopen(descriptor, "ab", buffering=0), encoding="utf-8", errors="replace", write_through=True
        )


class _Formatter(logging.Formatter):
    """Redacts the finished line once more: a filter sees the parts, this sees what is written."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_FORMAT, "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.redact(super().format(record))


def configure(folder: Path, redactor: Redactor, *, verbose: bool = False) -> Path:
    """Send all records to a rotating file and return its path.

    Args:
        folder: made if missing, for its owner only.
        redactor: what every record goes through.
        verbose: our own records from DEBUG on, also to the standard error stream. Other libraries stay at WARNING, because
            HTTP clients log whole addresses and headers below it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    file = _PrivateFile(path, maxBytes=_MAX_BYTES, backupCount=_BACKUPS, encoding="utf-8")
    handlers: list[logging.Handler] = [file]
    if verbose:
        handlers.append(logging.StreamHandler())
    root = logging.getLogger()
    for handler in handlers:
        handler.addFilter(RedactingFilter(redactor))
        handler.setFormatter(_Formatter(redactor))
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.DEBUG if verbose else logging.INFO)
    # A record that cannot be written must not print its arguments to the standard error stream.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    return path


def is_configured() -> bool:
    """Tell whether records go to a file of ours."""
    return any(isinstance(handler, _PrivateFile) for handler in logging.getLogger().handlers)


def append(folder: Path, redactor: Redactor, line: str) -> None:
    """Write one error line into a log that is not open here: another process may be writing it, so it is neither rotated nor kept open.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = _PrivateFile(folder / FILE_NAME, encoding="utf-8", delay=True)
    handler.setFormatter(_Formatter(redactor))
    record = logging.LogRecord(_OURS, logging.ERROR, "", 0, "%s", (redactor.redact(line),), None)
    try:
        handler.stream = handler._open()  # noqa: SLF001 - our own class: a failure is to be raised, not swallowed
        handler.stream.write(handler.format(record) + "\n")
    finally:
        handler.close()


def release() -> None:
    """Take our handlers off again and close their files."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, _Formatter):
            root.removeHandler(handler)
            handler.close()
    logging.captureWarnings(capture=False)
