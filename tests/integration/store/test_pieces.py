"""Files that come in pieces: kept whole or not at all."""

from collections.abc import AsyncIterator

import pytest

from deskhand.domain.problems import Invalid


async def in_pieces(*pieces: bytes, fails: bool = False) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    if fails:
        raise Invalid("it was changed while it was read")


@pytest.mark.parametrize("pieces", [(), (b"a",), (b"abc" * 100_000, b"d", b"e" * 70_000)])
async def test_what_came_in_pieces_is_one_file(store, pieces) -> None:
    whole = b"".join(pieces)
    file = await store.blobs.put_pieces("a\udce9.bin", "application/pdf", len(whole), in_pieces(*pieces))
    assert (file.size, file.mime) == (len(whole), "application/pdf")
    assert await store.blobs.get(file.blob) == whole
    assert (await store.blobs.put("b", "", whole)).sha256 == file.sha256


async def test_nothing_is_kept_of_one_that_could_not_be_read_to_its_end(store) -> None:
    with pytest.raises(Invalid):
        await store.blobs.put_pieces("a", "", 10, in_pieces(b"abc", fails=True))
    kept = await store._database.read(lambda db: db.execute("SELECT count(*) FROM blobs").get)
    assert kept == 0
