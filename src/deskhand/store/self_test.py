"""Shows that this copy of SQLite encrypts and searches, on a file of its own that is gone afterwards."""

import tempfile
from pathlib import Path

import apsw

from deskhand.domain.accounts import Secret

from .files import DatabaseFiles, unlock

_SECRET_TEXT = b"a sentence that must not be read"


class SelfTestFailed(RuntimeError):
    """What was written can be read in the file, cannot be found, or SQLite lacks a part."""


def run_self_test() -> str:
    """Write a row, look for it in the file's bytes, find it by full-text search; returns version and cipher.

    Raises:
        SelfTestFailed: the file holds it in the clear, or a part of SQLite is missing.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-self-test-") as folder:
        file = Path(folder) / "proof.db"
        db = apsw.Connection(str(file))
        try:
            unlock(db, DatabaseFiles(file.parent, Secret("5a" * 32)), cache_mb=1)
            db.execute("CREATE VIRTUAL TABLE proof USING fts5(words)")
            db.execute("INSERT INTO proof VALUES (?)", (_SECRET_TEXT.decode(),))
            found = db.execute("SELECT count(*) FROM proof WHERE proof MATCH 'sentence'").fetchall()
            cipher = db.pragma("cipher")
        except apsw.Error as problem:
            raise SelfTestFailed(str(problem)) from problem
        finally:
            db.close()
        content = file.read_bytes()
    if _SECRET_TEXT in content or content.startswith(b"SQLite format 3") or found != [(1,)]:
        raise SelfTestFailed
    return f"SQLite {apsw.sqlite_lib_version()}, {cipher}, full-text search"
