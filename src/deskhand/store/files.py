"""The two files: where they are, how a connection to one is opened, and how its schema comes up to date."""

import hashlib
import json
import os
import secrets
from importlib import resources
from pathlib import Path

import apsw

from deskhand.domain.accounts import Secret
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import InstallationIncomplete, ProfileKeyWrong, ProfileNewer
from deskhand.durable import NOT_FOLLOWED, write_whole

from .private_folder import prepare

BUSY_MS = 5000
_SUFFIXES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class DatabaseKind:
    """One of the two files.

    Attributes:
        precious: FULL synchronous, deleted content overwritten, backed up; else rebuildable.
        cache_mb: page cache of a writing connection.
    """

    name: str
    precious: bool
    cache_mb: int

    @property
    def filename(self) -> str:
        """Its name in the profile's folder."""
        return f"{self.name}.db"


DESK = DatabaseKind("desk", precious=True, cache_mb=8)
CACHE = DatabaseKind("cache", precious=False, cache_mb=64)


@dataclass(frozen=True, slots=True)
class DatabaseFiles:
    """A folder and the key of what lies in it."""

    folder: Path
    key: Secret

    def path(self, kind: DatabaseKind) -> Path:
        """Return where a file lies."""
        return self.folder / kind.filename

    def prepare(self) -> None:
        """Make the folder and the files, for their owner only."""
        prepare(self.folder)
        for kind in (DESK, CACHE):
            make_private(self.path(kind))

    def check_key(self) -> bool:
        """Compare the key with its salted fingerprint beside the files, or leave one where there is none.

        The key is 256 random bits, so a fingerprint gives nothing away. It tells a wrong key from a damaged file, which SQLite
        reports in the same sentences.

        Returns:
            Whether a fingerprint was there.

        Raises:
            ProfileKeyWrong: nothing was touched.
        """
        path = self.folder / "key.check"
        if path.exists():
            try:
                known = json.loads(path.read_text(encoding="ascii"))
                salt, print_ = bytes.fromhex(known["salt"]), str(known["print"])
            except (ValueError, KeyError, TypeError, RecursionError):  # whatever else stands there
                return False
            if not secrets.compare_digest(self._fingerprint(salt).encode(), print_.encode("utf-8", "replace")):
                raise ProfileKeyWrong("this key does not belong to the data in this profile")
            return True
        return False

    def save_fingerprint(self) -> None:
        """Write the salted fingerprint of the key, after it has opened the files."""
        salt = secrets.token_bytes(16)
        text = json.dumps({"salt": salt.hex(), "print": self._fingerprint(salt)})
        write_whole(self.folder / "key.check", text)

    @property
    def is_damaged(self) -> bool:
        """Whether damage of the cache was noted."""
        return self._damage.exists()

    def note_damage(self) -> None:
        """Have the next start make the cache anew; a file, because the database is what cannot be trusted."""
        make_private(self._damage)

    def clear_damage(self) -> None:
        """The cache is a new one."""
        self._damage.unlink(missing_ok=True)

    @property
    def _damage(self) -> Path:
        return self.folder / "cache.damaged"

    def _fingerprint(self, salt: bytes) -> str:
        return hashlib.sha256(salt + b"deskhand profile" + bytes.fromhex(self.key.reveal())).hexdigest()


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read; SQLite gives its -wal and -shm the same mode. A link is not followed."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | NOT_FOLLOWED, 0o600))
    if os.name == "posix":
        path.chmod(0o600)


def connect(
    files: DatabaseFiles,
    kind: DatabaseKind,
    path: Path | None = None,
    *,
    readonly: bool = False,
    cache_mb: int | None = None,
) -> apsw.Connection:
    """Open one file.

    Args:
        path: another file of the same kind (a backup).
    """
    flags = apsw.SQLITE_OPEN_READONLY if readonly else apsw.SQLITE_OPEN_READWRITE
    db = apsw.Connection(str(path or files.path(kind)), flags=flags, statementcachesize=256)
    db.set_busy_timeout(BUSY_MS)
    unlock(db, files, cache_mb or kind.cache_mb)
    if not readonly:
        write_settings(db, kind)
    return db


def unlock(db: apsw.Connection, files: DatabaseFiles, cache_mb: int) -> None:
    """Give the key and what every connection is set to.

    Raises:
        InstallationIncomplete: this copy of SQLite does not encrypt. It would take the key without an error and write in the clear.
    """
    if db.pragma("cipher", "aegis") != "aegis":
        raise InstallationIncomplete(
            "its SQLite does not encrypt (the package apsw stands where apsw-sqlite3mc belongs)"
        )
    db.pragma("key", f"raw:{files.key.reveal()}")
    db.pragma("mmap_size", 0)
    db.pragma("trusted_schema", 0)
    db.pragma("cell_size_check", 1)
    db.pragma("foreign_keys", 1)
    db.pragma("temp_store", 2)
    db.pragma("cache_size", -1024 * cache_mb)


def write_settings(db: apsw.Connection, kind: DatabaseKind, schema: str = "main") -> None:
    """Set what a writing connection needs for a file.

    8,000 pages between checkpoints nearly double the throughput of small transactions (reference: speed 3).
    """
    db.execute(f"PRAGMA {schema}.journal_mode = wal").fetchall()
    db.execute(f"PRAGMA {schema}.synchronous = {'full' if kind.precious else 'normal'}").fetchall()
    db.execute(f"PRAGMA {schema}.secure_delete = {'on' if kind.precious else 'off'}").fetchall()
    db.execute(f"PRAGMA {schema}.cache_size = {-1024 * kind.cache_mb}").fetchall()
    db.wal_autocheckpoint(8000)


def attach(db: apsw.Connection, files: DatabaseFiles, kind: DatabaseKind) -> None:
    """Attach the other file under its name."""
    db.execute(f"ATTACH ? AS {kind.name} KEY ?", (str(files.path(kind)), f"raw:{files.key.reveal()}"))


def migrations(kind: DatabaseKind) -> list[str]:
    """Return the steps of a file, first made first."""
    folder = resources.files(__package__) / "migrations" / kind.name
    steps = sorted((step for step in folder.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    return [step.read_text(encoding="utf-8") for step in steps]


def migrate(db: apsw.Connection, kind: DatabaseKind) -> None:
    """Bring a file up to date: every missing step in one transaction, forward only.

    Raises:
        ProfileNewer: a newer Deskhand has written this file; nothing was touched.
    """
    steps = migrations(kind)
    version = int(db.pragma("user_version"))
    if version > len(steps):
        raise ProfileNewer(f"{kind.filename} has schema {version}, this program knows {len(steps)}")
    if version == len(steps):
        return
    with db:
        for step in steps[version:]:
            db.execute(step)
        db.pragma("user_version", len(steps))


def files_of(path: Path) -> list[Path]:
    """Return a database file and its companions, as far as they exist."""
    return [each for suffix in _SUFFIXES if (each := path.with_name(path.name + suffix)).exists()]
