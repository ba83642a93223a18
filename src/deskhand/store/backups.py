"""Copies of `desk.db`, encrypted with the same key, the newest three."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from .files import DESK, DatabaseFiles, connect, files_of, make_private

MAX_BACKUPS = 3
INTERVAL = timedelta(hours=20)
PAGES_PER_STEP = 256
"""Pages of 4 KB that are copied at a time: about 2 ms, so that what is typed meanwhile is on the disk at once."""
_STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """The backups of one profile."""

    def __init__(self, files: DatabaseFiles) -> None:
        self._files = files
        self._folder = files.folder / "backups"
        self._copying: BackupCopy | None = None

    def newest_first(self, now: datetime) -> Sequence[Path]:
        """Return the backup files; one from the future comes last, for it was made while the clock was wrong, who knows when."""
        present = f"desk-{now.strftime(_STAMP)}.db"
        return sorted(self._folder.glob("desk-*.db"), key=lambda path: (path.name <= present, path.name), reverse=True)

    def is_due(self, now: datetime) -> bool:
        """Tell whether the newest copy is a day's work old."""
        newest = next(iter(self.newest_first(now)), None)
        if newest is None:
            return True
        try:
            made = datetime.strptime(newest.stem.removeprefix("desk-"), _STAMP).replace(tzinfo=now.tzinfo)
        except ValueError:
            return True
        return abs(now - made) >= INTERVAL  # a clock that was set back must not stop the copies

    def begin(self, db: apsw.Connection, now: datetime) -> "BackupCopy":
        """Begin a copy of the open `desk.db`."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for left in self._folder.glob("desk-*.part*"):
            left.unlink()
        path = self._folder / f"desk-{now.strftime(_STAMP)}.db"
        unfinished = path.with_suffix(".part")
        make_private(unfinished)
        self._copying = BackupCopy(connect(self._files, DESK, unfinished), db, unfinished)
        return self._copying

    def close(self) -> None:
        """Close a copy that was begun, whole or not."""
        if self._copying is not None:
            self._copying.end()
            self._copying = None

    def finish(self, copy: "BackupCopy", now: datetime) -> None:
        """Put a whole copy beside the others, and drop the oldest ones."""
        self.close()
        copy.path.replace(copy.path.with_suffix(".db"))
        for old in self.newest_first(now)[MAX_BACKUPS:]:
            old.unlink()

    def drop_all(self) -> None:
        """Delete every copy, because it holds what must go."""
        for path in self._folder.glob("desk-*.db"):
            for each in files_of(path):
                each.unlink()


class BackupCopy:
    """A copy in the making. What the same connection writes meanwhile goes into the copy too.

    Args:
        copy: the connection to the new file, which the copy owns from now on.
        source: the open `desk.db`.
        path: where the copy is.
    """

    def __init__(self, copy: apsw.Connection, source: apsw.Connection, path: Path) -> None:
        self.path = path
        self._copy = copy
        self._copy.execute("PRAGMA journal_mode = delete").fetchall()
        self._backup = copy.backup("main", source, "main")

    def step(self) -> bool:
        """Copy the next pages; returns whether there are more."""
        if not self._backup.done:
            self._backup.step(PAGES_PER_STEP)
        return not self._backup.done

    def end(self) -> None:
        """Close the copy, whole or not."""
        self._backup.close(True)
        if self._backup.done:
            self._copy.execute("PRAGMA journal_mode = delete").fetchall()
        self._copy.close()
