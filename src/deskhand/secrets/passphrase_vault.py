"""Credentials in an encrypted file behind a passphrase, for machines without a keyring.

SQLite3 Multiple Ciphers' AEGIS with its own Argon2id; the parameters are part of how the file opens and must not change without a
migration. Measured: 0.3 s for one try on two busy cores, so ten guesses a second need a machine of their own.

The key of all drafts lies in this file, so there are two of it, alike: one flipped bit of the disk in the only one would lose them.
The second goes before each change and is made again after it: it never opens with an earlier passphrase nor gives back what was removed.
"""

import asyncio
import errno
import logging
import os
import unicodedata
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import apsw

from deskhand.domain.problems import DeskProblem, DiskFull, VaultReason, VaultUnavailable
from deskhand.durable import write_whole
from deskhand.secrets.worker import Worker

log = logging.getLogger(__name__)

_TIME_COST: Final = 3
_MEMORY_COST: Final = 65_536  # KiB
_FREE_TRIES: Final = 2
_LONGEST_PAUSE: Final = 30.0
_PAGE: Final = 4096
"""Bytes of a page: a whole file has a whole number of them."""
_PREFIX: Final = "deskhand:"
"""Before each passphrase, because one that begins with `raw:` would be taken for a key."""

_TABLE: Final = "CREATE TABLE item (name TEXT PRIMARY KEY, secret TEXT NOT NULL) STRICT"
_LOOK: Final = "SELECT count(*) FROM item"
_READ_ALL: Final = """
SELECT (SELECT sum(length(secret)) FROM item NOT INDEXED), (SELECT count(name) FROM item INDEXED BY sqlite_autoindex_item_1)
"""
"""Reads every page: a damaged one is found when the file is opened, not when its secret is wanted."""

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]


class PassphraseVault:
    """A vault that is locked until `open` or `create`.

    Args:
        path: the file, usually `vault.db` in the profile.
        pause: how to wait, in seconds, after wrong tries.
    """

    def __init__(self, path: Path, *, pause: Pause = asyncio.sleep) -> None:
        self._path = path
        self._copy = path.with_name(f"{path.name}.copy")
        self._pause = pause
        self._wrong = 0
        self._db: apsw.Connection | None = None
        self._worker = Worker("passphrase-vault")

    @property
    def name(self) -> str:
        """What it is, for the agent."""
        return "Encrypted file with a passphrase"

    @property
    def exists(self) -> bool:
        """Whether a vault was created here."""
        return self._path.exists() or self._copy.exists()

    @property
    def is_open(self) -> bool:
        """Whether the passphrase was given."""
        return self._db is not None

    async def create(self, passphrase: str) -> None:
        """Make the file and open it.

        Raises:
            FileExistsError: there is one already; it is never overwritten.
            VaultUnavailable: NOT_STORED, where the file cannot be written or the passphrase is empty.
            DiskFull: there is no room for it.
        """
        if not passphrase:
            raise VaultUnavailable(VaultReason.NOT_STORED, "the passphrase is empty")
        self._db = await self._worker.run(lambda: self._create(passphrase))

    async def open(self, passphrase: str) -> None:
        """Open the file. After two wrong tries each further one is kept waiting, twice as long each time.

        Raises:
            VaultUnavailable: WRONG_PASSPHRASE, KEY_MISSING where there is no file, DAMAGED, or FILE_REFUSED.
        """
        if self._wrong >= _FREE_TRIES:
            await self._pause(min(2.0 ** (self._wrong - _FREE_TRIES), _LONGEST_PAUSE))
        try:
            opened = await self._worker.run(lambda: self._open(passphrase))
        except VaultUnavailable as problem:
            if problem.reason is VaultReason.WRONG_PASSPHRASE:
                self._wrong += 1
            raise
        self._wrong = 0
        await self.lock()
        self._db = opened

    async def change(self, old: str, new: str) -> None:
        """Encrypt the whole file with another passphrase, in one transaction.

        Raises:
            VaultUnavailable: WRONG_PASSPHRASE where `old` is not the present one, NOT_STORED where `new` is empty.
        """
        if not new:
            raise VaultUnavailable(VaultReason.NOT_STORED, "the passphrase is empty")
        await self.open(old)
        await self._change(lambda db: db.pragma("rekey", _key(new)))

    async def lock(self) -> None:
        """Close the file and forget its key."""
        db, self._db = self._db, None
        if db is not None:
            await self._worker.run(db.close)

    async def get(self, item: str) -> str | None:
        """Return the secret, or None where there is none.

        Raises:
            VaultUnavailable: LOCKED before `open`.
        """

        def read(db: apsw.Connection) -> str | None:
            found = db.execute("SELECT secret FROM item WHERE name = ?", (item,)).fetchone()
            return str(found[0]) if found else None

        return await self._use(read)

    async def put(self, item: str, secret: str) -> None:
        """Save the secret and read it back.

        Raises:
            VaultUnavailable: LOCKED before `open`, NOT_STORED where it did not arrive (folder read-only).
            DiskFull: there is no room for it.
        """

        def write(db: apsw.Connection) -> bool:
            db.execute(
                "INSERT INTO item VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET secret = excluded.secret",
                (item, secret),
            )
            found = db.execute("SELECT secret FROM item WHERE name = ?", (item,)).fetchone()
            return found is not None and found[0] == secret

        if not await self._change(write):
            raise VaultUnavailable(VaultReason.NOT_STORED, "the file did not give back what it was given")

    async def delete(self, item: str) -> None:
        """Remove the secret; no error where there is none.

        Raises:
            VaultUnavailable: LOCKED before `open`.
        """
        await self._change(lambda db: db.execute("DELETE FROM item WHERE name = ?", (item,)).fetchall())

    def close(self) -> None:
        """Let the thread go."""
        self._worker.close()

    async def _change(self, change: Callable[[apsw.Connection], T]) -> T:
        def both(db: apsw.Connection) -> T:
            with suppress(OSError):
                self._copy.unlink(missing_ok=True)
            done = change(db)
            self._make_copy()
            return done

        return await self._use(both)

    async def _use(self, use: Callable[[apsw.Connection], T]) -> T:
        db = self._db
        if db is None:
            raise VaultUnavailable(VaultReason.LOCKED, "the passphrase was not given yet")
        try:
            return await self._worker.run(lambda: use(db))
        except apsw.Error as problem:
            raise _not_stored(problem) from None

    def _create(self, passphrase: str) -> apsw.Connection:
        if self.exists:
            raise FileExistsError(f"there is a vault already: {self._path.name}")
        # Under another name until it is whole: half a vault, left by a kill, would be taken for one that was damaged.
        part = self._path.with_name(f"{self._path.name}.part")
        leftovers = (part, part.with_name(f"{part.name}-journal"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            for left in leftovers:
                left.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            self._connect(passphrase, _TABLE, part).close()
            part.rename(self._path)
            made = self._connect(passphrase, _LOOK)
        except (OSError, apsw.Error) as problem:
            with suppress(OSError):
                for left in leftovers:
                    left.unlink(missing_ok=True)
            raise _not_stored(problem) from problem
        self._make_copy()
        return made

    def _open(self, passphrase: str) -> apsw.Connection:
        try:
            opened = self._open_first(passphrase)
        except VaultUnavailable as problem:
            if problem.reason is VaultReason.FILE_REFUSED or not self._copy_opens(passphrase):
                raise
            log.warning("%s could not be opened, and its copy took its place", self._path.name)
            self._restore()
            opened = self._open_first(passphrase)
        self._make_copy()
        return opened

    def _copy_opens(self, passphrase: str) -> bool:
        if not self._copy.exists():
            return False
        try:
            self._connect(passphrase, _READ_ALL, self._copy).close()
        except apsw.Error:
            return False
        return True

    def _restore(self) -> None:
        """Put the copy in place of the file, which is kept under another name."""
        journal = self._path.with_name(f"{self._path.name}-journal")
        try:
            journal.unlink(missing_ok=True)  # it belongs to the damaged file
            if self._path.exists():
                self._path.replace(self._path.with_name(f"{self._path.name}.damaged"))
            write_whole(self._path, self._copy.read_bytes())
        except OSError as problem:
            raise _not_stored(problem) from problem

    def _make_copy(self) -> None:
        """Make the copy like the file; where that is not possible the file is the only one, as it was before."""
        try:
            data = self._path.read_bytes()
            if not self._copy.exists() or self._copy.read_bytes() != data:
                write_whole(self._copy, data)
        except OSError as problem:
            log.warning("no copy of %s could be made: %s", self._path.name, problem.strerror)

    def _open_first(self, passphrase: str) -> apsw.Connection:
        if not self._path.exists():
            raise VaultUnavailable(VaultReason.KEY_MISSING, "There is no vault.db in this profile.")
        try:
            return self._connect(passphrase, _READ_ALL)
        except apsw.NotADBError:
            if self._path.stat().st_size % _PAGE or not any(self._path.read_bytes()[:_PAGE]):
                raise VaultUnavailable(VaultReason.DAMAGED, "the file is cut off, empty, or another one") from None
            raise VaultUnavailable(VaultReason.WRONG_PASSPHRASE) from None
        except (apsw.CorruptError, apsw.SQLError) as problem:  # empty, cut off, or written into by something else
            raise VaultUnavailable(VaultReason.DAMAGED, str(problem)) from problem
        except apsw.Error as problem:
            raise VaultUnavailable(VaultReason.FILE_REFUSED, str(problem)) from problem

    def _connect(self, passphrase: str, first: str, path: Path | None = None) -> apsw.Connection:
        """Open the file and run a first statement, which is where a wrong passphrase shows."""
        db = apsw.Connection(str(path or self._path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            for name, value in (
                ("cipher", "aegis"),
                ("tcost", _TIME_COST),
                ("mcost", _MEMORY_COST),
                ("key", _key(passphrase)),
            ):
                db.pragma(name, value)
            db.execute(first).fetchall()
            db.pragma("secure_delete", value=True)
            db.pragma("synchronous", "FULL")
        except apsw.Error:
            db.close()
            raise
        return db


def _not_stored(problem: OSError | apsw.Error) -> DeskProblem:
    is_full = problem.errno in (errno.ENOSPC, errno.EDQUOT) if isinstance(problem, OSError) else False
    if is_full or isinstance(problem, apsw.FullError):
        return DiskFull("there is no room left on the disk that holds the vault")
    if isinstance(problem, apsw.CorruptError | apsw.NotADBError):  # behind the first page, which the passphrase opened
        return VaultUnavailable(VaultReason.DAMAGED, str(problem))
    return VaultUnavailable(VaultReason.NOT_STORED, f"{type(problem).__name__}: {problem}")


def _key(passphrase: str) -> str:
    # The same passphrase typed on another keyboard may be composed differently.
    return _PREFIX + unicodedata.normalize("NFC", passphrase)
