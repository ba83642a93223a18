"""Files of this computer, looked at before they are read, and read piece by piece by a thread that nobody has to wait for.

What stands behind a name may be a pipe, a device, a folder or a share whose server is gone: a call on it may never come back. So
every call is made on a thread of its own, which ends with the process, and is given up after a while.
"""

import asyncio
import os
import stat
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self, TypeVar

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.loops import tell
from deskhand.domain.problems import Invalid

T = TypeVar("T")

LARGEST = 100_000_000
"""Bytes of one file where the vendor names no limit: no vendor documents one, and a message is put together in memory."""

PIECE = 1_000_000
"""Bytes that are read and written at once."""

PATIENCE = 20.0
"""Seconds that one call on a file may take."""

_WAITING_FLAGS = os.O_RDONLY | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_FLAGS = _WAITING_FLAGS | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A regular file that is open.

    Attributes:
        size: bytes that it had when it was opened.
        read: returns at most so many bytes, nothing at the end; may raise OSError.
        unchanged: tells whether it is as it was when it was opened.
    """

    size: int
    read: Callable[[int], bytes]
    unchanged: Callable[[], bool]
    close: Callable[[], None]


def open_regular(path: Path, limit: int) -> OpenFile:
    """Open a file for reading, if it is one.

    Raises:
        OSError: it is not there, or cannot be read.
        Invalid: it is a folder, a pipe or a device, or larger than `limit` bytes; with a sentence for the agent.
    """
    _look(path.stat(), limit)  # before it is opened: opening a device may do something
    descriptor = os.open(path, _FLAGS)
    try:
        before = os.fstat(descriptor)
        _look(before, limit)
    except BaseException:
        os.close(descriptor)
        raise

    def unchanged() -> bool:
        now = os.fstat(descriptor)
        return (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)

    return OpenFile(before.st_size, lambda most: os.read(descriptor, most), unchanged, lambda: os.close(descriptor))


def open_any(path: Path, _limit: int) -> OpenFile:
    """Open whatever can be read, a pipe too: how much it holds shows at its end.

    Raises:
        OSError: it is not there, or cannot be read.
    """
    descriptor = os.open(path, _WAITING_FLAGS)
    return OpenFile(0, lambda most: os.read(descriptor, most), lambda: True, lambda: os.close(descriptor))


async def read_any(path: Path, limit: int, *, patience: float = PATIENCE) -> bytes:
    """Return what a file or a pipe holds; of what is larger than `limit` bytes, no more than a piece beyond them is read.

    Raises:
        OSError: it is not there, or cannot be read.
        Invalid: it is larger, or nothing comes from it; with a sentence for the agent.
    """
    async with FileReader(path, limit, patience=patience, opener=open_any) as file:
        pieces: list[bytes] = []
        size = 0
        while piece := await file.read(PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise Invalid(f"it is larger than {limit / 1_000_000:g} MB")
        return b"".join(pieces)


async def read_text(path: Path, limit: int) -> str:
    """Return the text of a file, whole.

    Raises:
        Invalid: it is not there, cannot be read, is larger than `limit` bytes or no text; with a sentence for the agent.
    """
    try:
        return (await read_any(path, limit)).decode("utf-8-sig")
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
    except Invalid as problem:
        why = problem.detail
    except UnicodeDecodeError:
        why = "it is no text in UTF-8"
    raise Invalid(f"It cannot be read: {why}.")


def check_size(size: int, limit: int) -> None:
    """Raise Invalid where a file of so many bytes is too large."""
    if size > limit:
        raise Invalid(f"it has {_megabytes(size)}, and at most {_megabytes(limit)} are taken")


def _look(found: os.stat_result, limit: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Invalid("it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise Invalid("it is no file but a pipe or a device")
    check_size(found.st_size, limit)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


class FileReader:
    """One file, read by a thread of its own.

        async with FileReader(path, limit) as file:
            async for piece in file.pieces(): ...

    Entering raises what `open_regular` raises, and Invalid where nothing comes within `patience` seconds.
    """

    def __init__(
        self,
        path: Path,
        limit: int,
        *,
        patience: float = PATIENCE,
        opener: Callable[[Path, int], OpenFile] = open_regular,
    ) -> None:
        self._path, self._limit, self._patience, self._opener = path, limit, patience, opener
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._file: OpenFile | None = None

    @property
    def size(self) -> int:
        """Bytes, once it is open."""
        return self._file.size if self._file is not None else 0

    async def __aenter__(self) -> Self:
        threading.Thread(target=self._run, name="deskhand-file", daemon=True).start()
        try:
            await self._do(self._open)
        except BaseException:
            self._jobs.put(None)
            raise
        return self

    async def __aexit__(self, *_problem: object) -> None:
        self._jobs.put(None)

    async def read(self, most: int) -> bytes:
        """Return what comes next, at most so many bytes; nothing at the end."""
        assert self._file is not None
        return await self._do(partial(self._file.read, most))

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield what the file holds, `size` bytes in all.

        Raises:
            OSError: it cannot be read any further.
            Invalid: it is another one than when it was opened, or nothing comes.
        """
        assert self._file is not None
        file, left = self._file, self._file.size
        while left:
            piece = await self.read(min(PIECE, left))
            if not piece:
                raise Invalid("it was changed while it was read")
            left -= len(piece)
            yield piece
        if await self._do(lambda: file.read(1)) or not await self._do(file.unchanged):
            raise Invalid("it was changed while it was read")

    def _open(self) -> None:
        try:
            self._file = self._opener(self._path, self._limit)
        except ValueError as problem:  # a NUL in it, or what this system cannot write as bytes
            raise Invalid("no file can be called so") from problem

    async def _do(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def job() -> None:
            result: Any = None
            error: BaseException | None = None
            try:
                result = work()
            except BaseException as caught:
                error = caught
            tell(loop, lambda: _settle(future, result, error))

        self._jobs.put(job)
        try:
            async with asyncio.timeout(self._patience):
                return await future
        except TimeoutError as problem:
            raise Invalid(f"nothing came from it for {self._patience:g} seconds") from problem

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._file is not None:
            self._file.close()


def _settle(future: "asyncio.Future[T]", result: T, error: BaseException | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
