"""Looking through a large cache after a crash, while the window is open already.

`quick_check` of four gigabytes takes a minute, and every page that is read is authenticated anyway; so only a small cache is looked
through before it is used. What is found, here or by any read, is noted by a file beside it, and the next start makes the cache anew.
"""

import threading

import apsw

from .files import CACHE, DatabaseFiles, connect

SMALL_CACHE_BYTES = 64 * 1024 * 1024
"""Bytes that are looked through in under half a second."""


class Checker:
    """Looks through the cache on a thread of its own."""

    def __init__(self, files: DatabaseFiles) -> None:
        self._files = files
        self._db = connect(files, CACHE, readonly=True, cache_mb=2)
        self._stopped = False
        self.is_done = False
        self._thread = threading.Thread(target=self._run, name="deskhand-store-check", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what it has not looked at, the next start looks at again."""
        self._stopped = True
        while self._thread.is_alive():
            self._db.interrupt()
            self._thread.join(0.01)
        self._db.close()

    def _run(self) -> None:
        try:
            if self._stopped:
                return
            if self._db.execute("PRAGMA quick_check(1)").get == "ok":
                self.is_done = True
            else:
                self._files.note_damage()
        except apsw.InterruptError:
            return
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError):
            self._files.note_damage()
