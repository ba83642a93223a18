"""Bytes of files: attached ones are precious, downloaded ones may go when the space is wanted."""

import hashlib
from collections.abc import AsyncIterator, Iterable
from functools import partial
from uuid import uuid4

import apsw

from deskhand.domain.ids import AccountId, BlobId
from deskhand.domain.threads import OutgoingFile

from .database import Database, Work
from .encoding import scrub


class Blobs:
    """Implements `ports.BlobStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, name: str, mime: str, data: bytes) -> OutgoingFile:
        """Copy a file into the store at once, so that what is sent is what was attached."""
        name = scrub(name)
        file = OutgoingFile(BlobId(uuid4().hex), name, len(data), mime, hashlib.sha256(data).hexdigest())

        def work(work: Work) -> None:
            work.db.execute(
                "INSERT INTO blobs(id, name, mime, sha256, made_at, data) VALUES(?, ?, ?, ?, ?, ?)",
                (file.blob, file.name, file.mime, file.sha256, work.now_ms, data),
            )

        await self._database.write(work)
        return file

    async def put_pieces(self, name: str, mime: str, size: int, pieces: AsyncIterator[bytes]) -> OutgoingFile:
        """Copy a file into the store piece by piece, without ever holding it whole."""
        name, blob, digest, at = scrub(name), BlobId(uuid4().hex), hashlib.sha256(), 0
        none = "0" * len(digest.hexdigest())

        def begin(work: Work) -> int:
            work.db.execute(
                "INSERT INTO blobs(id, name, mime, sha256, made_at, data) VALUES(?, ?, ?, ?, ?, ?)",
                (blob, name, mime, none, work.now_ms, apsw.zeroblob(size)),
            )
            return work.db.last_insert_rowid()

        row = await self._database.write(begin)
        try:
            async for piece in pieces:
                digest.update(piece)
                await self._database.write(partial(_write_at, row, "data", at, piece))
                at += len(piece)
            # An UPDATE would read and write the whole row again.
            await self._database.write(partial(_write_at, row, "sha256", 0, digest.hexdigest().encode()))
        except BaseException:
            await self._database.write(lambda work: work.db.execute("DELETE FROM blobs WHERE id = ?", (blob,)))
            raise
        return OutgoingFile(blob, name, size, mime, digest.hexdigest())

    async def get(self, blob: BlobId) -> bytes | None:
        """Return the bytes, None where there are none or where they are not what was put in."""

        def read(db: apsw.Connection) -> bytes | None:
            row = db.execute("SELECT data, sha256 FROM blobs WHERE id = ?", (blob,)).fetchone()
            if row is None or hashlib.sha256(row[0]).hexdigest() != row[1]:
                return None
            return bytes(row[0])

        return await self._database.read(read)


def _write_at(row: int, column: str, at: int, data: bytes, work: Work) -> None:
    with work.db.blob_open("main", "blobs", column, row, writeable=True) as blob:
        blob.seek(at)
        blob.write(data)


def blobs_of(db: apsw.Connection, account: AccountId) -> set[BlobId]:
    """Return the files that an account's drafts and commands name, sent ones included."""
    return {
        BlobId(blob)
        for (blob,) in db.execute(
            "SELECT json_extract(f.value, '$.blob') FROM drafts, json_each(drafts.body, '$.files') f"
            " WHERE drafts.account = :a UNION"
            " SELECT json_extract(f.value, '$.blob') FROM outbox, json_each(outbox.item, '$.command.action.files') f"
            " WHERE outbox.account = :a UNION"
            " SELECT json_extract(item, '$.command.action.file.blob') FROM outbox WHERE account = :a",
            {"a": account},
        )
        if blob is not None
    }


def drop(db: apsw.Connection, blobs: Iterable[BlobId]) -> None:
    """Delete those of these files that nothing names any more."""
    used = _used(db)
    db.executemany("DELETE FROM blobs WHERE id = ?", ((blob,) for blob in blobs if blob not in used))


def _used(db: apsw.Connection) -> set[BlobId]:
    return {
        blob
        for (blob,) in db.execute(
            "SELECT json_extract(f.value, '$.blob') FROM drafts, json_each(drafts.body, '$.files') f UNION"
            " SELECT json_extract(f.value, '$.blob') FROM outbox, json_each(outbox.item, '$.command.action.files') f"
            " WHERE delivery <> 'sent' UNION"
            " SELECT json_extract(item, '$.command.action.file.blob') FROM outbox WHERE delivery <> 'sent'"
        )
    }


def drop_unused(db: apsw.Connection, before: int) -> int:
    """Delete files made before `before` (ms) that no draft and no open command names."""
    used = _used(db)
    old = [blob for (blob,) in db.execute("SELECT id FROM blobs WHERE made_at < ?", (before,))]
    gone = [blob for blob in old if blob not in used]
    db.executemany("DELETE FROM blobs WHERE id = ?", ((blob,) for blob in gone))
    return len(gone)
