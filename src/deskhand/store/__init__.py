"""What Deskhand remembers: two encrypted files, one writer, projected rows, and lists that answer within a frame.

Files. `desk.db` is precious: accounts, outbox, drafts, notes, attached files, settings, timed events, and the tickets of vendors that
cannot be read. It is FULL-synchronous, looked through at every start and backed up. `cache.db` can be fetched again: tickets, messages, the
index, counts, cursors. Both are encrypted with AEGIS by a random key from the vault; a damaged page is noticed, not read.

Threads. All writing happens on one thread, a transaction is one function of a `database.Work`, and after its commit the names of
what changed go to the ChangeBus on the loop's thread. Short reads have a thread, long ones (outlines, searches) another, and the
window reads single pages on its own connection.

A ticket is stored twice: as the vendor told it (`server`, JSON with the raw answer beside it) and as it is shown (`tickets`, the
projection of that under the open outbox items, small and indexed). `ticket_rows` is the only module that writes shown rows; it keeps the
index, the tags and the counts in step. Rolling a change back is deleting its outbox row and showing the ticket again.

    files       where the files are, how they are opened, keys, migrations
    private_folder  the folder: private, and without links
    recovery    damage, wrong keys, a cache that a crash left behind; checking, replaying, backups
    progress    how far both files have come: shows that desk.db lost something
    database    threads and transactions; executor: a thread with a queue
    rows        the columns of the list: names, types, how they follow, how they are shown, counted, filtered and sorted by
    row_reading the same as rows of the window; columns: what can be said of a column; encoding: server state as JSON
    missing_columns  columns and indexes that a file of an older version lacks
    ticket_rows rows in and out; counts: the kept counts
    reprojection  rows made again after an upgrade
    merging     what a vendor tells of a ticket; messages: of a conversation
    sanitizing  bodies that older sanitizing rules made
    batches     what commands bring along on this computer; open_items: the outbox, read again and again
    completion  what a send made true; renaming: a local ticket gets its vendor's id; naming: which that is
    local_facts, local_marks  what this computer alone knows of a ticket; later: put away until a time, pinned; links: between tickets
    plans       a query as a scan of an index; lists, list_reads: the reads; search, terms, spelling, excerpts: full text; customers: people by name or address
    found       what a search found
    filters     a filter as SQL; filter_attributes: what `has:` and `is:` ask; filter_texts: addresses and numbers; filter_times: times; filtered: lists with one; filter_labels: what one can name; overview: the counts beside the views
    grouped     lists with groups that indexes give; sorted_lists: orders and groups that none gives; sorting: as SQL
    self_test   proves SQLite and its encryption
    accounts account_rows account_info status_quarters tickets threads outbox drafts blobs settings timed_events     the stores of `domain.ports`
"""

from datetime import datetime, timedelta
from pathlib import Path

import apsw

from deskhand.domain.accounts import Secret
from deskhand.domain.changes import ChangeBus
from deskhand.domain.mending import StoreEvent, StoreNotice
from deskhand.domain.ports import Clock
from deskhand.domain.problems import ProfileDamaged

from .accounts import Accounts
from .backups import Backups
from .blobs import Blobs, drop_unused
from .checking import SMALL_CACHE_BYTES, Checker
from .database import Database, Work, immediate, sqlite_problem, translated_errors
from .drafts import Drafts
from .encoding import millis
from .files import CACHE, DESK, DatabaseFiles, attach, connect, write_settings
from .filters import add_functions
from .later import LaterMarks
from .links import Links
from .lists import ListReader
from .outbox import Outbox
from .private_folder import os_problem
from .recovery import catch_up, detect_loss, mark_clean_close, open_files
from .reprojection import note_version_of_new_file
from .settings import Settings
from .threads import Threads
from .tickets import Tickets
from .timed_events import TimedEvents

__all__ = ["DeskStore", "open_store"]

SENT_RETENTION = timedelta(days=30)
"""So long the outbox shows what was sent, with its text; ids that prove that it was are kept for ever, so that nothing goes out twice."""

_UNUSED_FILES = timedelta(days=1)
_READ_MB, _SCAN_MB, _LIST_MB = 2, 4, 4
"""Page caches of the readers. A scan of a million rows takes 80 ms with 2 MB as with 16, and kept the 16 for ever; a page of a list of a
million is read as fast with 4 as with 8 (p99 7.8 and 9.1 ms, in turns)."""


class DeskStore:
    """Implements `ports.Store`; made by `open_store`."""

    def __init__(
        self,
        database: Database,
        own: apsw.Connection,
        backups: Backups,
        clock: Clock,
        notices: tuple[StoreNotice, ...],
        checker: Checker | None,
    ) -> None:
        self._checker = checker
        self._database = database
        self._own = own
        self._backups = backups
        self._clock = clock
        self._closed = False
        self.notices = notices
        self.changes = database.change_bus
        self.accounts = Accounts(database, backups)
        self.tickets = Tickets(database)
        self.threads = Threads(database)
        self.outbox = Outbox(database)
        self.drafts = Drafts(database)
        self.blobs = Blobs(database)
        self.settings = Settings(database)
        self.timed_events = TimedEvents(database)
        self.later = LaterMarks(database)
        self.links = Links(database)
        self.lists = ListReader(database, own, clock)

    async def tidy(self, *, closing: bool = False) -> None:
        """Forget what was sent long ago and files that nothing needs, back up what is precious once a day, and empty the logs."""
        now = self._clock.now()
        await self.outbox.delete_sent(now - SENT_RETENTION)

        def drop(db: apsw.Connection) -> None:
            with immediate(db):
                drop_unused(db, millis(now - _UNUSED_FILES))

        await self._database.maintain(drop)
        if self._backups.is_due(now):
            await self._back_up(now)

        def checkpoint(db: apsw.Connection) -> None:
            # Emptying a log waits for whoever reads: only where nobody does any more.
            mode = apsw.SQLITE_CHECKPOINT_TRUNCATE if closing else apsw.SQLITE_CHECKPOINT_PASSIVE
            db.wal_checkpoint("main", mode)
            db.wal_checkpoint("cache", apsw.SQLITE_CHECKPOINT_PASSIVE)

        await self._database.maintain(checkpoint)

    async def _back_up(self, now: datetime) -> None:
        """Copy `desk.db` in small steps, so that nobody's write waits for the whole of it."""
        try:
            copy = await self._database.maintain(lambda db: self._backups.begin(db, now))
            while await self._database.maintain(lambda _db: copy.step()):
                pass
            await self._database.maintain(lambda _db: self._backups.finish(copy, now))
        finally:  # a job goes on where its asker was cancelled: whatever it left open is closed behind it
            await self._database.maintain(lambda _db: self._backups.close())

    async def aclose(self) -> None:
        """Finish what was begun and close both files."""
        if self._closed:
            return
        self._closed = True
        self._own.close()  # before the writer: the last connection empties the logs, and a reading one cannot
        if self._checker is not None:
            self._checker.stop()
        if self._checker is None or self._checker.is_done:
            await self._database.maintain(mark_clean_close)
        await self._database.aclose()


def open_store(folder: Path, key: Secret, clock: Clock, change_bus: ChangeBus) -> DeskStore:
    """Open the profile in `folder`, or make one.

    Args:
        key: 64 hex digits, from the vault.

    Raises:
        ProfileKeyWrong, ProfileNewer: nothing was touched.
        DiskFull: there is no room to open it.
        PlaceRefused, ProfileBusy, ProfileUnreadable: the system does not let us open it; nothing was set aside.
    """
    files = DatabaseFiles(folder, key)
    try:
        try:
            return _open(files, clock, change_bus)
        except (
            ProfileDamaged
        ):  # met behind the first page of the cache: it goes aside, and the second try finds a new one
            files.note_damage()
            return _open(files, clock, change_bus)
    except apsw.Error as problem:
        raise sqlite_problem(problem, folder) from problem
    except OSError as problem:
        raise os_problem(problem, folder) from problem


def _open(files: DatabaseFiles, clock: Clock, change_bus: ChangeBus) -> DeskStore:
    opened: list[apsw.Connection] = []
    try:
        with translated_errors():
            writer, notices = open_files(files, clock.now())
            opened.append(writer)
            attach(writer, files, CACHE)
            write_settings(writer, CACHE, CACHE.name)
            work = Work(writer, clock)
            with immediate(writer):
                lost = detect_loss(writer)
                note_version_of_new_file(writer)
                was_open = catch_up(work, lost=lost)
                work.count_deltas.flush(writer)
            for megabytes in (_READ_MB, _SCAN_MB, _LIST_MB):
                opened.append(connect(files, CACHE, readonly=True, cache_mb=megabytes))
                attach(opened[-1], files, DESK)
                add_functions(opened[-1])
            if lost and not any(notice.event.is_of_desk for notice in notices):
                notices = (StoreNotice(StoreEvent.DESK_BEHIND, ""), *notices)
            is_unchecked = was_open and files.path(CACHE).stat().st_size > SMALL_CACHE_BYTES
            checker = Checker(files) if is_unchecked else None
    except BaseException:
        for connection in reversed(opened):
            connection.close()
        raise
    _, reader, scanner, own = opened
    database = Database(writer, reader, scanner, change_bus, clock, files.note_damage)
    return DeskStore(database, own, Backups(files), clock, notices, checker)
