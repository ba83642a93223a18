"""Copies of `desk.db`, encrypted with the same key, the newest three."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from .files import DESK, Profile, connect, files_of, make_private

KEEP = 3
EVERY = timedelta(hours=20)
_STAMP = "%Y%m%d-%H%M%S"


class Backups:
    """The backups of one profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._folder = profile.folder / "backups"

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
        return abs(now - made) >= EVERY  # a clock that was set back must not stop the copies

    def make(self, db: apsw.Connection, now: datetime) -> Path:
        """Copy the open `desk.db` page by page, then drop the oldest copies."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"desk-{now.strftime(_STAMP)}.db"
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        make_private(unfinished)
        copy = connect(self._profile, DESK, unfinished)
        try:
            copy.execute("PRAGMA journal_mode = delete").fetchall()
            with copy.backup("main", db, "main") as backup:
                while not backup.done:
                    backup.step(256)
            copy.execute("PRAGMA journal_mode = delete").fetchall()
        finally:
            copy.close()
        unfinished.replace(path)
        for old in self.newest_first(now)[KEEP:]:
            old.unlink()
        return path

    def drop_all(self) -> None:
        """Delete every copy, because it holds what must go."""
        for path in self._folder.glob("desk-*.db"):
            for each in files_of(path):
                each.unlink()
