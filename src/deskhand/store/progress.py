"""How far both files have come: each counts the changes of what is precious, in the same transaction.

`desk.db` is committed first, so it is never behind the cache, unless it lost what it held: SQLite takes a log that is damaged, cut short
or gone for the end of what was written, and says nothing. An older `desk.db` that somebody put back looks the same.

For a moment within each such commit a reader finds the one file changed and the other not yet; the counts tell that too.
"""

import apsw

_KEY = "store.changes"


def count_change(db: apsw.Connection) -> None:
    """Count one transaction that changes what is precious, in both files."""
    _put(db, _count(db, "main.settings") + 1)


def is_behind(db: apsw.Connection) -> bool:
    """Tell whether `desk.db` has lost changes that the cache has seen."""
    return _count(db, "main.settings") < _count(db, "cache.meta")


def is_between_commits(reader: apsw.Connection) -> bool:
    """Tell whether a reading connection sees `desk.db` after a change of what is precious and the cache before it."""
    return _count(reader, "desk.settings") != _count(reader, "main.meta")


def equalize(db: apsw.Connection) -> None:
    """Let both count on from the same figure: a cache is behind after a crash, and a new one begins at nothing."""
    further = max(_count(db, "main.settings"), _count(db, "cache.meta"))
    if (further, further) != (_count(db, "main.settings"), _count(db, "cache.meta")):
        _put(db, further)


def _count(db: apsw.Connection, table: str) -> int:
    found = db.execute(f"SELECT value FROM {table} WHERE key = ?", (_KEY,)).get
    return int(found) if isinstance(found, str) and found.isdecimal() else 0


def _put(db: apsw.Connection, count: int) -> None:
    for table in ("main.settings", "cache.meta"):
        db.execute(f"INSERT OR REPLACE INTO {table}(key, value) VALUES(?, ?)", (_KEY, str(count)))
