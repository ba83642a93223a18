"""The writing thread, two reading threads, and a transaction as one function.

`Database.write` runs a function of a `Work` in one transaction over both files on the one writing thread, and publishes what it
changed. With write-ahead logging a commit over two files is atomic per file, and `desk.db` goes first: a crash in between leaves the
precious file right and the cache behind it, which `recovery.catch_up` mends at the next start.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import apsw

from deskhand.domain.changes import FEW, ChangeBus, ChangeSet
from deskhand.domain.events import Event, EventKind
from deskhand.domain.ids import AccountId, CommandId, TicketKey
from deskhand.domain.ports import Clock
from deskhand.domain.problems import (
    DeskProblem,
    DiskFull,
    PlaceReason,
    PlaceRefused,
    ProfileBusy,
    ProfileDamaged,
    ProfileUnreadable,
)

from .counts import CountDeltas
from .encoding import millis
from .executor import SerialExecutor
from .progress import count_change, is_between_commits

T = TypeVar("T")

_COMMIT_SECONDS = 0.001
_SNAPSHOT_TRIES = 1_000
"""How often a read looks whether a commit is through in both files, and how long it waits in between. Most are through at once."""

_SCAN = "scan"
_SCAN_STEPS = 10_000
"""Instructions of SQLite after which a scan looks whether it is still wanted."""

LONG_SECONDS = 0.1
"""How long pages are taken into one transaction: a draft that is saved meanwhile waits for its end."""


class Work:
    """One transaction: the connection, the time it runs at, the differences it makes, and the names of what it touched."""

    def __init__(self, db: apsw.Connection, clock: Clock) -> None:
        self.db = db
        self._clock = clock
        self._began = clock.monotonic()
        self.now = clock.now()
        self.now_ms = millis(self.now)
        self.count_deltas = CountDeltas()
        self.tickets: dict[AccountId, set[str]] = defaultdict(set)
        self.threads: set[TicketKey] = set()
        self.accounts: set[AccountId] = set()
        self.outbox: set[CommandId] = set()
        self.drafts: set[TicketKey] = set()
        self.settings: set[str] = set()
        self.timed_events: set[str] = set()
        self.progress: set[str] = set()
        self.events: set[Event] = set()
        self.precious = False
        """Set by what else no vendor can give back; that drafts, outbox, settings and timed events are precious is known."""

    @property
    def is_long(self) -> bool:
        """Whether this transaction has held the writing thread long enough: what can wait goes into the next one."""
        return self._clock.monotonic() - self._began >= LONG_SECONDS

    def changed(self, key: TicketKey) -> None:
        """Note that a row of the list is another one now."""
        self.tickets[key.account].add(key.remote)

    def happened(self, kind: EventKind, key: TicketKey, detail: str = "") -> None:
        """Tell, once this is committed, what happened to a ticket."""
        self.events.add(Event(kind, key.account, key.remote, detail))

    def changes(self) -> ChangeSet:
        """Return the names of what changed; an account with many changed tickets is named as a whole."""
        few = ((account, remotes) for account, remotes in self.tickets.items() if len(remotes) <= FEW)
        return ChangeSet(
            tickets=frozenset(TicketKey(account, remote) for account, remotes in few for remote in remotes),
            threads=frozenset(self.threads),
            bulk=frozenset(account for account, remotes in self.tickets.items() if len(remotes) > FEW),
            accounts=frozenset(self.accounts),
            outbox=frozenset(self.outbox),
            drafts=frozenset(self.drafts),
            settings=frozenset(self.settings),
            timed_events=frozenset(self.timed_events),
            progress=frozenset(self.progress),
            events=frozenset(self.events),
        )


class Database:
    """Three connections on three threads, and what must happen around each use of them."""

    def __init__(
        self,
        writer: apsw.Connection,
        reader: apsw.Connection,
        scanner: apsw.Connection,
        change_bus: ChangeBus,
        clock: Clock,
        note_damage: Callable[[], None],
    ) -> None:
        self._note_damage = note_damage
        self._connections = (writer, reader, scanner)
        self._writer, self._reader, self._scanner = self._connections
        self._folder = Path(writer.filename).parent
        self._change_bus = change_bus
        self._clock = clock
        self._state = 0
        self._write_executor = SerialExecutor("deskhand-store-write")
        self._read_executor = SerialExecutor("deskhand-store-read")
        self._scan_executor = SerialExecutor("deskhand-store-scan")
        self._executors = (self._write_executor, self._read_executor, self._scan_executor)

    @property
    def change_bus(self) -> ChangeBus:
        """Who hears of every commit."""
        return self._change_bus

    def state(self) -> int:
        """Return a number that is another one after every commit, and odd while something is being written."""
        return self._state

    def translated_errors(self) -> "translated_errors":
        """Return a context that names SQLite's errors and notes damage for the next start."""
        return translated_errors(self._note_damage, self._folder)

    async def write(self, work: Callable[[Work], T], *, first: bool = False) -> T:
        """Run `work` in one transaction and publish its changes, also when the awaiting task is cancelled meanwhile.

        Args:
            first: before all that waits for the writing thread and is not first itself: what an agent has just typed or sent.

        Raises:
            DiskFull, ProfileDamaged, ProfileBusy, ProfileUnreadable, PlaceRefused: nothing of it was written.
        """

        def transaction() -> tuple[T, ChangeSet]:
            with self.translated_errors():
                job = Work(self._writer, self._clock)
                self._state += 1
                try:
                    with immediate(self._writer):
                        result = work(job)
                        job.count_deltas.flush(self._writer)
                        if job.precious or job.outbox or job.drafts or job.settings or job.timed_events:
                            count_change(self._writer)
                finally:
                    self._state += 1
                return result, job.changes()

        result, _ = await self._write_executor.run(
            transaction, on_done=lambda done: self._change_bus.publish(done[1]), first=first
        )
        return result

    async def maintain(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run `work` on the writing thread outside a transaction: checkpoints, backups."""

        def job() -> T:
            with self.translated_errors():
                return work(self._writer)

        return await self._write_executor.run(job)

    async def read(self, work: Callable[[apsw.Connection], T], *, whole: bool = False) -> T:
        """Run a short read on the reading thread: it sees every commit that was published, and between its statements no other.

        Args:
            whole: it compares what the two files say, so it must not see a commit in one of them only.
        """

        def job() -> T:
            with self.translated_errors():
                for _ in range(_SNAPSHOT_TRIES if whole else 0):
                    with one_moment(self._reader):
                        if not is_between_commits(self._reader):
                            return work(self._reader)
                    time.sleep(_COMMIT_SECONDS)
                with one_moment(self._reader):
                    return work(self._reader)

        return await self._read_executor.run(job)

    async def scan(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run a long read (an outline, a search) on a thread of its own, so that short ones never wait for it.

        One whose awaiting task is cancelled is not begun, or is interrupted: the next letter of a search does not wait for what was
        looked for before it.
        """
        is_wanted = True

        def job() -> T:
            if not is_wanted:
                raise apsw.InterruptError
            self._scanner.set_progress_handler(lambda: not is_wanted, _SCAN_STEPS, id=_SCAN)
            try:
                with self.translated_errors():
                    return work(self._scanner)
            finally:
                self._scanner.set_progress_handler(None, id=_SCAN)

        try:
            return await self._scan_executor.run(job)
        finally:
            is_wanted = False

    async def aclose(self) -> None:
        """Finish what was begun, then close the connections."""
        await asyncio.gather(*(executor.aclose() for executor in self._executors))
        self._disconnect()

    def _disconnect(self) -> None:
        for connection in reversed(self._connections):
            connection.close()


class immediate:  # noqa: N801 - reads as a word after `with`
    """BEGIN IMMEDIATE to COMMIT, or ROLLBACK."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is None:
            try:
                self._db.execute("COMMIT")
            except apsw.Error:
                self._roll_back()
                raise
        else:
            self._roll_back()

    def _roll_back(self) -> None:
        if self._db.in_transaction:  # SQLite itself rolls back on a full disk
            self._db.execute("ROLLBACK")


class one_moment:  # noqa: N801 - reads as words after `with`
    """All that is read of a file comes from the same commit, that of the first read."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")  # nothing was written


class translated_errors:  # noqa: N801 - reads as words after `with`
    """Turn SQLite's errors that an agent can do something about into our problems.

    Args:
        folder: of the profile that is open: what the system refuses then (another program's lock, a disk that went away) is named
            too. None while it is being opened: then what is damaged has to be told from what is refused first.
    """

    def __init__(self, note_damage: Callable[[], None] | None = None, folder: Path | None = None) -> None:
        self._note_damage = note_damage
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, apsw.FullError):
            raise DiskFull("there is no room left on the disk that holds the profile") from error
        if isinstance(error, apsw.CorruptError | apsw.NotADBError):
            if self._note_damage is not None:
                self._note_damage()
            raise ProfileDamaged(str(error)) from error
        if self._folder is not None and isinstance(error, _REFUSALS):
            raise sqlite_problem(error, self._folder) from error


_REFUSALS = (
    apsw.BusyError,
    apsw.LockedError,
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.PermissionsError,
    apsw.AuthError,
)


def sqlite_problem(error: apsw.Error, folder: Path) -> DeskProblem:
    """Return what kept SQLite from opening the files of a profile, as a problem of ours."""
    match error:
        case apsw.FullError():
            return DiskFull("there is no room left on the disk that holds the profile")
        case apsw.IOError() if getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE:
            return DiskFull("there is no room left for the shared memory of the database")
        case apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.PermissionsError() | apsw.AuthError():
            return PlaceRefused(PlaceReason.NOT_WRITABLE, folder, str(error))
        case apsw.BusyError() | apsw.LockedError():
            return ProfileBusy(str(error))
        case _:
            return ProfileUnreadable(f"{type(error).__name__}: {error}")
