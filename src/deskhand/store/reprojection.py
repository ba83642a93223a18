"""The rows of the list, projected again after an upgrade that computes or stores them in another way.

`meta` of the cache says which version of the projection made the rows, and, while they are made again, how far that has come. Rows
are made again in the order of the list, the newest first. A row that is written meanwhile is made by the new version anyway,
wherever its sort key puts it.
"""

import json

import apsw

from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.queries import ReprojectionProgress

from .database import Work
from .messages import reproject
from .rows import PROJECTION_VERSION

REPROJECTION = "reprojection"
"""Its name in a change set that tells of progress."""

_VERSION = "projection.version"
_PROGRESS = "projection.progress"
_ROWS_PER_NOTICE = 500
"""After so many rows it is told how far this has come."""
_FIRST_VERSION = 1
"""The version of files that say nothing of it."""


def note_version_of_new_file(db: apsw.Connection) -> None:
    """Write the current version into a file without tickets: whatever comes in is projected by it."""
    if _get(db, _VERSION) is None and not db.execute("SELECT EXISTS(SELECT 1 FROM tickets)").get:
        _finish(db)


def progress(db: apsw.Connection) -> ReprojectionProgress | None:
    """Return how far it has come; None where every row is made by the current version."""
    if _version(db) == PROJECTION_VERSION:
        return None
    _, done = _position(db)
    total = int(db.execute("SELECT coalesce(sum(n), 0) FROM counts WHERE name = 'all'").get)
    return ReprojectionProgress(min(done, total), total)


def project_next(work: Work, limit: int) -> int:
    """Project the next rows again and note how far this has come, in one transaction.

    Returns:
        How many rows were read; 0 when nothing is left to do.
    """
    db = work.db
    if _version(db) == PROJECTION_VERSION:
        return 0
    after, done = _position(db)
    where, values = ("WHERE (t.at, t.id) < (?, ?)", after) if after else ("", ())
    rows = list(
        db.execute(
            f"SELECT t.at, t.id, f.id, t.remote FROM tickets t INDEXED BY all_at JOIN feeds f ON f.n = t.account {where}"
            " ORDER BY t.at DESC, t.id DESC LIMIT ?",
            (*values, limit),
        )
    )
    if not rows:
        _finish(db)
        work.progress.add(REPROJECTION)
        return 0
    for _, _, account, remote in rows:
        reproject(work, TicketKey(AccountId(account), remote))
    if (done + len(rows)) // _ROWS_PER_NOTICE > done // _ROWS_PER_NOTICE:
        work.progress.add(REPROJECTION)
    sort_key, row_id = rows[-1][:2]
    _put(
        db,
        _PROGRESS,
        json.dumps({"version": PROJECTION_VERSION, "after": [sort_key, row_id], "done": done + len(rows)}),
    )
    return len(rows)


def _version(db: apsw.Connection) -> int:
    found = _get(db, _VERSION)
    return int(found) if found is not None and found.isdecimal() else _FIRST_VERSION


def _position(db: apsw.Connection) -> tuple[tuple[int, ...], int]:
    """Return the sort key and id of the last row that was made again, and how many were; nothing of another version counts."""
    found = _get(db, _PROGRESS)
    position = json.loads(found) if found is not None else {}
    if position.get("version") != PROJECTION_VERSION:
        return (), 0
    return tuple(position["after"]), int(position["done"])


def _finish(db: apsw.Connection) -> None:
    _put(db, _VERSION, str(PROJECTION_VERSION))
    db.execute("DELETE FROM cache.meta WHERE key = ?", (_PROGRESS,))


def _get(db: apsw.Connection, key: str) -> str | None:
    found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).get
    return found if isinstance(found, str) else None


def _put(db: apsw.Connection, key: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO cache.meta(key, value) VALUES(?, ?)", (key, value))
